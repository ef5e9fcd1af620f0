//! What stands at the top of a page: what was checked, what could not be, what was found, and how
//! that compares with the run before. Owns the sums; refuses a comparison where no run was recorded.

use std::collections::BTreeSet;

use chrono::DateTime;

use super::entry::{Entry, Tally};
use crate::report::change::Change;
use crate::report::view::{FindingView, PreviousView, Report, Severities};
use crate::report::words::{Words, fill};

/// The imprint: enough to make the page again.
pub(super) struct Head<'a> {
    /// The clock of the run for machines, RFC 3339.
    pub now: &'a str,
    /// The clock of the run for readers.
    pub time: String,
    pub version: &'a str,
    pub run_id: &'a str,
    pub digest: &'a str,
    pub digest_short: String,
    pub rule_count: String,
    pub editions: String,
    /// The day the lists were judged by, where one was given.
    pub as_of: Option<&'a str>,
}

impl<'a> Head<'a> {
    pub fn new(report: &'a Report, words: &Words, entries: &[Entry<'_>]) -> Self {
        let editions: BTreeSet<&str> = entries
            .iter()
            .map(|entry| entry.list.edition.as_str())
            .filter(|edition| !edition.is_empty())
            .collect();
        let editions: Vec<String> = editions
            .into_iter()
            .map(|year| fill(words.edition_year, year))
            .collect();
        Head {
            now: &report.now,
            time: clock(&report.now, words),
            version: &report.program_version,
            run_id: &report.run_id,
            digest: &report.rule_set.digest,
            digest_short: report.rule_set.digest.chars().take(12).collect(),
            rule_count: fill(words.rule_set_rules, report.rule_set.count),
            editions: editions.join(words.comma),
            as_of: report.as_of.as_deref(),
        }
    }
}

pub(super) fn clock(now: &str, words: &Words) -> String {
    DateTime::parse_from_rfc3339(now)
        .map_or_else(|_| now.to_owned(), |t| t.format(words.clock).to_string())
}

/// The sums over the lists of a page.
pub(super) struct Summary<'a> {
    pub lists: usize,
    /// National items found, of those expected.
    pub matched: usize,
    pub expected: usize,
    pub items: usize,
    pub business: usize,
    /// Values that could not be trusted, of all that were read.
    pub uncertain: usize,
    pub values: usize,
    pub not_read: usize,
    /// Pairs of a rule and a list it was not applied to.
    pub rules_not_run: usize,
    pub tally: Tally,
    pub since: Option<Since<'a>>,
}

/// How the page stands beside the run before.
pub(super) struct Since<'a> {
    /// That run's clock, for readers.
    pub when: String,
    /// Errors, warnings, infos and doubtful readings more or fewer than then.
    pub deltas: [String; 4],
    pub change: Change<'a>,
}

impl<'a> Summary<'a> {
    pub fn new(
        report: &'a Report,
        entries: &[Entry<'_>],
        strays: &[&FindingView],
        national: bool,
        words: &Words,
    ) -> Self {
        let own = |file: &str| national || entries.iter().any(|entry| entry.list.file == file);
        let everybody = |file: &str| report.regions.iter().all(|list| list.file != file);
        let missed = report.rules_not_run.iter();
        // A region with several lists is one region then as now.
        let codes: BTreeSet<&str> = entries.iter().map(|e| e.list.code.as_str()).collect();
        let concerns = |code: &str| national || codes.contains(code);
        let sum = |count: fn(&Entry<'_>) -> usize| entries.iter().map(count).sum();
        let tally = Tally::of(strays.iter().copied());
        let tally = entries.iter().fold(tally, |sum, e| sum.plus(e.tally));
        Summary {
            lists: entries.len(),
            matched: sum(|entry| entry.list.matched_items),
            expected: sum(|entry| entry.list.expected_items),
            items: sum(|entry| entry.list.read_items),
            business: sum(|entry| entry.list.read_business),
            uncertain: sum(|entry| entry.list.uncertain_values),
            values: sum(|entry| entry.list.values),
            not_read: if national { report.not_read.len() } else { 0 },
            rules_not_run: missed
                .filter(|m| own(&m.file) || everybody(&m.file))
                .count(),
            tally,
            since: Change::of(report, concerns).map(|change| Since {
                when: clock(&change.previous.now, words),
                deltas: deltas(change.previous, &codes, tally),
                change,
            }),
        }
    }
}

/// Errors, warnings, infos and doubtful readings of the regions that were read now, against what the
/// run before found in the same regions: a list that was not read is no improvement.
fn deltas(previous: &PreviousView, codes: &BTreeSet<&str>, now: Tally) -> [String; 4] {
    let regions = previous.regions.iter();
    let then = regions
        .filter(|region| codes.contains(region.code.as_str()))
        .fold(Tally::default(), |sum, region| {
            sum.plus(Tally {
                document: region.document,
                reading: region.reading,
                waived: 0,
            })
        });
    let Severities {
        error,
        warning,
        info,
    } = then.document;
    [
        delta(now.document.error, error),
        delta(now.document.warning, warning),
        delta(now.document.info, info),
        delta(now.reading, then.reading),
    ]
}

/// A difference with its sign.
fn delta(now: usize, then: usize) -> String {
    match now.cmp(&then) {
        std::cmp::Ordering::Greater => format!("+{}", now - then),
        std::cmp::Ordering::Less => format!("−{}", then - now),
        std::cmp::Ordering::Equal => "±0".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::delta;

    #[test]
    fn a_difference_has_its_sign() {
        assert_eq!(delta(3, 1), "+2");
        assert_eq!(delta(1, 3), "−2");
        assert_eq!(delta(2, 2), "±0");
    }
}
