//! The sheet that says what the workbook rests on: run, program, rules, inputs with their SHA-256,
//! what was not read, counts, and how to read the other sheets.

use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

use super::Book;
use super::sheet::{self, Cell};
use super::style::Styles;
use crate::lang::Lang;
use crate::report::change::Change;
use crate::report::words::fill;

/// Name of the sheet, in Chinese and English.
const TITLE: (&str, &str) = ("说明", "about");

/// Widths of its columns, in characters.
const WIDTHS: [f64; 3] = [30.0, 70.0, 72.0];

/// Writes the sheet; `items` is the number of rows on the sheet of items.
pub(super) fn write(
    workbook: &mut Workbook,
    book: &Book,
    styles: &Styles,
    items: usize,
) -> Result<(), XlsxError> {
    let sheet = workbook.add_worksheet();
    sheet.set_name(book.lang.pick(TITLE.0, TITLE.1))?;
    for (column, width) in (0..).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
    }
    let mut page = Page {
        sheet,
        styles,
        row: 0,
    };
    page.title(book.words.title)?;
    run(&mut page, book, items)?;
    changes(&mut page, book)?;
    inputs(&mut page, book)?;
    regions(&mut page, book)?;
    not_covered(&mut page, book)?;
    guide(&mut page, book, items)?;
    sheet::print(page.sheet);
    Ok(())
}

/// The sheet while it is written from top to bottom.
struct Page<'a> {
    sheet: &'a mut Worksheet,
    styles: &'a Styles,
    row: u32,
}

impl Page<'_> {
    fn title(&mut self, text: &str) -> Result<(), XlsxError> {
        sheet::write(self.sheet, self.row, 0, text, &self.styles.title)?;
        self.row += 1;
        Ok(())
    }

    fn heading(&mut self, text: &str) -> Result<(), XlsxError> {
        self.row += 1;
        sheet::write(self.sheet, self.row, 0, text, &self.styles.heading)?;
        self.row += 1;
        Ok(())
    }

    fn line(&mut self, cells: &[&str]) -> Result<(), XlsxError> {
        let mut lines = 1;
        for (column, text) in (0_u16..).zip(cells) {
            let cell = Cell::text(text);
            lines = lines.max(cell.lines(WIDTHS[usize::from(column)]));
            sheet::put(self.sheet, self.styles, self.row, column, cell, &mut 0)?;
        }
        self.sheet.set_row_height(self.row, sheet::height(lines))?;
        self.row += 1;
        Ok(())
    }
}

fn run(page: &mut Page, book: &Book, items: usize) -> Result<(), XlsxError> {
    let (report, w) = (book.report, book.words);
    let totals = &report.totals;
    page.heading(book.lang.pick("本次核验", "This run"))?;
    page.line(&[w.run_time, &report.now, &report.run_id])?;
    if let Some(day) = &report.as_of {
        page.line(&[
            book.lang
                .pick("按此日有效的规定核验", "Judged by the law of"),
            day,
        ])?;
    }
    page.line(&[w.program, &format!("heyan {}", report.program_version)])?;
    let count = report.rule_set.count.to_string();
    page.line(&[
        w.rule_set,
        &w.rule_set_rules.replace("{n}", &count),
        &report.rule_set.digest,
    ])?;
    page.line(&[w.findings, &totals.findings.to_string()])?;
    page.line(&[w.errors, &totals.error.to_string()])?;
    page.line(&[w.warnings, &totals.warning.to_string()])?;
    page.line(&[w.info, &totals.info.to_string()])?;
    page.line(&[w.document, &totals.document.to_string()])?;
    page.line(&[w.reading, &totals.reading.to_string()])?;
    page.line(&[w.read_items, &items.to_string()])?;
    since(page, book)
}

/// How the run stands beside the one before, and what else changed.
fn since(page: &mut Page, book: &Book) -> Result<(), XlsxError> {
    let w = book.words;
    let Some(change) = Change::of(book.report, |_| true) else {
        return Ok(());
    };
    page.heading(w.past.changed_title)?;
    page.line(&[w.past.since, &change.previous.now, &change.previous.run_id])?;
    for (word, count) in change.counts(w) {
        page.line(&[word, &count.to_string()])?;
    }
    for what in &change.previous.changed {
        page.line(&[w.past.beside_title, w.past.beside(what)])?;
    }
    Ok(())
}

/// What the office changed of the rule set, so that the counts can be understood.
fn changes(page: &mut Page, book: &Book) -> Result<(), XlsxError> {
    let changes = &book.report.rule_set.changes;
    if changes.is_empty() {
        return Ok(());
    }
    let lang = book.lang;
    page.heading(lang.pick("本单位对规则的调整", "Changes of the rule set"))?;
    for change in changes {
        let mut words = Vec::new();
        if change.off {
            words.push(lang.pick("停用", "off").to_owned());
        }
        words.extend(
            change
                .severity
                .as_ref()
                .map(|to| book.words.severity(to).to_owned()),
        );
        let parameters = change.parameters.iter();
        words.extend(parameters.map(|(name, value)| format!("{name} = {value}")));
        words.extend(change.regions.iter().chain(&change.items).cloned());
        let what = words.join(book.words.comma);
        let why = format!("{} ({}; {})", change.reason, change.place, change.findings);
        page.line(&[&change.rule, &what, &why])?;
    }
    Ok(())
}

fn inputs(page: &mut Page, book: &Book) -> Result<(), XlsxError> {
    let w = book.words;
    page.heading(w.inputs_title)?;
    page.line(&[w.file, w.bytes, "SHA-256"])?;
    for input in &book.report.inputs {
        page.line(&[&input.path, &input.bytes.to_string(), &input.sha256])?;
    }
    Ok(())
}

fn regions(page: &mut Page, book: &Book) -> Result<(), XlsxError> {
    let w = book.words;
    page.heading(w.coverage_title)?;
    page.line(&[w.region, w.list, w.edition])?;
    for list in &book.report.regions {
        let coverage = match book.lang {
            Lang::Zh => format!(
                "{}；国家事项 {}/{}；存疑值 {}/{}",
                list.list,
                list.matched_items,
                list.expected_items,
                list.uncertain_values,
                list.values
            ),
            Lang::En => format!(
                "{}; national items {}/{}; uncertain values {}/{}",
                list.list,
                list.matched_items,
                list.expected_items,
                list.uncertain_values,
                list.values
            ),
        };
        let edition = format!("{} · {}", list.edition, list.edition_reason);
        page.line(&[&list.name, &coverage, &edition])?;
    }
    Ok(())
}

/// What the conclusions of the workbook do not cover.
fn not_covered(page: &mut Page, book: &Book) -> Result<(), XlsxError> {
    let (report, w) = (book.report, book.words);
    asides(page, book)?;
    page.heading(w.unread_title)?;
    if report.not_read.is_empty() && report.rules_not_run.is_empty() {
        return page.line(&[w.all_read]);
    }
    page.line(&[w.file, w.reason, w.remedy])?;
    for refusal in &report.not_read {
        page.line(&[&refusal.spot(), &refusal.reason, &refusal.remedy])?;
    }
    for missed in &report.rules_not_run {
        page.line(&[&missed.file, &missed.reason, &missed.rule])?;
    }
    Ok(())
}

/// Versions of one list, and documents that are no lists.
fn asides(page: &mut Page, book: &Book) -> Result<(), XlsxError> {
    let (report, w) = (book.report, book.words);
    if !report.versions.is_empty() {
        page.heading(w.versions_title)?;
    }
    for one in &report.versions {
        page.line(&[&one.region, &one.reason, &one.older.join(w.pause)])?;
    }
    if !report.not_lists.is_empty() {
        page.heading(&fill(w.not_lists_title, report.not_lists.len()))?;
    }
    for one in &report.not_lists {
        page.line(&[&one.path, &one.reason])?;
    }
    Ok(())
}

fn guide(page: &mut Page, book: &Book, items: usize) -> Result<(), XlsxError> {
    let w = book.words;
    page.heading(w.how_title)?;
    page.line(&[w.severity, w.how_severity])?;
    page.line(&[w.origin, w.how_origin])?;
    page.line(&[w.certainty, w.how_certainty])?;
    page.line(&[book.lang.pick("依据的性质", "basis known as"), w.how_known])?;
    page.line(&[w.field("time_limit"), w.how_limit])?;
    let matrix = book.lang.pick(
        "未见问题：已读出，没有清单本身的错误或警告；有问题：括号内为清单本身的错误与警告数；读不准，待核：原件文字未能可靠识读，不计为地区差错；未列：清单中未见该国家事项。点击单元格跳到第一条发现。",
        "fine: read, with no error or warning in the list itself; faults: how many errors and warnings in the list itself; doubtful reading: not held against the region; missing: the list lacks the national item. A cell leads to its first finding.",
    );
    page.line(&[book.lang.pick("地区×事项", "regions × items"), matrix])?;
    if items.max(book.report.findings.len()) > book.capacity {
        let split = book.lang.pick(
            "一张工作表最多 1048576 行，行数更多的内容接续在名称带“(2)”“(3)”的工作表中，筛选请逐表进行。",
            "A sheet holds at most 1048576 rows; further rows are on the sheets whose names end in (2), (3); filter each by itself.",
        );
        page.line(&[book.lang.pick("分表", "sheets"), split])?;
    }
    if !book.pages {
        let pages = book.lang.pick(
            "本次未同时生成 html 格式，因此编号不带链接。",
            "The html format was not written in this run, so ids carry no link.",
        );
        page.line(&[book.lang.pick("链接", "links"), pages])?;
    }
    Ok(())
}
