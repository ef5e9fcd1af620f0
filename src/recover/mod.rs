//! From raw rows to a catalog, as a careful reader would see it: headers found by meaning, rows
//! joined over pages, merged cells filled, business rows and items under their owners. The
//! national list helps to align, never to invent: nothing that is not printed is put in.

mod affinity;
mod align;
mod catalog;
mod column;
mod fill;
mod glue;
mod grid;
mod halves;
mod header;
mod items;
mod kind;
mod mains;
mod owners;
mod place;
mod rows;
mod slices;
mod stored;

use thiserror::Error;

use crate::read::{Medium, RawTable};
use crate::standard::Standard;

pub use catalog::{Catalog, Entry, Item, Main, Note, Place, Value, candidates};
pub use column::Column;
pub use mains::understood;
pub use place::place_words;
pub use stored::Stored;

/// Version of the reading: a digest of everything that a document's values depend on beside the
/// document itself. Two runs with the same one read the same document alike.
pub const READING: &str = env!("HEYAN_READING");

/// A document whose table is no list of services.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RecoverError {
    /// No row announces the columns.
    #[error("没有找到表头：没有一行同时写有子项(事项)名称或编码和其他栏目 (no header row)")]
    NoHeader,
    /// The header lacks what a list needs.
    #[error("表头缺少必要的栏目：{missing} (missing columns)")]
    MissingColumns {
        /// Where the header stands.
        place: Place,
        /// The columns that are missing.
        missing: String,
    },
    /// A header with no item under it.
    #[error("表头之下没有一个子项 (no item under the header)")]
    NoItems {
        /// Where the header stands.
        place: Place,
    },
}

impl RecoverError {
    /// Place of the fault; line 0 where it has none.
    #[must_use]
    pub fn place(&self) -> Place {
        match self {
            Self::NoHeader => Place::default(),
            Self::MissingColumns { place, .. } | Self::NoItems { place } => *place,
        }
    }

    /// What to try.
    #[must_use]
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::NoHeader => {
                "请确认文件是办事清单，且首行写有“子项”“子项编码”“办理材料”“办理时限”等栏目 (check that the file is a list with a header row)"
            }
            Self::MissingColumns { .. } => {
                "请补上表头中缺少的栏目名称 (add the missing column names to the header)"
            }
            Self::NoItems { .. } => {
                "请确认各行写有子项序号、名称或编码 (check that rows carry a number, name or code)"
            }
        }
    }
}

/// Recovers the catalog of a list.
///
/// # Errors
/// A table without a header, without the columns a list needs, or without items.
pub fn recover(table: &RawTable, standard: &Standard) -> Result<Catalog, RecoverError> {
    let edition = standard.newest();
    let (table, stored) = stored::mended(table, standard);
    let table = &*grid::fitted(&table);
    let body = header::body(table);
    let nearest = header::Layout::nearest(table);
    let Some(layout) = body.layouts.first().or(nearest.as_ref()) else {
        return Err(RecoverError::NoHeader);
    };
    let needed: [&[Column]; 3] = [
        &[Column::Name],
        &[Column::Code, Column::Seq],
        &[
            Column::Materials,
            Column::Limit,
            Column::Steps,
            Column::Basis,
        ],
    ];
    let missing: Vec<String> = needed
        .iter()
        .filter(|any| !any.iter().any(|column| layout.has(*column)))
        .map(|any| {
            let titles: Vec<&str> = any.iter().map(|column| column.title()).collect();
            titles.join("/")
        })
        .collect();
    if !missing.is_empty() {
        return Err(RecoverError::MissingColumns {
            place: place_of(table, layout.line),
            missing: missing.join("、"),
        });
    }

    let sorted = rows::rows(&body);
    let grouped = items::items(sorted.rows, edition);
    let mut items = grouped.items;
    if items.is_empty() {
        return Err(RecoverError::NoItems {
            place: place_of(table, layout.line),
        });
    }
    let mains = mains::mains(&mut items, &grouped.marks, edition);
    fill::fill(&mut items, &mains, standard);

    let mut notes = body.prose;
    notes.extend(sorted.tails);
    if table.medium == Medium::Lines {
        // A text has lines, wherever they stand.
        for note in &mut notes {
            note.place = Place {
                line: note.place.line,
                ..Place::default()
            };
        }
    }
    notes.sort_by(|one, two| (one.place.line, &one.text).cmp(&(two.place.line, &two.text)));
    let (title_place, title) = title(&notes, layout.line);
    Ok(Catalog {
        title,
        title_place,
        notes,
        mains,
        items,
        columns: layout.columns.clone(),
        medium: table.medium.clone(),
        remarks: table.remarks.clone(),
        stored,
    })
}

/// Place of the row with a running number.
fn place_of(table: &RawTable, line: u64) -> Place {
    let row = table.rows().find(|row| row.line == line);
    row.map(|row| Place {
        page: row.page,
        part: row.part,
        line,
        row: row.number,
        column: 1,
    })
    .unwrap_or_default()
}

/// The title: the line above the table that calls itself a list.
fn title(notes: &[Note], header_line: u64) -> (Place, String) {
    let above = || notes.iter().filter(|note| note.place.line < header_line);
    above()
        .find(|note| note.text.contains("清单"))
        .or_else(|| above().max_by_key(|note| note.text.chars().count()))
        .map(|note| (note.place, note.text.clone()))
        .unwrap_or_default()
}
