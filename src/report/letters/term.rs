//! By when a region is asked to answer, and since when it knows: the one place of a letter that says
//! either. Refuses to name a day that was not told before: for what is new the days count from
//! receipt, which nobody knows yet.

use std::collections::BTreeMap;
use std::num::NonZeroU8;

use chrono::NaiveDate;

use super::charge::Charge;
use crate::lang::Lang;
use crate::report::change::is_overdue;
use crate::report::view::FindingView;

/// Numbers of faults that are listed one by one; of more, only how many there are is said.
const LISTED: usize = 8;

/// A day of ISO in words; as it is where it is none.
pub(super) fn in_words(day: &str, lang: Lang) -> String {
    NaiveDate::parse_from_str(day, "%Y-%m-%d").map_or_else(
        |_| day.to_owned(),
        |day| {
            day.format(lang.pick("%Y年%-m月%-d日", "%-d %B %Y"))
                .to_string()
        },
    )
}

/// Faults that are to be answered by one day.
struct Term<'a> {
    /// ISO, or `unknown`.
    due: &'a str,
    overdue: bool,
    /// Their numbers in the letter.
    numbers: Vec<usize>,
}

/// The deadline of what is told for the first time: working days (工作日) from receipt.
pub(in crate::report) fn from_receipt(days: NonZeroU8, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("自收到之日起{days}个工作日内"),
        Lang::En => format!("within {days} working days of receipt"),
    }
}

/// The deadline in words, so that it can stand in a sentence (“请……完成整改”). What is told for the first
/// time is counted in working days (工作日) from receipt; what was told before keeps its day.
pub(super) fn deadline(charge: &Charge, days: NonZeroU8, lang: Lang) -> String {
    let fresh = from_receipt(days, lang);
    let terms = terms(charge);
    let told: usize = terms.iter().map(|term| term.numbers.len()).sum();
    match terms.as_slice() {
        [] => fresh,
        [term] if told == charge.faults.len() => alone(term, lang),
        terms => {
            let whole = told == charge.faults.len();
            let parts: Vec<String> = terms.iter().map(|term| part(term, lang)).collect();
            match (lang, whole) {
                (Lang::Zh, true) => format!("按期（{}）", parts.join("；")),
                (Lang::Zh, false) => format!("{fresh}（其中{}）", parts.join("；")),
                (Lang::En, true) => format!("in time ({})", parts.join("; ")),
                (Lang::En, false) => format!("{fresh} ({})", parts.join("; ")),
            }
        }
    }
}

fn terms<'a>(charge: &Charge<'a>) -> Vec<Term<'a>> {
    let mut terms: BTreeMap<(&str, bool), Vec<usize>> = BTreeMap::new();
    for (number, finding) in (1..).zip(&charge.faults) {
        if !finding.due.is_empty() {
            let key = (finding.due.as_str(), is_overdue(finding));
            terms.entry(key).or_default().push(number);
        }
    }
    terms
        .into_iter()
        .map(|((due, overdue), numbers)| Term {
            due,
            overdue,
            numbers,
        })
        .collect()
}

/// The one term that all faults of a letter have.
fn alone(term: &Term, lang: Lang) -> String {
    let day = in_words(term.due, lang);
    match (lang, term.due, term.overdue) {
        (Lang::Zh, "unknown", false) => "按此前通知的期限".to_owned(),
        (Lang::Zh, "unknown", true) => "立即（已超过此前通知的期限）".to_owned(),
        (Lang::Zh, _, false) => format!("于{day}前"),
        (Lang::Zh, _, true) => format!("立即（期限为{day}，已经逾期）"),
        (Lang::En, "unknown", false) => "by the day told before".to_owned(),
        (Lang::En, "unknown", true) => "at once (the day told before is past)".to_owned(),
        (Lang::En, _, false) => format!("by {day}"),
        (Lang::En, _, true) => format!("at once (due by {day} and overdue)"),
    }
}

/// One term among several.
fn part(term: &Term, lang: Lang) -> String {
    let day = in_words(term.due, lang);
    let which = which(&term.numbers, lang);
    match (lang, term.due, term.overdue) {
        (Lang::Zh, "unknown", false) => format!("{which}按此前通知的期限"),
        (Lang::Zh, "unknown", true) => format!("{which}已超过此前通知的期限，请立即答复"),
        (Lang::Zh, _, false) => format!("{which}于{day}前"),
        (Lang::Zh, _, true) => format!("{which}期限为{day}，已经逾期，请立即答复"),
        (Lang::En, "unknown", false) => format!("{which} by the day told before"),
        (Lang::En, "unknown", true) => format!("{which} at once: the day told before is past"),
        (Lang::En, _, false) => format!("{which} by {day}"),
        (Lang::En, _, true) => format!("{which} at once: due by {day} and overdue"),
    }
}

/// The faults by their numbers, or how many they are.
fn which(numbers: &[usize], lang: Lang) -> String {
    let listed: Vec<String> = numbers.iter().map(usize::to_string).collect();
    match (lang, numbers.len() <= LISTED) {
        (Lang::Zh, true) => format!("第{}项", listed.join("、")),
        (Lang::Zh, false) => format!("{}项（逐项见附件1）", numbers.len()),
        (Lang::En, true) => format!("no. {}", listed.join(", ")),
        (Lang::En, false) => format!("{} points (see Annex 1)", numbers.len()),
    }
}

/// What is known of a fault over time, for its heading; empty for one that is new.
pub(super) fn course(finding: &FindingView, lang: Lang) -> String {
    let mut parts = Vec::new();
    match finding.status.as_str() {
        "open" => {
            if !finding.since.is_empty() {
                let day = in_words(&finding.since, lang);
                parts.push(match lang {
                    Lang::Zh => format!("{day}首次发现"),
                    Lang::En => format!("first seen on {day}"),
                });
            }
            let raised = lang.pick("此前已提出，仍未改正", "raised before, not mended yet");
            parts.push(raised.to_owned());
        }
        "reopened" => {
            let again = match (lang, in_words(&finding.since, lang).as_str()) {
                (Lang::Zh, "") => "曾不再查出，现又出现".to_owned(),
                (Lang::Zh, day) => format!("曾不再查出，{day}又出现"),
                (Lang::En, "") => "was gone and is back".to_owned(),
                (Lang::En, day) => format!("was gone and is back since {day}"),
            };
            parts.push(again);
        }
        _ => {}
    }
    let day = in_words(&finding.due, lang);
    match (lang, finding.due.as_str(), is_overdue(finding)) {
        (_, "", _) | (_, "unknown", false) => {}
        (_, "unknown", true) => {
            let past = lang.pick("已超过此前通知的期限", "the day told before is past");
            parts.push(past.to_owned());
        }
        (Lang::Zh, _, false) => parts.push(format!("应于{day}前答复")),
        (Lang::Zh, _, true) => parts.push(format!("应于{day}前答复，已经逾期")),
        (Lang::En, _, false) => parts.push(format!("answer due by {day}")),
        (Lang::En, _, true) => parts.push(format!("answer was due by {day}, overdue")),
    }
    parts.join(lang.pick("；", "; "))
}
