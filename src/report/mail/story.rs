//! The subject and the first paragraphs of a region's mail, by its occasion.

use super::Occasion;
use super::entry::day;
use super::words::{Phrases, put};
use crate::report::letters::{Charge, Letter};
use crate::report::words::fill;

/// The sentences before the findings.
pub(super) struct Story<'a> {
    /// What is held against the region.
    pub charge: &'a Charge<'a>,
    /// The letter, whose words for places and days are used.
    pub letter: &'a Letter<'a>,
    /// Why it is written.
    pub occasion: &'a Occasion,
    /// The region's name.
    pub region: &'a str,
    /// Identity of the run.
    pub run: &'a str,
    /// The deadline in words, for findings without a day of their own.
    pub by: String,
    /// The phrases.
    pub p: &'static Phrases,
}

impl Story<'_> {
    /// The subject, without its prefix.
    pub fn subject(&self) -> String {
        let pattern = match self.occasion {
            Occasion::First => self.p.subject_first,
            Occasion::Changed { .. } => self.p.subject_changed,
            Occasion::Reminder { .. } => self.p.subject_reminder,
            Occasion::Settled { .. } => self.p.subject_settled,
        };
        self.told(pattern)
    }

    /// The paragraphs before the findings.
    pub fn paragraphs(&self) -> Vec<String> {
        let p = self.p;
        let lead = match self.occasion {
            Occasion::First => p.lead_first,
            Occasion::Changed { .. } => p.lead_changed,
            Occasion::Reminder { .. } => p.lead_reminder,
            Occasion::Settled { .. } => p.lead_settled,
        };
        let mut paragraphs = vec![self.told(lead)];
        if self.charge.faults.is_empty() {
            return paragraphs;
        }
        paragraphs.push(put(p.demand, &[("deadline", &self.deadline())]));
        let overdue = self.charge.faults.iter().filter(|f| f.overdue).count();
        if overdue > 0 {
            paragraphs.push(fill(p.overdue_some, overdue));
        }
        if self.charge.derived() > 0 {
            paragraphs.push(p.derived.to_owned());
        }
        paragraphs
    }

    /// A sentence with everything it may ask for.
    fn told(&self, pattern: &str) -> String {
        let p = self.p;
        let (new, settled, days, last) = match self.occasion {
            Occasion::First => (0, 0, 0, None),
            Occasion::Changed { new, settled, last } => (new.len(), *settled, 0, *last),
            Occasion::Reminder { days, last } => (0, 0, *days, *last),
            Occasion::Settled { settled, last } => (0, *settled, 0, *last),
        };
        let last = match last {
            Some(last) => put(p.last_on, &[("day", &last.format(p.day).to_string())]),
            None => p.last_unknown.to_owned(),
        };
        let as_of = match self.letter.as_of() {
            day if day.is_empty() => day,
            day => put(p.as_of, &[("day", &day)]),
        };
        put(
            pattern,
            &[
                ("region", self.region),
                ("titles", &self.letter.titles()),
                ("time", &self.letter.clock("%Y年%-m月%-d日", "%-d %B %Y")),
                ("run", self.run),
                ("as_of", &as_of),
                ("total", &self.charge.faults.len().to_string()),
                ("errors", &self.charge.count("error").to_string()),
                ("warnings", &self.charge.count("warning").to_string()),
                ("new", &new.to_string()),
                ("settled", &settled.to_string()),
                ("days", &days.to_string()),
                ("last", &last),
            ],
        )
    }

    /// By when an answer is asked: the one day of all, the earliest of several, or the days from
    /// receipt where none is known.
    fn deadline(&self) -> String {
        let faults = self.charge.faults.iter();
        let mut days: Vec<&str> = faults
            .map(|f| f.due.as_str())
            .filter(|due| !due.is_empty())
            .collect();
        days.sort_unstable();
        let Some(first) = days.first().copied() else {
            return self.by.clone();
        };
        let one = days.len() == self.charge.faults.len() && days.last() == Some(&first);
        let pattern = if one { self.p.before } else { self.p.earliest };
        put(pattern, &[("day", &day(first, self.p))])
    }
}
