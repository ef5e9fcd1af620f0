//! Where every list stands on every national item. Owns what a cell of the matrix says; refuses to
//! count what is probably our own reading as a fault, or what was not read as missing.

use std::collections::HashMap;

use rust_xlsxwriter::{Format, Workbook, XlsxError};

use super::Book;
use super::sheet::{self, Cell};
use super::style::{Styles, Tint};
use crate::report::items::ItemRow;
use crate::report::national::NationalItem;
use crate::report::view::{FindingView, RegionView, Report};

/// Name of the sheet, in Chinese and English.
const TITLE: (&str, &str) = ("地区×事项", "regions × items");

/// Where a list stands on a national item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// The edition the list is judged by does not have the item.
    NotAsked,
    /// Read, and nothing to mend.
    Fine,
    /// So many faults of the list itself.
    Fault(usize),
    /// Our reading is in doubt, or nothing of it could be read.
    Unreadable,
    /// The list lacks it.
    Missing,
}

/// A cell: the standing, and the first finding that tells it, by its place in the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spot {
    pub standing: Standing,
    pub finding: Option<usize>,
}

/// The matrix: a row for each national item, a cell for each list of the report.
pub(super) struct Matrix<'a> {
    pub rows: Vec<(&'a NationalItem, Vec<Spot>)>,
    /// Findings on no national item (list, main items, local additions), for each list.
    pub others: Vec<Vec<usize>>,
}

/// What tells an entry of a list from the others: file, level, number, code.
type Entry<'a> = (&'a str, &'a str, String, &'a str);

impl<'a> Matrix<'a> {
    pub fn new(report: &'a Report, items: &'a [ItemRow], national: &'a [NationalItem]) -> Self {
        let mut own: HashMap<Entry, &str> = HashMap::new();
        let mut read: HashMap<(&str, &str), Vec<&ItemRow>> = HashMap::new();
        for item in items.iter().filter(|item| !item.national_code.is_empty()) {
            let seq = item.seq.map(|seq| seq.to_string()).unwrap_or_default();
            own.insert(
                (&item.file, item.level, seq, &item.code),
                &item.national_code,
            );
            let place = (item.file.as_str(), item.national_code.as_str());
            read.entry(place).or_default().push(item);
        }
        let mut about: HashMap<(&str, &str), Vec<usize>> = HashMap::new();
        let mut others = vec![Vec::new(); report.regions.len()];
        for (index, finding) in report.findings.iter().enumerate() {
            let entry = (
                finding.file.as_str(),
                finding.level.as_str(),
                finding.seq.clone(),
                finding.code.as_str(),
            );
            let code = own
                .get(&entry)
                .copied()
                .or_else(|| lacking(finding, national));
            match code {
                Some(code) => about.entry((&finding.file, code)).or_default().push(index),
                None => {
                    let list = report
                        .regions
                        .iter()
                        .position(|list| list.file == finding.file);
                    if let Some(list) = list {
                        others[list].push(index);
                    }
                }
            }
        }
        let spot = |list: &RegionView, item: &NationalItem| {
            if list.edition != item.edition {
                let asked = national
                    .iter()
                    .any(|other| other.edition == list.edition && other.code == item.code);
                if !asked {
                    return Spot {
                        standing: Standing::NotAsked,
                        finding: None,
                    };
                }
            }
            let place = (list.file.as_str(), item.code.as_str());
            let of_main = (list.file.as_str(), item.main.as_str());
            let findings: Vec<usize> = [about.get(&place), about.get(&of_main)]
                .into_iter()
                .flatten()
                .flatten()
                .copied()
                .collect();
            let rows = read.get(&place).map_or(&[][..], Vec::as_slice);
            standing(report, &findings, rows)
        };
        let mut seen: Vec<&str> = Vec::new();
        let mut rows = Vec::new();
        for item in national {
            let asked = report
                .regions
                .iter()
                .any(|list| list.edition == item.edition);
            if asked && !seen.contains(&item.code.as_str()) {
                seen.push(&item.code);
                rows.push((
                    item,
                    report.regions.iter().map(|list| spot(list, item)).collect(),
                ));
            }
        }
        rows.sort_by(|one: &(&NationalItem, Vec<Spot>), two| one.0.code.cmp(&two.0.code));
        Self { rows, others }
    }
}

/// The national item or main item that a finding says the list lacks: its expected value begins
/// with the code, and the list has no entry of its own to show.
fn lacking<'a>(finding: &FindingView, national: &'a [NationalItem]) -> Option<&'a str> {
    let lacks = |code: &str| {
        finding.found.is_empty() && finding.seq.is_empty() && finding.expected.starts_with(code)
    };
    let items = national.iter().map(|item| item.code.as_str());
    let mains = national.iter().map(|item| item.main.as_str());
    items.chain(mains).find(|code| lacks(code))
}

fn standing(report: &Report, findings: &[usize], rows: &[&ItemRow]) -> Spot {
    let is_fault = |index: &&usize| {
        let f = &report.findings[**index];
        f.origin == "document" && f.severity != "info" && f.status != "waived"
    };
    let faults: Vec<usize> = findings.iter().filter(is_fault).copied().collect();
    let doubt = findings
        .iter()
        .copied()
        .find(|index| report.findings[*index].origin == "reading");
    let illegible = rows.iter().any(|row| {
        let values = [row.name.as_str(), &row.time_limit, &row.steps, row.basis];
        values.iter().any(|value| value.contains("unreadable"))
    });
    let (standing, finding) = match (faults.first(), rows.is_empty()) {
        (Some(first), true) => (Standing::Missing, Some(*first)),
        (Some(first), false) => (Standing::Fault(faults.len()), Some(*first)),
        (None, true) => (Standing::Unreadable, doubt),
        (None, false) if doubt.is_some() || illegible => (Standing::Unreadable, doubt),
        (None, false) => (Standing::Fine, None),
    };
    Spot { standing, finding }
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
            let (text, format) = shown(spot.standing, book, styles);
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

/// A standing in words and its colour.
fn shown<'s>(standing: Standing, book: &Book, styles: &'s Styles) -> (String, &'s Format) {
    let lang = book.lang;
    let (text, tint) = match standing {
        Standing::NotAsked => {
            return (
                lang.pick("本版无此项", "not in this edition").to_owned(),
                &styles.text,
            );
        }
        Standing::Fine => (lang.pick("未见问题", "fine").to_owned(), Tint::Fine),
        Standing::Fault(count) => {
            let words = lang.pick("有问题（{n}）", "faults ({n})");
            (words.replace("{n}", &count.to_string()), Tint::Error)
        }
        Standing::Unreadable => (
            lang.pick("读不准，待核", "doubtful reading").to_owned(),
            Tint::Reading,
        ),
        Standing::Missing => (lang.pick("未列", "missing").to_owned(), Tint::Missing),
    };
    (text, styles.tint(tint))
}
