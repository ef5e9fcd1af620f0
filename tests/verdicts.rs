//! No error or warning on the bundled lists goes unread: each has the verdict of two readers, who
//! looked at it beside its list.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use heyan::run::{Job, clock, run};

#[test]
fn every_error_and_warning_was_read_by_two() {
    let now = clock("2026-11-22T08:30:00+08:00").expect("a moment");
    let job = Job::over(vec![PathBuf::from("seeds")], now);
    let report = run(&job, &mut |_, _, _| true).expect("a run").report;
    let found: BTreeMap<&str, (&str, &str)> = report
        .findings
        .iter()
        .filter(|finding| finding.severity != "info")
        .map(|finding| {
            (
                finding.id.as_str(),
                (finding.rule.as_str(), finding.severity.as_str()),
            )
        })
        .collect();
    let mut reader = csv::Reader::from_path("tests/verdicts.csv").expect("the verdicts");
    let verdicts: Vec<BTreeMap<String, String>> = reader
        .deserialize()
        .map(|row| row.expect("a row"))
        .collect();
    for verdict in &verdicts {
        let known = found.get(verdict["id"].as_str());
        let read = (verdict["rule"].as_str(), verdict["severity"].as_str());
        assert_eq!(
            known,
            Some(&read),
            "a verdict on what is not found: {verdict:?}"
        );
        for reader in ["first", "second"] {
            let word = verdict[reader].as_str();
            assert!(["defended", "disputed"].contains(&word), "{verdict:?}");
        }
    }
    let read: BTreeSet<&str> = verdicts
        .iter()
        .map(|verdict| verdict["id"].as_str())
        .collect();
    let unread: Vec<_> = found.iter().filter(|(id, _)| !read.contains(*id)).collect();
    assert!(
        unread.is_empty(),
        "read these beside their lists first: {unread:#?}"
    );
}
