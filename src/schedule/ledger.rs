//! The ledger: up to which moment each job has answered, and how its last run ended. Owns the small
//! file that carries this over a restart; refuses to decide what is due.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::whole::write;
use super::{Job, Outcome};

/// Times that one moment is tried when the program is killed in the middle: once, and one catch-up.
/// More would let a run that takes the machine down do so for ever.
pub(super) const MOST_TRIES: u32 = 2;

/// What is known of all jobs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    /// By name.
    #[serde(default)]
    pub jobs: BTreeMap<String, Entry>,
}

/// What is known of one job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Expression and time zone that `answered` is about.
    pub when: String,
    /// No moment up to this one is owed any more.
    pub answered: DateTime<Utc>,
    /// Runs begun since then that did not come to an end.
    #[serde(default)]
    pub tries: u32,
    /// Begin of the last run.
    pub started: Option<DateTime<Utc>>,
    /// End of the last run that came to one.
    pub finished: Option<DateTime<Utc>>,
    /// How the last run ended; none while one is under way, or where it was killed.
    pub outcome: Option<Outcome>,
}

impl Entry {
    /// A job that was never seen: nothing before this moment is owed.
    fn new(job: &Job, now: DateTime<Utc>) -> Self {
        Self {
            when: when(job),
            answered: now,
            tries: 0,
            started: None,
            finished: None,
            outcome: None,
        }
    }

    /// A run begins.
    pub(super) fn begin(&mut self, now: DateTime<Utc>) {
        self.tries += 1;
        self.started = Some(now);
        self.outcome = None;
    }

    /// A run ends. What came due while it ran is not made up for; a run that was stopped is owed
    /// still.
    pub(super) fn end(&mut self, slot: DateTime<Utc>, now: DateTime<Utc>, outcome: Outcome) {
        self.tries = 0;
        if outcome != Outcome::Stopped {
            self.answered = slot.max(now);
            self.finished = Some(now);
        }
        self.outcome = Some(outcome);
    }

    /// A moment is let go without a run.
    pub(super) fn forgo(&mut self, slot: DateTime<Utc>) {
        self.tries = 0;
        self.answered = slot;
    }
}

impl Ledger {
    /// Reads the file; one that is not there is an empty ledger. One that cannot be understood is put
    /// aside, so that nights go on without it; the second value says so.
    ///
    /// # Errors
    /// A file that is there and cannot be read or moved.
    pub fn load(path: &Path) -> io::Result<(Self, Option<String>)> {
        let bytes = match fs::read(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok((Self::default(), None));
            }
            other => other?,
        };
        match serde_json::from_slice(&bytes) {
            Ok(ledger) => Ok((ledger, None)),
            Err(error) => {
                let aside = aside(path);
                fs::rename(path, &aside)?;
                let words = format!(
                    "{} 无法识读（{error}），已改名为 {}，不补做此前错过的任务 (not understood and put aside; what was missed before is not caught up)",
                    path.display(),
                    aside.display()
                );
                Ok((Self::default(), Some(words)))
            }
        }
    }

    /// Writes the file, whole or not at all.
    ///
    /// # Errors
    /// Whatever the system says.
    pub fn save(&self, path: &Path) -> io::Result<()> {
        let mut text = serde_json::to_string_pretty(self)?;
        text.push('\n');
        write(path, text.as_bytes())
    }

    /// Makes the ledger one of these jobs: what is new, or has a new expression, owes nothing from
    /// before; what is gone is forgotten. A clock that was once years ahead must not silence a job
    /// until then.
    pub(super) fn settle(&mut self, jobs: &[Job], now: DateTime<Utc>) {
        self.jobs
            .retain(|name, _| jobs.iter().any(|job| job.name == *name));
        for job in jobs {
            let fresh = Entry::new(job, now);
            let entry = self
                .jobs
                .entry(job.name.clone())
                .or_insert_with(|| fresh.clone());
            if entry.when != fresh.when {
                entry.when = fresh.when;
                entry.forgo(now.max(entry.answered));
            }
            if entry.answered > now + TimeDelta::days(1) {
                entry.answered = now;
            }
        }
    }
}

/// Expression and time zone of a job.
fn when(job: &Job) -> String {
    format!("{} {}", job.expression, job.zone)
}

fn aside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".broken");
    path.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_saved_comes_back() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("state/schedule.json");
        let now: DateTime<Utc> = "2026-11-30T02:30:00Z".parse().expect("a moment");
        let mut ledger = Ledger::default();
        let entry = Entry {
            when: "30 2 * * * UTC".to_owned(),
            answered: now,
            tries: 1,
            started: Some(now),
            finished: None,
            outcome: Some(Outcome::Finished {
                code: 3,
                message: Some("邮件待发".to_owned()),
            }),
        };
        ledger.jobs.insert("每夜".to_owned(), entry);
        ledger.save(&path).expect("saved");
        assert_eq!(Ledger::load(&path).expect("loaded"), (ledger, None));
        let left = fs::read_dir(folder.path().join("state"))
            .expect("listed")
            .count();
        assert_eq!(left, 1, "nothing beside it");
    }

    #[test]
    fn what_is_not_understood_is_put_aside() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("schedule.json");
        fs::write(&path, "{\"jobs\": {\"a\"").expect("written");
        let (ledger, words) = Ledger::load(&path).expect("loaded");
        assert!(
            ledger.jobs.is_empty()
                && words.is_some_and(|words| words.contains("schedule.json.broken"))
        );
        assert!(!path.exists());
    }
}
