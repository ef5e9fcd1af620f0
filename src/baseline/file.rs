//! The baseline's file: its own format and a report's findings read, its own written. Owns what a
//! fault in it is told with; refuses the format of a later version.

use std::path::Path;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use super::{Baseline, BaselineError, Entry, SCHEMA_VERSION};
use crate::config::line_of;
use crate::report::view;

/// What both kinds of file begin with.
#[derive(Deserialize)]
struct Head {
    schema_version: Option<u32>,
    heyan: Option<serde::de::IgnoredAny>,
    program_version: Option<String>,
}

/// A report, as far as it is asked.
#[derive(Deserialize)]
struct ReportFile {
    program_version: String,
    findings: Vec<ReportFinding>,
}

#[derive(Deserialize)]
struct ReportFinding {
    #[serde(deserialize_with = "id")]
    id: String,
    rule: String,
    status: String,
    region_code: String,
    region: String,
    name: String,
    field: String,
    message: String,
}

/// An id that is one.
pub(super) fn id<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let id = String::deserialize(from)?;
    if id.trim().is_empty() {
        return Err(D::Error::custom("id 是空的 (empty)"));
    }
    Ok(id)
}

/// Reads a baseline or a report.
///
/// # Errors
/// What is wrong with it, with its line.
pub(super) fn read(path: &Path, text: &str) -> Result<Baseline, BaselineError> {
    let invalid = |line, message| BaselineError::Invalid {
        path: path.to_path_buf(),
        line,
        message,
    };
    let syntax = |error: serde_json::Error| invalid(error.line().max(1), error.to_string());
    // A byte-order mark is no JSON, and editors put it there.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let head: Head = serde_json::from_str(text).map_err(syntax)?;
    let newest = match (head.heyan, head.program_version) {
        (Some(_), _) => SCHEMA_VERSION,
        (None, Some(_)) => view::SCHEMA_VERSION,
        (None, None) => {
            let message = "既不是基线，也不是 heyan 的 report.json；用 heyan check --write-baseline \
                           FILE 写一个 (neither a baseline nor a report)";
            return Err(invalid(1, message.to_owned()));
        }
    };
    let version = head.schema_version.unwrap_or(0);
    if version == 0 || version > newest {
        let line = line_of(text, text.find("\"schema_version\"").map(|at| at..at));
        let message = format!(
            "schema_version 是 {version}，本程序能读 1 至 {newest}；请用写成它的 heyan 版本，或重写一个 (unknown version)"
        );
        return Err(invalid(line, message));
    }
    if head.heyan.is_some() {
        return serde_json::from_str(text).map_err(syntax);
    }
    let report: ReportFile = serde_json::from_str(text).map_err(syntax)?;
    Ok(taken_from(report))
}

fn taken_from(report: ReportFile) -> Baseline {
    let standing = report.findings.into_iter();
    let entries = standing.filter(|finding| finding.status != "waived");
    let mut findings: Vec<Entry> = entries.map(ReportFinding::entry).collect();
    findings.sort_by(|one, two| one.order().cmp(&two.order()));
    Baseline {
        schema_version: SCHEMA_VERSION,
        heyan: report.program_version,
        findings,
    }
}

impl ReportFinding {
    fn entry(self) -> Entry {
        Entry {
            id: self.id,
            rule: self.rule,
            region_code: self.region_code,
            region: self.region,
            name: self.name,
            field: self.field,
            message: self.message,
        }
    }
}

/// The bytes of a baseline, one line a finding.
///
/// # Errors
/// What the JSON writer says.
pub(super) fn written(baseline: &Baseline) -> serde_json::Result<Vec<u8>> {
    let mut text = format!(
        "{{\n  \"schema_version\": {},\n  \"heyan\": {},\n  \"findings\": [",
        baseline.schema_version,
        serde_json::to_string(&baseline.heyan)?
    );
    for (index, entry) in baseline.findings.iter().enumerate() {
        text.push_str(if index == 0 { "\n    " } else { ",\n    " });
        text.push_str(&serde_json::to_string(entry)?);
    }
    text.push_str(if baseline.findings.is_empty() {
        "]\n}\n"
    } else {
        "\n  ]\n}\n"
    });
    Ok(text.into_bytes())
}
