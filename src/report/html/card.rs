//! One finding as the page shows it: its rule's title, its place in words, and the two values with
//! the characters that differ marked. Owns the comparison of short values; refuses markup.

use similar::{Algorithm, DiffOp, capture_diff_slices, get_diff_ratio};

use crate::report::view::{FindingView, RuleView};
use crate::report::words::{Words, fill};

/// Longest value, in characters, whose differences are marked: beyond it the marks scatter over a
/// paragraph and hide more than they show.
const COMPARED_CHARS: usize = 80;

/// Least likeness of two values that are marked; below it they are simply two different values.
const LEAST_RATIO: f32 = 0.35;

/// A finding with what the template needs beside it.
pub(super) struct Card<'a> {
    pub finding: &'a FindingView,
    /// Title of the rule, or its id where the rule set does not know it.
    pub title: &'a str,
    /// Whether the national value was derived and must not be shown as official.
    pub derived: bool,
    /// File and line, page, row and column.
    pub place: String,
    pub found: Vec<Piece>,
    pub expected: Vec<Piece>,
}

/// A stretch of a value.
pub(super) struct Piece {
    pub text: String,
    /// Whether it is absent from the other value.
    pub differs: bool,
}

impl<'a> Card<'a> {
    pub fn new(finding: &'a FindingView, rule: Option<&'a RuleView>, words: &Words) -> Self {
        let (found, expected) = compare(&finding.found, &finding.expected);
        Card {
            finding,
            title: rule.map_or(finding.rule.as_str(), |rule| &rule.title),
            derived: finding.known == "derived",
            place: place(finding, words),
            found,
            expected,
        }
    }

    pub fn is_reading(&self) -> bool {
        self.finding.origin == "reading"
    }

    /// Whether there is anything to say about what the finding is about.
    pub fn has_item(&self) -> bool {
        let f = self.finding;
        [&f.level, &f.seq, &f.code, &f.name]
            .iter()
            .any(|text| !text.is_empty())
    }
}

/// Where the finding stands, leaving out what is not known of it.
fn place(finding: &FindingView, words: &Words) -> String {
    let mut parts = Vec::new();
    match (finding.file.as_str(), finding.line.as_str()) {
        ("", "") => {}
        ("", line) => parts.push(fill(words.line_of, line)),
        (file, "") => parts.push(file.to_owned()),
        (file, line) => parts.push(format!("{file}:{line}")),
    }
    if !finding.page.is_empty() {
        parts.push(fill(words.page_at, &finding.page));
    }
    match (finding.row.as_str(), finding.column.as_str()) {
        ("", "") => {}
        (row, "") => parts.push(fill(words.row_at, row)),
        ("", column) => parts.push(fill(words.column_at, column)),
        (row, column) => parts.push(fill(words.cell_at, row).replace("{m}", column)),
    }
    parts.join(words.pause)
}

/// Cuts two values into pieces, marking what only one of them has. Long, empty, equal and altogether
/// different values stay in one piece.
pub(super) fn compare(found: &str, expected: &str) -> (Vec<Piece>, Vec<Piece>) {
    let old: Vec<char> = found.chars().collect();
    let new: Vec<char> = expected.chars().collect();
    let plain = |text: &[char]| {
        (1..=COMPARED_CHARS).contains(&text.len()) && !text.iter().any(|c| c.is_control())
    };
    if found == expected || !plain(&old) || !plain(&new) {
        return (whole(found), whole(expected));
    }
    let ops = capture_diff_slices(Algorithm::Myers, &old, &new);
    if get_diff_ratio(&ops, old.len(), new.len()) < LEAST_RATIO {
        return (whole(found), whole(expected));
    }
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for op in &ops {
        let differs = !matches!(op, DiffOp::Equal { .. });
        for (side, text) in [
            (&mut left, &old[op.old_range()]),
            (&mut right, &new[op.new_range()]),
        ] {
            if !text.is_empty() {
                side.push(Piece {
                    text: text.iter().collect(),
                    differs,
                });
            }
        }
    }
    (left, right)
}

fn whole(text: &str) -> Vec<Piece> {
    if text.trim().is_empty() {
        return Vec::new();
    }
    vec![Piece {
        text: text.to_owned(),
        differs: false,
    }]
}
