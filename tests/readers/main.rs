//! Lists in the formats offices keep them in: a list that LibreOffice writes in another format is
//! the same list, and documents that are not what they are called, or that do harm, are refused by
//! name.

use std::fmt::Write as _;
use std::fs;
use std::io::{Cursor, Write as _};
use std::path::Path;
use std::process::Command;

use heyan::read::{Block, Kind, Limits, Oddity, RawTable, ReadError, read_document};
use heyan::recover::{Entry, recover};
use heyan::standard::Standard;
use rust_xlsxwriter::{Format, Workbook};

#[path = "../programs/mod.rs"]
mod programs;

/// A list as a workbook with one sheet: text as text, a title over all columns, and a note under
/// the table.
fn workbook(list: &RawTable) -> Vec<u8> {
    let width = list.rows().map(|row| row.cells.len()).max().expect("rows");
    let last = u16::try_from(width).expect("few columns") - 1;
    let wrap = Format::new().set_text_wrap().set_num_format("@");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("办事清单").expect("named");
    for (row, block) in (0..).zip(&list.blocks) {
        match block {
            Block::Gap => {}
            Block::Prose { text, .. } => {
                sheet
                    .merge_range(row, 0, row, last, text, &wrap)
                    .expect("merged");
            }
            Block::Row(cells) => {
                for (column, cell) in (0..).zip(&cells.cells) {
                    sheet
                        .write_with_format(row, column, &cell.text, &wrap)
                        .expect("written");
                }
            }
        }
    }
    book.save_to_buffer().expect("saved")
}

/// What a list says, without the places where it says so.
fn said(bytes: &[u8], extension: &str) -> String {
    let standard = Standard::load().expect("national data");
    let table = read_document(bytes, extension, None, &Limits::default()).expect("a table");
    let catalog = recover(&table, &standard).expect("a list");
    let mut said = format!("{}\n", catalog.title);
    for note in &catalog.notes {
        let _ = writeln!(said, "note {}", squeezed(&note.text));
    }
    for main in &catalog.mains {
        let _ = writeln!(
            said,
            "main {} {}",
            squeezed(&main.name.text),
            main.code.text
        );
    }
    for item in &catalog.items {
        let _ = writeln!(said, "item of {}", item.main);
        entry(&mut said, &item.entry);
        for business in &item.businesses {
            said.push_str("business\n");
            entry(&mut said, business);
        }
    }
    said
}

fn entry(said: &mut String, entry: &Entry) {
    for (column, value) in &entry.cells {
        let filled = value.filled_from.is_some();
        let _ = writeln!(said, "{column:?} {filled} {}", squeezed(&value.text));
    }
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Has LibreOffice write a workbook in other formats; the bytes of each.
fn converted(book: &[u8], formats: &[(&str, &str)]) -> Option<Vec<Vec<u8>>> {
    let soffice = programs::program("HEYAN_SOFFICE", "soffice")?;
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("list.xlsx");
    fs::write(&file, book).expect("written");
    let profile = format!(
        "-env:UserInstallation=file://{}",
        folder.path().join("profile").display()
    );
    let written = formats.iter().map(|(extension, filter)| {
        let mut command = Command::new(soffice.get_program());
        command
            .arg(&profile)
            .args(["--headless", "--convert-to", filter, "--outdir"]);
        programs::passes(command.arg(folder.path()).arg(&file));
        fs::read(folder.path().join(format!("list.{extension}"))).expect("written")
    });
    Some(written.collect())
}

#[test]
fn the_same_list_in_every_sheet_format_says_the_same() {
    // Lists whose rows are whole: where a dump ran two rows into one, a grid says something else.
    for name in [
        "neimenggu/neimenggu-2023",
        "pingdingshan/pingdingshan-trial",
    ] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("seeds/{name}.txt"));
        let text = fs::read(path).expect("a list");
        let table = read_document(&text, "txt", None, &Limits::default()).expect("a table");
        let book = workbook(&table);
        let expected = said(&text, "txt");
        assert_eq!(said(&book, "xlsx"), expected, "{name} as xlsx");
        let formats = [
            ("ods", "ods"),
            ("xls", "xls:MS Excel 97"),
            ("csv", "csv:Text - txt - csv (StarCalc):44,34,76,1"),
        ];
        let Some(written) = converted(&book, &formats) else {
            return;
        };
        for ((extension, _), bytes) in formats.iter().zip(written) {
            assert_eq!(said(&bytes, extension), expected, "{name} as {extension}");
        }
    }
}

#[test]
fn a_locked_workbook_is_refused_by_name() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/readers/locked.xlsx");
    let bytes = fs::read(path).expect("a workbook");
    let kind = Kind::EncryptedOffice;
    let refused = read_document(&bytes, "xlsx", None, &Limits::default());
    assert_eq!(refused, Err(ReadError::Encrypted { kind }));
}

#[test]
fn a_workbook_is_one_whatever_it_is_called() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "甲").expect("written");
    sheet.write(0, 1, "乙").expect("written");
    let bytes = book.save_to_buffer().expect("saved");
    for extension in ["csv", "XLSX", "", "txt"] {
        let table = read_document(&bytes, extension, None, &Limits::default()).expect("a table");
        assert_eq!(table.rows().count(), 1, "{extension}");
    }
    let empty = read_document(b"", "xlsx", None, &Limits::default());
    assert_eq!(empty, Err(ReadError::Empty));
    let small = Limits {
        bytes: 100,
        ..Limits::default()
    };
    let refused = read_document(&bytes, "xlsx", None, &small);
    assert_eq!(refused, Err(ReadError::TooLarge { limit: 100 }));
}

#[test]
fn a_sheet_of_a_million_empty_rows_costs_nothing() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, 2_036_001_001_u32).expect("written");
    sheet.write(0, 1, "乙").expect("written");
    let bytes = book.save_to_buffer().expect("saved");
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut member = archive.by_index(index).expect("a member");
        let name = member.name().expect("a name").into_owned();
        let mut part = String::new();
        std::io::Read::read_to_string(&mut member, &mut part).expect("text");
        if name.ends_with("sheet1.xml") {
            let mut rows = String::new();
            for row in 2..=1_048_576 {
                let _ = write!(
                    rows,
                    "<row r=\"{row}\" s=\"1\"><c r=\"A{row}\" s=\"1\"/></row>"
                );
            }
            part = part.replace("</sheetData>", &format!("{rows}</sheetData>"));
        }
        let options = zip::write::SimpleFileOptions::default();
        writer.start_file(name, options).expect("begun");
        writer.write_all(part.as_bytes()).expect("written");
    }
    let bytes = writer.finish().expect("finished").into_inner();
    let table = read_document(&bytes, "xlsx", None, &Limits::default()).expect("a table");
    assert_eq!(table.blocks.len(), 1);
    assert_eq!(table.remarks[0].oddity, Oddity::CodeAsNumber);
}
