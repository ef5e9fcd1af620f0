//! What the pages promise: nothing is lost, nothing is run, nobody sees another region's findings.

use super::card::compare;
use super::*;
use crate::report::view::{FindingView, RuleNotRun, RuleSetView, SCHEMA_VERSION};

fn finding(id: &str, rule: &str, severity: &str, origin: &str, code: &str) -> FindingView {
    let (region, list, file) = place(code);
    FindingView {
        id: id.into(),
        rule: rule.into(),
        severity: severity.into(),
        status: "new".into(),
        origin: origin.into(),
        certainty: "0.90".into(),
        region_code: code.into(),
        region: region.into(),
        list: list.into(),
        edition: "2023".into(),
        level: "item".into(),
        seq: "22".into(),
        code: "002036007004".into(),
        name: "生育津贴支付".into(),
        field: "time_limit".into(),
        found: "20个工作日".into(),
        expected: "10个工作日".into(),
        message: "办理时限超过上限。".into(),
        basis: "《社会保险经办条例》第二十条".into(),
        remedy: "调整办理时限".into(),
        file: file.into(),
        page: String::new(),
        line: "33".into(),
        row: "22".into(),
        column: "7".into(),
        quote: "自受理之日起20个工作日".into(),
        known: match rule {
            "limit-missing" | "code-duplicate" => "derived",
            _ => "statute",
        }
        .into(),
    }
}

fn place(code: &str) -> (&'static str, &'static str, &'static str) {
    match code {
        "32" => ("江苏省", "全省清单", "32-jiangsu/list.txt"),
        _ => ("宁夏回族自治区", "宁夏清单", "64-ningxia/list.txt"),
    }
}

fn list(code: &str, totals: Totals) -> RegionView {
    let (name, list, file) = place(code);
    RegionView {
        code: code.into(),
        name: name.into(),
        publisher: String::new(),
        list: list.into(),
        file: file.into(),
        edition: "2023".into(),
        edition_reason: "标题写明。".into(),
        expected_items: 28,
        matched_items: 27,
        read_items: 30,
        read_business: 0,
        uncertain_values: 4,
        values: 200,
        totals,
    }
}

fn rule(id: &str, title: &str, known: &str) -> RuleView {
    RuleView {
        id: id.into(),
        family: "limits".into(),
        severity: "error".into(),
        title: title.into(),
        why: "为了群众。".into(),
        basis: "条例第二十条".into(),
        known: known.into(),
        remedy: "改正".into(),
        replaces: false,
        findings: 2,
    }
}

fn report(lang: &str) -> Report {
    let mut hostile = finding("cc03", "limit-missing", "warning", "document", "64");
    hostile.found = "<script>alert(1)</script>".into();
    hostile.message = "<img src=x onerror=alert(2)>".into();
    hostile.quote = "\"><script>alert(3)</script>".into();
    Report {
        schema_version: SCHEMA_VERSION,
        program_version: "0.1.0".into(),
        run_id: "20261122T104000".into(),
        now: "2026-11-22T10:40:00+08:00".into(),
        lang: lang.into(),
        as_of: None,
        rule_set: RuleSetView {
            changes: Vec::new(),
            digest: "5f2c9e0d7a41b6c8".into(),
            count: 3,
        },
        inputs: ["32", "64"]
            .map(|code| InputView {
                path: place(code).2.into(),
                sha256: "ab".repeat(32),
                bytes: 7,
            })
            .into(),
        totals: Totals {
            findings: 4,
            error: 2,
            warning: 2,
            info: 0,
            document: 3,
            reading: 1,
        },
        not_read: vec![NotRead {
            path: "51-sichuan/scan.pdf".into(),
            line: Some(4),
            reason: "没有文字层。".into(),
            remedy: "请先做文字识别。".into(),
        }],
        rules_not_run: vec![RuleNotRun {
            rule: "code-parent".into(),
            file: place("32").2.into(),
            reason: "没有主项编码一列。".into(),
        }],
        regions: vec![
            list(
                "32",
                Totals {
                    findings: 1,
                    error: 1,
                    document: 1,
                    ..Totals::default()
                },
            ),
            list(
                "64",
                Totals {
                    findings: 3,
                    error: 1,
                    warning: 2,
                    document: 2,
                    reading: 1,
                    info: 0,
                },
            ),
        ],
        rules: vec![
            rule("limit-over-ceiling", "时限超过上限", "statute"),
            rule("limit-missing", "未载时限", "derived"),
            rule("code-duplicate", "编码重复", "derived"),
        ],
        findings: vec![
            finding("aa01", "limit-over-ceiling", "error", "document", "32"),
            finding("bb02", "limit-missing", "warning", "reading", "64"),
            hostile,
            finding("dd04", "limit-over-ceiling", "error", "document", "64"),
        ],
    }
}

fn page(lang: &str) -> String {
    national(&report(lang)).expect("renders")
}

#[test]
fn text_from_a_document_is_never_markup() {
    let page = page("zh");
    assert!(!page.contains("<script>alert"));
    assert!(!page.contains("<img"));
    assert!(page.contains("&#60;script&#62;alert(1)&#60;/script&#62;"));
}

#[test]
fn every_finding_is_on_the_national_page_once() {
    let report = report("zh");
    let page = page("zh");
    for finding in &report.findings {
        let anchor = format!("id=\"f-{}\"", finding.id);
        assert_eq!(page.matches(&anchor).count(), 1, "{}", finding.id);
    }
}

#[test]
fn a_finding_that_belongs_to_no_list_is_kept_on_the_national_page() {
    let mut report = report("zh");
    let mut stray = finding("ee05", "limit-missing", "error", "document", "11");
    stray.file = "elsewhere.txt".into();
    stray.region = String::new();
    report.findings.push(stray);
    let page = national(&report).expect("renders");
    assert_eq!(page.matches("id=\"f-ee05\"").count(), 1);
    assert!(page.contains(words("zh").elsewhere));
}

#[test]
fn a_region_sees_its_own_findings_and_no_other_region() {
    let report = report("zh");
    let page = region(&report, &report.regions[1]).expect("renders");
    for id in ["bb02", "cc03", "dd04"] {
        assert!(page.contains(&format!("id=\"f-{id}\"")), "{id}");
    }
    for foreign in [
        "aa01",
        "江苏省",
        "全省清单",
        "32-jiangsu",
        "51-sichuan",
        "code-parent",
    ] {
        assert!(!page.contains(foreign), "{foreign}");
    }
}

#[test]
fn a_region_with_two_lists_has_both_on_its_page() {
    let mut report = report("zh");
    let mut second = report.regions[1].clone();
    second.file = "64-ningxia/older.txt".into();
    report.regions.push(second);
    report.findings[3].file = "64-ningxia/older.txt".into();
    let first = region(&report, &report.regions[1]).expect("renders");
    assert_eq!(first, region(&report, &report.regions[2]).expect("renders"));
    assert!(first.contains("id=\"r-64\"") && first.contains("id=\"r-64-2\""));
}

#[test]
fn what_was_not_read_comes_before_every_conclusion() {
    let zh = words("zh");
    let shown = page("zh");
    let position = |text: &str| shown.find(text).expect(text);
    assert!(position("51-sichuan/scan.pdf") < position(zh.coverage_title));
    assert!(position("没有主项编码一列。") < position(zh.coverage_title));
    let mut clean = report("zh");
    clean.not_read.clear();
    clean.rules_not_run.clear();
    let page = national(&clean).expect("renders");
    assert!(page.contains(zh.all_read) && !page.contains(zh.unread_title));
}

#[test]
fn errors_come_first_and_our_reading_last() {
    let page = page("zh");
    let position = |text: &str| page.find(text).expect(text);
    assert!(position("id=\"f-dd04\"") < position("id=\"f-cc03\""));
    assert!(position("id=\"f-cc03\"") < position(words("zh").reading_title));
    assert!(position(words("zh").reading_title) < position("id=\"f-bb02\""));
}

#[test]
fn a_derived_value_is_marked_wherever_it_is_shown() {
    let report = report("zh");
    let mark = words("zh").derived;
    let jiangsu = region(&report, &report.regions[0]).expect("renders");
    assert!(!jiangsu.contains(mark), "a statute is not derived");
    let ningxia = region(&report, &report.regions[1]).expect("renders");
    // Two findings of the derived rule, and its line in the table of rules.
    assert_eq!(ningxia.matches(mark).count(), 3);
}

#[test]
fn english_words_on_an_english_report() {
    let page = page("en");
    let en = words("en");
    for word in [
        en.title,
        en.coverage_title,
        en.reading_title,
        en.found,
        en.expected,
    ] {
        assert!(page.contains(word), "{word}");
    }
    assert!(page.contains("<html lang=\"en\">"));
    assert!(!page.contains(words("zh").coverage_title));
}

#[test]
fn a_run_that_read_nothing_still_makes_a_page() {
    let mut report = report("zh");
    report.regions.clear();
    report.findings.clear();
    report.totals = Totals::default();
    let page = national(&report).expect("renders");
    assert!(page.contains(words("zh").no_list));
    assert!(
        !page.contains("id=\"findings\"") && !page.contains(words("zh").findings_none_here),
        "nothing read is not nothing found"
    );
}

#[test]
fn the_page_needs_no_network() {
    let page = page("zh");
    for outside in ["http://", "https://", "src=", "@import", "url("] {
        assert!(!page.replace("src=x", "").contains(outside), "{outside}");
    }
}

#[test]
fn differing_characters_are_marked_in_short_values_only() {
    let marked = |found: &str, expected: &str| {
        let (left, right) = compare(found, expected);
        [left, right].map(|side| {
            side.iter()
                .filter(|p| p.differs)
                .map(|p| p.text.as_str())
                .collect::<Vec<_>>()
                .join("|")
        })
    };
    assert_eq!(
        marked("医保办函[2021]11号", "医保办函〔2021〕11号"),
        ["[|]", "〔|〕"]
    );
    assert_eq!(marked("五十八条", "第五十八条"), ["", "第"]);
    assert_eq!(marked("即时办结", "30个工作日"), ["", ""]);
    assert_eq!(marked(&"甲".repeat(90), &"乙".repeat(90)), ["", ""]);
    assert!(compare("", " ").0.is_empty() && compare("", " ").1.is_empty());
}
