//! What was agreed to be left, for the appendix of the national page. Owns nothing but its order; a
//! region reads of a waiver beside the finding it covers.

use std::collections::{HashMap, HashSet};

use crate::report::view::{Report, WaiverView};
use crate::report::words::Words;

/// A waiver with the title of its rule.
pub(super) struct Waiver<'a> {
    pub waiver: &'a WaiverView,
    pub title: &'a str,
    pub state: &'a str,
    /// Ids of findings, and whether they stand on the page.
    pub findings: Vec<(&'a str, bool)>,
}

/// The waivers, in the order of their file.
pub(super) fn waivers<'a>(report: &'a Report, w: &Words) -> Vec<Waiver<'a>> {
    let titles: HashMap<&str, &str> = report
        .rules
        .iter()
        .map(|rule| (rule.id.as_str(), rule.title.as_str()))
        .collect();
    let ids: HashSet<&str> = report.findings.iter().map(|f| f.id.as_str()).collect();
    let all = report.waivers.iter();
    all.map(|waiver| Waiver {
        title: titles
            .get(waiver.rule.as_str())
            .copied()
            .unwrap_or(&waiver.rule),
        state: w.past.waiver_state(&waiver.state),
        findings: waiver
            .findings
            .iter()
            .map(|id| (id.as_str(), ids.contains(id.as_str())))
            .collect(),
        waiver,
    })
    .collect()
}
