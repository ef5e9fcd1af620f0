//! The whole street over the bundled lists: everything is read, once each, and the sample report is
//! what the code writes.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use heyan::config::LettersConfig;
use heyan::report::view::{Standing, State};
use heyan::report::{Content, FailOn, Format, render, write};
use heyan::run::{Done, Job, clock, run};

/// The clock of the sample report.
const NOW: &str = "2026-11-22T08:30:00+08:00";

fn seeds() -> Done {
    let job = Job::over(vec![PathBuf::from("seeds")], clock(NOW).expect("a moment"));
    run(&job, &mut |_, _, _| true).expect("the bundled lists")
}

fn files(folder: &Path, below: &Path, into: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(below).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(folder, &path, into);
        } else {
            let name = path
                .strip_prefix(folder)
                .expect("inside")
                .display()
                .to_string();
            into.insert(name, fs::read(&path).expect("a file"));
        }
    }
}

fn written(done: &Done) -> BTreeMap<String, Vec<u8>> {
    let parent = tempfile::tempdir().expect("a folder");
    let target = parent.path().join("report");
    let formats = [Format::Html, Format::Csv, Format::Json];
    let content = Content {
        report: &done.report,
        items: &done.items,
        letters: &LettersConfig::default(),
        pages: true,
        texts: &done.texts,
        base: "",
        fail_on: FailOn::Error,
        anew: false,
        handbook: None,
    };
    let rendered = render(&content, &formats).expect("rendered");
    write(&target, &rendered).expect("written");
    let mut all = BTreeMap::new();
    files(&target, &target, &mut all);
    let left: Vec<_> = fs::read_dir(parent.path()).expect("a folder").collect();
    assert_eq!(left.len(), 1, "a temporary folder was left behind");
    all
}

#[test]
fn every_item_is_read_once() {
    let done = seeds();
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut seen: BTreeMap<(&str, &str, Option<u32>), usize> = BTreeMap::new();
    for item in &done.items {
        *counts.entry((&item.region_code, item.level)).or_default() += 1;
        *seen
            .entry((&item.region_code, item.level, item.seq))
            .or_default() += 1;
    }
    let expected = BTreeMap::from([
        (("15", "item"), 28),
        (("32", "item"), 34),
        (("410400", "item"), 30),
        (("64", "item"), 29),
        (("64", "business"), 41),
        (("66", "item"), 28),
    ]);
    assert_eq!(counts, expected);
    assert!(seen.values().all(|count| *count == 1), "{seen:?}");
}

#[test]
fn every_item_stands_under_its_main_item() {
    for item in seeds().items {
        // One item of the bundled lists carries a code of another main item, and is reported.
        if item.main_code.len() == 12 && item.code.len() == 12 && item.code != "002036210000" {
            assert_eq!(
                item.code[..9],
                item.main_code[..9],
                "{} {}",
                item.file,
                item.name
            );
        }
        assert!(!item.main_name.is_empty(), "{} {}", item.file, item.name);
    }
}

#[test]
fn cells_of_national_items_say_what_the_findings_say() {
    let report = seeds().report;
    let findings: BTreeMap<&str, _> = report.findings.iter().map(|f| (&*f.id, f)).collect();
    let mut placed = Vec::new();
    for item in &report.national_items {
        assert_eq!(item.cells.len(), report.regions.len(), "{}", item.code);
        for (cell, region) in item.cells.iter().zip(&report.regions) {
            let own: Vec<_> = cell.findings.iter().map(|id| findings[&**id]).collect();
            assert!(own.iter().all(|f| f.file == region.file), "{}", item.code);
            let fault = own
                .iter()
                .any(|f| f.origin == "document" && f.severity != "info");
            let faulty = matches!(cell.state, State::Fault | State::Missing);
            assert_eq!(fault, faulty, "{} {}", region.name, item.name);
            placed.extend(own.iter().map(|f| f.id.as_str()));
        }
    }
    let all = placed.len();
    placed.sort_unstable();
    placed.dedup();
    assert_eq!(placed.len(), all, "a finding stands in one cell");
    let cell = |region: &str, code: &str| {
        let column = report.regions.iter().position(|r| r.code == region);
        let item = report.national_items.iter().find(|item| item.code == code);
        &item.expect("an item").cells[column.expect("a region")]
    };
    // 宁夏 lacks 产前检查费支付; 出具《参保凭证》 is of the edition of 2020 alone.
    assert_eq!(cell("64", "002036007001").state, State::Missing);
    assert_eq!(cell("15", "002036003001").state, State::NotInEdition);
    assert_eq!(cell("410400", "002036003001").state, State::Fine);
    // The Corps is at the ceiling of five working days, 江苏 below it; 90 calendar days stay such.
    assert_eq!(cell("66", "002036001001").standing, Standing::At);
    assert_eq!(cell("32", "002036001001").standing, Standing::Under);
    assert_eq!(cell("66", "002036009001").clauses[0].unit, "cd");
    assert_eq!(cell("32", "002036009001").standing, Standing::OtherUnit);
}

#[test]
fn the_sample_report_is_fresh() {
    let new = written(&seeds());
    let sample = Path::new("reports/sample");
    let mut kept = BTreeMap::new();
    files(sample, sample, &mut kept);
    let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&new), names(&kept));
    for (name, bytes) in &new {
        assert!(
            kept[name] == *bytes,
            "reports/sample/{name} is stale; CONTRIBUTING.md has the command that writes it"
        );
    }
}

#[test]
fn two_runs_are_byte_identical() {
    assert!(written(&seeds()) == written(&seeds()));
}

#[test]
fn fingerprints_are_unique_and_know_no_line() {
    let done = seeds();
    let mut ids: Vec<&str> = done.report.findings.iter().map(|f| f.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), done.report.findings.len());

    // The same list with lines put before it: every place moves, no fingerprint does.
    let folder = tempfile::tempdir().expect("a folder");
    let text = fs::read_to_string("seeds/neimenggu/neimenggu-2023.txt").expect("a list");
    fs::write(folder.path().join("list.txt"), format!("\n\n\n{text}")).expect("written");
    let job = Job::over(
        vec![folder.path().to_path_buf()],
        clock(NOW).expect("a moment"),
    );
    let moved = run(&job, &mut |_, _, _| true)
        .expect("read")
        .report
        .findings;
    let still: Vec<_> = done
        .report
        .findings
        .iter()
        .filter(|f| f.region_code == "15")
        .collect();
    assert_eq!(moved.len(), still.len());
    for (one, two) in moved.iter().zip(still) {
        assert_eq!(one.id, two.id);
        assert_ne!(one.line, two.line);
    }
}

/// What a reviewer would send out: read beside the lists, one by one.
#[test]
fn the_errors_of_the_bundled_lists() {
    let mut errors: Vec<String> = seeds()
        .report
        .findings
        .iter()
        .filter(|finding| finding.severity == "error")
        .map(|f| {
            format!(
                "{} {} {} {} {}",
                f.region_code, f.rule, f.level, f.seq, f.found
            )
        })
        .collect();
    errors.sort();
    let expected = [
        "15 citation-article item 2 《在中国境内就业的外国人参加社会保险暂行办法》第十四条",
        "15 citation-number item 1 《社会保险经办条例》（国务院令第七五十六号）",
        "15 code-format main 1 1520360600Y",
        "15 code-format main 2 1520360610Y",
        "15 code-format main 3 1520360620Y",
        "15 code-format main 4 1520360500Y",
        "410400 code-format main 4 0020360040Y",
        "64 code-parent item 29 002036210000",
        "66 code-format main 9 002003600900Y",
    ];
    assert_eq!(errors, expected);
}
