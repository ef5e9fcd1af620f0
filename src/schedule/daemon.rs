//! The loop of `heyan schedule`: waits in short steps, so that signals, a changed config and a clock
//! that jumps (a machine that slept) are noticed; starts what is due; tells what it does. Owns the
//! ledger and the health; refuses to know what a run does, and to read a clock of its own.

use std::net::SocketAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::rc::Rc;
use std::time::Duration;

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::health::SCHEMA_VERSION;
use super::ledger::MOST_TRIES;
use super::lock::host;
use super::whole::write;
use super::{
    Agenda, Board, Calendar, ConfigHealth, Due, Endpoint, Health, Job, JobHealth, Ledger, Lock,
    LockError, Owner, Reason, Run, Stop,
};

/// What a config makes of the schedule.
#[derive(Clone)]
pub struct Plan {
    /// The jobs.
    pub jobs: Vec<Job>,
    /// Whether what was missed is caught up once.
    pub catch_up: bool,
    /// The official calendar.
    pub working: Rc<Calendar<'static>>,
    /// The health file.
    pub health_file: PathBuf,
    /// Address of the status endpoint.
    pub listen: Option<SocketAddr>,
}

/// What the loop cannot do itself.
pub trait Work {
    /// Whether the config is not the one that was last read, soundly or not.
    fn changed(&mut self) -> bool;
    /// Reads the config.
    ///
    /// # Errors
    /// In words with file and line, why it cannot be used.
    fn plan(&mut self) -> Result<Plan, String>;
    /// Does a job, by the config that was last read soundly; looks at `stop` between documents.
    fn run(&mut self, job: &Job, due: &Due, stop: &Stop) -> Outcome;
}

/// The clock and the sleep, given from outside.
pub trait Clock {
    /// Now.
    fn now(&self) -> DateTime<Utc>;
    /// Sleeps about this long; may wake late.
    fn sleep(&self, time: Duration);
}

/// The clock of this machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }

    fn sleep(&self, time: Duration) {
        std::thread::sleep(time);
    }
}

/// How a run ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It came to its end.
    Finished {
        /// Its exit code, as of `heyan run`.
        code: u8,
        /// What it could not do, where it could not.
        message: Option<String>,
    },
    /// It broke off by a fault of ours.
    Panicked {
        /// What the panic said.
        message: String,
    },
    /// It stopped after a document because it was asked to.
    Stopped,
}

impl Outcome {
    /// The word of the health file.
    fn word(&self) -> &'static str {
        match self {
            Self::Finished { code: 0 | 3, .. } => "finished",
            Self::Finished { .. } => "failed",
            Self::Panicked { .. } => "panicked",
            Self::Stopped => "stopped",
        }
    }

    fn code(&self) -> Option<u8> {
        match self {
            Self::Finished { code, .. } => Some(*code),
            _ => None,
        }
    }

    fn message(&self) -> Option<&str> {
        match self {
            Self::Finished { message, .. } => message.as_deref(),
            Self::Panicked { message } => Some(message),
            Self::Stopped => None,
        }
    }
}

/// How the loop keeps time.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// The longest it sleeps in one go.
    pub step: TimeDelta,
    /// How often it looks whether the config changed.
    pub look: TimeDelta,
    /// How often the health file is renewed while nothing happens.
    pub beat: TimeDelta,
    /// A step that took this much longer than it should: the machine slept.
    pub gap: TimeDelta,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            step: TimeDelta::seconds(1),
            look: TimeDelta::seconds(5),
            beat: TimeDelta::minutes(1),
            gap: TimeDelta::minutes(2),
        }
    }
}

/// Where the loop keeps what it keeps.
#[derive(Debug, Clone)]
pub struct Files {
    /// The config file, for the health file to name.
    pub config: PathBuf,
    /// The state folder, with `lock` (runs), `schedule.lock` (this loop) and `schedule.json`.
    pub state: PathBuf,
}

impl Files {
    /// The lock that every run takes, whoever starts it.
    #[must_use]
    pub fn lock(&self) -> PathBuf {
        self.state.join("lock")
    }

    fn own_lock(&self) -> PathBuf {
        self.state.join("schedule.lock")
    }

    fn ledger(&self) -> PathBuf {
        self.state.join("schedule.json")
    }
}

/// A schedule that cannot start, or go on.
#[derive(Debug, Error)]
pub enum DaemonError {
    /// The config cannot be used.
    #[error("{0}")]
    Config(String),
    /// There is nothing to do.
    #[error("{} 中没有任务，请加 [[schedule.job]]，写明 name 和 cron (no job in the config; add [[schedule.job]] with name and cron)", .0.display())]
    NoJob(PathBuf),
    /// Another schedule runs over the same state folder.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// The state folder cannot be used.
    #[error("无法使用 {}: {reason} (cannot use the state folder)", .path.display())]
    State {
        /// The file.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// The status endpoint cannot be opened.
    #[error(transparent)]
    Endpoint(#[from] super::EndpointError),
}

/// Does a job so that its panic costs only itself.
pub fn perform(work: &mut dyn Work, job: &Job, due: &Due, stop: &Stop) -> Outcome {
    let done = catch_unwind(AssertUnwindSafe(|| work.run(job, due, stop)));
    done.unwrap_or_else(|panic| {
        let words = panic
            .downcast_ref::<&str>()
            .map(|words| (*words).to_owned())
            .or_else(|| panic.downcast_ref::<String>().cloned());
        Outcome::Panicked {
            message: words.unwrap_or_else(|| "panic".to_owned()),
        }
    })
}

/// A moment in the time zone of the jobs, to the second.
fn shown(at: DateTime<Utc>, plan: &Plan) -> String {
    let at = at.trunc_subsecs(0);
    match plan.jobs.first() {
        Some(job) => at.with_timezone(&job.zone).to_rfc3339(),
        None => at.to_rfc3339(),
    }
}

/// The loop and what it remembers.
pub struct Daemon<'a> {
    work: &'a mut dyn Work,
    clock: &'a dyn Clock,
    stop: Stop,
    pace: Pace,
    files: Files,
    plan: Plan,
    ledger: Ledger,
    /// When it started.
    started: DateTime<Utc>,
    /// Since when moments were waited for without a sleep.
    watched: DateTime<Utc>,
    /// The last time it looked at the clock.
    looked: DateTime<Utc>,
    /// The last time it looked at the config.
    looked_at_config: DateTime<Utc>,
    /// The last time the health was told.
    told: DateTime<Utc>,
    /// When the next job is due, until something changes.
    wake: Option<DateTime<Utc>>,
    /// The next run of each job.
    upcoming: Vec<Option<Run>>,
    /// Owner of the lock that is waited for.
    held_by: Option<String>,
    config: ConfigHealth,
    /// When the config in use was read.
    loaded: DateTime<Utc>,
    running: Option<(usize, DateTime<Utc>)>,
    error: Option<(DateTime<Utc>, String)>,
    board: Board,
    endpoint: Option<Endpoint>,
    _own: Lock,
}

mod telling;
mod turning;

impl<'a> Daemon<'a> {
    /// Reads the config, takes the lock that makes it the only schedule of its state folder, and
    /// opens what is to be open.
    ///
    /// # Errors
    /// See [`DaemonError`].
    pub fn start(
        work: &'a mut dyn Work,
        clock: &'a dyn Clock,
        stop: Stop,
        pace: Pace,
        files: Files,
    ) -> Result<Self, DaemonError> {
        let now = clock.now();
        let plan = work.plan().map_err(DaemonError::Config)?;
        if plan.jobs.is_empty() {
            return Err(DaemonError::NoJob(files.config));
        }
        let owner = Owner::this("heyan schedule", shown(now, &plan));
        let own = Lock::take(&files.own_lock(), &owner)?;
        let path = files.ledger();
        let (ledger, aside) = Ledger::load(&path).map_err(|error| DaemonError::State {
            path: path.clone(),
            reason: error.to_string(),
        })?;
        let board = Board::default();
        let endpoint = match plan.listen {
            Some(address) => Some(Endpoint::open(address, board.clone())?),
            None => None,
        };
        let mut daemon = Self {
            work,
            clock,
            stop,
            pace,
            config: ConfigHealth {
                file: files.config.display().to_string(),
                ..ConfigHealth::default()
            },
            loaded: now,
            files,
            plan,
            ledger,
            started: now,
            watched: now,
            looked: now,
            looked_at_config: now,
            told: now,
            wake: None,
            upcoming: Vec::new(),
            held_by: None,
            running: None,
            error: None,
            board,
            endpoint,
            _own: own,
        };
        if let Some(words) = aside {
            daemon.fail(now, words);
        }
        daemon.ledger.settle(&daemon.plan.jobs, now);
        daemon
            .keep(now)
            .map_err(|reason| DaemonError::State { path, reason })?;
        daemon.look_ahead(now);
        daemon.tell(now);
        Ok(daemon)
    }

    /// Where the status endpoint listens, if it does.
    #[must_use]
    pub fn address(&self) -> Option<SocketAddr> {
        self.endpoint.as_ref().map(Endpoint::address)
    }

    /// Runs until it is asked to stop.
    pub fn run(&mut self) {
        while !self.stop.asked() {
            self.turn();
        }
        let now = self.clock.now();
        self.tell(now);
    }
}
