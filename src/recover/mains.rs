//! Main items: which items stand under which, and what the document prints of each. A main item's
//! cell is merged over its items, so its text may stand beside any of them, cut into slices, glued
//! to the next one, or printed again on each page. The codes of the items decide who belongs
//! together; the words only name the group.

use std::sync::LazyLock;

use regex::Regex;

use crate::normalise::name::{key, main_number, similarity};
use crate::normalise::text::pattern;
use crate::normalise::{parse_main, squeeze, tidy};
use crate::standard::{Edition, scrambled};

use super::catalog::{Entry, Item, Main, Value};
use super::column::Column;
use super::glue::is_main_numbering;
use super::items::{MainMark, place, stem};

/// A main code in brackets behind a main item's name.
static CODE_IN_NAME: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"[(\x{ff08}\[]\s*((?:[0-9A-Z０-９Ａ-Ｚ]\s*){9,11}(?:[0０]\s*){2}[Yy0Ｙｙ０])\s*[)\x{ff09}\]]",
    )
});

/// Longest text that can be a slice of a cut code.
const SLICE: usize = 4;

/// Groups the items under their main items and sets `Item::main`.
#[must_use]
pub fn mains(items: &mut [Item], marks: &[MainMark], edition: Option<&Edition>) -> Vec<Main> {
    let stems = stems(items, edition);
    let mut groups: Vec<Main> = Vec::new();
    let mut since = 0;
    for index in 0..items.len() {
        let begins =
            index == 0 || begins(index, since, &stems, marks) && announced(index, &stems, marks);
        if begins {
            since = index;
            groups.push(Main {
                place: place(&items[index]),
                ..Main::default()
            });
        }
        let main = groups.len() - 1;
        items[index].main = main;
        if groups[main].stem.is_none() {
            groups[main].stem.clone_from(&stems[index]);
        }
    }
    for mark in marks {
        if let Some(item) = items.get(mark.item) {
            name(&mut groups, item.main, &mark.entry);
        }
    }
    groups
}

/// The stem of each item's code; of a code that lost a character behind it, where a neighbour's is
/// the same; where the list has no codes, of the national item of that name.
fn stems(items: &[Item], edition: Option<&Edition>) -> Vec<Option<String>> {
    let printed: Vec<Option<String>> = items.iter().map(|item| stem(&item.entry)).collect();
    let any = printed.iter().any(Option::is_some);
    let known = |index: usize| {
        let above = printed[..index].iter().rev().flatten().next();
        let below = printed[index + 1..].iter().flatten().next();
        let code = tidy(items[index].entry.text(Column::Code));
        let near = [above, below].into_iter().flatten();
        near.into_iter()
            .find(|stem| code.get(..9) == Some(stem.as_str()))
            .cloned()
    };
    let named = |item: &Item| {
        let edition = edition?;
        let found = edition.find("", item.entry.text(Column::Name)).item?;
        edition.items[found].code.get(..9).map(str::to_owned)
    };
    printed
        .iter()
        .enumerate()
        .map(|(index, stem)| match stem {
            Some(stem) => Some(stem.clone()),
            None if any => known(index),
            None => named(&items[index]),
        })
        .collect()
}

/// Whether the run of items that begins here is announced by a main item of its own. Where a list
/// prints its main items, a run without one is a stray code, not a new main item.
fn announced(index: usize, stems: &[Option<String>], marks: &[MainMark]) -> bool {
    let run = stems[index..]
        .iter()
        .take_while(|stem| stem.is_none() || **stem == stems[index])
        .count();
    run > 1
        || marks.is_empty()
        || marks
            .iter()
            .any(|mark| (index..index + run).contains(&mark.item))
}

/// Whether a main item begins at an item; `since` is where the one above began.
fn begins(index: usize, since: usize, stems: &[Option<String>], marks: &[MainMark]) -> bool {
    let numbered = |index: usize| {
        marks
            .iter()
            .filter(|mark| mark.item == index)
            .find_map(|mark| main_number(mark.entry.text(Column::MainName)))
            .map(|(number, _)| number)
    };
    let before = stems[since..index].iter().rev().flatten().next();
    match (&stems[index], before) {
        (Some(here), Some(before)) if here == before => false,
        (Some(_), Some(before)) => {
            // One stray code between two of the same group is that code's fault.
            let stray = stems.get(index + 1).and_then(Option::as_ref) == Some(before);
            !stray || numbered(index).is_some()
        }
        _ => {
            let latest = (0..index).rev().find_map(numbered);
            numbered(index).is_some_and(|number| Some(number) != latest)
        }
    }
}

/// Adds what one row prints of a main item to the group, and to the groups after it where several
/// main items are glued in one cell.
fn name(groups: &mut [Main], first: usize, entry: &Entry) {
    let mut pieces = Vec::new();
    let mut printed = entry.cells.get(&Column::MainName).cloned();
    if let Some(value) = &mut printed
        && let Some(found) = CODE_IN_NAME.captures(&value.text)
    {
        // 「一、参保登记（00203600100Y）」 on a row of its own.
        let (whole, code) = (found[0].to_owned(), tidy(&found[1]));
        value.text = value.text.replace(&whole, "");
        if let Some(group) = groups.get_mut(first) {
            add_code(&mut group.code, &code, value);
        }
    }
    if let Some(value) = &printed {
        pieces = part(&value.text);
        for (offset, piece) in pieces.iter().enumerate() {
            let Some(group) = groups.get_mut(first + offset) else {
                break;
            };
            let (number, text) = match main_number(piece) {
                Some((number, _)) => (Some(number), unnumbered(piece)),
                None => (None, piece.clone()),
            };
            group.number = group.number.or(number);
            add_name(&mut group.name, &text, value);
        }
    }
    let Some(value) = entry.cells.get(&Column::MainCode) else {
        return;
    };
    let (code, words) = sift(&value.text);
    let Some(group) = groups.get_mut(first) else {
        return;
    };
    if pieces.len() < 2 {
        add_name(&mut group.name, &words, value);
    }
    add_code(&mut group.code, &code, value);
}

/// A main item's name without its number, its letters as printed.
fn unnumbered(piece: &str) -> String {
    let numeral = |letter: char| "零〇一二三四五六七八九十".contains(letter);
    let mark = |letter: char| "、.．,，)）".contains(letter) || letter.is_whitespace();
    let rest = piece.trim_start_matches(|c: char| "(（".contains(c) || c.is_whitespace());
    let rest = rest.trim_start_matches(|c: char| numeral(c) || c.is_ascii_digit());
    rest.trim_start_matches(mark).to_owned()
}

/// Cuts a cell in which several numbered main items stand.
fn part(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match pieces.last_mut() {
            Some(last) if !is_main_numbering(word) => {
                last.push(' ');
                last.push_str(word);
            }
            _ => pieces.push(word.to_owned()),
        }
    }
    pieces
}

/// Parts a code from the words that OCR wrote into its cell.
fn sift(text: &str) -> (String, String) {
    let tidied = tidy(text);
    let part_of_code = |letter: &char| letter.is_ascii_alphanumeric();
    (
        tidied.chars().filter(part_of_code).collect(),
        tidied
            .chars()
            .filter(|letter| !part_of_code(letter))
            .collect(),
    )
}

fn add_name(name: &mut Value, slice: &str, from: &Value) {
    let slice = squeeze(slice);
    if slice.is_empty() || !slice.chars().any(|letter| letter.is_alphabetic()) {
        return;
    }
    if name.text.is_empty() {
        *name = Value::printed(slice, from.place);
        return;
    }
    if key(&name.text).contains(&key(&slice)) {
        return; // printed again on the next page
    }
    if key(&slice).contains(&key(&name.text)) {
        name.text = slice;
        return;
    }
    let overlap = (2..slice.chars().count())
        .rev()
        .map(|length| slice.chars().take(length).collect::<String>())
        .find(|head| name.text.ends_with(head.as_str()));
    match overlap {
        Some(head) => name.text.push_str(&slice[head.len()..]),
        None => name.text.push_str(&slice),
    }
}

fn add_code(code: &mut Value, slice: &str, from: &Value) {
    if slice.is_empty() {
        return;
    }
    if code.text.is_empty() {
        *code = Value::printed(slice.to_owned(), from.place);
    } else if slice.len() <= SLICE && parse_main(&code.text).is_err() {
        code.text.push_str(slice);
    }
}

/// The name of a main item as understood: the national name where the printed letters are a
/// damaged form of it, the printed words otherwise.
#[must_use]
pub fn understood(main: &Main, national: Option<&str>, damaged: bool) -> String {
    let printed = squeeze(&main.name.text);
    let Some(national) = national else {
        return printed;
    };
    let alike = similarity(&printed, national);
    if alike >= 0.999 || !(damaged || scrambled(&printed, national)) {
        printed
    } else {
        national.to_owned()
    }
}
