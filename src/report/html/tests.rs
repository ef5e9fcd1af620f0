//! What the pages promise: nothing is lost, nothing is run, nobody sees another region's findings.

mod past;

use std::collections::BTreeMap;

use super::compare::compare;
use super::*;
use crate::report::view::{
    CeilingView, CellView, ClauseView, FindingView, NationalItemView, PreviousRegion, PreviousView,
    RuleChangeView, RuleNotRun, RuleSetView, SCHEMA_VERSION, Severities, Standing, State, Totals,
};

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
        ..FindingView::default()
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
        short_name: name.into(),
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
        findings: 2,
        ..RuleView::default()
    }
}

fn cell(state: State, days: u32, standing: Standing, findings: &[&str]) -> CellView {
    CellView {
        state,
        limit: format!("<={days} wd"),
        clauses: vec![ClauseView {
            label: String::new(),
            days: Some(days),
            unit: "wd".into(),
            standing,
        }],
        standing,
        findings: findings.iter().map(|id| (*id).to_owned()).collect(),
    }
}

fn national_item() -> NationalItemView {
    NationalItemView {
        code: "002036007004".into(),
        name: "生育津贴支付".into(),
        main_code: "00203600700Y".into(),
        main: "生育保险待遇核准支付".into(),
        ceilings: vec![CeilingView {
            edition: "2023".into(),
            condition: String::new(),
            days: 10,
            unit: "wd".into(),
            known: "derived".into(),
            source: String::new(),
            in_list: true,
        }],
        cells: vec![
            cell(State::Fault, 20, Standing::Over, &["aa01"]),
            cell(State::Fault, 7, Standing::Under, &["dd04", "cc03", "bb02"]),
        ],
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
            ..RuleSetView::default()
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
            place: String::new(),
        }],
        not_lists: Vec::new(),
        versions: Vec::new(),
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
        national_items: vec![national_item()],
        previous: None,
        repositories: Vec::new(),
        gone: Vec::new(),
        trend: Vec::new(),
        waivers: Vec::new(),
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

/// The findings that the page's script would show.
fn embedded(page: &str) -> Vec<String> {
    let (_, rest) = page
        .split_once("<script type=\"application/json\" id=\"data\">")
        .expect("data");
    let (json, _) = rest.split_once("</script>").expect("an end");
    let data: serde_json::Value = serde_json::from_str(json).expect("JSON");
    let findings = data["findings"].as_array().expect("findings");
    findings
        .iter()
        .map(|row| row[0].as_str().expect("an id").to_owned())
        .collect()
}

/// The page without the data for its script, which hold every word.
fn visible(page: &str) -> &str {
    page.split_once("<script").expect("a script").0
}

#[test]
fn text_from_a_document_is_never_markup() {
    let page = page("zh");
    assert!(!page.contains("<script>alert"));
    assert!(!page.contains("<img"));
    assert!(page.contains("&#60;script&#62;alert(1)&#60;/script&#62;"));
    assert!(page.contains("\\u003cscript>alert(1)\\u003c/script>"));
}

#[test]
fn every_finding_is_on_the_national_page_once() {
    let report = report("zh");
    let page = page("zh");
    let mut ids = embedded(&page);
    ids.sort();
    assert_eq!(ids, ["aa01", "bb02", "cc03", "dd04"]);
    for finding in &report.findings {
        let anchor = format!("id=\"f-{}\"", finding.id);
        assert_eq!(page.matches(&anchor).count(), 1, "{}", finding.id);
    }
}

#[test]
fn the_table_without_a_script_is_bounded_and_the_data_are_not() {
    let mut report = report("zh");
    for number in 0..PLAIN {
        let id = format!("more{number}");
        report
            .findings
            .push(finding(&id, "limit-missing", "info", "document", "64"));
    }
    let page = national(&report).expect("renders");
    assert_eq!(page.matches("<tr id=\"f-").count(), PLAIN);
    assert_eq!(embedded(&page).len(), PLAIN + 4);
}

#[test]
fn a_finding_that_belongs_to_no_list_is_kept_on_the_national_page() {
    let mut report = report("zh");
    let mut stray = finding("ee05", "limit-missing", "error", "document", "11");
    stray.file = "elsewhere.txt".into();
    stray.region = String::new();
    report.findings.push(stray);
    let page = national(&report).expect("renders");
    assert!(embedded(&page).contains(&"ee05".to_owned()));
    assert!(page.contains(words("zh").elsewhere));
}

#[test]
fn a_region_sees_its_own_findings_and_no_other_region() {
    let report = report("zh");
    let page = region(&report, &report.regions[1]).expect("renders");
    let mut ids = embedded(&page);
    ids.sort();
    assert_eq!(ids, ["bb02", "cc03", "dd04"]);
    for foreign in [
        "aa01",
        "江苏省",
        "全省清单",
        "32-jiangsu",
        "51-sichuan",
        "code-parent\",",
    ] {
        assert!(!page.contains(foreign), "{foreign}");
    }
    // Its place among all is told all the same.
    assert!(page.contains("共 2 份清单"));
}

#[test]
fn a_reason_that_concerns_every_list_stands_on_every_page() {
    let mut report = report("zh");
    report.rules_not_run[0].file = "全部清单".into();
    let page = region(&report, &report.regions[1]).expect("renders");
    assert!(page.contains("没有主项编码一列。"));
    assert!(!visible(&page).contains(words("zh").all_applied));
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
    assert!(position("51-sichuan/scan.pdf") < position(zh.found_title));
    assert!(position("没有主项编码一列。") < position(zh.found_title));
    let mut clean = report("zh");
    clean.not_read.clear();
    clean.rules_not_run.clear();
    let page = national(&clean).expect("renders");
    assert!(visible(&page).contains(zh.all_read) && !visible(&page).contains(zh.unread_title));
}

#[test]
fn our_reading_is_counted_apart() {
    let page = page("zh");
    for (class, count) in [("error", 2), ("warning", 1), ("info", 0), ("reading", 1)] {
        let tile = page
            .split_once(&format!("<li class=\"{class}\">"))
            .expect("a tile")
            .1;
        let number = tile.split_once("<b>").expect("a number").1;
        assert!(number.starts_with(&format!("{count}</b>")), "{class}");
    }
}

#[test]
fn the_run_before_is_shown_where_there_was_one() {
    let mut report = report("zh");
    assert!(page("zh").contains(words("zh").past.no_previous));
    report.previous = Some(PreviousView {
        run_id: "20261022T104000".into(),
        now: "2026-10-22T10:40:00+08:00".into(),
        changed: Vec::new(),
        regions: ["32", "64"]
            .map(|code| PreviousRegion {
                code: code.into(),
                document: Severities {
                    error: 2,
                    ..Severities::default()
                },
                reading: 1,
                settled: 5,
                withdrawn: 0,
                unknown: 0,
            })
            .into(),
    });
    let page = national(&report).expect("renders");
    assert!(page.contains("2026年10月22日") && !visible(&page).contains("没有上次核验的记录"));
    assert!(
        page.contains("<em>−2</em>") && page.contains("<em>+1</em>") && page.contains("<b>10</b>")
    );
    // A region is told of itself.
    let own = region(&report, &report.regions[1]).expect("renders");
    assert!(own.contains("<em>−1</em>") && own.contains("<b>5</b>"));
}

#[test]
fn a_derived_ceiling_is_marked_wherever_it_is_shown() {
    let report = report("zh");
    let mark = format!(
        "<span class=\"derived\">{}</span>",
        words("zh").derived_short
    );
    for page in [
        page("zh"),
        region(&report, &report.regions[0]).expect("renders"),
    ] {
        let ceiling = page.split_once("class=\"ceiling").expect("a ceiling").1;
        let (cell, _) = ceiling.split_once("</td>").expect("its end");
        assert!(cell.contains(&mark), "{cell}");
    }
}

#[test]
fn english_words_on_an_english_report() {
    let page = page("en");
    let en = words("en");
    for word in [en.title, en.coverage_title, en.reading_title, en.map_title] {
        assert!(page.contains(word), "{word}");
    }
    assert!(page.contains("<html lang=\"en\">"));
    for (name, word) in words("zh").all() {
        let chinese = word.chars().count() > 4 && !word.is_ascii();
        let shown = visible(&page).contains(word);
        assert!(!chinese || !shown, "{name}: {word}");
    }
}

#[test]
fn a_run_that_read_nothing_still_makes_a_page() {
    let mut report = report("zh");
    report.regions.clear();
    report.findings.clear();
    report.national_items.clear();
    report.totals = Totals::default();
    let page = national(&report).expect("renders");
    assert!(page.contains(words("zh").no_list));
    assert!(
        !page.contains("id=\"findings\"") && !page.contains("class=\"tiles\""),
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

#[test]
fn units_never_share_a_scale() {
    let mut report = report("zh");
    let calendar = &mut report.national_items[0].cells[1];
    calendar.clauses[0].unit = "cd".into();
    calendar.clauses[0].days = Some(30);
    calendar.standing = Standing::OtherUnit;
    let (entries, _) = entries(&report, |_| true);
    let limits = Limits::new(&report, &entries, words("zh")).expect("drawn");
    let who = |panel: usize| -> Vec<(&str, String)> {
        let row = &limits.panels[panel].rows[0];
        let lots = row.standings.iter();
        lots.flat_map(|lot| {
            lot.groups
                .iter()
                .map(|group| (lot.look, group.text.clone()))
        })
        .collect()
    };
    assert_eq!(limits.panels.len(), 2);
    // In working days the other list is named with its own unit, and has no mark.
    let working = &limits.panels[0];
    assert_eq!((working.unit, working.rows[0].elsewhere), ("wd", false));
    assert_eq!(
        who(0),
        [
            ("over", "20个工作日".to_owned()),
            ("apart", "30个自然日".to_owned())
        ]
    );
    assert_eq!(working.rows[0].strip.matches("#8A8D92").count(), 0);
    let other = &limits.panels[1];
    assert_eq!((other.unit, other.rows[0].elsewhere), ("cd", true));
    assert_eq!(who(1), [("apart", "30个自然日".to_owned())]);
}

#[test]
fn what_is_at_once_everywhere_is_not_drawn() {
    let mut report = report("zh");
    let item = &mut report.national_items[0];
    item.ceilings[0].days = 0;
    for cell in &mut item.cells {
        *cell = CellView {
            findings: Vec::new(),
            ..self::cell(State::Fine, 0, Standing::At, &[])
        };
    }
    let (entries, _) = entries(&report, |_| true);
    let limits = Limits::new(&report, &entries, words("zh")).expect("drawn");
    assert!(limits.panels.is_empty());
    assert_eq!(limits.even.len(), 1);
}

#[test]
fn a_region_is_told_of_changes_that_concern_it() {
    let mut report = report("zh");
    report.rule_set.changes = [("32", "code-parent"), ("64", "limit-missing")]
        .map(|(region, rule)| RuleChangeView {
            rule: rule.into(),
            off: false,
            severity: Some("info".into()),
            parameters: BTreeMap::from([("most".into(), 4.0)]),
            regions: vec![region.into()],
            items: Vec::new(),
            reason: format!("{region} 的理由"),
            place: "heyan.toml:3".into(),
            findings: 2,
        })
        .into();
    let page = national(&report).expect("renders");
    assert!(page.contains("32 的理由") && page.contains("64 的理由"));
    let own = region(&report, &report.regions[1]).expect("renders");
    assert!(own.contains("64 的理由") && own.contains("most = 4"));
    assert!(!own.contains("32 的理由"));
}
