//! What a grid does to a list. A text file ends a row where the row ends, and keeps its notes out of
//! the rows; in a workbook or a table every row is as wide as the widest, and a note below the list
//! stands in a row of its own. Owns these differences, so that one list reads alike in either.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::read::{Block, Medium, RawCell, RawRow, RawTable};

use super::glue::is_main_numbering;
use super::header::Layout;
use super::kind::is_note;

/// Fewest letters of a sentence below a list; what is shorter may be the rest of a cell.
const SENTENCE: usize = 12;

/// The table with rows as wide as their header, or as their last filled cell where that is wider. A
/// text file comes back as it is, unless it was written from a grid that is wider than its header.
pub fn fitted(table: &RawTable) -> Cow<'_, RawTable> {
    let mut headers: Vec<(u64, usize)> = Vec::new();
    for row in table.rows() {
        let filled = filled(row);
        if Layout::announces(&row.cells[..filled]) {
            headers.push((row.line, filled));
        }
    }
    if table.medium == Medium::Lines && !is_padded(table, &headers) {
        return Cow::Borrowed(table);
    }
    let mut fitted = table.clone();
    for block in &mut fitted.blocks {
        let Block::Row(row) = block else { continue };
        let above = headers.iter().rev().find(|(line, _)| *line <= row.line);
        if let Some((_, width)) = above.or(headers.first()) {
            fit(row, *width);
        }
    }
    Cow::Owned(fitted)
}

/// Whether all rows of a text are equally wide, and wider than every header by more than a title that
/// may have been lost: a CSV of a sheet in which some row has cells beyond its header.
fn is_padded(table: &RawTable, headers: &[(u64, usize)]) -> bool {
    let mut widths = table.rows().map(|row| row.cells.len());
    let Some(first) = widths.next() else {
        return false;
    };
    let header = headers.iter().map(|(_, width)| *width).max();
    widths.all(|width| width == first) && header.is_some_and(|header| first > header + 1)
}

/// Running numbers of the rows that are notes below a list: the last rows of a sheet or table that
/// hold nothing but one text in their first column.
pub fn notes(table: &RawTable) -> HashSet<u64> {
    let mut notes = HashSet::new();
    if table.medium == Medium::Lines {
        return notes;
    }
    let rows: Vec<&RawRow> = table.rows().collect();
    // Pages cut one table into several; only the last of them ends it.
    let joined = table.medium == Medium::Pages;
    for part in rows.chunk_by(|one, two| joined || one.part == two.part) {
        let below = part.iter().rev();
        let below = below.take_while(|row| filled(row) == 0 || stands_alone(row));
        notes.extend(below.filter(|row| filled(row) > 0).map(|row| row.line));
    }
    notes
}

fn stands_alone(row: &RawRow) -> bool {
    let mut filled = row.cells.iter().filter(|cell| !cell.text.is_empty());
    let (Some(only), None) = (filled.next(), filled.next()) else {
        return false;
    };
    let text = only.text.as_str();
    let sentence = text.chars().count() >= SENTENCE || is_note(text);
    only.column == 1 && sentence && !is_main_numbering(text)
}

/// Number of cells up to the last that holds a text.
fn filled(row: &RawRow) -> usize {
    let last = row.cells.iter().rposition(|cell| !cell.text.is_empty());
    last.map_or(0, |last| last + 1)
}

fn fit(row: &mut RawRow, width: usize) {
    row.cells.truncate(width.max(filled(row)));
    let mut column = row.cells.last().map_or(0, |cell| cell.column);
    while row.cells.len() < width {
        column += 1;
        row.cells.push(RawCell {
            line: row.line,
            column,
            ..RawCell::default()
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[&[&str]]) -> RawTable {
        let rows = (1u32..).zip(rows).map(|(number, texts)| {
            let cells = (1u32..).zip(*texts).map(|(column, text)| RawCell {
                text: (*text).to_owned(),
                line: number.into(),
                column,
                ..RawCell::default()
            });
            Block::Row(RawRow {
                line: number.into(),
                number,
                cells: cells.collect(),
                ..RawRow::default()
            })
        });
        RawTable {
            blocks: rows.collect(),
            medium: Medium::Tables,
            ..RawTable::default()
        }
    }

    fn widths(table: &RawTable) -> Vec<usize> {
        table.rows().map(|row| row.cells.len()).collect()
    }

    #[test]
    fn rows_are_as_wide_as_their_header() {
        let grid = table(&[
            &["清单", "", "", "", "", "", ""],
            &["序号", "子项", "子项编码", "办理材料", "办理时限", "", ""],
            &["1", "甲", "002036001001", "", "", "", ""],
            &["2", "乙", "002036001002", "", "", "", "备注"],
            &["3", "丙"],
        ]);
        assert_eq!(widths(&fitted(&grid)), [5, 5, 5, 7, 5]);
        let text = RawTable {
            medium: Medium::Lines,
            ..grid
        };
        assert_eq!(widths(&fitted(&text)), [7, 7, 7, 7, 2]);
    }

    #[test]
    fn notes_are_the_last_rows_of_their_part() {
        let grid = table(&[
            &["说明：这一行之下还有事项", ""],
            &["1", "甲"],
            &["二、这一行是主项，不是清单的说明", ""],
            &["说明：", ""],
            &["", ""],
            &["1.有效身份证件包括身份证、户口簿。", ""],
        ]);
        assert_eq!(notes(&grid), HashSet::from([4, 6]));
    }
}
