//! From rows to items: business rows go to their item, numbers are mended where their neighbours
//! determine them, and every item finds its main item by its code and number.

use std::collections::HashSet;

use crate::normalise::{Code, name, parse_sub, squeeze, tidy};
use crate::standard::Edition;

use super::catalog::{Entry, Item, Place};
use super::column::Column;
use super::rows::{Line, Row, number, whole_number};

/// Weight of the words a business row shares with an item, against a row off centre (1).
const WORDS: f64 = 2.5;
/// Certainty of the item of a business row that stands beside no item's text.
const INFERRED: f64 = 0.75;
/// Leaning of a business row that names its item outright.
const NAMED: f64 = 2.0;
/// Weight of a cell that would reach up over a page break.
const PAGE: f64 = 3.0;
/// Weight of a slice of a name that would stand above its name.
const SLICE: f64 = 3.0;
/// Weight of a business that an item would list twice.
const REPEAT: f64 = 2.0;

/// What is printed of main items, with the item it stands beside.
#[derive(Debug, Clone)]
pub struct MainMark {
    /// Index of the item on whose rows it stands; for a heading, of the item that follows.
    pub item: usize,
    /// The row that prints it.
    pub entry: Entry,
}

/// Items in order with the marks of main items.
#[derive(Debug, Default)]
pub struct Items {
    /// Items; `main` is not yet set.
    pub items: Vec<Item>,
    /// What is printed of main items, in order.
    pub marks: Vec<MainMark>,
}

/// Groups rows into items.
#[must_use]
pub fn items(rows: Vec<Row>, edition: Option<&Edition>) -> Items {
    let owners = owners(&rows, edition);
    let mut grouped = Items::default();
    let mut waiting: Vec<Line> = Vec::new();
    for (row, owner) in rows.into_iter().zip(owners) {
        match row {
            Row::Heading(line) => grouped.marks.push(MainMark {
                item: grouped.items.len(),
                entry: line.entry,
            }),
            Row::Item(line) => {
                grouped.open(line.entry, &mut waiting);
            }
            Row::Business(line) => {
                if owner < grouped.items.len() {
                    grouped.add_business(owner, line.entry);
                } else {
                    waiting.push(*line);
                }
            }
        }
    }
    mend_numbers(&mut grouped.items);
    grouped
}

impl Items {
    /// Begins an item; business rows printed above its own row come first.
    fn open(&mut self, mut entry: Entry, waiting: &mut Vec<Line>) {
        let index = self.items.len();
        let businesses: Vec<Entry> = waiting.drain(..).map(|line| line.entry).collect();
        self.items.push(Item::default());
        for business in businesses {
            self.add_business(index, business);
        }
        self.mark(index, &entry);
        let own = take_business(&mut entry);
        entry.seq = number(&entry);
        let item = &mut self.items[index];
        item.entry = entry;
        item.businesses.extend(own);
    }

    fn add_business(&mut self, index: usize, mut entry: Entry) {
        self.mark(index, &entry);
        let item = &mut self.items[index];
        if let Some(slice) = entry.cells.remove(&Column::Name) {
            // A merged name cut over the rows it covers.
            if let Some(name) = item.entry.cells.get_mut(&Column::Name) {
                name.join(&slice.text);
            }
        }
        entry.seq = whole_number(entry.text(Column::BusinessSeq));
        entry.owner_certainty = INFERRED;
        item.businesses.push(entry);
    }

    fn mark(&mut self, item: usize, entry: &Entry) {
        let printed = |column| entry.cells.contains_key(&column);
        if printed(Column::MainName) || printed(Column::MainCode) {
            self.marks.push(MainMark {
                item,
                entry: entry.clone(),
            });
        }
    }
}

/// Parts the business row from the item whose row it shares. The item keeps no copy: its own
/// values are what its business rows say.
fn take_business(entry: &mut Entry) -> Option<Entry> {
    let third = [Column::BusinessSeq, Column::BusinessName];
    if !third.iter().any(|column| entry.cells.contains_key(column)) {
        return None;
    }
    let mut business = entry.clone();
    for column in [
        Column::Seq,
        Column::Name,
        Column::Code,
        Column::MainName,
        Column::MainCode,
    ] {
        business.cells.remove(&column);
    }
    business.other_code = None;
    business.owner_certainty = 1.0;
    business.seq = whole_number(business.text(Column::BusinessSeq));
    Some(business)
}

/// A damaged number between neighbours that leave room for exactly one: lost, or the true one with
/// a digit too many (Jiangsu's 299 between 28 and 30). A plain other number is the document's own.
fn mend_numbers(items: &mut [Item]) {
    for index in 1..items.len() {
        let before = items[index - 1].entry.seq;
        let after = items.get(index + 1).and_then(|item| item.entry.seq);
        let here = items[index].entry.seq;
        let (Some(before), Some(after)) = (before, after) else {
            continue;
        };
        let meant = before + 1;
        let printed = here.map(|number| number.to_string()).unwrap_or_default();
        let damaged = here.is_none()
            || here == Some(0)
            || (printed.len() > meant.to_string().len() && printed.contains(&meant.to_string()));
        if after == before + 2 && here != Some(meant) && damaged {
            items[index].entry.seq = Some(meant);
            items[index].entry.seq_repaired = true;
        }
    }
}

/// For every row the index of the item it belongs to.
///
/// A merged cell prints its text beside any of the rows it covers, often the middle one, so that a
/// business row without an item's name may belong to the item above or below. Each run of such
/// rows is cut where it reads best: blocks centred about their text, words shared with the item,
/// and no cell reaching up over a page break.
fn owners(rows: &[Row], edition: Option<&Edition>) -> Vec<usize> {
    let mut owners = vec![0; rows.len()];
    let anchors: Vec<usize> = (0..rows.len())
        .filter(|index| matches!(rows[*index], Row::Item(_)))
        .collect();
    for (item, anchor) in anchors.iter().enumerate() {
        owners[*anchor] = item;
    }
    let centred = is_centred(rows, &anchors, edition);
    let mut above = vec![0usize; anchors.len()];
    for gap in 0..=anchors.len() {
        let start = if gap == 0 { 0 } else { anchors[gap - 1] + 1 };
        let end = anchors.get(gap).copied().unwrap_or(rows.len());
        let free: Vec<usize> = (start..end)
            .filter(|index| matches!(rows[*index], Row::Business(_)))
            .collect();
        if gap == 0 {
            continue;
        }
        let cut = if gap == anchors.len() || !centred {
            free.len()
        } else {
            best_cut(
                rows,
                &free,
                anchors[gap - 1],
                anchors[gap],
                above[gap - 1],
                {
                    let next = anchors.get(gap + 1).copied().unwrap_or(rows.len());
                    (anchors[gap] + 1..next)
                        .filter(|index| matches!(rows[*index], Row::Business(_)))
                        .count()
                },
                edition,
            )
        };
        for (position, index) in free.iter().enumerate() {
            owners[*index] = if position < cut { gap - 1 } else { gap };
        }
        if let Some(count) = above.get_mut(gap) {
            *count = free.len() - cut;
        }
    }
    owners
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

/// How many of the free rows between two anchors belong to the upper one.
fn best_cut(
    rows: &[Row],
    free: &[usize],
    upper: usize,
    lower: usize,
    above_upper: usize,
    below_lower: usize,
    edition: Option<&Edition>,
) -> usize {
    let (Some(upper), Some(lower)) = (line(&rows[upper]), line(&rows[lower])) else {
        return free.len();
    };
    let upper_words = item_words(&upper.entry, edition);
    let lower_words = item_words(&lower.entry, edition);
    let mut best = (f64::MAX, free.len());
    for cut in (0..=free.len()).rev() {
        let mut cost = off_centre(above_upper, cut);
        // What follows the lower anchor may be shared with the next one; half of it is expected.
        cost += off_centre(free.len() - cut, below_lower.min(free.len() - cut + 1));
        for (position, index) in free.iter().enumerate() {
            let Some(row) = line(&rows[*index]) else {
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
        if position_of_repeat(rows, free, cut, &upper.entry) {
            cost += REPEAT;
        }
        if cost < best.0 - 1e-9 {
            best = (cost, cut);
        }
    }
    best.1
}

/// One item does not list the same business twice.
fn position_of_repeat(rows: &[Row], free: &[usize], cut: usize, upper: &Entry) -> bool {
    let mut seen = HashSet::from([squeeze(upper.text(Column::BusinessName))]);
    free[..cut].iter().any(|index| {
        line(&rows[*index])
            .map(|row| squeeze(row.entry.text(Column::BusinessName)))
            .is_some_and(|name| !name.is_empty() && !seen.insert(name))
    })
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

/// The first nine characters of an item's code, where it is well formed.
pub fn stem(entry: &Entry) -> Option<String> {
    parse_sub(&tidy(entry.text(Column::Code)))
        .ok()
        .map(|code: Code| code.main_part())
}

/// Place of the first row of an item.
pub fn place(item: &Item) -> Place {
    item.entry.place
}
