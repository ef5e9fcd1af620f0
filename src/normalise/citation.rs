//! 设定依据: the instruments a list rests on.
//!
//! Owns titles, document numbers and articles as one citation each, in one normal form. Refuses
//! to complete what a cut cell has lost: a citation without its title is dropped, a misprinted
//! numeral (七五十六) is no number.

mod article;
mod number;
#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::LazyLock;

use regex::Regex;

use super::numeral;
use super::reading::Reading;
use super::text::{garble, half_width, is_han, pattern, squeeze};

/// One instrument and the articles cited from it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Citation {
    /// As printed without white space and outer marks; marks within it are 〈〉.
    pub title: String,
    /// 国务院令第259号, 国发〔2016〕3号. `None` where none is printed or its numeral is malformed.
    pub number: Option<String>,
    /// The number as printed, without white space; empty where none is printed.
    pub number_printed: String,
    /// A number is printed, but its numeral is none (第七五十六号).
    pub number_malformed: bool,
    /// Articles cited, in the order printed.
    pub articles: Vec<u32>,
    /// The whole citation as printed, without white space.
    pub raw: String,
}

impl fmt::Display for Citation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "《{}》", self.title)?;
        if let Some(number) = &self.number {
            write!(f, "({number})")?;
        }
        for (place, article) in self.articles.iter().enumerate() {
            let comma = if place > 0 { "," } else { "" };
            write!(f, "{comma}第{article}条")?;
        }
        Ok(())
    }
}

/// Citations as one text, separated by `;`.
pub fn join(citations: &[Citation]) -> String {
    let all: Vec<String> = citations.iter().map(Citation::to_string).collect();
    all.join(";")
}

/// Reads every instrument cited in a text. A piece without a title (the foot of a citation that
/// began in another row, or one whose title was never closed) is left out at certainty 0.5.
pub fn citations(text: &str) -> Reading<Vec<Citation>> {
    let plain: String = squeeze(text).chars().map(unified).collect();
    let mut certainty: f64 = 1.0;
    let mut all: Vec<Citation> = Vec::new();
    for piece in pieces(&plain) {
        match citation(&piece) {
            Some(citation) => {
                if is_cut(&piece) {
                    certainty = certainty.min(0.5);
                }
                all.push(citation);
            }
            None if article::are_all(&piece) && !all.is_empty() => {
                // 《…》第六条;第十条: the stop stands within one citation.
                if let Some(last) = all.last_mut() {
                    last.articles.extend(article::articles(&piece));
                    last.raw.push_str(&piece);
                }
            }
            None => certainty = 0.5,
        }
    }
    Reading::new(all, certainty.min(1.0 - garble(text)))
}

/// Whether a citation breaks off before its article (…)第), or has lost an article's numeral.
fn is_cut(piece: &str) -> bool {
    static LOST: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(
            r"[)》、](?:第[{n}\d]*)$|[^{n}\d]条(?:$|、)",
            n = numeral::LETTERS
        ))
    });
    LOST.is_match(piece)
}

/// Half width, and one form for brackets and title marks.
fn unified(letter: char) -> char {
    match half_width(letter) {
        '<' | '〈' | '＜' => '〈',
        '>' | '〉' | '＞' => '〉',
        '[' | '【' | '〔' => '〔',
        ']' | '】' | '〕' => '〕',
        other => other,
    }
}

/// The text cut where one instrument ends and the next begins.
fn pieces(text: &str) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    let titles = titles(&letters);
    let in_title = |at: usize| titles.iter().any(|&(from, to)| from < at && at < to);
    let mut cuts = vec![0];
    let mut depth = 0_i32;
    for (at, &letter) in letters.iter().enumerate() {
        if in_title(at) {
            continue;
        }
        match letter {
            '(' => depth += 1,
            ')' => depth = (depth - 1).max(0),
            '《' if depth == 0 && follows_a_whole(&letters, &titles, at) => cuts.push(at),
            _ => {}
        }
        let stop = matches!(letter, ';' | '。') && depth == 0;
        if stop || is_numbering(&letters, at) {
            cuts.push(at);
            depth = 0;
        }
    }
    cuts.push(letters.len());
    cuts.sort_unstable();
    cuts.windows(2)
        .map(|cut| trimmed(&letters[cut[0]..cut[1]]))
        .filter(|piece| piece.chars().any(is_han))
        .collect()
}

/// A piece without the number and stops before it.
fn trimmed(letters: &[char]) -> String {
    static FRONT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?:[;。、,.:)\s]|\d{1,2}[.、](?:[^\d]|$)|\(\d{1,2}\)|[①-⑳]|和(?:《)|及(?:《)|中《)+",
        )
    });
    let mut piece: String = letters.iter().collect();
    while let Some(front) = FRONT.find(&piece) {
        // The pattern looks one letter ahead so as not to eat a title or a decimal.
        let eaten = front.as_str();
        let back = eaten
            .chars()
            .next_back()
            .filter(|&c| is_han(c) || c == '《');
        let keep = back.map_or(0, char::len_utf8);
        if eaten.len() == keep {
            break;
        }
        piece = piece[eaten.len() - keep..].to_owned();
    }
    piece.trim_end_matches([';', '。', '、', ',']).to_owned()
}

/// Whether a number such as `3.` or `(3)` begins here and numbers an instrument.
fn is_numbering(letters: &[char], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|place| letters.get(place));
    if !letters[at].is_ascii_digit()
        || before.is_some_and(|c| c.is_ascii_digit() || matches!(c, '.' | '/' | '-' | '第' | '〔'))
    {
        return false;
    }
    let digits = letters[at..]
        .iter()
        .take_while(|c| c.is_ascii_digit())
        .count();
    let mark = letters.get(at + digits);
    let next = letters.get(at + digits + 1);
    digits <= 2
        && matches!(mark, Some('.' | '、'))
        && next.is_some_and(|&c| c == '《' || is_han(c) || c == '(')
}

/// Spans of titles, first to last mark, nested marks included. A title that is never closed ends
/// at the last mark that closes anything in it, or is none.
fn titles(letters: &[char]) -> Vec<(usize, usize)> {
    let mut spans = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        if letters[at] == '《'
            && let Some(to) = closing(letters, at)
        {
            spans.push((at, to));
            at = to;
        }
        at += 1;
    }
    spans
}

fn closing(letters: &[char], from: usize) -> Option<usize> {
    let mut depth = 0_i32;
    let mut last = None;
    for (at, &letter) in letters.iter().enumerate().skip(from) {
        match letter {
            '《' | '〈' => {
                // 《甲》2.《乙》 with a mark lost: the next numbered title isn't within this one.
                if depth > 0 && letter == '《' && starts_afresh(letters, at) {
                    return last;
                }
                depth += 1;
            }
            '》' | '〉' => {
                depth -= 1;
                last = Some(at);
                let doubled = letters.get(at + 1) == Some(&'》');
                if depth <= 0 && !doubled {
                    return Some(at);
                }
            }
            ';' | '。' => return last,
            _ => {}
        }
    }
    last
}

/// Whether the title mark here stands behind a number or a stop, and so opens another instrument.
fn starts_afresh(letters: &[char], at: usize) -> bool {
    matches!(
        at.checked_sub(1).and_then(|place| letters.get(place)),
        Some('.' | ';' | '。' | ')' | '条' | '、')
    )
}

/// Whether a title that begins here follows a citation that is already whole: …号)《, …条、《.
fn follows_a_whole(letters: &[char], titles: &[(usize, usize)], at: usize) -> bool {
    if !titles.iter().any(|&(from, to)| from < at && to < at) {
        return false;
    }
    let before: String = letters[..at].iter().collect();
    let before = before.trim_end_matches(['、', ',', '和', '及', '与', '中', '的']);
    before.ends_with([')', '条', '款', '项', '号']) || before.ends_with('》')
}

/// One piece as a citation; `None` where it has no title.
fn citation(piece: &str) -> Option<Citation> {
    let letters: Vec<char> = piece.chars().collect();
    let (title, rest) = match titles(&letters).first() {
        Some(&(from, to)) if !letters[..from].contains(&'》') => marked(&letters, from, to)?,
        Some(_) => return None,
        None if piece.contains('》') => return None,
        None => unmarked(piece)?,
    };
    let count = |mark: char| title.chars().filter(|&c| c == mark).count();
    if count('(') != count(')') {
        return None;
    }
    let found = number::find(&rest);
    Some(Citation {
        title,
        number: found.as_ref().and_then(|found| found.normal.clone()),
        number_malformed: found.as_ref().is_some_and(|found| found.normal.is_none()),
        number_printed: found.map(|found| found.printed).unwrap_or_default(),
        articles: article::articles(&rest),
        raw: piece.to_owned(),
    })
}

/// The title of a piece that has title marks, and what follows it. Words before the marks belong
/// to it where the marks only hold the annex: 关于印发《…》的通知.
fn marked(letters: &[char], from: usize, to: usize) -> Option<(String, String)> {
    static TAIL: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^的?(?:通知|意见|决定|公告|批复|函|规定|办法|通告)"));
    let before: String = letters[..from].iter().collect();
    let inside: String = letters[from + 1..to].iter().collect();
    let after: String = letters[to + 1..].iter().collect();
    if inside.is_empty() {
        return None;
    }
    let issues = |words: &str| {
        ["关于", "印发", "转发", "发布", "公布"]
            .iter()
            .any(|word| words.contains(word))
    };
    let (title, rest) = match TAIL.find(&after) {
        // …发《规程》的通知: the notice that has the number began in another cell.
        Some(_) if !issues(&before) && !issues(&inside) => return None,
        Some(tail) if issues(&before) => (
            format!("{before}〈{inside}〉{}", tail.as_str()),
            after[tail.end()..].to_owned(),
        ),
        _ => (inside, after),
    };
    let title = title.replace('《', "〈").replace('》', "〉");
    Some((title, rest))
}

/// The title of a piece without title marks: what stands before its number, if it is named like
/// an instrument.
fn unmarked(piece: &str) -> Option<(String, String)> {
    static KIND: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?P<title>[^()《》〈〉]*(?:\([^()]*\)[^()《》〈〉]*)?(?:法|条例|办法|通知|意见|决定|规定|细则|规程|方案|公告|批复|标准|指南))(?P<rest>\(.*|第.*|)$",
        )
    });
    let caps = KIND.captures(piece)?;
    let title = caps["title"].to_owned();
    let han = title.chars().filter(|&c| is_han(c)).count();
    let headless = title.starts_with(['第', ')', '号', '的']);
    (han >= 4 && !headless).then(|| (title, caps["rest"].to_owned()))
}
