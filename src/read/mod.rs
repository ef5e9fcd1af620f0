//! From the bytes of a document to raw rows: text with its place, nothing interpreted. One file or
//! folder a format, one file a layout of text. Refuses to know what a column means.

mod archive;
mod decode;
mod delimited;
mod docx;
mod dump;
mod error;
mod flow;
mod html;
mod kind;
mod limits;
mod markdown;
mod numeral;
mod ods;
mod ole;
mod package;
mod pdf;
mod quoted;
mod sheet;
mod tabbed;
mod table;
mod xls;
mod xlsb;
mod xlsx;
mod xml;

pub use archive::{Member, Members, members};
pub use error::ReadError;
pub use kind::Kind;
pub use limits::Limits;
pub use table::{Beside, Block, Medium, Oddity, RawCell, RawRow, RawTable, Remark, Span};

/// The text of a text document, as its lines are counted; nothing where it is none.
#[must_use]
pub fn text(bytes: &[u8], encoding: Option<&str>) -> Option<String> {
    decode::decode(bytes, encoding).ok()
}

/// Reads the raw table of a document of any kind that is read; `extension` is a last hint at the
/// kind, `encoding` that of a text or web page where it is known. An archive is no document: its
/// members are.
///
/// # Errors
/// See [`ReadError`]; each costs only this document.
pub fn read_document(
    bytes: &[u8],
    extension: &str,
    encoding: Option<&str>,
    limits: &Limits,
) -> Result<RawTable, ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    limits.within_bytes(bytes.len() as u64)?;
    match Kind::of(bytes, extension) {
        Kind::Text => read(bytes, encoding),
        Kind::Xlsx => xlsx::read(bytes, limits),
        Kind::Xlsb => xlsb::read(bytes, limits),
        Kind::Xls => xls::read(bytes, limits),
        Kind::Ods => ods::read(bytes, limits),
        Kind::Docx => docx::read(bytes, limits),
        Kind::Html | Kind::Mhtml => html::read(bytes, limits, encoding),
        Kind::Pdf => pdf::read(bytes, limits),
        kind @ Kind::EncryptedOffice => Err(ReadError::Encrypted { kind }),
        kind => Err(ReadError::Unreadable { kind }),
    }
}

/// Reads the raw table of a text document.
///
/// The layout is told by structure alone: a table of Markdown by its row of dashes, commas or
/// semicolons by records of one width. Of text with tabs, where most lines that hold a tab hold only
/// a leading one, the document is a dump of one cell after another; otherwise each line is a row.
///
/// # Errors
/// See [`ReadError`]; each costs only this document.
pub fn read(bytes: &[u8], encoding: Option<&str>) -> Result<RawTable, ReadError> {
    let text = decode::decode(bytes, encoding)?;
    if text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    if let Some(table) = markdown::read(&text).or_else(|| delimited::read(&text)) {
        return Ok(table);
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
