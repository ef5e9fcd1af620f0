//! What changed since the run before, as every output says it: counts, what else changed, and what
//! is known of one finding over time. Refuses a comparison where no run was recorded.

use super::view::{FindingView, PreviousView, Report, WaiverView};
use super::words::{Words, fill};

/// Findings about documents by what became of them; never those about our reading.
#[derive(Debug, Clone, Copy)]
pub(super) struct Change<'a> {
    /// The run before.
    pub previous: &'a PreviousView,
    pub new: usize,
    pub reopened: usize,
    pub open: usize,
    pub waived: usize,
    pub settled: usize,
    pub withdrawn: usize,
    pub unknown: usize,
    /// Of those that are open, how many were to be answered by now.
    pub overdue: usize,
}

impl<'a> Change<'a> {
    /// The change in the regions whose codes `keep` keeps; a region that was not read this time
    /// counts with what cannot be told of it.
    pub fn of(report: &'a Report, keep: impl Fn(&str) -> bool) -> Option<Self> {
        let previous = report.previous.as_ref()?;
        let mut change = Self {
            previous,
            new: 0,
            reopened: 0,
            open: 0,
            waived: 0,
            settled: 0,
            withdrawn: 0,
            unknown: 0,
            overdue: 0,
        };
        for region in previous.regions.iter().filter(|r| keep(&r.code)) {
            change.settled += region.settled;
            change.withdrawn += region.withdrawn;
            change.unknown += region.unknown;
        }
        let own = report.findings.iter();
        for finding in own.filter(|f| keep(&f.region_code) && f.origin == "document") {
            change.overdue += usize::from(is_overdue(finding));
            match finding.status.as_str() {
                "new" => change.new += 1,
                "reopened" => change.reopened += 1,
                "open" => change.open += 1,
                "waived" => change.waived += 1,
                _ => {}
            }
        }
        Some(change)
    }

    /// Every count with its word, in the order in which they are read.
    pub fn counts(&self, w: &Words) -> [(&'static str, usize); 8] {
        let past = w.past;
        [
            (past.new, self.new),
            (past.reopened, self.reopened),
            (past.open, self.open),
            (past.waived, self.waived),
            (past.settled, self.settled),
            (past.withdrawn, self.withdrawn),
            (past.unknown, self.unknown),
            (past.overdue, self.overdue),
        ]
    }

    /// The counts in one line that names the run before.
    pub fn line(&self, w: &Words) -> String {
        let counts = self
            .counts(w)
            .map(|(word, count)| format!("{word} {count}"));
        let lead = fill(w.past.since_run, &self.previous.run_id);
        format!("{lead}{}{}", w.colon, counts.join(w.comma))
    }
}

/// Whether the day to answer by is past and the finding still held against the region.
pub(super) fn is_overdue(finding: &FindingView) -> bool {
    finding.overdue && finding.status != "waived"
}

/// The waiver that covers a finding.
pub(super) fn waiver<'a>(report: &'a Report, finding: &FindingView) -> Option<&'a WaiverView> {
    let place = finding.waiver.as_str();
    let mut all = report.waivers.iter();
    all.find(|waiver| !place.is_empty() && waiver.place == place)
}

/// Why something was left, on what basis, until when, and where that is entered.
pub(super) fn grounds(waiver: &WaiverView, w: &Words) -> String {
    let until = match waiver.until.as_str() {
        "" => String::new(),
        day => fill(w.past.waiver_until, day),
    };
    let parts = [&waiver.reason, &waiver.document, &until, &waiver.place];
    let told: Vec<&str> = parts
        .into_iter()
        .map(|part| part.trim_end_matches(['。', '.', '；', ';']))
        .filter(|part| !part.is_empty())
        .collect();
    told.join(w.semicolon)
}

/// What is known of a finding over time, in one line; empty where no run is recorded, so that a
/// report without a history says nothing of one.
pub(super) fn course(report: &Report, finding: &FindingView, w: &Words) -> String {
    let past = w.past;
    let mut parts = Vec::new();
    if report.previous.is_some() || finding.status != "new" {
        parts.push(past.status(&finding.status).to_owned());
    }
    let since = match finding.status.as_str() {
        "open" => past.first_seen,
        "reopened" => past.back_since,
        _ => "",
    };
    if !finding.since.is_empty() && !since.is_empty() {
        parts.push(format!("{since}{}{}", w.colon, finding.since));
    }
    if !finding.cause.is_empty() {
        parts.push(past.cause(&finding.cause));
    }
    match finding.due.as_str() {
        "" => {}
        "unknown" => parts.push(format!("{}{}{}", past.due, w.colon, past.due_unknown)),
        day => parts.push(fill(past.due_by, day)),
    }
    if is_overdue(finding) {
        parts.push(past.overdue.to_owned());
    }
    parts.extend(waiver(report, finding).map(|waiver| grounds(waiver, w)));
    parts.join(w.semicolon)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::view::PreviousRegion;
    use crate::report::words::words;

    fn report() -> Report {
        let finding = |status: &str, origin: &str, overdue| FindingView {
            region_code: "64".to_owned(),
            status: status.to_owned(),
            origin: origin.to_owned(),
            overdue,
            ..FindingView::default()
        };
        Report {
            findings: vec![
                finding("new", "document", false),
                finding("open", "document", true),
                finding("waived", "document", true),
                finding("new", "reading", true),
            ],
            previous: Some(PreviousView {
                run_id: "r1".to_owned(),
                now: "2026-11-21T08:30:00+08:00".to_owned(),
                regions: vec![PreviousRegion {
                    code: "64".to_owned(),
                    document: Default::default(),
                    reading: 0,
                    settled: 4,
                    withdrawn: 5,
                    unknown: 6,
                }],
                changed: Vec::new(),
            }),
            ..Report::default()
        }
    }

    #[test]
    fn our_reading_and_what_is_waived_are_never_overdue() {
        let report = report();
        let change = Change::of(&report, |_| true).expect("a run before");
        let counts = change.counts(words("zh")).map(|(_, count)| count);
        assert_eq!(counts, [1, 0, 1, 1, 4, 5, 6, 1]);
        let line = change.line(words("en"));
        assert!(
            line.starts_with("Since run r1: new 1, reopened 0"),
            "{line}"
        );
        let other = Change::of(&report, |code| code == "32").expect("a run before");
        assert!(
            other
                .counts(words("zh"))
                .iter()
                .all(|(_, count)| *count == 0)
        );
    }

    #[test]
    fn a_finding_without_a_history_has_no_course() {
        let mut report = report();
        report.previous = None;
        let w = words("zh");
        assert_eq!(course(&report, &report.findings[0], w), "");
        let late = FindingView {
            status: "open".to_owned(),
            since: "2026-10-01".to_owned(),
            due: "2026-11-10".to_owned(),
            overdue: true,
            ..FindingView::default()
        };
        assert_eq!(
            course(&report, &late, w),
            "仍未改正；首次发现：2026-10-01；应于 2026-11-10 前答复；逾期"
        );
        let unknown = FindingView {
            due: "unknown".to_owned(),
            overdue: false,
            ..late
        };
        assert!(course(&report, &unknown, w).ends_with(w.past.due_unknown));
    }

    #[test]
    fn the_grounds_of_a_waiver_name_no_empty_part() {
        let waiver = WaiverView {
            reason: "已报备。".to_owned(),
            until: "2026-12-31".to_owned(),
            place: "waivers.toml:3".to_owned(),
            ..WaiverView::default()
        };
        assert_eq!(
            grounds(&waiver, words("zh")),
            "已报备；至 2026-12-31；waivers.toml:3"
        );
    }
}
