//! PDF documents: tables from the lines that are ruled around them, the text of each cell from the
//! places of its glyphs. A page that is only a picture is told, not guessed at. Refuses to know
//! what a column means, and what goes on from page to page.
//!
//! hayro interprets the document; the tables are ours:
//! page (glyphs, rules) → lattice (cells) → sheet (texts) → grid (columns over pages) → rows.

mod blocks;
mod canvas;
mod codes;
mod deflate;
mod glyph;
mod grid;
mod gutter;
mod lattice;
mod letter;
mod line;
mod page;
mod paragraph;
mod rule;
mod sheet;
mod wall;
mod weight;

use std::panic::{self, AssertUnwindSafe};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Instant;

use hayro_interpret::InterpreterCache;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use super::{Kind, Limits, RawTable, ReadError};

/// Bytes at the end of a document among which its end mark stands.
const TAIL: usize = 64 << 10;
/// Bytes of the stack on which documents are interpreted; only what is used is taken.
const STACK: usize = 64 << 20;

/// Reads the tables of a PDF document with a text layer.
///
/// `RawRow::number` counts the rows of tables on a page from 1. A cell that a page cuts goes on in
/// the first row of the next page, and repeated headers are rows.
///
/// # Errors
/// A document that is encrypted, damaged or cut off, holds no table, is only pictures, or costs
/// more than [`Limits`] allow.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<RawTable, ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    limits.within_bytes(u64::try_from(bytes.len()).unwrap_or(u64::MAX))?;
    if breaks_off(bytes) {
        return Err(ReadError::Truncated { kind: Kind::Pdf });
    }
    // The interpreter looks at no clock while it loads a document or sets a state, so that it works
    // in a thread of its own that is left behind when the time is over; it ends with the next mark
    // it would draw. The thread has the room that nested objects need.
    let (answer, waiting) = mpsc::sync_channel(1);
    let (bytes, within) = (bytes.to_vec(), limits.clone());
    thread::Builder::new()
        .name("pdf".to_owned())
        .stack_size(STACK)
        .spawn(move || answer.send(pages(bytes, &within)))
        .map_err(|error| damaged(&error.to_string()))?;
    let answer = match limits.until {
        Some(until) => waiting.recv_timeout(until.saturating_duration_since(Instant::now())),
        None => waiting.recv().map_err(RecvTimeoutError::from),
    };
    match answer {
        Ok(answer) => answer,
        Err(RecvTimeoutError::Timeout) => Err(ReadError::TooSlow {
            seconds: limits.seconds,
        }),
        Err(RecvTimeoutError::Disconnected) => Err(damaged("the interpreter gave up")),
    }
}

/// Reads all pages of a document.
fn pages(bytes: Vec<u8>, limits: &Limits) -> Result<RawTable, ReadError> {
    weight::within(&bytes, limits)?;
    let pdf = open(bytes)?;
    let pages = pdf.pages();
    let count = u32::try_from(pages.len()).unwrap_or(u32::MAX);
    limits.within_pages(count)?;
    if count == 0 {
        return Err(damaged("no pages"));
    }
    let cache = InterpreterCache::new();
    let mut codes = codes::Codes::default();
    let mut sheets = Vec::with_capacity(pages.len());
    let mut cells: u64 = 0;
    for page in pages.iter() {
        limits.in_time()?;
        let sheet = sheet::sheet(&page::read(&pdf, page, &cache, &mut codes, limits)?, limits)?;
        for table in &sheet.tables {
            cells += u64::try_from(table.lattice.cells()).unwrap_or(u64::MAX);
            limits.within_cells(cells)?;
        }
        sheets.push(sheet);
    }
    grid::unite(&mut sheets);
    let pictures = sheets.iter().filter(|sheet| sheet.picture).count();
    let table = blocks::table(sheets);
    if table.rows().next().is_some() {
        return Ok(table);
    }
    match u32::try_from(pictures).unwrap_or(u32::MAX) {
        0 => Err(ReadError::NoTable),
        pages => Err(ReadError::PicturesOnly { pages }),
    }
}

fn open(bytes: Vec<u8>) -> Result<Pdf, ReadError> {
    let loaded = panic::catch_unwind(AssertUnwindSafe(|| Pdf::new(bytes)));
    match loaded {
        Ok(Ok(pdf)) => Ok(pdf),
        Ok(Err(LoadPdfError::Decryption(
            DecryptionError::PasswordProtected | DecryptionError::UnsupportedAlgorithm,
        ))) => Err(ReadError::Encrypted { kind: Kind::Pdf }),
        Ok(Err(LoadPdfError::Decryption(_))) => Err(damaged("invalid encryption")),
        Ok(Err(LoadPdfError::Invalid)) => Err(damaged("no catalog of pages")),
        Err(load) => Err(damaged(&page::reason(load.as_ref()))),
    }
}

fn damaged(reason: &str) -> ReadError {
    ReadError::Damaged {
        kind: Kind::Pdf,
        reason: reason.to_owned(),
    }
}

/// Whether the end of the document is missing. Pages could be read nevertheless, but who sends a
/// list wants all of it read.
fn breaks_off(bytes: &[u8]) -> bool {
    let tail = &bytes[bytes.len().saturating_sub(TAIL)..];
    let last = |mark: &[u8]| tail.windows(mark.len()).rposition(|part| part == mark);
    let Some(end) = last(b"%%EOF") else {
        return true;
    };
    // The first part of a document made for the web ends in a mark of its own, with no table.
    let start = tail[..end].trim_ascii_end();
    start.strip_suffix(b"0").is_some_and(|before| {
        before.last().is_some_and(u8::is_ascii_whitespace)
            && before.trim_ascii_end().ends_with(b"startxref")
    })
}

#[cfg(test)]
mod tests;
