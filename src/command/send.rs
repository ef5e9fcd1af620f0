//! `heyan send`: sends what waits in the outbox, without a run.

use heyan::history::Store;

use super::{mails, run, settings};
use crate::cli::Shared;
use crate::failure::Failure;
use crate::{DONE, WAITING};

/// Sends what is due.
pub fn send(shared: &Shared) -> Result<u8, Failure> {
    let config = settings::prepare(shared)?;
    let lang = settings::lang(&config, shared)?;
    if !Store::is_in(&config.state.folder) {
        return Err(Failure::Usage(format!(
            "{} 里没有发件箱；heyan run 会建立 (there is no outbox; heyan run makes one)",
            config.state.folder.display()
        )));
    }
    let _lock = run::lock(&config, shared, "heyan send")?;
    let mut store = Store::open(&config.state.folder)?;
    let tally = mails::send(&config, &mut store, settings::now(shared))?;
    mails::tell(&tally, lang, shared)?;
    Ok(if tally.is_complete() { DONE } else { WAITING })
}
