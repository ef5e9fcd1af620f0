//! Sending what is due, one mail after the other, each marked before the next is begun.

use chrono::{DateTime, FixedOffset};
use rusqlite::{Connection, params};

use super::record::{Refusal, State, waiting};
use super::{OutboxError, Waiting};
use crate::deliver::transport::{Receipt, Stored, Transport};

/// Seconds until the second attempt.
const FIRST_PAUSE: i64 = 5 * 60;
/// The longest pause between two attempts, in seconds: a nightly run always tries again.
const LONGEST_PAUSE: i64 = 12 * 60 * 60;

/// What became of the mails of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Mails that were delivered now, with what the server said or where the file is.
    pub sent: Vec<(Stored, String)>,
    /// Mails that were refused for good now.
    pub refused: Vec<Refusal>,
    /// Mails that wait, with what their last attempt came to.
    pub waiting: Vec<Waiting>,
    /// Why no further mail was tried: settings at fault, or a server that nobody answers at.
    pub stopped: Option<Receipt>,
}

impl Tally {
    /// Whether everything that was to be delivered was.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.refused.is_empty() && self.waiting.is_empty() && self.stopped.is_none()
    }
}

/// Seconds to wait after so many attempts: five minutes, doubled each time, at most twelve hours.
#[must_use]
pub fn backoff(attempts: u32) -> i64 {
    let doublings = attempts.saturating_sub(1).min(16);
    FIRST_PAUSE
        .saturating_mul(1_i64 << doublings)
        .min(LONGEST_PAUSE)
}

/// Sends every mail whose time has come, in the order in which they were stored.
///
/// # Errors
/// What SQLite says. Every mail that was delivered until then is marked, but for the one whose mark
/// failed.
pub fn send_due(
    connection: &mut Connection,
    transport: &mut dyn Transport,
    now: DateTime<FixedOffset>,
) -> Result<Tally, OutboxError> {
    let mut tally = Tally::default();
    let due = due(connection, now)?;
    for seq in &due {
        let mail = stored(connection, *seq)?;
        let receipt = transport.deliver(&mail);
        match receipt {
            Receipt::Delivered(answer) => {
                mark(connection, *seq, State::Sent, &answer, now)?;
                tracing::info!(topic = %mail.topic, message_id = %mail.message_id, "mail delivered");
                tally.sent.push((mail, answer));
            }
            Receipt::Refused(answer) => {
                mark(connection, *seq, State::Refused, &answer, now)?;
                tracing::warn!(topic = %mail.topic, answer = %answer, "mail refused for good");
                tally.refused.push(Refusal {
                    topic: mail.topic,
                    address: mail.address,
                    day: now.date_naive().to_string(),
                    answer,
                });
            }
            Receipt::Later(answer) => {
                tracing::warn!(topic = %mail.topic, answer = %answer, "mail postponed");
                postpone(connection, *seq, &answer, now)?;
            }
            Receipt::Unreachable(answer) => {
                tracing::warn!(answer = %answer, "mail server unreachable");
                // It is as far away for the others.
                let left = due.iter().filter(|other| *other >= seq);
                for other in left {
                    postpone(connection, *other, &answer, now)?;
                }
                tally.stopped = Some(Receipt::Unreachable(answer));
                break;
            }
            Receipt::Misconfigured(answer) => {
                tracing::error!(answer = %answer, "mail settings at fault");
                // No attempt of any mail: once the settings are mended, all go out at once.
                for other in due.iter().filter(|other| *other >= seq) {
                    note(connection, *other, &answer)?;
                }
                tally.stopped = Some(Receipt::Misconfigured(answer));
                break;
            }
        }
    }
    transport.finish();
    tally.waiting = waiting(connection)?;
    Ok(tally)
}

fn due(connection: &Connection, now: DateTime<FixedOffset>) -> Result<Vec<i64>, OutboxError> {
    let mut rows = connection.prepare_cached(
        "SELECT seq FROM mails WHERE state = 'queued' AND next_attempt <= ?1 ORDER BY seq",
    )?;
    let due = rows.query_map([now.timestamp()], |row| row.get(0))?;
    Ok(due.collect::<Result<_, _>>()?)
}

fn stored(connection: &Connection, seq: i64) -> Result<Stored, OutboxError> {
    Ok(connection.query_row(
        "SELECT message_id, run_id, topic, address, message FROM mails WHERE seq = ?1",
        [seq],
        |row| {
            Ok(Stored {
                message_id: row.get(0)?,
                run_id: row.get(1)?,
                topic: row.get(2)?,
                address: row.get(3)?,
                message: row.get(4)?,
            })
        },
    )?)
}

fn mark(
    connection: &Connection,
    seq: i64,
    state: State,
    answer: &str,
    now: DateTime<FixedOffset>,
) -> Result<(), OutboxError> {
    connection.execute(
        "UPDATE mails SET state = ?2, attempts = attempts + 1, done_day = ?3, last_answer = ?4
         WHERE seq = ?1",
        params![seq, state.word(), now.date_naive().to_string(), answer],
    )?;
    Ok(())
}

fn postpone(
    connection: &Connection,
    seq: i64,
    answer: &str,
    now: DateTime<FixedOffset>,
) -> Result<(), OutboxError> {
    let attempts: u32 =
        connection.query_row("SELECT attempts FROM mails WHERE seq = ?1", [seq], |row| {
            row.get(0)
        })?;
    let attempts = attempts.saturating_add(1);
    connection.execute(
        "UPDATE mails SET attempts = ?2, next_attempt = ?3, last_answer = ?4 WHERE seq = ?1",
        params![seq, attempts, now.timestamp() + backoff(attempts), answer],
    )?;
    Ok(())
}

fn note(connection: &Connection, seq: i64, answer: &str) -> Result<(), OutboxError> {
    connection.execute(
        "UPDATE mails SET last_answer = ?2 WHERE seq = ?1",
        params![seq, answer],
    )?;
    Ok(())
}
