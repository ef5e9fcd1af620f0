//! The HTML pages: the national report and one page for each region. Owns what stands on a page;
//! refuses sentences (the view brings them) and fixed words (`words`).
//!
//! A region's page is sent to that region alone, so it is built from that region's lists only: no
//! other region's file, finding or name reaches its template, and of their limits only numbers.
//!
//! Findings stand in the page as JSON, and its script shows a page of them at a time, so that
//! ten thousand cost no more to show than a few. Without a script the gravest stand in a plain table.

mod changed;
mod compare;
mod data;
mod entry;
mod limits;
mod map;
mod rules;
mod standing;
mod strip;
mod summary;
#[cfg(test)]
mod tests;
mod trend;
mod waivers;

use std::collections::HashMap;

use askama::Template;
use thiserror::Error;

use self::changed::Changed;
use self::entry::{Entry, Places, by_gravity, entries};
use self::limits::Limits;
use self::map::Map;
use self::rules::{NotRun, RuleChange, Rules, changes, not_run};
use self::standing::Stand;
use self::summary::{Head, Summary};
use self::trend::Trend;
use self::waivers::{Waiver, waivers};
use super::change::is_overdue;
use super::folder::{Content, Files, WriteError};
use super::view::{
    FindingView, InputView, NotList, NotRead, RegionView, Report, RepositoryView, RuleView,
    VersionsView,
};
use super::words::{Words, words};

/// Severities in the order in which they are shown.
const SEVERITIES: [&str; 3] = ["error", "warning", "info"];

/// Findings in the table that is shown without a script; the others are in `findings.csv`.
const PLAIN: usize = 500;

/// A page that could not be made: a fault of the program and never of the data.
#[derive(Debug, Error)]
pub enum PageError {
    /// The template.
    #[error("网页模板出错：{0} (the template failed)")]
    Template(#[from] askama::Error),
    /// A chart.
    #[error("图未能画出：{0} (a chart could not be drawn)")]
    Chart(String),
    /// The data within the page.
    #[error("数据未能写入网页：{0} (the data could not be embedded)")]
    Data(#[from] serde_json::Error),
}

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
/// See [`PageError`].
pub fn national(report: &Report) -> Result<String, PageError> {
    let w = words(&report.lang);
    let (entries, strays) = entries(report, |_| true);
    let places = Places::new(report);
    let head = Head::new(report, w, &entries);
    let page = National {
        w,
        summary: Summary::new(report, &entries, &strays, true, w),
        not_read: &report.not_read,
        not_run: not_run(report, w, |_| true),
        not_lists: &report.not_lists,
        versions: report.versions.iter().collect(),
        changed: Changed::new(report, &entries, &strays, |_| true, w),
        trend: Trend::new(report, |_| true, w).map_err(PageError::Chart)?,
        map: Map::new(report, &entries, &places, w),
        limits: Limits::new(report, &entries, w).map_err(PageError::Chart)?,
        plain: plain(report, &entries, &strays, w),
        rules: Rules::new(report, report.findings.iter()),
        changes: changes(report, None, w),
        waivers: waivers(report, w),
        inputs: report.inputs.iter().collect(),
        repositories: &report.repositories,
        data: data::data(report, &entries, &strays, &places, w)?,
        entries: &entries,
        national: true,
        head,
    };
    Ok(page.render()?)
}

/// `regions/<code>.html`: only that region's findings. A region that published several lists has
/// them all on its page, whichever of its views is given, because the page is named by its code.
///
/// # Errors
/// See [`PageError`].
pub fn region(report: &Report, region: &RegionView) -> Result<String, PageError> {
    let w = words(&report.lang);
    let (all, _) = entries(report, |_| true);
    let (own, _) = entries(report, |list| {
        list.file == region.file || list.code == region.code
    });
    let codes: Vec<&str> = own.iter().map(|entry| entry.list.code.as_str()).collect();
    let places = Places::new(report);
    let is_own = |file: &str| own.iter().any(|entry| entry.list.file == file);
    // A reason that concerns every list names none of them.
    let concerns = |file: &str| is_own(file) || report.regions.iter().all(|list| list.file != file);
    let stands = own
        .iter()
        .map(|entry| Stand::new(report, entry, &all, &places, w))
        .collect::<Result<_, String>>()
        .map_err(PageError::Chart)?;
    let page = Region {
        w,
        name: &region.name,
        summary: Summary::new(report, &own, &[], false, w),
        not_read: &[],
        not_run: not_run(report, w, concerns),
        not_lists: &[],
        versions: report
            .versions
            .iter()
            .filter(|one| one.checked.iter().any(|path| is_own(path)))
            .collect(),
        changed: Changed::new(report, &own, &[], |code| codes.contains(&code), w),
        trend: Trend::new(report, |code| codes.contains(&code), w).map_err(PageError::Chart)?,
        stands,
        plain: plain(report, &own, &[], w),
        rules: Rules::new(report, own.iter().flat_map(|e| e.findings.iter().copied())),
        changes: changes(report, Some(&codes), w),
        waivers: Vec::new(),
        inputs: report.inputs.iter().filter(|i| is_own(&i.path)).collect(),
        repositories: &[],
        data: data::data(report, &own, &[], &places, w)?,
        entries: &own,
        national: false,
        head: Head::new(report, w, &own),
    };
    Ok(page.render()?)
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
    summary: Summary<'a>,
    changed: Option<Changed<'a>>,
    trend: Option<Trend<'a>>,
    not_read: &'a [NotRead],
    not_run: Vec<NotRun<'a>>,
    not_lists: &'a [NotList],
    versions: Vec<&'a VersionsView>,
    map: Map<'a>,
    limits: Limits<'a>,
    plain: Vec<Plain<'a>>,
    rules: Rules<'a>,
    changes: Vec<RuleChange<'a>>,
    waivers: Vec<Waiver<'a>>,
    inputs: Vec<&'a InputView>,
    repositories: &'a [RepositoryView],
    /// The findings as JSON; see [`data`].
    data: String,
    entries: &'a [Entry<'a>],
    /// Whether the page shows the whole country.
    national: bool,
}

#[derive(Template)]
#[template(path = "region.html")]
struct Region<'a> {
    w: &'static Words,
    head: Head<'a>,
    name: &'a str,
    summary: Summary<'a>,
    changed: Option<Changed<'a>>,
    trend: Option<Trend<'a>>,
    not_read: &'a [NotRead],
    not_run: Vec<NotRun<'a>>,
    not_lists: &'a [NotList],
    versions: Vec<&'a VersionsView>,
    stands: Vec<Stand<'a>>,
    plain: Vec<Plain<'a>>,
    rules: Rules<'a>,
    changes: Vec<RuleChange<'a>>,
    waivers: Vec<Waiver<'a>>,
    inputs: Vec<&'a InputView>,
    repositories: &'a [RepositoryView],
    data: String,
    entries: &'a [Entry<'a>],
    national: bool,
}

/// A finding in the table for readers without a script.
struct Plain<'a> {
    finding: &'a FindingView,
    /// Title of the rule, or its id where the rule set does not know it.
    title: &'a str,
    place: String,
}

impl Plain<'_> {
    fn is_reading(&self) -> bool {
        self.finding.origin == "reading"
    }

    fn is_overdue(&self) -> bool {
        is_overdue(self.finding)
    }

    /// Whether the national value was worked out and must not be shown as official.
    fn is_derived(&self) -> bool {
        self.finding.known == "derived"
    }
}

fn plain<'a>(
    report: &'a Report,
    entries: &[Entry<'a>],
    strays: &[&'a FindingView],
    w: &Words,
) -> Vec<Plain<'a>> {
    let rules: HashMap<&str, &RuleView> = report.rules.iter().map(|r| (r.id.as_str(), r)).collect();
    let findings = entries.iter().flat_map(|entry| entry.findings.iter());
    by_gravity(findings.chain(strays).copied())
        .into_iter()
        .take(PLAIN)
        .map(|finding| Plain {
            title: rules
                .get(finding.rule.as_str())
                .map_or(finding.rule.as_str(), |rule| &rule.title),
            place: data::place(finding, w),
            finding,
        })
        .collect()
}
