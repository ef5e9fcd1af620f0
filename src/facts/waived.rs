//! What the office agreed to leave, beside what a run found: a fact about the office's own register
//! and about no list.

use polars::prelude::{DataFrame, PolarsResult};

use super::frame::frame;
use super::schema::WAIVERS;

/// What became of a waiver.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WaiverRecord {
    /// Id of the rule.
    pub rule: String,
    /// Name of the region.
    pub region: String,
    /// Code or name of the item; empty where it is for the whole list.
    pub item: String,
    /// Why it was agreed.
    pub reason: String,
    /// Who agreed.
    pub agreed_by: String,
    /// Last day on which it holds, ISO.
    pub until: String,
    /// `waiving`, `unneeded`, `untold`, `expired`, `renewed` or `not-begun`.
    pub state: &'static str,
    /// Findings that it is about; `None` where the run could not have found any.
    pub findings: Option<i64>,
    /// Days since its last day; negative while it holds.
    pub days_over: i64,
}

/// The frame of waivers.
///
/// # Errors
/// What polars says; columns of one length under different names do not fail.
pub fn waivers(records: &[WaiverRecord]) -> PolarsResult<DataFrame> {
    frame(WAIVERS, records.iter())
}
