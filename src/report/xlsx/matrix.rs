//! Where every list stands on every national item, as the view says it. Owns the words and colours
//! of a cell and what it leads to; refuses a verdict of its own.

use std::collections::{HashMap, HashSet};

use rust_xlsxwriter::{Format, Workbook, XlsxError};

use super::Book;
use super::sheet::{self, Cell};
use super::style::{Styles, Tint};
use crate::report::view::{CellView, NationalItemView, Report, State};

/// Name of the sheet, in Chinese and English.
const TITLE: (&str, &str) = ("地区×事项", "regions × items");

/// A cell: the state, the faults of the list itself, and the finding it leads to, by its place in
/// the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spot {
    pub state: State,
    pub faults: usize,
    pub finding: Option<usize>,
}

/// The matrix: a row for each national item, a cell for each list of the report.
pub(super) struct Matrix<'a> {
    pub rows: Vec<(&'a NationalItemView, Vec<Spot>)>,
    /// Findings on no national item (list, main items, local additions), for each list.
    pub others: Vec<Vec<usize>>,
}

impl<'a> Matrix<'a> {
    pub fn new(report: &'a Report) -> Self {
        let findings = report.findings.iter().enumerate();
        let places: HashMap<&str, usize> = findings
            .clone()
            .map(|(at, finding)| (finding.id.as_str(), at))
            .collect();
        let spot = |cell: &CellView| {
            let known = || {
                cell.findings
                    .iter()
                    .filter_map(|id| places.get(id.as_str()).copied())
            };
            let is_fault = |at: &usize| {
                let finding = &report.findings[*at];
                let charged = finding.origin == "document" && finding.severity != "info";
                charged && finding.status != "waived"
            };
            Spot {
                state: cell.state,
                faults: known().filter(is_fault).count(),
                // A fine item may have findings worth knowing, which are no reason to jump.
                finding: known().next().filter(|_| cell.state != State::Fine),
            }
        };
        let rows: Vec<(&NationalItemView, Vec<Spot>)> = report
            .national_items
            .iter()
            .map(|item| (item, item.cells.iter().map(spot).collect()))
            .collect();
        let cells = report.national_items.iter().flat_map(|item| &item.cells);
        let shown: HashSet<&str> = cells
            .flat_map(|cell| &cell.findings)
            .map(String::as_str)
            .collect();
        let others = report.regions.iter().map(|list| {
            let of_list = findings
                .clone()
                .filter(|(_, finding)| finding.file == list.file);
            let other = of_list.filter(|(_, finding)| !shown.contains(finding.id.as_str()));
            other.map(|(at, _)| at).collect()
        });
        Self {
            rows,
            others: others.collect(),
        }
    }
}

/// Writes the sheet.
pub(super) fn write(
    workbook: &mut Workbook,
    book: &Book,
    styles: &Styles,
    matrix: &Matrix,
) -> Result<(), XlsxError> {
    let lists = &book.report.regions;
    let sheet = workbook.add_worksheet();
    sheet.set_name(book.lang.pick(TITLE.0, TITLE.1))?;
    let headers = [
        book.lang.pick("国家编码", "national code"),
        book.lang.pick("国家事项", "national item"),
    ];
    for (at, header) in (0..).zip(headers) {
        sheet.write_string_with_format(0, at, header, &styles.header)?;
    }
    sheet.set_column_width(0, 16.0)?.set_column_width(1, 44.0)?;
    for (at, list) in (2..).zip(lists) {
        sheet.set_column_width(at, 18.0)?;
        let edition = list.edition.as_str();
        let header = match book.lang {
            crate::lang::Lang::Zh => format!("{}\n{edition}年版", list.name),
            crate::lang::Lang::En => format!("{}\n{edition} edition", list.name),
        };
        sheet::write(sheet, 0, at, &header, &styles.header)?;
    }
    let mut links = 0;
    for (row, (item, spots)) in (1..).zip(&matrix.rows) {
        sheet::write(sheet, row, 0, &item.code, &styles.text)?;
        sheet::write(sheet, row, 1, &item.name, &styles.text)?;
        for (column, spot) in (2..).zip(spots) {
            let (text, format) = shown(spot, book, styles);
            match spot.finding.map(|index| book.finding(index).link()) {
                Some(to) => sheet::link(sheet, row, column, &to, &text, format, &mut links)?,
                None => sheet::write(sheet, row, column, &text, format)?,
            };
        }
    }
    let last = sheet::row_number(matrix.rows.len()) + 1;
    let label = book.lang.pick(
        "（清单、主项与地方增设的发现）",
        "(findings on the list, main items and local additions)",
    );
    sheet::write(sheet, last, 0, "", &styles.text)?;
    sheet::write(sheet, last, 1, label, &styles.text)?;
    for (column, findings) in (2..).zip(&matrix.others) {
        let cell = match findings.first() {
            Some(first) => {
                let count = findings.len();
                let text = book
                    .lang
                    .pick("{n} 条", "{n}")
                    .replace("{n}", &count.to_string());
                Cell::Link(book.finding(*first).link(), text)
            }
            None => Cell::Empty,
        };
        sheet::put(sheet, styles, last, column, cell, &mut links)?;
    }
    sheet.set_row_height(0, sheet::height(2))?;
    sheet.autofilter(0, 0, last, sheet::column_number(lists.len() + 2))?;
    sheet.set_freeze_panes(1, 2)?;
    sheet::print(sheet);
    Ok(())
}

/// A state in words and its colour.
fn shown<'s>(spot: &Spot, book: &Book, styles: &'s Styles) -> (String, &'s Format) {
    let lang = book.lang;
    let (words, tint) = match spot.state {
        State::NotInEdition => {
            return (
                lang.pick("本版无此项", "not in this edition").to_owned(),
                &styles.text,
            );
        }
        State::Fine => (lang.pick("未见问题", "fine"), Tint::Fine),
        // Every fault of the item was agreed to be left.
        State::Fault if spot.faults == 0 => (book.words.past.waived, Tint::Info),
        State::Fault => (lang.pick("有问题（{n}）", "faults ({n})"), Tint::Error),
        State::Unreadable => (lang.pick("读不准，待核", "doubtful reading"), Tint::Reading),
        State::Missing => (lang.pick("未列", "missing"), Tint::Missing),
    };
    (
        words.replace("{n}", &spot.faults.to_string()),
        styles.tint(tint),
    )
}
