//! Letters and their templates: what is charged, what Word does to placeholders, what is told of a
//! broken template.

mod term;

use std::path::PathBuf;

use minijinja::context;

use super::charge::Charge;
use super::package::{pack, unpack};
use super::paragraph::{check, prepare};
use super::template::Template;
use super::*;
use crate::config::LettersConfig;
use crate::report::view::{FindingView, Report, RuleSetView, SCHEMA_VERSION, Totals};

const NOW: &str = "2026-11-22T08:30:00+08:00";

fn finding(id: &str, origin: &str, severity: &str) -> FindingView {
    FindingView {
        id: id.into(),
        rule: "code-format".into(),
        severity: severity.into(),
        status: "new".into(),
        origin: origin.into(),
        certainty: "0.95".into(),
        region_code: "66".into(),
        region: "新疆生产建设兵团".into(),
        list: "清单(2023年版)".into(),
        edition: "2023".into(),
        level: "item".into(),
        seq: "3".into(),
        code: "002036001003".into(),
        name: "城乡居民参保登记".into(),
        field: "code".into(),
        found: "02036001003".into(),
        expected: "002036001003".into(),
        message: format!("编码<{id}>不符合 & 规则。"),
        basis: "编码要求".into(),
        remedy: "请改正。".into(),
        file: "xpcc/list.txt".into(),
        page: "2".into(),
        line: id.into(),
        row: "4".into(),
        column: "5".into(),
        quote: "02036001003".into(),
        known: "derived".into(),
        ..FindingView::default()
    }
}

fn list(code: &str, publisher: &str) -> RegionView {
    RegionView {
        code: code.into(),
        name: "新疆生产建设兵团".into(),
        publisher: publisher.into(),
        short_name: "兵团".into(),
        list: "清单(2023年版)".into(),
        file: "xpcc/list.txt".into(),
        edition: "2023".into(),
        edition_reason: "标题写明。".into(),
        expected_items: 28,
        matched_items: 28,
        read_items: 28,
        read_business: 0,
        uncertain_values: 0,
        values: 168,
        totals: Totals::default(),
    }
}

fn report(findings: Vec<FindingView>) -> Report {
    Report {
        schema_version: SCHEMA_VERSION,
        program_version: "0.1.0".into(),
        run_id: "20261122T083000p0800".into(),
        now: NOW.into(),
        as_of: None,
        national_items: Vec::new(),
        previous: None,
        repositories: Vec::new(),
        gone: Vec::new(),
        trend: Vec::new(),
        waivers: Vec::new(),
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
        regions: vec![list("66", "")],
        rules: Vec::new(),
        findings,
    }
}

fn written(report: &Report, letters: &LettersConfig) -> Result<Files, WriteError> {
    files(&Content {
        report,
        items: &[],
        letters,
        pages: false,
        texts: &BTreeMap::new(),
        base: "",
        fail_on: crate::report::FailOn::Error,
        anew: false,
        handbook: None,
    })
}

fn document(files: &Files) -> String {
    let (_, bytes) = files
        .iter()
        .find(|(name, _)| name == "letters/66.docx")
        .expect("a letter");
    part(bytes, "word/document.xml")
}

fn part(bytes: &[u8], name: &str) -> String {
    let parts = unpack(bytes).expect("a document");
    let (_, content) = parts
        .into_iter()
        .find(|(own, _)| own == name)
        .expect("the part");
    String::from_utf8(content).expect("text")
}

/// A document whose body is what Word would have made of it.
fn word(body: &str) -> Vec<u8> {
    let text = format!("<w:document><w:body>{body}</w:body></w:document>");
    pack([("word/document.xml", text.as_bytes())]).expect("packed")
}

fn told(body: &str) -> String {
    let template = match Template::parse(PathBuf::from("own.docx"), &word(body)) {
        Ok(template) => template,
        Err(error) => return error.to_string(),
    };
    let values = context! { region => "宁夏", faults => Vec::<String>::new() };
    match template.fill(&values, NOW) {
        Ok(_) => String::new(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn only_faults_of_the_document_are_charged() {
    let mut waived = finding("7", "document", "error");
    waived.status = "waived".into();
    let report = report(vec![
        finding("1", "document", "warning"),
        finding("2", "document", "error"),
        finding("3", "document", "info"),
        finding("4", "reading", "error"),
        finding("4", "reading", "warning"),
        waived,
    ]);
    let charge = Charge::of(&report, "66");
    let ids = |findings: &[&FindingView]| -> Vec<String> {
        findings.iter().map(|f| f.id.clone()).collect()
    };
    assert_eq!(ids(&charge.faults), ["2", "1"]);
    assert_eq!(ids(&charge.doubts), ["4"]);
    assert!(Charge::of(&report, "64").faults.is_empty());
}

#[test]
fn what_was_read_badly_is_asked_and_not_charged() {
    let report = report(vec![
        finding("1", "document", "error"),
        finding("9", "reading", "warning"),
    ]);
    let text = document(&written(&report, &LettersConfig::default()).expect("written"));
    assert!(text.contains("编码&lt;1&gt;不符合 &amp; 规则。"), "{text}");
    assert!(
        !text.contains("编码&lt;9&gt;"),
        "a doubtful reading is not charged"
    );
    assert!(text.contains("请协助核对的内容"));
    assert!(text.contains("自收到之日起15个工作日内"));
    assert!(
        text.contains("参照值（推定）"),
        "what is derived is said to be derived"
    );
    assert!(text.contains("新疆生产建设兵团医疗保障局："));
    assert!(text.contains("2026年11月22日"));
}

#[test]
fn a_region_without_a_fault_gets_no_letter() {
    let report = report(vec![
        finding("1", "reading", "error"),
        finding("2", "document", "info"),
    ]);
    let files = written(&report, &LettersConfig::default()).expect("written");
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, [INDEX]);
    let table = String::from_utf8(files[0].1.clone()).expect("text");
    assert!(
        table.contains("66,新疆生产建设兵团,新疆生产建设兵团医疗保障局,,0,0,1"),
        "{table}"
    );
}

#[test]
fn a_letter_goes_to_who_published_the_list() {
    let mut report = report(vec![finding("1", "document", "error")]);
    report.regions = vec![list("66", "兵团医保局")];
    let text = document(&written(&report, &LettersConfig::default()).expect("written"));
    assert!(text.contains("兵团医保局："), "{text}");
}

#[test]
fn equal_runs_yield_equal_letters_dated_by_their_clock() {
    let report = report(vec![finding("1", "document", "error")]);
    let once = written(&report, &LettersConfig::default()).expect("written");
    let again = written(&report, &LettersConfig::default()).expect("written");
    assert_eq!(once, again);
    let (_, bytes) = &once[0];
    let core = part(bytes, "docProps/core.xml");
    assert!(
        core.contains(">2026-11-22T00:30:00Z</dcterms:created>"),
        "{core}"
    );
}

#[test]
fn a_placeholder_cut_into_runs_is_whole_again() {
    let xml = "<w:p><w:r><w:t>致{</w:t></w:r><w:proofErr/><w:r><w:t>{ reg</w:t></w:r>\
        <w:r><w:rPr><w:b/></w:rPr><w:t>ion }}：&lt;完&gt;</w:t></w:r></w:p>";
    let whole = prepare(xml).expect("sound");
    assert_eq!(
        whole,
        "<w:p><w:r><w:t xml:space=\"preserve\">致{{ region }}</w:t></w:r><w:proofErr/><w:r>\
         <w:t xml:space=\"preserve\"></w:t></w:r><w:r><w:rPr><w:b/></w:rPr>\
         <w:t xml:space=\"preserve\">：&lt;完&gt;</w:t></w:r></w:p>"
    );
}

#[test]
fn what_holds_no_placeholder_stays_byte_for_byte() {
    let xml = "<w:p w:rsidR=\"1\"><w:r><w:t>第{1}条 &amp; 50%}</w:t></w:r></w:p>\n<w:sectPr/>";
    assert_eq!(prepare(xml).expect("sound"), xml);
}

#[test]
fn paragraphs_and_rows_give_way_to_their_tags() {
    let xml = "<w:p><w:r><w:t>{%p for</w:t></w:r><w:r><w:t> f in faults %}</w:t></w:r></w:p>\
        <w:tbl><w:tr><w:tc><w:p><w:r><w:t>{%tr if f == “x” %}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>\
        <w:p><w:r><w:t>{%p endfor %}</w:t></w:r></w:p>";
    let source = prepare(xml).expect("sound");
    assert_eq!(
        source,
        "{% for f in faults %}<w:tbl>{% if f == \"x\" %}</w:tbl>{% endfor %}"
    );
}

#[test]
fn values_are_escaped_and_keep_their_lines() {
    let body = "<w:p><w:r><w:t>{{ region }}{{ \"&lt;b&gt;\"|safe }}</w:t></w:r></w:p>";
    let template = Template::parse(PathBuf::from("own.docx"), &word(body)).expect("sound");
    let values = context! { region => "甲<乙>\n\"丙\"\u{b}" };
    let text = part(
        &template.fill(&values, NOW).expect("filled"),
        "word/document.xml",
    );
    assert!(text.contains("甲&lt;乙&gt;</w:t><w:br/>"), "{text}");
    assert!(text.contains("&quot;丙&quot;\u{fffd}&lt;b&gt;"), "{text}");
}

#[test]
fn a_broken_template_is_told_with_its_paragraph_and_placeholder() {
    let p = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    let cases = [
        (
            p("一") + &p("致{{ regoin }}："),
            vec!["第2段“致{{ regoin }}：”", "{{ regoin }}"],
        ),
        (p("{{ region.nome }}"), vec!["第1段", "{{ region.nome }}"]),
        (p("{{ region"), vec!["“{{ region”", "}}"]),
        (p("{{ region | upcase }}"), vec!["upcase"]),
        (p("{%p for f in faults %}"), vec!["word/document.xml"]),
        (
            p("共{%p if faults %}"),
            vec!["“共{%p if faults %}”", "独占一段"],
        ),
        ("<w:p><w:r>".to_owned(), vec!["XML"]),
    ];
    for (body, words) in cases {
        let said = told(&body);
        assert!(
            said.contains("own.docx") && said.contains("word/document.xml"),
            "{body}: {said}"
        );
        for word in words {
            assert!(said.contains(word), "{body}: {said}");
        }
    }
    assert!(told(&p("{{ region }}")).is_empty());
}

#[test]
fn a_file_that_is_no_word_document_is_told() {
    let refused = |bytes: &[u8]| {
        let template = Template::parse(PathBuf::from("own.docx"), bytes);
        template
            .err()
            .map(|error| error.to_string())
            .unwrap_or_default()
    };
    assert!(refused(b"plain text").contains("own.docx"));
    let zip = pack([("a.txt", &b"a"[..])]).expect("packed");
    assert!(refused(&zip).contains("word/document.xml"));
    let absent = LettersConfig {
        template: Some(PathBuf::from("no/such.docx")),
        ..LettersConfig::default()
    };
    let error = written(&report(Vec::new()), &absent).expect_err("absent");
    assert!(error.to_string().contains("no/such.docx"), "{error}");
}

#[test]
fn a_filled_part_is_sound_or_told() {
    assert!(check("<w:tc><w:p/></w:tc>").is_ok());
    assert!(
        check("<w:tc></w:tc>").is_err(),
        "Word refuses a cell without a paragraph"
    );
    assert!(check("<w:p><w:r></w:p>").is_err());
    assert!(check("<w:p>").is_err());
}

#[test]
fn the_built_in_templates_are_their_parts() {
    for (language, (file, bytes)) in [("zh", BUILT_IN), ("en", BUILT_IN_ENGLISH)] {
        for (name, content) in unpack(bytes).expect("a document") {
            let path = match name.as_str() {
                "word/document.xml" => format!("templates/letter/{language}/document.xml"),
                other => format!("templates/letter/{other}"),
            };
            let part = fs::read(&path).expect("the part");
            assert_eq!(
                content, part,
                "{file} is not made of {path}: cargo run --release --example letter_template"
            );
        }
    }
}
