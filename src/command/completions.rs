//! `heyan completions SHELL`.

use clap::CommandFactory;
use clap_complete::{Shell, generate};

use super::output::say_bytes;
use crate::DONE;
use crate::cli::Cli;
use crate::failure::Failure;

/// Prints the completion script of a shell.
pub fn completions(shell: Shell) -> Result<u8, Failure> {
    let mut script = Vec::new();
    generate(shell, &mut Cli::command(), "heyan", &mut script);
    say_bytes(&script)?;
    Ok(DONE)
}
