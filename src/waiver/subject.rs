//! What a finding is about, as far as a waiver asks. Owns by which names an item goes.

use crate::report::view::FindingView;

/// What a finding is about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Subject<'a> {
    /// Id of the rule.
    pub rule: &'a str,
    /// GB/T 2260 code of the region.
    pub region_code: &'a str,
    /// The item's own code, as understood; empty where it has none.
    pub code: &'a str,
    /// The code of the national item it was matched to; empty for a local addition.
    pub national_code: &'a str,
    /// The item's name, as understood.
    pub name: &'a str,
    /// The field in question.
    pub field: &'a str,
}

impl<'a> Subject<'a> {
    /// What a finding of the report is about; the report does not hold the national code.
    #[must_use]
    pub fn of(finding: &'a FindingView, national_code: &'a str) -> Self {
        Self {
            rule: &finding.rule,
            region_code: &finding.region_code,
            code: &finding.code,
            national_code,
            name: &finding.name,
            field: &finding.field,
        }
    }

    /// Whether its item goes by that code or name.
    #[must_use]
    pub fn is_about(&self, item: &str) -> bool {
        !item.is_empty() && [self.code, self.national_code, self.name].contains(&item)
    }
}
