use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::{Baseline, BaselineError, file};
use crate::coverage::Coverage;
use crate::lang::Lang;
use crate::report::FailOn;
use crate::report::view::{self, FindingView};

fn finding(id: &str, rule: &str, region: &str) -> FindingView {
    FindingView {
        id: id.to_owned(),
        rule: rule.to_owned(),
        severity: "error".to_owned(),
        status: "new".to_owned(),
        region_code: region.to_owned(),
        region: format!("地区{region}"),
        name: "单位参保登记".to_owned(),
        field: "code".to_owned(),
        message: "编码“1\"2”有误\\。".to_owned(),
        line: "7".to_owned(),
        row: "3".to_owned(),
        ..FindingView::default()
    }
}

fn findings() -> Vec<FindingView> {
    vec![
        finding("b2", "limit-missing", "41"),
        finding("a1", "limit-missing", "41"),
        finding("c3", "code-format", "41"),
        finding("d4", "code-format", "15"),
    ]
}

fn coverage(regions: &[&str]) -> Coverage {
    let set = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    Coverage {
        regions: set(regions),
        complete: true,
        rules: set(&["code-format", "limit-missing"]),
        not_run: BTreeSet::new(),
        not_run_in: BTreeSet::new(),
    }
}

fn text(findings: &[FindingView]) -> String {
    let bytes = Baseline::of(findings).to_bytes().expect("bytes");
    String::from_utf8(bytes).expect("UTF-8")
}

fn read(text: &str) -> Result<Baseline, BaselineError> {
    file::read(Path::new("baseline.json"), text)
}

/// A `report.json` with these findings, indented as reports are.
fn report(findings: &[FindingView]) -> String {
    let whole = serde_json::json!({
        "schema_version": view::SCHEMA_VERSION,
        "program_version": "0.1.0",
        "run_id": "x",
        "findings": findings,
    });
    format!("{whole:#}\n")
}

#[test]
fn a_finding_is_a_line_in_the_order_of_region_rule_and_id() {
    let written = text(&findings());
    let lines: Vec<&str> = written.lines().collect();
    assert_eq!(lines.len(), 4 + 4 + 2);
    let ids: Vec<&str> = lines[4..8].iter().map(|line| &line[11..13]).collect();
    assert_eq!(ids, ["d4", "c3", "a1", "b2"]);
    assert!(lines[4].contains("\"region_code\":\"15\""), "{}", lines[4]);
    let version = format!("  \"heyan\": \"{}\",", env!("CARGO_PKG_VERSION"));
    assert_eq!(
        lines[..4],
        [
            "{",
            "  \"schema_version\": 1,",
            &version,
            "  \"findings\": ["
        ]
    );
}

#[test]
fn one_finding_more_is_one_line_more() {
    let (before, mut more) = (text(&findings()), findings());
    more.push(finding("b9", "code-format", "41"));
    let after = text(&more);
    let old: Vec<&str> = before.lines().collect();
    let added: Vec<&str> = after.lines().filter(|line| !old.contains(line)).collect();
    assert_eq!(added.len(), 1);
    assert!(added[0].contains("b9"), "{added:?}");
    assert_eq!(after.lines().count(), old.len() + 1);
}

#[test]
fn the_same_findings_are_the_same_bytes_wherever_they_stand() {
    let mut moved = findings();
    moved.reverse();
    for (index, finding) in moved.iter_mut().enumerate() {
        finding.line = (1000 + index).to_string();
        finding.row = (200 + index).to_string();
        finding.page = "9".to_owned();
        finding.column = "5".to_owned();
        finding.status = "open".to_owned();
    }
    assert_eq!(text(&moved), text(&findings()));
    let baseline = read(&text(&findings())).expect("a baseline");
    let compared = baseline.compare(&moved, &coverage(&["41", "15"]));
    assert_eq!((compared.known.len(), compared.new.len()), (4, 0));
    assert!(compared.fixed.is_empty() && compared.untold.is_empty());
}

#[test]
fn what_is_written_is_read_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("baseline.json");
    for findings in [findings(), Vec::new()] {
        let baseline = Baseline::of(&findings);
        fs::write(&path, baseline.to_bytes().expect("bytes")).expect("written");
        assert_eq!(Baseline::load(&path).expect("loaded"), baseline);
    }
    let marked = format!("\u{feff}{}", text(&findings()));
    assert_eq!(read(&marked).expect("loaded"), Baseline::of(&findings()));
}

#[test]
fn a_report_is_a_baseline_too() {
    assert_eq!(
        read(&report(&findings())).expect("loaded"),
        Baseline::of(&findings())
    );
}

#[test]
fn what_is_waived_does_not_become_known() {
    let mut findings = findings();
    findings[0].status = "waived".to_owned();
    for baseline in [
        Baseline::of(&findings),
        read(&report(&findings)).expect("loaded"),
    ] {
        assert!(!baseline.knows("b2") && baseline.knows("a1"));
        assert_eq!(baseline.findings.len(), 3);
    }
}

#[test]
fn what_is_neither_is_named_with_its_line() {
    let good = text(&findings());
    let cases = [
        (
            "\"schema_version\": 1",
            "\"schema_version\": 2",
            2,
            "schema_version 是 2",
        ),
        ("  \"schema_version\": 1,\n", "", 1, "schema_version"),
        ("\"heyan\"", "\"hejan\"", 1, "report.json"),
        ("\"id\":\"c3\"", "\"id\":\"\"", 6, "id"),
        ("\"id\":\"c3\"", "\"line\":3", 6, "line"),
        ("\"id\":\"c3\",", "", 6, "id"),
        ("{\"id\":\"a1\"", "<<<<<<< ours\n{\"id\":\"a1\"", 7, ""),
        ("\"findings\": [", "\"findings\": 3, \"x\": [", 4, ""),
    ];
    for (is, becomes, line, word) in cases {
        let broken = good.replacen(is, becomes, 1);
        assert_ne!(broken, good, "{is}");
        let words = read(&broken).expect_err("refused").to_string();
        assert!(
            words.starts_with(&format!("baseline.json:{line}: ")),
            "{becomes}: {words}"
        );
        assert!(words.contains(word), "{words}");
    }
    let broken = report(&findings()).replace("\"id\": \"c3\"", "\"id\": 3");
    let line = broken
        .lines()
        .position(|line| line.contains("\"id\": 3"))
        .expect("there")
        + 1;
    let words = read(&broken).expect_err("refused").to_string();
    assert!(
        words.starts_with(&format!("baseline.json:{line}: ")),
        "{words}"
    );
    assert!(read("[]").is_err() && read("").is_err());
    let path = PathBuf::from("nowhere.json");
    let words = Baseline::load(&path).expect_err("absent").to_string();
    assert!(words.contains("nowhere.json"), "{words}");
}

#[test]
fn entries_that_are_gone_are_fixed_or_cannot_be_told() {
    let baseline = Baseline::of(&findings());
    let now = [
        finding("e5", "code-format", "41"),
        finding("a1", "limit-missing", "41"),
    ];
    let mut coverage = coverage(&["41"]);
    let ids = |entries: &[&super::Entry]| {
        let ids = entries.iter().map(|entry| entry.id.clone());
        ids.collect::<Vec<_>>()
    };
    let compared = baseline.compare(&now, &coverage);
    assert_eq!(
        (compared.known.as_slice(), compared.new.as_slice()),
        (&[1][..], &[0][..])
    );
    // The list of 15 was not read this time.
    assert_eq!(ids(&compared.fixed), ["c3", "b2"]);
    assert_eq!(ids(&compared.untold), ["d4"]);
    coverage
        .not_run_in
        .insert(("limit-missing".to_owned(), "41".to_owned()));
    let compared = baseline.compare(&now, &coverage);
    assert_eq!(ids(&compared.fixed), ["c3"]);
    assert_eq!(ids(&compared.untold), ["d4", "b2"]);
    coverage.rules.remove("code-format");
    assert!(baseline.compare(&now, &coverage).fixed.is_empty());
}

#[test]
fn entries_that_are_no_longer_needed_are_told() {
    let baseline = Baseline::of(&findings());
    let compared = baseline.compare(&[], &coverage(&["41"]));
    for (lang, fixed, untold) in [
        (Lang::Zh, "3个问题已不存在", "1个问题本次不能判断"),
        (Lang::En, "3 findings", "1 findings"),
    ] {
        let lines = compared.words(lang);
        assert_eq!(lines.len(), 5);
        assert!(
            lines[0].contains(fixed) && lines[4].contains(untold),
            "{lines:?}"
        );
        assert!(lines[1].contains("c3 code-format 地区41"), "{lines:?}");
    }
    let same = baseline.compare(&findings(), &coverage(&["41", "15"]));
    assert!(same.words(Lang::Zh).is_empty());
}

#[test]
fn beside_a_baseline_only_what_is_new_fails() {
    let mut now = findings();
    let baseline = Baseline::of(&now);
    now.push(finding("e5", "code-format", "41"));
    now[1].status = "waived".to_owned();
    now[2].status = "reopened".to_owned();
    baseline.apply(&mut now);
    let statuses: Vec<&str> = now.iter().map(|finding| finding.status.as_str()).collect();
    assert_eq!(statuses, ["open", "waived", "open", "open", "new"]);
    let failing = |bar: FailOn| now.iter().filter(|finding| bar.fails_anew(finding)).count();
    assert_eq!(failing(FailOn::Error), 1);
    assert_eq!(failing(FailOn::Never), 0);
    now[4].severity = "warning".to_owned();
    let failing = |bar: FailOn| now.iter().filter(|finding| bar.fails_anew(finding)).count();
    assert_eq!((failing(FailOn::Error), failing(FailOn::Warning)), (0, 1));
}
