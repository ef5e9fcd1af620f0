//! From the sheets of a document to rows and prose in order, each with its page.

use super::sheet::{Fragment, Sheet};
use crate::read::{Beside, Block, Medium, Oddity, RawCell, RawRow, RawTable, Remark, Span};

/// The raw table of a document's pages.
pub fn table(sheets: Vec<Sheet>) -> RawTable {
    let mut table = RawTable {
        medium: Medium::Pages,
        ..RawTable::default()
    };
    for (page, sheet) in (1u32..).zip(sheets) {
        if page > 1 {
            table.blocks.push(Block::Gap);
        }
        if sheet.picture {
            table.remarks.push(Remark {
                oddity: Oddity::PictureOnly,
                line: 0,
                row: 0,
                column: 0,
                page: Some(page),
                part: None,
                text: String::new(),
            });
        }
        append(&mut table, sheet, page);
    }
    table
}

fn append(table: &mut RawTable, sheet: Sheet, page: u32) {
    let mut prose = sheet.prose.into_iter().peekable();
    let mut number = 0;
    for fragment in &sheet.tables {
        let bottom = fragment.lattice.outline().y1;
        // Text beside a table stands before it, so that its rows follow one another.
        while let Some((_, text)) = prose.next_if(|(height, _)| *height < bottom) {
            write(table, text, page);
        }
        rows(&mut table.blocks, fragment, page, &mut number);
    }
    for (_, text) in prose {
        write(table, text, page);
    }
}

/// Adds a text outside the tables.
fn write(table: &mut RawTable, text: String, page: u32) {
    let line = running(&table.blocks);
    table.beside.push(Beside {
        line,
        page: Some(page),
        ..Beside::default()
    });
    table.blocks.push(Block::Prose { line, text });
}

/// Number of the next block.
fn running(blocks: &[Block]) -> u64 {
    u64::try_from(blocks.len())
        .unwrap_or(u64::MAX)
        .saturating_add(1)
}

fn rows(blocks: &mut Vec<Block>, fragment: &Fragment, page: u32, number: &mut u32) {
    let lattice = &fragment.lattice;
    let columns = lattice.xs.len() - 1;
    let owners = lattice.owners();
    let first = running(blocks);
    let line_of = |row: usize| first.saturating_add(u64::try_from(row).unwrap_or(u64::MAX));
    for row in 0..lattice.ys.len() - 1 {
        *number += 1;
        let line = line_of(row);
        let cells = (0..columns).map(|column| {
            let owner = owners[row * columns + column];
            let field = &lattice.fields[owner];
            let at = counted(column) + 1;
            if (field.row, field.column) == (row, column) {
                return RawCell {
                    text: fragment.texts[owner].clone(),
                    line,
                    column: at,
                    span: Span {
                        rows: counted(field.rows),
                        columns: counted(field.columns),
                    },
                    covered_by: None,
                };
            }
            RawCell {
                line,
                column: at,
                covered_by: Some((line_of(field.row), counted(field.column) + 1)),
                ..RawCell::default()
            }
        });
        blocks.push(Block::Row(RawRow {
            line,
            number: *number,
            page: Some(page),
            part: None,
            cells: cells.collect(),
        }));
    }
}

fn counted(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}
