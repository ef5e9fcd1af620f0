//! `letters/<code>.docx`: what a region is asked to mend (整改通知). Owns which findings may be held
//! against a region; refuses to charge one with what is probably our own reading. The layout and the
//! sentences belong to the template, which the office can replace; see docs/letters.md.

mod charge;
mod letter;
mod package;
mod paragraph;
mod template;
mod term;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use thiserror::Error;

use super::csv::harmless;
use super::folder::{Content, Files, WriteError};
use super::view::RegionView;
pub(super) use charge::Charge;
pub(super) use letter::Letter;
pub use package::{pack, unpack};
use template::Template;
pub(super) use term::from_receipt;

/// Table of the letters: which region has one, and why another has none.
pub(super) const INDEX: &str = "letters/index.csv";

/// Its columns.
const COLUMNS: [&str; 7] = [
    "region_code",
    "region",
    "recipient",
    "file",
    "errors",
    "warnings",
    "to_check",
];

/// The built-in templates. Their parts are under `templates/letter/`.
const BUILT_IN: (&str, &[u8]) = (
    "templates/letter.docx",
    include_bytes!("../../templates/letter.docx"),
);
const BUILT_IN_ENGLISH: (&str, &[u8]) = (
    "templates/letter.en.docx",
    include_bytes!("../../templates/letter.en.docx"),
);

/// A template that cannot be used.
#[derive(Debug, Error)]
pub enum TemplateError {
    /// The file is not there or cannot be read.
    #[error("无法读取整改通知模板 {}: {reason} (cannot read the template)", .file.display())]
    Unreadable {
        /// The template.
        file: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// The file is no Word document.
    #[error("整改通知模板 {} 不是 Word 文档(.docx): {reason} (not a Word document)", .file.display())]
    NotWord {
        /// The template.
        file: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A placeholder, or what the filled part has become.
    #[error("整改通知模板 {} 的 {part} {place}: {reason} (cannot fill the template)", .file.display())]
    Part {
        /// The template.
        file: PathBuf,
        /// The part of the document, such as `word/document.xml`.
        part: String,
        /// The paragraph and the placeholder.
        place: String,
        /// What is wrong.
        reason: String,
    },
}

/// The letters and their table.
pub(super) fn files(of: &Content<'_>) -> Result<Files, WriteError> {
    let report = of.report;
    let template = load(of)?;
    let mut regions: BTreeMap<&str, Vec<&RegionView>> = BTreeMap::new();
    for list in &report.regions {
        regions.entry(&list.code).or_default().push(list);
    }
    let mut files = Files::new();
    let mut rows = Vec::new();
    for (code, lists) in regions {
        let charge = Charge::of(report, code);
        let letter = Letter::new(report, &lists, of.letters);
        let charged = !charge.faults.is_empty();
        let name = format!("letters/{code}.docx");
        let count = |number: usize| number.to_string();
        rows.push([
            code.to_owned(),
            lists[0].name.clone(),
            letter.recipient.clone(),
            if charged { name.clone() } else { String::new() },
            count(charge.count("error")),
            count(charge.count("warning")),
            count(charge.doubts.len()),
        ]);
        if charged {
            files.push((name, template.fill(&letter.values(&charge), &report.now)?));
        }
    }
    let index = index(&rows).map_err(WriteError::render(INDEX))?;
    files.push((INDEX.to_owned(), index));
    Ok(files)
}

/// The table of the letters.
fn index(rows: &[[String; 7]]) -> csv::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(COLUMNS)?;
    for row in rows {
        writer.write_record(row.iter().map(|cell| harmless(cell)))?;
    }
    Ok(writer.into_inner().map_err(|error| error.into_error())?)
}

fn load(of: &Content<'_>) -> Result<Template, TemplateError> {
    if let Some(file) = &of.letters.template {
        let bytes = fs::read(file).map_err(|error| TemplateError::Unreadable {
            file: file.clone(),
            reason: error.to_string(),
        })?;
        return Template::parse(file.clone(), &bytes);
    }
    let (file, bytes) = match of.report.lang.as_str() {
        "en" => BUILT_IN_ENGLISH,
        _ => BUILT_IN,
    };
    Template::parse(PathBuf::from(file), bytes)
}
