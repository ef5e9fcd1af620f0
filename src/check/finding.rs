//! A finding: one rule, one place, one sentence. It cannot be built without its rule and its place.

use std::collections::{BTreeMap, HashMap};

use sha2::{Digest, Sha256};

use crate::recover::Place;
use crate::rules::{Origin, Severity, hex};

/// Characters of the digest that make a fingerprint.
const FINGERPRINT: usize = 16;

/// A fault that a rule found.
#[derive(Debug, Clone)]
pub struct Finding {
    /// Fingerprint: region, item, rule and field; never a line number.
    pub id: String,
    /// Id of the rule.
    pub rule: String,
    /// How much it weighs.
    pub severity: Severity,
    /// Whose fault it is.
    pub origin: Origin,
    /// How sure it is, 0 to 1.
    pub certainty: f64,
    /// Index of the list in the run.
    pub list: usize,
    /// GB/T 2260 code of the region.
    pub region_code: String,
    /// Name of the region.
    pub region: String,
    /// Title of the list.
    pub title: String,
    /// Year of the national edition.
    pub edition: u16,
    /// `list`, `main`, `item` or `business`.
    pub level: &'static str,
    /// The number the entry carries.
    pub seq: Option<u32>,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The field at fault.
    pub field: String,
    /// What the list says.
    pub found: String,
    /// What the national text says.
    pub expected: String,
    /// One sentence.
    pub message: String,
    /// The clause.
    pub basis: String,
    /// How the clause is known: `official`, `statute` or `derived`.
    pub known: String,
    /// What to do.
    pub remedy: String,
    /// Path of the document, relative to the input root.
    pub file: String,
    /// Where it stands.
    pub place: Place,
    /// Whether the place is a cell, so that row and column mean something.
    pub has_cell: bool,
    /// The original text.
    pub quote: String,
}

/// The fingerprint of a finding.
#[must_use]
pub fn fingerprint(code: &str, region: &str, identity: &str, rule: &str, field: &str) -> String {
    let mut digest = Sha256::new();
    for part in [
        if code.is_empty() { region } else { code },
        identity,
        rule,
        field,
    ] {
        digest.update(part.as_bytes());
        digest.update([0]);
    }
    let mut id = hex(&digest.finalize());
    id.truncate(FINGERPRINT);
    id
}

/// Sorts findings as a reader goes through them, and gives doubles of one identity a number. `groups`
/// tells for each list which one it is: the same finding in two versions of one list is the same.
pub fn settle(findings: &mut [Finding], groups: &[usize]) {
    findings.sort_by(|one, two| {
        (
            &one.region_code,
            &one.file,
            one.place.line,
            one.place.column,
            &one.rule,
            &one.id,
        )
            .cmp(&(
                &two.region_code,
                &two.file,
                two.place.line,
                two.place.column,
                &two.rule,
                &two.id,
            ))
    });
    let group = |list: usize| groups.get(list).copied().unwrap_or(list);
    // How often each identity stands in each list, and so at most in the lists of each group.
    let mut most: HashMap<String, BTreeMap<usize, usize>> = HashMap::new();
    let mut seen: HashMap<(String, usize), usize> = HashMap::new();
    for finding in findings.iter() {
        let count = seen.entry((finding.id.clone(), finding.list)).or_default();
        *count += 1;
        let groups = most.entry(finding.id.clone()).or_default();
        let known = groups.entry(group(finding.list)).or_default();
        *known = (*known).max(*count);
    }
    seen.clear();
    for finding in findings {
        let own = seen.entry((finding.id.clone(), finding.list)).or_default();
        *own += 1;
        let groups = most.get(&finding.id).into_iter().flatten();
        let before = groups.filter(|(other, _)| **other < group(finding.list));
        let count = before.map(|(_, most)| most).sum::<usize>() + *own;
        if count > 1 {
            finding.id = format!("{}-{count}", finding.id);
        }
    }
}
