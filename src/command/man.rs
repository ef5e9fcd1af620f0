//! `heyan man`: the manual pages, made from the command line itself.

use std::fs;
use std::path::Path;

use clap::{Command, CommandFactory};
use clap_mangen::{Man, generate_to};

use super::output::{say, say_bytes};
use crate::DONE;
use crate::cli::Cli;
use crate::failure::Failure;

/// Prints the page of the program, or writes the pages of all commands into a folder.
pub fn man(to: Option<&Path>) -> Result<u8, Failure> {
    let Some(folder) = to else {
        let mut page = Vec::new();
        let printed = Man::new(pages()).render(&mut page);
        printed.map_err(|error| refused(Path::new("heyan.1"), &error))?;
        say_bytes(&page)?;
        return Ok(DONE);
    };
    fs::create_dir_all(folder).map_err(|error| refused(folder, &error))?;
    generate_to(pages(), folder).map_err(|error| refused(folder, &error))?;
    say(&format!("{}\n", folder.display()))?;
    Ok(DONE)
}

/// The command line without `help`, whose pages would say what the others say.
fn pages() -> Command {
    Cli::command().disable_help_subcommand(true)
}

fn refused(path: &Path, error: &std::io::Error) -> Failure {
    Failure::Output {
        file: path.display().to_string(),
        reason: error.to_string(),
    }
}
