//! `heyan.toml`: how a run is set up. Every key can be left out; a key nobody knows is an error
//! with its line, because a misspelt setting that is silently ignored is worse than none.

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use thiserror::Error;

/// Name of the file that is read where none is named.
pub const CONFIG_FILE: &str = "heyan.toml";

/// The settings of a run.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// What `heyan run` reads and where it writes.
    pub run: RunConfig,
    /// How lists are judged.
    pub check: CheckConfig,
    /// The national data lists are judged by.
    pub standard: StandardConfig,
    /// Rules beside the built-in ones.
    pub rules: RulesConfig,
}

/// What `heyan run` reads and where it writes.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RunConfig {
    /// Files or folders with lists, relative to the folder of the config file.
    pub inputs: Vec<PathBuf>,
    /// Folder that receives one report folder a run, relative to the folder of the config file.
    pub reports: PathBuf,
    /// Output formats.
    pub formats: Vec<String>,
}

impl Default for RunConfig {
    fn default() -> Self {
        Self {
            inputs: vec![PathBuf::from("seeds")],
            reports: PathBuf::from("reports"),
            formats: ["html", "csv", "json"].map(str::to_owned).to_vec(),
        }
    }
}

/// How lists are judged.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CheckConfig {
    /// National edition: `auto`, `2020` or `2023`.
    pub standard: Option<String>,
    /// Language of the reports: `zh` or `en`.
    pub lang: Option<String>,
    /// Severity from which `heyan check` fails.
    pub fail_on: Option<String>,
}

/// The national data lists are judged by.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct StandardConfig {
    /// Folder with editions (`edition-<year>.toml`, as `heyan standard import` writes them) that
    /// take the place of the built-in ones.
    pub folder: Option<PathBuf>,
}

/// Rules beside the built-in ones.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RulesConfig {
    /// Folder with further rule files, one folder a family; a rule of the same id replaces the
    /// built-in one.
    pub folder: Option<PathBuf>,
    /// Changes of the rule set, each with its reason.
    pub change: Vec<ChangeConfig>,
}

/// A change of the rule set: a rule off, of another weight or with other numbers, everywhere or for
/// some regions and items. Of several that cover a finding, the last says.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeConfig {
    /// Id of the rule.
    pub rule: String,
    /// Whether the rule is not applied.
    #[serde(default)]
    pub off: bool,
    /// Weight of its findings: `error`, `warning` or `info`.
    pub severity: Option<String>,
    /// Numbers of its predicate, by name.
    #[serde(default)]
    pub parameters: BTreeMap<String, f64>,
    /// Regions it is for, by GB/T 2260 code or full name; a province's covers what lies in it.
    #[serde(default)]
    pub regions: Vec<String>,
    /// Items it is for, by their own or the national code, or by name.
    #[serde(default)]
    pub items: Vec<String>,
    /// Why.
    pub reason: String,
    /// File and 1-based line it stands in.
    #[serde(skip)]
    pub place: (PathBuf, usize),
}

/// A config file that cannot be used.
#[derive(Debug, Error)]
pub enum ConfigError {
    /// The file is not there or cannot be read.
    #[error("无法读取配置 {}: {reason} (cannot read the config)", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// The file is not what it should be.
    #[error("{}:{line}: {message}", .path.display())]
    Invalid {
        /// The file.
        path: PathBuf,
        /// 1-based line of the fault.
        line: usize,
        /// What is wrong.
        message: String,
    },
}

impl Config {
    /// Reads the named file, or `heyan.toml` of the working folder, or takes the defaults.
    ///
    /// # Errors
    /// A named file that is absent, or any file that is not a valid config.
    pub fn load(named: Option<&Path>) -> Result<Self, ConfigError> {
        let path = named.unwrap_or(Path::new(CONFIG_FILE));
        if named.is_none() && !path.is_file() {
            return Ok(Self::default());
        }
        let text = fs::read_to_string(path).map_err(|error| ConfigError::Unreadable {
            path: path.to_path_buf(),
            reason: error.to_string(),
        })?;
        let mut config: Self = toml::from_str(&text).map_err(|error| ConfigError::Invalid {
            path: path.to_path_buf(),
            line: line_of(&text, error.span()),
            message: error.message().to_owned(),
        })?;
        let lines = headings(&text, "[[rules.change]]");
        for (index, change) in config.rules.change.iter_mut().enumerate() {
            change.place = (path.to_path_buf(), lines.get(index).copied().unwrap_or(1));
        }
        let folder = path.parent().unwrap_or(Path::new(""));
        for input in &mut config.run.inputs {
            *input = folder.join(&*input);
        }
        config.run.reports = folder.join(&config.run.reports);
        config.standard.folder = config.standard.folder.map(|national| folder.join(national));
        config.rules.folder = config.rules.folder.map(|rules| folder.join(rules));
        Ok(config)
    }
}

/// 1-based lines of a repeated heading.
fn headings(text: &str, heading: &str) -> Vec<usize> {
    let lines = text.lines().enumerate();
    lines
        .filter(|(_, line)| line.trim_start().starts_with(heading))
        .map(|(index, _)| index + 1)
        .collect()
}

/// 1-based line on which a span of a text begins.
#[must_use]
pub fn line_of(text: &str, span: Option<Range<usize>>) -> usize {
    let start = span.map_or(0, |span| span.start).min(text.len());
    text.as_bytes()[..start]
        .iter()
        .filter(|byte| **byte == b'\n')
        .count()
        + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_key_is_named_with_its_line() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(CONFIG_FILE);
        fs::write(&path, "[run]\ninput = [\"lists\"]\n").expect("written");
        let words = Config::load(Some(&path)).expect_err("unknown").to_string();
        assert!(words.contains(":2:") && words.contains("input"), "{words}");
    }

    #[test]
    fn paths_are_relative_to_the_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(CONFIG_FILE);
        fs::write(&path, "[run]\ninputs = [\"lists\"]\n").expect("written");
        let config = Config::load(Some(&path)).expect("loaded");
        assert_eq!(config.run.inputs, [folder.path().join("lists")]);
        assert_eq!(config.run.reports, folder.path().join("reports"));
    }
}
