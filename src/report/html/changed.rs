//! What changed since the run before, finding by finding: what came and by what, what went and by
//! what, what else changed. Owns whose doing each is said to be; refuses another region's changes.

use std::collections::{BTreeMap, HashMap};

use super::entry::{Entry, by_gravity, rank};
use super::summary::clock;
use crate::report::view::{FindingView, GoneView, REGISTER, Report};
use crate::report::words::Words;

/// Findings of a group that stand here; all of them are among the findings below, and those that
/// are gone in `report.json`.
const SHOWN: usize = 200;
/// Findings of a group that are shown before anybody asks.
const AT_ONCE: usize = 8;

/// In the order in which they are told: what a region did comes first.
const CAUSES: [&str; 7] = [
    "list", "first", "time", "rules", "settings", "standard", "reading",
];
const STATES: [&str; 3] = ["settled", "withdrawn", "unknown"];

/// The section.
pub(super) struct Changed<'a> {
    /// The clock of the run before, for readers, and its identity.
    pub when: String,
    pub run_id: &'a str,
    /// What changed beside the lists, in sentences.
    pub beside: Vec<&'a str>,
    pub came: Vec<Came<'a>>,
    pub gone: Vec<Gone<'a>>,
    /// Doubtful readings that came and that went.
    pub doubts: (usize, usize),
}

/// New and reopened findings of one cause.
pub(super) struct Came<'a> {
    pub title: String,
    pub note: &'static str,
    /// The fragment that shows them among the findings.
    pub filter: String,
    pub findings: Vec<(&'a FindingView, &'a str)>,
    pub count: usize,
}

/// Findings that are gone in one way.
pub(super) struct Gone<'a> {
    pub state: &'a str,
    pub note: &'static str,
    pub findings: Vec<(&'a GoneView, &'a str)>,
    pub count: usize,
}

impl Came<'_> {
    pub fn is_open(&self) -> bool {
        self.count <= AT_ONCE
    }
}

impl Gone<'_> {
    pub fn is_open(&self) -> bool {
        self.count <= AT_ONCE
    }

    /// How many do not stand here.
    pub fn more(&self) -> usize {
        self.count - self.findings.len()
    }
}

impl<'a> Changed<'a> {
    /// The changes of a page; `None` where no run was recorded before. On a region's page `own` keeps
    /// the codes of its lists.
    pub fn new(
        report: &'a Report,
        entries: &[Entry<'a>],
        strays: &[&'a FindingView],
        own: impl Fn(&str) -> bool,
        w: &Words,
    ) -> Option<Self> {
        let previous = report.previous.as_ref()?;
        let titles: HashMap<&str, &str> = report
            .rules
            .iter()
            .map(|rule| (rule.id.as_str(), rule.title.as_str()))
            .collect();
        let findings = entries.iter().flat_map(|entry| entry.findings.iter());
        let arrived = findings
            .chain(strays)
            .copied()
            .filter(|f| matches!(f.status.as_str(), "new" | "reopened"));
        let (doubts, faults): (Vec<_>, Vec<_>) = arrived.partition(|f| f.origin == "reading");
        let went = report
            .gone
            .iter()
            .filter(|gone| gone.origin != REGISTER && own(&gone.region_code));
        let (lost, gone): (Vec<_>, Vec<_>) = went.partition(|gone| gone.origin == "reading");
        Some(Changed {
            when: clock(&previous.now, w),
            run_id: &previous.run_id,
            beside: previous
                .changed
                .iter()
                .map(|what| w.past.beside(what))
                .collect(),
            came: came(faults, &titles, w),
            gone: STATES
                .into_iter()
                .filter_map(|state| went_so(state, &gone, &titles, w))
                .collect(),
            doubts: (doubts.len(), lost.len()),
        })
    }

    /// Findings that came.
    pub fn arrived(&self) -> usize {
        self.came.iter().map(|group| group.count).sum()
    }

    /// Findings that went, or of which nothing can be told.
    pub fn went(&self) -> usize {
        self.gone.iter().map(|group| group.count).sum()
    }
}

fn came<'a>(
    faults: Vec<&'a FindingView>,
    titles: &HashMap<&'a str, &'a str>,
    w: &Words,
) -> Vec<Came<'a>> {
    let mut groups: BTreeMap<(usize, &str), Vec<&FindingView>> = BTreeMap::new();
    for finding in faults {
        let cause = finding.cause.as_str();
        let place = CAUSES.iter().position(|known| *known == cause);
        let place = place.unwrap_or(CAUSES.len());
        groups.entry((place, cause)).or_default().push(finding);
    }
    groups
        .into_iter()
        .map(|((_, cause), findings)| Came {
            title: match cause {
                "" => w.past.new.to_owned(),
                cause => w.past.cause(cause),
            },
            note: w.past.blame(cause),
            // A plus sign in an address is a space.
            filter: format!("?origin=document&cause={}", cause.replace('+', "%2B")),
            count: findings.len(),
            findings: by_gravity(findings)
                .into_iter()
                .take(SHOWN)
                .map(|f| (f, title(titles, &f.rule)))
                .collect(),
        })
        .collect()
}

fn went_so<'a>(
    state: &'a str,
    gone: &[&'a GoneView],
    titles: &HashMap<&'a str, &'a str>,
    w: &Words,
) -> Option<Gone<'a>> {
    let mut own: Vec<&GoneView> = gone.iter().copied().filter(|g| g.state == state).collect();
    own.sort_by_key(|gone| rank(&gone.severity));
    (!own.is_empty()).then(|| Gone {
        state,
        note: w.past.gone(state),
        count: own.len(),
        findings: own
            .into_iter()
            .take(SHOWN)
            .map(|gone| (gone, title(titles, &gone.rule)))
            .collect(),
    })
}

/// Title of a rule; the rule of a finding that is gone may be gone too.
fn title<'a>(titles: &HashMap<&'a str, &'a str>, rule: &'a str) -> &'a str {
    titles.get(rule).copied().unwrap_or(rule)
}
