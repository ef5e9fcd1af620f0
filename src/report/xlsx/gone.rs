//! The sheet of findings that are gone since the run before, or of which nothing can be told; it is
//! there only where a run was recorded before.

use super::Book;
use super::findings::severity;
use super::sheet::{Cell, Column, Table};
use super::style::Tint;
use crate::report::view::{GoneView, REGISTER};

/// The table.
pub(super) const TABLE: Table<GoneView> = Table {
    title: ("变化", "changes"),
    printed: 13,
    columns: &COLUMNS,
};

/// The columns.
const COLUMNS: [Column<GoneView>; 15] = [
    Column::new("编号", "id", 19.0, |g, _| Cell::text(&g.id)),
    Column::new("情况", "state", 14.0, state),
    Column::new("变化原因", "cause", 20.0, |g, book| {
        Cell::text(&book.words.past.cause(&g.cause))
    }),
    Column::new(
        "无法判断的原因",
        "why nothing can be told",
        36.0,
        |g, _| Cell::text(&g.reason),
    ),
    Column::new("严重程度", "severity", 9.0, |g, book| {
        severity(&g.severity, book)
    }),
    Column::new("地区", "region", 16.0, |g, _| Cell::text(&g.region)),
    Column::new("层级", "level", 10.0, |g, book| {
        Cell::text(book.words.level(&g.level))
    }),
    Column::new("序号", "no.", 6.0, |g, _| Cell::number(&g.seq)),
    Column::new("事项", "item", 26.0, |g, _| Cell::text(&g.name)),
    Column::new("栏目", "field", 10.0, |g, book| {
        Cell::text(book.words.field(&g.field))
    }),
    Column::new("问题", "finding", 56.0, |g, _| Cell::text(&g.message)),
    Column::new("首次发现", "first seen", 11.0, |g, _| {
        Cell::text(&g.since)
    }),
    Column::new("最后见到", "last seen", 11.0, |g, _| {
        Cell::text(&g.until)
    }),
    Column::new("来源", "origin", 12.0, |g, book| {
        Cell::text(match g.origin.as_str() {
            "reading" => book.words.reading,
            "document" => book.words.document,
            REGISTER => book.words.register,
            other => other,
        })
    }),
    Column::new("规则", "rule", 20.0, |g, _| Cell::text(&g.rule)),
];

/// What became of it; what was mended stands out from what was only taken back.
fn state(gone: &GoneView, book: &Book) -> Cell {
    let word = book.words.past.status(&gone.state).to_owned();
    let tint = match gone.state.as_str() {
        "settled" => Tint::Fine,
        "withdrawn" => Tint::Info,
        _ => Tint::Reading,
    };
    Cell::Tinted(tint, word)
}
