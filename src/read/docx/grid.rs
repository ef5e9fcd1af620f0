//! A table of a word-processor file as its rows place their cells, and what the merges of its
//! cells come to. Knows no text.

use std::collections::{HashMap, HashSet};

use super::super::flow::{Cell, Piece, Table};
use super::super::table::Span;

/// Twips below which a column of the grid holds no letter: half a centimetre is room for one of
/// 10.5 points with its margins, and rows whose borders were dragged by hand miss one another by
/// less.
const NARROW: u32 = 200;

/// Columns a cell may span; Word has 63.
const MOST_COLUMNS: usize = 16_384;

/// How a cell goes together with the one above it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Merge {
    /// Not at all.
    #[default]
    None,
    /// It is the first of a merge.
    Restart,
    /// It belongs to the cell above.
    Continue,
}

/// A cell as its row states it.
#[derive(Debug, Clone, Default)]
pub struct Stated {
    /// Column of the grid, from 0.
    pub start: usize,
    /// Columns of the grid.
    pub columns: usize,
    /// Merge with the cell above.
    pub merge: Merge,
    /// Whether it belongs to the cell on its left.
    pub beside: bool,
    /// What stands in it.
    pub pieces: Vec<Piece>,
}

impl Stated {
    /// The columns it says it spans.
    pub fn span(&mut self, columns: Option<usize>) {
        self.columns = columns.unwrap_or(1).clamp(1, MOST_COLUMNS);
    }
}

/// A table that is being read.
#[derive(Debug, Default)]
pub struct Grid {
    /// Its place among the tables of the flow.
    pub table: usize,
    widths: Vec<u32>,
    rows: Vec<Vec<Stated>>,
    /// The row that is open.
    row: Option<Vec<Stated>>,
    next: usize,
    /// Whether the open row is one of those that a tracked change deletes.
    pub gone: bool,
    /// The cell that is open.
    pub cell: Option<Stated>,
}

impl Grid {
    /// A table that begins.
    pub fn new(table: usize) -> Self {
        Self {
            table,
            ..Self::default()
        }
    }

    /// A column of the grid, in twips; 0 where it is not said.
    pub fn column(&mut self, width: u32) {
        if self.widths.len() < MOST_COLUMNS {
            self.widths.push(width);
        }
    }

    /// Begins a row; none begins in an open one.
    pub fn open_row(&mut self) -> bool {
        if self.row.is_some() {
            return false;
        }
        self.row = Some(Vec::new());
        (self.next, self.gone) = (0, false);
        true
    }

    /// Leaves out columns before the first cell of the row.
    pub fn indent(&mut self, columns: usize) {
        self.next = columns.min(MOST_COLUMNS);
    }

    /// Begins a cell; none begins in an open one or outside a row.
    pub fn open_cell(&mut self) -> bool {
        if self.row.is_none() || self.cell.is_some() {
            return false;
        }
        self.cell = Some(Stated {
            start: self.next,
            columns: 1,
            ..Stated::default()
        });
        true
    }

    /// Whether the open cell is covered by one above.
    pub fn is_covered(&self) -> bool {
        let (Some(cell), Some(above)) = (&self.cell, self.rows.last()) else {
            return false;
        };
        let merged = |upper: &Stated| upper.merge != Merge::None && upper.start == cell.start;
        cell.merge == Merge::Continue && above.iter().any(merged)
    }

    /// Ends the open cell with what stands in it.
    pub fn close_cell(&mut self, pieces: Vec<Piece>) {
        if let (Some(mut cell), Some(row)) = (self.cell.take(), &mut self.row) {
            self.next = cell.start + cell.columns;
            cell.pieces = pieces;
            match row.last_mut().filter(|_| cell.beside) {
                Some(left) => left.columns += cell.columns,
                None => row.push(cell),
            }
        }
    }

    /// Forgets the open cell, which a tracked change deletes.
    pub fn drop_cell(&mut self) {
        self.cell = None;
    }

    /// Ends the open row.
    pub fn close_row(&mut self) {
        if let Some(row) = self.row.take()
            && !self.gone
        {
            self.rows.push(row);
        }
    }

    /// Row and column at which reading stands, counted from 0.
    pub fn place(&self) -> Option<(usize, Option<usize>)> {
        let column = self.cell.as_ref().map(|cell| cell.start);
        (self.row.is_some() && !self.gone).then_some((self.rows.len(), column))
    }

    /// The finished table, and the grid's columns as they are numbered once the narrow ones between
    /// badly aligned borders are taken out.
    pub fn finish(mut self) -> (Table, impl Fn(usize) -> usize) {
        let narrow = self.narrow();
        let renumber = move |column: usize| column - narrow.partition_point(|gone| *gone < column);
        for cell in self.rows.iter_mut().flatten() {
            let end = renumber(cell.start + cell.columns);
            cell.start = renumber(cell.start);
            cell.columns = end.saturating_sub(cell.start).max(1);
        }
        (self.merged(), renumber)
    }

    /// Columns that are too narrow for a letter and hold no cell of their own.
    fn narrow(&self) -> Vec<usize> {
        let is_narrow = |column: &usize| {
            let width = self.widths.get(*column).copied().unwrap_or(0);
            (1..NARROW).contains(&width)
        };
        let mut narrow: Vec<usize> = (0..self.widths.len()).filter(is_narrow).collect();
        let mut kept = HashSet::new();
        for cell in self.rows.iter().flatten() {
            let mut columns = cell.start..cell.start + cell.columns;
            if columns.clone().all(|column| is_narrow(&column)) {
                kept.extend(&mut columns);
            }
        }
        narrow.retain(|column| !kept.contains(column));
        narrow
    }

    fn merged(self) -> Table {
        let mut table = Table {
            rows: self.rows.len(),
            ..Table::default()
        };
        // Where each column's merge began, for the row above.
        let mut above: HashMap<usize, usize> = HashMap::new();
        for (row, cells) in self.rows.into_iter().enumerate() {
            let mut here = HashMap::new();
            for cell in cells {
                // A merge that goes on from nothing begins where it stands.
                let origin = above
                    .get(&cell.start)
                    .copied()
                    .filter(|_| cell.merge == Merge::Continue);
                if let Some(origin) = origin {
                    let first: &mut Cell = &mut table.cells[origin];
                    first.span.rows = u32::try_from(row - first.row + 1).unwrap_or(u32::MAX);
                    here.insert(cell.start, origin);
                    continue;
                }
                if cell.merge != Merge::None {
                    here.insert(cell.start, table.cells.len());
                }
                table.cells.push(Cell {
                    row,
                    column: cell.start,
                    span: Span {
                        rows: 1,
                        columns: u32::try_from(cell.columns).unwrap_or(u32::MAX),
                    },
                    pieces: cell.pieces,
                });
            }
            above = here;
        }
        table
    }
}
