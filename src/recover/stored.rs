//! Codes that a spreadsheet keeps as numbers, so that their leading zeros are gone: 2036001001 for
//! 002036001001. Puts the zeros back where the national list leaves no doubt, and remembers what is
//! stored; refuses to complete any other number.

use std::borrow::Cow;
use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::read::{Block, Oddity, RawTable};
use crate::standard::Standard;

/// Zeros with which every code of the national list begins.
const ZEROS: &str = "00";
/// Characters of a code that tell its main item.
const STEM: usize = 9;

/// A code that is stored as a number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stored {
    /// Running number of its row.
    pub line: u64,
    /// 1-based column.
    pub column: u32,
    /// The number as it is stored.
    pub number: String,
}

/// The table with the zeros put back, and every code that is stored as a number.
pub fn mended<'a>(table: &'a RawTable, standard: &Standard) -> (Cow<'a, RawTable>, Vec<Stored>) {
    let numbers = table.remarks.iter();
    let numbers = numbers.filter(|remark| remark.oddity == Oddity::CodeAsNumber);
    let stored: Vec<Stored> = numbers
        .map(|remark| Stored {
            line: remark.line,
            column: remark.column,
            number: remark.text.clone(),
        })
        .collect();
    if stored.is_empty() {
        return (Cow::Borrowed(table), stored);
    }
    let stems = stems(standard);
    let mut mended = table.clone();
    for block in &mut mended.blocks {
        let Block::Row(row) = block else { continue };
        for cell in &mut row.cells {
            let here = |one: &Stored| (one.line, one.column) == (row.line, cell.column);
            let whole = format!("{ZEROS}{}", cell.text);
            if stored.iter().any(here) && whole.get(..STEM).is_some_and(|s| stems.contains(s)) {
                cell.text = whole;
            }
        }
    }
    (Cow::Owned(mended), stored)
}

/// Beginnings of all national codes.
fn stems(standard: &Standard) -> HashSet<&str> {
    let editions = standard.editions.iter();
    let codes = editions.flat_map(|edition| {
        let items = edition.items.iter().map(|item| item.code.as_str());
        items.chain(edition.mains.iter().map(|main| main.code.as_str()))
    });
    codes.filter_map(|code| code.get(..STEM)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{RawCell, RawRow, Remark};

    #[test]
    fn zeros_come_back_only_where_the_national_list_leaves_no_doubt() {
        let standard = Standard::load().expect("the national data");
        let texts = ["2036001001", "203600100102", "322036008011", "4012345678"];
        let cells = (1u32..).zip(texts).map(|(column, text)| RawCell {
            text: text.to_owned(),
            line: 7,
            column,
            ..RawCell::default()
        });
        let remarks = (1u32..).zip(texts).map(|(column, text)| Remark {
            oddity: Oddity::CodeAsNumber,
            line: 7,
            row: 7,
            column,
            page: None,
            part: Some(1),
            text: text.to_owned(),
        });
        let table = RawTable {
            remarks: remarks.collect(),
            blocks: vec![Block::Row(RawRow {
                line: 7,
                cells: cells.collect(),
                ..RawRow::default()
            })],
            ..RawTable::default()
        };
        let (mended, stored) = mended(&table, &standard);
        let row = mended.rows().next().expect("a row");
        let read: Vec<&str> = row.cells.iter().map(|cell| cell.text.as_str()).collect();
        assert_eq!(
            read,
            [
                "002036001001",
                "00203600100102",
                "322036008011",
                "4012345678"
            ]
        );
        assert_eq!(stored[0].number, "2036001001");
    }
}
