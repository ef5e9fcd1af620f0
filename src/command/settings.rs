//! What a command is to do: the command line goes before `heyan.toml`, that before the defaults.

use std::path::Path;

use chrono::{DateTime, FixedOffset, Local, SubsecRound};
use clap::ValueEnum;
use heyan::config::{CONFIG_FILE, Config};
use heyan::lang::Lang;
use heyan::report::{FailOn, Format};
use heyan::schedule::Files;

use crate::cli::Shared;
use crate::failure::Failure;

/// Reads the config and sets up the log.
pub fn prepare(shared: &Shared) -> Result<Config, Failure> {
    prepare_to_stay(shared, false)
}

/// The same; a command that stays running says in the log what it does without being asked.
pub fn prepare_to_stay(shared: &Shared, stays: bool) -> Result<Config, Failure> {
    let level = match (shared.quiet, shared.verbose.max(u8::from(stays))) {
        (true, _) => tracing::Level::ERROR,
        (_, 0) => tracing::Level::ERROR,
        (_, 1) => tracing::Level::INFO,
        _ => tracing::Level::DEBUG,
    };
    let log = tracing_subscriber::fmt()
        .with_max_level(level)
        .with_target(false)
        .with_writer(std::io::stderr);
    // A second call is harmless: the first subscriber stays. What runs for months says when.
    let _ = if stays {
        log.try_init()
    } else {
        log.without_time().try_init()
    };
    Ok(Config::load(shared.config.as_deref())?)
}

/// The clock: the one given, or the system's in whole seconds.
pub fn now(shared: &Shared) -> DateTime<FixedOffset> {
    shared
        .now
        .unwrap_or_else(|| Local::now().trunc_subsecs(0).fixed_offset())
}

/// The language of what a reader sees.
pub fn lang(config: &Config, shared: &Shared) -> Result<Lang, Failure> {
    match (shared.lang, &config.check.lang) {
        (Some(lang), _) => Ok(lang),
        (None, Some(word)) => choice(word, "lang"),
        (None, None) => Ok(Lang::Zh),
    }
}

/// The severity from which a check fails.
pub fn fail_on(config: &Config, shared: &Shared) -> Result<FailOn, Failure> {
    match (shared.fail_on, &config.check.fail_on) {
        (Some(fail_on), _) => Ok(fail_on),
        (None, Some(word)) => choice(word, "fail_on"),
        (None, None) => Ok(FailOn::default()),
    }
}

/// The national edition to judge by; `None` where each list shows its own.
pub fn edition(config: &Config, shared: &Shared) -> Result<Option<u16>, Failure> {
    match shared.standard.as_ref().or(config.check.standard.as_ref()) {
        None => Ok(None),
        Some(word) if word == "auto" => Ok(None),
        Some(word) => word.parse().map(Some).map_err(|_| {
            Failure::Usage(format!(
                "--standard 不能是 {word}，可用 auto、2020、2023 (not a valid value)"
            ))
        }),
    }
}

/// The formats, each once and in a fixed order.
pub fn formats(config: &Config, shared: &Shared) -> Result<Vec<Format>, Failure> {
    let names = if shared.format.is_empty() {
        &config.run.formats
    } else {
        &shared.format
    };
    let formats: Result<Vec<Format>, _> = names
        .iter()
        .map(|name| name.parse().map_err(Failure::Usage))
        .collect();
    let mut formats = formats?;
    formats.sort_unstable();
    formats.dedup();
    Ok(formats)
}

/// A word of the config as one of the values the command line knows.
fn choice<T: ValueEnum>(word: &str, key: &str) -> Result<T, Failure> {
    T::from_str(word, true).map_err(|_| {
        Failure::Usage(format!(
            "配置中的 {key} 不能是 {word} (not a valid value in the config)"
        ))
    })
}

/// The config file, whether it is there or not.
pub fn config_file(shared: &Shared) -> &Path {
    shared.config.as_deref().unwrap_or(Path::new(CONFIG_FILE))
}

/// Where the program keeps its own: the lock that every run takes lies there.
pub fn files(config: &Config, shared: &Shared) -> Files {
    Files {
        config: config_file(shared).to_path_buf(),
        state: config.state.folder.clone(),
    }
}
