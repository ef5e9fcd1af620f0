//! `source.toml`: what the clerk who received a document knows about it. Everything the document
//! says itself is read from the document; a value written here goes before it.

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
        let profile: Self = toml::from_str(&text).map_err(|error| ProfileError::Invalid {
            path: path.clone(),
            line: line_of(&text, error.span()),
            message: error.message().to_owned(),
        })?;
        match profile.edition {
            Some(year) if !EDITIONS.contains(&year) => Err(ProfileError::Invalid {
                path,
                line: line_of(&text, text.find("edition").map(|at| at..at)),
                message: format!(
                    "没有 {year} 年版的国家清单，edition 可用 2020、2023 (no such edition)"
                ),
            }),
            _ => Ok(profile),
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
    fn an_edition_that_is_none_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let text = "region = \"64\"\nedition = 2021\n";
        fs::write(folder.path().join(PROFILE_FILE), text).expect("written");
        let error = Profile::beside(folder.path()).expect_err("no such edition");
        let words = error.to_string();
        assert!(words.contains(":2:") && words.contains("2021"), "{words}");
    }
}
