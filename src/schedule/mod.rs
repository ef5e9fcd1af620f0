//! The schedule: jobs that start by themselves, night after night, for years. Owns when a job is
//! due, that no two runs meet, what was last done, and what a monitor may ask; refuses to know what
//! a run does. Clock, sleep and the run itself are given to it, so that a test lives through a month
//! in a second.

mod agenda;
mod daemon;
mod endpoint;
mod health;
mod job;
mod ledger;
mod lock;
mod stop;
mod table;
mod units;
mod whole;

#[cfg(test)]
mod nights;

pub use agenda::{Agenda, Calendar, Due, Reason, Run};
pub use daemon::{
    Clock, Daemon, DaemonError, Files, Outcome, Pace, Plan, SystemClock, Work, perform,
};
pub use endpoint::{Board, Endpoint, EndpointError};
pub use health::{ConfigHealth, Health, JobHealth};
pub use job::{Job, JobError};
pub use ledger::{Entry, Ledger};
pub use lock::{Lock, LockError, Owner};
pub use stop::Stop;
pub use table::table;
pub use units::{Place, Target, Unit, UnitError, units};
pub use whole::write;
