//! The cache: what a document yields, kept under its content and everything else that its reading
//! depends on. It can be deleted at any time; an entry that is not whole is no entry. Refuses to
//! change a result: what is not exactly what was kept is read again.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

use crate::recover::READING;
use crate::rules::hex;

/// Runs after which an entry that none of them used goes.
const RUNS_KEPT: u32 = 30;
/// Bytes that all entries together may have; those that were not used for longest go first.
const MOST_BYTES: u64 = 1 << 30;
/// File that counts, for each entry, the runs that did not use it.
const USES: &str = "unused.json";
/// Mark by which programs that make backups leave a cache out.
const TAG: (&str, &str) = (
    "CACHEDIR.TAG",
    "Signature: 8a477f597d28d172789f06886806bc55\n# heyan: what documents yielded; can be deleted at any time\n",
);

/// A folder of entries.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
    /// What every key depends on beside the document.
    base: String,
    used: Mutex<BTreeMap<String, u32>>,
}

impl Cache {
    /// The cache of a folder, for a reading with these limits and this national data. The folder
    /// comes to be when something is kept.
    #[must_use]
    pub fn at(folder: &Path, limits: &str, standard: &str) -> Self {
        Self {
            folder: folder.to_path_buf(),
            base: digest(&[READING, limits, standard]),
            used: Mutex::default(),
        }
    }

    /// Key of a document: its content, and how it is to be read.
    #[must_use]
    pub fn key(&self, sha256: &str, how: &[&str]) -> String {
        digest(&[&self.base, sha256, &digest(how)])
    }

    /// What was kept under a key; nothing where it is not there whole.
    #[must_use]
    pub fn get<T: DeserializeOwned>(&self, key: &str) -> Option<T> {
        let text = fs::read_to_string(self.path(key)).ok()?;
        let (sum, body) = text.split_once('\n')?;
        if sum != digest(&[key, body]) {
            tracing::warn!(key, "a cache entry is damaged; the document is read again");
            return None;
        }
        let kept = serde_json::from_str(body).ok()?;
        self.use_of(key);
        Some(kept)
    }

    /// Keeps what a document yields. That it cannot be kept is no failure of the run.
    pub fn put<T: Serialize>(&self, key: &str, what: &T) {
        match self.try_put(key, what) {
            Ok(()) => self.use_of(key),
            Err(error) => tracing::warn!(%error, folder = %self.folder.display(), "not kept"),
        }
    }

    fn try_put<T: Serialize>(&self, key: &str, what: &T) -> io::Result<()> {
        let body = serde_json::to_string(what)?;
        let text = format!("{}\n{body}", digest(&[key, &body]));
        write(&self.path(key), text.as_bytes())
    }

    /// Ends a run: entries that no run has used for long go, and those beyond the size.
    pub fn sweep(&self) {
        if let Err(error) = self.try_sweep(RUNS_KEPT, MOST_BYTES) {
            tracing::warn!(%error, folder = %self.folder.display(), "the cache was not swept");
        }
    }

    fn try_sweep(&self, runs: u32, most: u64) -> io::Result<()> {
        if !self.folder.is_dir() {
            return Ok(());
        }
        let path = self.folder.join(USES);
        let known: BTreeMap<String, u32> = fs::read_to_string(&path)
            .ok()
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_default();
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let mut entries: Vec<(u32, String, u64)> = Vec::new();
        for (key, bytes) in self.entries()? {
            let unused = match used.contains_key(&key) {
                true => 0,
                false => known.get(&key).copied().unwrap_or(0).saturating_add(1),
            };
            entries.push((unused, key, bytes));
        }
        entries.sort();
        let mut total = 0;
        let mut kept = BTreeMap::new();
        for (unused, key, bytes) in entries {
            total += bytes;
            if unused > runs || total > most {
                fs::remove_file(self.path(&key))?;
            } else {
                kept.insert(key, unused);
            }
        }
        write(&path, serde_json::to_string(&kept)?.as_bytes())?;
        write(&self.folder.join(TAG.0), TAG.1.as_bytes())
    }

    /// Keys and sizes of what is there.
    fn entries(&self) -> io::Result<Vec<(String, u64)>> {
        let mut entries = Vec::new();
        for shelf in fs::read_dir(&self.folder)? {
            let shelf = shelf?.path();
            if !shelf.is_dir() {
                continue;
            }
            for entry in fs::read_dir(&shelf)? {
                let entry = entry?;
                let name = entry.file_name().to_string_lossy().into_owned();
                if let Some(key) = name.strip_suffix(".json") {
                    entries.push((key.to_owned(), entry.metadata()?.len()));
                }
            }
        }
        Ok(entries)
    }

    fn use_of(&self, key: &str) {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        used.insert(key.to_owned(), 0);
    }

    fn path(&self, key: &str) -> PathBuf {
        let shelf = key.get(..2).unwrap_or("00");
        self.folder.join(shelf).join(format!("{key}.json"))
    }
}

/// Writes beside the place and moves there, so that nobody ever sees half an entry.
fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut draft = NamedTempFile::new_in(folder)?;
    draft.write_all(bytes)?;
    draft.persist(path).map_err(|error| error.error)?;
    Ok(())
}

fn digest(parts: &[&str]) -> String {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update((part.len() as u64).to_le_bytes());
        digest.update(part.as_bytes());
    }
    hex(&digest.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cache(folder: &Path) -> Cache {
        Cache::at(folder, "limits", "standard")
    }

    #[test]
    fn what_was_kept_comes_back_and_what_is_damaged_does_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let kept = cache(folder.path());
        let key = kept.key("ab", &["txt", "gb18030"]);
        assert_eq!(kept.get::<String>(&key), None);
        kept.put(&key, &"一份清单");
        assert_eq!(kept.get::<String>(&key).as_deref(), Some("一份清单"));
        let path = kept.path(&key);
        let text = fs::read_to_string(&path).expect("kept");
        for damaged in ["", "x", &text[..text.len() - 1], &text.replace("一", "二")] {
            fs::write(&path, damaged).expect("written");
            assert_eq!(kept.get::<String>(&key), None, "{damaged:?}");
        }
    }

    #[test]
    fn a_key_is_of_everything_the_reading_depends_on() {
        let folder = Path::new("nowhere");
        let key =
            |limits, standard, sha, how: &[&str]| Cache::at(folder, limits, standard).key(sha, how);
        let keys = [
            key("1", "1", "a", &["x", ""]),
            key("2", "1", "a", &["x", ""]),
            key("1", "2", "a", &["x", ""]),
            key("1", "1", "b", &["x", ""]),
            key("1", "1", "a", &["", "x"]),
        ];
        let distinct: std::collections::BTreeSet<&String> = keys.iter().collect();
        assert_eq!(distinct.len(), keys.len());
    }

    #[test]
    fn what_no_run_uses_goes_and_so_does_what_is_too_much() {
        let folder = tempfile::tempdir().expect("a folder");
        let first = cache(folder.path());
        let (used, unused) = (first.key("a", &[]), first.key("b", &[]));
        first.put(&used, &"a");
        first.put(&unused, &"b");
        first.try_sweep(1, 1 << 20).expect("swept");
        for round in 0..2 {
            let next = cache(folder.path());
            assert!(next.get::<String>(&used).is_some());
            next.try_sweep(1, 1 << 20).expect("swept");
            assert_eq!(next.path(&unused).is_file(), round == 0);
        }
        let last = cache(folder.path());
        last.put(&unused, &"b");
        last.try_sweep(9, 80).expect("swept");
        assert!(last.path(&unused).is_file() && !last.path(&used).is_file());
    }
}
