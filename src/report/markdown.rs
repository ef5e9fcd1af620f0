//! `summary.md`, and the summary of a GitHub job: counts, one line a region, then each list's own
//! faults; what we may have misread stands apart and folded. Nothing of a document can break the
//! table it stands in.

mod changed;

use std::fmt::Write as _;

use changed::{changed, gone};

use super::change::course;
use super::folder::{Content, Files, WriteError};
use super::spot::spot;
use super::view::{FindingView, RegionView, Report};
use super::words::{Words, fill, words};

/// The one file.
pub(super) fn files(of: &Content<'_>) -> Result<Files, WriteError> {
    let text = summary(of, usize::MAX);
    Ok(vec![("summary.md".to_owned(), text.into_bytes())])
}

/// The summary in at most `room` bytes, as far as the findings go: platforms refuse a longer text
/// whole. Counts are never left out, and what is left out is counted.
#[must_use]
pub fn summary(of: &Content<'_>, room: usize) -> String {
    let report = of.report;
    let w = words(&report.lang);
    let mut text = head(report, w);
    text.push_str(&troubles(report, w));
    text.push_str(&changed(report, w));
    text.push_str(&regions(report, w));
    text.push_str(&asides(report, w));
    let mut left_out = 0;
    for region in &report.regions {
        let own: Vec<&FindingView> = report
            .findings
            .iter()
            .filter(|finding| finding.file == region.file)
            .collect();
        let section = section(region, &own, of, w);
        if text.len() + section.len() > room {
            left_out += own.len();
        } else {
            text.push_str(&section);
        }
    }
    let gone = gone(report, w);
    if text.len() + gone.len() <= room {
        text.push_str(&gone);
    }
    if left_out > 0 {
        let words = match report.lang.as_str() {
            "en" => "{n} more findings are in the report.",
            _ => "另有 {n} 条发现，见报告。",
        };
        let _ = writeln!(text, "\n{}", fill(words, left_out));
    }
    text
}

fn head(report: &Report, w: &Words) -> String {
    let totals = &report.totals;
    format!(
        "# {}\n\n{}: {} · heyan {} · {} `{}`\n\n\
         | {} | {} | {} | {} | {} | {} |\n|--:|--:|--:|--:|--:|--:|\n\
         | {} | **{}** | {} | {} | {} | {} |\n",
        w.title,
        w.run_time,
        report.now,
        report.program_version,
        w.rule_set,
        report.rule_set.digest.get(..12).unwrap_or_default(),
        w.findings,
        w.errors,
        w.warnings,
        w.info,
        w.document,
        w.reading,
        totals.findings,
        totals.error,
        totals.warning,
        totals.info,
        totals.document,
        totals.reading,
    )
}

fn troubles(report: &Report, w: &Words) -> String {
    if report.not_read.is_empty() && report.rules_not_run.is_empty() {
        return format!("\n{}\n", w.all_read);
    }
    let mut text = format!("\n## {}\n\n{}\n", w.unread_title, w.unread_lead);
    if !report.not_read.is_empty() {
        let _ = write!(
            text,
            "\n| {} | {} | {} |\n|---|---|---|\n",
            w.file, w.reason, w.remedy
        );
    }
    for one in &report.not_read {
        let place = cell(&one.spot());
        let _ = writeln!(
            text,
            "| {place} | {} | {} |",
            cell(&one.reason),
            cell(&one.remedy)
        );
    }
    if !report.rules_not_run.is_empty() {
        let _ = write!(
            text,
            "\n| {} | {} | {} |\n|---|---|---|\n",
            w.rule, w.list, w.reason
        );
    }
    for one in &report.rules_not_run {
        let _ = writeln!(
            text,
            "| {} | {} | {} |",
            cell(&one.rule),
            cell(&one.file),
            cell(&one.reason)
        );
    }
    text
}

/// Versions of one list, and documents that are no lists: worth knowing, and no trouble.
fn asides(report: &Report, w: &Words) -> String {
    let mut text = String::new();
    if !report.versions.is_empty() {
        let _ = write!(text, "\n{}\n\n", w.versions_title);
    }
    for one in &report.versions {
        let _ = writeln!(text, "- {}: {}", cell(&one.region), cell(&one.reason));
    }
    if !report.not_lists.is_empty() {
        let title = fill(w.not_lists_title, report.not_lists.len());
        let _ = write!(text, "\n{title}\n\n");
    }
    for one in &report.not_lists {
        let _ = writeln!(text, "- {}: {}", cell(&one.path), cell(&one.reason));
    }
    text
}

fn regions(report: &Report, w: &Words) -> String {
    let mut text = format!(
        "\n## {}\n\n| {} | {} | {} | {} | {} | {} | {} | {} |\n|---|---|--:|--:|--:|--:|--:|--:|\n",
        w.coverage_title,
        w.region,
        w.editions,
        w.matched,
        w.read_items,
        w.uncertain,
        w.errors,
        w.warnings,
        w.info,
    );
    for region in &report.regions {
        let _ = writeln!(
            text,
            "| {} | {} | {}/{} | {} | {}/{} | {} | {} | {} |",
            cell(&region.name),
            region.edition,
            region.matched_items,
            region.expected_items,
            region.read_items,
            region.uncertain_values,
            region.values,
            region.totals.error,
            region.totals.warning,
            region.totals.info,
        );
    }
    text
}

fn section(region: &RegionView, own: &[&FindingView], of: &Content<'_>, w: &Words) -> String {
    let mut text = format!("\n## {} — {}\n\n", cell(&region.name), cell(&region.list));
    if own.is_empty() {
        let _ = writeln!(text, "{}", w.findings_none_here);
        return text;
    }
    let (document, reading): (Vec<&FindingView>, Vec<&FindingView>) =
        own.iter().partition(|finding| finding.origin == "document");
    let (notes, faults): (Vec<&FindingView>, Vec<&FindingView>) = document
        .into_iter()
        .partition(|finding| finding.severity == "info");
    if !faults.is_empty() {
        text.push_str(&table(&faults, of, w));
    }
    for (title, lead, findings) in [
        (w.info, "", notes),
        (w.reading_title, w.reading_lead, reading),
    ] {
        if findings.is_empty() {
            continue;
        }
        let _ = write!(
            text,
            "\n<details><summary>{title}: {}</summary>\n\n",
            findings.len()
        );
        if !lead.is_empty() {
            let _ = write!(text, "{lead}\n\n");
        }
        let _ = write!(text, "{}\n</details>\n", table(&findings, of, w));
    }
    text
}

/// Findings by weight, in the order of the list within each.
fn table(findings: &[&FindingView], of: &Content<'_>, w: &Words) -> String {
    let mut text = format!(
        "| {} | {} | {} | {} | {} |\n|---|---|---|---|---|\n",
        w.severity, w.rule, w.findings, w.todo, w.place
    );
    let mut findings = findings.to_vec();
    findings.sort_by_key(|finding| match finding.severity.as_str() {
        "error" => 0,
        "warning" => 1,
        _ => 2,
    });
    for finding in findings {
        let status = match course(of.report, finding, w).as_str() {
            "" => String::new(),
            course => format!(" · {}", cell(course)),
        };
        let _ = writeln!(
            text,
            "| {}{status} | `{}` | {} | {} | {} |",
            w.severity(&finding.severity),
            finding.rule,
            cell(&finding.message),
            cell(&finding.remedy),
            cell(&spot(finding, of.base)),
        );
    }
    text
}

/// A text that stays in its cell: no line break, no bar, no markup of its own, no HTML, and no
/// mention that would call somebody.
fn cell(text: &str) -> String {
    let mut cell = String::new();
    for letter in text.chars() {
        match letter {
            '\n' | '\r' | '\t' => cell.push(' '),
            '&' => cell.push_str("&amp;"),
            '<' => cell.push_str("&lt;"),
            '>' => cell.push_str("&gt;"),
            '@' => cell.push_str("&#64;"),
            '\\' | '|' | '`' | '*' | '_' | '[' | ']' | '#' | '~' | '!' | '$' => {
                cell.push('\\');
                cell.push(letter);
            }
            _ => cell.push(letter),
        }
    }
    cell
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn a_cell_cannot_leave_its_table() {
        assert_eq!(
            cell("a|b\n<img src=x> [c](d) @all"),
            "a\\|b &lt;img src=x&gt; \\[c\\](d) &#64;all"
        );
    }
}
