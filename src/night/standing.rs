//! Where a recipient stands, as far as mails go by it. What could not be told this time is not taken
//! for mended.

use crate::config::mail::MailConfig;
use crate::deliver::notice::{Ids, Standing};
use crate::report::mail::{Matter, Trouble, of_office, of_region};
use crate::report::view::{FindingView, REGISTER, Report};

/// A region's standing.
pub fn region(report: &Report, code: &str, settings: &MailConfig, readable: bool) -> Standing {
    let matter = of_region(report, code, settings.from_severity);
    let own = |region: &str| region == code;
    standing(matter, unknown(report, own), readable)
}

/// The office's: everything that is a region's, what could not be read, addresses that nothing
/// reaches, and its own register.
pub fn office(report: &Report, settings: &MailConfig, trouble: &[Trouble]) -> Standing {
    let mut matter = of_office(report, settings.from_severity, trouble);
    let register = |finding: &&FindingView| finding.origin == REGISTER;
    let register = report.findings.iter().filter(register);
    matter.faults.extend(register.map(|f| f.id.clone()));
    standing(matter, unknown(report, |_| true), true)
}

fn standing(matter: Matter, unknown: Ids, readable: bool) -> Standing {
    Standing {
        faults: matter.faults,
        waived: matter.waived,
        unknown,
        readable,
    }
}

/// Findings of which nothing can be told this time, and those that are now our reading's doubt.
fn unknown(report: &Report, own: impl Fn(&str) -> bool) -> Ids {
    let gone = report.gone.iter();
    let gone = gone.filter(|gone| gone.state == "unknown" && own(&gone.region_code));
    let doubts = report.findings.iter();
    let doubts = doubts.filter(|f| f.origin == "reading" && own(&f.region_code));
    let gone = gone.map(|gone| gone.id.clone());
    gone.chain(doubts.map(|f| f.id.clone())).collect()
}
