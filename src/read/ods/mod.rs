//! Workbooks of OpenDocument. Read by hand with quick-xml: the part that holds the sheets also holds
//! the text as it is shown, which calamine leaves aside with the merged ranges, and calamine writes
//! out every repeated row before it can be asked how many there are.

mod cell;

use std::collections::HashMap;
use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::package::Package;
use super::sheet::{Book, Merge, Sheet, Shown};
use super::{Kind, Limits, RawTable, ReadError, xml};
use cell::Cell;

/// The part that holds the sheets.
const PART: &str = "content.xml";

/// Rows and columns beyond which no program shows anything.
const GRID: (u32, u32) = (1_048_576, 16_384);

/// Elements whose text stands in no cell: drawings, comments, forms, tracked changes.
const ASIDE: [&str; 5] = [
    "shapes",
    "annotation",
    "forms",
    "tracked-changes",
    "dde-links",
];

/// Reads the sheets of a workbook.
///
/// # Errors
/// See [`ReadError`]; a workbook that goes beyond `limits` or cannot be followed.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<RawTable, ReadError> {
    let kind = Kind::Ods;
    let mut package = Package::open(bytes, kind, limits)?;
    if let Some(manifest) = package.bytes("META-INF/manifest.xml")?
        && String::from_utf8_lossy(&manifest).contains("encryption-data")
    {
        return Err(ReadError::Encrypted { kind });
    }
    let scripts = |name: &String| name.starts_with("Basic/") || name.starts_with("Scripts/");
    let macros = package.names().iter().any(scripts);
    let Some(part) = package.part(PART)? else {
        return Err(ReadError::Truncated { kind });
    };
    let mut walk = Walk {
        reader: xml::reader(part),
        hidden_styles: HashMap::new(),
        style: String::new(),
        row: 0,
        column: 0,
        columns: 0,
        book: Book {
            macros,
            ..Book::default()
        },
        limits,
    };
    walk.all()?;
    walk.book.table(limits)
}

/// What is being read.
struct Walk<'a, R: BufRead> {
    reader: Reader<R>,
    /// Whether sheets of a style are hidden.
    hidden_styles: HashMap<String, bool>,
    /// The style whose properties come next.
    style: String,
    /// The row at hand, counted from 0, and its next column.
    row: u32,
    column: u32,
    /// Columns announced so far.
    columns: u32,
    book: Book,
    limits: &'a Limits,
}

impl<R: BufRead> Walk<'_, R> {
    fn all(&mut self) -> Result<(), ReadError> {
        let mut buffer = Vec::new();
        let mut events = 0u64;
        let mut repeated = 1;
        loop {
            buffer.clear();
            events += 1;
            if events.is_multiple_of(4096) {
                self.limits.in_time()?;
            }
            match self.reader.read_event_into(&mut buffer) {
                Ok(Event::Start(element)) => match element.local_name().as_ref() {
                    "style" => self.style = xml::attribute(&element, "name").unwrap_or_default(),
                    "table-properties" => {
                        let shown = xml::attribute(&element, "display");
                        let hidden = shown.is_some_and(|shown| shown == "false");
                        self.hidden_styles.insert(self.style.clone(), hidden);
                    }
                    "table" => self.begin(&element),
                    "table-column" => self.announce(&element),
                    "table-row" => {
                        self.column = 0;
                        repeated = xml::number(&element, "number-rows-repeated").unwrap_or(1);
                        self.hide(&element, repeated);
                    }
                    "table-cell" => {
                        let element = element.to_owned();
                        self.cell(&element, repeated)?;
                    }
                    "covered-table-cell" => {
                        let columns = xml::number(&element, "number-columns-repeated");
                        self.column = self.column.saturating_add(columns.unwrap_or(1));
                        let end = element.to_end().into_owned();
                        self.skip(&end)?;
                    }
                    name if ASIDE.contains(&name) => {
                        let end = element.to_end().into_owned();
                        self.skip(&end)?;
                    }
                    _ => {}
                },
                Ok(Event::End(element)) if element.local_name().as_ref() == "table-row" => {
                    self.row = self.row.saturating_add(repeated);
                }
                Ok(Event::Eof) => return Ok(()),
                Ok(_) => {}
                Err(error) => return Err(xml::fault(&error, PART, Kind::Ods)),
            }
        }
    }

    fn begin(&mut self, element: &BytesStart<'_>) {
        let style = xml::attribute(element, "style-name").unwrap_or_default();
        (self.row, self.column, self.columns) = (0, 0, 0);
        self.book.sheets.push(Sheet {
            name: xml::attribute(element, "name").unwrap_or_default(),
            hidden: self.hidden_styles.get(&style).copied().unwrap_or(false),
            ..Sheet::default()
        });
    }

    fn announce(&mut self, element: &BytesStart<'_>) {
        let repeated = xml::number(element, "number-columns-repeated")
            .unwrap_or(1)
            .max(1);
        let last = self.columns.saturating_add(repeated - 1);
        if let Some(sheet) = self.book.sheets.last_mut()
            && is_hidden(element)
        {
            sheet.hidden_columns.push((self.columns, last));
        }
        self.columns = last.saturating_add(1);
    }

    fn hide(&mut self, element: &BytesStart<'_>, repeated: u32) {
        if let Some(sheet) = self.book.sheets.last_mut()
            && is_hidden(element)
        {
            let last = self.row.saturating_add(repeated.max(1) - 1);
            sheet.hidden_rows.push((self.row, last));
        }
    }

    fn skip(&mut self, end: &quick_xml::events::BytesEnd<'_>) -> Result<(), ReadError> {
        let mut buffer = Vec::new();
        let skipped = self.reader.read_to_end_into(end.name(), &mut buffer);
        skipped.map_err(|error| xml::fault(&error, PART, Kind::Ods))?;
        Ok(())
    }

    fn cell(&mut self, element: &BytesStart<'_>, rows: u32) -> Result<(), ReadError> {
        let cell = Cell::read(&mut self.reader, element)?;
        let (row, column) = (self.row, self.column);
        self.column = self.column.saturating_add(cell.repeated);
        let Some(sheet) = self.book.sheets.last_mut() else {
            return Ok(());
        };
        if row >= GRID.0 || column >= GRID.1 {
            return Ok(());
        }
        if cell.span != (1, 1) {
            sheet.merges.push(Merge {
                first: (row, column),
                last: (
                    row.saturating_add(cell.span.0 - 1),
                    column.saturating_add(cell.span.1 - 1),
                ),
            });
        }
        if cell.unresolved {
            sheet.unresolved.push((row, column));
        }
        if cell.text.trim().is_empty() {
            return Ok(());
        }
        // What is repeated with text stands in each of the places.
        for row in row..row.saturating_add(rows).min(GRID.0) {
            for column in column..column.saturating_add(cell.repeated).min(GRID.1) {
                let shown = Shown {
                    row,
                    column,
                    text: cell.text.clone(),
                    long_number: cell.long_number,
                };
                sheet.put(shown, self.limits)?;
            }
        }
        Ok(())
    }
}

/// Whether a row or column is hidden, by hand or by a filter.
fn is_hidden(element: &BytesStart<'_>) -> bool {
    xml::attribute(element, "visibility").is_some_and(|visible| visible != "visible")
}

#[cfg(test)]
mod tests;
