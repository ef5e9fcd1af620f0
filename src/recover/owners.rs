//! Owners: the item each business row (业务办理项) belongs to. A merged cell prints its text beside
//! any of the rows it covers, often the middle one, so that a business row without an item's name
//! may belong to the item above or below.

use std::collections::HashSet;

use crate::normalise::{name, parse_main, squeeze, tidy};
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
/// Leaning of a business row beside which a main item's code is printed.
const CODED: f64 = 4.0;
/// Leaning of a business row that names its item outright.
const NAMED: f64 = 2.0;

/// For every row the index of the item it belongs to; a row above every item belongs to the first.
///
/// Each run of rows between two items is cut where it reads best: blocks centred about their text,
/// words shared with the item, and no cell reaching up over a page break.
pub fn owners(rows: &[Row], edition: Option<&Edition>) -> Vec<usize> {
    let anchors: Vec<Anchor> = (0..rows.len())
        .filter(|row| matches!(rows[*row], Row::Item(_)))
        .map(|row| Anchor::new(row, line(&rows[row]), edition))
        .collect();
    let mut owners = vec![0; rows.len()];
    let centred = is_centred(rows, &anchors);
    let mut above = 0;
    for (item, anchor) in anchors.iter().enumerate() {
        owners[anchor.row] = item;
        let free = free_rows(rows, &anchors, item);
        let cut = match anchors.get(item + 1) {
            Some(lower) if centred => {
                let below = free_rows(rows, &anchors, item + 1).len();
                let free: Vec<&Line> = free.iter().map(|row| line(&rows[*row])).collect();
                let gap = Gap {
                    free,
                    upper: anchor,
                    lower,
                    above_upper: above,
                    below_lower: below,
                };
                gap.best_cut()
            }
            _ => free.len(),
        };
        for (position, row) in free.iter().enumerate() {
            owners[*row] = if position < cut { item } else { item + 1 };
        }
        above = free.len() - cut;
    }
    // Where the format says which cell covers the row's, nothing is left to infer.
    for (row, owner) in owners.iter_mut().enumerate() {
        let covering = match &rows[row] {
            Row::Business(business) => covering(&business.entry),
            _ => None,
        };
        let begins = |anchor: &Anchor| Some(anchor.line.entry.place.line) == covering;
        if let Some(item) = anchors.iter().position(begins) {
            *owner = item;
        }
    }
    owners
}

/// Line of the item whose merged name, number or code covers a business row, where the format says
/// so.
pub fn covering(business: &Entry) -> Option<u64> {
    let columns = [Column::Name, Column::Code, Column::Seq];
    let mut covering = columns.iter().filter_map(|c| business.covered.get(c));
    covering.next().map(|(line, _)| *line)
}

/// The business rows between an item and the next one.
fn free_rows(rows: &[Row], anchors: &[Anchor], item: usize) -> Vec<usize> {
    let start = anchors[item].row + 1;
    let end = anchors.get(item + 1).map_or(rows.len(), |next| next.row);
    (start..end)
        .filter(|row| matches!(rows[*row], Row::Business(_)))
        .collect()
}

/// Whether the list prints a merged cell's text beside a middle row of those it covers. A list
/// without a sign of that prints it beside the first, as spreadsheets do: the sign is a row above
/// every item, or one that names the item below it.
fn is_centred(rows: &[Row], anchors: &[Anchor]) -> bool {
    let leading = rows
        .iter()
        .take(anchors.first().map_or(0, |first| first.row))
        .any(|row| matches!(row, Row::Business(_)));
    leading
        || anchors.windows(2).any(|pair| {
            rows[pair[0].row + 1..pair[1].row]
                .iter()
                .any(|row| match row {
                    Row::Business(free) => {
                        pair[1].is_named_by(&free.entry) && !pair[0].is_named_by(&free.entry)
                    }
                    _ => false,
                })
        })
}

/// An item's row with what its business rows are told by.
struct Anchor<'a> {
    /// Its index among the rows.
    row: usize,
    line: &'a Line,
    /// Comparison forms of its name, as printed and as the national one.
    names: Vec<String>,
    /// Its words, and those of the national item its code or name stands for.
    words: Pairs,
}

impl<'a> Anchor<'a> {
    fn new(row: usize, line: &'a Line, edition: Option<&Edition>) -> Self {
        let printed = line.entry.text(Column::Name);
        let national = edition.and_then(|edition| {
            let found = edition.find(line.entry.text(Column::Code), printed);
            found.item.map(|index| &edition.items[index])
        });
        let names = std::iter::once(printed)
            .chain(national.map(|item| item.name.as_str()))
            .map(|name| name::key(&name::strip_local_prefix(name)))
            .filter(|name| name.chars().count() >= 4)
            .collect();
        // Materials and remarks stand in merged cells that may belong to a neighbour.
        let mut words = Pairs::new();
        pairs(printed, &mut words);
        pairs(line.entry.text(Column::BusinessName), &mut words);
        if let Some(item) = national {
            pairs(&item.name, &mut words);
            for material in &item.materials {
                pairs(material, &mut words);
            }
        }
        Self {
            row,
            line,
            names,
            words,
        }
    }

    /// Whether a business row's name contains the item's name.
    fn is_named_by(&self, business: &Entry) -> bool {
        let business = name::key(business.text(Column::BusinessName));
        self.names.iter().any(|name| business.contains(name))
    }
}

/// The rows between two items that name neither.
struct Gap<'a> {
    free: Vec<&'a Line>,
    upper: &'a Anchor<'a>,
    lower: &'a Anchor<'a>,
    /// Rows of the upper item that stand above its text.
    above_upper: usize,
    /// Rows below the lower item's text, which it may share with the next one.
    below_lower: usize,
}

impl Gap<'_> {
    /// How many of the free rows belong to the upper item.
    fn best_cut(&self) -> usize {
        let favours: Vec<f64> = self.free.iter().map(|row| self.favour(row)).collect();
        let mut best = (f64::MAX, self.free.len());
        for cut in (0..=self.free.len()).rev() {
            let given = self.free.len() - cut;
            let mut cost = off_centre(self.above_upper, cut);
            // What follows the lower anchor may be shared with the next one; half of it is expected.
            cost += off_centre(given, self.below_lower.min(given + 1));
            for (position, (row, favour)) in self.free.iter().zip(&favours).enumerate() {
                if position < cut {
                    cost -= WORDS * favour;
                    continue;
                }
                cost += WORDS * favour;
                if row.page != self.lower.line.page {
                    cost += PAGE;
                }
                if row.entry.cells.contains_key(&Column::Name) {
                    // A slice of a name stands below the name it goes on from.
                    cost += SLICE;
                }
            }
            if self.repeats(cut) {
                cost += REPEAT;
            }
            if cost < best.0 - 1e-9 {
                best = (cost, cut);
            }
        }
        best.1
    }

    /// Positive where a row's words speak for the upper item, negative for the lower one.
    fn favour(&self, row: &Line) -> f64 {
        // A row that prints a main item's code belongs to an item of that main item.
        let printed = tidy(row.entry.text(Column::MainCode));
        if let Some(stem) = printed.get(..9).filter(|_| parse_main(&printed).is_ok()) {
            let of = |anchor: &Anchor| tidy(anchor.line.entry.text(Column::Code)).starts_with(stem);
            match (of(self.upper), of(self.lower)) {
                (true, false) => return CODED,
                (false, true) => return -CODED,
                _ => {}
            }
        }
        let named = (
            self.upper.is_named_by(&row.entry),
            self.lower.is_named_by(&row.entry),
        );
        match named {
            (true, false) => NAMED,
            (false, true) => -NAMED,
            _ => lean(&row_words(&row.entry), &self.upper.words, &self.lower.words),
        }
    }

    /// Whether the upper item would list the same business twice.
    fn repeats(&self, cut: usize) -> bool {
        let name = |line: &Line| squeeze(line.entry.text(Column::BusinessName));
        let mut seen = HashSet::from([name(self.upper.line)]);
        self.free[..cut]
            .iter()
            .map(|row| name(row))
            .any(|name| !name.is_empty() && !seen.insert(name))
    }
}

fn off_centre(above: usize, below: usize) -> f64 {
    above.abs_diff(below) as f64
}

fn line(row: &Row) -> &Line {
    match row {
        Row::Item(line) | Row::Business(line) | Row::Heading(line) => line,
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
