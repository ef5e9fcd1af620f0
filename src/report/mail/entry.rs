//! One finding as a mail shows it: a heading and lines of label and value, the same in text and HTML.

use chrono::NaiveDate;

use super::words::Phrases;
use crate::report::letters::Letter;
use crate::report::view::FindingView;
use crate::report::words::{Words, fill};

/// A label and its value.
pub(super) struct Line {
    /// The label.
    pub label: String,
    /// The value.
    pub value: String,
}

/// A finding.
pub(super) struct Entry {
    /// Its number in the mail, from 1.
    pub number: usize,
    /// What it is, in one sentence.
    pub message: String,
    /// Severity and status.
    pub marks: Vec<String>,
    /// Whether its day is past.
    pub overdue: bool,
    /// Everything else.
    pub lines: Vec<Line>,
}

impl Entry {
    /// A fault of the published list; `status` as its reader sees it.
    pub fn fault(
        number: usize,
        f: &FindingView,
        letter: &Letter<'_>,
        (w, p): (&Words, &Phrases),
        status: &str,
    ) -> Self {
        let known = match f.known.as_str() {
            "" => f.basis.clone(),
            known => format!("{}{}", f.basis, fill(p.known, w.known(known))),
        };
        let found = if f.found == f.quote { "" } else { &f.found };
        let lines = [
            (w.place.to_owned(), letter.place(f)),
            (w.quote.to_owned(), f.quote.clone()),
            (w.found.to_owned(), found.to_owned()),
            (letter.standard(&f.known).to_owned(), f.expected.clone()),
            (w.basis.to_owned(), known),
            (p.mend.to_owned(), f.remedy.clone()),
            (p.due.to_owned(), due(f, p)),
            (
                p.id.to_owned(),
                fill(p.id_of, &f.id).replace("{m}", &f.rule),
            ),
        ];
        Self {
            number,
            message: f.message.clone(),
            marks: vec![w.severity(&f.severity).to_owned(), status.to_owned()],
            overdue: f.overdue,
            lines: kept(lines),
        }
    }

    /// What is asked about a value that we could not read: no verdict and no demand.
    pub fn doubt(
        number: usize,
        f: &FindingView,
        letter: &Letter<'_>,
        w: &Words,
        p: &Phrases,
    ) -> Self {
        let quote = match f.quote.as_str() {
            "" => p.see_original.to_owned(),
            quote => quote.to_owned(),
        };
        let lines = [
            (w.place.to_owned(), letter.place(f)),
            (p.made_out.to_owned(), quote),
        ];
        Self {
            number,
            message: format!("{}{}{}", letter.item(f), w.pause, w.field(&f.field)),
            marks: Vec::new(),
            overdue: false,
            lines: kept(lines),
        }
    }
}

fn kept<const N: usize>(lines: [(String, String); N]) -> Vec<Line> {
    lines
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(label, value)| Line { label, value })
        .collect()
}

/// The day by which an answer is asked, and whether it is past.
fn due(f: &FindingView, p: &Phrases) -> String {
    match (f.due.as_str(), f.overdue) {
        ("", _) => String::new(),
        (due, true) => format!("{}{}", day(due, p), p.is_overdue),
        (due, false) => day(due, p),
    }
}

/// An ISO day in words; as it is where it is none.
pub(super) fn day(iso: &str, p: &Phrases) -> String {
    NaiveDate::parse_from_str(iso, "%Y-%m-%d")
        .map_or_else(|_| iso.to_owned(), |day| day.format(p.day).to_string())
}
