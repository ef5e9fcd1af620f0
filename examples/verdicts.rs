//! Findings of the bundled lists by rule and list, and how many of them a reader disputes.
//!
//! Every error and warning was read beside its list by two readers; `tests/verdicts.csv` holds what
//! they said, by finding id.
//!
//! ```sh
//! cargo run --release --example verdicts
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::io::{Write, stdout};
use std::path::PathBuf;

use heyan::report::view::Report;
use heyan::run::{Job, clock, run};

/// What the readers said.
const VERDICTS: &str = "tests/verdicts.csv";
/// The word for a finding that a reader would not send out as it is.
const DISPUTED: &str = "disputed";

fn main() -> Result<(), Box<dyn Error>> {
    let now = clock("2026-11-22T08:30:00+08:00")?;
    let job = Job::over(vec![PathBuf::from("seeds")], now);
    let report = run(&job, &mut |_, _, _| true)?.report;
    let disputed = disputed()?;
    stdout()
        .lock()
        .write_all(table(&report, &disputed).as_bytes())?;
    Ok(())
}

/// Ids of the findings that a reader disputes.
fn disputed() -> Result<BTreeSet<String>, Box<dyn Error>> {
    let mut disputed = BTreeSet::new();
    for verdict in csv::Reader::from_path(VERDICTS)?.deserialize() {
        let verdict: BTreeMap<String, String> = verdict?;
        if verdict["first"] == DISPUTED || verdict["second"] == DISPUTED {
            disputed.insert(verdict["id"].clone());
        }
    }
    Ok(disputed)
}

fn table(report: &Report, disputed: &BTreeSet<String>) -> String {
    let codes: Vec<&str> = report
        .regions
        .iter()
        .map(|region| region.code.as_str())
        .collect();
    let names: Vec<&str> = report
        .regions
        .iter()
        .map(|region| region.short_name.as_str())
        .collect();
    let mut text = format!(
        "| rule | severity | {} | all | disputed |\n|---|---|{}--:|--:|\n",
        names.join(" | "),
        "--:|".repeat(names.len())
    );
    let mut sums = vec![0; codes.len() + 2];
    for rule in report.rules.iter().filter(|rule| rule.findings > 0) {
        let own = || {
            report
                .findings
                .iter()
                .filter(|finding| finding.rule == rule.id)
        };
        let mut counts: Vec<usize> = codes
            .iter()
            .map(|code| own().filter(|finding| finding.region_code == *code).count())
            .collect();
        counts.push(own().count());
        counts.push(
            own()
                .filter(|finding| disputed.contains(&finding.id))
                .count(),
        );
        for (sum, count) in sums.iter_mut().zip(&counts) {
            *sum += count;
        }
        text.push_str(&row(
            &format!("| {} | {} |", rule.id, rule.severity),
            &counts,
        ));
    }
    text.push_str(&row("| all | |", &sums));
    text
}

/// A line of the table; what was not found is a dot, so that what was stands out.
fn row(head: &str, counts: &[usize]) -> String {
    let cells = counts.iter().map(|count| match count {
        0 => " · |".to_owned(),
        count => format!(" {count} |"),
    });
    format!("{head}{}\n", cells.collect::<String>())
}
