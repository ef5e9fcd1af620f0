//! How well the bundled lists are read, measured against labels made by hand (tests/gold).
//!
//! ```sh
//! cargo run --release --example accuracy             # the table
//! cargo run --release --example accuracy -- steps    # and every difference in one field
//! ```

use std::collections::BTreeMap;
use std::error::Error;
use std::io::{Write, stdout};
use std::path::{Path, PathBuf};

use heyan::lang::Lang;
use heyan::normalise::fold;
use heyan::report::ItemRow;
use heyan::run::{Job, clock, run};

/// Fields that are compared, with how to take them from a row that was read.
type Field = (&'static str, fn(&ItemRow) -> String);

const FIELDS: [Field; 8] = [
    ("main_code", |row| row.main_code.clone()),
    ("code", |row| row.code.clone()),
    ("name", |row| row.name.clone()),
    ("materials_count", |row| {
        row.materials_count
            .map(|count| count.to_string())
            .unwrap_or_default()
    }),
    ("time_limit", |row| row.time_limit.clone()),
    ("steps", |row| row.steps.clone()),
    ("basis", |row| row.basis.to_owned()),
    ("citations", |row| row.citations.clone()),
];

/// Counts of one field of one list.
#[derive(Default)]
struct Score {
    /// Labels that a careful reader can tell.
    told: usize,
    /// Of these, read alike.
    right: usize,
    /// Labels that no reader can tell.
    hopeless: usize,
    /// Of these, left unread.
    left: usize,
}

fn main() -> Result<(), Box<dyn Error>> {
    let shown = std::env::args().nth(1);
    let job = Job {
        inputs: vec![PathBuf::from("seeds")],
        rules: None,
        edition: None,
        lang: Lang::Zh,
        now: clock("2026-11-22T08:30:00+08:00")?,
    };
    let done = run(&job, &mut |_, _, _| {})?;
    let mut out = stdout().lock();
    write!(out, "{:<20} {:>9}", "list", "rows")?;
    for (field, _) in FIELDS {
        write!(out, " {field:>15}")?;
    }
    writeln!(out)?;
    let mut all: BTreeMap<&str, Score> = BTreeMap::new();
    for gold in lists()? {
        let list = gold
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let rows: Vec<&ItemRow> = done
            .items
            .iter()
            .filter(|row| row.file.contains(&list))
            .collect();
        let mut scores: BTreeMap<&str, Score> = BTreeMap::new();
        let (mut labels, mut found) = (0, 0);
        for label in csv::Reader::from_path(&gold)?.deserialize() {
            let label: BTreeMap<String, String> = label?;
            labels += 1;
            let mut same = rows.iter().filter(|row| {
                row.level == label["level"]
                    && row.seq.map(|seq| seq.to_string()).unwrap_or_default() == label["seq"]
            });
            let (Some(row), None) = (same.next(), same.next()) else {
                writeln!(
                    out,
                    "  {list}: {} {} was not read once",
                    label["level"], label["seq"]
                )?;
                continue;
            };
            found += 1;
            for (field, get) in FIELDS {
                let (truth, read) = (plain(&label[field]), plain(&get(row)));
                let score = scores.entry(field).or_default();
                let hopeless =
                    truth == "unreadable" || truth.contains('?') && !truth.contains("<=?");
                if hopeless {
                    score.hopeless += 1;
                    score.left += usize::from(read.contains("unreadable") || read.is_empty());
                    continue;
                }
                score.told += 1;
                score.right += usize::from(truth == read);
                if truth != read && shown.as_deref() == Some(field) {
                    writeln!(
                        out,
                        "  {list} {} {}\n    {truth}\n    {read}",
                        row.level, label["seq"]
                    )?;
                }
            }
        }
        write!(out, "{list:<20} {:>9}", format!("{found}/{labels}"))?;
        for (field, _) in FIELDS {
            let score = scores.remove(field).unwrap_or_default();
            write!(out, " {:>15}", format!("{}/{}", score.right, score.told))?;
            let total = all.entry(field).or_default();
            total.told += score.told;
            total.right += score.right;
            total.hopeless += score.hopeless;
            total.left += score.left;
        }
        writeln!(out)?;
    }
    write!(out, "{:<20} {:>9}", "all, share read", "")?;
    for (field, _) in FIELDS {
        let score = &all[field];
        let share = score.right as f64 / score.told.max(1) as f64;
        write!(out, " {:>15}", format!("{:.1} %", 100.0 * share))?;
    }
    write!(out, "\n{:<20} {:>9}", "untold, left unread", "")?;
    for (field, _) in FIELDS {
        let score = &all[field];
        write!(out, " {:>15}", format!("{}/{}", score.left, score.hopeless))?;
    }
    writeln!(out)?;
    Ok(())
}

/// The labelled lists.
fn lists() -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut lists = Vec::new();
    for entry in std::fs::read_dir(Path::new("tests/gold"))? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "csv") {
            lists.push(path);
        }
    }
    lists.sort();
    Ok(lists)
}

/// Folded for comparison: widths, white space and the form of brackets do not count.
fn plain(text: &str) -> String {
    fold(text)
}
