//! The workbook and the letters, opened by the office program that their readers use: LibreOffice,
//! without a window. Where it is not installed the tests say so and pass; with `CI` set they fail.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

mod letters;
mod workbook;

const NOW: &str = "2026-11-22T08:30:00+08:00";

/// Runs the check on some lists into `report` of a folder of its own.
fn checked(inputs: &Path, formats: &str, more: &[&str]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("report");
    let output = Command::new(env!("CARGO_BIN_EXE_heyan"))
        .args([
            "check",
            "-q",
            "--fail-on",
            "never",
            "--now",
            NOW,
            "--format",
            formats,
        ])
        .args(more)
        .arg(inputs)
        .arg("--out")
        .arg(&out)
        .output()
        .expect("run");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    (folder, out)
}

/// Whether a program is there; without it a test passes, but not in CI.
fn is_there(program: &str) -> bool {
    let there = Command::new(program).arg("--version").output().is_ok();
    assert!(
        there || std::env::var_os("CI").is_none(),
        "{program} is not installed"
    );
    if !there {
        eprintln!("skipped: {program} is not installed");
    }
    there
}

/// Opens a file in LibreOffice and has it written as something else.
fn converted(file: &Path, to: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    // A profile of its own, so that tests may run side by side.
    let profile = format!(
        "-env:UserInstallation=file://{}/profile",
        folder.path().display()
    );
    let output = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", to, "--outdir"])
        .arg(folder.path())
        .arg(file)
        .output()
        .expect("soffice");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    folder
}

/// A table of the report, each row by its column.
fn table(file: &Path) -> Vec<BTreeMap<String, String>> {
    let text = fs::read_to_string(file).expect("a table");
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    reader
        .deserialize()
        .map(|row| row.expect("a row"))
        .collect()
}

/// Text without white space, which office programs set as they like.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

#[test]
fn two_runs_write_the_same_bytes() {
    let once = checked(Path::new("seeds"), "xlsx,letters,parquet", &[]);
    let again = checked(Path::new("seeds"), "xlsx,letters,parquet", &[]);
    for name in [
        "findings.xlsx",
        "letters/15.docx",
        "letters/index.csv",
        "findings.parquet",
        "items.parquet",
    ] {
        let bytes = |report: &Path| fs::read(report.join(name)).expect("a file");
        assert_eq!(bytes(&once.1), bytes(&again.1), "{name}");
    }
}

#[test]
fn a_report_of_one_format_is_replaced_by_the_next() {
    for formats in ["xlsx", "letters", "parquet"] {
        let (_folder, report) = checked(Path::new("seeds/xpcc"), formats, &[]);
        let output = Command::new(env!("CARGO_BIN_EXE_heyan"))
            .args([
                "check",
                "-q",
                "--fail-on",
                "never",
                "--format",
                formats,
                "seeds/xpcc",
                "--out",
            ])
            .arg(&report)
            .output()
            .expect("run");
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
}
