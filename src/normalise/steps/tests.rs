use super::*;

#[test]
fn dashes_of_every_kind() {
    let table = [
        ("申请—受理—审核—办结", "申请>受理>审核>办结"),
        ("申请-受 理-审核- 拨付-办 结", "申请>受理>审核>拨付>办结"),
        ("申请--受理--审核--拨付—办结", "申请>受理>审核>拨付>办结"),
        ("申请一受 理一审核 一办结", "申请>受理>审核>办结"),
        ("申请—受理—审核—拨付办结", "申请>受理>审核>拨付>办结"),
        ("申请受理-办结", "申请>受理>办结"),
        ("申请受理办结", "申请>受理>办结"),
        ("申请→受理→审查→决定→送达", "申请>受理>审查>决定>送达"),
        ("申请—受理（计算保费）—审核—办结", "申请>受理>审核>办结"),
        ("1.申请 2.受理 3.办结", "申请>受理>办结"),
    ];
    for (text, expected) in table {
        let reading = steps(text);
        assert_eq!(reading.value.to_string(), expected, "{text}");
        assert!(reading.certainty > 0.8, "{text}");
    }
    assert_eq!(steps("—").value, Steps::Missing);
    assert_eq!(steps(" ").value, Steps::Missing);
}

#[test]
fn letters_left_over() {
    let table = [
        "申请一受核 一办结",
        "申受审办",
        "中理核儿",
        "申貴理核一",
        "申请理核一",
        "受理— 审核—",
        "甲请—",
        "评估—",
        "办结 —",
        "一审批",
        "理—审核 一复审— 审批—拨",
        "理一(计 算保费) 一审核一",
        "申请一里复办生",
        "申请一审核一审核一审核一审批办结",
        "申请一受核一审批一发付一办结",
        "ч т",
        "1. 参保人员到具有转诊资质的定点医疗机构开具转诊转院证明材料",
    ];
    for text in table {
        assert_eq!(steps(text).value, Steps::Unreadable, "{text}");
    }
}

#[test]
fn lists_that_may_be_cut_are_less_sure() {
    assert!((steps("申请一受理一审核").certainty - 0.5).abs() < 1e-9);
    assert!((steps("申请一受理一审核").value.listed().len()) == 3);
    assert!(steps("受理— 审核— 办结").certainty < 0.8);
    assert!(steps("申请—— 办结").certainty < 0.8);
    assert!(steps("申请-审核-办结-受理").certainty < 0.8);
    assert!(steps("申请—受理——办结").certainty < 0.9);
    assert!(steps("申请—受理—审核—支付").certainty < 0.9);
    assert!(steps("申请审核办结").certainty < 0.8);
    assert!(steps("确认—反馈").certainty < 0.5);
}

#[test]
fn what_looks_like_steps() {
    for text in [
        "申请-受理-办结",
        "申受审办",
        "申请一受核 一办结",
        "受理— 审核—",
        "申请受理办结",
    ] {
        assert!(looks_like_steps(text), "{text}");
    }
    for text in [
        "审核环节包括评估、公示、协商谈判、协议签订等。",
        "即时办结",
        "不超过15个工作日",
        "公共服务",
        "医保电子凭证",
        "—",
        "办理后由医院上传。",
    ] {
        assert!(!looks_like_steps(text), "{text}");
    }
}

/// What a text reads as without other items, and how sure.
fn alone(text: &str) -> (String, f64) {
    let reading = steps(text);
    (reading.value.to_string(), reading.certainty)
}

#[test]
fn other_dashes_numbers_and_specks() {
    let table = [
        ("申请⇒受理⇒审核⇒办结", "申请>受理>审核>办结"),
        ("第一步：申请 第二步：受理 第三步：办结", "申请>受理>办结"),
        ("①申请②受理③审核④办结", "申请>受理>审核>办结"),
        ("“申请'—受理`—办结", "申请>受理>办结"),
        ("申 请 一 受 理 一 办 结。", "申请>受理>办结"),
        ("申请｜受理｜办结", "申请>受理>办结"),
        (
            "申请—受理—评估—公示—协商谈判—签订协议",
            "申请>受理>评估>公示>协商谈判>签订协议",
        ),
    ];
    for (text, expected) in table {
        let (read, certainty) = alone(text);
        assert_eq!(read, expected, "{text}");
        assert!(certainty > 0.8, "{text}");
    }
}

#[test]
fn columns_and_single_lost_letters() {
    let table = [
        ("申受审办请理核结", "申请>受理>审核>办结", 0.85),
        ("申受审拨办请理核付结————", "申请>受理>审核>拨付>办结", 0.85),
        ("申受初审办 请理审批结", "申请>受理>初审>审批>办结", 0.85),
        ("申请—受评公理估示—办结", "申请>受理>评估>公示>办结", 0.85),
        ("申请 — 审理核 — 办结", "申请>受理>审核>办结", 0.8),
        ("申请——受办结", "申请>受理>办结", 0.8),
        ("申请—理—审核—办结", "申请>受理>审核>办结", 0.8),
        ("申请—受理—审核—办", "申请>受理>审核>办结", 0.8),
        ("甲请—受埋—审核—办结", "申请>受理>审核>办结", 0.8),
        ("申受确反", "申请>受理>确认>反馈", 0.8),
        ("请—受理—审核—结", "unreadable", 1.0),
    ];
    for (text, expected, certainty) in table {
        assert_eq!(alone(text), (expected.to_owned(), certainty), "{text}");
    }
}

#[test]
fn letters_that_fit_several_steps() {
    let table = [
        "申受审办",
        "申请—受理—审—办结",
        "申请—受理—核—办结",
        "申请—受—核—办结",
        "申理拨",
        "申请—受理—审核—公",
        "申请—受理—审核—支",
        "申审办请核结理",
        "申请受理审核公示办结申请受理审核公示办结申请",
    ];
    for text in table {
        let (read, certainty) = alone(text);
        assert!(read == "unreadable" || certainty < 0.8, "{text} {read}");
    }
}

fn sequences(all: &[&str]) -> Vec<Vec<String>> {
    all.iter()
        .map(|one| one.split('>').map(str::to_owned).collect())
        .collect()
}

const USUAL: [&str; 3] = [
    "申请>受理>审核>办结",
    "申请>受理>办结",
    "申请>受理>审核>拨付>办结",
];

#[test]
fn the_other_items_explain_a_print() {
    let table = [
        ("申请一受核 一办结", USUAL[0]),
        ("申受审办", USUAL[0]),
        ("申受审办————————", USUAL[0]),
        ("申受审核——办结", USUAL[0]),
        ("申贾里核一办结", USUAL[0]),
        ("申受审拨办———", USUAL[2]),
        ("甲受审拨办——————", USUAL[2]),
        ("申理—办请—拨结—审付受核", USUAL[2]),
        ("请理核结", USUAL[0]),
        ("申受办", USUAL[1]),
    ];
    for (text, expected) in table {
        let Some(reading) = steps_like(text, &sequences(&USUAL)) else {
            panic!("{text} is explained");
        };
        assert_eq!(reading.value.to_string(), expected, "{text}");
        assert!((0.8..0.9).contains(&reading.certainty), "{text}");
    }
}

#[test]
fn what_the_other_items_do_not_explain() {
    let table = [
        "申理一拨 一",
        "申貴理核一",
        "中理核儿",
        "受理— 审核—",
        "申请一要办结",
        "申请一受核一发付一办",
        "申请一受核一审批一发付一办结",
        "申请一受核 一里一复核 一大好一办 结",
        "申请一审核一审核一审核一审批办结",
        "理一(计 算保费) 一审核一",
        "一审批",
        "申",
        "",
    ];
    for text in table {
        assert_eq!(steps_like(text, &sequences(&USUAL)), None, "{text}");
    }
}

#[test]
fn two_sequences_that_print_alike_determine_nothing() {
    let rivals = sequences(&["申请>受理>审核>办结", "申请>受理>审批>办结"]);
    assert_eq!(steps_like("申受审办", &rivals), None);
    for text in ["申受审批办", "申受审办批"] {
        let told = steps_like(text, &rivals).map(|reading| reading.value.to_string());
        assert_eq!(told.as_deref(), Some("申请>受理>审批>办结"), "{text}");
    }
    // A slice of a sequence is no candidate.
    assert_eq!(steps_like("确反", &sequences(&["确认>反馈"])), None);
}
