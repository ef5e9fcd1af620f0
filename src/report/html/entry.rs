//! The lists a page is about, each with its findings. Owns whose a finding is; refuses to show a
//! finding to anybody else.

use std::collections::{BTreeMap, HashMap};

use super::SEVERITIES;
use crate::report::view::REGISTER;
use crate::report::view::{FindingView, RegionView, Report, Severities};

/// One list of the page.
pub(super) struct Entry<'a> {
    /// The fragment by which the page refers to it.
    pub anchor: String,
    pub list: &'a RegionView,
    /// Its place among the report's lists, and so among the cells of every national item.
    pub column: usize,
    pub tally: Tally,
    pub findings: Vec<&'a FindingView>,
}

/// Findings about documents by severity, and apart from them those about our reading and those that
/// were agreed to be left.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub document: Severities,
    pub reading: usize,
    pub waived: usize,
}

impl Tally {
    pub fn of<'a>(findings: impl IntoIterator<Item = &'a FindingView>) -> Self {
        let mut tally = Self::default();
        for finding in findings {
            match (finding.origin.as_str(), finding.severity.as_str()) {
                _ if finding.status == "waived" => tally.waived += 1,
                ("reading", _) => tally.reading += 1,
                (_, "error") => tally.document.error += 1,
                (_, "warning") => tally.document.warning += 1,
                _ => tally.document.info += 1,
            }
        }
        tally
    }

    /// What a region must look at: errors and warnings about its document.
    pub fn faults(&self) -> usize {
        self.document.error + self.document.warning
    }

    pub fn plus(self, other: Self) -> Self {
        Self {
            document: Severities {
                error: self.document.error + other.document.error,
                warning: self.document.warning + other.document.warning,
                info: self.document.info + other.document.info,
            },
            reading: self.reading + other.reading,
            waived: self.waived + other.waived,
        }
    }
}

/// The lists that `keep` keeps, and the findings that belong to no list at all.
pub(super) fn entries<'a>(
    report: &'a Report,
    keep: impl Fn(&RegionView) -> bool,
) -> (Vec<Entry<'a>>, Vec<&'a FindingView>) {
    let mut by_file: HashMap<(&str, &str), usize> = HashMap::new();
    let mut by_code: HashMap<&str, usize> = HashMap::new();
    for (index, list) in report.regions.iter().enumerate() {
        by_file.entry((&list.code, &list.file)).or_insert(index);
        by_code.entry(&list.code).or_insert(index);
    }
    let mut owned: Vec<Vec<&FindingView>> = vec![Vec::new(); report.regions.len()];
    let mut strays = Vec::new();
    for finding in &report.findings {
        let (code, file) = (finding.region_code.as_str(), finding.file.as_str());
        match by_file.get(&(code, file)).or_else(|| by_code.get(code)) {
            Some(&index) => owned[index].push(finding),
            // What the office has to say of its own waivers stands beside them.
            None if finding.origin == REGISTER => {}
            None => strays.push(finding),
        }
    }
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let entries = report
        .regions
        .iter()
        .zip(owned)
        .enumerate()
        .filter(|(_, (list, _))| keep(list))
        .map(|(column, (list, findings))| {
            let number = seen.entry(&list.code).or_default();
            *number += 1;
            // Stable by region code, numbered from the second list of a region on.
            let anchor = match *number {
                1 => format!("r-{}", list.code),
                number => format!("r-{}-{number}", list.code),
            };
            Entry {
                anchor,
                list,
                column,
                tally: Tally::of(findings.iter().copied()),
                findings,
            }
        })
        .collect();
    (entries, strays)
}

/// Where a finding stands in the matrix: the code of its national item, or one of [`LIST`],
/// [`MAIN`] and [`LOCAL`].
pub(super) struct Places<'a> {
    by_id: HashMap<&'a str, &'a str>,
}

/// Findings about a list as a whole.
pub(super) const LIST: &str = "list";
/// Findings about main items.
pub(super) const MAIN: &str = "main";
/// Findings about items that stand for no national one.
pub(super) const LOCAL: &str = "local";

impl<'a> Places<'a> {
    pub fn new(report: &'a Report) -> Self {
        let mut by_id = HashMap::new();
        for item in &report.national_items {
            for id in item.cells.iter().flat_map(|cell| &cell.findings) {
                by_id.insert(id.as_str(), item.code.as_str());
            }
        }
        Self { by_id }
    }

    pub fn of(&self, finding: &FindingView) -> &'a str {
        match self.by_id.get(finding.id.as_str()) {
            Some(code) => code,
            None => match finding.level.as_str() {
                "list" => LIST,
                "main" => MAIN,
                _ => LOCAL,
            },
        }
    }
}

/// Order in which findings are read: what is wrong with the document before what we could not read,
/// the gravest first and what was agreed to be left last, otherwise as in the report.
pub(super) fn by_gravity<'a>(
    findings: impl IntoIterator<Item = &'a FindingView>,
) -> Vec<&'a FindingView> {
    let mut sorted: Vec<&FindingView> = findings.into_iter().collect();
    sorted.sort_by_key(|finding| {
        let waived = finding.status == "waived";
        (finding.origin == "reading", waived, rank(&finding.severity))
    });
    sorted
}

/// Place of a severity in the order of gravity; one that is not in the contract comes last.
pub(super) fn rank(severity: &str) -> usize {
    SEVERITIES
        .iter()
        .position(|known| *known == severity)
        .unwrap_or(SEVERITIES.len())
}
