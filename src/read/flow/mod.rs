//! A document whose tables may lie in tables (a word-processor file, a web page): its texts and
//! tables in order, and the raw table they make. Which table is the list and which only holds
//! others in place is told by structure alone. Refuses to know a file format.

mod write;

use super::table::{Oddity, RawTable, Span};
use super::{Limits, ReadError};

use write::Writer;

/// What stands in a document or a cell, in reading order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// A paragraph or another block of text.
    Text(String),
    /// A table, by its place in [`Flow::tables`], behind that of the table it lies in.
    Table(usize),
}

/// A cell where its document places it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// 0-based row.
    pub row: usize,
    /// 0-based column of the document's grid.
    pub column: usize,
    /// What it covers; where that is another cell's own place, the other stays.
    pub span: Span,
    /// What stands in it.
    pub pieces: Vec<Piece>,
}

/// A table with its cells row by row, from left to right.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// Its cells.
    pub cells: Vec<Cell>,
    /// How many rows it has.
    pub rows: usize,
}

/// Something odd and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// What it is.
    pub oddity: Oddity,
    /// Table, 0-based row, and 0-based column of the document's grid; `None` for a whole row.
    /// Nothing for the whole document or a text outside its tables.
    pub at: Option<(usize, usize, Option<usize>)>,
}

/// A document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Flow {
    /// What stands outside all tables.
    pub pieces: Vec<Piece>,
    /// All tables; those within a table come after it.
    pub tables: Vec<Table>,
    /// What its reader noticed.
    pub marks: Vec<Mark>,
}

/// What the structure of a table says.
#[derive(Debug, Clone, Default)]
struct Shape {
    /// Filled cells of each row, tables in them not counted.
    filled: Vec<usize>,
    /// Most columns that two of its rows fill; of a table with one row, that row's.
    breadth: usize,
    /// Filled cells.
    size: usize,
    /// Whether it only holds other tables in place.
    frame: bool,
    /// Its text in reading order, for the cell it may lie in.
    text: String,
}

impl Flow {
    /// Puts another document behind this one.
    pub fn append(&mut self, other: Self) {
        let before = self.tables.len();
        let shifted = |piece: Piece| match piece {
            Piece::Table(table) => Piece::Table(table + before),
            text @ Piece::Text(_) => text,
        };
        self.pieces.extend(other.pieces.into_iter().map(shifted));
        self.tables
            .extend(other.tables.into_iter().map(|mut table| {
                for cell in &mut table.cells {
                    let pieces = std::mem::take(&mut cell.pieces);
                    cell.pieces = pieces.into_iter().map(shifted).collect();
                }
                table
            }));
        self.marks.extend(other.marks.into_iter().map(|mark| {
            Mark {
                at: mark
                    .at
                    .map(|(table, row, column)| (table + before, row, column)),
                ..mark
            }
        }));
    }

    /// The raw table: rows of the lists, text around them, gaps between tables.
    ///
    /// # Errors
    /// No table at all, or more than `limits` allow.
    pub fn table(self, limits: &Limits) -> Result<RawTable, ReadError> {
        let shapes = self.shapes();
        let mut writer = Writer::new(&self, &shapes, limits);
        // A stack of what is still to be written, because frames may lie in frames.
        let mut open = vec![self.pieces.iter().collect::<Vec<_>>().into_iter()];
        while let Some(pieces) = open.last_mut() {
            match pieces.next() {
                None => {
                    open.pop();
                }
                Some(Piece::Text(text)) => writer.prose(text),
                Some(Piece::Table(table)) if shapes[*table].frame => {
                    let cells = &self.tables[*table].cells;
                    let within: Vec<&Piece> = cells.iter().flat_map(|cell| &cell.pieces).collect();
                    open.push(within.into_iter());
                }
                Some(Piece::Table(table)) => writer.rows(*table)?,
            }
        }
        writer.finish()
    }

    /// The shapes of all tables, inner ones first.
    fn shapes(&self) -> Vec<Shape> {
        let mut shapes = vec![Shape::default(); self.tables.len()];
        for index in (0..self.tables.len()).rev() {
            shapes[index] = self.shape(&self.tables[index], &shapes);
        }
        shapes
    }

    /// A table is a frame where a table in it fills more columns, row for row, than the row it lies
    /// in and than the frame as a whole: a list with a small table in one cell has a row of filled
    /// cells around it, a page has a menu beside it. Where rows of three and more cells make the
    /// outer one look like a list as well, the inner one must also fill more cells.
    fn shape(&self, table: &Table, shapes: &[Shape]) -> Shape {
        let mut shape = Shape {
            filled: vec![0; table.rows],
            ..Shape::default()
        };
        for cell in &table.cells {
            let texts =
                |piece: &Piece| matches!(piece, Piece::Text(text) if !text.trim().is_empty());
            if cell.pieces.iter().any(texts) {
                shape.filled[cell.row] += 1;
            }
        }
        shape.size = shape.filled.iter().sum();
        let mut widest = shape.filled.clone();
        widest.sort_unstable_by(|a, b| b.cmp(a));
        let two = widest.get(1).copied().unwrap_or(0);
        shape.breadth = if widest.len() == 1 { widest[0] } else { two };
        let within = || {
            table.cells.iter().flat_map(|cell| {
                cell.pieces.iter().filter_map(move |piece| match piece {
                    Piece::Table(inner) => Some((cell.row, &shapes[*inner])),
                    Piece::Text(_) => None,
                })
            })
        };
        shape.frame = within().any(|(row, inner)| {
            inner.breadth > shape.filled[row].max(two) && (two < 3 || inner.size > shape.size)
        });
        if shape.frame {
            // To a frame around it, it is what the largest table in it is.
            if let Some((_, inner)) = within().max_by_key(|(_, inner)| inner.size) {
                (shape.breadth, shape.size) = (inner.breadth, inner.size);
            }
        }
        shape.text = text_of(table, shapes);
        shape
    }
}

/// The text of a table as it is read: a row a line.
fn text_of(table: &Table, shapes: &[Shape]) -> String {
    let mut rows = vec![String::new(); table.rows];
    for cell in &table.cells {
        let text = cell_text(cell, shapes);
        let row = &mut rows[cell.row];
        if !text.is_empty() && !row.is_empty() {
            row.push(' ');
        }
        row.push_str(&text);
    }
    rows.retain(|row| !row.is_empty());
    rows.join("\n")
}

fn cell_text(cell: &Cell, shapes: &[Shape]) -> String {
    let texts = cell.pieces.iter().map(|piece| match piece {
        Piece::Text(text) => text.trim(),
        Piece::Table(inner) => shapes[*inner].text.as_str(),
    });
    let texts: Vec<&str> = texts.filter(|text| !text.is_empty()).collect();
    texts.join("\n")
}
