//! Writing a waiver. Owns that the file is whole at every moment and keeps its comments and order;
//! refuses a waiver that reading it again would refuse, or that waives nothing from the first day.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use chrono::{Datelike, NaiveDate};
use tempfile::NamedTempFile;
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, value};

use super::file::read;
use super::{Waiver, WaiverError};
use crate::standard::Regions;

/// What a new file begins with.
const HEAD: &str = "\
# 约定暂不整改的问题：到期（until，含当日）之后不再豁免；不再需要的，报告会指出。
# Faults that were agreed to be left; each is left until its last day and no longer.
";

/// Adds a waiver at the end of a file, which is made where there is none, and yields its 1-based
/// line. The file is written beside and renamed, so that whoever reads it finds the old or the new
/// one.
///
/// # Errors
/// A file that is not right as it is; a waiver that is none, is over already, or is there already;
/// a system that refuses. The file is then as it was.
pub fn append(
    path: &Path,
    waiver: &Waiver,
    rules: &[&str],
    regions: &Regions,
    today: NaiveDate,
) -> Result<usize, WaiverError> {
    let refused = |message: String| WaiverError::Refused {
        path: path.to_path_buf(),
        message,
    };
    if waiver.until < today {
        let message = format!(
            "until（{}）已经过去 (the last day has passed)",
            waiver.until
        );
        return Err(refused(message));
    }
    let old = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => HEAD.to_owned(),
        Err(error) => {
            return Err(WaiverError::Unreadable {
                path: path.to_path_buf(),
                reason: error.to_string(),
            });
        }
    };
    // What is wrong already is told with its own line, before anything is added to it.
    read(path, &old, rules, regions)?;
    let text = with(&old, waiver, regions).map_err(refused)?;
    let written = read(path, &text, rules, regions).map_err(|error| match error {
        WaiverError::Invalid { message, .. } => refused(message),
        other => other,
    })?;
    replace(path, &text).map_err(|error| WaiverError::Unwritable {
        path: path.to_path_buf(),
        reason: error.to_string(),
    })?;
    Ok(written.lines.last().copied().unwrap_or(1))
}

/// The text with one waiver more, behind all that is there.
fn with(old: &str, waiver: &Waiver, regions: &Regions) -> Result<String, String> {
    let mut file: DocumentMut = old.parse().map_err(|error| format!("{error}"))?;
    let mut table = table(waiver, regions);
    // A comment at the end of the file stays before what comes after it.
    let trailing = file.trailing().as_str().unwrap_or_default().to_owned();
    let gap = if old.trim().is_empty() { "" } else { "\n" };
    table.decor_mut().set_prefix(format!("{trailing}{gap}"));
    file.set_trailing("");
    let all = file.entry("waiver").or_insert_with(|| {
        let none = ArrayOfTables::new();
        Item::ArrayOfTables(none)
    });
    let Some(all) = all.as_array_of_tables_mut() else {
        return Err(
            "请把 waiver = [...] 改写成逐项的 [[waiver]] (write the waivers as [[waiver]])"
                .to_owned(),
        );
    };
    all.push(table);
    Ok(file.to_string())
}

fn table(waiver: &Waiver, regions: &Regions) -> Table {
    let mut table = Table::new();
    table["rule"] = value(waiver.rule.as_str());
    table["region"] = value(waiver.region.as_str());
    if let Some(region) = regions.get(&waiver.region)
        && let Some(code) = table["region"].as_value_mut()
    {
        let name = format!(" # {}", regions.full_name(region));
        code.decor_mut().set_suffix(name);
    }
    if waiver.with_subordinates {
        table["with_subordinates"] = value(true);
    }
    let texts = [
        ("item", waiver.item.as_deref()),
        ("field", waiver.field.as_deref()),
        ("reason", Some(waiver.reason.as_str())),
        ("document", waiver.document.as_deref()),
        ("agreed_by", waiver.agreed_by.as_deref()),
    ];
    for (key, text) in texts {
        if let Some(text) = text {
            table[key] = value(text);
        }
    }
    if let Some(from) = waiver.from {
        table["from"] = value(date(from));
    }
    table["until"] = value(date(waiver.until));
    table
}

fn date(day: NaiveDate) -> toml_edit::Datetime {
    let date = toml_edit::Date {
        year: u16::try_from(day.year()).unwrap_or(u16::MAX),
        month: u8::try_from(day.month()).unwrap_or(u8::MAX),
        day: u8::try_from(day.day()).unwrap_or(u8::MAX),
    };
    date.into()
}

/// Puts a text in place of a file in one step. A link stays a link, and who may read the file
/// stays the same.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let path = match path.canonicalize() {
        Ok(real) => real,
        Err(_) => path.to_path_buf(),
    };
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut draft = NamedTempFile::new_in(folder)?;
    draft.write_all(text.as_bytes())?;
    match fs::metadata(&path) {
        Ok(old) => fs::set_permissions(draft.path(), old.permissions())?,
        Err(_) => open_to_readers(draft.path())?,
    }
    draft.as_file().sync_all()?;
    draft.persist(&path).map_err(|error| error.error)?;
    Ok(())
}

/// A temporary file is private to its owner; what is waived is for others to read.
#[cfg(unix)]
fn open_to_readers(file: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(file, fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn open_to_readers(_file: &Path) -> io::Result<()> {
    Ok(())
}
