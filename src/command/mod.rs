//! The commands, one a file: each takes what the command line says and yields an exit code.

mod check;
mod completions;
mod diff;
mod explain;
mod history;
mod init;
mod job;
mod mails;
mod man;
mod output;
mod rules;
mod run;
mod schedule;
mod schema;
mod send;
mod settings;
mod sources;
mod standard;
mod waive;

use crate::cli::{Command, Shared};
use crate::failure::Failure;

/// Does what was asked for.
pub fn dispatch(command: Command, shared: &Shared) -> Result<u8, Failure> {
    match command {
        Command::Run { dry_run } => run::run(dry_run, shared),
        Command::Check { paths, baseline } => check::check(paths, &baseline, shared),
        Command::Waive { id, options } => waive::waive(&id, options, shared),
        Command::Explain { rule } => explain::explain(&rule, shared),
        Command::Rules { action } => rules::rules(action, shared),
        Command::Init {
            folder,
            ci,
            repository,
        } => init::init(&folder, ci, &repository, shared),
        Command::Schema { name, to } => schema::schema(name.as_deref(), to.as_deref()),
        Command::Completions { shell } => completions::completions(shell),
        Command::Diff {
            before,
            after,
            series,
        } => diff::diff(&before, &after, &series, shared),
        Command::History {
            region,
            last,
            series,
        } => history::history(region.as_deref(), last, &series, shared),
        Command::Schedule { options } => schedule::schedule(&options, shared),
        Command::Send => send::send(shared),
        Command::Standard { action } => standard::standard(action, shared),
        Command::Man { to } => man::man(to.as_deref()),
    }
}
