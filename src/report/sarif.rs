//! `findings.sarif`: the findings as SARIF 2.1.0, as code scanning platforms and editors take them.
//! Paths are from the working folder where the input lies below it, because that is what such a
//! platform resolves them against. Refuses to offer a replacement that is not certain to be one, and
//! to list what is gone: SARIF has `absent` for that, but platforms that read no `baselineState`, as
//! GitHub's, would show what was mended as an alert. How many are gone stands with the run.

mod log;
mod notification;
mod place;
mod rule;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use chrono::{DateTime, SecondsFormat, Utc};

use self::log::{
    Artifact, ArtifactChange, AutomationDetails, Driver, Fix, Hashes, Invocation, Log, Message,
    Properties, Replacement, ResultObject, Run, Suppression, Tool,
};
use self::place::Places;
use super::change::{Change, grounds, waiver};
use super::folder::{Content, Files, WriteError};
use super::json::pretty;
use super::view::{FindingView, Report, RuleView};
use super::words::words;

/// Where the shape of the file is laid down.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
const FILE: &str = "findings.sarif";
/// Key of a finding's id among the fingerprints; the number changes when ids are made otherwise.
const FINGERPRINT: &str = "heyan/v1";
/// The only key that GitHub reads; without it alerts would follow the line and not the finding.
const GITHUB_FINGERPRINT: &str = "primaryLocationLineHash";

/// The one file.
pub(super) fn files(of: &Content<'_>) -> Result<Files, WriteError> {
    Ok(vec![(FILE.to_owned(), pretty(FILE, &log(of))?)])
}

fn log<'a>(of: &Content<'a>) -> Log<'a> {
    let report = of.report;
    let places = Places::new(of);
    let rules: BTreeMap<&str, usize> = report
        .rules
        .iter()
        .enumerate()
        .map(|(index, rule)| (rule.id.as_str(), index))
        .collect();
    let results = report
        .findings
        .iter()
        .map(|finding| {
            let index = rules.get(finding.rule.as_str()).copied();
            let rule = index.and_then(|index| report.rules.get(index));
            result(finding, index, rule, &places, report)
        })
        .collect();
    Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: vec![Run {
            tool: Tool { driver: driver(of) },
            automation_details: AutomationDetails {
                id: format!("heyan/{}", report.run_id),
            },
            language: match report.lang.as_str() {
                "en" => "en",
                _ => "zh-CN",
            },
            column_kind: "unicodeCodePoints",
            invocations: vec![invocation(report, &places)],
            artifacts: artifacts(report, &places),
            results,
            properties: about(report),
        }],
    }
}

/// What the run rests on, and what went since the one before.
fn about(report: &Report) -> Properties<'_> {
    let digest = report.rule_set.digest.as_str();
    let mut properties = Properties::from([("ruleSetDigest", digest.into())]);
    if let Some(change) = Change::of(report, |_| true) {
        properties.extend([
            ("previousRun", change.previous.run_id.as_str().into()),
            ("changed", change.previous.changed.clone().into()),
            ("settled", change.settled.into()),
            ("withdrawn", change.withdrawn.into()),
            ("unknown", change.unknown.into()),
        ]);
    }
    properties
}

fn driver<'a>(of: &Content<'a>) -> Driver<'a> {
    let report = of.report;
    Driver {
        name: "heyan",
        semantic_version: &report.program_version,
        information_uri: of.handbook,
        rules: report
            .rules
            .iter()
            .map(|view| rule::rule(view, of))
            .collect(),
        notifications: notification::kinds(report),
    }
}

fn invocation<'a>(report: &'a Report, places: &Places<'a>) -> Invocation<'a> {
    // SARIF wants the moment in UTC; the clock of the run is kept in the run's id.
    let moment = DateTime::parse_from_rfc3339(&report.now)
        .ok()
        .map(|now| now.with_timezone(&Utc));
    Invocation {
        execution_successful: !report.regions.is_empty(),
        end_time_utc: moment.map(|now| now.to_rfc3339_opts(SecondsFormat::Secs, true)),
        tool_execution_notifications: notification::all(report, places),
    }
}

fn artifacts<'a>(report: &'a Report, places: &Places<'a>) -> Vec<Artifact<'a>> {
    report
        .inputs
        .iter()
        .map(|input| Artifact {
            location: places.artifact(&input.path),
            length: input.bytes,
            roles: ["analysisTarget"],
            hashes: Hashes {
                sha_256: &input.sha256,
            },
        })
        .collect()
}

fn result<'a>(
    finding: &'a FindingView,
    rule_index: Option<usize>,
    rule: Option<&RuleView>,
    places: &Places<'a>,
    report: &'a Report,
) -> ResultObject<'a> {
    ResultObject {
        rule_id: &finding.rule,
        rule_index,
        level: level(&finding.severity),
        message: Message {
            text: finding.message.as_str().into(),
        },
        locations: vec![places.location(finding)],
        partial_fingerprints: BTreeMap::from([
            (FINGERPRINT, finding.id.as_str()),
            (GITHUB_FINGERPRINT, finding.id.as_str()),
        ]),
        // A fault that went and came back is not in the previous run, so it is new beside it.
        baseline_state: match finding.status.as_str() {
            "open" | "waived" => "unchanged",
            _ => "new",
        },
        suppressions: match finding.status.as_str() {
            "waived" => vec![Suppression {
                kind: "external",
                status: "accepted",
                justification: waiver(report, finding)
                    .map(|waiver| grounds(waiver, words(&report.lang))),
            }],
            _ => Vec::new(),
        },
        fixes: fix(finding, rule, places).into_iter().collect(),
        properties: properties(finding),
    }
}

/// A replacement, where the rule says that there is one, the text at fault stands exactly once on
/// the finding's line, and the fault is the document's own: what we may have misread is for a human
/// to look at.
fn fix<'a>(
    finding: &'a FindingView,
    rule: Option<&RuleView>,
    places: &Places<'a>,
) -> Option<Fix<'a>> {
    let replaces = rule.is_some_and(|rule| rule.replaces);
    if !replaces || finding.origin != "document" || finding.expected.is_empty() {
        return None;
    }
    let deleted_region = places.only(finding, &finding.found)?;
    Some(Fix {
        description: Message {
            text: finding.remedy.as_str().into(),
        },
        artifact_changes: [ArtifactChange {
            artifact_location: places.artifact(&finding.file),
            replacements: [Replacement {
                deleted_region,
                inserted_content: Message {
                    text: finding.expected.as_str().into(),
                },
            }],
        }],
    })
}

fn properties(finding: &FindingView) -> Properties<'_> {
    let certainty: f64 = finding.certainty.parse().unwrap_or_default();
    let mut properties = Properties::from([("certainty", certainty.into())]);
    for (key, value) in [
        ("origin", &finding.origin),
        ("status", &finding.status),
        ("region", &finding.region),
        ("regionCode", &finding.region_code),
        ("list", &finding.list),
        ("edition", &finding.edition),
        ("level", &finding.level),
        ("seq", &finding.seq),
        ("code", &finding.code),
        ("name", &finding.name),
        ("field", &finding.field),
        ("found", &finding.found),
        ("expected", &finding.expected),
        ("basis", &finding.basis),
        ("known", &finding.known),
        ("remedy", &finding.remedy),
        ("page", &finding.page),
        ("row", &finding.row),
        ("column", &finding.column),
        ("quote", &finding.quote),
        ("since", &finding.since),
        ("cause", &finding.cause),
        ("due", &finding.due),
        ("waiver", &finding.waiver),
        ("place", &finding.place),
    ] {
        if !value.is_empty() {
            properties.insert(key, value.as_str().into());
        }
    }
    if finding.overdue {
        properties.insert("overdue", true.into());
    }
    properties
}

/// The word SARIF has for a severity.
fn level(severity: &str) -> &'static str {
    match severity {
        "error" => "error",
        "warning" => "warning",
        _ => "note",
    }
}
