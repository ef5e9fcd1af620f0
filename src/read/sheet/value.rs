//! The text that a sheet shows for a stored value.

use calamine::Data;

use super::date::date;
use super::number::number;

/// The text of a value by its number format, and whether it is a long number.
#[must_use]
pub fn shown(value: &Data, format: &str) -> (String, bool) {
    match value {
        Data::Empty => (String::new(), false),
        // Whole numbers beyond the digits that a program keeps are no workbook's.
        Data::Int(whole) => number(*whole as f64, format),
        Data::Float(value) => number(*value, format),
        Data::DateTime(moment) => (date(*moment, format), false),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => {
            (lines(text), false)
        }
        Data::Bool(true) => ("TRUE".to_owned(), false),
        Data::Bool(false) => ("FALSE".to_owned(), false),
        Data::Error(error) => (error.to_string(), false),
    }
}

/// Text with its line breaks as `\n`.
fn lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}
