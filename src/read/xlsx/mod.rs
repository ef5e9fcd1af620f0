//! Workbooks of Office Open XML (.xlsx, .xlsm, .et in that form). calamine reads what the cells
//! hold; what it does not tell (merged ranges and hidden rows in the same pass, formulas without a
//! result) is read from the sheet's own part.

mod structure;

use std::io::Cursor;

use calamine::{DataRef, Reader, SheetType, SheetVisible, Style, Xlsx, XlsxError};

use super::package::Package;
use super::sheet::{Book, Sheet, Shown, number, value};
use super::{Kind, Limits, RawTable, ReadError};
use structure::Structure;

/// Reads the sheets of a workbook.
///
/// # Errors
/// See [`ReadError`]; a workbook that goes beyond `limits` or cannot be followed.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<RawTable, ReadError> {
    let mut package = Package::open(bytes, Kind::Xlsx, limits)?;
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| fault(&error))?;
    let parts = structure::sheet_parts(&mut package)?;
    let mut book = Book {
        macros: package
            .names()
            .iter()
            .any(|name| name.ends_with("vbaProject.bin")),
        ..Book::default()
    };
    let sheets = workbook.sheets_metadata().to_vec();
    for meta in sheets {
        limits.in_time()?;
        let mut sheet = Sheet {
            name: meta.name.clone(),
            hidden: meta.visible != SheetVisible::Visible,
            ..Sheet::default()
        };
        if meta.typ == SheetType::WorkSheet {
            let path = parts.iter().find(|(name, _)| *name == meta.name);
            let structure = match path {
                Some((_, path)) => Structure::read(&mut package, path, limits)?,
                None => Structure::default(),
            };
            cells(&mut workbook, &mut sheet, &structure, limits)?;
            sheet.merges = structure.merges;
            sheet.hidden_rows = structure.hidden_rows;
            sheet.hidden_columns = structure.hidden_columns;
            sheet.unresolved = structure.unresolved;
        }
        book.sheets.push(sheet);
    }
    book.table(limits)
}

fn cells(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    sheet: &mut Sheet,
    structure: &Structure,
    limits: &Limits,
) -> Result<(), ReadError> {
    let reader = workbook.worksheet_cells_reader(&sheet.name);
    let mut reader = reader.map_err(|error| fault(&error))?;
    let styles: Vec<Style> = reader.styles().to_vec();
    let mut passed = 0u64;
    loop {
        // Cells without text cost nothing but time.
        passed += 1;
        if passed.is_multiple_of(4096) {
            limits.in_time()?;
        }
        let (cell, style) = match reader.next_cell_with_style_id() {
            Ok(Some(found)) => found,
            Ok(None) => break,
            // An error value newer than the library; its text is known from the structure.
            Err(XlsxError::CellError(_)) => continue,
            Err(error) => return Err(fault(&error)),
        };
        let (row, column) = cell.get_position();
        let (text, long_number) = shown(cell.get_value(), styles.get(style));
        let shown = Shown {
            row,
            column,
            text,
            long_number,
        };
        sheet.put(shown, limits)?;
    }
    for ((row, column), text) in &structure.errors {
        let shown = Shown {
            row: *row,
            column: *column,
            text: text.clone(),
            long_number: false,
        };
        sheet.put(shown, limits)?;
    }
    Ok(())
}

/// The text of a cell, and whether it is a long number.
fn shown(value: &DataRef<'_>, style: Option<&Style>) -> (String, bool) {
    let format = style.and_then(|style| style.number_format.as_ref());
    let code = format.map_or("", |format| format.format_code.as_str());
    let code = number::format_of(format.and_then(|format| format.format_id), code);
    value::shown(&value.clone().into(), code)
}

/// What the library says of a workbook, as our own.
fn fault(error: &XlsxError) -> ReadError {
    match error {
        XlsxError::Password => ReadError::Encrypted { kind: Kind::Xlsx },
        error => ReadError::Damaged {
            kind: Kind::Xlsx,
            reason: error.to_string(),
        },
    }
}

#[cfg(test)]
mod tests;
