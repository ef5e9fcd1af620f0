//! What the outbox knows of mails past: what became of each, what still waits, which addresses were
//! refused, and on which day a region first heard of a fault.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension};

use super::{Days, OFFICE, OutboxError, faults, parse};

/// What became of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It waits.
    Queued,
    /// It is in other hands: the server took it, or it was written as a file.
    Sent,
    /// The server refused it for good.
    Refused,
    /// A newer mail took its place, or it was withdrawn, before it was delivered.
    Overtaken,
}

impl State {
    /// The word in the table.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Refused => "refused",
            Self::Overtaken => "overtaken",
        }
    }

    fn of(word: &str) -> Self {
        match word {
            "sent" => Self::Sent,
            "refused" => Self::Refused,
            "overtaken" => Self::Overtaken,
            _ => Self::Queued,
        }
    }
}

/// What became of a mail; `None` where there is none of that identity.
///
/// # Errors
/// What SQLite says.
pub fn state(connection: &Connection, message_id: &str) -> Result<Option<State>, OutboxError> {
    let word: Option<String> = connection
        .query_row(
            "SELECT state FROM mails WHERE message_id = ?1",
            [message_id],
            |row| row.get(0),
        )
        .optional()?;
    Ok(word.map(|word| State::of(&word)))
}

/// A mail that was not delivered yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Region's code, or `office`.
    pub topic: String,
    /// Its address.
    pub address: String,
    /// Its subject.
    pub subject: String,
    /// The day it was stored.
    pub since: String,
    /// Attempts so far.
    pub attempts: u32,
    /// What the last attempt came to; empty before the first.
    pub answer: String,
}

/// Mails that wait, oldest first.
///
/// # Errors
/// What SQLite says.
pub fn waiting(connection: &Connection) -> Result<Vec<Waiting>, OutboxError> {
    let mut rows = connection.prepare_cached(
        "SELECT topic, address, subject, stored_day, attempts, last_answer FROM mails
         WHERE state = 'queued' ORDER BY seq",
    )?;
    let mails = rows.query_map([], |row| {
        Ok(Waiting {
            topic: row.get(0)?,
            address: row.get(1)?,
            subject: row.get(2)?,
            since: row.get(3)?,
            attempts: row.get(4)?,
            answer: row.get(5)?,
        })
    })?;
    Ok(mails.collect::<Result<_, _>>()?)
}

/// An address whose last mail the server refused for good.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Refusal {
    /// Region's code, or `office`.
    pub topic: String,
    /// The address.
    pub address: String,
    /// The day of the refusal.
    pub day: String,
    /// What the server said.
    pub answer: String,
}

/// Addresses that stand refused: a refusal stands until a mail to the address is delivered.
///
/// # Errors
/// What SQLite says.
pub fn refusals(connection: &Connection) -> Result<Vec<Refusal>, OutboxError> {
    let mut rows = connection.prepare_cached(
        "SELECT topic, address, done_day, last_answer FROM mails AS mail
         WHERE state = 'refused' AND NOT EXISTS (
             SELECT 1 FROM mails AS later
             WHERE later.topic = mail.topic AND later.address = mail.address
               AND later.seq > mail.seq AND later.state IN ('sent', 'refused'))
         ORDER BY topic, address",
    )?;
    let refusals = rows.query_map([], |row| {
        Ok(Refusal {
            topic: row.get(0)?,
            address: row.get(1)?,
            day: row.get(2)?,
            answer: row.get(3)?,
        })
    })?;
    Ok(refusals.collect::<Result<_, _>>()?)
}

/// For each fault that a region was last told of, the day on which it first heard of it in the
/// fault's present spell: counted from delivery, and from the beginning where a mail in between said
/// that the fault was gone.
///
/// # Errors
/// What SQLite says.
pub fn sent_on(connection: &Connection) -> Result<Days, OutboxError> {
    let mut rows = connection.prepare_cached(
        "SELECT seq, topic, done_day FROM mails
         WHERE state = 'sent' AND topic <> ?1 AND topic NOT LIKE ?1 || ' %' ORDER BY topic, seq",
    )?;
    let mails = rows.query_map([OFFICE], |row| {
        Ok((
            row.get::<_, i64>(0)?,
            row.get::<_, String>(1)?,
            row.get::<_, String>(2)?,
        ))
    })?;
    // By topic: what its last mail named.
    let mut spells: BTreeMap<String, Days> = BTreeMap::new();
    for mail in mails {
        let (seq, topic, day) = mail?;
        let day = parse(&day)?;
        let faults = faults(connection, seq)?;
        let spell = spells.entry(topic).or_default();
        spell.retain(|id, _| faults.contains(id));
        for id in faults {
            let first = spell.entry(id).or_insert(day);
            *first = (*first).min(day);
        }
    }
    Ok(spells.into_values().flatten().collect())
}
