//! Waivers put to a run: what they cover is marked as waived, and what is to be said of the waivers
//! themselves becomes findings of the office's own, which no region is sent.

use std::collections::HashMap;

use chrono::NaiveDate;
use polars::prelude::PolarsResult;

use super::{Standing, Subject, Waiver, Waivers};
use crate::check::{Audited, audit, fingerprint};
use crate::coverage::Coverage;
use crate::facts::{WaiverRecord, waivers};
use crate::lang::Lang;
use crate::report::view::{FindingView, Report, WaiverView};
use crate::rules::{Change, RuleSet};
use crate::standard::Standard;

/// Origin of a finding about the office's own register.
pub const REGISTER: &str = "register";
/// Status of a finding that a waiver covers.
const WAIVED: &str = "waived";

/// How a run was judged, and when.
#[derive(Debug, Clone, Copy)]
pub struct Judged<'a> {
    /// The rules.
    pub set: &'a RuleSet,
    /// What the office changed of them.
    pub changes: &'a [Change],
    /// The national data.
    pub standard: &'a Standard,
    /// The day of the run.
    pub today: NaiveDate,
    /// Language of the report.
    pub lang: Lang,
}

/// Marks what is waived, and says what is to be said of the waivers. `file` is how the report calls
/// the file of waivers.
///
/// # Errors
/// What polars says of the frame of waivers.
pub fn review(
    report: &mut Report,
    of: &Waivers,
    file: &str,
    judged: Judged<'_>,
) -> PolarsResult<()> {
    let national = national_codes(report);
    let subjects: Vec<Subject<'_>> = report
        .findings
        .iter()
        .map(|finding| {
            Subject::of(
                finding,
                national.get(&finding.id).map_or("", String::as_str),
            )
        })
        .collect();
    let standings = of.standings(&subjects, &Coverage::of(report), judged.today);
    let covered: Vec<Option<usize>> = subjects
        .iter()
        .map(|subject| of.covers(subject, judged.today))
        .collect();
    let views: Vec<WaiverView> = of
        .iter()
        .zip(&standings)
        .enumerate()
        .map(|(index, (waiver, standing))| {
            let own = report.findings.iter().zip(&subjects);
            let own = own.filter(|(_, subject)| waiver.fits(subject));
            WaiverView {
                region: region_name(report, judged.standard, &waiver.region),
                state: state(*standing).to_owned(),
                place: place(of, index, file),
                findings: own.map(|(finding, _)| finding.id.clone()).collect(),
                ..view(waiver)
            }
        })
        .collect();
    let records: Vec<WaiverRecord> = views
        .iter()
        .zip(of.iter().zip(&standings))
        .map(|(view, (waiver, standing))| WaiverRecord {
            state: standing.word(),
            findings: found(*standing),
            days_over: (judged.today - waiver.until).num_days(),
            ..record(view, judged.lang)
        })
        .collect();
    let frame = waivers(&records)?;
    let audited = audit(
        ("waivers", &frame),
        &judged.set.rules,
        judged.changes,
        judged.lang,
    )?;
    for (finding, index) in report.findings.iter_mut().zip(covered) {
        if let Some(index) = index {
            WAIVED.clone_into(&mut finding.status);
            finding.waiver = place(of, index, file);
        }
    }
    for audited in audited {
        report.add(finding(&audited, &views[audited.row], file));
    }
    report.waivers = views;
    Ok(())
}

fn view(waiver: &Waiver) -> WaiverView {
    WaiverView {
        rule: waiver.rule.clone(),
        region_code: waiver.region.clone(),
        item: waiver.item.clone().unwrap_or_default(),
        reason: waiver.reason.clone(),
        document: waiver.document.clone().unwrap_or_default(),
        agreed_by: waiver.agreed_by.clone().unwrap_or_default(),
        from: waiver.from.map(|day| day.to_string()).unwrap_or_default(),
        until: waiver.until.to_string(),
        ..WaiverView::default()
    }
}

fn record(view: &WaiverView, lang: Lang) -> WaiverRecord {
    let item = match view.item.as_str() {
        "" => lang.pick("所有事项", "all items"),
        item => item,
    };
    WaiverRecord {
        rule: view.rule.clone(),
        region: view.region.clone(),
        item: item.to_owned(),
        reason: view.reason.clone(),
        agreed_by: view.agreed_by.clone(),
        until: view.until.clone(),
        ..WaiverRecord::default()
    }
}

fn place(of: &Waivers, index: usize, file: &str) -> String {
    let place = of.place(index);
    let line = place.rsplit(':').next().unwrap_or("1");
    format!("{file}:{line}")
}

fn found(standing: Standing) -> Option<i64> {
    let findings = match standing {
        Standing::Waiving { findings } => Some(findings),
        Standing::Unneeded => Some(0),
        Standing::Expired { findings } => findings,
        Standing::Untold | Standing::Renewed | Standing::NotBegun => None,
    };
    findings.and_then(|count| i64::try_from(count).ok())
}

fn state(standing: Standing) -> &'static str {
    match standing {
        Standing::Waiving { .. } | Standing::Untold => "in-force",
        Standing::Unneeded => "unneeded",
        Standing::Expired { .. } | Standing::Renewed => "expired",
        Standing::NotBegun => "not-yet",
    }
}

/// The national code of what a finding is about, by its id, as far as the report's matrix tells.
fn national_codes(report: &Report) -> HashMap<String, String> {
    let mut codes = HashMap::new();
    for item in &report.national_items {
        for id in item.cells.iter().flat_map(|cell| &cell.findings) {
            codes.insert(id.clone(), item.code.clone());
        }
    }
    codes
}

fn region_name(report: &Report, standard: &Standard, code: &str) -> String {
    let read = report.regions.iter().find(|region| region.code == code);
    match (read, standard.regions.get(code)) {
        (Some(region), _) => region.name.clone(),
        (None, Some(region)) => region.name.clone(),
        (None, None) => code.to_owned(),
    }
}

/// The finding about a waiver. It is of no region: nobody is sent what is the office's to mend.
fn finding(audited: &Audited, waiver: &WaiverView, file: &str) -> FindingView {
    let identity = [
        &waiver.region_code,
        &waiver.rule,
        &waiver.item,
        &waiver.until,
    ]
    .map(String::as_str);
    FindingView {
        id: fingerprint(
            "",
            REGISTER,
            &identity.join("\u{1f}"),
            &audited.rule,
            &audited.field,
        ),
        rule: audited.rule.clone(),
        severity: audited.severity.word().to_owned(),
        status: "new".to_owned(),
        origin: REGISTER.to_owned(),
        certainty: "1.00".to_owned(),
        level: "list".to_owned(),
        name: waiver.item.clone(),
        field: audited.field.clone(),
        found: audited.found.clone(),
        expected: audited.expected.clone(),
        message: audited.message.clone(),
        basis: audited.basis.clone(),
        remedy: audited.remedy.clone(),
        file: file.to_owned(),
        line: waiver
            .place
            .rsplit(':')
            .next()
            .unwrap_or_default()
            .to_owned(),
        quote: waiver.reason.clone(),
        known: audited.known.clone(),
        ..FindingView::default()
    }
}
