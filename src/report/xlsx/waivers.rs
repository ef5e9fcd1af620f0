//! The sheet of waivers; it is there only where there are some.

use super::Book;
use super::rules::count;
use super::sheet::{Cell, Column, Table};
use super::style::Tint;
use crate::report::view::WaiverView;

/// The table.
pub(super) const TABLE: Table<WaiverView> = Table {
    title: ("豁免", "waivers"),
    printed: 11,
    columns: &COLUMNS,
};

/// The columns.
const COLUMNS: [Column<WaiverView>; 11] = [
    Column::new("情况", "state", 12.0, state),
    Column::new("规则", "rule", 22.0, |w, _| Cell::text(&w.rule)),
    Column::new("地区", "region", 16.0, |w, _| Cell::text(&w.region)),
    Column::new("事项", "item", 26.0, |w, book| {
        Cell::text(match w.item.as_str() {
            "" => book.words.past.waiver_whole,
            item => item,
        })
    }),
    Column::new("理由", "reason", 44.0, |w, _| Cell::text(&w.reason)),
    Column::new("依据或文件", "basis or document", 30.0, |w, _| {
        Cell::text(&w.document)
    }),
    Column::new("同意人", "agreed by", 16.0, |w, _| {
        Cell::text(&w.agreed_by)
    }),
    Column::new("自", "from", 11.0, |w, _| Cell::text(&w.from)),
    Column::new("至", "until", 11.0, |w, _| Cell::text(&w.until)),
    Column::new("发现数", "findings", 8.0, |w, _| {
        Cell::Number(count(w.findings.len()))
    }),
    Column::new("登记于", "entered at", 24.0, |w, _| Cell::text(&w.place)),
];

/// Whether it holds; one that has expired or is not needed asks for somebody to look at it.
fn state(waiver: &WaiverView, book: &Book) -> Cell {
    let word = book.words.past.waiver_state(&waiver.state).to_owned();
    let tint = match waiver.state.as_str() {
        "in-force" => Tint::Fine,
        "not-yet" => Tint::Info,
        _ => Tint::Warning,
    };
    Cell::Tinted(tint, word)
}
