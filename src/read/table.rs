//! The raw table: rows and the text around them, each with its place in the document, and what a
//! reader of the format has to say beside the text. Nothing is interpreted.

use serde::{Deserialize, Serialize};

/// What the places of a document are counted in: what its user looks for in the program that opens
/// it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Medium {
    /// A text file: lines.
    #[default]
    Lines,
    /// A workbook: its sheets by name, in the order of `RawRow::part`; rows and columns of a sheet.
    Sheets(Vec<String>),
    /// A word-processor file or web page: the tables in order; rows and columns of a table.
    Tables,
    /// A PDF: pages; rows of the table on a page.
    Pages,
}

/// How many rows and columns of the grid a cell covers, itself included; never 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Rows, 1 where it is not merged.
    pub rows: u32,
    /// Columns, 1 where it is not merged.
    pub columns: u32,
}

impl Default for Span {
    fn default() -> Self {
        Self {
            rows: 1,
            columns: 1,
        }
    }
}

/// A cell as it stands in the document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RawCell {
    /// The text as printed, outer white space removed; line breaks inside a cell are kept. Empty
    /// where another cell covers this one.
    pub text: String,
    /// 1-based line on which the text begins; outside text files the row's.
    pub line: u64,
    /// 1-based column of the table in the document, before any repair.
    pub column: u32,
    /// What it covers, where the format says so.
    pub span: Span,
    /// Line of the row and column of the cell that covers this one, where the format says so.
    pub covered_by: Option<(u64, u32)>,
}

/// A row as it stands in the document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RawRow {
    /// 1-based line on which the row begins. Outside text files the running number of the block in
    /// the document: it orders, and is shown to nobody.
    pub line: u64,
    /// 1-based number of the row as its user counts it: in the sheet, in the table, among the rows
    /// of a text or PDF.
    pub number: u32,
    /// Page, where the document marks its pages (a form feed, a PDF).
    pub page: Option<u32>,
    /// 1-based number of the sheet or table, where the document has several kinds of them.
    pub part: Option<u32>,
    /// The cells from left to right, each column of the grid once where the format has a grid.
    pub cells: Vec<RawCell>,
}

/// A piece of the document, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A row of a table.
    Row(RawRow),
    /// Text outside the table.
    Prose {
        /// 1-based line; outside text files the running number of the block.
        line: u64,
        /// The text.
        text: String,
    },
    /// A break in the table: an empty line, often the end of a page.
    Gap,
}

/// What a reader of a format noticed that a person who opens the document may not see, or that no
/// reader can mend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Oddity {
    /// A long number is stored as a number, so that leading zeros or digits beyond the fifteenth
    /// are lost.
    CodeAsNumber,
    /// A row is hidden; its content was read.
    HiddenRow,
    /// A column is hidden; its content was read.
    HiddenColumn,
    /// A sheet is hidden; its content was not read.
    HiddenSheet,
    /// A sheet is hidden, but no sheet that is seen holds text; its content was read.
    OnlyHiddenSheets,
    /// The document holds macros; they were not run.
    Macros,
    /// A page is only a picture: nothing of it could be read.
    PictureOnly,
    /// Changes are tracked; the text is that with all of them accepted.
    TrackedChanges,
    /// Merged ranges overlap; only the first is taken.
    OverlappingMerges,
    /// A formula has no stored result.
    NoFormulaResult,
}

/// An oddity with its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    /// What was noticed.
    pub oddity: Oddity,
    /// Running number of the row, as `RawRow::line`; 0 where it concerns more than a row.
    pub line: u64,
    /// Number of the row as its user counts it; 0 where it concerns more than a row.
    pub row: u32,
    /// 1-based column; 0 where it concerns more than a cell.
    pub column: u32,
    /// Page of a PDF.
    pub page: Option<u32>,
    /// 1-based number of the sheet or table.
    pub part: Option<u32>,
    /// What it concerns: the text of the cell, the name of the sheet.
    pub text: String,
}

/// All of a document, nothing interpreted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RawTable {
    /// The pieces in the order of the document.
    pub blocks: Vec<Block>,
    /// What its places are counted in.
    pub medium: Medium,
    /// What its reader noticed, in the order of the document.
    pub remarks: Vec<Remark>,
    /// Where texts outside the tables stand, in their order, as far as the format says more than their order.
    pub beside: Vec<Beside>,
}

/// Where a text outside the tables stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Beside {
    /// Running number of its block.
    pub line: u64,
    /// Page of a PDF.
    pub page: Option<u32>,
    /// 1-based number of the sheet.
    pub part: Option<u32>,
    /// 1-based row of the sheet; 0 elsewhere.
    pub number: u32,
    /// 1-based column of the sheet; 0 elsewhere.
    pub column: u32,
}

impl RawTable {
    /// The rows in order.
    pub fn rows(&self) -> impl Iterator<Item = &RawRow> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Row(row) => Some(row),
            _ => None,
        })
    }
}
