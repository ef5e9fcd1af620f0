//! A table as a sheet: header, widths, filter, frozen header, cells. Owns the limits of the format:
//! rows of a sheet, links of a sheet, characters of a cell. Refuses formulas: text is written as
//! text, so that `=1+1` in a document stays the four characters it is.

use rust_xlsxwriter::{Format, IgnoreError, Workbook, Worksheet, XlsxError};

use super::Book;
use super::style::{Styles, Tint};
use crate::report::printable::printable;

/// Links that a sheet of the xlsx format holds; beyond them the text is written without its link.
const LINKS: usize = 65_530;
/// UTF-16 units that a cell holds, with room for the mark of a cut.
const UNITS: usize = 32_760;

/// Most lines that a row shows at once; more of a cell is there, and seen once the row is pulled
/// open. Office programs do not agree on fitting rows by themselves when they open a file.
const LINES: u32 = 8;

/// What a cell shows.
pub(super) enum Cell {
    /// Nothing.
    Empty,
    /// Text.
    Text(String),
    /// A number.
    Number(f64),
    /// A word whose meaning is coloured.
    Tinted(Tint, String),
    /// A link: where to, and its words.
    Link(String, String),
}

impl Cell {
    /// Text, or nothing.
    pub fn text(text: &str) -> Self {
        if text.is_empty() {
            Self::Empty
        } else {
            Self::Text(text.to_owned())
        }
    }

    /// A number where the text is one, the text elsewhere. Never for codes, which keep their zeros.
    pub fn number(text: &str) -> Self {
        match text.parse() {
            Ok(number) => Self::Number(number),
            Err(_) => Self::text(text),
        }
    }
}

impl Cell {
    /// Lines that it takes in a column so many characters wide; a Chinese one is two wide.
    pub fn lines(&self, width: f64) -> u32 {
        let (Self::Text(text) | Self::Tinted(_, text) | Self::Link(_, text)) = self else {
            return 1;
        };
        let wide = |line: &str| -> u32 {
            let units = line.chars().map(|c| if c.is_ascii() { 1 } else { 2 });
            units.sum()
        };
        let lines = text
            .lines()
            .map(|line| (f64::from(wide(line)) / (width - 1.0)).ceil());
        // Counted up instead of cast: a line or more for each line of the text.
        let needed: f64 = lines.map(|count| count.max(1.0)).sum();
        (1..LINES)
            .find(|count| f64::from(*count) >= needed)
            .unwrap_or(LINES)
    }
}

/// Height of a row of so many lines, in points.
pub(super) fn height(lines: u32) -> f64 {
    f64::from(lines) * 14.0 + 3.0
}

/// A column: its header in Chinese and English, its width in characters, and its cells.
pub(super) struct Column<R> {
    pub zh: &'static str,
    pub en: &'static str,
    pub width: f64,
    pub cell: fn(&R, &Book) -> Cell,
}

impl<R> Column<R> {
    /// A column, in the order in which a table declares it.
    pub const fn new(
        zh: &'static str,
        en: &'static str,
        width: f64,
        cell: fn(&R, &Book) -> Cell,
    ) -> Self {
        Self {
            zh,
            en,
            width,
            cell,
        }
    }
}

/// A table: what it is called, how it is printed, and its columns.
pub(super) struct Table<R: 'static> {
    /// Name of its sheet, in Chinese and English.
    pub title: (&'static str, &'static str),
    /// Columns that go on paper, from the first: all of them would be too small to read.
    pub printed: usize,
    /// Its columns.
    pub columns: &'static [Column<R>],
}

/// A row of a table that may be spread over several sheets.
pub(super) struct Place {
    /// Name of the sheet.
    pub sheet: String,
    /// 0-based row, header included.
    pub row: u32,
}

impl Place {
    /// Where the record at `index` stands.
    pub fn of(title: &str, index: usize, capacity: usize) -> Self {
        let part = index / capacity.max(1);
        let row = index % capacity.max(1) + 1;
        let sheet = match part {
            0 => title.to_owned(),
            _ => format!("{title} ({})", part + 1),
        };
        Self {
            sheet,
            row: u32::try_from(row).unwrap_or(u32::MAX),
        }
    }

    /// A link to it from within the workbook.
    pub fn link(&self) -> String {
        format!("internal:'{}'!A{}", self.sheet, self.row + 1)
    }
}

/// Writes a table, over as many sheets as its rows need.
pub(super) fn table<R>(
    workbook: &mut Workbook,
    book: &Book,
    styles: &Styles,
    table: &Table<R>,
    rows: &[R],
) -> Result<(), XlsxError> {
    let title = book.lang.pick(table.title.0, table.title.1);
    let parts = rows.len().div_ceil(book.capacity).max(1);
    for part in 0..parts {
        let from = part * book.capacity;
        let until = (from + book.capacity).min(rows.len());
        let sheet = workbook.add_worksheet();
        sheet.set_name(Place::of(title, from, book.capacity).sheet)?;
        fill(sheet, book, styles, table.columns, &rows[from..until])?;
        let (last, across) = (row_number(until - from), column_number(table.printed));
        sheet.set_print_area(0, 0, last, across)?;
        print(sheet);
    }
    Ok(())
}

fn fill<R>(
    sheet: &mut Worksheet,
    book: &Book,
    styles: &Styles,
    columns: &[Column<R>],
    rows: &[R],
) -> Result<(), XlsxError> {
    for (at, column) in (0..).zip(columns) {
        sheet.set_column_width(at, column.width)?;
        let header = book.lang.pick(column.zh, column.en);
        sheet.write_string_with_format(0, at, header, &styles.header)?;
    }
    let mut links = 0;
    for (at, row) in (1..).zip(rows) {
        let mut lines = 1;
        for (across, column) in (0..).zip(columns) {
            let cell = (column.cell)(row, book);
            lines = lines.max(cell.lines(column.width));
            put(sheet, styles, at, across, cell, &mut links)?;
        }
        sheet.set_row_height(at, height(lines))?;
    }
    let (last_row, last_column) = (row_number(rows.len()), column_number(columns.len()));
    sheet.set_row_height(0, height(2))?;
    sheet.autofilter(0, 0, last_row, last_column)?;
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_repeat_rows(0, 0)?;
    // Codes are text on purpose: 002036001001 as a number would lose its zeros.
    sheet.ignore_error_range(0, 0, last_row, last_column, IgnoreError::NumberStoredAsText)?;
    Ok(())
}

/// The sheet on paper: A3 across, as wide as the page, numbered.
pub(super) fn print(sheet: &mut Worksheet) {
    sheet
        .set_landscape()
        .set_paper_size(8)
        .set_print_fit_to_pages(1, 0)
        .set_footer("&C&A · &P/&N");
}

/// Writes one cell.
pub(super) fn put(
    sheet: &mut Worksheet,
    styles: &Styles,
    row: u32,
    column: u16,
    cell: Cell,
    links: &mut usize,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => sheet.write_blank(row, column, &styles.text)?,
        Cell::Text(text) => write(sheet, row, column, &text, &styles.text)?,
        Cell::Number(number) => {
            sheet.write_number_with_format(row, column, number, &styles.number)?
        }
        Cell::Tinted(tint, text) => write(sheet, row, column, &text, styles.tint(tint))?,
        Cell::Link(to, text) => link(sheet, row, column, &to, &text, &styles.link, links)?,
    };
    Ok(())
}

/// Writes a link while the sheet still holds one, and its words alone after that.
pub(super) fn link<'a>(
    sheet: &'a mut Worksheet,
    row: u32,
    column: u16,
    to: &str,
    text: &str,
    format: &Format,
    links: &mut usize,
) -> Result<&'a mut Worksheet, XlsxError> {
    if *links >= LINKS {
        return write(sheet, row, column, text, format);
    }
    *links += 1;
    let text = fitted(text);
    sheet.write_url_with_options(row, column, to, text, String::new(), Some(format))
}

/// Writes text as text.
pub(super) fn write<'a>(
    sheet: &'a mut Worksheet,
    row: u32,
    column: u16,
    text: &str,
    format: &Format,
) -> Result<&'a mut Worksheet, XlsxError> {
    sheet.write_string_with_format(row, column, fitted(text), format)
}

/// The text as a cell can hold it: no forbidden character, and cut where it is too long.
fn fitted(text: &str) -> String {
    let text = printable(text);
    let mut units = 0;
    for (at, c) in text.char_indices() {
        units += c.len_utf16();
        if units > UNITS {
            return format!("{}……", &text[..at]);
        }
    }
    text.into_owned()
}

/// A number of rows as the format counts them.
pub(super) fn row_number(rows: usize) -> u32 {
    u32::try_from(rows).unwrap_or(u32::MAX)
}

/// The last of so many columns, counted from 0.
pub(super) fn column_number(columns: usize) -> u16 {
    u16::try_from(columns.saturating_sub(1)).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_beyond_a_sheet_go_to_the_next() {
        let place = |index| {
            let place = Place::of("问题清单", index, 2);
            (place.sheet, place.row)
        };
        assert_eq!(place(0), ("问题清单".to_owned(), 1));
        assert_eq!(place(1), ("问题清单".to_owned(), 2));
        assert_eq!(place(4), ("问题清单 (3)".to_owned(), 1));
        assert_eq!(
            Place::of("问题清单", 2, 2).link(),
            "internal:'问题清单 (2)'!A2"
        );
    }

    #[test]
    fn a_row_is_as_high_as_its_longest_cell_up_to_eight_lines() {
        let lines = |text: &str| Cell::text(text).lines(11.0);
        assert_eq!(lines("即时办结"), 1);
        assert_eq!(lines("不超过十五个工作日"), 2);
        assert_eq!(lines("一\n二\n三"), 3);
        assert_eq!(lines(&"长".repeat(400)), 8);
        assert_eq!(Cell::Number(1.0).lines(11.0), 1);
    }

    #[test]
    fn a_cell_too_long_is_cut_and_shows_it() {
        let text = fitted(&"长".repeat(40_000));
        assert!(text.ends_with("……") && text.encode_utf16().count() <= 32_767);
    }
}
