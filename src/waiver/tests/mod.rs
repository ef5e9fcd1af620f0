//! What waivers are read from and what they cover.

mod standing;
mod writing;

use std::path::Path;
use std::sync::LazyLock;

use chrono::NaiveDate;

use super::{FIELDS, Subject, WAIVER_FILE, Waiver, WaiverError, Waivers};
use crate::standard::{Regions, Standard};

const RULES: [&str; 3] = ["code-format", "limit-missing", "steps-missing"];

const GOOD: &str = "\
# 约定
[[waiver]]
rule = \"limit-missing\"
region = \"平顶山市\"
item = \"单位参保登记\"
field = \"time_limit\"
reason = \"系统改造\"
document = \"豫医保函〔2026〕3号\"
agreed_by = \"待遇处\"
from = 2026-01-01
until = 2026-12-31
";

static REGIONS: LazyLock<Regions> =
    LazyLock::new(|| Standard::load().expect("the national data").regions);

fn regions() -> &'static Regions {
    &REGIONS
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn read(text: &str) -> Result<Waivers, WaiverError> {
    super::file::read(Path::new(WAIVER_FILE), text, &RULES, regions())
}

fn subject<'a>() -> Subject<'a> {
    Subject {
        rule: "limit-missing",
        region_code: "410400",
        code: "412036001001",
        national_code: "002036001001",
        name: "单位参保登记",
        field: "time_limit",
    }
}

fn waiver() -> Waiver {
    let waivers = read(GOOD).expect("waivers");
    waivers.get(0).expect("one").clone()
}

#[test]
fn a_waiver_is_read_with_all_it_says() {
    let waivers = read(GOOD).expect("waivers");
    let expected = Waiver {
        rule: "limit-missing".to_owned(),
        region: "410400".to_owned(),
        with_subordinates: false,
        item: Some("单位参保登记".to_owned()),
        field: Some("time_limit".to_owned()),
        reason: "系统改造".to_owned(),
        document: Some("豫医保函〔2026〕3号".to_owned()),
        agreed_by: Some("待遇处".to_owned()),
        from: Some(day("2026-01-01")),
        until: day("2026-12-31"),
    };
    assert_eq!(waivers.iter().collect::<Vec<_>>(), [&expected]);
    assert_eq!(waivers.place(0), "waivers.toml:2");
    assert_eq!(read("").expect("none").iter().count(), 0);
}

#[test]
fn the_example_that_editors_are_tried_with_is_one() {
    let path = Path::new("tests/fixtures/waivers.toml");
    assert_eq!(
        Waivers::load(path, &RULES, regions())
            .expect("waivers")
            .iter()
            .count(),
        2
    );
}

#[test]
fn what_is_missing_or_wrong_is_named_with_its_line() {
    let cases = [
        ("rule = \"limit-missing\"\n", "", 2, "rule"),
        ("region = \"平顶山市\"\n", "", 2, "region"),
        ("reason = \"系统改造\"\n", "", 2, "reason"),
        ("\"系统改造\"", "\"  \"", 7, "reason"),
        ("\"待遇处\"", "\"\"", 9, "agreed_by"),
        ("until = 2026-12-31\n", "", 2, "until"),
        ("until = 2026-12-31", "until = 2025-12-31", 11, "之前"),
        ("until = 2026-12-31", "until = \"2026-12-31\"", 11, ""),
        ("until = 2026-12-31", "until = 2026-02-30", 11, ""),
        (
            "until = 2026-12-31",
            "until = 2026-12-31T00:00:00",
            11,
            "不是日期",
        ),
        ("document =", "documents =", 8, "documents"),
        ("\"豫医保函〔2026〕3号\"", "\"\"", 8, "document"),
        ("\"limit-missing\"", "\"limit-mising\"", 3, "limit-missing"),
        ("\"limit-missing\"", "\"zzz\"", 3, "没有规则 zzz ("),
        ("\"平顶山市\"", "\"平顶山\"", 4, "没有地区 平顶山"),
        ("\"平顶山市\"", "\"鼓楼区\"", 4, "320106"),
        ("\"time_limit\"", "\"limit\"", 6, "time_limit"),
        ("item = \"单位参保登记\"", "item = \"\"", 5, "item"),
        ("[[waiver]]", "[[waivers]]", 2, "waivers"),
    ];
    for (is, becomes, line, word) in cases {
        let text = GOOD.replacen(is, becomes, 1);
        let words = read(&text).expect_err("refused").to_string();
        assert!(
            words.starts_with(&format!("waivers.toml:{line}: ")),
            "{becomes}: {words}"
        );
        assert!(words.contains(word), "{words}");
    }
    let error = Waivers::load(Path::new("nowhere.toml"), &RULES, regions()).expect_err("absent");
    assert!(error.to_string().contains("nowhere.toml"), "{error}");
}

#[test]
fn the_same_is_waived_once_at_a_time() {
    let second = |from: &str| {
        let again = GOOD
            .replace("from = 2026-01-01", from)
            .replace("until = 2026", "until = 2027");
        format!("{GOOD}\n{again}")
    };
    for from in ["from = 2026-12-31", ""] {
        let words = read(&second(from)).expect_err("a double").to_string();
        assert!(
            words.starts_with("waivers.toml:14: ") && words.contains("第 2 行"),
            "{words}"
        );
    }
    // By another name, and not at the same time.
    let words = read(&second("").replacen("平顶山市", "410400", 1)).expect_err("a double");
    assert!(words.to_string().contains("第 2 行"), "{words}");
    assert!(read(&second("from = 2027-01-01")).is_ok());
    assert!(read(&second("").replacen("单位参保登记", "灵活就业人员参保登记", 1)).is_ok());
}

#[test]
fn a_waiver_covers_what_it_says_and_only_while_it_holds() {
    let waivers = read(GOOD).expect("waivers");
    let covers = |finding: Subject<'_>, on| waivers.covers(&finding, day(on)).is_some();
    assert!(covers(subject(), "2026-01-01") && covers(subject(), "2026-12-31"));
    assert!(!covers(subject(), "2025-12-31") && !covers(subject(), "2027-01-01"));
    let others = [
        Subject {
            rule: "steps-missing",
            ..subject()
        },
        Subject {
            region_code: "410500",
            ..subject()
        },
        Subject {
            region_code: "410402",
            ..subject()
        },
        Subject {
            name: "单位参保登记（新）",
            ..subject()
        },
        Subject {
            field: "steps",
            ..subject()
        },
    ];
    for other in others {
        assert!(!covers(other, "2026-06-01"), "{other:?}");
    }
}

#[test]
fn an_item_goes_by_its_code_the_national_one_or_its_name() {
    for item in ["412036001001", "002036001001", "单位参保登记"] {
        assert!(
            Waiver {
                item: Some(item.to_owned()),
                ..waiver()
            }
            .fits(&subject()),
            "{item}"
        );
    }
    let other = Waiver {
        item: Some("002036001002".to_owned()),
        ..waiver()
    };
    assert!(!other.fits(&subject()));
    let any = Waiver {
        item: None,
        field: None,
        ..waiver()
    };
    assert!(any.fits(&Subject {
        code: "",
        national_code: "",
        name: "",
        field: "basis",
        ..subject()
    }));
}

#[test]
fn a_provinces_waiver_is_none_for_its_cities_unless_it_says_so() {
    let mut province = Waiver {
        region: "41".to_owned(),
        ..waiver()
    };
    let own = Subject {
        region_code: "41",
        ..subject()
    };
    assert!(province.fits(&own) && !province.fits(&subject()));
    province.with_subordinates = true;
    assert!(province.fits(&own) && province.fits(&subject()));
    assert!(!province.fits(&Subject {
        region_code: "420100",
        ..subject()
    }));
}

#[test]
fn the_schema_asks_for_what_a_waiver_must_say() {
    let settings = schemars::generate::SchemaSettings::draft07().for_deserialize();
    let schema = settings
        .into_generator()
        .into_root_schema_for::<super::WaiverFile>();
    let schema = schema.to_value();
    let entry = &schema["definitions"]["WaiverEntry"];
    let required = serde_json::json!(["rule", "region", "reason", "until"]);
    assert_eq!(entry["required"], required);
    assert_eq!(entry["additionalProperties"], false);
    assert_eq!(
        entry["properties"]["field"]["enum"],
        serde_json::json!(FIELDS)
    );
    assert_eq!(entry["properties"]["until"]["type"], "string");
}
