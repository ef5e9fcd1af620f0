//! From rows to items: business rows go to their item, numbers are mended where their neighbours
//! determine them, and every item finds its main item by its code and number.

use crate::normalise::{Code, basic, parse_sub};
use crate::standard::Edition;

use super::catalog::{Entry, Item, Place};
use super::column::Column;
use super::owners::{covering, owners};
use super::rows::{Line, Row, number, whole_number};

/// Certainty of the item of a business row that stands beside no item's text.
const INFERRED: f64 = 0.75;

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
                name.join(&slice);
            }
        }
        entry.seq = whole_number(entry.text(Column::BusinessSeq));
        entry.owner_certainty = match covering(&entry) {
            Some(_) => 1.0,
            None => INFERRED,
        };
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
        }
    }
}

/// The first nine characters of an item's code, where it is well formed.
pub fn stem(entry: &Entry) -> Option<String> {
    parse_sub(&basic(entry.text(Column::Code)))
        .ok()
        .map(|code: Code| code.main_part())
}

/// Place of the first row of an item.
pub fn place(item: &Item) -> Place {
    item.entry.place
}
