//! A job: a name, when it runs, and what is its own in place of the settings of `[run]`. Owns the
//! parsed expression; refuses to know when it ran last.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use croner::Cron;
use thiserror::Error;

use crate::config::{GitConfig, JobConfig, ScheduleConfig, Skip, cron, zone};

/// A job of `[[schedule.job]]`.
#[derive(Debug, Clone)]
pub struct Job {
    /// Its name, unlike that of every other job.
    pub name: String,
    /// Its cron expression as written.
    pub expression: String,
    /// Its cron expression as understood.
    pub cron: Cron,
    /// Time zone the expression is read in.
    pub zone: Tz,
    /// Whether it does not run on non-working days (非工作日).
    pub skip: bool,
    /// Files and folders it reads.
    pub inputs: Vec<PathBuf>,
    /// Repositories it reads. Where this and `inputs` are both empty, it reads what `[run]` says.
    pub git: Vec<GitConfig>,
    /// Addresses that get the summary; those of `[mail] office` where it is empty.
    pub office: Vec<String>,
    /// Regions whose contacts get mail; all where it is empty.
    pub regions: Vec<String>,
    /// Output formats; those of `[run]` where it is empty.
    pub formats: Vec<String>,
}

/// A job that is none; [`ScheduleConfig::settle`] says the same with file and line.
#[derive(Debug, Error)]
#[error("{0}")]
pub struct JobError(String);

impl Job {
    /// All jobs of a config, in the order they are written in.
    ///
    /// # Errors
    /// A time zone or an expression that cannot be read.
    pub fn all(config: &ScheduleConfig) -> Result<Vec<Self>, JobError> {
        let zone = zone(config.timezone.get_ref()).map_err(JobError)?;
        let jobs = config.job.iter().map(|job| Self::of(job, zone));
        jobs.collect()
    }

    fn of(config: &JobConfig, zone: Tz) -> Result<Self, JobError> {
        let expression = config.cron.get_ref();
        Ok(Self {
            name: config.name.get_ref().clone(),
            expression: expression.clone(),
            cron: cron(expression).map_err(JobError)?,
            zone,
            skip: config.skip == Some(Skip::NonWorkingDays),
            inputs: config.inputs.clone(),
            git: config.git.clone(),
            office: config.office.clone(),
            regions: config.regions.clone(),
            formats: config.formats.clone(),
        })
    }

    /// Whether it reads what `[run]` says.
    #[must_use]
    pub fn reads_what_run_reads(&self) -> bool {
        self.inputs.is_empty() && self.git.is_empty()
    }

    /// The first moment after another at which the expression holds, in the job's time zone. A wall
    /// clock time that a change of clocks leaves out is moved to just behind the gap; one that comes
    /// twice counts once, unless the expression repeats within a day.
    #[must_use]
    pub fn after(&self, moment: DateTime<Utc>) -> Option<DateTime<Tz>> {
        let local = moment.with_timezone(&self.zone);
        let mut next = self.cron.find_next_occurrence(&local, false).ok()?;
        // Never the same moment again, whatever the fold of the clock.
        while next <= moment {
            let onward = next.max(local) + chrono::TimeDelta::seconds(1);
            next = self.cron.find_next_occurrence(&onward, true).ok()?;
        }
        Some(next)
    }
}
