//! Documents that are broken, huge or hostile: each costs only itself, is named, and says what to do.

use std::fs::{self, File};
use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use rust_xlsxwriter::{Format, Workbook};
use serde_json::Value;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::book::workbook;
use crate::programs::{heyan, passes, python, said};
use crate::{LISTS, beside_its_profile};

/// The list as a workbook.
fn list() -> Vec<u8> {
    let text = fs::read(LISTS[0]).expect("a list");
    let table = heyan::read::read(&text, None).expect("a table");
    workbook(&table, &[])
}

/// A packed document with one of its parts changed.
fn altered(packed: &[u8], part: &str, change: impl Fn(String) -> String) -> Vec<u8> {
    let mut from = ZipArchive::new(Cursor::new(packed)).expect("packed");
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..from.len() {
        let mut file = from.by_index(index).expect("a part");
        let name = file.name().expect("a name").into_owned();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).expect("read");
        if name == part {
            let text = String::from_utf8(bytes).expect("text");
            bytes = change(text).into_bytes();
        }
        to.start_file(name, SimpleFileOptions::default())
            .expect("begun");
        to.write_all(&bytes).expect("written");
    }
    to.finish().expect("finished").into_inner()
}

fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        to.start_file(*name, SimpleFileOptions::default())
            .expect("begun");
        to.write_all(text.as_bytes()).expect("written");
    }
    to.finish().expect("finished").into_inner()
}

/// A document of Word whose tables lie within one another.
fn nested(depth: usize) -> Vec<u8> {
    let open = "<w:tbl><w:tr><w:tc>".repeat(depth);
    let close = "<w:p/></w:tc></w:tr></w:tbl>".repeat(depth);
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{open}{close}</w:body></w:document>"
    );
    let types = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
    let links = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>";
    packed(&[
        ("[Content_Types].xml", types),
        ("_rels/.rels", links),
        ("word/document.xml", &body),
    ])
}

/// A sheet of a million rows that hold nothing but a format.
fn empty_rows() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let bold = Format::new().set_bold();
    sheet.write_blank(0, 0, &bold).expect("written");
    sheet.write_blank(1_048_575, 5, &bold).expect("written");
    book.save_to_buffer().expect("a workbook")
}

/// The report of a check of a folder.
fn checked(folder: &Path) -> (Value, String) {
    let out = folder.join("report");
    let lists = folder.join("lists");
    let (code, stdout, stderr) = said(
        heyan()
            .args(["check", "--fail-on", "never", "--format", "json", "--out"])
            .arg(&out)
            .arg(&lists),
    );
    assert_eq!(code, 0, "{stdout}{stderr}");
    let report = fs::read_to_string(out.join("report.json")).expect("a report");
    (serde_json::from_str(&report).expect("JSON"), stderr)
}

#[test]
fn what_is_broken_huge_or_hostile_costs_only_itself() {
    let folder = tempfile::tempdir().expect("a folder");
    let lists = folder.path().join("lists");
    beside_its_profile(LISTS[0], &lists);
    let book = list();
    let write = |name: &str, bytes: &[u8]| fs::write(lists.join(name), bytes).expect("written");
    write("empty.xlsx", b"");
    write("truncated.xlsx", &book[..book.len() / 2]);
    write("truncated.zip", &packed(&[("list.txt", "1\t2\n")])[..40]);
    write("nothing.zip", &packed(&[]));
    write("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 no document");
    write("binary.dat", &[0, 159, 146, 150, 0, 1, 2, 3]);
    write("nested.docx", &nested(10_000));
    write("rows.xlsx", &empty_rows());
    write("text.pdf", b"%PDF-1.7\nnothing follows");
    let huge = File::create(lists.join("huge.txt")).expect("created");
    huge.set_len(500 << 20).expect("a sparse file");
    let begun = Instant::now();
    let (report, stderr) = checked(folder.path());
    assert!(begun.elapsed() < Duration::from_secs(120));
    // The list beside them is read.
    assert_eq!(report["regions"].as_array().map(Vec::len), Some(1));
    let named = |key: &str, name: &str| {
        let all = report[key].as_array().expect("a table").iter();
        all.filter(|one| one["path"] == name).count()
    };
    for name in [
        "empty.xlsx",
        "truncated.xlsx",
        "truncated.zip",
        "nothing.zip",
        "old.doc",
        "binary.dat",
        "nested.docx",
        "text.pdf",
        "huge.txt",
    ] {
        assert_eq!(named("not_read", name), 1, "{name}: {stderr}");
        assert!(stderr.contains(name), "{name}: {stderr}");
    }
    assert_eq!(
        named("not_read", "rows.xlsx") + named("not_lists", "rows.xlsx"),
        1
    );
    for refusal in report["not_read"].as_array().expect("a table") {
        let remedy = refusal["remedy"].as_str().expect("a remedy");
        assert!(!remedy.is_empty(), "{refusal}");
    }
}

/// A packed document with one more part.
fn with_part(packed: &[u8], name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut to = ZipWriter::new_append(Cursor::new(packed.to_vec())).expect("packed");
    to.start_file(name, SimpleFileOptions::default())
        .expect("begun");
    to.write_all(bytes).expect("written");
    to.finish().expect("finished").into_inner()
}

#[test]
fn a_workbook_with_a_password_is_named_and_one_with_macros_is_read() {
    let Some(mut python) = python("msoffcrypto") else {
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    let lists = folder.path().join("lists");
    beside_its_profile(LISTS[0], &lists);
    let plain = folder.path().join("plain.xlsx");
    fs::write(&plain, list()).expect("written");
    let locked = lists.join("locked.xlsx");
    let script = "import msoffcrypto.format.ooxml as o, sys\n\
                  o.OOXMLFile(open(sys.argv[1], 'rb')).encrypt('密码p', open(sys.argv[2], 'wb'))";
    passes(python.args(["-c", script]).arg(&plain).arg(&locked));
    let macros = with_part(&list(), "xl/vbaProject.bin", b"not run");
    fs::write(lists.join("macros.xlsm"), macros).expect("written");
    let (report, stderr) = checked(folder.path());
    let refused = &report["not_read"];
    assert_eq!(refused.as_array().map(Vec::len), Some(1), "{stderr}");
    assert_eq!(refused[0]["path"], "locked.xlsx");
    let reason = refused[0]["reason"].as_str().expect("a reason");
    assert!(
        reason.contains("密码") || reason.contains("加密"),
        "{reason}"
    );
    assert_eq!(report["regions"].as_array().map(Vec::len), Some(2));
    let findings = report["findings"].as_array().expect("findings");
    let noted = findings
        .iter()
        .find(|one| one["file"] == "macros.xlsm" && one["rule"] == "macros-ignored");
    assert!(noted.is_some(), "{stderr}");
}

#[test]
fn what_only_goes_by_another_name_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let lists = folder.path().join("lists");
    let text = fs::read_to_string(beside_its_profile(LISTS[0], &lists)).expect("a list");
    let rows = text.lines().count();
    assert!(rows > 10);
    let write = |name: &str, bytes: &[u8]| fs::write(lists.join(name), bytes).expect("written");
    let book = list();
    write("LIST.XLSX", &book);
    write("workbook.csv", &book);
    write("no-extension", &book);
    let table = heyan::read::read(text.as_bytes(), None).expect("a table");
    let cells = table.rows().map(|row| {
        let cells = row
            .cells
            .iter()
            .map(|cell| format!("<td>{}</td>", cell.text));
        format!("<tr>{}</tr>", cells.collect::<String>())
    });
    let page = format!(
        "<html><head><meta charset=\"gb2312\"></head><body><table>{}</table></body></html>",
        cells.collect::<String>()
    );
    write("page.xls", &encoding_rs::GBK.encode(&page).0);
    let merged = altered(&book, "xl/worksheets/sheet1.xml", |text| {
        let ranges = "<mergeCells count=\"2\"><mergeCell ref=\"L1:M2\"/><mergeCell ref=\"M2:N3\"/></mergeCells><pageMargins";
        text.replacen("<pageMargins", ranges, 1)
    });
    write("overlap.xlsx", &merged);
    let (report, stderr) = checked(folder.path());
    assert_eq!(report["not_read"], serde_json::json!([]), "{stderr}");
    let regions = report["regions"].as_array().expect("regions");
    assert_eq!(regions.len(), 6, "{stderr}");
    let items = |region: &Value| region["read_items"].as_u64();
    assert!(
        regions
            .iter()
            .all(|region| items(region) == items(&regions[0]))
    );
    let findings = report["findings"].as_array().expect("findings");
    let overlapping = findings.iter().find(|one| one["rule"] == "merges-overlap");
    let overlapping = overlapping.expect("a finding");
    assert_eq!(overlapping["file"], "overlap.xlsx");
}

#[test]
fn what_lies_beside_a_list_is_no_list_and_no_alarm() {
    let folder = tempfile::tempdir().expect("a folder");
    let lists = folder.path().join("lists");
    beside_its_profile(LISTS[0], &lists);
    let letter = "关于印发《医疗保障经办政务服务事项清单》的通知\n\n各师市医疗保障局：\n";
    fs::write(lists.join("通知.txt"), letter).expect("written");
    fs::write(lists.join("公章.png"), b"\x89PNG\r\n\x1a\n picture").expect("written");
    let form = "姓名\t证件号码\t电话\n\t\t\n";
    fs::write(lists.join("申请表.txt"), form).expect("written");
    let (report, stderr) = checked(folder.path());
    assert_eq!(report["not_read"], serde_json::json!([]), "{stderr}");
    let beside = report["not_lists"].as_array().expect("a table");
    let names: Vec<_> = beside
        .iter()
        .filter_map(|one| one["path"].as_str())
        .collect();
    assert_eq!(names, ["公章.png", "申请表.txt", "通知.txt"]);
    assert!(beside.iter().all(|one| one["reason"] != ""));
    assert!(stderr.contains("不是清单"), "{stderr}");
}

#[test]
fn the_newest_of_two_versions_is_checked_and_the_older_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let lists = folder.path().join("lists");
    let path = beside_its_profile(LISTS[0], &lists);
    fs::copy(&path, lists.join("清单20230301.txt")).expect("copied");
    fs::rename(&path, lists.join("清单20240915.txt")).expect("renamed");
    let (report, stderr) = checked(folder.path());
    let regions = report["regions"].as_array().expect("regions");
    assert_eq!(regions.len(), 1, "{stderr}");
    assert_eq!(regions[0]["file"], "清单20240915.txt");
    assert_eq!(report["versions"][0]["older"][0], "清单20230301.txt");
    assert!(stderr.contains("清单20230301.txt"), "{stderr}");
}
