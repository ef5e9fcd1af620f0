//! From printed rows to the rows a reader sees: what goes on over a page is joined to where it
//! began, a row printed in two halves is made one, tails and headings are told from items.

use crate::normalise::numeral;
use crate::normalise::{
    Limit, code_like, limit, looks_like_steps, parse_main, squeeze, steps, tidy,
};

use super::affinity::vocabulary;
use super::align::{Aligned, align};
use super::catalog::{Cells, Entry, Place, Value};
use super::column::Column;
use super::glue::is_main_numbering;
use super::header::{Body, Layout};

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
    /// Tails of pages and notes that posed as rows: line and text.
    pub tails: Vec<(u64, String)>,
}

/// Sorts the data rows of a document by what they are.
#[must_use]
pub fn rows(body: &Body) -> Rows {
    let words = vocabulary(
        body.rows
            .iter()
            .map(|row| (&row.row, &body.layouts[row.layout])),
    );
    let mut sorted = Rows::default();
    let mut page = 0;
    for (index, row) in body.rows.iter().enumerate() {
        if row.page_top && index > 0 {
            page += 1;
        }
        let layout = &body.layouts[row.layout];
        for aligned in align(&row.row, layout, &words) {
            let place = Place {
                page: row.row.page,
                line: row.row.line,
                row: row.row.number,
                column: 1,
            };
            sorted.take(aligned, layout, place, page);
        }
    }
    sorted.drop_notes();
    sorted.join_halves();
    sorted
}

impl Rows {
    fn take(&mut self, aligned: Aligned, layout: &Layout, place: Place, page: usize) {
        let (cells, place) = cells_of(&aligned, layout, place);
        if cells.is_empty() {
            return;
        }
        let entry = Entry {
            place,
            shifted: aligned.shifted,
            glued: aligned.glued,
            cells,
            ..Entry::default()
        };
        let mut line = Box::new(Line { entry, page });
        match kind(&line.entry, layout) {
            Kind::Item => self.rows.push(Row::Item(line)),
            Kind::Business => self.rows.push(Row::Business(line)),
            Kind::Heading => {
                line.entry.cells = heading_cells(&line.entry.cells);
                self.rows.push(Row::Heading(line));
            }
            Kind::Tail => self.tails.push((place.line, text_of(&line.entry.cells))),
            Kind::Slice => self.go_on(*line),
        }
    }

    /// Joins a row that names nothing of its own to the row before it.
    fn go_on(&mut self, line: Line) {
        let Some(Row::Item(last) | Row::Business(last) | Row::Heading(last)) = self.rows.last_mut()
        else {
            let text = text_of(&line.entry.cells);
            self.tails.push((line.entry.place.line, text));
            return;
        };
        for (column, value) in line.entry.cells {
            match last.entry.cells.get_mut(&column) {
                // Numbers are whole where they stand; what follows belongs to another row.
                Some(_) if matches!(column, Column::Seq | Column::BusinessSeq | Column::Code) => {
                    self.tails.push((value.place.line, value.text));
                }
                // A limit or steps that are whole do not go on.
                Some(known) if whole(column, &known.text) && whole(column, &value.text) => {
                    self.tails.push((value.place.line, value.text));
                }
                Some(known) => known.join(&value.text),
                None => {
                    last.entry.cells.insert(column, value);
                }
            }
        }
    }

    /// Makes one of two rows that print one item's code twice, once misread: the halves carry the
    /// same last three characters, codes one character apart, and only one of their numbers goes
    /// on from the row before.
    fn join_halves(&mut self) {
        let mut index = 1;
        while index < self.rows.len() {
            let before = self.rows[..index - 1]
                .iter()
                .rev()
                .find_map(|row| match row {
                    Row::Item(line) => number(&line.entry),
                    _ => None,
                });
            let (Row::Item(first), Row::Item(second)) = (&self.rows[index - 1], &self.rows[index])
            else {
                index += 1;
                continue;
            };
            let Some(keep_second) = halves(&first.entry, &second.entry, before) else {
                index += 1;
                continue;
            };
            let coded = self.coded_like_neighbours(index);
            let (mut first, mut second) = (first.clone(), second.clone());
            if coded.is_some_and(|second| second != keep_second) {
                // The right number and the right code stand on different halves.
                let one = first.entry.cells.remove(&Column::Code);
                let two = second.entry.cells.remove(&Column::Code);
                first
                    .entry
                    .cells
                    .extend(two.map(|code| (Column::Code, code)));
                second
                    .entry
                    .cells
                    .extend(one.map(|code| (Column::Code, code)));
            }
            let (kept, other) = if keep_second {
                (&mut second.entry, &mut first.entry)
            } else {
                (&mut first.entry, &mut second.entry)
            };
            kept.other_code = other.cells.remove(&Column::Code);
            other.cells.remove(&Column::Seq);
            let third_level = other.cells.contains_key(&Column::BusinessName);
            let name = other.cells.remove(&Column::Name);
            if let (Some(name), Some(known)) = (name, kept.cells.get_mut(&Column::Name)) {
                known.text = if keep_second {
                    format!("{} {}", name.text, known.text)
                } else {
                    format!("{} {}", known.text, name.text)
                };
            }
            if third_level {
                // Each half is a business row; the item's identity goes to the upper one.
                if keep_second {
                    for column in [Column::Seq, Column::Name, Column::Code] {
                        if let Some(value) = second.entry.cells.remove(&column) {
                            first.entry.cells.insert(column, value);
                        }
                    }
                    first.entry.other_code = second.entry.other_code.take();
                }
                self.rows[index - 1] = Row::Item(first);
                self.rows[index] = Row::Business(second);
            } else {
                for (column, value) in std::mem::take(&mut second.entry.cells) {
                    match first.entry.cells.get_mut(&column) {
                        Some(known) => known.join(&value.text),
                        None => {
                            first.entry.cells.insert(column, value);
                        }
                    }
                }
                if keep_second {
                    first.entry.other_code = second.entry.other_code.take();
                }
                self.rows[index - 1] = Row::Item(first);
                self.rows.remove(index);
            }
            index += 1;
        }
    }
}

impl Rows {
    /// Of two halves of one row, whether the second prints the code that the rows around have the
    /// beginning of; `None` where that does not tell.
    fn coded_like_neighbours(&self, second: usize) -> Option<bool> {
        let stem = |row: &Row| match row {
            Row::Item(line) => tidy(line.entry.text(Column::Code))
                .get(..9)
                .map(str::to_owned),
            _ => None,
        };
        let above = self.rows[..second - 1].iter().rev().find_map(stem);
        let below = self.rows[second + 1..].iter().find_map(stem);
        let around = [above, below];
        let known = |index: usize| {
            let own = stem(&self.rows[index]);
            own.is_some() && around.contains(&own)
        };
        match (known(second - 1), known(second)) {
            (true, false) => Some(false),
            (false, true) => Some(true),
            _ => None,
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
                let text = text_of(&line.entry.cells);
                self.tails.push((line.entry.place.line, text));
                continue;
            }
            last = seq.unwrap_or(last + 1);
            kept.push(row);
        }
        self.rows = kept;
    }
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

enum Kind {
    Item,
    Business,
    Heading,
    Slice,
    Tail,
}

fn kind(entry: &Entry, layout: &Layout) -> Kind {
    let full = |column| !entry.text(column).is_empty();
    let valued = [
        Column::Materials,
        Column::Limit,
        Column::Steps,
        Column::Basis,
    ];
    let valued = valued.iter().any(|column| full(*column));
    // A main item on a row of its own, its name and code in the columns of the items.
    let heads = match parse_main(&tidy(entry.text(Column::Code))) {
        Ok(code) if code.sub == "00Y" => !(full(Column::Name) && number(entry).is_some()),
        Ok(_) => !layout.has(Column::MainName) && number(entry).is_none(),
        Err(_) => false,
    };
    if heads && !valued {
        return Kind::Heading;
    }
    let code = entry.text(Column::Code);
    let named = full(Column::Name);
    let first = entry.cells.values().next().map_or("", |value| &value.text);
    if is_note(first) && entry.cells.len() <= 2 {
        return Kind::Tail;
    }
    let numbered = number(entry).is_some();
    if code_like(&tidy(code)) || (named && numbered) {
        return Kind::Item;
    }
    // A row with a number and content of its own is an item, whatever it lost.
    if numbered && valued {
        return Kind::Item;
    }
    if !code.is_empty() {
        // Words under the codes, in a row without an identity: a note printed across the columns.
        return Kind::Tail;
    }
    if layout.has(Column::BusinessSeq) || layout.has(Column::BusinessName) {
        let numbered = whole_number(entry.text(Column::BusinessSeq)).is_some();
        if numbered || !entry.text(Column::BusinessName).is_empty() {
            return Kind::Business;
        }
    }
    let alone = entry.cells.len() == 1;
    if entry.cells.len() <= 2 && is_main_numbering(first.trim()) {
        return Kind::Heading;
    }
    if alone && !layout.has(Column::MainName) && (4..=40).contains(&first.chars().count()) {
        return Kind::Heading;
    }
    // Steps that do not begin at the beginning go on from the row above.
    let steps = squeeze(entry.text(Column::Steps));
    let begins = looks_like_steps(&steps) && steps.starts_with('申');
    let own_limit = matches!(limit(entry.text(Column::Limit)).value, Limit::Clauses(_));
    if named && (begins || own_limit && steps.is_empty()) {
        return Kind::Item;
    }
    Kind::Slice
}

/// Whether a limit or steps read as complete.
fn whole(column: Column, text: &str) -> bool {
    match column {
        Column::Limit => matches!(limit(text).value, Limit::Clauses(_)),
        Column::Steps => steps(text).certainty >= 0.8,
        _ => false,
    }
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

/// What a heading row says of its main item, wherever its cells stand.
fn heading_cells(cells: &Cells) -> Cells {
    let mut heading = Cells::new();
    for value in cells.values() {
        let column = if code_like(&tidy(&value.text)) {
            Column::MainCode
        } else {
            Column::MainName
        };
        let known = heading.entry(column).or_insert_with(|| value.clone());
        // Of a number and a name in two cells the name says what it is.
        if value.text.chars().count() > known.text.chars().count() {
            *known = value.clone();
        }
    }
    heading
}

fn is_note(text: &str) -> bool {
    let plain = squeeze(text).replace('\u{ff1a}', ":");
    ["说明:", "注:", "备注:", "附注", "填表说明"]
        .iter()
        .any(|word| plain.starts_with(word))
}

fn text_of(cells: &Cells) -> String {
    let texts: Vec<&str> = cells.values().map(|value| value.text.as_str()).collect();
    texts.join(" ")
}

/// Whether two rows are halves of one; if so, whether the second carries the true identity.
fn halves(first: &Entry, second: &Entry, before: Option<u32>) -> Option<bool> {
    let (one, two) = (
        tidy(first.text(Column::Code)),
        tidy(second.text(Column::Code)),
    );
    let (one, two): (Vec<char>, Vec<char>) = (one.chars().collect(), two.chars().collect());
    if one.len() != two.len() || one.len() < 12 || one[9..] != two[9..] {
        return None;
    }
    let apart = one.iter().zip(&two).filter(|(a, b)| a != b).count();
    let goes_on = |entry: &Entry| {
        let number = number(entry)?;
        Some(before.is_some_and(|before| number == before + 1))
    };
    let (a, b) = (
        goes_on(first).unwrap_or(false),
        goes_on(second).unwrap_or(false),
    );
    // Two sound rows ascend, even where the rows between them are missing.
    let succeed = number(first)
        .zip(number(second))
        .is_some_and(|(a, b)| a > 0 && b > a);
    (apart <= 1 && a != b && !succeed).then_some(b)
}
