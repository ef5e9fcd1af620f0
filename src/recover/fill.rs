//! Merged cells: an empty cell that a neighbour's text covers gets that text with a mark of where
//! it came from. Where the format does not say what a cell covers, only cells that lists are known to
//! merge are filled (materials and basis), only within one main item, and never a limit or a number.

use std::cmp::Ordering;
use std::collections::HashMap;

use crate::normalise::citations;
use crate::normalise::name::{key, likeness};
use crate::standard::Standard;

use super::catalog::{Entry, Item, Main, Place, Value, candidates};
use super::column::Column;
use super::slices::{first_number, goes_on, is_open, materials_go_on};

/// Certainty of a value that a merged cell gave.
const FILLED: f64 = 0.85;

/// The same where the text stands at one end of the empty cells: they may as well be empty.
const ONE_SIDED: f64 = 0.75;

/// Certainty of materials that may be slices of one cell.
const DOUBTED: f64 = 0.75;

/// How much more alike the names below must be than those above for a cell to be theirs.
const KIN: f64 = 0.2;

/// Certainty of a basis that was taken out of a remark.
const SWALLOWED: f64 = 0.7;

/// A cell of a merged block.
struct Slot<'a> {
    entry: &'a mut Entry,
    /// Index of its item; business rows of one item share it.
    item: usize,
    main: usize,
    national: Option<usize>,
}

/// Fills merged materials and basis cells.
pub fn fill(items: &mut [Item], mains: &[Main], standard: &Standard) {
    let nationals = nationals(items, mains, standard);
    let mut slots: Vec<Slot> = Vec::new();
    for (index, (item, national)) in items.iter_mut().zip(nationals).enumerate() {
        let main = item.main;
        if item.businesses.is_empty() {
            slots.push(Slot {
                entry: &mut item.entry,
                item: index,
                main,
                national,
            });
        } else {
            for business in &mut item.businesses {
                slots.push(Slot {
                    entry: business,
                    item: index,
                    main,
                    national,
                });
            }
        }
    }
    let mut sliced = false;
    let mut start = 0;
    while start < slots.len() {
        let main = slots[start].main;
        let length = slots[start..]
            .iter()
            .take_while(|slot| slot.main == main)
            .count();
        let group = &mut slots[start..start + length];
        for slot in group.iter_mut() {
            give_back_basis(slot.entry);
        }
        fill_basis(group, standard);
        sliced |= fill_materials(group);
        start += length;
    }
    if sliced {
        doubt_slices(&mut slots);
    }
    cover(&mut slots);
}

/// Gives each cell that a merged cell covers the text of that cell, where the format says which one
/// it is. What was inferred about it is of no matter then, and a limit or steps may be merged too.
fn cover(slots: &mut [Slot]) {
    let mut anchors: HashMap<(u64, u32), (Column, Value)> = HashMap::new();
    for slot in slots.iter() {
        for (column, value) in &slot.entry.cells {
            if value.filled_from.is_none() {
                let place = (value.place.line, value.place.column);
                anchors.insert(place, (*column, value.clone()));
            }
        }
    }
    for slot in slots {
        let own = |value: &Value| value.filled_from.is_none();
        for (column, anchor) in slot.entry.covered.clone() {
            let printed = slot.entry.cells.get(&column).is_some_and(own);
            if let Some((of, value)) = anchors.get(&anchor)
                && *of == column
                && !printed
                && !identifies(column)
            {
                put(slot.entry, column, value, 1.0);
            }
        }
    }
}

/// Where a list cuts its merged cells into slices, an unnumbered text below a numbered one may be
/// the rest of it, though nothing in it says so.
fn doubt_slices(slots: &mut [Slot]) {
    for row in 1..slots.len() {
        let (upper, lower) = slots.split_at_mut(row);
        let (above, here) = (&mut upper[row - 1], &mut lower[0]);
        let near = above.main == here.main && next_row(above.entry.place, here.entry.place);
        let cells = (
            above.entry.cells.get_mut(&Column::Materials),
            here.entry.cells.get_mut(&Column::Materials),
        );
        if let (Some(head), Some(rest)) = cells
            && near
            && rest.filled_from.is_none()
            && first_number(&rest.text).is_none()
        {
            if head.text == rest.text {
                rest.certainty = rest.certainty.min(head.certainty);
                continue;
            }
            if first_number(&head.text).is_none() {
                continue;
            }
            head.certainty = head.certainty.min(DOUBTED);
            rest.certainty = rest.certainty.min(DOUBTED);
        }
    }
}

/// Columns that say which entry a row is, and nothing of what it promises.
fn identifies(column: Column) -> bool {
    matches!(
        column,
        Column::MainName
            | Column::MainCode
            | Column::Seq
            | Column::Name
            | Column::Code
            | Column::BusinessSeq
            | Column::BusinessName
    )
}

/// The national item of each item, as far as it can be told before its values are read.
fn nationals(items: &[Item], mains: &[Main], standard: &Standard) -> Vec<Option<usize>> {
    let Some(edition) = standard.newest() else {
        return vec![None; items.len()];
    };
    let matches = edition.assign(&candidates(items, mains));
    let found = matches.matches.into_iter();
    found.map(|found| found.item).collect()
}

/// A merged cell's text and the rows that print its slices.
struct Piece {
    rows: Vec<usize>,
    /// Where its last slice stands.
    last: Place,
    value: Value,
}

fn pieces(group: &[Slot], column: Column) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for (row, slot) in group.iter().enumerate() {
        let Some(value) = slot.entry.cells.get(&column) else {
            continue;
        };
        match pieces.last_mut() {
            Some(last)
                if goes_on(&last.value.text, &value.text)
                    || (last.rows.last() == Some(&(row.wrapping_sub(1)))
                        && next_row(last.last, value.place)
                        && is_open(&last.value.text, &value.text)) =>
            {
                last.last = value.place;
                last.rows.push(row);
                last.value.join(value);
            }
            _ => pieces.push(Piece {
                rows: vec![row],
                last: value.place,
                value: value.clone(),
            }),
        }
    }
    pieces
}

/// Takes a row's basis out of the remark that swallowed it: a numbered tail in which every entry
/// cites a document, as in Pingdingshan's 救助 rows, whose remark runs on with 「4.《…》(…号)」.
fn give_back_basis(entry: &mut Entry) {
    if entry.cells.contains_key(&Column::Basis) {
        return;
    }
    let Some(remark) = entry.cells.get_mut(&Column::Remark) else {
        return;
    };
    let Some(at) = citing_tail(&remark.text) else {
        return;
    };
    let tail = remark.text.split_off(at);
    let basis = Value {
        text: tail,
        certainty: SWALLOWED,
        ..remark.clone()
    };
    remark.text.truncate(remark.text.trim_end().len());
    if remark.text.is_empty() {
        entry.cells.remove(&Column::Remark);
    }
    entry.cells.insert(Column::Basis, basis);
}

/// Where the tail of a text begins in which every numbered entry cites a document.
fn citing_tail(text: &str) -> Option<usize> {
    let opens = |at: usize| {
        text[..at]
            .chars()
            .next_back()
            .is_none_or(char::is_whitespace)
    };
    let starts: Vec<usize> = text
        .char_indices()
        .map(|(at, _)| at)
        .filter(|at| opens(*at) && first_number(&text[*at..]).is_some())
        .collect();
    let cites = |index: usize| {
        let end = starts.get(index + 1).copied().unwrap_or(text.len());
        let entry = text[starts[index]..end].trim_start_matches(|letter: char| {
            letter.is_ascii_digit() || ".\u{ff0e}、 ".contains(letter)
        });
        let numbered = ["号)", "号\u{ff09}"]
            .iter()
            .any(|mark| entry.contains(mark));
        entry.starts_with('《') && numbered
    };
    let tail = (0..starts.len())
        .rev()
        .take_while(|index| cites(*index))
        .last()?;
    Some(starts[tail])
}

fn fill_basis(group: &mut [Slot], standard: &Standard) {
    let pieces = pieces(group, Column::Basis);
    let owners: Vec<usize> = group.iter().map(|slot| slot.item).collect();
    let names = names(group);
    for (row, slot) in group.iter_mut().enumerate() {
        if let Some(own) = slot.entry.cells.get_mut(&Column::Basis) {
            if let Some(piece) = pieces.iter().find(|piece| piece.rows.contains(&row)) {
                // A slice is read with the rest of its cell and keeps its own place.
                own.text.clone_from(&piece.value.text);
                own.slices.clone_from(&piece.value.slices);
            }
            continue;
        }
        let above = pieces
            .iter()
            .rev()
            .find(|p| p.rows.iter().all(|r| *r < row));
        let below = pieces.iter().find(|p| p.rows.iter().all(|r| *r > row));
        let around = pieces
            .iter()
            .find(|p| p.rows.iter().any(|r| *r < row) && p.rows.iter().any(|r| *r > row));
        let chosen = match (around, above, below) {
            (Some(around), ..) => Some(around),
            (None, Some(above), Some(_)) if of_item(above, owners[row], &owners) => Some(above),
            (None, Some(_), Some(below)) if of_item(below, owners[row], &owners) => Some(below),
            (None, Some(above), Some(below)) => {
                let national = nearer(slot.national, above, below, standard);
                let lean = kinship(&names, row, &below.rows) - kinship(&names, row, &above.rows);
                Some(national.unwrap_or(if lean > KIN { below } else { above }))
            }
            (None, above, below) => above.or(below),
        };
        if let Some(piece) = chosen {
            put(slot.entry, Column::Basis, &piece.value, FILLED);
        }
    }
}

/// Whether a block has a row of the item.
fn of_item(piece: &Piece, item: usize, owners: &[usize]) -> bool {
    piece.rows.iter().any(|row| owners[*row] == item)
}

/// The names of the rows: of items, or of business rows.
fn names(group: &[Slot]) -> Vec<String> {
    let named = |slot: &Slot| {
        let columns = [Column::BusinessName, Column::Name];
        let name = columns.iter().map(|column| slot.entry.text(*column));
        key(name.into_iter().find(|name| !name.is_empty()).unwrap_or(""))
    };
    group.iter().map(named).collect()
}

/// How alike a row's name is to the nearest of a block's.
fn kinship(names: &[String], row: usize, block: &[usize]) -> f64 {
    block
        .iter()
        .map(|other| likeness(&names[row], &names[*other]))
        .fold(0.0, f64::max)
}

/// Which of two blocks covers an empty cell: the one that names more of what the national list
/// names for the item; `None` where that does not tell.
fn nearer<'a>(
    national: Option<usize>,
    above: &'a Piece,
    below: &'a Piece,
    standard: &Standard,
) -> Option<&'a Piece> {
    let (Some(national), Some(edition)) = (national, standard.newest()) else {
        return None;
    };
    let required: Vec<String> = edition.items[national]
        .basis
        .iter()
        .filter_map(|basis| standard.instrument(basis))
        .map(|(title, _)| key(title))
        .collect();
    let named = |piece: &Piece| {
        citations(&piece.value.text)
            .value
            .told
            .iter()
            .filter(|citation| {
                let title = key(&citation.title);
                required
                    .iter()
                    .any(|r| title.contains(r.as_str()) || r.contains(&title))
            })
            .count()
    };
    let (up, down) = (named(above), named(below));
    match down.cmp(&up) {
        Ordering::Greater => Some(below),
        Ordering::Less => Some(above),
        Ordering::Equal => None,
    }
}

/// Fills the materials cells of a group; tells whether any was cut into slices.
fn fill_materials(group: &mut [Slot]) -> bool {
    let sliced = join_materials(group);
    let names = names(group);
    for row in 0..group.len() {
        if group[row].entry.cells.contains_key(&Column::Materials) {
            continue;
        }
        let own = |other: &usize| has_own(group, *other);
        let kin = |other: &usize| group[*other].item == group[row].item;
        let above = (0..row).rev().find(own);
        let below = (row + 1..group.len()).find(own);
        // A business row shares the cell of its own item's other rows.
        let kindred = above.filter(kin).or(below.filter(kin));
        let leaning = || {
            let (above, below) = (above?, below?);
            let lean = kinship(&names, row, &[below]) - kinship(&names, row, &[above]);
            (lean > KIN).then_some(below)
        };
        let Some(from) = kindred.or_else(leaning).or(above).or(below) else {
            continue;
        };
        let value = group[from].entry.cells[&Column::Materials].clone();
        let certainty = if is_centred(group, from) {
            FILLED
        } else {
            ONE_SIDED
        };
        put(group[row].entry, Column::Materials, &value, certainty);
    }
    sliced
}

/// Joins the slices of a materials cell that is merged over several rows; each row of the cell gets
/// its whole text.
fn join_materials(group: &mut [Slot]) -> bool {
    let mut sliced = false;
    let mut block = 0;
    for row in 1..group.len() {
        let (upper, lower) = group.split_at_mut(row);
        let (above, here) = (&mut upper[row - 1], &mut lower[0]);
        let kin = above.item == here.item;
        let cells = (
            above.entry.cells.get(&Column::Materials),
            here.entry.cells.get(&Column::Materials),
        );
        let (Some(head), Some(tail)) = cells else {
            block = row;
            continue;
        };
        let near = kin || next_row(above.entry.place, here.entry.place);
        if !(near && materials_go_on(&head.text, &tail.text)) {
            block = row;
            continue;
        }
        sliced = true;
        let mut whole = head.clone();
        whole.join(tail);
        for slot in &mut group[block..=row] {
            if let Some(cell) = slot.entry.cells.get_mut(&Column::Materials) {
                cell.text.clone_from(&whole.text);
                cell.slices.clone_from(&whole.slices);
            }
        }
    }
    sliced
}

/// Whether the text of a merged cell has empty cells of its own item on both sides.
fn is_centred(group: &[Slot], at: usize) -> bool {
    let empty = |row: usize| {
        group[row].item == group[at].item
            && group[row]
                .entry
                .cells
                .get(&Column::Materials)
                .is_none_or(|value| value.filled_from.is_some())
    };
    at > 0 && at + 1 < group.len() && empty(at - 1) && empty(at + 1)
}

fn has_own(group: &[Slot], row: usize) -> bool {
    group[row]
        .entry
        .cells
        .get(&Column::Materials)
        .is_some_and(|value| value.filled_from.is_none())
}

fn put(entry: &mut Entry, column: Column, value: &Value, certainty: f64) {
    let from: Place = value.filled_from.unwrap_or(value.place);
    entry.cells.insert(
        column,
        Value {
            text: value.text.clone(),
            place: from,
            filled_from: Some(from),
            certainty: value.certainty * certainty,
            slices: value.slices.clone(),
        },
    );
}

/// Whether one row directly follows another on its page.
fn next_row(upper: Place, lower: Place) -> bool {
    lower.row == upper.row + 1 && lower.line <= upper.line + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_citing_tail_is_found() {
        let text = "1. 鼓励共享 2. 可通过系统获取信息 4. 《转发意见的通知》（豫政办〔2015〕154号） 5. 《衔接的通知》（豫民文〔2017〕172号）";
        let at = citing_tail(text).expect("a tail");
        assert!(text[at..].starts_with("4. 《转发"));
        assert_eq!(citing_tail("1. 需填报《申请表》 2. 见《办法》"), None);
        assert_eq!(citing_tail("1.《甲》（国发〔2016〕3号） 2.当场办理"), None);
    }
}
