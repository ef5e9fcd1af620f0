//! The outbox: every mail is stored before it is sent and marked before the connection is closed.
//! Owns the tables `mails` and `notices` of the state database; refuses to decide who gets a mail.
//!
//! What is stored in one transaction is stored as a whole or not at all, so a run that is killed
//! either left its mails to the next one or left nothing, and the next one decides anew. A mail whose
//! server went silent after the last dot may have been taken: it is sent again under the same
//! Message-ID, by which servers and clients tell a copy. No mail is ever given up in silence: it is
//! delivered, refused by the server, or overtaken by a newer one, and each of these is kept.

mod record;
mod sending;

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDate};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use thiserror::Error;

use super::notice::{Ids, Notice, Told};

pub use record::{Refusal, State, Waiting, refusals, sent_on, state, waiting};
pub use sending::{Tally, backoff, send_due};

/// The topic of the office's own mails.
pub const OFFICE: &str = "office";

/// Topic of the office's mails about a series of runs: a job that reads other lists has other news,
/// and says nothing of what the others told.
#[must_use]
pub fn office_topic(series: &str) -> String {
    match series {
        "" => OFFICE.to_owned(),
        series => format!("{OFFICE} {series}"),
    }
}

/// Whether a topic is the office's and no region's.
#[must_use]
pub fn is_office(topic: &str) -> bool {
    let rest = topic.strip_prefix(OFFICE);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

/// The tables. Days are ISO, moments are seconds since 1970.
const TABLES: &str = "
CREATE TABLE IF NOT EXISTS mails (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    message_id TEXT NOT NULL UNIQUE,
    run_id TEXT NOT NULL,
    topic TEXT NOT NULL,
    address TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    stored_day TEXT NOT NULL,
    message BLOB NOT NULL,
    state TEXT NOT NULL DEFAULT 'queued'
        CHECK (state IN ('queued', 'sent', 'refused', 'overtaken')),
    attempts INTEGER NOT NULL DEFAULT 0,
    next_attempt INTEGER NOT NULL,
    done_day TEXT,
    last_answer TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX IF NOT EXISTS mails_by_recipient ON mails (topic, address, seq);
CREATE INDEX IF NOT EXISTS mails_by_state ON mails (state, next_attempt);
CREATE TABLE IF NOT EXISTS notices (
    mail INTEGER NOT NULL REFERENCES mails (seq) ON DELETE CASCADE,
    finding TEXT NOT NULL,
    PRIMARY KEY (mail, finding)
) STRICT, WITHOUT ROWID;
";

/// An outbox that cannot be used.
#[derive(Debug, Error)]
pub enum OutboxError {
    /// What SQLite says.
    #[error("发件箱出错：{0} (the outbox cannot be used)")]
    Store(#[from] rusqlite::Error),
    /// A day in the store that is none.
    #[error("发件箱中的日期“{0}”无效 (invalid day in the outbox)")]
    Day(String),
}

/// A mail to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its identity, see [`super::message::MessageId`].
    pub message_id: String,
    /// The run.
    pub run_id: String,
    /// A region's code, or [`OFFICE`].
    pub topic: String,
    /// The one address it goes to.
    pub address: String,
    /// Why it is sent, in one word.
    pub kind: String,
    /// Its subject, for lists.
    pub subject: String,
    /// Ids of what it is about; none in a closing mail.
    pub faults: Ids,
    /// Its bytes.
    pub message: Vec<u8>,
}

/// Makes the tables where they are not there.
///
/// # Errors
/// What SQLite says.
pub fn migrate(connection: &Connection) -> Result<(), OutboxError> {
    Ok(connection.execute_batch(TABLES)?)
}

/// Stores the mails of a run in one transaction: all of them or none. A mail that is there already
/// is left as it is.
///
/// # Errors
/// What SQLite says; nothing was stored then.
pub fn store(
    connection: &mut Connection,
    entries: &[Entry],
    now: DateTime<FixedOffset>,
) -> Result<usize, OutboxError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut stored = 0;
    for entry in entries {
        stored += usize::from(put(&transaction, entry, now)?);
    }
    transaction.commit()?;
    Ok(stored)
}

/// Stores one mail within the caller's transaction; whether it was not there yet. What still waited
/// for the same recipient on the same topic is overtaken by it.
///
/// # Errors
/// What SQLite says; the caller's transaction is then to be rolled back.
pub fn put(
    connection: &Connection,
    entry: &Entry,
    now: DateTime<FixedOffset>,
) -> Result<bool, OutboxError> {
    let seq: Option<i64> = connection
        .query_row(
            "INSERT INTO mails (message_id, run_id, topic, address, kind, subject, stored_day, message, next_attempt)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
             ON CONFLICT (message_id) DO NOTHING RETURNING seq",
            params![
                entry.message_id,
                entry.run_id,
                entry.topic,
                entry.address,
                entry.kind,
                entry.subject,
                now.date_naive().to_string(),
                entry.message,
                now.timestamp(),
            ],
            |row| row.get(0),
        )
        .optional()?;
    let Some(seq) = seq else {
        return Ok(false);
    };
    for finding in &entry.faults {
        connection.execute(
            "INSERT INTO notices (mail, finding) VALUES (?1, ?2)",
            params![seq, finding],
        )?;
    }
    overtake(
        connection,
        &entry.topic,
        &entry.address,
        seq,
        &entry.message_id,
        now,
    )?;
    Ok(true)
}

/// Withdraws what waits for a recipient on a topic because it is no longer true; how many.
///
/// # Errors
/// What SQLite says.
pub fn withdraw(
    connection: &Connection,
    topic: &str,
    address: &str,
    now: DateTime<FixedOffset>,
) -> Result<usize, OutboxError> {
    overtake(connection, topic, address, i64::MAX, "", now)
}

fn overtake(
    connection: &Connection,
    topic: &str,
    address: &str,
    before: i64,
    by: &str,
    now: DateTime<FixedOffset>,
) -> Result<usize, OutboxError> {
    let answer = match by {
        "" => "已不符合现状，撤回 (no longer true, withdrawn)".to_owned(),
        by => format!("由 {by} 代替 (overtaken by it)"),
    };
    Ok(connection.execute(
        "UPDATE mails SET state = 'overtaken', done_day = ?4, last_answer = ?5
         WHERE state = 'queued' AND topic = ?1 AND address = ?2 AND seq < ?3",
        params![topic, address, before, now.date_naive().to_string(), answer],
    )?)
}

/// What a recipient was told on a topic.
///
/// # Errors
/// What SQLite says.
pub fn told(connection: &Connection, topic: &str, address: &str) -> Result<Told, OutboxError> {
    let mut last = connection.prepare_cached(
        "SELECT seq, coalesce(done_day, stored_day) FROM mails
         WHERE topic = ?1 AND address = ?2 AND state = ?3 ORDER BY seq DESC LIMIT 1",
    )?;
    let mut notice = |state: State| -> Result<Option<(i64, Notice)>, OutboxError> {
        let row: Option<(i64, String)> = last
            .query_row(params![topic, address, state.word()], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()?;
        let Some((seq, day)) = row else {
            return Ok(None);
        };
        let notice = Notice {
            day: parse(&day)?,
            faults: faults(connection, seq)?,
        };
        Ok(Some((seq, notice)))
    };
    let delivered = notice(State::Sent)?;
    let refused = notice(State::Refused)?;
    let waiting = notice(State::Queued)?;
    let after = delivered.as_ref().map_or(0, |(seq, _)| *seq);
    Ok(Told {
        delivered: delivered.map(|(_, notice)| notice),
        waiting: waiting.map(|(_, notice)| notice),
        refused: refused
            .filter(|(seq, _)| *seq > after)
            .map(|(_, notice)| notice),
    })
}

/// Frees the bytes of mails that were done with before a day; what is known of them stays.
///
/// # Errors
/// What SQLite says.
pub fn prune(connection: &Connection, before: NaiveDate) -> Result<usize, OutboxError> {
    Ok(connection.execute(
        "UPDATE mails SET message = x'' WHERE state <> 'queued' AND done_day < ?1 AND message <> x''",
        [before.to_string()],
    )?)
}

fn faults(connection: &Connection, seq: i64) -> Result<Ids, OutboxError> {
    let mut rows = connection.prepare_cached("SELECT finding FROM notices WHERE mail = ?1")?;
    let ids = rows.query_map([seq], |row| row.get(0))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

fn parse(day: &str) -> Result<NaiveDate, OutboxError> {
    day.parse().map_err(|_| OutboxError::Day(day.to_owned()))
}

/// Days by id.
type Days = BTreeMap<String, NaiveDate>;

#[cfg(test)]
mod tests;
