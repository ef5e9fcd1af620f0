//! Whether a rule is sound: its frame and columns exist, its words are there, its predicate is
//! portable, the rules it yields to exist, and its examples hold.

use crate::facts::{Declared, schema};
use crate::lang::Lang;

use crate::rules::{Rule, RuleSet, bound, placeholders};

use super::columns as columns_of;
use super::mutation;

/// What is wrong with a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Id of the rule.
    pub rule: String,
    /// What is wrong, and what to do.
    pub message: String,
}

/// Whether a text can be a rule's id: lower-case letters, digits and hyphens.
#[must_use]
pub fn is_id(id: &str) -> bool {
    let plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit();
    id.starts_with(plain)
        && id.ends_with(plain)
        && id.chars().all(|letter| plain(letter) || letter == '-')
}

/// Checks a rule against the frames, the other rules and its own examples; a sound rule yields
/// nothing.
#[must_use]
pub fn verify(rule: &Rule, set: &RuleSet) -> Vec<Fault> {
    let mut messages = Vec::new();
    for cause in rule.yields_to.iter().filter(|id| set.get(id).is_none()) {
        messages.push(format!("yields_to 的规则 {cause} 不存在 (no such rule)"));
    }
    if !is_id(&rule.id) {
        messages.push("id 只能用小写字母和连字符 (kebab-case)".to_owned());
    }
    match schema::named(&rule.frame) {
        Some(frame) => against(rule, &frame.columns, &mut messages),
        None => {
            let names: Vec<&str> = schema::FRAMES.iter().map(|frame| frame.name).collect();
            messages.push(format!(
                "没有名为 {} 的事实表，可用的有 {} (no such frame)",
                rule.frame,
                names.join("、")
            ));
        }
    }
    words(rule, &mut messages);
    if rule.replaces && (rule.found.is_empty() || rule.expected.is_empty()) {
        messages.push("replaces 需要 found 和 expected (needs both)".to_owned());
    }
    messages
        .into_iter()
        .map(|message| Fault {
            rule: rule.id.clone(),
            message,
        })
        .collect()
}

fn words(rule: &Rule, messages: &mut Vec<String>) {
    for lang in [Lang::Zh, Lang::En] {
        let words = rule.words(lang);
        let all = [
            ("title", &words.title),
            ("message", &words.message),
            ("remedy", &words.remedy),
            ("why", &words.why),
            ("reading", words.reading.as_ref().unwrap_or(&words.message)),
        ];
        for (name, text) in all {
            if text.trim().is_empty() {
                messages.push(format!("[{}] 缺少 {name} (missing words)", lang.word()));
            }
        }
        if rule.clause(lang).trim().is_empty() {
            messages.push(format!("basis 缺少 {} (missing clause)", lang.word()));
        }
    }
}

fn against(rule: &Rule, columns: &[Declared], messages: &mut Vec<String>) {
    let known = |name: &str| name == "entry" || columns.iter().any(|column| column.name == name);
    let templates = [
        &rule.found,
        &rule.expected,
        &rule.basis.zh,
        &rule.basis.en,
        &rule.zh.message,
        &rule.zh.remedy,
        &rule.en.message,
        &rule.en.remedy,
    ];
    let reading = rule.zh.reading.iter().chain(&rule.en.reading);
    let each = rule.together.iter().map(|together| &together.each);
    let templates = templates.into_iter().chain(each).chain(reading);
    let named = templates.flat_map(|template| placeholders(template));
    let single = rule.basis.known_column.iter().chain(&rule.field_column);
    let by = rule.together.iter().flat_map(|together| &together.by);
    let plain = rule.evidence.iter().chain(single).chain(by);
    for name in named.chain(plain.map(String::as_str)) {
        if !known(name) {
            messages.push(format!(
                "事实表 {} 没有列 {name} (no such column)",
                rule.frame
            ));
        }
    }
    for name in rule.parameters.keys() {
        if !rule
            .predicates()
            .any(|sql| sql.contains(&format!("${name}")))
        {
            messages.push(format!("谓词没有用到参数 {name} (unused parameter)"));
        }
    }
    for sql in bound(rule, None).predicates() {
        match columns_of(sql) {
            Ok(read) => {
                for name in read.iter().filter(|name| !known(name)) {
                    messages.push(format!(
                        "事实表 {} 没有列 {name} (no such column)",
                        rule.frame
                    ));
                }
            }
            Err(error) => messages.push(error.to_string()),
        }
    }
    if messages.is_empty() {
        messages.extend(mutation::faults(rule, columns));
    }
}
