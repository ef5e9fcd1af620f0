//! The outbox over its life: stored once, marked at once, retried later, overtaken, refused.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::*;
use crate::deliver::transport::{Receipt, Stored, Transport};

fn now(day: u32, hour: u32) -> DateTime<FixedOffset> {
    let text = format!("2026-11-{day:02}T{hour:02}:30:00+08:00");
    DateTime::parse_from_rfc3339(&text).expect("a time")
}

fn day(day: u32) -> NaiveDate {
    now(day, 8).date_naive()
}

fn ids(text: &str) -> Ids {
    text.split_whitespace().map(str::to_owned).collect()
}

fn database() -> Connection {
    let connection = Connection::open_in_memory().expect("a database");
    migrate(&connection).expect("tables");
    migrate(&connection).expect("tables that are there");
    connection
}

fn entry(id: &str, topic: &str, faults: &str) -> Entry {
    Entry {
        message_id: format!("{id}@heyan.example.org"),
        run_id: "run".to_owned(),
        topic: topic.to_owned(),
        address: format!("{topic}@example.org"),
        kind: "first".to_owned(),
        subject: format!("关于 {topic}"),
        faults: ids(faults),
        message: format!("mail {id}").into_bytes(),
    }
}

/// Answers as it was told to, and remembers what it was given.
#[derive(Default)]
struct Scripted {
    answers: Vec<Receipt>,
    given: Vec<String>,
}

impl Scripted {
    fn with(answers: impl IntoIterator<Item = Receipt>) -> Self {
        let mut answers: Vec<Receipt> = answers.into_iter().collect();
        answers.reverse();
        Self {
            answers,
            given: Vec::new(),
        }
    }
}

impl Transport for Scripted {
    fn deliver(&mut self, mail: &Stored) -> Receipt {
        self.given
            .push(String::from_utf8_lossy(&mail.message).into_owned());
        self.answers.pop().expect("no further mail was expected")
    }
}

fn ok() -> Receipt {
    Receipt::Delivered("250 ok".to_owned())
}

fn send(
    connection: &mut Connection,
    answers: Vec<Receipt>,
    at: DateTime<FixedOffset>,
) -> (Tally, Vec<String>) {
    let mut transport = Scripted::with(answers);
    let tally = send_due(connection, &mut transport, at).expect("sent");
    (tally, transport.given)
}

#[test]
fn the_same_mail_is_stored_and_sent_once() {
    let mut db = database();
    let mails = [entry("a", "32", "x y"), entry("b", "64", "z")];
    assert_eq!(store(&mut db, &mails, now(1, 8)).expect("stored"), 2);
    assert_eq!(store(&mut db, &mails, now(1, 9)).expect("stored"), 0);
    let (tally, given) = send(&mut db, vec![ok(), ok()], now(1, 8));
    assert!(tally.is_complete());
    assert_eq!(given, ["mail a", "mail b"]);
    let (_, given) = send(&mut db, vec![], now(2, 8));
    assert!(given.is_empty());
    assert_eq!(store(&mut db, &mails, now(2, 8)).expect("stored"), 0);
    let told = told(&db, "32", "32@example.org").expect("told");
    assert_eq!(
        told.delivered,
        Some(Notice {
            day: day(1),
            faults: ids("x y")
        })
    );
    assert_eq!((told.waiting, told.refused), (None, None));
}

#[test]
fn a_run_that_dies_while_storing_leaves_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("heyan.sqlite");
    let mut db = Connection::open(&path).expect("opened");
    migrate(&db).expect("tables");
    {
        let transaction = db.transaction().expect("begun");
        assert!(put(&transaction, &entry("a", "32", "x"), now(1, 8)).expect("put"));
        // Dropped without a commit, as by a kill.
    }
    drop(db);
    let db = Connection::open(&path).expect("opened");
    assert_eq!(
        told(&db, "32", "32@example.org").expect("told"),
        Told::default()
    );
    let left: i64 = db
        .query_row("SELECT count(*) FROM notices", [], |row| row.get(0))
        .expect("counted");
    assert_eq!(left, 0);
}

#[test]
fn what_was_delivered_is_marked_before_anything_else_happens() {
    struct Dies(usize);
    impl Transport for Dies {
        fn deliver(&mut self, _: &Stored) -> Receipt {
            self.0 += 1;
            assert!(self.0 < 2, "killed");
            ok()
        }
        fn finish(&mut self) {
            unreachable!("killed before");
        }
    }
    let mut db = database();
    store(
        &mut db,
        &[entry("a", "32", "x"), entry("b", "64", "y")],
        now(1, 8),
    )
    .expect("stored");
    let killed = catch_unwind(AssertUnwindSafe(|| {
        send_due(&mut db, &mut Dies(0), now(1, 8))
    }));
    assert!(killed.is_err());
    let (_, given) = send(&mut db, vec![ok()], now(1, 8));
    assert_eq!(given, ["mail b"]);
}

#[test]
fn the_last_mail_is_marked_before_the_server_is_told_goodbye() {
    struct Looks(std::path::PathBuf, Option<State>);
    impl Transport for Looks {
        fn deliver(&mut self, _: &Stored) -> Receipt {
            ok()
        }
        fn finish(&mut self) {
            let other = Connection::open(&self.0).expect("opened");
            self.1 = state(&other, "a@heyan.example.org").expect("known");
        }
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("heyan.sqlite");
    let mut db = Connection::open(&path).expect("opened");
    migrate(&db).expect("tables");
    store(&mut db, &[entry("a", "32", "x")], now(1, 8)).expect("stored");
    let mut transport = Looks(path, None);
    send_due(&mut db, &mut transport, now(1, 8)).expect("sent");
    assert_eq!(transport.1, Some(State::Sent));
}

#[test]
fn a_postponed_mail_is_tried_again_later_and_later_but_every_night() {
    let mut db = database();
    store(&mut db, &[entry("a", "32", "x")], now(1, 8)).expect("stored");
    let later = || vec![Receipt::Later("451 later".to_owned())];
    let (tally, _) = send(&mut db, later(), now(1, 8));
    assert!(!tally.is_complete());
    assert_eq!(
        (tally.waiting[0].attempts, tally.waiting[0].answer.as_str()),
        (1, "451 later")
    );
    // Not within five minutes.
    let soon = now(1, 8) + chrono::TimeDelta::seconds(299);
    assert!(send(&mut db, vec![], soon).1.is_empty());
    assert_eq!(
        send(&mut db, later(), soon + chrono::TimeDelta::seconds(1))
            .1
            .len(),
        1
    );
    for attempts in 1..100 {
        assert!(backoff(attempts) <= 12 * 60 * 60);
        assert!(backoff(attempts) <= backoff(attempts + 1));
    }
    assert_eq!(
        (backoff(1), backoff(2), backoff(3), backoff(99)),
        (300, 600, 1200, 43_200)
    );
    for night in 2..20 {
        assert_eq!(send(&mut db, later(), now(night, 8)).1.len(), 1, "{night}");
    }
    assert_eq!(sent_on(&db).expect("days"), Days::new());
    assert!(send(&mut db, vec![ok()], now(20, 8)).0.is_complete());
    assert_eq!(
        sent_on(&db).expect("days"),
        Days::from([("x".to_owned(), day(20))])
    );
}

#[test]
fn one_refusal_costs_no_other_recipient_and_is_kept() {
    let mut db = database();
    let mails = [
        entry("a", "32", "x"),
        entry("b", "64", "y"),
        entry("c", "office", "x y"),
    ];
    store(&mut db, &mails, now(1, 8)).expect("stored");
    let refused = Receipt::Refused("550 no such user".to_owned());
    let (tally, given) = send(&mut db, vec![ok(), refused, ok()], now(1, 8));
    assert_eq!(given.len(), 3);
    assert_eq!(tally.sent.len(), 2);
    assert_eq!(tally.refused, refusals(&db).expect("refusals"));
    assert_eq!(tally.refused[0].answer, "550 no such user");
    assert!(!tally.is_complete() && tally.waiting.is_empty());
    let about = told(&db, "64", "64@example.org").expect("told");
    assert_eq!(
        about.refused,
        Some(Notice {
            day: day(1),
            faults: ids("y")
        })
    );
    // A refusal stands until a mail goes through.
    store(&mut db, &[entry("d", "64", "y")], now(8, 8)).expect("stored");
    send(&mut db, vec![Receipt::Later("451".to_owned())], now(8, 8));
    assert_eq!(refusals(&db).expect("refusals").len(), 1);
    send(&mut db, vec![ok()], now(9, 8));
    assert!(refusals(&db).expect("refusals").is_empty());
    assert_eq!(
        told(&db, "64", "64@example.org").expect("told").refused,
        None
    );
}

#[test]
fn a_server_that_is_away_is_asked_once() {
    let mut db = database();
    store(
        &mut db,
        &[entry("a", "32", "x"), entry("b", "64", "y")],
        now(1, 8),
    )
    .expect("stored");
    let away = Receipt::Unreachable("connection refused".to_owned());
    let (tally, given) = send(&mut db, vec![away.clone()], now(1, 8));
    assert_eq!(given, ["mail a"]);
    assert_eq!(tally.stopped, Some(away));
    assert!(tally.waiting.iter().all(|mail| mail.attempts == 1));
    assert!(send(&mut db, vec![], now(1, 8)).1.is_empty());
    assert_eq!(send(&mut db, vec![ok(), ok()], now(2, 8)).1.len(), 2);
}

#[test]
fn settings_at_fault_are_no_attempt_and_mended_ones_send_at_once() {
    let mut db = database();
    store(
        &mut db,
        &[entry("a", "32", "x"), entry("b", "64", "y")],
        now(1, 8),
    )
    .expect("stored");
    let fault = Receipt::Misconfigured("bad certificate".to_owned());
    let (tally, given) = send(&mut db, vec![fault.clone()], now(1, 8));
    assert_eq!((given.len(), tally.stopped), (1, Some(fault)));
    assert!(
        tally
            .waiting
            .iter()
            .all(|mail| mail.attempts == 0 && mail.answer == "bad certificate")
    );
    assert_eq!(send(&mut db, vec![ok(), ok()], now(1, 8)).1.len(), 2);
}

#[test]
fn a_newer_mail_overtakes_what_still_waits_for_the_same_recipient() {
    let mut db = database();
    store(
        &mut db,
        &[entry("a", "32", "x"), entry("b", "64", "z")],
        now(1, 8),
    )
    .expect("stored");
    send(
        &mut db,
        vec![Receipt::Unreachable("away".to_owned())],
        now(1, 8),
    );
    store(&mut db, &[entry("c", "32", "x y")], now(2, 8)).expect("stored");
    assert_eq!(
        state(&db, "a@heyan.example.org").expect("known"),
        Some(State::Overtaken)
    );
    let (_, given) = send(&mut db, vec![ok(), ok()], now(2, 8));
    assert_eq!(given, ["mail b", "mail c"]);
    assert_eq!(
        told(&db, "32", "32@example.org")
            .expect("told")
            .delivered
            .expect("one")
            .faults,
        ids("x y")
    );
}

#[test]
fn what_is_no_longer_true_is_withdrawn() {
    let mut db = database();
    store(
        &mut db,
        &[entry("a", "32", "x"), entry("b", "64", "z")],
        now(1, 8),
    )
    .expect("stored");
    assert_eq!(
        withdraw(&db, "32", "32@example.org", now(2, 8)).expect("withdrawn"),
        1
    );
    assert_eq!(
        told(&db, "32", "32@example.org").expect("told"),
        Told::default()
    );
    assert_eq!(send(&mut db, vec![ok()], now(2, 8)).1, ["mail b"]);
}

#[test]
fn the_day_of_a_fault_is_that_of_its_present_spell() {
    let mut db = database();
    for (night, faults) in [(1, "x"), (2, "x y"), (5, "y"), (6, "x y")] {
        store(
            &mut db,
            &[entry(&night.to_string(), "32", faults)],
            now(night, 8),
        )
        .expect("stored");
        send(&mut db, vec![ok()], now(night, 8));
    }
    // The office hears of everything and answers for nothing.
    store(&mut db, &[entry("o", "office", "q")], now(6, 8)).expect("stored");
    send(&mut db, vec![ok()], now(6, 8));
    let days = Days::from([("x".to_owned(), day(6)), ("y".to_owned(), day(2))]);
    assert_eq!(sent_on(&db).expect("days"), days);
    store(&mut db, &[entry("end", "32", "")], now(7, 8)).expect("stored");
    send(&mut db, vec![ok()], now(7, 8));
    assert!(sent_on(&db).expect("days").is_empty());
}

#[test]
fn old_mails_lose_their_bytes_and_nothing_else() {
    let mut db = database();
    store(&mut db, &[entry("a", "32", "x")], now(1, 8)).expect("stored");
    assert_eq!(prune(&db, day(28)).expect("pruned"), 0);
    send(&mut db, vec![ok()], now(1, 8));
    assert_eq!(prune(&db, day(1)).expect("pruned"), 0);
    assert_eq!(prune(&db, day(2)).expect("pruned"), 1);
    assert_eq!(
        told(&db, "32", "32@example.org")
            .expect("told")
            .delivered
            .expect("one")
            .faults,
        ids("x")
    );
}

#[test]
fn the_office_of_another_job_hears_its_own_news_and_is_no_region() {
    let mut db = database();
    let other = office_topic("县级");
    assert!(is_office(&other) && is_office(OFFICE) && !is_office("64") && !is_office("officer"));
    let mails = [entry("a", OFFICE, "x"), entry("b", &other, "y")];
    store(&mut db, &mails, now(1, 8)).expect("stored");
    send(&mut db, vec![ok(), ok()], now(1, 8));
    let address = |topic: &str| format!("{topic}@example.org");
    let told = told(&db, &other, &address(&other)).expect("told").delivered;
    assert_eq!(told.map(|notice| notice.faults), Some(ids("y")));
    assert_eq!(sent_on(&db).expect("days"), Days::new());
}
