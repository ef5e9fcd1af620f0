//! Steps by likeness: a damaged print explained by the sequences that other items have.
//!
//! Owns the orders in which a scan reads a narrow cell. Refuses a print that no sequence explains
//! to the last letter, and one that two explain equally well.

use std::collections::BTreeSet;

use super::explain::{LIKELY, MOST, Print, SURE};
use super::{CLOSING, OPENING, REMARK, Reading, SPECKS, Steps, named};
use crate::normalise::text::{half_width, squeeze};

/// Reads a damaged print by the sequences that other items have: those of the same list and the
/// national ones. The one is taken that explains every printed letter, line by line or column by
/// column, with at least one letter of each step and half of all its letters; `None` where no
/// candidate does, or two do equally well.
///
/// Certainty 0.85, and 0.8 where more than a third of the letters are lost or some mistaken.
pub fn steps_like(text: &str, candidates: &[Vec<String>]) -> Option<Reading<Steps>> {
    let plain: String = squeeze(text)
        .chars()
        .map(half_width)
        .filter(|&c| !SPECKS.contains(c))
        .collect();
    let plain = REMARK.replace_all(&plain, "");
    let print = Print::of(plain.trim_end_matches(['。', ';', '.', ':']))?;
    let shown = print.letters.len();
    let distinct: BTreeSet<&Vec<String>> = candidates.iter().collect();
    let mut best: Option<(usize, &Vec<String>)> = None;
    let mut tied = false;
    for steps in distinct {
        let total: usize = steps.iter().map(|step| step.chars().count()).sum();
        if !is_known(steps)
            || shown > total
            || shown * 2 < total
            || !explains(steps, &print.letters)
        {
            continue;
        }
        match best {
            Some((least, _)) if total > least => {}
            Some((least, _)) if total == least => tied = true,
            _ => (best, tied) = (Some((total, steps)), false),
        }
    }
    let (total, steps) = best.filter(|_| !tied)?;
    let little = shown * 3 < total * 2 || print.mistaken > 0;
    let certainty = if little { LIKELY } else { SURE };
    Some(Reading::new(Steps::Listed(steps.clone()), certainty))
}

/// Whether a candidate is a whole sequence and no slice of one.
fn is_known(steps: &[String]) -> bool {
    (2..=MOST).contains(&steps.len())
        && steps.first().is_some_and(|first| named(OPENING, first))
        && steps.last().is_some_and(|last| named(CLOSING, last))
}

/// Whether some order of reading the steps' letters gives the printed ones, each step showing.
fn explains(steps: &[String], printed: &[char]) -> bool {
    let letters: Vec<Vec<char>> = steps.iter().map(|step| step.chars().collect()).collect();
    let runs = (0..1usize << (steps.len() - 1)).map(|joined| in_runs(&letters, joined));
    let widths = (2..=6).map(|width| in_lines(&letters, width));
    runs.chain(widths)
        .any(|order| is_left_of(&order, printed, steps.len()))
}

/// The letters with the number of their step: steps joined by a set bit stand in one block that
/// is read column by column.
fn in_runs(steps: &[Vec<char>], joined: usize) -> Vec<(char, usize)> {
    let mut order = Vec::new();
    let mut from = 0;
    while from < steps.len() {
        let mut to = from + 1;
        while to < steps.len() && joined >> (to - 1) & 1 == 1 {
            to += 1;
        }
        let columns = steps[from..to].iter().map(Vec::len).max().unwrap_or(0);
        for column in 0..columns {
            for (step, letters) in steps.iter().enumerate().take(to).skip(from) {
                order.extend(letters.get(column).map(|&letter| (letter, step)));
            }
        }
        from = to;
    }
    order
}

/// The letters of lines of this width, dashes included, read column by column.
fn in_lines(steps: &[Vec<char>], width: usize) -> Vec<(char, usize)> {
    let mut cells = Vec::new();
    for (step, letters) in steps.iter().enumerate() {
        if step > 0 {
            cells.push(None);
        }
        cells.extend(letters.iter().map(|&letter| Some((letter, step))));
    }
    (0..width)
        .flat_map(|column| cells.iter().skip(column).step_by(width))
        .filter_map(|cell| *cell)
        .collect()
}

/// Whether the printed letters stand in this order among those, every step showing at least one.
fn is_left_of(order: &[(char, usize)], printed: &[char], steps: usize) -> bool {
    let all = (1u32 << steps) - 1;
    let mut reached = BTreeSet::from([(0usize, 0u32)]);
    for letter in printed {
        reached = reached
            .iter()
            .flat_map(|&(from, shown)| {
                let rest = order.iter().enumerate().skip(from);
                rest.filter(|(_, (one, _))| one == letter)
                    .map(move |(place, (_, step))| (place + 1, shown | 1 << step))
            })
            .collect();
    }
    reached.iter().any(|&(_, shown)| shown == all)
}
