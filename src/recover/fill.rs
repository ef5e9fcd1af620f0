//! Merged cells: an empty cell that a neighbour's text covers gets that text with a mark of where
//! it came from. Only cells that lists are known to merge are filled (materials and basis), only
//! within one main item, and never a limit or a number.

use crate::normalise::{citations, name::key};
use crate::standard::Standard;

use super::catalog::{Entry, Item, Main, Place, Value, candidates};
use super::column::Column;

/// Certainty of a value that a merged cell gave.
const FILLED: f64 = 0.85;

/// Certainty of a basis that was taken out of a remark.
const SWALLOWED: f64 = 0.7;

/// A cell of a merged block.
struct Slot<'a> {
    entry: &'a mut Entry,
    main: usize,
    national: Option<usize>,
}

/// Fills merged materials and basis cells.
pub fn fill(items: &mut [Item], mains: &[Main], standard: &Standard) {
    let nationals = nationals(items, mains, standard);
    let mut slots: Vec<Slot> = Vec::new();
    for (item, national) in items.iter_mut().zip(nationals) {
        let main = item.main;
        if item.businesses.is_empty() {
            slots.push(Slot {
                entry: &mut item.entry,
                main,
                national,
            });
        } else {
            for business in &mut item.businesses {
                slots.push(Slot {
                    entry: business,
                    main,
                    national,
                });
            }
        }
    }
    let mut start = 0;
    while start < slots.len() {
        let main = slots[start].main;
        let length = slots[start..]
            .iter()
            .take_while(|slot| slot.main == main)
            .count();
        let group = &mut slots[start..start + length];
        for slot in group.iter_mut() {
            give_back_basis(slot.entry);
        }
        fill_basis(group, standard);
        fill_materials(group);
        start += length;
    }
}

/// The national item of each item, as far as it can be told before its values are read.
fn nationals(items: &[Item], mains: &[Main], standard: &Standard) -> Vec<Option<usize>> {
    let Some(edition) = standard.newest() else {
        return vec![None; items.len()];
    };
    let matches = edition.assign(&candidates(items, mains));
    let found = matches.matches.into_iter();
    found.map(|found| found.item).collect()
}

/// A merged cell's text and the rows that print its slices.
struct Piece {
    rows: Vec<usize>,
    /// Where its last slice stands.
    last: Place,
    value: Value,
}

fn pieces(group: &[Slot], column: Column) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for (row, slot) in group.iter().enumerate() {
        let Some(value) = slot.entry.cells.get(&column) else {
            continue;
        };
        match pieces.last_mut() {
            Some(last)
                if goes_on(&last.value.text, &value.text)
                    || (last.rows.last() == Some(&(row.wrapping_sub(1)))
                        && next_row(last.last, value.place)
                        && is_open(&last.value.text, &value.text)) =>
            {
                last.last = value.place;
                last.rows.push(row);
                last.value.join(&value.text);
            }
            _ => pieces.push(Piece {
                rows: vec![row],
                last: value.place,
                value: value.clone(),
            }),
        }
    }
    pieces
}

/// Takes a row's basis out of the remark that swallowed it: a numbered tail in which every entry
/// cites a document, as in Pingdingshan's 救助 rows, whose remark runs on with 「4.《…》(…号)」.
fn give_back_basis(entry: &mut Entry) {
    if entry.cells.contains_key(&Column::Basis) {
        return;
    }
    let Some(remark) = entry.cells.get_mut(&Column::Remark) else {
        return;
    };
    let Some(at) = citing_tail(&remark.text) else {
        return;
    };
    let tail = remark.text.split_off(at);
    let basis = Value {
        text: tail,
        certainty: SWALLOWED,
        ..remark.clone()
    };
    remark.text.truncate(remark.text.trim_end().len());
    if remark.text.is_empty() {
        entry.cells.remove(&Column::Remark);
    }
    entry.cells.insert(Column::Basis, basis);
}

/// Where the tail of a text begins in which every numbered entry cites a document.
fn citing_tail(text: &str) -> Option<usize> {
    let opens = |at: usize| {
        text[..at]
            .chars()
            .next_back()
            .is_none_or(char::is_whitespace)
    };
    let starts: Vec<usize> = text
        .char_indices()
        .map(|(at, _)| at)
        .filter(|at| opens(*at) && first_number(&text[*at..]).is_some())
        .collect();
    let cites = |index: usize| {
        let end = starts.get(index + 1).copied().unwrap_or(text.len());
        let entry = text[starts[index]..end].trim_start_matches(|letter: char| {
            letter.is_ascii_digit() || ".\u{ff0e}、 ".contains(letter)
        });
        let numbered = ["号)", "号\u{ff09}"]
            .iter()
            .any(|mark| entry.contains(mark));
        entry.starts_with('《') && numbered
    };
    let tail = (0..starts.len())
        .rev()
        .take_while(|index| cites(*index))
        .last()?;
    Some(starts[tail])
}

fn fill_basis(group: &mut [Slot], standard: &Standard) {
    let pieces = pieces(group, Column::Basis);
    for (row, slot) in group.iter_mut().enumerate() {
        if let Some(own) = slot.entry.cells.get_mut(&Column::Basis) {
            if let Some(piece) = pieces.iter().find(|piece| piece.rows.contains(&row)) {
                // A slice is read with the rest of its cell and keeps its own place.
                own.text.clone_from(&piece.value.text);
            }
            continue;
        }
        let above = pieces
            .iter()
            .rev()
            .find(|p| p.rows.iter().all(|r| *r < row));
        let below = pieces.iter().find(|p| p.rows.iter().all(|r| *r > row));
        let around = pieces
            .iter()
            .find(|p| p.rows.iter().any(|r| *r < row) && p.rows.iter().any(|r| *r > row));
        let chosen = match (around, above, below) {
            (Some(around), ..) => Some(around),
            (None, Some(above), Some(below)) => Some(nearer(slot.national, above, below, standard)),
            (None, above, below) => above.or(below),
        };
        if let Some(piece) = chosen {
            put(slot.entry, Column::Basis, &piece.value);
        }
    }
}

/// Which of two blocks covers an empty cell: the one that names more of what the national list
/// names for the item; the upper one where that does not tell.
fn nearer<'a>(
    national: Option<usize>,
    above: &'a Piece,
    below: &'a Piece,
    standard: &Standard,
) -> &'a Piece {
    let (Some(national), Some(edition)) = (national, standard.newest()) else {
        return above;
    };
    let required: Vec<String> = edition.items[national]
        .basis
        .iter()
        .filter_map(|basis| standard.instrument(basis))
        .map(|(title, _)| key(title))
        .collect();
    let named = |piece: &Piece| {
        citations(&piece.value.text)
            .value
            .iter()
            .filter(|citation| {
                let title = key(&citation.title);
                required
                    .iter()
                    .any(|r| title.contains(r.as_str()) || r.contains(&title))
            })
            .count()
    };
    if named(below) > named(above) {
        below
    } else {
        above
    }
}

fn fill_materials(group: &mut [Slot]) {
    for row in 0..group.len() {
        if group[row].entry.cells.contains_key(&Column::Materials) {
            continue;
        }
        let above = (0..row).rev().find(|row| has_own(group, *row));
        let below = (row + 1..group.len()).find(|row| has_own(group, *row));
        if let Some(from) = above.or(below) {
            let value = group[from].entry.cells[&Column::Materials].clone();
            put(group[row].entry, Column::Materials, &value);
        }
    }
}

fn has_own(group: &[Slot], row: usize) -> bool {
    group[row]
        .entry
        .cells
        .get(&Column::Materials)
        .is_some_and(|value| value.filled_from.is_none())
}

fn put(entry: &mut Entry, column: Column, value: &Value) {
    let from: Place = value.filled_from.unwrap_or(value.place);
    entry.cells.insert(
        column,
        Value {
            text: value.text.clone(),
            place: from,
            filled_from: Some(from),
            certainty: value.certainty * FILLED,
        },
    );
}

/// Whether a text goes on from another: its first number follows the other's last, or it begins
/// in the middle of a sentence.
fn goes_on(before: &str, text: &str) -> bool {
    match (last_number(before), first_number(text)) {
        (Some(last), Some(first)) => first == last + 1,
        (_, Some(_)) => false,
        _ => headless(text),
    }
}

/// The number at the head of a text: 「3.《…》」.
fn first_number(text: &str) -> Option<u32> {
    let text = text.trim_start();
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    let rest = &text[digits.len()..];
    (digits.len() <= 2 && rest.starts_with(['.', '\u{ff0e}', '、']))
        .then(|| digits.parse().ok())
        .flatten()
}

/// The last number of a running enumeration in a text.
fn last_number(text: &str) -> Option<u32> {
    let mut last = first_number(text)?;
    for (index, _) in text.char_indices() {
        let opens = text[..index]
            .chars()
            .next_back()
            .is_none_or(|letter| !letter.is_ascii_digit());
        if opens && first_number(&text[index..]) == Some(last + 1) {
            last += 1;
        }
    }
    Some(last)
}

/// Whether one row directly follows another on its page.
fn next_row(upper: Place, lower: Place) -> bool {
    lower.row == upper.row + 1 && lower.line <= upper.line + 1
}

/// Whether an unnumbered text is left open, so that the row below goes on with it: it ends in a
/// semicolon, or in the middle of 第…条. A text below that begins with an instrument the upper one
/// names already is a cell of its own.
fn is_open(before: &str, text: &str) -> bool {
    if first_number(before).is_some() {
        return false;
    }
    let before = before.trim_end();
    if before.ends_with('第') {
        return true;
    }
    let first = text.split(['》', '〉', '>']).next().unwrap_or(text).trim();
    before.ends_with([';', '\u{ff1b}']) && !before.contains(first)
}

/// A text that begins in the middle of a citation: a bracket or title mark closes that none
/// opened.
fn headless(text: &str) -> bool {
    let mut depth = 0i32;
    for letter in text.chars() {
        match letter {
            '《' | '(' | '\u{ff08}' => depth += 1,
            '》' | ')' | '\u{ff09}' => {
                depth -= 1;
                if depth < 0 {
                    return true;
                }
            }
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_citing_tail_is_found() {
        let text = "1. 鼓励共享 2. 可通过系统获取信息 4. 《转发意见的通知》（豫政办〔2015〕154号） 5. 《衔接的通知》（豫民文〔2017〕172号）";
        let at = citing_tail(text).expect("a tail");
        assert!(text[at..].starts_with("4. 《转发"));
        assert_eq!(citing_tail("1. 需填报《申请表》 2. 见《办法》"), None);
        assert_eq!(citing_tail("1.《甲》（国发〔2016〕3号） 2.当场办理"), None);
    }

    #[test]
    fn slices_go_on_by_their_numbers() {
        assert!(goes_on(
            "1.《甲》(主席令第35号)第八条;",
            "2.《乙》(国务院令第259号)第九条;"
        ));
        assert!(goes_on("1.《甲》;2.《乙》第2.5条", "3. 《丙》"));
        assert!(!goes_on("1.《甲》;2.《乙》", "1.《丙》"));
        assert!(goes_on(
            "5.《关于印发〈办法",
            "的通知》(人社部发〔2012〕53号)"
        ));
        assert!(!goes_on("《甲》第八条", "《乙》第九条"));
    }

    #[test]
    fn an_open_text_goes_on_below() {
        assert!(is_open(
            "《甲》（主席令第35号）第二十九条；",
            "《乙》第三十条"
        ));
        assert!(is_open("《甲》（国务院令第259号）第", "十六条；《乙》"));
        assert!(!is_open("《甲》（国务院令第259号）第十六条", "《乙》"));
        assert!(!is_open("《甲》第八条；《乙》；", "《甲》第九条"));
        assert!(!is_open("1.《甲》第八条；", "1.《乙》第九条"));
    }
}
