//! The raw table: rows and the text around them, each with its place in the document.

/// A cell as it stands in the document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RawCell {
    /// The text as printed, outer white space removed; line breaks inside a cell are kept.
    pub text: String,
    /// 1-based line on which the text begins.
    pub line: u64,
    /// 1-based column of the table in the document, before any repair.
    pub column: u32,
}

/// A row as it stands in the document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RawRow {
    /// 1-based line on which the row begins.
    pub line: u64,
    /// 1-based number of the row among the rows of the document.
    pub number: u32,
    /// Page, where the document marks its pages (a form feed).
    pub page: Option<u32>,
    /// The cells from left to right.
    pub cells: Vec<RawCell>,
}

/// A piece of the document, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A row of a table.
    Row(RawRow),
    /// Text outside the table.
    Prose {
        /// 1-based line.
        line: u64,
        /// The text.
        text: String,
    },
    /// A break in the table: an empty line, often the end of a page.
    Gap,
}

/// All of a document, nothing interpreted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RawTable {
    /// The pieces in the order of the document.
    pub blocks: Vec<Block>,
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
