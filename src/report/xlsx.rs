//! `findings.xlsx`: the report as a workbook for office users. Owns the order of its sheets; every
//! cell is written as text or as a number, never as a formula, whatever a document says. Refuses
//! data of its own: it shows the view and the items as every other output does.

mod about;
mod findings;
mod gone;
mod items;
mod matrix;
mod rules;
mod sheet;
mod style;
mod waivers;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::folder::{Content, Files, WriteError};
use super::view::{Report, RuleView};
use super::words::{Words, words};
use crate::lang::Lang;
use matrix::Matrix;
use sheet::Place;
use style::Styles;

/// Name of the file.
const FILE: &str = "findings.xlsx";
/// Rows that a sheet of the xlsx format holds below its header.
const CAPACITY: usize = 1_048_575;

/// The workbook.
pub(super) fn files(of: &Content<'_>) -> Result<Files, WriteError> {
    let book = Book::new(of.report, of.pages, CAPACITY);
    let bytes = workbook(&book, of).map_err(WriteError::render(FILE))?;
    Ok(vec![(FILE.to_owned(), bytes)])
}

/// What every sheet asks while it is written.
struct Book<'a> {
    report: &'a Report,
    words: &'static Words,
    lang: Lang,
    rules: BTreeMap<&'a str, (usize, &'a RuleView)>,
    /// Whether `regions/<code>.html` is there.
    pages: bool,
    /// Rows of a sheet below its header.
    capacity: usize,
}

impl<'a> Book<'a> {
    fn new(report: &'a Report, pages: bool, capacity: usize) -> Self {
        let rules = report.rules.iter().enumerate();
        Self {
            report,
            words: words(&report.lang),
            lang: if report.lang == "en" {
                Lang::En
            } else {
                Lang::Zh
            },
            rules: rules
                .map(|(row, rule)| (rule.id.as_str(), (row, rule)))
                .collect(),
            pages,
            capacity,
        }
    }

    /// Where the finding at `index` of the report stands in the workbook.
    fn finding(&self, index: usize) -> Place {
        Place::of(
            self.lang
                .pick(findings::TABLE.title.0, findings::TABLE.title.1),
            index,
            self.capacity,
        )
    }

    /// Where its rule stands.
    fn rule(&self, id: &str) -> Option<Place> {
        let (row, _) = self.rules.get(id)?;
        Some(Place::of(
            self.lang.pick(rules::TABLE.title.0, rules::TABLE.title.1),
            *row,
            self.capacity,
        ))
    }
}

fn workbook(book: &Book, content: &Content) -> Result<Vec<u8>, XlsxError> {
    let styles = Styles::default();
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(book)?);
    let matrix = Matrix::new(book.report);
    sheet::table(
        &mut workbook,
        book,
        &styles,
        &findings::TABLE,
        &book.report.findings,
    )?;
    sheet::table(&mut workbook, book, &styles, &items::TABLE, content.items)?;
    matrix::write(&mut workbook, book, &styles, &matrix)?;
    sheet::table(
        &mut workbook,
        book,
        &styles,
        &rules::TABLE,
        &book.report.rules,
    )?;
    if book.report.previous.is_some() {
        sheet::table(
            &mut workbook,
            book,
            &styles,
            &gone::TABLE,
            &book.report.gone,
        )?;
    }
    if !book.report.waivers.is_empty() {
        let waivers = &book.report.waivers;
        sheet::table(&mut workbook, book, &styles, &waivers::TABLE, waivers)?;
    }
    about::write(&mut workbook, book, &styles, content.items.len())?;
    workbook.save_to_buffer()
}

/// The creation time is the run's clock, so that equal runs yield equal bytes.
fn properties(book: &Book) -> Result<DocProperties, XlsxError> {
    let report = book.report;
    let properties = DocProperties::new()
        .set_title(book.words.title)
        .set_author(format!("heyan {}", report.program_version))
        .set_comment(format!("{} · {}", report.run_id, report.rule_set.digest));
    let Ok(now) = DateTime::parse_from_rfc3339(&report.now) else {
        return Ok(properties);
    };
    let seconds = now.with_timezone(&Utc).timestamp();
    Ok(properties.set_creation_datetime(&ExcelDateTime::from_timestamp(seconds)?))
}

#[cfg(test)]
mod tests;
