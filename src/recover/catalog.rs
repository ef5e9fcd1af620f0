//! The catalog: main items, items and business rows as the document means them, every value with
//! its place. Text is still text here; what it says is the next stage's matter.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::read::{Medium, Remark};
use crate::standard::Candidate;

use super::column::Column;
use super::stored::Stored;

/// Where a value stands in the document.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Page, where the document marks its pages.
    pub page: Option<u32>,
    /// 1-based number of the sheet or table, where the document has several.
    pub part: Option<u32>,
    /// 1-based line; outside text files the running number of the block, which orders and is shown
    /// to nobody.
    pub line: u64,
    /// 1-based row as the document's user counts it; 0 where it is no row of a table.
    pub row: u32,
    /// 1-based column as printed.
    pub column: u32,
}

/// A value as printed, with its place.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Value {
    /// The text; slices of a cut cell are joined.
    pub text: String,
    /// Where its first slice stands.
    pub place: Place,
    /// Where it was taken from, when a merged cell covers the row.
    pub filled_from: Option<Place>,
    /// How sure it is that the text belongs here, 0 to 1.
    #[serde(with = "bits")]
    pub certainty: f64,
    /// Its further slices, each with its place, where a cell is cut over rows or pages.
    pub slices: Vec<(String, Place)>,
}

impl Value {
    /// A value as it stands in its own cell.
    #[must_use]
    pub fn printed(text: String, place: Place) -> Self {
        Self {
            text,
            place,
            filled_from: None,
            certainty: 1.0,
            slices: Vec::new(),
        }
    }

    /// Adds a further slice of the same cell.
    pub fn join(&mut self, other: &Self) {
        let slice = other.text.trim();
        if slice.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        self.text.push_str(slice);
        self.slices.push((slice.to_owned(), other.place));
        self.slices.extend(other.slices.iter().cloned());
    }
}

/// The cells of a row by their meaning; an empty cell is absent.
pub type Cells = BTreeMap<Column, Value>;

/// A main item (主项).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Main {
    /// The number it carries (一、二、…), where printed.
    pub number: Option<u32>,
    /// Name as printed, without its number; slices joined.
    pub name: Value,
    /// Code as printed; slices joined.
    pub code: Value,
    /// First nine characters shared by the codes of its items.
    pub stem: Option<String>,
    /// Place of its first item, where it prints nothing of its own.
    pub place: Place,
}

/// An item (子项) or a business row (业务办理项).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The number it carries, where it can be read or is determined by its neighbours.
    pub seq: Option<u32>,
    /// Place of the row.
    pub place: Place,
    /// Its cells.
    #[serde(with = "pairs")]
    pub cells: Cells,
    /// Whether its cells had to be moved to stand under their header.
    pub shifted: bool,
    /// Whether it was printed in one with the row above.
    pub glued: bool,
    /// For a business row: how sure its item is, 0 to 1.
    #[serde(with = "bits")]
    pub owner_certainty: f64,
    /// A second code printed for the same item, on a row that was cut in two.
    pub other_code: Option<Value>,
    /// Empty cells that a merged cell covers, where the format says so: line of the row and column of
    /// the cell that covers each.
    #[serde(with = "pairs")]
    pub covered: BTreeMap<Column, (u64, u32)>,
}

impl Entry {
    /// The text of a cell; empty where the cell is.
    #[must_use]
    pub fn text(&self, column: Column) -> &str {
        self.cells.get(&column).map_or("", |value| &value.text)
    }
}

/// An item with its business rows.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// The item's own row.
    pub entry: Entry,
    /// Index of its main item in the catalog.
    pub main: usize,
    /// Its business rows, where the list has that third level.
    pub businesses: Vec<Entry>,
}

/// One list, recovered.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Catalog {
    /// Title as printed.
    pub title: String,
    /// Where the title stands; line 0 where there is none.
    pub title_place: Place,
    /// Text before and after the table.
    pub notes: Vec<Note>,
    /// Main items in order.
    pub mains: Vec<Main>,
    /// Items in order.
    pub items: Vec<Item>,
    /// Columns the list has, in the order of its header.
    pub columns: Vec<Column>,
    /// What the places of the document are counted in.
    pub medium: Medium,
    /// What the reader of the document noticed beside its text.
    pub remarks: Vec<Remark>,
    /// Codes that are stored as numbers.
    pub stored: Vec<Stored>,
}

/// A text before or after the table, with its place.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Note {
    /// Where it stands.
    pub place: Place,
    /// The text.
    pub text: String,
}

/// A share as its bits: what is kept in a cache comes back to the last digit.
mod bits {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub fn serialize<S: Serializer>(share: &f64, to: S) -> Result<S::Ok, S::Error> {
        share.to_bits().serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<f64, D::Error> {
        u64::deserialize(from).map(f64::from_bits)
    }
}

/// A map by columns as pairs: a column of the region's own is no name of a JSON field.
mod pairs {
    use std::collections::BTreeMap;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::Column;

    pub fn serialize<V: Serialize, S: Serializer>(
        map: &BTreeMap<Column, V>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        to.collect_seq(map)
    }

    pub fn deserialize<'de, V: Deserialize<'de>, D: Deserializer<'de>>(
        from: D,
    ) -> Result<BTreeMap<Column, V>, D::Error> {
        Vec::<(Column, V)>::deserialize(from).map(|pairs| pairs.into_iter().collect())
    }
}

impl Catalog {
    /// Whether the list has the column.
    #[must_use]
    pub fn has(&self, column: Column) -> bool {
        self.columns.contains(&column)
    }

    /// The number under which the document stores a code, where it stores it as one.
    #[must_use]
    pub fn number_of(&self, code: &Value) -> Option<&str> {
        let place = (code.place.line, code.place.column);
        let mut stored = self.stored.iter();
        let stored = stored.find(|stored| (stored.line, stored.column) == place)?;
        Some(&stored.number)
    }
}

/// The items as candidates for national ones.
#[must_use]
pub fn candidates<'a>(items: &'a [Item], mains: &'a [Main]) -> Vec<Candidate<'a>> {
    items
        .iter()
        .map(|item| Candidate {
            code: item.entry.text(Column::Code),
            name: item.entry.text(Column::Name),
            group: item.main,
            main_code: &mains[item.main].code.text,
            main_name: &mains[item.main].name.text,
        })
        .collect()
}
