//! A list as a workbook: one sheet, a row for every row and text, an empty row for every gap.

use heyan::read::{Block, RawRow, RawTable};
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, Worksheet};

/// Name of the sheet.
pub const SHEET: &str = "办事清单";

/// Width of a column in digits, and the Chinese letters that surely fit into one line of it.
const WIDTH: f64 = 44.0;
const LETTERS: usize = 22;
/// Points of a line, and the most that a row can have.
const LINE: f64 = 12.5;
const HIGHEST: f64 = 409.0;

/// The bytes of a workbook in which empty cells of some columns, named by their header, are merged
/// with the filled one above them.
pub fn workbook(table: &RawTable, merged: &[&str]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name(SHEET).expect("a name");
    // One page wide, so that a print of it is one table.
    sheet.set_landscape().set_paper_size(8);
    sheet.set_print_fit_to_pages(1, 0);
    let width = table.rows().map(|row| row.cells.len()).max().unwrap_or(1);
    for column in 0..width {
        let column = u16::try_from(column).expect("few columns");
        sheet.set_column_width(column, WIDTH).expect("a width");
    }
    for (line, block) in (0u32..).zip(&table.blocks) {
        match block {
            Block::Gap => {}
            Block::Prose { text, .. } => {
                sheet.write_string(line, 0, text).expect("written");
            }
            Block::Row(row) => {
                for column in 0..width {
                    let text = row.cells.get(column).map_or("", |cell| cell.text.as_str());
                    let column = u16::try_from(column).expect("few columns");
                    sheet
                        .write_string_with_format(line, column, text, &framed())
                        .expect("written");
                }
                sheet.set_row_height(line, height(row)).expect("a height");
            }
        }
    }
    for title in merged {
        merge(sheet, table, title);
    }
    book.save_to_buffer().expect("a workbook")
}

/// Height in which nothing of a row is cut off when it is printed.
fn height(row: &RawRow) -> f64 {
    let lines = |text: &str| -> usize {
        let lines = text.lines();
        lines.map(|line| 1 + line.chars().count() / LETTERS).sum()
    };
    let most = row.cells.iter().map(|cell| lines(&cell.text)).max();
    (LINE * most.unwrap_or(1) as f64 + 4.0).min(HIGHEST)
}

fn framed() -> Format {
    Format::new()
        .set_border(FormatBorder::Thin)
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_font_name("Noto Sans CJK SC")
        .set_font_size(9)
}

/// Merges each run of empty cells below a filled one, in the rows below the header.
fn merge(sheet: &mut Worksheet, table: &RawTable, title: &str) {
    let mut column = None;
    let mut anchor: Option<(u32, String)> = None;
    let mut last = 0;
    let close =
        |anchor: &mut Option<(u32, String)>, last: u32, column: u16, sheet: &mut Worksheet| {
            if let Some((first, text)) = anchor.take()
                && last > first
            {
                sheet
                    .merge_range(first, column, last, column, &text, &framed())
                    .expect("merged");
            }
        };
    for (line, block) in (0u32..).zip(&table.blocks) {
        let Block::Row(row) = block else {
            if let Some(column) = column {
                close(&mut anchor, last, column, sheet);
            }
            continue;
        };
        let header = row.cells.iter().position(|cell| cell.text == title);
        if let Some(found) = header {
            if let Some(column) = column {
                close(&mut anchor, last, column, sheet);
            }
            column = u16::try_from(found).ok();
            continue;
        }
        let Some(at) = column else { continue };
        let text = row.cells.get(usize::from(at)).map_or("", |cell| &cell.text);
        if !text.is_empty() {
            close(&mut anchor, last, at, sheet);
            anchor = Some((line, text.to_owned()));
        }
        last = line;
    }
    if let Some(column) = column {
        close(&mut anchor, last, column, sheet);
    }
}
