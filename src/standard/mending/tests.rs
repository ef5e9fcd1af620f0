//! Damaged citations, mended by the statutes and by the list itself.

use crate::normalise::citations;
use crate::standard::Standard;

/// The texts of a list, mended.
fn mended(texts: &[&str], damaged: bool) -> Vec<(String, f64)> {
    let readings: Vec<_> = texts.iter().map(|text| citations(text)).collect();
    let standard = Standard::load().expect("national data");
    let mended = standard.mend(&readings, damaged);
    mended
        .iter()
        .map(|reading| (reading.value.to_string(), reading.certainty))
        .collect()
}

#[track_caller]
fn mends(text: &str, expected: &str) -> f64 {
    let (value, certainty) = mended(&[text], true).remove(0);
    assert_eq!(value, expected, "{text}");
    certainty
}

#[test]
fn a_bare_number_finds_its_title() {
    let cell = "(国务院令第649号)第二十九条 2.《财政部民政部关于印发<城乡医疗救助基金管理办法>的通知》(财社[2013]217号) 办发〔2021〕42 号) 4.《宁夏因病致贫重病患 者认定办法(试行)》(宁 民规发〔2023〕14 号)";
    let whole = "《社会救助暂行办法》(国务院令第649号)第29条;《财政部民政部关于印发〈城乡医疗救助基金管理办法〉的通知》(财社〔2013〕217号);《国务院办公厅关于健全重特大疾病医疗保险和救助制度的意见》(国办发〔2021〕42号);《宁夏因病致贫重病患者认定办法(试行)》(宁民规发〔2023〕14号)";
    for damaged in [true, false] {
        let (value, certainty) = mended(&[cell], damaged).remove(0);
        assert_eq!(value, whole);
        assert_eq!(certainty, 0.85);
    }
    // The list's own numbers end alike: the first letters may have been theirs.
    let local = "《某地办法》(苏政办发〔2021〕108号)";
    let tail = "办发〔2021〕42 号);《社会保险法》第三条";
    assert!(mended(&[tail, local], true)[0].0.ends_with("unreadable"));
    // A number nobody knows, and articles without any.
    assert_eq!(mends("(国务院令第999号)第二十九条", "unreadable"), 0.5);
    mends("号)第九条", "unreadable");
}

#[test]
fn titles_are_mended_by_their_numbers() {
    let table = [
        (
            "《任会保险经办条例》(国务院令第765号)第二十条",
            "《社会保险经办条例》(国务院令第765号)第20条",
        ),
        (
            "《医保局 财政部关于进一步做好基本医疗保险跨省异地就医直接结算工作的通知》(医保发〔2022〕22号)",
            "《国家医保局财政部关于进一步做好基本医疗保险跨省异地就医直接结算工作的通知》(医保发〔2022〕22号)",
        ),
        (
            "《国家医保局 财政部 关于进一步做好基本医 疗保险跨省异就医 医保 结算工作的通知》(医保 2022〕22号)",
            "《国家医保局财政部关于进一步做好基本医疗保险跨省异地就医直接结算工作的通知》(医保发〔2022〕22号)",
        ),
        (
            "《财政部民政部关于印发<城乡医疗求助基金管理办法>的通知》(财社[2013]217号)第八条",
            "《财政部民政部关于印发〈城乡医疗救助基金管理办法〉的通知》(财社〔2013〕217号)第8条",
        ),
        (
            "《中华人民共和国社会保险法》(主席令池35号)第三条",
            "《中华人民共和国社会保险法》(主席令第35号)第3条",
        ),
        (
            "…保险和救助制度的意见》(国办发〔2021〕42号)",
            "《国务院办公厅关于健全重特大疾病医疗保险和救助制度的意见》(国办发〔2021〕42号)",
        ),
    ];
    for (text, expected) in table {
        assert_eq!(mends(text, expected), 0.85, "{text}");
    }
    // Garbled, but the number and half its letters tell it.
    let sure = mends(
        "《外国人在中国永居《享有相待遇的办法》(人社部发(2012)53号)",
        "《外国人在中国永久居留享有相关待遇的办法》(人社部发〔2012〕53号)",
    );
    assert_eq!(sure, 0.7);
}

#[test]
fn other_forms_are_no_damage() {
    let table = [
        "《国家医疗保障局财政部关于进一步做好基本医疗保险跨省异地就医直接结算工作的通知》(医保发〔2022〕22号)",
        "《关于进一步做好基本医疗保险跨省异地就医直接结算工作的通知》(医保发〔2022〕22号)",
        "《关于进一步做好基本医疗保险跨省异地就医直接结算工作的通知》(兵医保发〔2022〕22号)",
        "《社会保险法》(主席令第35号)第3条",
        "《城乡医疗救助基金管理办法》(财社〔2013〕217号)",
        "《国家医保局财政部关于印发〈长期护理保险失能等级评估管理办法(试行)的通知〉》(医保发〔2023〕29号)",
        "《江西省医疗机构医疗保障定点管理暂行办法》(江西省医疗保障局令第2号)第3条",
        "《社会保险经办条例》(国务院令第756号)第6条",
    ];
    for text in table {
        assert!(mends(text, text) >= 0.7, "{text}");
    }
    // Two texts of the list, one number, two ways of citing it.
    let both = [
        "《关于印发〈甲省参保管理经办规程〉的通知》(甲医保发〔2021〕61号)",
        "《甲省参保管理经办规程》(甲医保发〔2021〕61号)",
    ];
    let told = mended(&both, true);
    assert_eq!([&told[0].0, &told[1].0], both);
}

#[test]
fn a_sound_list_keeps_its_own_misprints() {
    let texts = [
        "《任会保险经办条例》(国务院令第765号)第20条",
        "《医保局财政部关于进一步做好基本医疗保险跨省异地就医直接结算工作的通知》(医保发〔2022〕22号)",
        "《天丁规池优化医疗费用手工(零星)报销服务工作的通知》(苏医保办发〔2022〕35号)",
    ];
    let kept: Vec<String> = mended(&texts, false).into_iter().map(|one| one.0).collect();
    assert_eq!(kept, texts);
}

#[test]
fn local_instruments_are_mended_by_what_determines_them() {
    let texts = [
        "2. 《自治区医保局 财政 厅关于进一步做好基本 医疗保险跨省异就医 接结算工作的通知》(医保规发〔2022〕3号) 1.《社会保险法》第三条",
        "《自治区医保局关于门诊保障的通知》(宁医保规发〔2021〕2号)",
    ];
    let whole = "《自治区医保局财政厅关于进一步做好基本医疗保险跨省异地就医直接结算工作的通知》(宁医保规发〔2022〕3号)";
    assert!(mended(&texts, true)[0].0.starts_with(whole));
    // No number of the list says whose 医保规发 it is; two say different things.
    let alone = mended(&texts[..1], true)[0].0.clone();
    assert!(alone.contains("(医保规发〔2022〕3号)"), "{alone}");
    let two = [texts[0], texts[1], "《甲办法》(赣医保规发〔2021〕9号)"];
    assert!(mended(&two, true)[0].0.contains("(医保规发〔2022〕3号)"));
    // A word less is another subject.
    mends(
        "《某省医保局关于做好基本医疗保险跨省异地就医直接结算工作的通知》(某医保发〔2022〕9号)",
        "《某省医保局关于做好基本医疗保险跨省异地就医直接结算工作的通知》(某医保发〔2022〕9号)",
    );
}

#[test]
fn misread_letters_are_put_right_only_where_known_texts_agree() {
    let damaged = "《天丁规池优化基本医疗保险参保人页医疗费用手工 (零星)报销服务工作的通知》(苏医保办发〔2022〕 35号)";
    let near = "《关于规范优化医保关系转移接续经办管理服务工作的通知》(苏医保办发[2024]1号)";
    let told = mended(&[damaged, near], true);
    assert_eq!(
        told[0].0,
        "《关于规范优化基本医疗保险参保人员医疗费用手工(零星)报销服务工作的通知》(苏医保办发〔2022〕35号)"
    );
    assert_eq!(told[0].1, 0.7);
    assert_eq!(mended(&[damaged], true)[0].0, "unreadable");
    // As the list prints it elsewhere.
    let clean = "《关于规范优化基本医疗保险参保人员医疗费用手工(零星)报销服务工作的通知》(苏医保办发〔2022〕35号)第二条";
    let told = mended(&[damaged, clean], true);
    assert!(told[0].0.starts_with("《关于规范优化基本"));
    assert_eq!(told[0].1, 0.85);
}

#[test]
fn the_answer_does_not_depend_on_the_order() {
    let texts = [
        "《任会保险经办条例》(国务院令第765号)第20条",
        "《甲省规定》(甲医保规发〔2021〕2号)",
        "《乙通知办法》(医保规发〔2022〕3号)",
    ];
    let forth = mended(&texts, true);
    let mut back = mended(&[texts[2], texts[1], texts[0]], true);
    back.reverse();
    assert_eq!(forth, back);
}
