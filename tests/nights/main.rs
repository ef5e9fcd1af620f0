//! Thirty nights of `heyan run` with a simulated clock, a real mail server and real kills: lists
//! change, faults come, go and return, the server fails on some nights, the process is killed on
//! others. Each recipient gets exactly the mails due, history tells the truth, and no file of the
//! state is ever half written.
//!
//! What is due each night was worked out by hand from `docs/mail.md` and `docs/over-time.md`; the
//! reason stands beside it.

mod office;
#[path = "../programs/mod.rs"]
mod programs;
mod script;

use std::collections::BTreeSet;

use office::Office;
use script::{Cut, NIGHTS, Night};

#[test]
fn thirty_nights() {
    let Some(python) = programs::python("aiosmtpd") else {
        return;
    };
    let mut office = Office::new(python);
    for night in NIGHTS {
        office.prepare(night);
        match night.cut {
            Cut::None => {}
            Cut::Anywhere => office.cut_anywhere(night),
            Cut::InData => office.cut_in_data(night),
        }
        let code = office.run(night);
        assert_eq!(code, night.exit, "night {}: exit code", night.day);
        let due: Vec<&str> = night.due.to_vec();
        assert_eq!(office.arrived(), due, "night {}: {}", night.day, night.why);
        tells_the_truth(&office, night);
        office.is_whole(night);
    }
    office.holds_no_mail_twice();
    history_adds_up(&office);
}

/// The report's statuses are those of the script.
fn tells_the_truth(office: &Office, night: &Night) {
    let report = office.report(night.day);
    let findings = report["findings"].as_array().expect("findings");
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for finding in findings {
        let text = |key: &str| finding[key].as_str().unwrap_or_default().to_owned();
        if let Some(letter) = office::letter(finding) {
            seen.insert(format!(
                "{}{letter} {}",
                text("region_code"),
                text("status")
            ));
        }
    }
    for gone in report["gone"].as_array().expect("gone") {
        let text = |key: &str| gone[key].as_str().unwrap_or_default().to_owned();
        if let Some(letter) = office::letter(gone) {
            seen.insert(format!("{}{letter} {}", text("region_code"), text("state")));
        }
    }
    let expected: BTreeSet<String> = night.truth.iter().map(|&word| word.to_owned()).collect();
    assert_eq!(seen, expected, "night {}: {}", night.day, night.why);
}

/// `heyan history` shows thirty runs, each once, however often it was killed.
fn history_adds_up(office: &Office) {
    let shown = office.history();
    let runs = shown
        .lines()
        .filter(|line| line.contains("T030000"))
        .count();
    assert_eq!(runs, NIGHTS.len(), "{shown}");
}
