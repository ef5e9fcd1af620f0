//! What the pages say of earlier runs: whose doing a change is said to be, what a region is told,
//! what is held against nobody, and that a page without a history says nothing of one.

use super::*;
use crate::report::view::{GoneView, TrendRegion, TrendView, WaiverView};

/// A report after an earlier run: of 64 a fault is new by a rule, one reopened, one waived.
fn later(lang: &str) -> Report {
    let mut report = report(lang);
    report.previous = Some(PreviousView {
        run_id: "20261022T104000".into(),
        now: "2026-10-22T10:40:00+08:00".into(),
        regions: ["32", "51", "64"]
            .map(|code| PreviousRegion {
                code: code.into(),
                document: Severities::default(),
                reading: 1,
                settled: 1,
                withdrawn: 20,
                unknown: 300,
            })
            .into(),
        changed: vec!["rules".into()],
    });
    let states = [
        ("aa01", "new", "list"),
        ("bb02", "open", ""),
        ("cc03", "new", "list+rules"),
        ("dd04", "reopened", "list"),
    ];
    for (finding, (id, status, cause)) in report.findings.iter_mut().zip(states) {
        assert_eq!(finding.id, id);
        finding.status = status.into();
        finding.cause = cause.into();
        finding.since = "2026-11-22".into();
    }
    report.findings[3].due = "2026-11-20".into();
    report.findings[3].overdue = true;
    let mut waived = finding("ff06", "code-duplicate", "error", "document", "64");
    waived.status = "waived".into();
    waived.waiver = "waivers.toml:3".into();
    report.findings.push(waived);
    let gone = |id: &str, code: &str, state: &str, origin: &str| GoneView {
        id: id.into(),
        rule: "limit-missing".into(),
        severity: "error".into(),
        origin: origin.into(),
        region_code: code.into(),
        region: place(code).0.into(),
        message: format!("{code} 的旧发现"),
        state: state.into(),
        cause: "rules".into(),
        reason: if state == "unknown" {
            "这次没有读到".into()
        } else {
            String::new()
        },
        ..GoneView::default()
    };
    report.gone = vec![
        gone("gg01", "32", "settled", "document"),
        gone("gg02", "64", "settled", "document"),
        gone("gg03", "64", "withdrawn", "document"),
        gone("gg04", "64", "unknown", "document"),
        gone("gg05", "64", "settled", "reading"),
        gone("gg06", "51", "unknown", "document"),
    ];
    let waiver = |region: &str, code: &str, state: &str, place: &str| WaiverView {
        rule: "code-duplicate".into(),
        region: region.into(),
        region_code: code.into(),
        reason: format!("{region}已报备。"),
        document: "医保函〔2026〕12号".into(),
        until: "2026-12-31".into(),
        state: state.into(),
        place: place.into(),
        findings: vec!["ff06".into()],
        ..WaiverView::default()
    };
    report.waivers = vec![
        waiver("宁夏", "64", "in-force", "waivers.toml:3"),
        waiver("江苏", "32", "expired", "waivers.toml:12"),
    ];
    report.trend = [
        (1, 5, Some(9)),
        (2, 4, None),
        (3, 3, Some(7)),
        (4, 2, Some(6)),
    ]
    .into_iter()
    .map(|(day, jiangsu, ningxia)| run(day, jiangsu, ningxia))
    .collect();
    report
}

fn run(day: usize, jiangsu: usize, ningxia: Option<usize>) -> TrendView {
    let region = |code: &str, error: usize| TrendRegion {
        code: code.into(),
        name: place(code).0.into(),
        document: Severities {
            error,
            ..Severities::default()
        },
        ..TrendRegion::default()
    };
    let mut regions = vec![region("32", jiangsu)];
    regions.extend(ningxia.map(|error| region("64", error)));
    TrendView {
        run_id: format!("run{day}"),
        now: format!("2026-11-0{day}T08:00:00+08:00"),
        regions,
    }
}

/// A part of a page, from one text to another.
fn part<'a>(page: &'a str, from: &str, to: &str) -> &'a str {
    let (_, rest) = page.split_once(from).expect(from);
    rest.split_once(to).expect(to).0
}

fn changed(page: &str) -> &str {
    part(page, "<section class=\"changed\"", "</section>")
}

#[test]
fn without_a_history_nothing_is_said_of_one() {
    let report = report("zh");
    for page in [
        page("zh"),
        region(&report, &report.regions[1]).expect("renders"),
    ] {
        for said in [
            "class=\"changed\"",
            "class=\"trend\"",
            "id=\"waivers\"",
            "#changed",
            "class=\"late\"",
        ] {
            assert!(!visible(&page).contains(said), "{said}");
        }
    }
}

#[test]
fn the_first_screen_counts_what_became_of_every_finding() {
    let report = later("zh");
    let counts = |page: &str| -> Vec<String> {
        let line = part(page, words("zh").past.since, "</p>");
        let numbers = line.split("<b>").skip(1);
        numbers
            .map(|rest| rest.split_once("</b>").expect("an end").0.to_owned())
            .collect()
    };
    // New, reopened, open, waived, settled, withdrawn, cannot tell, overdue: never our own reading; a
    // region that was not read this time counts on the national page.
    let national = national(&report).expect("renders");
    assert_eq!(
        counts(&national),
        ["2", "1", "0", "1", "3", "60", "900", "1"]
    );
    let own = region(&report, &report.regions[1]).expect("renders");
    assert_eq!(counts(&own), ["1", "1", "0", "1", "1", "20", "300", "1"]);
    // What was agreed to be left is beside the errors and not among them.
    let tile = part(&own, "<li class=\"error\">", "</li>");
    assert!(tile.contains("<b>1</b>"), "{tile}");
    assert!(own.contains("另有已豁免 1 条"));
}

#[test]
fn a_new_finding_stands_under_what_brought_it() {
    let past = words("zh").past;
    let page = national(&later("zh")).expect("renders");
    let section = changed(&page);
    let list = part(section, "<b>清单有改动</b>", "</details>");
    assert!(list.contains("#f-aa01") && list.contains("#f-dd04") && list.contains(past.note_list));
    let both = part(section, "<b>清单有改动，或规则有改动</b>", "</details>");
    assert!(both.contains("#f-cc03") && both.contains(past.note_several));
    assert!(
        both.contains("cause=list%2Brules"),
        "a plus sign in an address is a space"
    );
    assert!(section.contains(past.beside_rules) && !section.contains(past.beside_reading));
}

#[test]
fn only_what_was_mended_is_called_mended() {
    let past = words("zh").past;
    let page = national(&later("zh")).expect("renders");
    let state = |name: &str| {
        part(
            changed(&page),
            &format!("<details class=\"{name}\""),
            "</details>",
        )
    };
    let settled = state("settled");
    assert!(settled.contains("gg01") && settled.contains("gg02") && settled.contains(past.settled));
    let withdrawn = state("withdrawn");
    assert!(withdrawn.contains("gg03") && withdrawn.contains(past.note_withdrawn));
    assert!(withdrawn.contains(past.cause_rules) && !withdrawn.contains(past.settled));
    let unknown = state("unknown");
    assert!(
        unknown.contains("gg04") && unknown.contains("gg06") && unknown.contains("这次没有读到")
    );
    assert!(
        !changed(&page).contains("gg05"),
        "our reading is only counted"
    );
    assert!(changed(&page).contains("新出现 0 处，不再出现 1 处"));
}

#[test]
fn a_region_reads_of_its_own_changes_alone() {
    let report = later("zh");
    let page = region(&report, &report.regions[1]).expect("renders");
    let section = changed(&page);
    assert!(section.contains("gg02") && section.contains("#f-dd04"));
    for foreign in [
        "gg01",
        "gg06",
        "aa01",
        "江苏",
        "32 的旧发现",
        "waivers.toml:12",
    ] {
        assert!(!page.contains(foreign), "{foreign}");
    }
    let trend = part(&page, "<section class=\"trend\"", "</section>");
    let numbers: Vec<&str> = trend
        .split("<td class=\"n error\">")
        .skip(1)
        .map(|rest| rest.split_once('<').expect("an end").0)
        .collect();
    assert_eq!(
        numbers,
        ["6", "7", "9"],
        "its own, and no run that did not read it"
    );
    assert!(trend.contains("其中 1 次没有读到这份清单"));
}

#[test]
fn the_nation_is_the_sum_of_the_lists_that_were_read() {
    let page = national(&later("zh")).expect("renders");
    let trend = part(&page, "<section class=\"trend\"", "</section>");
    let rows: Vec<&str> = trend.split("<tr>").skip(2).collect();
    assert_eq!(rows.len(), 4);
    assert!(rows[0].contains("<td class=\"n\">2</td><td class=\"n error\">8</td>"));
    assert!(rows[2].contains("<td class=\"n\">1</td><td class=\"n error\">4</td>"));
    assert!(trend.contains(words("zh").past.trend_lists));
    assert!(trend.contains("<svg class=\"strip trend\"") && trend.contains("aria-hidden=\"true\""));
}

#[test]
fn one_run_is_no_trend() {
    let mut report = later("zh");
    report.trend.truncate(2);
    assert!(
        national(&report)
            .expect("renders")
            .contains("class=\"trend\"")
    );
    let own = region(&report, &report.regions[1]).expect("renders");
    assert!(!own.contains("class=\"trend\""), "64 was read once");
    report.trend.truncate(1);
    assert!(
        !national(&report)
            .expect("renders")
            .contains("class=\"trend\"")
    );
}

#[test]
fn a_waiver_stands_beside_its_finding_and_in_the_appendix() {
    let report = later("zh");
    let page = national(&report).expect("renders");
    let table = part(&page, "id=\"waivers\"", "</table>");
    for said in [
        "生效中",
        "已到期",
        "宁夏已报备。",
        "医保函〔2026〕12号",
        "waivers.toml:12",
        "#f-ff06",
    ] {
        assert!(table.contains(said), "{said}");
    }
    let grounds = "宁夏已报备；医保函〔2026〕12号；至 2026-12-31；waivers.toml:3";
    let own = region(&report, &report.regions[1]).expect("renders");
    assert!(own.contains(grounds) && !own.contains("id=\"waivers\""));
    assert!(
        own.contains("<span class=\"status\">已豁免</span>"),
        "without a script too"
    );
}

#[test]
fn the_script_is_told_of_days_and_causes() {
    let page = national(&later("zh")).expect("renders");
    let json = part(&page, "id=\"data\">", "</script>");
    let data: serde_json::Value = serde_json::from_str(json).expect("JSON");
    assert_eq!(data["compared"], true);
    let rows = data["findings"].as_array().expect("findings");
    let late = rows
        .iter()
        .find(|row| row[0] == "dd04")
        .expect("the late one");
    let told: Vec<_> = (21..=25).map(|column| late[column].clone()).collect();
    assert_eq!(
        told,
        serde_json::json!(["2026-11-22", "list", "2026-11-20", true, ""])
            .as_array()
            .expect("values")
            .clone()
    );
    let causes: Vec<_> = data["causes"]
        .as_array()
        .expect("causes")
        .iter()
        .map(|one| one["key"].clone())
        .collect();
    assert_eq!(causes, ["list", "list+rules"]);
}

#[test]
fn what_is_only_waived_is_no_fault_on_the_map() {
    let mut report = later("zh");
    report.national_items[0].cells[1].findings = vec!["ff06".into()];
    let page = national(&report).expect("renders");
    let map = part(&page, "<table class=\"map\">", "</table>");
    assert!(map.contains("c waived") && map.contains("已豁免 1"));
    assert!(
        page.contains("<span class=\"c waived\">"),
        "and the key says so"
    );
}
