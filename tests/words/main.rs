//! Word-processor files and web pages as real programs write them: python-docx writes a bundled
//! list, LibreOffice saves it anew as a document and as a web page, and all are read alike.

#[path = "../programs/mod.rs"]
mod programs;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use heyan::read::{self, Limits, Medium, RawTable};
use programs::{passes, program, python};

/// The document in the two forms LibreOffice gives it.
fn saved_anew(mut soffice: Command, document: &Path) -> (PathBuf, PathBuf) {
    let folder = document.parent().expect("a folder");
    let out = folder.join("anew");
    let home = format!("-env:UserInstallation=file://{}/home", folder.display());
    for form in ["docx:MS Word 2007 XML", "html"] {
        let mut soffice = Command::new(soffice.get_program());
        soffice.args([&home, "--headless", "--convert-to", form, "--outdir"]);
        passes(soffice.arg(&out).arg(document));
    }
    soffice.arg("--version");
    let name = document
        .file_stem()
        .expect("a name")
        .to_string_lossy()
        .into_owned();
    (
        out.join(format!("{name}.docx")),
        out.join(format!("{name}.html")),
    )
}

fn docx(path: &Path) -> RawTable {
    let bytes = fs::read(path).expect("the document");
    read::read_document(&bytes, "docx", None, &Limits::default()).expect("a table")
}

fn html(path: &Path) -> RawTable {
    let bytes = fs::read(path).expect("the page");
    read::read_document(&bytes, "html", None, &Limits::default()).expect("a table")
}

/// Rows of texts without the white space that programs set otherwise.
fn texts(table: &RawTable) -> Vec<Vec<String>> {
    let bare = |text: &str| text.split_whitespace().collect::<String>();
    let row = |row: &read::RawRow| row.cells.iter().map(|cell| bare(&cell.text)).collect();
    table.rows().map(row).collect()
}

/// Rows, columns and lines of the cells that cover others.
fn merges(table: &RawTable) -> Vec<(u32, u32, u32, u32)> {
    let cells = table.rows().flat_map(|row| {
        let spans = row.cells.iter().filter(|cell| cell.covered_by.is_none());
        spans.map(|cell| (row.number, cell.column, cell.span.rows, cell.span.columns))
    });
    cells
        .filter(|(_, _, rows, columns)| rows * columns > 1)
        .collect()
}

#[test]
fn a_list_is_the_same_in_every_form() {
    let (Some(mut python), Some(soffice)) = (python("docx"), program("HEYAN_SOFFICE", "soffice"))
    else {
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let seed = fs::read(root.join("seeds/xpcc/xpcc-2023.txt")).expect("the list");
    let printed = read::read(&seed, None).expect("a table");
    let width = printed.rows().map(|row| row.cells.len()).max().unwrap_or(0);
    let mut rows: Vec<Vec<String>> = printed
        .rows()
        .map(|row| row.cells.iter().map(|cell| cell.text.clone()).collect())
        .collect();
    for row in &mut rows {
        row.resize(width, String::new());
    }
    let json = serde_json::to_string(&rows).expect("JSON");
    fs::write(at("rows.json"), json).expect("written");
    python.arg(root.join("tests/words/list.py"));
    passes(python.args([at("rows.json"), at("list.docx"), at("form.docx")]));

    let bare = |text: &String| text.split_whitespace().collect::<String>();
    let expected: Vec<Vec<String>> = rows
        .iter()
        .map(|row| row.iter().map(bare).collect())
        .collect();
    let written = docx(&at("list.docx"));
    assert_eq!(written.medium, Medium::Tables);
    assert_eq!(texts(&written), expected);
    assert!(merges(&written).len() > 10, "{:?}", merges(&written));
    let (anew, page) = saved_anew(soffice, &at("list.docx"));
    for table in [docx(&anew), html(&page)] {
        assert_eq!(texts(&table), expected);
        assert_eq!(merges(&table), merges(&written));
    }
}

#[test]
fn a_form_is_read_as_a_person_labelled_it() {
    let (Some(mut python), Some(soffice)) = (python("docx"), program("HEYAN_SOFFICE", "soffice"))
    else {
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    fs::write(at("rows.json"), "[[\"\"]]").expect("written");
    python.arg(root.join("tests/words/list.py"));
    passes(python.args([at("rows.json"), at("list.docx"), at("form.docx")]));
    let (anew, page) = saved_anew(soffice, &at("form.docx"));
    for table in [docx(&at("form.docx")), docx(&anew), html(&page)] {
        assert_eq!(
            texts(&table),
            [
                ["序号", "子项", "办理材料", "办理时限", ""],
                ["", "", "", "法定", "承诺"],
                ["1", "参保登记", "1.身份证2.户口簿", "20日", "10日"],
                ["2", "转移接续", "材料:甲原件乙复印件", "即时", "即时"],
            ]
        );
        assert_eq!(
            merges(&table),
            [(1, 1, 2, 1), (1, 2, 2, 1), (1, 3, 2, 1), (1, 4, 1, 2)]
        );
    }
}
