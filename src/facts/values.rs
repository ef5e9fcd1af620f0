//! The values of an entry: each text read once, however many rows print it, with a certainty that
//! knows whether the text around it is damaged.

use std::collections::{BTreeSet, HashMap};

use crate::normalise::{
    Citations, Limit, Materials, Reading, Steps, Untold, citations, limit, materials, steps,
};
use crate::recover::{Catalog, Column, Entry};
use crate::standard::Standard;

use super::record::{BasisState, Certainty};

/// Garble from which a text is not trusted.
pub const GARBLED: f64 = 0.4;
/// Certainty of an empty cell in a damaged text: OCR may have dropped what is printed.
pub const EMPTY_IN_DAMAGE: f64 = 0.4;
/// Certainty of an empty cell in a row whose cells had to be moved.
const EMPTY_IN_SHIFT: f64 = 0.5;
/// Certainty of an empty cell in a row whose other cells are merged: it may be merged as well.
const EMPTY_BESIDE_MERGED: f64 = 0.6;
/// Certainty from which a merged cell is trusted in a damaged text.
const SURELY_MERGED: f64 = 0.8;
/// Certainty of an empty cell in a sound text.
pub const EMPTY: f64 = 0.95;

/// Values of one leaf entry.
#[derive(Debug, Clone)]
pub struct Values {
    /// Time limit.
    pub limit: Reading<Limit>,
    /// Steps.
    pub steps: Reading<Steps>,
    /// Materials.
    pub materials: Reading<Materials>,
    /// State of the legal basis.
    pub basis: BasisState,
    /// How sure the basis is.
    pub basis_certainty: f64,
    /// What it cites.
    pub citations: Citations,
    /// How sure that is.
    pub citations_certainty: f64,
}

impl Values {
    /// How sure they are, beside a code and a name that are known from elsewhere.
    #[must_use]
    pub fn certainty(&self, main_code: f64, code: f64, name: f64) -> Certainty {
        Certainty {
            main_code,
            code,
            name,
            limit: self.limit.certainty,
            steps: self.steps.certainty,
            materials: self.materials.certainty,
            basis: self.basis_certainty,
            citations: self.citations_certainty,
        }
    }
}

/// Reads each distinct text once.
#[derive(Debug, Default)]
pub struct Reader {
    limits: HashMap<String, Reading<Limit>>,
    steps: HashMap<String, Reading<Steps>>,
    materials: HashMap<String, Reading<Materials>>,
    /// Of the list at hand alone: its citations mend one another.
    citations: HashMap<String, Reading<Citations>>,
}

/// What a text reads as, from memory where it was read before.
fn once<T: Clone>(known: &mut HashMap<String, T>, text: &str, read: fn(&str) -> T) -> T {
    if let Some(known) = known.get(text) {
        return known.clone();
    }
    let fresh = read(text);
    known.insert(text.to_owned(), fresh.clone());
    fresh
}

impl Reader {
    /// A time limit.
    pub fn limit(&mut self, text: &str) -> Reading<Limit> {
        once(&mut self.limits, text, limit)
    }

    /// Steps.
    pub fn steps(&mut self, text: &str) -> Reading<Steps> {
        once(&mut self.steps, text, steps)
    }

    /// Materials.
    pub fn materials(&mut self, text: &str) -> Reading<Materials> {
        once(&mut self.materials, text, materials)
    }

    /// The values of a leaf entry.
    pub fn values(&mut self, entry: &Entry, damaged: bool) -> Values {
        // Neither limit nor steps beside other values: cells merged over several rows.
        let bare = [Column::Limit, Column::Steps]
            .iter()
            .all(|column| entry.text(*column).is_empty());
        let merged = bare
            || entry
                .cells
                .values()
                .any(|value| value.filled_from.is_some());
        let empty = if damaged {
            EMPTY_IN_DAMAGE
        } else if entry.shifted {
            EMPTY_IN_SHIFT
        } else if merged {
            EMPTY_BESIDE_MERGED
        } else {
            EMPTY
        };
        let mut limit = self.limit(entry.text(Column::Limit));
        if matches!(limit.value, Limit::Missing) {
            limit.certainty = empty;
        }
        let mut steps = self.steps(entry.text(Column::Steps));
        match &steps.value {
            Steps::Missing => steps.certainty = empty,
            // OCR drops the last line of a narrow cell; a list without damage prints what it means.
            Steps::Listed(_) if damaged && steps.certainty < 0.8 => {
                steps.value = Steps::Unreadable;
            }
            Steps::Listed(_) => steps.certainty = steps.certainty.max(0.8),
            Steps::Unreadable => {}
        }
        let text = entry.text(Column::Materials);
        let mut materials = self.materials(text);
        if matches!(materials.value, Materials::Missing) {
            materials.certainty = empty;
        }
        // OCR may have dropped what an empty cell prints; a dash is printed.
        if damaged && text.is_empty() {
            materials = Reading::new(Materials::Unreadable, empty);
        }
        if let Some(value) = entry.cells.get(&Column::Materials) {
            materials.certainty = materials.certainty.min(value.certainty);
            // OCR drops what a cell prints; only a text with empty cells around it is surely merged.
            if damaged && value.filled_from.is_some() && value.certainty < SURELY_MERGED {
                materials = Reading::new(Materials::Unreadable, value.certainty);
            }
        }
        let (basis, basis_certainty, cited) = self.basis(entry, empty);
        Values {
            limit,
            steps,
            materials,
            basis,
            basis_certainty,
            citations_certainty: cited.certainty.min(basis_certainty),
            citations: cited.value,
        }
    }

    fn basis(&mut self, entry: &Entry, empty: f64) -> (BasisState, f64, Reading<Citations>) {
        let Some(value) = entry.cells.get(&Column::Basis) else {
            let none = Reading::new(Citations::default(), empty);
            return (BasisState::Missing, empty, none);
        };
        let read = once(&mut self.citations, &value.text, citations);
        // Nothing of an instrument is legible, not even a number.
        let numberless = |untold: &Untold| untold.remains.number.is_none();
        let hopeless = read.value.told.is_empty()
            && !read.value.untold.is_empty()
            && read.value.untold.iter().all(numberless);
        let (state, certainty) = if value.filled_from.is_some() {
            (BasisState::Inherited, value.certainty)
        } else if hopeless {
            (BasisState::Unreadable, value.certainty.min(0.5))
        } else {
            (BasisState::Own, value.certainty)
        };
        (state, certainty, read)
    }

    /// Reads the citations of one list together, so that the whole ones mend the damaged ones.
    pub fn cite(&mut self, catalog: &Catalog, standard: &Standard, damaged: bool) {
        let texts: BTreeSet<&str> = leaves(catalog)
            .map(|entry| entry.text(Column::Basis))
            .filter(|text| !text.is_empty())
            .collect();
        let read: Vec<Reading<Citations>> = texts.iter().map(|text| citations(text)).collect();
        let mended = standard.mend(&read, damaged);
        self.citations = texts.into_iter().map(str::to_owned).zip(mended).collect();
    }
}

/// The entries of a catalog that hold values: business rows, and items without them.
pub fn leaves(catalog: &Catalog) -> impl Iterator<Item = &Entry> {
    catalog.items.iter().flat_map(|item| {
        let own = item.businesses.is_empty().then_some(&item.entry);
        own.into_iter().chain(&item.businesses)
    })
}
