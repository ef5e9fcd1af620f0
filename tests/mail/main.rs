//! Mails over a real SMTP server on loopback, which is started here: what arrives, what becomes of a
//! mail when the server misbehaves, and what a kill leaves behind.

#[path = "../programs/mod.rs"]
mod programs;
mod server;

mod kill;

use std::fs;
use std::io::Write;
use std::num::NonZeroU16;
use std::path::Path;
use std::sync::{Arc, Mutex};

use chrono::{DateTime, FixedOffset, TimeDelta};
use heyan::config::mail::{SmtpConfig, Tls};
use heyan::deliver::address::{Mailbox, contact};
use heyan::deliver::message::{Heading, MessageId, write};
use heyan::deliver::outbox::{Entry, State, Tally, migrate, send_due, state, store};
use heyan::deliver::smtp::{SetupError, Smtp};
use heyan::deliver::transport::Receipt;
use heyan::report::mail::{Attachment, Draft};
use rusqlite::Connection;
use serde_json::Value;

use programs::{passes, python};
use server::{PASSWORD, Server, USER, certificates, settings};

fn now() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-11-22T08:30:00+08:00").expect("a time")
}

fn sender() -> Mailbox {
    contact("医保清单核验办公室", "heyan@example.org", "test").expect("an address")
}

fn database() -> Connection {
    let db = Connection::open_in_memory().expect("a database");
    migrate(&db).expect("tables");
    db
}

fn draft(region: &str) -> Draft {
    Draft {
        subject: format!(
            "[核验] {region}清单核验：错误 3 项、警告 5 项（第一次通知，请于2026年12月11日前回复）"
        ),
        text: format!("{region}医疗保障局：\n\n.\n..两个点\n经核验，发现问题共8项。㐂𠮷\n"),
        html: format!("<!DOCTYPE html>\n<p>{region}医疗保障局：</p>\n<p>&lt;8项&gt;</p>\n"),
        attachments: vec![
            Attachment {
                name: format!("{region}核验发现（2026年第4次，全部 项目）.csv"),
                plain_name: "32.findings.csv".to_owned(),
                media_type: "text/csv; charset=utf-8".to_owned(),
                bytes: "\u{feff}编号,问题\r\n1,\"时限\n超过上限\"\r\n".into(),
            },
            Attachment {
                name: "letter.docx".to_owned(),
                plain_name: "letter.docx".to_owned(),
                media_type:
                    "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
                        .to_owned(),
                bytes: (0..=255_u8).cycle().take(70_000).collect(),
            },
            Attachment {
                name: format!("{region}核验报告.html"),
                plain_name: "32.html".to_owned(),
                media_type: "text/html; charset=utf-8".to_owned(),
                bytes: b"<p>page</p>\n.\n".to_vec(),
            },
        ],
    }
}

fn entry(topic: &str) -> Entry {
    let draft = draft("江苏省");
    let to = contact(
        "江苏省医疗保障局, 经办“管理”处",
        &format!("{topic}@example.org"),
        "test",
    )
    .expect("an address");
    let from = sender();
    let id = MessageId::new("20261122T083000p0800", topic, &to, "first", &from);
    let office = contact("", "office@example.org", "test").expect("an address");
    let heading = Heading {
        from: &from,
        reply_to: Some(&office),
        to: &to,
        id: &id,
        date: now(),
        lang: "zh",
    };
    Entry {
        message_id: id.as_str().to_owned(),
        run_id: "20261122T083000p0800".to_owned(),
        topic: topic.to_owned(),
        address: to.email.to_string(),
        kind: "first".to_owned(),
        subject: draft.subject.clone(),
        faults: [format!("{topic}-1")].into(),
        message: write(&draft, &heading).expect("written"),
    }
}

fn smtp(config: &SmtpConfig) -> Smtp {
    let password = |name: &str| (name == "HEYAN_TEST_PASSWORD").then(|| PASSWORD.to_owned());
    Smtp::new(config, sender().email, &password).expect("settings")
}

fn send(db: &mut Connection, config: &SmtpConfig, at: DateTime<FixedOffset>) -> Tally {
    send_due(db, &mut smtp(config), at).expect("sent")
}

fn login(mut config: SmtpConfig, root: &Path) -> SmtpConfig {
    config.user = Some(USER.to_owned());
    config.password_env = Some("HEYAN_TEST_PASSWORD".to_owned());
    config.ca_file = Some(root.join("ca.pem"));
    config
}

fn parsed(file: &Path) -> Value {
    let mut python = python("email").expect("python");
    let text = passes(python.arg("tests/mail/parse.py").arg(file));
    serde_json::from_str(&text).expect("JSON")
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn a_mail_arrives_as_it_was_meant_over_starttls_and_login() {
    let root = tempfile::tempdir().expect("a folder");
    if !certificates(root.path()) {
        return;
    }
    let Some(server) = Server::start(root.path(), "starttls", Some("leaf"), true) else {
        return;
    };
    let config = login(server.settings(Tls::Starttls), root.path());
    let mut db = database();
    let entries = [entry("32"), entry("64"), entry("office")];
    store(&mut db, &entries, now()).expect("stored");
    let tally = send(&mut db, &config, now());
    assert!(tally.is_complete(), "{tally:?}");
    let taken = server.taken();
    assert_eq!(taken.len(), 3);
    let log = server.log();
    assert_eq!(
        log.matches("AUTH PLAIN ok").count(),
        1,
        "one connection for all\n{log}"
    );
    assert_eq!(log.matches("QUIT").count(), 1, "{log}");
    for ((file, envelope), entry) in taken.iter().zip(&entries) {
        assert_eq!(envelope["from"], "heyan@example.org");
        assert_eq!(envelope["to"], serde_json::json!([entry.address]));
        let mail = parsed(file);
        let draft = draft("江苏省");
        assert_eq!(mail["subject"], draft.subject.as_str());
        assert_eq!(
            mail["from"],
            serde_json::json!([["医保清单核验办公室", "heyan@example.org"]])
        );
        assert_eq!(
            mail["to"],
            serde_json::json!([["江苏省医疗保障局, 经办“管理”处", entry.address]])
        );
        assert_eq!(
            mail["reply_to"],
            serde_json::json!([["", "office@example.org"]])
        );
        assert_eq!(mail["date"], "2026-11-22T08:30:00+08:00");
        assert_eq!(mail["message_id"], format!("<{}>", entry.message_id));
        assert_eq!(mail["auto"], "auto-generated");
        assert_eq!(mail["defects"], serde_json::json!([]));
        let parts = mail["parts"].as_array().expect("parts");
        let types: Vec<&str> = parts
            .iter()
            .map(|part| part["type"].as_str().unwrap_or(""))
            .collect();
        assert_eq!(
            types[..4],
            [
                "multipart/mixed",
                "multipart/alternative",
                "text/plain",
                "text/html"
            ]
        );
        assert!(
            parts
                .iter()
                .all(|part| part["defects"] == serde_json::json!([])),
            "{mail:#}"
        );
        let text = |part: &Value| part["text"].as_str().unwrap_or("").replace("\r\n", "\n");
        assert_eq!(text(&parts[2]), draft.text);
        assert_eq!(text(&parts[3]), draft.html);
        for (part, attachment) in parts[4..].iter().zip(&draft.attachments) {
            assert_eq!(part["disposition"], "attachment");
            assert_eq!(part["filename"], attachment.name.as_str());
            let old = part["old_name"]
                .as_str()
                .unwrap_or("")
                .replace('\u{a0}', " ");
            assert_eq!(old, attachment.name);
            assert!(
                attachment
                    .media_type
                    .starts_with(part["type"].as_str().unwrap_or("?"))
            );
            assert!(
                part["bytes"] == hex(&attachment.bytes),
                "{}",
                attachment.name
            );
        }
        assert_eq!(parts.len(), 4 + draft.attachments.len());
    }
}

#[test]
fn encryption_from_the_first_byte_works_as_well() {
    let root = tempfile::tempdir().expect("a folder");
    if !certificates(root.path()) {
        return;
    }
    let Some(server) = Server::start(root.path(), "tls", Some("leaf"), true) else {
        return;
    };
    let mut db = database();
    store(&mut db, &[entry("32")], now()).expect("stored");
    let config = login(server.settings(Tls::Tls), root.path());
    assert!(send(&mut db, &config, now()).is_complete());
    assert_eq!(server.recipients(), ["32@example.org"]);
}

/// What settings at fault come to: nothing is sent, no attempt is counted, and the words say what to
/// do; once mended, the mail goes out in the same minute.
fn stops(db: &mut Connection, config: &SmtpConfig, words: &str) {
    let tally = send(db, config, now());
    let Some(Receipt::Misconfigured(told)) = &tally.stopped else {
        panic!("{words}: {tally:?}");
    };
    assert!(told.contains(words), "{told}");
    assert!(!told.contains(PASSWORD));
    assert!(
        tally.waiting.iter().all(|mail| mail.attempts == 0),
        "{tally:?}"
    );
}

#[test]
fn a_bad_certificate_is_a_fault_of_settings_and_never_an_attempt() {
    let root = tempfile::tempdir().expect("a folder");
    if !certificates(root.path()) {
        return;
    }
    let mut db = database();
    store(&mut db, &[entry("32"), entry("64")], now()).expect("stored");
    for (tls, mode) in [("starttls", Tls::Starttls), ("tls", Tls::Tls)] {
        for certificate in ["other", "ca"] {
            let Some(server) = Server::start(root.path(), tls, Some(certificate), true) else {
                return;
            };
            stops(&mut db, &login(server.settings(mode), root.path()), "证书");
            assert!(server.log().is_empty(), "nothing is said without trust");
        }
        let Some(server) = Server::start(root.path(), tls, Some("leaf"), true) else {
            return;
        };
        let mut unknown = login(server.settings(mode), root.path());
        unknown.ca_file = None;
        stops(&mut db, &unknown, "ca_file");
    }
    let Some(server) = Server::start(root.path(), "starttls", Some("leaf"), true) else {
        return;
    };
    stops(
        &mut db,
        &login(server.settings(Tls::Tls), root.path()),
        "端口",
    );
    assert!(
        send(
            &mut db,
            &login(server.settings(Tls::Starttls), root.path()),
            now()
        )
        .is_complete()
    );
}

#[test]
fn nothing_is_said_in_the_clear_unless_it_stays_on_this_machine() {
    let root = tempfile::tempdir().expect("a folder");
    let mut db = database();
    store(&mut db, &[entry("32")], now()).expect("stored");
    let mut away = settings(25, Tls::None);
    away.host = "192.0.2.1".to_owned();
    stops(&mut db, &away, "192.0.2.1");
    let Some(server) = Server::start(root.path(), "none", None, false) else {
        return;
    };
    let mut secret = server.settings(Tls::Starttls);
    secret.user = Some(USER.to_owned());
    secret.password_env = Some("HEYAN_TEST_PASSWORD".to_owned());
    stops(&mut db, &secret, "STARTTLS");
    assert!(server.log().is_empty(), "{}", server.log());
    assert!(send(&mut db, &server.settings(Tls::None), now()).is_complete());
}

/// A writer that several may hold.
#[derive(Clone, Default)]
struct Shared(Arc<Mutex<Vec<u8>>>);

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("held").extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_wrong_password_stops_the_run_and_no_password_is_ever_written() {
    let root = tempfile::tempdir().expect("a folder");
    if !certificates(root.path()) {
        return;
    }
    let Some(server) = Server::start(root.path(), "starttls", Some("leaf"), true) else {
        return;
    };
    let log = Shared::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_writer(move || writer.clone())
        .finish();
    let mut told = String::new();
    tracing::subscriber::with_default(subscriber, || {
        let mut db = database();
        store(&mut db, &[entry("32")], now()).expect("stored");
        let config = login(server.settings(Tls::Starttls), root.path());
        let wrong = |_: &str| Some("wr0ng-word".to_owned());
        let mut transport = Smtp::new(&config, sender().email, &wrong).expect("settings");
        told.push_str(&format!("{transport:?} {config:?}"));
        let tally = send_due(&mut db, &mut transport, now()).expect("sent");
        assert!(
            matches!(&tally.stopped, Some(Receipt::Misconfigured(words)) if words.contains("535")),
            "{tally:?}"
        );
        told.push_str(&format!("{tally:?}"));
        let mut transport = smtp(&config);
        told.push_str(&format!("{transport:?}"));
        let tally = send_due(&mut db, &mut transport, now()).expect("sent");
        assert!(tally.is_complete());
        told.push_str(&format!("{:?}", tally.stopped));
        let mut open = config.clone();
        open.password_env = None;
        for reason in ["user", "HEYAN_UNSET"] {
            let error = Smtp::new(&open, sender().email, &|_| None).expect_err("refused");
            assert!(matches!(
                error,
                SetupError::Login(_) | SetupError::Secret(_)
            ));
            assert!(error.to_string().contains(reason), "{error}");
            open.password_env = Some("HEYAN_UNSET".to_owned());
        }
    });
    told.push_str(&String::from_utf8_lossy(&log.0.lock().expect("held")));
    assert!(told.contains("mail delivered"), "{told}");
    for secret in [PASSWORD, "wr0ng-word"] {
        assert!(!told.contains(secret), "{told}");
    }
}

#[test]
fn a_server_that_misbehaves_costs_no_mail() {
    let root = tempfile::tempdir().expect("a folder");
    let Some(server) = Server::start(root.path(), "none", None, false) else {
        return;
    };
    let patient = server.settings(Tls::None);
    let mut config = patient.clone();
    config.timeout_seconds = NonZeroU16::MIN.saturating_add(2);
    // The mode, whether the server is taken to be away, whether it kept a copy all the same.
    let cases = [
        ("refuse-connection", true, false),
        ("421", false, false),
        ("drop-mail", false, false),
        ("drop-data", false, false),
        ("drop-after-data", false, true),
        ("keep-silent", false, true),
        ("slow 6", false, false),
        ("450", false, false),
        ("452", false, false),
        ("451-data", false, false),
    ];
    for (mode, away, kept) in cases {
        let mut db = database();
        let before = server.recipients().len();
        store(&mut db, &[entry("32")], now()).expect("stored");
        server.mode(mode);
        let tally = send(&mut db, &config, now());
        assert_eq!(
            matches!(tally.stopped, Some(Receipt::Unreachable(_))),
            away,
            "{mode}: {tally:?}"
        );
        assert_eq!(tally.waiting.len(), 1, "{mode}: {tally:?}");
        assert_eq!(tally.waiting[0].attempts, 1, "{mode}");
        let answer = &tally.waiting[0].answer;
        let late = matches!(mode, "keep-silent" | "slow 6");
        assert_eq!(answer.contains("3 秒内没有答复"), late, "{mode}: {answer}");
        assert!(answer.contains("localhost"), "{mode}: {answer}");
        server.mode("ok");
        assert!(
            send(&mut db, &config, now()).sent.is_empty(),
            "{mode}: not before its time"
        );
        let tally = send(&mut db, &patient, now() + TimeDelta::days(1));
        assert!(tally.is_complete(), "{mode}: {tally:?}");
        let copies = server.taken().split_off(before);
        assert_eq!(copies.len(), 1 + usize::from(kept), "{mode}");
        // A copy is known by its identity, and is the same to the byte.
        for (file, _) in &copies[1..] {
            assert_eq!(
                fs::read(file).expect("read"),
                fs::read(&copies[0].0).expect("read")
            );
        }
        assert!(
            send(&mut db, &config, now() + TimeDelta::days(2))
                .sent
                .is_empty(),
            "{mode}"
        );
    }
}

#[test]
fn a_refusal_is_for_good_and_concerns_one_recipient() {
    let root = tempfile::tempdir().expect("a folder");
    let Some(server) = Server::start(root.path(), "none", None, false) else {
        return;
    };
    let config = server.settings(Tls::None);
    for (mode, refused) in [("550 64@example.org", 1), ("552", 3)] {
        let mut db = database();
        let entries = [entry("32"), entry("64"), entry("65")];
        store(&mut db, &entries, now()).expect("stored");
        server.mode(mode);
        let tally = send(&mut db, &config, now());
        assert_eq!(
            (tally.refused.len(), tally.sent.len()),
            (refused, 3 - refused),
            "{tally:?}"
        );
        assert!(tally.refused[0].answer.contains(&mode[..3]), "{tally:?}");
        assert!(
            tally.stopped.is_none() && tally.waiting.is_empty(),
            "{tally:?}"
        );
        assert_eq!(
            state(&db, &entries[1].message_id).expect("known"),
            Some(State::Refused)
        );
    }
    assert_eq!(server.recipients(), ["32@example.org", "65@example.org"]);
    let mut db = database();
    store(&mut db, &[entry("32")], now()).expect("stored");
    server.mode("550-sender");
    stops(&mut db, &config, "mail.from");
}

#[test]
fn a_connection_that_the_server_ends_is_opened_again() {
    let root = tempfile::tempdir().expect("a folder");
    let Some(server) = Server::start(root.path(), "none", None, false) else {
        return;
    };
    server.mode("one-mail");
    let mut db = database();
    store(&mut db, &[entry("32"), entry("64"), entry("65")], now()).expect("stored");
    let tally = send(&mut db, &server.settings(Tls::None), now());
    assert!(tally.is_complete(), "{tally:?}");
    assert_eq!(
        server.recipients(),
        ["32@example.org", "64@example.org", "65@example.org"]
    );
}

#[test]
fn a_port_nobody_listens_at_is_tried_again_later() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    drop(listener);
    let mut db = database();
    store(&mut db, &[entry("32"), entry("64")], now()).expect("stored");
    let tally = send(&mut db, &settings(port, Tls::None), now());
    assert!(
        matches!(tally.stopped, Some(Receipt::Unreachable(_))),
        "{tally:?}"
    );
    assert!(tally.waiting.iter().all(|mail| mail.attempts == 1));
}
