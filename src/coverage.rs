//! What a run can speak of: lists that were read and rules that were asked of them. Owns the
//! difference between a fault that is gone and one that was not looked for; refuses to take the
//! silence of a list that was not read, or of a rule that did not run, for a list without fault.

use std::collections::BTreeSet;

use crate::report::view::Report;
use crate::standard::lies_in;

/// What one run looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Codes of the regions of which a list was read.
    pub regions: BTreeSet<String>,
    /// Whether every document of the run was read as a list.
    pub complete: bool,
    /// Rules of the set.
    pub rules: BTreeSet<String>,
    /// Rules that were asked of no list.
    pub not_run: BTreeSet<String>,
    /// Rules that were not asked of a region's list, with its code; a rule that is off for a
    /// province is so for what lies in it.
    pub not_run_in: BTreeSet<(String, String)>,
}

impl Coverage {
    /// What the run of a report looked at.
    #[must_use]
    pub fn of(report: &Report) -> Self {
        let regions = report.regions.iter();
        let mut coverage = Self {
            regions: regions.map(|region| region.code.clone()).collect(),
            complete: report.not_read.is_empty(),
            rules: report.rules.iter().map(|rule| rule.id.clone()).collect(),
            ..Self::default()
        };
        for gap in &report.rules_not_run {
            let mut lists = report.regions.iter();
            match lists.find(|region| region.file == gap.file) {
                Some(list) => {
                    let pair = (gap.rule.clone(), list.code.clone());
                    coverage.not_run_in.insert(pair);
                }
                None => {
                    coverage.not_run.insert(gap.rule.clone());
                }
            }
        }
        // Off for some items of a region is as good as off: which items a finding is about is not
        // told by what is left of it.
        for change in report.rule_set.changes.iter().filter(|change| change.off) {
            if change.regions.is_empty() {
                coverage.not_run.insert(change.rule.clone());
            }
            for region in &change.regions {
                let pair = (change.rule.clone(), region.clone());
                coverage.not_run_in.insert(pair);
            }
        }
        coverage
    }

    /// Whether the run asked a rule of a region's list, so that a finding which is not there is no
    /// more.
    #[must_use]
    pub fn tells(&self, rule: &str, region: &str) -> bool {
        let asked = self.rules.contains(rule) && !self.not_run.contains(rule);
        let mut gaps = self.not_run_in.iter();
        let gap = gaps.any(|(other, outer)| other == rule && lies_in(region, outer));
        asked && self.regions.contains(region) && !gap
    }

    /// Whether the run asked a rule of every list of a region and of what lies in it. A document
    /// that was not read may be any region's.
    #[must_use]
    pub fn tells_within(&self, rule: &str, region: &str) -> bool {
        let mut lists = self.regions.iter().filter(|code| lies_in(code, region));
        let some = lists.clone().next().is_some();
        self.complete && some && lists.all(|code| self.tells(rule, code))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(words: &[&str]) -> BTreeSet<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    fn coverage() -> Coverage {
        Coverage {
            regions: set(&["41", "410400"]),
            complete: true,
            rules: set(&["code-format", "limit-missing", "steps-missing"]),
            not_run: set(&["steps-missing"]),
            not_run_in: BTreeSet::from([("limit-missing".to_owned(), "410400".to_owned())]),
        }
    }

    #[test]
    fn silence_tells_something_only_where_the_rule_was_asked() {
        let coverage = coverage();
        assert!(coverage.tells("code-format", "410400"));
        assert!(coverage.tells("limit-missing", "41"));
        assert!(!coverage.tells("limit-missing", "410400"));
        assert!(!coverage.tells("steps-missing", "41"));
        assert!(!coverage.tells("retired-rule", "41"));
        assert!(!coverage.tells("code-format", "410500"));
    }

    #[test]
    fn a_rule_that_is_off_for_a_province_is_off_for_its_cities() {
        let off = BTreeSet::from([("code-format".to_owned(), "41".to_owned())]);
        let coverage = Coverage {
            not_run_in: off,
            ..coverage()
        };
        assert!(!coverage.tells("code-format", "41") && !coverage.tells("code-format", "410400"));
    }

    #[test]
    fn a_province_is_told_with_its_cities_only_where_all_was_read() {
        let mut coverage = coverage();
        assert!(coverage.tells_within("code-format", "41"));
        assert!(!coverage.tells_within("limit-missing", "41"));
        assert!(!coverage.tells_within("code-format", "42"));
        coverage.complete = false;
        assert!(!coverage.tells_within("code-format", "41"));
        assert!(coverage.tells("code-format", "41"));
    }
}
