//! What a run read, from what, and in what time: for the one line at its end. It goes to the terminal
//! and into no report, because the same documents take another time on another day.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Duration;

use crate::lang::Lang;

use super::{Document, Outcome};

/// Counts over the documents of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Documents, archives not counted.
    pub documents: usize,
    /// Lists by the format they came in.
    pub formats: BTreeMap<String, usize>,
    /// Documents that were read; the others were known from a run before, or could not be opened.
    pub read: usize,
    /// Documents that were not read, because what they yield was known.
    pub known: usize,
    /// Documents that are no lists.
    pub no_lists: usize,
    /// Documents that may be lists and could not be read.
    pub unread: usize,
    /// How long it took.
    pub elapsed: Duration,
}

impl Tally {
    /// Counts documents.
    #[must_use]
    pub fn of(documents: &[Document], elapsed: Duration) -> Self {
        let mut tally = Self {
            elapsed,
            ..Self::default()
        };
        for document in documents {
            let Some(outcome) = &document.outcome else {
                continue;
            };
            tally.documents += 1;
            tally.known += usize::from(document.known);
            tally.read += usize::from(document.content.is_some() && !document.known);
            match outcome {
                Outcome::List(_) => {
                    let kind = document.kind.map(|kind| kind.to_string());
                    *tally.formats.entry(kind.unwrap_or_default()).or_default() += 1;
                }
                Outcome::NoList(_) => tally.no_lists += 1,
                Outcome::Unread(_) => tally.unread += 1,
            }
        }
        tally
    }

    /// The line; `doubts` is the number of values that could not be trusted.
    #[must_use]
    pub fn line(&self, doubts: usize, lang: Lang) -> String {
        let formats = self.formats.iter();
        let formats: Vec<String> = formats.map(|(name, n)| format!("{name} {n}")).collect();
        let formats = formats.join(lang.pick("、", ", "));
        let lists: usize = self.formats.values().sum();
        let seconds = self.elapsed.as_secs_f64();
        let Self {
            documents,
            read,
            known,
            no_lists,
            unread,
            ..
        } = self;
        let mut line = String::new();
        // Writing to a text does not fail.
        let _ = match lang {
            Lang::Zh => write!(
                line,
                "{documents} 份文件：清单 {lists} 份（{formats}），不是清单 {no_lists} 份，未能读取 {unread} 份；\
                 本次读取 {read} 份，未变而不再读取 {known} 份；存疑 {doubts} 处；用时 {seconds:.1} 秒"
            ),
            Lang::En => write!(
                line,
                "{documents} documents: {lists} lists ({formats}), {no_lists} no lists, {unread} not read; \
                 read {read}, unchanged and not read again {known}; {doubts} values in doubt; {seconds:.1} s"
            ),
        };
        line
    }
}
