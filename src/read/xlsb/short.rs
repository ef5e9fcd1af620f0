//! Cells whose records leave out the column, because they stand right of the cell before them (the
//! BrtShort records of MS-XLSB 2.4). The library passes over them, and a list would lose its columns
//! without a word.

use calamine::Data;

use super::super::ole::long;
use super::super::package::Package;
use super::super::{Kind, Limits, ReadError};
use super::records::{Iter, wide};

/// Records of whole cells, the column first.
const WHOLE: std::ops::RangeInclusive<u16> = 0x01..=0x0b;
/// Records of cells without their column.
const SHORT: std::ops::RangeInclusive<u16> = 0x0c..=0x12;
/// Bytes of the style before the value.
const STYLE: usize = 4;

/// A cell whose column follows from its neighbour's.
#[derive(Debug, Clone, PartialEq)]
pub struct ShortCell {
    /// Row, from 0.
    pub row: u32,
    /// Column, from 0.
    pub column: u32,
    /// Style of a number.
    pub style: u32,
    /// What it holds.
    pub held: Data,
}

/// The short cells of a sheet's part, in order.
///
/// # Errors
/// A part that cannot be unpacked, or more cells than `limits` allow.
pub fn cells(
    package: &mut Package<'_>,
    part: &str,
    limits: &Limits,
) -> Result<Vec<ShortCell>, ReadError> {
    let bytes = package.bytes(part)?.unwrap_or_default();
    let (mut row, mut column) = (0, 0u32);
    let mut found: Vec<ShortCell> = Vec::new();
    let mut strings = None;
    for (kind, content) in Iter(&bytes) {
        match kind {
            0x00 => (row, column) = (long(content, 0).unwrap_or(0), 0),
            _ if WHOLE.contains(&kind) => column = long(content, 0).unwrap_or(0),
            _ if SHORT.contains(&kind) => {
                column = column.saturating_add(1);
                if kind == 0x12 && strings.is_none() {
                    strings = Some(shared(package)?);
                }
                let strings = strings.as_deref().unwrap_or_default();
                let held = content
                    .get(STYLE..)
                    .and_then(|rest| held(kind, rest, strings));
                found.push(ShortCell {
                    row,
                    column,
                    style: long(content, 0).unwrap_or(0) & 0x00ff_ffff,
                    held: held.ok_or_else(|| cut_off(row))?,
                });
                limits.within_cells(found.len() as u64)?;
            }
            _ => {}
        }
    }
    Ok(found)
}

fn cut_off(row: u32) -> ReadError {
    ReadError::Damaged {
        kind: Kind::Xlsb,
        reason: format!(
            "a cell of row {} is shorter than it says",
            row.saturating_add(1)
        ),
    }
}

/// What a short cell holds; `None` where its record is cut off.
fn held(kind: u16, rest: &[u8], strings: &[String]) -> Option<Data> {
    Some(match kind {
        0x0c => Data::Empty,
        0x0d => Data::Float(packed(long(rest, 0)?)),
        0x0e => Data::String(error(*rest.first()?).to_owned()),
        0x0f => Data::Bool(*rest.first()? != 0),
        0x10 => Data::Float(f64::from_le_bytes(rest.get(..8)?.try_into().ok()?)),
        0x11 => Data::String(wide(rest)?.0),
        _ => Data::String(strings.get(long(rest, 0)? as usize)?.clone()),
    })
}

/// A number packed into four bytes (RkNumber, MS-XLSB 2.5.122).
fn packed(number: u32) -> f64 {
    let value = match number & 2 {
        0 => f64::from_bits(u64::from(number & !3) << 32),
        _ => f64::from(number.cast_signed() >> 2),
    };
    match number & 1 {
        0 => value,
        _ => value / 100.0,
    }
}

/// An error as a spreadsheet shows it (BErr, MS-XLSB 2.5.97.2).
fn error(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0f => "#VALUE!",
        0x17 => "#REF!",
        0x1d => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    }
}

/// The texts that cells share.
fn shared(package: &mut Package<'_>) -> Result<Vec<String>, ReadError> {
    let bytes = package.bytes("xl/sharedStrings.bin")?.unwrap_or_default();
    // BrtSSTItem: flags, then the text.
    let items = Iter(&bytes).filter(|(kind, _)| *kind == 0x13);
    let texts = items.map(|(_, content)| {
        let text = content.get(1..).and_then(wide);
        text.map_or_else(String::new, |(text, _)| text)
    });
    Ok(texts.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_numbers_are_whole_or_halves_and_may_be_hundredths() {
        assert_eq!(packed(30 << 2 | 2), 30.0);
        assert_eq!(packed((-5i32 << 2) as u32 | 2), -5.0);
        assert_eq!(packed(1234 << 2 | 3), 12.34);
        assert_eq!(packed((1.5f64.to_bits() >> 32) as u32), 1.5);
    }

    #[test]
    fn what_is_cut_off_is_not_guessed() {
        assert_eq!(held(0x11, &[4, 0, 0, 0, 0x4e], &[]), None);
        assert_eq!(held(0x12, &[0, 0, 0, 0], &[]), None);
        let strings = ["甲".to_owned()];
        assert_eq!(
            held(0x12, &[0, 0, 0, 0], &strings),
            Some(Data::String("甲".to_owned()))
        );
        assert_eq!(held(0x0f, &[1], &[]), Some(Data::Bool(true)));
        assert_eq!(
            held(0x0e, &[0x17], &[]),
            Some(Data::String("#REF!".to_owned()))
        );
    }
}
