//! Where a recipient stands, as far as mails go by it. What could not be told this time is not taken
//! for mended.

use crate::config::mail::MailConfig;
use crate::deliver::notice::{Ids, Standing, Told};
use crate::report::mail::{Matter, Trouble, of_office, of_region};
use crate::report::view::{FindingView, REGISTER, Report};

/// A region's standing.
pub fn region(
    report: &Report,
    code: &str,
    settings: &MailConfig,
    (told, readable): (&Told, bool),
) -> Standing {
    let matter = of_region(report, code, settings.from_severity);
    let own = |region: &str| region == code;
    standing(matter, unknown(report, own, told), readable)
}

/// The office's: everything that is a region's, what could not be read, addresses that nothing
/// reaches, and its own register.
pub fn office(
    report: &Report,
    settings: &MailConfig,
    trouble: &[Trouble],
    told: &Told,
) -> Standing {
    let mut matter = of_office(report, settings.from_severity, trouble);
    let register = |finding: &&FindingView| finding.origin == REGISTER;
    let register = report.findings.iter().filter(register);
    matter.faults.extend(register.map(|f| f.id.clone()));
    standing(matter, unknown(report, |_| true, told), true)
}

fn standing(matter: Matter, unknown: Ids, readable: bool) -> Standing {
    Standing {
        faults: matter.faults,
        waived: matter.waived,
        unknown,
        readable,
    }
}

/// What the recipient was told and nothing can be told of this time, or is now our reading's doubt.
fn unknown(report: &Report, own: impl Fn(&str) -> bool, told: &Told) -> Ids {
    let gone = report.gone.iter();
    let gone = gone.filter(|gone| gone.state == "unknown" && own(&gone.region_code));
    let doubts = report.findings.iter();
    let doubts = doubts.filter(|f| f.origin == "reading" && own(&f.region_code));
    let gone = gone.map(|gone| gone.id.clone());
    let notices = [&told.delivered, &told.waiting, &told.refused];
    let named = |id: &String| {
        let mut notices = notices.iter().copied().flatten();
        notices.any(|notice| notice.faults.contains(id))
    };
    let ids = gone.chain(doubts.map(|f| f.id.clone()));
    ids.filter(named).collect()
}
