//! What the report says of earlier runs: what they counted, and what of it is gone.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The run that the findings' `status` refers to.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct PreviousView {
    /// Identity of that run.
    pub run_id: String,
    /// Its clock, RFC 3339.
    pub now: String,
    /// What it found in each region.
    pub regions: Vec<PreviousRegion>,
    /// What changed since beside the lists: `rules`, `settings`, `standard`, `reading`.
    pub changed: Vec<String>,
}

/// What the run before found in one region.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct PreviousRegion {
    /// GB/T 2260 code, as in `regions`.
    pub code: String,
    /// Findings about the document, by severity.
    pub document: Severities,
    /// Findings about our reading.
    pub reading: usize,
    /// Findings about the document that were there before and are no more, because the list was
    /// mended.
    pub settled: usize,
    /// The same, because of a change of rules, settings, standard or reading while the document
    /// stayed as it was.
    pub withdrawn: usize,
    /// Findings about the document of which nothing can be told this time.
    pub unknown: usize,
}

/// A finding that is not found any more.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct GoneView {
    /// Its fingerprint.
    pub id: String,
    /// Id of its rule.
    pub rule: String,
    /// Its weight when it was last seen.
    #[schemars(extend("enum" = ["error", "warning", "info"]))]
    pub severity: String,
    /// `document` or `reading`.
    #[schemars(extend("enum" = ["document", "reading"]))]
    pub origin: String,
    /// GB/T 2260 code of the region.
    pub region_code: String,
    /// Name of the region.
    pub region: String,
    /// `list`, `main`, `item` or `business`.
    #[schemars(extend("enum" = ["list", "main", "item", "business"]))]
    pub level: String,
    /// The number the item carried in its list.
    pub seq: String,
    /// Name of the item.
    pub name: String,
    /// The field in question.
    pub field: String,
    /// The sentence it had.
    pub message: String,
    /// `settled`: the list was mended; `withdrawn`: rules, settings, standard or reading changed and
    /// the document did not; `unknown`: nothing can be told this time.
    #[schemars(extend("enum" = ["settled", "withdrawn", "unknown"]))]
    pub state: String,
    /// What changed (`list`, `rules`, `settings`, `standard`, `reading`, `time`), joined by `+` where
    /// several did and the finding cannot be put down to one of them.
    pub cause: String,
    /// Why nothing can be told; empty elsewhere.
    pub reason: String,
    /// Day on which it was first seen in its last spell, ISO.
    pub since: String,
    /// Day on which it was last seen, ISO.
    pub until: String,
}

/// What a run counted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct TrendView {
    /// Identity of the run.
    pub run_id: String,
    /// Its clock, RFC 3339.
    pub now: String,
    /// What it counted in each region whose list it read, in the order of region code.
    pub regions: Vec<TrendRegion>,
}

/// What a run counted in one region.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct TrendRegion {
    /// GB/T 2260 code, as in `regions`.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Findings about the document that were not waived, by severity.
    pub document: Severities,
    /// Findings about our reading.
    pub reading: usize,
    /// Findings that were waived.
    pub waived: usize,
}

/// Counts by severity.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Severities {
    /// Of severity `error`.
    pub error: usize,
    /// Of severity `warning`.
    pub warning: usize,
    /// Of severity `info`.
    pub info: usize,
}

impl Severities {
    /// The sum of two counts.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            error: self.error + other.error,
            warning: self.warning + other.warning,
            info: self.info + other.info,
        }
    }

    /// Counts one more of a severity.
    pub fn add(&mut self, severity: &str) {
        match severity {
            "error" => self.error += 1,
            "warning" => self.warning += 1,
            _ => self.info += 1,
        }
    }
}
