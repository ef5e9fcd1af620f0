//! The forms that office programs write of a workbook.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::programs::{absent, passes, program};

/// LibreOffice's name for a Word document, a page of Writer, and a CSV with its charset: 76 is UTF-8,
/// 85 is GB18030.
const FORMS: [(&str, &str, &[&str]); 5] = [
    ("ods", "ods", &[]),
    ("xls", "xls:MS Excel 97", &[]),
    ("html", "html", &[]),
    ("pdf", "pdf", &[]),
    ("csv", "csv:Text - txt - csv (StarCalc):44,34,85,1", &[]),
];

/// The workbook in every form that the office program writes; none where it is not installed.
pub fn conversions(book: &Path, folder: &Path) -> Vec<PathBuf> {
    let to = folder.join("converted");
    let mut forms = Vec::new();
    for (extension, filter, more) in FORMS {
        let Some(form) = converted(book, extension, filter, more, &to) else {
            return forms;
        };
        forms.push(form);
    }
    // A word processor takes the page for its own document.
    let page = to.join(book.with_extension("html").file_name().expect("a name"));
    let writer = ["--infilter=HTML (StarWriter)"];
    forms.extend(converted(
        &page,
        "docx",
        "docx:MS Word 2007 XML",
        &writer,
        &to,
    ));
    forms.extend(binary(book, &to));
    let profile = folder.join("source.toml");
    fs::copy(profile, to.join("source.toml")).expect("copied");
    forms
}

/// A binary workbook, which LibreOffice reads and does not write; SheetJS does.
fn binary(book: &Path, to: &Path) -> Option<PathBuf> {
    let Some(sheets) = env::var_os("HEYAN_SHEETJS").filter(|path| !path.is_empty()) else {
        return absent("SheetJS (@e965/xlsx of npm); name its folder in HEYAN_SHEETJS");
    };
    let form = to.join("list.xlsb");
    let mut node = program("HEYAN_NODE", "node")?;
    passes(
        node.arg("tests/formats/binary.cjs")
            .arg(sheets)
            .arg(book)
            .arg(&form),
    );
    Some(form)
}

/// A file as the office program writes it in another format.
pub fn converted(
    file: &Path,
    extension: &str,
    filter: &str,
    more: &[&str],
    to: &Path,
) -> Option<PathBuf> {
    let mut office = program("HEYAN_SOFFICE", "soffice")?;
    // A profile of its own: two tests at once would share one otherwise, and one would wait for ever.
    let profile = tempfile::tempdir().expect("a folder");
    passes(
        office
            .arg(format!(
                "-env:UserInstallation=file://{}",
                profile.path().display()
            ))
            .arg("--headless")
            .args(more)
            .args(["--convert-to", filter, "--outdir"])
            .arg(to)
            .arg(file),
    );
    let written = to.join(file.with_extension(extension).file_name().expect("a name"));
    assert!(written.is_file(), "{} was not written", written.display());
    Some(written)
}
