//! One list with its findings, divided as the page shows them: what is wrong with the list, by
//! severity, and apart from it what we could not read. Owns that order; refuses markup.

use std::collections::BTreeMap;

use super::card::Card;
use crate::report::view::{FindingView, RegionView, Report, RuleView};
use crate::report::words::{Words, words};

/// Severities in the order in which they are shown.
pub(super) const SEVERITIES: [&str; 3] = ["error", "warning", "info"];

/// Place of a severity in that order; one that is not in the contract comes last.
pub(super) fn rank(severity: &str) -> usize {
    SEVERITIES
        .iter()
        .position(|known| *known == severity)
        .unwrap_or(SEVERITIES.len())
}

/// One list and its findings.
pub(super) struct Section<'a> {
    /// The fragment by which the page refers to this section.
    pub anchor: String,
    /// The list, or nothing where findings could not be tied to one.
    pub list: Option<&'a RegionView>,
    /// Name of the region.
    pub name: &'a str,
    /// Findings about the list itself, one group for each severity that occurs.
    pub document: Vec<Group<'a>>,
    /// Findings about our reading of it, errors first.
    pub reading: Vec<Card<'a>>,
}

/// Findings of one severity.
pub(super) struct Group<'a> {
    pub severity: &'a str,
    pub cards: Vec<Card<'a>>,
}

impl<'a> Section<'a> {
    /// Every finding in the order of the page.
    pub fn cards(&self) -> impl Iterator<Item = &Card<'a>> {
        self.document
            .iter()
            .flat_map(|group| &group.cards)
            .chain(&self.reading)
    }

    /// Number of findings.
    pub fn count(&self) -> usize {
        self.cards().count()
    }

    /// Share of the national items that were found in the list, in whole percent.
    pub fn percent(&self) -> usize {
        self.list.map_or(0, |list| {
            (list.matched_items * 100)
                .checked_div(list.expected_items)
                .unwrap_or(0)
                .min(100)
        })
    }
}

/// Divides the findings of `report` over `lists`. Findings that belong to none of them are dropped,
/// or, with `keep_strays`, shown in sections of their own so that the national page loses nothing.
pub(super) fn divide<'a>(
    report: &'a Report,
    lists: &[&'a RegionView],
    keep_strays: bool,
) -> Vec<Section<'a>> {
    let words = words(&report.lang);
    let rules: BTreeMap<&str, &RuleView> =
        report.rules.iter().map(|r| (r.id.as_str(), r)).collect();
    let mut by_file: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut by_code: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, list) in lists.iter().enumerate() {
        by_file.entry((&list.code, &list.file)).or_insert(index);
        // Lists whose region is unknown share an empty code and nothing else.
        if !list.code.is_empty() {
            by_code.entry(&list.code).or_insert(index);
        }
    }
    let mut listed: Vec<Vec<&FindingView>> = vec![Vec::new(); lists.len()];
    let mut strays: BTreeMap<(&str, &str), Vec<&FindingView>> = BTreeMap::new();
    for finding in &report.findings {
        let (code, file) = (finding.region_code.as_str(), finding.file.as_str());
        // A missing item has no place in the file; its region's code still says whose it is.
        match by_file.get(&(code, file)).or_else(|| by_code.get(code)) {
            Some(&index) => listed[index].push(finding),
            None => strays
                .entry((code, &finding.region))
                .or_default()
                .push(finding),
        }
    }
    let mut sections: Vec<Section<'a>> = Vec::new();
    for (list, findings) in lists.iter().zip(listed) {
        let anchor = anchor(&sections, &list.code);
        sections.push(section(
            anchor,
            Some(list),
            &list.name,
            findings,
            &rules,
            words,
        ));
    }
    if keep_strays {
        for ((code, region), findings) in strays {
            let name = if region.is_empty() {
                words.elsewhere
            } else {
                region
            };
            let anchor = anchor(&sections, code);
            sections.push(section(anchor, None, name, findings, &rules, words));
        }
    }
    sections
}

/// The section's anchor: stable by region code, numbered from the second list of a region on.
fn anchor(before: &[Section<'_>], code: &str) -> String {
    let stem = if code.is_empty() {
        "r-none"
    } else {
        &format!("r-{code}")
    };
    let mut anchor = stem.to_owned();
    let mut number = 2;
    while before.iter().any(|section| section.anchor == anchor) {
        anchor = format!("{stem}-{number}");
        number += 1;
    }
    anchor
}

fn section<'a>(
    anchor: String,
    list: Option<&'a RegionView>,
    name: &'a str,
    findings: Vec<&'a FindingView>,
    rules: &BTreeMap<&str, &'a RuleView>,
    words: &Words,
) -> Section<'a> {
    let mut document: Vec<Group<'a>> = Vec::new();
    let mut reading = Vec::new();
    let mut findings = findings;
    // Stable: within a severity the order of the report stays.
    findings.sort_by_key(|finding| rank(&finding.severity));
    for finding in findings {
        let card = Card::new(finding, rules.get(finding.rule.as_str()).copied(), words);
        if finding.origin == "reading" {
            reading.push(card);
        } else {
            match document.last_mut() {
                Some(group) if group.severity == finding.severity => group.cards.push(card),
                _ => document.push(Group {
                    severity: &finding.severity,
                    cards: vec![card],
                }),
            }
        }
    }
    Section {
        anchor,
        list,
        name,
        document,
        reading,
    }
}
