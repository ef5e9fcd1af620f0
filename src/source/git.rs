//! Lists from a git repository: one commit, whole, as a folder. Uses the `git` program, which has
//! the user's credentials and every transport's quirks. Owns the copy of the repository under the
//! state folder; refuses prompts, transports that run programs, hooks, and links that lead out of
//! the commit.

mod mirror;
mod program;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{DateTime, FixedOffset, Utc};
use sha2::{Digest, Sha256};
use thiserror::Error;
use walkdir::WalkDir;

use crate::config::GitConfig;
use crate::lang::Lang;
use mirror::Mirror;
use program::Git;

/// Time that one call of git may take.
pub const LIMIT: Duration = Duration::from_secs(600);
/// Name of a folder that is being filled.
const UNFINISHED: &str = ".new-";

/// One commit of a repository, as files.
#[derive(Debug, Clone)]
pub struct Checkout {
    /// The folder with the lists.
    pub folder: PathBuf,
    /// The repository's address, which holds no password.
    pub url: String,
    /// The branch, tag or commit that was asked for; the remote's default branch where none was.
    pub rev: Option<String>,
    /// The commit's full id.
    pub commit: String,
    /// When it was committed.
    pub committed: DateTime<FixedOffset>,
    /// The repository could not be reached, and this is what was fetched before.
    pub stale: Option<Stale>,
    /// Links that lead out of the commit and were left out, relative to it, sorted.
    pub left_out: Vec<String>,
}

/// Why an earlier state of a repository is read.
#[derive(Debug, Clone)]
pub struct Stale {
    /// When the repository was last fetched.
    pub fetched: DateTime<Utc>,
    /// Why it could not be fetched now.
    pub reason: String,
}

impl Checkout {
    /// What was read, in one sentence: repository, commit, and plainly where it is old.
    #[must_use]
    pub fn words(&self, lang: Lang) -> String {
        let (url, commit) = (&self.url, &self.commit);
        let rev = self.rev.as_deref().unwrap_or("HEAD");
        let committed = self.committed.to_rfc3339();
        let mut words = match lang {
            Lang::Zh => format!("仓库 {url}（{rev}）：提交 {commit}，提交于 {committed}"),
            Lang::En => format!("repository {url} ({rev}): commit {commit} of {committed}"),
        };
        if let Some(stale) = &self.stale {
            let (fetched, reason) = (stale.fetched.to_rfc3339(), &stale.reason);
            words += &match lang {
                Lang::Zh => format!("；本次无法取得，所读为 {fetched} 取得的旧内容：{reason}"),
                Lang::En => {
                    format!("; it could not be fetched now, this is as of {fetched}: {reason}")
                }
            };
        }
        if !self.left_out.is_empty() {
            let names = self.left_out.join(lang.pick("、", ", "));
            words += &match lang {
                Lang::Zh => format!("；指向仓库之外的链接未读：{names}"),
                Lang::En => format!("; links that lead out of it were not read: {names}"),
            };
        }
        words
    }
}

/// A repository that lists cannot be taken from.
#[derive(Debug, Error)]
pub enum GitError {
    /// There is no `git`.
    #[error("没有 git 程序：{0}；[[run.git]] 要用它，请安装 (git is not installed)")]
    Program(String),
    /// It was never fetched, and cannot be now.
    #[error(
        "无法取得仓库 {url}: {reason} (cannot fetch, and nothing was fetched before; check the address, the network and the credentials)"
    )]
    Unreachable {
        /// The address.
        url: String,
        /// What git said.
        reason: String,
    },
    /// It has no such branch, tag or commit.
    #[error("仓库 {url} 中没有分支、标签或提交 {rev} (no such branch, tag or commit)")]
    Revision {
        /// The address.
        url: String,
        /// What was asked for.
        rev: String,
    },
    /// The commit has no such folder.
    #[error("仓库 {url} 的提交 {commit} 中没有文件夹 {} (no such folder in the commit)", .folder.display())]
    Folder {
        /// The address.
        url: String,
        /// The commit.
        commit: String,
        /// What was asked for.
        folder: PathBuf,
    },
    /// The copy under the state folder cannot be used.
    #[error("无法使用 {}: {reason} (cannot use the copy of the repository; it can be deleted and is fetched anew)", .path.display())]
    Copy {
        /// The folder.
        path: PathBuf,
        /// What went wrong.
        reason: String,
    },
}

/// Fetches a repository and puts the commit into a folder of the state folder, whose name stays the
/// same from commit to commit. The caller holds the lock of the state folder.
///
/// # Errors
/// See [`GitError`]. A fetch that fails is none where an earlier one serves: see [`Checkout::stale`].
pub fn checkout(
    config: &GitConfig,
    state: &Path,
    now: DateTime<Utc>,
    limit: Duration,
) -> Result<Checkout, GitError> {
    let url = config.url.get_ref();
    let rev = config.rev.as_ref().map(|rev| rev.get_ref().as_str());
    let home = state.join("git").join(label(url, url));
    let copy = |path: &Path, error: io::Error| GitError::Copy {
        path: path.to_path_buf(),
        reason: error.to_string(),
    };
    fs::create_dir_all(&home).map_err(|error| copy(&home, error))?;
    let home = std::path::absolute(&home).map_err(|error| copy(&home, error))?;
    swept(&home).map_err(|error| copy(&home, error))?;
    let git = Git::new(limit)?;
    let mirror = Mirror::new(&git, &home, url);
    let stale = mirror.fetch(rev, now)?;
    let Some(commit) = mirror.commit(rev) else {
        return Err(GitError::Revision {
            url: url.clone(),
            rev: rev.unwrap_or("HEAD").to_owned(),
        });
    };
    let committed = mirror.committed(&commit)?;
    let name = rev.unwrap_or("HEAD");
    let tree = home.join(label(name, &format!("tree {name}")));
    let left_out = exported(&mirror, &commit, &home, &tree)?;
    let inner = config.folder.as_ref().map(|folder| folder.get_ref());
    let Some(folder) = inside(&tree, inner) else {
        return Err(GitError::Folder {
            url: url.clone(),
            commit,
            folder: inner.cloned().unwrap_or_default(),
        });
    };
    Ok(Checkout {
        folder,
        url: url.clone(),
        rev: rev.map(str::to_owned),
        commit,
        committed,
        stale,
        left_out,
    })
}

/// Writes the commit's files beside their place and moves them there.
fn exported(
    mirror: &Mirror<'_>,
    commit: &str,
    home: &Path,
    tree: &Path,
) -> Result<Vec<String>, GitError> {
    let copy = |error: io::Error| GitError::Copy {
        path: tree.to_path_buf(),
        reason: error.to_string(),
    };
    let fresh = tempfile::Builder::new()
        .prefix(UNFINISHED)
        .tempdir_in(home)
        .map_err(copy)?;
    let files = fresh.path().join("files");
    fs::create_dir(&files).map_err(copy)?;
    mirror.export(commit, &files, &fresh.path().join("index"))?;
    let left_out = cut_off(&files).map_err(copy)?;
    if tree.exists() {
        fs::remove_dir_all(tree).map_err(copy)?;
    }
    fs::rename(&files, tree).map_err(copy)?;
    Ok(left_out)
}

/// Removes links that lead out of a folder or nowhere; their names, sorted.
fn cut_off(folder: &Path) -> io::Result<Vec<String>> {
    let root = folder.canonicalize()?;
    let mut cut = Vec::new();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.map_err(io::Error::from)?;
        if !entry.path_is_symlink() {
            continue;
        }
        let leads = entry.path().canonicalize();
        if !leads.is_ok_and(|target| target.starts_with(&root)) {
            fs::remove_file(entry.path())?;
            let inner = entry.path().strip_prefix(folder).unwrap_or(entry.path());
            cut.push(inner.display().to_string());
        }
    }
    Ok(cut)
}

/// A folder of the commit, unless it is not there or is a way out.
fn inside(tree: &Path, inner: Option<&PathBuf>) -> Option<PathBuf> {
    let folder = inner.map_or_else(|| tree.to_path_buf(), |inner| tree.join(inner));
    let root = tree.canonicalize().ok()?;
    let real = folder.canonicalize().ok()?;
    (real.is_dir() && real.starts_with(root)).then_some(folder)
}

/// Removes what a run that was killed left half written.
fn swept(home: &Path) -> io::Result<()> {
    for entry in fs::read_dir(home)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(UNFINISHED) {
            fs::remove_dir_all(entry.path())?;
        }
    }
    Ok(())
}

/// A folder name that says what it is for, and is another for another text.
fn label(name: &str, text: &str) -> String {
    let last = name.trim_end_matches('/').trim_end_matches(".git");
    let last = last.rsplit(['/', ':', '\\']).next().unwrap_or_default();
    let plain = |sign: char| sign.is_alphanumeric() || sign == '-' || sign == '_';
    let word: String = last.chars().filter(|sign| plain(*sign)).take(32).collect();
    let hash = Sha256::digest(text.as_bytes());
    let piece: String = hash
        .iter()
        .take(6)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("{word}-{piece}")
}

#[cfg(test)]
mod tests;
