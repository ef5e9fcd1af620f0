//! What a mail would be about, as ids: by these it is decided whether one is due. Refuses the
//! decision.

use std::collections::BTreeSet;

use super::Trouble;
use crate::config::mail::FromSeverity;
use crate::report::view::{FindingView, Report};

/// What there is to tell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Matter {
    /// Ids of what the recipient is to hear of.
    pub faults: BTreeSet<String>,
    /// Ids of what would be among them, were it not waived.
    pub waived: BTreeSet<String>,
}

/// What a region is to hear of: faults of the published list of at least a severity. What our own
/// reading made doubtful is asked in a mail that is due anyway, and makes none due.
#[must_use]
pub fn of_region(report: &Report, code: &str, from: FromSeverity) -> Matter {
    let own = report.findings.iter();
    matter(own.filter(|f| f.region_code == code), from)
}

/// What the office is to hear of: the faults of all regions, what becomes overdue, documents that were
/// not read, and addresses that mail does not reach.
#[must_use]
pub fn of_office(report: &Report, from: FromSeverity, trouble: &[Trouble]) -> Matter {
    let mut matter = matter(report.findings.iter(), from);
    let overdue = report.findings.iter().filter(|f| f.overdue);
    let overdue = overdue.filter(|f| matter.faults.contains(&f.id));
    let overdue: Vec<String> = overdue.map(|f| format!("overdue {}", f.id)).collect();
    let unread = report.not_read.iter();
    let unread = unread.map(|missed| format!("not-read {}", missed.path));
    let refused = trouble.iter();
    let refused = refused.map(|trouble| format!("address {} {}", trouble.who, trouble.address));
    matter
        .faults
        .extend(overdue.into_iter().chain(unread).chain(refused));
    matter
}

fn matter<'a>(findings: impl Iterator<Item = &'a FindingView>, from: FromSeverity) -> Matter {
    let mut matter = Matter::default();
    for f in findings.filter(|f| f.origin == "document" && from.covers(&f.severity)) {
        let side = match f.status.as_str() {
            "waived" => &mut matter.waived,
            _ => &mut matter.faults,
        };
        side.insert(f.id.clone());
    }
    matter
}
