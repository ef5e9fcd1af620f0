//! A cell of an OpenDocument sheet: the text it shows, and the number behind it where that is a long
//! one, because a sheet may show it in exponents.

use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

use super::super::sheet::number;
use super::super::{Kind, ReadError, xml};
use super::{ASIDE, PART};

/// What a cell shows and covers.
#[derive(Debug, Default)]
pub struct Cell {
    /// The text.
    pub text: String,
    /// Whether it is a long number stored as a number.
    pub long_number: bool,
    /// Columns in which it stands.
    pub repeated: u32,
    /// Rows and columns that it covers.
    pub span: (u32, u32),
    /// Whether it is a formula without a result.
    pub unresolved: bool,
}

impl Cell {
    /// Reads a cell up to its end.
    ///
    /// # Errors
    /// A part that cannot be followed.
    pub fn read<R: BufRead>(
        reader: &mut Reader<R>,
        element: &BytesStart<'_>,
    ) -> Result<Self, ReadError> {
        let shown = text(reader)?;
        let count = |name: &str| xml::number(element, name).unwrap_or(1).max(1);
        let kind = xml::attribute(element, "value-type");
        let mut cell = Self {
            repeated: count("number-columns-repeated"),
            span: (
                count("number-rows-spanned"),
                count("number-columns-spanned"),
            ),
            unresolved: kind.is_none()
                && shown.is_empty()
                && xml::attribute(element, "formula").is_some(),
            ..Self::default()
        };
        let value = xml::attribute(element, "value").and_then(|value| value.parse::<f64>().ok());
        let (digits, long) = value.map_or_else(Default::default, |value| number::number(value, ""));
        // Shown with zeros before it, a number has lost none.
        let padded = shown.bytes().all(|byte| byte.is_ascii_digit()) && shown.len() > digits.len();
        match kind.as_deref() {
            Some("float") if long && !padded => {
                cell.text = digits;
                cell.long_number = true;
            }
            _ if !shown.is_empty() => cell.text = shown,
            // A program that writes no text leaves it to the value.
            Some("float" | "percentage" | "currency") => cell.text = digits,
            Some("date") => cell.text = xml::attribute(element, "date-value").unwrap_or_default(),
            Some("time") => cell.text = xml::attribute(element, "time-value").unwrap_or_default(),
            Some("boolean") => {
                let value = xml::attribute(element, "boolean-value").unwrap_or_default();
                cell.text = value.to_uppercase();
            }
            Some("string") => {
                cell.text = xml::attribute(element, "string-value").unwrap_or_default();
            }
            _ => {}
        }
        Ok(cell)
    }
}

/// The text up to the end of the cell: its paragraphs as lines.
fn text<R: BufRead>(reader: &mut Reader<R>) -> Result<String, ReadError> {
    let fault = |error: quick_xml::Error| xml::fault(&error, PART, Kind::Ods);
    let mut text = String::new();
    let mut buffer = Vec::new();
    let (mut depth, mut paragraphs, mut inside) = (0u32, 0u32, 0u32);
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer).map_err(fault)?;
        match event {
            Event::Start(element) => {
                let name = element.local_name();
                let aside = ASIDE.contains(&name.as_ref())
                    || matches!(name.as_ref(), "table" | "frame" | "ruby-text" | "note");
                if aside {
                    let end = element.to_end().into_owned();
                    let mut skipped = Vec::new();
                    reader
                        .read_to_end_into(end.name(), &mut skipped)
                        .map_err(fault)?;
                    continue;
                }
                depth += 1;
                match name.as_ref() {
                    "p" | "h" => {
                        if paragraphs > 0 {
                            text.push('\n');
                        }
                        paragraphs += 1;
                        inside += 1;
                    }
                    "line-break" => text.push('\n'),
                    "tab" => text.push('\t'),
                    "s" => {
                        let count = xml::number(&element, "c").unwrap_or(1).min(1000);
                        text.extend(std::iter::repeat_n(' ', count as usize));
                    }
                    _ => {}
                }
            }
            Event::End(_) if depth == 0 => return Ok(text),
            Event::End(element) => {
                depth -= 1;
                if matches!(element.local_name().as_ref(), "p" | "h") {
                    inside = inside.saturating_sub(1);
                }
            }
            Event::Text(piece) if inside > 0 => text.push_str(&piece.xml10_content()),
            Event::CData(piece) if inside > 0 => text.push_str(&piece.xml10_content()),
            Event::GeneralRef(entity) if inside > 0 => {
                let letter = entity.resolve_char_ref().ok().flatten();
                match letter {
                    Some(letter) => text.push(letter),
                    None => {
                        let name = entity.xml10_content();
                        text.push_str(resolve_predefined_entity(&name).unwrap_or_default());
                    }
                }
            }
            Event::Eof => return Err(ReadError::Truncated { kind: Kind::Ods }),
            _ => {}
        }
    }
}
