//! What the rules find in a list that has one fault: the rule that names its cause, and nothing
//! else. The lists are written from the national data, so that without a fault nothing is found.

use std::fs;

use heyan::report::view::FindingView;
use heyan::run::{Job, clock, run};
use heyan::standard::{Ceiling, Edition, Item, Standard};

const HEADER: [&str; 10] = [
    "主项",
    "主项编码",
    "子项序号",
    "子项",
    "子项编码",
    "办理材料",
    "办理时限",
    "办理环节",
    "备注",
    "设定依据",
];
/// Columns of a row, by their place in the header.
const MAIN_CODE: usize = 1;
const NAME: usize = 3;
const CODE: usize = 4;
const MATERIALS: usize = 5;
const LIMIT: usize = 6;
const STEPS: usize = 7;
const REMARK: usize = 8;

/// A list as cells.
#[derive(Clone)]
struct List {
    title: String,
    header: Vec<String>,
    rows: Vec<Vec<String>>,
    note: String,
}

fn limit(ceiling: Option<&Ceiling>) -> String {
    match ceiling.map(ToString::to_string).as_deref() {
        None | Some("immediate") => "即时办结".to_owned(),
        Some(form) => form
            .replace("<=", "不超过")
            .replace(" wd", "个工作日")
            .replace(" cd", "个自然日"),
    }
}

fn row(edition: &Edition, item: &Item) -> Vec<String> {
    let main = edition.main_of(item).expect("its main item");
    let numbers = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
    let materials: Vec<String> = item
        .materials
        .iter()
        .enumerate()
        .map(|(index, name)| format!("{}.{name}", index + 1))
        .collect();
    vec![
        format!("{}、{}", numbers[usize::from(main.number) - 1], main.name),
        main.code.clone(),
        item.seq.to_string(),
        item.name.clone(),
        item.code.clone(),
        materials.join(" "),
        limit(item.ceiling_for("")),
        item.steps.join("—"),
        String::new(),
        "《中华人民共和国社会保险法》（主席令第35号）第三十一条".to_owned(),
    ]
}

fn sound() -> List {
    let standard = Standard::load().expect("national data");
    let edition = standard.newest().expect("an edition");
    List {
        title: "四川省医疗保障经办政务服务事项清单（2024年版）".to_owned(),
        header: HEADER.map(str::to_owned).to_vec(),
        rows: edition
            .items
            .iter()
            .map(|item| row(edition, item))
            .collect(),
        note: "说明：本清单共有主项10项、子项28项。".to_owned(),
    }
}

fn found(list: &List) -> Vec<FindingView> {
    let folder = tempfile::tempdir().expect("a folder");
    let mut text = format!("{}\n\n{}\n", list.title, list.header.join("\t"));
    for row in &list.rows {
        text += &row.join("\t");
        text.push('\n');
    }
    text += &format!("\n{}\n", list.note);
    fs::write(folder.path().join("list.txt"), text).expect("written");
    let job = Job::over(
        vec![folder.path().to_path_buf()],
        clock("2026-11-22T08:30:00+08:00").expect("a moment"),
    );
    let report = run(&job, &mut |_, _, _| true).expect("read").report;
    let ours = |finding: &FindingView| finding.field != "basis" || finding.level == "list";
    report.findings.into_iter().filter(ours).collect()
}

/// Rules that find something, each with its severity, level and number.
fn told(change: impl FnOnce(&mut List)) -> Vec<String> {
    let mut list = sound();
    change(&mut list);
    found(&list)
        .iter()
        .map(|f| format!("{} {} {} {}", f.rule, f.severity, f.level, f.seq))
        .collect()
}

/// The cell of an item, by the item's number.
fn cell(list: &mut List, seq: usize, column: usize) -> &mut String {
    &mut list.rows[seq - 1][column]
}

#[test]
fn a_sound_list_has_no_findings() {
    assert_eq!(told(|_| {}), Vec::<String>::new());
}

#[test]
fn one_cause_makes_one_finding() {
    let all_wrong = |list: &mut List| {
        for row in &mut list.rows {
            row[CODE] = row[CODE].replacen("00", "32", 1);
            row[MAIN_CODE] = row[MAIN_CODE].replacen("00", "32", 1);
        }
    };
    assert_eq!(told(all_wrong), ["code-prefix error item 1"]);
    let copied = |list: &mut List| *cell(list, 20, CODE) = "002036007001".to_owned();
    assert_eq!(told(copied), ["code-duplicate error item 20"]);
    let taken = |list: &mut List| *cell(list, 19, CODE) = "002036007002".to_owned();
    assert_eq!(told(taken), ["code-duplicate error item 19"]);
    let no_steps = |list: &mut List| {
        list.header.remove(STEPS);
        for row in &mut list.rows {
            row.remove(STEPS);
        }
    };
    assert_eq!(told(no_steps), ["column-missing warning list "]);
    let no_maternity = |list: &mut List| {
        list.rows.drain(18..22);
        for (index, row) in list.rows.iter_mut().enumerate() {
            row[2] = (index + 1).to_string();
        }
        list.note.clear();
        for row in &mut list.rows[18..] {
            row[0] = row[0].split_once('、').expect("a number").1.to_owned();
        }
    };
    assert_eq!(told(no_maternity), ["main-missing error main "]);
}

#[test]
fn codes_of_other_forms() {
    let office = |credit: &str| {
        let credit = credit.to_owned();
        move |list: &mut List| {
            for row in &mut list.rows {
                row[CODE] = format!("{credit}2{}", row[CODE]);
            }
        }
    };
    assert_eq!(told(office("11370100MB2863651N")), Vec::<String>::new());
    assert_eq!(
        told(office("11370100MB2863651M")),
        ["credit-code-check warning list "]
    );
    let jinan = |list: &mut List| {
        for row in &mut list.rows {
            row[CODE] = format!("{}01", row[CODE].replacen("00", "51", 1));
            row[MAIN_CODE] = row[MAIN_CODE].replacen("00", "51", 1);
        }
    };
    assert_eq!(told(jinan), ["code-variant warning list "]);
    let no_main = |list: &mut List| {
        for row in &mut list.rows[10..15] {
            row[MAIN_CODE].clear();
        }
    };
    assert_eq!(told(no_main), ["main-code-missing warning main 4"]);
    let added = |list: &mut List| {
        let mut row = list.rows[21].clone();
        row[2] = "23".to_owned();
        row[NAME] = "一次性营养补助支付".to_owned();
        row[CODE] = "002036007005".to_owned();
        list.rows.insert(22, row);
        for (index, row) in list.rows.iter_mut().enumerate() {
            row[2] = (index + 1).to_string();
        }
        list.note.clear();
    };
    assert_eq!(
        told(added),
        [
            "item-extra info item 23",
            "code-national-series warning item 23"
        ]
    );
}

#[test]
fn limits_in_another_unit() {
    let of = |seq: usize, text: &str| {
        let text = text.to_owned();
        told(move |list: &mut List| *cell(list, seq, LIMIT) = text)
    };
    assert_eq!(
        of(22, "不超过30个自然日"),
        ["limit-over-ceiling error item 22"]
    );
    assert_eq!(
        of(22, "不超过15个自然日"),
        ["limit-unit-differs warning item 22"]
    );
    assert_eq!(of(22, "不超过14个自然日"), Vec::<String>::new());
    assert_eq!(
        of(25, "不超过90个工作日"),
        ["limit-over-ceiling warning item 25"]
    );
    assert_eq!(
        of(25, "不超过66个工作日"),
        ["limit-unit-differs warning item 25"]
    );
    assert_eq!(of(25, "不超过30个工作日"), ["limit-stricter info list "]);
    // 原则上 in the clause of law: no ground for an error.
    assert_eq!(
        of(28, "不超过40个工作日"),
        ["limit-over-ceiling warning item 28"]
    );
    let remark =
        |list: &mut List| *cell(list, 4, REMARK) = "受理后应在5个工作日内办结。".to_owned();
    assert_eq!(told(remark), ["limit-remark warning item 4"]);
}

#[test]
fn steps_and_materials_beside_the_national_ones() {
    let steps = |seq: usize, text: &str| {
        let text = text.to_owned();
        told(move |list: &mut List| *cell(list, seq, STEPS) = text)
    };
    assert_eq!(
        steps(17, "申请—受理—审核—复核—拨付—办结"),
        ["steps-differ warning item 17"]
    );
    assert_eq!(
        steps(17, "申请—受理—拨付—办结"),
        ["steps-differ info item 17"]
    );
    assert_eq!(steps(17, "申请—收件—审查—支付—办结"), Vec::<String>::new());
    let materials = |seq: usize, text: &str| {
        let text = text.to_owned();
        told(move |list: &mut List| *cell(list, seq, MATERIALS) = text)
    };
    assert_eq!(
        materials(
            9,
            "1.有效身份证件 2.《职工基本医疗保险个人账户一次性支取申请表》 3.银行卡"
        ),
        ["materials-exceed warning item 9"]
    );
    assert_eq!(
        materials(
            17,
            "1.有效身份证件 2.医药机构收费票据 3.门急诊费用清单 4.其他材料"
        ),
        ["materials-vague warning item 17"]
    );
    assert_eq!(materials(16, ""), ["materials-missing warning item 16"]);
    assert_eq!(materials(9, "无"), Vec::<String>::new());
}

#[test]
fn what_a_list_says_of_itself() {
    let total = |list: &mut List| list.note = "说明：本清单共有主项10项、子项29项。".to_owned();
    assert_eq!(told(total), ["count-differs warning list "]);
    let mains = |list: &mut List| list.note = "说明：本清单共有主项11项、子项28项。".to_owned();
    assert_eq!(told(mains), ["main-count-differs warning list "]);
    let outdated = |list: &mut List| {
        list.note = "说明：事项编码按照C0109.1-2018进行编码。".to_owned();
    };
    assert_eq!(told(outdated), ["standard-outdated warning list "]);
    let untitled = |list: &mut List| list.title = "四川省医疗保障经办政务服务事项清单".to_owned();
    assert_eq!(told(untitled), ["title-incomplete info list "]);
    let renamed = |list: &mut List| {
        for row in &mut list.rows[10..15] {
            row[0] = "四、基本医疗保险异地就医".to_owned();
        }
    };
    assert_eq!(told(renamed), ["main-name-differs warning main 4"]);
}
