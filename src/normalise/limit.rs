//! 办理时限: how long an item may take.
//!
//! Owns the grammar of limits in plain text and their normal form. Refuses to supply a number:
//! one that can't be read is `None`, and a text whose letters don't determine the limit is
//! `Unreadable`. Narrow cells that came out of OCR in disorder are read in [`damaged`].

mod damaged;
mod phrasing;
#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::LazyLock;

use regex::{Captures, Regex};

pub use phrasing::{Phrasing, limit_like};

use super::numeral;
use super::reading::Reading;
use super::text::{garble, half_width, is_han, is_jumbled, pattern, squeeze, worded};

/// What a limit is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// 工作日.
    WorkingDays,
    /// 自然日, also a bare 日 or 天, hours, weeks and months turned into days.
    CalendarDays,
}

/// What is promised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Promise {
    /// 即时办结 and its kin.
    Immediate,
    /// Within a number of days.
    Within {
        /// Days; `None` where the number was lost.
        days: Option<u32>,
        /// What the days are.
        unit: Unit,
    },
}

/// A promise and the condition it holds under.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Clause {
    /// The condition as printed (线下, 特殊情况); empty where there is none.
    pub label: String,
    /// What is promised.
    pub promise: Promise,
}

/// A time limit.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Limit {
    /// One or several promises, in the order printed.
    Clauses(Vec<Clause>),
    /// The cell is empty or holds a dash.
    Missing,
    /// The letters don't determine a limit.
    Unreadable,
    /// The text is plain but states no limit (Pingdingshan's 医院办结). Prints as `unreadable`.
    NoClause,
}

impl Limit {
    /// The clauses; none where nothing was read.
    pub fn clauses(&self) -> &[Clause] {
        match self {
            Self::Clauses(clauses) => clauses,
            _ => &[],
        }
    }

    /// The longest promise in 工作日, 即时 counting as 0. `None` where any clause has lost its
    /// number or is counted in 自然日, or where there is no clause.
    pub fn longest_working_days(&self) -> Option<u32> {
        let days = |clause: &Clause| match clause.promise {
            Promise::Immediate => Some(0),
            Promise::Within {
                days,
                unit: Unit::WorkingDays,
            } => days,
            Promise::Within { .. } => None,
        };
        let all: Option<Vec<u32>> = self.clauses().iter().map(days).collect();
        all?.into_iter().max()
    }
}

impl fmt::Display for Promise {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (days, unit) = match self {
            Self::Immediate => return f.write_str("immediate"),
            Self::Within { days, unit } => (days, unit),
        };
        let unit = match unit {
            Unit::WorkingDays => "wd",
            Unit::CalendarDays => "cd",
        };
        match days {
            Some(days) => write!(f, "<={days} {unit}"),
            None => write!(f, "<=? {unit}"),
        }
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let clauses = match self {
            Self::Clauses(clauses) => clauses,
            Self::Missing => return f.write_str("missing"),
            Self::Unreadable | Self::NoClause => return f.write_str("unreadable"),
        };
        for (place, clause) in clauses.iter().enumerate() {
            if place > 0 {
                f.write_str("; ")?;
            }
            if !clause.label.is_empty() {
                write!(f, "{}: ", clause.label)?;
            }
            write!(f, "{}", clause.promise)?;
        }
        Ok(())
    }
}

/// Reads a time limit. The certainty of `Unreadable` says nothing about the document: it is 1.0,
/// for that we could not read it is certain.
pub fn limit(text: &str) -> Reading<Limit> {
    let plain: String = squeeze(text).chars().map(half_width).collect();
    if is_missing(&plain) {
        return Reading::plain(Limit::Missing);
    }
    if BEYOND.is_match(&plain) {
        return Reading::plain(Limit::NoClause);
    }
    if DAMAGED_NUMBER.is_match(&plain) || plain.contains('半') {
        // 3O or l5: a letter in a number leaves no digit of it certain.
        // Half a day is no number of whole days.
        let lost = DAMAGED_NUMBER.replace_all(&plain, "").replace('半', "");
        return match damaged::read(&lost) {
            Some((clauses, _)) => Reading::new(Limit::Clauses(clauses), 0.5),
            None => Reading::plain(Limit::Unreadable),
        };
    }
    // 曰 and 目 are what OCR makes of 日, 吋 of 时, 力 of 办.
    let mended = [
        ("作曰", "作日"),
        ("作目", "作日"),
        ("即吋", "即时"),
        ("力结", "办结"),
    ]
    .iter()
    .fold(plain.clone(), |text, (misread, meant)| {
        text.replace(misread, meant)
    });
    let mended = match mended.as_str() {
        "时办结" | "即时结" | "即时办" => "即办结".to_owned(),
        _ => mended,
    };
    let sure = if mended == plain { 1.0 } else { 0.9 };
    if let Some((clauses, certainty)) = clean(&mended) {
        let certainty = certainty.min(sure);
        return Reading::new(Limit::Clauses(clauses), certainty);
    }
    if let Some((clauses, certainty)) = damaged::read(text) {
        return Reading::new(Limit::Clauses(clauses), certainty);
    }
    let hints = plain.chars().any(|c| "即超过个工作日天时月".contains(c));
    let digits = plain.chars().any(|c| c.is_ascii_digit());
    let spelled = plain.chars().filter(|&c| is_han(c)).count();
    if spelled >= 3
        && garble(text) < 0.3
        && !is_jumbled(text)
        && !(digits && hints)
        && !STATES.is_match(&plain)
    {
        return Reading::plain(Limit::NoClause);
    }
    Reading::plain(Limit::Unreadable)
}

/// Words of a least time, or a part of a day, which is no ceiling in whole days.
static BEYOND: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:^|[^不])(?:大于|多于)|以上|至少|不少于|不低于"));

/// Certainty of a label that was completed by its fellow.
const COMPLETED: f64 = 0.8;

/// A number with a letter in it.
static DAMAGED_NUMBER: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"[0-9]*[A-Za-z|][0-9A-Za-z|]*[0-9][0-9A-Za-z|]*|[0-9]+[A-Za-z|]+"));

/// Fragments that only a limit leaves behind: with them a text can't be called plain.
static STATES: LazyLock<Regex> =
    LazyLock::new(|| pattern("即时|即办|即结|不超|不过|个工|个作|工作|作日|工日|个日|自然"));

fn is_missing(plain: &str) -> bool {
    matches!(plain, "" | "无" | "/" | "\\" | "无需")
        || plain.chars().all(|c| "-—–―－─ー_".contains(c))
}

const IMMEDIATE: &str = "(?:即时|即刻|当场)(?:办理并办结|受理并办结|办结|办理|完成|办)?\
    |(?:立即|马上|现场|实时|当日|当天)(?:办理并办结|办结|办理|完成)|即办(?:结|件|理)?\
    |即[来到收申报](?:即|随)[办结享审]|随[到来]随[办结]|立等可取";

/// A promise in plain letters. `n` is the number, `u` the unit.
static PROMISE: LazyLock<Regex> = LazyLock::new(|| {
    let number = format!(r"\d+|[{}]+", numeral::LETTERS);
    pattern(&format!(
        "(?P<now>{IMMEDIATE})|(?P<cap>最长不超过|不得超过|不超过|不多于|不超|最长|最多|至多)?\
         (?:(?:{number})个?(?:工作日)?[-—–~～至到])?(?P<n>(?:\\d+\\.)?{number})?(?P<m>个)?\
         [(]?(?P<u>工作日|工作天|自然日|日历日|小时|星期|周|月|日|天)[)]?(?:之内|以内|内)?\
         (?:办理完毕|办理完成|办结|办毕|完成)?"
    ))
});

/// The grammar of limits over text without white space. `None` where any letter is left over
/// that isn't a condition or a remark.
fn clean(plain: &str) -> Option<(Vec<Clause>, f64)> {
    let mut certainty: f64 = 1.0;
    let mut clauses: Vec<Clause> = Vec::new();
    let mut read_to = 0;
    for caps in PROMISE.captures_iter(plain) {
        let whole = caps.get(0)?;
        let next = plain[whole.end()..].chars().next();
        let Some((promise, sure)) = promise(&caps, next) else {
            continue;
        };
        certainty = certainty.min(sure);
        let between = &plain[read_to..whole.start()];
        if let Some(last) = clauses.last_mut()
            && last.label.is_empty()
            && let Some(after) = bracketed(between)
        {
            last.label = after;
        }
        clauses.push(Clause {
            label: label(between)?,
            promise,
        });
        read_to = whole.end();
    }
    let tail = &plain[read_to..];
    clauses.dedup();
    if complete_labels(&mut clauses) {
        certainty = certainty.min(COMPLETED);
    }
    if clauses.iter().any(|clause| clause.label == "线") {
        return None;
    }
    let several = clauses.len() > 1;
    let last = clauses.last_mut()?;
    if several
        && last.label.is_empty()
        && let Some(after) = bracketed(tail)
    {
        last.label = after;
    }
    // 承诺时限 names the column, unless 法定时限 stands beside it.
    if !several && last.label.ends_with(['限', '间']) {
        last.label.clear();
    }
    Some((clauses, certainty.min(tail_certainty(tail)?)))
}

/// Completes a label that lost its second letter by its fellow: 线 beside 线下 is 线上.
fn complete_labels(clauses: &mut [Clause]) -> bool {
    let fellow = |label: &str| match label {
        "线下" => Some("线上"),
        "线上" => Some("线下"),
        _ => None,
    };
    let known = clauses.iter().find_map(|clause| fellow(&clause.label));
    let Some(meant) = known else { return false };
    let Some(cut) = clauses.iter_mut().find(|clause| clause.label == "线") else {
        return false;
    };
    cut.label = meant.to_owned();
    true
}

fn promise(caps: &Captures<'_>, next: Option<char>) -> Option<(Promise, f64)> {
    if let Some(now) = caps.name("now") {
        let sure = match now.as_str() {
            "即办结" => 0.85,
            words if words.starts_with('当') && !words.starts_with("当场") => 0.8,
            _ => 1.0,
        };
        return Some((Promise::Immediate, sure));
    }
    let number = caps.name("n").map(|n| days_stated(n.as_str()));
    let capped = caps.name("cap").is_some();
    let counted = caps.name("m").is_some();
    let (unit, factor, sure) = match caps.name("u")?.as_str() {
        "工作日" | "工作天" => (Unit::WorkingDays, 1.0, 1.0),
        "自然日" | "日历日" => (Unit::CalendarDays, 1.0, 1.0),
        "小时" => (Unit::CalendarDays, 1.0 / 24.0, 0.8),
        "周" | "星期" => (Unit::CalendarDays, 7.0, 0.6),
        // 3月 is a date, 3个月 a duration.
        "月" if counted => (Unit::CalendarDays, 30.0, 0.6),
        "月" => return None,
        _ if matches!(next, Some('前' | '后' | '起' | '期' | '之')) => return None,
        _ => (Unit::CalendarDays, 1.0, 0.8),
    };
    let Some(number) = number else {
        let named = unit == Unit::WorkingDays || sure == 1.0;
        let lost = Promise::Within { days: None, unit };
        return (capped && counted && named).then_some((lost, 0.85));
    };
    // A year or a run of glued digits is no limit.
    let days = number
        .map(|n| (f64::from(n) * factor).ceil())
        .filter(|&days| (1.0..=366.0).contains(&days))
        .map(|days| days as u32);
    let short = caps.name("cap").is_some_and(|cap| cap.as_str() == "不超");
    let sure = if days.is_none() || short { 0.85 } else { sure };
    Some((Promise::Within { days, unit }, sure))
}

/// A number of whole days: 0.5个工作日 is no number that is printed as such, and in 2.5 the 2. may be
/// the clause's own number.
fn days_stated(text: &str) -> Option<u32> {
    if text.contains('.') {
        return None;
    }
    numeral::number(text)
}

/// What stands in brackets right behind a promise and reads like its condition.
fn bracketed(text: &str) -> Option<String> {
    static CONDITION: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\(([^()]{2,12})\)"));
    let inside = CONDITION.captures(text)?.get(1)?.as_str();
    let remark = [
        "不含", "不包", "含", "其中", "不计", "除外", "扣除", "日起", "后",
    ];
    (!remark.iter().any(|word| inside.contains(word))).then(|| inside.to_owned())
}

/// The condition in the words before a promise; `None` where they are no condition but debris.
fn label(text: &str) -> Option<String> {
    static REMARK: LazyLock<Regex> = LazyLock::new(|| pattern(r"\([^()]*\)"));
    static LEAD: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?:(?:自|从)?[^,;]*?之?日起(?:算|计算)?|自[^,;]*?起(?:算|计算)?|(?:正式)?受理(?:申请|材料)?[之以]?后|收到[^,;]*?后|材料齐全[^,;]*?后)[,:]?",
        )
    });
    static OUTER: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?:[\d]{1,2}[.、])?(?:办理时限|办结时限|时限|期限|或者?|和|其中)?[,:]?|(?:为|在|于|应当?|须|,?自[^,;]*日起)$",
        )
    });
    let trim = |text: &str| {
        text.trim_matches(|c: char| !is_han(c) && !c.is_alphanumeric() && !"<>≤≥".contains(c))
            .to_owned()
    };
    let text = trim(&REMARK.replace_all(text, ""));
    let text = trim(&LEAD.replace(&text, ""));
    let text = trim(&OUTER.replace_all(&text, ""));
    let text = if text.chars().all(|c| c.is_ascii_digit()) {
        String::new() // the clause's own number
    } else {
        text
    };
    let debris = text.chars().count() > 30 || !is_phrase(&text) || is_debris(&text);
    (!debris).then_some(text)
}

/// Whether a condition reads like words: nothing but letters, digits and commas, and where it is
/// long, mostly of known words.
fn is_phrase(text: &str) -> bool {
    let marks = text.chars().any(|c| "《》〈〉〔〕。;!?".contains(c));
    let (han, covered) = worded(text);
    !marks && (han <= 6 || covered * 2 >= han)
}

/// Letters that only a broken promise leaves behind.
fn is_debris(text: &str) -> bool {
    static BROKEN: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"即|时办|时结|上个|个工|个作|作日|工日|个日|个内|日内|不超|不过|超过|^[超过个日内不办结]|[不超个办]$|^[上下内外]$",
        )
    });
    BROKEN.is_match(text) || garble(text) >= 0.5
}

/// How sure a clean reading is given the words after its last promise; `None` where they are
/// debris of a promise that was not read.
fn tail_certainty(tail: &str) -> Option<f64> {
    static REMARK: LazyLock<Regex> = LazyLock::new(|| pattern(r"\([^()]*\)"));
    let tail = REMARK.replace_all(tail, "");
    let tail = tail.trim_matches(|c: char| !is_han(c) && !c.is_alphanumeric());
    if tail.is_empty() {
        return Some(1.0);
    }
    let broken = is_debris(tail) || tail.chars().any(|c| "超个日即".contains(c));
    let known = worded(tail);
    (!broken && known.1 * 2 >= known.0 && tail.chars().count() <= 30).then_some(0.8)
}
