//! `heyan history`: the recorded runs in a row.

use heyan::config::Config;
use heyan::history::{Store, table};

use super::output::say;
use super::settings;
use crate::DONE;
use crate::cli::Shared;
use crate::failure::Failure;

/// Shows the last runs of a series, of all regions or one.
pub fn history(
    region: Option<&str>,
    last: usize,
    series: &str,
    shared: &Shared,
) -> Result<u8, Failure> {
    let config = settings::prepare(shared)?;
    let lang = settings::lang(&config, shared)?;
    let store = open(&config)?;
    let key = region
        .map(|word| region_key(&store, series, word))
        .transpose()?;
    let mut annals = store.annals(series, key.as_deref())?;
    if annals.is_empty() {
        return Err(Failure::Usage(no_runs(&store, series)?));
    }
    let annals = annals.split_off(annals.len().saturating_sub(last));
    say(&table::annals(&annals, lang))?;
    Ok(DONE)
}

fn open(config: &Config) -> Result<Store, Failure> {
    let folder = &config.state.folder;
    if !Store::is_in(folder) {
        return Err(Failure::Usage(format!(
            "{} 里还没有运行记录；heyan run 每次运行都会记录 (no run is recorded yet; heyan run records each)",
            folder.display()
        )));
    }
    Ok(Store::open(folder)?)
}

/// The region that a code or name means.
fn region_key(store: &Store, series: &str, word: &str) -> Result<String, Failure> {
    let regions = store.region_names(series)?;
    if regions.contains_key(word) {
        return Ok(word.to_owned());
    }
    let named = regions.iter().find(|(_, name)| *name == word);
    if let Some((key, _)) = named {
        return Ok(key.clone());
    }
    let known: Vec<String> = regions
        .iter()
        .map(|(key, name)| format!("{key} {name}"))
        .collect();
    Err(Failure::Usage(format!(
        "记录中没有地区 {word}，已有：{} (no such region in the record)",
        known.join("、")
    )))
}

fn no_runs(store: &Store, series: &str) -> Result<String, Failure> {
    let known: Vec<String> = store
        .series()?
        .into_iter()
        .filter(|series| !series.is_empty())
        .collect();
    Ok(format!(
        "没有“{series}”的运行记录；有记录的任务：{} (no run of this job is recorded)",
        known.join("、")
    ))
}
