use std::collections::BTreeMap;

use crate::standard::{Level, Place, Standard};

#[test]
fn all_divisions_are_there() {
    let regions = Standard::load().unwrap().regions;
    let mut counts: BTreeMap<Level, usize> = BTreeMap::new();
    for region in regions.iter() {
        *counts.entry(region.level).or_default() += 1;
        let digits = if region.level < Level::City { 2 } else { 6 };
        assert_eq!(region.code.len(), digits, "{}", region.name);
        let province = regions.province_of(&region.code);
        assert_eq!(province.unwrap().0, &region.code[..2], "{}", region.name);
    }
    let expected = [
        (Level::Province, 34),
        (Level::Corps, 1),
        (Level::City, 333),
        (Level::County, 32),
    ];
    assert_eq!(counts, BTreeMap::from(expected));
}

#[test]
fn a_title_names_its_region() {
    let cases = [
        ("宁夏医疗保障经办政务服务事项清单(2024版)", Some("64")),
        (
            "新疆生产建设兵团医疗保障经办政务服务事项清单(2023年版)",
            Some("66"),
        ),
        ("兵团医疗保障经办政务服务事项清单", Some("66")),
        ("新疆维吾尔自治区医疗保障经办政务服务事项清单", Some("65")),
        ("新疆生产建设兵团第八师石河子市医疗保障经办清单", Some("66")),
        (
            "平顶山市医疗保障经办政务服务事项清单（试行）",
            Some("410400"),
        ),
        ("河南省平顶山市医疗保障经办清单", Some("410400")),
        ("黑龙江省大庆市医疗保障经办清单", Some("230600")),
        ("平顶山医疗保障经办清单", Some("410400")),
        ("内 蒙 古 自 治 区 医 疗 保 障 清单 (2023版)", Some("15")),
        ("内蒙古自治区兴安盟医疗保障清单", Some("152200")),
        ("吉林省吉林市医保清单", Some("220200")),
        ("吉林医保清单", Some("22")),
        ("海南藏族自治州医疗保障清单", Some("632500")),
        ("海南医疗保障清单", Some("46")),
        ("湖北省恩施州医疗保障清单", Some("422800")),
        ("黔西南州医疗保障清单", Some("522300")),
        ("济源市医疗保障清单", Some("419001")),
        ("平顶山", Some("410400")),
        ("重庆市医疗保障清单", Some("50")),
        ("全省医疗保障经办政务服务事项清单(2024年版)", None),
        ("实现大同社会、朝阳产业的医疗保障清单", None),
        ("", None),
    ];
    let regions = Standard::load().unwrap().regions;
    for (title, code) in cases {
        let found = regions.find_in(title);
        assert_eq!(found.map(|(code, _)| code), code, "{title}");
        assert_eq!(
            found.map(|(_, name)| name),
            code.and_then(|c| regions.name_of(c))
        );
    }
}

#[test]
fn a_code_belongs_to_its_province() {
    let regions = Standard::load().unwrap().regions;
    assert_eq!(regions.province_of("410400"), Some(("41", "河南省")));
    assert_eq!(regions.province_of("66"), Some(("66", "新疆生产建设兵团")));
    for stranger in ["", "4", "00", "419999", "平顶山"] {
        assert_eq!(regions.province_of(stranger), None, "{stranger}");
    }
}

#[test]
fn a_title_names_its_county() {
    let cases = [
        ("成都市双流区医疗保障经办政务服务事项清单", Some("510116")),
        ("双流区医疗保障经办政务服务事项清单", Some("510116")),
        ("四川省成都市双流区医疗保障清单", Some("510116")),
        ("成都双流区医保清单", Some("510116")),
        ("安吉县医疗保障清单", Some("330523")),
        ("浙 江 省 安 吉 县 医疗保障清单", Some("330523")),
        ("湖州市安吉县医疗保障清单", Some("330523")),
        ("浙江安吉医保清单", Some("330523")),
        ("附件1:赵县医疗保障清单", Some("130133")),
        ("石家庄市赵县医疗保障清单", Some("130133")),
        ("长沙县医疗保障清单", Some("430121")),
        ("湖南省长沙市长沙县医疗保障清单", Some("430121")),
        ("嘉兴市海宁市医疗保障清单", Some("330481")),
        ("义乌市医疗保障清单", Some("330782")),
        // Of the municipalities, which have no prefecture.
        ("北京市海淀区医疗保障清单", Some("110108")),
        ("北京市朝阳区医疗保障清单", Some("110105")),
        ("重庆市城口县医疗保障清单", Some("500229")),
        ("重庆市石柱土家族自治县医疗保障清单", Some("500240")),
        ("上海市浦东新区医疗保障清单", Some("310115")),
        // Names that several share.
        ("江苏省南京市鼓楼区医疗保障清单", Some("320106")),
        ("南京鼓楼区医疗保障清单", Some("320106")),
        ("福建省鼓楼区医疗保障清单", Some("350102")),
        ("江苏省鼓楼区医疗保障清单", None),
        ("鼓楼区医疗保障清单", None),
        ("济南市市中区医疗保障清单", Some("370103")),
        ("市中区医疗保障清单", None),
        ("阳泉市城区医疗保障清单", Some("140302")),
        ("长春市朝阳区医疗保障清单", Some("220104")),
        ("辽宁省朝阳市朝阳县医疗保障清单", Some("211321")),
        ("朝阳区医疗保障清单", None),
        // 旗 and autonomous counties.
        (
            "内蒙古自治区兴安盟科尔沁右翼前旗医疗保障清单",
            Some("152221"),
        ),
        ("鄂伦春自治旗医疗保障清单", Some("150723")),
        ("景宁畲族自治县医疗保障清单", Some("331127")),
        ("景宁县医疗保障清单", Some("331127")),
        ("浙江省景宁医疗保障清单", Some("331127")),
        ("积石山县医疗保障清单", Some("622927")),
        ("海南省白沙县医疗保障清单", Some("469025")),
        // Directly under a province, and the Corps.
        ("湖北省仙桃市医疗保障清单", Some("429004")),
        ("神农架林区医疗保障清单", Some("429021")),
        ("石河子市医疗保障清单", Some("659001")),
        ("新疆生产建设兵团第四师可克达拉市医疗保障清单", Some("66")),
        (
            "新疆生产建设兵团第十三师哈密市伊州区医疗保障清单",
            Some("66"),
        ),
        ("新疆维吾尔自治区哈密市伊州区医疗保障清单", Some("650502")),
        // Since 2020: what became of them, where it is known.
        ("旬阳县医疗保障清单", Some("610981")),
        ("三明市沙县医疗保障清单", Some("350405")),
        ("杭州市江干区医疗保障清单", Some("330100")),
        // What lies elsewhere than the text says, and words.
        ("许昌市东城区医疗保障清单", Some("411000")),
        ("海南区域医疗保障清单", Some("46")),
        ("海南省各市和县医疗保障清单", Some("46")),
        ("惠民医疗保险清单", None),
        ("公安医疗保障清单", None),
        ("中心城区医疗保障清单", None),
        ("双流区、武侯区医疗保障清单", None),
        ("成都市双流区、武侯区医疗保障清单", Some("510100")),
    ];
    let regions = Standard::load().unwrap().regions;
    for (title, code) in cases {
        let found = regions.find_in(title).map(|(code, _)| code);
        assert_eq!(found, code, "{title}");
    }
}

#[test]
fn the_lists_codes_tell_between_counties_of_one_name() {
    let regions = Standard::load().unwrap().regions;
    let told = |title: &str, division| match regions.place_in(title, Some(division)) {
        Some(Place::One(region)) => Ok(region.code.as_str()),
        Some(Place::Unclear { name, among, .. }) => Err((name, among.len())),
        None => Err((String::new(), 0)),
    };
    assert_eq!(told("城关区医疗保障清单", "62"), Ok("620102"));
    assert_eq!(told("惠民医保清单", "37"), Ok("371621"));
    // Nanjing and Xuzhou both have one.
    assert_eq!(
        told("鼓楼区医疗保障清单", "32"),
        Err(("鼓楼区".to_owned(), 2))
    );
    // Xuchang calls a development zone so, which is no county.
    assert_eq!(
        told("东城区医疗保障清单", "41"),
        Err(("东城区".to_owned(), 0))
    );
    // What the title says goes before the codes.
    assert_eq!(told("福州市鼓楼区医疗保障清单", "32"), Ok("350102"));
}

#[test]
fn a_county_that_cannot_be_told_says_what_it_may_be() {
    let regions = Standard::load().unwrap().regions;
    let place = regions.place_in("江苏省鼓楼区医疗保障清单", None);
    let Some(Place::Unclear {
        name,
        within,
        among,
    }) = place
    else {
        panic!("{place:?}");
    };
    let codes: Vec<&str> = among.iter().map(|region| region.code.as_str()).collect();
    assert_eq!(name, "鼓楼区");
    assert_eq!(within.map(|region| region.code.as_str()), Some("32"));
    assert_eq!(codes, ["320106", "320302"]);
}

#[test]
fn every_county_is_told_by_its_full_name() {
    let regions = Standard::load().unwrap().regions;
    let mut names = BTreeMap::new();
    for county in regions.counties() {
        let name = regions.full_name(county);
        let place = regions.place_in(&format!("{name}医疗保障清单"), None);
        assert_eq!(place, Some(Place::One(county)), "{name}");
        assert_eq!(
            regions.province_of(&county.code).unwrap().0,
            &county.code[..2]
        );
        assert_eq!(names.insert(name, &county.code), None);
    }
    assert_eq!(names.len(), 2817);
}

#[test]
fn a_code_names_its_county_or_what_followed_it() {
    let regions = Standard::load().unwrap().regions;
    let name = |code| regions.get(code).map(|region| regions.full_name(region));
    assert_eq!(name("320106").as_deref(), Some("南京市鼓楼区"));
    assert_eq!(name("110108").as_deref(), Some("北京市海淀区"));
    assert_eq!(name("429004").as_deref(), Some("仙桃市"));
    assert_eq!(name("610928").as_deref(), Some("安康市旬阳市"));
    assert_eq!(name("330104"), None);
    assert!(regions.is_county("330104") && !regions.is_county("990104"));
}
