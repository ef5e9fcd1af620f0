//! The output formats by their names. Each format is a module of its own with one function `files`;
//! this one only chooses among them.

use std::str::FromStr;

use super::folder::{Content, Files, WriteError};
use super::{csv, gitlab, html, json, junit, markdown, sarif};

/// A group of output files, or of lines on standard output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// `index.html` and `regions/<code>.html`.
    Html,
    /// `findings.csv`, `items.csv` and `regions/<code>.findings.csv`.
    Csv,
    /// `report.json`.
    Json,
    /// `findings.sarif`: SARIF 2.1.0.
    Sarif,
    /// `junit.xml`.
    Junit,
    /// `codequality.json` for GitLab.
    Gitlab,
    /// `summary.md`.
    Markdown,
    /// Annotations for GitHub on standard output; no file.
    Github,
    /// The findings on standard output, as without it; no file.
    Text,
}

impl Format {
    /// Every format with its name, in the order in which messages list them.
    pub const ALL: [(Self, &'static str); 9] = [
        (Self::Html, "html"),
        (Self::Csv, "csv"),
        (Self::Json, "json"),
        (Self::Sarif, "sarif"),
        (Self::Junit, "junit"),
        (Self::Gitlab, "gitlab"),
        (Self::Markdown, "markdown"),
        (Self::Github, "github"),
        (Self::Text, "text"),
    ];

    /// Whether it writes files: where no format does, no report folder is made.
    #[must_use]
    pub fn has_files(self) -> bool {
        !matches!(self, Self::Github | Self::Text)
    }

    /// The files of the format.
    ///
    /// # Errors
    /// A page or table that could not be rendered.
    pub fn files(self, of: &Content<'_>) -> Result<Files, WriteError> {
        match self {
            Self::Html => html::files(of),
            Self::Csv => csv::files(of),
            Self::Json => json::files(of),
            Self::Sarif => sarif::files(of),
            Self::Junit => junit::files(of),
            Self::Gitlab => gitlab::files(of),
            Self::Markdown => markdown::files(of),
            Self::Github | Self::Text => Ok(Files::new()),
        }
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let name = name.trim();
        Self::ALL
            .iter()
            .find(|(_, known)| *known == name)
            .map(|(format, _)| *format)
            .ok_or_else(|| {
                let known: Vec<&str> = Self::ALL.iter().map(|(_, known)| *known).collect();
                format!(
                    "没有名为 {name} 的输出格式，可用 {} (unknown format)",
                    known.join("、")
                )
            })
    }
}
