//! What parts the grid of a table: which sides of its places a line covers, and the cells that are
//! left, merged ones as one.

use super::lattice::{Field, nearest};
use super::rule::Rule;

/// Share of a side that a line covers where it parts two cells.
const COVERED: f64 = 0.6;

/// Where the grid of a table is parted: sides of its cells that a line covers.
pub struct Walls {
    columns: usize,
    /// Length of lines along the left side of each cell.
    left: Vec<f64>,
    /// Length of lines along the upper side of each cell.
    upper: Vec<f64>,
}

impl Walls {
    /// The sides that lines cover in the grid of these places.
    pub fn of(lines: &[Rule], xs: &[f64], ys: &[f64]) -> Self {
        let columns = xs.len() - 1;
        let rows = ys.len() - 1;
        let mut walls = Self {
            columns,
            left: vec![0.0; columns * rows],
            upper: vec![0.0; columns * rows],
        };
        for line in lines {
            let (across, along) = if line.level { (ys, xs) } else { (xs, ys) };
            let place = nearest(across, line.at);
            if place + 1 >= across.len() {
                continue;
            }
            let first = along.partition_point(|end| *end <= line.from).max(1);
            for index in first..along.len() {
                if along[index - 1] >= line.to {
                    break;
                }
                let covered = line.to.min(along[index]) - line.from.max(along[index - 1]);
                if line.level {
                    walls.upper[place * columns + index - 1] += covered.max(0.0);
                } else {
                    walls.left[(index - 1) * columns + place] += covered.max(0.0);
                }
            }
        }
        walls
    }

    /// Takes the cells of a grid: each as wide as nothing parts it, then as high.
    pub fn fields(&self, xs: &[f64], ys: &[f64]) -> Vec<Field> {
        let (columns, rows) = (self.columns, ys.len() - 1);
        let left = |row: usize, column: usize| {
            self.left[row * columns + column] >= (ys[row + 1] - ys[row]) * COVERED
        };
        let upper = |row: usize, column: usize| {
            self.upper[row * columns + column] >= (xs[column + 1] - xs[column]) * COVERED
        };
        let mut taken = vec![false; columns * rows];
        let mut fields = Vec::new();
        for row in 0..rows {
            for column in 0..columns {
                if taken[row * columns + column] {
                    continue;
                }
                let mut end = column + 1;
                while end < columns && !taken[row * columns + end] && !left(row, end) {
                    end += 1;
                }
                let mut last = row + 1;
                while last < rows
                    && (column..end).all(|c| !upper(last, c) && !taken[last * columns + c])
                    && (column + 1..end).all(|c| !left(last, c))
                {
                    last += 1;
                }
                for covered in row..last {
                    taken[covered * columns + column..covered * columns + end].fill(true);
                }
                fields.push(Field {
                    row,
                    column,
                    rows: last - row,
                    columns: end - column,
                });
            }
        }
        fields
    }
}
