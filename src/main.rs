//! The program: words in, words out. Turns every error into a sentence with a hint, and every
//! outcome into the exit code that scripts rely on. What a command does is in `command`.

mod cli;
mod command;
mod failure;

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;

use cli::Cli;

/// The job was done; for `check`, nothing reached `--fail-on`.
const DONE: u8 = 0;
/// Something reached `--fail-on`, or a rule is not sound.
const FOUND: u8 = 1;
/// The job could not be done.
const FAILED: u8 = 2;
/// The job was done, but some mail could not be delivered yet.
const WAITING: u8 = 3;

fn main() -> ExitCode {
    let cli = Cli::parse();
    match command::dispatch(cli.command, &cli.shared) {
        Ok(code) => ExitCode::from(code),
        Err(failure) => {
            let mut stderr = anstream::stderr().lock();
            let _ = writeln!(stderr, "错误 error: {failure}");
            let _ = writeln!(stderr, "提示 hint: {}", failure.hint());
            ExitCode::from(FAILED)
        }
    }
}
