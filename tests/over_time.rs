//! Runs beside earlier ones, by the program itself: history, diff, baseline, waivers.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::Value;

/// An office with one region's list, in which a code can lose a digit.
struct Office {
    folder: tempfile::TempDir,
}

impl Office {
    fn new() -> Self {
        let office = Self {
            folder: tempfile::tempdir().expect("a folder"),
        };
        let config = "[run]\ninputs = [\"lists\"]\n";
        fs::write(office.path("heyan.toml"), config).expect("written");
        office.list(false);
        office
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn list(&self, faulty: bool) {
        let folder = self.path("lists/xpcc");
        fs::create_dir_all(&folder).expect("made");
        fs::copy("seeds/xpcc/source.toml", folder.join("source.toml")).expect("copied");
        let text = fs::read_to_string("seeds/xpcc/xpcc-2023.txt").expect("a bundled list");
        // Its one fault of a code is mended, so that what is found is what was put in.
        let mut text = text.replacen("002003600900Y", "00203600900Y", 1);
        if faulty {
            text = text.replacen("\t002036001003\n", "\t00203600103\n", 1);
        }
        fs::write(folder.join("list.txt"), text).expect("written");
    }

    fn heyan(&self, words: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_heyan"))
            .current_dir(self.folder.path())
            .args(words)
            .output()
            .expect("the program")
    }

    /// Standard output of a command that ends with a code.
    fn says(&self, code: i32, words: &[&str]) -> String {
        let output = self.heyan(words);
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let (said, told) = (text(&output.stdout), text(&output.stderr));
        assert_eq!(output.status.code(), Some(code), "{words:?}\n{said}{told}");
        said + &told
    }

    fn run(&self, day: u32) -> Value {
        let now = format!("2026-11-{day:02}T03:00:00+08:00");
        self.says(0, &["run", "--now", &now, "--out", "report"]);
        self.report()
    }

    fn report(&self) -> Value {
        let bytes = fs::read(self.path("report/report.json")).expect("a report");
        serde_json::from_slice(&bytes).expect("JSON")
    }
}

/// The fault that the list was given.
fn fault(report: &Value) -> Option<&Value> {
    let findings = report["findings"].as_array().expect("findings");
    findings.iter().find(|f| f["rule"] == "code-format")
}

#[test]
fn a_run_is_recorded_and_looked_back_from() {
    let office = Office::new();
    assert!(office.run(1)["previous"].is_null());
    office.list(true);
    let second = office.run(2);
    let found = fault(&second).expect("a fault");
    assert_eq!(found["status"], "new");
    assert_eq!(found["cause"], "list");
    assert_eq!(second["previous"]["run_id"], "20261101T030000p0800");
    assert_eq!(second["trend"].as_array().map(Vec::len), Some(2));
    let third = office.run(3);
    assert_eq!(fault(&third).expect("a fault")["status"], "open");
    assert_eq!(fault(&third).expect("a fault")["since"], "2026-11-02");
    office.list(false);
    let gone = office.run(4)["gone"].clone();
    assert_eq!(gone[0]["state"], "settled", "{gone}");
    let history = office.says(0, &["history", "--lang", "en"]);
    assert_eq!(history.matches("T030000").count(), 4, "{history}");
    assert!(
        history.contains("0 → 0") || history.contains('█'),
        "{history}"
    );
    let region = office.says(0, &["history", "--region", "66", "--last", "2"]);
    assert_eq!(region.matches("T030000").count(), 2, "{region}");
    assert!(
        office
            .says(2, &["history", "--region", "99"])
            .contains("66")
    );
}

#[test]
fn two_runs_two_reports_and_two_folders_are_compared_alike() {
    let office = Office::new();
    office.run(1);
    fs::rename(office.path("report"), office.path("first")).expect("moved");
    fs::rename(office.path("lists"), office.path("before")).expect("moved");
    office.list(true);
    office.run(2);
    for pair in [
        ["20261101", "20261102"],
        ["first", "report"],
        ["before", "lists"],
    ] {
        let said = office.says(1, &["diff", pair[0], pair[1], "--lang", "en"]);
        assert!(
            said.contains("+ new") && said.contains("code-format"),
            "{pair:?}: {said}"
        );
        let back = office.says(0, &["diff", pair[1], pair[0], "--lang", "en"]);
        assert!(back.contains("- settled"), "{pair:?}: {back}");
    }
    assert!(
        office
            .says(2, &["diff", "20261103", "first"])
            .contains("heyan history")
    );
}

#[test]
fn a_clock_before_the_last_run_rewrites_nothing() {
    let office = Office::new();
    office.run(5);
    office.list(true);
    let said = office.says(
        0,
        &["run", "--now", "2026-11-03T03:00:00+08:00", "--out", "late"],
    );
    assert!(said.contains("时钟早于"), "{said}");
    let history = office.says(0, &["history"]);
    assert_eq!(history.matches("T030000").count(), 1, "{history}");
}

#[test]
fn a_baseline_lets_a_check_fail_by_what_is_new_alone() {
    let office = Office::new();
    office.list(true);
    office.says(1, &["check", "-q"]);
    office.says(0, &["check", "-q", "--write-baseline", "baseline.json"]);
    office.says(0, &["check", "-q", "--baseline", "baseline.json"]);
    // What is known moves with nothing that is inserted above it.
    let path = office.path("lists/xpcc/list.txt");
    let text = fs::read_to_string(&path).expect("read");
    fs::write(&path, format!("附件\n\n{text}")).expect("written");
    office.says(0, &["check", "-q", "--baseline", "baseline.json"]);
    // Something new fails, and the entry that is not needed any more is named.
    let text = fs::read_to_string(&path).expect("read");
    let text = text.replacen("\t00203600103\n", "\t002036001003\n", 1);
    fs::write(
        &path,
        text.replacen("\t002036002001\n", "\t00203600201\n", 1),
    )
    .expect("written");
    let said = office.says(1, &["check", "--baseline", "baseline.json"]);
    assert!(
        said.contains("code-format") && said.contains("已不存在"),
        "{said}"
    );
    office.says(2, &["check", "--baseline", "no-such.json"]);
}

#[test]
fn a_waiver_is_written_and_holds_until_its_day() {
    let office = Office::new();
    office.list(true);
    let first = office.run(1);
    let id = fault(&first).expect("a fault")["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let waive = [
        "waive",
        &id,
        "--reason",
        "系统改造",
        "--until",
        "2026-11-03",
        "--now",
    ];
    let now = "2026-11-01T09:00:00+08:00";
    let said = office.says(0, &[&waive[..], &[now]].concat());
    assert!(said.contains("waivers.toml:"), "{said}");
    assert!(
        office
            .says(2, &[&waive[..], &[now]].concat())
            .contains("waivers.toml")
    );
    let second = office.run(2);
    let waived = fault(&second).expect("a fault");
    assert_eq!(waived["status"], "waived");
    assert!(
        waived["waiver"]
            .as_str()
            .is_some_and(|place| place.starts_with("waivers.toml:"))
    );
    assert_eq!(second["waivers"][0]["state"], "in-force");
    office.says(0, &["check", "-q", "--now", now]);
    // The day after, it counts again and the waiver is a finding of the office's own.
    let fourth = office.run(4);
    assert_eq!(fault(&fourth).expect("a fault")["status"], "open");
    let findings = fourth["findings"].as_array().expect("findings");
    let expired = findings.iter().find(|f| f["rule"] == "waiver-expired");
    let expired = expired.expect("a finding");
    assert_eq!(
        (&expired["origin"], &expired["region_code"]),
        (&"register".into(), &"".into())
    );
    assert_eq!(expired["severity"], "warning");
    let region = fs::read_to_string(office.path("report/regions/66.html")).expect("a page");
    assert!(!region.contains("系统改造的豁免"));
    let csv = fs::read_to_string(office.path("report/regions/66.findings.csv")).expect("a table");
    assert!(!csv.contains("waiver-expired"));
}

#[test]
fn a_waiver_that_is_not_needed_is_named_and_a_broken_one_refused() {
    let office = Office::new();
    let waiver =
        "[[waiver]]\nrule = \"code-format\"\nregion = \"66\"\nreason = \"x\"\nuntil = 2027-01-01\n";
    fs::write(office.path("waivers.toml"), waiver).expect("written");
    let report = office.run(1);
    let findings = report["findings"].as_array().expect("findings");
    assert!(findings.iter().any(|f| f["rule"] == "waiver-unneeded"));
    for broken in ["reason = \"x\"\n", "until = 2027-01-01\n"] {
        fs::write(office.path("waivers.toml"), waiver.replace(broken, "")).expect("written");
        let said = office.says(2, &["check", "-q"]);
        assert!(said.contains("waivers.toml:1"), "{said}");
    }
}

#[test]
fn doubts_alone_are_nothing_to_tell() {
    // The list as it should be has doubts of our reading and no fault: nobody is said to be unread.
    let office = Office::new();
    let said = office.says(0, &["run", "--dry-run", "--out", "report"]);
    assert!(said.contains("没有需要通知的问题"), "{said}");
    assert!(!said.contains("本次未能读取清单"), "{said}");
}

#[test]
fn a_rehearsal_records_and_sends_nothing() {
    let office = Office::new();
    office.list(true);
    let said = office.says(0, &["run", "--dry-run", "--out", "report"]);
    assert!(
        said.contains("+") && said.contains("xpcc@example.org"),
        "{said}"
    );
    assert!(office.path("report/mails/index.csv").is_file());
    assert!(!office.path("state/heyan.sqlite").exists());
    assert!(!office.path("outbox").exists());
}
