//! Two values side by side, with the characters that only one of them has marked. Owns the bounds
//! within which marks help; refuses markup.

use similar::{Algorithm, DiffOp, capture_diff_slices, get_diff_ratio};

/// Longest value, in characters, whose differences are marked: beyond it the marks scatter over a
/// paragraph and hide more than they show.
const COMPARED_CHARS: usize = 80;

/// Least likeness of two values that are marked; below it they are simply two different values.
const LEAST_RATIO: f32 = 0.35;

/// A stretch of a value.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub text: String,
    /// Whether it is absent from the other value.
    pub differs: bool,
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
