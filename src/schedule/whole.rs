//! Files that are there whole or not at all: written beside, made safe on the disk, then renamed.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// Writes a file so that a reader, or a power cut, meets the old content or the new, never half.
///
/// # Errors
/// Whatever the system says.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    fs::create_dir_all(folder)?;
    let mut beside = tempfile::Builder::new()
        .prefix(".heyan-")
        .tempfile_in(folder)?;
    beside.write_all(bytes)?;
    open_to_readers(beside.as_file())?;
    beside.as_file().sync_all()?;
    beside.persist(path).map_err(|error| error.error)?;
    settled(folder)
}

/// A temporary file is its owner's alone; what is written here holds no secret and is for monitors
/// that run as somebody else.
#[cfg(unix)]
fn open_to_readers(file: &fs::File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn open_to_readers(_: &fs::File) -> io::Result<()> {
    Ok(())
}

/// The new name is safe only when the folder is.
#[cfg(unix)]
fn settled(folder: &Path) -> io::Result<()> {
    fs::File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn settled(_: &Path) -> io::Result<()> {
    Ok(())
}
