//! A table of a web page: where its cells come to stand, by the table model of HTML. Refuses to
//! know what stands in a cell.

use super::super::flow::{Cell, Piece, Table};
use super::super::table::Span;
use super::super::{Limits, ReadError};
use super::shown::Section;

/// Columns that the standard lets a cell span.
const MOST_COLUMNS: usize = 1000;

/// A row as it stands in the page.
#[derive(Debug, Default)]
struct Row {
    section: usize,
    hidden: bool,
    cells: Vec<Stated>,
}

impl Row {
    /// Columns that its cells span.
    fn columns(&self) -> usize {
        self.cells.iter().map(|cell| cell.columns).sum()
    }
}

/// A cell as it stands in the page.
#[derive(Debug, Default)]
pub struct Stated {
    /// Rows; 0 for all that are left of its section.
    pub rows: usize,
    /// Columns.
    pub columns: usize,
    /// Whether it is a long number that a sheet held as a number.
    pub long_number: bool,
    /// What stands in it.
    pub pieces: Vec<Piece>,
}

impl Stated {
    /// A cell by the attributes that say what it spans; what is no number counts as 1.
    pub fn new(rows: Option<&str>, columns: Option<&str>) -> Self {
        let number = |text: &str| {
            let text = text.trim();
            let digits = text.find(|c: char| !c.is_ascii_digit());
            let digits = &text[..digits.unwrap_or(text.len())];
            // More digits than a number has are more than any table has.
            (!digits.is_empty()).then(|| digits.parse().unwrap_or(usize::MAX))
        };
        let columns = columns.and_then(number).unwrap_or(1);
        Self {
            rows: rows.and_then(number).unwrap_or(1),
            columns: columns.clamp(1, MOST_COLUMNS),
            ..Self::default()
        }
    }
}

/// A table that is being read.
#[derive(Debug, Default)]
pub struct Grid {
    /// Its place among the tables of the flow.
    pub table: usize,
    sections: Vec<Section>,
    rows: Vec<Row>,
    /// Cells that are open: none, or one.
    pub open: Option<Stated>,
}

/// Places of which something is to be said.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Odd {
    /// Hidden rows that hold text.
    pub hidden: Vec<usize>,
    /// Row and column of long numbers held as numbers.
    pub long_numbers: Vec<(usize, usize)>,
    /// Row and column of cells that would reach into another.
    pub overlapping: Vec<(usize, usize)>,
}

impl Grid {
    /// A table that begins.
    pub fn new(table: usize) -> Self {
        Self {
            table,
            ..Self::default()
        }
    }

    /// Begins a section. Only the first head and the first foot leave their place.
    pub fn section(&mut self, section: Section) {
        let placed = match self.sections.contains(&section) {
            true => Section::Body,
            false => section,
        };
        self.sections.push(placed);
    }

    /// Begins a row.
    pub fn row(&mut self, hidden: bool) {
        self.rows.push(Row {
            section: self.sections.len(),
            hidden,
            cells: Vec::new(),
        });
    }

    /// Ends the open cell.
    pub fn close_cell(&mut self, pieces: Vec<Piece>) {
        if let (Some(mut cell), Some(row)) = (self.open.take(), self.rows.last_mut()) {
            cell.pieces = pieces;
            row.cells.push(cell);
        }
    }

    /// The finished table; `places` counts what its cells span.
    ///
    /// # Errors
    /// More places than `limits` allow.
    pub fn finish(mut self, places: &mut u64, limits: &Limits) -> Result<(Table, Odd), ReadError> {
        // A row that is hidden and empty only sets the widths of columns.
        self.rows.retain(|row| {
            let filled = |cell: &Stated| !cell.pieces.is_empty();
            !row.hidden || row.cells.iter().any(filled)
        });
        let section = |row: &Row| match row.section.checked_sub(1) {
            Some(index) => self.sections[index],
            None => Section::Body,
        };
        self.rows.sort_by_key(section);
        let mut placing = Placing {
            table: Table {
                rows: self.rows.len(),
                ..Table::default()
            },
            odd: Odd::default(),
            ends: ends(&self.rows),
            free: Vec::new(),
            tall: Vec::new(),
        };
        let wide = self.rows.iter().map(Row::columns).max().unwrap_or(0);
        let mut section = None;
        for (row, stated) in self.rows.into_iter().enumerate() {
            if stated.hidden {
                placing.odd.hidden.push(row);
            }
            // Cells end with their section, unless the row below has left their places out:
            // LibreOffice takes the first row of a header of two lines for the whole of it.
            if section.replace(stated.section) != Some(stated.section) {
                *places += placing.free.len() as u64;
                let over = placing.free.iter().filter(|below| **below > row).count();
                if stated.columns() + over > wide {
                    placing.cut(row);
                }
            }
            let mut column = 0;
            for cell in stated.cells {
                let next = placing.place(cell, row, column);
                // What was looked through counts as well: it is what cells above cover.
                *places = places.saturating_add((next - column) as u64);
                limits.within_cells(*places)?;
                column = next;
            }
        }
        Ok((placing.table, placing.odd))
    }
}

/// Cells on their way to their places.
struct Placing {
    table: Table,
    odd: Odd,
    /// For each row the first one behind its section.
    ends: Vec<usize>,
    /// For each column the first row below what covers it.
    free: Vec<usize>,
    /// Cells of several rows that no section has ended yet.
    tall: Vec<usize>,
}

impl Placing {
    /// Places a cell in a row, at a column or right of it; yields the column behind it.
    fn place(&mut self, cell: Stated, row: usize, mut column: usize) -> usize {
        let taken = |column: usize| self.free.get(column).is_some_and(|below| *below > row);
        while taken(column) {
            column += 1;
        }
        // Of cells that overlap the first is taken.
        let room = (1..cell.columns).find(|next| taken(column + next));
        if room.is_some() {
            self.odd.overlapping.push((row, column));
        }
        let end = column + room.unwrap_or(cell.columns);
        let rows = match cell.rows {
            0 => self.ends[row] - row,
            rows => rows.min(self.table.rows - row),
        };
        if self.free.len() < end {
            self.free.resize(end, 0);
        }
        self.free[column..end].fill(row + rows);
        if cell.long_number {
            self.odd.long_numbers.push((row, column));
        }
        if rows > 1 {
            self.tall.push(self.table.cells.len());
        }
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        self.table.cells.push(Cell {
            row,
            column,
            span: Span {
                rows: count(rows),
                columns: count(end - column),
            },
            pieces: cell.pieces,
        });
        end
    }

    /// Lets no cell reach into a row.
    fn cut(&mut self, row: usize) {
        for index in self.tall.drain(..) {
            let cell = &mut self.table.cells[index];
            let most = u32::try_from(row - cell.row).unwrap_or(u32::MAX);
            cell.span.rows = cell.span.rows.min(most);
        }
        self.free.fill(row);
    }
}

/// For each row the first one behind its section.
fn ends(rows: &[Row]) -> Vec<usize> {
    let mut ends = vec![rows.len(); rows.len()];
    for row in (1..rows.len()).rev() {
        ends[row - 1] = match rows[row - 1].section == rows[row].section {
            true => ends[row],
            false => row,
        };
    }
    ends
}
