//! The national items and what became of each in every list: the matrix of the report and the limits
//! beside their ceilings. Days keep their unit: 工作日 and 自然日 never share a number.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A national item of an edition that some list of the run is judged by.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct NationalItemView {
    /// Its code, 12 characters.
    pub code: String,
    /// Its name in the newest of these editions.
    pub name: String,
    /// Code of its main item (主项).
    pub main_code: String,
    /// Name of its main item.
    pub main: String,
    /// What each edition and the statutes beside it allow.
    pub ceilings: Vec<CeilingView>,
    /// What became of it in each list, in the order of `regions`.
    pub cells: Vec<CellView>,
}

/// The longest time an item may take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CeilingView {
    /// Year of the edition.
    pub edition: String,
    /// Whom or what it holds for; empty where it holds for everything.
    pub condition: String,
    /// Days; 0 for 即时办结.
    pub days: u32,
    /// `wd` 工作日, `cd` 自然日, empty for 即时办结.
    pub unit: String,
    /// How it is known: `official`, `statute` or `derived`.
    pub known: String,
    /// The clause it rests on; empty where it is the national list's own.
    pub source: String,
    /// Whether the national list states it; otherwise a clause that binds beside the list.
    pub in_list: bool,
}

/// One national item in one list.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct CellView {
    /// What became of the item.
    pub state: State,
    /// Normal form of the time limit, as in `items.csv`; empty where the item is not there.
    pub limit: String,
    /// The clauses of the limit.
    pub clauses: Vec<ClauseView>,
    /// Where the limit stands against the ceiling.
    pub standing: Standing,
    /// Ids of the findings about the item, the gravest faults of the document first.
    pub findings: Vec<String>,
}

/// One promise of a time limit.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct ClauseView {
    /// The condition as printed (线上, 在职职工); empty where there is none.
    pub label: String,
    /// Days; 0 for 即时办结, null where the number was lost.
    pub days: Option<u32>,
    /// `wd` 工作日, `cd` 自然日, empty for 即时办结.
    pub unit: String,
    /// Where it stands against its own ceiling.
    pub standing: Standing,
}

/// What became of a national item in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Found, and nothing to mend; there may be findings worth knowing.
    Fine,
    /// The document has an error or warning in it.
    Fault,
    /// Something of it could not be read with confidence, and nothing else is wrong with it.
    Unreadable,
    /// The document does not have it.
    Missing,
    /// The edition that the list is judged by does not have it.
    NotInEdition,
}

/// Where a time limit stands against the national ceiling, the gravest first.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Surely longer, in any calendar where the units differ.
    Over,
    /// Its number was lost, or it could not be read.
    Unreadable,
    /// The document states none.
    Missing,
    /// It is counted in the other unit, and nothing sure can be said.
    OtherUnit,
    /// No ceiling is known.
    NoCeiling,
    /// As long as the ceiling.
    At,
    /// Shorter.
    Under,
    /// The item is not in the list or its edition.
    None,
}
