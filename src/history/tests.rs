use std::collections::BTreeMap;

use super::*;
use crate::lang::Lang;
use crate::report::view::{
    FindingView, InputView, NotRead, RegionView, Report, RuleChangeView, RuleNotRun, RuleView,
    Totals,
};

/// A region's list: its code and what makes the hash of its document.
fn list(code: &str) -> RegionView {
    RegionView {
        code: code.to_owned(),
        name: format!("地区{code}"),
        publisher: String::new(),
        short_name: String::new(),
        list: "清单".to_owned(),
        file: format!("{code}/list.txt"),
        edition: "2023".to_owned(),
        edition_reason: String::new(),
        expected_items: 28,
        matched_items: 28,
        read_items: 28,
        read_business: 0,
        uncertain_values: 0,
        values: 168,
        totals: Totals::default(),
    }
}

/// A night: the lists by code and hash, and the findings as `code/item/rule`.
fn night(day: u32, lists: &[(&str, &str)], findings: &[&str]) -> Report {
    let finding = |text: &&str| {
        let parts: Vec<&str> = text.split('/').collect();
        FindingView {
            id: (*text).to_owned(),
            rule: parts[2].to_owned(),
            severity: "error".to_owned(),
            status: "new".to_owned(),
            origin: match parts[2] {
                "limit-unreadable" => "reading".to_owned(),
                _ => "document".to_owned(),
            },
            region_code: parts[0].to_owned(),
            region: format!("地区{}", parts[0]),
            level: "item".to_owned(),
            name: parts[1].to_owned(),
            field: "time_limit".to_owned(),
            file: format!("{}/list.txt", parts[0]),
            ..FindingView::default()
        }
    };
    let mut report = Report {
        schema_version: 1,
        run_id: format!("night-{day:02}"),
        now: format!("2026-11-{day:02}T03:00:00+08:00"),
        regions: lists.iter().map(|(code, _)| list(code)).collect(),
        inputs: lists
            .iter()
            .map(|(code, sha256)| InputView {
                path: format!("{code}/list.txt"),
                sha256: (*sha256).to_owned(),
                bytes: 1,
            })
            .collect(),
        rules: ["limit-over-ceiling", "limit-missing", "limit-unreadable"]
            .map(|id| RuleView {
                id: id.to_owned(),
                digest: "1".to_owned(),
                ..RuleView::default()
            })
            .to_vec(),
        findings: findings.iter().map(finding).collect(),
        ..Report::default()
    };
    report.rule_set.reading = "r1".to_owned();
    report
}

/// A record in memory of a folder, and what is asked of it night by night.
struct Office {
    _folder: tempfile::TempDir,
    store: Store,
}

impl Office {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path()).expect("a record");
        Self {
            _folder: folder,
            store,
        }
    }

    /// Compares a night with those before and records it.
    fn night(&mut self, report: &Report) -> Comparison {
        let now = Snapshot::of(report);
        let standing = self.store.standing("", &now.run).expect("read");
        let n = standing.number();
        let comparison = compare(&self.store.past("", n).expect("read"), &now);
        if !matches!(standing, Standing::Late(_)) {
            let change = self.store.connection().transaction().expect("begun");
            record(&change, "", n, &now, &comparison).expect("recorded");
            change.commit().expect("committed");
        }
        comparison
    }
}

const FAULT: &str = "64/甲/limit-over-ceiling";

fn status(of: &Comparison) -> (&str, &str) {
    let known = &of.known[FAULT];
    (known.status, &known.cause)
}

fn gone(of: &Comparison) -> Vec<(&str, &str)> {
    of.gone
        .iter()
        .map(|gone| (gone.state, gone.cause.as_str()))
        .collect()
}

#[test]
fn a_fault_is_new_then_open_then_settled_then_reopened() {
    let mut office = Office::new();
    let first = office.night(&night(1, &[("64", "a")], &[FAULT]));
    assert_eq!(status(&first), ("new", "first"));
    let second = office.night(&night(2, &[("64", "a")], &[FAULT]));
    assert_eq!(status(&second), ("open", ""));
    assert_eq!(second.known[FAULT].since, "2026-11-01");
    let third = office.night(&night(3, &[("64", "b")], &[]));
    assert_eq!(gone(&third), [("settled", "list")]);
    // What is gone is told of once.
    assert_eq!(gone(&office.night(&night(4, &[("64", "b")], &[]))), []);
    let fifth = office.night(&night(5, &[("64", "c")], &[FAULT]));
    assert_eq!(status(&fifth), ("reopened", "list"));
    assert_eq!(fifth.known[FAULT].since, "2026-11-05");
    let sixth = office.night(&night(6, &[("64", "c")], &[FAULT]));
    assert_eq!(status(&sixth), ("open", ""));
    assert_eq!(sixth.known[FAULT].since, "2026-11-05");
}

#[test]
fn what_cannot_be_seen_is_not_mended() {
    let mut office = Office::new();
    office.night(&night(1, &[("64", "a"), ("32", "x")], &[FAULT]));
    let mut unread = night(2, &[("32", "x")], &[]);
    unread.not_read.push(NotRead {
        path: "64/list.txt".to_owned(),
        line: None,
        reason: "没有找到表头".to_owned(),
        remedy: String::new(),
        place: String::new(),
    });
    let second = office.night(&unread);
    assert_eq!(gone(&second), [("unknown", "")]);
    let words = second.gone[0].blind.as_ref().expect("a reason");
    assert!(words.words(Lang::Zh).contains("没有找到表头"));
    // The document is not among the inputs at all.
    let third = office.night(&night(3, &[("32", "x")], &[]));
    assert_eq!(third.gone[0].blind, Some(blind::Blind::Absent));
    // The rule was not asked of the list.
    let mut unasked = night(4, &[("64", "b"), ("32", "x")], &[]);
    unasked.rules_not_run.push(RuleNotRun {
        rule: "limit-over-ceiling".to_owned(),
        file: "64/list.txt".to_owned(),
        reason: "没有时限栏".to_owned(),
    });
    assert_eq!(gone(&office.night(&unasked)), [("unknown", "")]);
    // Its value could not be read.
    let doubt = night(5, &[("64", "b"), ("32", "x")], &["64/甲/limit-unreadable"]);
    assert_eq!(gone(&office.night(&doubt)), [("unknown", "")]);
    // Seen again, it was there all the time.
    let sixth = office.night(&night(6, &[("64", "b"), ("32", "x")], &[FAULT]));
    assert_eq!(status(&sixth), ("open", ""));
    assert_eq!(sixth.known[FAULT].since, "2026-11-01");
}

#[test]
fn a_list_that_is_not_read_any_more_is_missed_for_a_while() {
    let mut office = Office::new();
    office.night(&night(1, &[("64", "a"), ("32", "x")], &[]));
    let missed = |office: &Office, n, report: &Report| {
        let past = office.store.past("", n).expect("read");
        missing(&past, &Snapshot::of(report), Lang::Zh)
    };
    let second = night(2, &[("32", "x")], &[]);
    let said = missed(&office, 2, &second);
    assert_eq!(said.len(), 1);
    assert_eq!(said[0].path, "64/list.txt");
    assert!(said[0].reason.contains("地区64"), "{}", said[0].reason);
    assert!(missed(&office, 2, &night(2, &[("64", "b"), ("32", "x")], &[])).is_empty());
    for day in 2..31 {
        office.night(&night(day, &[("32", "x")], &[]));
    }
    assert_eq!(missed(&office, 31, &second).len(), 1);
    let mut last = night(30, &[("32", "x")], &[]);
    last.run_id = "one more".to_owned();
    last.now = "2026-12-01T03:00:00+08:00".to_owned();
    office.night(&last);
    assert!(missed(&office, 32, &second).is_empty());
}

#[test]
fn a_doubt_elsewhere_hides_nothing() {
    let mut office = Office::new();
    office.night(&night(1, &[("64", "a")], &[FAULT]));
    let doubt = night(2, &[("64", "b")], &["64/乙/limit-unreadable"]);
    assert_eq!(gone(&office.night(&doubt)), [("settled", "list")]);
}

#[test]
fn a_new_rule_is_not_the_regions_doing() {
    let mut office = Office::new();
    let mut before = night(1, &[("64", "a")], &[]);
    before.rules.remove(0);
    office.night(&before);
    let second = office.night(&night(2, &[("64", "a")], &[FAULT]));
    assert_eq!(status(&second), ("new", "rules"));
    assert_eq!(second.changed, ["rules"]);
    // The rule is mended and finds nothing: withdrawn, not settled.
    let mut mended = night(3, &[("64", "a")], &[]);
    mended.rules[0].digest = "2".to_owned();
    assert_eq!(gone(&office.night(&mended)), [("withdrawn", "rules")]);
}

#[test]
fn what_goes_with_its_rule_was_not_mended() {
    let mut office = Office::new();
    office.night(&night(1, &[("64", "a")], &[FAULT]));
    let mut off = night(2, &[("64", "b")], &[]);
    off.rule_set.settings = "s2".to_owned();
    off.rule_set.changes.push(RuleChangeView {
        rule: "limit-over-ceiling".to_owned(),
        off: true,
        severity: None,
        parameters: BTreeMap::new(),
        regions: vec!["64".to_owned()],
        items: Vec::new(),
        reason: "另案处理".to_owned(),
        place: "heyan.toml:3".to_owned(),
        findings: 1,
    });
    assert_eq!(gone(&office.night(&off)), [("withdrawn", "list+settings")]);
    let mut retired = night(3, &[("64", "c")], &[]);
    retired.rules.remove(0);
    office.night(&night(2, &[("64", "b")], &[FAULT]));
    assert_eq!(gone(&office.night(&retired)), [("withdrawn", "list+rules")]);
}

#[test]
fn causes_that_cannot_be_told_apart_are_all_named() {
    let mut office = Office::new();
    office.night(&night(1, &[("64", "a")], &[]));
    let mut second = night(2, &[("64", "b")], &[FAULT]);
    second.rule_set.standard = "s2".to_owned();
    second.rule_set.reading = "r2".to_owned();
    assert_eq!(
        status(&office.night(&second)),
        ("new", "list+standard+reading")
    );
    let mut third = night(3, &[("64", "b")], &[]);
    third.rule_set = second.rule_set.clone();
    assert_eq!(gone(&office.night(&third)), [("withdrawn", "time")]);
}

#[test]
fn a_run_made_once_more_is_one_run() {
    let mut office = Office::new();
    office.night(&night(1, &[("64", "a")], &[FAULT]));
    let cut_off = office.night(&night(2, &[("64", "b")], &[]));
    assert_eq!(gone(&cut_off), [("settled", "list")]);
    // The same night again: the list had not been copied whole.
    let again = office.night(&night(2, &[("64", "b")], &[FAULT]));
    assert_eq!(status(&again), ("open", ""));
    let runs = office.store.runs("").expect("read");
    assert_eq!(runs.len(), 2);
    let third = office.night(&night(3, &[("64", "b")], &[FAULT]));
    assert_eq!(third.known[FAULT].since, "2026-11-01");
}

#[test]
fn history_is_not_rewritten() {
    let mut office = Office::new();
    office.night(&night(1, &[("64", "a")], &[]));
    office.night(&night(5, &[("64", "a")], &[FAULT]));
    let late = night(3, &[("64", "a")], &[FAULT]);
    let run = Snapshot::of(&late).run;
    assert_eq!(
        office.store.standing("", &run).expect("read"),
        Standing::Late(2)
    );
    assert_eq!(office.night(&late).known[FAULT].status, "new");
    assert_eq!(office.store.runs("").expect("read").len(), 2);
}

#[test]
fn a_recorded_run_comes_back_as_it_was() {
    let mut office = Office::new();
    let first = night(
        1,
        &[("64", "a"), ("32", "x")],
        &[FAULT, "32/乙/limit-missing"],
    );
    let mut sorted = Snapshot::of(&first);
    sorted.findings.sort_by(|one, two| one.key.cmp(&two.key));
    office.night(&first);
    office.night(&night(
        2,
        &[("64", "b"), ("32", "x")],
        &["32/乙/limit-missing"],
    ));
    assert_eq!(office.store.snapshot("", 1).expect("read"), Some(sorted));
    let second = office.store.snapshot("", 2).expect("read").expect("there");
    assert_eq!(second.findings.len(), 1);
    assert_eq!(office.store.snapshot("", 3).expect("read"), None);
}

#[test]
fn series_do_not_mix() {
    let mut office = Office::new();
    office.night(&night(1, &[("64", "a")], &[FAULT]));
    assert!(office.store.past("other", 1).expect("read").last.is_none());
    assert_eq!(office.store.series().expect("read"), [""]);
}

#[test]
fn annals_count_what_came_and_went() {
    let mut office = Office::new();
    office.night(&night(1, &[("64", "a")], &[FAULT, "64/乙/limit-missing"]));
    office.night(&night(2, &[("64", "b")], &["64/乙/limit-missing"]));
    office.night(&night(3, &[("64", "c")], &[FAULT, "64/乙/limit-missing"]));
    let annals = office.store.annals("", None).expect("read");
    let counts: Vec<_> = annals
        .iter()
        .map(|annal| (annal.document.error, annal.came, annal.settled))
        .collect();
    assert_eq!(counts, [(2, 2, 0), (1, 0, 1), (2, 1, 0)]);
    let other = office.store.annals("", Some("32")).expect("read");
    assert!(
        other
            .iter()
            .all(|annal| annal.lists == 0 && annal.came == 0)
    );
}

#[test]
fn what_history_knows_is_put_into_the_report() {
    let mut office = Office::new();
    office.night(&night(1, &[("64", "a")], &[FAULT, "64/乙/limit-missing"]));
    let mut second = night(2, &[("64", "b")], &[FAULT]);
    second.findings[0].status = "waived".to_owned();
    let previous = office.store.snapshot("", 1).expect("read");
    let comparison = office.night(&second);
    let trend = office.store.trend("", 2, 10).expect("read");
    apply(&mut second, &comparison, previous.as_ref(), trend, Lang::Zh);
    assert_eq!(second.findings[0].status, "waived");
    assert_eq!(second.findings[0].since, "2026-11-01");
    assert_eq!(second.gone.len(), 1);
    let before = second.previous.expect("a run before");
    assert_eq!(before.regions[0].document.error, 2);
    assert_eq!(before.regions[0].settled, 1);
    assert_eq!(second.trend[0].regions[0].document.error, 2);
}

#[test]
fn a_report_is_read_back_for_comparison() {
    let folder = tempfile::tempdir().expect("a folder");
    let report = night(1, &[("64", "a")], &[FAULT]);
    let text = serde_json::to_string(&report).expect("JSON");
    std::fs::write(folder.path().join("report.json"), text).expect("written");
    let read = Snapshot::read(folder.path()).expect("a report");
    assert_eq!(read, Snapshot::of(&report));
    std::fs::write(folder.path().join("report.json"), "{}").expect("written");
    let error = Snapshot::read(folder.path()).expect_err("no report");
    assert!(error.to_string().contains("report.json:1"), "{error}");
}

#[test]
fn a_file_that_is_no_record_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("heyan.sqlite"), "not a database at all").expect("written");
    let error = Store::open(folder.path()).expect_err("no record");
    assert!(error.to_string().contains("heyan.sqlite"), "{error}");
    let other = tempfile::tempdir().expect("a folder");
    drop(Store::open(other.path()).expect("a record"));
    let file = rusqlite::Connection::open(other.path().join("heyan.sqlite")).expect("opened");
    file.pragma_update(None, "user_version", 99).expect("set");
    let error = Store::open(other.path()).expect_err("newer");
    assert!(matches!(error, StoreError::Newer { version: 99, .. }));
}

#[test]
fn what_changed_beside_the_lists_is_named() {
    let old = Versions {
        rules: BTreeMap::from([("a".to_owned(), "1".to_owned())]),
        ..Versions::default()
    };
    assert_eq!(cause::changed(&old, &old), Vec::<String>::new());
    let new = Versions {
        rules: BTreeMap::from([("a".to_owned(), "2".to_owned())]),
        standard: "s2".to_owned(),
        ..old.clone()
    };
    assert_eq!(cause::changed(&old, &new), ["rules", "standard"]);
}
