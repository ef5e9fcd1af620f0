//! Legal bases with faults that were put in by hand: what is found in each, where, and how often;
//! and what no province may be blamed for.

use std::fs;

use heyan::run::{Done, Job, clock, run};

const NAMES: [(&str, &str); 6] = [
    ("单位参保登记", "002036001001"),
    ("职工参保登记", "002036001002"),
    ("城乡居民参保登记", "002036001003"),
    ("单位参保信息变更登记", "002036001004"),
    ("职工参保信息变更登记", "002036001005"),
    ("城乡居民参保信息变更登记", "002036001006"),
];
const REGISTER: &str = "《中华人民共和国社会保险法》（主席令第35号）第五十八条；《社会保险费征缴暂行条例》（国务院令第259号）第八条、第九条；《社会保险经办条例》（国务院令第765号）第六条、第十条；《香港澳门台湾居民在内地（大陆）参加社会保险暂行办法》（人力资源社会保障部、国家医疗保障局令第41号）第二条；《在中国境内就业的外国人参加社会保险暂行办法》（人力资源和社会保障部令第16号）第三条；《外国人在中国永久居留享有相关待遇的办法》（人社部发〔2012〕53号）；《国务院关于整合城乡居民基本医疗保险制度的意见》（国发〔2016〕3号）";

/// A list of 四川省 whose items have these legal bases.
fn list(bases: [&str; 6]) -> String {
    let mut lines = vec![
        "四川省医疗保障经办政务服务事项清单（2023年版）".to_owned(),
        "主项\t主项编码\t子项序号\t子项\t子项编码\t办理材料\t办理时限\t办理环节\t备注\t设定依据"
            .to_owned(),
    ];
    for (at, ((name, code), basis)) in NAMES.iter().zip(bases).enumerate() {
        let main = if at == 0 {
            "一、基本医疗保险参保和变更登记\t00203600100Y"
        } else {
            "\t"
        };
        let seq = at + 1;
        lines.push(format!(
            "{main}\t{seq}\t{name}\t{code}\t1.申请表\t即时办结\t申请—受理—审核—办结\t无\t{basis}"
        ));
    }
    lines.join("\n") + "\n"
}

fn check(bases: [&str; 6]) -> Done {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("list.txt"), list(bases)).expect("written");
    let job = Job::over(
        vec![folder.path().to_path_buf()],
        clock("2026-11-22T08:30:00+08:00").expect("a moment"),
    );
    run(&job, &mut |_, _, _| true).expect("a run")
}

/// Findings about the legal basis: rule, number of the item, what was found.
fn found(bases: [&str; 6]) -> Vec<(String, String, String)> {
    check(bases)
        .report
        .findings
        .iter()
        .filter(|finding| finding.field == "basis")
        .map(|finding| {
            (
                finding.rule.clone(),
                finding.seq.clone(),
                finding.found.clone(),
            )
        })
        .collect()
}

/// The rules that find a fault in the first of otherwise sound items, with another text for a part of
/// its basis.
fn with(part: &str, other: &str) -> Vec<String> {
    let basis = REGISTER.replace(part, other);
    assert_ne!(basis, REGISTER, "{part} is not in the basis");
    let found = found([&basis, REGISTER, REGISTER, REGISTER, REGISTER, REGISTER]);
    assert!(found.iter().all(|(_, seq, _)| seq == "1"), "{found:?}");
    found.into_iter().map(|(rule, _, _)| rule).collect()
}

/// The same with an instrument added.
fn adding(instrument: &str) -> Vec<String> {
    let basis = format!("{REGISTER}；{instrument}");
    let found = found([&basis, REGISTER, REGISTER, REGISTER, REGISTER, REGISTER]);
    assert!(found.iter().all(|(_, seq, _)| seq == "1"), "{found:?}");
    found.into_iter().map(|(rule, _, _)| rule).collect()
}

#[test]
fn a_sound_basis_has_no_fault() {
    assert_eq!(found([REGISTER; 6]), []);
}

#[test]
fn each_fault_is_found_by_the_rule_that_names_it() {
    let cases = [
        ("国务院令第765号", "国务院令第756号", "citation-number"),
        ("国务院令第765号", "国务院令第七五十六号", "citation-number"),
        ("国务院令第765号", "国务院令第七六十五号", "citation-number"),
        ("主席令第35号", "主席令第53号", "citation-number"),
        (
            "人社部发〔2012〕53号",
            "人社部发〔2021〕53号",
            "citation-number",
        ),
        ("社会保险经办条例", "社会保险办理条例", "citation-title"),
        ("第五十八条", "第一百五十八条", "citation-article"),
        ("第六条、第十条", "第六条、第六十四条", "citation-article"),
        (
            "人社部发〔2012〕53号",
            "人社部发[2012]53号",
            "citation-format",
        ),
        ("国发〔2016〕3号", "国发（2016）3号", "citation-format"),
        ("国发〔2016〕3号", "国发〔2016〕第3号", "citation-format"),
        ("第六条、第十条", "第六条、十条", "citation-format"),
        (
            "《社会保险经办条例》（国务院令第765号）第六条、第十条；",
            "",
            "basis-lacks-national",
        ),
    ];
    for (part, other, rule) in cases {
        let mut rules = with(part, other);
        // A title that is wrong once is another instrument's to what counts them.
        rules.retain(|found| found != "basis-lacks-national" || rule == found.as_str());
        assert_eq!(rules, [rule], "{part} → {other}");
    }
}

#[test]
fn instruments_that_should_not_be_there_are_found() {
    let cases = [
        (
            "《流动就业人员基本医疗保障关系转移接续暂行办法》（人社部发〔2009〕191号）",
            "citation-superseded",
        ),
        (
            "《成都市医疗保障局关于做好参保登记工作的通知》（川医保发〔2022〕9号）",
            "citation-issuer",
        ),
        (
            "《关于做好城乡居民参保登记工作的通知》（豫医保发〔2022〕9号）",
            "citation-issuer",
        ),
        (
            "《湖南省医疗保障局关于做好参保登记工作的通知》（川医保发〔2022〕9号）",
            "citation-issuer",
        ),
    ];
    for (instrument, rule) in cases {
        assert_eq!(adding(instrument), [rule], "{instrument}");
    }
}

#[test]
fn what_a_region_may_cite_is_no_fault() {
    let sound = [
        // Its own notice of the very title of the national one.
        "《关于整合城乡居民基本医疗保险制度的意见》（川府发〔2016〕61号）",
        "《四川省医疗保障局关于做好参保登记工作的通知》（川医保发〔2022〕9号）",
        "《成都市职工基本医疗保险办法》（成都市人民政府令第154号）",
        // A joint notice under the number of another province's office, which it names.
        "《重庆市医疗保障局、四川省医疗保障局关于川渝参保登记的通知》（渝医保发〔2022〕9号）",
        // 甘 is 甘肃's and 甘孜's, which lies in 四川.
        "《关于做好参保登记工作的通知》（甘医保发〔2022〕9号）",
        // An amendment's number, and orders of another term of the president.
        "《社会保险费征缴暂行条例》（国务院令第710号）",
        "《中华人民共和国密码法》（主席令第35号）",
        // Annexed to the notice whose number it has.
        "《基本医疗保险跨省异地就医直接结算经办规程》（医保发〔2022〕22号）",
        "《国家税务总局四川省税务局关于社会保险费征收的通知》（川税发〔2022〕9号）",
    ];
    for instrument in sound {
        let rules: Vec<String> = adding(instrument)
            .into_iter()
            .filter(|rule| rule != "citation-inconsistent")
            .collect();
        assert_eq!(rules, [""; 0], "{instrument}");
    }
}

#[test]
fn a_merged_cell_has_its_fault_once() {
    let wrong = REGISTER.replace("国务院令第765号", "国务院令第756号");
    let found = found([REGISTER, REGISTER, REGISTER, &wrong, "", ""]);
    let places: Vec<_> = found
        .iter()
        .map(|(rule, seq, _)| (rule.as_str(), seq.as_str()))
        .collect();
    assert_eq!(places, [("citation-number", "4")]);
}

#[test]
fn what_a_merged_cell_lacks_is_said_once() {
    let short = REGISTER.replace(
        "《社会保险经办条例》（国务院令第765号）第六条、第十条；",
        "",
    );
    let found = found([REGISTER, REGISTER, REGISTER, &short, "", ""]);
    let places: Vec<_> = found
        .iter()
        .map(|(rule, seq, _)| (rule.as_str(), seq.as_str()))
        .collect();
    assert_eq!(places, [("basis-lacks-national", "4")]);
}

#[test]
fn a_basis_that_cannot_be_read_whole_lacks_nothing() {
    let cut = "《中华人民共和国社会保险法》（主席令第35号）第五十八条；（国务院令第号）第";
    let found = found([cut, REGISTER, REGISTER, REGISTER, REGISTER, REGISTER]);
    assert!(
        found
            .iter()
            .all(|(rule, _, _)| rule != "basis-lacks-national"),
        "{found:?}"
    );
}

#[test]
fn one_instrument_in_two_forms_is_said_once() {
    let first = format!("{REGISTER}；《关于优化申报工作的通知》（川医保发〔2022〕5号）");
    let second = format!("{REGISTER}；《关于优化申报工作的通知》（川医保办发〔2022〕5号）");
    let found = found([&first, &first, &second, &second, REGISTER, REGISTER]);
    let places: Vec<_> = found
        .iter()
        .map(|(rule, seq, _)| (rule.as_str(), seq.as_str()))
        .collect();
    assert_eq!(places, [("citation-inconsistent", "3")]);
}
