//! Days to answer by, and what was said before.

use std::num::NonZeroU8;

use super::*;
use crate::lang::Lang;
use crate::report::letters::term::{course, deadline};
use crate::report::view::{PreviousRegion, PreviousView, Severities};

fn said(id: &str, due: &str, overdue: bool) -> FindingView {
    FindingView {
        status: if due.is_empty() { "new" } else { "open" }.into(),
        since: "2026-10-01".into(),
        due: due.into(),
        overdue,
        ..finding(id, "document", "error")
    }
}

fn term(findings: Vec<FindingView>, lang: Lang) -> String {
    let report = report(findings);
    let days = NonZeroU8::new(15).expect("not zero");
    deadline(&Charge::of(&report, "66"), days, lang)
}

#[test]
fn what_is_new_is_counted_from_receipt_and_what_was_told_keeps_its_day() {
    let all = || {
        vec![
            said("1", "", false),
            said("2", "2026-12-01", false),
            said("3", "2026-12-01", false),
            said("4", "2026-11-10", true),
            said("5", "unknown", false),
        ]
    };
    assert_eq!(
        term(all(), Lang::Zh),
        "自收到之日起15个工作日内（其中第4项期限为2026年11月10日，已经逾期，请立即答复；\
         第2、3项于2026年12月1日前；第5项按此前通知的期限）"
    );
    assert_eq!(
        term(all(), Lang::En),
        "within 15 working days of receipt (no. 4 at once: due by 10 November 2026 and overdue; \
         no. 2, 3 by 1 December 2026; no. 5 by the day told before)"
    );
}

#[test]
fn one_day_for_all_is_said_alone() {
    let one = |due, overdue| vec![said("1", due, overdue), said("2", due, overdue)];
    assert_eq!(
        term(one("2026-12-01", false), Lang::Zh),
        "于2026年12月1日前"
    );
    assert_eq!(
        term(one("2026-11-10", true), Lang::Zh),
        "立即（期限为2026年11月10日，已经逾期）"
    );
    assert_eq!(
        term(one("unknown", false), Lang::En),
        "by the day told before"
    );
    assert_eq!(term(one("", false), Lang::Zh), "自收到之日起15个工作日内");
    let two = vec![
        said("1", "2026-12-01", false),
        said("2", "2026-12-02", false),
    ];
    assert_eq!(
        term(two, Lang::Zh),
        "按期（第1项于2026年12月1日前；第2项于2026年12月2日前）"
    );
}

#[test]
fn many_numbers_are_counted_and_not_listed() {
    let mut all: Vec<FindingView> = (0..9)
        .map(|n| said(&n.to_string(), "2026-12-01", false))
        .collect();
    all.push(said("x", "", false));
    assert!(term(all, Lang::Zh).contains("其中9项（逐项见附件1）于2026年12月1日前"));
}

#[test]
fn a_fault_said_before_says_since_when() {
    assert_eq!(course(&said("1", "", false), Lang::Zh), "");
    assert_eq!(
        course(&said("1", "2026-11-10", true), Lang::Zh),
        "2026年10月1日首次发现；此前已提出，仍未改正；应于2026年11月10日前答复，已经逾期"
    );
    let back = FindingView {
        status: "reopened".into(),
        ..said("1", "unknown", false)
    };
    assert_eq!(
        course(&back, Lang::En),
        "was gone and is back since 1 October 2026"
    );
}

#[test]
fn only_what_was_mended_is_thanked_for() {
    let mut report = report(vec![said("1", "2026-11-10", true)]);
    let plain = document(&written(&report, &LettersConfig::default()).expect("written"));
    assert!(!plain.contains("谨此致谢"));
    let region = |code: &str, settled| PreviousRegion {
        code: code.into(),
        document: Severities::default(),
        reading: 0,
        settled,
        withdrawn: 70,
        unknown: 900,
    };
    report.previous = Some(PreviousView {
        run_id: "r0".into(),
        now: NOW.into(),
        regions: vec![region("64", 5), region("66", 3)],
        changed: Vec::new(),
    });
    let text = document(&written(&report, &LettersConfig::default()).expect("written"));
    assert!(text.contains("你单位已整改3项"), "{text}");
    assert!(text.contains("请立即（期限为2026年11月10日，已经逾期）完成整改"));
    assert!(text.contains("（2026年10月1日首次发现；此前已提出"));
    if let Some(previous) = &mut report.previous {
        previous.regions[1].settled = 0;
    }
    let text = document(&written(&report, &LettersConfig::default()).expect("written"));
    assert!(
        !text.contains("致谢"),
        "what was taken back or is unknown is nobody's merit"
    );
}
