//! A run as history keeps it: what was looked at, by which rules, what was found. Owns what of a
//! report is remembered; refuses the rest of it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::report::view::{FindingView, RegionView, Report, Severities};
use crate::standard::lies_in;

/// A report that cannot be compared.
#[derive(Debug, Error)]
pub enum SnapshotError {
    /// There is none, or it cannot be read.
    #[error("无法读取 {}: {reason} (cannot read the report)", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// The file is no report of heyan.
    #[error("{}:{line}: 不是核验报告 report.json: {reason} (not a report of heyan)", .path.display())]
    NotAReport {
        /// The file.
        path: PathBuf,
        /// 1-based line of the fault.
        line: usize,
        /// What is wrong.
        reason: String,
    },
}

/// What a finding depends on beside the document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Versions {
    /// Version of the program's reading and judging.
    pub reading: String,
    /// Digest of the national data.
    pub standard: String,
    /// Digest of what the office set.
    pub settings: String,
    /// Digest of each rule's file, by its id.
    pub rules: BTreeMap<String, String>,
}

/// When a run was made, and by what.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Run {
    /// Identity of the run.
    pub run_id: String,
    /// Its clock, RFC 3339.
    pub now: String,
    /// Version of the program.
    pub program: String,
    /// What its findings depend on beside the documents.
    pub versions: Versions,
}

impl Run {
    /// The day of the run, by its own clock.
    #[must_use]
    pub fn day(&self) -> Option<NaiveDate> {
        self.moment().map(|moment| moment.date_naive())
    }

    /// The moment of the run.
    #[must_use]
    pub fn moment(&self) -> Option<DateTime<FixedOffset>> {
        DateTime::parse_from_rfc3339(&self.now).ok()
    }
}

/// A list that a run read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListRecord {
    /// What tells its region from the others in every run: see [`region_key`].
    pub key: String,
    /// GB/T 2260 code of the region, as in the report.
    pub code: String,
    /// Name of the region.
    pub region: String,
    /// Path of the document.
    pub file: String,
    /// SHA-256 of the document, in hex.
    pub sha256: String,
    /// Title of the list.
    pub title: String,
    /// Findings about the document that were not waived.
    pub document: Severities,
    /// Findings about our reading.
    pub reading: usize,
    /// Findings that were waived.
    pub waived: usize,
}

/// A finding as it was seen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    /// Fingerprint.
    pub id: String,
    /// Id of the rule.
    pub rule: String,
    /// `error`, `warning` or `info`.
    pub severity: String,
    /// `document` or `reading`.
    pub origin: String,
    /// Whether it was waived.
    pub waived: bool,
    /// What tells its region from the others, as in [`ListRecord`].
    pub key: String,
    /// GB/T 2260 code of the region, as in the report.
    pub code: String,
    /// Name of the region.
    pub region: String,
    /// Path of the document.
    pub file: String,
    /// `list`, `main`, `item` or `business`.
    pub level: String,
    /// The number the item carries.
    pub seq: String,
    /// Code of the item.
    pub item_code: String,
    /// Name of the item.
    pub name: String,
    /// The field in question.
    pub field: String,
    /// One sentence.
    pub message: String,
}

/// Key of findings about the office's own register, which belong to no region.
pub const OFFICE: &str = "";

/// A run and what it found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Snapshot {
    /// When and by what it was made.
    pub run: Run,
    /// The lists it read, in the order of the report.
    pub lists: Vec<ListRecord>,
    /// Documents it could not read: path and reason.
    pub not_read: BTreeMap<String, String>,
    /// Rules that it did not ask: of a list by its file, or of all where the file is empty; with the
    /// reason, which is empty where the office has the rule off.
    pub not_run: BTreeMap<(String, String), String>,
    /// What it found.
    pub findings: Vec<Seen>,
}

/// What tells a region from the others in every run. A list whose region is not known is numbered
/// anew in each run, so that its file stands for it.
#[must_use]
pub fn region_key(code: &str, file: &str) -> String {
    match code.starts_with("unknown-") {
        true => format!("file:{file}"),
        false => code.to_owned(),
    }
}

impl Snapshot {
    /// What is kept of a report.
    #[must_use]
    pub fn of(report: &Report) -> Self {
        let hashes: BTreeMap<&str, &str> = report
            .inputs
            .iter()
            .map(|input| (input.path.as_str(), input.sha256.as_str()))
            .collect();
        let list = |region: &RegionView| ListRecord {
            key: region_key(&region.code, &region.file),
            code: region.code.clone(),
            region: region.name.clone(),
            file: region.file.clone(),
            sha256: (*hashes.get(region.file.as_str()).unwrap_or(&"")).to_owned(),
            title: region.list.clone(),
            ..count(&report.findings, region)
        };
        let mut not_run = off(report);
        not_run.extend(report.rules_not_run.iter().map(|rule| {
            let file = match report.has_list(&rule.file) {
                true => rule.file.clone(),
                false => String::new(),
            };
            ((rule.rule.clone(), file), rule.reason.clone())
        }));
        Self {
            run: Run {
                run_id: report.run_id.clone(),
                now: report.now.clone(),
                program: report.program_version.clone(),
                versions: versions(report),
            },
            lists: report.regions.iter().map(list).collect(),
            not_read: unread(report),
            not_run,
            findings: report.findings.iter().map(Seen::of).collect(),
        }
    }

    /// The run whose report folder or `report.json` this is.
    ///
    /// # Errors
    /// A file that is not there, or is no report.
    pub fn read(path: &Path) -> Result<Self, SnapshotError> {
        let path = match path.is_dir() {
            true => path.join("report.json"),
            false => path.to_path_buf(),
        };
        let text = fs::read_to_string(&path).map_err(|error| SnapshotError::Unreadable {
            path: path.clone(),
            reason: error.to_string(),
        })?;
        let refused = |line, reason: String| SnapshotError::NotAReport {
            path: path.clone(),
            line,
            reason,
        };
        let report: Report = serde_json::from_str(&text)
            .map_err(|error| refused(error.line(), error.to_string()))?;
        if report.schema_version == 0 {
            return Err(refused(1, "没有 schema_version (it has none)".to_owned()));
        }
        Ok(Self::of(&report))
    }

    /// The lists of a region.
    pub fn lists_of<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a ListRecord> {
        self.lists.iter().filter(move |list| list.key == key)
    }

    /// The documents of a region, by their hashes.
    #[must_use]
    pub fn documents_of(&self, key: &str) -> BTreeSet<String> {
        self.lists_of(key).map(|list| list.sha256.clone()).collect()
    }
}

/// Documents that yielded no list, those that are none among them: a list may have stood there.
fn unread(report: &Report) -> BTreeMap<String, String> {
    let refused = report.not_read.iter();
    let refused = refused.map(|refusal| (refusal.path.clone(), refusal.reason.clone()));
    let others = report.not_lists.iter();
    let others = others.map(|other| (other.path.clone(), other.reason.clone()));
    refused.chain(others).collect()
}

/// The counts of a list's own findings, the rest empty.
fn count(findings: &[FindingView], region: &RegionView) -> ListRecord {
    let mut record = ListRecord::default();
    let own = findings
        .iter()
        .filter(|f| f.region_code == region.code && f.file == region.file);
    for finding in own {
        if finding.status == "waived" {
            record.waived += 1;
        } else if finding.origin == "reading" {
            record.reading += 1;
        } else {
            record.document.add(&finding.severity);
        }
    }
    record
}

/// Rules that the office has off, for all or for some of the lists. Off for some items of a list is
/// as good as off: what a finding that is gone was about is not told by what is left of it.
fn off(report: &Report) -> BTreeMap<(String, String), String> {
    let mut off = BTreeMap::new();
    for change in report.rule_set.changes.iter().filter(|change| change.off) {
        if change.regions.is_empty() {
            off.insert((change.rule.clone(), String::new()), String::new());
        }
        let covered = |region: &&RegionView| {
            let mut outer = change.regions.iter();
            outer.any(|outer| lies_in(&region.code, outer))
        };
        for region in report.regions.iter().filter(covered) {
            off.insert((change.rule.clone(), region.file.clone()), String::new());
        }
    }
    off
}

fn versions(report: &Report) -> Versions {
    Versions {
        reading: report.rule_set.reading.clone(),
        standard: report.rule_set.standard.clone(),
        settings: report.rule_set.settings.clone(),
        rules: report
            .rules
            .iter()
            .map(|rule| (rule.id.clone(), rule.digest.clone()))
            .collect(),
    }
}

impl Seen {
    /// What is kept of a finding.
    #[must_use]
    pub fn of(finding: &FindingView) -> Self {
        Self {
            id: finding.id.clone(),
            rule: finding.rule.clone(),
            severity: finding.severity.clone(),
            origin: finding.origin.clone(),
            waived: finding.status == "waived",
            key: region_key(&finding.region_code, &finding.file),
            code: finding.region_code.clone(),
            region: finding.region.clone(),
            file: finding.file.clone(),
            level: finding.level.clone(),
            seq: finding.seq.clone(),
            item_code: finding.code.clone(),
            name: finding.name.clone(),
            field: finding.field.clone(),
            message: finding.message.clone(),
        }
    }

    /// Whether it is a fault of the published list, by what was made out.
    #[must_use]
    pub fn is_of_document(&self) -> bool {
        self.origin == "document"
    }

    /// Whether another finding is about the same entry of the same list.
    #[must_use]
    pub fn shares_entry(&self, other: &Self) -> bool {
        let same = |one: &str, two: &str| !one.is_empty() && one == two;
        self.key == other.key
            && self.level == other.level
            && (same(&self.item_code, &other.item_code)
                || same(&self.name, &other.name)
                || same(&self.seq, &other.seq))
    }
}
