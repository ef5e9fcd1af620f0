use std::io::{Cursor, Write};

use rust_xlsxwriter::{Format, Formula, Workbook};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::super::{Block, Kind, Limits, Medium, Oddity, RawTable, ReadError, read_document};
use super::read;

fn table(bytes: &[u8]) -> RawTable {
    read(bytes, &Limits::default()).expect("a table")
}

fn texts(table: &RawTable) -> Vec<Vec<&str>> {
    table
        .rows()
        .map(|row| row.cells.iter().map(|cell| cell.text.as_str()).collect())
        .collect()
}

fn oddities(table: &RawTable) -> Vec<(Oddity, u32, u32, &str)> {
    let remarks = table.remarks.iter();
    remarks
        .map(|remark| {
            (
                remark.oddity,
                remark.row,
                remark.column,
                remark.text.as_str(),
            )
        })
        .collect()
}

/// A workbook with one part written anew.
fn with_part(bytes: &[u8], name: &str, change: impl Fn(&str) -> String) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut member = archive.by_index(index).expect("a member");
        let known = member.name().expect("a name").into_owned();
        let mut content = Vec::new();
        std::io::copy(&mut member, &mut content).expect("unpacked");
        if known == name {
            content = change(&String::from_utf8(content).expect("text")).into_bytes();
        }
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        writer.start_file(known, options).expect("begun");
        writer.write_all(&content).expect("written");
    }
    writer.finish().expect("finished").into_inner()
}

fn saved(book: &mut Workbook) -> Vec<u8> {
    book.save_to_buffer().expect("saved")
}

#[test]
fn merged_cells_cover_the_grid_and_places_are_those_of_the_sheet() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("办事清单").expect("named");
    let plain = Format::new();
    sheet
        .merge_range(0, 1, 0, 3, "某省清单", &plain)
        .expect("merged");
    for (column, title) in ["主项", "子项", "编码"].iter().enumerate() {
        let column = u16::try_from(column).expect("few") + 1;
        sheet.write(2, column, *title).expect("written");
    }
    sheet
        .merge_range(3, 1, 4, 1, "一、甲\n乙", &plain)
        .expect("merged");
    sheet.write(3, 2, "丙").expect("written");
    sheet.write(3, 3, "002036001001").expect("written");
    sheet.write(4, 2, "丁").expect("written");
    let table = table(&saved(&mut book));
    assert_eq!(table.medium, Medium::Sheets(vec!["办事清单".into()]));
    assert_eq!(
        texts(&table),
        [
            vec!["某省清单", "", ""],
            vec!["主项", "子项", "编码"],
            vec!["一、甲\n乙", "丙", "002036001001"],
            vec!["", "丁", ""],
        ]
    );
    let rows: Vec<_> = table.rows().collect();
    assert_eq!((rows[2].number, rows[2].part), (4, Some(1)));
    assert_eq!(rows[2].cells[2].column, 4);
    assert_eq!(
        (rows[2].cells[0].span.rows, rows[0].cells[0].span.columns),
        (2, 3)
    );
    assert_eq!(rows[3].cells[0].covered_by, Some((rows[2].line, 2)));
    assert_eq!(rows[0].cells[2].covered_by, Some((rows[0].line, 2)));
    // The empty row two is a gap.
    assert_eq!(table.blocks[1], Block::Gap);
    assert!(table.remarks.is_empty(), "{:?}", table.remarks);
}

#[test]
fn numbers_are_shown_as_the_sheet_shows_them() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, 2_036_001_001_f64).expect("written");
    sheet.write(0, 1, 1).expect("written");
    let percent = Format::new().set_num_format("0.0%");
    sheet
        .write_with_format(0, 2, 0.125, &percent)
        .expect("written");
    let date = Format::new().set_num_format("yyyy\"年\"m\"月\"d\"日\"");
    sheet
        .write_with_format(0, 3, 45_292, &date)
        .expect("written");
    let days = Format::new().set_num_format("0\"个工作日\"");
    sheet.write_with_format(0, 4, 5, &days).expect("written");
    sheet.write(0, 5, true).expect("written");
    let zeros = Format::new().set_num_format("000000000000");
    sheet
        .write_with_format(0, 6, 2_036_001_001_f64, &zeros)
        .expect("written");
    let table = table(&saved(&mut book));
    assert_eq!(
        texts(&table),
        [vec![
            "2036001001",
            "1",
            "12.5%",
            "2024年1月1日",
            "5个工作日",
            "TRUE",
            "002036001001"
        ]]
    );
    assert_eq!(
        oddities(&table),
        [(Oddity::CodeAsNumber, 1, 1, "2036001001")]
    );
}

#[test]
fn what_is_hidden_is_told() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for row in 0..3 {
        sheet.write(row, 0, "甲").expect("written");
        sheet.write(row, 1, "乙").expect("written");
    }
    sheet.set_row_hidden(1).expect("hidden");
    sheet.set_column_hidden(1).expect("hidden");
    let other = book.add_worksheet();
    other.set_name("旧版").expect("named");
    other.write(0, 0, "不读").expect("written");
    other.set_hidden(true);
    let table = table(&saved(&mut book));
    assert_eq!(texts(&table).len(), 3);
    assert_eq!(
        oddities(&table),
        [
            (Oddity::HiddenColumn, 0, 2, "B"),
            (Oddity::HiddenRow, 2, 0, ""),
            (Oddity::HiddenSheet, 0, 0, "旧版"),
        ]
    );
}

#[test]
fn hidden_sheets_are_read_where_no_other_holds_text() {
    let mut book = Workbook::new();
    book.add_worksheet();
    let other = book.add_worksheet();
    other.write(0, 0, "读").expect("written");
    other.write(0, 1, "的").expect("written");
    other.set_very_hidden(true);
    let table = table(&saved(&mut book));
    assert_eq!(texts(&table), [vec!["读", "的"]]);
    assert_eq!(
        oddities(&table),
        [(Oddity::OnlyHiddenSheets, 0, 0, "Sheet2")]
    );
    assert_eq!(table.rows().next().and_then(|row| row.part), Some(2));
}

#[test]
fn overlapping_ranges_formulas_and_unknown_errors_are_told() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for column in 0..3 {
        sheet.write(0, column, "甲").expect("written");
        sheet.write(3, column, "乙").expect("written");
    }
    sheet
        .write(1, 0, Formula::new("=1+1").set_result("2"))
        .expect("written");
    sheet
        .write(1, 2, Formula::new("=\"\"").set_result(""))
        .expect("written");
    let bytes = with_part(&saved(&mut book), "xl/worksheets/sheet1.xml", |xml| {
        let merges =
            "<mergeCells><mergeCell ref=\"A3:B4\"/><mergeCell ref=\"B4:C5\"/></mergeCells>";
        let cell = "<c r=\"B2\"><f>NOW()</f></c><c r=\"C2\" t=\"e\"><v>#SPILL!</v></c>";
        let xml = xml.replace("</sheetData>", &format!("</sheetData>{merges}"));
        let begin = xml.find("<c r=\"C2\"").expect("a cell");
        let end = begin + xml[begin..].find("</c>").expect("its end") + 4;
        format!("{}{cell}{}", &xml[..begin], &xml[end..])
    });
    let table = table(&bytes);
    assert_eq!(texts(&table)[1], ["2", "", "#SPILL!"]);
    assert_eq!(
        oddities(&table),
        [
            (Oddity::OverlappingMerges, 4, 2, "B4:C5"),
            (Oddity::NoFormulaResult, 2, 2, "B2"),
        ]
    );
}

#[test]
fn runs_and_line_breaks_are_kept_and_phonetic_letters_dropped() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "占位").expect("written");
    sheet.write(0, 1, "另").expect("written");
    let bytes = with_part(&saved(&mut book), "xl/sharedStrings.xml", |xml| {
        let item = "<si><r><t>单位</t></r><r><rPr><b/></rPr><t xml:space=\"preserve\">参保\n登记 &amp;_x000D_\n</t></r>\
                    <rPh sb=\"0\" eb=\"2\"><t>ダンイ</t></rPh></si>";
        xml.replacen("<si><t>占位</t></si>", item, 1)
    });
    let bytes = with_part(&bytes, "xl/worksheets/sheet1.xml", |xml| {
        let cell = "<c r=\"C1\" t=\"inlineStr\"><is><t>行内</t></is></c></row>";
        xml.replacen("</row>", cell, 1)
    });
    assert_eq!(texts(&table(&bytes)), [["单位参保\n登记 &", "另", "行内"]]);
}

#[test]
fn text_under_a_table_is_no_row_of_it() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for column in 0..4 {
        sheet.write(0, column, "表头").expect("written");
        sheet.write(1, column, "内容").expect("written");
    }
    let plain = Format::new();
    sheet
        .merge_range(2, 0, 2, 3, "各地可结合实际调整", &plain)
        .expect("merged");
    sheet.write(4, 0, "某局 印发").expect("written");
    let second = book.add_worksheet();
    second.write(0, 0, "另一张表").expect("written");
    second.write(1, 0, "丙").expect("written");
    second.write(1, 1, "丁").expect("written");
    let table = table(&saved(&mut book));
    let prose: Vec<&str> = table
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Prose { text, .. } => Some(text.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(prose, ["各地可结合实际调整", "某局 印发", "另一张表"]);
    assert_eq!(texts(&table).len(), 3);
}

#[test]
fn formatted_rows_without_text_are_nothing_however_many() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "甲").expect("written");
    sheet.write(0, 1, "乙").expect("written");
    let rows = 200_000;
    let bytes = with_part(&saved(&mut book), "xl/worksheets/sheet1.xml", |xml| {
        let mut more = String::new();
        for row in 0..rows {
            more.push_str(&format!(
                "<row r=\"{n}\" s=\"1\" customFormat=\"1\"><c r=\"A{n}\"/></row>",
                n = row + 1_048_577 - rows
            ));
        }
        xml.replace("</sheetData>", &format!("{more}</sheetData>"))
    });
    let table = table(&bytes);
    assert_eq!((table.blocks.len(), texts(&table).len()), (1, 1));
}

#[test]
fn a_stray_text_far_away_makes_no_grid_of_empty_rows() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "甲").expect("written");
    sheet.write(0, 1, "乙").expect("written");
    sheet.write(1_048_575, 0, "丙").expect("written");
    sheet.write(1_048_575, 3, "丁").expect("written");
    let table = table(&saved(&mut book));
    assert_eq!(table.blocks.len(), 3);
    assert_eq!(table.rows().last().map(|row| row.number), Some(1_048_576));
}

#[test]
fn a_grid_beyond_the_limit_is_refused() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for row in 0..10 {
        sheet.write(row, 16_383, "甲").expect("written");
        sheet.write(row, 0, "乙").expect("written");
    }
    let limits = Limits {
        cells: 100_000,
        ..Limits::default()
    };
    let bytes = saved(&mut book);
    assert_eq!(
        read(&bytes, &limits),
        Err(ReadError::TooManyCells { limit: 100_000 })
    );
}

#[test]
fn macros_are_told_and_not_run() {
    let mut book = Workbook::new();
    book.add_worksheet().write(0, 0, "甲").expect("written");
    let bytes = saved(&mut book);
    let mut writer = ZipWriter::new_append(Cursor::new(bytes)).expect("opened");
    writer
        .start_file("xl/vbaProject.bin", SimpleFileOptions::default())
        .expect("begun");
    writer.write_all(b"macro").expect("written");
    let bytes = writer.finish().expect("finished").into_inner();
    assert_eq!(oddities(&table(&bytes)), [(Oddity::Macros, 0, 0, "")]);
}

#[test]
fn broken_and_hostile_workbooks_are_refused_by_name() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for row in 0..200 {
        sheet.write(row, 0, format!("{row}")).expect("written");
    }
    let bytes = saved(&mut book);
    let kind = Kind::Xlsx;
    let limits = Limits::default();
    let cut = &bytes[..bytes.len() - 40];
    assert_eq!(
        read_document(cut, "xlsx", None, &limits),
        Err(ReadError::Truncated { kind })
    );
    let mut damaged = bytes.clone();
    let middle = damaged.len() / 2;
    damaged[middle] ^= 0xff;
    damaged[middle + 1] ^= 0xff;
    let error = read_document(&damaged, "XLSX", None, &limits).expect_err("damaged");
    assert!(matches!(error, ReadError::Damaged { .. }), "{error:?}");

    let small = Limits {
        unpacked: 1000,
        ..Limits::default()
    };
    assert_eq!(
        read(&bytes, &small),
        Err(ReadError::TooLargeUnpacked { limit: 1000 })
    );
    let bomb = with_part(&bytes, "xl/styles.xml", |_| " ".repeat(40 << 20));
    let error = read(&bomb, &limits).expect_err("a bomb");
    assert!(matches!(error, ReadError::TooDense { .. }), "{error:?}");
}
