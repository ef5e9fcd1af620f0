//! The sheet of rules: what each finding's rule says, for the links of the sheet of findings.

use super::findings::severity;
use super::sheet::{Cell, Column, Table};
use crate::report::view::RuleView;

/// The table.
pub(super) const TABLE: Table<RuleView> = Table {
    title: ("规则", "rules"),
    printed: 8,
    columns: &COLUMNS,
};

/// The columns.
const COLUMNS: [Column<RuleView>; 8] = [
    Column::new("规则", "rule", 24.0, |r, _| Cell::text(&r.id)),
    Column::new("名称", "title", 28.0, |r, _| Cell::text(&r.title)),
    Column::new("严重程度", "severity", 9.0, |r, book| {
        severity(&r.severity, book)
    }),
    Column::new("发现数", "findings", 8.0, |r, _| {
        Cell::Number(count(r.findings))
    }),
    Column::new("为什么", "why", 56.0, |r, _| Cell::text(&r.why)),
    Column::new("依据", "basis", 56.0, |r, _| Cell::text(&r.basis)),
    Column::new("依据的性质", "basis known as", 14.0, |r, book| {
        Cell::text(book.words.known(&r.known))
    }),
    Column::new("处理", "remedy", 48.0, |r, _| Cell::text(&r.remedy)),
];

/// A count as the format keeps numbers; exact up to 2^53.
pub(super) fn count(number: usize) -> f64 {
    u32::try_from(number).map_or(f64::INFINITY, f64::from)
}
