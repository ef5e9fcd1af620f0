//! The records of a binary workbook (MS-XLSB) that the library keeps to itself: merged ranges,
//! hidden rows and columns, number formats, and the part in which each sheet is.

use std::collections::HashMap;

use quick_xml::events::Event;

use super::super::ole::{long, short};
use super::super::package::Package;
use super::super::sheet::{Merge, Stretch, extend, number};
use super::super::{Kind, Limits, ReadError, xml};

/// The records of a part as type and content (MS-XLSB 2.1.4).
pub(super) struct Iter<'a>(pub(super) &'a [u8]);

impl Iter<'_> {
    /// A number in seven bits a byte, the low ones first.
    fn packed(&mut self, most: usize) -> Option<usize> {
        let mut value = 0;
        for place in 0..most {
            let (first, rest) = self.0.split_first()?;
            self.0 = rest;
            value |= usize::from(first & 0x7f) << (7 * place);
            if first & 0x80 == 0 {
                break;
            }
        }
        Some(value)
    }

    /// The type of the next record, whose two bytes keep their mark.
    fn kind(&mut self) -> Option<u16> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        if first & 0x80 == 0 {
            return Some(u16::from(*first));
        }
        let (second, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(u16::from(first & 0x7f) | u16::from(second & 0x7f) << 7)
    }
}

impl<'a> Iterator for Iter<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let kind = self.kind()?;
        let length = self.packed(4)?;
        let content = self.0.get(..length)?;
        self.0 = &self.0[length..];
        Some((kind, content))
    }
}

/// A text with its length before it, and what follows it.
pub(super) fn wide(content: &[u8]) -> Option<(String, &[u8])> {
    let length = long(content, 0)? as usize;
    let end = length.checked_mul(2)?.checked_add(4)?;
    let units = content.get(4..end)?.chunks_exact(2);
    let units: Vec<u16> = units.filter_map(|pair| short(pair, 0)).collect();
    Some((String::from_utf16_lossy(&units), &content[end..]))
}

/// Name of each sheet and the part it is in.
///
/// # Errors
/// A part that cannot be unpacked or followed.
pub fn sheet_parts(package: &mut Package<'_>) -> Result<Vec<(String, String)>, ReadError> {
    let mut targets = HashMap::new();
    let relations = "xl/_rels/workbook.bin.rels";
    if let Some(part) = package.part(relations)? {
        let mut reader = xml::reader(part);
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            match reader.read_event_into(&mut buffer) {
                Ok(Event::Start(element)) => {
                    let id = xml::attribute(&element, "Id");
                    let target = xml::attribute(&element, "Target");
                    targets.extend(id.zip(target));
                }
                Ok(Event::Eof) => break,
                Ok(_) => {}
                Err(error) => return Err(xml::fault(&error, relations, Kind::Xlsb)),
            }
        }
    }
    let bytes = package.bytes("xl/workbook.bin")?.unwrap_or_default();
    // BrtBundleSh: state, number, relation, name.
    let sheets = Iter(&bytes).filter(|(kind, _)| *kind == 0x9c);
    let named = sheets.filter_map(|(_, content)| {
        let (id, rest) = wide(content.get(8..)?)?;
        let (name, _) = wide(rest)?;
        let target = targets.get(&id)?;
        let part = match target.strip_prefix('/') {
            Some(absolute) => absolute.to_owned(),
            None => format!("xl/{target}"),
        };
        Some((name, part))
    });
    Ok(named.collect())
}

/// How numbers are shown.
#[derive(Debug, Default)]
pub struct Styles {
    /// Codes of the number formats by their id.
    formats: HashMap<u16, String>,
    /// Number format of each style.
    styles: Vec<u16>,
}

impl Styles {
    /// Reads the styles of a workbook; one without any has none.
    ///
    /// # Errors
    /// A part that cannot be unpacked.
    pub fn read(package: &mut Package<'_>) -> Result<Self, ReadError> {
        let bytes = package.bytes("xl/styles.bin")?.unwrap_or_default();
        let mut styles = Self::default();
        let mut of_cells = false;
        for (kind, content) in Iter(&bytes) {
            match kind {
                0x2c => {
                    let code = content.get(2..).and_then(wide).map(|(code, _)| code);
                    styles.formats.extend(short(content, 0).zip(code));
                }
                // Formats of cells stand between these two, those of named styles elsewhere.
                0x269 => of_cells = true,
                0x26a => of_cells = false,
                0x2f if of_cells => styles.styles.push(short(content, 2).unwrap_or(0)),
                _ => {}
            }
        }
        Ok(styles)
    }

    /// The format by which a style shows numbers; empty for the general one.
    #[must_use]
    pub fn format(&self, style: Option<u32>) -> &str {
        let id = style.and_then(|style| self.styles.get(style as usize));
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

/// What the records of a sheet say beside the values of its cells.
#[derive(Debug, Default)]
pub struct SheetRecords {
    /// Merged ranges in order.
    pub merges: Vec<Merge>,
    /// Hidden rows.
    pub hidden_rows: Vec<Stretch>,
    /// Hidden columns.
    pub hidden_columns: Vec<Stretch>,
    /// Style of each number.
    numbers: HashMap<(u32, u32), u32>,
}

impl SheetRecords {
    /// Reads the part of a sheet.
    ///
    /// # Errors
    /// A part that cannot be unpacked, or more than `limits` allow.
    pub fn read(package: &mut Package<'_>, part: &str, limits: &Limits) -> Result<Self, ReadError> {
        let bytes = package.bytes(part)?.unwrap_or_default();
        let mut sheet = Self::default();
        let mut row = 0;
        for (kind, content) in Iter(&bytes) {
            let at = |index: usize| long(content, index * 4).unwrap_or(0);
            match kind {
                0x00 => {
                    row = at(0);
                    if content.get(11).is_some_and(|flags| flags & 0x10 != 0) {
                        extend(&mut sheet.hidden_rows, row);
                    }
                }
                // Rk, Real, FmlaNum: column, then the style in three bytes.
                0x02 | 0x05 | 0x09 => {
                    sheet.numbers.insert((row, at(0)), at(1) & 0x00ff_ffff);
                    limits.within_cells(sheet.numbers.len() as u64)?;
                }
                0x3c if content.get(16).is_some_and(|flags| flags & 1 != 0) => {
                    sheet.hidden_columns.push((at(0), at(1)));
                }
                0xb0 => sheet.merges.push(Merge {
                    first: (at(0), at(2)),
                    last: (at(1), at(3)),
                }),
                _ => {}
            }
        }
        Ok(sheet)
    }

    /// Style of the number in a cell.
    #[must_use]
    pub fn style(&self, row: u32, column: u32) -> Option<u32> {
        self.numbers.get(&(row, column)).copied()
    }
}
