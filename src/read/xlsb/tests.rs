//! The workbook is put together record by record after MS-XLSB; `tests/formats` reads what SheetJS
//! writes.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::super::{Limits, Medium, Oddity, RawTable, ReadError, read_document};

fn record(kind: u16, content: &[u8]) -> Vec<u8> {
    let mut bytes = match u8::try_from(kind) {
        Ok(low) if low < 0x80 => vec![low],
        _ => vec![(kind & 0x7f) as u8 | 0x80, (kind >> 7) as u8],
    };
    let mut length = content.len();
    while length >= 0x80 {
        bytes.push((length & 0x7f) as u8 | 0x80);
        length >>= 7;
    }
    bytes.push(length as u8);
    bytes.extend_from_slice(content);
    bytes
}

fn words(numbers: &[u32]) -> Vec<u8> {
    numbers
        .iter()
        .flat_map(|number| number.to_le_bytes())
        .collect()
}

fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut bytes = words(&[u32::try_from(units.len()).expect("short")]);
    bytes.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
    bytes
}

fn row(number: u32, hidden: bool) -> Vec<u8> {
    let mut content = words(&[number, 0]);
    content.extend([0, 0, 0, if hidden { 0x10 } else { 0 }, 0, 0, 0, 0, 0]);
    record(0, &content)
}

fn text(column: u32, text: &str) -> Vec<u8> {
    let mut content = words(&[column, 0]);
    content.extend(wide(text));
    record(6, &content)
}

fn real(column: u32, style: u32, value: f64) -> Vec<u8> {
    let mut content = words(&[column, style]);
    content.extend(value.to_le_bytes());
    record(5, &content)
}

fn workbook() -> Vec<u8> {
    let mut sheet = record(0x81, &[]);
    sheet.extend(record(0x94, &words(&[0, 3, 0, 2])));
    sheet.extend(record(0x186, &[]));
    let mut hidden = words(&[2, 2, 2304, 0]);
    hidden.extend([1, 0]);
    sheet.extend(record(0x3c, &hidden));
    sheet.extend(record(0x187, &[]));
    sheet.extend(record(0x91, &[]));
    sheet.extend([row(0, false), text(0, "某省清单")].concat());
    sheet.extend(
        [
            row(1, false),
            text(0, "甲\n乙"),
            text(1, "丙"),
            real(2, 1, 5.0),
        ]
        .concat(),
    );
    sheet.extend([row(2, true), text(1, "丁"), real(2, 0, 2_036_001_001.0)].concat());
    sheet.extend(record(0x92, &[]));
    sheet.extend(record(0xb0, &words(&[0, 0, 0, 2])));
    sheet.extend(record(0xb0, &words(&[1, 2, 0, 0])));
    sheet.extend(record(0x82, &[]));

    let mut styles = record(0x267, &words(&[1]));
    styles.extend(record(
        0x2c,
        &[vec![164, 0], wide("0\"个工作日\"")].concat(),
    ));
    styles.extend(record(0x268, &[]));
    styles.extend(record(0x269, &words(&[2])));
    styles.extend(record(0x2f, &[0, 0, 0, 0]));
    styles.extend(record(0x2f, &[0, 0, 164, 0]));
    styles.extend(record(0x26a, &[]));

    let mut book = record(0x83, &[]);
    let bundle = [words(&[0, 1]), wide("rId1"), wide("办事清单")].concat();
    book.extend(record(0x9c, &bundle));
    book.extend(record(0x90, &[]));
    book.extend(record(0x9d, &[]));
    book.extend(record(0x84, &[]));

    let relation = "<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.bin\"/></Relationships>";
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in [
        ("[Content_Types].xml", b"<Types/>".as_slice()),
        ("xl/_rels/workbook.bin.rels", relation.as_bytes()),
        ("xl/workbook.bin", &book),
        ("xl/styles.bin", &styles),
        ("xl/worksheets/sheet1.bin", &sheet),
    ] {
        writer
            .start_file(name, SimpleFileOptions::default())
            .expect("begun");
        writer.write_all(part).expect("written");
    }
    writer.finish().expect("finished").into_inner()
}

fn texts(table: &RawTable) -> Vec<Vec<&str>> {
    table
        .rows()
        .map(|row| row.cells.iter().map(|cell| cell.text.as_str()).collect())
        .collect()
}

#[test]
fn cells_merges_formats_and_what_is_hidden() {
    let table = read_document(&workbook(), "xlsb", None, &Limits::default()).expect("a table");
    assert_eq!(table.medium, Medium::Sheets(vec!["办事清单".into()]));
    assert_eq!(
        texts(&table),
        [
            ["某省清单", "", ""],
            ["甲\n乙", "丙", "5个工作日"],
            ["", "丁", "2036001001"],
        ]
    );
    let rows: Vec<_> = table.rows().collect();
    assert_eq!(
        (rows[0].cells[0].span.columns, rows[1].cells[0].span.rows),
        (3, 2)
    );
    assert_eq!(rows[2].cells[0].covered_by, Some((rows[1].line, 1)));
    let remarks: Vec<_> = table
        .remarks
        .iter()
        .map(|r| (r.oddity, r.row, r.column))
        .collect();
    assert_eq!(
        remarks,
        [
            (Oddity::HiddenColumn, 0, 3),
            (Oddity::HiddenRow, 3, 0),
            (Oddity::CodeAsNumber, 3, 3),
        ]
    );
}

#[test]
fn a_string_that_is_not_in_the_table_of_strings_is_damage() {
    let bytes = workbook();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes.as_slice())).expect("an archive");
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut member = archive.by_index(index).expect("a member");
        let name = member.name().expect("a name").into_owned();
        let mut part = Vec::new();
        std::io::copy(&mut member, &mut part).expect("unpacked");
        if name.ends_with("sheet1.bin") {
            let at = part
                .windows(2)
                .position(|two| two == [0x92, 0x01])
                .expect("the end");
            part.splice(at..at, record(7, &words(&[0, 0, 99])));
        }
        writer
            .start_file(name, SimpleFileOptions::default())
            .expect("begun");
        writer.write_all(&part).expect("written");
    }
    let bytes = writer.finish().expect("finished").into_inner();
    let error = read_document(&bytes, "xlsb", None, &Limits::default()).expect_err("damaged");
    assert!(matches!(error, ReadError::Damaged { .. }), "{error:?}");
}
