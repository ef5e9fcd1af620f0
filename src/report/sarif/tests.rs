//! What the bundled lists do not show: states against an earlier run, and fixes that are none.

use super::*;
use crate::config::LettersConfig;
use crate::report::FailOn;
use crate::report::view::{InputView, RuleSetView, Totals};

const FILE: &str = "64/list.txt";

fn report(findings: Vec<FindingView>) -> Report {
    Report {
        schema_version: 1,
        program_version: "0.1.0".to_owned(),
        run_id: "20261122T083000p0800".to_owned(),
        now: "2026-11-22T08:30:00+08:00".to_owned(),
        as_of: None,
        lang: "zh".to_owned(),
        rule_set: RuleSetView {
            digest: "0".repeat(64),
            count: 1,
            changes: Vec::new(),
            ..RuleSetView::default()
        },
        inputs: vec![InputView {
            path: FILE.to_owned(),
            sha256: "0".repeat(64),
            bytes: 1,
        }],
        totals: Totals::default(),
        not_read: Vec::new(),
        not_lists: Vec::new(),
        versions: Vec::new(),
        rules_not_run: Vec::new(),
        regions: Vec::new(),
        national_items: Vec::new(),
        previous: None,
        repositories: Vec::new(),
        gone: Vec::new(),
        trend: Vec::new(),
        waivers: Vec::new(),
        rules: vec![RuleView {
            id: "code-format".to_owned(),
            severity: "error".to_owned(),
            replaces: true,
            ..RuleView::default()
        }],
        findings,
    }
}

fn finding(status: &str, origin: &str, line: &str) -> FindingView {
    FindingView {
        id: "0123456789abcdef".to_owned(),
        rule: "code-format".to_owned(),
        severity: "error".to_owned(),
        status: status.to_owned(),
        origin: origin.to_owned(),
        found: "00203".to_owned(),
        expected: "002036".to_owned(),
        file: FILE.to_owned(),
        line: line.to_owned(),
        ..FindingView::default()
    }
}

/// The results of a log, as JSON, on a list whose first line has the code once and whose second
/// has it twice.
fn results(findings: Vec<FindingView>) -> Vec<serde_json::Value> {
    let texts = BTreeMap::from([(FILE.to_owned(), "项\t00203\n00203\t00203\n".to_owned())]);
    let report = report(findings);
    let letters = LettersConfig::default();
    let content = Content {
        report: &report,
        items: &[],
        letters: &letters,
        pages: false,
        texts: &texts,
        base: "lists/",
        fail_on: FailOn::Error,
        anew: false,
        handbook: None,
    };
    let log = serde_json::to_value(log(&content)).expect("a log");
    log["runs"][0]["results"]
        .as_array()
        .expect("results")
        .clone()
}

#[test]
fn states_are_those_of_the_standard() {
    let all = ["new", "open", "reopened", "waived"];
    let results = results(all.map(|status| finding(status, "document", "1")).to_vec());
    let states: Vec<_> = results.iter().map(|one| &one["baselineState"]).collect();
    assert_eq!(states, ["new", "unchanged", "new", "unchanged"]);
    let suppressed: Vec<_> = results
        .iter()
        .map(|one| one["suppressions"].is_array())
        .collect();
    assert_eq!(suppressed, [false, false, false, true]);
    assert_eq!(results[3]["suppressions"][0]["status"], "accepted");
}

#[test]
fn a_fix_needs_one_place_and_a_fault_of_the_list() {
    let results = results(vec![
        finding("new", "document", "1"),
        finding("new", "document", "2"),
        finding("new", "reading", "1"),
        finding("new", "document", ""),
        finding("new", "document", "9"),
    ]);
    let fixed: Vec<_> = results.iter().map(|one| one["fixes"].is_array()).collect();
    assert_eq!(fixed, [true, false, false, false, false]);
    let change = &results[0]["fixes"][0]["artifactChanges"][0];
    assert_eq!(change["artifactLocation"]["uri"], "lists/64/list.txt");
    let region = &change["replacements"][0]["deletedRegion"];
    assert_eq!(
        (&region["startColumn"], &region["endColumn"]),
        (&3.into(), &8.into())
    );
}
