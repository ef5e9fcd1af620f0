//! Putting a run into the record: in a transaction that its mails share.

use rusqlite::{OptionalExtension, Transaction, params};

use super::compare::Comparison;
use super::snapshot::{Run, Seen, Snapshot};
use super::store::{Store, StoreError};

/// Where a run stands in its series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It follows the last one.
    Next(i64),
    /// It is the last one, made once more.
    Again(i64),
    /// Its clock is before that of the last one, so that it is compared with what came before it
    /// and not recorded: history is not rewritten.
    Late(i64),
}

impl Standing {
    /// Number of the run in its series: what came before has lower numbers.
    #[must_use]
    pub fn number(self) -> i64 {
        match self {
            Self::Next(n) | Self::Again(n) | Self::Late(n) => n,
        }
    }
}

impl Store {
    /// Where a run stands in a series.
    ///
    /// # Errors
    /// A record that cannot be read.
    pub fn standing(&self, series: &str, run: &Run) -> Result<Standing, StoreError> {
        let runs = self.runs(series)?;
        let Some((newest, last)) = runs.last() else {
            return Ok(Standing::Next(1));
        };
        if last.run_id == run.run_id {
            return Ok(Standing::Again(*newest));
        }
        let later = runs
            .iter()
            .find(|(_, other)| other.run_id == run.run_id || other.moment() > run.moment());
        Ok(match later {
            Some((n, _)) => Standing::Late(*n),
            None => Standing::Next(newest + 1),
        })
    }
}

/// Records a run. One that was recorded already is replaced: a run that is made once more, because
/// it was cut off, is one run.
///
/// # Errors
/// What SQLite says; the transaction is then to be dropped.
pub fn record(
    change: &Transaction<'_>,
    series: &str,
    n: i64,
    run: &Snapshot,
    comparison: &Comparison,
) -> rusqlite::Result<()> {
    undo(change, series, n)?;
    change.execute(
        "INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        params![
            series,
            n,
            run.run.run_id,
            run.run.now,
            run.run.program,
            run.run.versions.reading,
            run.run.versions.standard,
            run.run.versions.settings,
            serde_json::to_string(&run.run.versions.rules).unwrap_or_default(),
        ],
    )?;
    record_documents(change, series, n, run)?;
    for seen in &run.findings {
        record_finding(change, series, n, seen)?;
    }
    let mut end = change.prepare_cached("INSERT INTO ends VALUES (?, ?, ?, ?, ?)")?;
    for gone in comparison.gone.iter().filter(|gone| gone.blind.is_none()) {
        end.execute(params![series, gone.seen.id, n, gone.state, gone.cause])?;
    }
    Ok(())
}

/// A count as SQLite keeps it.
fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn record_documents(
    change: &Transaction<'_>,
    series: &str,
    n: i64,
    run: &Snapshot,
) -> rusqlite::Result<()> {
    let mut list = change
        .prepare_cached("INSERT INTO lists VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")?;
    for (position, own) in (0i64..).zip(&run.lists) {
        list.execute(params![
            series,
            n,
            position,
            own.key,
            own.code,
            own.region,
            own.file,
            own.sha256,
            own.title,
            whole(own.document.error),
            whole(own.document.warning),
            whole(own.document.info),
            whole(own.reading),
            whole(own.waived),
        ])?;
    }
    let mut unread = change.prepare_cached("INSERT INTO unread VALUES (?, ?, ?, ?)")?;
    for (file, reason) in &run.not_read {
        unread.execute(params![series, n, file, reason])?;
    }
    let mut unasked = change.prepare_cached("INSERT INTO unasked VALUES (?, ?, ?, ?, ?)")?;
    for ((rule, file), reason) in &run.not_run {
        unasked.execute(params![series, n, rule, file, reason])?;
    }
    Ok(())
}

fn record_finding(
    change: &Transaction<'_>,
    series: &str,
    n: i64,
    seen: &Seen,
) -> rusqlite::Result<()> {
    change
        .prepare_cached(
            "INSERT INTO findings VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
             ON CONFLICT DO UPDATE SET rule = ?3, region_key = ?4, region_code = ?5, region = ?6,
                file = ?7, level = ?8, seq = ?9, code = ?10, name = ?11, field = ?12, message = ?13",
        )?
        .execute(params![
            series,
            seen.id,
            seen.rule,
            seen.key,
            seen.code,
            seen.region,
            seen.file,
            seen.level,
            seen.seq,
            seen.item_code,
            seen.name,
            seen.field,
            seen.message,
        ])?;
    let gone_on = change
        .prepare_cached(
            "UPDATE spells SET last = ?3 WHERE series = ?1 AND id = ?2 AND last = ?3 - 1
                AND severity = ?4 AND origin = ?5 AND waived = ?6",
        )?
        .execute(params![
            series,
            seen.id,
            n,
            seen.severity,
            seen.origin,
            seen.waived
        ])?;
    if gone_on == 0 {
        change
            .prepare_cached("INSERT INTO spells VALUES (?1, ?2, ?3, ?3, ?4, ?5, ?6)")?
            .execute(params![
                series,
                seen.id,
                n,
                seen.severity,
                seen.origin,
                seen.waived
            ])?;
    }
    Ok(())
}

/// Takes the last run of a series out of the record.
fn undo(change: &Transaction<'_>, series: &str, n: i64) -> rusqlite::Result<()> {
    let there = change
        .query_row(
            "SELECT 1 FROM runs WHERE series = ? AND n = ?",
            params![series, n],
            |_| Ok(()),
        )
        .optional()?;
    if there.is_none() {
        return Ok(());
    }
    change.execute(
        "DELETE FROM spells WHERE series = ? AND first = ?",
        params![series, n],
    )?;
    change.execute(
        "UPDATE spells SET last = ?2 - 1 WHERE series = ?1 AND last = ?2",
        params![series, n],
    )?;
    // Lists, documents and ends go with the run.
    change.execute(
        "DELETE FROM runs WHERE series = ? AND n = ?",
        params![series, n],
    )?;
    Ok(())
}
