//! National instruments that lists cite: laws, regulations, ministerial rules and notices. Owns how
//! an instrument is recognised by title or number as regions print them; refuses near misses, which
//! are for whoever reads damaged text.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::known::Known;

/// Rank of an instrument.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rank {
    /// 法律
    Law,
    /// 行政法规
    Regulation,
    /// 部门规章
    Rule,
    /// 规范性文件
    Normative,
    /// 国家标准或工程标准
    Standard,
}

impl Rank {
    /// The word used in the facts.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Law => "law",
            Self::Regulation => "regulation",
            Self::Rule => "rule",
            Self::Normative => "normative",
            Self::Standard => "standard",
        }
    }
}

/// A document number an instrument carried from some day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NumberChange {
    /// The number.
    pub number: String,
    /// Day of promulgation or amendment.
    pub date: NaiveDate,
    /// What happened, in words.
    pub note: Option<String>,
}

/// A national instrument.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statute {
    /// Id by which items and ceilings refer to it.
    pub id: String,
    /// Full title, without 《》.
    pub title: String,
    /// Other titles that name it, such as the short one.
    #[serde(default)]
    pub short: Vec<String>,
    /// Its rank.
    pub rank: Rank,
    /// Who issued it.
    pub issuer: String,
    /// Its document number (发文字号), in normal form.
    pub number: Option<String>,
    /// Other forms of the number that are not an error.
    #[serde(default)]
    pub number_forms: Vec<String>,
    /// Numbers of its promulgation and amendments, oldest first.
    #[serde(default)]
    pub number_history: Vec<NumberChange>,
    /// Whether its number is rightly cited with other titles: an amending decision's is, with those
    /// of what it amends.
    #[serde(default)]
    pub number_shared: bool,
    /// How many articles it has; `None` where that was not seen, and then no article is too high.
    pub articles: Option<u32>,
    /// Day of issue.
    pub issued: Option<NaiveDate>,
    /// First day in force.
    pub in_force_from: Option<NaiveDate>,
    /// Last day in force; `None` where it still is, as far as known.
    pub in_force_to: Option<NaiveDate>,
    /// Id of the instrument that took its place.
    pub superseded_by: Option<String>,
    /// How it is known that it is no longer in force; needed where it is not.
    pub repeal_known: Option<Known>,
    /// How title and number are known.
    pub known: Known,
    /// What they were drawn from.
    pub source: String,
}

impl Statute {
    /// Whether it was in force on that day, as far as its days are known.
    pub fn in_force_on(&self, day: NaiveDate) -> bool {
        self.in_force_from.is_none_or(|from| from <= day)
            && self.in_force_to.is_none_or(|to| day <= to)
    }

    /// Whether it can have an article of that number; `true` where its length is not known.
    pub fn has_article(&self, article: u32) -> bool {
        article >= 1 && self.articles.is_none_or(|count| article <= count)
    }

    /// Every number it may rightly be cited by.
    pub fn numbers(&self) -> impl Iterator<Item = &str> {
        self.number
            .iter()
            .chain(&self.number_forms)
            .chain(self.number_history.iter().map(|change| &change.number))
            .map(String::as_str)
    }

    /// Whether a number, however its brackets and spaces are printed, is one of its own.
    pub fn carries_number(&self, number: &str) -> bool {
        self.numbers().any(|own| same_number(own, number))
    }

    /// Whether a printed title names it, with or without 《》: its own, the notice that issued it
    /// (关于印发《…》的通知), or what it issues, where it is such a notice itself.
    pub fn is_titled(&self, title: &str) -> bool {
        let whole = fold_title(title);
        let inner = promulgated(&whole);
        std::iter::once(&self.title).chain(&self.short).any(|own| {
            let own = fold_title(own);
            own == whole || inner == Some(own.as_str()) || promulgated(&own) == Some(&whole)
        })
    }

    /// Whether a title names its subject, whoever the title says issued it: 关于… and 国家医疗保障局关于…
    /// are 国家医保局 财政部关于…. Whether that issuer is a national one is for the caller to see.
    pub fn has_subject_of(&self, title: &str) -> bool {
        let printed = fold_title(title);
        let wanted = subject(&printed);
        std::iter::once(&self.title).chain(&self.short).any(|own| {
            let own = fold_title(own);
            subject(&own) == wanted
        })
    }

    /// Whether an order's number is its own, whatever offices are named before it: 国家医保局令第2号 is
    /// 国家医疗保障局令第2号.
    pub fn carries_order(&self, number: &str) -> bool {
        order(number).is_some_and(|serial| self.numbers().any(|own| order(own) == Some(serial)))
    }

    /// Whether its number alone tells it: orders of the president are counted anew with each term.
    pub fn is_told_by_number(&self) -> bool {
        !self.number_shared
            && self.rank != Rank::Standard
            && !self.numbers().any(|number| number.starts_with("主席令"))
    }
}

/// The serial of an order's number.
fn order(number: &str) -> Option<&str> {
    let (_, serial) = number.split_once("令第")?;
    serial.strip_suffix('号')
}

/// What a folded title is about: what it promulgates, else its words from 关于 on.
fn subject(folded: &str) -> &str {
    promulgated(folded)
        .or_else(|| folded.find("关于").map(|at| &folded[at..]))
        .unwrap_or(folded)
}

/// A title without spaces and title marks, with ASCII brackets.
pub fn fold_title(title: &str) -> String {
    let marks = ['《', '》', '〈', '〉', '<', '>', '＜', '＞', '“', '”', '"'];
    title
        .chars()
        .filter(|c| !c.is_whitespace() && !marks.contains(c))
        .map(ascii)
        .collect()
}

/// Whether two numbers differ in nothing but brackets, spaces and width.
pub(super) fn same_number(one: &str, other: &str) -> bool {
    fold_number(one) == fold_number(other)
}

/// A number without spaces, with 六角括号 around its year.
fn fold_number(number: &str) -> String {
    number
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match ascii(c) {
            '[' | '(' | '【' => '〔',
            ']' | ')' | '】' => '〕',
            other => other,
        })
        .collect()
}

/// The ASCII form of a full-width character.
fn ascii(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

/// What a notice of promulgation promulgates: `X` of `…关于印发X的通知`. The whole of it must be the
/// instrument: 宁夏's own rules whose titles merely contain a national title are not it.
pub(super) fn promulgated(title: &str) -> Option<&str> {
    let (_, rest) = title
        .split_once("关于印发")
        .or_else(|| title.split_once("印发"))?;
    rest.strip_suffix("的通知")
}

/// `statutes.toml` as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StatuteFile {
    pub statute: Vec<Statute>,
}
