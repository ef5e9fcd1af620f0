//! What an office can change about a run: the rule set in `heyan.toml`, and the day to judge by.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

const NOW: &str = "2026-11-22T08:30:00+08:00";

/// A folder with a config and one of the bundled lists.
struct Office {
    folder: tempfile::TempDir,
}

impl Office {
    fn of(list: &str, config: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let to = folder.path().join("lists").join(list);
        fs::create_dir_all(&to).expect("a folder");
        for entry in fs::read_dir(Path::new("seeds").join(list)).expect("a bundled list") {
            let path = entry.expect("an entry").path();
            fs::copy(&path, to.join(path.file_name().expect("a name"))).expect("copied");
        }
        let config = format!("[run]\ninputs = [\"lists\"]\n{config}");
        fs::write(folder.path().join("heyan.toml"), config).expect("written");
        Self { folder }
    }

    fn check(&self, more: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_heyan"))
            .current_dir(self.folder.path())
            .args([
                "check",
                "--out",
                "report",
                "--now",
                NOW,
                "--fail-on",
                "never",
            ])
            .args(more)
            .output()
            .expect("the program")
    }

    fn report(&self, more: &[&str]) -> Value {
        let output = self.check(more);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(0), "{said}");
        let path: PathBuf = self.folder.path().join("report/report.json");
        serde_json::from_slice(&fs::read(path).expect("a report")).expect("JSON")
    }
}

fn of_rule<'a>(report: &'a Value, rule: &str) -> Vec<&'a Value> {
    let findings = report["findings"].as_array().expect("findings");
    findings.iter().filter(|f| f["rule"] == rule).collect()
}

#[test]
fn a_rule_is_switched_off_for_one_region_and_the_report_says_so() {
    let here = "[[rules.change]]\nrule = \"code-format\"\nregions = [\"15\"]\noff = true\nreason = \"改造期间\"\n";
    let plain = Office::of("neimenggu", "").report(&[]);
    assert_eq!(of_rule(&plain, "code-format").len(), 4);
    let report = Office::of("neimenggu", here).report(&[]);
    assert!(of_rule(&report, "code-format").is_empty());
    let change = &report["rule_set"]["changes"][0];
    assert_eq!(change["rule"], "code-format");
    assert_eq!(change["off"], true);
    assert_eq!(change["findings"], 4);
    assert_eq!(change["reason"], "改造期间");
    assert_eq!(change["place"], "heyan.toml:3");
    assert_ne!(plain["rule_set"]["digest"], report["rule_set"]["digest"]);

    let elsewhere = here.replace("\"15\"", "\"江苏省\"");
    let report = Office::of("neimenggu", &elsewhere).report(&[]);
    assert_eq!(of_rule(&report, "code-format").len(), 4);
    assert_eq!(report["rule_set"]["changes"][0]["findings"], 0);
    assert_eq!(report["rule_set"]["changes"][0]["regions"][0], "32");
}

#[test]
fn a_rule_weighs_otherwise_for_one_item() {
    let config = "[[rules.change]]\nrule = \"citation-number\"\nitems = [\"单位参保登记\"]\nseverity = \"info\"\nreason = \"已去函\"\n";
    let report = Office::of("neimenggu", config).report(&[]);
    let weights: Vec<&str> = of_rule(&report, "citation-number")
        .iter()
        .map(|finding| finding["severity"].as_str().expect("a severity"))
        .collect();
    assert_eq!(weights, ["info", "warning"]);
    assert_eq!(report["rule_set"]["changes"][0]["findings"], 1);
}

#[test]
fn a_number_of_a_rule_is_changed() {
    let rule = "materials-exceed";
    let config = |more: &str| {
        format!(
            "[[rules.change]]\nrule = \"{rule}\"\nparameters = {{ beyond = {more} }}\nreason = \"试行\"\n"
        )
    };
    let report = Office::of("neimenggu", &config("0")).report(&[]);
    assert_eq!(of_rule(&report, rule).len(), 1);
    assert_eq!(report["rule_set"]["changes"][0]["findings"], 0);
    let report = Office::of("neimenggu", &config("1")).report(&[]);
    assert!(of_rule(&report, rule).is_empty());
    assert_eq!(report["rule_set"]["changes"][0]["findings"], 1);
}

#[test]
fn a_change_that_cannot_be_made_is_refused_with_its_line() {
    let cases = [
        ("rule = \"code-fromat\"\noff = true", "code-format"),
        ("rule = \"code-format\"", "off = true"),
        ("rule = \"code-format\"\nseverity = \"fatal\"", "warning"),
        ("rule = \"code-format\"\nparameters = { most = 4 }", "most"),
        (
            "rule = \"code-format\"\noff = true\nregions = [\"某省\"]",
            "某省",
        ),
    ];
    for (change, named) in cases {
        let config = format!("\n[[rules.change]]\n{change}\nreason = \"试行\"\n");
        let output = Office::of("xpcc", &config).check(&[]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{change}: {said}");
        assert!(said.contains("heyan.toml:4:"), "{change}: {said}");
        assert!(said.contains(named), "{change}: {said}");
    }
}

#[test]
fn lists_are_judged_as_of_a_day() {
    let office = Office::of("pingdingshan", "");
    assert_eq!(of_rule(&office.report(&[]), "limit-outdated").len(), 2);
    let before = office.report(&["--as-of", "2021-06-01"]);
    assert!(of_rule(&before, "limit-outdated").is_empty());
    assert_eq!(before["as_of"], "2021-06-01");
    // By a later day what was lowered since binds like the edition's own ceiling.
    let after = office.report(&["--as-of", "2024-01-01"]);
    assert!(of_rule(&after, "limit-outdated").is_empty());
    assert_eq!(of_rule(&after, "limit-over-ceiling").len(), 2);
    assert!(!of_rule(&after, "citation-superseded").is_empty());
}

#[test]
fn one_cause_is_one_finding() {
    let report = Office::of("pingdingshan", "").report(&[]);
    let issuers = of_rule(&report, "citation-issuer");
    assert_eq!(issuers.len(), 1);
    let message = issuers[0]["message"].as_str().expect("a message");
    assert!(
        message.contains("共9处") && message.contains("豫政办〔2015〕154号"),
        "{message}"
    );
    // The shifted row is said once, and not also to lack its steps.
    let shifted = of_rule(&report, "columns-shifted");
    let lacking = of_rule(&report, "steps-missing");
    assert!(
        lacking
            .iter()
            .all(|finding| shifted.iter().all(|row| row["line"] != finding["line"]))
    );
}

#[test]
fn what_could_not_be_asked_of_a_list_is_said() {
    let report = Office::of("jiangsu", "").report(&[]);
    let missed = report["rules_not_run"].as_array().expect("rules not run");
    let single = missed
        .iter()
        .find(|missed| missed["rule"] == "main-code-single");
    let single = single.expect("a list without main codes");
    assert!(
        single["reason"]
            .as_str()
            .expect("a reason")
            .contains("主项编码")
    );
    assert!(single["file"].as_str().expect("a file").contains("jiangsu"));
}
