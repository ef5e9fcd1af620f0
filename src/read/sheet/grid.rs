//! Merged ranges: which cells a cell covers and by which it is covered. Of ranges that overlap the
//! first is taken, as office programs do when they repair such a sheet.

use std::collections::{BTreeMap, HashMap};

use super::super::{Limits, ReadError};

/// Merged cells from the first to the last, both included, counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merge {
    /// Row and column of the upper left cell, which holds the text.
    pub first: (u32, u32),
    /// Row and column of the lower right cell.
    pub last: (u32, u32),
}

impl Merge {
    fn is_one_cell(self) -> bool {
        self.first == self.last
    }

    fn overlaps(self, other: Self) -> bool {
        self.first.0 <= other.last.0
            && other.first.0 <= self.last.0
            && self.first.1 <= other.last.1
            && other.first.1 <= self.last.1
    }

    /// What of it lies within a grid; `None` where nothing does.
    fn within(self, last: (u32, u32)) -> Option<Self> {
        let ordered = self.first.0 <= self.last.0 && self.first.1 <= self.last.1;
        (ordered && self.first.0 <= last.0 && self.first.1 <= last.1).then(|| Self {
            first: self.first,
            last: (self.last.0.min(last.0), self.last.1.min(last.1)),
        })
    }
}

/// The merged ranges of a sheet, cut to the part of it that holds text.
#[derive(Debug, Default)]
pub struct Grid {
    /// By their upper left cell.
    anchors: HashMap<(u32, u32), Merge>,
    /// Ranges that reach into a row, by their columns; row by row, because a sheet has few ranges
    /// side by side and may have many one below the other.
    rows: BTreeMap<u32, Vec<Merge>>,
    /// Ranges that were left out because they overlap an earlier one.
    pub overlapping: Vec<Merge>,
}

impl Grid {
    /// The ranges of a sheet whose text ends at `last`.
    ///
    /// # Errors
    /// Ranges that cover more cells than `limits` allow.
    pub fn of(merges: &[Merge], last: (u32, u32), limits: &Limits) -> Result<Self, ReadError> {
        let mut grid = Self::default();
        let mut cost = 0;
        for merge in merges {
            let Some(cut) = merge.within(last) else {
                continue;
            };
            if merge.is_one_cell() {
                continue;
            }
            cost += u64::from(cut.last.0 - cut.first.0) + 1;
            limits.within_cells(cost)?;
            let mut reached = (cut.first.0..=cut.last.0).filter_map(|row| grid.rows.get(&row));
            if reached.any(|ranges| ranges.iter().any(|other| other.overlaps(cut))) {
                grid.overlapping.push(*merge);
                continue;
            }
            for row in cut.first.0..=cut.last.0 {
                grid.rows.entry(row).or_default().push(cut);
            }
            grid.anchors.insert(cut.first, cut);
        }
        Ok(grid)
    }

    /// Rows and columns that a cell covers, itself included.
    #[must_use]
    pub fn span(&self, row: u32, column: u32) -> (u32, u32) {
        self.anchors.get(&(row, column)).map_or((1, 1), |merge| {
            (
                merge.last.0 - merge.first.0 + 1,
                merge.last.1 - merge.first.1 + 1,
            )
        })
    }

    /// Row and column of the cell that covers a cell; `None` where none does.
    #[must_use]
    pub fn covering(&self, row: u32, column: u32) -> Option<(u32, u32)> {
        self.rows
            .get(&row)?
            .iter()
            .find(|merge| (merge.first.1..=merge.last.1).contains(&column))
            .map(|merge| merge.first)
            .filter(|first| *first != (row, column))
    }

    /// Rows in which a cell of a row above covers cells, in order.
    pub fn rows_going_on(&self) -> impl Iterator<Item = u32> + '_ {
        let rows = self.rows.iter();
        rows.filter(|(row, ranges)| ranges.iter().any(|merge| merge.first.0 < **row))
            .map(|(row, _)| *row)
    }

    /// How many columns the widest range of a row covers; 1 where there is none.
    #[must_use]
    pub fn widest(&self, row: u32) -> u32 {
        let ranges = self.rows.get(&row).into_iter().flatten();
        ranges
            .map(|merge| merge.last.1 - merge.first.1 + 1)
            .max()
            .unwrap_or(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn merge(first: (u32, u32), last: (u32, u32)) -> Merge {
        Merge { first, last }
    }

    fn grid(merges: &[Merge], last: (u32, u32)) -> Grid {
        Grid::of(merges, last, &Limits::default()).expect("few cells")
    }

    #[test]
    fn cells_are_covered_by_the_upper_left_one() {
        let grid = grid(&[merge((1, 0), (3, 1))], (9, 9));
        assert_eq!(grid.span(1, 0), (3, 2));
        assert_eq!(grid.covering(1, 0), None);
        assert_eq!(grid.covering(1, 1), Some((1, 0)));
        assert_eq!(grid.covering(3, 0), Some((1, 0)));
        assert_eq!(grid.covering(4, 0), None);
        assert_eq!(grid.rows_going_on().collect::<Vec<_>>(), [2, 3]);
        assert_eq!((grid.widest(2), grid.widest(4)), (2, 1));
    }

    #[test]
    fn of_overlapping_ranges_the_first_is_taken() {
        let grid = grid(&[merge((0, 0), (2, 2)), merge((2, 2), (4, 4))], (9, 9));
        assert_eq!(grid.overlapping, [merge((2, 2), (4, 4))]);
        assert_eq!(grid.covering(2, 2), Some((0, 0)));
        assert_eq!(grid.covering(4, 4), None);
    }

    #[test]
    fn ranges_end_where_the_text_ends() {
        let grid = grid(&[merge((0, 0), (1_048_575, 16_383))], (3, 2));
        assert_eq!(grid.span(0, 0), (4, 3));
        assert!(grid.covering(4, 0).is_none());
    }
}
