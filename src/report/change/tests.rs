//! What is counted, and that every output says it; without a run before none does.

use super::*;
use std::collections::BTreeMap;

use crate::config::LettersConfig;
use crate::report::view::{GoneView, InputView, PreviousRegion, RegionView};
use crate::report::words::words;
use crate::report::{Content, FailOn, Format, github, terminal};

fn report() -> Report {
    let finding = |status: &str, origin: &str, overdue| FindingView {
        region_code: "64".to_owned(),
        status: status.to_owned(),
        origin: origin.to_owned(),
        overdue,
        ..FindingView::default()
    };
    Report {
        findings: vec![
            finding("new", "document", false),
            finding("open", "document", true),
            finding("waived", "document", true),
            finding("new", "reading", true),
        ],
        previous: Some(PreviousView {
            run_id: "r1".to_owned(),
            now: "2026-11-21T08:30:00+08:00".to_owned(),
            regions: vec![PreviousRegion {
                code: "64".to_owned(),
                document: Default::default(),
                reading: 0,
                settled: 4,
                withdrawn: 5,
                unknown: 6,
            }],
            changed: Vec::new(),
        }),
        ..Report::default()
    }
}

#[test]
fn our_reading_and_what_is_waived_are_never_overdue() {
    let report = report();
    let change = Change::of(&report, |_| true).expect("a run before");
    let counts = change.counts(words("zh")).map(|(_, count)| count);
    assert_eq!(counts, [1, 0, 1, 1, 4, 5, 6, 1]);
    let line = change.line(words("en"));
    assert!(
        line.starts_with("Since run r1: new 1, reopened 0"),
        "{line}"
    );
    let other = Change::of(&report, |code| code == "32").expect("a run before");
    assert!(
        other
            .counts(words("zh"))
            .iter()
            .all(|(_, count)| *count == 0)
    );
}

#[test]
fn a_finding_without_a_history_has_no_course() {
    let mut report = report();
    report.previous = None;
    let w = words("zh");
    assert_eq!(course(&report, &report.findings[0], w), "");
    let late = FindingView {
        status: "open".to_owned(),
        since: "2026-10-01".to_owned(),
        due: "2026-11-10".to_owned(),
        overdue: true,
        ..FindingView::default()
    };
    assert_eq!(
        course(&report, &late, w),
        "仍未改正；首次发现：2026-10-01；应于 2026-11-10 前答复；逾期"
    );
    let unknown = FindingView {
        due: "unknown".to_owned(),
        overdue: false,
        ..late
    };
    assert!(course(&report, &unknown, w).ends_with(w.past.due_unknown));
}

#[test]
fn the_grounds_of_a_waiver_name_no_empty_part() {
    let waiver = WaiverView {
        reason: "已报备。".to_owned(),
        until: "2026-12-31".to_owned(),
        place: "waivers.toml:3".to_owned(),
        ..WaiverView::default()
    };
    assert_eq!(
        grounds(&waiver, words("zh")),
        "已报备；至 2026-12-31；waivers.toml:3"
    );
}

/// A list with a late fault, a waived one and one that is gone.
fn told() -> Report {
    let finding = |id: &str, status: &str| FindingView {
        id: id.to_owned(),
        rule: "code-format".to_owned(),
        severity: "error".to_owned(),
        status: status.to_owned(),
        origin: "document".to_owned(),
        region_code: "64".to_owned(),
        level: "item".to_owned(),
        message: "编码有误。".to_owned(),
        remedy: "改正。".to_owned(),
        file: "64/list.txt".to_owned(),
        line: "3".to_owned(),
        ..FindingView::default()
    };
    let mut late = finding("aa01", "open");
    late.since = "2026-10-01".to_owned();
    late.due = "2026-11-10".to_owned();
    late.overdue = true;
    let mut left = finding("bb02", "waived");
    left.waiver = "waivers.toml:3".to_owned();
    let gone = GoneView {
        id: "cc03".to_owned(),
        rule: "code-format".to_owned(),
        severity: "error".to_owned(),
        origin: "document".to_owned(),
        message: "旧|问题".to_owned(),
        state: "withdrawn".to_owned(),
        cause: "rules".to_owned(),
        ..GoneView::default()
    };
    Report {
        now: "2026-11-22T08:30:00+08:00".to_owned(),
        inputs: vec![InputView {
            path: "64/list.txt".to_owned(),
            sha256: String::new(),
            bytes: 1,
        }],
        regions: vec![RegionView {
            code: "64".to_owned(),
            name: "宁夏回族自治区".to_owned(),
            publisher: String::new(),
            short_name: "宁夏".to_owned(),
            list: "清单".to_owned(),
            file: "64/list.txt".to_owned(),
            edition: "2023".to_owned(),
            edition_reason: String::new(),
            expected_items: 1,
            matched_items: 1,
            read_items: 1,
            read_business: 0,
            uncertain_values: 0,
            values: 6,
            totals: Default::default(),
        }],
        findings: vec![late, left],
        gone: vec![gone],
        waivers: vec![WaiverView {
            reason: "系统升级期间，已报备".to_owned(),
            until: "2026-12-31".to_owned(),
            place: "waivers.toml:3".to_owned(),
            state: "in-force".to_owned(),
            ..WaiverView::default()
        }],
        previous: report().previous.map(|previous| PreviousView {
            changed: vec!["rules".to_owned()],
            ..previous
        }),
        ..Report::default()
    }
}

/// The files of a format, one after the other; the lines of the terminal for `text`, those of the
/// annotations for `github`.
fn written(report: &Report, format: Format) -> String {
    let content = Content {
        report,
        items: &[],
        letters: &LettersConfig::default(),
        pages: false,
        texts: &BTreeMap::new(),
        base: "",
        fail_on: FailOn::Error,
        anew: false,
        handbook: None,
    };
    match format {
        Format::Github => github::annotations(&content),
        Format::Text => terminal::summary(report),
        format => {
            let files = format.files(&content).expect("written");
            let text = files
                .into_iter()
                .map(|(_, bytes)| bytes)
                .collect::<Vec<_>>();
            String::from_utf8(text.concat()).expect("text")
        }
    }
}

const LATE: &str = "仍未改正；首次发现：2026-10-01；应于 2026-11-10 前答复；逾期";
const GROUNDS: &str = "系统升级期间，已报备；至 2026-12-31；waivers.toml:3";

#[test]
fn every_output_tells_of_a_late_fault_and_of_a_waiver() {
    let report = told();
    let says = |format, what: &str| {
        let text = written(&report, format);
        assert!(text.contains(what), "{format:?} lacks {what}: {text}");
    };
    for format in [
        Format::Github,
        Format::Gitlab,
        Format::Junit,
        Format::Markdown,
    ] {
        says(format, LATE);
    }
    says(
        Format::Junit,
        &format!("<skipped message=\"{GROUNDS}\" type=\"waived\""),
    );
    says(Format::Sarif, &format!("\"justification\": \"{GROUNDS}\""));
    says(Format::Markdown, "已撤销 5、本次无法判断 6");
    says(Format::Markdown, "- 规则有增改");
    says(Format::Markdown, "旧\\|问题 | 规则有改动 |");
    says(Format::Text, "与上次核验（r1）相比：新出现 0");
    says(Format::Sarif, "\"previousRun\": \"r1\"");
    // What is waived asks nothing of those who read only what is to be done.
    for format in [Format::Github, Format::Gitlab] {
        assert!(!written(&report, format).contains("bb02"));
    }
}

#[test]
fn what_is_gone_is_no_result_of_a_scan() {
    let sarif = written(&told(), Format::Sarif);
    assert!(!sarif.contains("cc03") && !sarif.contains("absent"));
    assert!(sarif.contains("\"withdrawn\": 5"));
}

#[test]
fn without_a_run_before_no_output_speaks_of_one() {
    let mut report = told();
    report.previous = None;
    report.gone.clear();
    report.waivers.clear();
    for finding in &mut report.findings {
        *finding = FindingView {
            status: "new".to_owned(),
            since: String::new(),
            due: String::new(),
            overdue: false,
            waiver: String::new(),
            ..finding.clone()
        };
    }
    let past = words("zh").past;
    for format in [
        Format::Github,
        Format::Gitlab,
        Format::Junit,
        Format::Markdown,
        Format::Sarif,
        Format::Text,
    ] {
        let text = written(&report, format);
        for word in [
            past.new,
            past.open,
            past.first_seen,
            past.settled,
            "previousRun",
        ] {
            assert!(!text.contains(word), "{format:?} says {word}: {text}");
        }
    }
}
