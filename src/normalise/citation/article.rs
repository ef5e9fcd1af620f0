//! 条: the articles cited from an instrument.
//!
//! Owns the forms articles are strung together in, and whether one of them has lost its numeral.
//! Refuses chapters, paragraphs and items, which no statute table counts, and the articles that a
//! quotation of the instrument speaks of.

use std::sync::LazyLock;

use regex::Regex;

use crate::normalise::numeral;
use crate::normalise::text::pattern;

/// Whether a piece is nothing but articles: 第十条、第十一条.
pub(super) fn are_all(piece: &str) -> bool {
    static ONLY: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(
            r"^(?:第?\(?[{n}\d]+\)?[条款项目章节](?:之[{n}])?[、,和及至或的]?)+(?:规定|等)?$",
            n = numeral::LETTERS,
        ))
    });
    ONLY.is_match(piece) && piece.contains('条')
}

/// What a citation says before it quotes the instrument's own words: 第十条:“…”.
pub(super) fn before_quotation(text: &str) -> &str {
    static QUOTES: LazyLock<Regex> =
        LazyLock::new(|| pattern(r#"[条款项](?:之[一二三四五])?(?:的?规定)?[:,]?["“「:]"#));
    QUOTES.find(text).map_or(text, |found| &text[..found.end()])
}

/// Whether a text goes over into a quotation.
pub(super) fn quotes(text: &str) -> bool {
    before_quotation(text).ends_with(['"', '“', '「', ':'])
}

/// Whether an article lost its numeral, or breaks off before it: …)第, (国务院为条、第十条.
pub(super) fn is_cut(text: &str) -> bool {
    static LOST: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(
            r"(?:^|[)》、,号条])第[{n}\d]*$|[^{n}\d)]条(?:$|[、,;第])|^条|[{n}]第?$|第第|条条|第[^{n}\d(、,]{{1,3}}[{n}\d]{{1,4}}条",
            n = numeral::LETTERS
        ))
    });
    LOST.is_match(before_quotation(text))
}

/// Articles in what follows a title: 第六条第十条, 第五十四、五十五条, 第七条至第九条, 五十八条.
/// Chapters, paragraphs and items are none.
pub(super) fn articles(text: &str) -> Vec<u32> {
    static ARTICLE: LazyLock<Regex> = LazyLock::new(|| {
        let n = format!(r"(?:[{}]{{1,7}}|\d{{1,3}})", numeral::LETTERS);
        pattern(&format!(
            r"(?:第?(?P<first>{n})条?(?P<to>至|-|—|~|到)第?(?P<last>{n})条)|第?(?P<list>{n}(?:[、,和及]第?{n})*)条"
        ))
    });
    let mut all = Vec::new();
    for caps in ARTICLE.captures_iter(before_quotation(text)) {
        if let (Some(first), Some(last)) = (caps.name("first"), caps.name("last")) {
            let ends = (
                numeral::number(first.as_str()),
                numeral::number(last.as_str()),
            );
            if let (Some(first), Some(last)) = ends
                && first <= last
                && last - first < 100
            {
                all.extend(first..=last);
            }
            continue;
        }
        let list = caps.name("list").map_or("", |list| list.as_str());
        let numbers = list
            .split(['、', ',', '和', '及'])
            .filter_map(|one| numeral::number(one.trim_start_matches('第')));
        all.extend(numbers.filter(|&n| n > 0));
    }
    let mut seen = Vec::new();
    all.retain(|n| {
        !seen.contains(n) && {
            seen.push(*n);
            true
        }
    });
    all
}

/// What is left of a text when its articles, paragraphs and the words that join them are taken
/// away.
pub(super) fn beside(text: &str) -> String {
    static WORDS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(
            r"第?\(?[{n}\d]+\)?(?:[、,和及至\-—~到]第?\(?[{n}\d]+\)?)*[条款项目章节编](?:之[{n}])?|规定|等|的|中|和|及|至|有关|相关|以及|文件?|[、,.;。:()]",
            n = numeral::LETTERS
        ))
    });
    WORDS.replace_all(before_quotation(text), "").into_owned()
}
