//! Whether a list can be judged at all. Where too many of its cells say nothing, every finding
//! would be about our reading, and the one thing to report is that the list can't be judged.

use crate::normalise::{Limit, Steps, code_like};

use super::record::ItemRecord;

/// Share of what identifies and binds that is lost, from which a list can't be judged. The worst of
/// the bundled scans has lost a seventh.
const TOO_MUCH: f64 = 0.17;
/// Certainty from which the letters of a name tell it; below, its code does, or nothing.
const TOLD: f64 = 0.75;
/// Share of rows in which a column must hold something to be in use.
const IN_USE: f64 = 0.2;
/// Fewest cells of which a share can be told.
const FEWEST: usize = 12;

/// A cell of a row that identifies it or states what it promises; `None` where the row has none.
/// Cells that lists merge are not among them, since an empty one may be covered.
type Cell = fn(&ItemRecord) -> Option<Says>;

/// What a cell says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Says {
    /// Something that can be read.
    Something,
    /// Something that can't.
    Illegible,
    /// Nothing.
    Empty,
}

impl Says {
    fn of(empty: bool, legible: bool) -> Self {
        match (empty, legible) {
            (true, _) => Self::Empty,
            (false, true) => Self::Something,
            (false, false) => Self::Illegible,
        }
    }
}

/// The cells that count, and how much: what tells one item from another and what it promises
/// counts twice.
const CELLS: [(usize, Cell); 5] = [
    (2, |row| {
        is_item(row).then(|| Says::of(row.code_printed.is_empty(), code_like(&row.code_printed)))
    }),
    (2, |row| {
        let legible = row.certainty.name >= TOLD;
        is_item(row).then(|| Says::of(row.name_printed.is_empty(), legible))
    }),
    (2, |row| {
        let legible = row.limit_value != Limit::Unreadable;
        row.leaf
            .then(|| Says::of(row.limit_printed.is_empty(), legible))
    }),
    (1, |row| {
        let legible = row.steps_value != Steps::Unreadable;
        row.leaf
            .then(|| Says::of(row.steps_printed.is_empty(), legible))
    }),
    (1, |row| {
        is_item(row).then(|| Says::of(row.context.seq.is_none(), true))
    }),
];

fn is_item(row: &ItemRecord) -> bool {
    row.context.level == "item"
}

/// How much of a list can be read.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Legibility {
    /// Cells that identify an item or state its limit or steps.
    pub cells: usize,
    /// Of these, empty or unreadable.
    pub lost: usize,
    /// Share that is lost by weight, 0 to 1.
    pub share: f64,
}

impl Legibility {
    /// Counts the cells of a list; a column that hardly any row uses does not count.
    #[must_use]
    pub fn of(items: &[ItemRecord]) -> Self {
        let mut legibility = Self::default();
        let (mut weight, mut lost) = (0, 0);
        for (counts, cell) in CELLS {
            let says: Vec<Says> = items.iter().filter_map(cell).collect();
            let count = |wanted: &[Says]| says.iter().filter(|s| wanted.contains(s)).count();
            let empty = count(&[Says::Empty]);
            if (says.len() - empty) as f64 >= IN_USE * says.len() as f64 {
                legibility.cells += says.len();
                let gone = count(&[Says::Empty, Says::Illegible]);
                legibility.lost += gone;
                weight += counts * says.len();
                lost += counts * gone;
            }
        }
        legibility.share = lost as f64 / weight.max(1) as f64;
        legibility
    }

    /// Whether enough can be read for the list to be judged.
    #[must_use]
    pub fn judgeable(&self) -> bool {
        let bound = if self.cells < FEWEST { 0.5 } else { TOO_MUCH };
        self.share < bound
    }
}
