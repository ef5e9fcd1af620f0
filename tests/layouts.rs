//! Lists in layouts that the bundled ones do not have: what a careful person reads in them, and
//! what no province may be blamed for.

use std::fs;

use heyan::report::ItemRow;
use heyan::report::view::FindingView;
use heyan::run::{Done, Job, clock, run};

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
const STEPS: &str = "申请—受理—审核—办结";
const BASIS: &str = "《中华人民共和国社会保险法》（主席令第35号）第五十七条";

fn read(text: &str) -> Done {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("list.txt"), text).expect("written");
    let job = Job::over(
        vec![folder.path().to_path_buf()],
        clock("2026-11-22T08:30:00+08:00").expect("a moment"),
    );
    let done = run(&job, &mut |_, _, _| true).expect("a run");
    assert!(
        done.report.not_read.is_empty(),
        "{:?}",
        done.report.not_read
    );
    done
}

fn list(header: &[&str], rows: &[Vec<&str>]) -> String {
    let mut lines = vec![
        "四川省医疗保障经办政务服务事项清单（2023年版）".to_owned(),
        String::new(),
    ];
    lines.push(header.join("\t"));
    lines.extend(rows.iter().map(|row| row.join("\t")));
    lines.join("\n") + "\n"
}

fn row<'a>(main: [&'a str; 2], seq: &'a str, name: &'a str, code: &'a str) -> Vec<&'a str> {
    vec![
        main[0],
        main[1],
        seq,
        name,
        code,
        "1.申请表",
        "即时办结",
        STEPS,
        "",
        BASIS,
    ]
}

fn brief(items: &[ItemRow]) -> Vec<(String, String, String)> {
    items
        .iter()
        .map(|item| (item.code.clone(), item.name.clone(), item.main_name.clone()))
        .collect()
}

fn of<'a>(done: &'a Done, rule: &str) -> Vec<&'a FindingView> {
    done.report
        .findings
        .iter()
        .filter(|finding| finding.rule == rule)
        .collect()
}

const FIRST: [&str; 2] = ["一、基本医疗保险参保和变更登记", "00203600100Y"];
const SECOND: [&str; 2] = [
    "二、基本医疗保险参保信息查询和个人账户一次性支取",
    "00203600200Y",
];
const NONE: [&str; 2] = ["", ""];

/// Three items under two main items, as every layout below prints them.
fn expected() -> Vec<(String, String, String)> {
    [
        ("002036001001", "单位参保登记", "基本医疗保险参保和变更登记"),
        ("002036001002", "职工参保登记", "基本医疗保险参保和变更登记"),
        (
            "002036002001",
            "参保单位参保信息查询",
            "基本医疗保险参保信息查询和个人账户一次性支取",
        ),
    ]
    .map(|(code, name, main)| (code.to_owned(), name.to_owned(), main.to_owned()))
    .to_vec()
}

fn plain_rows() -> Vec<Vec<&'static str>> {
    vec![
        row(FIRST, "1", "单位参保登记", "002036001001"),
        row(NONE, "2", "职工参保登记", "002036001002"),
        row(SECOND, "3", "参保单位参保信息查询", "002036002001"),
    ]
}

#[test]
fn main_items_on_rows_of_their_own() {
    let rows = [
        vec!["一、基本医疗保险参保和变更登记（00203600100Y）"],
        plain_rows()[0][2..].to_vec(),
        plain_rows()[1][2..].to_vec(),
        vec!["二、基本医疗保险参保信息查询和个人账户一次性支取（00203600200Y）"],
        plain_rows()[2][2..].to_vec(),
    ];
    let done = read(&list(&HEADER[2..], &rows));
    assert_eq!(brief(&done.items), expected());
    assert_eq!(done.items[2].main_code, "00203600200Y");
    assert_eq!(done.items[2].seq, Some(3));
}

#[test]
fn main_items_as_text_between_tables() {
    let header = HEADER[2..].join("\t");
    let line = |index: usize| plain_rows()[index][2..].join("\t");
    let text = format!(
        "四川省医疗保障经办政务服务事项清单（2023年版）\n\n{}\n{header}\n{}\n{}\n\n{}\n{header}\n{}\n",
        FIRST[0],
        line(0),
        line(1),
        SECOND[0],
        line(2)
    );
    assert_eq!(brief(&read(&text).items), expected());
}

#[test]
fn cells_in_quotes_keep_their_line_breaks() {
    let mut rows = plain_rows();
    rows[0][5] = "\"1.统一社会信用代码证书\n2.《登记表》\"";
    rows[0][9] = "\"1.《中华人民共和国社会保险法》第五十七条；\n2.《社会保险费征缴暂行条例》（国务院令第259号）第八条\"";
    let done = read(&list(&HEADER, &rows));
    assert_eq!(brief(&done.items), expected());
    assert_eq!(done.items[0].materials_count, Some(2));
    assert!(done.items[0].citations.contains("国务院令第259号"));
    assert_eq!(done.items[1].line, Some(7));
}

#[test]
fn other_words_order_and_columns() {
    let header = [
        "序号",
        "事项名称",
        "事项编码",
        "是否进驻大厅",
        "承诺时限",
        "申报材料",
        "法律依据",
        "办理流程",
        "备注",
    ];
    let line = |seq, name, code| {
        vec![
            seq,
            name,
            code,
            "是",
            "不超过５个工作日",
            "1、申请表 2、身份证",
            BASIS,
            STEPS,
            "",
        ]
    };
    let rows = [
        line("1", "单位参保登记", "002036001001"),
        line("2", "职工参保登记", "002036001002"),
    ];
    let done = read(&list(&header, &rows));
    let item = &done.items[0];
    assert_eq!(
        (item.time_limit.as_str(), item.materials_count),
        ("<=5 wd", Some(2))
    );
    assert_eq!(item.steps, "申请>受理>审核>办结");
    assert_eq!(
        item.citations,
        "《中华人民共和国社会保险法》(主席令第35号)第57条"
    );
}

#[test]
fn a_header_of_two_lines_reads_the_promise() {
    let upper = [
        "序号",
        "子项",
        "子项编码",
        "办理材料",
        "办理时限",
        "",
        "办理环节",
        "设定依据",
    ];
    let lower = ["", "", "", "", "法定时限", "承诺时限", "", ""];
    let line = vec![
        "1",
        "生育津贴支付",
        "002036007004",
        "1.病历",
        "30个工作日",
        "10个工作日",
        STEPS,
        BASIS,
    ];
    let done = read(&list(&upper, &[lower.to_vec(), line]));
    assert_eq!(done.items.len(), 1);
    assert_eq!(done.items[0].time_limit, "<=10 wd");
}

fn third_level() -> Vec<&'static str> {
    let mut header = HEADER.to_vec();
    header.splice(5..5, ["业务办理项序号", "业务办理项名称"]);
    header
}

fn business<'a>(item: [&'a str; 3], seq: &'a str, name: &'a str) -> Vec<&'a str> {
    vec![
        "",
        "",
        item[0],
        item[1],
        item[2],
        seq,
        name,
        "1.申请表",
        "即时办结",
        STEPS,
        "",
        BASIS,
    ]
}

fn owners(done: &Done) -> Vec<(Option<u32>, String)> {
    done.items
        .iter()
        .filter(|item| item.level == "business")
        .map(|item| (item.seq, item.code.clone()))
        .collect()
}

const ITEM_1: [&str; 3] = ["1", "单位参保登记", "002036001001"];
const ITEM_2: [&str; 3] = ["2", "城乡居民参保登记", "002036001003"];
const NO_ITEM: [&str; 3] = ["", "", ""];

#[test]
fn business_rows_under_a_name_beside_the_first() {
    let rows = [
        business(ITEM_1, "1", "新参保"),
        business(NO_ITEM, "2", "暂停参保"),
        business(NO_ITEM, "3", "注销登记"),
        business(ITEM_2, "4", "新增"),
        business(NO_ITEM, "5", "终止"),
    ];
    let codes: Vec<_> = owners(&read(&list(&third_level(), &rows)))
        .into_iter()
        .map(|(_, code)| code)
        .collect();
    let (one, two) = ("002036001001", "002036001003");
    assert_eq!(codes, [one, one, one, two, two]);
}

#[test]
fn business_rows_about_a_name_beside_the_middle() {
    let rows = [
        business(NO_ITEM, "1", "单位参保登记（新参保）"),
        business(ITEM_1, "2", "暂停参保"),
        business(NO_ITEM, "3", "注销登记"),
        business(NO_ITEM, "4", "城乡居民参保登记（新增）"),
        business(ITEM_2, "5", "终止"),
        business(NO_ITEM, "6", "恢复"),
    ];
    let owners = owners(&read(&list(&third_level(), &rows)));
    let (one, two) = ("002036001001".to_owned(), "002036001003".to_owned());
    let expected: Vec<_> = (1..=6)
        .map(|seq| (Some(seq), if seq < 4 { one.clone() } else { two.clone() }))
        .collect();
    assert_eq!(owners, expected);
}

#[test]
fn a_blank_main_cell_blames_no_neighbour() {
    let rows = [
        row(FIRST, "1", "单位参保登记", "002036001001"),
        row(NONE, "2", "职工参保登记", "002036001002"),
        row(NONE, "3", "参保单位参保信息查询", "002036002001"),
        row(NONE, "4", "参保人员参保信息查询", "002036002002"),
        row(NONE, "5", "参保人员个人账户一次性支取", "002036002003"),
    ];
    let done = read(&list(&HEADER, &rows));
    assert_eq!(done.items[2].main_code, "");
    assert!(of(&done, "main-code-parent").is_empty());
    assert!(of(&done, "code-parent").is_empty());
}

#[test]
fn numbers_may_begin_anew_under_each_main_item() {
    let mut rows = plain_rows();
    rows[2][2] = "1";
    let done = read(&list(&HEADER, &rows));
    assert!(of(&done, "sequence-broken").is_empty());
    assert!(of(&done, "count-differs").is_empty());

    let mut rows = plain_rows();
    rows[2][2] = "5";
    let done = read(&list(&HEADER, &rows));
    assert_eq!(of(&done, "sequence-broken")[0].found, "2→5");
    assert_eq!(of(&done, "sequence-broken")[0].origin, "document");
}

#[test]
fn numbers_in_other_forms_are_numbers() {
    let mut rows = plain_rows();
    (rows[0][2], rows[1][2], rows[2][2]) = ("（1）", "２", "三");
    let seqs: Vec<_> = read(&list(&HEADER, &rows))
        .items
        .iter()
        .map(|item| item.seq)
        .collect();
    assert_eq!(seqs, [Some(1), Some(2), Some(3)]);
}

#[test]
fn another_table_after_the_list_is_no_part_of_it() {
    let text = list(&HEADER, &plain_rows())
        + "\n附件2 定点机构名单\n\n机构名称\t地址\t结算电话\n第一医院\t某路1号\t12345678\n";
    assert_eq!(brief(&read(&text).items), expected());
}

#[test]
fn a_row_that_lost_its_name_and_code_is_still_a_row() {
    let mut rows = plain_rows();
    (rows[1][3], rows[1][4]) = ("", "");
    let done = read(&list(&HEADER, &rows));
    let seqs: Vec<_> = done.items.iter().map(|item| item.seq).collect();
    assert_eq!(seqs, [Some(1), Some(2), Some(3)]);
    assert_eq!(done.items[0].time_limit, "immediate");
    assert_eq!(of(&done, "code-missing").len(), 1);
    assert!(of(&done, "name-differs").is_empty());
}

#[test]
fn a_local_item_with_the_regions_own_prefix_is_in_order() {
    let mut rows = plain_rows();
    rows.push(row(NONE, "4", "医保关系证明打印", "512036002009"));
    let done = read(&list(&HEADER, &rows));
    assert!(of(&done, "code-parent").is_empty());
    assert_eq!(of(&done, "item-extra").len(), 1);
    assert_eq!(of(&done, "item-extra")[0].severity, "info");
}

#[test]
fn a_main_code_that_its_items_contradict_is_one_finding() {
    let mut rows = plain_rows();
    rows[0][1] = "00203600700Y";
    let done = read(&list(&HEADER, &rows));
    assert_eq!(of(&done, "main-code-parent").len(), 1);
    assert_eq!(of(&done, "main-code-parent")[0].expected, "00203600100Y");
    assert!(of(&done, "code-parent").is_empty());
}

#[test]
fn a_limit_over_the_ceiling_is_found_and_one_that_lost_its_number_is_not() {
    let ordinary = row(
        ["七、生育保险待遇核准支付", "00203600700Y"],
        "1",
        "生育津贴支付",
        "002036007004",
    );
    for (limit, expected) in [
        ("不超过20个工作日", 1),
        ("不超过二十个工作日", 1),
        ("不超过10个工作日", 0),
        ("即时办结", 0),
        ("不超过个工作日", 0),
        ("不超过2O个工作日", 0),
        ("法定办结时限60个工作日，承诺办结时限10个工作日", 0),
    ] {
        let mut line = ordinary.clone();
        line[6] = limit;
        let done = read(&list(&HEADER, &[line]));
        assert_eq!(of(&done, "limit-over-ceiling").len(), expected, "{limit}");
    }
    let mut line = ordinary;
    line[6] = "不超过20个工作日";
    let done = read(&list(&HEADER, &[line]));
    let finding = of(&done, "limit-over-ceiling")[0];
    // 社会保险经办条例第二十条 is a statute: its ceiling is a ground for an error.
    assert_eq!(
        (finding.severity.as_str(), finding.known.as_str()),
        ("error", "statute")
    );
}

#[test]
fn an_empty_limit_beside_merged_cells_is_not_the_documents_fault() {
    let mut rows = plain_rows();
    for column in [5, 6, 7, 9] {
        rows[1][column] = "";
    }
    let done = read(&list(&HEADER, &rows));
    assert_eq!(of(&done, "limit-missing").len(), 1);
    assert_eq!(of(&done, "limit-missing")[0].origin, "reading");
}

#[test]
fn a_county_is_not_its_city() {
    let text = list(&HEADER, &plain_rows()).replace("四川省", "成都市双流区");
    let region = &read(&text).report.regions[0];
    assert_eq!(region.name, "成都市双流区");
    assert_eq!(region.code, "510116");
}

#[test]
fn a_county_that_several_may_be_has_no_code() {
    let text = list(&HEADER, &plain_rows()).replace("四川省", "鼓楼区");
    let region = &read(&text).report.regions[0];
    assert_eq!(region.name, "鼓楼区");
    assert_eq!(region.code, "unknown-1");
}

#[test]
fn a_gap_in_the_list_swallows_no_row() {
    // 002036002002 and 002036003002 are one character apart and stand side by side here.
    let rows = [
        row(SECOND, "7", "参保单位参保信息查询", "002036002001"),
        row(NONE, "8", "参保人员参保信息查询", "002036002002"),
        row(
            ["三、基本医疗保险关系转移接续", "00203600300Y"],
            "10",
            "转移接续手续办理",
            "002036003002",
        ),
    ];
    let done = read(&list(&HEADER, &rows));
    assert_eq!(done.items.len(), 3);
    assert!(of(&done, "name-differs").is_empty());
}

#[test]
fn a_main_item_in_the_columns_of_the_items() {
    let heading = |name, code| vec!["", name, code, "", "", "", "", ""];
    let rows = [
        heading(FIRST[0], FIRST[1]),
        plain_rows()[0][2..].to_vec(),
        plain_rows()[1][2..].to_vec(),
        heading(SECOND[0], SECOND[1]),
        plain_rows()[2][2..].to_vec(),
    ];
    let done = read(&list(&HEADER[2..], &rows));
    assert_eq!(brief(&done.items), expected());
    assert!(of(&done, "code-format").is_empty());
}

#[test]
fn two_columns_of_codes_are_told_by_their_codes() {
    let mut header = HEADER;
    (header[0], header[1]) = ("类", "代码");
    let done = read(&list(&header, &plain_rows()));
    let codes: Vec<_> = done.items.iter().map(|item| item.code.as_str()).collect();
    assert_eq!(codes, ["002036001001", "002036001002", "002036002001"]);
    assert_eq!(done.items[0].main_code, "00203600100Y");
}

#[test]
fn a_lost_number_is_shown_for_a_human_to_read() {
    let mut rows = plain_rows();
    rows[0][6] = "不超过l5个工作日";
    let done = read(&list(&HEADER, &rows));
    assert_eq!(done.items[0].time_limit, "<=? wd");
    assert_eq!(of(&done, "limit-unreadable")[0].origin, "reading");
}
