//! Finding the documents: which files under the input are lists to be read, and what a clerk wrote
//! beside them in `source.toml`. Refuses to look inside a document.

pub mod git;
mod profile;

use std::fs;
use std::path::{Path, PathBuf};

use thiserror::Error;
use walkdir::{DirEntry, WalkDir};

pub use profile::{Contact, PROFILE_FILE, Profile, ProfileError};

/// One document that may hold a list.
#[derive(Debug, Clone)]
pub struct Source {
    /// Where the document is.
    pub path: PathBuf,
    /// Its path relative to the input root, with `/` between the parts.
    pub name: String,
    /// What is known about it from `source.toml`; empty where there is none.
    pub profile: Profile,
    /// All of the `source.toml` beside it, for what an archive holds.
    pub folder: Profile,
}

/// What was found under the input.
#[derive(Debug, Default)]
pub struct Found {
    /// The input root, which all names are relative to.
    pub root: PathBuf,
    /// Documents to read, in the order of their names.
    pub sources: Vec<Source>,
    /// Documents that cannot be read because of what lies beside them.
    pub refused: Vec<(String, ProfileError)>,
}

/// The input as a whole could not be walked.
#[derive(Debug, Error)]
pub enum SourceError {
    /// A path that was asked for is not there.
    #[error("找不到输入 {} (no such file or folder)", .path.display())]
    Absent {
        /// The path as given.
        path: PathBuf,
    },
    /// A folder could not be listed.
    #[error("无法列出 {}: {reason}", .path.display())]
    Walk {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
}

/// Walks the inputs and pairs every document with the `source.toml` of its folder.
///
/// Names are relative to the input root: the folder itself where one folder is given, the deepest
/// folder that holds all inputs otherwise. Folders that are our own (`apart`), reports and hidden
/// ones are not walked.
///
/// # Errors
/// A path that does not exist, or a folder that cannot be listed.
pub fn discover(inputs: &[PathBuf], apart: &[&Path]) -> Result<Found, SourceError> {
    for path in inputs {
        if !path.exists() {
            return Err(SourceError::Absent { path: path.clone() });
        }
    }
    let root = root_of(inputs);
    let mut files = Vec::new();
    for input in inputs {
        // What is named outright is read whatever it is called; what is met on a walk is not.
        if input.is_file() {
            files.push(input.clone());
            continue;
        }
        let walk = WalkDir::new(input).sort_by_file_name().into_iter();
        for entry in walk.filter_entry(|entry| entry.depth() == 0 || is_walked(entry, apart)) {
            let entry = entry.map_err(|error| SourceError::Walk {
                path: input.clone(),
                reason: error.to_string(),
            })?;
            if entry.file_type().is_file() && is_document(entry.path()) {
                files.push(entry.into_path());
            }
        }
    }
    files.sort();
    files.dedup();

    let mut found = Found::default();
    for path in files {
        let name = relative(&path, &root);
        let folder = path.parent().unwrap_or(Path::new("."));
        match Profile::beside(folder) {
            Ok(profile) => {
                let file = path.file_name().unwrap_or_default();
                found.sources.push(Source {
                    profile: profile.of(&file.to_string_lossy()),
                    folder: profile,
                    name,
                    path,
                });
            }
            Err(error) => found.refused.push((name, error)),
        }
    }
    found.root = root;
    Ok(found)
}

/// Files that belong to the keeping of a catalog, not to its content.
fn is_document(path: &Path) -> bool {
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().to_lowercase())
        .unwrap_or_default();
    !(name.starts_with('.')
        || name.starts_with('~')
        || name == PROFILE_FILE
        || name == "heyan.toml"
        || ["thumbs.db", "desktop.ini"].contains(&name.as_str())
        || name.starts_with("readme"))
}

/// Whether a folder may hold lists: not one that programs keep for themselves, and none of ours.
fn is_walked(entry: &DirEntry, apart: &[&Path]) -> bool {
    if !entry.file_type().is_dir() {
        return true;
    }
    let path = entry.path();
    let name = entry.file_name().to_string_lossy();
    let same = |own: &&Path| match (path.canonicalize(), own.canonicalize()) {
        (Ok(one), Ok(two)) => one == two,
        _ => false,
    };
    let report = path.join("report.json").is_file() && path.join("findings.csv").is_file();
    !(name.starts_with('.') || name == "__MACOSX" || report || apart.iter().any(same))
}

fn root_of(inputs: &[PathBuf]) -> PathBuf {
    let folder = |path: &PathBuf| {
        if path.is_dir() {
            path.clone()
        } else {
            path.parent().map(Path::to_path_buf).unwrap_or_default()
        }
    };
    let mut root = inputs.first().map(folder).unwrap_or_default();
    for input in &inputs[1.min(inputs.len())..] {
        while !folder(input).starts_with(&root) {
            if !root.pop() {
                break;
            }
        }
    }
    root
}

fn relative(path: &Path, root: &Path) -> String {
    let inner = path.strip_prefix(root).unwrap_or(path);
    inner
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect::<Vec<_>>()
        .join("/")
}

impl Source {
    /// The document's bytes.
    ///
    /// # Errors
    /// Whatever the system says when the file cannot be read.
    pub fn bytes(&self) -> std::io::Result<Vec<u8>> {
        fs::read(&self.path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_relative_to_the_folder_given() {
        let folder = tempfile::tempdir().expect("a folder");
        let inner = folder.path().join("a");
        fs::create_dir(&inner).expect("created");
        for name in ["list.txt", "source.toml", "README.md", ".hidden"] {
            fs::write(inner.join(name), "").expect("written");
        }
        let found = discover(&[folder.path().to_path_buf()], &[]).expect("walked");
        let names: Vec<_> = found.sources.iter().map(|s| s.name.as_str()).collect();
        assert_eq!(names, ["a/list.txt"]);
    }

    #[test]
    fn what_is_kept_beside_the_lists_is_not_walked() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in [
            "lists/list.txt",
            ".git/config",
            "__MACOSX/list.txt",
            "reports/sample/report.json",
            "reports/sample/findings.csv",
            "state/cache/entry.json",
        ] {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("created");
            fs::write(path, "").expect("written");
        }
        let state = folder.path().join("state");
        let found = discover(&[folder.path().to_path_buf()], &[&state]).expect("walked");
        let names: Vec<_> = found.sources.iter().map(|s| s.name.as_str()).collect();
        assert_eq!(names, ["lists/list.txt"]);
    }

    #[test]
    fn two_inputs_share_their_deepest_folder() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut inputs = Vec::new();
        for name in ["a", "b"] {
            let inner = folder.path().join(name);
            fs::create_dir(&inner).expect("created");
            fs::write(inner.join("list.txt"), "").expect("written");
            inputs.push(inner);
        }
        let found = discover(&inputs, &[]).expect("walked");
        let names: Vec<_> = found.sources.iter().map(|s| s.name.as_str()).collect();
        assert_eq!(names, ["a/list.txt", "b/list.txt"]);
    }

    #[test]
    fn an_absent_input_is_an_error() {
        let error = discover(&[PathBuf::from("no/such/folder")], &[]).expect_err("absent");
        assert!(error.to_string().contains("no/such/folder"));
    }
}
