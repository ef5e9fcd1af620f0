use std::fs;
use std::path::Path;

use chrono::NaiveDate;

use super::{Deadline, Holidays, file};
use crate::lang::Lang;
use crate::standard::Known;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn built_in() -> Holidays {
    Holidays::load().expect("the built-in calendar")
}

fn due(from: &str, days: u32) -> Deadline {
    built_in().after_working_days(day(from), days)
}

fn on(text: &str) -> Deadline {
    Deadline::On(day(text))
}

/// A calendar of one year; `of` is what its keys say.
fn year(of: &str) -> String {
    let head = "[[year]]\nyear = 2027\nnotices = [{ number = \"国办发明电〔2026〕0号\" }]\n";
    format!("{head}known = \"statute\"\nsource = \"测试\"\n{of}\n")
}

#[test]
fn every_year_says_what_it_rests_on() {
    let holidays = built_in();
    let years: Vec<i32> = holidays.arrangements().map(|one| one.year).collect();
    assert_eq!(years, (2020..=2026).collect::<Vec<_>>());
    for arrangement in holidays.arrangements() {
        assert_eq!(arrangement.known, Known::Statute);
        for notice in &arrangement.notices {
            let issued = notice.issued.expect("issued").to_string();
            let number = format!("国办发明电〔{}〕", &issued[..4]);
            assert!(notice.number.starts_with(&number), "{}", notice.number);
        }
        // 元旦 to 国庆节: six holidays where 中秋节 falls into 国庆节, seven elsewhere.
        let days = arrangement.holidays.len();
        assert!((6..=7).contains(&days), "{}: {days}", arrangement.year);
    }
}

#[test]
fn the_year_has_as_many_working_days_as_the_notices_leave() {
    // Counted day by day with two other programs, which agree with each other.
    let holidays = built_in();
    let counted = |year| {
        let days = NaiveDate::from_ymd_opt(year, 1, 1)
            .expect("a day")
            .iter_days();
        let days = days.take_while(|day| day.to_string().starts_with(&year.to_string()));
        days.filter(|day| holidays.is_working_day(*day) == Some(true))
            .count()
    };
    let years: Vec<usize> = (2020..=2026).map(counted).collect();
    assert_eq!(years, WORKING_DAYS);
}

#[test]
fn made_up_saturdays_are_worked_around_the_national_day_of_2024() {
    let holidays = built_in();
    let works = |text| holidays.is_working_day(day(text)).expect("known");
    assert!(works("2024-09-29") && works("2024-10-12"));
    assert!(!works("2024-09-28") && !works("2024-10-07") && !works("2024-10-13"));
    // 29 and 30 September, then 8 to 12 October with its Saturday.
    assert_eq!(due("2024-09-27", 2), on("2024-09-30"));
    assert_eq!(due("2024-09-27", 3), on("2024-10-08"));
    assert_eq!(due("2024-09-27", 7), on("2024-10-12"));
    assert_eq!(due("2024-09-27", 8), on("2024-10-14"));
}

#[test]
fn the_spring_festival_of_2025_is_counted_over_the_turn_of_the_year() {
    // New Year's Day falls on a Wednesday; Sunday 26 January and Saturday 8 February are worked.
    assert_eq!(due("2024-12-31", 1), on("2025-01-02"));
    assert_eq!(due("2024-12-20", 25), on("2025-01-26"));
    assert_eq!(due("2025-01-24", 1), on("2025-01-26"));
    assert_eq!(due("2025-01-24", 3), on("2025-02-05"));
    assert_eq!(due("2025-01-24", 6), on("2025-02-08"));
    assert_eq!(due("2025-01-24", 7), on("2025-02-10"));
}

#[test]
fn the_day_of_receipt_does_not_count_whatever_day_it_is() {
    assert_eq!(due("2026-11-27", 1), on("2026-11-30"));
    assert_eq!(due("2026-11-28", 1), on("2026-11-30"));
    assert_eq!(due("2026-11-29", 1), on("2026-11-30"));
    assert_eq!(due("2026-11-30", 1), on("2026-12-01"));
    assert_eq!(due("2026-11-28", 0), on("2026-11-28"));
}

#[test]
fn a_notice_may_take_days_from_the_december_before() {
    let holidays = built_in();
    assert_eq!(holidays.is_working_day(day("2022-12-31")), Some(false));
    // As in 2018: 31 December is off for a worked 29th, which the next year's notice says.
    let text = "holidays = [{ name = \"元旦\", from = \"2026-12-31\", to = \"2027-01-01\" }]\nworking = []";
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("holidays.toml");
    fs::write(&path, year(text)).expect("written");
    let holidays = Holidays::load_with(Some(&path)).expect("loaded");
    assert_eq!(holidays.is_working_day(day("2026-12-31")), Some(false));
    assert_eq!(holidays.is_working_day(day("2026-12-30")), Some(true));
    assert_eq!(
        holidays.after_working_days(day("2026-12-30"), 1),
        on("2027-01-04")
    );
}

#[test]
fn what_no_notice_arranges_is_unknown() {
    let holidays = built_in();
    assert_eq!(holidays.is_working_day(day("2027-01-01")), None);
    assert_eq!(holidays.is_working_day(day("2019-12-31")), None);
    // Two working days are left of 2026; the third is not known, nor is any further one.
    assert_eq!(due("2026-12-29", 2), on("2026-12-31"));
    assert_eq!(due("2026-12-29", 3), Deadline::Unknown { year: 2027 });
    assert_eq!(due("2026-12-29", 3000), Deadline::Unknown { year: 2027 });
    // The day of receipt is not counted, so its year need not be known.
    assert_eq!(due("2019-12-31", 1), on("2020-01-02"));
    assert_eq!(due("2019-12-30", 1), Deadline::Unknown { year: 2019 });
}

#[test]
fn the_end_of_a_year_is_unknown_where_the_next_notice_may_reach_back() {
    let arranged = |years: &[i32]| {
        let one = |year| {
            let text = "holidays = [{ name = \"元旦\", from = \"2027-01-01\", to = \"2027-01-01\" }]\nworking = []";
            self::year(text).replace("2027", &format!("{year}"))
        };
        let text: String = years.iter().map(one).collect();
        let years = file::read("holidays.toml", &text).expect("a calendar");
        Holidays { years }
    };
    // 2030 begins on a Tuesday, as 2019 did; 2028 on a Saturday.
    let known = arranged(&[2029]);
    assert_eq!(known.is_working_day(day("2029-12-28")), Some(true));
    assert_eq!(known.is_working_day(day("2029-12-29")), None);
    let due = known.after_working_days(day("2029-12-28"), 1);
    assert_eq!(due, Deadline::Unknown { year: 2030 });
    assert_eq!(
        arranged(&[2029, 2030]).is_working_day(day("2029-12-31")),
        Some(true)
    );
    assert_eq!(
        arranged(&[2027]).is_working_day(day("2027-12-31")),
        Some(true)
    );
}

#[test]
fn a_deadline_is_past_only_after_its_day() {
    let due = on("2026-11-30");
    assert_eq!(due.is_past(day("2026-11-30")), Some(false));
    assert_eq!(due.is_past(day("2026-12-01")), Some(true));
    let unknown = Deadline::Unknown { year: 2027 };
    assert_eq!(unknown.is_past(day("2030-01-01")), None);
    assert_eq!(due.words(Lang::Zh), "2026-11-30");
    for lang in [Lang::Zh, Lang::En] {
        let words = unknown.words(lang);
        assert!(
            words.contains("2027") && words.contains("[calendar] file"),
            "{words}"
        );
    }
}

#[test]
fn an_offices_own_year_takes_the_place_of_the_built_in_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("holidays.toml");
    let text = "holidays = [{ name = \"元旦\", from = \"2027-01-01\", to = \"2027-01-03\" }]\nworking = []";
    let other = year(
        "holidays = [{ name = \"元旦\", from = \"2026-01-01\", to = \"2026-01-01\" }]\nworking = []",
    );
    let other = other.replace("year = 2027", "year = 2026");
    fs::write(&path, format!("{}{other}", year(text))).expect("written");
    let holidays = Holidays::load_with(Some(&path)).expect("loaded");
    assert_eq!(
        holidays.after_working_days(day("2026-12-29"), 3),
        on("2027-01-04")
    );
    assert_eq!(holidays.is_working_day(day("2026-10-01")), Some(true));
    assert_eq!(holidays.is_working_day(day("2025-10-01")), Some(false));
    let error = Holidays::load_with(Some(Path::new("nowhere.toml"))).expect_err("absent");
    assert!(error.to_string().contains("nowhere.toml"), "{error}");
}

#[test]
fn what_no_notice_can_mean_is_named_with_its_line() {
    let holiday = |from: &str, to: &str| {
        format!("holidays = [\n  {{ name = \"元旦\", from = \"{from}\", to = \"{to}\" }},\n]")
    };
    let good = holiday("2027-01-01", "2027-01-03");
    let twice = good.replace(
        "]",
        "  { name = \"春节\", from = \"2027-01-03\", to = \"2027-01-04\" },\n]",
    );
    let cases = [
        (
            format!("{good}\nworking = []\nworkdays = []"),
            10,
            "workdays",
        ),
        (good.clone(), 1, "working"),
        (
            format!("{}\nworking = []", holiday("2027-01-03", "2027-01-01")),
            7,
            "之前",
        ),
        (
            format!("{}\nworking = []", holiday("2026-01-01", "2027-01-01")),
            7,
            "不在 2027 年内",
        ),
        (
            format!("{}\nworking = []", holiday("2027-02-30", "2027-03-01")),
            7,
            "",
        ),
        (format!("{twice}\nworking = []"), 8, "相同的日子"),
        (
            format!("{good}\nworking = [\"2027-01-04\"]"),
            9,
            "不是周六或周日",
        ),
        (format!("{good}\nworking = [\"2027-01-02\"]"), 9, "放假"),
        (
            format!("{good}\nworking = [\"2027-01-09\",\n\"2027-01-09\"]"),
            10,
            "两次",
        ),
        (
            format!("{good}\nworking = [\"2028-01-08\"]"),
            9,
            "不在 2027 年内",
        ),
        (
            "holidays = []\nworking = []".to_owned(),
            6,
            "没有放假的日子",
        ),
        (
            format!("{good}\nworking = []\n{}{good}\nworking = []", year("")),
            11,
            "两次",
        ),
    ];
    for (of, line, word) in cases {
        let error = file::read("own.toml", &year(&of)).expect_err("refused");
        let words = error.to_string();
        assert!(
            words.starts_with(&format!("own.toml:{line}:")),
            "{words}\n{of}"
        );
        assert!(words.contains(word), "{words}");
    }
    let good = year(&format!("{good}\nworking = [\"2027-01-09\"]"));
    file::read("own.toml", &good).expect("a calendar");
    for (is, becomes, line) in [
        ("source = \"测试\"", "source = \" \"", 5),
        ("国办发明电〔2026〕0号", "", 3),
        ("[{ number = \"国办发明电〔2026〕0号\" }]", "[]", 2),
        ("\"statute\"", "\"heard\"", 4),
    ] {
        let text = good.replace(is, becomes);
        let words = file::read("own.toml", &text)
            .expect_err("refused")
            .to_string();
        assert!(words.starts_with(&format!("own.toml:{line}:")), "{words}");
    }
}

/// Working days of 2020 to 2026.
const WORKING_DAYS: [usize; 7] = [249, 250, 249, 249, 251, 248, 248];
