//! One rule: its identity, the clause it rests on, its predicate, its words and its examples, as
//! they stand in one TOML file.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::lang::Lang;
use crate::standard::Known;

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Likely a fault, or a fault of form.
    Warning,
    /// A breach the region must mend.
    Error,
}

impl Severity {
    /// The severity of that word.
    ///
    /// # Errors
    /// A sentence that names the words there are.
    pub fn named(word: &str) -> Result<Self, String> {
        [Self::Error, Self::Warning, Self::Info]
            .into_iter()
            .find(|severity| severity.word() == word)
            .ok_or_else(|| format!("没有级别 {word}，可用 error、warning、info (unknown severity)"))
    }

    /// The word used in every output.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Whose fault a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// The published list itself.
    Document,
    /// Probably our reading of it.
    Reading,
}

impl Origin {
    /// The word used in every output.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Reading => "reading",
        }
    }
}

/// A rule as its file states it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// 规则 id / kebab-case id that names the defect; the file is called after it.
    #[schemars(regex(pattern = r"^[a-z0-9]+(-[a-z0-9]+)*$"))]
    pub id: String,
    /// 自哪一版起 / version of heyan that brought the rule.
    pub since: String,
    /// 所问的事实表 / frame the predicate is asked of.
    pub frame: String,
    /// 有问题的栏目 / field that is at fault; also where the finding's place is looked up.
    pub field: String,
    /// Column that names the field, where rows differ in it.
    pub field_column: Option<String>,
    /// 级别 / how much a finding weighs, where no `lower` applies.
    pub severity: Severity,
    /// 判据 / SQL boolean expression over the frame: true where the row violates. Null is no violation.
    pub violates: String,
    /// 减轻的情形 / cases that weigh less.
    #[serde(default)]
    pub lower: Vec<Lower>,
    /// 判据中的数值 / numbers the predicates name as `$name`, with the value they have where `heyan.toml` says
    /// nothing else.
    #[serde(default)]
    pub parameters: BTreeMap<String, f64>,
    /// 让位于 / rules whose finding about the same row names the cause of this one's, which is then not
    /// reported.
    #[serde(default)]
    pub yields_to: Vec<String>,
    /// 合并 / what makes several findings of a list one.
    pub together: Option<Together>,
    /// 可信度所依的列 / columns (0 to 1) whose least value is the certainty of a finding.
    #[serde(default)]
    pub evidence: Vec<String>,
    /// 问题出在清单还是我们的识读 / whose fault a finding is, where it does not follow from its certainty.
    pub origin: Option<Origin>,
    /// What the list says, with `{column}` for values of the row.
    #[serde(default)]
    pub found: String,
    /// What the national text says, with `{column}` for values of the row.
    #[serde(default)]
    pub expected: String,
    /// 原文中的 found 可否直接换成 expected / whether `expected` can be put in place of `found` in
    /// the text, for programs that offer to mend it. Only where nothing is left to decide.
    #[serde(default)]
    pub replaces: bool,
    /// 依据的条款 / the clause the rule rests on.
    pub basis: Basis,
    /// 中文 / its words in Chinese.
    pub zh: Words,
    /// 英文 / its words in English.
    pub en: Words,
    /// 示例 / rows that violate and rows that do not: the handbook's examples, and the rule's tests.
    #[serde(rename = "example")]
    pub examples: Vec<Example>,
    /// The folder the file lies in.
    #[serde(skip)]
    pub family: String,
    /// SHA-256 over the file, in hex.
    #[serde(skip)]
    pub digest: String,
}

/// A case in which a finding weighs less.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Lower {
    /// SQL boolean expression over the rule's frame.
    pub when: String,
    /// The severity then.
    pub severity: Severity,
}

/// One cause is one finding: rows of a list that agree in some columns are reported together, at
/// the first of them.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Together {
    /// The columns.
    pub by: Vec<String>,
    /// What tells each row to the reader, with `{column}` for its values.
    pub each: String,
}

/// The clause a rule rests on.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Basis {
    /// How it is known.
    pub known: Known,
    /// Column that says how the row's own national value is known, where rows differ in it.
    pub known_column: Option<String>,
    /// The clause in Chinese, with `{column}` for values of the row.
    pub zh: String,
    /// The clause in English, with `{column}` for values of the row.
    pub en: String,
}

/// The words of a rule in one language.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// Short title.
    pub title: String,
    /// One sentence about one finding, with `{column}` for values of the row.
    pub message: String,
    /// The sentence where the fault is probably our reading's, if it has to be another one.
    pub reading: Option<String>,
    /// What to do, with `{column}` for values of the row.
    pub remedy: String,
    /// Why the rule exists.
    pub why: String,
}

/// What a cell of an example can be, for the schema.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[expect(dead_code, reason = "only the schema is made of it")]
enum Cell {
    Text(String),
    Number(f64),
    Flag(bool),
}

/// A row that shows what the rule means.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// Whether the rule must find a fault in it.
    pub violates: bool,
    /// What the example shows.
    pub about: String,
    /// Values of the row; every other column is null.
    #[schemars(with = "BTreeMap<String, Cell>")]
    pub row: BTreeMap<String, toml::Value>,
}

impl Rule {
    /// The rule's words in a language.
    #[must_use]
    pub fn words(&self, lang: Lang) -> &Words {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }

    /// Every predicate: the rule's own, then those that lower it.
    pub fn predicates(&self) -> impl Iterator<Item = &str> {
        let lower = self.lower.iter().map(|lower| lower.when.as_str());
        std::iter::once(self.violates.as_str()).chain(lower)
    }

    /// The clause in a language.
    #[must_use]
    pub fn clause(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.basis.zh,
            Lang::En => &self.basis.en,
        }
    }
}

/// The columns a template names: `{column}`.
pub fn placeholders(template: &str) -> impl Iterator<Item = &str> {
    template
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
}
