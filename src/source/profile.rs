//! `source.toml`: what the clerk who received a document knows about it. Everything the document
//! says itself is read from the document; a value written here goes before it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::Deserialize;
use thiserror::Error;

use crate::config::line_of;

/// Name of the file that lies beside a document.
pub const PROFILE_FILE: &str = "source.toml";

/// Years of the national editions a list can be judged by.
const EDITIONS: [u16; 2] = [2020, 2023];

/// 文件之外所知的情况 / what is known about a document from outside it.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// 清单属于哪个地区 / region the list is for: its GB/T 2260 code or its full name.
    pub region: Option<String>,
    /// 发布单位 / office that published the list.
    pub publisher: Option<String>,
    /// 收到的日期 / day on which the document was received, a TOML date without quotes.
    #[schemars(with = "Option<String>")]
    pub received: Option<toml::value::Datetime>,
    /// 发现问题写信给谁 / whom to write to about findings.
    pub contact: Option<Contact>,
    /// 标题 / title, where the document prints none or a misleading one.
    pub title: Option<String>,
    /// 清单年份 / year the list is of, where the document does not say.
    pub year: Option<u16>,
    /// 所依全国版次的年份 / year of the national edition the list is to be judged by.
    #[schemars(extend("enum" = EDITIONS))]
    pub edition: Option<u16>,
    /// 编码标准 / coding standard the list follows, where the document does not say.
    pub coding_standard: Option<String>,
    /// 文字编码 / encoding of a text file (a WHATWG label such as `gb18030` or `big5`), where it is not found
    /// by itself.
    pub encoding: Option<String>,
    /// 同一文件夹内个别文件的情况，按文件名 / what is known about single files of the folder, by name; a
    /// member of an archive by `archive.zip/name`. What is not written here is as above.
    #[serde(default)]
    pub files: BTreeMap<String, Profile>,
}

/// 联系人 / a person or office to write to.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// 称呼 / name for the salutation.
    pub name: String,
    /// 电子邮件地址 / e-mail address.
    #[schemars(extend("format" = "email"))]
    pub email: String,
}

/// A `source.toml` that cannot be used.
#[derive(Debug, Error)]
pub enum ProfileError {
    /// The file is there and cannot be read.
    #[error("无法读取 {}: {reason}", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// The file is not what it should be, or asks for an edition there is none of.
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

impl Profile {
    /// Reads the `source.toml` of a folder; a folder without one yields an empty profile.
    ///
    /// # Errors
    /// A file that cannot be read, is not TOML, or has a key that is not known.
    pub fn beside(folder: &Path) -> Result<Self, ProfileError> {
        let path = folder.join(PROFILE_FILE);
        if !path.is_file() {
            return Ok(Self::default());
        }
        let text = fs::read_to_string(&path).map_err(|error| ProfileError::Unreadable {
            path: path.clone(),
            reason: error.to_string(),
        })?;
        Self::parse(&text, &path)
    }

    /// Reads the text of a `source.toml`; the path is for the words of a fault.
    ///
    /// # Errors
    /// A text that is not TOML, or has a key that is not known.
    pub fn parse(text: &str, path: &Path) -> Result<Self, ProfileError> {
        let invalid = |line, message| ProfileError::Invalid {
            path: path.to_path_buf(),
            line,
            message,
        };
        let profile: Self = toml::from_str(text)
            .map_err(|error| invalid(line_of(text, error.span()), error.message().to_owned()))?;
        let line = |word: &str| line_of(text, text.find(word).map(|at| at..at));
        if profile.files.values().any(|file| !file.files.is_empty()) {
            let message = "[files.\"…\"] 之内不能再有 files (files within files)".to_owned();
            return Err(invalid(line(".files"), message));
        }
        let own = profile.files.values().filter_map(|file| file.edition);
        let unknown = profile.edition.into_iter().chain(own);
        match unknown.filter(|year| !EDITIONS.contains(year)).min() {
            Some(year) => Err(invalid(
                line(&format!("edition = {year}")),
                format!("没有 {year} 年版的国家清单，edition 可用 2020、2023 (no such edition)"),
            )),
            None => Ok(profile),
        }
    }

    /// What is known about one file of the folder: what stands under its name before what stands for
    /// all.
    #[must_use]
    pub fn of(&self, file: &str) -> Self {
        let whole = Self {
            files: BTreeMap::new(),
            ..self.clone()
        };
        match self.files.get(file) {
            Some(own) => own.clone().or(whole),
            None => whole,
        }
    }

    /// The values of this profile, and those of another where this one has none.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            region: self.region.or(other.region),
            publisher: self.publisher.or(other.publisher),
            received: self.received.or(other.received),
            contact: self.contact.or(other.contact),
            title: self.title.or(other.title),
            year: self.year.or(other.year),
            edition: self.edition.or(other.edition),
            coding_standard: self.coding_standard.or(other.coding_standard),
            encoding: self.encoding.or(other.encoding),
            files: BTreeMap::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_key_is_named_with_its_line() {
        let folder = tempfile::tempdir().expect("a folder");
        let text = "region = \"64\"\ncontakt = 1\n";
        fs::write(folder.path().join(PROFILE_FILE), text).expect("written");
        let error = Profile::beside(folder.path()).expect_err("unknown key");
        let words = error.to_string();
        assert!(
            words.contains(":2:") && words.contains("contakt"),
            "{words}"
        );
    }

    #[test]
    fn a_file_of_the_folder_has_its_own_values_before_those_of_all() {
        let text = "region = \"64\"\nyear = 2023\n[files.\"新.xlsx\"]\nyear = 2024\n";
        let profile = Profile::parse(text, Path::new(PROFILE_FILE)).expect("valid");
        let new = profile.of("新.xlsx");
        assert_eq!((new.region.as_deref(), new.year), (Some("64"), Some(2024)));
        assert_eq!(profile.of("旧.xlsx").year, Some(2023));
        for (text, line) in [
            ("[files.a]\nyear = 2024\nyears = 1\n", 3),
            ("[files.a]\nedition = 2021\n", 2),
            ("[files.a]\n[files.a.files.b]\n", 2),
        ] {
            let error = Profile::parse(text, Path::new(PROFILE_FILE)).expect_err(text);
            assert!(error.to_string().contains(&format!(":{line}:")), "{error}");
        }
    }

    #[test]
    fn an_edition_that_is_none_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let text = "region = \"64\"\nedition = 2021\n";
        fs::write(folder.path().join(PROFILE_FILE), text).expect("written");
        let error = Profile::beside(folder.path()).expect_err("no such edition");
        let words = error.to_string();
        assert!(words.contains(":2:") && words.contains("2021"), "{words}");
    }
}
