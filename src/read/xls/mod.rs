//! Binary workbooks (Excel 5.0 to 2003, .et of WPS). calamine reads what the cells hold and which
//! are merged; what is hidden and how numbers are shown is read from the records.

mod records;

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, Reader, SheetType, SheetVisible, Xls, XlsError};

use super::ole::Compound;
use super::sheet::{Book, Merge, Sheet, Shown, value};
use super::{Kind, Limits, RawTable, ReadError};
use records::{Records, SheetRecords};

/// Reads the sheets of a workbook.
///
/// # Errors
/// See [`ReadError`]; a workbook that goes beyond `limits` or cannot be followed.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<RawTable, ReadError> {
    limits.within_bytes(bytes.len() as u64)?;
    let compound = Compound::of(bytes).ok_or(ReadError::Truncated { kind: Kind::Xls })?;
    let records = Records::read(&compound, limits)?;
    // The library trusts lengths that a damaged file claims.
    let opened = catch_unwind(AssertUnwindSafe(|| Xls::new(Cursor::new(bytes))));
    let mut workbook = match opened {
        Ok(Ok(workbook)) => workbook,
        Ok(Err(XlsError::Password)) => return Err(ReadError::Encrypted { kind: Kind::Xls }),
        Ok(Err(error)) => return Err(damaged(&error)),
        Err(_) => return Err(damaged(&"a record is shorter than it says")),
    };
    let mut book = Book {
        macros: compound.has("_VBA_PROJECT"),
        ..Book::default()
    };
    let sheets = workbook.sheets_metadata().to_vec();
    for (index, meta) in sheets.iter().enumerate() {
        let mut sheet = Sheet {
            name: meta.name.clone(),
            hidden: meta.visible != SheetVisible::Visible,
            ..Sheet::default()
        };
        if meta.typ == SheetType::WorkSheet {
            let own = records.sheets.get(index).cloned().unwrap_or_default();
            cells(&mut workbook, &mut sheet, &records, &own, limits)?;
            sheet.hidden_rows = own.hidden_rows;
            sheet.hidden_columns = own.hidden_columns;
        }
        book.sheets.push(sheet);
    }
    book.table(limits)
}

fn cells(
    workbook: &mut Xls<Cursor<&[u8]>>,
    sheet: &mut Sheet,
    records: &Records,
    own: &SheetRecords,
    limits: &Limits,
) -> Result<(), ReadError> {
    let merges = workbook.merge_cells_by_sheet_name(&sheet.name);
    let merges = merges.map_err(|error| damaged(&error))?;
    sheet.merges = merges
        .iter()
        .map(|range| Merge {
            first: range.start,
            last: range.end,
        })
        .collect();
    let range = workbook.worksheet_range(&sheet.name);
    let range = range.map_err(|error| damaged(&error))?;
    let (top, left) = range.start().unwrap_or_default();
    for (row, column, held) in range.used_cells() {
        let at = |first: u32, index: usize| first.saturating_add(u32::try_from(index).unwrap_or(0));
        let (row, column) = (at(top, row), at(left, column));
        let format = match held {
            Data::String(_) => "",
            _ => records.format(own, (row, column)),
        };
        let (text, long_number) = value::shown(held, format);
        let shown = Shown {
            row,
            column,
            text,
            long_number,
        };
        sheet.put(shown, limits)?;
    }
    Ok(())
}

fn damaged(reason: &impl ToString) -> ReadError {
    ReadError::Damaged {
        kind: Kind::Xls,
        reason: reason.to_string(),
    }
}

#[cfg(test)]
mod tests;
