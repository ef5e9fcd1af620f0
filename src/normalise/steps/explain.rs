//! Steps from the letters that are left of them: narrow cells read column by column
//! (`申受审办 / 请理核结`), letters lost at a line's end, letters mistaken for one another.
//!
//! Owns the letters of a print, and which sequence of the common steps they determine. Refuses a
//! print that two sequences explain alike, and any in which a letter is left over.

use std::collections::BTreeSet;

use super::{CLOSING, DASHES, LAST, OPENING, Reading, Steps, WORDS, in_order, named};

/// Names of steps that every list uses. What letters determine is asked of these: of rare names
/// some would fit anything.
const CORE: &str = "
申请 受理 初审 审核 复核 复审 审批 审定 评估 公示 公告 协商谈判 签订协议 签约 确认 反馈
支付 拨付 办结 告知 送达 查询 打印 备案 登记 认定 结算
";

/// Letters of steps' names, and what a scan reads in their place. None of these stands in a name
/// itself.
const LOOKALIKES: [(char, &str); 20] = [
    ('申', "甲中由电曱"),
    ('请', "贾貴贲倩請"),
    ('受', "爱爰"),
    ('理', "里埋狸哩"),
    ('审', "宙宇審"),
    ('核', "咳该孩"),
    ('办', "辦"),
    ('结', "洁桔結"),
    ('复', "復複夏"),
    ('确', "確"),
    ('认', "認"),
    ('馈', "饋溃"),
    ('拨', "撥泼"),
    ('评', "評"),
    ('谈', "談"),
    ('议', "議"),
    ('签', "簽"),
    ('询', "詢"),
    ('达', "達"),
    ('决', "決"),
];

/// Most letters a print may have for it to be looked at: more are no narrow cell.
const LONGEST: usize = 24;
/// Most steps of a sequence.
pub(super) const MOST: usize = 8;
/// Certainty where all letters are there, or all but a few and a known sequence explains them.
pub(super) const SURE: f64 = 0.85;
/// Certainty where letters are lost or mistaken.
pub(super) const LIKELY: f64 = 0.8;

/// The letters of a print.
pub(super) struct Print {
    /// The letters, each mistaken one replaced by what it stands for.
    pub(super) letters: Vec<char>,
    /// Number of mistaken letters.
    pub(super) mistaken: usize,
    /// The letters between dashes.
    pieces: Vec<Vec<char>>,
    /// Whether a dash at the head or foot says that something stood before or behind it.
    cut: bool,
}

impl Print {
    /// The print of a cell; `None` where its letters are no steps', too few or too many.
    pub(super) fn of(text: &str) -> Option<Self> {
        let is_dash = |c: char| DASHES.contains(c);
        let mut mistaken = 0;
        let mut pieces = Vec::new();
        for piece in text.split(is_dash).filter(|piece| !piece.is_empty()) {
            let mut letters = Vec::new();
            for letter in piece.chars() {
                letters.push(if WORDS.contains(letter) {
                    letter
                } else {
                    mistaken += 1;
                    LOOKALIKES
                        .iter()
                        .find(|(_, taken)| taken.contains(letter))?
                        .0
                });
            }
            pieces.push(letters);
        }
        let letters: Vec<char> = pieces.concat();
        let tail = text.chars().rev().take_while(|&c| is_dash(c)).count();
        // The dashes of a narrow cell, read as a column of their own, stand behind all letters.
        let column = tail >= 2 && pieces.len() == 1;
        let cut = text.starts_with(is_dash) || (tail > 0 && !column);
        let sound = (3..=LONGEST).contains(&letters.len()) && mistaken * 3 <= letters.len();
        sound.then_some(Self {
            letters,
            mistaken,
            pieces,
            cut,
        })
    }
}

/// Steps determined by the print alone: all letters or all but one stand, in columns or not; or
/// each step shows its first letter; or each piece between dashes is what is left of one name.
pub(super) fn alone(text: &str) -> Option<Reading<Steps>> {
    let print = Print::of(text)?;
    if print.cut {
        return None;
    }
    let whole = only(decoded(&print.letters, None));
    let (steps, certainty) = match whole {
        Found::One(steps) => (steps, SURE),
        Found::Many => return None,
        Found::None => {
            let places = 0..=print.letters.len();
            let lossy = places.flat_map(|place| decoded(&print.letters, Some(place)));
            match only(lossy.chain(initials(&print)).chain(remains(&print))) {
                // One that merely may be the last (支付, 公告) may have lost its successor as well.
                Found::One(steps) if steps.last().is_some_and(|last| named(LAST, last)) => {
                    (steps, LIKELY)
                }
                _ => return None,
            }
        }
    };
    let certainty = if print.mistaken > 0 {
        LIKELY
    } else {
        certainty
    };
    Some(Reading::new(Steps::Listed(steps), certainty))
}

enum Found {
    None,
    One(Vec<String>),
    Many,
}

/// The one plausible sequence among these.
fn only(sequences: impl IntoIterator<Item = Vec<String>>) -> Found {
    let plausible: BTreeSet<Vec<String>> = sequences
        .into_iter()
        .filter(|steps| is_plausible(steps))
        .collect();
    let several = plausible.len() > 1;
    match plausible.into_iter().next() {
        None => Found::None,
        Some(_) if several => Found::Many,
        Some(steps) => Found::One(steps),
    }
}

/// Whether a procedure may run so: it opens, is accepted, closes, and nothing is done twice. One
/// without 受理 may be printed, but where letters are out of place it is the lost line.
fn is_plausible(steps: &[String]) -> bool {
    let distinct: BTreeSet<&String> = steps.iter().collect();
    (3..=MOST).contains(&steps.len())
        && distinct.len() == steps.len()
        && steps.get(1).is_some_and(|second| second == "受理")
        && steps.first().is_some_and(|first| opens(first))
        && steps.last().is_some_and(|last| named(CLOSING, last))
        && in_order(steps)
}

/// Whether a step is the first of all: 受理 answers an application that stood before it.
fn opens(step: &str) -> bool {
    named(OPENING, step) && step != "受理"
}

/// All sequences whose letters, line by line or in runs column by column, are these, with one
/// lost letter put in at a place where one is given.
fn decoded(letters: &[char], lost: Option<usize>) -> Vec<Vec<String>> {
    let mut cells: Vec<Option<char>> = letters.iter().copied().map(Some).collect();
    if let Some(place) = lost {
        cells.insert(place, None);
    }
    let mut all = Vec::new();
    decode(&cells, &mut Vec::new(), &mut all);
    all
}

fn decode(cells: &[Option<char>], before: &mut Vec<String>, all: &mut Vec<Vec<String>>) {
    if cells.is_empty() {
        all.push(before.clone());
        return;
    }
    if before.len() >= MOST {
        return;
    }
    for word in CORE.split_whitespace() {
        let length = word.chars().count();
        if cells.len() >= length && fits(word, &cells[..length]) {
            before.push(word.to_owned());
            decode(&cells[length..], before, all);
            before.pop();
        }
    }
    // A run of steps whose first letters stand together, then their second letters.
    for run in 2..=(cells.len() / 2).min(MOST) {
        let (block, rest) = cells.split_at(2 * run);
        let fitting: Vec<Vec<&str>> = (0..run)
            .map(|row| pairs(block[row], block[row + run]))
            .collect();
        // Only one letter is ever lost, so only one row has more than one reading.
        let ways = fitting.iter().map(Vec::len).product::<usize>();
        for way in 0..ways {
            let depth = before.len();
            before.extend(fitting.iter().map(|words| {
                let word = if words.len() == 1 {
                    words[0]
                } else {
                    words[way]
                };
                word.to_owned()
            }));
            decode(rest, before, all);
            before.truncate(depth);
        }
    }
}

/// Whether a word prints these cells, a lost one being any letter.
fn fits(word: &str, cells: &[Option<char>]) -> bool {
    word.chars()
        .zip(cells)
        .all(|(letter, cell)| cell.is_none_or(|cell| cell == letter))
}

/// The words of two letters that print these two cells.
fn pairs(first: Option<char>, second: Option<char>) -> Vec<&'static str> {
    CORE.split_whitespace()
        .filter(|word| word.chars().count() == 2 && fits(word, &[first, second]))
        .collect()
}

/// The words of which these letters are left, in order.
fn from_remains(left: &[char]) -> Vec<&'static str> {
    CORE.split_whitespace()
        .filter(|word| {
            let mut left = left.iter().peekable();
            for letter in word.chars() {
                left.next_if_eq(&&letter);
            }
            left.peek().is_none()
        })
        .collect()
}

/// Only the first column of a narrow cell is left: each letter begins one word and no other.
fn initials(print: &Print) -> Option<Vec<String>> {
    let word = |letter: &char| {
        let mut words = CORE
            .split_whitespace()
            .filter(|word| word.starts_with(*letter));
        match (words.next(), words.next()) {
            (Some(word), None) => Some(word.to_owned()),
            _ => None,
        }
    };
    print.letters.iter().map(word).collect()
}

/// Each piece between dashes is what is left of one word and no other; two letters may be lost.
fn remains(print: &Print) -> Option<Vec<String>> {
    let mut lost = 0;
    let mut steps = Vec::new();
    for piece in &print.pieces {
        let words = from_remains(piece);
        let (Some(word), None) = (words.first(), words.get(1)) else {
            return None;
        };
        lost += word.chars().count() - piece.len();
        steps.push((*word).to_owned());
    }
    (lost <= 2).then_some(steps)
}
