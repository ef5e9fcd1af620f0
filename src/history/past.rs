//! What was known before a run: when each finding was last seen, whether it was settled since, and
//! by what each region's list was last judged.

use std::collections::{BTreeMap, BTreeSet};

use super::snapshot::{Run, Seen, Snapshot, Versions};

/// What was known before a run.
#[derive(Debug, Clone, Default)]
pub struct Past {
    /// The run before.
    pub last: Option<Run>,
    /// What each region's list was when it was last read, by the region's key.
    pub regions: BTreeMap<String, PastRegion>,
    /// Every finding that was ever seen, by its id.
    pub findings: BTreeMap<String, PastFinding>,
}

/// A region's list when it was last read.
#[derive(Debug, Clone, Default)]
pub struct PastRegion {
    /// Hashes of its documents.
    pub documents: BTreeSet<String>,
    /// By what it was judged.
    pub versions: Versions,
    /// Name of the region.
    pub region: String,
    /// Paths of its documents.
    pub files: BTreeSet<String>,
    /// How many runs ago that was: 1 for the last.
    pub age: i64,
}

/// A finding that was seen before.
#[derive(Debug, Clone, Default)]
pub struct PastFinding {
    /// As it was last seen.
    pub seen: Seen,
    /// Day on which its last spell began, ISO.
    pub since: String,
    /// Day on which it was last seen, ISO.
    pub until: String,
    /// Whether it was found to be gone since.
    pub over: bool,
}

impl Past {
    /// What is known where one run alone is looked back at.
    #[must_use]
    pub fn only(before: &Snapshot) -> Self {
        let day = before.run.day().map(|day| day.to_string());
        let day = day.unwrap_or_default();
        let mut past = Self {
            last: Some(before.run.clone()),
            ..Self::default()
        };
        for list in &before.lists {
            past.regions
                .entry(list.key.clone())
                .or_insert_with(|| PastRegion {
                    documents: before.documents_of(&list.key),
                    versions: before.run.versions.clone(),
                    region: list.region.clone(),
                    files: before
                        .lists_of(&list.key)
                        .map(|own| own.file.clone())
                        .collect(),
                    age: 1,
                });
        }
        for seen in &before.findings {
            let finding = PastFinding {
                seen: seen.clone(),
                since: day.clone(),
                until: day.clone(),
                over: false,
            };
            past.findings.insert(seen.id.clone(), finding);
        }
        past
    }
}
