//! From findings to the view that every output shows.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate};

use crate::check::{Finding, JUDGING, Outcome};
use crate::facts::{Facts, List, Versions};
use crate::lang::Lang;
use crate::read::Medium;
use crate::recover::place_words;
use crate::rules::{Change, Effect, Origin, RuleSet, Severity};
use crate::standard::Standard;

use super::national::national_items;
use super::view::{
    FindingView, InputView, NotList, NotRead, RegionView, Report, RuleChangeView, RuleNotRun,
    RuleSetView, RuleView, SCHEMA_VERSION, Totals, VersionsView,
};

/// Certainty below which a value counts as uncertain.
const UNCERTAIN: f64 = 0.8;
/// Values of an entry that carry a certainty.
const VALUES: usize = 6;

/// How and when a run was made.
#[derive(Debug, Clone)]
pub struct Made {
    /// Identity of the run.
    pub run_id: String,
    /// The clock, RFC 3339.
    pub now: String,
    /// Language of the report.
    pub lang: Lang,
    /// The day by which lists were judged, where one was given.
    pub as_of: Option<NaiveDate>,
    /// SHA-256 over rules and national data, in hex.
    pub digest: String,
    /// SHA-256 over the national data alone, in hex.
    pub standard: String,
    /// SHA-256 over what the office set, in hex.
    pub settings: String,
}

/// Documents of a run beside the lists that were checked.
#[derive(Debug, Default)]
pub struct LookedAt {
    /// Every document whose bytes were looked at.
    pub inputs: Vec<InputView>,
    /// Documents that could not be read.
    pub not_read: Vec<NotRead>,
    /// Documents that are no lists.
    pub not_lists: Vec<NotList>,
    /// Regions of whose list several versions were found.
    pub versions: Vec<Versions>,
}

/// Puts the report together.
#[must_use]
pub fn assemble(
    made: &Made,
    facts: &Facts,
    standard: &Standard,
    outcome: Outcome,
    (set, changes): (&RuleSet, &[Change]),
    looked_at: LookedAt,
) -> Report {
    let lang = made.lang;
    let today = DateTime::parse_from_rfc3339(&made.now).ok();
    let today = made.as_of.or(today.map(|moment| moment.date_naive()));
    let findings = outcome.findings.as_slice();
    let mut regions: Vec<(usize, RegionView)> = facts
        .lists
        .iter()
        .enumerate()
        .map(|(index, list)| (index, region(index, list, standard, findings, lang)))
        .collect();
    regions.sort_by(|(_, one), (_, two)| (&one.code, &one.file).cmp(&(&two.code, &two.file)));
    let (order, regions): (Vec<usize>, Vec<RegionView>) = regions.into_iter().unzip();
    let rules = set
        .rules
        .iter()
        .map(|rule| {
            let words = rule.words(lang);
            RuleView {
                id: rule.id.clone(),
                family: rule.family.clone(),
                severity: rule.severity.word().to_owned(),
                title: words.title.clone(),
                why: words.why.clone(),
                basis: plain(rule.clause(lang)),
                known: rule.basis.known.to_string(),
                remedy: plain(&words.remedy),
                replaces: rule.replaces,
                digest: rule.digest.clone(),
                findings: findings.iter().filter(|f| f.rule == rule.id).count(),
            }
        })
        .collect();
    let refused = set.refused.iter().map(|(file, reason)| RuleNotRun {
        rule: file.clone(),
        file: lang.pick("全部清单", "all lists").to_owned(),
        reason: reason.clone(),
    });
    let not_applied = outcome.not_run.into_iter().map(|rule| RuleNotRun {
        rule: rule.rule,
        file: match rule.list.and_then(|list| facts.lists.get(list)) {
            Some(list) => list.name.clone(),
            None => lang.pick("全部清单", "all lists").to_owned(),
        },
        reason: rule.reason,
    });
    Report {
        schema_version: SCHEMA_VERSION,
        program_version: env!("CARGO_PKG_VERSION").to_owned(),
        run_id: made.run_id.clone(),
        now: made.now.clone(),
        as_of: made.as_of.map(|day| day.to_string()),
        lang: lang.word().to_owned(),
        rule_set: RuleSetView {
            digest: made.digest.clone(),
            standard: made.standard.clone(),
            settings: made.settings.clone(),
            reading: JUDGING.to_owned(),
            count: set.rules.len(),
            changes: changes.iter().zip(&outcome.changed).map(change).collect(),
        },
        inputs: looked_at.inputs,
        repositories: Vec::new(),
        totals: totals(findings.iter()),
        not_read: looked_at.not_read,
        not_lists: looked_at.not_lists,
        versions: looked_at
            .versions
            .iter()
            .map(|one| versions(one, lang))
            .collect(),
        rules_not_run: refused.chain(not_applied).collect(),
        national_items: national_items(facts, standard, findings, &order, today),
        previous: None,
        gone: Vec::new(),
        trend: Vec::new(),
        waivers: Vec::new(),
        regions,
        rules,
        findings: findings
            .iter()
            .map(|finding| view(finding, facts, lang))
            .collect(),
    }
}

fn versions(of: &Versions, lang: Lang) -> VersionsView {
    VersionsView {
        region_code: of.region_code.clone(),
        region: of.region.clone(),
        checked: of.checked.clone(),
        older: of.older.iter().map(|(name, _)| name.clone()).collect(),
        reason: of.reason(lang),
    }
}

/// A change of the rule set, and how many findings it touched.
fn change((change, findings): (&Change, &usize)) -> RuleChangeView {
    let (off, severity, parameters) = match &change.effect {
        Effect::Off => (true, None, BTreeMap::new()),
        Effect::Set {
            severity,
            parameters,
        } => (
            false,
            severity.map(|severity| severity.word().to_owned()),
            parameters.clone(),
        ),
    };
    RuleChangeView {
        rule: change.rule.clone(),
        off,
        severity,
        parameters,
        regions: change.regions.clone(),
        items: change.items.clone(),
        reason: change.reason.clone(),
        place: format!("{}:{}", change.file, change.line),
        findings: *findings,
    }
}

/// A template without its placeholders, for where a rule is shown and not a finding.
fn plain(template: &str) -> String {
    let mut text = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        text.push('…');
        rest = after.split_once('}').map_or("", |(_, tail)| tail);
    }
    text.push_str(rest);
    text
}

/// Code under which a region's files are kept; a list whose region is unknown gets one of its own.
fn code(index: usize, list: &List) -> String {
    if list.identity.region_code.is_empty() {
        format!("unknown-{}", index + 1)
    } else {
        list.identity.region_code.clone()
    }
}

fn region(
    index: usize,
    list: &List,
    standard: &Standard,
    findings: &[Finding],
    lang: Lang,
) -> RegionView {
    let leaves = || list.items.iter().filter(|item| item.leaf);
    let uncertain = leaves()
        .flat_map(|item| {
            let c = item.certainty;
            [c.code, c.name, c.limit, c.steps, c.materials, c.basis]
        })
        .filter(|certainty| *certainty < UNCERTAIN)
        .count();
    RegionView {
        code: code(index, list),
        name: list.identity.region.clone(),
        publisher: list.identity.publisher.clone().unwrap_or_default(),
        short_name: standard
            .regions
            .short_name(&list.identity.region_code)
            .unwrap_or(&list.identity.region)
            .to_owned(),
        list: list.identity.title.clone(),
        file: list.name.clone(),
        edition: list.identity.edition.to_string(),
        edition_reason: list.identity.edition_reason(lang).to_owned(),
        expected_items: list.record.national_items,
        matched_items: list.record.matched,
        read_items: list.record.items,
        read_business: list.items.len() - list.record.items,
        uncertain_values: uncertain,
        values: leaves().count() * VALUES,
        totals: totals(findings.iter().filter(|finding| finding.list == index)),
    }
}

fn totals<'a>(findings: impl Iterator<Item = &'a Finding>) -> Totals {
    let mut totals = Totals::default();
    for finding in findings {
        totals.findings += 1;
        match finding.severity {
            Severity::Error => totals.error += 1,
            Severity::Warning => totals.warning += 1,
            Severity::Info => totals.info += 1,
        }
        match finding.origin {
            Origin::Document => totals.document += 1,
            Origin::Reading => totals.reading += 1,
        }
    }
    totals
}

fn view(finding: &Finding, facts: &Facts, lang: Lang) -> FindingView {
    let at = finding.place;
    let of = facts.lists.get(finding.list);
    let medium = of.map_or(&Medium::Lines, |list| &list.medium);
    let number = |value: u64| {
        if value == 0 {
            String::new()
        } else {
            value.to_string()
        }
    };
    let cell = |value: u32| {
        if finding.has_cell {
            number(u64::from(value))
        } else {
            String::new()
        }
    };
    let region_code = if finding.region_code.is_empty() {
        format!("unknown-{}", finding.list + 1)
    } else {
        finding.region_code.clone()
    };
    FindingView {
        id: finding.id.clone(),
        rule: finding.rule.clone(),
        severity: finding.severity.word().to_owned(),
        status: "new".to_owned(),
        origin: finding.origin.word().to_owned(),
        certainty: format!("{:.2}", finding.certainty),
        region_code,
        region: finding.region.clone(),
        list: finding.title.clone(),
        edition: finding.edition.to_string(),
        level: finding.level.to_owned(),
        seq: finding.seq.map(|seq| seq.to_string()).unwrap_or_default(),
        code: finding.code.clone(),
        name: finding.name.clone(),
        field: finding.field.clone(),
        found: finding.found.clone(),
        expected: finding.expected.clone(),
        message: finding.message.clone(),
        basis: finding.basis.clone(),
        remedy: finding.remedy.clone(),
        file: finding.file.clone(),
        page: at.page.map(|page| page.to_string()).unwrap_or_default(),
        line: match medium {
            Medium::Lines => number(at.line),
            _ => String::new(),
        },
        row: match (medium, at.part, at.column) {
            // Numbers of texts beside the tables.
            (Medium::Tables, None, _) | (Medium::Pages, _, 0) => String::new(),
            _ => number(u64::from(at.row)),
        },
        column: cell(at.column),
        quote: finding.quote.clone(),
        known: finding.known.clone(),
        place: place_words(medium, at, finding.has_cell, lang),
        ..FindingView::default()
    }
}
