use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

fn packed(names: &[&str]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for name in names {
        let stored =
            SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        writer.start_file(*name, stored).expect("begun");
        if *name == "mimetype" {
            writer
                .write_all(b"application/vnd.oasis.opendocument.spreadsheet")
                .expect("written");
        }
    }
    writer.finish().expect("finished").into_inner()
}

#[test]
fn packed_documents_are_told_by_their_members() {
    let types = "[Content_Types].xml";
    for (names, kind) in [
        (vec![types, "xl/workbook.xml"], Kind::Xlsx),
        (vec![types, "xl/workbook.bin"], Kind::Xlsb),
        (vec![types, "word/document.xml"], Kind::Docx),
        (vec![types, "ppt/presentation.xml"], Kind::Presentation),
        (vec!["mimetype", "content.xml"], Kind::Ods),
        (vec!["mimetype", "encrypted-package"], Kind::EncryptedOffice),
        (vec!["OFD.xml", "Doc_0/Document.xml"], Kind::Ofd),
        (vec!["清单.xlsx"], Kind::Zip),
        (vec![], Kind::Zip),
    ] {
        // Whatever it is called.
        assert_eq!(Kind::of(&packed(&names), "csv"), kind, "{names:?}");
    }
}

#[test]
fn a_packed_document_that_breaks_off_is_still_told() {
    let whole = packed(&["[Content_Types].xml", "xl/workbook.xml"]);
    assert_eq!(Kind::of(&whole[..whole.len() - 30], ""), Kind::Xlsx);
    assert_eq!(Kind::of(b"PK\x03\x04", "DOCX"), Kind::Docx);
    assert_eq!(Kind::of(b"PK\x03\x04", ""), Kind::Zip);
}

#[test]
fn old_documents_are_told_by_their_streams() {
    let book = include_bytes!("../../../tests/fixtures/readers/list.xls");
    assert_eq!(Kind::of(book, "doc"), Kind::Xls);
    let locked = include_bytes!("../../../tests/fixtures/readers/locked.xlsx");
    assert_eq!(Kind::of(locked, "xlsx"), Kind::EncryptedOffice);
    // The beginning of one, of which only the name is left.
    assert_eq!(Kind::of(&book[..100], "WPS"), Kind::Doc);
    assert_eq!(Kind::of(&book[..100], "et"), Kind::Xls);
    assert_eq!(Kind::of(&book[..100], "bin"), Kind::Unknown);
}

#[test]
fn pages_are_told_from_text_whatever_they_are_called() {
    let utf16: Vec<u8> = "\u{feff}<HTML>"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    for page in [
        b"<!DOCTYPE html><p>".as_slice(),
        b"\xef\xbb\xbf\n <html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><table>",
        b"<!-- saved --><meta charset=gb2312><body>",
        b"<table><tr><td>\xb1\xe0\xc2\xeb",
        b"<?xml version=\"1.0\"?><html>",
        &utf16,
    ] {
        assert_eq!(Kind::of(page, "xls"), Kind::Html, "{page:?}");
    }
    assert_eq!(Kind::of(b"\xe5\x89\x8d<table>", "html"), Kind::Html);
    assert_eq!(Kind::of(b"\xe5\x89\x8d\t<table>", "txt"), Kind::Text);
    let sheet = b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"><Table>";
    assert_eq!(Kind::of(sheet, "xls"), Kind::Xml);
    let saved = b"MIME-Version: 1.0\nContent-Type: multipart/related;\n\n<html>";
    assert_eq!(Kind::of(saved, "mht"), Kind::Mhtml);
}

#[test]
fn what_is_not_read_is_named() {
    for (bytes, kind) in [
        (b"%PDF-1.7".as_slice(), Kind::Pdf),
        (b"\n\n%PDF-1.4", Kind::Pdf),
        (b"Rar!\x1a\x07\x01\0", Kind::Archive("RAR")),
        (b"7z\xbc\xaf\x27\x1c", Kind::Archive("7z")),
        (b"\x89PNG\r\n\x1a\n", Kind::Picture("PNG")),
        (b"\xff\xd8\xff\xe0", Kind::Picture("JPEG")),
        (b"{\\rtf1\\ansi", Kind::Rtf),
        ("序号\t子项".as_bytes(), Kind::Text),
        (b"", Kind::Text),
    ] {
        assert_eq!(Kind::of(bytes, "xlsx"), kind);
    }
    let rar = Kind::Archive("RAR");
    assert!(rar.remedy().contains("ZIP") && rar.to_string() == "RAR");
}
