//! The sheet of findings: the columns a person needs, in the order in which they are read.

use super::Book;
use super::sheet::{Cell, Column, Table};
use super::style::Tint;
use crate::report::change::{grounds, is_overdue, waiver};
use crate::report::html;
use crate::report::view::{FindingView, REGISTER};

/// The table.
pub(super) const TABLE: Table<FindingView> = Table {
    title: ("问题清单", "findings"),
    printed: 15,
    columns: &COLUMNS,
};

/// The columns.
const COLUMNS: [Column<FindingView>; 33] = [
    Column::new("编号", "id", 19.0, id),
    Column::new("严重程度", "severity", 9.0, |f, book| {
        severity(&f.severity, book)
    }),
    Column::new("地区", "region", 16.0, |f, _| Cell::text(&f.region)),
    Column::new("层级", "level", 10.0, |f, book| {
        Cell::text(book.words.level(&f.level))
    }),
    Column::new("序号", "no.", 6.0, |f, _| Cell::number(&f.seq)),
    Column::new("编码", "code", 16.0, |f, _| Cell::text(&f.code)),
    Column::new("事项", "item", 26.0, |f, _| Cell::text(&f.name)),
    Column::new("栏目", "field", 10.0, |f, book| {
        Cell::text(book.words.field(&f.field))
    }),
    Column::new("问题", "finding", 56.0, |f, _| Cell::text(&f.message)),
    Column::new("清单所载", "the list says", 24.0, |f, _| {
        Cell::text(&f.found)
    }),
    Column::new("全国标准", "national standard", 24.0, |f, _| {
        Cell::text(&f.expected)
    }),
    Column::new("标准的性质", "standard known as", 17.0, known),
    Column::new("依据", "basis", 44.0, |f, _| Cell::text(&f.basis)),
    Column::new("处理", "remedy", 44.0, |f, _| Cell::text(&f.remedy)),
    Column::new("来源", "origin", 12.0, origin),
    Column::new("可信度", "certainty", 8.0, |f, _| {
        Cell::number(&f.certainty)
    }),
    Column::new("状态", "status", 9.0, |f, book| {
        Cell::text(book.words.past.status(&f.status))
    }),
    Column::new("规则", "rule", 20.0, rule),
    Column::new("原文", "source text", 36.0, |f, _| Cell::text(&f.quote)),
    Column::new("文件", "file", 28.0, |f, _| Cell::text(&f.file)),
    Column::new("页", "page", 6.0, |f, _| Cell::number(&f.page)),
    Column::new("行", "line", 7.0, |f, _| Cell::number(&f.line)),
    Column::new("表内行", "row", 7.0, |f, _| Cell::number(&f.row)),
    Column::new("表内列", "column", 7.0, |f, _| Cell::number(&f.column)),
    Column::new("地区编码", "region code", 10.0, |f, _| {
        Cell::text(&f.region_code)
    }),
    Column::new("清单", "list", 30.0, |f, _| Cell::text(&f.list)),
    Column::new("版次", "edition", 7.0, |f, _| Cell::number(&f.edition)),
    Column::new("首次发现", "first seen", 11.0, |f, _| {
        Cell::text(&f.since)
    }),
    Column::new("变化原因", "cause", 18.0, |f, book| {
        Cell::text(&book.words.past.cause(&f.cause))
    }),
    Column::new("应答期限", "answer due", 12.0, |f, book| {
        Cell::text(book.words.past.day_due(&f.due))
    }),
    Column::new("逾期", "overdue", 7.0, overdue),
    Column::new("豁免", "waiver", 36.0, |f, book| {
        match waiver(book.report, f) {
            Some(waiver) => Cell::Text(grounds(waiver, book.words)),
            None => Cell::text(&f.waiver),
        }
    }),
    Column::new("位置", "place", 20.0, |f, _| Cell::text(&f.place)),
];

/// The severity in words and colour.
pub(super) fn severity(severity: &str, book: &Book) -> Cell {
    let tint = match severity {
        "error" => Tint::Error,
        "warning" => Tint::Warning,
        _ => Tint::Info,
    };
    Cell::Tinted(tint, book.words.severity(severity).to_owned())
}

/// How the national value is known; what is derived stands out, because it may not be quoted.
fn known(finding: &FindingView, book: &Book) -> Cell {
    let word = book.words.known(&finding.known).to_owned();
    match finding.known.as_str() {
        "" => Cell::Empty,
        "derived" => Cell::Tinted(Tint::Reading, word),
        _ => Cell::Text(word),
    }
}

/// Whose fault it is; what is probably our own reading stands out, because it blames nobody.
fn origin(finding: &FindingView, book: &Book) -> Cell {
    match finding.origin.as_str() {
        "reading" => Cell::Tinted(Tint::Reading, book.words.reading.to_owned()),
        "document" => Cell::text(book.words.document),
        REGISTER => Cell::text(book.words.register),
        other => Cell::text(other),
    }
}

/// Whether the day to answer by is past; an empty cell where it is not.
fn overdue(finding: &FindingView, book: &Book) -> Cell {
    match is_overdue(finding) {
        true => Cell::Tinted(Tint::Error, book.words.past.overdue.to_owned()),
        false => Cell::Empty,
    }
}

/// The fingerprint, linked to the finding on its region's page.
fn id(finding: &FindingView, book: &Book) -> Cell {
    if !book.pages {
        return Cell::text(&finding.id);
    }
    let (code, anchor) = (&finding.region_code, html::anchor(&finding.id));
    Cell::Link(
        format!("file:///regions/{code}.html#{anchor}"),
        finding.id.clone(),
    )
}

/// The rule, linked to its line on the sheet of rules.
fn rule(finding: &FindingView, book: &Book) -> Cell {
    match book.rule(&finding.rule) {
        Some(place) => Cell::Link(place.link(), finding.rule.clone()),
        None => Cell::text(&finding.rule),
    }
}
