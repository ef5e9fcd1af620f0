//! 条: the articles cited from an instrument.
//!
//! Owns the forms articles are strung together in. Refuses chapters, paragraphs and items, which
//! no statute table counts.

use std::sync::LazyLock;

use regex::Regex;

use crate::normalise::numeral;
use crate::normalise::text::pattern;

/// Whether a piece is nothing but articles: 第十条、第十一条.
pub(super) fn are_all(piece: &str) -> bool {
    static ONLY: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(
            r"^(?:第[{}\d]+条(?:第[{}\d]+[款项])?[、,和及至]?)+$",
            numeral::LETTERS,
            numeral::LETTERS
        ))
    });
    ONLY.is_match(piece)
}

/// Articles in what follows a title: 第六条第十条, 第五十四、五十五条, 第七条至第九条, 五十八条.
/// Chapters, paragraphs and items are none.
pub(super) fn articles(text: &str) -> Vec<u32> {
    static ARTICLE: LazyLock<Regex> = LazyLock::new(|| {
        let n = format!(r"(?:[{}]{{1,7}}|\d{{1,3}})", numeral::LETTERS);
        pattern(&format!(
            r"(?:第?(?P<first>{n})条?(?P<to>至|-|—|到)第?(?P<last>{n})条)|第?(?P<list>{n}(?:[、,和及]第?{n})*)条"
        ))
    });
    let mut all = Vec::new();
    for caps in ARTICLE.captures_iter(text) {
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
