//! What is held against a region, and what is only asked of it. Owns that line; refuses words.

use std::collections::BTreeSet;

use crate::report::change::is_overdue;
use crate::report::view::{FindingView, Report};

/// The findings of one region, divided.
pub(in crate::report) struct Charge<'a> {
    /// Errors and warnings of the published list itself, errors first, in the order of the report.
    pub faults: Vec<&'a FindingView>,
    /// What our reading made doubtful: one finding for each value, never a fault.
    pub doubts: Vec<&'a FindingView>,
}

impl<'a> Charge<'a> {
    /// Divides the findings of a region. A waived finding was accepted and is in neither part.
    pub fn of(report: &'a Report, code: &str) -> Self {
        let own = report
            .findings
            .iter()
            .filter(|f| f.region_code == code && f.status != "waived");
        let (mut errors, mut warnings, mut doubts) = (Vec::new(), Vec::new(), Vec::new());
        let mut asked = BTreeSet::new();
        for finding in own {
            match (finding.origin.as_str(), finding.severity.as_str()) {
                ("document", "error") => errors.push(finding),
                ("document", "warning") => warnings.push(finding),
                // Two rules may doubt one cell; the region is asked about it once.
                ("reading", _) if asked.insert(value(finding)) => doubts.push(finding),
                _ => {}
            }
        }
        errors.extend(warnings);
        Self {
            faults: errors,
            doubts,
        }
    }

    /// Number of faults of a severity.
    pub fn count(&self, severity: &str) -> usize {
        self.faults
            .iter()
            .filter(|f| f.severity == severity)
            .count()
    }

    /// Number of faults whose day to answer by is past.
    pub fn overdue(&self) -> usize {
        self.faults.iter().filter(|f| is_overdue(f)).count()
    }

    /// Number of faults whose national value was derived and is no official text.
    pub fn derived(&self) -> usize {
        self.faults.iter().filter(|f| f.known == "derived").count()
    }
}

/// What tells a value of a list from the others.
fn value(finding: &FindingView) -> [&str; 7] {
    [
        &finding.file,
        &finding.place,
        &finding.line,
        &finding.row,
        &finding.level,
        &finding.seq,
        &finding.field,
    ]
}
