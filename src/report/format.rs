//! The output formats by their names. Each format is a module of its own with one function `files`;
//! this one only chooses among them.

use std::str::FromStr;

use super::folder::{Content, Files, WriteError};
use super::{csv, html, json, letters, parquet, xlsx};

/// A group of output files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// `index.html` and `regions/<code>.html`.
    Html,
    /// `findings.csv`, `items.csv` and `regions/<code>.findings.csv`.
    Csv,
    /// `report.json`.
    Json,
    /// `findings.xlsx`.
    Xlsx,
    /// `letters/<code>.docx` and `letters/index.csv`.
    Letters,
    /// `findings.parquet` and `items.parquet`.
    Parquet,
}

impl Format {
    /// Every format with its name, in the order in which messages list them.
    pub const ALL: [(Self, &'static str); 6] = [
        (Self::Html, "html"),
        (Self::Csv, "csv"),
        (Self::Json, "json"),
        (Self::Xlsx, "xlsx"),
        (Self::Letters, "letters"),
        (Self::Parquet, "parquet"),
    ];

    /// The files of the format.
    ///
    /// # Errors
    /// A page or table that could not be rendered.
    pub fn files(self, of: &Content<'_>) -> Result<Files, WriteError> {
        match self {
            Self::Html => html::files(of),
            Self::Csv => csv::files(of),
            Self::Json => json::files(of),
            Self::Xlsx => xlsx::files(of),
            Self::Letters => letters::files(of),
            Self::Parquet => parquet::files(of),
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
