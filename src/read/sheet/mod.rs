//! A sheet of a workbook as its format stores it, whichever format that is: the texts that are
//! shown, merged ranges, and what is hidden; and the raw table that the sheets of a workbook make.
//! Refuses to know a file format.

mod book;
mod date;
mod grid;
pub mod number;
pub mod value;

use super::{Limits, ReadError};

pub use book::Book;
pub use grid::Merge;

/// Rows or columns from the first to the last, both included, counted from 0.
pub type Stretch = (u32, u32);

/// Text that a sheet shows in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// 0-based row.
    pub row: u32,
    /// 0-based column.
    pub column: u32,
    /// The text; line breaks are `\n`.
    pub text: String,
    /// Whether it is a long number stored as a number, which has no leading zeros and no digits
    /// beyond the fifteenth.
    pub long_number: bool,
}

/// One sheet of a workbook.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Name on its tab.
    pub name: String,
    /// Whether the user does not see the tab.
    pub hidden: bool,
    /// Cells with text, in any order; of two for one place the last counts.
    pub cells: Vec<Shown>,
    /// Merged ranges in the order of the document.
    pub merges: Vec<Merge>,
    /// Hidden rows.
    pub hidden_rows: Vec<Stretch>,
    /// Hidden columns.
    pub hidden_columns: Vec<Stretch>,
    /// Row and column of formulas without a stored result, counted from 0.
    pub unresolved: Vec<(u32, u32)>,
}

impl Sheet {
    /// Takes up a text; white space alone is none.
    ///
    /// # Errors
    /// More cells than `limits` allow, or no time left.
    pub fn put(&mut self, shown: Shown, limits: &Limits) -> Result<(), ReadError> {
        if shown.text.trim().is_empty() {
            return Ok(());
        }
        self.cells.push(shown);
        limits.within_cells(self.cells.len() as u64)
    }

    /// Whether it holds any text.
    #[must_use]
    pub fn has_text(&self) -> bool {
        !self.cells.is_empty()
    }
}

/// Adds a row to the stretches, which come in order.
pub fn extend(stretches: &mut Vec<Stretch>, row: u32) {
    match stretches.last_mut() {
        Some(last) if last.1.checked_add(1) == Some(row) => last.1 = row,
        _ => stretches.push((row, row)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_one_after_another_are_one_stretch() {
        let mut stretches = Vec::new();
        for row in [3, 4, 5, 9] {
            extend(&mut stretches, row);
        }
        assert_eq!(stretches, [(3, 5), (9, 9)]);
    }
}
