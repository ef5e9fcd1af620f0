//! Merged cells whose text a converter put beside another row than the first, or cut into slices.

use std::collections::BTreeMap;

use crate::letters::is_number;
use crate::random::Random;
use crate::table::{Cell, Field, Mark, Row, Table, Tag};
use crate::truth::Truth;

/// Where the text of a merged cell goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    First,
    Middle,
    Last,
    Sliced,
}

/// Moves the text of merged basis cells.
pub fn merge_basis(table: &mut Table, truth: &Truth, place: Place, random: &mut Random) {
    let of = |leaf: usize| (Field::Basis, truth.leaves[leaf].block);
    settle(table, &of, place, random);
}

/// Moves the text of main items' cells, which every list merges.
pub fn merge_mains(table: &mut Table, truth: &Truth, place: Place, random: &mut Random) {
    let main = |leaf: usize| truth.items[truth.leaves[leaf].item].main;
    settle(table, &|leaf| (Field::MainName, main(leaf)), place, random);
    settle(table, &|leaf| (Field::MainCode, main(leaf)), place, random);
}

/// Moves number, name and code of items that stand beside several business rows.
pub fn merge_items(table: &mut Table, truth: &Truth, place: Place, random: &mut Random) {
    for field in [Field::Seq, Field::Name, Field::Code] {
        settle(
            table,
            &|leaf| (field, truth.leaves[leaf].item),
            place,
            random,
        );
    }
}

/// Merges the cells of neighbours under one main item that ask for the same materials.
pub fn merge_materials(table: &mut Table, truth: &Truth, place: Place, random: &mut Random) {
    let main = |leaf: usize| truth.items[truth.leaves[leaf].item].main;
    let mut first: BTreeMap<usize, usize> = BTreeMap::new();
    let mut before: Option<(usize, String)> = None;
    for row in table.rows() {
        let [leaf] = row.leaves[..] else { continue };
        let text = row
            .cells
            .iter()
            .find(|cell| cell.tags.contains(&(Field::Materials, leaf)));
        let text = text.map(|cell| cell.text.clone()).unwrap_or_default();
        match &before {
            Some((head, same)) if *same == text && main(*head) == main(leaf) => {
                first.insert(leaf, *head);
            }
            _ => before = Some((leaf, text)),
        }
    }
    for (leaf, head) in &first {
        table
            .merged
            .insert((Field::Materials, *leaf), (Field::Materials, *head));
    }
    for row in table.rows_mut() {
        let [leaf] = row.leaves[..] else { continue };
        let Some(head) = first.get(&leaf) else {
            continue;
        };
        for cell in &mut row.cells {
            if cell.tags.contains(&(Field::Materials, leaf)) {
                *cell = Cell::new("", (Field::Materials, *head));
            }
        }
    }
    let of = |leaf: usize| (Field::Materials, first.get(&leaf).copied().unwrap_or(leaf));
    settle(table, &of, place, random);
}

/// Moves the text of each cell that covers several rows. What it says is still to be told: the
/// letters are all there, and what they belong to is told by the national list or by the lines.
fn settle(table: &mut Table, of: &dyn Fn(usize) -> Tag, place: Place, random: &mut Random) {
    let mut covered: BTreeMap<Tag, Vec<usize>> = BTreeMap::new();
    for (at, row) in table.rows().enumerate() {
        if let ([leaf], false) = (&row.leaves[..], row.moved) {
            covered.entry(of(*leaf)).or_default().push(at);
        }
    }
    for (tag, rows) in covered.into_iter().filter(|(_, rows)| rows.len() > 1) {
        let mut cells: Vec<&mut Row> = table.rows_mut().collect();
        let mut text = String::new();
        for at in &rows {
            if let Some(cell) = cells[*at]
                .cells
                .iter_mut()
                .find(|cell| cell.tags.contains(&tag))
            {
                text.push_str(&std::mem::take(&mut cell.text));
            }
        }
        if text.is_empty() {
            continue;
        }
        let slices = match place {
            Place::First => vec![(rows[0], text)],
            Place::Middle => vec![(rows[rows.len() / 2], text)],
            Place::Last => vec![(rows[rows.len() - 1], text)],
            Place::Sliced => {
                let slices = sliced(&text, random.between(2, rows.len().min(4)), random);
                rows.iter().copied().zip(slices).collect()
            }
        };
        for (at, slice) in slices {
            if let Some(cell) = cells[at]
                .cells
                .iter_mut()
                .find(|cell| cell.tags.contains(&tag))
            {
                cell.text = slice;
            }
        }
        table.mark(tag, Mark::told());
    }
}

/// Cuts a text into slices as lines are: never within a number, no stop at the head of a line and
/// no opening bracket at its foot, and in long texts no line of a letter or two.
pub fn sliced(text: &str, count: usize, random: &mut Random) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    let least = if letters.len() < 16 { 2 } else { 4 };
    let free = |at: &usize| {
        let (before, after) = (letters[*at - 1], letters[*at]);
        let within = is_number(before) && is_number(after);
        let headed = " 、，。；：）》〉〕”.,;:)".contains(after) || after.is_ascii_alphanumeric();
        !within && !headed && !"《（〈〔“(第".contains(before)
    };
    let mut cuts: Vec<usize> = vec![0];
    for _ in 1..count {
        let apart = |at: &usize| cuts.iter().all(|cut| cut.abs_diff(*at) >= least);
        let last = letters.len().saturating_sub(least);
        let places: Vec<usize> = (1..=last).filter(|at| free(at) && apart(at)).collect();
        if !places.is_empty() {
            cuts.push(*random.pick(&places));
        }
    }
    cuts.push(letters.len());
    cuts.sort_unstable();
    cuts.windows(2)
        .map(|cut| letters[cut[0]..cut[1]].iter().collect())
        .collect()
}
