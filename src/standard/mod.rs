//! The national standard: editions of the list, statutes, divisions, item types. Owns the data
//! under `rules/national/`, which is part of the program, and its loader; refuses to judge, and to
//! show anything derived as official: every value carries how it is known.

mod ceiling;
mod difference;
mod division;
mod edition;
mod edition_file;
mod holidays;
mod issuer;
mod item_type;
mod known;
mod matching;
mod mending;
mod statute;
#[cfg(test)]
mod tests;

use std::fs;
use std::path::Path;

use serde::de::DeserializeOwned;

use crate::config::line_of;

pub use ceiling::{Ceiling, CeilingStatute, Unit};
pub use difference::{Difference, Field, basis, differences, limit};
pub use division::{Level, Place, Region, Regions, lies_in};
pub use edition::{BasisRef, Counts, Edition, Item, ItemProvenance, Main, MaterialsRule};
pub use holidays::{Arrangement, Deadline, Holiday, Holidays, Notice};
pub use issuer::{Issuer, Issuers, Tier};
pub use item_type::ItemType;
pub use known::{Confidence, Known, Provenance};
pub use matching::{Assignment, By, Candidate, Match, coverage, scrambled};
pub use statute::{NumberChange, Rank, Statute, fold_title};

/// The files, in the order in which they are hashed.
const FILES: [(&str, &str); 7] = [
    (
        "rules/national/edition-2020.toml",
        include_str!("../../rules/national/edition-2020.toml"),
    ),
    (
        "rules/national/edition-2023.toml",
        include_str!("../../rules/national/edition-2023.toml"),
    ),
    (
        "rules/national/statutes.toml",
        include_str!("../../rules/national/statutes.toml"),
    ),
    (
        "rules/national/regions.toml",
        include_str!("../../rules/national/regions.toml"),
    ),
    (
        "rules/national/item-types.toml",
        include_str!("../../rules/national/item-types.toml"),
    ),
    (
        "rules/national/issuers.toml",
        include_str!("../../rules/national/issuers.toml"),
    ),
    // Read when a region is first looked for: here only for the digest.
    (division::COUNTY_FILE, division::COUNTY_TEXT),
];

/// Why the national data could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StandardError {
    /// The file is not the TOML it should be.
    #[error("{file}:{line}: not readable as national data: {message}")]
    Syntax {
        /// Path of the file.
        file: String,
        /// Line of the fault, 1-based.
        line: usize,
        /// What the parser says.
        message: String,
    },
    /// A file or folder with further editions cannot be read.
    #[error("无法读取 {file}: {reason} (cannot read the national data)")]
    Unreadable {
        /// Path of the file or folder.
        file: String,
        /// What the system says.
        reason: String,
    },
    /// A value contradicts another one, or refers to nothing.
    #[error("{file}:{line}: {message}")]
    Value {
        /// Path of the file.
        file: String,
        /// Line of the value, 1-based.
        line: usize,
        /// What is wrong and what to do.
        message: String,
    },
}

/// The national standard.
#[derive(Debug, Clone)]
pub struct Standard {
    /// Editions, oldest first.
    pub editions: Vec<Edition>,
    /// National instruments.
    pub statutes: Vec<Statute>,
    /// Divisions.
    pub regions: Regions,
    /// Item types.
    pub item_types: Vec<ItemType>,
    /// Letters of document numbers.
    pub issuers: Issuers,
    /// The files the editions were read from: year, path and text.
    files: Vec<(u16, String, String)>,
}

impl Standard {
    /// Reads the data that is built into the program, and the editions of a folder
    /// (`edition-<year>.toml`), each of which takes the place of the built-in one of its year.
    ///
    /// # Errors
    /// What [`Standard::load`] says; a folder that is not there.
    pub fn load_with(folder: Option<&Path>) -> Result<Self, StandardError> {
        let mut standard = Self::load()?;
        let Some(folder) = folder else {
            return Ok(standard);
        };
        for (file, text) in edition_files(folder)? {
            let edition = Edition::from_toml(&file, &text)?;
            let year = edition.year;
            standard.editions.retain(|known| known.year != year);
            standard.files.retain(|(known, ..)| *known != year);
            standard.editions.push(edition);
            standard.files.push((year, file, text));
        }
        standard.editions.sort_by_key(|edition| edition.year);
        standard.files.sort();
        Ok(standard)
    }

    /// The file an edition was read from: path and text.
    #[must_use]
    pub fn edition_file(&self, year: u16) -> Option<(&str, &str)> {
        let mut files = self.files.iter();
        let (_, file, text) = files.find(|(known, ..)| *known == year)?;
        Some((file, text))
    }

    /// Reads the data that is built into the program.
    ///
    /// # Errors
    /// Where a file is not what it should be; names the file and the line.
    pub fn load() -> Result<Self, StandardError> {
        let [
            edition_2020,
            edition_2023,
            statutes,
            regions,
            item_types,
            issuers,
            _counties,
        ] = FILES;
        let region_file: division::RegionFile = parse(regions.0, regions.1)?;
        let known_regions = region_file
            .index()
            .map_err(|message| StandardError::Value {
                file: regions.0.to_owned(),
                line: 1,
                message,
            })?;
        let issuers_known = parse::<issuer::IssuerFile>(issuers.0, issuers.1)?
            .index(&known_regions)
            .map_err(|message| StandardError::Value {
                file: issuers.0.to_owned(),
                line: 1,
                message,
            })?;
        Ok(Self {
            editions: vec![
                Edition::from_toml(edition_2020.0, edition_2020.1)?,
                Edition::from_toml(edition_2023.0, edition_2023.1)?,
            ],
            statutes: parse::<statute::StatuteFile>(statutes.0, statutes.1)?.statute,
            regions: known_regions,
            issuers: issuers_known,
            files: vec![
                (2020, edition_2020.0.to_owned(), edition_2020.1.to_owned()),
                (2023, edition_2023.0.to_owned(), edition_2023.1.to_owned()),
            ],
            item_types: parse::<item_type::ItemTypeFile>(item_types.0, item_types.1)?.types,
        })
    }

    /// The edition of that year.
    pub fn edition(&self, year: u16) -> Option<&Edition> {
        self.editions.iter().find(|edition| edition.year == year)
    }

    /// The instrument of that id.
    pub fn statute(&self, id: &str) -> Option<&Statute> {
        self.statutes.iter().find(|statute| statute.id == id)
    }

    /// The instrument a printed title names; see [`Statute::is_titled`].
    pub fn statute_by_title(&self, title: &str) -> Option<&Statute> {
        self.statutes
            .iter()
            .find(|statute| statute.is_titled(title))
    }

    /// The instrument that carries a document number. An amending decree's number is shared by
    /// what it amends, so the instrument whose own number it is comes first.
    pub fn statute_by_number(&self, number: &str) -> Option<&Statute> {
        let own = |statute: &&Statute| {
            let mut numbers = statute.number.iter().chain(&statute.number_forms);
            numbers.any(|own| statute::same_number(own, number))
        };
        self.statutes.iter().find(own).or_else(|| {
            let mut all = self.statutes.iter();
            all.find(|statute| statute.carries_number(number))
        })
    }

    /// Title and document number of what an item rests on.
    pub fn instrument<'a>(&'a self, basis: &'a BasisRef) -> Option<(&'a str, Option<&'a str>)> {
        if let Some(id) = &basis.statute {
            let statute = self.statute(id)?;
            return Some((&statute.title, statute.number.as_deref()));
        }
        Some((basis.title.as_deref()?, basis.number.as_deref()))
    }

    /// The type of that code.
    pub fn item_type(&self, code: &str) -> Option<&ItemType> {
        self.item_types.iter().find(|kind| kind.code == code)
    }

    /// All national data as one text, for the digest of the rule set. Each file is preceded by its
    /// path and length, so that no text can pass from one file to the next unnoticed.
    pub fn digest_input(&self) -> String {
        let editions = self
            .files
            .iter()
            .map(|(_, file, text)| (file.as_str(), text.as_str()));
        let built_in = |file: &str| FILES.iter().any(|(known, _)| *known == file);
        // Named without their folder: the same data is the same wherever it lies.
        let own = editions
            .filter(|(file, _)| !built_in(file))
            .map(|(file, text)| (file.rsplit(['/', '\\']).next().unwrap_or(file), text));
        FILES
            .iter()
            .copied()
            .chain(own)
            .map(|(file, text)| format!("{file} {}\n{text}", text.len()))
            .collect()
    }
}

/// The editions of a folder: path and text, in the order of their names.
fn edition_files(folder: &Path) -> Result<Vec<(String, String)>, StandardError> {
    let failed = |path: &Path, error: std::io::Error| StandardError::Unreadable {
        file: path.display().to_string(),
        reason: error.to_string(),
    };
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| failed(folder, error))? {
        let path = entry.map_err(|error| failed(folder, error))?.path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if name.starts_with("edition-") && name.ends_with(".toml") {
            paths.push(path);
        }
    }
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let text = fs::read_to_string(&path).map_err(|error| failed(&path, error))?;
            Ok((path.display().to_string(), text))
        })
        .collect()
}

/// Reads a file; what the parser says is told with its line.
fn parse<T: DeserializeOwned>(file: &str, text: &str) -> Result<T, StandardError> {
    toml::from_str(text).map_err(|error| StandardError::Syntax {
        file: file.to_owned(),
        line: line_of(text, error.span()),
        message: error.message().to_owned(),
    })
}
