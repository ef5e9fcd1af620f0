//! The parquet files, read by those who will read them: DuckDB and pandas. The interpreter is that
//! of `HEYAN_PYTHON`, or `python3`; where it lacks the packages the test says so and passes, but with
//! `CI` set it fails.

use std::path::Path;
use std::process::Command;

#[test]
fn duckdb_and_pandas_read_what_the_csv_says() {
    let python = std::env::var("HEYAN_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let packages = Command::new(&python)
        .args(["-c", "import duckdb, pandas, pyarrow"])
        .output();
    let there = packages.is_ok_and(|output| output.status.success());
    assert!(
        there || std::env::var_os("CI").is_none(),
        "{python} has no duckdb, pandas and pyarrow; see .ci/run"
    );
    if !there {
        eprintln!("skipped: {python} has no duckdb, pandas and pyarrow");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("report");
    let status = Command::new(env!("CARGO_BIN_EXE_heyan"))
        .args([
            "check",
            "seeds",
            "-q",
            "--fail-on",
            "never",
            "--format",
            "csv,parquet",
        ])
        .args(["--now", "2026-11-22T08:30:00+08:00", "--out"])
        .arg(&out)
        .status()
        .expect("run");
    assert!(status.success());
    let script = Path::new("tests/parquet.py");
    let output = Command::new(&python)
        .arg(script)
        .arg(&out)
        .output()
        .expect("python");
    assert!(
        output.status.success(),
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}
