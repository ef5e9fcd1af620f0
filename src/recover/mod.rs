//! From raw rows to a catalog, as a careful reader would see it: headers found by meaning, rows
//! joined over pages, merged cells filled, business rows and items under their owners. The
//! national list helps to align, never to invent: nothing that is not printed is put in.

mod affinity;
mod align;
mod catalog;
mod column;
mod fill;
mod glue;
mod halves;
mod header;
mod items;
mod kind;
mod mains;
mod owners;
mod rows;
mod slices;

use thiserror::Error;

use crate::read::RawTable;
use crate::standard::Standard;

pub use catalog::{Catalog, Entry, Item, Main, Place, Value, candidates};
pub use column::Column;
pub use mains::understood;

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
    #[error("第 {line} 行的表头缺少必要的栏目：{missing} (missing columns)")]
    MissingColumns {
        /// 1-based line of the header.
        line: u64,
        /// The columns that are missing.
        missing: String,
    },
    /// A header with no item under it.
    #[error("第 {line} 行的表头之下没有一个子项 (no item under the header)")]
    NoItems {
        /// 1-based line of the header.
        line: u64,
    },
}

impl RecoverError {
    /// Line of the fault, where it has one.
    #[must_use]
    pub fn line(&self) -> Option<u64> {
        match self {
            Self::NoHeader => None,
            Self::MissingColumns { line, .. } | Self::NoItems { line } => Some(*line),
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
            line: layout.line,
            missing: missing.join("、"),
        });
    }

    let sorted = rows::rows(&body);
    let grouped = items::items(sorted.rows, edition);
    let mut items = grouped.items;
    if items.is_empty() {
        return Err(RecoverError::NoItems { line: layout.line });
    }
    let mains = mains::mains(&mut items, &grouped.marks, edition);
    fill::fill(&mut items, &mains, standard);

    let mut notes = body.prose;
    notes.extend(sorted.tails);
    notes.sort();
    let (title_line, title) = title(&notes, layout.line);
    Ok(Catalog {
        title,
        title_line,
        notes,
        mains,
        items,
        columns: layout.columns.clone(),
    })
}

/// The title: the line above the table that calls itself a list.
fn title(notes: &[(u64, String)], header_line: u64) -> (u64, String) {
    let above = || notes.iter().filter(|(line, _)| *line < header_line);
    above()
        .find(|(_, text)| text.contains("清单"))
        .or_else(|| above().max_by_key(|(_, text)| text.chars().count()))
        .map(|(line, text)| (*line, text.clone()))
        .unwrap_or_default()
}
