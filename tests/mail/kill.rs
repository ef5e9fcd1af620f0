//! A sender that is killed again and again.

use std::collections::BTreeMap;
use std::process::{Command, Stdio};
use std::time::Duration;

use heyan::config::mail::Tls;
use heyan::deliver::outbox::{Entry, State, migrate, state, store};
use rusqlite::Connection;

use crate::server::{Server, settings};
use crate::{entry, now, send};

/// The process that is killed: sends what is due in a database to a port.
#[test]
#[ignore = "started by the test below"]
fn child() {
    let (Ok(path), Ok(port)) = (
        std::env::var("HEYAN_TEST_OUTBOX"),
        std::env::var("HEYAN_TEST_PORT"),
    ) else {
        return;
    };
    let mut db = Connection::open(path).expect("opened");
    db.busy_timeout(Duration::from_secs(5)).expect("set");
    db.pragma_update(None, "synchronous", "FULL").expect("set");
    let config = settings(port.parse().expect("a port"), Tls::None);
    send(&mut db, &config, now());
}

#[test]
fn killed_at_any_instant_nothing_is_lost_and_what_is_marked_is_never_sent_again() {
    let root = tempfile::tempdir().expect("a folder");
    let Some(server) = Server::start(root.path(), "none", None, false) else {
        return;
    };
    server.mode("slow 0.02");
    let path = root.path().join("heyan.sqlite");
    let topics: Vec<String> = (10..40).map(|number| number.to_string()).collect();
    let entries: Vec<Entry> = topics.iter().map(|topic| entry(topic)).collect();
    let mut db = Connection::open(&path).expect("opened");
    db.busy_timeout(Duration::from_secs(5)).expect("set");
    migrate(&db).expect("tables");
    store(&mut db, &entries, now()).expect("stored");
    let mut kills = 0;
    // Copies that the server had of a mail when it was first seen to be marked.
    let mut marked: BTreeMap<String, usize> = BTreeMap::new();
    for round in 0_u64.. {
        assert!(round < 400, "it never ends");
        let mut child = Command::new(std::env::current_exe().expect("this test"))
            .args(["--exact", "kill::child", "--ignored"])
            .env("HEYAN_TEST_OUTBOX", &path)
            .env("HEYAN_TEST_PORT", server.port.to_string())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("started");
        // Another instant each time.
        std::thread::sleep(Duration::from_millis(20 + round * 37 % 211));
        if child.try_wait().expect("asked").is_none() {
            kills += 1;
            child.kill().expect("killed");
        }
        child.wait().expect("ended");
        // The server may still be busy with what the dead had begun.
        std::thread::sleep(Duration::from_millis(60));
        let sound: String = db
            .query_row("PRAGMA integrity_check", [], |row| row.get(0))
            .expect("checked");
        assert_eq!(sound, "ok");
        let recipients = server.recipients();
        let mut left = 0;
        for entry in &entries {
            let copies = recipients
                .iter()
                .filter(|address| **address == entry.address)
                .count();
            if state(&db, &entry.message_id).expect("known") == Some(State::Sent) {
                assert!(copies >= 1, "{} is marked and nobody has it", entry.topic);
                let first = *marked.entry(entry.topic.clone()).or_insert(copies);
                assert_eq!(
                    copies, first,
                    "{} was sent again after it was marked",
                    entry.topic
                );
            } else {
                left += 1;
            }
        }
        if left == 0 {
            break;
        }
    }
    assert!(kills > 3, "it was killed {kills} times");
    let copies = server.recipients().len();
    assert!(
        copies <= entries.len() + kills,
        "{copies} copies of {} mails after {kills} kills",
        entries.len()
    );
}
