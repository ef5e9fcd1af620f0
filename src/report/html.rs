//! The HTML pages: the national report and one page for each region. Owns the order and the grouping
//! in which findings are shown; refuses sentences (the view brings them) and fixed words (`words`).
//!
//! A region's page is sent to that region alone, so it is built from that region's lists only: no
//! other region's file, rule count or notice reaches its template.

mod card;
mod matrix;
mod section;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use chrono::DateTime;

use self::matrix::Matrix;
use self::section::{Section, divide};
use super::folder::{Content, Files, WriteError};
use super::view::{InputView, NotRead, RegionView, Report, RuleView, Totals};
use super::words::{Words, fill, words};

/// The national page and one page a region.
pub(super) fn files(of: &Content<'_>) -> Result<Files, WriteError> {
    let index = "index.html";
    let page = national(of.report).map_err(WriteError::render(index))?;
    let mut files = vec![(index.to_owned(), page.into_bytes())];
    for view in &of.report.regions {
        let name = format!("regions/{}.html", view.code);
        let page = region(of.report, view).map_err(WriteError::render(&name))?;
        files.push((name, page.into_bytes()));
    }
    Ok(files)
}

/// `index.html`: every list and every finding in one self-contained page.
///
/// # Errors
/// When the template cannot be rendered, which is a fault of the program and never of the data.
pub fn national(report: &Report) -> Result<String, askama::Error> {
    let words = words(&report.lang);
    let lists: Vec<&RegionView> = report.regions.iter().collect();
    let sections = divide(report, &lists, true);
    National {
        w: words,
        head: Head::new(report, words, &lists, |_| true),
        not_read: &report.not_read,
        not_run: not_run(report, words, |_| true),
        matrix: Matrix::new(&report.rules, &sections),
        rules: rule_lines(report, &sections, true),
        inputs: report.inputs.iter().collect(),
        national: true,
        sections,
    }
    .render()
}

/// `regions/<code>.html`: only that region's findings. A region that published several lists has
/// them all on its page, whichever of its views is given, because the page is named by its code.
///
/// # Errors
/// When the template cannot be rendered, which is a fault of the program and never of the data.
pub fn region(report: &Report, region: &RegionView) -> Result<String, askama::Error> {
    let words = words(&report.lang);
    let lists: Vec<&RegionView> = report
        .regions
        .iter()
        .filter(|r| r.file == region.file || (r.code == region.code && !r.code.is_empty()))
        .collect();
    let sections = divide(report, &lists, false);
    let own = |file: &str| lists.iter().any(|list| list.file == file);
    Region {
        w: words,
        head: Head::new(report, words, &lists, own),
        name: &region.name,
        not_read: &[],
        not_run: not_run(report, words, own),
        rules: rule_lines(report, &sections, false),
        inputs: report.inputs.iter().filter(|i| own(&i.path)).collect(),
        national: false,
        sections,
    }
    .render()
}

/// The fragment by which both pages name a finding, for links from other outputs.
#[must_use]
pub fn anchor(id: &str) -> String {
    format!("f-{id}")
}

#[derive(Template)]
#[template(path = "national.html")]
struct National<'a> {
    w: &'static Words,
    head: Head<'a>,
    not_read: &'a [NotRead],
    not_run: Vec<NotRun<'a>>,
    sections: Vec<Section<'a>>,
    matrix: Matrix<'a>,
    rules: Vec<RuleLine<'a>>,
    inputs: Vec<&'a InputView>,
    /// Whether the page shows the whole country.
    national: bool,
}

#[derive(Template)]
#[template(path = "region.html")]
struct Region<'a> {
    w: &'static Words,
    head: Head<'a>,
    name: &'a str,
    not_read: &'a [NotRead],
    not_run: Vec<NotRun<'a>>,
    sections: Vec<Section<'a>>,
    rules: Vec<RuleLine<'a>>,
    inputs: Vec<&'a InputView>,
    national: bool,
}

/// What stands at the top of a page.
struct Head<'a> {
    /// The clock of the run for machines, RFC 3339.
    now: &'a str,
    /// The clock of the run for readers.
    time: String,
    version: &'a str,
    digest: &'a str,
    digest_short: String,
    rule_count: String,
    editions: String,
    lists: usize,
    /// Sum over the lists of the page.
    totals: Totals,
    /// Pairs of a rule and a list it was not applied to.
    rules_not_run: usize,
}

impl<'a> Head<'a> {
    fn new(
        report: &'a Report,
        words: &Words,
        lists: &[&RegionView],
        keep: impl Fn(&str) -> bool,
    ) -> Self {
        let editions: BTreeSet<&str> = lists
            .iter()
            .map(|list| list.edition.as_str())
            .filter(|edition| !edition.is_empty())
            .collect();
        let editions: Vec<String> = editions
            .into_iter()
            .map(|year| fill(words.edition_year, year))
            .collect();
        Head {
            now: &report.now,
            time: DateTime::parse_from_rfc3339(&report.now).map_or_else(
                |_| report.now.clone(),
                |t| t.format(words.clock).to_string(),
            ),
            version: &report.program_version,
            digest: &report.rule_set.digest,
            digest_short: report.rule_set.digest.chars().take(12).collect(),
            rule_count: fill(words.rule_set_rules, report.rule_set.count),
            editions: editions.join(words.comma),
            lists: lists.len(),
            totals: totals_of(lists),
            rules_not_run: report
                .rules_not_run
                .iter()
                .filter(|missed| keep(&missed.file))
                .count(),
        }
    }
}

fn totals_of(lists: &[&RegionView]) -> Totals {
    let mut totals = Totals::default();
    for list in lists {
        totals.findings += list.totals.findings;
        totals.error += list.totals.error;
        totals.warning += list.totals.warning;
        totals.info += list.totals.info;
        totals.document += list.totals.document;
        totals.reading += list.totals.reading;
    }
    totals
}

/// The rules that one reason kept from one list: a list that lacks a column loses many rules at
/// once, and forty equal lines would hide the forty-first.
struct NotRun<'a> {
    file: &'a str,
    reason: &'a str,
    rules: String,
}

fn not_run<'a>(report: &'a Report, words: &Words, keep: impl Fn(&str) -> bool) -> Vec<NotRun<'a>> {
    let mut grouped: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for missed in report.rules_not_run.iter().filter(|r| keep(&r.file)) {
        grouped
            .entry((&missed.file, &missed.reason))
            .or_default()
            .push(&missed.rule);
    }
    grouped
        .into_iter()
        .map(|((file, reason), rules)| NotRun {
            file,
            reason,
            rules: rules.join(words.comma),
        })
        .collect()
}

/// A rule with the number of its findings on this page, not in the whole country.
struct RuleLine<'a> {
    rule: &'a RuleView,
    findings: usize,
}

fn rule_lines<'a>(report: &'a Report, sections: &[Section<'a>], quiet: bool) -> Vec<RuleLine<'a>> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for card in sections.iter().flat_map(Section::cards) {
        *counts.entry(&card.finding.rule).or_default() += 1;
    }
    report
        .rules
        .iter()
        .map(|rule| RuleLine {
            rule,
            findings: counts.get(rule.id.as_str()).copied().unwrap_or(0),
        })
        .filter(|line| quiet || line.findings > 0)
        .collect()
}
