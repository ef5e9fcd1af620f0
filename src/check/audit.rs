//! Rules about the office's own register. They are asked once the lists have been judged, and what
//! they find is nobody's fault but the office's own: no region, no list, no reading.

use std::collections::BTreeMap;

use polars::prelude::{DataFrame, PolarsResult};

use crate::facts::schema;
use crate::lang::Lang;
use crate::rules::{Change, Effect, Rule, Severity, bound};

use super::judge::judge;
use super::words;

/// What a rule found in a row of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audited {
    /// Number of the row.
    pub row: usize,
    /// Id of the rule.
    pub rule: String,
    /// How much it weighs.
    pub severity: Severity,
    /// The field in question.
    pub field: String,
    /// What the register says.
    pub found: String,
    /// What it should say.
    pub expected: String,
    /// One sentence.
    pub message: String,
    /// The clause.
    pub basis: String,
    /// How the clause is known.
    pub known: String,
    /// What to do.
    pub remedy: String,
}

/// Whether a rule asks the office's own register.
#[must_use]
pub fn is_of_register(rule: &Rule) -> bool {
    schema::named(&rule.frame).is_some_and(|frame| frame.register)
}

/// Asks the rules of a register of its frame; `name` is the frame's.
///
/// # Errors
/// What polars says of a frame that cannot be queried.
pub fn audit(
    (name, frame): (&str, &DataFrame),
    rules: &[Rule],
    changes: &[Change],
    lang: Lang,
) -> PolarsResult<Vec<Audited>> {
    let asked: Vec<Rule> = rules
        .iter()
        .filter(|rule| rule.frame == name)
        .map(|rule| bound(rule, parameters(rule, changes)))
        .collect();
    let asked: Vec<&Rule> = asked.iter().collect();
    let mut found = Vec::new();
    for (_, rule, verdict) in judge(frame, &asked)?.verdicts {
        for (row, severity) in verdict {
            let Some(severity) = weight(rule, severity, changes) else {
                continue;
            };
            let words = rule.words(lang);
            let fill = |template: &str| words::fill(template, frame, row, lang);
            found.push(Audited {
                row,
                rule: rule.id.clone(),
                severity,
                field: rule.field.clone(),
                found: fill(&rule.found)?,
                expected: fill(&rule.expected)?,
                message: words::capital(&fill(&words.message)?),
                basis: fill(rule.clause(lang))?,
                known: rule.basis.known.to_string(),
                remedy: fill(&words.remedy)?,
            });
        }
    }
    found.sort_by(|one, two| (one.row, &one.rule).cmp(&(two.row, &two.rule)));
    Ok(found)
}

/// Changes of a rule of the register are for all of it.
fn parameters<'a>(rule: &Rule, changes: &'a [Change]) -> Option<&'a BTreeMap<String, f64>> {
    let own = changes.iter().filter(|change| change.rule == rule.id);
    own.filter_map(Change::parameters).next_back()
}

fn weight(rule: &Rule, severity: Severity, changes: &[Change]) -> Option<Severity> {
    let mut weight = Some(severity);
    for change in changes.iter().filter(|change| change.rule == rule.id) {
        weight = match &change.effect {
            Effect::Off => None,
            Effect::Set { severity: set, .. } => Some(set.unwrap_or(weight.unwrap_or(severity))),
        };
    }
    weight
}
