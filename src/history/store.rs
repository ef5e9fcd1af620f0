//! The record of runs: an SQLite file in the state folder. A run is recorded in one transaction, so
//! that there is all of it or nothing. Owns the tables of `schema.sql`; the outbox keeps its own in
//! the same file, so that a run and its mails are recorded together.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, Row, params};
use thiserror::Error;

use crate::report::view::{Severities, TrendRegion, TrendView};

use super::snapshot::{ListRecord, Run, Seen, Snapshot, Versions};

/// Name of the file in the state folder.
pub const FILE: &str = "heyan.sqlite";
/// Version of the tables, kept in the file.
const VERSION: i64 = 1;
/// Columns of a finding as it was seen, of the tables `findings f` and `spells s`.
pub(super) const SEEN: &str = "f.id, f.rule, s.severity, s.origin, s.waived, f.region_key, \
    f.region_code, f.region, f.file, f.level, f.seq, f.code, f.name, f.field, f.message";
/// How long to wait for another program that holds the file.
const PATIENCE: Duration = Duration::from_secs(10);

/// A record of runs that cannot be used.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The state folder cannot be made.
    #[error("无法建立状态文件夹 {}: {reason} (cannot make the state folder)", .path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// The file is damaged, locked or no record.
    #[error("无法使用运行记录 {}: {source} (cannot use the record of runs)", .path.display())]
    Database {
        /// The file.
        path: PathBuf,
        /// What SQLite said.
        source: rusqlite::Error,
    },
    /// The file was written by a newer heyan.
    #[error("运行记录 {} 由更新版本的 heyan 写成（格式 {version}）(written by a newer heyan)", .path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Version of its tables.
        version: i64,
    },
    /// What the file holds contradicts itself.
    #[error("运行记录 {} 有误：{reason} (the record of runs is damaged)", .path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
}

/// The record of runs.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    path: PathBuf,
}

impl Store {
    /// Opens the record in a state folder; both are made where they are not there.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        fs::create_dir_all(folder).map_err(|error| StoreError::Folder {
            path: folder.to_path_buf(),
            reason: error.to_string(),
        })?;
        let path = folder.join(FILE);
        let failed = |source| StoreError::Database {
            path: path.clone(),
            source,
        };
        let connection = Connection::open(&path).map_err(failed)?;
        connection.busy_timeout(PATIENCE).map_err(failed)?;
        // FULL with a rollback journal: what was committed survives a power cut.
        connection
            .execute_batch(
                "PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;",
            )
            .map_err(failed)?;
        let mut store = Self { connection, path };
        store.migrate()?;
        Ok(store)
    }

    /// A record of nothing, for what is only tried.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn in_memory() -> Result<Self, StoreError> {
        let path = PathBuf::from(":memory:");
        let failed = |source| StoreError::Database {
            path: path.clone(),
            source,
        };
        let connection = Connection::open_in_memory().map_err(failed)?;
        let mut store = Self { connection, path };
        store.migrate()?;
        Ok(store)
    }

    /// Whether a state folder holds a record.
    #[must_use]
    pub fn is_in(folder: &Path) -> bool {
        folder.join(FILE).is_file()
    }

    /// Turns what SQLite says into an error that names the file.
    pub fn failed(&self, source: rusqlite::Error) -> StoreError {
        StoreError::Database {
            path: self.path.clone(),
            source,
        }
    }

    /// The connection, for what is recorded together with a run.
    pub fn connection(&mut self) -> &mut Connection {
        &mut self.connection
    }

    pub(super) fn reading(&self) -> &Connection {
        &self.connection
    }

    fn damaged(&self, reason: String) -> StoreError {
        StoreError::Damaged {
            path: self.path.clone(),
            reason,
        }
    }

    fn migrate(&mut self) -> Result<(), StoreError> {
        let version = self
            .connection
            .query_row("PRAGMA user_version", [], |row| row.get::<_, i64>(0));
        let version = version.map_err(|error| self.failed(error))?;
        if version > VERSION {
            return Err(StoreError::Newer {
                path: self.path.clone(),
                version,
            });
        }
        if version == 0 {
            let made = made(&mut self.connection);
            made.map_err(|error| self.failed(error))?;
        }
        Ok(())
    }

    /// The runs of a series, the oldest first, without the digests of their rules: few of those who
    /// ask need them, and there are many. See [`Self::rules`].
    ///
    /// # Errors
    /// A record that cannot be read.
    pub fn runs(&self, series: &str) -> Result<Vec<(i64, Run)>, StoreError> {
        self.read_runs(series).map_err(|error| self.failed(error))
    }

    fn read_runs(&self, series: &str) -> rusqlite::Result<Vec<(i64, Run)>> {
        let mut query = self.connection.prepare_cached(
            "SELECT n, run_id, now, program, reading, standard, settings
             FROM runs WHERE series = ? ORDER BY n",
        )?;
        let rows = query.query_map([series], |row| {
            let run = Run {
                run_id: row.get(1)?,
                now: row.get(2)?,
                program: row.get(3)?,
                versions: Versions {
                    reading: row.get(4)?,
                    standard: row.get(5)?,
                    settings: row.get(6)?,
                    ..Versions::default()
                },
            };
            Ok((row.get(0)?, run))
        })?;
        rows.collect()
    }

    /// Digests of the rules of a run, by their ids.
    ///
    /// # Errors
    /// A record that cannot be read, or is damaged.
    pub(super) fn rules(
        &self,
        series: &str,
        n: i64,
    ) -> Result<BTreeMap<String, String>, StoreError> {
        let query = "SELECT run_id, rules FROM runs WHERE series = ? AND n = ?";
        let read = self.connection.query_row(query, params![series, n], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
        });
        let (run_id, rules) = read.map_err(|error| self.failed(error))?;
        serde_json::from_str(&rules).map_err(|error| self.damaged(format!("{run_id}: {error}")))
    }

    /// The series that were recorded.
    ///
    /// # Errors
    /// A record that cannot be read.
    pub fn series(&self) -> Result<Vec<String>, StoreError> {
        let read = || -> rusqlite::Result<Vec<String>> {
            let mut query = self
                .connection
                .prepare("SELECT DISTINCT series FROM runs ORDER BY series")?;
            query.query_map([], |row| row.get(0))?.collect()
        };
        read().map_err(|error| self.failed(error))
    }

    /// A run as it was recorded; its findings have the words they had when they were last seen.
    ///
    /// # Errors
    /// A record that cannot be read.
    pub fn snapshot(&self, series: &str, n: i64) -> Result<Option<Snapshot>, StoreError> {
        let Some((_, mut run)) = self.runs(series)?.into_iter().find(|(own, _)| *own == n) else {
            return Ok(None);
        };
        run.versions.rules = self.rules(series, n)?;
        self.read_snapshot(series, n, run)
            .map(Some)
            .map_err(|error| self.failed(error))
    }

    fn read_snapshot(&self, series: &str, n: i64, run: Run) -> rusqlite::Result<Snapshot> {
        let key = params![series, n];
        let mut unread = self
            .connection
            .prepare_cached("SELECT file, reason FROM unread WHERE series = ? AND n = ?")?;
        let mut unasked = self
            .connection
            .prepare_cached("SELECT rule, file, reason FROM unasked WHERE series = ? AND n = ?")?;
        let mut findings = self.connection.prepare_cached(&format!(
            "SELECT {SEEN} FROM spells s JOIN findings f USING (series, id)
             WHERE s.series = ?1 AND s.first <= ?2 AND s.last >= ?2
             ORDER BY f.region_key, f.rule, f.id"
        ))?;
        Ok(Snapshot {
            run,
            lists: self.lists(series, n)?,
            not_read: unread
                .query_map(key, |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect::<rusqlite::Result<_>>()?,
            not_run: unasked
                .query_map(key, |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?)))?
                .collect::<rusqlite::Result<_>>()?,
            findings: findings
                .query_map(key, seen)?
                .collect::<rusqlite::Result<_>>()?,
        })
    }

    pub(super) fn lists(&self, series: &str, n: i64) -> rusqlite::Result<Vec<ListRecord>> {
        let mut query = self.connection.prepare_cached(
            "SELECT region_key, region_code, region, file, sha256, title,
                    error, warning, info, reading, waived
             FROM lists WHERE series = ? AND n = ? ORDER BY position",
        )?;
        let rows = query.query_map(params![series, n], |row| {
            Ok(ListRecord {
                key: row.get(0)?,
                code: row.get(1)?,
                region: row.get(2)?,
                file: row.get(3)?,
                sha256: row.get(4)?,
                title: row.get(5)?,
                document: Severities {
                    error: count(row, 6)?,
                    warning: count(row, 7)?,
                    info: count(row, 8)?,
                },
                reading: count(row, 9)?,
                waived: count(row, 10)?,
            })
        })?;
        rows.collect()
    }

    /// What the last runs of a series before the `n`th counted, the oldest first.
    ///
    /// # Errors
    /// A record that cannot be read.
    pub fn trend(&self, series: &str, n: i64, most: usize) -> Result<Vec<TrendView>, StoreError> {
        let mut runs = self.runs(series)?;
        runs.retain(|(own, _)| *own < n);
        let from = runs.len().saturating_sub(most);
        let trend = runs.split_off(from).into_iter().map(|(own, run)| {
            let lists = self.lists(series, own)?;
            Ok(point(&run, &lists))
        });
        let trend: rusqlite::Result<_> = trend.collect();
        trend.map_err(|error| self.failed(error))
    }
}

/// What a run counted, for a chart.
#[must_use]
pub fn point(run: &Run, lists: &[ListRecord]) -> TrendView {
    let mut regions: Vec<TrendRegion> = Vec::new();
    for list in lists {
        // A region with several lists is one region.
        match regions.iter_mut().find(|region| region.code == list.code) {
            Some(region) => {
                region.document = region.document.plus(list.document);
                region.reading += list.reading;
                region.waived += list.waived;
            }
            None => regions.push(TrendRegion {
                code: list.code.clone(),
                name: list.region.clone(),
                document: list.document,
                reading: list.reading,
                waived: list.waived,
            }),
        }
    }
    TrendView {
        run_id: run.run_id.clone(),
        now: run.now.clone(),
        regions,
    }
}

/// A count; SQLite knows no unsigned numbers as wide as ours.
pub(super) fn count(row: &Row<'_>, column: usize) -> rusqlite::Result<usize> {
    let count: u32 = row.get(column)?;
    Ok(count as usize)
}

fn made(connection: &mut Connection) -> rusqlite::Result<()> {
    let change = connection.transaction()?;
    change.execute_batch(include_str!("schema.sql"))?;
    change.pragma_update(None, "user_version", VERSION)?;
    change.commit()
}

/// A finding from the columns of [`SEEN`].
pub(super) fn seen(row: &Row<'_>) -> rusqlite::Result<Seen> {
    Ok(Seen {
        id: row.get(0)?,
        rule: row.get(1)?,
        severity: row.get(2)?,
        origin: row.get(3)?,
        waived: row.get(4)?,
        key: row.get(5)?,
        code: row.get(6)?,
        region: row.get(7)?,
        file: row.get(8)?,
        level: row.get(9)?,
        seq: row.get(10)?,
        item_code: row.get(11)?,
        name: row.get(12)?,
        field: row.get(13)?,
        message: row.get(14)?,
    })
}
