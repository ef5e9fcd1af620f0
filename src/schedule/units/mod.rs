//! Ready units for those who prefer the system's own scheduler. Owns names, commands and the
//! refusal of what a target cannot express; nothing is approximated. Each unit runs one job by
//! `heyan schedule --run JOB`, which takes the lock and leaves out non-working days.

mod cron;
mod fields;
mod kubernetes;
mod systemd;
mod windows;

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::ValueEnum;
use sha2::{Digest, Sha256};
use thiserror::Error;

use super::Job;
use fields::Fields;

/// A scheduler that units are written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Target {
    /// A hardened service and a timer for each job.
    Systemd,
    /// A crontab.
    Cron,
    /// A volume claim, and a CronJob for each job.
    Kubernetes,
    /// A task for each job, as XML for the Task Scheduler.
    WindowsTask,
}

impl Target {
    fn word(self) -> &'static str {
        match self {
            Self::Systemd => "systemd",
            Self::Cron => "cron",
            Self::Kubernetes => "kubernetes",
            Self::WindowsTask => "windows-task",
        }
    }
}

/// What the units are to start, and where. All paths are absolute.
#[derive(Debug, Clone)]
pub struct Place {
    /// The program.
    pub program: PathBuf,
    /// The config file.
    pub config: PathBuf,
    /// The working folder.
    pub folder: PathBuf,
    /// Further folders it writes to.
    pub writes: Vec<PathBuf>,
    /// Who it runs as; who the system's scheduler says, where this is none.
    pub user: Option<String>,
    /// The first day.
    pub from: NaiveDate,
    /// Whether what was missed is caught up.
    pub catch_up: bool,
}

/// A file of a scheduler.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Its name.
    pub file: String,
    /// What stands in it.
    pub text: String,
}

/// A job that a target cannot express.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum UnitError {
    /// Its expression.
    #[error(
        "{target} 无法表达任务“{job}”的 cron = \"{cron}\"：{why}。请改写表达式，或直接运行 heyan schedule (cannot be expressed; rewrite it, or run heyan schedule itself)"
    )]
    Expression {
        /// The target.
        target: &'static str,
        /// The job.
        job: String,
        /// Its expression.
        cron: String,
        /// What cannot be said.
        why: String,
    },
    /// A path.
    #[error("路径 {0:?} 有换行等控制字符，不能写入单元文件 (a path with control characters)")]
    Path(PathBuf),
    /// A program that systemd would not start.
    #[error(
        "systemd 不能启动路径中有引号或反斜线的程序 {0:?}，请换一个位置 (systemd does not start a program with quotes or backslashes in its path; move it)"
    )]
    Program(PathBuf),
}

/// The units of all jobs.
///
/// # Errors
/// See [`UnitError`].
pub fn units(target: Target, jobs: &[Job], place: &Place) -> Result<Vec<Unit>, UnitError> {
    let paths = [&place.program, &place.config, &place.folder];
    for path in paths.into_iter().chain(&place.writes) {
        if path.to_string_lossy().chars().any(char::is_control) {
            return Err(UnitError::Path(path.clone()));
        }
    }
    match target {
        Target::Systemd => systemd::units(jobs, place),
        Target::Cron => cron::units(jobs, place),
        Target::Kubernetes => kubernetes::units(jobs, place),
        Target::WindowsTask => windows::units(jobs, place),
    }
}

/// The refusal of a job's expression.
fn refused(target: Target, job: &Job, why: &str) -> UnitError {
    UnitError::Expression {
        target: target.word(),
        job: job.name.clone(),
        cron: job.expression.clone(),
        why: why.to_owned(),
    }
}

/// The command's words behind the program.
fn arguments(job: &Job, place: &Place) -> Vec<String> {
    let config = text(&place.config);
    ["--config", &config, "schedule", "--run", &job.name]
        .map(str::to_owned)
        .to_vec()
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// A job's name as every scheduler takes it: lower-case letters, digits and hyphens. A name that has
/// other signs is told from others by a piece of its hash.
fn slug(name: &str) -> String {
    let mut slug = String::new();
    for sign in name.chars() {
        if sign.is_ascii_alphanumeric() {
            slug.push(sign.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let short: String = slug.chars().take(24).collect();
    let short = short.trim_end_matches('-');
    if short == name {
        return short.to_owned();
    }
    let hash = Sha256::digest(name.as_bytes());
    let piece: String = hash
        .iter()
        .take(4)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let between = if short.is_empty() { "job" } else { short };
    format!("{between}-{piece}")
}

#[cfg(test)]
mod tests;
