//! `heyan check`: the same check for CI and for the curious.

use std::path::PathBuf;

use super::job::Purpose;
use super::{job, settings};
use crate::cli::Shared;
use crate::failure::Failure;
use crate::{DONE, FOUND};

/// Whether something reached `--fail-on`.
pub fn check(paths: Vec<PathBuf>, shared: &Shared) -> Result<u8, Failure> {
    let config = settings::prepare(shared)?;
    let inputs = if paths.is_empty() {
        config.run.inputs.clone()
    } else {
        paths
    };
    let fail_on = settings::fail_on(&config, shared)?;
    let done = job::examine(&config, shared, inputs, Purpose::Check)?;
    job::conclude(&done, &config, shared, true)?;
    job::some_list(&done)?;
    let findings = &done.report.findings;
    let reached = findings.iter().any(|finding| fail_on.fails(finding));
    Ok(if reached { FOUND } else { DONE })
}
