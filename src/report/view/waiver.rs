//! What was agreed to be left, as the report shows it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Something that was agreed to be left as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct WaiverView {
    /// Id of the rule.
    pub rule: String,
    /// Name of the region it is for.
    pub region: String,
    /// GB/T 2260 code of the region.
    pub region_code: String,
    /// Code or name of the item it is for; empty where it is for the whole list.
    pub item: String,
    /// Why.
    pub reason: String,
    /// Legal basis or document.
    pub document: String,
    /// Who agreed.
    pub agreed_by: String,
    /// First day on which it holds, ISO.
    pub from: String,
    /// Last day on which it holds, ISO.
    pub until: String,
    /// `in-force`, `expired`, `unneeded` or `not-yet`.
    #[schemars(extend("enum" = ["in-force", "expired", "unneeded", "not-yet"]))]
    pub state: String,
    /// File and line of the waiver.
    pub place: String,
    /// Ids of the findings it covers; those it covered before where it has expired.
    pub findings: Vec<String>,
}
