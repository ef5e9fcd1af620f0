//! Drafts from the findings of the bundled lists: whose they are, what they say, what goes with them.

use std::collections::BTreeMap;

use super::*;
use crate::config::LettersConfig;
use crate::config::mail::FromSeverity;
use crate::report::FailOn;
use crate::report::letters;
use crate::report::view::{
    FindingView, NotRead, PreviousRegion, PreviousView, RegionView, Report, RuleNotRun,
    RuleSetView, SCHEMA_VERSION, Severities, Totals,
};

/// The findings of the committed sample.
fn findings() -> Vec<FindingView> {
    let mut reader = csv_reader("reports/sample/findings.csv");
    let columns: Vec<String> = reader
        .headers()
        .expect("a header")
        .iter()
        .map(|name| name.trim_start_matches('\u{feff}').to_owned())
        .collect();
    let rows = reader.records().map(|row| {
        let row = row.expect("a row");
        let cell = |name: &str| {
            let index = columns.iter().position(|column| column == name);
            index
                .and_then(|index| row.get(index))
                .unwrap_or_default()
                .to_owned()
        };
        FindingView {
            id: cell("id"),
            rule: cell("rule"),
            severity: cell("severity"),
            status: cell("status"),
            origin: cell("origin"),
            certainty: cell("certainty"),
            region_code: cell("region_code"),
            region: cell("region"),
            list: cell("list"),
            edition: cell("edition"),
            level: cell("level"),
            seq: cell("seq"),
            code: cell("code"),
            name: cell("name"),
            field: cell("field"),
            found: cell("found"),
            expected: cell("expected"),
            message: cell("message"),
            basis: cell("basis"),
            remedy: cell("remedy"),
            file: cell("file"),
            page: cell("page"),
            line: cell("line"),
            row: cell("row"),
            column: cell("column"),
            quote: cell("quote"),
            known: cell("known"),
            ..FindingView::default()
        }
    });
    rows.collect()
}

fn csv_reader(path: &str) -> ::csv::Reader<std::fs::File> {
    ::csv::Reader::from_path(path).expect("the sample")
}

fn report(findings: Vec<FindingView>) -> Report {
    let mut regions: BTreeMap<&str, RegionView> = BTreeMap::new();
    for f in &findings {
        regions.entry(&f.region_code).or_insert_with(|| RegionView {
            code: f.region_code.clone(),
            name: f.region.clone(),
            publisher: format!("{}医疗保障局", f.region),
            short_name: f.region.clone(),
            list: f.list.clone(),
            file: f.file.clone(),
            edition: f.edition.clone(),
            edition_reason: "标题写明。".into(),
            expected_items: 28,
            matched_items: 28,
            read_items: 28,
            read_business: 0,
            uncertain_values: 0,
            values: 168,
            totals: Totals::default(),
        });
    }
    Report {
        schema_version: SCHEMA_VERSION,
        program_version: "0.1.0".into(),
        run_id: "20261122T083000p0800".into(),
        now: "2026-11-22T08:30:00+08:00".into(),
        as_of: None,
        lang: "zh".into(),
        rule_set: RuleSetView {
            digest: "d".repeat(64),
            count: 1,
            changes: Vec::new(),
            ..RuleSetView::default()
        },
        inputs: Vec::new(),
        totals: Totals::default(),
        not_read: Vec::new(),
        not_lists: Vec::new(),
        versions: Vec::new(),
        rules_not_run: Vec::new(),
        regions: regions.into_values().collect(),
        national_items: Vec::new(),
        previous: None,
        rules: Vec::new(),
        findings,
        ..Report::default()
    }
}

fn sample() -> Report {
    report(findings())
}

/// One fault with everything set.
fn fault(id: &str) -> FindingView {
    FindingView {
        id: id.into(),
        rule: "limit-over-ceiling".into(),
        severity: "error".into(),
        status: "open".into(),
        origin: "document".into(),
        region_code: "32".into(),
        region: "江苏省".into(),
        list: "List".into(),
        level: "item".into(),
        seq: "3".into(),
        name: "Name".into(),
        field: "time_limit".into(),
        found: "<=30 wd".into(),
        expected: "<=20 wd".into(),
        message: format!("Fault {id} says {{total}} <script>alert(1)</script>"),
        basis: "Clause 3".into(),
        remedy: "Shorten it.".into(),
        file: "js/list.txt".into(),
        page: "2".into(),
        line: "7".into(),
        quote: "30 days & more".into(),
        known: "statute".into(),
        due: "2026-12-11".into(),
        ..FindingView::default()
    }
}

fn with<T>(report: &Report, letters: &LettersConfig, then: impl FnOnce(&Content<'_>) -> T) -> T {
    then(&Content {
        report,
        items: &[],
        letters,
        pages: false,
        texts: &BTreeMap::new(),
        base: "",
        fail_on: FailOn::Error,
        anew: false,
        handbook: None,
    })
}

fn drafted(report: &Report, code: &str, files: &Files, occasion: &Occasion) -> Draft {
    let settings = MailConfig::default();
    let mailing = Mailing {
        settings: &settings,
        files,
        folder: "reports/run",
    };
    with(report, &LettersConfig::default(), |of| {
        region(of, code, "经办管理处", &mailing, occasion).expect("a draft")
    })
}

fn to_office(report: &Report, files: &Files, settings: &MailConfig, trouble: &[Trouble]) -> Draft {
    let mailing = Mailing {
        settings,
        files,
        folder: "reports/run",
    };
    with(report, &LettersConfig::default(), |of| {
        office(of, &mailing, &Occasion::First, trouble).expect("a draft")
    })
}

/// The text of HTML, tags taken out.
fn shown(html: &str) -> String {
    let tags = regex::Regex::new("<[^>]*>").expect("a pattern");
    let text = tags.replace_all(html, "");
    text.replace("&#60;", "<")
        .replace("&#62;", ">")
        .replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&#38;", "&")
}

#[test]
fn a_region_is_told_of_its_own_list_and_of_no_other() {
    let report = sample();
    let files = with(&report, &LettersConfig::default(), |of| {
        enclosures(of, &[]).expect("files")
    });
    assert!(report.regions.len() > 3);
    for own in &report.regions {
        let draft = drafted(&report, &own.code, &files, &Occasion::First);
        let mut whole = format!("{}\n{}\n{}", draft.subject, draft.text, shown(&draft.html));
        // A clause that was derived says from whose list; that is how it is known.
        for f in report.findings.iter().filter(|f| f.region_code == own.code) {
            whole = whole.replace(&f.basis, "");
        }
        for attachment in &draft.attachments {
            whole.push_str(&attachment.name);
        }
        let others = || report.regions.iter().filter(|other| other.code != own.code);
        for other in others() {
            assert!(
                !whole.contains(&other.name),
                "{} names {}",
                own.name,
                other.name
            );
        }
        for attachment in &draft.attachments {
            whole.push_str(&String::from_utf8_lossy(&attachment.bytes));
        }
        for other in others() {
            assert!(
                !whole.contains(&other.file),
                "{} names {}",
                own.name,
                other.file
            );
        }
        let foreign = report.findings.iter().filter(|f| f.region_code != own.code);
        for f in foreign {
            assert!(!whole.contains(&f.id), "{} has {}", own.name, f.id);
        }
    }
}

#[test]
fn both_versions_say_everything_of_a_fault() {
    let report = sample();
    let draft = drafted(&report, "15", &Files::new(), &Occasion::First);
    let html = shown(&draft.html);
    let charge = letters::Charge::of(&report, "15");
    assert!(charge.faults.len() > 5);
    for f in &charge.faults {
        for part in [
            &f.message,
            &f.quote,
            &f.expected,
            &f.basis,
            &f.remedy,
            &f.id,
            &f.file,
        ] {
            assert!(draft.text.contains(part.as_str()), "{part}\n{}", draft.text);
            assert!(html.contains(part.as_str()), "{part}");
        }
    }
}

#[test]
fn what_we_could_not_read_is_asked_and_not_charged() {
    let report = sample();
    for list in &report.regions {
        let draft = drafted(&report, &list.code, &Files::new(), &Occasion::First);
        let (charged, asked) = draft
            .text
            .split_once("请协助核对的内容")
            .unwrap_or((&draft.text, ""));
        for f in report
            .findings
            .iter()
            .filter(|f| f.region_code == list.code)
        {
            if f.origin == "reading" {
                assert!(!draft.text.contains(&f.id), "{}", f.id);
                assert!(!charged.contains(&f.message), "{}", f.message);
            }
        }
        let doubts = letters::Charge::of(&report, &list.code).doubts;
        assert_eq!(asked.is_empty(), doubts.is_empty());
        if !doubts.is_empty() {
            assert!(asked.contains("不作为你单位清单的差错"), "{asked}");
        }
    }
}

#[test]
fn nothing_derived_is_called_national() {
    let mut f = fault("a");
    f.known = "derived".into();
    let draft = drafted(&report(vec![f]), "32", &Files::new(), &Occasion::First);
    assert!(
        draft.text.contains("参照值（推定）：<=20 wd"),
        "{}",
        draft.text
    );
    assert!(draft.text.contains("不是官方文本"));
    assert!(!draft.text.contains("国家文本"));
}

#[test]
fn html_is_simple_and_holds_nothing_from_elsewhere() {
    let report = report(vec![fault("a")]);
    let settings = MailConfig {
        report_url: Some("javascript:alert(1)".into()),
        ..MailConfig::default()
    };
    let mails = [
        drafted(&report, "32", &Files::new(), &Occasion::First).html,
        to_office(&report, &Files::new(), &settings, &[]).html,
    ];
    for html in mails {
        for word in [
            "<script",
            "<img",
            "<link",
            "<style",
            "src=",
            "url(",
            "http",
            "javascript",
            "class=",
        ] {
            assert!(!html.contains(word), "{word}");
        }
        assert!(html.contains("color-scheme"));
        // Neither a colour of letters nor of paper, so that light and dark are the client's.
        assert!(!html.contains("background") && !html.contains(";color:"));
    }
}

#[test]
fn what_a_list_says_stays_what_it_says() {
    let draft = drafted(
        &report(vec![fault("a")]),
        "32",
        &Files::new(),
        &Occasion::First,
    );
    assert!(
        draft.text.contains("Fault a says {total} <script>"),
        "{}",
        draft.text
    );
    assert!(shown(&draft.html).contains("30 days & more"));
}

#[test]
fn the_day_to_answer_by_is_said_and_what_is_past_is_marked() {
    let occasion = Occasion::First;
    let mut faults = vec![fault("a"), fault("b")];
    let draft = drafted(&report(faults.clone()), "32", &Files::new(), &occasion);
    assert!(
        draft.text.contains("请于2026年12月11日前完成整改"),
        "{}",
        draft.text
    );
    assert!(!draft.text.contains("已逾期"));
    faults[0].due = "2026-11-20".into();
    faults[0].overdue = true;
    let draft = drafted(&report(faults.clone()), "32", &Files::new(), &occasion);
    assert!(
        draft.text.contains("最早为2026年11月20日"),
        "{}",
        draft.text
    );
    assert!(draft.text.contains("其中1项已超过回复期限"));
    assert!(draft.text.contains("回复期限：2026年11月20日（已逾期）"));
    faults.iter_mut().for_each(|f| {
        f.due = String::new();
        f.overdue = false;
    });
    let draft = drafted(&report(faults), "32", &Files::new(), &occasion);
    assert!(
        draft.text.contains("自收到之日起15个工作日内"),
        "{}",
        draft.text
    );
}

#[test]
fn each_occasion_is_told_as_what_it_is() {
    let both = report(vec![fault("a"), fault("b")]);
    let last = "2026-11-15".parse().ok();
    let changed = Occasion::Changed {
        new: BTreeSet::from(["b".to_owned()]),
        settled: 3,
        last,
    };
    let draft = drafted(&both, "32", &Files::new(), &changed);
    assert_eq!(
        draft.subject,
        "[核验] 江苏省清单核验有变化：新出现 1 项，已消除 3 项"
    );
    assert!(
        draft
            .text
            .contains("与2026年11月15日的通知相比，新出现1项，已消除3项"),
        "{}",
        draft.text
    );
    assert!(
        draft.text.contains("[错误·仍未改正] Fault a"),
        "{}",
        draft.text
    );
    assert!(draft.text.contains("[错误·新出现] Fault b"));
    // What was seen in a run but never told is new to who reads it.
    let draft = drafted(&both, "32", &Files::new(), &Occasion::First);
    assert!(
        draft.text.contains("[错误·新出现] Fault a"),
        "{}",
        draft.text
    );
    let reminder = Occasion::Reminder { days: 7, last };
    let draft = drafted(&both, "32", &Files::new(), &reminder);
    assert_eq!(draft.subject, "[核验] 提醒：江苏省清单尚有 2 项未改正");
    assert!(draft.text.contains("已有7天"));
    let mut none = fault("a");
    none.status = "waived".into();
    let settled = Occasion::Settled {
        settled: 2,
        last: None,
    };
    let draft = drafted(&report(vec![none]), "32", &Files::new(), &settled);
    assert_eq!(draft.subject, "[核验] 江苏省清单：此前所列问题均已消除");
    assert!(
        draft.text.contains("上次通知所列2项问题均已消除"),
        "{}",
        draft.text
    );
    assert!(!draft.text.contains("完成整改") && !draft.text.contains("Fault"));
}

#[test]
fn the_reports_own_files_go_along_as_far_as_they_fit() {
    let report = sample();
    let files = with(&report, &LettersConfig::default(), |of| {
        enclosures(of, &[]).expect("files")
    });
    let draft = drafted(&report, "15", &files, &Occasion::First);
    let names: Vec<&str> = draft.attachments.iter().map(|a| a.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "内蒙古自治区整改通知.docx",
            "内蒙古自治区核验发现.csv",
            "内蒙古自治区核验报告.html"
        ]
    );
    for (attachment, file) in draft.attachments.iter().zip([
        "letters/15.docx",
        "regions/15.findings.csv",
        "regions/15.html",
    ]) {
        let (_, bytes) = files
            .iter()
            .find(|(name, _)| name == file)
            .expect("the file");
        assert_eq!(&attachment.bytes, bytes);
        assert!(file.ends_with(&attachment.plain_name));
        assert!(draft.text.contains(&attachment.name));
    }
    let letter = files
        .iter()
        .find(|(name, _)| name == "letters/15.docx")
        .expect("a letter");
    let settings = MailConfig {
        attach_limit_bytes: letter.1.len() as u64,
        ..MailConfig::default()
    };
    let mailing = Mailing {
        settings: &settings,
        files: &files,
        folder: "reports/run",
    };
    let draft = with(&report, &LettersConfig::default(), |of| {
        region(of, "15", "", &mailing, &Occasion::First).expect("a draft")
    });
    assert_eq!(draft.attachments.len(), 1);
    assert!(
        draft
            .text
            .contains("因邮件大小限制未附：内蒙古自治区核验发现.csv、内蒙古自治区核验报告.html"),
        "{}",
        draft.text
    );
    assert!(
        draft.text.starts_with("内蒙古自治区医疗保障局："),
        "{}",
        draft.text
    );
}

#[test]
fn a_mail_of_very_many_faults_stays_readable_and_says_what_it_leaves_out() {
    let faults: Vec<FindingView> = (0..300).map(|n| fault(&format!("f{n:03}"))).collect();
    let draft = drafted(&report(faults), "32", &Files::new(), &Occasion::First);
    assert!(draft.text.contains("50. [") && !draft.text.contains("51. ["));
    assert!(draft.text.contains("另有250项"));
    assert!(draft.subject.contains("错误 300 项"));
}

#[test]
fn the_office_is_told_what_was_not_done_first() {
    let mut report = sample();
    report.not_read.push(NotRead {
        place: String::new(),
        path: "gansu/list.pdf".into(),
        line: Some(3),
        reason: "没有文字层".into(),
        remedy: "请提供文本".into(),
    });
    for rule in ["a", "b"] {
        report.rules_not_run.push(RuleNotRun {
            rule: rule.into(),
            file: "jiangsu/jiangsu-2024.txt".into(),
            reason: "清单没有“主项编码”一栏".into(),
        });
    }
    let late = report
        .findings
        .iter_mut()
        .find(|f| f.origin == "document" && f.severity == "error");
    let late = late.expect("an error");
    late.overdue = true;
    late.due = "2026-11-01".into();
    report.previous = Some(PreviousView {
        run_id: "20261121T083000p0800".into(),
        now: "2026-11-21T08:30:00+08:00".into(),
        regions: vec![PreviousRegion {
            code: "15".into(),
            document: Severities::default(),
            reading: 0,
            settled: 4,
            ..PreviousRegion::default()
        }],
        ..PreviousView::default()
    });
    let trouble = [Trouble {
        who: "宁夏回族自治区".into(),
        address: "nobody＠example.org".into(),
        reason: "550 no such user".into(),
    }];
    let files: Files = vec![("index.html".into(), b"<html>".to_vec())];
    let mut settings = MailConfig {
        report_url: Some("https://heyan.example.org/reports/{run_id}/".into()),
        ..MailConfig::default()
    };
    let draft = to_office(&report, &files, &settings, &trouble);
    assert!(draft.subject.contains("1 份文件未读"), "{}", draft.subject);
    for part in [
        "gansu/list.pdf",
        "没有文字层",
        "请提供文本",
        "第 3 行",
        "nobody＠example.org",
        "550 no such user",
        "2条规则",
        "已消除4项",
        "最早的期限为2026年11月1日",
        "内蒙古自治区",
        "核验报告20261122.html",
        "https://heyan.example.org/reports/20261122T083000p0800/index.html",
    ] {
        assert!(draft.text.contains(part), "{part}\n{}", draft.text);
        assert!(draft.html.contains(part), "{part}");
    }
    assert!(draft.text.find("gansu") < draft.text.find("各地区"));
    assert_eq!(draft.attachments[0].bytes, b"<html>");
    settings.attach_limit_bytes = 3;
    let draft = to_office(&report, &files, &settings, &[]);
    assert!(draft.attachments.is_empty());
    assert!(
        draft.text.contains("未附；报告文件夹：reports/run"),
        "{}",
        draft.text
    );
}

#[test]
fn in_english_nothing_of_ours_is_chinese() {
    let mut english = report(vec![fault("a")]);
    english.lang = "en".into();
    english.regions[0].name = "Jiangsu".into();
    english.regions[0].publisher = "Office".into();
    english.regions[0].short_name = "Jiangsu".into();
    english.findings[0].region = "Jiangsu".into();
    let settings = MailConfig {
        subject_prefix: "[heyan]".into(),
        ..MailConfig::default()
    };
    let mailing = Mailing {
        settings: &settings,
        files: &Files::new(),
        folder: "reports/run",
    };
    let last = "2026-11-15".parse().ok();
    let occasions = [
        Occasion::First,
        Occasion::Changed {
            new: BTreeSet::new(),
            settled: 1,
            last,
        },
        Occasion::Reminder { days: 7, last },
        Occasion::Settled {
            settled: 1,
            last: None,
        },
    ];
    let chinese = regex::Regex::new(r"[\p{Han}，。；：（）]").expect("a pattern");
    for occasion in occasions {
        let draft = with(&english, &LettersConfig::default(), |of| {
            region(of, "32", "Clerk", &mailing, &occasion).expect("a draft")
        });
        for text in [&draft.subject, &draft.text, &shown(&draft.html)] {
            assert!(!chinese.is_match(text), "{text}");
        }
    }
    let draft = to_office(&english, &Files::new(), &settings, &[]);
    assert!(!chinese.is_match(&draft.text), "{}", draft.text);
}

#[test]
fn what_a_mail_is_about_is_what_may_be_held_against_a_list() {
    let set =
        |ids: &[&str]| -> BTreeSet<String> { ids.iter().map(|id| (*id).to_owned()).collect() };
    let mut faults = vec![fault("a"), fault("b"), fault("c"), fault("d"), fault("e")];
    faults[1].severity = "warning".into();
    faults[1].overdue = true;
    faults[2].origin = "reading".into();
    faults[3].status = "waived".into();
    faults[4].severity = "info".into();
    faults.push(FindingView {
        region_code: "64".into(),
        ..fault("f")
    });
    let mut report = report(faults);
    let matter = of_region(&report, "32", FromSeverity::Warning);
    assert_eq!(
        (matter.faults, matter.waived),
        (set(&["a", "b"]), set(&["d"]))
    );
    assert_eq!(
        of_region(&report, "32", FromSeverity::Error).faults,
        set(&["a"])
    );
    report.not_read.push(NotRead {
        place: String::new(),
        path: "x/list.txt".into(),
        line: None,
        reason: String::new(),
        remedy: String::new(),
    });
    let trouble = [Trouble {
        who: "宁夏".into(),
        address: "x@y".into(),
        reason: "550".into(),
    }];
    assert_eq!(
        of_office(&report, FromSeverity::Warning, &trouble).faults,
        set(&[
            "a",
            "b",
            "f",
            "overdue b",
            "not-read x/list.txt",
            "address 宁夏 x@y"
        ])
    );
}
