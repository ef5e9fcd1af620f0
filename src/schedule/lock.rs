//! The lock of the state folder: no two runs at once, whoever starts them. Owns the operating
//! system's lock and the name of who holds it; refuses to believe a name without a lock, so that
//! what a dead owner left behind is harmless.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::Stop;

/// How long to wait before a held lock is tried again.
const AGAIN: Duration = Duration::from_millis(500);
/// Bytes of an owner's name that are believed.
const MOST_BYTES: u64 = 4096;

/// Who holds a lock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owner {
    /// Process id.
    pub pid: u32,
    /// Machine, or container; empty where it has no name.
    pub host: String,
    /// What it does, such as `heyan run`.
    pub command: String,
    /// Since when, RFC 3339.
    pub since: String,
}

/// A lock that is held until it is dropped or its process ends, however it ends.
#[derive(Debug)]
pub struct Lock {
    file: File,
    path: PathBuf,
}

/// A lock that was not taken.
#[derive(Debug, Error)]
pub enum LockError {
    /// Another process holds it.
    #[error("{} 正由{}占用，同一时间只能有一个在运行 (held by another process; only one may run at a time)", .path.display(), named(.owner.as_ref()))]
    Held {
        /// The lock file.
        path: PathBuf,
        /// Who holds it, where it says so.
        owner: Option<Owner>,
    },
    /// A wish to stop came while waiting for it.
    #[error("等待 {} 时收到停止信号 (stopped while waiting for the lock)", .0.display())]
    Stopped(PathBuf),
    /// The file cannot be made, locked or written.
    #[error("无法锁定 {}: {reason} (cannot lock; check that the folder can be written and is on a file system with locks)", .path.display())]
    Unusable {
        /// The lock file.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
}

impl Owner {
    /// This process.
    #[must_use]
    pub fn this(command: &str, since: String) -> Self {
        Self {
            pid: std::process::id(),
            host: host(),
            command: command.to_owned(),
            since,
        }
    }

    /// The owner in one phrase.
    #[must_use]
    pub fn phrase(&self) -> String {
        format!(
            " {} (pid {} @ {}, since {}) ",
            self.command, self.pid, self.host, self.since
        )
    }
}

impl Lock {
    /// Takes the lock, or says at once who holds it.
    ///
    /// # Errors
    /// See [`LockError`].
    pub fn take(path: &Path, owner: &Owner) -> Result<Self, LockError> {
        let unusable = |error: io::Error| LockError::Unusable {
            path: path.to_path_buf(),
            reason: error.to_string(),
        };
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(unusable)?;
        }
        // Not emptied on opening: it may be somebody else's.
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        let file = options.open(path).map_err(unusable)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(LockError::Held {
                    path: path.to_path_buf(),
                    owner: read_owner(path),
                });
            }
            Err(TryLockError::Error(error)) => return Err(unusable(error)),
        }
        let lock = Self {
            file,
            path: path.to_path_buf(),
        };
        lock.sign(owner).map_err(unusable)?;
        Ok(lock)
    }

    /// Takes the lock as soon as it is free, within a time limit.
    ///
    /// # Errors
    /// See [`LockError`]; the owner is the one who held it last.
    pub fn wait(
        path: &Path,
        owner: &Owner,
        limit: Duration,
        stop: &Stop,
        sleep: &mut dyn FnMut(Duration),
    ) -> Result<Self, LockError> {
        let mut waited = Duration::ZERO;
        loop {
            match Self::take(path, owner) {
                Err(LockError::Held { .. }) if stop.asked() => {
                    return Err(LockError::Stopped(path.to_path_buf()));
                }
                Err(LockError::Held { .. }) if waited < limit => {
                    sleep(AGAIN);
                    waited += AGAIN;
                }
                other => return other,
            }
        }
    }

    /// Writes who holds it.
    fn sign(&self, owner: &Owner) -> io::Result<()> {
        let text = serde_json::to_string(owner)?;
        if SEALED {
            return fs::write(signature(&self.path), text);
        }
        let mut file = &self.file;
        file.set_len(0)?;
        file.rewind()?;
        file.write_all(text.as_bytes())?;
        file.flush()
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // The name goes before the lock does, so that nobody is named who has left.
        if SEALED {
            let _ = fs::remove_file(signature(&self.path));
        } else {
            let _ = self.file.set_len(0);
        }
        let _ = self.file.unlock();
    }
}

/// Windows lets nobody read a file that is locked, so the name stands beside it there.
const SEALED: bool = cfg!(windows);

/// The file with the owner's name.
fn signature(path: &Path) -> PathBuf {
    if SEALED {
        path.with_extension("owner")
    } else {
        path.to_path_buf()
    }
}

/// Who holds a lock, as far as it can be read; a name half written is none.
fn read_owner(path: &Path) -> Option<Owner> {
    let mut text = String::new();
    let file = File::open(signature(path)).ok()?;
    file.take(MOST_BYTES).read_to_string(&mut text).ok()?;
    serde_json::from_str(&text).ok()
}

fn named(owner: Option<&Owner>) -> String {
    owner.map_or_else(|| "另一个进程".to_owned(), Owner::phrase)
}

/// The name of this machine.
pub(super) fn host() -> String {
    let told = ["HOSTNAME", "COMPUTERNAME"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|host| !host.is_empty()));
    let read = || fs::read_to_string("/proc/sys/kernel/hostname").ok();
    told.or_else(read)
        .map(|host| host.trim().to_owned())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owner(command: &str) -> Owner {
        Owner::this(command, "2026-11-30T02:30:00+08:00".to_owned())
    }

    #[test]
    fn the_second_is_told_who_the_first_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("state/lock");
        let first = Lock::take(&path, &owner("heyan schedule")).expect("free");
        let words = Lock::take(&path, &owner("heyan run"))
            .expect_err("held")
            .to_string();
        let pid = std::process::id().to_string();
        assert!(
            words.contains("heyan schedule") && words.contains(&pid),
            "{words}"
        );
        assert!(words.contains("2026-11-30T02:30:00"), "{words}");
        drop(first);
        Lock::take(&path, &owner("heyan run")).expect("free again");
    }

    #[test]
    fn what_a_dead_owner_left_is_harmless() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("lock");
        for left in [
            "{\"pid\":1",
            "not json",
            &serde_json::to_string(&owner("dead")).expect("text"),
        ] {
            fs::write(&path, left).expect("written");
            drop(Lock::take(&path, &owner("heyan run")).expect("free"));
        }
        assert_eq!(fs::read(&path).expect("read"), b"");
    }

    #[test]
    fn who_waits_gets_it_when_it_is_free_and_gives_up_in_time() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("lock");
        let stop = Stop::new();
        let mut first = Some(Lock::take(&path, &owner("first")).expect("free"));
        let mut naps = 0;
        let limit = Duration::from_secs(60);
        Lock::wait(&path, &owner("second"), limit, &stop, &mut |_| {
            naps += 1;
            if naps == 3 {
                first = None;
            }
        })
        .expect("free after three naps");
        let _third = Lock::take(&path, &owner("third")).expect("free");
        let late = Lock::wait(
            &path,
            &owner("fourth"),
            Duration::from_secs(2),
            &stop,
            &mut |_| {},
        );
        assert!(matches!(late, Err(LockError::Held { owner: Some(_), .. })));
        stop.ask();
        let stopped = Lock::wait(&path, &owner("fifth"), limit, &stop, &mut |_| {});
        assert!(matches!(stopped, Err(LockError::Stopped(_))));
    }
}
