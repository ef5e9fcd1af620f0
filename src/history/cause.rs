//! What may have brought a difference about. A difference is put down to one thing only where
//! nothing else changed: a province is not blamed for a new rule, nor praised for one taken away.

use std::collections::BTreeSet;

use super::past::PastRegion;
use super::snapshot::{OFFICE, Snapshot, Versions};

/// The region's list was not read before.
pub const FIRST: &str = "first";
/// The published list.
pub const LIST: &str = "list";
/// Rules, or their files.
pub const RULES: &str = "rules";
/// What the office set.
pub const SETTINGS: &str = "settings";
/// The national data.
pub const STANDARD: &str = "standard";
/// The program's reading and judging.
pub const READING: &str = "reading";
/// Nothing but the day: a clause came into force, or ended.
pub const TIME: &str = "time";

/// What may have brought about a difference in what one rule says of a region's list.
#[must_use]
pub fn cause(before: Option<&PastRegion>, now: &Snapshot, key: &str, rule: &str) -> String {
    if key == OFFICE {
        return SETTINGS.to_owned();
    }
    let Some(before) = before else {
        return FIRST.to_owned();
    };
    let mut causes = Vec::new();
    if before.documents != now.documents_of(key) {
        causes.push(LIST);
    }
    let (old, new) = (&before.versions, &now.run.versions);
    if old.rules.get(rule) != new.rules.get(rule) {
        causes.push(RULES);
    }
    causes.extend(beside_rules(old, new));
    if causes.is_empty() {
        causes.push(TIME);
    }
    causes.join("+")
}

/// Whether a cause leaves it open, or certain, that the list was changed.
#[must_use]
pub fn names_list(cause: &str) -> bool {
    cause.split('+').any(|part| part == LIST)
}

/// What changed between two runs beside the lists.
#[must_use]
pub fn changed(old: &Versions, new: &Versions) -> Vec<String> {
    let mut changed = Vec::new();
    let rules = |versions: &Versions| -> BTreeSet<(String, String)> {
        let pairs = versions.rules.iter();
        pairs
            .map(|(id, digest)| (id.clone(), digest.clone()))
            .collect()
    };
    if rules(old) != rules(new) {
        changed.push(RULES);
    }
    changed.extend(beside_rules(old, new));
    changed.into_iter().map(str::to_owned).collect()
}

fn beside_rules(old: &Versions, new: &Versions) -> Vec<&'static str> {
    let pairs = [
        (&old.settings, &new.settings, SETTINGS),
        (&old.standard, &new.standard, STANDARD),
        (&old.reading, &new.reading, READING),
    ];
    let differs = pairs.into_iter().filter(|(old, new, _)| old != new);
    differs.map(|(_, _, cause)| cause).collect()
}
