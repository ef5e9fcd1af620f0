//! 办理材料: the materials an applicant hands in.
//!
//! Owns the counting of a numbered list, whole or damaged, and the names of its materials where
//! the words are sound. The numbers count, not the words: where 1, 2, 3 run on, the count stands
//! although the words between are garbled. Refuses a count that isn't printed: numbers that
//! restart, a list that is cut, and a lone 1. among garbled letters say nothing.

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;

use super::reading::Reading;
use super::text::{begins_within_word, garble, is_han, looping, pattern, squeeze, worded};

mod numbering;

use numbering::{Form, Mark, Run};

/// One material.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Material {
    /// As printed, without its number and without white space.
    pub name: String,
}

/// The materials of an item.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Materials {
    /// The materials in order.
    Listed(Vec<Material>),
    /// So many, by their numbers; their words are too damaged to be told.
    Counted(u32),
    /// The cell is empty or holds a dash: nothing is asked for.
    Missing,
    /// The list can't be told from what is left of it.
    Unreadable,
}

impl Materials {
    /// How many materials are listed; 0 where nothing is asked for, `None` where it can't be told.
    pub fn count(&self) -> Option<u32> {
        match self {
            Self::Listed(all) => u32::try_from(all.len()).ok(),
            Self::Counted(count) => Some(*count),
            Self::Missing => Some(0),
            Self::Unreadable => None,
        }
    }
}

/// Garble from which words are not taken for the document's own.
const GARBLED: f64 = 0.3;
/// Share of the letters in known words below which words are garbled, and below which they may be.
/// The five lists: sound cells 0.76 and more, hopeless ones 0.55 and less.
const WORDLESS: f64 = 0.5;
const FEW_WORDS: f64 = 0.75;
/// Certainty of a count whose numbers run on among garbled words, or from 2 on.
const BY_NUMBERS: f64 = 0.8;
/// Certainty where a loop or a misread number stands among them.
const LIKELY: f64 = 0.7;
/// Certainty of a list of one: the next may stand in a row below (Ningxia's 参保凭证打印).
const ALONE: f64 = 0.7;
/// Certainty where a bracket or title mark is lost, or some words are none.
const SMALL_DAMAGE: f64 = 0.85;
/// Certainty where the last words have no end, or a material has no words.
const UNFINISHED: f64 = 0.75;

/// Reads a list of materials. ①② below a number are parts of that material; where nothing else
/// is numbered they are the materials. A text without numbers is one material.
///
/// Certainty: 1.0 sound words, 0.85 a bracket lost, 0.8 garbled words between numbers that run
/// on or begin with 2, 0.7 a loop behind the last number or one number lost, or a lone 1.
pub fn materials(text: &str) -> Reading<Materials> {
    static NOTHING: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^[-—–―－─/\\\s。.]*$|^(?:无|无需|不需要|免提交|无需?(?:要|提供|提交)?(?:任何|其他)?(?:申请|办理)?材料|不(?:需|用)要?(?:提供|提交)(?:任何|其他)?(?:申请|办理)?材料)[。.]?$",
        )
    });
    let plain = numbering::plain(text);
    let squeezed = squeeze(&plain);
    if NOTHING.is_match(&squeezed) {
        return Reading::plain(Materials::Missing);
    }
    let (marks, run, sure) = outermost(&plain);
    match run {
        Run::None => unnumbered(text, &squeezed),
        Run::Whole(count) => {
            let mut reading = whole(&plain, &marks, count);
            reading.certainty = reading.certainty.min(sure);
            reading
        }
        _ if alike(&plain, &marks) && !matches!(run, Run::Repeated(_)) => {
            Reading::plain(Materials::Unreadable)
        }
        Run::Headless(count) => Reading::new(Materials::Counted(count), BY_NUMBERS),
        // 1, 3 in garbled words may be anything; 1, 2, 2 in sound words may be a misprint for 3.
        Run::Gap(count) if !is_garbled(text) => Reading::new(Materials::Counted(count), LIKELY),
        Run::Repeated(count) if is_garbled(text) => Reading::new(Materials::Counted(count), LIKELY),
        _ => Reading::plain(Materials::Unreadable),
    }
}

/// The numbering of the list itself, how it runs, and how sure it is that it is the list's own.
fn outermost(text: &str) -> (Vec<Mark>, Run, f64) {
    let figures = numbering::marks(text, Form::Figures);
    let begins = |marks: &[Mark]| {
        marks.first().is_some_and(|mark| {
            let head = squeeze(&text[..mark.start]);
            head.trim_matches(['"', '“', '·', '-', '\'']).is_empty()
        })
    };
    if !begins(&figures) {
        for form in [Form::Spelled, Form::SpelledBrackets, Form::Brackets] {
            let marks = numbering::marks(text, form);
            let run = numbering::run(&marks);
            let outer = figures.is_empty() || matches!(run, Run::Whole(2..));
            if begins(&marks) && outer {
                let sure = if figures.is_empty() { 1.0 } else { BY_NUMBERS };
                return (marks, run, sure);
            }
        }
    }
    let run = numbering::run(&figures);
    if run != Run::None {
        // The stop of a number may be lost (1. 2 3.), or the figure itself (1. 2. .病历资料).
        let bare = numbering::marks(text, Form::Bare);
        let mended = numbering::mended(&figures, &bare);
        return match numbering::run(&mended) {
            Run::Whole(count @ 2..) if mended.len() > figures.len() => {
                (mended, Run::Whole(count), BY_NUMBERS)
            }
            _ => (figures, run, 1.0),
        };
    }
    let circled = numbering::marks(text, Form::Circled);
    if begins(&circled) {
        let run = numbering::run(&circled);
        return (circled, run, 1.0);
    }
    let bare = numbering::marks(text, Form::Bare);
    match numbering::run(&bare) {
        Run::Whole(count @ 2..) if begins(&bare) => (bare, Run::Whole(count), BY_NUMBERS),
        _ => (Vec::new(), Run::None, 1.0),
    }
}

/// The pieces of a text between its numbers.
fn pieces<'a>(text: &'a str, marks: &[Mark]) -> Vec<&'a str> {
    let ends = marks.iter().skip(1).map(|mark| mark.start);
    marks
        .iter()
        .zip(ends.chain([text.len()]))
        .map(|(mark, end)| text[mark.end..end].trim())
        .collect()
}

/// Whether two materials are the same words: a loop that counts.
fn alike(text: &str, marks: &[Mark]) -> bool {
    let mut seen = HashSet::new();
    pieces(text, marks)
        .into_iter()
        .map(squeeze)
        .filter(|piece| piece.chars().filter(|&c| is_han(c)).count() > 2)
        .any(|piece| !seen.insert(piece))
}

/// A list whose numbers run from 1 on.
fn whole(text: &str, marks: &[Mark], count: u32) -> Reading<Materials> {
    let unreadable = Reading::plain(Materials::Unreadable);
    let pieces = pieces(text, marks);
    let last = pieces.last().copied().unwrap_or_default();
    let spoilt = garble(text);
    let loops = looping(text) >= 0.5;
    let garbled = is_garbled(text);
    if alike(text, marks) || (!garbled && numbering::is_figure_lost(text)) {
        return unreadable;
    }
    let open = pieces.iter().any(|piece| is_open(piece));
    let cut = is_open(last) && !is_finished(last);
    if (!garbled && goes_on(last)) || (!loops && cut) {
        return unreadable;
    }
    if count == 1 && (garbled || is_open(last) || !is_finished(last) || new_line(last)) {
        return unreadable;
    }
    // Numbers read down a column stand close together, before the words they belong to.
    let close = pieces[..pieces.len() - 1]
        .iter()
        .all(|piece| squeeze(piece).chars().count() <= 8);
    let names: Vec<Material> = pieces
        .iter()
        .map(|piece| Material {
            name: without_remark(&squeeze(piece)),
        })
        .collect();
    let nameless = names.iter().any(|one| !one.name.chars().any(is_han));
    if garbled || nameless {
        let certainty = match (loops, nameless) {
            (true, _) if !close => LIKELY,
            (false, false) | (true, _) => BY_NUMBERS,
            (false, true) => UNFINISHED,
        };
        return Reading::new(Materials::Counted(count), certainty);
    }
    let mut certainty: f64 = 1.0 - spoilt / 2.0;
    if open || share_of_words(text) < FEW_WORDS {
        certainty = certainty.min(SMALL_DAMAGE);
    }
    if !is_finished(last) {
        certainty = certainty.min(UNFINISHED);
    }
    if breaks_oddly(&pieces) {
        certainty = certainty.min(LIKELY);
    }
    if count == 1 {
        certainty = certainty.min(ALONE);
    }
    Reading::new(Materials::Listed(names), certainty)
}

/// A text without numbers.
fn unnumbered(text: &str, plain: &str) -> Reading<Materials> {
    let spoilt = garble(text);
    let headless = plain.starts_with(['(', ')', '》', '、', ',', ';', '.'])
        || plain.chars().nth(1).is_some_and(|c| "、,;》)".contains(c))
        || closes_unopened(plain)
        || begins_within_word(plain);
    // A figure at its head numbered it, and what else it numbered is lost.
    let figured = numbering::marks(plain, Form::Bare)
        .first()
        .is_some_and(|mark| mark.start == 0);
    if spoilt >= 0.5 || headless || figured || is_open(plain) || !plain.chars().any(is_han) {
        return Reading::plain(Materials::Unreadable);
    }
    let only = Material {
        name: without_remark(plain),
    };
    let mut certainty = 1.0 - spoilt / 2.0;
    if share_of_words(plain) < FEW_WORDS {
        certainty = certainty.min(SMALL_DAMAGE);
    }
    Reading::new(Materials::Listed(vec![only]), certainty)
}

/// Share of the letters that stand in known words.
fn share_of_words(text: &str) -> f64 {
    match worded(text) {
        (0, _) => 1.0,
        (letters, known) => known as f64 / letters as f64,
    }
}

/// Whether the words are not the document's own.
fn is_garbled(text: &str) -> bool {
    garble(text) >= GARBLED || share_of_words(text) < WORDLESS
}

/// Whether a title or bracket ends that never began: its head stands elsewhere.
fn closes_unopened(text: &str) -> bool {
    [('《', '》'), ('(', ')')].into_iter().any(|(open, close)| {
        text.find(close)
            .is_some_and(|at| !text[..at].contains(open))
    })
}

/// Whether only the last material goes on in a new line: the line may be one more, its number
/// lost.
fn breaks_oddly(pieces: &[&str]) -> bool {
    pieces.split_last().is_some_and(|(last, others)| {
        !others.is_empty()
            && !others
                .iter()
                .any(|piece| piece.contains(char::is_whitespace))
            && new_line(last)
    })
}

/// Whether a material goes on in a new line, and not with what can only go on (或…, 复印件).
fn new_line(piece: &str) -> bool {
    static LINE: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"\s+[^或及和与并原复副正一加需盖填的等中以(（①-⑳\s]"));
    LINE.is_match(piece)
}

/// Whether the text ends within a title or bracket that is never closed.
fn is_open(text: &str) -> bool {
    [('《', '》'), ('(', ')')].into_iter().any(|(open, close)| {
        text.rfind(open)
            .is_some_and(|at| !text[at..].contains(close))
    })
}

/// Whether a material may end with this letter: a noun for a paper, a closing mark or a stop.
fn is_finished(text: &str) -> bool {
    const ENDS: &str = "证件卡表书料明单据照票历本簿函凭信录告案议同章份张名码页图账样片结果方\
                        记述况则约认户像册执行报文品具印格字息";
    ["其一", "之一", "原件", "等"]
        .iter()
        .any(|end| text.ends_with(end))
        || text
            .chars()
            .next_back()
            .is_some_and(|c| ENDS.contains(c) || ")》;。\"”".contains(c))
}

/// Whether a new line behind a closed title names another paper: its number is lost
/// (`2. 《…备案表》 医登记居住认定材料`, Ningxia).
fn goes_on(last: &str) -> bool {
    static NEXT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"》\s+[^或及和与并原复副正一加需盖填的等中以(（①-⑳]\p{Han}*(?:材料|证明|证件|凭证|单据|发票|病历|清单|照片|户口簿|承诺书|申请表|登记表)",
        )
    });
    NEXT.is_match(last)
}

/// A name without the stop and the remark about all materials behind it
/// (XPCC's （以上办理资料均需加盖单位公章）).
fn without_remark(name: &str) -> String {
    static REMARK: LazyLock<Regex> = LazyLock::new(|| pattern(r"\((?:以上|上述|注)[^()]*\)$"));
    let name = name.trim_matches([';', '。', ',', '、', ' ']);
    REMARK
        .replace(name, "")
        .trim_end_matches([';', '。', ',', '、'])
        .to_owned()
}

#[cfg(test)]
mod tests;
