//! The workbook's matrix and its limits; that office programs read it is tested in `tests/office/`.

use super::matrix::{Matrix, Spot};
use super::*;
use crate::config::LettersConfig;
use crate::facts::Certainty;
use crate::report::ItemRow;
use crate::report::letters::unpack;
use crate::report::view::{
    CellView, FindingView, GoneView, NationalItemView, PreviousView, RegionView, RuleSetView,
    SCHEMA_VERSION, Standing, State, Totals, WaiverView,
};

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
        ..FindingView::default()
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
        line: Some(5),
        place: "行 5".into(),
    }
}

/// A national item with its one cell.
fn national(code: &str, state: State, findings: &[&FindingView]) -> NationalItemView {
    NationalItemView {
        code: code.into(),
        name: format!("事项{code}"),
        main_code: String::new(),
        main: String::new(),
        ceilings: Vec::new(),
        cells: vec![CellView {
            state,
            limit: String::new(),
            clauses: Vec::new(),
            standing: Standing::None,
            findings: findings.iter().map(|finding| finding.id.clone()).collect(),
        }],
    }
}

fn report(findings: Vec<FindingView>) -> Report {
    Report {
        schema_version: SCHEMA_VERSION,
        program_version: "0.1.0".into(),
        run_id: "r".into(),
        now: "2026-11-22T08:30:00+08:00".into(),
        as_of: None,
        national_items: Vec::new(),
        previous: None,
        repositories: Vec::new(),
        gone: Vec::new(),
        trend: Vec::new(),
        waivers: Vec::new(),
        lang: "zh".into(),
        rule_set: RuleSetView {
            digest: "d".into(),
            count: 0,
            changes: Vec::new(),
            ..RuleSetView::default()
        },
        inputs: Vec::new(),
        totals: Totals::default(),
        not_read: Vec::new(),
        not_lists: Vec::new(),
        versions: Vec::new(),
        rules_not_run: Vec::new(),
        regions: vec![RegionView {
            code: "64".into(),
            name: "宁夏回族自治区".into(),
            publisher: String::new(),
            short_name: "宁夏".into(),
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
fn a_cell_counts_only_what_is_wrong_in_the_list_itself() {
    let findings = vec![
        finding("001", "document", "info"),
        finding("002", "reading", "error"),
        finding("002", "document", "warning"),
        finding("003", "reading", "error"),
        finding("999", "document", "error"),
    ];
    let items = vec![
        national("001", State::Fine, &[&findings[0]]),
        national("002", State::Fault, &[&findings[2], &findings[1]]),
        national("003", State::Unreadable, &[&findings[3]]),
        national("004", State::NotInEdition, &[]),
    ];
    let mut report = report(findings);
    report.national_items = items;
    let matrix = Matrix::new(&report);
    let spots: Vec<Spot> = matrix.rows.iter().map(|(_, spots)| spots[0]).collect();
    let spot = |state, faults, finding| Spot {
        state,
        faults,
        finding,
    };
    assert_eq!(
        spots,
        [
            spot(State::Fine, 0, None),
            spot(State::Fault, 1, Some(2)),
            spot(State::Unreadable, 0, Some(3)),
            spot(State::NotInEdition, 0, None),
        ]
    );
    assert_eq!(matrix.others, [vec![4]]);
}

#[test]
fn nothing_in_a_document_becomes_a_formula() {
    let report = report(vec![finding("001", "document", "error")]);
    let content = Content {
        report: &report,
        items: &[item("001", "=1+1")],
        letters: &LettersConfig::default(),
        pages: true,
        texts: &BTreeMap::new(),
        base: "",
        fail_on: crate::report::FailOn::Error,
        anew: false,
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
        letters: &LettersConfig::default(),
        pages: true,
        texts: &BTreeMap::new(),
        base: "",
        fail_on: crate::report::FailOn::Error,
        anew: false,
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

/// The sheets' names and all words of a workbook.
fn words_of(report: &Report) -> (String, String) {
    let content = Content {
        report,
        items: &[],
        letters: &LettersConfig::default(),
        pages: true,
        texts: &BTreeMap::new(),
        base: "",
        fail_on: crate::report::FailOn::Error,
        anew: false,
        handbook: None,
    };
    let (_, bytes) = files(&content).expect("written").remove(0);
    let parts = unpack(&bytes).expect("a workbook");
    let part = |name: &str| {
        let found = parts.iter().find(|(own, _)| own == name).expect("the part");
        String::from_utf8_lossy(&found.1).into_owned()
    };
    (part("xl/workbook.xml"), part("xl/sharedStrings.xml"))
}

#[test]
fn earlier_runs_and_waivers_have_sheets_where_there_are_some() {
    let mut late = finding("001", "document", "error");
    late.status = "open".into();
    late.since = "2026-10-01".into();
    late.due = "unknown".into();
    late.overdue = true;
    let mut left = finding("002", "document", "error");
    left.status = "waived".into();
    left.waiver = "waivers.toml:3".into();
    let mut report = report(vec![late, left]);
    let (sheets, _) = words_of(&report);
    assert!(
        !sheets.contains("变化") && !sheets.contains("豁免"),
        "{sheets}"
    );
    report.previous = Some(PreviousView {
        run_id: "r0".into(),
        now: "2026-11-21T08:30:00+08:00".into(),
        regions: Vec::new(),
        changed: vec!["standard".into()],
    });
    report.gone = vec![GoneView {
        id: "gg01".into(),
        state: "withdrawn".into(),
        cause: "rules+standard".into(),
        ..GoneView::default()
    }];
    report.waivers = vec![WaiverView {
        reason: "已报备。".into(),
        document: "医保函〔2026〕12号".into(),
        until: "2026-12-31".into(),
        place: "waivers.toml:3".into(),
        state: "in-force".into(),
        ..WaiverView::default()
    }];
    report.national_items = vec![
        national("001", State::Fault, &[&report.findings[0]]),
        national("002", State::Fault, &[&report.findings[1]]),
    ];
    let (sheets, words) = words_of(&report);
    assert!(words.contains(">有问题（1）<") && !words.contains("有问题（0）"));
    assert!(sheets.contains("name=\"变化\"") && sheets.contains("name=\"豁免\""));
    for said in [
        ">2026-10-01<",
        ">未能推算（该年节假日安排未知）<",
        ">逾期<",
        ">已报备；医保函〔2026〕12号；至 2026-12-31；waivers.toml:3<",
        ">已撤销<",
        ">规则有改动，或国家标准有更新<",
        ">生效中<",
        ">国家标准数据有更新：",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
}
