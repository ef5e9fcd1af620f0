//! One grid for a table that goes on over pages: each page draws its own lines, and a column that
//! is parted on one page only would be counted differently on the next.

use super::lattice::nearest;
use super::rule::gathered;
use super::sheet::{Fragment, Sheet};

/// How far the sides of one table may lie apart on two pages, in points.
const SIDES: f64 = 6.0;
/// How far the columns of one table may lie apart on two pages, in points; narrower columns hold
/// no text.
const COLUMNS: f64 = 5.0;

/// Lays the parts of each table over one grid.
pub fn unite(sheets: &mut [Sheet]) {
    let mut tables: Vec<&mut Fragment> = sheets
        .iter_mut()
        .flat_map(|sheet| &mut sheet.tables)
        .collect();
    let mut from = 0;
    while from < tables.len() {
        let mut grid = tables[from].lattice.xs.clone();
        let mut to = from + 1;
        while to < tables.len() && is_same(&grid, &tables[to].lattice.xs) {
            let mut all = grid.clone();
            all.extend(&tables[to].lattice.xs);
            grid = gathered(all, COLUMNS);
            to += 1;
        }
        for table in &mut tables[from..to] {
            table.lattice = table.lattice.laid_over(&grid);
        }
        from = to;
    }
}

/// Whether two grids are those of one table: the same sides, and most columns of the coarser one
/// in the finer one.
fn is_same(a: &[f64], b: &[f64]) -> bool {
    let near = |places: &[f64], x: f64, slack: f64| {
        !places.is_empty() && (places[nearest(places, x)] - x).abs() <= slack
    };
    let ends = |places: &[f64]| (places.first().copied(), places.last().copied());
    let sides = match (ends(a), ends(b)) {
        ((Some(a0), Some(a1)), (Some(b0), Some(b1))) => {
            (a0 - b0).abs() <= SIDES && (a1 - b1).abs() <= SIDES
        }
        _ => false,
    };
    let (coarse, fine) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let inner = coarse.get(1..coarse.len().saturating_sub(1)).unwrap_or(&[]);
    let shared = inner.iter().filter(|x| near(fine, **x, COLUMNS)).count();
    sides && shared * 4 >= inner.len() * 3
}

#[cfg(test)]
mod tests {
    use super::super::lattice::{Field, Lattice};
    use super::*;

    fn sheet(xs: &[f64]) -> Sheet {
        let fields = (0..xs.len() - 1).map(|column| Field {
            row: 0,
            column,
            rows: 1,
            columns: 1,
        });
        let lattice = Lattice {
            xs: xs.to_vec(),
            ys: vec![0.0, 20.0],
            fields: fields.collect(),
        };
        Sheet {
            tables: vec![Fragment {
                lattice,
                ..Fragment::default()
            }],
            ..Sheet::default()
        }
    }

    #[test]
    fn a_column_parted_on_one_page_is_spanned_on_the_others() {
        let mut sheets = [
            sheet(&[50.0, 100.0, 200.0, 300.0]),
            sheet(&[51.0, 101.0, 201.0, 250.0, 301.0]),
        ];
        unite(&mut sheets);
        let lattice = |index: usize| &sheets[index].tables[0].lattice;
        assert_eq!(lattice(0).xs, lattice(1).xs);
        assert_eq!(lattice(0).fields[2].columns, 2);
        assert_eq!(lattice(1).fields[2].columns, 1);
    }

    #[test]
    fn another_table_of_the_same_width_keeps_its_own_grid() {
        let mut sheets = [
            sheet(&[50.0, 100.0, 200.0, 300.0]),
            sheet(&[50.0, 150.0, 250.0, 300.0]),
        ];
        unite(&mut sheets);
        assert_eq!(sheets[1].tables[0].lattice.xs, [50.0, 150.0, 250.0, 300.0]);
    }
}
