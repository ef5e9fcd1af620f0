//! Binary workbooks of Office Open XML. calamine reads what the cells hold; merged ranges, what is
//! hidden and how numbers are shown is read from the records.

mod records;
mod short;

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, Reader, SheetType, SheetVisible, Xlsb, XlsbError};

use super::package::Package;
use super::sheet::{Book, Sheet, Shown, value};
use super::{Kind, Limits, RawTable, ReadError};
use records::{SheetRecords, Styles};

/// Reads the sheets of a workbook.
///
/// # Errors
/// See [`ReadError`]; a workbook that goes beyond `limits` or cannot be followed.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<RawTable, ReadError> {
    let mut package = Package::open(bytes, Kind::Xlsb, limits)?;
    let macros = package.names();
    let mut book = Book {
        macros: macros.iter().any(|name| name.ends_with("vbaProject.bin")),
        ..Book::default()
    };
    let styles = Styles::read(&mut package)?;
    let parts = records::sheet_parts(&mut package)?;
    let mut workbook = guarded(|| Xlsb::new(Cursor::new(bytes)))?;
    let sheets = workbook.sheets_metadata().to_vec();
    for meta in sheets {
        let mut sheet = Sheet {
            name: meta.name.clone(),
            hidden: meta.visible != SheetVisible::Visible,
            ..Sheet::default()
        };
        if meta.typ == SheetType::WorkSheet {
            let part = parts.iter().find(|(name, _)| *name == meta.name);
            let (own, short) = match part {
                Some((_, part)) => (
                    SheetRecords::read(&mut package, part, limits)?,
                    short::cells(&mut package, part, limits)?,
                ),
                None => (SheetRecords::default(), Vec::new()),
            };
            cells(&mut workbook, &mut sheet, &styles, &own, limits)?;
            for cell in short {
                let style = Some(cell.style);
                let at = (cell.row, cell.column);
                put(&mut sheet, at, &cell.held, styles.format(style), limits)?;
            }
            sheet.cells.sort_by_key(|cell| (cell.row, cell.column));
            sheet.merges = own.merges;
            sheet.hidden_rows = own.hidden_rows;
            sheet.hidden_columns = own.hidden_columns;
        }
        book.sheets.push(sheet);
    }
    book.table(limits)
}

fn cells(
    workbook: &mut Xlsb<Cursor<&[u8]>>,
    sheet: &mut Sheet,
    styles: &Styles,
    own: &SheetRecords,
    limits: &Limits,
) -> Result<(), ReadError> {
    let mut reader = guarded(|| workbook.worksheet_cells_reader(&sheet.name))?;
    while let Some(cell) = guarded(|| reader.next_cell())? {
        let (row, column) = cell.get_position();
        let held: Data = cell.get_value().clone().into();
        let format = styles.format(own.style(row, column));
        put(sheet, (row, column), &held, format, limits)?;
    }
    Ok(())
}

fn put(
    sheet: &mut Sheet,
    (row, column): (u32, u32),
    held: &Data,
    format: &str,
    limits: &Limits,
) -> Result<(), ReadError> {
    let format = match held {
        Data::String(_) => "",
        _ => format,
    };
    let (text, long_number) = value::shown(held, format);
    let shown = Shown {
        row,
        column,
        text,
        long_number,
    };
    sheet.put(shown, limits)
}

/// What the library does, which trusts lengths and numbers that a damaged file claims.
fn guarded<T>(work: impl FnOnce() -> Result<T, XlsbError>) -> Result<T, ReadError> {
    let kind = Kind::Xlsb;
    let damaged = |reason: String| ReadError::Damaged { kind, reason };
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(XlsbError::Password)) => Err(ReadError::Encrypted { kind }),
        Ok(Err(error)) => Err(damaged(error.to_string())),
        Err(_) => Err(damaged("a record is shorter than it says".to_owned())),
    }
}

#[cfg(test)]
mod tests;
