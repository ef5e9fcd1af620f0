//! What the loop says of itself: the ledger, the health file, the board, the last failure.

use super::{
    ConfigHealth, Daemon, DateTime, Health, JobHealth, Outcome, SCHEMA_VERSION, Utc, host, shown,
    write,
};
use crate::schedule::Entry;

impl Daemon<'_> {
    /// Writes the ledger.
    pub(super) fn keep(&mut self, now: DateTime<Utc>) -> Result<(), String> {
        let path = self.files.ledger();
        let saved = self.ledger.save(&path);
        saved.map_err(|error| {
            let words = format!("无法写入 {}: {error} (cannot write)", path.display());
            self.fail(now, words.clone());
            words
        })
    }

    /// Changes what is known of a job, and writes it down. A ledger that cannot be written (a full
    /// disk) stops no run: mails know by themselves that they were sent.
    pub(super) fn record(
        &mut self,
        name: &str,
        now: DateTime<Utc>,
        change: impl FnOnce(&mut Entry),
    ) {
        if let Some(entry) = self.ledger.jobs.get_mut(name) {
            change(entry);
        }
        let _ = self.keep(now);
    }

    /// Remembers and logs a failure.
    pub(super) fn fail(&mut self, now: DateTime<Utc>, words: String) {
        tracing::error!("{words}");
        self.error = Some((now, words));
    }

    /// Writes the health file and puts the same on the board.
    pub(super) fn tell(&mut self, now: DateTime<Utc>) {
        self.told = now;
        let health = self.health(now);
        if let Err(error) = write(&self.plan.health_file, health.json().as_bytes()) {
            let path = self.plan.health_file.display().to_string();
            self.fail(now, format!("无法写入 {path}: {error} (cannot write)"));
        }
        self.board.post(health);
    }

    fn health(&self, now: DateTime<Utc>) -> Health {
        let state = match (self.running, self.stop.asked()) {
            (Some(_), _) => "running",
            (None, true) => "stopped",
            (None, false) => "waiting",
        };
        let mut health = Health {
            schema_version: SCHEMA_VERSION,
            state: state.to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            pid: std::process::id(),
            host: host(),
            started: self.local(self.started),
            written: self.local(now),
            config: ConfigHealth {
                loaded: self.local(self.loaded),
                ..self.config.clone()
            },
            jobs: (0..self.plan.jobs.len())
                .map(|job| self.job(job, now))
                .collect(),
            last_error: self.error.as_ref().map(|(_, words)| words.clone()),
            last_error_at: self.error.as_ref().map(|(at, _)| self.local(*at)),
            ..Health::default()
        };
        health.judge();
        health
    }

    fn job(&self, index: usize, now: DateTime<Utc>) -> JobHealth {
        let job = &self.plan.jobs[index];
        let entry = self.ledger.jobs.get(&job.name);
        let next = self.upcoming.get(index).copied().flatten();
        let first = entry.and_then(|entry| self.agenda().next_of(index, entry.answered));
        let owed = first.is_some_and(|run| run.at.to_utc() <= now);
        let outcome = entry.and_then(|entry| entry.outcome.as_ref());
        let local = |at: Option<DateTime<Utc>>| at.map(|at| self.local(at));
        JobHealth {
            name: job.name.clone(),
            cron: job.expression.clone(),
            timezone: job.zone.name().to_owned(),
            next: next.map(|run| run.at.to_rfc3339()),
            next_calendar_unknown: next.is_some_and(|run| run.calendar_unknown),
            running_since: local(
                self.running
                    .filter(|(at, _)| *at == index)
                    .map(|(_, since)| since),
            ),
            waiting_for: self.held_by.clone().filter(|_| owed),
            last_started: local(entry.and_then(|entry| entry.started)),
            last_finished: local(entry.and_then(|entry| entry.finished)),
            last_outcome: outcome.map(|outcome| outcome.word().to_owned()),
            last_code: outcome.and_then(Outcome::code),
            last_message: outcome.and_then(Outcome::message).map(str::to_owned),
        }
    }

    /// A moment in the time zone of the jobs, to the second.
    pub(super) fn local(&self, at: DateTime<Utc>) -> String {
        shown(at, &self.plan)
    }
}
