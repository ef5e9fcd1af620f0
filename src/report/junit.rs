//! `junit.xml`: one suite a list, one case for each finding and for each rule that found nothing, as
//! CI servers show tests. A case fails where the check does, at `--fail-on`; what lies below is told
//! in the case's output. A document that was not read is an error, not a failure: it is ours.

use chrono::DateTime;
use quick_junit::{NonSuccessKind, Report as Junit, TestCase, TestCaseStatus, TestSuite};

use super::change::{course, grounds, waiver};
use super::folder::{Content, Files, WriteError};
use super::spot::spot;
use super::view::{FindingView, NotRead, RegionView, RuleNotRun, RuleView};
use super::words::words;

const FILE: &str = "junit.xml";

/// The one file.
pub(super) fn files(of: &Content<'_>) -> Result<Files, WriteError> {
    let mut junit = Junit::new("heyan");
    if let Ok(now) = DateTime::parse_from_rfc3339(&of.report.now) {
        junit.set_timestamp(now);
    }
    for region in &of.report.regions {
        junit.add_test_suite(suite(region, of));
    }
    if !of.report.not_read.is_empty() {
        let cases = of.report.not_read.iter().map(|one| unread(one, of));
        let mut suite = TestSuite::new(words(&of.report.lang).unread_title);
        suite.add_test_cases(cases);
        junit.add_test_suite(suite);
    }
    let mut text = junit.to_string().map_err(WriteError::render(FILE))?;
    text.push('\n');
    Ok(vec![(FILE.to_owned(), text.into_bytes())])
}

fn suite(region: &RegionView, of: &Content<'_>) -> TestSuite {
    let mut suite = TestSuite::new(region.file.as_str());
    suite
        .add_property(("region", region.name.as_str()))
        .add_property(("region_code", region.code.as_str()))
        .add_property(("list", region.list.as_str()))
        .add_property(("edition", region.edition.as_str()));
    let own: Vec<&FindingView> = of
        .report
        .findings
        .iter()
        .filter(|finding| finding.file == region.file)
        .collect();
    suite.add_test_cases(own.iter().map(|finding| found(finding, of)));
    let not_run: Vec<&RuleNotRun> = of
        .report
        .rules_not_run
        .iter()
        .filter(|one| one.file == region.file || !of.report.has_list(&one.file))
        .collect();
    for rule in &of.report.rules {
        let skipped = not_run.iter().find(|one| one.rule == rule.id);
        if let Some(not_run) = skipped {
            suite.add_test_case(not_applied(not_run, region, of));
        } else if !own.iter().any(|finding| finding.rule == rule.id) {
            suite.add_test_case(quiet(rule, region, of));
        }
    }
    // A rule file that was refused is in no rule set, so it is named once more by its path.
    for not_run in not_run {
        if !of.report.rules.iter().any(|rule| rule.id == not_run.rule) {
            suite.add_test_case(not_applied(not_run, region, of));
        }
    }
    suite
}

/// A case of a list; servers tell cases apart by class and name, and link to the file.
fn case(name: String, file: &str, status: TestCaseStatus, of: &Content<'_>) -> TestCase {
    let mut case = TestCase::new(name, status);
    case.set_classname(file);
    let path = format!("{}{file}", of.base);
    case.extra.insert("file".into(), path.into());
    case
}

fn found(finding: &FindingView, of: &Content<'_>) -> TestCase {
    let fails = of.fails(finding);
    let waived = finding.status == "waived";
    let mut status = match (fails, waived) {
        (true, _) => TestCaseStatus::non_success(NonSuccessKind::Failure),
        (false, true) => TestCaseStatus::skipped(),
        (false, false) => TestCaseStatus::success(),
    };
    let details = details(finding, of);
    if fails {
        status.set_message(finding.message.as_str());
        status.set_type(finding.severity.as_str());
    } else if waived {
        // Servers show the message of a skipped case as the reason why it was skipped.
        let grounds = waiver(of.report, finding).map(|one| grounds(one, words(&of.report.lang)));
        status.set_message(grounds.as_deref().unwrap_or(&finding.message));
        status.set_type("waived");
    }
    if fails {
        status.set_description(details.as_str());
    }
    // A finding about the whole list carries the list's title as its name.
    let name = match finding.level.as_str() {
        "list" => "",
        _ => finding.name.as_str(),
    };
    let entry: Vec<&str> = [finding.seq.as_str(), name, finding.field.as_str()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    let name = format!("{} [{} {}]", finding.rule, entry.join(" "), finding.id);
    let mut case = case(name, &finding.file, status, of);
    if let Ok(line) = finding.line.parse::<u64>() {
        case.extra.insert("line".into(), line.to_string().into());
    }
    if !fails {
        case.set_system_out(details);
    }
    case.add_property(("heyan_id", finding.id.as_str()));
    case
}

fn details(finding: &FindingView, of: &Content<'_>) -> String {
    let words = words(&of.report.lang);
    let course = course(of.report, finding, words);
    let mut lines = vec![
        spot(finding, of.base),
        format!("{}: {}", words.severity(&finding.severity), finding.message),
    ];
    for (label, value) in [
        (words.found, &finding.found),
        (words.expected, &finding.expected),
        (words.basis, &finding.basis),
        (words.remedy, &finding.remedy),
        (words.quote, &finding.quote),
        (words.status, &course),
    ] {
        if !value.is_empty() {
            lines.push(format!("{label}: {value}"));
        }
    }
    lines.join("\n")
}

fn quiet(rule: &RuleView, region: &RegionView, of: &Content<'_>) -> TestCase {
    case(rule.id.clone(), &region.file, TestCaseStatus::success(), of)
}

fn not_applied(not_run: &RuleNotRun, region: &RegionView, of: &Content<'_>) -> TestCase {
    let mut status = TestCaseStatus::skipped();
    status.set_message(not_run.reason.as_str());
    case(not_run.rule.clone(), &region.file, status, of)
}

fn unread(not_read: &NotRead, of: &Content<'_>) -> TestCase {
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
    status
        .set_message(not_read.reason.as_str())
        .set_type("not-read")
        .set_description(not_read.remedy.as_str());
    case(not_read.path.clone(), &not_read.path, status, of)
}
