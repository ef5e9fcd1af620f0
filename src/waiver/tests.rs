use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use chrono::NaiveDate;

use super::{Standing, Subject, WAIVER_FILE, Waiver, WaiverError, Waivers, append};
use crate::coverage::Coverage;
use crate::lang::Lang;
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

fn coverage(regions: &[&str]) -> Coverage {
    let set = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    Coverage {
        regions: set(regions),
        complete: true,
        rules: set(&RULES),
        not_run: BTreeSet::new(),
        not_run_in: BTreeSet::new(),
    }
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
fn after_a_run_each_waiver_says_what_became_of_it() {
    let waivers = read(GOOD).expect("waivers");
    let standing = |findings: &[Subject<'_>], regions: &[&str], today| {
        waivers.standings(findings, &coverage(regions), day(today))[0]
    };
    let found = [
        subject(),
        Subject {
            field: "steps",
            ..subject()
        },
    ];
    let read = ["410400"];
    assert_eq!(
        standing(&found, &read, "2026-06-01"),
        Standing::Waiving { findings: 1 }
    );
    assert_eq!(standing(&[], &read, "2026-12-31"), Standing::Unneeded);
    assert_eq!(standing(&[], &["41"], "2026-06-01"), Standing::Untold);
    assert_eq!(
        standing(&found, &read, "2027-01-01"),
        Standing::Expired { findings: Some(1) }
    );
    assert_eq!(
        standing(&[], &read, "2027-01-01"),
        Standing::Expired { findings: Some(0) }
    );
    assert_eq!(
        standing(&[], &[], "2027-01-01"),
        Standing::Expired { findings: None }
    );
    assert_eq!(standing(&found, &read, "2025-12-31"), Standing::NotBegun);
}

#[test]
fn a_renewed_waiver_is_not_held_against_anyone() {
    let renewed = GOOD
        .replace("from = 2026-01-01", "from = 2027-01-01")
        .replace("until = 2026", "until = 2027");
    let waivers = read(&format!("{GOOD}\n{renewed}")).expect("waivers");
    let standings = |today| waivers.standings(&[subject()], &coverage(&["410400"]), day(today));
    let waiving = Standing::Waiving { findings: 1 };
    assert_eq!(standings("2026-12-31"), [waiving, Standing::NotBegun]);
    assert_eq!(standings("2027-01-01"), [Standing::Renewed, waiving]);
    let expired = Standing::Expired { findings: Some(1) };
    assert_eq!(standings("2028-01-01"), [expired, expired]);
}

#[test]
fn a_province_with_its_cities_is_unneeded_only_where_all_was_read() {
    let text = GOOD.replace("平顶山市\"", "河南省\"\nwith_subordinates = true");
    let waivers = read(&text).expect("waivers");
    let standing = |coverage: &Coverage| waivers.standings(&[], coverage, day("2026-06-01"))[0];
    let mut all = coverage(&["41", "410400"]);
    assert_eq!(standing(&all), Standing::Unneeded);
    all.complete = false;
    assert_eq!(standing(&all), Standing::Untold);
}

#[test]
fn only_what_asks_for_something_has_words() {
    let silent = [
        Standing::Waiving { findings: 2 },
        Standing::Untold,
        Standing::Renewed,
    ];
    for standing in silent {
        assert_eq!(standing.words(&waiver(), Lang::Zh), None);
    }
    let spoken = [
        (Standing::Unneeded, "请删去", "Remove it"),
        (
            Standing::Expired { findings: Some(0) },
            "2026-12-31",
            "is gone",
        ),
        (Standing::Expired { findings: Some(3) }, "3个", "there: 3"),
        (
            Standing::Expired { findings: None },
            "不能判断",
            "cannot tell",
        ),
        (Standing::NotBegun, "2026-01-01", "2026-01-01"),
    ];
    for (standing, zh, en) in spoken {
        for (lang, word) in [(Lang::Zh, zh), (Lang::En, en)] {
            let words = standing.words(&waiver(), lang).expect("words");
            assert!(words.contains(word) && words.contains("410400"), "{words}");
        }
    }
}

struct Folder {
    _folder: tempfile::TempDir,
    path: PathBuf,
}

fn folder(text: Option<&str>) -> Folder {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(WAIVER_FILE);
    if let Some(text) = text {
        fs::write(&path, text).expect("written");
    }
    Folder {
        _folder: folder,
        path,
    }
}

impl Folder {
    fn add(&self, waiver: &Waiver) -> Result<usize, WaiverError> {
        append(&self.path, waiver, &RULES, regions(), day("2026-06-01"))
    }

    fn text(&self) -> String {
        fs::read_to_string(&self.path).expect("a file")
    }

    fn load(&self) -> Waivers {
        Waivers::load(&self.path, &RULES, regions()).expect("waivers")
    }
}

#[test]
fn what_is_written_is_read_again() {
    let folder = folder(None);
    let second = Waiver {
        rule: "code-format".to_owned(),
        region: "41".to_owned(),
        with_subordinates: true,
        item: None,
        field: None,
        reason: "第一行\n“引号”与\\反斜线".to_owned(),
        document: None,
        from: None,
        ..waiver()
    };
    assert_eq!(folder.add(&waiver()).expect("added"), 4);
    let line = folder.add(&second).expect("added");
    let read = folder.load();
    assert_eq!(read.iter().collect::<Vec<_>>(), [&waiver(), &second]);
    assert!(read.place(1).ends_with(&format!(":{line}")));
    let text = folder.text();
    assert!(text.starts_with("# 约定暂不整改的问题"), "{text}");
    assert!(text.contains("region = \"410400\" # 平顶山市\n"), "{text}");
    assert!(text.contains("until = 2026-12-31\n"), "{text}");
}

#[test]
fn comments_order_and_form_of_a_file_stay() {
    let old = format!(
        "{GOOD}\n[[waiver]] # 旧的\nregion = '41'\nrule   = \"code-format\"\nreason=\"x\"\nagreed_by=\"y\"\nuntil=2030-01-01 # 末行\n\n# 结尾的话\n"
    );
    let folder = folder(Some(&old));
    let new = Waiver {
        rule: "steps-missing".to_owned(),
        ..waiver()
    };
    let line = folder.add(&new).expect("added");
    let text = folder.text();
    let added = text
        .strip_prefix(&old)
        .expect("the old text stays as it was");
    assert!(
        added.starts_with("\n[[waiver]]\nrule = \"steps-missing\"\n"),
        "{added}"
    );
    assert_eq!(line, old.lines().count() + 2);
    assert_eq!(folder.load().iter().count(), 3);
}

#[test]
fn a_waiver_that_reading_would_refuse_is_not_written() {
    let folder = folder(Some(GOOD));
    let refused = [
        (waiver(), "第 2 行"),
        (
            Waiver {
                from: None,
                until: day("2099-01-01"),
                ..waiver()
            },
            "第 2 行",
        ),
        (
            Waiver {
                reason: " ".to_owned(),
                rule: "code-format".to_owned(),
                ..waiver()
            },
            "reason",
        ),
        (
            Waiver {
                agreed_by: Some(String::new()),
                rule: "code-format".to_owned(),
                ..waiver()
            },
            "agreed_by",
        ),
        (
            Waiver {
                rule: "code-fromat".to_owned(),
                ..waiver()
            },
            "code-format",
        ),
        (
            Waiver {
                region: "99".to_owned(),
                ..waiver()
            },
            "99",
        ),
        (
            Waiver {
                from: None,
                until: day("2026-05-31"),
                ..waiver()
            },
            "已经过去",
        ),
    ];
    for (waiver, word) in refused {
        let error = folder.add(&waiver).expect_err("refused");
        assert!(matches!(error, WaiverError::Refused { .. }), "{error}");
        assert!(error.to_string().contains(word), "{error}");
    }
    assert_eq!(folder.text(), GOOD);
    // Another one after it is no double.
    let next = Waiver {
        from: Some(day("2027-01-01")),
        until: day("2027-12-31"),
        ..waiver()
    };
    folder.add(&next).expect("added");
}

#[test]
fn a_broken_file_is_named_by_its_own_line_and_left_alone() {
    let broken = GOOD.replace("reason = \"系统改造\"\n", "");
    for text in [
        broken.as_str(),
        "waiver = 3\n",
        "[[waiver]\n",
        "other = 1\n",
    ] {
        let folder = folder(Some(text));
        let other = Waiver {
            rule: "code-format".to_owned(),
            ..waiver()
        };
        let error = folder.add(&other).expect_err("broken");
        assert!(matches!(error, WaiverError::Invalid { .. }), "{error}");
        assert_eq!(folder.text(), text);
    }
    let inline = "waiver = [{ rule = \"code-format\", region = \"41\", reason = \"x\", agreed_by = \"y\", until = 2030-01-01 }]\n";
    let folder = folder(Some(inline));
    let words = folder.add(&waiver()).expect_err("inline").to_string();
    assert!(words.contains("[[waiver]]"), "{words}");
}

#[test]
fn a_file_that_cannot_be_written_is_named() {
    let folder = folder(None);
    let path = folder.path.join("nowhere").join(WAIVER_FILE);
    let error = append(&path, &waiver(), &RULES, regions(), day("2026-06-01"));
    let error = error.expect_err("no such folder");
    assert!(matches!(error, WaiverError::Unwritable { .. }), "{error}");
    assert!(error.to_string().contains("nowhere"), "{error}");
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_nothing_is_left_beside() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder(Some(GOOD));
    fs::set_permissions(&folder.path, fs::Permissions::from_mode(0o640)).expect("set");
    let elsewhere = tempfile::tempdir().expect("a folder");
    let link = elsewhere.path().join(WAIVER_FILE);
    std::os::unix::fs::symlink(&folder.path, &link).expect("a link");
    let other = Waiver {
        rule: "code-format".to_owned(),
        ..waiver()
    };
    append(&link, &other, &RULES, regions(), day("2026-06-01")).expect("added");
    assert!(link.is_symlink());
    assert_eq!(folder.load().iter().count(), 2);
    let mode = fs::metadata(&folder.path)
        .expect("there")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o640);
    let beside = fs::read_dir(folder.path.parent().expect("a folder")).expect("read");
    assert_eq!(beside.count(), 1);
}
