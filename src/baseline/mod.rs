//! A baseline: the findings that were there when checking began, so that a check fails only by what
//! is new. Owns the file and how it is compared with a run; refuses lines and rows as a key: a
//! finding is known by its id, which moves with nothing that is inserted.

mod comparison;
mod file;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::report::view::FindingView;

pub use comparison::Comparison;

/// Version of the shape of the file; raised when a key changes its meaning or goes away.
pub const SCHEMA_VERSION: u32 = 1;

/// 已知问题的基线 / findings that are known, so that a check fails only by new ones.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    /// 格式版本 / version of this shape.
    pub schema_version: u32,
    /// 写成此文件的 heyan 版本 / version of heyan that wrote it.
    pub heyan: String,
    /// 已知问题 / the findings, in the order of region, rule and id.
    pub findings: Vec<Entry>,
}

/// 一个已知问题 / a finding that is known. All but the id is for whoever reads the file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// 指纹 / fingerprint, which holds no line number.
    #[serde(deserialize_with = "file::id")]
    pub id: String,
    /// 规则 id / id of the rule.
    pub rule: String,
    /// 地区代码 / GB/T 2260 code of the region.
    pub region_code: String,
    /// 地区 / name of the region.
    pub region: String,
    /// 事项名称 / name of the item.
    pub name: String,
    /// 栏目 / field in question.
    pub field: String,
    /// 问题 / one sentence.
    pub message: String,
}

/// A baseline that cannot be used.
#[derive(Debug, Error)]
pub enum BaselineError {
    /// The file cannot be read.
    #[error("无法读取基线 {}: {reason} (cannot read the baseline)", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// The file is neither a baseline nor a report.
    #[error("{}:{line}: {message}", .path.display())]
    Invalid {
        /// The file.
        path: PathBuf,
        /// 1-based line of the fault.
        line: usize,
        /// What is wrong, and what to do.
        message: String,
    },
}

impl Baseline {
    /// Reads a baseline, or takes the findings of a `report.json`.
    ///
    /// # Errors
    /// A file that cannot be read or is neither, with its line.
    pub fn load(path: &Path) -> Result<Self, BaselineError> {
        let text = fs::read_to_string(path).map_err(|error| BaselineError::Unreadable {
            path: path.to_path_buf(),
            reason: error.to_string(),
        })?;
        file::read(path, &text)
    }

    /// The baseline of a run. What is waived is left out: once the waiver ends it must not be taken
    /// for known.
    #[must_use]
    pub fn of(findings: &[FindingView]) -> Self {
        let standing = findings.iter().filter(|finding| finding.status != "waived");
        let mut entries: Vec<Entry> = standing.map(Entry::of).collect();
        entries.sort_by(|one, two| one.order().cmp(&two.order()));
        entries.dedup_by(|one, two| one.id == two.id);
        Self {
            schema_version: SCHEMA_VERSION,
            heyan: env!("CARGO_PKG_VERSION").to_owned(),
            findings: entries,
        }
    }

    /// The file: the same findings are the same bytes, and each is a line of its own, so that a
    /// comparison of two versions shows which came and which went.
    ///
    /// # Errors
    /// What the JSON writer says of a text; none is known.
    pub fn to_bytes(&self) -> serde_json::Result<Vec<u8>> {
        file::written(self)
    }

    /// Whether a finding is known.
    #[must_use]
    pub fn knows(&self, id: &str) -> bool {
        self.findings.iter().any(|entry| entry.id == id)
    }

    fn ids(&self) -> BTreeSet<&str> {
        self.findings
            .iter()
            .map(|entry| entry.id.as_str())
            .collect()
    }
}

impl Entry {
    fn of(finding: &FindingView) -> Self {
        Self {
            id: finding.id.clone(),
            rule: finding.rule.clone(),
            region_code: finding.region_code.clone(),
            region: finding.region.clone(),
            name: finding.name.clone(),
            field: finding.field.clone(),
            message: finding.message.clone(),
        }
    }

    fn order(&self) -> [&str; 3] {
        [&self.region_code, &self.rule, &self.id]
    }
}
