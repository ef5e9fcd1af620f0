//! The rules of a page, with the findings each has there. Owns their order; refuses the counts of
//! another page: a region is not told what others have.

use std::collections::BTreeMap;

use super::entry::rank;
use crate::report::view::{FindingView, Report, RuleView};
use crate::report::words::Words;

/// The rules that found something here, and those that did not.
pub(super) struct Rules<'a> {
    pub found: Vec<RuleLine<'a>>,
    pub quiet: Vec<&'a RuleView>,
}

/// A rule with the number of its findings on this page.
pub(super) struct RuleLine<'a> {
    pub rule: &'a RuleView,
    pub findings: usize,
}

impl<'a> Rules<'a> {
    pub fn new<'f>(report: &'a Report, findings: impl Iterator<Item = &'f FindingView>) -> Self {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for finding in findings {
            *counts.entry(&finding.rule).or_default() += 1;
        }
        let (mut found, mut quiet) = (Vec::new(), Vec::new());
        for rule in &report.rules {
            match counts.get(rule.id.as_str()) {
                Some(&findings) => found.push(RuleLine { rule, findings }),
                None => quiet.push(rule),
            }
        }
        found.sort_by_key(|line| rank(&line.rule.severity));
        Rules { found, quiet }
    }
}

/// The rules that one reason kept from one list: a list that lacks a column loses many rules at
/// once, and forty equal lines would hide the forty-first.
pub(super) struct NotRun<'a> {
    pub file: &'a str,
    pub reason: &'a str,
    pub rules: String,
}

/// What was not applied to the lists that `keep` keeps.
pub(super) fn not_run<'a>(
    report: &'a Report,
    words: &Words,
    keep: impl Fn(&str) -> bool,
) -> Vec<NotRun<'a>> {
    let mut grouped: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for missed in report.rules_not_run.iter().filter(|r| keep(&r.file)) {
        grouped
            .entry((&missed.file, &missed.reason))
            .or_default()
            .push(&missed.rule);
    }
    grouped
        .into_iter()
        .map(|((file, reason), rules)| NotRun {
            file,
            reason,
            rules: rules.join(words.comma),
        })
        .collect()
}
