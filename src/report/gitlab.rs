//! `codequality.json`: the findings in the form that GitLab shows beside a merge request. It has no
//! place for what was not read; `junit.xml`, which GitLab shows likewise, says that.

use serde::Serialize;

use super::change::course;
use super::folder::{Content, Files, WriteError};
use super::json::pretty;
use super::view::FindingView;
use super::words::words;

const FILE: &str = "codequality.json";

/// One entry, by GitLab's names.
#[derive(Debug, Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: &'a str,
    severity: &'static str,
    location: Location,
}

#[derive(Debug, Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Debug, Serialize)]
struct Lines {
    begin: u64,
}

/// The one file.
pub(super) fn files(of: &Content<'_>) -> Result<Files, WriteError> {
    let issues: Vec<Issue<'_>> = of
        .report
        .findings
        .iter()
        .filter(|finding| finding.status != "waived")
        .map(|finding| issue(finding, of))
        .collect();
    Ok(vec![(FILE.to_owned(), pretty(FILE, &issues)?)])
}

fn issue<'a>(finding: &'a FindingView, of: &Content<'_>) -> Issue<'a> {
    let course = course(of.report, finding, words(&of.report.lang));
    let course = match course.as_str() {
        "" => String::new(),
        course => format!(" ({course})"),
    };
    Issue {
        description: match finding.line.is_empty() {
            true => format!(
                "{} {} {}{course}",
                finding.place, finding.message, finding.remedy
            ),
            false => format!("{} {}{course}", finding.message, finding.remedy),
        },
        check_name: &finding.rule,
        fingerprint: &finding.id,
        severity: severity(finding),
        location: Location {
            path: format!("{}{}", of.base, finding.file),
            // GitLab refuses an entry without a line; what concerns the whole list is on its first.
            lines: Lines {
                begin: finding.line.parse().unwrap_or(1),
            },
        },
    }
}

/// GitLab has five severities. What we may have misread is never more than minor.
fn severity(finding: &FindingView) -> &'static str {
    match (finding.severity.as_str(), finding.origin.as_str()) {
        ("error", _) => "critical",
        ("warning", "document") => "major",
        ("warning", _) => "minor",
        _ => "info",
    }
}
