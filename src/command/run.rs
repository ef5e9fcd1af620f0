//! `heyan run`: the batch job of `heyan.toml`.

use super::job::Purpose;
use super::{job, settings};
use crate::DONE;
use crate::cli::Shared;
use crate::failure::Failure;

/// Done whatever was found; a run that read no list at all did not do its job.
pub fn run(shared: &Shared) -> Result<u8, Failure> {
    let config = settings::prepare(shared)?;
    let inputs = config.run.inputs.clone();
    let done = job::examine(&config, shared, inputs, Purpose::Run)?;
    job::conclude(&done, &config, shared, (false, false))?;
    job::some_list(&done)?;
    Ok(DONE)
}
