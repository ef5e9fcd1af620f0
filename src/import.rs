//! From the official document to a revision of the national data: the same reading as for any
//! regional list, without a report.

use std::path::Path;
use std::sync::Arc;

use chrono::NaiveDate;
use thiserror::Error;

use crate::facts::{Facts, Moment};
use crate::read::Limits;
use crate::report::view::NotRead;
use crate::revision::{Document, Revision, RevisionError, revise};
use crate::run;
use crate::source::{SourceError, discover};
use crate::standard::{Standard, StandardError};

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Import<'a> {
    /// The official document.
    pub file: &'a Path,
    /// Year of the edition it is.
    pub year: u16,
    /// Document number of the notice that issued it.
    pub number: Option<String>,
    /// Folder with editions that take the place of the built-in ones.
    pub national: Option<&'a Path>,
    /// The day.
    pub today: NaiveDate,
    /// What the document may cost.
    pub limits: &'a Limits,
}

/// Why nothing was imported.
#[derive(Debug, Error)]
pub enum ImportError {
    /// The file is not there.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// The national data cannot be used.
    #[error(transparent)]
    Standard(#[from] StandardError),
    /// The document can't revise them.
    #[error(transparent)]
    Revision(#[from] RevisionError),
    /// The document was not read as a list.
    #[error("{}: {}。{}", .0.spot(), .0.reason, .0.remedy)]
    NotRead(NotRead),
    /// The path is a folder with several documents, or with none.
    #[error("{file} 应为一个文件，实有 {found} 个 (name one document)")]
    NotOne {
        /// The path.
        file: String,
        /// Documents found.
        found: usize,
    },
    /// Our own failure in a frame.
    #[error("内部错误：{0} (internal error, please report it)")]
    Frame(#[from] polars::error::PolarsError),
}

/// Reads the document and revises the edition.
///
/// # Errors
/// See [`ImportError`].
pub fn import(asked: &Import<'_>) -> Result<Revision, ImportError> {
    let standard = Arc::new(Standard::load_with(asked.national)?);
    let mut sources = discover(&[asked.file.to_path_buf()], &[])?.sources;
    let source = match (sources.pop(), sources.is_empty()) {
        (Some(source), true) => source,
        (last, _) => {
            return Err(ImportError::NotOne {
                file: asked.file.display().to_string(),
                found: sources.len() + usize::from(last.is_some()),
            });
        }
    };
    let (recovered, mut inputs) =
        run::document(source, &standard, asked.limits).map_err(ImportError::NotRead)?;
    let moment = Moment {
        today: asked.today,
        as_of: None,
    };
    let edition = standard.edition(asked.year).map(|edition| edition.year);
    let facts = Facts::build(vec![recovered], &standard, edition, moment)?;
    let (Some(list), Some(input)) = (facts.lists.first(), inputs.pop()) else {
        return Err(ImportError::NotOne {
            file: asked.file.display().to_string(),
            found: 0,
        });
    };
    let document = Document {
        file: input.path,
        sha256: input.sha256,
        number: asked.number.clone(),
    };
    Ok(revise(list, asked.year, &document, &standard)?)
}
