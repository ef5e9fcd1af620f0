//! Annotations for GitHub: lines on standard output that its runner turns into marks beside the
//! lines of a change. The runner shows ten of a kind in a step and drops the rest silently, so the
//! gravest come first and one notice says how many there are besides.

use std::fmt::Write as _;

use super::change::course;
use super::folder::Content;
use super::view::{FindingView, NotRead};
use super::words::words;

/// Annotations of a kind that GitHub shows for one step.
const SHOWN: usize = 10;

/// The lines.
#[must_use]
pub fn annotations(of: &Content<'_>) -> String {
    let report = of.report;
    let kind = |severity: &str| -> Vec<&FindingView> {
        let all = report.findings.iter();
        let mut all: Vec<_> = all
            .filter(|finding| finding.severity == severity && finding.status != "waived")
            .collect();
        // What is the list's own comes before what we may have misread, and what a change brought
        // before what was there already.
        all.sort_by_key(|finding| (finding.origin != "document", finding.status == "open"));
        all
    };
    let (errors, warnings, infos) = (kind("error"), kind("warning"), kind("info"));
    let mut text = String::new();
    let mut shown = 0;
    // What was not read goes first: nothing is said about it anywhere else.
    for refusal in report.not_read.iter().take(SHOWN) {
        text.push_str(&unread(refusal, of.base));
        shown += 1;
    }
    let left = SHOWN - shown;
    for (command, findings, room) in [
        ("error", &errors, SHOWN),
        ("warning", &warnings, left),
        // One notice is kept for the number of the rest.
        ("notice", &infos, SHOWN - 1),
    ] {
        for finding in findings.iter().take(room) {
            text.push_str(&annotation(command, finding, of));
            shown += 1;
        }
    }
    let all = report.not_read.len() + errors.len() + warnings.len() + infos.len();
    if all > shown {
        let title = pick(of, "核验", "heyan");
        let rest = all - shown;
        let words = match report.lang.as_str() {
            "en" => format!("{rest} more findings are in the report and the job summary."),
            _ => format!("另有 {rest} 条发现，见报告和作业摘要。"),
        };
        let _ = writeln!(text, "::notice title={title}::{words}");
    }
    text
}

fn pick<'a>(of: &Content<'_>, zh: &'a str, en: &'a str) -> &'a str {
    match of.report.lang.as_str() {
        "en" => en,
        _ => zh,
    }
}

fn annotation(command: &str, finding: &FindingView, of: &Content<'_>) -> String {
    let mut place = format!("file={}", property(&format!("{}{}", of.base, finding.file)));
    if !finding.line.is_empty() {
        let _ = write!(place, ",line={}", property(&finding.line));
    }
    let course = course(of.report, finding, words(&of.report.lang));
    let lines = [&finding.message, &finding.remedy, &course];
    let lines: Vec<&str> = lines
        .into_iter()
        .map(String::as_str)
        .filter(|line| !line.is_empty())
        .collect();
    format!(
        "::{command} {place},title={}::{}\n",
        property(&finding.rule),
        message(&format!("{}{}", away(finding), lines.join("\n")))
    )
}

/// Where a finding stands in a document that has no lines to be marked.
fn away(finding: &FindingView) -> String {
    match (finding.line.is_empty(), finding.place.as_str()) {
        (false, _) | (true, "") => String::new(),
        (true, place) => format!("[{place}] "),
    }
}

fn unread(refusal: &NotRead, base: &str) -> String {
    let mut place = format!("file={}", property(&format!("{base}{}", refusal.path)));
    if let Some(line) = refusal.line {
        let _ = write!(place, ",line={line}");
    }
    let words = message(&format!("{}\n{}", refusal.reason, refusal.remedy));
    format!("::warning {place},title=not-read::{words}\n")
}

/// Text behind the second `::`, with the escapes the runner undoes.
fn message(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// A value before the second `::`, where colon and comma mean something too.
fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_cannot_give_orders_to_the_runner() {
        assert_eq!(message("100%\r\n::error::x"), "100%25%0D%0A::error::x");
        assert_eq!(property("a:b,c\n"), "a%3Ab%2Cc%0A");
    }
}
