//! One list in every format: the same items and the same findings, whatever office program wrote it.
//! The programs are those that provinces use, or behave like them: LibreOffice without a window.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use heyan::report::csv;
use heyan::run::{Done, Job, clock, run};

mod book;
mod grid;
mod hostile;
mod nights;
mod office;
#[path = "../programs/mod.rs"]
mod programs;
mod together;
mod writing;

/// A clean list, and two that OCR damaged: one with merged business rows, one with page furniture.
const LISTS: [&str; 3] = [
    "seeds/xpcc/xpcc-2023.txt",
    "seeds/ningxia/ningxia-2024.txt",
    "seeds/jiangsu/jiangsu-2024.txt",
];
/// Columns of `items.csv` that say where a thing stands.
const PLACES: [&str; 4] = ["file", "page", "line", "place"];

/// Reads documents with the library.
fn read(path: &Path) -> Done {
    let moment = clock("2026-11-22T08:30:00+08:00").expect("a moment");
    run(
        &Job::over(vec![path.to_path_buf()], moment),
        &mut |_, _, _| true,
    )
    .expect("a run")
}

/// The rows of `items.csv` without the columns named.
fn items(done: &Done, without: &[&str]) -> Vec<String> {
    let rows = csv::items(&done.items).expect("a table");
    let mut reader = ::csv::Reader::from_reader(rows.as_slice());
    let header = reader.headers().expect("a header").clone();
    let records = reader.records().map(|record| {
        let record = record.expect("a record");
        let cells = header.iter().zip(&record);
        let kept = cells.filter(|(name, _)| !without.contains(name));
        let kept: Vec<String> = kept.map(|(name, cell)| format!("{name}={cell}")).collect();
        kept.join("|")
    });
    records.collect()
}

/// The identities of all findings.
fn ids(done: &Done) -> BTreeSet<String> {
    let ids = done.report.findings.iter();
    ids.map(|finding| format!("{} {}", finding.id, finding.rule))
        .collect()
}

/// Fails with what two readings of a list differ in.
fn assert_alike(name: &str, truth: &Done, other: &Done, without: &[&str]) {
    assert!(
        other.report.not_read.is_empty() && other.report.not_lists.is_empty(),
        "{name}: {:?} {:?}",
        other.report.not_read,
        other.report.not_lists
    );
    let (expected, found) = (items(truth, without), items(other, without));
    for (one, two) in expected.iter().zip(&found) {
        assert_eq!(one, two, "{name}");
    }
    assert_eq!(expected.len(), found.len(), "{name}");
    let (expected, found) = (ids(truth), ids(other));
    let lost: Vec<_> = expected.difference(&found).collect();
    let gained: Vec<_> = found.difference(&expected).collect();
    assert!(
        lost.is_empty() && gained.is_empty(),
        "{name}: lost {lost:?}, gained {gained:?}"
    );
}

/// A folder with a list beside its `source.toml`, both under the names given.
fn beside_its_profile(list: &str, folder: &Path) -> PathBuf {
    fs::create_dir_all(folder).expect("created");
    let profile = Path::new(list).with_file_name("source.toml");
    fs::copy(profile, folder.join("source.toml")).expect("copied");
    let path = folder.join("list.txt");
    fs::copy(list, &path).expect("copied");
    path
}

/// Every form of a list that can be had, each as a file beside the list's `source.toml`.
fn forms(list: &str, folder: &Path) -> Vec<PathBuf> {
    let text = fs::read(list).expect("a list");
    let table = heyan::read::read(&text, None).expect("a table");
    let text = heyan::read::text(&text, None).expect("a text");
    let mut forms = writing::texts(&text, &table, folder);
    let book = folder.join("list.xlsx");
    fs::write(&book, book::workbook(&table, &[])).expect("written");
    forms.extend(office::conversions(&book, folder));
    forms.push(book);
    forms
}

#[test]
fn a_list_is_the_same_in_every_format() {
    for list in LISTS {
        let folder = tempfile::tempdir().expect("a folder");
        let truth = read(&beside_its_profile(list, folder.path()));
        assert!(!truth.items.is_empty());
        for form in forms(list, folder.path()) {
            let name = format!("{list} as {}", form.display());
            assert_alike(&name, &truth, &read(&form), &PLACES);
        }
    }
}

#[test]
fn merged_cells_make_no_other_list_of_it() {
    // What a cell covers is known in a workbook and inferred in a text, so that it is surer there.
    let without = [&PLACES[..], &["certainty"]].concat();
    let folder = tempfile::tempdir().expect("a folder");
    let path = beside_its_profile(LISTS[0], folder.path());
    let table = heyan::read::read(&fs::read(&path).expect("a list"), None).expect("a table");
    let plain = writing::tabbed(&table);
    fs::write(&path, plain).expect("written");
    let truth = read(&path);
    let book = folder.path().join("merged.xlsx");
    let merged = ["主项", "主项编码", "办理材料", "设定依据"];
    fs::write(&book, book::workbook(&table, &merged)).expect("written");
    let mut forms = office::conversions(&book, folder.path());
    forms.push(book);
    for form in forms {
        // A CSV has no spans, and is read as the text.
        let name = form.display().to_string();
        assert_alike(&name, &truth, &read(&form), &without);
    }
}

#[test]
fn places_are_what_the_formats_user_looks_for() {
    let folder = tempfile::tempdir().expect("a folder");
    beside_its_profile(LISTS[0], folder.path());
    for form in forms(LISTS[0], folder.path()) {
        let extension = form.extension().expect("an extension").to_string_lossy();
        let done = read(&form);
        let faulty = done.report.findings.iter();
        let faulty = faulty.filter(|finding| finding.rule == "code-format");
        for finding in faulty {
            let place = finding.place.as_str();
            let fits = match &*extension {
                "xlsx" | "xlsb" | "xls" | "ods" => place.contains('!'),
                "docx" | "html" => place.starts_with('表') && place.contains('行'),
                "pdf" => place.starts_with('第') && place.contains("页表格第"),
                _ => place.starts_with("行 "),
            };
            assert!(fits, "{extension}: {place}");
            assert_eq!(finding.line.is_empty(), !place.starts_with("行 "));
        }
    }
}

/// Writes every form of every list for a look at them: `FORMATS_OUT=folder`.
#[test]
#[ignore = "for a look at the forms"]
fn every_form() {
    let out = PathBuf::from(std::env::var("FORMATS_OUT").expect("FORMATS_OUT=folder"));
    for list in LISTS {
        let region = Path::new(list)
            .parent()
            .and_then(Path::file_name)
            .expect("a region");
        let folder = out.join(region);
        beside_its_profile(list, &folder);
        forms(list, &folder);
    }
}
