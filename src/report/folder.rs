//! The report folder: written beside its place and moved there at once, so that nobody ever sees
//! half a report.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::Builder;
use thiserror::Error;

use super::fail_on::FailOn;
use super::format::Format;
use super::items::ItemRow;
use super::letters;
use super::view::{FindingView, Report};
use crate::config::LettersConfig;

/// Files of a report: name within the folder, with `/` between its parts, and bytes.
pub type Files = Vec<(String, Vec<u8>)>;

/// What a run has to show, and how it is to be shown.
#[derive(Debug, Clone, Copy)]
pub struct Content<'a> {
    /// The report.
    pub report: &'a Report,
    /// Every item that was read.
    pub items: &'a [ItemRow],
    /// How letters are written.
    pub letters: &'a LettersConfig,
    /// Whether the region pages are written beside the other files, for links to them.
    pub pages: bool,
    /// The decoded text of every text document that was read, by its path in the report.
    pub texts: &'a BTreeMap<String, String>,
    /// Way from the working folder to the input root, ending in `/`, or empty: CI platforms want
    /// paths from the root of the repository, which is where they run.
    pub base: &'a str,
    /// Severity from which the check fails.
    pub fail_on: FailOn,
    /// Whether it fails by what is new alone: a baseline holds what was there before.
    pub anew: bool,
    /// Address of the rule handbook; a rule's page is this with `#` and its id.
    pub handbook: Option<&'a str>,
}

impl Content<'_> {
    /// Whether a finding makes the check fail.
    #[must_use]
    pub fn fails(&self, finding: &FindingView) -> bool {
        match self.anew {
            true => self.fail_on.fails_anew(finding),
            false => self.fail_on.fails(finding),
        }
    }
}

/// A report that could not be written.
#[derive(Debug, Error)]
pub enum WriteError {
    /// The target is a folder with other things in it.
    #[error("{} 里有不属于报告的文件，不予覆盖；请换一个 --out (not a report folder)", .path.display())]
    NotOurs {
        /// The folder.
        path: PathBuf,
    },
    /// The target is a file.
    #[error("{} 是文件，不是文件夹；请换一个 --out (--out is a file)", .path.display())]
    IsFile {
        /// The file.
        path: PathBuf,
    },
    /// The system refused.
    #[error("无法写入 {}: {source} (cannot write the report)", .path.display())]
    Io {
        /// What was being written.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A page or table could not be rendered.
    #[error("无法生成 {file}: {reason} (cannot render)")]
    Render {
        /// The file.
        file: String,
        /// Why.
        reason: String,
    },
    /// The template of the letters cannot be used.
    #[error(transparent)]
    Template(#[from] letters::TemplateError),
}

impl WriteError {
    /// Turns what a writer says of a file into an error that names the file.
    pub(super) fn render<E: Display>(file: &str) -> impl FnOnce(E) -> Self {
        let file = file.to_owned();
        move |error| Self::Render {
            file,
            reason: error.to_string(),
        }
    }
}

/// The files of every format that has some.
///
/// # Errors
/// A page, table or letter that could not be rendered.
pub fn render(content: &Content<'_>, formats: &[Format]) -> Result<Files, WriteError> {
    let mut files = Files::new();
    for format in formats {
        files.extend(format.files(content)?);
    }
    Ok(files)
}

/// Writes the report folder.
///
/// # Errors
/// A target with other things in it, or a system that refuses; the target is then as it was.
pub fn write(target: &Path, files: &Files) -> Result<(), WriteError> {
    let failed = |path: &Path| {
        let path = path.to_path_buf();
        move |source| WriteError::Io { path, source }
    };
    if target.is_file() {
        return Err(WriteError::IsFile {
            path: target.to_path_buf(),
        });
    }
    if is_foreign(target) {
        return Err(WriteError::NotOurs {
            path: target.to_path_buf(),
        });
    }
    let parent = match target.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    fs::create_dir_all(parent).map_err(failed(parent))?;
    let draft = Builder::new()
        .prefix(".heyan-")
        .tempdir_in(parent)
        .map_err(failed(parent))?;
    for (name, bytes) in files {
        let path = draft.path().join(name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(failed(folder))?;
        }
        fs::write(&path, bytes).map_err(failed(&path))?;
    }
    open_to_readers(draft.path()).map_err(failed(draft.path()))?;
    let old = Builder::new()
        .prefix(".heyan-old-")
        .tempdir_in(parent)
        .map_err(failed(parent))?;
    if target.exists() {
        fs::rename(target, old.path().join("report")).map_err(failed(target))?;
    }
    fs::rename(draft.keep(), target).map_err(failed(target))
}

/// A temporary folder is private to its owner; a report is for others to read.
#[cfg(unix)]
fn open_to_readers(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn open_to_readers(_folder: &Path) -> io::Result<()> {
    Ok(())
}

fn is_foreign(target: &Path) -> bool {
    let Ok(mut entries) = fs::read_dir(target) else {
        return false;
    };
    let ours = [
        "index.html",
        "findings.csv",
        "report.json",
        "findings.xlsx",
        "findings.parquet",
        letters::INDEX,
        "findings.sarif",
        "junit.xml",
        "codequality.json",
        "summary.md",
    ];
    let report = ours.iter().any(|name| target.join(name).is_file());
    !report && entries.next().is_some()
}
