use super::*;

fn count(text: &str) -> Option<u32> {
    materials(text).value.count()
}

#[test]
fn numbered_lists() {
    let table = [
        (
            "1.统一社会信用代码证书或单位批准成立（注销）的文件\n2.《基本医疗保险单位参保信息登记表》（加盖单位公章）",
            2,
        ),
        (
            "1、医保电子凭证或 有效身份证件或社 保卡 2、医院收费票据 3、费用清单 4、病历资料",
            4,
        ),
        (
            "1. 在职职工：①《职工基本医疗保险参保登记表》 ②参保人员有效身份证件复印件 2. 灵活就业人员：①有效身份证件 ②《职工基本医疗保险参保登记表》",
            2,
        ),
        ("《基本医疗保险参保单位信息变更登记表》（加盖单位公章）", 1),
        ("单位有效证明文件", 1),
        ("①有效身份证件 ②申请表", 2),
        ("（1）有效身份证件；（2）申请表", 2),
        ("一、有效身份证件；二、申请表", 2),
        ("办理材料根据定点医 疗机构与经办机构签订的协议执行", 1),
        (
            "1. 平顶山市重症慢性病鉴定申请表 2. 病历资料和诊断证明 3. 近期两张两寸彩照",
            3,
        ),
        (
            "1.申请人社会保障卡 (需开通金融功能) 2.《个人账户一次性 支取申请表》",
            2,
        ),
        ("—", 0),
        ("", 0),
    ];
    for (text, expected) in table {
        assert_eq!(count(text), Some(expected), "{text}");
    }
}

#[test]
fn broken_lists_are_not_counted() {
    let table = [
        "1.卡融卡提及2.出诊3. 1.卡融卡提及2.出诊额配保证保证保护的院或",
        "1、请之可凭机证3、对度处理实的统度的 大大大大大大大大大大",
        "(一式两份加盖单位",
        "1. 《宁夏保泰、 自",
        "凭证 2. 单位有效证明文件",
    ];
    for text in table {
        assert_eq!(count(text), None, "{text}");
    }
}

#[test]
fn the_remark_about_all_is_no_material() {
    let Materials::Listed(all) =
        materials("1.申请表\n2.预测性分析报告\n（以上办理资料均需加盖单位公章）").value
    else {
        panic!("a plain list");
    };
    assert_eq!(all.len(), 2);
    assert_eq!(all[1].name, "预测性分析报告");
}

#[test]
fn forms_of_numbering() {
    let table = [
        ("１．有效身份证件　２．申请表", 2),
        ("⒈有效身份证件⒉申请表", 2),
        ("⑴有效身份证件⑵申请表⑶诊断证明", 3),
        ("㈠有效身份证件㈡申请表", 2),
        ("1 、有效身份证件\n2 、申请表", 2),
        ("1,有效身份证件 2,申请表 3,诊断证明", 3),
        ("1:有效身份证件；2:申请表", 2),
        ("1 有效身份证件 2 申请表", 2),
        ("1《申请表》2《授权委托书》", 2),
        ("1个人承诺书\n2年度审计报告", 2),
        ("l.有效身份证件 2.申请表", 2),
        ("\"1.有效身份证件\" 2.'申请表'", 2),
        ("一是有效身份证件；二是申请表", 2),
        ("第一，有效身份证件；第二，申请表", 2),
        ("一、单位：1.申请表 2.营业执照；二、个人：1.身份证", 2),
        ("（一）单位：1.申请表（二）个人：1.身份证", 2),
        ("1.单位：（1）申请表（2）营业执照 2.个人：（1）身份证", 2),
        ("申请材料：1.申请表 2.身份证", 2),
        ("①申请表②身份证③照片", 3),
        ("1.申请表 2、身份证 3 照片", 3),
        ("1.申请表 2 身份证 3.照片", 3),
    ];
    for (text, expected) in table {
        assert_eq!(count(text), Some(expected), "{text}");
    }
}

#[test]
fn figures_in_the_text_number_nothing() {
    let table = [
        ("2寸照片3张", 1),
        ("近3个月工资证明（2023年1月起），1式2份", 1),
        ("1.身份证（复印件1份） 2.近期2寸照片2张", 2),
        (
            "1.按GB/T 39554.1填写的申请表 2.2023.5.后的发票 3.附件1、附件2、附件3的表格",
            3,
        ),
        ("居住证、一、二年级学生证明", 1),
    ];
    for (text, expected) in table {
        assert_eq!(count(text), Some(expected), "{text}");
    }
}

#[test]
fn the_numbers_count_where_the_words_are_garbled() {
    let table = [
        (
            "1.表2.证或服3.内制4.机料5.疗分(加格如各有为自产度与构体的,一种,一种,一种,一种,一种,一种",
            5,
            0.8,
        ),
        (
            "1、医保电子凭证或社 有效身保卡; 2、长期居证证第首是证为人 ,是是一个, 是是一个, 是是一个, 是是一个,",
            2,
            0.7,
        ),
        ("1.卡融卡提及2.(3.4.院件。", 4, 0.75),
        (
            "2.《宁夏跨省异地就 医登记安置新秦表材》 3.异地安置簿首页",
            3,
            0.8,
        ),
        (
            "1. 填写变更申请表 2. (新、田)营业执 短,一个的,是一个的。 2. (第1) 等。 2. (第2) 第2 3. (第4) 第5 3. (第5) 第5 4. (第5) 第5 5. 变更备案。 5. 变更备",
            5,
            0.7,
        ),
        ("1.有效身份证件 2.申请表 4.诊断证明", 4, 0.7),
        ("1.申请表 2.《基本医疗保险信息公章)", 2, 0.85),
        ("1.有效身份证件 2.住院费", 2, 0.75),
        ("1.有效身份证件\n2.医院收费票据\n诊断证明", 2, 0.7),
    ];
    for (text, expected, certainty) in table {
        let reading = materials(text);
        assert_eq!(reading.value.count(), Some(expected), "{text}");
        assert!(
            (reading.certainty - certainty).abs() < 1e-9,
            "{} {text}",
            reading.certainty
        );
    }
}

#[test]
fn nothing_is_counted_that_is_not_printed() {
    let table = [
        // Numbers that restart, jump or are said again in sound words.
        "1.申请表 2.身份证 1.申请表 2.户口簿 3.照片",
        "1.申请表 4.诊断证明",
        "3.费用清单 4.诊断证明",
        "1.申请表 1.身份证 2.户口簿 2.照片",
        "1.有效身份证件 2.有效身份证件 3.有效身份证件",
        // A number is lost, or what stood behind the cut.
        "1. 参保人员有效身份证件 2. 《备案表》 医登记居住认定材料 (居住证明或个人承 诺书)",
        "1.有效身份证件 2.申请表 .诊断证明",
        "1.有效身份证件 2.《宁夏跨省异地就",
        "1.有效身份证件\n《申请表》",
        "1.卡融卡提银分记证明 是 公司 是 一",
        // Cut at the head.
        "融功能,若社会保障 卡未激活金融功能需 提供参保人员身份证",
        "医疗保险参保登记表》（加盖单位公章）",
        "2.申请表",
        "保、大病保险报销后的结算单",
    ];
    for text in table {
        assert_eq!(count(text), None, "{text}");
    }
}

#[test]
fn nothing_is_asked_for() {
    for text in [
        "无",
        "无需提供材料",
        "无需提交任何材料",
        "不需提供材料。",
        "免提交",
        " — ",
        "//",
    ] {
        assert_eq!(count(text), Some(0), "{text}");
    }
    assert_eq!(count("无犯罪记录证明"), Some(1));
}

#[test]
fn sound_lists_are_sure() {
    for text in [
        "1.医保电子凭证或有效身份证件或社保卡\n2.医院收费票据\n3.费用清单\n4.病历资料",
        "1、救助对象身份证明 2、个人缴纳基本医保参保费用有效凭证",
    ] {
        assert!(materials(text).certainty > 0.9, "{text}");
    }
}
