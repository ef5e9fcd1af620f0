//! The workbook's matrix and its limits; that office programs read it is tested in `tests/office/`.

use super::matrix::{Matrix, Spot, Standing};
use super::*;
use crate::config::LettersConfig;
use crate::facts::Certainty;
use crate::report::letters::unpack;
use crate::report::view::{FindingView, RegionView, RuleSetView, SCHEMA_VERSION, Totals};
use crate::report::{ItemRow, NationalItem};

fn finding(code: &str, origin: &str, severity: &str) -> FindingView {
    FindingView {
        id: format!("{code}{origin}"),
        rule: "code-format".into(),
        severity: severity.into(),
        status: "new".into(),
        origin: origin.into(),
        certainty: "0.95".into(),
        region_code: "64".into(),
        region: "宁夏回族自治区".into(),
        list: "清单".into(),
        edition: "2023".into(),
        level: "item".into(),
        seq: "1".into(),
        code: code.into(),
        name: "=1+1".into(),
        field: "code".into(),
        found: "x".into(),
        expected: code.into(),
        message: "=HYPERLINK(\"http://a\")".into(),
        basis: String::new(),
        remedy: String::new(),
        file: "a.txt".into(),
        page: String::new(),
        line: "5".into(),
        row: "1".into(),
        column: "2".into(),
        quote: "+甲\u{b}".into(),
        known: "derived".into(),
    }
}

/// The list has no such item.
fn missing(code: &str, level: &str) -> FindingView {
    FindingView {
        seq: String::new(),
        found: String::new(),
        level: level.into(),
        expected: format!("{code} 某事项"),
        ..finding(code, "document", "error")
    }
}

fn item(code: &str, steps: &str) -> ItemRow {
    ItemRow {
        region_code: "64".into(),
        region: "宁夏回族自治区".into(),
        list: "清单".into(),
        edition: 2023,
        level: "item",
        seq: Some(1),
        main_name: String::new(),
        main_code: String::new(),
        main_code_printed: String::new(),
        code: code.into(),
        code_printed: code.into(),
        name: "单位参保登记".into(),
        name_printed: "单位参保登记".into(),
        national_code: code.into(),
        matched: "both",
        materials_count: Some(2),
        time_limit: "immediate".into(),
        time_limit_printed: "即时办结".into(),
        steps: steps.into(),
        steps_printed: String::new(),
        basis: "own",
        citations: String::new(),
        certainty: "0.95".into(),
        certainties: Certainty {
            main_code: 1.0,
            code: 1.0,
            name: 1.0,
            limit: 1.0,
            steps: 1.0,
            materials: 1.0,
            basis: 1.0,
            citations: 1.0,
        },
        file: "a.txt".into(),
        page: None,
        line: 5,
    }
}

fn national(edition: &str, code: &str, main: &str) -> NationalItem {
    NationalItem {
        edition: edition.into(),
        code: code.into(),
        name: format!("事项{code}"),
        main: main.into(),
    }
}

fn report(findings: Vec<FindingView>) -> Report {
    Report {
        schema_version: SCHEMA_VERSION,
        program_version: "0.1.0".into(),
        run_id: "r".into(),
        now: "2026-11-22T08:30:00+08:00".into(),
        as_of: None,
        lang: "zh".into(),
        rule_set: RuleSetView {
            digest: "d".into(),
            count: 0,
            changes: Vec::new(),
        },
        inputs: Vec::new(),
        totals: Totals::default(),
        not_read: Vec::new(),
        rules_not_run: Vec::new(),
        regions: vec![RegionView {
            code: "64".into(),
            name: "宁夏回族自治区".into(),
            publisher: String::new(),
            list: "清单".into(),
            file: "a.txt".into(),
            edition: "2023".into(),
            edition_reason: String::new(),
            expected_items: 7,
            matched_items: 4,
            read_items: 4,
            read_business: 0,
            uncertain_values: 0,
            values: 24,
            totals: Totals::default(),
        }],
        rules: Vec::new(),
        findings,
    }
}

#[test]
fn a_cell_says_fault_only_where_the_list_itself_is_wrong() {
    let national = [
        national("2023", "001", "A"),
        national("2023", "002", "A"),
        national("2023", "003", "A"),
        national("2023", "004", "A"),
        national("2023", "005", "A"),
        national("2023", "006", "M"),
        national("2023", "007", "A"),
        national("2020", "008", "A"),
    ];
    let items = ["001", "002", "003"].map(|code| item(code, "申请>受理>办结"));
    let items: Vec<ItemRow> = items
        .into_iter()
        .chain([item("004", "unreadable")])
        .collect();
    let report = report(vec![
        finding("001", "document", "info"),
        finding("002", "document", "warning"),
        finding("002", "document", "error"),
        finding("003", "reading", "error"),
        missing("005", "item"),
        missing("M", "main"),
        finding("999", "document", "error"),
    ]);
    let matrix = Matrix::new(&report, &items, &national);
    let standings: Vec<(&str, Spot)> = matrix
        .rows
        .iter()
        .map(|(item, spots)| (item.code.as_str(), spots[0]))
        .collect();
    let spot = |standing, finding| Spot { standing, finding };
    assert_eq!(
        standings,
        [
            ("001", spot(Standing::Fine, None)),
            ("002", spot(Standing::Fault(2), Some(1))),
            ("003", spot(Standing::Unreadable, Some(3))),
            ("004", spot(Standing::Unreadable, None)),
            ("005", spot(Standing::Missing, Some(4))),
            ("006", spot(Standing::Missing, Some(5))),
            // Neither read nor said to be missing: nobody may be blamed for it.
            ("007", spot(Standing::Unreadable, None)),
        ]
    );
    assert_eq!(matrix.others, [vec![6]]);
}

#[test]
fn nothing_in_a_document_becomes_a_formula() {
    let report = report(vec![finding("001", "document", "error")]);
    let content = Content {
        report: &report,
        items: &[item("001", "=1+1")],
        national: &[],
        letters: &LettersConfig::default(),
        pages: true,
        texts: &BTreeMap::new(),
        base: "",
        fail_on: crate::report::FailOn::Error,
        handbook: None,
    };
    let (_, bytes) = files(&content).expect("written").remove(0);
    for (name, content) in unpack(&bytes).expect("a workbook") {
        let text = String::from_utf8(content).expect("text");
        assert!(!text.contains("<f>") && !text.contains("<f "), "{name}");
        if name == "xl/sharedStrings.xml" {
            assert!(
                text.contains("=1+1") && text.contains("=HYPERLINK"),
                "{text}"
            );
        }
    }
}

#[test]
fn more_rows_than_a_sheet_holds_go_to_further_sheets() {
    let report = report(
        ["001", "002", "003"]
            .map(|c| finding(c, "document", "error"))
            .to_vec(),
    );
    let content = Content {
        report: &report,
        items: &[item("001", "申请")],
        national: &[],
        letters: &LettersConfig::default(),
        pages: true,
        texts: &BTreeMap::new(),
        base: "",
        fail_on: crate::report::FailOn::Error,
        handbook: None,
    };
    let book = Book::new(&report, false, 2);
    let bytes = workbook(&book, &content).expect("written");
    let parts = unpack(&bytes).expect("a workbook");
    let (_, sheets) = parts
        .iter()
        .find(|(name, _)| name == "xl/workbook.xml")
        .expect("sheets");
    let sheets = String::from_utf8_lossy(sheets);
    assert!(sheets.contains("name=\"问题清单\"") && sheets.contains("name=\"问题清单 (2)\""));
    let strings = parts
        .iter()
        .find(|(name, _)| name == "xl/sharedStrings.xml")
        .expect("strings");
    assert!(String::from_utf8_lossy(&strings.1).contains("一张工作表最多 1048576 行"));
}
