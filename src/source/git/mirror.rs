//! The copy of a repository under the state folder: a bare one, fetched again each run. Owns what of
//! it is believed after a fetch that failed or was interrupted.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset, Utc};
use walkdir::WalkDir;

use super::program::{Ended, Git};
use super::{GitError, Stale};

/// Where the remote's default branch is kept, out of the way of its branches.
const HEAD: &str = "refs/heyan/HEAD";
/// Where a commit is kept that no branch or tag leads to.
const COMMIT: &str = "refs/heyan/commit";

/// The copy.
#[derive(Debug)]
pub(super) struct Mirror<'a> {
    git: &'a Git,
    url: &'a str,
    /// The bare repository.
    path: PathBuf,
    /// The file that says when it was last fetched.
    stamp: PathBuf,
}

impl<'a> Mirror<'a> {
    pub(super) fn new(git: &'a Git, home: &Path, url: &'a str) -> Self {
        Self {
            git,
            url,
            path: home.join("mirror.git"),
            stamp: home.join("fetched"),
        }
    }

    /// Brings the copy up to date; where that fails and there is an earlier state, says since when.
    pub(super) fn fetch(
        &self,
        rev: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<Option<Stale>, GitError> {
        self.prepare()?;
        let reason = match self.fetch_once(rev)? {
            Ended::Well(_) => return self.stamped(now).map(|()| None),
            Ended::Badly(reason) => reason,
        };
        if !self.is_sound()? {
            // A copy that a power cut damaged is no loss: it can be had again.
            tracing::warn!(copy = %self.path.display(), "damaged copy of a repository, fetched anew");
            fs::remove_dir_all(&self.path).map_err(|error| self.broken(&error.to_string()))?;
            self.prepare()?;
            if let Ended::Well(_) = self.fetch_once(rev)? {
                return self.stamped(now).map(|()| None);
            }
        }
        match self.fetched() {
            Some(fetched) if self.commit(rev).is_some() => Ok(Some(Stale { fetched, reason })),
            _ => Err(GitError::Unreachable {
                url: self.url.to_owned(),
                reason,
            }),
        }
    }

    /// The full id of the commit that is asked for: a branch goes before a tag, both before an id.
    pub(super) fn commit(&self, rev: Option<&str>) -> Option<String> {
        let names = match rev {
            None => vec![HEAD.to_owned()],
            Some(rev) if is_id(rev) => vec![branch(rev), tag(rev), rev.to_owned()],
            Some(rev) => vec![branch(rev), tag(rev)],
        };
        names.iter().find_map(|name| {
            let commit = format!("{name}^{{commit}}");
            let words = [
                "rev-parse",
                "--verify",
                "--quiet",
                "--end-of-options",
                &commit,
            ];
            match self.git.call(Some(&self.path), &words, &[]) {
                Ok(Ended::Well(id)) => Some(id),
                _ => None,
            }
        })
    }

    /// When a commit was committed.
    pub(super) fn committed(&self, commit: &str) -> Result<DateTime<FixedOffset>, GitError> {
        let words = ["show", "-s", "--format=%cI", "--end-of-options", commit];
        let said = self.well(self.git.call(Some(&self.path), &words, &[])?)?;
        DateTime::parse_from_rfc3339(&said).map_err(|error| self.broken(&error.to_string()))
    }

    /// Writes all files of a commit into an empty folder.
    pub(super) fn export(&self, commit: &str, to: &Path, index: &Path) -> Result<(), GitError> {
        let index = [("GIT_INDEX_FILE", index.as_os_str())];
        let words = ["read-tree", commit].map(OsStr::new);
        self.well(self.git.call(Some(&self.path), &words, &index)?)?;
        let prefix = format!("--prefix={}/", to.display());
        let words = [
            OsStr::new("--work-tree"),
            to.as_os_str(),
            OsStr::new("checkout-index"),
            OsStr::new("--all"),
            OsStr::new("--force"),
            OsStr::new(&prefix),
        ];
        self.well(self.git.call(Some(&self.path), &words, &index)?)?;
        Ok(())
    }

    /// Makes the copy where there is none, and removes what an interrupted fetch left: nobody else
    /// works here, because the lock of the state folder is held.
    fn prepare(&self) -> Result<(), GitError> {
        if self.path.join("HEAD").is_file() {
            for entry in WalkDir::new(&self.path).into_iter().flatten() {
                let name = entry.file_name().to_string_lossy();
                let left = name.ends_with(".lock") || name.starts_with("tmp_pack_");
                if left && entry.file_type().is_file() {
                    fs::remove_file(entry.path())
                        .map_err(|error| self.broken(&error.to_string()))?;
                }
            }
            return Ok(());
        }
        let words = [
            OsStr::new("init"),
            OsStr::new("--quiet"),
            OsStr::new("--bare"),
            OsStr::new("--template="),
            OsStr::new("--"),
            self.path.as_os_str(),
        ];
        self.well(self.git.call(None, &words, &[])?)?;
        Ok(())
    }

    fn fetch_once(&self, rev: Option<&str>) -> Result<Ended, GitError> {
        let head = format!("+HEAD:{HEAD}");
        let specs = [
            "+refs/heads/*:refs/heads/*",
            "+refs/tags/*:refs/tags/*",
            &head,
        ];
        // A remote without a default branch serves whoever names one.
        let count = if rev.is_none() { 3 } else { 2 };
        let fetched = self.fetch_refs(&specs[..count])?;
        let lone = rev.filter(|rev| rev.len() >= 40 && is_id(rev));
        match (lone, &fetched) {
            (Some(id), Ended::Well(_)) if self.commit(rev).is_none() => {
                // Some servers hand out a commit that no branch leads to.
                let _ = self.fetch_refs(&[&format!("+{id}:{COMMIT}")])?;
                Ok(fetched)
            }
            _ => Ok(fetched),
        }
    }

    fn fetch_refs(&self, specs: &[&str]) -> Result<Ended, GitError> {
        let options = [
            "fetch",
            "--quiet",
            "--prune",
            "--force",
            "--no-recurse-submodules",
            "--no-write-fetch-head",
            "--",
            self.url,
        ];
        let words = [&options[..], specs].concat();
        self.git.call(Some(&self.path), &words, &[])
    }

    /// Whether all that branches and tags lead to is there.
    fn is_sound(&self) -> Result<bool, GitError> {
        let words = [
            "fsck",
            "--connectivity-only",
            "--no-dangling",
            "--no-progress",
        ];
        let said = self.git.call(Some(&self.path), &words, &[])?;
        Ok(matches!(said, Ended::Well(_)))
    }

    fn stamped(&self, now: DateTime<Utc>) -> Result<(), GitError> {
        let written = fs::write(&self.stamp, now.to_rfc3339());
        written.map_err(|error| self.broken(&error.to_string()))
    }

    fn fetched(&self) -> Option<DateTime<Utc>> {
        let text = fs::read_to_string(&self.stamp).ok()?;
        text.trim().parse().ok()
    }

    fn well(&self, ended: Ended) -> Result<String, GitError> {
        match ended {
            Ended::Well(said) => Ok(said),
            Ended::Badly(reason) => Err(self.broken(&reason)),
        }
    }

    fn broken(&self, reason: &str) -> GitError {
        GitError::Copy {
            path: self.path.clone(),
            reason: reason.to_owned(),
        }
    }
}

fn branch(rev: &str) -> String {
    format!("refs/heads/{rev}")
}

fn tag(rev: &str) -> String {
    format!("refs/tags/{rev}")
}

/// Whether it may be a commit's id, whole or shortened.
fn is_id(rev: &str) -> bool {
    (7..=64).contains(&rev.len()) && rev.chars().all(|sign| sign.is_ascii_hexdigit())
}
