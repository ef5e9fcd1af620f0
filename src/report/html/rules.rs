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

/// A change that the office made to the rule set, in words.
pub(super) struct RuleChange<'a> {
    pub rule: &'a str,
    pub effect: String,
    pub reason: &'a str,
    pub place: &'a str,
    /// Codes of regions and codes or names of items it is for.
    pub scope: String,
}

/// The changes that concern one of `codes`; a region is not told which others they concern.
pub(super) fn changes<'a>(
    report: &'a Report,
    codes: Option<&[&str]>,
    w: &Words,
) -> Vec<RuleChange<'a>> {
    let concerns = |regions: &[String]| {
        let own = |code: &String| codes.is_none_or(|codes| codes.contains(&code.as_str()));
        regions.is_empty() || regions.iter().any(own)
    };
    let changes = report.rule_set.changes.iter();
    changes
        .filter(|change| concerns(&change.regions))
        .map(|change| {
            let mut effect = Vec::new();
            if change.off {
                effect.push(w.change_off.to_owned());
            }
            if let Some(severity) = &change.severity {
                effect.push(format!("{}{}{}", w.severity, w.colon, w.severity(severity)));
            }
            let parameters = change.parameters.iter();
            effect.extend(parameters.map(|(name, value)| format!("{name} = {value}")));
            let regions = change.regions.iter().filter(|_| codes.is_none());
            let scope: Vec<&str> = regions.chain(&change.items).map(String::as_str).collect();
            RuleChange {
                rule: &change.rule,
                effect: effect.join(w.semicolon),
                reason: &change.reason,
                place: &change.place,
                scope: scope.join(w.comma),
            }
        })
        .collect()
}

/// The rules that one reason kept from one list: a list that lacks a column loses many rules at
/// once, and forty equal lines would hide the forty-first.
pub(super) struct NotRun<'a> {
    pub file: &'a str,
    pub reason: &'a str,
    pub count: usize,
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
            count: rules.len(),
            rules: rules.join(words.comma),
        })
        .collect()
}
