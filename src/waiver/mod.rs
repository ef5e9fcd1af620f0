//! `waivers.toml`: faults that an office has agreed to leave until a day. Owns which findings a
//! waiver covers and what became of it after a run; refuses one without reason or end,
//! because what is left standing must be answered for, and refuses to last longer than was agreed.

mod append;
mod file;
mod review;
mod standing;
mod subject;
#[cfg(test)]
mod tests;

use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use thiserror::Error;

use crate::standard::{Regions, lies_in};

pub use append::append;
pub use file::{FIELDS, WaiverFile};
pub use review::{Judged, REGISTER, review};
pub use standing::Standing;
pub use subject::Subject;

pub use crate::config::WAIVER_FILE;

/// What was agreed to be left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiver {
    /// Id of the rule.
    pub rule: String,
    /// GB/T 2260 code of the region: two digits for a province, six below.
    pub region: String,
    /// Whether it also covers the regions that lie in that one.
    pub with_subordinates: bool,
    /// The item's own code, its national code or its name; `None` for whatever the rule finds
    /// there.
    pub item: Option<String>,
    /// The field; `None` for all.
    pub field: Option<String>,
    /// Why it is left.
    pub reason: String,
    /// The clause or document that allows it, such as the number of a reply.
    pub document: Option<String>,
    /// Who agreed.
    pub agreed_by: Option<String>,
    /// First day in force; `None` for as long as it is known.
    pub from: Option<NaiveDate>,
    /// Last day in force, inclusive.
    pub until: NaiveDate,
}

/// The waivers of a file, in its order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Waivers {
    path: PathBuf,
    waivers: Vec<Waiver>,
    /// 1-based line on which each begins.
    lines: Vec<usize>,
}

/// Waivers that cannot be used, or one that cannot be written.
#[derive(Debug, Error)]
pub enum WaiverError {
    /// The file cannot be read.
    #[error("无法读取豁免 {}: {reason} (cannot read the waivers)", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// The file is not what it should be.
    #[error("{}:{line}: {message}", .path.display())]
    Invalid {
        /// The file.
        path: PathBuf,
        /// 1-based line of the fault.
        line: usize,
        /// What is wrong, and what to do.
        message: String,
    },
    /// A new waiver that is none.
    #[error("不能写入 {}: {message}", .path.display())]
    Refused {
        /// The file it would go to.
        path: PathBuf,
        /// What is wrong, and what to do.
        message: String,
    },
    /// The file cannot be written; it is as it was.
    #[error("无法写入豁免 {}: {reason} (cannot write the waivers)", .path.display())]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
}

impl Waivers {
    /// Reads a file of waivers. `rules` are the ids that may be waived.
    ///
    /// # Errors
    /// A file that cannot be read, and the first thing that is wrong in it, with its line.
    pub fn load(path: &Path, rules: &[&str], regions: &Regions) -> Result<Self, WaiverError> {
        let text = fs::read_to_string(path).map_err(|error| WaiverError::Unreadable {
            path: path.to_path_buf(),
            reason: error.to_string(),
        })?;
        file::read(path, &text, rules, regions)
    }

    /// The waivers, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &Waiver> {
        self.waivers.iter()
    }

    /// The waiver of an index.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<&Waiver> {
        self.waivers.get(index)
    }

    /// Where the waiver of an index stands: file and line.
    #[must_use]
    pub fn place(&self, index: usize) -> String {
        let line = self.lines.get(index).copied().unwrap_or(1);
        format!("{}:{line}", self.path.display())
    }

    /// Index of the first waiver in force on a day that covers a finding.
    #[must_use]
    pub fn covers(&self, finding: &Subject<'_>, day: NaiveDate) -> Option<usize> {
        let mut waivers = self.waivers.iter();
        waivers.position(|waiver| waiver.is_in_force(day) && waiver.fits(finding))
    }
}

impl Waiver {
    /// Whether it waives anything on a day.
    #[must_use]
    pub fn is_in_force(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && day <= self.until
    }

    /// Whether a finding is of what it is about, on whatever day.
    #[must_use]
    pub fn fits(&self, finding: &Subject<'_>) -> bool {
        let region = match self.with_subordinates {
            true => lies_in(finding.region_code, &self.region),
            false => finding.region_code == self.region,
        };
        let item = self.item.as_deref();
        let field = self.field.as_deref();
        self.rule == finding.rule
            && region
            && item.is_none_or(|item| finding.is_about(item))
            && field.is_none_or(|field| field == finding.field)
    }

    /// Whether another waiver is about the same.
    fn is_alike(&self, other: &Self) -> bool {
        self.rule == other.rule
            && self.region == other.region
            && self.item == other.item
            && self.field == other.field
    }

    /// Whether another waiver is about the same and in force on one of the same days. One that
    /// follows on it is another agreement.
    fn doubles(&self, other: &Self) -> bool {
        let begins = |waiver: &Self| waiver.from.unwrap_or(NaiveDate::MIN);
        self.is_alike(other) && begins(self) <= other.until && begins(other) <= self.until
    }
}
