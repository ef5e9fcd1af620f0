//! A month of nights in a second: the loop under a clock that is turned by hand.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::Duration;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde_json::Value;

use super::*;
use crate::config::{cron, zone};

/// A clock that sleeps by going on, and does what was set for a moment when it comes.
struct Hand {
    now: Cell<DateTime<Utc>>,
    events: RefCell<VecDeque<(DateTime<Utc>, Event)>>,
}

type Event = Box<dyn FnOnce(&Hand)>;

impl Hand {
    fn at(moment: &str) -> Rc<Self> {
        Rc::new(Self {
            now: Cell::new(at(moment)),
            events: RefCell::default(),
        })
    }

    /// What happens at a moment; moments in order.
    fn when(&self, moment: &str, event: impl FnOnce(&Hand) + 'static) {
        self.events
            .borrow_mut()
            .push_back((at(moment), Box::new(event)));
    }

    fn pass(&self, time: TimeDelta) {
        self.now.set(self.now.get() + time);
    }
}

impl Clock for Hand {
    fn now(&self) -> DateTime<Utc> {
        self.now.get()
    }

    fn sleep(&self, time: Duration) {
        self.pass(TimeDelta::from_std(time).expect("a short time"));
        loop {
            let mut events = self.events.borrow_mut();
            if events.front().is_none_or(|(due, _)| *due > self.now.get()) {
                return;
            }
            let (_, event) = events.pop_front().expect("an event");
            drop(events);
            event(self);
        }
    }
}

fn at(moment: &str) -> DateTime<Utc> {
    moment.parse().expect("a moment")
}

/// A line of what was done: when, which job, which moment it answers to, why.
type Line = (String, String, String, Reason);

/// How a run ends.
type End = Box<dyn FnMut(&Job, &Stop) -> Outcome>;

/// Jobs that take their time and write down that they ran.
struct Office {
    hand: Rc<Hand>,
    folder: PathBuf,
    config: Rc<RefCell<Result<Vec<Job>, String>>>,
    seen: Result<Vec<String>, String>,
    catch_up: bool,
    working: Rc<Calendar<'static>>,
    takes: TimeDelta,
    lines: Vec<Line>,
    outcome: End,
}

impl Office {
    fn new(hand: &Rc<Hand>, folder: &Path, jobs: Vec<Job>) -> Self {
        Self {
            hand: hand.clone(),
            folder: folder.to_path_buf(),
            config: Rc::new(RefCell::new(Ok(jobs))),
            seen: Err(String::new()),
            catch_up: true,
            working: Rc::new(|_: NaiveDate| Some(true)),
            takes: TimeDelta::minutes(20),
            lines: Vec::new(),
            outcome: Box::new(|_, _| done(0)),
        }
    }

    fn files(&self) -> Files {
        Files {
            config: self.folder.join("heyan.toml"),
            state: self.folder.join("state"),
        }
    }

    fn kept(&self) -> Result<Vec<String>, String> {
        let config = self.config.borrow();
        let words = |job: &Job| format!("{} {}", job.name, job.expression);
        config.clone().map(|jobs| jobs.iter().map(words).collect())
    }
}

impl Work for Office {
    fn changed(&mut self) -> bool {
        self.kept() != self.seen
    }

    fn plan(&mut self) -> Result<Plan, String> {
        self.seen = self.kept();
        let jobs = self.config.borrow().clone()?;
        Ok(Plan {
            jobs,
            catch_up: self.catch_up,
            working: self.working.clone(),
            health_file: self.folder.join("health.json"),
            listen: None,
        })
    }

    fn run(&mut self, job: &Job, due: &Due, stop: &Stop) -> Outcome {
        let begun = self.hand.now().with_timezone(&job.zone);
        let slot = due.run.at.format("%m-%d %H:%M").to_string();
        let line = (
            begun.format("%m-%d %H:%M").to_string(),
            job.name.clone(),
            slot,
            due.reason.clone(),
        );
        self.lines.push(line);
        self.hand.pass(self.takes);
        (self.outcome)(job, stop)
    }
}

fn done(code: u8) -> Outcome {
    Outcome::Finished {
        code,
        message: None,
    }
}

fn job(name: &str, expression: &str, timezone: &str) -> Job {
    Job {
        name: name.to_owned(),
        expression: expression.to_owned(),
        cron: cron(expression).expect("an expression"),
        zone: zone(timezone).expect("a zone"),
        skip: false,
        inputs: Vec::new(),
        git: Vec::new(),
        office: Vec::new(),
        regions: Vec::new(),
        formats: Vec::new(),
    }
}

fn pace() -> Pace {
    Pace {
        step: TimeDelta::minutes(1),
        look: TimeDelta::minutes(5),
        beat: TimeDelta::hours(6),
        gap: TimeDelta::minutes(2),
    }
}

/// Lives until a moment.
fn live(office: &mut Office, until: &str) {
    let hand = office.hand.clone();
    let stop = Stop::new();
    let bell = stop.clone();
    hand.when(until, move |_| bell.ask());
    let files = office.files();
    let mut daemon = Daemon::start(office, &*hand, stop, pace(), files).expect("started");
    daemon.run();
}

fn health(folder: &Path) -> Value {
    let text = fs::read_to_string(folder.join("health.json")).expect("a health file");
    serde_json::from_str(&text).expect("JSON")
}

fn night(office: &Office) -> Vec<String> {
    office.lines.iter().map(|line| line.0.clone()).collect()
}

#[test]
fn thirty_nights_are_thirty_runs_on_time() {
    let folder = tempfile::tempdir().expect("a folder");
    let hand = Hand::at("2026-11-01T00:00:00Z");
    let jobs = vec![
        job("每夜", "30 2 * * *", "Asia/Shanghai"),
        job("周报", "0 8 * * MON", "Asia/Shanghai"),
    ];
    let mut office = Office::new(&hand, folder.path(), jobs);
    live(&mut office, "2026-12-01T00:00:00Z");
    let of = |name: &str| {
        office
            .lines
            .iter()
            .filter(|line| line.1 == name)
            .cloned()
            .collect::<Vec<_>>()
    };
    assert_eq!(of("每夜").len(), 30);
    assert_eq!(of("周报").len(), 5);
    for (begun, _, slot, reason) in &office.lines {
        assert_eq!((begun, reason), (slot, &Reason::Time));
    }
    let health = health(folder.path());
    assert_eq!(health["state"], "stopped");
    assert_eq!(health["healthy"], true);
    assert_eq!(
        health["jobs"][0]["last_finished"],
        "2026-12-01T02:50:00+08:00"
    );
    assert_eq!(health["jobs"][0]["next"], "2026-12-02T02:30:00+08:00");
}

#[test]
fn days_off_are_left_out_and_the_unknown_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let hand = Hand::at("2026-12-24T00:00:00Z");
    let mut nightly = job("每夜", "30 2 * * *", "Asia/Shanghai");
    nightly.skip = true;
    let mut office = Office::new(&hand, folder.path(), vec![nightly]);
    office.working = Rc::new(|day| {
        use chrono::{Datelike, Weekday};
        let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        (day.year() == 2026).then_some(!weekend)
    });
    live(&mut office, "2026-12-31T12:00:00Z");
    assert_eq!(
        night(&office),
        [
            "12-25 02:30",
            "12-28 02:30",
            "12-29 02:30",
            "12-30 02:30",
            "12-31 02:30"
        ]
    );
    assert_eq!(
        health(folder.path())["jobs"][0]["next_calendar_unknown"],
        true
    );
}

#[test]
fn a_change_of_clocks_neither_drops_nor_doubles_a_night() {
    for (from, until, nights) in [
        ("2027-03-26T12:00:00Z", "2027-03-30T12:00:00Z", 4),
        ("2027-10-29T12:00:00Z", "2027-11-02T12:00:00Z", 4),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let hand = Hand::at(from);
        let mut office = Office::new(
            &hand,
            folder.path(),
            vec![job("n", "30 2 * * *", "Europe/Berlin")],
        );
        live(&mut office, until);
        assert_eq!(office.lines.len(), nights, "{:?}", office.lines);
        assert!(office.lines.iter().all(|line| line.3 == Reason::Time));
    }
}

#[test]
fn a_machine_that_slept_for_three_days_catches_up_once() {
    for catch_up in [true, false] {
        let folder = tempfile::tempdir().expect("a folder");
        let hand = Hand::at("2026-11-01T00:00:00Z");
        let mut office = Office::new(&hand, folder.path(), vec![job("n", "30 2 * * *", "UTC")]);
        office.catch_up = catch_up;
        hand.when("2026-11-03T12:00:00Z", |hand| hand.pass(TimeDelta::days(3)));
        live(&mut office, "2026-11-08T12:00:00Z");
        let mut expected = vec![
            "11-01 02:30",
            "11-02 02:30",
            "11-03 02:30",
            "11-06 12:00",
            "11-07 02:30",
            "11-08 02:30",
        ];
        if catch_up {
            assert_eq!(office.lines[3].3, Reason::CatchUp(3));
        } else {
            expected.remove(3);
        }
        assert_eq!(night(&office), expected);
    }
}

#[test]
fn what_a_stop_missed_is_caught_up_once_and_a_new_job_owes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let hand = Hand::at("2026-11-01T00:00:00Z");
    let mut office = Office::new(&hand, folder.path(), vec![job("n", "30 2 * * *", "UTC")]);
    live(&mut office, "2026-11-02T12:00:00Z");
    hand.pass(TimeDelta::days(4));
    office
        .config
        .borrow_mut()
        .as_mut()
        .expect("jobs")
        .push(job("new", "0 3 * * *", "UTC"));
    live(&mut office, "2026-11-07T12:00:00Z");
    let lines: Vec<_> = office
        .lines
        .iter()
        .map(|line| (line.0.as_str(), line.1.as_str()))
        .collect();
    let expected = [
        ("11-01 02:30", "n"),
        ("11-02 02:30", "n"),
        ("11-06 12:00", "n"),
        ("11-07 02:30", "n"),
        ("11-07 03:00", "new"),
    ];
    assert_eq!(lines, expected);
}

#[test]
fn a_job_longer_than_its_interval_does_not_pile_up_and_holds_up_the_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let hand = Hand::at("2026-11-01T00:00:00Z");
    let jobs = vec![
        job("long", "*/15 * * * *", "UTC"),
        job("other", "20 0 * * *", "UTC"),
    ];
    let mut office = Office::new(&hand, folder.path(), jobs);
    office.takes = TimeDelta::minutes(40);
    live(&mut office, "2026-11-01T02:40:00Z");
    let lines: Vec<_> = office
        .lines
        .iter()
        .map(|line| (line.0.as_str(), line.1.as_str()))
        .collect();
    let expected = [
        ("11-01 00:15", "long"),
        ("11-01 00:55", "other"),
        ("11-01 01:35", "long"),
        ("11-01 02:30", "long"),
    ];
    assert_eq!(lines, expected);
    assert!(
        office.lines.iter().all(|line| line.3 == Reason::Time),
        "{:?}",
        office.lines
    );
}

#[test]
fn a_changed_config_is_taken_up_and_a_broken_one_is_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let hand = Hand::at("2026-11-01T00:00:00Z");
    let mut office = Office::new(&hand, folder.path(), vec![job("n", "30 2 * * *", "UTC")]);
    let config = office.config.clone();
    // An expression whose time of today is over owes nothing of today.
    hand.when("2026-11-01T12:00:00Z", move |_| {
        *config.borrow_mut() = Ok(vec![job("n", "0 5 * * *", "UTC")]);
    });
    let config = office.config.clone();
    hand.when("2026-11-02T12:00:00Z", move |_| {
        *config.borrow_mut() = Err("heyan.toml:7: 读不懂".to_owned());
    });
    let path = folder.path().to_path_buf();
    hand.when("2026-11-03T06:00:00Z", move |_| {
        let health = health(&path);
        assert_eq!(health["healthy"], false);
        let fault = health["config"]["fault"].as_str().expect("a fault");
        assert!(fault.contains("heyan.toml:7"), "{fault}");
        assert_eq!(health["config"]["loaded"], "2026-11-01T12:00:00+00:00");
    });
    let config = office.config.clone();
    hand.when("2026-11-03T12:00:00Z", move |_| {
        *config.borrow_mut() = Ok(vec![job("n", "0 6 * * *", "UTC")]);
    });
    live(&mut office, "2026-11-04T12:00:00Z");
    assert_eq!(
        night(&office),
        ["11-01 02:30", "11-02 05:00", "11-03 05:00", "11-04 06:00"]
    );
    assert_eq!(health(folder.path())["config"]["fault"], Value::Null);
    assert_eq!(health(folder.path())["healthy"], true);
}

#[test]
fn a_signal_in_the_middle_stops_cleanly_and_the_run_is_made_up_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let hand = Hand::at("2026-11-01T00:00:00Z");
    let mut office = Office::new(&hand, folder.path(), vec![job("n", "30 2 * * *", "UTC")]);
    let stop = Stop::new();
    let bell = stop.clone();
    office.outcome = Box::new(move |_, stop| {
        bell.ask();
        if stop.asked() {
            Outcome::Stopped
        } else {
            done(0)
        }
    });
    let files = office.files();
    let mut daemon = Daemon::start(&mut office, &*hand, stop, pace(), files).expect("started");
    daemon.run();
    drop(daemon);
    let told = health(folder.path());
    assert_eq!(
        (&told["state"], &told["jobs"][0]["last_outcome"]),
        (&"stopped".into(), &"stopped".into())
    );
    assert_eq!(told["jobs"][0]["last_finished"], Value::Null);
    office.outcome = Box::new(|_, _| done(0));
    hand.pass(TimeDelta::hours(1));
    live(&mut office, "2026-11-01T12:00:00Z");
    assert_eq!(night(&office), ["11-01 02:30", "11-01 03:50"]);
    assert_eq!(office.lines[1].3, Reason::CatchUp(1));
}

#[test]
fn a_run_that_kills_the_program_is_tried_once_more_and_no_more() {
    let folder = tempfile::tempdir().expect("a folder");
    let hand = Hand::at("2026-11-01T00:00:00Z");
    let mut office = Office::new(&hand, folder.path(), vec![job("n", "30 2 * * *", "UTC")]);
    let ledger = folder.path().join("state/schedule.json");
    // What is on the disk in the middle of a run is what a killed program leaves.
    let left: Rc<RefCell<Vec<u8>>> = Rc::default();
    let (copy, path) = (left.clone(), ledger.clone());
    office.outcome = Box::new(move |_, _| {
        *copy.borrow_mut() = fs::read(&path).expect("a ledger");
        done(0)
    });
    for until in [
        "2026-11-01T03:30:00Z",
        "2026-11-01T04:30:00Z",
        "2026-11-01T05:30:00Z",
    ] {
        live(&mut office, until);
        fs::write(&ledger, &*left.borrow()).expect("written");
    }
    assert_eq!(office.lines.len(), 2, "{:?}", office.lines);
    // The night after, all is as it was.
    live(&mut office, "2026-11-02T05:00:00Z");
    assert_eq!(
        night(&office).last().map(String::as_str),
        Some("11-02 02:30")
    );
}

#[test]
fn a_panic_costs_one_run_and_a_failure_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let hand = Hand::at("2026-11-01T00:00:00Z");
    let mut office = Office::new(&hand, folder.path(), vec![job("n", "30 2 * * *", "UTC")]);
    let mut nights = 0;
    office.outcome = Box::new(move |_, _| {
        nights += 1;
        match nights {
            1 => panic!("a broken table"),
            2 => Outcome::Finished {
                code: 2,
                message: Some("没有读到任何清单".to_owned()),
            },
            _ => done(3),
        }
    });
    for (day, path) in ["02", "03", "04"]
        .iter()
        .zip(std::iter::repeat_with(|| folder.path().to_path_buf()))
    {
        let day = (*day).to_owned();
        hand.when(&format!("2026-11-{day}T00:00:00Z"), move |_| {
            let health = health(&path);
            let (outcome, code, healthy, words) = match day.as_str() {
                "02" => ("panicked", Value::Null, false, "a broken table"),
                "03" => ("failed", 2.into(), false, "没有读到任何清单"),
                _ => ("finished", 3.into(), true, "没有读到任何清单"),
            };
            assert_eq!(health["jobs"][0]["last_outcome"], outcome);
            assert_eq!(health["jobs"][0]["last_code"], code);
            assert_eq!(health["healthy"], healthy);
            assert!(
                health["last_error"]
                    .as_str()
                    .is_some_and(|error| error.contains(words))
            );
        });
    }
    live(&mut office, "2026-11-04T12:00:00Z");
    assert_eq!(office.lines.len(), 4);
}

#[test]
fn a_run_by_hand_is_waited_for_and_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let hand = Hand::at("2026-11-01T00:00:00Z");
    let mut office = Office::new(&hand, folder.path(), vec![job("n", "30 2 * * *", "UTC")]);
    let lock: Rc<RefCell<Option<Lock>>> = Rc::default();
    let (held, path) = (lock.clone(), office.files().lock());
    hand.when("2026-11-01T02:00:00Z", move |_| {
        let owner = Owner::this("heyan run", "2026-11-01T02:00:00Z".to_owned());
        *held.borrow_mut() = Some(Lock::take(&path, &owner).expect("free"));
    });
    let (held, path) = (lock, folder.path().to_path_buf());
    hand.when("2026-11-01T03:00:00Z", move |_| {
        let health = health(&path);
        let words = health["jobs"][0]["waiting_for"]
            .as_str()
            .expect("named")
            .to_owned();
        assert!(
            words.contains("heyan run") && words.contains(&std::process::id().to_string()),
            "{words}"
        );
        *held.borrow_mut() = None;
    });
    live(&mut office, "2026-11-01T12:00:00Z");
    assert_eq!(office.lines.len(), 1);
    assert_eq!(office.lines[0].0, "11-01 03:00");
    assert_eq!(health(folder.path())["jobs"][0]["waiting_for"], Value::Null);
}

#[test]
fn two_schedules_over_one_state_folder_are_one_too_many() {
    let folder = tempfile::tempdir().expect("a folder");
    let hand = Hand::at("2026-11-01T00:00:00Z");
    let jobs = || vec![job("n", "30 2 * * *", "UTC")];
    let mut first = Office::new(&hand, folder.path(), jobs());
    let mut second = Office::new(&hand, folder.path(), jobs());
    let files = first.files();
    let daemon =
        Daemon::start(&mut first, &*hand, Stop::new(), pace(), files.clone()).expect("started");
    let refused = Daemon::start(&mut second, &*hand, Stop::new(), pace(), files.clone())
        .err()
        .expect("refused");
    let words = refused.to_string();
    assert!(
        words.contains("heyan schedule") && words.contains(&std::process::id().to_string()),
        "{words}"
    );
    drop(daemon);
    assert!(Daemon::start(&mut second, &*hand, Stop::new(), pace(), files).is_ok());
}

#[test]
fn a_clock_set_back_repeats_nothing_and_one_set_years_ahead_silences_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let hand = Hand::at("2026-11-01T00:00:00Z");
    let mut office = Office::new(&hand, folder.path(), vec![job("n", "30 2 * * *", "UTC")]);
    hand.when("2026-11-01T04:00:00Z", |hand| {
        hand.pass(-TimeDelta::hours(3))
    });
    live(&mut office, "2026-11-02T01:00:00Z");
    assert_eq!(night(&office), ["11-01 02:30"]);
    // Somebody sets the clock to 2031, a night goes by, and it is set right.
    hand.when("2026-11-02T01:10:00Z", |hand| {
        hand.now.set(at("2031-01-01T00:00:00Z"))
    });
    let bell = Stop::new();
    let ring = bell.clone();
    hand.when("2031-01-02T00:00:00Z", move |hand| {
        hand.now.set(at("2026-11-02T02:00:00Z"));
        hand.when("2026-11-04T00:00:00Z", move |_| ring.ask());
    });
    let files = office.files();
    Daemon::start(&mut office, &*hand, bell, pace(), files)
        .expect("started")
        .run();
    let nights = night(&office);
    assert_eq!(
        nights[nights.len() - 2..],
        ["11-02 02:30", "11-03 02:30"],
        "{nights:?}"
    );
}

#[test]
fn a_config_without_a_job_is_said_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let hand = Hand::at("2026-11-01T00:00:00Z");
    let mut office = Office::new(&hand, folder.path(), Vec::new());
    let files = office.files();
    let refused = Daemon::start(&mut office, &*hand, Stop::new(), pace(), files)
        .err()
        .expect("refused");
    assert!(refused.to_string().contains("[[schedule.job]]"));
}
