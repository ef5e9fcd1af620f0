//! `heyan diff`: what one run says otherwise than another. Each may be a recorded run, a report, or
//! a folder of lists, which is checked first.

use std::path::{Path, PathBuf};

use heyan::config::Config;
use heyan::history::{Comparison, Past, Snapshot, Store, compare, table};
use heyan::report::FailOn;
use heyan::schedule::Stop;

use super::job::{self, Purpose};
use super::output::say;
use super::settings;
use super::sources::Sources;
use crate::cli::Shared;
use crate::failure::Failure;
use crate::{DONE, FOUND};

/// Whether something at or above `--fail-on` is new.
pub fn diff(before: &str, after: &str, series: &str, shared: &Shared) -> Result<u8, Failure> {
    let config = settings::prepare(shared)?;
    let lang = settings::lang(&config, shared)?;
    let fail_on = settings::fail_on(&config, shared)?;
    let before = snapshot(before, series, &config, shared)?;
    let after = snapshot(after, series, &config, shared)?;
    let comparison = compare(&Past::only(&before), &after);
    say(&table::difference(&before, &after, &comparison, lang))?;
    Ok(match anything_new(&after, &comparison, fail_on) {
        true => FOUND,
        false => DONE,
    })
}

fn anything_new(run: &Snapshot, comparison: &Comparison, fail_on: FailOn) -> bool {
    run.findings.iter().any(|seen| {
        let known = comparison.known.get(&seen.id);
        let new = known.is_some_and(|known| known.status != "open");
        new && !seen.waived && fail_on.reaches(&seen.severity)
    })
}

/// The run that a word of the command line means.
fn snapshot(
    word: &str,
    series: &str,
    config: &Config,
    shared: &Shared,
) -> Result<Snapshot, Failure> {
    let path = Path::new(word);
    if path.join("report.json").is_file() || (path.is_file() && has_json(path)) {
        return Ok(Snapshot::read(path)?);
    }
    if path.exists() {
        let stop = Stop::new();
        let sources = Sources::paths(vec![PathBuf::from(path)]);
        let done = job::examine(config, shared, sources, Purpose::Check, &stop)?;
        return Ok(Snapshot::of(&done.report));
    }
    recorded(word, series, config)
}

fn has_json(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
}

/// The recorded run with an identity, or the only one whose identity begins so.
fn recorded(word: &str, series: &str, config: &Config) -> Result<Snapshot, Failure> {
    let unknown = |reason: &str| Failure::Usage(format!("{word}: {reason}"));
    if !Store::is_in(&config.state.folder) {
        return Err(unknown(
            "既不是报告、清单文件夹，也没有运行记录 (neither a report nor a folder of lists, and no run is recorded)",
        ));
    }
    let store = Store::open(&config.state.folder)?;
    let runs = store.runs(series)?;
    let exact = runs.iter().find(|(_, run)| run.run_id == word);
    let mut begun = runs.iter().filter(|(_, run)| run.run_id.starts_with(word));
    let found = match (exact, begun.next(), begun.next()) {
        (Some(run), _, _) | (None, Some(run), None) => run,
        (None, Some(_), Some(_)) => {
            return Err(unknown("不止一次运行以此开头 (several runs begin so)"));
        }
        (None, None, _) => {
            return Err(unknown(
                "没有这次运行，heyan history 列出已记录的运行 (no such run; heyan history lists them)",
            ));
        }
    };
    store
        .snapshot(series, found.0)?
        .ok_or_else(|| unknown("没有这次运行 (no such run)"))
}
