//! One document: its bytes to a catalog, or to the reason why there is none. Owns the line between a
//! list that could not be read and a document that is no list, such as a cover letter that lies
//! beside one.

use serde::{Deserialize, Serialize};

use crate::normalise::{parse_implementation, parse_main, parse_sub, tidy};
use crate::read::{Block, Kind, Limits, Medium, Oddity, RawTable, ReadError, read_document, text};
use crate::recover::{Catalog, Place, RecoverError, recover};
use crate::standard::Standard;

/// Codes of items from which a document is taken for a list, whatever else it lacks.
const CODES: usize = 3;
/// Longest line that is a title.
const TITLE: usize = 40;

/// What a document yields.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Outcome {
    /// A list.
    List(Box<Catalog>),
    /// It is no list; what shows that.
    NoList(String),
    /// It may be a list and could not be read.
    Unread(Refusal),
}

/// Why a document was not read, and what to do. In Chinese and English: it reaches the reviewer as
/// well as the one who runs the program.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Refusal {
    /// Where reading stopped; line 0 where that can't be told.
    pub place: Place,
    /// What the place is counted in.
    pub medium: Medium,
    /// Why.
    pub reason: String,
    /// What to do.
    pub remedy: String,
}

impl Refusal {
    /// A refusal of the document as a whole.
    #[must_use]
    pub fn of(reason: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            reason: reason.into(),
            remedy: remedy.into(),
            ..Self::default()
        }
    }
}

impl From<&ReadError> for Refusal {
    fn from(error: &ReadError) -> Self {
        Self {
            place: Place {
                line: error.line().unwrap_or(0),
                ..Place::default()
            },
            ..Self::of(error.to_string(), error.remedy())
        }
    }
}

/// How a document is to be read: what is known of it beside its content.
#[derive(Debug, Clone)]
pub struct Manner {
    /// Extension of its name in lower case.
    pub extension: String,
    /// Encoding of a text, where somebody said it.
    pub encoding: Option<String>,
    /// Whether its file is called a list.
    pub called_list: bool,
}

impl Manner {
    /// The manner of a name, with the encoding that `source.toml` gives.
    #[must_use]
    pub fn of(name: &str, encoding: Option<&str>) -> Self {
        let file = name.rsplit('/').next().unwrap_or(name);
        let extension = match file.rsplit_once('.') {
            Some((_, extension)) => extension.to_lowercase(),
            None => String::new(),
        };
        Self {
            extension,
            encoding: encoding.map(str::to_owned),
            called_list: is_called_list(file),
        }
    }

    /// Everything a result depends on beside the content.
    #[must_use]
    pub fn key(&self) -> [&str; 3] {
        let called = if self.called_list { "list" } else { "" };
        [
            &self.extension,
            self.encoding.as_deref().unwrap_or(""),
            called,
        ]
    }
}

/// What the bytes of a document yield.
#[must_use]
pub fn examine(bytes: &[u8], manner: &Manner, limits: &Limits, standard: &Standard) -> Outcome {
    let encoding = manner.encoding.as_deref();
    let table = match read_document(bytes, &manner.extension, encoding, limits) {
        Ok(table) => table,
        Err(error) => return without_table(bytes, manner, &error),
    };
    match recover(&table, standard) {
        Ok(catalog) => Outcome::List(Box::new(catalog)),
        Err(error) => without_list(&table, manner, &error),
    }
}

fn without_table(bytes: &[u8], manner: &Manner, error: &ReadError) -> Outcome {
    match error {
        ReadError::Unreadable {
            kind: Kind::Picture(name),
        } => Outcome::NoList(format!(
            "这是图片（{name}）；若是清单的扫描件，请向发布单位索取可编辑的文件 (a picture; if it is a scanned list, ask for the editable document)"
        )),
        // A list is a table; a text without one that names no code is about something else.
        ReadError::NoTable if !holds_codes(bytes, manner) => Outcome::NoList(
            "只有文字，没有表格，例如通知正文 (text without a table, such as a cover letter)"
                .to_owned(),
        ),
        error => Outcome::Unread(Refusal::from(error)),
    }
}

fn holds_codes(bytes: &[u8], manner: &Manner) -> bool {
    let text = match Kind::of(bytes, &manner.extension) {
        Kind::Text => text(bytes, manner.encoding.as_deref()),
        _ => None,
    };
    let codes = |text: String| {
        let words = text.split(|c: char| !c.is_alphanumeric());
        words.filter(|word| is_code(word)).count()
    };
    text.map_or(0, codes) >= CODES
}

/// Whether a text is a code of an item or a main item; a telephone number is none.
fn is_code(text: &str) -> bool {
    let code = tidy(text);
    parse_sub(&code).is_ok() || parse_main(&code).is_ok() || parse_implementation(&code).is_ok()
}

fn without_list(table: &RawTable, manner: &Manner, error: &RecoverError) -> Outcome {
    let pictures: Vec<String> = table
        .remarks
        .iter()
        .filter(|remark| remark.oddity == Oddity::PictureOnly)
        .filter_map(|remark| Some(remark.page?.to_string()))
        .collect();
    if !pictures.is_empty() {
        let pages = pictures.join("、");
        return Outcome::Unread(Refusal::of(
            format!(
                "第 {pages} 页只有图片，没有文字；其余各页没有清单的表头 (page {pages} is only a picture, and no other has the header of a list)"
            ),
            "请向发布单位索取可编辑的文件，或先做文字识别再放入 (ask for the editable document, or run text recognition first)",
        ));
    }
    let cells = table.rows().flat_map(|row| &row.cells);
    let codes = cells.filter(|cell| is_code(&cell.text)).count();
    // Under titles of a list one code tells as much as several without.
    let enough = match error {
        RecoverError::NoItems { .. } => 0,
        RecoverError::MissingColumns { .. } => 1,
        RecoverError::NoHeader => CODES,
    };
    if codes >= enough || manner.called_list || is_titled_list(table) {
        return Outcome::Unread(Refusal {
            place: error.place(),
            medium: table.medium.clone(),
            ..Refusal::of(error.to_string(), error.remedy())
        });
    }
    Outcome::NoList(format!(
        "有表格，但不是办事清单的栏目：{error} (its table has not the columns of a list)"
    ))
}

/// Whether one of the first lines is the title of a list, and not of a letter about one.
fn is_titled_list(table: &RawTable) -> bool {
    let texts = table
        .blocks
        .iter()
        .take(10)
        .filter_map(|block| match block {
            Block::Prose { text, .. } => Some(text.clone()),
            Block::Row(row) => {
                let mut filled = row.cells.iter().filter(|cell| !cell.text.is_empty());
                match (filled.next(), filled.next()) {
                    (Some(only), None) => Some(only.text.clone()),
                    _ => None,
                }
            }
            Block::Gap => None,
        });
    let mut titles = texts.filter(|text| text.chars().count() <= TITLE);
    titles.any(|title| is_called_list(&title))
}

fn is_called_list(words: &str) -> bool {
    let other = ["通知", "公告", "说明", "的函", "汇总", "统计"];
    words.contains("清单") && !other.iter().any(|word| words.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn yields(name: &str, content: &str) -> Outcome {
        let standard = Standard::load().expect("the national data");
        let manner = Manner::of(name, None);
        examine(content.as_bytes(), &manner, &Limits::default(), &standard)
    }

    fn is_no_list(name: &str, content: &str) -> bool {
        matches!(yields(name, content), Outcome::NoList(_))
    }

    #[test]
    fn what_lies_beside_a_list_is_no_list() {
        let letter =
            "关于印发《某市医疗保障经办政务服务事项清单》的通知\n\n各县(市、区)医疗保障局：\n";
        assert!(is_no_list("关于印发清单的通知.txt", letter));
        let form = "姓名\t证件号码\t联系电话\n\t\t\n申请人签字\t\t\n";
        assert!(is_no_list("异地就医备案表.txt", form));
    }

    #[test]
    fn what_may_be_a_list_is_never_called_none() {
        let rows = "甲\t002036001001\n乙\t002036001002\n丙\t002036001003\n";
        for (name, content) in [
            ("a.txt", rows),
            (
                "a.txt",
                "002036001001 甲\n002036001002 乙\n002036001003 丙\n",
            ),
            ("某市医保经办事项清单.txt", "甲\t乙\n丙\t丁\n"),
            (
                "a.txt",
                "某市医疗保障经办政务服务事项清单\n\n甲\t乙\n丙\t丁\n",
            ),
            ("a.txt", ""),
            (
                "a.txt",
                "序号\t子项\t子项编码\t备注\n1\t甲\t002036001001\t无\n",
            ),
            (
                "a.txt",
                "子项序号\t子项\t子项编码\t办理材料\t办理时限\n\t\t\t\t\n",
            ),
        ] {
            let outcome = yields(name, content);
            assert!(
                matches!(outcome, Outcome::Unread(_)),
                "{content}: {outcome:?}"
            );
        }
    }

    #[test]
    fn the_manner_is_told_from_the_name() {
        let manner = Manner::of("a.zip/办事清单.XLSX", Some("big5"));
        assert_eq!(manner.key(), ["xlsx", "big5", "list"]);
        assert_eq!(Manner::of("a.b/清单说明", None).key(), ["", "", ""]);
    }
}
