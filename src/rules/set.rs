//! The rule set: every rule file, built in or beside the lists, and its identity.

use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use thiserror::Error;
use walkdir::WalkDir;

use crate::config::line_of;

use super::rule::Rule;

/// The rule files of the project, embedded by the build script: path and text.
static EMBEDDED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/rules.rs"));

/// A rule file that cannot be used.
#[derive(Debug, Error)]
pub enum RuleError {
    /// The file is not what it should be.
    #[error("{file}:{line}: {message}")]
    Invalid {
        /// The rule file.
        file: String,
        /// 1-based line of the fault.
        line: usize,
        /// What is wrong, and what to do.
        message: String,
    },
    /// A folder or file of rules cannot be read.
    #[error("无法读取规则 {}: {reason} (cannot read the rules)", .path.display())]
    Unreadable {
        /// The path.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
}

/// All rules of a run.
#[derive(Debug, Clone)]
pub struct RuleSet {
    /// The rules in the order of their ids.
    pub rules: Vec<Rule>,
    /// SHA-256 over the rule files, in hex.
    pub digest: String,
    /// Files that were refused, so that the other rules still run.
    pub refused: Vec<(String, String)>,
}

impl RuleSet {
    /// The built-in rules, with those of a further folder where one is named. A broken built-in
    /// file is an error; a broken file of the folder is refused and named, and the rest is used.
    ///
    /// # Errors
    /// A folder that is not there, or a built-in rule that is broken.
    pub fn load(folder: Option<&Path>) -> Result<Self, RuleError> {
        let mut texts: Vec<(String, String)> = EMBEDDED
            .iter()
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
            .collect();
        let built_in = texts.len();
        if let Some(folder) = folder {
            texts.extend(files(folder)?);
        }
        let mut rules: Vec<Rule> = Vec::with_capacity(texts.len());
        let mut refused = Vec::new();
        let mut digest = Sha256::new();
        for (index, (file, text)) in texts.iter().enumerate() {
            digest.update(text.as_bytes());
            match parse(file, text) {
                Ok(rule) => {
                    rules.retain(|known| known.id != rule.id);
                    rules.push(rule);
                }
                Err(error) if index < built_in => return Err(error),
                Err(error) => refused.push((file.clone(), error.to_string())),
            }
        }
        rules.sort_by(|one, two| one.id.cmp(&two.id));
        Ok(Self {
            rules,
            digest: hex(&digest.finalize()),
            refused,
        })
    }

    /// The rule of an id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.id == id)
    }

    /// The known id nearest to a mistyped one.
    #[must_use]
    pub fn nearest(&self, id: &str) -> Option<&str> {
        self.rules
            .iter()
            .map(|rule| (strsim::jaro_winkler(&rule.id, id), rule.id.as_str()))
            .filter(|(likeness, _)| *likeness > 0.75)
            .max_by(|one, two| one.0.total_cmp(&two.0))
            .map(|(_, id)| id)
    }
}

/// Bytes as lower-case hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn files(folder: &Path) -> Result<Vec<(String, String)>, RuleError> {
    let unreadable = |path: &Path, reason: String| RuleError::Unreadable {
        path: path.to_path_buf(),
        reason,
    };
    let mut texts = Vec::new();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.map_err(|error| unreadable(folder, error.to_string()))?;
        let path = entry.path();
        let national = path.components().any(|part| part.as_os_str() == "national");
        if national || path.extension().is_none_or(|extension| extension != "toml") {
            continue;
        }
        let text = fs::read_to_string(path).map_err(|error| unreadable(path, error.to_string()))?;
        texts.push((path.to_string_lossy().into_owned(), text));
    }
    Ok(texts)
}

/// Reads one rule file. Its name must be its id, its folder is its family.
///
/// # Errors
/// Text that is no rule, with file and line.
pub fn parse(file: &str, text: &str) -> Result<Rule, RuleError> {
    let mut rule: Rule = toml::from_str(text).map_err(|error| RuleError::Invalid {
        file: file.to_owned(),
        line: line_of(text, error.span()),
        message: error.message().to_owned(),
    })?;
    let path = Path::new(file);
    let stem = path.file_stem().map(|stem| stem.to_string_lossy());
    if stem.as_deref() != Some(rule.id.as_str()) {
        return Err(RuleError::Invalid {
            file: file.to_owned(),
            line: line_of(text, text.find("id").map(|at| at..at)),
            message: format!("规则 id 是 {}，文件名应为 {}.toml", rule.id, rule.id),
        });
    }
    rule.digest = hex(&Sha256::digest(text));
    rule.family = path
        .parent()
        .and_then(Path::file_name)
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    Ok(rule)
}
