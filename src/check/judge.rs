//! Predicates asked of a frame: all of them in one pass.

use polars::prelude::{DataFrame, Expr, IntoLazy, PolarsResult};

use crate::rules::{Rule, Severity};

use super::NotRun;
use super::predicate::{PredicateError, parse};

/// The rows of a frame that violate a rule, with the severity each has.
pub type Verdict = Vec<(usize, Severity)>;

/// What became of a frame's rules.
#[derive(Debug, Default)]
pub struct Judged<'a> {
    /// Rules that were applied, with their place in what was asked and their verdicts.
    pub verdicts: Vec<(usize, &'a Rule, Verdict)>,
    /// Rules that were not.
    pub not_run: Vec<NotRun>,
}

/// Evaluates all predicates of a frame in one pass; numbers must have been put in
/// ([`crate::rules::bound`]).
///
/// # Errors
/// What polars says of the frame itself.
pub fn judge<'a>(frame: &DataFrame, rules: &[&'a Rule]) -> PolarsResult<Judged<'a>> {
    let mut columns = Vec::new();
    let mut applied = Vec::new();
    let mut judged = Judged::default();
    for (index, rule) in rules.iter().enumerate() {
        match expressions(index, rule, frame) {
            Ok(expressions) => {
                columns.extend(expressions);
                applied.push((index, *rule));
            }
            Err(error) => judged.not_run.push(NotRun {
                rule: rule.id.clone(),
                list: None,
                reason: error.to_string(),
            }),
        }
    }
    if applied.is_empty() {
        return Ok(judged);
    }
    let answers = frame.clone().lazy().select(columns).collect()?;
    for (index, rule) in applied {
        let violates = answers.column(&name(index, 0))?.bool()?;
        let lower: Vec<_> = (0..rule.lower.len())
            .map(|lower| answers.column(&name(index, lower + 1))?.bool())
            .collect::<PolarsResult<_>>()?;
        let verdict = (0..frame.height())
            .filter(|row| violates.get(*row) == Some(true))
            .map(|row| {
                let weaker = lower
                    .iter()
                    .position(|answer| answer.get(row) == Some(true))
                    .map(|index| rule.lower[index].severity);
                (row, weaker.unwrap_or(rule.severity))
            })
            .collect();
        judged.verdicts.push((index, rule, verdict));
    }
    Ok(judged)
}

/// Name of the column with the answer to a rule's n-th predicate.
fn name(rule: usize, predicate: usize) -> String {
    format!("{rule}#{predicate}")
}

fn expressions(index: usize, rule: &Rule, frame: &DataFrame) -> Result<Vec<Expr>, PredicateError> {
    rule.predicates()
        .enumerate()
        .map(|(nth, sql)| Ok(parse(sql, frame)?.alias(name(index, nth))))
        .collect()
}
