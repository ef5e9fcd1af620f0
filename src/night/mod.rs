//! What a recorded run does beyond a check: it looks back, sets days to answer by, decides who gets a
//! mail, and records itself together with its mails. Knows the end of the street as `run` knows its
//! beginning; refuses to read a document, and to open a connection.

mod post;
mod recipient;
mod standing;

use chrono::{DateTime, FixedOffset};
use thiserror::Error;

use crate::deliver::address::AddressError;
use crate::deliver::message::MessageError;
use crate::deliver::outbox::{self, OutboxError};
use crate::history::{
    self, Comparison, Snapshot, Standing, Store, StoreError, apply, compare, missing, point,
    set_deadlines,
};
use crate::lang::Lang;
use crate::report::WriteError;
use crate::report::view::Report;
use crate::standard::Holidays;

pub use post::{Post, plan};
pub use recipient::{Recipient, recipients};

/// Runs that the report's chart goes back.
const TREND: usize = 60;
/// Days for which the bytes of a delivered mail are kept.
const KEPT: i64 = 90;

/// A run that could not be looked back from, or recorded.
#[derive(Debug, Error)]
pub enum NightError {
    /// The record of runs.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The outbox.
    #[error(transparent)]
    Outbox(#[from] OutboxError),
    /// An address of `[mail]`.
    #[error(transparent)]
    Address(#[from] AddressError),
    /// A mail that could not be written.
    #[error(transparent)]
    Message(#[from] MessageError),
    /// The table of the preview.
    #[error("无法生成邮件一览：{0} (cannot render the list of mails)")]
    Preview(#[from] csv::Error),
    /// A draft that could not be rendered.
    #[error(transparent)]
    Draft(#[from] WriteError),
}

/// What a run is recorded by.
#[derive(Debug, Clone, Copy)]
pub struct Night<'a> {
    /// The runs it belongs to; empty for those of `heyan run`.
    pub series: &'a str,
    /// Its clock.
    pub now: DateTime<FixedOffset>,
    /// Language of the report.
    pub lang: Lang,
    /// The calendar of public holidays.
    pub holidays: &'a Holidays,
    /// Working days (工作日) within which a region is asked to answer.
    pub reply_within: u32,
}

/// A run beside those before it.
#[derive(Debug)]
pub struct Known {
    /// Where it stands in its series.
    pub standing: Standing,
    /// What is kept of it.
    pub snapshot: Snapshot,
    /// How it differs from what was known.
    pub comparison: Comparison,
}

impl Night<'_> {
    /// Compares a report with the runs before, and puts what it yields into the report.
    ///
    /// # Errors
    /// A record that cannot be read.
    pub fn look_back(&self, store: &mut Store, report: &mut Report) -> Result<Known, NightError> {
        outbox::migrate(store.connection())?;
        let snapshot = Snapshot::of(report);
        let standing = store.standing(self.series, &snapshot.run)?;
        let n = standing.number();
        let past = store.past(self.series, n)?;
        let comparison = compare(&past, &snapshot);
        for missed in missing(&past, &snapshot, self.lang) {
            // Said once: that a document was not read is worse than that it is missed.
            if report
                .not_read
                .iter()
                .all(|known| known.path != missed.path)
            {
                report.not_read.push(missed);
            }
        }
        report.not_read.sort_by(|one, two| one.path.cmp(&two.path));
        let previous = store.snapshot(self.series, n - 1)?;
        let mut trend = store.trend(self.series, n, TREND - 1)?;
        if previous.is_some() {
            trend.push(point(&snapshot.run, &snapshot.lists));
        }
        apply(report, &comparison, previous.as_ref(), trend, self.lang);
        let told = outbox::sent_on(store.connection())?;
        let calendar = (self.holidays, self.reply_within);
        set_deadlines(report, &told, calendar, self.now.date_naive());
        Ok(Known {
            standing,
            snapshot,
            comparison,
        })
    }

    /// Records the run and stores its mails, all of it or nothing. A run whose clock is before the
    /// last one's is not recorded and sends nothing.
    ///
    /// # Errors
    /// A record that cannot be written; it is then as it was.
    pub fn record(&self, store: &mut Store, known: &Known, post: &Post) -> Result<(), NightError> {
        if matches!(known.standing, Standing::Late(_)) {
            return Ok(());
        }
        let written = self.write(store, known, post);
        written.map_err(|error| match error {
            OutboxError::Store(error) => NightError::Store(store.failed(error)),
            other => NightError::Outbox(other),
        })
    }

    fn write(&self, store: &mut Store, known: &Known, post: &Post) -> Result<(), OutboxError> {
        let n = known.standing.number();
        let change = store.connection().transaction()?;
        history::record(&change, self.series, n, &known.snapshot, &known.comparison)?;
        for (topic, address) in &post.withdrawn {
            outbox::withdraw(&change, topic, address, self.now)?;
        }
        for entry in &post.entries {
            outbox::put(&change, entry, self.now)?;
        }
        let before = self.now.date_naive() - chrono::Days::new(KEPT.unsigned_abs());
        outbox::prune(&change, before)?;
        change.commit()?;
        Ok(())
    }
}
