//! What the terminal shows: one line a finding, as compilers print them, and the summary table.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use comfy_table::presets::UTF8_HORIZONTAL_ONLY;
use comfy_table::{Cell, CellAlignment, Table};

use super::change::Change;
use super::spot::spot;
use super::view::{FindingView, Report, RuleNotRun};
use super::words::words;

/// The summary: one line a region, and one that says how the run stands beside the one before.
#[must_use]
pub fn summary(report: &Report) -> String {
    let zh = report.lang != "en";
    let header = if zh {
        [
            "地区",
            "版次",
            "国家事项",
            "子项",
            "业务项",
            "读不准",
            "错误",
            "警告",
            "提示",
        ]
    } else {
        [
            "region",
            "edition",
            "national",
            "items",
            "business",
            "uncertain",
            "errors",
            "warnings",
            "infos",
        ]
    };
    let mut table = Table::new();
    table.load_style(UTF8_HORIZONTAL_ONLY).set_header(header);
    for region in &report.regions {
        let numbers = [
            format!("{}/{}", region.matched_items, region.expected_items),
            region.read_items.to_string(),
            region.read_business.to_string(),
            format!("{}/{}", region.uncertain_values, region.values),
            region.totals.error.to_string(),
            region.totals.warning.to_string(),
            region.totals.info.to_string(),
        ];
        let mut row = vec![Cell::new(&region.name), Cell::new(&region.edition)];
        row.extend(
            numbers
                .iter()
                .map(|number| Cell::new(number).set_alignment(CellAlignment::Right)),
        );
        table.add_row(row);
    }
    let mut text = table.to_string();
    if let Some(change) = Change::of(report, |_| true) {
        let _ = write!(text, "\n{}", change.line(words(&report.lang)));
    }
    text
}

/// What could not be asked of a list that was read, one line for each list and reason.
#[must_use]
pub fn gaps(report: &Report) -> String {
    let mut gaps: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for rule in report
        .rules_not_run
        .iter()
        .filter(|rule| of_list(report, rule))
    {
        *gaps.entry((&rule.file, &rule.reason)).or_default() += 1;
    }
    let mut text = String::new();
    for ((file, reason), count) in gaps {
        let _ = if report.lang == "en" {
            writeln!(text, "{file}: {reason}; {count} rules were not asked of it")
        } else {
            writeln!(text, "{file}: {reason}，{count} 条规则未对其运行")
        };
    }
    text
}

/// Whether a rule was kept from one list only, by what the list lacks.
fn of_list(report: &Report, rule: &RuleNotRun) -> bool {
    report.regions.iter().any(|region| region.file == rule.file)
}

/// What could not be read or checked at all, one line each.
#[must_use]
pub fn troubles(report: &Report) -> String {
    let mut text = String::new();
    for refusal in &report.not_read {
        let place = refusal.spot();
        let _ = writeln!(text, "{place}: {}。{}", refusal.reason, refusal.remedy);
    }
    for rule in report
        .rules_not_run
        .iter()
        .filter(|rule| !of_list(report, rule))
    {
        let _ = writeln!(text, "{}: {}", rule.rule, rule.reason);
    }
    text
}

/// What lies beside the lists, and which versions of a list there are, one line each.
#[must_use]
pub fn asides(report: &Report) -> String {
    let zh = report.lang != "en";
    let mut text = String::new();
    for aside in &report.not_lists {
        let words = if zh { "不是清单" } else { "no list" };
        let _ = writeln!(text, "{}: {words}：{}", aside.path, aside.reason);
    }
    for versions in &report.versions {
        let words = if zh {
            "同一清单有几个版本"
        } else {
            "several versions of one list"
        };
        let _ = writeln!(text, "{}: {words}：{}", versions.region, versions.reason);
    }
    text
}

/// One line a finding: `file:line:column: severity[rule] message`.
#[must_use]
pub fn findings<'a>(findings: impl Iterator<Item = &'a FindingView>) -> String {
    let mut text = String::new();
    for finding in findings {
        let color = match finding.severity.as_str() {
            "error" => AnsiColor::Red,
            "warning" => AnsiColor::Yellow,
            _ => AnsiColor::Cyan,
        };
        let style = Style::new().bold().fg_color(Some(color.into()));
        let _ = writeln!(
            text,
            "{}: {style}{}{style:#}[{}] {}",
            spot(finding, ""),
            finding.severity,
            finding.rule,
            // One line a finding, whatever stands in a cell: CI runners take orders line by line.
            finding.message.replace(['\n', '\r'], " ")
        );
    }
    text
}
