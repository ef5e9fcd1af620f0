//! From printed rows to the rows a reader sees: what goes on over a page is joined to where it
//! began, a row printed in two halves is made one, tails and headings are told from items.

use std::collections::BTreeMap;

use crate::normalise::text::{is_foreign, is_han, is_space};
use crate::normalise::{numeral, squeeze, tidy};
use crate::read::RawRow;

use super::affinity::vocabulary;
use super::align::{Aligned, align};
use super::catalog::{Cells, Entry, Note, Place, Value};
use super::column::Column;
use super::header::{Body, Layout};
use super::kind::{Habits, Kind, heading_cells, kind, whole};

/// A row by what it is.
#[derive(Debug, Clone)]
pub enum Row {
    /// The row of an item, with or without its first business row.
    Item(Box<Line>),
    /// A business row that names no item.
    Business(Box<Line>),
    /// A main item on a row of its own.
    Heading(Box<Line>),
}

/// A row with where it stands on its page.
#[derive(Debug, Clone)]
pub struct Line {
    /// The row's content.
    pub entry: Entry,
    /// Number of the page or part of the table it stands on, counted from 0.
    pub page: usize,
}

/// The rows of a document in order, and what turned out to be none.
#[derive(Debug, Default)]
pub struct Rows {
    /// Rows in order.
    pub rows: Vec<Row>,
    /// Tails of pages and notes that posed as rows.
    pub tails: Vec<Note>,
}

/// Sorts the data rows of a document by what they are.
#[must_use]
pub fn rows(body: &Body) -> Rows {
    let words = vocabulary(
        body.rows
            .iter()
            .map(|row| (&row.row, &body.layouts[row.layout])),
    );
    let mut laid: Vec<(Line, &Layout)> = Vec::new();
    let mut page = 0;
    for (index, row) in body.rows.iter().enumerate() {
        if row.page_top && index > 0 {
            page += 1;
        }
        let layout = &body.layouts[row.layout];
        let place = Place {
            page: row.row.page,
            part: row.row.part,
            line: row.row.line,
            row: row.row.number,
            column: 1,
        };
        let lines = align(&without_specks(&row.row), layout, &words);
        laid.extend(lines.into_iter().filter_map(|aligned| {
            let (cells, place) = cells_of(&aligned, layout, place);
            let entry = Entry {
                covered: covered(&aligned, layout, place),
                place,
                shifted: aligned.shifted,
                glued: aligned.glued,
                cells,
                ..Entry::default()
            };
            (!entry.cells.is_empty()).then_some((Line { entry, page }, layout))
        }));
    }
    let habits = Habits::of(laid.iter().map(|(line, _)| &line.entry.cells));
    let mut sorted = Rows::default();
    for (line, layout) in laid {
        sorted.take(line, layout, habits);
    }
    sorted.drop_notes();
    sorted.join_halves();
    sorted
}

impl Rows {
    fn take(&mut self, line: Line, layout: &Layout, habits: Habits) {
        let mut line = Box::new(line);
        match kind(&line.entry, layout, habits) {
            Kind::Item => self.rows.push(Row::Item(line)),
            Kind::Business => self.rows.push(Row::Business(line)),
            Kind::Heading => {
                line.entry.cells = heading_cells(&line.entry.cells);
                self.rows.push(Row::Heading(line));
            }
            Kind::Tail => {
                self.tails.push(note(&line.entry));
            }
            Kind::Slice if self.is_an_item_of_its_own(&line.entry) => {
                self.rows.push(Row::Item(line));
            }
            Kind::Slice => self.go_on(*line),
        }
    }

    /// Whether a row without number and code is nevertheless no rest of the row above: both print a
    /// name, and both a whole limit or whole steps.
    fn is_an_item_of_its_own(&self, entry: &Entry) -> bool {
        let Some(Row::Item(last)) = self.rows.last() else {
            return false;
        };
        let both = |column| {
            let whole = |entry: &Entry| whole(column, entry.text(column));
            whole(&last.entry) && whole(entry)
        };
        !entry.text(Column::Name).is_empty() && both(Column::Limit) && both(Column::Steps)
    }

    /// Joins a row that names nothing of its own to the row before it.
    fn go_on(&mut self, line: Line) {
        // A main item's heading goes on with words of its own columns; other cells go on above it.
        let heads = [Column::MainName, Column::MainCode]
            .iter()
            .any(|column| line.entry.cells.contains_key(column));
        let open = |row: &&mut Row| heads || !matches!(row, Row::Heading(_));
        let Some(Row::Item(last) | Row::Business(last) | Row::Heading(last)) =
            self.rows.iter_mut().rev().find(open)
        else {
            self.tails.push(note(&line.entry));
            return;
        };
        for (column, value) in line.entry.cells {
            match last.entry.cells.get_mut(&column) {
                // Numbers are whole where they stand; what follows belongs to another row.
                Some(_) if matches!(column, Column::Seq | Column::BusinessSeq | Column::Code) => {
                    self.tails.push(Note {
                        place: value.place,
                        text: value.text,
                    });
                }
                // A limit or steps that are whole do not go on.
                Some(known) if whole(column, &known.text) && whole(column, &value.text) => {
                    self.tails.push(Note {
                        place: value.place,
                        text: value.text,
                    });
                }
                Some(known) => known.join(&value),
                None => {
                    last.entry.cells.insert(column, value);
                }
            }
        }
    }

    /// Takes notes that pose as items out of a list in which items carry codes: a row without one
    /// whose number does not go on from the item above, and that gives neither limit nor steps of
    /// an item.
    fn drop_notes(&mut self) {
        let items = || {
            self.rows.iter().filter_map(|row| match row {
                Row::Item(line) => Some(&line.entry),
                _ => None,
            })
        };
        let coded = |entry: &Entry| !entry.text(Column::Code).is_empty();
        if items().filter(|entry| coded(entry)).count() * 10 < items().count() * 9 {
            return;
        }
        let mut last = 0;
        let mut kept = Vec::with_capacity(self.rows.len());
        for row in std::mem::take(&mut self.rows) {
            let Row::Item(line) = &row else {
                kept.push(row);
                continue;
            };
            let seq = number(&line.entry);
            let goes_on = seq == Some(last + 1) || last == 0;
            let valued = [Column::Steps, Column::Basis]
                .iter()
                .any(|column| !line.entry.text(*column).is_empty());
            if !coded(&line.entry) && !goes_on && !valued {
                self.tails.push(note(&line.entry));
                continue;
            }
            last = seq.unwrap_or(last + 1);
            kept.push(row);
        }
        self.rows = kept;
    }
}

/// A row without the stray quotes and foreign letters that OCR puts before a cell's text; quotes in
/// pairs are words'.
fn without_specks(row: &RawRow) -> RawRow {
    let mut row = row.clone();
    for cell in &mut row.cells {
        let text = cell.text.trim_start();
        let mut letters = text.chars();
        let quote = letters
            .next()
            .filter(|c| "\"'`\u{201c}\u{201d}\u{2018}\u{2019}\u{ff02}".contains(*c));
        let paired =
            |rest: &str| rest.contains(['"', '\u{201c}', '\u{201d}', '\u{2019}', '\u{ff02}']);
        if quote.is_some() && !paired(letters.as_str()) {
            cell.text = letters.as_str().to_owned();
        }
        if cell.text.chars().any(is_han) {
            let text = cell
                .text
                .trim_start_matches(|c: char| is_foreign(c) || is_space(c));
            cell.text = text.to_owned();
        }
    }
    row
}

fn cells_of(aligned: &Aligned, layout: &Layout, mut place: Place) -> (Cells, Place) {
    let mut cells = Cells::new();
    let mut first = true;
    for (cell, column) in aligned.cells.iter().zip(&layout.columns) {
        let Some(cell) = cell else { continue };
        if first && aligned.glued && cell.column > 1 {
            // The second half of a glued row begins where its own first cell stands.
            place.line = cell.line;
        }
        first = false;
        if squeeze(&cell.text).is_empty() {
            continue;
        }
        let at = Place {
            line: cell.line,
            column: cell.column,
            ..place
        };
        cells.insert(*column, Value::printed(cell.text.clone(), at));
    }
    (cells, place)
}

/// The empty cells of a row that a merged cell covers from above, in a row that stands as printed.
fn covered(aligned: &Aligned, layout: &Layout, place: Place) -> BTreeMap<Column, (u64, u32)> {
    if aligned.shifted || aligned.glued {
        return BTreeMap::new();
    }
    let cells = aligned.cells.iter().zip(&layout.columns);
    let covered = cells.filter_map(|(cell, column)| {
        let cell = cell.as_ref().filter(|cell| cell.text.is_empty())?;
        let (line, over) = cell.covered_by?;
        (line < place.line && over == cell.column).then_some((*column, (line, over)))
    });
    covered.collect()
}

/// The number an entry prints in its own column: 12, １２, (12) or 十二.
pub fn number(entry: &Entry) -> Option<u32> {
    whole_number(entry.text(Column::Seq))
}

/// A whole number however it is printed; text beside it makes it none.
pub fn whole_number(text: &str) -> Option<u32> {
    let printed = tidy(text);
    let bare =
        printed.trim_matches(|letter: char| "()\u{ff08}\u{ff09}.\u{ff0e}、".contains(letter));
    numeral::number(bare)
}

/// A row that is no row of the list, as text.
fn note(entry: &Entry) -> Note {
    let values = entry.cells.values();
    let texts: Vec<&str> = values.map(|value| value.text.as_str()).collect();
    Note {
        place: entry.place,
        text: texts.join(" "),
    }
}
