//! Limits as the five seed lists print them, and as other lists may.

use super::*;

#[track_caller]
fn reads(text: &str, expected: &str) -> f64 {
    let reading = limit(text);
    assert_eq!(reading.value.to_string(), expected, "{text}");
    reading.certainty
}

#[test]
fn plain_limits() {
    let table = [
        ("即时办结", "immediate"),
        ("即时", "immediate"),
        ("当场办结", "immediate"),
        ("即办", "immediate"),
        ("不超过15个工作日", "<=15 wd"),
        ("不超过 15 个工 作日", "<=15 wd"),
        ("不超过20个工作日 ", "<=20 wd"),
        ("不超过90个自然日", "<=90 cd"),
        ("不超过30 个工作日", "<=30 wd"),
        ("10 个 工作 日", "<=10 wd"),
        ("1个工作日", "<=1 wd"),
        ("二十个工作日", "<=20 wd"),
        ("１５个工作日内办结", "<=15 wd"),
        ("24小时", "<=1 cd"),
        ("3个月", "<=90 cd"),
        ("5日", "<=5 cd"),
        ("自受理之日起20个工作日内办结", "<=20 wd"),
        ("不超过个工作日", "<=? wd"),
        ("20个工作日(不含公示时间)", "<=20 wd"),
        ("受理之日起15个工作日内办结", "<=15 wd"),
        ("自收到申请之日起30个工作日", "<=30 wd"),
        ("不超过三十日", "<=30 cd"),
        ("3-5个工作日", "<=5 wd"),
        ("法定办结时限：20（工作日）", "<=20 wd"),
        ("20个工作日(自受理之日起)", "<=20 wd"),
        ("即时办结(即办件)", "immediate"),
        ("1.即时办结", "immediate"),
        ("不超过5个工作曰", "<=5 wd"),
        ("0.5个工作日", "<=? wd"),
        ("2小时内", "<=1 cd"),
        ("10个工作日内完成审核并拨付", "<=10 wd"),
    ];
    for (text, expected) in table {
        reads(text, expected);
    }
    assert!(reads("不超过15个工作日", "<=15 wd") > 0.99);
}

#[test]
fn conditions() {
    let table = [
        (
            "在职职工不超过5个工作日；灵活就业人员即时办结",
            "在职职工: <=5 wd; 灵活就业人员: immediate",
        ),
        (
            "线下即时办结，线上不超过2个工作日",
            "线下: immediate; 线上: <=2 wd",
        ),
        (
            "省内不超过10个工作日，跨省不超过15个工作日",
            "省内: <=10 wd; 跨省: <=15 wd",
        ),
        (
            "单次门诊小额费用5个工作日;一般10个工作日,特殊情况不超过20个工作日",
            "单次门诊小额费用: <=5 wd; 一般: <=10 wd; 特殊情况: <=20 wd",
        ),
        (
            "一般变更即时办结,需要现场核实的不超过5个工作日",
            "一般变更: immediate; 需要现场核实的: <=5 wd",
        ),
        (
            "10个工作日,特殊情况20个工作日",
            "<=10 wd; 特殊情况: <=20 wd",
        ),
        ("即时办结(特殊情况5个工作日)", "immediate; 特殊情况: <=5 wd"),
        (
            "即时办结。特殊情况不超过3个工作日。",
            "immediate; 特殊情况: <=3 wd",
        ),
        (
            "法定时限：30个工作日；承诺时限：15个工作日",
            "法定时限: <=30 wd; 承诺时限: <=15 wd",
        ),
        (
            "即时办结（窗口）；5个工作日（网办）",
            "窗口: immediate; 网办: <=5 wd",
        ),
        ("网上即办，窗口5个工作日", "网上: immediate; 窗口: <=5 wd"),
        (
            "线上即时办结\n线下5个工作日",
            "线上: immediate; 线下: <=5 wd",
        ),
        (
            "不超过15个工作日，其中转出地10个工作日，转入地5个工作日",
            "<=15 wd; 转出地: <=10 wd; 转入地: <=5 wd",
        ),
        (
            "15个工作日(跨省);10个工作日(省内)",
            "跨省: <=15 wd; 省内: <=10 wd",
        ),
    ];
    for (text, expected) in table {
        assert!(reads(text, expected) > 0.9);
    }
}

#[test]
fn nothing_stated() {
    for text in ["", "—", "-", "/", "无", " \u{3000}"] {
        reads(text, "missing");
    }
    assert_eq!(limit("医院办结").value, Limit::NoClause);
    assert_eq!(limit("按协议约定执行").value, Limit::NoClause);
    for text in [
        "每月20日前",
        "按月拨付",
        "长期",
        "2.5个工作日",
        "次月10日前",
        "全年",
    ] {
        reads(
            text,
            if text == "2.5个工作日" {
                "<=? wd"
            } else {
                "unreadable"
            },
        );
    }
}

#[test]
fn letters_lost_from_fixed_words() {
    let table = [
        ("即办结", "immediate"),
        ("10 个 作日", "<=10 wd"),
        ("不超30 个作日", "<=30 wd"),
        ("10个作特情不过个作日", "<=10 wd; 特殊情况: <=? wd"),
        ("10 个作 日,特 况 20 个 日", "<=10 wd; 特殊情况: <=20 wd"),
        ("10工日,殊况超0工日 20工日", "<=10 wd; 特殊情况: <=20 wd"),
    ];
    for (text, expected) in table {
        let certainty = reads(text, expected);
        assert!((0.5..0.9).contains(&certainty), "{text} {certainty}");
    }
}

#[test]
fn columns_read_one_after_another() {
    let table = [
        (
            "省不过工日省超15工日内超个作跨不过个作",
            "省内: <=? wd; 跨省: <=15 wd",
        ),
        (
            "单诊费个日般个日殊不20作次小用工;10作特况过个日",
            "单次门诊小额费用: <=? wd; 一般: <=10 wd; 特殊情况: <=20 wd",
        ),
        (
            "单诊费个日个日殊不21次小用工;工,情超个作门额5作10作特况过个日",
            "单次门诊小额费用: <=5 wd; <=10 wd; 特殊情况: <=? wd",
        ),
        (
            "一变即办需现核的超个作般更时结要场实不5",
            "一般变更: immediate; 需要现场核实的: <=5 wd",
        ),
    ];
    for (text, expected) in table {
        let certainty = reads(text, expected);
        assert!((0.5..0.9).contains(&certainty), "{text} {certainty}");
    }
}

#[test]
fn rows_cut_and_shuffled() {
    let table = [
        (
            "线下办上 即结不个内 时 超工 作日",
            "线下: immediate; 线上: <=? wd",
        ),
        (
            "线下即结形 超工 好上不个内 作日内",
            "线下: immediate; 线上: <=? wd",
        ),
        ("线下办生子 下办生不个人 时 超工 作日", "unreadable"),
        (
            "线下即转 办结不足 线上个大 作日内",
            "线下: immediate; 线上: <=? wd",
        ),
        (
            "线下即时 线上不工 线上2个内 作日内",
            "线下: immediate; 线上: <=2 wd",
        ),
        (
            "线下即结不外上。 发过2个作日内",
            "线下: immediate; 线上: <=2 wd",
        ),
        ("办结 线 上 不 超", "unreadable"),
        ("即如,补起20日本,为称完之日本,", "unreadable"),
        ("不超个日 対自", "<=? cd"),
    ];
    for (text, expected) in table {
        reads(text, expected);
    }
}

#[test]
fn the_longest_clause() {
    let days = |text: &str| limit(text).value.longest_working_days();
    assert_eq!(days("线下即时办结,线上不超过2个工作日"), Some(2));
    assert_eq!(days("不超过90个自然日"), None);
    assert_eq!(days("—"), None);
}
