use super::*;
use crate::config::{cron, zone};

fn job(expression: &str, name: &str) -> Job {
    Job {
        name: "night".to_owned(),
        expression: expression.to_owned(),
        cron: cron(expression).expect("an expression"),
        zone: zone(name).expect("a zone"),
        skip: false,
        inputs: Vec::new(),
        git: Vec::new(),
        office: Vec::new(),
        regions: Vec::new(),
        formats: Vec::new(),
    }
}

fn moment(text: &str) -> DateTime<Utc> {
    text.parse().expect("a moment")
}

/// The next runs of one job, as local time with its offset.
fn next(of: Job, working: &Calendar<'_>, after: &str, count: usize) -> Vec<String> {
    let jobs = [of];
    let agenda = Agenda {
        jobs: &jobs,
        working,
    };
    let runs = agenda.next(moment(after), count);
    runs.iter().map(|run| run.at.to_rfc3339()).collect()
}

fn always(_: NaiveDate) -> Option<bool> {
    Some(true)
}

#[test]
fn the_expression_is_read_in_its_zone() {
    let runs = next(
        job("30 2 * * *", "Asia/Shanghai"),
        &always,
        "2026-11-29T18:30:00Z",
        2,
    );
    // 18:30 UTC is 02:30 there: that moment itself is over.
    assert_eq!(
        runs,
        ["2026-12-01T02:30:00+08:00", "2026-12-02T02:30:00+08:00"]
    );
    let runs = next(
        job("30 2 * * *", "Asia/Urumqi"),
        &always,
        "2026-11-29T18:30:00Z",
        1,
    );
    assert_eq!(runs, ["2026-11-30T02:30:00+06:00"]);
}

#[test]
fn half_a_second_before_is_still_before() {
    let runs = next(
        job("0 0 * * *", "UTC"),
        &always,
        "2026-11-29T23:59:59.5Z",
        2,
    );
    assert_eq!(
        runs,
        ["2026-11-30T00:00:00+00:00", "2026-12-01T00:00:00+00:00"]
    );
    let runs = next(
        job("0 0 * * *", "UTC"),
        &always,
        "2026-11-30T00:00:00.5Z",
        1,
    );
    assert_eq!(runs, ["2026-12-01T00:00:00+00:00"]);
}

#[test]
fn a_time_that_the_clock_leaves_out_comes_once_behind_the_gap() {
    // On 28 March 2027 Berlin goes from 02:00 straight to 03:00.
    let runs = next(
        job("30 2 * * *", "Europe/Berlin"),
        &always,
        "2027-03-26T12:00:00Z",
        3,
    );
    assert_eq!(runs[0], "2027-03-27T02:30:00+01:00");
    assert!(runs[1].starts_with("2027-03-28T03:"), "{runs:?}");
    assert_eq!(runs[2], "2027-03-29T02:30:00+02:00");
}

#[test]
fn a_time_that_the_clock_shows_twice_comes_once() {
    // On 31 October 2027 Berlin shows 02:30 twice.
    let of = || job("30 2 * * *", "Europe/Berlin");
    let runs = next(of(), &always, "2027-10-29T12:00:00Z", 3);
    assert_eq!(
        runs,
        [
            "2027-10-30T02:30:00+02:00",
            "2027-10-31T02:30:00+02:00",
            "2027-11-01T02:30:00+01:00"
        ]
    );
    // Nor again from between the two.
    let runs = next(of(), &always, "2027-10-31T00:45:00Z", 1);
    assert_eq!(runs, ["2027-11-01T02:30:00+01:00"]);
}

#[test]
fn what_repeats_within_a_day_runs_through_both_hours() {
    let runs = next(
        job("*/30 * * * *", "Europe/Berlin"),
        &always,
        "2027-10-31T00:00:00Z",
        4,
    );
    let utc: Vec<_> = runs
        .iter()
        .map(|run| moment(run).format("%H:%M").to_string())
        .collect();
    assert_eq!(utc, ["00:30", "01:00", "01:30", "02:00"]);
}

#[test]
fn every_moment_is_later_than_the_one_before_through_two_years_of_clocks() {
    for (expression, name) in [
        ("30 2 * * *", "Europe/Berlin"),
        ("*/17 * * * *", "America/New_York"),
        ("0 0 * * *", "America/Sao_Paulo"),
        ("15 0 * * *", "Africa/Cairo"),
        ("45 1 * * *", "Australia/Lord_Howe"),
    ] {
        let of = job(expression, name);
        let mut at = moment("2026-01-01T00:00:00Z");
        while at < moment("2028-01-01T00:00:00Z") {
            let next = of.after(at).expect("a moment").to_utc();
            assert!(next > at, "{expression} {name} {at}");
            assert!(
                next - at <= TimeDelta::hours(26),
                "{expression} {name} {at} {next}"
            );
            at = next;
        }
    }
}

#[test]
fn days_off_are_left_out_and_an_unknown_year_is_not() {
    let mut of = job("30 2 * * *", "Asia/Shanghai");
    of.skip = true;
    // A holiday of nine days; nothing is known from 2027 on.
    let working = |day: NaiveDate| {
        let (from, to) = ("2026-12-20", "2026-12-28");
        let text = day.to_string();
        (text.as_str() < "2027").then(|| !(from..=to).contains(&text.as_str()))
    };
    let jobs = [of];
    let agenda = Agenda {
        jobs: &jobs,
        working: &working,
    };
    let runs = agenda.next(moment("2026-12-18T20:00:00Z"), 4);
    let days: Vec<_> = runs
        .iter()
        .map(|run| (run.at.date_naive().to_string(), run.calendar_unknown))
        .collect();
    let expected = [
        ("2026-12-29", false),
        ("2026-12-30", false),
        ("2026-12-31", false),
        ("2027-01-01", true),
    ];
    let expected = expected.map(|(day, unknown)| (day.to_owned(), unknown));
    assert_eq!(days, expected);
}

#[test]
fn a_job_of_every_minute_leaps_over_its_days_off() {
    let mut of = job("* * * * *", "Asia/Shanghai");
    of.skip = true;
    let working = |day: NaiveDate| Some(day.to_string().as_str() >= "2028");
    assert_eq!(
        next(of, &working, "2026-01-01T00:00:00Z", 1),
        ["2028-01-01T00:00:00+08:00"]
    );
    let mut never = job("0 0 1 1 *", "Asia/Shanghai");
    never.skip = true;
    assert!(next(never, &|_| Some(false), "2026-01-01T00:00:00Z", 1).is_empty());
}

#[test]
fn jobs_are_listed_by_time() {
    let jobs = [job("0 3 * * *", "UTC"), job("0 2 * * 1", "UTC")];
    let agenda = Agenda {
        jobs: &jobs,
        working: &always,
    };
    // 30 November 2026 is a Monday.
    let runs = agenda.next(moment("2026-11-29T12:00:00Z"), 3);
    let order: Vec<_> = runs.iter().map(|run| run.job).collect();
    assert_eq!(order, [1, 0, 0]);
}

#[test]
fn three_missed_nights_are_one_catch_up() {
    let jobs = [job("30 2 * * *", "UTC")];
    let agenda = Agenda {
        jobs: &jobs,
        working: &always,
    };
    let due = |done, watched, now| agenda.due(0, moment(done), moment(watched), moment(now));
    let awake = "2026-11-29T09:00:00Z";
    let found = due("2026-11-26T02:30:00Z", awake, awake).expect("due");
    assert_eq!(found.reason, Reason::CatchUp(3));
    assert_eq!(found.run.at.to_rfc3339(), "2026-11-29T02:30:00+00:00");
    // The next night is on time, also for who still owes the ones before.
    let found = due("2026-11-26T02:30:00Z", awake, "2026-11-30T02:30:01Z").expect("due");
    assert_eq!(found.reason, Reason::Time);
    assert_eq!(
        due("2026-11-29T02:30:00Z", awake, "2026-11-30T02:29:59Z"),
        None
    );
}

#[test]
fn a_dense_expression_is_not_counted_for_ever() {
    let jobs = [job("* * * * * *", "UTC")];
    let agenda = Agenda {
        jobs: &jobs,
        working: &always,
    };
    let now = moment("2026-11-29T09:00:00Z");
    let due = agenda.due(0, moment("2020-01-01T00:00:00Z"), now, now);
    assert_eq!(due.expect("due").run.at, now);
}
