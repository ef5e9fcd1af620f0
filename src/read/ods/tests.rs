use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::super::{Kind, Limits, Medium, Oddity, RawTable, ReadError, read_document};
use super::read;

fn packed(content: &str, manifest: &str) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let kind = "application/vnd.oasis.opendocument.spreadsheet";
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, part) in [
        ("mimetype", kind),
        ("content.xml", content),
        ("META-INF/manifest.xml", manifest),
    ] {
        writer.start_file(name, stored).expect("begun");
        writer.write_all(part.as_bytes()).expect("written");
    }
    writer.finish().expect("finished").into_inner()
}

fn workbook(tables: &str) -> Vec<u8> {
    packed(
        &format!(
            "<office:document-content><office:automatic-styles>\
             <style:style style:name=\"off\" style:family=\"table\"><style:table-properties table:display=\"false\"/></style:style>\
             </office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
        ),
        "<manifest:manifest/>",
    )
}

fn table(tables: &str) -> RawTable {
    read_document(&workbook(tables), "", None, &Limits::default()).expect("a table")
}

fn texts(table: &RawTable) -> Vec<Vec<&str>> {
    table
        .rows()
        .map(|row| row.cells.iter().map(|cell| cell.text.as_str()).collect())
        .collect()
}

#[test]
fn spans_repeats_and_what_is_hidden() {
    let table = table(
        "<table:table table:name=\"办事清单\">\
         <table:table-column table:number-columns-repeated=\"2\"/><table:table-column table:visibility=\"collapse\"/>\
         <table:table-header-rows><table:table-row><table:table-cell table:number-columns-repeated=\"3\" office:value-type=\"string\"><text:p>表头</text:p></table:table-cell></table:table-row></table:table-header-rows>\
         <table:table-row table:number-rows-repeated=\"5\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>\
         <table:table-row><table:table-cell table:number-rows-spanned=\"2\"><text:p>甲<text:span>乙</text:span><text:s text:c=\"2\"/>&amp;&#x4e19;</text:p><text:p>丁<text:line-break/>戊</text:p></table:table-cell><table:table-cell><text:p>1</text:p></table:table-cell><table:table-cell><office:annotation><text:p>批注</text:p></office:annotation><text:p>己</text:p></table:table-cell></table:table-row>\
         <table:table-row table:visibility=\"filter\"><table:covered-table-cell><text:p>旧</text:p></table:covered-table-cell><table:table-cell table:number-columns-repeated=\"2\"><text:p>庚</text:p></table:table-cell></table:table-row>\
         <table:table-row table:number-rows-repeated=\"1048569\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>\
         </table:table>\
         <table:table table:name=\"旧版\" table:style-name=\"off\"><table:table-row><table:table-cell><text:p>不读</text:p></table:table-cell></table:table-row></table:table>",
    );
    assert_eq!(
        table.medium,
        Medium::Sheets(vec!["办事清单".into(), "旧版".into()])
    );
    assert_eq!(
        texts(&table),
        [
            ["表头", "表头", "表头"],
            ["甲乙  &丙\n丁\n戊", "1", "己"],
            ["", "庚", "庚"],
        ]
    );
    let rows: Vec<_> = table.rows().collect();
    assert_eq!((rows[1].number, rows[2].number), (7, 8));
    assert_eq!(rows[2].cells[0].covered_by, Some((rows[1].line, 1)));
    let remarks: Vec<_> = table
        .remarks
        .iter()
        .map(|remark| {
            (
                remark.oddity,
                remark.row,
                remark.column,
                remark.text.as_str(),
            )
        })
        .collect();
    assert_eq!(
        remarks,
        [
            (Oddity::HiddenColumn, 0, 3, "C"),
            (Oddity::HiddenRow, 8, 0, ""),
            (Oddity::HiddenSheet, 0, 0, "旧版"),
        ]
    );
}

#[test]
fn long_numbers_keep_their_digits_and_values_stand_in_for_texts() {
    let cell = |attributes: &str, text: &str| {
        let text = if text.is_empty() {
            String::new()
        } else {
            format!("<text:p>{text}</text:p>")
        };
        format!("<table:table-cell {attributes}>{text}</table:table-cell>")
    };
    let cells = [
        cell(
            "office:value-type=\"float\" office:value=\"2036001001\"",
            "2.04E+09",
        ),
        cell(
            "office:value-type=\"float\" office:value=\"2036001001\"",
            "002036001001",
        ),
        cell(
            "office:value-type=\"percentage\" office:value=\"0.5\"",
            "50%",
        ),
        cell("office:value-type=\"float\" office:value=\"3\"", ""),
        cell(
            "office:value-type=\"date\" office:date-value=\"2024-01-01\"",
            "",
        ),
        cell(
            "office:value-type=\"boolean\" office:boolean-value=\"true\"",
            "",
        ),
        cell("table:formula=\"of:=NOW()\"", ""),
        cell("", "完"),
    ];
    let table = table(&format!(
        "<table:table table:name=\"一\"><table:table-row>{}</table:table-row></table:table>",
        cells.concat()
    ));
    assert_eq!(
        texts(&table),
        [[
            "2036001001",
            "002036001001",
            "50%",
            "3",
            "2024-01-01",
            "TRUE",
            "",
            "完"
        ]]
    );
    let oddities: Vec<_> = table.remarks.iter().map(|r| (r.oddity, r.column)).collect();
    assert_eq!(
        oddities,
        [(Oddity::CodeAsNumber, 1), (Oddity::NoFormulaResult, 7)]
    );
}

#[test]
fn hostile_and_encrypted_workbooks_are_refused_by_name() {
    let many = workbook(
        "<table:table table:name=\"一\"><table:table-row table:number-rows-repeated=\"1048576\">\
         <table:table-cell table:number-columns-repeated=\"16384\"><text:p>甲</text:p></table:table-cell></table:table-row></table:table>",
    );
    let limits = Limits {
        cells: 5000,
        ..Limits::default()
    };
    assert_eq!(
        read(&many, &limits),
        Err(ReadError::TooManyCells { limit: 5000 })
    );
    let locked = packed(
        "\u{1}\u{2}",
        "<manifest:manifest><manifest:encryption-data/></manifest:manifest>",
    );
    let kind = Kind::Ods;
    assert_eq!(read(&locked, &limits), Err(ReadError::Encrypted { kind }));
    let open = packed(
        "<a><table:table><table:table-row><table:table-cell>",
        "<m/>",
    );
    assert_eq!(read(&open, &limits), Err(ReadError::Truncated { kind }));
}
