//! How well lists are read, measured against labels made by hand.
//!
//! ```sh
//! cargo run --release --example accuracy                        # the bundled lists
//! cargo run --release --example accuracy -- citations           # and every difference in one field
//! cargo run --release --example accuracy -- all LISTS LABELS    # other lists with labels of their own
//! ```

use std::collections::BTreeMap;
use std::error::Error;
use std::io::{Write, stdout};
use std::path::{Path, PathBuf};

use heyan::normalise::fold;
use heyan::report::ItemRow;
use heyan::run::{Done, Job, clock, run};

/// A field that is compared: its name, how to take it from a row that was read, and how sure the
/// row is of it.
type Field = (&'static str, fn(&ItemRow) -> String, fn(&ItemRow) -> f64);

const FIELDS: [Field; 8] = [
    (
        "main_code",
        |row| row.main_code.clone(),
        |row| row.certainties.main_code,
    ),
    ("code", |row| row.code.clone(), |row| row.certainties.code),
    ("name", |row| row.name.clone(), |row| row.certainties.name),
    (
        "materials_count",
        |row| {
            row.materials_count
                .map(|count| count.to_string())
                .unwrap_or_default()
        },
        |row| row.certainties.materials,
    ),
    (
        "time_limit",
        |row| row.time_limit.clone(),
        |row| row.certainties.limit,
    ),
    (
        "steps",
        |row| row.steps.clone(),
        |row| row.certainties.steps,
    ),
    (
        "basis",
        |row| row.basis.to_owned(),
        |row| row.certainties.basis,
    ),
    (
        "citations",
        |row| row.citations.clone(),
        |row| row.certainties.citations,
    ),
];

/// Lower ends of the bands of certainty.
const BANDS: [f64; 5] = [0.95, 0.9, 0.8, 0.6, 0.0];

/// Counts of one field of one list.
#[derive(Default, Clone, Copy)]
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

impl Score {
    fn add(&mut self, other: Self) {
        self.told += other.told;
        self.right += other.right;
        self.hopeless += other.hopeless;
        self.left += other.left;
    }
}

/// Everything that is counted over all lists.
#[derive(Default)]
struct Totals {
    fields: BTreeMap<&'static str, Score>,
    /// By band: values stated, and of these right.
    bands: [(usize, usize); BANDS.len()],
    /// Limits, articles and document numbers stated that the label does not have.
    invented: usize,
    /// Findings of origin `document` about a value that was read wrongly.
    blamed: usize,
    labels: usize,
    found: usize,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let shown = arguments.next().unwrap_or_default();
    let lists = arguments.next().unwrap_or_else(|| "seeds".to_owned());
    let labels = arguments.next().unwrap_or_else(|| "tests/gold".to_owned());
    let job = Job::over(
        vec![PathBuf::from(lists)],
        clock("2026-11-22T08:30:00+08:00")?,
    );
    let done = run(&job, &mut |_, _, _| true)?;
    let mut out = stdout().lock();
    line(&mut out, "list", "rows", |field| field.to_owned())?;
    let mut totals = Totals::default();
    for gold in files(Path::new(&labels))? {
        measure(&mut out, &gold, &done, &shown, &mut totals)?;
    }
    summary(&mut out, &totals)
}

/// Measures one list and prints its line.
fn measure(
    out: &mut impl Write,
    gold: &Path,
    done: &Done,
    shown: &str,
    totals: &mut Totals,
) -> Result<(), Box<dyn Error>> {
    let list = gold.file_stem().unwrap_or_default().to_string_lossy();
    let mut scores: BTreeMap<&str, Score> = BTreeMap::new();
    let (mut labels, mut found) = (0, 0);
    for label in csv::Reader::from_path(gold)?.deserialize() {
        let label: BTreeMap<String, String> = label?;
        labels += 1;
        let mut same = done.items.iter().filter(|row| {
            row.file.contains(list.as_ref())
                && row.level == label["level"]
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
        for (field, value, certainty) in FIELDS {
            let compared = Compared::new(&label[field], &value(row));
            scores.entry(field).or_default().add(compared.score());
            totals.count(&compared, certainty(row), field);
            if compared.wrong() {
                totals.blamed += blames(done, row, field);
            }
            if compared.differs() && (shown == field || shown == "all") {
                writeln!(
                    out,
                    "  {list} {} {} {field} {:.2}\n    {}\n    {}",
                    row.level,
                    label["seq"],
                    certainty(row),
                    compared.truth,
                    compared.read
                )?;
            }
        }
    }
    let rows = format!("{found}/{labels}");
    line(out, &list, &rows, |field| {
        let score = scores.get(field).copied().unwrap_or_default();
        format!("{}/{}", score.right, score.told)
    })?;
    for (field, score) in scores {
        totals
            .fields
            .entry(field_name(field))
            .or_default()
            .add(score);
    }
    totals.labels += labels;
    totals.found += found;
    Ok(())
}

/// A label beside what was read.
struct Compared {
    truth: String,
    read: String,
    hopeless: bool,
    left: bool,
}

impl Compared {
    fn new(truth: &str, read: &str) -> Self {
        let lost = |text: &str| text == "unreadable" || text.replace("<=?", "").contains('?');
        Self {
            hopeless: lost(truth),
            left: read.is_empty() || read.contains("unreadable"),
            truth: plain(truth),
            read: plain(read),
        }
    }

    fn score(&self) -> Score {
        Score {
            told: usize::from(!self.hopeless),
            right: usize::from(!self.hopeless && self.truth == self.read),
            hopeless: usize::from(self.hopeless),
            left: usize::from(self.hopeless && self.left),
        }
    }

    fn differs(&self) -> bool {
        if self.hopeless {
            !self.left
        } else {
            self.truth != self.read
        }
    }

    /// Whether something is stated that is not so.
    fn wrong(&self) -> bool {
        self.differs() && !self.left
    }
}

impl Totals {
    fn count(&mut self, compared: &Compared, certainty: f64, field: &str) {
        // A value that says nothing is no claim; an empty label is one (nothing is printed).
        if !compared.left || compared.truth == compared.read {
            let band = BANDS.iter().position(|low| certainty >= *low);
            let band = &mut self.bands[band.unwrap_or(BANDS.len() - 1)];
            band.0 += 1;
            band.1 += usize::from(!compared.differs());
        }
        if matches!(field, "time_limit" | "citations") && !compared.hopeless {
            let known = numbers(&compared.truth);
            let stated = numbers(&compared.read);
            self.invented += stated.iter().filter(|n| !known.contains(n)).count();
        }
    }
}

/// Findings that blame the document for the value of a field.
fn blames(done: &Done, row: &ItemRow, field: &str) -> usize {
    let about = match field {
        "materials_count" => "materials",
        "citations" => "basis",
        other => other,
    };
    done.report
        .findings
        .iter()
        .filter(|finding| {
            finding.file == row.file
                && finding.level == row.level
                && finding.seq == row.seq.map(|seq| seq.to_string()).unwrap_or_default()
                && finding.field == about
                && finding.origin == "document"
        })
        .count()
}

fn summary(out: &mut impl Write, totals: &Totals) -> Result<(), Box<dyn Error>> {
    let percent = |part: usize, whole: usize| match whole {
        0 => "-".to_owned(),
        _ => format!("{:.1} %", 100.0 * part as f64 / whole as f64),
    };
    let of = |field: &str| totals.fields.get(field).copied().unwrap_or_default();
    line(out, "all, share read", "", |field| {
        percent(of(field).right, of(field).told)
    })?;
    line(out, "untold, left unread", "", |field| {
        format!("{}/{}", of(field).left, of(field).hopeless)
    })?;
    let mut all = Score::default();
    for score in totals.fields.values() {
        all.add(*score);
    }
    writeln!(
        out,
        "\nrows found once: {}",
        percent(totals.found, totals.labels)
    )?;
    writeln!(
        out,
        "fields equal to the truth: {} ({} of {})",
        percent(all.right, all.told),
        all.right,
        all.told
    )?;
    writeln!(
        out,
        "fields no reader can tell, left unread: {} ({} of {})",
        percent(all.left, all.hopeless),
        all.left,
        all.hopeless
    )?;
    writeln!(
        out,
        "numbers stated that are not in the document: {}",
        totals.invented
    )?;
    writeln!(
        out,
        "findings of origin `document` on a value read wrongly: {}",
        totals.blamed
    )?;
    writeln!(out, "\ncertainty     stated   right")?;
    let mut high = f64::INFINITY;
    for (low, (stated, right)) in BANDS.iter().zip(totals.bands) {
        let band = if high.is_infinite() {
            format!("{low:.2} to 1.00")
        } else {
            format!("{low:.2} to {high:.2}")
        };
        writeln!(out, "{band} {stated:>7} {:>8}", percent(right, stated))?;
        high = *low;
    }
    Ok(())
}

fn line(
    out: &mut impl Write,
    head: &str,
    rows: &str,
    cell: impl Fn(&str) -> String,
) -> std::io::Result<()> {
    write!(out, "{head:<20} {rows:>9}")?;
    for (field, ..) in FIELDS {
        write!(out, " {:>15}", cell(field))?;
    }
    writeln!(out)
}

fn field_name(name: &str) -> &'static str {
    FIELDS
        .iter()
        .map(|(field, ..)| *field)
        .find(|field| *field == name)
        .unwrap_or_default()
}

/// The numbers in a text.
fn numbers(text: &str) -> Vec<&str> {
    text.split(|letter: char| !letter.is_ascii_digit())
        .filter(|digits| !digits.is_empty())
        .collect()
}

/// The label files of a folder.
fn files(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut lists = Vec::new();
    for entry in std::fs::read_dir(folder)? {
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
