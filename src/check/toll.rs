//! What the changes of a rule set do to its findings. A change that takes faults out of the report
//! is shown with their number.

use std::collections::BTreeSet;

/// What each change did to the findings of a frame.
#[derive(Debug)]
pub struct Toll {
    /// Findings taken away or given another weight.
    weighed: Vec<usize>,
    /// Rows found by one set of numbers and not by the other.
    rows: Vec<BTreeSet<usize>>,
}

impl Toll {
    /// Nothing yet, for so many changes.
    pub fn new(changes: usize) -> Self {
        Self {
            weighed: vec![0; changes],
            rows: vec![BTreeSet::new(); changes],
        }
    }

    /// A finding taken away or given another weight by a change.
    pub fn weigh(&mut self, change: usize) {
        self.weighed[change] += 1;
    }

    /// A row found by the numbers of the rule's file, or by those of the change: by both, nothing
    /// has changed.
    pub fn turn(&mut self, change: usize, row: usize) {
        if !self.rows[change].remove(&row) {
            self.rows[change].insert(row);
        }
    }

    /// Adds what was counted to the counts of a run.
    pub fn add_to(self, changed: &mut [usize]) {
        for (index, count) in changed.iter_mut().enumerate() {
            *count += self.weighed[index] + self.rows[index].len();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Toll;

    #[test]
    fn a_row_that_both_numbers_find_is_no_change() {
        let mut toll = Toll::new(1);
        toll.turn(0, 7);
        toll.turn(0, 7);
        toll.turn(0, 8);
        toll.weigh(0);
        let mut changed = [0];
        toll.add_to(&mut changed);
        assert_eq!(changed, [2]);
    }
}
