//! Narrow cells read column by column: the words of a cell stand in short lines, and OCR reads the
//! first letters of all lines, then the second ones.

use crate::random::Random;
use crate::table::{Field, Mark, Table};

/// Interleaves narrow cells.
pub fn interleave(table: &mut Table, random: &mut Random) {
    table.change(&Field::NARROW, |cell| {
        // A cell that holds a code beside a name is as wide as the table.
        if cell.tags.len() > 1 || !random.percent(30) {
            return None;
        }
        let units = units(&cell.text);
        let width = random.between(2, 4);
        if units.len() < width * 2 {
            return None;
        }
        // The last line may be shorter; OCR often reads two or three lines as one run of columns
        // and goes on with the next lines.
        let lines: Vec<&[String]> = units.chunks(width).collect();
        let run = match random.below(3) {
            0 => lines.len(),
            1 => 2,
            _ => 3,
        };
        let gap = if random.percent(50) { " " } else { "" };
        let runs: Vec<String> = lines
            .chunks(run)
            .map(|lines| by_columns(lines, gap))
            .collect();
        cell.text = runs.join(" ");
        Some(Mark::told())
    });
}

/// The columns of some lines, one after the other.
fn by_columns(lines: &[&[String]], gap: &str) -> String {
    let width = lines.iter().map(|line| line.len()).max().unwrap_or(0);
    let column = |at: usize| {
        let letters = lines.iter().filter_map(|line| line.get(at));
        letters.map(String::as_str).collect::<String>()
    };
    let columns: Vec<String> = (0..width).map(column).collect();
    columns.join(gap)
}

/// Letters; a run of digits is one, for no column cuts it.
fn units(text: &str) -> Vec<String> {
    let mut units: Vec<String> = Vec::new();
    for letter in text.chars() {
        match units.last_mut() {
            Some(last)
                if letter.is_ascii_digit() && last.ends_with(|c: char| c.is_ascii_digit()) =>
            {
                last.push(letter)
            }
            _ => units.push(letter.to_string()),
        }
    }
    units
}
