//! A Word document as what it is: a zip archive of named parts. Owns their order and the bytes'
//! independence of clock and machine; refuses to know what a part means.

use std::io::{Cursor, Read, Write};

use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// Most bytes a part may have once unpacked: a template is a page or two, not a bomb.
const LARGEST: u64 = 64 << 20;

/// The parts of an archive, by name, in their order. Folders are left out.
///
/// # Errors
/// Bytes that are no zip archive, a part that is damaged or larger than 64 MiB.
pub fn unpack(bytes: &[u8]) -> ZipResult<Vec<(String, Vec<u8>)>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes))?;
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let part = archive.by_index(index)?;
        if part.is_dir() {
            continue;
        }
        let name = part.name()?.into_owned();
        let mut content = Vec::new();
        let read = part.take(LARGEST + 1).read_to_end(&mut content)?;
        if read as u64 > LARGEST {
            return Err(zip::result::ZipError::InvalidArchive(
                "part too large".into(),
            ));
        }
        parts.push((name, content));
    }
    Ok(parts)
}

/// An archive of parts in their order, with the same bytes on every machine and day.
///
/// # Errors
/// What the zip writer says; writing to memory does not fail.
pub fn pack<'a>(parts: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> ZipResult<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(name, options)?;
        writer.write_all(content)?;
    }
    Ok(writer.finish()?.into_inner())
}
