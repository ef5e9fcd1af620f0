//! One turn of the loop: the clock, the config, and at most one job.

use super::{
    Agenda, DateTime, Duration, Endpoint, Lock, LockError, MOST_TRIES, Outcome, Owner, Plan,
    Reason, TimeDelta, Utc, perform,
};
use super::{Daemon, Due};

impl Daemon<'_> {
    /// Looks at the clock and the config, does the job that waits longest, or sleeps a step.
    pub(super) fn turn(&mut self) {
        let now = self.clock.now();
        self.notice(now);
        self.reload(now);
        if self.wake.is_some_and(|wake| wake <= now) {
            match self.owed(now) {
                Some(due) => {
                    if self.answer(&due, now) {
                        return;
                    }
                }
                None => self.look_ahead(now),
            }
        }
        if now - self.told >= self.pace.beat {
            self.tell(now);
        }
        let now = self.clock.now();
        let left = self.wake.map_or(self.pace.step, |wake| wake - now);
        // Never no sleep at all, and never past a step: what is held up is tried again each step.
        let least = TimeDelta::milliseconds(50);
        let nap = if left <= TimeDelta::zero() {
            self.pace.step
        } else {
            left.clamp(least, self.pace.step.max(least))
        };
        self.clock
            .sleep(nap.to_std().unwrap_or(Duration::from_secs(1)));
    }

    /// A clock that leapt: the machine slept, or somebody set it.
    fn notice(&mut self, now: DateTime<Utc>) {
        let passed = now - self.looked;
        if passed > self.pace.step + self.pace.gap {
            tracing::warn!(from = %self.looked, to = %now, "time passed unwatched: a sleep, or the clock was set");
            self.watched = now;
        } else if passed < -self.pace.gap {
            tracing::warn!(from = %self.looked, to = %now, "the clock went back");
            self.watched = self.watched.min(now);
            self.looked_at_config = now;
            self.told = now;
            self.ledger.settle(&self.plan.jobs, now);
            self.look_ahead(now);
        }
        self.looked = now;
    }

    /// Takes up a changed config; a broken one leaves the old in force and is told.
    fn reload(&mut self, now: DateTime<Utc>) {
        if now - self.looked_at_config < self.pace.look {
            return;
        }
        self.looked_at_config = now;
        if !self.work.changed() {
            return;
        }
        match self.work.plan() {
            Ok(plan) => {
                tracing::info!(jobs = plan.jobs.len(), "config read anew");
                self.config.fault = None;
                self.loaded = now;
                self.adopt(plan, now);
            }
            Err(words) => {
                let words =
                    format!("新配置有误，仍用原配置 (the new config is not in use): {words}");
                self.config.fault = Some(words.clone());
                self.fail(now, words);
            }
        }
        self.tell(now);
    }

    fn adopt(&mut self, plan: Plan, now: DateTime<Utc>) {
        if plan.listen != self.plan.listen {
            self.endpoint = None;
            let opened = plan.listen.map(|at| Endpoint::open(at, self.board.clone()));
            match opened.transpose() {
                Ok(endpoint) => self.endpoint = endpoint,
                Err(error) => self.fail(now, error.to_string()),
            }
        }
        self.plan = plan;
        self.held_by = None;
        self.ledger.settle(&self.plan.jobs, now);
        if let Err(reason) = self.keep(now) {
            tracing::error!(%reason, "ledger");
        }
        self.look_ahead(now);
    }

    /// The job that waits longest of those that are due.
    fn owed(&self, now: DateTime<Utc>) -> Option<Due> {
        let agenda = self.agenda();
        let jobs = self.plan.jobs.iter().enumerate();
        jobs.filter_map(|(index, job)| {
            let entry = self.ledger.jobs.get(&job.name)?;
            agenda.due(index, entry.answered, self.watched, now)
        })
        .min_by_key(|due| (due.run.at, due.run.job))
    }

    /// Does what is due, or lets it go; no where the lock is held by another.
    fn answer(&mut self, due: &Due, now: DateTime<Utc>) -> bool {
        let job = self.plan.jobs[due.run.job].clone();
        let slot = due.run.at.to_utc();
        let tries = self
            .ledger
            .jobs
            .get(&job.name)
            .map_or(0, |entry| entry.tries);
        let late = matches!(due.reason, Reason::CatchUp(_));
        if tries >= MOST_TRIES || (late && !self.plan.catch_up) {
            let words = if tries >= MOST_TRIES {
                format!(
                    "任务“{}”两次中途被杀，{slot} 的运行不再重试 (killed twice, not tried again)",
                    job.name
                )
            } else {
                format!(
                    "任务“{}”错过了 {slot}，按设置不补做 (missed, and not caught up as configured)",
                    job.name
                )
            };
            self.fail(now, words);
            self.record(&job.name, now, |entry| entry.forgo(slot));
            self.look_ahead(now);
            return true;
        }
        let owner = Owner::this(&format!("heyan schedule: {}", job.name), self.local(now));
        let lock = match Lock::take(&self.files.lock(), &owner) {
            Ok(lock) => lock,
            Err(error) => {
                self.held_up(now, &error);
                return false;
            }
        };
        self.held_by = None;
        if due.run.calendar_unknown {
            tracing::warn!(job = %job.name, day = %due.run.at.date_naive(), "该年节假日安排未知，照常运行 (holidays of that year are not known: it runs)");
        }
        tracing::info!(job = %job.name, slot = %due.run.at.to_rfc3339(), reason = ?due.reason, "run begins");
        self.running = Some((due.run.job, now));
        self.record(&job.name, now, |entry| entry.begin(now));
        self.tell(now);
        let outcome = perform(self.work, &job, due, &self.stop);
        self.ended(&job.name, slot, outcome);
        drop(lock);
        true
    }

    fn ended(&mut self, name: &str, slot: DateTime<Utc>, outcome: Outcome) {
        let now = self.clock.now();
        tracing::info!(job = %name, ?outcome, "run ended");
        self.running = None;
        // Time that passed in a run was not unwatched.
        self.looked = now;
        if matches!(outcome.word(), "failed" | "panicked") {
            let words = outcome.message().unwrap_or_default();
            self.fail(now, format!("任务“{name}” {}: {words}", outcome.word()));
        }
        self.record(name, now, |entry| entry.end(slot, now, outcome));
        self.look_ahead(now);
        self.tell(now);
    }

    /// Another run holds the lock: what is due stays due, and is said once.
    fn held_up(&mut self, now: DateTime<Utc>, error: &LockError) {
        let words = error.to_string();
        if self.held_by.as_ref() != Some(&words) {
            match error {
                LockError::Held { .. } => tracing::warn!("{words}"),
                _ => self.fail(now, words.clone()),
            }
            self.held_by = Some(words);
            self.tell(now);
        }
    }

    /// Works out what comes next.
    pub(super) fn look_ahead(&mut self, now: DateTime<Utc>) {
        let agenda = self.agenda();
        let mut wake: Option<DateTime<Utc>> = None;
        let mut upcoming = Vec::new();
        for (index, job) in self.plan.jobs.iter().enumerate() {
            let answered = self
                .ledger
                .jobs
                .get(&job.name)
                .map_or(now, |entry| entry.answered);
            // What is owed is due at once, in its turn.
            if let Some(owed) = agenda.next_of(index, answered) {
                let at = owed.at.to_utc();
                wake = Some(wake.map_or(at, |wake| wake.min(at)));
            }
            upcoming.push(agenda.next_of(index, now.max(answered)));
        }
        (self.wake, self.upcoming) = (wake, upcoming);
    }

    pub(super) fn agenda(&self) -> Agenda<'_> {
        Agenda {
            jobs: &self.plan.jobs,
            working: &*self.plan.working,
        }
    }
}
