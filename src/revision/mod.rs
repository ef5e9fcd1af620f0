//! A revision of the national data by the official list: the document is read as any regional list
//! is, and what was read surely takes the place of what was derived, marked `official`. Owns what
//! may be taken; refuses a document that is damaged or was not read whole, because a national value
//! that is our misreading would accuse every province.

mod file;
mod reading;

use thiserror::Error;

use crate::facts::List;
use crate::standard::{Difference, Edition, Known, Standard, StandardError, differences};

/// Key under which the document stands in `[sources]` of the edition's file.
const SOURCE: &str = "official-list";

/// The document a revision rests on.
#[derive(Debug, Clone)]
pub struct Document {
    /// Path of the file.
    pub file: String,
    /// SHA-256 of its bytes, in hex.
    pub sha256: String,
    /// Document number of the notice that issued it (医保发〔2020〕18号), where the office gives it.
    pub number: Option<String>,
}

/// A revised edition.
#[derive(Debug)]
pub struct Revision {
    /// How the edition of that year was known before; `None` where there was none.
    pub before: Option<Known>,
    /// The file of the edition, `edition-<year>.toml`.
    pub text: String,
    /// Values that change.
    pub changes: Vec<Change>,
    /// Values that were found as they were, and are official now.
    pub confirmed: usize,
    /// Values that could not be taken from the document, and stay as they were known.
    pub kept: Vec<Kept>,
}

/// A value that changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Old and new.
    pub difference: Difference,
    /// 1-based line of the document where the entry stands; 0 where it stands nowhere.
    pub line: u64,
}

/// A value that could not be taken from the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Code and name of the entry.
    pub entry: String,
    /// Which value.
    pub field: crate::standard::Field,
    /// Why.
    pub reason: Reason,
    /// 1-based line of the document where the entry stands.
    pub line: u64,
}

/// Why a value could not be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// There is text, and it can't be trusted.
    Unsure,
    /// The cell is empty.
    Empty,
    /// The item has business rows, which the national list does not have.
    Divided,
}

impl Reason {
    /// The reason in Chinese and English.
    #[must_use]
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Unsure => ("文字未能可靠识读", "the text can't be trusted"),
            Self::Empty => ("文件中为空", "the cell is empty"),
            Self::Divided => (
                "该事项分列业务办理项",
                "the item is divided into business rows",
            ),
        }
    }
}

/// Why a document can't revise the national data.
#[derive(Debug, Error)]
pub enum RevisionError {
    /// Its text is damaged.
    #[error(
        "{file}：文字残损，不能据以改写国家数据；请换用文字版（而非扫描件）(the text is damaged; use a document with sound text)"
    )]
    Damaged {
        /// The document.
        file: String,
    },
    /// It was not read whole, or contradicts itself.
    #[error("{file}：{reason}")]
    NotWhole {
        /// The document.
        file: String,
        /// What is missing.
        reason: String,
    },
    /// There is no edition to begin from.
    #[error("没有可据以改写的 {year} 年版国家数据 (no national data to begin from)")]
    NoEdition {
        /// The year.
        year: u16,
    },
    /// The edition that came out, or the one to begin from, is not sound: our own fault.
    #[error(transparent)]
    Standard(#[from] StandardError),
    /// The file of the edition to begin from is no TOML.
    #[error("{0}")]
    Syntax(String),
}

/// Revises the edition of a year by a document that was read as a list. A year that has no edition
/// yet begins from the newest one.
///
/// # Errors
/// A document that can't be trusted as a whole.
pub fn revise(
    list: &List,
    year: u16,
    document: &Document,
    standard: &Standard,
) -> Result<Revision, RevisionError> {
    reading::whole(list)?;
    let base = standard.edition(year).or(standard.newest());
    let base = base.ok_or(RevisionError::NoEdition { year })?;
    let (_, text) = standard
        .edition_file(base.year)
        .ok_or(RevisionError::NoEdition { year })?;
    let read = reading::read(list, base);
    let text = file::written(text, year, list, &read, document, standard)
        .map_err(RevisionError::Syntax)?;
    let edition = Edition::from_toml(&format!("edition-{year}.toml"), &text)?;
    let changes: Vec<Change> = differences(base, &edition, standard)
        .into_iter()
        .map(|difference| Change {
            line: read.line_of(&difference.code, &difference.name),
            difference,
        })
        .collect();
    let values: usize = read.items.iter().map(|item| item.taken()).sum();
    let before = standard.edition(year);
    Ok(Revision {
        before: before.map(|edition| edition.provenance.known),
        text,
        confirmed: (values + 2 * read.mains.len()).saturating_sub(changes.len()),
        changes,
        kept: read.kept,
    })
}
