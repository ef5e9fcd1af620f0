use std::collections::{BTreeMap, BTreeSet};

use super::Coverage;
use crate::report::view::{
    NotRead, RegionView, Report, RuleChangeView, RuleNotRun, RuleSetView, RuleView, Totals,
};

fn set(words: &[&str]) -> BTreeSet<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn coverage() -> Coverage {
    Coverage {
        regions: set(&["41", "410400"]),
        complete: true,
        rules: set(&["code-format", "limit-missing", "steps-missing"]),
        not_run: set(&["steps-missing"]),
        not_run_in: BTreeSet::from([("limit-missing".to_owned(), "410400".to_owned())]),
    }
}

#[test]
fn silence_tells_something_only_where_the_rule_was_asked() {
    let coverage = coverage();
    assert!(coverage.tells("code-format", "410400"));
    assert!(coverage.tells("limit-missing", "41"));
    assert!(!coverage.tells("limit-missing", "410400"));
    assert!(!coverage.tells("steps-missing", "41"));
    assert!(!coverage.tells("retired-rule", "41"));
    assert!(!coverage.tells("code-format", "410500"));
}

#[test]
fn a_rule_that_is_off_for_a_province_is_off_for_its_cities() {
    let off = BTreeSet::from([("code-format".to_owned(), "41".to_owned())]);
    let coverage = Coverage {
        not_run_in: off,
        ..coverage()
    };
    assert!(!coverage.tells("code-format", "41") && !coverage.tells("code-format", "410400"));
}

#[test]
fn a_province_is_told_with_its_cities_only_where_all_was_read() {
    let mut coverage = coverage();
    assert!(coverage.tells_within("code-format", "41"));
    assert!(!coverage.tells_within("limit-missing", "41"));
    assert!(!coverage.tells_within("code-format", "42"));
    coverage.complete = false;
    assert!(!coverage.tells_within("code-format", "41"));
    assert!(coverage.tells("code-format", "41"));
}

fn region(code: &str, file: &str) -> RegionView {
    RegionView {
        code: code.to_owned(),
        name: String::new(),
        publisher: String::new(),
        short_name: String::new(),
        list: String::new(),
        file: file.to_owned(),
        edition: "2023".to_owned(),
        edition_reason: String::new(),
        expected_items: 28,
        matched_items: 28,
        read_items: 28,
        read_business: 0,
        uncertain_values: 0,
        values: 0,
        totals: Totals::default(),
    }
}

fn off(rule: &str, regions: &[&str], off: bool) -> RuleChangeView {
    RuleChangeView {
        rule: rule.to_owned(),
        off,
        severity: None,
        parameters: BTreeMap::new(),
        regions: regions.iter().map(|code| (*code).to_owned()).collect(),
        items: Vec::new(),
        reason: String::new(),
        place: String::new(),
        findings: 0,
    }
}

fn report() -> Report {
    let rule = |id: &str| RuleView {
        id: id.to_owned(),
        ..RuleView::default()
    };
    let gap = |rule: &str, file: &str| RuleNotRun {
        rule: rule.to_owned(),
        file: file.to_owned(),
        reason: String::new(),
    };
    let ids = ["a", "b", "c", "d", "e"];
    Report {
        schema_version: 1,
        program_version: String::new(),
        run_id: String::new(),
        now: String::new(),
        as_of: None,
        lang: "zh".to_owned(),
        rule_set: RuleSetView {
            digest: String::new(),
            count: ids.len(),
            changes: vec![
                off("c", &["41"], true),
                off("d", &[], true),
                off("a", &[], false),
            ],
            ..RuleSetView::default()
        },
        inputs: Vec::new(),
        totals: Totals::default(),
        not_read: Vec::new(),
        not_lists: Vec::new(),
        versions: Vec::new(),
        rules_not_run: vec![gap("b", "lists/15.txt"), gap("e", "全部清单")],
        regions: vec![
            region("15", "lists/15.txt"),
            region("410400", "lists/410400.txt"),
        ],
        national_items: Vec::new(),
        previous: None,
        rules: ids.into_iter().map(rule).collect(),
        findings: Vec::new(),
        ..Report::default()
    }
}

#[test]
fn a_report_says_what_its_run_looked_at() {
    let coverage = Coverage::of(&report());
    let asked = |region: &str| {
        let rules = ["a", "b", "c", "d", "e", "f"];
        let asked = rules
            .into_iter()
            .filter(|rule| coverage.tells(rule, region));
        asked.collect::<String>()
    };
    // `b` was not asked of one list, `c` is off in a province, `d` everywhere, `e` did not run, and
    // there is no `f`; a changed number turns nothing off.
    assert_eq!(asked("15"), "ac");
    assert_eq!(asked("410400"), "ab");
    assert_eq!(asked("64"), "");
    assert!(coverage.complete);
}

#[test]
fn a_document_that_was_not_read_leaves_a_run_incomplete() {
    let mut report = report();
    report.not_read.push(NotRead {
        place: String::new(),
        path: "lists/64.pdf".to_owned(),
        line: None,
        reason: String::new(),
        remedy: String::new(),
    });
    assert!(!Coverage::of(&report).complete);
}
