//! Calls of the `git` program: without prompts, hooks or the caller's own repository, within a time
//! limit. Owns the environment; refuses to know what is asked.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read, Seek};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::GitError;

/// Variables by which a git around us (a hook, say) would turn our calls to its own repository.
const FOREIGN: [&str; 12] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_NAMESPACE",
    "GIT_PREFIX",
    "GIT_CONFIG_PARAMETERS",
    "GIT_CONFIG_COUNT",
    "GIT_SHALLOW_FILE",
    "GIT_INTERNAL_SUPER_PREFIX",
];

/// Settings of every call: no hook, bytes as they were committed, a dead connection is given up, and
/// the tidying that a mirror needs over the years does not outlive the call.
const SETTINGS: [&str; 8] = [
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "core.autocrlf=false",
    "core.quotePath=false",
    "http.lowSpeedLimit=100",
    "http.lowSpeedTime=60",
    "gc.autoDetach=false",
    "maintenance.autoDetach=false",
];

/// How often a running git is looked at.
const LOOK: Duration = Duration::from_millis(20);
/// Bytes of an answer or a complaint that are kept.
const MOST_BYTES: u64 = 64 * 1024;

/// The program.
#[derive(Debug)]
pub(super) struct Git {
    limit: Duration,
    ssh: Option<&'static str>,
}

/// How a call ended.
#[derive(Debug)]
pub(super) enum Ended {
    /// With what it printed.
    Well(String),
    /// With what it complained.
    Badly(String),
}

impl Git {
    /// Finds the program.
    pub(super) fn new(limit: Duration) -> Result<Self, GitError> {
        let mut git = Self { limit, ssh: None };
        // An ssh that somebody chose stays; the usual one must not ask for a pass phrase.
        let own = ["GIT_SSH_COMMAND", "GIT_SSH"];
        let chosen = own.iter().any(|name| std::env::var_os(name).is_some());
        let set = git.call(None, &["config", "--get", "core.sshCommand"], &[])?;
        if !chosen && matches!(set, Ended::Badly(_)) {
            git.ssh = Some("ssh -oBatchMode=yes -oConnectTimeout=30");
        }
        Ok(git)
    }

    /// Calls git, in a repository where one is named.
    ///
    /// # Errors
    /// A program that is not there. What git itself complains of is [`Ended::Badly`].
    pub(super) fn call<T: AsRef<OsStr>>(
        &self,
        repository: Option<&Path>,
        words: &[T],
        variables: &[(&str, &OsStr)],
    ) -> Result<Ended, GitError> {
        let mut command = Command::new("git");
        for name in FOREIGN {
            command.env_remove(name);
        }
        command
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("GCM_INTERACTIVE", "never")
            .env("GIT_LFS_SKIP_SMUDGE", "1")
            .env("GIT_ALLOW_PROTOCOL", "https:http:ssh:file")
            .env("GIT_OPTIONAL_LOCKS", "0")
            .env("LC_ALL", "C");
        if let Some(ssh) = self.ssh {
            command.env("GIT_SSH_COMMAND", ssh);
        }
        command.envs(variables.iter().copied());
        for setting in SETTINGS {
            command.args(["-c", setting]);
        }
        if let Some(repository) = repository {
            command.arg("--git-dir").arg(repository);
        }
        command.args(words);
        self.ran(&mut command)
    }

    /// Output goes to files: a program that git left running would keep a pipe open for ever.
    fn ran(&self, command: &mut Command) -> Result<Ended, GitError> {
        let missing = |error: io::Error| GitError::Program(error.to_string());
        let (mut out, mut err) = (
            tempfile::tempfile().map_err(missing)?,
            tempfile::tempfile().map_err(missing)?,
        );
        command
            .stdin(Stdio::null())
            .stdout(out.try_clone().map_err(missing)?)
            .stderr(err.try_clone().map_err(missing)?);
        apart(command);
        let mut child = command.spawn().map_err(missing)?;
        let deadline = Instant::now() + self.limit;
        loop {
            if let Some(status) = child.try_wait().map_err(missing)? {
                let said =
                    text(if status.success() { &mut out } else { &mut err }).map_err(missing)?;
                return Ok(match status.success() {
                    true => Ended::Well(said),
                    false => Ended::Badly(complaint(&said)),
                });
            }
            if Instant::now() > deadline {
                ended(&mut child);
                let words = format!("git 用时超过 {} 秒 (timed out)", self.limit.as_secs());
                return Ok(Ended::Badly(words));
            }
            thread::sleep(LOOK);
        }
    }
}

/// A group of its own, so that Ctrl+C reaches heyan alone and what git started ends with git.
#[cfg(unix)]
fn apart(command: &mut Command) {
    use std::os::unix::process::CommandExt;
    command.process_group(0);
}

#[cfg(not(unix))]
fn apart(_: &mut Command) {}

/// Ends git and, where the system can, what it started.
fn ended(child: &mut Child) {
    if cfg!(unix) {
        let group = format!("-{}", child.id());
        let kill = Command::new("kill").args(["-KILL", "--", &group]).status();
        if let Err(error) = kill {
            tracing::debug!(%error, "kill");
        }
    }
    let _ = child.kill();
    let _ = child.wait();
}

fn text(file: &mut File) -> io::Result<String> {
    let mut bytes = Vec::new();
    file.rewind()?;
    file.take(MOST_BYTES).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).trim().to_owned())
}

/// The last lines of a complaint in one, which say why.
fn complaint(said: &str) -> String {
    let lines: Vec<&str> = said
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    lines[lines.len().saturating_sub(3)..].join("; ")
}
