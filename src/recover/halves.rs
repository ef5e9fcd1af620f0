//! Halves: two printed rows that are one item, its code printed twice and once wrongly.

use crate::normalise::tidy;

use super::catalog::Entry;
use super::column::Column;
use super::rows::{Row, Rows, number};

/// What the rows around two halves are numbered.
#[derive(Debug, Clone, Copy)]
struct Around {
    /// Number of the item above; 0 at the head of the list.
    before: u32,
    /// Number of the item below.
    after: Option<u32>,
}

impl Rows {
    /// Makes one of two rows that print one item's code twice, once misread.
    pub fn join_halves(&mut self) {
        let mut index = 1;
        while index < self.rows.len() {
            let (Row::Item(first), Row::Item(second)) = (&self.rows[index - 1], &self.rows[index])
            else {
                index += 1;
                continue;
            };
            let seq = |row: &Row| match row {
                Row::Item(line) => number(&line.entry),
                _ => None,
            };
            let around = Around {
                before: self.rows[..index - 1]
                    .iter()
                    .rev()
                    .find_map(seq)
                    .unwrap_or(0),
                after: self.rows[index + 1..].iter().find_map(seq),
            };
            if let Some(keep_second) = halves(&first.entry, &second.entry, around) {
                let (mut first, mut second) = (first.clone(), second.clone());
                if self.coded_like_neighbours(index) == Some(!keep_second) {
                    // The right number and the right code stand on different halves.
                    swap(&mut first.entry, &mut second.entry, Column::Code);
                }
                match joined(&mut first.entry, &mut second.entry, keep_second) {
                    Joined::One => {
                        self.rows.remove(index);
                    }
                    Joined::Business => self.rows[index] = Row::Business(second),
                }
                self.rows[index - 1] = Row::Item(first);
            }
            index += 1;
        }
    }

    /// Of two halves of one row, whether the second prints the code that the rows around have the
    /// beginning of; `None` where that does not tell.
    fn coded_like_neighbours(&self, second: usize) -> Option<bool> {
        let stem = |row: &Row| match row {
            Row::Item(line) => tidy(line.entry.text(Column::Code))
                .get(..9)
                .map(str::to_owned),
            _ => None,
        };
        let above = self.rows[..second - 1].iter().rev().find_map(stem);
        let below = self.rows[second + 1..].iter().find_map(stem);
        let around = [above, below];
        let known = |index: usize| {
            let own = stem(&self.rows[index]);
            own.is_some() && around.contains(&own)
        };
        match (known(second - 1), known(second)) {
            (true, false) => Some(false),
            (false, true) => Some(true),
            _ => None,
        }
    }
}

fn swap(first: &mut Entry, second: &mut Entry, column: Column) {
    let (one, two) = (first.cells.remove(&column), second.cells.remove(&column));
    first.cells.extend(two.map(|value| (column, value)));
    second.cells.extend(one.map(|value| (column, value)));
}

/// What two halves became.
enum Joined {
    /// One row: the first.
    One,
    /// The item's row, and below it a business row of the item.
    Business,
}

/// Puts two halves together; the item's identity is that of the second where it is to be kept.
fn joined(first: &mut Entry, second: &mut Entry, keep_second: bool) -> Joined {
    if keep_second {
        swap(first, second, Column::Code);
        swap(first, second, Column::Seq);
    }
    first.other_code = second.cells.remove(&Column::Code);
    second.cells.remove(&Column::Seq);
    if let Some(slice) = second.cells.remove(&Column::Name) {
        match first.cells.get_mut(&Column::Name) {
            Some(name) => name.join(&slice),
            None => {
                first.cells.insert(Column::Name, slice);
            }
        }
    }
    let has = |entry: &Entry, column| entry.cells.contains_key(&column);
    let numbered = has(first, Column::BusinessSeq) && !has(second, Column::BusinessSeq);
    if has(second, Column::BusinessName) && !numbered {
        return Joined::Business;
    }
    for (column, value) in std::mem::take(&mut second.cells) {
        match first.cells.get_mut(&column) {
            Some(known) => known.join(&value),
            None => {
                first.cells.insert(column, value);
            }
        }
    }
    Joined::One
}

/// Whether two rows are halves of one: they carry codes at most one character apart with the same
/// last three, and their numbers are not those of two items. If so, whether the second carries the
/// item's number.
fn halves(first: &Entry, second: &Entry, around: Around) -> Option<bool> {
    let code = |entry: &Entry| -> Vec<char> { tidy(entry.text(Column::Code)).chars().collect() };
    let (one, two) = (code(first), code(second));
    if one.len() != two.len() || one.len() < 12 || one[9..] != two[9..] {
        return None;
    }
    if one.iter().zip(&two).filter(|(a, b)| a != b).count() > 1 {
        return None;
    }
    let (a, b) = (number(first), number(second));
    let goes_on = |number: Option<u32>| number == Some(around.before + 1);
    if let (Some(a), Some(b)) = (a, b) {
        // Two sound rows ascend, even where the rows between them are missing; 299 behind 29 and
        // before 30 does not.
        let below = around.after.is_none_or(|after| after > b);
        if a > 0 && b > a && below {
            return None;
        }
    }
    match (goes_on(a), goes_on(b)) {
        (true, _) => Some(false),
        (false, true) => Some(true),
        (false, false) => None,
    }
}
