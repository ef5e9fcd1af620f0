//! The programs that the users of heyan's outputs use. Where one is not installed a test says so
//! and passes; with the environment variable CI set it fails instead.

#![allow(dead_code, reason = "each test file uses some of it")]

use std::env;
use std::path::Path;
use std::process::{Command, Output};

/// The built program with the clock of the sample, deaf to the CI it may run in.
pub fn heyan() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_heyan"));
    command
        .args(["--now", "2026-11-22T08:30:00+08:00"])
        .env_remove("GITHUB_STEP_SUMMARY");
    command
}

/// Exit code, standard output and standard error.
pub fn said(command: &mut Command) -> (i32, String, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().expect("it can be run");
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    (
        status.code().expect("an exit code"),
        text(stdout),
        text(stderr),
    )
}

/// Runs a program that has to succeed; yields what it printed.
pub fn passes(command: &mut Command) -> String {
    let (code, stdout, stderr) = said(command);
    assert_eq!(code, 0, "{command:?}\n{stdout}{stderr}");
    stdout
}

/// A Python that has a module.
pub fn python(module: &str) -> Option<Command> {
    let python = env::var("HEYAN_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let found = Command::new(&python)
        .args(["-c", &format!("import {module}")])
        .output();
    match found {
        Ok(output) if output.status.success() => Some(Command::new(python)),
        _ => absent(&format!(
            "python module {module}; install tests/requirements.txt and set HEYAN_PYTHON"
        )),
    }
}

/// A tool that comes as a Python module and is run by its name.
pub fn python_tool(module: &str, name: &str) -> Option<Command> {
    let mut python = python(module)?;
    python.args(["-m", name]);
    Some(python)
}

/// A program on the path, or the one an environment variable names.
pub fn program(variable: &str, name: &str) -> Option<Command> {
    let named = env::var(variable).ok().filter(|path| !path.is_empty());
    let path = named.unwrap_or_else(|| name.to_owned());
    let found = env::split_paths(&env::var_os("PATH").unwrap_or_default())
        .any(|folder| folder.join(&path).is_file());
    if found || Path::new(&path).is_file() {
        return Some(Command::new(path));
    }
    absent(&format!("{name}; install it or name it in {variable}"))
}

/// Says that something is missing; fails where CI is set.
pub fn absent<T>(what: &str) -> Option<T> {
    assert!(env::var_os("CI").is_none(), "not installed: {what}");
    eprintln!("skipped, not installed: {what}");
    None
}
