//! `heyan check`: the same check for CI and for the curious.

use std::path::PathBuf;

use heyan::baseline::Baseline;
use heyan::config::Config;
use heyan::coverage::Coverage;
use heyan::lang::Lang;
use heyan::report::view::Report;
use heyan::schedule::Stop;

use super::job::{Output, Purpose};
use super::output::{remark, save};
use super::sources::Sources;
use super::{job, run, settings};
use crate::cli::{BaselineOptions, Shared};
use crate::failure::Failure;
use crate::{DONE, FOUND};

/// Whether something reached `--fail-on`; beside a baseline, something that is not in it.
pub fn check(
    paths: Vec<PathBuf>,
    baseline: &BaselineOptions,
    shared: &Shared,
) -> Result<u8, Failure> {
    let config = settings::prepare(shared)?;
    let lang = settings::lang(&config, shared)?;
    let fail_on = settings::fail_on(&config, shared)?;
    // A baseline that cannot be used is told before the work, not after it.
    let known = baseline
        .baseline
        .as_deref()
        .or(config.check.baseline.as_deref())
        .map(Baseline::load)
        .transpose()?;
    let stop = Stop::on_signals().map_err(Failure::Signals)?;
    let sources = sources(paths, &config, shared)?;
    let mut done = job::examine(&config, shared, sources, Purpose::Check, &stop)?;
    if let Some(known) = &known {
        beside(known, &mut done.report, lang, shared)?;
    }
    let anew = known.is_some();
    let output = Output::new(&done, &config, shared, anew)?;
    let content = output.content();
    output.write(&output.render(&content)?)?;
    output.tell(&content, true)?;
    job::some_list(&done)?;
    let findings = &done.report.findings;
    if let Some(path) = &baseline.write_baseline {
        let bytes = Baseline::of(findings).to_bytes();
        save(
            path,
            &bytes.map_err(|error| Failure::Usage(error.to_string()))?,
        )?;
        return Ok(DONE);
    }
    let reached = findings.iter().any(|finding| match anew {
        true => fail_on.fails_anew(finding),
        false => fail_on.fails(finding),
    });
    Ok(if reached { FOUND } else { DONE })
}

/// The paths that were named, or what `[run]` reads.
fn sources(paths: Vec<PathBuf>, config: &Config, shared: &Shared) -> Result<Sources, Failure> {
    if !paths.is_empty() {
        return Ok(Sources::paths(paths));
    }
    // A check leaves the state folder alone, unless repositories are fetched into it.
    let needed = !config.run.git.is_empty();
    let _lock = needed
        .then(|| run::lock(config, shared, "heyan check"))
        .transpose()?;
    Sources::of(config, shared)
}

/// Says which findings the baseline knows, and what it holds that is not needed any more.
fn beside(
    known: &Baseline,
    report: &mut Report,
    lang: Lang,
    shared: &Shared,
) -> Result<(), Failure> {
    known.apply(&mut report.findings);
    if shared.quiet {
        return Ok(());
    }
    let comparison = known.compare(&report.findings, &Coverage::of(report));
    for line in comparison.words(lang) {
        remark(&format!("{line}\n"))?;
    }
    Ok(())
}
