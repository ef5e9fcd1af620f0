//! Where one instrument of a cell ends and the next begins.
//!
//! Owns the stops, list numbers and title marks a cell is cut at, and the spans of titles. Refuses
//! to read what it cuts.

use std::sync::LazyLock;

use regex::Regex;

use super::super::text::{is_han, pattern};

/// The text of one instrument, as far as marks tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// The number it has in the cell's list: 3 of `3.《…》`.
    pub place: Option<u32>,
    /// Its text without that number.
    pub text: String,
}

/// The text cut where one instrument ends and the next begins.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let letters: Vec<char> = text.chars().collect();
    let titles = titles(&letters);
    let in_title = |at: usize| titles.iter().any(|&(from, to)| from < at && at <= to);
    let bracketed = bracketed(&letters, &in_title);
    let mut cuts = vec![0];
    for (at, &letter) in letters.iter().enumerate() {
        if in_title(at) {
            continue;
        }
        let stop = matches!(letter, ';' | '。') && !bracketed[at];
        if stop || (!bracketed[at] && numbering(&letters, at).is_some()) {
            cuts.push(at);
        } else if letter == '《' && !bracketed[at] {
            let from = cuts.last().copied().unwrap_or(0);
            cuts.extend(next_begins(&letters, &titles, from, at));
        } else if !bracketed[at] && remains_begin(&letters, at) {
            cuts.push(at);
        }
    }
    cuts.push(letters.len());
    cuts.sort_unstable();
    cuts.dedup();
    cuts.windows(2)
        .map(|cut| piece(&letters[cut[0]..cut[1]]))
        .filter(|piece| piece.text.chars().any(is_han))
        .collect()
}

/// Spans of titles, first to last mark, nested marks included. A title that is never closed ends
/// at the last mark that closes anything in it, or is none.
pub(super) fn titles(letters: &[char]) -> Vec<(usize, usize)> {
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
        Some('.' | ';' | '。' | ')' | '条' | '、' | '①'..='⑳')
    )
}

/// Which letters stand in round brackets that are closed again before the next list number; a
/// bracket that is never closed (宁规发〔2019〕4号; holds nothing.
fn bracketed(letters: &[char], in_title: &dyn Fn(usize) -> bool) -> Vec<bool> {
    let mut held = vec![false; letters.len()];
    let mut open: Vec<usize> = Vec::new();
    for (at, &letter) in letters.iter().enumerate() {
        if in_title(at) {
            continue;
        }
        match letter {
            '(' if numbering(letters, at).is_none() => open.push(at),
            // What an instrument says, quoted behind its article.
            '“' => open.push(at),
            ')' | '”' => {
                if let Some(from) = open.pop() {
                    held[from + 1..=at].fill(true);
                }
            }
            ';' if letters[..at].last() == Some(&'号') => open.clear(),
            _ if numbering(letters, at).is_some() => open.clear(),
            _ => {}
        }
    }
    held
}

/// The list number that begins here (`3.`, `(3)`, `③`, `3、`, and `三、`, `(三)` before a title),
/// and how many letters it takes.
fn numbering(letters: &[char], at: usize) -> Option<(u32, usize)> {
    let before = at.checked_sub(1).and_then(|place| letters.get(place));
    match letters[at] {
        circled @ '①'..='⑳' => Some((u32::from(circled) - u32::from('①') + 1, 1)),
        '0'..='9' if !before.is_some_and(|c| c.is_ascii_digit() || ".,/-第〔(".contains(*c)) => {
            let (number, digits) = digits(&letters[at..])?;
            let mark = letters.get(at + digits);
            let next = letters.get(at + digits + 1);
            if mark == Some(&'《') && before.is_none_or(|c| !is_han(*c) || "条款项号".contains(*c))
            {
                return Some((number, digits));
            }
            let opens = |c: char| c == '《' || is_han(c) || c == '(';
            let marked =
                matches!(mark, Some('.' | '、')) || (mark == Some(&')') && next == Some(&'《'));
            (marked && next.is_some_and(|&c| opens(c))).then_some((number, digits + 1))
        }
        '(' => {
            let (number, digits) =
                digits(&letters[at + 1..]).or_else(|| han(&letters[at + 1..]))?;
            let closed = letters.get(at + 1 + digits) == Some(&')');
            let title = letters.get(at + 2 + digits) == Some(&'《');
            (closed && title).then_some((number, digits + 2))
        }
        letter
            if is_han(letter) && before.is_none_or(|c| !is_han(*c) || "条款项号".contains(*c)) =>
        {
            let (number, digits) = han(&letters[at..])?;
            let marked = matches!(letters.get(at + digits), Some('、' | '.'));
            let title = letters.get(at + digits + 1) == Some(&'《');
            (marked && title).then_some((number, digits + 1))
        }
        _ => None,
    }
}

fn digits(letters: &[char]) -> Option<(u32, usize)> {
    let digits: String = letters.iter().take_while(|c| c.is_ascii_digit()).collect();
    let number = digits.parse().ok().filter(|_| digits.len() <= 2)?;
    Some((number, digits.len()))
}

fn han(letters: &[char]) -> Option<(u32, usize)> {
    let digits: String = letters
        .iter()
        .take_while(|c| "一二三四五六七八九十".contains(**c))
        .collect();
    let number = super::super::numeral::number(&digits)?;
    Some((number, digits.chars().count()))
}

/// Where the next instrument begins, whose title opens at `at`, if the piece from `from` on is
/// whole: behind the last bracket, article or number, so that 省医保局 of 第十条、省医保局《…》 goes
/// with what it names.
fn next_begins(
    letters: &[char],
    titles: &[(usize, usize)],
    from: usize,
    at: usize,
) -> Option<usize> {
    let first = titles
        .iter()
        .find(|&&(open, close)| from <= open && close < at)?;
    let last = titles
        .iter()
        .rfind(|&&(open, close)| from <= open && close < at)?;
    let between = &letters[last.1 + 1..at];
    let said: String = letters[from..first.0].iter().collect();
    // A number that stands before its title: 国发〔2016〕3号《…》、国办发〔2021〕42号《…》.
    if said.ends_with('号') && between.last() == Some(&'号') {
        let stop = between
            .iter()
            .rposition(|c| "、,;。)条款项和及".contains(*c));
        return Some(last.1 + 1 + stop.map_or(0, |stop| stop + 1));
    }
    let whole = between
        .iter()
        .rposition(|c| ")条款项号目、,".contains(*c))
        .map_or(0, |place| place + 1);
    Some(last.1 + 1 + whole)
}

/// Whether the remains of another citation stand here behind a whole number, its title lost with
/// the lines between (…(财社〔2013〕217号)办发〔2021〕42号)), or a number cited without a title.
fn remains_begin(letters: &[char], at: usize) -> bool {
    static NUMBER: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^[、,]?\(?\p{Han}{1,12}〔\d{4}〕\d{1,4}号(?:\)|[、,;]|$)"));
    let before: String = letters[at.saturating_sub(2)..at].iter().collect();
    let closed = before.ends_with("号)") && (is_han(letters[at]) || "(、,".contains(letters[at]));
    let bare = before.ends_with('号') && "、,".contains(letters[at]);
    let after: String = letters[at..].iter().take(27).collect();
    (closed || bare) && NUMBER.is_match(&after)
}

/// A piece without the number and stops before it.
fn piece(letters: &[char]) -> Piece {
    let mut place = None;
    let mut at = 0;
    while at < letters.len() {
        if let Some((number, length)) = numbering(letters, at) {
            place = Some(number);
            at += length;
            continue;
        }
        let stop = ";。、,.:)".contains(letters[at]) && !is_remains(&letters[at..]);
        let joins = "和及与中或".contains(letters[at]) && letters.get(at + 1) == Some(&'《');
        if !stop && !joins {
            break;
        }
        at += 1;
    }
    let text: String = letters[at..].iter().collect();
    Piece {
        place,
        text: text
            .trim_end_matches([';', '。', '、', ',', ':'])
            .to_owned(),
    }
}

/// A bracket that closes what another cell opened is a trace of it: )第六条.
fn is_remains(letters: &[char]) -> bool {
    letters.first() == Some(&')') && letters.get(1).is_some_and(|c| *c == '第')
}
