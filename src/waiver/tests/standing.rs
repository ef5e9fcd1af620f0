use std::collections::BTreeSet;

use super::{GOOD, RULES, day, read, subject, waiver};
use crate::coverage::Coverage;
use crate::lang::Lang;
use crate::waiver::{Standing, Subject};

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
