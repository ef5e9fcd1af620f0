//! One region's numbers in the summary.

use std::collections::BTreeMap;

use super::words::Phrases;
use crate::report::letters::Charge;
use crate::report::view::Report;
use crate::report::words::Words;

/// Columns of the table of regions.
pub(super) const COLUMNS: usize = 10;

/// One region's numbers.
#[derive(Default)]
pub(super) struct Row<'a> {
    /// Its name.
    pub name: &'a str,
    /// Errors of the document.
    pub errors: usize,
    /// Warnings about the document.
    pub warnings: usize,
    /// Values to check by hand.
    pub doubts: usize,
    /// Faults that are new.
    pub new: usize,
    /// Faults that stay.
    pub open: usize,
    /// Faults that came back.
    pub reopened: usize,
    /// Faults of the run before that are no more, where there was one.
    pub settled: Option<usize>,
    /// Findings that were waived.
    pub waived: usize,
    /// Faults whose day is past.
    pub overdue: usize,
    /// The earliest day of what is overdue, ISO.
    pub earliest: &'a str,
}

impl Row<'_> {
    /// The row of the table; a number that is not known is a dash.
    pub fn cells(&self) -> [String; COLUMNS] {
        let settled = self
            .settled
            .map_or_else(|| "–".to_owned(), |number| number.to_string());
        [
            self.name.to_owned(),
            self.errors.to_string(),
            self.warnings.to_string(),
            self.doubts.to_string(),
            self.new.to_string(),
            self.open.to_string(),
            self.reopened.to_string(),
            settled,
            self.overdue.to_string(),
            self.waived.to_string(),
        ]
    }

    /// The same in one line.
    pub fn line(&self, heads: &[&str; COLUMNS], w: &Words) -> String {
        let cells = self.cells();
        let named: Vec<String> = heads
            .iter()
            .zip(&cells)
            .skip(1)
            .map(|(head, cell)| format!("{head} {cell}"))
            .collect();
        format!("{}{}{}", self.name, w.colon, named.join(w.comma))
    }
}

/// Heads of the columns.
pub(super) fn heads(w: &Words, p: &Phrases) -> [&'static str; COLUMNS] {
    [
        w.region,
        w.error,
        w.warning,
        w.doubtful_short,
        w.past.new,
        w.past.open,
        w.past.reopened,
        p.settled,
        p.overdue,
        p.waived,
    ]
}

/// One row a region, in the order of their codes.
pub(super) fn rows(report: &Report) -> Vec<Row<'_>> {
    let mut rows: BTreeMap<&str, Row<'_>> = BTreeMap::new();
    for list in &report.regions {
        let code = list.code.as_str();
        rows.entry(code).or_insert_with(|| {
            let charge = Charge::of(report, code);
            let previous = report.previous.as_ref();
            let before = previous.and_then(|run| run.regions.iter().find(|r| r.code == code));
            let mut row = Row {
                name: &list.name,
                errors: charge.count("error"),
                warnings: charge.count("warning"),
                doubts: charge.doubts.len(),
                settled: before.map(|region| region.settled),
                ..Row::default()
            };
            for fault in &charge.faults {
                match fault.status.as_str() {
                    "open" => row.open += 1,
                    "reopened" => row.reopened += 1,
                    _ => row.new += 1,
                }
                if fault.overdue {
                    row.overdue += 1;
                    if row.earliest.is_empty() || fault.due.as_str() < row.earliest {
                        row.earliest = &fault.due;
                    }
                }
            }
            let own = report.findings.iter().filter(|f| f.region_code == code);
            row.waived = own.filter(|f| f.status == "waived").count();
            row
        });
    }
    rows.into_values().collect()
}

/// A number over all regions.
pub(super) fn sum(rows: &[Row<'_>], of: impl Fn(&Row<'_>) -> usize) -> String {
    rows.iter().map(of).sum::<usize>().to_string()
}
