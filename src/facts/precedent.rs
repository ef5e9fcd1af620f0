//! Precedents: what a list prints whole elsewhere and what the national list says, by which its
//! damaged cells are read. Owns which texts count as whole; refuses to lend a cell a number.

use std::collections::BTreeSet;

use crate::normalise::limit::{Phrasing, limit_like};
use crate::normalise::{Limit, Reading, Steps, steps, steps_like};
use crate::recover::{Catalog, Column};
use crate::standard::Edition;

use super::values::{Values, leaves};

/// Fewest steps that an item has: somebody asks, somebody takes it in, and it is done.
const FEWEST: usize = 3;
/// Certainty from which steps are a precedent.
const WHOLE: f64 = 0.8;

/// The texts of one list that others are read by.
#[derive(Debug, Default)]
pub struct Precedents {
    steps: Vec<Vec<String>>,
    limits: Vec<Phrasing>,
}

impl Precedents {
    /// What a list and the national edition print whole.
    #[must_use]
    pub fn of(catalog: &Catalog, edition: &Edition) -> Self {
        let national = edition.items.iter().map(|item| item.steps.clone());
        let mut sequences: BTreeSet<Vec<String>> = national.filter(|s| !s.is_empty()).collect();
        let distinct = |column: Column| -> BTreeSet<&str> {
            leaves(catalog).map(|entry| entry.text(column)).collect()
        };
        for text in distinct(Column::Steps) {
            let read = steps(text);
            if let (Steps::Listed(sequence), true) = (read.value, read.certainty >= WHOLE) {
                sequences.insert(sequence);
            }
        }
        let mut limits = Phrasing::common();
        for phrasing in distinct(Column::Limit).into_iter().filter_map(Phrasing::of) {
            if !limits.contains(&phrasing) {
                limits.push(phrasing);
            }
        }
        Self {
            steps: sequences.into_iter().collect(),
            limits,
        }
    }

    /// Reads by precedent what does not read by itself, and in a damaged list gives up steps that
    /// are a precedent's without its end: OCR drops the last line of a narrow cell.
    pub fn complete(&self, values: &mut Values, limit: &str, steps: &str, damaged: bool) {
        if values.limit.value == Limit::Unreadable
            && let Some(read) = limit_like(limit, &self.limits)
        {
            values.limit = read;
        }
        if values.steps.value == Steps::Unreadable
            && let Some(read) = steps_like(steps, &self.steps)
        {
            values.steps = read;
        }
        if let Steps::Listed(listed) = &values.steps.value
            && damaged
            && self.is_cut(listed)
        {
            values.steps = Reading::new(Steps::Unreadable, values.steps.certainty);
        }
    }

    /// Whether steps are those of a precedent but for its last ones, or only its first and last.
    fn is_cut(&self, steps: &[String]) -> bool {
        if steps.len() < FEWEST {
            return true;
        }
        let longer = |known: &&Vec<String>| known.len() > steps.len() && known.starts_with(steps);
        self.steps.iter().find(longer).is_some()
    }
}
