//! From the bytes of a document to raw rows: text with its place, nothing interpreted. One file a
//! layout. Refuses to know what a column means.

mod decode;
mod dump;
mod error;
mod kind;
mod limits;
mod pdf;
mod quoted;
mod tabbed;
mod table;

pub use error::ReadError;
pub use kind::Kind;
pub use limits::Limits;
pub use table::{Block, Medium, Oddity, RawCell, RawRow, RawTable, Remark, Span};

/// The text of a text document, as its lines are counted; nothing where it is none.
#[must_use]
pub fn text(bytes: &[u8], encoding: Option<&str>) -> Option<String> {
    decode::decode(bytes, encoding).ok()
}

/// Reads the raw table of a text document.
///
/// The layout is told by structure alone: where most lines that hold a tab hold only a leading one,
/// the document is a dump of one cell after another; otherwise each line is a row.
///
/// # Errors
/// See [`ReadError`]; each costs only this document.
pub fn read(bytes: &[u8], encoding: Option<&str>) -> Result<RawTable, ReadError> {
    let text = decode::decode(bytes, encoding)?;
    if text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    let tabs: Vec<&str> = text.lines().filter(|line| line.contains('\t')).collect();
    if tabs.is_empty() {
        return Err(ReadError::NoTable);
    }
    let leading_only = tabs
        .iter()
        .filter(|line| line.starts_with('\t') && !line[1..].contains('\t'))
        .count();
    let table = if let Some(table) = quoted::read(&text) {
        table
    } else if leading_only * 2 > tabs.len() {
        dump::read(&text)
    } else {
        tabbed::read(&text)
    };
    Ok(table)
}
