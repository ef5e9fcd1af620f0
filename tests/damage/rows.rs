//! Rows that lost their shape: cells that moved, two rows in one line, one row in two.

use crate::merge::sliced;
use crate::random::Random;
use crate::table::{Cell, Field, Line, Row, Table, Tag};

/// Moves the cells of some rows by one or two columns: empty cells were dropped, or put in. The
/// form of what stands there (numbers, codes, limits, steps, instruments) tells where it belongs.
pub fn shift(table: &mut Table, random: &mut Random) {
    let mut moved: Vec<Vec<Cell>> = Vec::new();
    for row in table
        .rows_mut()
        .filter(|row| !row.leaves.is_empty() && !row.moved)
    {
        if !random.percent(20) {
            continue;
        }
        let before = row.cells.clone();
        for _ in 0..random.between(1, 2) {
            let empty: Vec<usize> = (0..row.cells.len().saturating_sub(1))
                .filter(|at| row.cells[*at].is_empty())
                .collect();
            if !empty.is_empty() && random.percent(60) {
                row.cells.remove(*random.pick(&empty));
            } else {
                let at = random.below(row.cells.len());
                row.cells.insert(at, Cell::default());
            }
        }
        row.moved = true;
        moved.push(before);
    }
    moved.iter().for_each(|cells| table.told(cells));
}

/// Runs some rows into the next one: a line break was lost, between two cells or within one.
pub fn glue(table: &mut Table, random: &mut Random) {
    let mut at = 0;
    while at + 1 < table.lines.len() {
        let (Line::Row(upper), Line::Row(lower)) = (&table.lines[at], &table.lines[at + 1]) else {
            at += 1;
            continue;
        };
        let sound = |row: &Row| !row.leaves.is_empty() && !row.moved;
        if !sound(upper) || !sound(lower) || !random.percent(12) {
            at += 1;
            continue;
        }
        let (mut upper, lower) = (upper.clone(), lower.clone());
        table.told(&upper.cells);
        table.told(&lower.cells);
        let mut rest = lower.cells;
        match random.below(3) {
            // The foot of one cell and the head of the next in one cell.
            0 => {
                let head = rest.remove(0);
                if let Some(foot) = upper.cells.last_mut() {
                    foot.text = format!("{} {}", foot.text, head.text).trim().to_owned();
                    foot.tags.extend(head.tags);
                }
            }
            // Empty cells at the end of a line are often not written.
            1 => {
                while upper.cells.last().is_some_and(Cell::is_empty) {
                    upper.cells.pop();
                }
            }
            _ => {}
        }
        upper.cells.extend(rest);
        upper.leaves.extend(lower.leaves);
        upper.moved = true;
        table.lines[at] = Line::Row(upper);
        table.lines.remove(at + 1);
        at += 1;
    }
}

/// Splits one or two rows in two: the code is printed on both, on one of them with a wrong digit
/// of its main item, and only one number goes on from the row before.
pub fn split(table: &mut Table, random: &mut Random) {
    for _ in 0..random.between(1, 2) {
        let rows: Vec<usize> = (0..table.lines.len())
            .filter(|at| match &table.lines[*at] {
                Line::Row(row) => !row.leaves.is_empty() && !row.moved && code(row).is_some(),
                Line::Text(_) => false,
            })
            .collect();
        let Some(at) = (!rows.is_empty()).then(|| *random.pick(&rows)) else {
            return;
        };
        let Line::Row(row) = table.lines[at].clone() else {
            return;
        };
        table.told(&row.cells);
        let codes = table
            .rows()
            .filter_map(code)
            .map(|cell| cell.text.clone())
            .collect::<Vec<_>>();
        let true_first = random.percent(50);
        let (mut first, mut second) = (row.clone(), row.clone());
        (first.moved, second.moved) = (true, true);
        for (column, cell) in row.cells.iter().enumerate() {
            let field = cell.tags.first().map(|tag: &Tag| tag.0);
            let (wrong, right) = match true_first {
                true => (&mut second.cells[column], &mut first.cells[column]),
                false => (&mut first.cells[column], &mut second.cells[column]),
            };
            match field {
                Some(Field::Code) => {
                    wrong.text = with_wrong_digit(&cell.text, &codes, random);
                    wrong.tags.clear();
                    right.text.clone_from(&cell.text);
                }
                // 299 for 29, as a stain beside a number makes it, or nothing.
                Some(Field::Seq) => {
                    let last = cell.text.chars().last();
                    let stained = last
                        .map(|digit| format!("{}{digit}", cell.text))
                        .unwrap_or_default();
                    wrong.text = if random.percent(50) {
                        stained
                    } else {
                        String::new()
                    };
                    wrong.tags.clear();
                }
                Some(Field::MainName | Field::MainCode | Field::BusinessSeq) => {
                    second.cells[column].text.clear()
                }
                Some(Field::Name | Field::Materials | Field::Basis) if random.percent(40) => {
                    let slices = sliced(&cell.text, 2, random);
                    if let [head, foot] = &slices[..] {
                        first.cells[column].text.clone_from(head);
                        second.cells[column].text.clone_from(foot);
                    } else {
                        second.cells[column].text.clear();
                    }
                }
                _ if random.percent(50) => first.cells[column].text.clear(),
                _ => second.cells[column].text.clear(),
            }
        }
        table.lines[at] = Line::Row(first);
        table.lines.insert(at + 1, Line::Row(second));
    }
}

fn code(row: &Row) -> Option<&Cell> {
    let is_code = |cell: &&Cell| cell.tags.iter().any(|tag| tag.0 == Field::Code);
    row.cells
        .iter()
        .find(is_code)
        .filter(|cell| cell.text.len() == 12 && cell.text.is_ascii())
}

/// A code with another digit among those of the main item, which no other item carries.
fn with_wrong_digit(code: &str, others: &[String], random: &mut Random) -> String {
    loop {
        let (at, step) = (random.between(6, 8), random.between(1, 9));
        let digit = code.as_bytes()[at].wrapping_sub(b'0');
        let wrong = char::from(b'0' + (digit + u8::try_from(step).unwrap_or(1)) % 10);
        let code = format!("{}{wrong}{}", &code[..at], &code[at + 1..]);
        if !others.contains(&code) {
            return code;
        }
    }
}
