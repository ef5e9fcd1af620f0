//! Ruled tables: from lines to the cells they enclose, merged ones as one. Lines that end within a
//! cell, as underlines do, part nothing; what touches is one table.

use hayro_interpret::kurbo::{Point, Rect};

use super::rule::{Rule, gathered, joined};
use super::wall::Walls;
use crate::read::{Limits, ReadError};

/// Gap between lines that are one, in the size of the glyphs.
const JOINT: f64 = 0.3;
/// Narrowest column or row, in the size of the glyphs: nothing can be printed in less.
const NARROWEST: f64 = 0.6;
/// Most lines of a page's tables; what has more is a drawing.
const MOST_LINES: usize = 20_000;

/// A cell of a table, merged or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// First row, counted from 0.
    pub row: usize,
    /// First column, counted from 0.
    pub column: usize,
    /// Rows it covers.
    pub rows: usize,
    /// Columns it covers.
    pub columns: usize,
}

/// A ruled table on one page.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Lattice {
    /// Where its columns begin, and where the last one ends.
    pub xs: Vec<f64>,
    /// Where its rows begin, and where the last one ends.
    pub ys: Vec<f64>,
    /// Its cells by rows and columns of where they begin.
    pub fields: Vec<Field>,
}

impl Lattice {
    /// The area of a cell.
    pub fn area(&self, field: &Field) -> Rect {
        Rect::new(
            self.xs[field.column],
            self.ys[field.row],
            self.xs[field.column + field.columns],
            self.ys[field.row + field.rows],
        )
    }

    /// The area of the table.
    pub fn outline(&self) -> Rect {
        let ends = |places: &[f64]| {
            let first = places.first().copied().unwrap_or(0.0);
            (first, places.last().copied().unwrap_or(first))
        };
        let ((x0, x1), (y0, y1)) = (ends(&self.xs), ends(&self.ys));
        Rect::new(x0, y0, x1, y1)
    }

    /// How many cells its grid has, covered ones included.
    pub fn cells(&self) -> usize {
        self.xs.len().saturating_sub(1) * self.ys.len().saturating_sub(1)
    }

    /// Index of the cell that covers each place of the grid, row by row.
    pub fn owners(&self) -> Vec<usize> {
        let columns = self.xs.len().saturating_sub(1);
        let mut owners = vec![0; self.cells()];
        for (index, field) in self.fields.iter().enumerate() {
            for row in field.row..field.row + field.rows {
                let from = row * columns + field.column;
                owners[from..from + field.columns].fill(index);
            }
        }
        owners
    }

    /// Row and column of the grid at a point.
    pub fn place_at(&self, point: Point) -> Option<(usize, usize)> {
        Some((interval(&self.ys, point.y)?, interval(&self.xs, point.x)?))
    }

    /// The same table with its columns counted in the grid of several pages.
    pub fn laid_over(&self, xs: &[f64]) -> Self {
        let places: Vec<usize> = self.xs.iter().map(|x| nearest(xs, *x)).collect();
        let fields = self.fields.iter().map(|field| Field {
            column: places[field.column],
            columns: places[field.column + field.columns] - places[field.column],
            ..*field
        });
        Self {
            xs: xs.to_vec(),
            ys: self.ys.clone(),
            fields: fields.collect(),
        }
    }
}

/// Index of the interval between sorted places that holds a value.
fn interval(places: &[f64], value: f64) -> Option<usize> {
    let after = places.partition_point(|place| *place <= value);
    (after > 0 && after < places.len()).then(|| after - 1)
}

/// Index of the place nearest to a value.
pub fn nearest(places: &[f64], value: f64) -> usize {
    let off = |index: &usize| (places[*index] - value).abs();
    (0..places.len())
        .min_by(|a, b| off(a).total_cmp(&off(b)))
        .unwrap_or(0)
}

/// The ruled tables of a page from top to bottom; `size` is that of its glyphs.
///
/// A box of one cell is no table, and a table within a cell belongs to that cell's text.
///
/// # Errors
/// More cells than a document may have.
pub fn lattices(rules: &[Rule], size: f64, limits: &Limits) -> Result<Vec<Lattice>, ReadError> {
    let lines = joined(rules, size * JOINT);
    if lines.len() > MOST_LINES {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for lines in touching(&lines, size * JOINT) {
        let lattice = lattice(&lines, size, limits)?;
        if lattice.xs.len() > 2 && lattice.fields.len() > 1 {
            found.push(lattice);
        }
    }
    found.sort_by(|a, b| {
        let (a, b) = (a.outline(), b.outline());
        a.y0.total_cmp(&b.y0).then(a.x0.total_cmp(&b.x0))
    });
    let within: Vec<bool> = found
        .iter()
        .map(|inner| {
            found.iter().any(|outer| {
                let (i, o) = (inner.outline(), outer.outline());
                i != o && o.contains(i.origin()) && o.contains(Point::new(i.x1, i.y1))
            })
        })
        .collect();
    let mut within = within.into_iter();
    found.retain(|_| !within.next().unwrap_or(false));
    Ok(found)
}

/// Sorts lines by what touches what, directly or by others.
fn touching(lines: &[Rule], slack: f64) -> Vec<Vec<Rule>> {
    let mut group: Vec<usize> = (0..lines.len()).collect();
    fn root(group: &mut [usize], mut index: usize) -> usize {
        while group[index] != index {
            group[index] = group[group[index]];
            index = group[index];
        }
        index
    }
    let reaches = |line: &Rule, at: f64| line.from - slack <= at && at <= line.to + slack;
    // Level lines come first; upright ones are sorted by their place.
    let split = lines.partition_point(|line| line.level);
    for (index, level) in lines[..split].iter().enumerate() {
        let from = lines[split..].partition_point(|line| line.at < level.from - slack);
        for (offset, upright) in lines[split..].iter().enumerate().skip(from) {
            if upright.at > level.to + slack {
                break;
            }
            if reaches(upright, level.at) {
                let (a, b) = (root(&mut group, index), root(&mut group, split + offset));
                group[a.max(b)] = a.min(b);
            }
        }
    }
    let mut groups: Vec<Vec<Rule>> = vec![Vec::new(); lines.len()];
    for (index, line) in lines.iter().enumerate() {
        groups[root(&mut group, index)].push(*line);
    }
    groups.retain(|lines| lines.len() > 2);
    groups
}

/// The table that touching lines enclose.
fn lattice(lines: &[Rule], size: f64, limits: &Limits) -> Result<Lattice, ReadError> {
    let places = |level: bool| {
        let ends = lines.iter().filter(move |line| line.level != level);
        let from = ends.clone().map(|line| line.from).fold(f64::MAX, f64::min);
        let to = ends.map(|line| line.to).fold(f64::MIN, f64::max);
        let at = lines.iter().filter(move |line| line.level == level);
        let at: Vec<f64> = at.map(|line| line.at).collect();
        let first = at.iter().copied().fold(f64::MAX, f64::min);
        let last = at.iter().copied().fold(f64::MIN, f64::max);
        // Tables may be open at a side: lines then go on beyond the last of those they cross.
        let open = [from, to]
            .into_iter()
            .zip([from < first - size, to > last + size])
            .filter_map(|(end, open)| open.then_some(end));
        gathered(at.iter().copied().chain(open).collect(), size * NARROWEST)
    };
    let (xs, ys) = (places(false), places(true));
    if xs.len() < 2 || ys.len() < 2 {
        return Ok(Lattice::default());
    }
    let cells = (xs.len() - 1).saturating_mul(ys.len() - 1);
    limits.within_cells(u64::try_from(cells).unwrap_or(u64::MAX))?;
    let fields = Walls::of(lines, &xs, &ys).fields(&xs, &ys);
    Ok(used(Lattice { xs, ys, fields }))
}

/// Takes out the places at which no cell begins or ends.
fn used(lattice: Lattice) -> Lattice {
    let keep = |count: usize, begins: &dyn Fn(&Field) -> [usize; 2]| {
        let mut used = vec![false; count];
        for field in &lattice.fields {
            for place in begins(field) {
                used[place] = true;
            }
        }
        used
    };
    let columns = keep(lattice.xs.len(), &|field| {
        [field.column, field.column + field.columns]
    });
    let rows = keep(lattice.ys.len(), &|field| {
        [field.row, field.row + field.rows]
    });
    let count = |used: &[bool], place: usize| used[..place].iter().filter(|used| **used).count();
    let kept = |places: &[f64], used: &[bool]| {
        let pairs = places.iter().zip(used);
        pairs
            .filter_map(|(place, used)| used.then_some(*place))
            .collect()
    };
    let fields = lattice.fields.iter().map(|field| {
        let (column, row) = (count(&columns, field.column), count(&rows, field.row));
        Field {
            row,
            column,
            rows: count(&rows, field.row + field.rows) - row,
            columns: count(&columns, field.column + field.columns) - column,
        }
    });
    Lattice {
        xs: kept(&lattice.xs, &columns),
        ys: kept(&lattice.ys, &rows),
        fields: fields.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(at: f64, from: f64, to: f64) -> Rule {
        Rule {
            level: true,
            at,
            from,
            to,
            weight: 0.5,
        }
    }

    fn upright(at: f64, from: f64, to: f64) -> Rule {
        Rule {
            level: false,
            ..level(at, from, to)
        }
    }

    /// Three rows of three columns; the first column is merged over the rows below the head, an
    /// underline stands in the middle.
    fn merged() -> Vec<Rule> {
        vec![
            level(0.0, 0.0, 300.0),
            level(30.0, 0.0, 300.0),
            level(60.0, 100.0, 300.0),
            level(90.0, 0.0, 300.0),
            level(45.0, 110.0, 150.0),
            upright(0.0, 0.0, 90.0),
            upright(100.0, 0.0, 90.0),
            upright(200.0, 0.0, 90.0),
            upright(300.0, 0.0, 90.0),
        ]
    }

    fn tables(rules: &[Rule], size: f64) -> Vec<Lattice> {
        lattices(rules, size, &Limits::default()).expect("few cells")
    }

    #[test]
    fn merged_cells_are_one_and_underlines_part_nothing() {
        let found = tables(&merged(), 10.0);
        assert_eq!(found.len(), 1);
        let table = &found[0];
        assert_eq!(table.ys, [0.0, 30.0, 60.0, 90.0]);
        assert_eq!(table.fields.len(), 8);
        let (row, column) = table.place_at(Point::new(50.0, 80.0)).expect("a place");
        let owner = table.owners()[row * 3 + column];
        assert_eq!(
            table.fields[owner],
            Field {
                row: 1,
                column: 0,
                rows: 2,
                columns: 1
            }
        );
    }

    #[test]
    fn open_sides_are_closed_where_the_lines_end() {
        let open: Vec<Rule> = merged()
            .into_iter()
            .filter(|rule| rule.level || rule.at > 0.0 && rule.at < 300.0)
            .collect();
        assert_eq!(tables(&open, 10.0)[0].xs, [0.0, 100.0, 200.0, 300.0]);
    }

    #[test]
    fn a_frame_is_no_table_and_a_table_in_a_cell_is_that_cells() {
        let frame = [
            level(0.0, 0.0, 300.0),
            level(400.0, 0.0, 300.0),
            upright(0.0, 0.0, 400.0),
            upright(300.0, 0.0, 400.0),
        ];
        assert!(tables(&frame, 10.0).is_empty());
        let mut nested = merged();
        nested.extend([level(65.0, 210.0, 290.0), level(85.0, 210.0, 290.0)]);
        nested.extend([210.0, 250.0, 290.0].map(|at| upright(at, 65.0, 85.0)));
        assert_eq!(tables(&nested, 10.0).len(), 1);
    }

    #[test]
    fn a_table_laid_over_a_finer_grid_spans_its_columns() {
        let table = &tables(&merged(), 10.0)[0];
        let over = table.laid_over(&[0.0, 100.0, 150.0, 200.0, 300.0]);
        assert_eq!(over.fields[1].columns, 2);
        assert_eq!(over.area(&over.fields[1]), table.area(&table.fields[1]));
    }
}
