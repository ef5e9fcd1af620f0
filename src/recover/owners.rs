//! Owners: the item each business row (业务办理项) belongs to. A merged cell prints its text beside
//! any of the rows it covers, often the middle one, so that a business row without an item's name
//! may belong to the item above or below.

use std::collections::HashSet;

use crate::normalise::{name, squeeze, tidy};
use crate::standard::Edition;

use super::catalog::Entry;
use super::column::Column;
use super::rows::{Line, Row};

/// Weight of the words a business row shares with an item, against a row off centre (1).
const WORDS: f64 = 2.5;
/// Weight of a cell that would reach up over a page break.
const PAGE: f64 = 3.0;
/// Weight of a slice of a name that would stand above its name.
const SLICE: f64 = 3.0;
/// Weight of a business that an item would list twice.
const REPEAT: f64 = 2.0;
/// Leaning of a business row that names its item outright.
const NAMED: f64 = 2.0;

/// For every row the index of the item it belongs to; a row above every item belongs to the first.
///
/// Each run of rows between two items is cut where it reads best: blocks centred about their text,
/// words shared with the item, and no cell reaching up over a page break.
pub fn owners(rows: &[Row], edition: Option<&Edition>) -> Vec<usize> {
    let mut owners = vec![0; rows.len()];
    let anchors: Vec<usize> = (0..rows.len())
        .filter(|index| matches!(rows[*index], Row::Item(_)))
        .collect();
    let centred = is_centred(rows, &anchors, edition);
    let mut above = 0;
    for (item, anchor) in anchors.iter().enumerate() {
        owners[*anchor] = item;
        let free = free_rows(rows, &anchors, item);
        let cut = match anchors.get(item + 1) {
            Some(next) if centred => {
                let gap = Gap {
                    rows,
                    free: &free,
                    upper: *anchor,
                    lower: *next,
                    above_upper: above,
                    below_lower: free_rows(rows, &anchors, item + 1).len(),
                };
                gap.best_cut(edition)
            }
            _ => free.len(),
        };
        for (position, row) in free.iter().enumerate() {
            owners[*row] = if position < cut { item } else { item + 1 };
        }
        above = free.len() - cut;
    }
    owners
}

/// The business rows between an item and the next one.
fn free_rows(rows: &[Row], anchors: &[usize], item: usize) -> Vec<usize> {
    let start = anchors[item] + 1;
    let end = anchors.get(item + 1).copied().unwrap_or(rows.len());
    (start..end)
        .filter(|row| matches!(rows[*row], Row::Business(_)))
        .collect()
}

/// Whether the list prints a merged cell's text beside a middle row of those it covers. A list
/// without a sign of that prints it beside the first, as spreadsheets do: the sign is a row above
/// every item, or one that names the item below it.
fn is_centred(rows: &[Row], anchors: &[usize], edition: Option<&Edition>) -> bool {
    let leading = rows
        .iter()
        .take(anchors.first().copied().unwrap_or(0))
        .any(|row| matches!(row, Row::Business(_)));
    leading
        || anchors.windows(2).any(|pair| {
            let (Some(upper), Some(lower)) = (line(&rows[pair[0]]), line(&rows[pair[1]])) else {
                return false;
            };
            rows[pair[0] + 1..pair[1]].iter().any(|row| match row {
                Row::Business(free) => {
                    names(&free.entry, &lower.entry, edition)
                        && !names(&free.entry, &upper.entry, edition)
                }
                _ => false,
            })
        })
}

/// Whether a business row's name contains its item's name: as printed, or the national one.
fn names(business: &Entry, item: &Entry, edition: Option<&Edition>) -> bool {
    let business = name::key(business.text(Column::BusinessName));
    let printed = item.text(Column::Name);
    let national = edition.and_then(|edition| {
        let found = edition.find(item.text(Column::Code), printed);
        found.item.map(|index| edition.items[index].name.as_str())
    });
    std::iter::once(printed)
        .chain(national)
        .map(|name| name::key(&name::strip_local_prefix(name)))
        .any(|name| name.chars().count() >= 4 && business.contains(&name))
}

/// The rows between two items that name neither.
struct Gap<'a> {
    rows: &'a [Row],
    free: &'a [usize],
    upper: usize,
    lower: usize,
    /// Rows of the upper item that stand above its text.
    above_upper: usize,
    /// Rows below the lower item's text, which it may share with the next one.
    below_lower: usize,
}

impl Gap<'_> {
    /// How many of the free rows belong to the upper item.
    fn best_cut(&self, edition: Option<&Edition>) -> usize {
        let (Some(upper), Some(lower)) =
            (line(&self.rows[self.upper]), line(&self.rows[self.lower]))
        else {
            return self.free.len();
        };
        let upper_words = item_words(&upper.entry, edition);
        let lower_words = item_words(&lower.entry, edition);
        let mut best = (f64::MAX, self.free.len());
        for cut in (0..=self.free.len()).rev() {
            let mut cost = off_centre(self.above_upper, cut);
            // What follows the lower anchor may be shared with the next one; half of it is expected.
            cost += off_centre(
                self.free.len() - cut,
                self.below_lower.min(self.free.len() - cut + 1),
            );
            for (position, index) in self.free.iter().enumerate() {
                let Some(row) = line(&self.rows[*index]) else {
                    continue;
                };
                let words = row_words(&row.entry);
                let favour = match (
                    names(&row.entry, &upper.entry, edition),
                    names(&row.entry, &lower.entry, edition),
                ) {
                    (true, false) => NAMED,
                    (false, true) => -NAMED,
                    _ => lean(&words, &upper_words, &lower_words),
                };
                if position < cut {
                    cost -= WORDS * favour;
                } else {
                    cost += WORDS * favour;
                    if row.page != lower.page {
                        cost += PAGE;
                    }
                }
                if row.entry.cells.contains_key(&Column::Name) && position >= cut {
                    // A slice of a name stands below the name it goes on from.
                    cost += SLICE;
                }
            }
            if self.repeats(cut, &upper.entry) {
                cost += REPEAT;
            }
            if cost < best.0 - 1e-9 {
                best = (cost, cut);
            }
        }
        best.1
    }

    /// Whether the upper item would list the same business twice.
    fn repeats(&self, cut: usize, upper: &Entry) -> bool {
        let mut seen = HashSet::from([squeeze(upper.text(Column::BusinessName))]);
        self.free[..cut].iter().any(|index| {
            line(&self.rows[*index])
                .map(|row| squeeze(row.entry.text(Column::BusinessName)))
                .is_some_and(|name| !name.is_empty() && !seen.insert(name))
        })
    }
}

fn off_centre(above: usize, below: usize) -> f64 {
    above.abs_diff(below) as f64
}

fn line(row: &Row) -> Option<&Line> {
    match row {
        Row::Item(line) | Row::Business(line) | Row::Heading(line) => Some(line),
    }
}

type Pairs = HashSet<(char, char)>;

fn pairs(text: &str, into: &mut Pairs) {
    let letters: Vec<char> = squeeze(text).chars().collect();
    into.extend(letters.windows(2).map(|pair| (pair[0], pair[1])));
}

fn row_words(entry: &Entry) -> Pairs {
    let mut words = Pairs::new();
    for column in [Column::BusinessName, Column::Materials, Column::Remark] {
        pairs(entry.text(column), &mut words);
    }
    words
}

/// The words of an item: its own, and those of the national item its code or name stands for.
fn item_words(entry: &Entry, edition: Option<&Edition>) -> Pairs {
    // Materials and remarks stand in merged cells that may belong to a neighbour.
    let mut words = Pairs::new();
    pairs(entry.text(Column::Name), &mut words);
    pairs(entry.text(Column::BusinessName), &mut words);
    if let Some(edition) = edition {
        let found = edition.find(&tidy(entry.text(Column::Code)), entry.text(Column::Name));
        if let Some(item) = found.item.map(|index| &edition.items[index]) {
            pairs(&item.name, &mut words);
            for material in &item.materials {
                pairs(material, &mut words);
            }
        }
    }
    words
}

/// From -1 to 1: whether a row's words lean to the upper or the lower item.
fn lean(row: &Pairs, upper: &Pairs, lower: &Pairs) -> f64 {
    let only = |mine: &Pairs, other: &Pairs| {
        row.iter()
            .filter(|pair| mine.contains(pair) && !other.contains(pair))
            .count() as f64
    };
    let (up, down) = (only(upper, lower), only(lower, upper));
    if up + down == 0.0 {
        0.0
    } else {
        // A few shared letters say little, whatever their proportion.
        (up - down) / (up + down).max(8.0)
    }
}
