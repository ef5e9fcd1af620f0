//! What a monitor may know: who is running since when, how each job's last run ended and when the
//! next is, and what is wrong. Owns the words and the shape of `health.json`; refuses to judge lists.

use std::fmt::Write as _;

use serde::Serialize;

/// Version of the shape; grows when a key changes its meaning or goes.
pub const SCHEMA_VERSION: u32 = 1;

/// The state of the schedule. All moments are RFC 3339.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Health {
    /// Version of this shape.
    pub schema_version: u32,
    /// Whether nothing is wrong.
    pub healthy: bool,
    /// What is wrong, one sentence each; empty where nothing is.
    pub troubles: Vec<String>,
    /// `waiting`, `running` or `stopped`.
    pub state: String,
    /// Version of the program.
    pub version: String,
    /// Process id.
    pub pid: u32,
    /// Machine, or container.
    pub host: String,
    /// Since when it runs.
    pub started: String,
    /// When this was written; at least once a minute while it waits.
    pub written: String,
    /// The config.
    pub config: ConfigHealth,
    /// The jobs, as in the config.
    pub jobs: Vec<JobHealth>,
    /// The last failure, however long ago.
    pub last_error: Option<String>,
    /// When that was.
    pub last_error_at: Option<String>,
}

/// The config in use.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ConfigHealth {
    /// The file.
    pub file: String,
    /// When the config in use was read.
    pub loaded: String,
    /// Why a newer one is not in use.
    pub fault: Option<String>,
}

/// A job.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct JobHealth {
    /// Its name.
    pub name: String,
    /// Its cron expression.
    pub cron: String,
    /// Time zone of the expression.
    pub timezone: String,
    /// When it runs next.
    pub next: Option<String>,
    /// The next day may be a holiday: the calendar of its year is not known, so the job runs.
    pub next_calendar_unknown: bool,
    /// Since when it runs.
    pub running_since: Option<String>,
    /// Who holds the lock it waits for.
    pub waiting_for: Option<String>,
    /// Begin of the last run.
    pub last_started: Option<String>,
    /// End of the last run that came to one.
    pub last_finished: Option<String>,
    /// `finished`, `failed`, `panicked`, `stopped` or, where the program was killed, nothing.
    pub last_outcome: Option<String>,
    /// Exit code of the last run, as of `heyan run`.
    pub last_code: Option<u8>,
    /// What it said.
    pub last_message: Option<String>,
}

impl Health {
    /// As indented JSON with a last line break.
    #[must_use]
    pub fn json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// Finds what is wrong: a config that is not in use, or a last run that failed.
    pub(super) fn judge(&mut self) {
        let mut troubles: Vec<String> = self.config.fault.iter().cloned().collect();
        for job in &self.jobs {
            let name = &job.name;
            let message = job.last_message.as_deref().unwrap_or_default();
            if let Some(word @ ("failed" | "panicked")) = job.last_outcome.as_deref() {
                troubles.push(format!("任务“{name}”上次运行失败 ({word}): {message}"));
            }
        }
        self.healthy = troubles.is_empty();
        self.troubles = troubles;
    }

    /// In the text format that Prometheus reads.
    #[must_use]
    pub fn metrics(&self) -> String {
        let mut text = String::new();
        let version = label(&self.version);
        let up = u8::from(self.state != "stopped");
        family(&mut text, "heyan_up", "Whether the schedule is running.");
        let _ = writeln!(text, "heyan_up{{version=\"{version}\"}} {up}");
        family(&mut text, "heyan_healthy", "Whether nothing is wrong.");
        let _ = writeln!(text, "heyan_healthy {}", u8::from(self.healthy));
        let fault = u8::from(self.config.fault.is_some());
        family(
            &mut text,
            "heyan_config_fault",
            "Whether a newer config is not in use.",
        );
        let _ = writeln!(text, "heyan_config_fault {fault}");
        let columns: [(&str, &str, Value); 5] = [
            ("heyan_job_running", "Whether the job is running.", |job| {
                Some(i64::from(job.running_since.is_some()))
            }),
            (
                "heyan_job_next_timestamp_seconds",
                "When the job runs next.",
                |job| seconds(job.next.as_deref()),
            ),
            (
                "heyan_job_last_start_timestamp_seconds",
                "Begin of the last run.",
                |job| seconds(job.last_started.as_deref()),
            ),
            (
                "heyan_job_last_finish_timestamp_seconds",
                "End of the last run that came to one.",
                |job| seconds(job.last_finished.as_deref()),
            ),
            (
                "heyan_job_last_exit_code",
                "Exit code of the last run: 0 done, 2 could not be done, 3 mail pending.",
                |job| job.last_code.map(i64::from),
            ),
        ];
        for (name, help, value) in columns {
            family(&mut text, name, help);
            for job in &self.jobs {
                if let Some(value) = value(job) {
                    let _ = writeln!(text, "{name}{{job=\"{}\"}} {value}", label(&job.name));
                }
            }
        }
        text
    }
}

/// A number of a job.
type Value = fn(&JobHealth) -> Option<i64>;

fn family(text: &mut String, name: &str, help: &str) {
    let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} gauge");
}

fn seconds(moment: Option<&str>) -> Option<i64> {
    let moment = chrono::DateTime::parse_from_rfc3339(moment?).ok()?;
    Some(moment.timestamp())
}

/// A label's value, as the format wants it.
fn label(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('\n', "\\n")
}
