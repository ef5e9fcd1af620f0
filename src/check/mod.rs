//! Running rules over facts. Knows no rule by name: a rule is a predicate over a frame, and all
//! predicates of a frame are evaluated in one pass.

mod finding;
mod predicate;
mod verify;
mod words;

use std::collections::BTreeMap;

use polars::prelude::{AnyValue, DataFrame, IntoLazy, PolarsError, PolarsResult};

use crate::facts::{Context, Evidence, Facts};
use crate::lang::Lang;
use crate::rules::{Origin, Rule, Severity};

pub use finding::Finding;
pub use predicate::{PredicateError, columns, parse};
pub use verify::{Fault, is_id, verify};

/// Certainty from which a fault is the document's, not our reading's.
const SURE: f64 = 0.8;
/// Longest quote, in characters.
const QUOTE: usize = 80;

/// A rule that was not applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotRun {
    /// Id of the rule.
    pub rule: String,
    /// Why.
    pub reason: String,
}

/// What the rules found.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Findings, sorted.
    pub findings: Vec<Finding>,
    /// Rules that were not applied.
    pub not_run: Vec<NotRun>,
}

/// Applies the rules to the facts; `lang` is the language of the findings' sentences.
///
/// # Errors
/// What polars says of a frame that cannot be queried; a rule that cannot be applied is no error
/// but is named in [`Outcome::not_run`].
pub fn check(facts: &Facts, rules: &[Rule], lang: Lang) -> PolarsResult<Outcome> {
    let mut outcome = Outcome::default();
    let mut frames: BTreeMap<&str, Vec<&Rule>> = BTreeMap::new();
    for rule in rules {
        frames.entry(&rule.frame).or_default().push(rule);
    }
    for (name, rules) in frames {
        let Some(frame) = facts.frames.get(name) else {
            outcome.not_run.extend(rules.iter().map(|rule| NotRun {
                rule: rule.id.clone(),
                reason: format!("没有名为 {name} 的事实表 (no such frame)"),
            }));
            continue;
        };
        let judged = judge(frame, &rules)?;
        outcome.not_run.extend(judged.not_run);
        for (rule, verdict) in judged.verdicts {
            for (row, severity) in verdict {
                if let Some(finding) = finding_of(facts, name, frame, row, rule, severity, lang)? {
                    outcome.findings.push(finding);
                }
            }
        }
    }
    finding::settle(&mut outcome.findings);
    Ok(outcome)
}

/// The rows of a frame that violate a rule, with the severity each has.
pub type Verdict = Vec<(usize, Severity)>;

/// What became of a frame's rules.
#[derive(Debug, Default)]
pub struct Judged<'a> {
    /// Rules that were applied, with their verdicts.
    pub verdicts: Vec<(&'a Rule, Verdict)>,
    /// Rules that were not.
    pub not_run: Vec<NotRun>,
}

/// Evaluates all predicates of a frame in one pass.
///
/// # Errors
/// What polars says of the frame itself.
pub fn judge<'a>(frame: &DataFrame, rules: &[&'a Rule]) -> PolarsResult<Judged<'a>> {
    let mut columns = Vec::new();
    let mut applied = Vec::new();
    let mut judged = Judged::default();
    for rule in rules {
        match expressions(rule, frame) {
            Ok(expressions) => {
                columns.extend(expressions);
                applied.push(*rule);
            }
            Err(error) => judged.not_run.push(NotRun {
                rule: rule.id.clone(),
                reason: error.to_string(),
            }),
        }
    }
    if applied.is_empty() {
        return Ok(judged);
    }
    let answers = frame.clone().lazy().select(columns).collect()?;
    for rule in applied {
        let violates = answers.column(&rule.id)?.bool()?;
        let lower: Vec<_> = (0..rule.lower.len())
            .map(|index| answers.column(&lowered(rule, index))?.bool())
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
        judged.verdicts.push((rule, verdict));
    }
    Ok(judged)
}

fn lowered(rule: &Rule, index: usize) -> String {
    format!("{}#{index}", rule.id)
}

fn expressions(
    rule: &Rule,
    frame: &DataFrame,
) -> Result<Vec<polars::prelude::Expr>, PredicateError> {
    let mut expressions = vec![parse(&rule.violates, frame)?.alias(rule.id.as_str())];
    for (index, lower) in rule.lower.iter().enumerate() {
        expressions.push(parse(&lower.when, frame)?.alias(lowered(rule, index)));
    }
    Ok(expressions)
}

fn finding_of(
    facts: &Facts,
    name: &str,
    frame: &DataFrame,
    row: usize,
    rule: &Rule,
    severity: Severity,
    lang: Lang,
) -> PolarsResult<Option<Finding>> {
    let list = frame.column("list")?.get(row)?;
    let AnyValue::Int64(list) = list else {
        return Err(PolarsError::ComputeError(
            "the frame has no list number".into(),
        ));
    };
    let Some(list) = usize::try_from(list)
        .ok()
        .and_then(|index| facts.lists.get(index))
    else {
        return Ok(None);
    };
    let own = facts.context(name, row);
    let context = own.unwrap_or(&list.record.context);
    let fill = |template: &str| words::fill(template, frame, row, lang);

    let mut certainty: f64 = 1.0;
    for column in &rule.evidence {
        if let AnyValue::Float64(share) = frame.column(column)?.get(row)? {
            certainty = certainty.min(share);
        }
    }
    let origin = rule.origin.unwrap_or(if certainty >= SURE {
        Origin::Document
    } else {
        Origin::Reading
    });
    // What may be our own misreading is for a human to look at, never a breach to be charged.
    let severity = match origin {
        Origin::Reading => severity.min(Severity::Warning),
        Origin::Document => severity,
    };
    let expected_item = own.is_none();
    let (code, item) = if expected_item {
        (fill("{national_code}")?, fill("{national_name}")?)
    } else {
        (context.code.clone(), context.name.clone())
    };
    let field = match &rule.field_column {
        Some(column) => frame.column(column)?.str()?.get(row).unwrap_or(&rule.field),
        None => &rule.field,
    };
    let evidence = evidence(context, field);
    let words = rule.words(lang);
    let found = fill(&rule.found)?;
    let identity = if expected_item {
        format!("expected {code}")
    } else {
        context.identity.clone()
    };
    Ok(Some(Finding {
        id: finding::fingerprint(
            &list.identity.region_code,
            &list.identity.region,
            &identity,
            &rule.id,
            field,
        ),
        rule: rule.id.clone(),
        severity,
        origin,
        certainty,
        list: context.list,
        region_code: list.identity.region_code.clone(),
        region: list.identity.region.clone(),
        title: list.identity.title.clone(),
        edition: list.identity.edition,
        level: match (expected_item, name) {
            (true, "expected_mains") => "main",
            (true, _) => "item",
            (false, _) => context.level,
        },
        seq: context.seq.filter(|_| !expected_item),
        code,
        name: item,
        field: field.to_owned(),
        expected: fill(&rule.expected)?,
        message: fill(&words.message)?,
        basis: fill(rule.clause(lang))?,
        known: known(rule, frame, row)?,
        remedy: match (origin, rule.origin) {
            (Origin::Reading, None) => {
                let first = lang.pick(
                    "请先对照原件；原件确是如此的，再作处理：",
                    "Compare with the original first; only if it is so there: ",
                );
                format!("{first}{}", fill(&words.remedy)?)
            }
            _ => fill(&words.remedy)?,
        },
        file: list.name.clone(),
        place: evidence
            .as_ref()
            .map_or(context.place, |evidence| evidence.place),
        has_cell: evidence.is_some() && context.level != "list",
        quote: evidence
            .map(|evidence| quote(&evidence.quote))
            .unwrap_or_default(),
        found,
    }))
}

/// How the clause is known: by the row's own national value where the rule says so.
fn known(rule: &Rule, frame: &DataFrame, row: usize) -> PolarsResult<String> {
    if let Some(column) = &rule.basis.known_column
        && let Some(known) = frame.column(column)?.str()?.get(row)
    {
        return Ok(known.to_owned());
    }
    Ok(rule.basis.known.to_string())
}

/// What a finding about a field points to; the title where it is about a whole list.
fn evidence(context: &Context, field: &str) -> Option<Evidence> {
    context
        .evidence
        .get(field)
        .or_else(|| context.evidence.get("text"))
        .cloned()
}

/// The original text on one line, cut to the length a report shows.
fn quote(text: &str) -> String {
    let line: Vec<&str> = text.split_whitespace().collect();
    let line = line.join(" ");
    if line.chars().count() <= QUOTE {
        return line;
    }
    let mut cut: String = line.chars().take(QUOTE - 1).collect();
    cut.push('…');
    cut
}
