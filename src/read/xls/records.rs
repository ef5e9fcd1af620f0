//! The records of a binary workbook (MS-XLS) that the library keeps to itself: hidden rows and
//! columns, number formats, encryption, and how far a sheet reaches before memory is taken for it.

use std::collections::HashMap;

use super::super::ole::{Compound, long, short};
use super::super::sheet::{Stretch, extend, number};
use super::super::{Kind, Limits, ReadError};

/// Rows and columns of a sheet in this format.
const GRID: (u64, u64) = (65_536, 256);

/// What the records of a workbook say.
#[derive(Debug, Default)]
pub struct Records {
    /// Codes of the number formats by their id.
    formats: HashMap<u16, String>,
    /// Number format of each cell format.
    cell_formats: Vec<u16>,
    /// What they say of each sheet, in the order of the tabs.
    pub sheets: Vec<SheetRecords>,
}

/// What the records of a sheet say.
#[derive(Debug, Clone, Default)]
pub struct SheetRecords {
    /// Hidden rows.
    pub hidden_rows: Vec<Stretch>,
    /// Hidden columns.
    pub hidden_columns: Vec<Stretch>,
    /// Cell format of each number.
    numbers: HashMap<(u32, u32), u16>,
}

/// The last row and column that hold something, and whether anything does.
#[derive(Debug, Default)]
struct Reach(u64, u64);

/// The records of a stream as type and content.
struct Iter<'a>(&'a [u8]);

impl<'a> Iterator for Iter<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let kind = short(self.0, 0)?;
        let length = usize::from(short(self.0, 2)?);
        let content = self.0.get(4..4 + length)?;
        self.0 = &self.0[4 + length..];
        Some((kind, content))
    }
}

impl Records {
    /// Reads the records of a workbook.
    ///
    /// # Errors
    /// An encrypted or truncated workbook, or sheets that reach beyond `limits`.
    pub fn read(compound: &Compound<'_>, limits: &Limits) -> Result<Self, ReadError> {
        let kind = Kind::Xls;
        let name = if compound.has("Workbook") {
            "Workbook"
        } else {
            "Book"
        };
        let Some((stream, whole)) = compound.stream(name) else {
            return Err(ReadError::Truncated { kind });
        };
        if !whole {
            return Err(ReadError::Truncated { kind });
        }
        let mut records = Self::default();
        let mut positions = Vec::new();
        for (record, content) in Iter(&stream) {
            match record {
                0x002f => return Err(ReadError::Encrypted { kind }),
                0x0085 => positions.extend(long(content, 0)),
                0x00e0 => records.cell_formats.push(short(content, 2).unwrap_or(0)),
                0x041e => records.formats.extend(format(content)),
                0x000a => break,
                _ => {}
            }
        }
        for position in positions {
            limits.in_time()?;
            let own = stream.get(position as usize..).unwrap_or_default();
            let sheet = SheetRecords::read(own, limits)?;
            records.sheets.push(sheet);
        }
        Ok(records)
    }

    /// The format by which a cell shows its number; empty for the general one.
    #[must_use]
    pub fn format(&self, sheet: &SheetRecords, place: (u32, u32)) -> &str {
        let cell_format = sheet.numbers.get(&place);
        let id = cell_format.and_then(|id| self.cell_formats.get(usize::from(*id)));
        let Some(id) = id else { return "" };
        let code = self.formats.get(id).map_or("", String::as_str);
        let code = if code.is_empty() {
            number::built_in(*id)
        } else {
            code
        };
        number::format_of(Some(u32::from(*id)), code)
    }
}

/// Id and code of a number format; text of the older version is one byte a letter, and is read
/// where it is ASCII.
fn format(content: &[u8]) -> Option<(u16, String)> {
    let id = short(content, 0)?;
    let rest = content.get(2..)?;
    let count = usize::from(short(rest, 0)?);
    let code = match rest.get(2)? & 1 {
        1 if rest.len() >= 3 + count * 2 => {
            let units = rest[3..3 + count * 2].chunks_exact(2);
            let units: Vec<u16> = units.filter_map(|pair| short(pair, 0)).collect();
            String::from_utf16_lossy(&units)
        }
        0 if rest.len() >= 3 + count => rest[3..3 + count]
            .iter()
            .map(|byte| char::from(*byte))
            .collect(),
        _ => {
            let old = rest.get(1..1 + usize::from(*rest.first()?))?;
            old.is_ascii()
                .then(|| String::from_utf8_lossy(old).into_owned())?
        }
    };
    Some((id, code))
}

impl SheetRecords {
    fn read(stream: &[u8], limits: &Limits) -> Result<Self, ReadError> {
        let mut sheet = Self::default();
        let mut reach = Reach::default();
        let mut depth = 0u32;
        for (record, content) in Iter(stream) {
            let at = |index: usize| short(content, index * 2).unwrap_or(0);
            // Charts in a sheet are streams within its own, with records that look like cells.
            match record {
                0x0809 => depth += 1,
                0x000a if depth <= 1 => break,
                0x000a => depth -= 1,
                _ if depth > 1 => {}
                // Dimensions: the library takes memory for as many cells as they claim.
                0x0200 => {
                    let wide = content.len() >= 14;
                    let (rows, columns) = match wide {
                        true => (long(content, 4).map_or(0, u64::from), at(5)),
                        false => (u64::from(at(1)), at(3)),
                    };
                    if rows > GRID.0 || u64::from(columns) > GRID.1 {
                        let reason = format!("dimensions of {rows} rows and {columns} columns");
                        let kind = Kind::Xls;
                        return Err(ReadError::Damaged { kind, reason });
                    }
                }
                0x0208 if at(6) & 0x20 != 0 => extend(&mut sheet.hidden_rows, at(0).into()),
                0x007d if at(4) & 1 != 0 => {
                    sheet.hidden_columns.push((at(0).into(), at(1).into()));
                }
                // Number, Rk, Formula, Label, LabelSst, BoolErr, RString.
                0x0203 | 0x027e | 0x0006 | 0x0204 | 0x00fd | 0x0205 | 0x00d6 => {
                    reach.grow(at(0), at(1));
                    if matches!(record, 0x0203 | 0x027e | 0x0006) {
                        sheet.numbers.insert((at(0).into(), at(1).into()), at(2));
                    }
                }
                0x00bd => {
                    let cells = content.len().saturating_sub(6) / 6;
                    for index in 0..cells {
                        let column = at(1).saturating_add(u16::try_from(index).unwrap_or(u16::MAX));
                        reach.grow(at(0), column);
                        let format = short(content, 4 + index * 6).unwrap_or(0);
                        sheet.numbers.insert((at(0).into(), column.into()), format);
                    }
                }
                _ => {}
            }
        }
        limits.within_cells(reach.0 * reach.1)?;
        Ok(sheet)
    }
}

impl Reach {
    fn grow(&mut self, row: u16, column: u16) {
        self.0 = self.0.max(u64::from(row) + 1);
        self.1 = self.1.max(u64::from(column) + 1);
    }
}
