//! The agenda: which job is due when. Pure: moments in, moments out. Owns that what was missed is
//! made up for at most once, and that a non-working day is left out; refuses to look at a clock.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

use super::Job;

/// Whether a day is a working day (工作日); `None` where the calendar of its year is not known.
pub type Calendar<'a> = dyn Fn(NaiveDate) -> Option<bool> + 'a;

/// Days on which a job may be left out before it is said never to be due.
const MOST_DAYS_OFF: usize = 1000;
/// Missed moments that are counted one by one.
const MOST_COUNTED: u32 = 10_000;

/// The jobs and the days they leave out.
pub struct Agenda<'a> {
    /// The jobs.
    pub jobs: &'a [Job],
    /// The official calendar.
    pub working: &'a Calendar<'a>,
}

/// A moment at which a job is to run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// Position of the job.
    pub job: usize,
    /// When, in the job's time zone.
    pub at: DateTime<Tz>,
    /// The job leaves out non-working days, and the calendar of this year is not known: it runs.
    pub calendar_unknown: bool,
}

/// A job that is to run now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The moment it answers to: the last of those that passed.
    pub run: Run,
    /// Why now.
    pub reason: Reason,
}

/// Why a job runs now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// Its time has come, or had come while another job ran.
    Time,
    /// Its time passed while nobody watched: one run for all that was missed, however many (at least
    /// this many).
    CatchUp(u32),
    /// Somebody asked for it.
    Asked,
}

impl Agenda<'_> {
    /// The next runs of all jobs after a moment, the earliest first.
    #[must_use]
    pub fn next(&self, after: DateTime<Utc>, count: usize) -> Vec<Run> {
        let mut heads: Vec<Option<Run>> = (0..self.jobs.len())
            .map(|job| self.next_of(job, after))
            .collect();
        let mut runs = Vec::new();
        while runs.len() < count {
            let first = heads.iter().flatten().min_by_key(|run| (run.at, run.job));
            let Some(first) = first.copied() else { break };
            heads[first.job] = self.next_of(first.job, first.at.to_utc());
            runs.push(first);
        }
        runs
    }

    /// The next run of a job after a moment; `None` where its expression, together with the days it
    /// leaves out, does not come about for years.
    #[must_use]
    pub fn next_of(&self, job: usize, after: DateTime<Utc>) -> Option<Run> {
        let of = self.jobs.get(job)?;
        let mut after = after;
        for _ in 0..MOST_DAYS_OFF {
            let at = of.after(after)?;
            let day = at.date_naive();
            match of.skip.then(|| (self.working)(day)) {
                Some(Some(false)) => after = last_moment(day, of.zone),
                answer => {
                    return Some(Run {
                        job,
                        at,
                        calendar_unknown: answer == Some(None),
                    });
                }
            }
        }
        None
    }

    /// What a job owes at `now`, when it has answered to everything up to `done`; `watched` is since
    /// when its moments were waited for. What came before that was missed, and is one catch-up.
    #[must_use]
    pub fn due(
        &self,
        job: usize,
        done: DateTime<Utc>,
        watched: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Option<Due> {
        let (mut last, mut missed) = (None, 0);
        let mut after = done;
        while let Some(run) = self.next_of(job, after).filter(|run| run.at <= now) {
            after = run.at.to_utc();
            last = Some(run);
            missed += u32::from(after < watched);
            if missed == MOST_COUNTED {
                // An expression this dense has a moment within the hour, or its hour is over.
                after = after.max(now - TimeDelta::hours(1));
                missed += 1;
            }
        }
        let run = last?;
        let reason = if run.at < watched {
            Reason::CatchUp(missed)
        } else {
            Reason::Time
        };
        Some(Due { run, reason })
    }
}

/// The last second of a day in a zone.
fn last_moment(day: NaiveDate, zone: Tz) -> DateTime<Utc> {
    let next = day + Days::new(1);
    let midnight = next.and_time(NaiveTime::MIN);
    // A day that begins behind a change of clocks has no midnight.
    let begins = zone
        .from_local_datetime(&midnight)
        .earliest()
        .or_else(|| {
            zone.from_local_datetime(&(midnight + TimeDelta::hours(2)))
                .earliest()
        })
        .map_or_else(|| midnight.and_utc(), |begins| begins.to_utc());
    begins - TimeDelta::seconds(1)
}

#[cfg(test)]
mod tests;
