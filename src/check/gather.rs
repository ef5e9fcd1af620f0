//! One cause, one finding: what several rows have in common is said once, at the first of them, and
//! what another finding about the same row explains is not said at all.

use std::collections::{BTreeMap, BTreeSet};

use crate::lang::Lang;
use crate::rules::{Origin, Rule, Severity};

use super::finding::{Finding, fingerprint};

/// A finding with what is needed to see its cause.
#[derive(Debug, Clone)]
pub struct Seen {
    /// The finding.
    pub finding: Finding,
    /// What tells its entry from the others of its list.
    pub identity: String,
    /// Values that rows of one cause share, and what tells this row to the reader.
    pub cause: Option<(Vec<String>, String)>,
}

/// Drops what another finding explains, then joins what has one cause.
#[must_use]
pub fn gather(mut seen: Vec<Seen>, rules: &[Rule], lang: Lang) -> Vec<Finding> {
    let of = |id: &str| rules.iter().find(|rule| rule.id == id);
    let stated: BTreeSet<(usize, String, String)> = seen
        .iter()
        .map(|one| {
            let finding = &one.finding;
            (finding.list, one.identity.clone(), finding.rule.clone())
        })
        .collect();
    seen.retain(|one| {
        let finding = &one.finding;
        let explained =
            |cause: &String| stated.contains(&(finding.list, one.identity.clone(), cause.clone()));
        of(&finding.rule).is_none_or(|rule| !rule.yields_to.iter().any(explained))
    });
    join(seen, lang)
}

/// Findings of one rule, list, weight and origin whose rows share the values of their cause.
type Cause = (String, usize, Severity, Origin, Vec<String>);

fn join(seen: Vec<Seen>, lang: Lang) -> Vec<Finding> {
    let mut findings = Vec::with_capacity(seen.len());
    let mut causes: BTreeMap<Cause, Vec<(Finding, String)>> = BTreeMap::new();
    for Seen { finding, cause, .. } in seen {
        match cause {
            None => findings.push(finding),
            Some((values, told)) => {
                let (rule, list) = (finding.rule.clone(), finding.list);
                let cause = (rule, list, finding.severity, finding.origin, values);
                causes.entry(cause).or_default().push((finding, told));
            }
        }
    }
    findings.extend(
        causes
            .into_iter()
            .filter_map(|((.., values), rows)| together(&values, rows, lang)),
    );
    findings
}

/// The first of the findings, in the order of their places, speaking for all.
fn together(values: &[String], mut rows: Vec<(Finding, String)>, lang: Lang) -> Option<Finding> {
    rows.sort_by_key(|(finding, _)| (finding.place.line, finding.place.column));
    let (first, _) = rows.first()?;
    let mut whole = first.clone();
    // The first row may be mended before the others: what stays is the cause.
    whole.id = fingerprint(
        &whole.region_code,
        &whole.region,
        &format!("together {}", values.join("\u{1f}")),
        &whole.rule,
        &whole.field,
    );
    if rows.len() > 1 {
        let mut told: Vec<&str> = Vec::new();
        for (_, each) in &rows {
            if !told.contains(&each.as_str()) {
                told.push(each);
            }
        }
        let (count, comma) = (rows.len(), lang.pick("、", ", "));
        let all = told.join(comma);
        whole.message.push_str(&match lang {
            Lang::Zh => format!("同样原因的共{count}处，涉及：{all}。"),
            Lang::En => {
                format!(" The same cause is found in {count} places, which concern: {all}.")
            }
        });
        whole.certainty = rows
            .iter()
            .map(|(finding, _)| finding.certainty)
            .fold(whole.certainty, f64::min);
    }
    Some(whole)
}
