//! Writes the blocks of a raw table: each place of the grid once, with what covers it.

use std::collections::{BTreeSet, HashMap};

use super::super::table::{Block, Medium, Oddity, RawCell, RawRow, RawTable, Remark, Span};
use super::super::{Limits, ReadError};
use super::{Cell, Flow, Mark, Shape, Table, cell_text};

/// A table that was written.
#[derive(Debug, Clone)]
struct Part {
    /// Its number among the tables.
    number: u32,
    /// Line of its first row.
    line: u64,
    /// Where the columns begin in the document's grid; the last is where the table ends.
    edges: Vec<usize>,
}

impl Part {
    /// 1-based column that begins at an edge of the document's grid.
    fn column(&self, edge: usize) -> u32 {
        let before = self.edges.partition_point(|known| *known < edge);
        u32::try_from(before + 1).unwrap_or(u32::MAX)
    }
}

pub(super) struct Writer<'a> {
    flow: &'a Flow,
    shapes: &'a [Shape],
    limits: &'a Limits,
    table: RawTable,
    line: u64,
    parts: HashMap<usize, Part>,
    cells: u64,
}

impl<'a> Writer<'a> {
    pub(super) fn new(flow: &'a Flow, shapes: &'a [Shape], limits: &'a Limits) -> Self {
        Self {
            flow,
            shapes,
            limits,
            table: RawTable {
                medium: Medium::Tables,
                ..RawTable::default()
            },
            line: 0,
            parts: HashMap::new(),
            cells: 0,
        }
    }

    pub(super) fn prose(&mut self, text: &str) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        self.gap();
        self.line += 1;
        self.table.blocks.push(Block::Prose {
            line: self.line,
            text: text.to_owned(),
        });
    }

    /// A table breaks off where something follows it.
    fn gap(&mut self) {
        if let Some(Block::Row(_)) = self.table.blocks.last() {
            self.table.blocks.push(Block::Gap);
        }
    }

    /// Writes the rows of a table; one without any text only spaces a page out.
    pub(super) fn rows(&mut self, index: usize) -> Result<(), ReadError> {
        let table = &self.flow.tables[index];
        if self.shapes[index].text.is_empty() {
            return Ok(());
        }
        self.gap();
        let part = Part {
            number: u32::try_from(self.parts.len() + 1).unwrap_or(u32::MAX),
            line: self.line + 1,
            edges: edges(table),
        };
        let width = part.edges.len() - 1;
        let area = (table.rows as u64).saturating_mul(width as u64);
        self.cells = self.cells.saturating_add(area);
        self.limits.within_cells(self.cells)?;
        self.limits.in_time()?;
        let (owners, overlap) = owners(table, &part);
        if overlap {
            self.remark(Oddity::OverlappingMerges, Some(&part), (0, 0), "");
        }
        for (number, row) in (1u32..).zip(owners.chunks(width)) {
            self.line += 1;
            let cells = (1u32..).zip(row).map(|(column, owner)| {
                let blank = RawCell {
                    line: self.line,
                    column,
                    ..RawCell::default()
                };
                match owner {
                    Some(owner) => self.cell(&table.cells[*owner], table, &part, blank),
                    None => blank,
                }
            });
            let row = RawRow {
                line: self.line,
                number,
                page: None,
                part: Some(part.number),
                cells: cells.collect(),
            };
            self.table.blocks.push(Block::Row(row));
        }
        self.parts.insert(index, part);
        Ok(())
    }

    /// The place of the grid at which `blank` stands: a cell's own, or one that it covers.
    fn cell(&self, cell: &Cell, table: &Table, part: &Part, blank: RawCell) -> RawCell {
        let line = part.line + cell.row as u64;
        let first = part.column(cell.column);
        if (line, first) != (blank.line, blank.column) {
            return RawCell {
                covered_by: Some((line, first)),
                ..blank
            };
        }
        let below = u32::try_from(table.rows - cell.row).unwrap_or(u32::MAX);
        let end = part.column(cell.column + cell.span.columns as usize);
        RawCell {
            text: cell_text(cell, self.shapes),
            span: Span {
                rows: cell.span.rows.min(below),
                columns: end - first,
            },
            ..blank
        }
    }

    fn remark(
        &mut self,
        oddity: Oddity,
        part: Option<&Part>,
        (row, column): (u32, u32),
        text: &str,
    ) {
        let line = match part {
            Some(part) if row > 0 => part.line + u64::from(row) - 1,
            _ => 0,
        };
        self.table.remarks.push(Remark {
            oddity,
            line,
            row,
            column,
            page: None,
            part: part.map(|part| part.number),
            text: text.to_owned(),
        });
    }

    /// The raw table with what its reader noticed.
    ///
    /// # Errors
    /// No table at all.
    pub(super) fn finish(mut self) -> Result<RawTable, ReadError> {
        if self.parts.is_empty() {
            return Err(ReadError::NoTable);
        }
        for Mark { oddity, at } in &self.flow.marks {
            // A table that is the text of a cell has no rows of its own.
            let placed = at.and_then(|(table, row, column)| {
                let part = self.parts.get(&table)?.clone();
                Some((part, table, row, column))
            });
            let Some((part, table, row, column)) = placed else {
                self.remark(*oddity, None, (0, 0), "");
                continue;
            };
            let cells = &self.flow.tables[table].cells;
            let here = |cell: &&Cell| cell.row == row && Some(cell.column) == column;
            let text = cells.iter().find(here);
            let text = text.map(|cell| cell_text(cell, self.shapes));
            let place = (
                u32::try_from(row + 1).unwrap_or(u32::MAX),
                column.map_or(0, |column| part.column(column)),
            );
            self.remark(*oddity, Some(&part), place, &text.unwrap_or_default());
        }
        let place = |remark: &Remark| (remark.line, remark.column);
        self.table.remarks.sort_by_key(place);
        Ok(self.table)
    }
}

/// Where columns begin and end. An edge of the document's grid at which no cell begins or ends is
/// seen by nobody.
fn edges(table: &Table) -> Vec<usize> {
    let mut edges = BTreeSet::from([0]);
    for cell in &table.cells {
        edges.insert(cell.column);
        edges.insert(cell.column + cell.span.columns.max(1) as usize);
    }
    if edges.len() == 1 {
        edges.insert(1);
    }
    edges.into_iter().collect()
}

/// The cell to which each place of the grid belongs, row by row, and whether cells overlap. What
/// stands in its own row goes before what a cell above covers.
fn owners(table: &Table, part: &Part) -> (Vec<Option<usize>>, bool) {
    let width = part.edges.len() - 1;
    let mut owners = vec![None; table.rows * width];
    let mut overlap = false;
    let mut take = |row: usize, cell: &Cell, index: usize| {
        let first = part.column(cell.column) as usize - 1;
        let end = part.column(cell.column + cell.span.columns.max(1) as usize) as usize - 1;
        let places = &mut owners[row * width + first..row * width + end.max(first)];
        for place in places {
            overlap |= place.is_some_and(|owner| owner != index);
            place.get_or_insert(index);
        }
    };
    for (index, cell) in table.cells.iter().enumerate() {
        take(cell.row, cell, index);
    }
    for (index, cell) in table.cells.iter().enumerate() {
        let end = (cell.row + cell.span.rows as usize).min(table.rows);
        for row in cell.row + 1..end {
            take(row, cell, index);
        }
    }
    (owners, overlap)
}
