//! Text in which a comma, a semicolon or a full-width comma parts the cells, as spreadsheets export
//! it: a cell that holds the delimiter, a line break or a quote is put in quotes, and quotes inside
//! it are doubled. The delimiter is found by what the records look like, not by the file's name.

use super::table::{Block, RawCell, RawRow, RawTable};

/// Delimiters beside the tab, the usual one first.
const DELIMITERS: [char; 3] = [',', ';', '，'];

/// Fewest cells of a row of a list.
const FEWEST_CELLS: usize = 4;

/// Stands for a delimiter of more than one byte while the text is taken apart; no document holds
/// it.
const UNIT: char = '\u{1f}';

/// A record with the line it begins on.
struct Record {
    line: u64,
    cells: Vec<String>,
}

/// Reads rows from text parted by one of the delimiters; `None` where it is parted by none.
#[must_use]
pub fn read(text: &str) -> Option<RawTable> {
    let (announced, body, skipped) = announced(text);
    let delimiter = match announced {
        Some(delimiter) => delimiter,
        None => find(body)?,
    };
    let mut table = table(body, delimiter)?;
    if skipped > 0 {
        shift(&mut table, skipped);
    }
    Some(table)
}

/// Rows, gaps and text outside the table by a known delimiter; `None` where the quotes of the text
/// do not close.
#[must_use]
pub fn table(text: &str, delimiter: char) -> Option<RawTable> {
    let records = records(text, delimiter)?;
    let texts = |record: &Record| {
        record
            .cells
            .iter()
            .filter(|cell| !cell.trim().is_empty())
            .count()
    };
    let last_of_table = records.iter().rposition(|record| texts(record) > 1);
    let mut blocks = Vec::new();
    let (mut number, mut next_line, mut parted) = (0, 1, false);
    for (index, record) in records.iter().enumerate() {
        let breaks: usize = record
            .cells
            .iter()
            .map(|cell| cell.matches('\n').count())
            .sum();
        if record.line > next_line {
            blocks.push(Block::Gap);
            parted = true;
        }
        next_line = record.line + breaks as u64 + 1;
        let under = last_of_table.is_some_and(|last| index > last);
        match texts(record) {
            0 => {
                number += u32::from(record.cells.len() > 1);
                blocks.push(Block::Gap);
                parted = true;
                continue;
            }
            // A sheet's text under its table comes with the delimiters of its empty cells.
            1 if record.cells.len() == 1 || under && parted => blocks.push(prose(record)),
            _ => {
                number += 1;
                blocks.push(Block::Row(row(record, number)));
                parted = false;
            }
        }
    }
    Some(RawTable {
        blocks,
        ..RawTable::default()
    })
}

fn prose(record: &Record) -> Block {
    let texts: Vec<&str> = record.cells.iter().map(|cell| cell.trim()).collect();
    Block::Prose {
        line: record.line,
        text: texts.concat(),
    }
}

fn row(record: &Record, number: u32) -> RawRow {
    let mut line = record.line;
    let mut cells = Vec::with_capacity(record.cells.len());
    for (column, cell) in (1u32..).zip(&record.cells) {
        cells.push(RawCell {
            text: cell.trim().to_owned(),
            line,
            column,
            ..RawCell::default()
        });
        line += cell.matches('\n').count() as u64;
    }
    RawRow {
        line: record.line,
        number,
        cells,
        ..RawRow::default()
    }
}

/// The delimiter that a first line `sep=;` announces, as Excel understands it, with the text after
/// that line and how many lines were passed.
fn announced(text: &str) -> (Option<char>, &str, u64) {
    let Some((first, rest)) = text.split_once('\n') else {
        return (None, text, 0);
    };
    let mut letters = first.strip_prefix("sep=").unwrap_or_default().chars();
    match (letters.next(), letters.next()) {
        (Some(delimiter), None) => (Some(delimiter), rest, 1),
        _ => (None, text, 0),
    }
}

/// The delimiter by which most lines of the text are rows of one width; `None` where the rows of
/// none are.
fn find(text: &str) -> Option<char> {
    let tabbed = text.lines().filter(|line| line.contains('\t')).count();
    let fit = |delimiter: char| {
        let records = records(text, delimiter)?;
        let widths = || records.iter().map(|record| record.cells.len());
        let rows = widths().filter(|width| *width > 1).count();
        let width = widths()
            .filter(|width| *width >= FEWEST_CELLS)
            .max_by_key(|width| {
                let alike = widths().filter(|other| other == width).count();
                (alike, *width)
            })?;
        let alike = widths().filter(|other| *other == width).count();
        (alike > 1 && alike * 5 >= rows * 4 && tabbed * 2 <= alike)
            .then_some((alike, width, delimiter))
    };
    let fits = DELIMITERS.into_iter().filter_map(fit);
    let best = fits.reduce(|best, other| {
        if (other.0, other.1) > (best.0, best.1) {
            other
        } else {
            best
        }
    });
    best.map(|(_, _, delimiter)| delimiter)
}

fn records(text: &str, delimiter: char) -> Option<Vec<Record>> {
    let mapped;
    let (text, byte) = match u8::try_from(delimiter) {
        Ok(byte) if byte.is_ascii() => (text, byte),
        _ => {
            mapped = text.replace(delimiter, UNIT.encode_utf8(&mut [0; 4]));
            (mapped.as_str(), UNIT as u8)
        }
    };
    if !closes(text, char::from(byte)) {
        return None;
    }
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(byte)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut records = Vec::new();
    for record in reader.records() {
        let record = record.ok()?;
        // The position is where the reader began, before the empty lines it passed over.
        let begun = record.position()?;
        let offset = usize::try_from(begun.byte()).ok()?;
        let rest = text.get(offset..)?.bytes();
        let passed = rest.take_while(|byte| *byte == b'\n').count();
        let whole = |cell: &str| match delimiter.is_ascii() {
            true => cell.to_owned(),
            false => cell.replace(UNIT, delimiter.encode_utf8(&mut [0; 4])),
        };
        records.push(Record {
            line: begun.line() + passed as u64,
            cells: record.iter().map(whole).collect(),
        });
    }
    Some(records)
}

/// Whether every quote that opens a cell closes it.
fn closes(text: &str, delimiter: char) -> bool {
    quotes(text, delimiter).is_some()
}

/// How many cells of the text are quoted; `None` where a quote that opens a cell does not close it.
#[must_use]
pub fn quotes(text: &str, delimiter: char) -> Option<usize> {
    let mut rest = text;
    let mut quoted = 0;
    loop {
        if let Some(inner) = rest.strip_prefix('"') {
            let after = after_quote(inner)?;
            if !(after.is_empty() || after.starts_with([delimiter, '\n'])) {
                return None;
            }
            quoted += 1;
            rest = after;
        }
        let Some(end) = rest.find([delimiter, '\n']) else {
            return Some(quoted);
        };
        let wide = rest[end..].chars().next().map_or(1, char::len_utf8);
        rest = &rest[end + wide..];
    }
}

/// What stands behind the quote that closes a cell.
fn after_quote(inner: &str) -> Option<&str> {
    let mut rest = inner;
    loop {
        let at = rest.find('"')?;
        rest = &rest[at + 1..];
        match rest.strip_prefix('"') {
            Some(doubled) => rest = doubled,
            None => return Some(rest),
        }
    }
}

/// Counts the lines before the table in.
fn shift(table: &mut RawTable, lines: u64) {
    for block in &mut table.blocks {
        match block {
            Block::Row(row) => {
                row.line += lines;
                for cell in &mut row.cells {
                    cell.line += lines;
                }
            }
            Block::Prose { line, .. } => *line += lines,
            Block::Gap => {}
        }
    }
}

#[cfg(test)]
mod tests;
