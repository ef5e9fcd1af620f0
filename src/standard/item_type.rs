//! Item types (事项类型), characters 3 and 4 of a basic code. Owns their names; refuses to say that
//! a type is wrong for an item: provinces type the same item 05, 07 or 20.

use serde::{Deserialize, Serialize};

use super::known::Known;

/// An item type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemType {
    /// Two characters: digits, or a digit and a letter (Sichuan).
    pub code: String,
    /// Its name, such as 公共服务.
    pub name: String,
    /// How it is known.
    pub known: Known,
    /// What it was drawn from.
    pub source: String,
}

/// `item-types.toml` as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ItemTypeFile {
    #[serde(rename = "type")]
    pub types: Vec<ItemType>,
}
