//! What a mail looks like on the wire, and what can never become a header of it.

use super::*;
use crate::deliver::address::contact;

fn draft() -> Draft {
    Draft {
        subject: "[核验] 江苏省：错误 3 项".to_owned(),
        text: "您好：\n\n.\n正文。\n".to_owned(),
        html: "<p>您好：</p>\n".to_owned(),
        attachments: vec![Attachment {
            name: "江苏省核验发现.csv".to_owned(),
            plain_name: "32.findings.csv".to_owned(),
            media_type: "text/csv; charset=utf-8".to_owned(),
            bytes: vec![0xef, 0xbb, 0xbf, b'a', 0, b'\r', b'\n'],
        }],
    }
}

fn mailbox(name: &str, email: &str) -> Mailbox {
    contact(name, email, "test").expect("an address")
}

fn bytes(draft: &Draft, to: &Mailbox) -> String {
    let from = mailbox("核验办公室", "heyan@example.org");
    let id = MessageId::new("run", "32", to, "first", &from);
    let heading = Heading {
        from: &from,
        reply_to: Some(&from),
        to,
        id: &id,
        date: DateTime::parse_from_rfc3339("2026-11-22T08:30:00+08:00").expect("a time"),
        lang: "zh",
    };
    String::from_utf8(write(draft, &heading).expect("written")).expect("ASCII")
}

#[test]
fn equal_input_is_equal_bytes_and_all_of_them_ascii() {
    let to = mailbox("江苏省医疗保障局", "js@example.org");
    let one = bytes(&draft(), &to);
    assert_eq!(one, bytes(&draft(), &to));
    assert!(one.is_ascii());
    assert!(
        one.contains("Date: Sun, 22 Nov 2026 08:30:00 +0800\r\n"),
        "{one}"
    );
    assert!(one.contains("Auto-Submitted: auto-generated\r\n"));
    assert!(one.contains("@heyan.example.org>\r\n"));
    let other = bytes(&draft(), &mailbox("江苏省医疗保障局", "js2@example.org"));
    assert_ne!(one, other);
}

#[test]
fn no_line_is_longer_than_a_mail_allows_and_every_line_ends_alike() {
    let mut long = draft();
    long.subject = "新疆生产建设兵团医疗保障经办政务服务事项清单核验".repeat(12);
    long.attachments[0].name = format!("{}.csv", "新疆生产建设兵团".repeat(8));
    let to = mailbox(&"经办管理处".repeat(20), "xpcc@example.org");
    let mail = bytes(&long, &to);
    for line in mail.split("\r\n") {
        assert!(
            line.len() <= 998 && !line.contains(['\r', '\n']),
            "{line:?}"
        );
    }
    let head = mail.split("\r\n\r\n").next().expect("a head");
    for line in head.split("\r\n") {
        assert!(line.len() <= 78, "{line}");
    }
}

#[test]
fn nothing_in_a_draft_becomes_a_header() {
    let mut evil = draft();
    evil.subject = "x\r\nBcc: all@example.org\r\n\r\nbody".to_owned();
    evil.attachments[0].name = "a\"\r\nX-Evil: 1\r\n.csv".to_owned();
    evil.attachments[0].plain_name = "a\"\r\nX-Evil: 2\r\n.csv".to_owned();
    let to = mailbox("处\r\nBcc: all@example.org", "js@example.org");
    let mail = bytes(&evil, &to);
    for line in mail.split("\r\n") {
        assert!(
            !line.starts_with("Bcc") && !line.starts_with("X-Evil"),
            "{line}"
        );
    }
    evil.attachments[0].name = "核\"\r\nX-Evil: 1.csv".to_owned();
    let mail = bytes(&evil, &to);
    assert!(!mail.contains("\r\nX-Evil"), "{mail}");
}

#[test]
fn a_media_type_that_is_none_is_refused() {
    for media_type in ["", "text", "text/csv\r\nX: y", "文本/csv"] {
        let mut draft = draft();
        draft.attachments[0].media_type = media_type.to_owned();
        let refused = part(&draft.attachments[0]);
        assert!(
            matches!(refused, Err(MessageError::MediaType { .. })),
            "{media_type}"
        );
    }
}

#[test]
fn an_identity_is_made_of_run_recipient_and_kind() {
    let from = mailbox("", "heyan@example.org");
    let to = mailbox("", "a@example.org");
    let id = |run: &str, topic: &str, kind: &str| MessageId::new(run, topic, &to, kind, &from);
    assert_eq!(id("r", "32", "first"), id("r", "32", "first"));
    assert_ne!(id("r", "32", "first"), id("r", "32", "changed"));
    assert_ne!(id("r", "32", "first"), id("r2", "32", "first"));
    assert_ne!(id("r", "32", "first"), id("r3", "2", "first"));
    assert!(
        id("r", "32", "first")
            .as_str()
            .ends_with("@heyan.example.org")
    );
}

#[test]
fn file_names_hold_nothing_a_system_stumbles_over() {
    assert_eq!(file_name("../a/b\\c:d.csv"), "_a_b_c_d.csv");
    assert_eq!(file_name(" . "), "_");
    assert_eq!(ascii("江苏.csv"), "__.csv");
}
