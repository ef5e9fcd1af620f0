//! Where a region stands, as far as mails go by it. What could not be told this time is not taken
//! for mended: it stays what the region was last told.

use std::collections::BTreeSet;

use crate::config::mail::MailConfig;
use crate::deliver::notice::{Ids, Standing, Told};
use crate::report::view::{FindingView, Report};

/// Ids of the faults that a region, or all of them, would be told of.
pub fn region(report: &Report, code: &str, settings: &MailConfig, told: &Told) -> Standing {
    let own = |finding: &&FindingView| finding.region_code == code;
    standing(report.findings.iter().filter(own), report, settings, told)
}

/// The same for the office: the faults of all regions, what could not be read, its own register,
/// and what `more` names beside them.
pub fn office(
    report: &Report,
    settings: &MailConfig,
    told: &Told,
    more: impl Iterator<Item = String>,
) -> Standing {
    let mut standing = standing(report.findings.iter(), report, settings, told);
    let unread = report.not_read.iter();
    standing
        .faults
        .extend(unread.map(|refusal| format!("unread {} {}", refusal.path, refusal.reason)));
    let register = report.findings.iter();
    let register = register.filter(|f| f.origin == crate::waiver::REGISTER);
    standing.faults.extend(register.map(|f| f.id.clone()));
    standing.faults.extend(more);
    standing
}

fn standing<'a>(
    findings: impl Iterator<Item = &'a FindingView> + Clone,
    report: &Report,
    settings: &MailConfig,
    told: &Told,
) -> Standing {
    let ids = |of: &dyn Fn(&FindingView) -> bool| -> Ids {
        let chosen = findings.clone().filter(|finding| of(finding));
        chosen.map(|finding| finding.id.clone()).collect()
    };
    let mut faults = ids(&|f| {
        f.origin == "document" && f.status != "waived" && settings.from_severity.covers(&f.severity)
    });
    let waived = ids(&|f| f.status == "waived");
    let doubtful = ids(&|f| f.origin == "reading");
    let unknown: BTreeSet<&str> = report
        .gone
        .iter()
        .filter(|gone| gone.state == "unknown")
        .map(|gone| gone.id.as_str())
        .collect();
    let last = told.waiting.as_ref().or(told.delivered.as_ref());
    for id in last.iter().flat_map(|notice| &notice.faults) {
        if unknown.contains(id.as_str()) || doubtful.contains(id) {
            faults.insert(id.clone());
        }
    }
    Standing {
        faults,
        waived,
        readable: true,
    }
}
