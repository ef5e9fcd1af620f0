//! Where words go: standard output, standard error, a file.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use crate::failure::Failure;

/// Prints to standard output. A reader that went away (`heyan rules list | head`) is no fault.
pub fn say(text: &str) -> Result<(), Failure> {
    say_bytes(text.as_bytes())
}

/// Prints bytes to standard output.
pub fn say_bytes(bytes: &[u8]) -> Result<(), Failure> {
    told(anstream::stdout().lock().write_all(bytes))
}

/// Prints to standard error, where standard output belongs to a program that reads it.
pub fn remark(text: &str) -> Result<(), Failure> {
    told(anstream::stderr().lock().write_all(text.as_bytes()))
}

fn told(result: io::Result<()>) -> Result<(), Failure> {
    match result {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::Output {
            file: "standard output".to_owned(),
            reason: error.to_string(),
        }),
        _ => Ok(()),
    }
}

/// Writes a file, and the folders it lies in.
pub fn save(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| refused(path, &error))?;
    }
    fs::write(path, bytes).map_err(|error| refused(path, &error))
}

/// Puts text behind what a file holds.
pub fn append(path: &Path, text: &str) -> Result<(), Failure> {
    let mut options = fs::OpenOptions::new();
    let file = options.append(true).create(true).open(path);
    file.and_then(|mut file| file.write_all(text.as_bytes()))
        .map_err(|error| refused(path, &error))
}

fn refused(path: &Path, error: &io::Error) -> Failure {
    Failure::Output {
        file: path.display().to_string(),
        reason: error.to_string(),
    }
}
