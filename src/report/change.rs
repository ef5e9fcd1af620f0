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
mod tests;
