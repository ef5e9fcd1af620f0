//! What history knows, put into the report that everybody reads.

use std::collections::BTreeMap;

use crate::lang::Lang;
use crate::report::view::{GoneView, PreviousRegion, PreviousView, Report, TrendView};

use super::compare::{Comparison, Gone};
use super::snapshot::Snapshot;

/// Puts the comparison with the run before into a report, with what earlier runs counted. A
/// finding that is waived stays so.
pub fn apply(
    report: &mut Report,
    comparison: &Comparison,
    previous: Option<&Snapshot>,
    trend: Vec<TrendView>,
    lang: Lang,
) {
    for finding in &mut report.findings {
        if let Some(known) = comparison.known.get(&finding.id) {
            finding.since.clone_from(&known.since);
            finding.cause.clone_from(&known.cause);
            if finding.status != "waived" {
                known.status.clone_into(&mut finding.status);
            }
        }
    }
    report.gone = comparison
        .gone
        .iter()
        .map(|gone| gone_view(gone, lang))
        .collect();
    report.trend = trend;
    report.previous = previous.map(|previous| PreviousView {
        run_id: previous.run.run_id.clone(),
        now: previous.run.now.clone(),
        regions: regions(previous, &report.gone),
        changed: comparison.changed.clone(),
    });
}

fn gone_view(gone: &Gone, lang: Lang) -> GoneView {
    let seen = &gone.seen;
    GoneView {
        id: seen.id.clone(),
        rule: seen.rule.clone(),
        severity: seen.severity.clone(),
        origin: seen.origin.clone(),
        region_code: seen.code.clone(),
        region: seen.region.clone(),
        level: seen.level.clone(),
        seq: seen.seq.clone(),
        name: seen.name.clone(),
        field: seen.field.clone(),
        message: seen.message.clone(),
        state: gone.state.to_owned(),
        cause: gone.cause.clone(),
        reason: gone
            .blind
            .as_ref()
            .map(|blind| blind.words(lang))
            .unwrap_or_default(),
        since: gone.since.clone(),
        until: gone.until.clone(),
    }
}

/// What the run before counted in each region, and what became of it.
fn regions(previous: &Snapshot, gone: &[GoneView]) -> Vec<PreviousRegion> {
    let mut regions: BTreeMap<&str, PreviousRegion> = BTreeMap::new();
    let blank = |code: &str| PreviousRegion {
        code: code.to_owned(),
        ..PreviousRegion::default()
    };
    for list in &previous.lists {
        let region = regions
            .entry(&list.code)
            .or_insert_with(|| blank(&list.code));
        region.document = region.document.plus(list.document);
        region.reading += list.reading;
    }
    for gone in gone.iter().filter(|gone| gone.origin != "reading") {
        let region = regions
            .entry(&gone.region_code)
            .or_insert_with(|| blank(&gone.region_code));
        match gone.state.as_str() {
            "settled" => region.settled += 1,
            "withdrawn" => region.withdrawn += 1,
            _ => region.unknown += 1,
        }
    }
    regions.into_values().collect()
}
