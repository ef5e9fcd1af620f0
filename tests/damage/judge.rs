//! What must hold of a damaged list: every item is found once under its main item, every value is
//! the true one or is owned up to be doubtful, no number is stated that is not printed, and no
//! region is blamed for what happened to its text.

use std::fmt;

use heyan::normalise::fold;
use heyan::report::ItemRow;
use heyan::report::view::FindingView;

use crate::table::{Field, Sight, Table, Tag};
use crate::truth::Truth;
use crate::value;

/// A list with what was done to it.
pub struct Case {
    /// Name of its file.
    pub file: String,
    /// What it says.
    pub truth: Truth,
    /// How it is printed now.
    pub table: Table,
}

/// Something that must not be.
#[derive(Debug, Clone)]
pub struct Failure {
    /// Name of the list's file: damage and seed.
    pub file: String,
    /// Number of the item in its list; 0 for the list.
    pub seq: u32,
    /// What is wrong: a value, or `found`, `main`, `line`, `number …`, `blamed …`.
    pub what: String,
    /// What is printed of it.
    pub printed: String,
    /// What it truly says.
    pub truth: String,
    /// What was read.
    pub got: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} item {} {}", self.file, self.seq, self.what)?;
        writeln!(
            f,
            "  printed {}\n  truth   {}\n  got     {}",
            self.printed, self.truth, self.got
        )
    }
}

impl Failure {
    /// All of it on one line: file, item, what, printed, truth and got between tabs.
    pub fn line(&self) -> String {
        let texts = [
            &self.file,
            &self.what,
            &self.printed,
            &self.truth,
            &self.got,
        ];
        let [file, what, printed, truth, got] =
            texts.map(|text| text.replace('\t', "⇥").replace('\n', "⏎"));
        format!("{file}\t{}\t{what}\t{printed}\t{truth}\t{got}", self.seq)
    }
}

/// How many values of a kind were given rightly.
#[derive(Debug, Clone, Copy, Default)]
pub struct Share {
    /// Values.
    pub all: usize,
    /// Of these, given as they truly are.
    pub right: usize,
}

/// Failures, and how much was read of untouched cells and of damaged ones that can be told.
#[derive(Debug, Default)]
pub struct Verdict {
    pub failures: Vec<Failure>,
    pub whole: Share,
    pub told: Share,
}

impl Share {
    /// Counts a value.
    pub fn count(&mut self, right: bool) {
        self.all += 1;
        self.right += usize::from(right);
    }

    /// Rightly given values in a hundred.
    pub fn percent(self) -> usize {
        self.right * 100 / self.all.max(1)
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.right, self.all)
    }
}

impl Verdict {
    /// Notes a failure.
    pub fn fail(
        &mut self,
        case: &Case,
        seq: u32,
        what: &str,
        printed: &str,
        truth: &str,
        got: &str,
    ) {
        self.failures.push(Failure {
            file: case.file.clone(),
            seq,
            what: what.to_owned(),
            printed: printed.to_owned(),
            truth: truth.to_owned(),
            got: got.to_owned(),
        });
    }
}

/// Judges what was read of a list.
pub fn judge(case: &Case, rows: &[&ItemRow], findings: &[&FindingView], verdict: &mut Verdict) {
    let found = items(case, rows, verdict);
    for (index, row) in found.iter().enumerate() {
        let Some(row) = row else { continue };
        let leaves: Vec<usize> = case.truth.items[index].leaves.clone().collect();
        value::judge(case, index, &leaves, row, verdict);
        stands(case, &leaves, row, verdict);
    }
    mains(case, &found, verdict);
    businesses(case, rows, verdict);
    for finding in findings
        .iter()
        .filter(|finding| finding.origin == "document")
    {
        if !excused(case, finding) {
            let what = format!("blamed {}", finding.rule);
            let got = format!(
                "{} {} {}",
                finding.severity, finding.certainty, finding.message
            );
            let seq = finding.seq.parse().unwrap_or(0);
            verdict.fail(case, seq, &what, &finding.quote, &finding.expected, &got);
        }
    }
}

/// The row of each item: by its code, else by its number, else by its name.
fn items<'a>(case: &Case, rows: &[&'a ItemRow], verdict: &mut Verdict) -> Vec<Option<&'a ItemRow>> {
    let mut free: Vec<&ItemRow> = rows
        .iter()
        .copied()
        .filter(|row| row.level == "item")
        .collect();
    let mut found: Vec<Option<&ItemRow>> = vec![None; case.truth.items.len()];
    for pass in 0..3 {
        for (index, item) in case.truth.items.iter().enumerate() {
            let alike = |row: &&ItemRow| match pass {
                0 => row.code == item.code,
                1 => row.seq == Some(item.seq),
                _ => fold(&row.name) == fold(&item.name),
            };
            if found[index].is_none()
                && let Some(at) = free.iter().position(alike)
            {
                found[index] = Some(free.remove(at));
            }
        }
    }
    for (item, row) in case.truth.items.iter().zip(&found) {
        if row.is_none() {
            let truth = format!("{} {}", item.code, item.name);
            let printed = printed_row(case, item.leaves.start);
            verdict.fail(case, item.seq, "found", &printed, &truth, "no row");
        }
    }
    for row in free {
        too_many(case, row, verdict);
    }
    found
}

/// Business rows are found once, each under its item.
fn businesses(case: &Case, rows: &[&ItemRow], verdict: &mut Verdict) {
    let mut free: Vec<&ItemRow> = rows
        .iter()
        .copied()
        .filter(|row| row.level == "business")
        .collect();
    for (index, leaf) in case.truth.leaves.iter().enumerate() {
        let Some((seq, name)) = &leaf.business else {
            continue;
        };
        let at = free.iter().position(|row| row.seq == Some(*seq));
        let at = at.or_else(|| free.iter().position(|row| fold(&row.name) == fold(name)));
        let Some(at) = at else {
            let printed = printed_row(case, index);
            verdict.fail(case, *seq, "found", &printed, name, "no business row");
            continue;
        };
        let row = free.remove(at);
        value::judge(case, leaf.item, &[index], row, verdict);
        stands(case, &[index], row, verdict);
    }
    for row in free {
        too_many(case, row, verdict);
    }
}

fn too_many(case: &Case, row: &ItemRow, verdict: &mut Verdict) {
    let got = format!(
        "one too many: {} {:?} {} {}",
        row.level, row.seq, row.code, row.name
    );
    verdict.fail(case, row.seq.unwrap_or(0), "found", "", "", &got);
}

/// A row is pointed to where something of it stands.
fn stands(case: &Case, leaves: &[usize], row: &ItemRow, verdict: &mut Verdict) {
    let lines: Vec<u64> = leaves
        .iter()
        .flat_map(|leaf| case.table.lines_of(*leaf))
        .collect();
    let line = row.line.unwrap_or(0);
    if !lines.is_empty() && !lines.contains(&line) {
        let got = format!("line {line} {}", row.name);
        verdict.fail(
            case,
            row.seq.unwrap_or(0),
            "line",
            "",
            &format!("{lines:?}"),
            &got,
        );
    }
}

/// Items of one main item are read under one, and those of two under two; a main item whose cell
/// is whole has its name.
fn mains(case: &Case, found: &[Option<&ItemRow>], verdict: &mut Verdict) {
    let of = |row: &ItemRow| (fold(&row.main_name), row.main_code.clone());
    let items = &case.truth.items;
    for index in 1..found.len() {
        let (Some(before), Some(row)) = (found[index - 1], found[index]) else {
            continue;
        };
        let together = items[index - 1].main == items[index].main;
        if together != (of(before) == of(row)) {
            let main = &case.truth.mains[items[index].main];
            let truth = format!("{} {} (together: {together})", main.code, main.name);
            let got = format!("{:?} after {:?}", of(row), of(before));
            let printed = printed_row(case, items[index].leaves.start);
            verdict.fail(case, items[index].seq, "main", &printed, &truth, &got);
        }
    }
    for (item, row) in items.iter().zip(found) {
        let tag = (Field::MainName, item.main);
        let Some(row) = row.filter(|_| case.table.seen(tag).sight == Sight::Whole) else {
            continue;
        };
        let name = &case.truth.mains[item.main].name;
        if fold(&row.main_name) != fold(name) {
            let printed = value::printed(&case.table, &[tag]);
            verdict.fail(case, item.seq, "main", &printed, name, &row.main_name);
        }
    }
}

/// Whether a finding that blames the document may do so: it is about what the region does in its
/// own way, or the damage left a text that a region may as well have published.
fn excused(case: &Case, finding: &FindingView) -> bool {
    let hit = |tag: Tag| {
        let mark = case.table.seen(tag);
        // A limit is told by the letters it has left, and no region is blamed for one it lost.
        mark.sight == Sight::Misprint || mark.thin && tag.0 != Field::Limit
    };
    let of_item = |index: &usize| {
        let item = &case.truth.items[*index];
        let mut leaves = item.leaves.clone();
        let leaf = |at: usize| &case.truth.leaves[at];
        match (finding.rule.as_str(), finding.field.as_str()) {
            ("item-extra" | "code-national-series", _) => item.local,
            ("steps-differ", _) => leaves.any(|at| leaf(at).own_steps),
            ("materials-exceed", _) => {
                leaves.any(|at| leaf(at).materials.to_string() == finding.found)
            }
            (_, "code" | "main_code") => {
                hit((Field::Code, *index)) || hit((Field::MainCode, item.main))
            }
            (_, "name") => hit((Field::Name, *index)) || hit((Field::MainName, item.main)),
            (_, "time_limit") => leaves.any(|at| hit((Field::Limit, at))),
            (_, "steps") => leaves.any(|at| hit((Field::Steps, at))),
            (_, "materials") => leaves.any(|at| hit((Field::Materials, at))),
            (_, "basis") => leaves.any(|at| hit((Field::Basis, leaf(at).block))),
            _ => false,
        }
    };
    // What a whole list does well, does in its own way, or cannot be compared by, is no blame.
    const NEUTRAL: [&str; 3] = [
        "limit-stricter",
        "limit-unmeasured",
        "main-code-column-missing",
    ];
    // A letter lost from a form's name may as well be the region's.
    let papers = (0..case.truth.leaves.len()).any(|leaf| hit((Field::Materials, leaf)));
    if finding.rule == "materials-form" && papers {
        return true;
    }
    NEUTRAL.contains(&finding.rule.as_str()) || concerned(case, finding).iter().any(of_item)
}

/// The items a finding is about.
fn concerned(case: &Case, finding: &FindingView) -> Vec<usize> {
    let seq = finding.seq.parse::<u32>().ok();
    let about = |index: &usize| {
        let item = &case.truth.items[*index];
        let business = |leaf: usize| case.truth.leaves[leaf].business.as_ref().map(|own| own.0);
        match finding.level.as_str() {
            "main" => u32::try_from(item.main + 1).ok() == seq,
            "business" => item.leaves.clone().any(|leaf| business(leaf) == seq),
            _ => Some(item.seq) == seq || finding.code == item.code,
        }
    };
    (0..case.truth.items.len()).filter(about).collect()
}

fn printed_row(case: &Case, leaf: usize) -> String {
    let rows = case.table.rows().filter(|row| row.leaves.contains(&leaf));
    let texts = rows.map(|row| {
        let cells: Vec<&str> = row.cells.iter().map(|cell| cell.text.as_str()).collect();
        cells.join("\t")
    });
    texts.collect::<Vec<_>>().join("\n")
}
