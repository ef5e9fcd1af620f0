//! A run beside what was known before it.

use std::collections::{BTreeMap, BTreeSet};

use super::blind::{Blind, Sight};
use super::cause::{cause, changed, names_list};
use super::past::{Past, PastFinding};
use super::snapshot::{OFFICE, Seen, Snapshot};

/// What a finding is beside the runs before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// `new`, `open` or `reopened`.
    pub status: &'static str,
    /// Day on which its present spell began, ISO.
    pub since: String,
    /// What brought it about; empty where it is open.
    pub cause: String,
}

/// A finding that is not there any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gone {
    /// As it was last seen.
    pub seen: Seen,
    /// `settled`, `withdrawn` or `unknown`.
    pub state: &'static str,
    /// What brought it about; empty where nothing can be told.
    pub cause: String,
    /// Why nothing can be told.
    pub blind: Option<Blind>,
    /// Day on which its last spell began, ISO.
    pub since: String,
    /// Day on which it was last seen, ISO.
    pub until: String,
}

/// A run beside what was known before it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comparison {
    /// What each finding of the run is, by its id.
    pub known: BTreeMap<String, Known>,
    /// What is not there any more, in the order of region, rule and id.
    pub gone: Vec<Gone>,
    /// What changed since the run before, beside the lists.
    pub changed: Vec<String>,
}

/// Compares a run with what was known before it.
#[must_use]
pub fn compare(past: &Past, now: &Snapshot) -> Comparison {
    let day = now.run.day().map(|day| day.to_string()).unwrap_or_default();
    let because = |seen: &Seen| cause(past.regions.get(&seen.key), now, &seen.key, &seen.rule);
    let mut comparison = Comparison::default();
    let mut present = BTreeSet::new();
    for seen in &now.findings {
        present.insert(seen.id.as_str());
        let before = past.findings.get(&seen.id);
        let known = match before {
            Some(before) if !before.over => Known {
                status: "open",
                since: before.since.clone(),
                cause: String::new(),
            },
            before => Known {
                status: if before.is_some() { "reopened" } else { "new" },
                since: day.clone(),
                cause: because(seen),
            },
        };
        comparison.known.insert(seen.id.clone(), known);
    }
    let sight = Sight::of(now);
    let missing =
        |finding: &&PastFinding| !finding.over && !present.contains(finding.seen.id.as_str());
    for finding in past.findings.values().filter(missing) {
        comparison.gone.push(gone(finding, &sight, because));
    }
    comparison
        .gone
        .sort_by(|one, two| order(&one.seen).cmp(&order(&two.seen)));
    if let Some(last) = &past.last {
        comparison.changed = changed(&last.versions, &now.run.versions);
    }
    comparison
}

fn gone(finding: &PastFinding, sight: &Sight<'_>, because: impl Fn(&Seen) -> String) -> Gone {
    let seen = &finding.seen;
    let blind = sight.blind(seen);
    let cause = match blind {
        Some(_) => String::new(),
        None => because(seen),
    };
    let state = match (&blind, names_list(&cause)) {
        _ if seen.key == OFFICE => "settled",
        (Some(_), _) => "unknown",
        (None, true) if !sight.is_retired(seen) => "settled",
        (None, _) => "withdrawn",
    };
    Gone {
        seen: seen.clone(),
        state,
        cause,
        blind,
        since: finding.since.clone(),
        until: finding.until.clone(),
    }
}

fn order(seen: &Seen) -> (&str, &str, &str) {
    (&seen.key, &seen.rule, &seen.id)
}
