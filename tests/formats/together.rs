//! A folder as an office keeps it: every list in every format, and an archive of them all, read by
//! the program in one run.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::programs::{heyan, said};
use crate::{beside_its_profile, forms};

/// The lists of the bundled catalog, by their folder.
fn seeds() -> Vec<(String, String)> {
    let mut seeds = Vec::new();
    for folder in fs::read_dir("seeds").expect("the bundled lists") {
        let folder = folder.expect("an entry").path();
        for file in fs::read_dir(&folder).expect("a folder") {
            let file = file.expect("an entry").path();
            if file.extension().is_some_and(|extension| extension == "txt") {
                let region = folder.file_name().expect("a name").to_string_lossy();
                seeds.push((region.into_owned(), file.to_string_lossy().into_owned()));
            }
        }
    }
    seeds.sort();
    seeds
}

/// Packs a folder, its `source.toml`s with it.
fn pack(folder: &Path) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.expect("an entry");
        if !entry.file_type().is_file() {
            continue;
        }
        let inner = entry.path().strip_prefix(folder).expect("within");
        let name = format!("各地清单/{}", inner.to_string_lossy());
        let options = SimpleFileOptions::default();
        archive.start_file(name, options).expect("begun");
        let bytes = fs::read(entry.path()).expect("read");
        archive.write_all(&bytes).expect("written");
    }
    archive.finish().expect("finished").into_inner()
}

#[test]
fn a_folder_of_all_formats_and_an_archive_of_it_give_equal_results_for_each() {
    let folder = tempfile::tempdir().expect("a folder");
    let lists = folder.path().join("lists");
    for (region, list) in seeds() {
        let inner = tempfile::tempdir().expect("a folder");
        beside_its_profile(&list, inner.path());
        forms(&list, inner.path());
        fs::create_dir_all(&lists).expect("created");
        copy(inner.path(), &lists.join(&region));
    }
    let archive = pack(&lists);
    fs::write(lists.join("all.zip"), archive).expect("written");
    let out = folder.path().join("report");
    let (code, _, stderr) = said(
        heyan()
            .args([
                "check",
                "--fail-on",
                "never",
                "--format",
                "csv,json",
                "--out",
            ])
            .arg(&out)
            .arg(&lists),
    );
    assert_eq!(code, 0, "{stderr}");
    let report = fs::read_to_string(out.join("report.json")).expect("a report");
    let report: serde_json::Value = serde_json::from_str(&report).expect("JSON");
    assert_eq!(report["not_read"], serde_json::json!([]), "{stderr}");
    assert_eq!(report["not_lists"], serde_json::json!([]), "{stderr}");

    let items = by_region(&out.join("items.csv"), &["file", "page", "line", "place"]);
    let findings = by_region(
        &out.join("findings.csv"),
        &["file", "page", "line", "row", "column", "place", "quote"],
    );
    for (what, regions) in [("items", items), ("findings", findings)] {
        assert_eq!(regions.len(), seeds().len(), "{what}");
        for (region, files) in regions {
            // Six texts, one workbook; with an office program six forms more; and all once more
            // from the archive.
            assert!(files.len() >= 16, "{region}: {:?}", files.keys());
            let (first, truth) = files.first_key_value().expect("a file");
            for (file, rows) in &files {
                let other: Vec<_> = truth.symmetric_difference(rows).take(4).collect();
                assert!(
                    other.is_empty(),
                    "{what} of {file} beside {first}: {other:#?}"
                );
            }
        }
    }
}

/// For each region and file the rows of a table, without the columns named.
fn by_region(
    path: &Path,
    without: &[&str],
) -> BTreeMap<String, BTreeMap<String, BTreeSet<String>>> {
    let mut regions: BTreeMap<_, BTreeMap<_, BTreeSet<_>>> = BTreeMap::new();
    let text = fs::read_to_string(path).expect("a table");
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let header = reader.headers().expect("a header").clone();
    let at = |name: &str| {
        header
            .iter()
            .position(|known| known == name)
            .expect("there")
    };
    let (region, file) = (at("region_code"), at("file"));
    for record in reader.records() {
        let record = record.expect("a record");
        let cells = header.iter().zip(&record);
        let kept = cells.filter(|(name, _)| !without.contains(name));
        let row: Vec<String> = kept.map(|(name, cell)| format!("{name}={cell}")).collect();
        regions
            .entry(record[region].to_owned())
            .or_default()
            .entry(record[file].to_owned())
            .or_default()
            .insert(row.join("|"));
    }
    regions
}

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.expect("an entry");
        let target = to.join(entry.path().strip_prefix(from).expect("within"));
        if entry.file_type().is_dir() {
            fs::create_dir_all(target).expect("created");
        } else {
            fs::copy(entry.path(), target).expect("copied");
        }
    }
}
