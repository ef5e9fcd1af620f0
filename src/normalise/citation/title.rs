//! The title of a piece, and whether it can be one.
//!
//! Owns what belongs to a title: words inside the outer marks, and nothing outside them, so that
//! 关于印发《甲》的通知 is cited as 甲 and 《关于印发〈甲〉的通知》 as the whole. Refuses titles that no
//! instrument can have: unbalanced, said in loops, or with numbers of other instruments in them.

use std::sync::LazyLock;

use regex::Regex;

use super::super::text::{is_han, pattern};
use super::piece::titles;

/// Kinds of instruments: what a title ends in.
const KINDS: &str = "法|条例|办法|通知|意见|决定|规定|细则|规程|方案|公告|批复|标准|指南|函|目录|规划|纲要|决议|解释|令|通告|清单|规则|规范|制度|章程|准则|协议|计划|措施|要点|流程|答复|手册|指引|政策|要求|部分|编码|说明|纪要|议定书|公约|总则|条款|命令";

/// A title with what stands on both sides of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Title {
    /// Inside the outer marks, nested marks as 〈〉; begins with `…` where its head is lost.
    pub name: String,
    /// What stands before it.
    pub before: String,
    /// What stands behind it.
    pub rest: String,
    /// How sure the title is.
    pub certainty: f64,
}

/// The title of a piece; `None` where it has none.
pub(super) fn title(piece: &str) -> Option<Title> {
    let letters: Vec<char> = piece.chars().collect();
    let closes = letters.iter().position(|&c| c == '》');
    match titles(&letters).first() {
        Some(&(from, to)) if closes.is_none_or(|closes| from < closes) => {
            Some(marked(&letters, from, to))
        }
        _ => match closes {
            Some(closes) => headless(&letters, closes),
            None => unmarked(piece),
        },
    }
}

/// The words behind the marks of what a notice issues: 关于印发《…》的通知.
fn notice(after: &str) -> Option<&str> {
    static TAIL: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^的?(?:通知|意见|决定|公告|批复|函|规定|办法|通告)"));
    TAIL.find(after).map(|found| found.as_str())
}

fn marked(letters: &[char], from: usize, to: usize) -> Title {
    let before: String = letters[..from].iter().collect();
    let inside: String = letters[from + 1..to].iter().collect();
    let after: String = letters[to + 1..].iter().collect();
    let mut name = inside.replace('《', "〈").replace('》', "〉");
    let mut rest = after.clone();
    let mut certainty = 1.0;
    if let Some(words) = notice(&after) {
        let behind = &after[words.len()..];
        let opened = name.matches('〈').count() > name.matches('〉').count();
        if opened {
            // 《关于印发《甲》的通知(…): the last mark is lost.
            name = format!("{name}〉{words}");
            certainty = 0.9;
        } else if let Some(behind) = behind.strip_prefix('》') {
            // 印发《甲》的通知》: the first mark is lost, in this cell or in another.
            let issued = name.find("印发").map(|at| at + "印发".len());
            name = match issued {
                Some(at) => format!("{}〈{}〉{words}", &name[..at], &name[at..]),
                None => format!("…{before}〈{name}〉{words}"),
            };
            return Title {
                certainty: if issued.is_some() { 0.9 } else { 0.6 },
                before: String::new(),
                rest: behind.to_owned(),
                name,
            };
        }
        rest = behind.to_owned();
        if before.chars().count() == 1 {
            // 发《甲》的通知: the head of the words before it stood in another cell.
            certainty = 0.6;
        }
    }
    Title {
        name,
        before,
        rest,
        certainty,
    }
}

/// A title whose head stood in another cell: 济保障机制的实施意见》(苏政办发〔2021〕108号).
fn headless(letters: &[char], closes: usize) -> Option<Title> {
    let name: String = letters[..closes].iter().collect();
    let after: String = letters[closes + 1..].iter().collect();
    let words = notice(&after).unwrap_or_default();
    let han = name.chars().filter(|&c| is_han(c)).count();
    (han >= 5).then(|| Title {
        name: format!("…{name}"),
        before: String::new(),
        rest: after[words.len()..].to_owned(),
        certainty: 0.6,
    })
}

/// The title of a piece without title marks: what stands before its number, if it is named like
/// an instrument.
fn unmarked(piece: &str) -> Option<Title> {
    static KIND: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(
            r"^(?P<title>[^()《》〈〉]*(?:\([^()]*\)[^()《》〈〉]*)?(?:{KINDS})(?:\((?:试行|暂行|修订|\d{{4}}年?版?)\))?)(?P<rest>\(.*|第.*|)$"
        ))
    });
    let caps = KIND.captures(piece)?;
    let name = caps["title"].to_owned();
    let han = name.chars().filter(|&c| is_han(c)).count();
    let headless = name.starts_with(['第', ')', '号', '的', '(']);
    (han >= 4 && !headless && !name.contains(['〔', '〕'])).then(|| Title {
        name,
        before: String::new(),
        rest: caps["rest"].to_owned(),
        certainty: 0.9,
    })
}

/// Whether a title ends in a kind of instrument, an edition or (试行) behind it aside.
pub fn ends_in_a_kind(title: &str) -> bool {
    static KIND: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(
            r"(?:{KINDS})(?:\([^()]{{1,12}}\)|〉|[一二三四五六七八九十\d]|\d{{4}}年?版?)*$"
        ))
    });
    KIND.is_match(title)
}

/// Whether a title is whole in its form: marks and brackets in pairs, no loops, no number or
/// article of another instrument inside.
pub fn is_sound(title: &str) -> bool {
    static ALIEN: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"[〔〕\[\]]|\(\d{4}\)\d|\d号|号\)|第[一二三四五六七八九十\d]+条|[;。:!?]|\p{Han}\d{1,3}(?:[^年月日号部个种类项条批次届期版周岁级省市国家元%.、\d+〉)-]|$)",
        )
    });
    let headless = title.starts_with('…');
    paired(title, '(', ')')
        && (headless || paired(title, '〈', '〉'))
        && !ALIEN.is_match(title)
        && !loops(title)
}

fn paired(title: &str, open: char, close: char) -> bool {
    let mut depth = 0_i32;
    for letter in title.chars() {
        if letter == open {
            depth += 1;
        } else if letter == close {
            depth -= 1;
        }
        if depth < 0 {
            return false;
        }
    }
    depth == 0
}

/// Whether a group of letters is said again at once, as OCR does that lost its place: 生育保险生育保险,
/// 保险保险保险. A title's own words never follow themselves.
pub fn loops(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    (0..letters.len()).any(|at| {
        (1..=20).any(|size| {
            let times = if size <= 2 { 3 } else { 2 };
            let Some(span) = letters.get(at..at + size * times) else {
                return false;
            };
            span.chunks(size).all(|group| group == &span[..size])
                && span[..size].iter().filter(|&&c| is_han(c)).count() * 2 > size
        })
    })
}
