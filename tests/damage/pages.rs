//! Pages: headers printed again, rows cut over the foot of a page, tails and notes among the rows.

use crate::merge::sliced;
use crate::random::Random;
use crate::table::{Cell, Field, Line, Row, Table};

/// Cuts the table into pages of a few rows, each under its own header; some rows go on over the
/// page with what of their cells found no room.
pub fn cut(table: &mut Table, random: &mut Random) {
    let header = Row {
        cells: table
            .header
            .iter()
            .map(|title| Cell {
                text: title.clone(),
                tags: Vec::new(),
            })
            .collect(),
        ..Row::default()
    };
    let mut lines = Vec::new();
    let mut left = random.between(3, 8);
    let all = std::mem::take(&mut table.lines);
    let last = all.len().saturating_sub(1);
    for (at, line) in all.into_iter().enumerate() {
        let Line::Row(mut row) = line else {
            lines.push(line);
            continue;
        };
        left = left.saturating_sub(1);
        if left > 0 || at == last {
            lines.push(Line::Row(row));
            continue;
        }
        left = random.between(3, 8);
        let rest = (random.percent(60) && !row.moved && !row.leaves.is_empty())
            .then(|| over_the_page(&mut row, random))
            .flatten();
        if rest.is_some() {
            row.moved = true;
            table.told(&row.cells);
        }
        lines.push(Line::Row(row));
        lines.push(Line::Text(String::new()));
        lines.push(Line::Row(header.clone()));
        lines.extend(rest.map(Line::Row));
    }
    table.lines = lines;
}

/// What of a row stands on the next page.
fn over_the_page(row: &mut Row, random: &mut Random) -> Option<Row> {
    let mut rest = Row {
        cells: vec![Cell::default(); row.cells.len()],
        leaves: row.leaves.clone(),
        moved: true,
    };
    let mut any = false;
    for (cell, below) in row.cells.iter_mut().zip(&mut rest.cells) {
        below.tags.clone_from(&cell.tags);
        let share = match cell.tags.first().map(|tag| tag.0) {
            Some(Field::Materials | Field::Basis | Field::Remark) => 60,
            Some(Field::Name | Field::BusinessName | Field::Steps | Field::Limit) => 15,
            _ => 0,
        };
        if cell.is_empty() || !random.percent(share) {
            continue;
        }
        if let [head, foot] = &sliced(&cell.text, 2, random)[..] {
            (cell.text, below.text) = (head.clone(), foot.clone());
            any = true;
        }
    }
    any.then_some(rest)
}

/// Puts tails of pages and notes among the rows: they say nothing of any item.
pub fn litter(table: &mut Table, random: &mut Random) {
    let width = table.header.len();
    for page in 1..=random.between(2, 6) {
        let at = random.below(table.lines.len() + 1);
        let tail = match random.below(7) {
            0 => Line::Text(format!("— {page} —")),
            1 => Line::Text(format!("第 {page} 页 共 6 页")),
            2 => Line::Text("打印日期：2024-05-06 09:30".to_owned()),
            3 => row(
                width,
                random.below(width),
                &format!("第 {page} 页，共 6 页"),
            ),
            4 => row(width, width - 1, &format!("— {page} —")),
            5 => row(
                width,
                0,
                "注：有效身份证件包括身份证、居住证、户口簿、护照等。",
            ),
            _ => row(
                2,
                0,
                "说明：1.本清单由省级医疗保障部门负责解释；2.委托办理的，应提供授权委托书。",
            ),
        };
        table.lines.insert(at, tail);
    }
}

fn row(width: usize, column: usize, text: &str) -> Line {
    let mut cells = vec![Cell::default(); width];
    cells[column].text = text.to_owned();
    Line::Row(Row {
        cells,
        ..Row::default()
    })
}
