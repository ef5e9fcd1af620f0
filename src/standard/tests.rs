//! The national data as it is shipped: whole, consistent, and with its evidence.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use regex::Regex;

use super::*;

fn standard() -> Standard {
    Standard::load().unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn list_limits(item: &Item) -> String {
    let clause = |c: &Ceiling| match c.condition.as_str() {
        "" => c.to_string(),
        condition => format!("{condition}: {c}"),
    };
    let clauses: Vec<String> = item.list_ceilings().map(clause).collect();
    clauses.join("; ")
}

#[test]
fn editions_have_their_published_counts_in_order() {
    for edition in &standard().editions {
        assert_eq!((edition.mains.len(), edition.items.len()), (10, 28));
        assert_eq!(edition.mains.len(), edition.counts.mains);
        assert_eq!(edition.items.len(), edition.counts.items);
        let numbers: Vec<u8> = edition.mains.iter().map(|main| main.number).collect();
        assert_eq!(numbers, (1..=10).collect::<Vec<u8>>());
        let seqs: Vec<u16> = edition.items.iter().map(|item| item.seq).collect();
        assert_eq!(seqs, (1..=28).collect::<Vec<u16>>());
        let codes: Vec<&str> = edition.items.iter().map(|i| i.code.as_str()).collect();
        assert!(codes.is_sorted(), "{}: {codes:?}", edition.year);
    }
}

#[test]
fn codes_are_well_formed_and_agree_with_their_main() {
    let main_code = Regex::new(r"^0020360\d{2}(00Y|000)$").unwrap();
    let item_code = Regex::new(r"^0020360\d{2}\d{3}$").unwrap();
    for edition in &standard().editions {
        let mut seen = BTreeSet::new();
        for main in &edition.mains {
            assert!(main_code.is_match(&main.code), "{}", main.code);
            assert!(seen.insert(main.code.clone()), "{} twice", main.code);
            let items = edition.items.iter().filter(|i| i.main == main.code);
            let serials: Vec<&str> = items.map(|item| &item.code[9..]).collect();
            assert!(!serials.is_empty(), "{} has no items", main.code);
            // A main code ends in 000 exactly where it is the item itself.
            assert_eq!(main.code.ends_with("000"), serials == ["000"]);
        }
        let mut seen = BTreeSet::new();
        let mut names = BTreeSet::new();
        for item in &edition.items {
            assert!(item_code.is_match(&item.code), "{}", item.code);
            assert!(seen.insert(item.code.clone()), "{} twice", item.code);
            let main = edition.main_of(item).unwrap();
            assert_eq!(main.code[..9], item.code[..9], "{}", item.code);
            for name in std::iter::once(&item.name).chain(&item.aliases) {
                assert!(names.insert(name.clone()), "{name} names two items");
            }
        }
    }
}

#[test]
fn every_basis_and_every_clause_is_in_the_statutes() {
    let standard = standard();
    for edition in &standard.editions {
        for item in &edition.items {
            assert!(!item.basis.is_empty(), "{}", item.code);
            for basis in &item.basis {
                let (title, number) = standard.instrument(basis).unwrap_or_else(|| {
                    panic!("{} {}: {basis:?} is unknown", edition.year, item.code)
                });
                assert!(number.is_some(), "{title} has no number");
                if let Some(statute) = basis.statute.as_ref().and_then(|id| standard.statute(id)) {
                    for article in &basis.articles {
                        assert!(statute.has_article(*article), "{title} 第{article}条");
                    }
                }
            }
            for ceiling in &item.ceilings {
                let Some(clause) = &ceiling.statute else {
                    assert_eq!(ceiling.known(), Known::Derived, "{}", item.code);
                    continue;
                };
                let statute = standard.statute(&clause.id).unwrap();
                assert_eq!(statute.title, clause.title);
                assert!(clause.article.is_none_or(|n| statute.has_article(n)));
                let from = ceiling
                    .effective_from
                    .expect("a clause binds from some day");
                assert!(
                    statute.in_force_on(from),
                    "{} binds too early",
                    clause.title
                );
            }
        }
    }
}

#[test]
fn the_2020_edition_rests_on_nothing_issued_after_it() {
    let standard = standard();
    let year = Regex::new(r"〔(\d{4})〕").unwrap();
    for item in &standard.edition(2020).unwrap().items {
        for id in item.basis.iter().filter_map(|basis| basis.statute.as_ref()) {
            let statute = standard.statute(id).unwrap();
            let numbered = statute.number.clone().unwrap();
            if let Some(found) = year.captures(&numbered) {
                assert!(found[1].parse::<u16>().unwrap() <= 2020, "{numbered}");
            }
            assert!(statute.in_force_on(day("2020-05-31")), "{numbered}");
        }
    }
}

#[test]
fn only_the_published_numbers_are_official() {
    let standard = standard();
    let edition = standard.edition(2020).unwrap();
    assert_eq!(edition.counts.provenance.known, Known::Official);
    assert_eq!(edition.materials_rule.provenance.known, Known::Official);
    for edition in &standard.editions {
        assert_eq!(edition.provenance.known, Known::Derived);
        for item in &edition.items {
            let p = &item.provenance;
            for group in [&p.identity, &p.steps, &p.materials, &p.basis] {
                assert_eq!(group.known, Known::Derived, "{}", item.code);
                assert!(!group.source.is_empty());
            }
        }
    }
}

#[test]
fn materials_keep_to_four_where_they_concern_the_public() {
    for edition in &standard().editions {
        for item in &edition.items {
            let designation = item.code.starts_with("002036009");
            assert_eq!(item.materials_public, !designation, "{}", item.code);
            if item.materials_public {
                assert!(item.materials.len() <= edition.materials_rule.max);
            }
            let known = !item.materials.is_empty();
            assert!(known || item.open.is_some(), "{} says nothing", item.code);
        }
    }
    let standard = standard();
    let edition = standard.edition(2023).unwrap();
    for (code, count) in [
        ("002036009001", 5),
        ("002036009002", 7),
        ("002036004001", 3),
    ] {
        assert_eq!(edition.item_by_code(code).unwrap().materials.len(), count);
    }
}

#[test]
fn ceilings_are_those_of_the_edition() {
    let cases = [
        (2023, "001001", "<=5 wd"),
        (2023, "001002", "在职职工: <=5 wd; 灵活就业人员: immediate"),
        (2023, "003002", "<=15 wd"),
        (2023, "004005", "immediate; 线上: <=2 wd"),
        (2023, "006001", "<=30 wd"),
        (2023, "007001", "<=20 wd"),
        (2023, "007004", "<=10 wd"),
        (2023, "009001", "<=90 cd"),
        (2020, "001002", "immediate"),
        (2020, "003001", "immediate"),
        (2020, "003002", "<=20 wd"),
        (2020, "007004", "<=20 wd"),
        (2020, "004004", ""),
        (2020, "009002", ""),
        (2020, "010001", ""),
    ];
    let standard = standard();
    for (year, code, expected) in cases {
        let edition = standard.edition(year).unwrap();
        let item = edition.item_by_code(&format!("002036{code}")).unwrap();
        assert_eq!(list_limits(item), expected, "{year} {code}");
    }
    for item in standard.editions.iter().flat_map(|edition| &edition.items) {
        assert_eq!(item.open.is_some(), item.list_ceilings().count() == 0);
    }
    let has = |year, code| standard.edition(year).unwrap().item_by_code(code).is_some();
    assert!(!has(2023, "002036003001") && has(2020, "002036003001"));
    assert!(has(2023, "002036004005") && !has(2020, "002036004005"));
}

#[test]
fn a_clause_binds_from_its_day_whatever_the_edition() {
    let cases = [
        (2020, "007004", "2023-11-30", ""),
        (2020, "007004", "2023-12-01", "<=10 wd 20"),
        (2023, "007003", "2026-01-01", "<=30 wd 20"),
        (2023, "001001", "2026-01-01", "<=15 cd 57"),
        (2023, "001005", "2026-01-01", "<=10 wd 10"),
        (2020, "003002", "2020-06-01", ""),
        (2020, "003002", "2022-01-01", "<=15 wd 0"),
        (2023, "008002", "2026-01-01", ""),
    ];
    let standard = standard();
    for (year, code, on, expected) in cases {
        let edition = standard.edition(year).unwrap();
        let item = edition.item_by_code(&format!("002036{code}")).unwrap();
        let clause = |c: &Ceiling| {
            let article = c.statute.as_ref().and_then(|s| s.article).unwrap_or(0);
            format!("{c} {article}")
        };
        let found: Vec<String> = item.statutory_ceilings(day(on)).map(clause).collect();
        assert_eq!(found.join("; "), expected, "{year} {code} {on}");
    }
}

#[test]
fn a_label_finds_the_ceiling_of_its_condition() {
    let standard = standard();
    let edition = standard.edition(2023).unwrap();
    let cases = [
        ("002036001002", "在职职工", "<=5 wd"),
        ("002036001002", "灵活就业人员", "immediate"),
        ("002036001002", "", "<=5 wd"),
        ("002036004001", "线上办理", "<=2 wd"),
        ("002036004001", "线下", "immediate"),
    ];
    for (code, label, expected) in cases {
        let item = edition.item_by_code(code).unwrap();
        assert_eq!(item.ceiling_for(label).unwrap().to_string(), expected);
    }
    let open = standard.edition(2020).unwrap().item_by_code("002036009001");
    assert!(open.unwrap().ceiling_for("").is_none());
}

#[test]
fn names_carry_the_prefix_of_their_main_or_not() {
    let standard = standard();
    let edition = standard.edition(2023).unwrap();
    let cases = [
        ("002036001001", "基本医疗保险单位参保登记"),
        ("002036004001", "医疗保险异地安置退休人员备案"),
        ("002036005000", "门诊慢特病病种待遇认定"),
        ("002036007002", "生育保险生育医疗费支付"),
        ("002036010001", "定点医疗机构费用结算"),
    ];
    for (code, alias) in cases {
        let item = edition.item_by_code(code).unwrap();
        assert!(item.aliases.iter().any(|a| a == alias), "{code} {alias}");
    }
}

#[test]
fn statutes_are_found_by_title_and_number_as_printed() {
    let standard = standard();
    let ids: BTreeSet<&str> = standard.statutes.iter().map(|s| s.id.as_str()).collect();
    assert_eq!(ids.len(), standard.statutes.len(), "an id twice");
    for statute in &standard.statutes {
        let successor = statute.superseded_by.as_deref();
        assert!(
            successor.is_none_or(|id| ids.contains(id)),
            "{}",
            statute.id
        );
        assert_eq!(standard.statute_by_title(&statute.title), Some(statute));
        let number = statute.number.as_deref().unwrap();
        assert_eq!(standard.statute_by_number(number), Some(statute));
    }
    let titles = [
        ("《社会保险法》", Some("social-insurance-law")),
        (
            "香港澳门台湾居民在内地(大陆)参加社会保险暂行办法",
            Some("hmt-residents-measures"),
        ),
        (
            "国家医保局办公室 财政部办公厅关于印发〈基本医疗保险关系转移接续暂行办法〉的通知",
            Some("yibaobanfa-2021-43"),
        ),
        ("江西省医疗机构医疗保障定点管理暂行办法", None),
        (
            "关于印发<江苏省医疗机构医疗保障定点管理实施细则>的通知",
            None,
        ),
    ];
    for (title, id) in titles {
        let found = standard.statute_by_title(title).map(|s| s.id.as_str());
        assert_eq!(found, id, "{title}");
    }
    let numbers = [
        ("国发(2016) 3号", Some("guofa-2016-3")),
        ("主席令第 35 号", Some("social-insurance-law")),
        ("主席令第25号", Some("social-insurance-law")),
        ("国务院令第710号", Some("regulations-amendment-2019")),
        (
            "人力资源和社会保障部、国家医疗保障局令第41号",
            Some("hmt-residents-measures"),
        ),
        ("国务院令第295号", None),
    ];
    for (number, id) in numbers {
        let found = standard.statute_by_number(number).map(|s| s.id.as_str());
        assert_eq!(found, id, "{number}");
    }
}

#[test]
fn every_word_of_a_file_counts_for_the_digest() {
    let input = Standard::load().expect("the national data").digest_input();
    for (file, text) in FILES {
        assert!(input.contains(file) && input.contains(text), "{file}");
    }
}
