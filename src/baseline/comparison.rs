//! A baseline beside a run. Owns which findings are known, which are new, and which entries are no
//! longer needed; refuses to call a finding fixed that the run could not have found.

use std::collections::BTreeSet;

use super::{Baseline, Entry};
use crate::coverage::Coverage;
use crate::lang::Lang;
use crate::report::view::FindingView;

/// What a run's findings are to a baseline.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comparison<'a> {
    /// Indexes of the findings that are known.
    pub known: Vec<usize>,
    /// Indexes of the findings that are not.
    pub new: Vec<usize>,
    /// Entries whose rule was asked of the region's list and found nothing: they can be removed.
    pub fixed: Vec<&'a Entry>,
    /// Entries that are not there, and the run could not have found them: the list was not among
    /// the inputs or could not be read, or the rule did not run.
    pub untold: Vec<&'a Entry>,
}

impl Baseline {
    /// Compares the findings of a run, waived ones included, with the baseline.
    #[must_use]
    pub fn compare(&self, findings: &[FindingView], coverage: &Coverage) -> Comparison<'_> {
        let ids = self.ids();
        let known = |index: &usize| ids.contains(findings[*index].id.as_str());
        let (known, new): (Vec<usize>, Vec<usize>) = (0..findings.len()).partition(known);
        let found: BTreeSet<&str> = findings.iter().map(|finding| finding.id.as_str()).collect();
        let gone = self
            .findings
            .iter()
            .filter(|entry| !found.contains(entry.id.as_str()));
        let told = |entry: &&Entry| coverage.tells(&entry.rule, &entry.region_code);
        let (fixed, untold) = gone.partition(told);
        Comparison {
            known,
            new,
            fixed,
            untold,
        }
    }

    /// Gives each finding its status against the baseline: `open` where it is known, `new`
    /// elsewhere. What is waived stays so.
    pub fn apply(&self, findings: &mut [FindingView]) {
        let ids = self.ids();
        for finding in findings
            .iter_mut()
            .filter(|finding| finding.status != "waived")
        {
            let known = ids.contains(finding.id.as_str());
            let status = if known { "open" } else { "new" };
            status.clone_into(&mut finding.status);
        }
    }
}

impl Comparison<'_> {
    /// What is told of the entries that are no longer there: a line a kind, none where there is
    /// nothing to say.
    #[must_use]
    pub fn words(&self, lang: Lang) -> Vec<String> {
        let mut lines = Vec::new();
        if !self.fixed.is_empty() {
            let count = self.fixed.len();
            let zh = format!("基线中有{count}个问题已不存在，可以从基线中删去：");
            let en =
                format!("{count} findings of the baseline are gone and can be removed from it:");
            lines.push(lang.pick(&zh, &en).to_owned());
            lines.extend(self.fixed.iter().map(|entry| entry.line()));
        }
        if !self.untold.is_empty() {
            let count = self.untold.len();
            let zh =
                format!("基线中有{count}个问题本次不能判断是否仍在（清单未读到，或规则未运行）。");
            let en = format!(
                "{count} findings of the baseline cannot be told this time (list not read, or rule not run)."
            );
            lines.push(lang.pick(&zh, &en).to_owned());
        }
        lines
    }
}

impl Entry {
    fn line(&self) -> String {
        let parts = [&self.id, &self.rule, &self.region, &self.name];
        let said = parts.into_iter().filter(|part| !part.is_empty());
        format!(
            "  {}",
            said.map(String::as_str).collect::<Vec<_>>().join(" ")
        )
    }
}
