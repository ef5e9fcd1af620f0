//! The report folder: written beside its place and moved there at once, so that nobody ever sees
//! half a report.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use tempfile::Builder;
use thiserror::Error;

use super::items::ItemRow;
use super::view::Report;
use super::{csv, html};

/// A group of output files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// `index.html` and `regions/<code>.html`.
    Html,
    /// `findings.csv`, `items.csv` and `regions/<code>.findings.csv`.
    Csv,
    /// `report.json`.
    Json,
}

impl FromStr for Format {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        match name.trim() {
            "html" => Ok(Self::Html),
            "csv" => Ok(Self::Csv),
            "json" => Ok(Self::Json),
            other => Err(format!(
                "没有名为 {other} 的输出格式，可用 html、csv、json (unknown format)"
            )),
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
}

/// Writes the report folder.
///
/// # Errors
/// A target with other things in it, or a system that refuses; the target is then as it was.
pub fn write(
    target: &Path,
    report: &Report,
    items: &[ItemRow],
    formats: &[Format],
) -> Result<(), WriteError> {
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
    for (name, bytes) in files(report, items, formats)? {
        let path = draft.path().join(&name);
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
    let ours = ["index.html", "findings.csv", "report.json"];
    let report = ours.iter().any(|name| target.join(name).is_file());
    !report && entries.next().is_some()
}

fn files(
    report: &Report,
    items: &[ItemRow],
    formats: &[Format],
) -> Result<Vec<(String, Vec<u8>)>, WriteError> {
    let failed = |file: &str| {
        let file = file.to_owned();
        move |reason: String| WriteError::Render { file, reason }
    };
    let mut files = Vec::new();
    if formats.contains(&Format::Html) {
        let page = html::national(report).map_err(|e| failed("index.html")(e.to_string()))?;
        files.push(("index.html".to_owned(), page.into_bytes()));
        for region in &report.regions {
            let name = format!("regions/{}.html", region.code);
            let page = html::region(report, region).map_err(|e| failed(&name)(e.to_string()))?;
            files.push((name, page.into_bytes()));
        }
    }
    if formats.contains(&Format::Csv) {
        let table = csv::findings(report.findings.iter());
        let table = table.map_err(|e| failed("findings.csv")(e.to_string()))?;
        files.push(("findings.csv".to_owned(), table));
        let table = csv::items(items).map_err(|e| failed("items.csv")(e.to_string()))?;
        files.push(("items.csv".to_owned(), table));
        for region in &report.regions {
            let name = format!("regions/{}.findings.csv", region.code);
            let own = report
                .findings
                .iter()
                .filter(|f| f.region_code == region.code);
            let table = csv::findings(own).map_err(|e| failed(&name)(e.to_string()))?;
            files.push((name, table));
        }
    }
    if formats.contains(&Format::Json) {
        let mut text =
            serde_json::to_vec_pretty(report).map_err(|e| failed("report.json")(e.to_string()))?;
        text.push(b'\n');
        files.push(("report.json".to_owned(), text));
    }
    Ok(files)
}
