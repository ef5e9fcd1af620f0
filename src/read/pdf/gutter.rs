//! Tables without ruled lines: columns from white space that is aligned over many lines. Only where
//! it is sure; what might be prose in columns is left as prose.

use hayro_interpret::kurbo::Rect;

use super::glyph::{Glyph, Turn};
use super::lattice::{Field, Lattice};
use super::sheet::Fragment;
use super::{line, paragraph};

/// Gap between pieces of a line, in the size of the glyphs; wider than a space.
const GAP: f64 = 1.2;
/// Gap between words of a line, in the size of the glyphs.
const WORD: f64 = 0.5;
/// Narrowest gap between columns over all lines, in the size of the glyphs.
const GUTTER: f64 = 0.8;
/// Fewest columns and fewest lines that hold as many pieces.
const COLUMNS: usize = 3;
const LINES: usize = 4;
/// Most columns of a list.
const MOST_COLUMNS: usize = 60;
/// Of so many lines one may be wider than its columns.
const WIDE_LINES: usize = 6;
/// Share of the columns that a line fills where it begins a row.
const FILLED: f64 = 0.6;
/// How much more than the least distance of lines stands between rows.
const APART: f64 = 1.3;

/// A line of the table.
struct Row<'g> {
    glyphs: Vec<&'g Glyph>,
    /// Height of its base line.
    base: f64,
    /// Index of the column of each piece; empty where the line crosses a gutter.
    columns: Vec<usize>,
}

/// The table of a page that has no lines, and the glyphs around it; `None` where there is no sure
/// one.
pub fn table(glyphs: &[Glyph], size: f64) -> Option<(Fragment, Vec<&Glyph>)> {
    let level = |glyph: &&Glyph| glyph.turn() == Some(Turn::Right);
    let lines = line::rows(glyphs.iter().filter(level));
    let pieces: Vec<Vec<(f64, f64)>> = lines.iter().map(|line| pieces(line, GAP * size)).collect();
    let many = |index: &usize| pieces[*index].len() >= COLUMNS;
    let first = (0..lines.len()).find(many)?;
    let last = (0..lines.len()).rfind(many)?;
    if (first..=last).filter(many).count() < LINES {
        return None;
    }
    let sample: Vec<&Vec<(f64, f64)>> = (first..=last).filter(many).map(|i| &pieces[i]).collect();
    let columns = columns(&sample, size);
    if !(COLUMNS..=MOST_COLUMNS).contains(&columns.len()) {
        return None;
    }
    let rows: Vec<Row> = (first..lines.len())
        .map(|index| Row {
            glyphs: lines[index].clone(),
            base: base(&lines[index]),
            columns: placed(&lines[index], &columns, size),
        })
        .collect();
    // The last row goes on below its first line, as far as its lines keep to the columns.
    let end = (last - first + 1..rows.len())
        .find(|index| {
            let far = rows[*index].base - rows[index - 1].base > size * 2.0;
            far || rows[*index].columns.is_empty()
        })
        .unwrap_or(rows.len());
    let starts = starts(&rows[..end], columns.len(), size)?;
    let fragment = fragment(&rows[..end], &starts, &columns, size);
    let mut rest: Vec<&Glyph> = glyphs.iter().filter(|glyph| !level(glyph)).collect();
    let around = lines[..first].iter().chain(&lines[first + end..]);
    rest.extend(around.flatten().copied());
    Some((fragment, rest))
}

fn base(line: &[&Glyph]) -> f64 {
    line.first().map_or(0.0, |glyph| glyph.origin.y)
}

/// Where the pieces of a line begin and end.
fn pieces(line: &[&Glyph], gap: f64) -> Vec<(f64, f64)> {
    let mut pieces: Vec<(f64, f64)> = Vec::new();
    for glyph in line.iter().filter(|glyph| !glyph.is_blank()) {
        let (from, to) = (glyph.origin.x, glyph.origin.x + glyph.along.x);
        match pieces.last_mut() {
            Some(piece) if from - piece.1 < gap => piece.1 = piece.1.max(to),
            _ => pieces.push((from, to)),
        }
    }
    pieces
}

/// The columns: what pieces cover in more than a few of the lines. A title may be wider than its
/// column.
fn columns(lines: &[&Vec<(f64, f64)>], size: f64) -> Vec<(f64, f64)> {
    let few = lines.len() / WIDE_LINES;
    let mut ends: Vec<(f64, bool)> = lines
        .iter()
        .flat_map(|line| line.iter())
        .flat_map(|piece| [(piece.0, true), (piece.1, false)])
        .collect();
    ends.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut covering = 0;
    let mut columns: Vec<(f64, f64)> = Vec::new();
    for (at, begins) in ends {
        let before = covering > few;
        covering = if begins { covering + 1 } else { covering - 1 };
        match (before, covering > few) {
            (false, true) => match columns.last() {
                Some(column) if at - column.1 < GUTTER * size => {}
                _ => columns.push((at, at)),
            },
            (true, false) => {
                if let Some(column) = columns.last_mut() {
                    column.1 = at;
                }
            }
            _ => {}
        }
    }
    columns
}

/// The columns in which a line has text; empty where a piece of it reaches into a second one.
fn placed(line: &[&Glyph], columns: &[(f64, f64)], size: f64) -> Vec<usize> {
    let column = |piece: &(f64, f64)| {
        let mut met = (0..columns.len())
            .filter(|index| piece.0 < columns[*index].1 && piece.1 > columns[*index].0);
        match (met.next(), met.next()) {
            (Some(index), None) => Some(index),
            _ => None,
        }
    };
    let words = pieces(line, WORD * size);
    let placed: Option<Vec<usize>> = words.iter().map(column).collect();
    let mut placed = placed.unwrap_or_default();
    placed.dedup();
    placed
}

/// The lines at which rows begin; `None` where that is not sure.
fn starts(rows: &[Row], columns: usize, size: f64) -> Option<Vec<usize>> {
    let crossing = rows.iter().filter(|row| row.columns.is_empty()).count();
    if crossing * 10 > rows.len() {
        return None;
    }
    let full = |row: &Row| row.columns.len() as f64 >= columns as f64 * FILLED;
    let mut pitches: Vec<f64> = rows
        .windows(2)
        .map(|pair| pair[1].base - pair[0].base)
        .collect();
    pitches.sort_by(f64::total_cmp);
    let least = pitches.get(pitches.len() / 10).copied()?.max(size * 0.8);
    let apart: Vec<usize> = (0..rows.len())
        .filter(|&index| index == 0 || rows[index].base - rows[index - 1].base > least * APART)
        .collect();
    let keyed: Vec<usize> = (0..rows.len())
        .filter(|&index| rows[index].columns.contains(&0) || rows[index].columns.is_empty())
        .collect();
    let sure = if rows.iter().all(full) {
        (0..rows.len()).collect()
    } else if apart.len() >= LINES {
        apart
    } else if keyed.first() == Some(&0) && keyed.iter().all(|&index| full(&rows[index])) {
        keyed
    } else {
        return None;
    };
    // Every column is one: it is filled in half of the rows.
    let used = |column: usize| {
        let rows = sure.iter().enumerate().filter(|(position, start)| {
            let end = sure.get(position + 1).copied().unwrap_or(rows.len());
            rows[**start..end]
                .iter()
                .any(|row| row.columns.contains(&column))
        });
        rows.count()
    };
    let half = |column: usize| used(column) * 2 >= sure.len();
    (sure.len() >= COLUMNS && (0..columns).filter(|c| half(*c)).count() >= COLUMNS).then_some(sure)
}

fn fragment(rows: &[Row], starts: &[usize], columns: &[(f64, f64)], size: f64) -> Fragment {
    let between = |pair: &[(f64, f64)]| f64::midpoint(pair[0].1, pair[1].0);
    let mut xs: Vec<f64> = columns.windows(2).map(between).collect();
    xs.insert(0, columns.first().map_or(0.0, |column| column.0 - size));
    xs.push(columns.last().map_or(0.0, |column| column.1 + size));
    let mut ys: Vec<f64> = starts
        .iter()
        .map(|start| rows[*start].base - size)
        .collect();
    ys.push(rows.last().map_or(0.0, |row| row.base + size));
    let mut fragment = Fragment::default();
    for (row, start) in starts.iter().enumerate() {
        let end = starts.get(row + 1).copied().unwrap_or(rows.len());
        // What crosses the columns is a heading of one cell over all of them.
        let heading = rows[*start].columns.is_empty();
        let lines = &rows[*start..end];
        let fields = if heading {
            let glyphs = lines.iter().flat_map(|line| line.glyphs.iter().copied());
            vec![glyphs.collect()]
        } else {
            cells(lines, columns, size)
        };
        for (column, glyphs) in fields.into_iter().enumerate() {
            let (from, to) = columns[column];
            let area = Rect::new(from, ys[row], to, ys[row + 1]);
            fragment.texts.push(paragraph::text(&glyphs, area, 0.0));
            fragment.lattice.fields.push(Field {
                row,
                column,
                rows: 1,
                columns: if heading { columns.len() } else { 1 },
            });
        }
    }
    fragment.lattice = Lattice {
        xs,
        ys,
        ..fragment.lattice
    };
    fragment
}

/// Sorts the words of a row's lines into the columns they stand in.
fn cells<'g>(lines: &[Row<'g>], columns: &[(f64, f64)], size: f64) -> Vec<Vec<&'g Glyph>> {
    let mut cells = vec![Vec::new(); columns.len()];
    for line in lines {
        for (from, to) in pieces(&line.glyphs, WORD * size) {
            let shared = |index: &usize| columns[*index].1.min(to) - columns[*index].0.max(from);
            let column = (0..columns.len()).max_by(|a, b| shared(a).total_cmp(&shared(b)));
            let within = |glyph: &&&Glyph| (from..to).contains(&glyph.middle().x);
            cells[column.unwrap_or(0)].extend(line.glyphs.iter().filter(within).copied());
        }
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::super::line::tests::printed;
    use super::*;

    fn page(lines: &[(f64, &[(&str, f64)])]) -> Vec<Glyph> {
        lines
            .iter()
            .flat_map(|(y, pieces)| pieces.iter().flat_map(|(text, x)| printed(text, *x, *y)))
            .collect()
    }

    #[test]
    fn aligned_columns_are_a_table_and_what_stands_around_is_not() {
        let glyphs = page(&[
            (0.0, &[("办事清单", 60.0)]),
            (20.0, &[("序号", 0.0), ("子项", 50.0), ("时限", 150.0)]),
            (40.0, &[("1", 5.0), ("单位参保", 50.0), ("即时办结", 150.0)]),
            (52.0, &[("登记", 50.0)]),
            (72.0, &[("2", 5.0), ("职工参保", 50.0), ("即时办结", 150.0)]),
            (92.0, &[("3", 5.0), ("查询", 50.0), ("即时办结", 150.0)]),
            (150.0, &[("第一页", 60.0)]),
        ]);
        let (fragment, rest) = table(&glyphs, 10.0).expect("a table");
        assert_eq!(fragment.texts.len(), 12);
        assert_eq!(fragment.texts[4], "单位参保登记");
        assert_eq!(rest.len(), 7);
    }

    #[test]
    fn prose_in_two_columns_is_no_table() {
        let line: &[(&str, f64)] = &[("各区县医疗保障局", 0.0), ("现将有关事项通知", 120.0)];
        let glyphs = page(&[(0.0, line), (12.0, line), (24.0, line), (36.0, line)]);
        assert!(table(&glyphs, 10.0).is_none());
    }

    #[test]
    fn rows_that_cannot_be_told_apart_are_left_as_prose() {
        let glyphs = page(&[
            (0.0, &[("甲", 50.0), ("乙", 150.0), ("丙", 250.0)]),
            (12.0, &[("1", 0.0), ("甲", 50.0)]),
            (24.0, &[("乙", 50.0), ("丙", 150.0), ("丁", 250.0)]),
            (
                36.0,
                &[("2", 0.0), ("乙", 50.0), ("丙", 150.0), ("丁", 250.0)],
            ),
            (48.0, &[("乙", 50.0), ("丙", 150.0), ("丁", 250.0)]),
            (60.0, &[("乙", 50.0)]),
        ]);
        assert!(table(&glyphs, 10.0).is_none());
    }
}
