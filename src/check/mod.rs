//! Running rules over facts. Knows no rule by name: a rule is a predicate over a frame, and all
//! predicates of a frame are evaluated in one pass.

mod audit;
mod finding;
mod gather;
mod judge;
mod mutation;
mod predicate;
mod row;
mod toll;
mod verify;
mod words;

use std::collections::BTreeMap;

use polars::prelude::{DataFrame, PolarsResult};

use crate::facts::Facts;
use crate::lang::Lang;
use crate::rules::{Change, Effect, Rule, Severity, bound};

pub use audit::{Audited, audit};
pub use finding::{Finding, fingerprint};
use gather::{Seen, gather};
pub use judge::{Judged, Verdict, judge};
pub use predicate::{PredicateError, columns, parse};
use row::Row;
use toll::Toll;
pub use verify::{Fault, is_id, verify};

/// Version of all that stands between a document and a finding and is no data: reading,
/// understanding, judging. Findings of two runs with one version differ only because the document,
/// the rules, the national data, a setting or the day do.
pub const JUDGING: &str = env!("HEYAN_JUDGING");

/// A rule that was not applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotRun {
    /// Id of the rule.
    pub rule: String,
    /// Index of the list it was not applied to; `None` where it was applied to none.
    pub list: Option<usize>,
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
    /// Findings that each change of the rule set took away, added or gave another weight, in the
    /// order of the changes.
    pub changed: Vec<usize>,
}

/// Applies the rules, as changed, to the facts; `lang` is the language of the findings' sentences.
///
/// # Errors
/// What polars says of a frame that cannot be queried; a rule that cannot be applied is no error
/// but is named in [`Outcome::not_run`].
pub fn check(
    facts: &Facts,
    rules: &[Rule],
    changes: &[Change],
    lang: Lang,
) -> PolarsResult<Outcome> {
    let mut outcome = Outcome {
        changed: vec![0; changes.len()],
        ..Outcome::default()
    };
    let asked = asked(rules, changes);
    let mut frames: BTreeMap<&str, Vec<&Asked>> = BTreeMap::new();
    for rule in asked
        .iter()
        .filter(|asked| !audit::is_of_register(&asked.rule))
    {
        frames.entry(&rule.rule.frame).or_default().push(rule);
    }
    let mut seen = Vec::new();
    for (name, asked) in frames {
        let Some(frame) = facts.frames.get(name) else {
            outcome.not_run.extend(asked.iter().map(|asked| NotRun {
                rule: asked.rule.id.clone(),
                list: None,
                reason: format!("没有名为 {name} 的事实表 (no such frame)"),
            }));
            continue;
        };
        let bound: Vec<&Rule> = asked.iter().map(|asked| &asked.rule).collect();
        let judged = judge(frame, &bound)?;
        outcome.not_run.extend(judged.not_run);
        let mut toll = Toll::new(changes.len());
        for (index, rule, verdict) in judged.verdicts {
            let asking = Asking {
                facts,
                frame: (name, frame),
                asked: asked[index],
                changes,
                lang,
            };
            seen.extend(asking.findings(rule, &verdict, &mut toll)?);
        }
        toll.add_to(&mut outcome.changed);
    }
    outcome.not_run.extend(gaps(facts, rules, lang));
    outcome.not_run.dedup();
    outcome.findings = gather(seen, rules, lang);
    let groups: Vec<usize> = facts.lists.iter().map(|list| list.group).collect();
    finding::settle(&mut outcome.findings, &groups);
    Ok(outcome)
}

/// A rule with its numbers put in: as its file has them, or as one change sets them.
#[derive(Debug)]
struct Asked {
    rule: Rule,
    change: Option<usize>,
}

fn asked(rules: &[Rule], changes: &[Change]) -> Vec<Asked> {
    let mut asked = Vec::with_capacity(rules.len());
    for rule in rules {
        asked.push(Asked {
            rule: bound(rule, None),
            change: None,
        });
        let own = changes.iter().enumerate();
        for (index, change) in own.filter(|(_, change)| change.rule == rule.id) {
            if let Some(parameters) = change.parameters() {
                asked.push(Asked {
                    rule: bound(rule, Some(parameters)),
                    change: Some(index),
                });
            }
        }
    }
    asked
}

/// A rule being asked of a frame.
struct Asking<'a> {
    facts: &'a Facts,
    frame: (&'a str, &'a DataFrame),
    asked: &'a Asked,
    changes: &'a [Change],
    lang: Lang,
}

impl Asking<'_> {
    /// The findings of a verdict; counts what changes of the rule set did to them.
    fn findings(&self, rule: &Rule, verdict: &Verdict, toll: &mut Toll) -> PolarsResult<Vec<Seen>> {
        let mut seen = Vec::with_capacity(verdict.len());
        for (number, severity) in verdict {
            let Some(row) = Row::of(self.facts, self.frame, *number, self.lang)? else {
                continue;
            };
            let Some(severity) = self.weight(rule, (*number, &row), *severity, toll)? else {
                continue;
            };
            let cause = match &rule.together {
                None => None,
                Some(together) => {
                    let by = together.by.iter();
                    let values = by.map(|column| row.fill(&format!("{{{column}}}")));
                    let values = values.collect::<PolarsResult<Vec<_>>>()?;
                    Some((values, row.fill(&together.each)?))
                }
            };
            seen.push(Seen {
                finding: row.finding(rule, severity)?,
                identity: row.identity()?,
                cause,
            });
        }
        Ok(seen)
    }

    /// What a finding weighs once the changes that cover it are made; of several, the last says.
    /// `None` where it is not to be reported: by a rule that is off, or because other numbers are
    /// asked about this row.
    fn weight(
        &self,
        rule: &Rule,
        (number, row): (usize, &Row<'_>),
        severity: Severity,
        toll: &mut Toll,
    ) -> PolarsResult<Option<Severity>> {
        // Most rules are as their files have them.
        if self.changes.iter().all(|change| change.rule != rule.id) {
            return Ok(Some(severity));
        }
        let (code, name) = row.item()?;
        let national = row.national();
        let region = &row.list.identity.region_code;
        let covering = |(_, change): &(usize, &Change)| {
            change.rule == rule.id && change.covers(region, [&code, &national], &name)
        };
        let mut numbers = None;
        let mut weight = Some(severity);
        let mut by = None;
        for (index, change) in self.changes.iter().enumerate().filter(covering) {
            match &change.effect {
                Effect::Off => (weight, by) = (None, Some(index)),
                Effect::Set {
                    severity: set,
                    parameters,
                } => {
                    if !parameters.is_empty() {
                        numbers = Some(index);
                    }
                    weight = Some(set.unwrap_or(weight.unwrap_or(severity)));
                    by = Some(index);
                }
            }
        }
        if let Some(index) = numbers
            && (self.asked.change == numbers || self.asked.change.is_none())
        {
            toll.turn(index, number);
        }
        if numbers != self.asked.change {
            return Ok(None);
        }
        if let Some(index) = by
            && weight != Some(severity)
        {
            toll.weigh(index);
        }
        Ok(weight)
    }
}

/// Rules that could not be asked of a list, because what they ask about is not there to be read.
fn gaps(facts: &Facts, rules: &[Rule], lang: Lang) -> Vec<NotRun> {
    let mut gaps = Vec::new();
    for (index, list) in facts.lists.iter().enumerate() {
        for rule in rules {
            if let Some(gap) = list.gap(&rule.frame, &rule.field) {
                gaps.push(NotRun {
                    rule: rule.id.clone(),
                    list: Some(index),
                    reason: gap.words(lang),
                });
            }
        }
    }
    gaps
}
