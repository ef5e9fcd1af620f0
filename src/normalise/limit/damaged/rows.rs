//! A cell whose rows were cut and shuffled.
//!
//! Owns the few sentences such cells hold. Refuses a text that two of them explain equally well.

use super::{Token, letters};
use crate::normalise::limit::{Clause, Promise, Unit};
use crate::normalise::name::common_letters;

/// Pairs of conditions that share one cell, for the reading of broken rows.
const PAIRS: &[(&str, &str)] = &[
    ("线下", "线上"),
    ("线上", "线下"),
    ("省内", "跨省"),
    ("跨省", "省内"),
    ("在职职工", "灵活就业人员"),
    ("灵活就业人员", "在职职工"),
    ("一般情况", "特殊情况"),
];

/// Reads a cell whose rows were cut and shuffled: the sentence, out of the few such cells hold,
/// that has nearly all its letters here while nearly none is left over.
///
/// The reading must begin with the sentence's first condition, for OCR begins at the cell's first
/// row. One number can only belong to the one clause that counts days; two belong nowhere.
pub(super) fn rearranged(tokens: &[Token]) -> Option<Vec<Clause>> {
    let text = letters(tokens);
    let mut numbers = tokens.iter().filter_map(|token| match token {
        Token::Number(days) => Some(*days),
        _ => None,
    });
    let days = numbers
        .next()
        .flatten()
        .filter(|_| numbers.next().is_none());
    let mut best: Option<(usize, Vec<Clause>)> = None;
    let mut tied = false;
    for (sentence, clauses) in sentences(days) {
        let Some(score) = fits(&text, &sentence, &clauses) else {
            continue;
        };
        match &best {
            Some((top, held)) if *top == score && *held != clauses => tied = true,
            Some((top, _)) if *top >= score => {}
            _ => {
                tied = false;
                best = Some((score, clauses));
            }
        }
    }
    best.filter(|_| !tied).map(|(_, clauses)| clauses)
}

/// The sentences narrow cells hold, with the clauses each states.
fn sentences(days: Option<u32>) -> Vec<(String, Vec<Clause>)> {
    let clause = |label: &str, promise| Clause {
        label: label.to_owned(),
        promise,
    };
    let mut all = Vec::new();
    for (unit, words) in [
        (Unit::WorkingDays, "不超过个工作日内"),
        (Unit::CalendarDays, "不超过个自然日"),
    ] {
        let counted = Promise::Within { days, unit };
        let lost = Promise::Within { days: None, unit };
        all.push((words.to_owned(), vec![clause("", counted)]));
        for (first, second) in PAIRS {
            let now = Promise::Immediate;
            all.push((
                format!("{first}即时办结{second}{words}"),
                vec![clause(first, now), clause(second, counted)],
            ));
            all.push((
                format!("{first}{words}{second}即时办结"),
                vec![clause(first, counted), clause(second, now)],
            ));
            all.push((
                format!("{first}{words}{second}{words}"),
                vec![clause(first, lost), clause(second, lost)],
            ));
        }
    }
    all
}

/// How well the letters are those of the sentence, or `None` where too many are left over or lost.
fn fits(text: &str, sentence: &str, clauses: &[Clause]) -> Option<usize> {
    let first = &clauses.first()?.label;
    let begins = if first.is_empty() {
        text.starts_with('不')
    } else {
        text.starts_with(first.as_str())
    };
    let second = clauses.get(1).map_or("", |clause| clause.label.as_str());
    let told = second
        .chars()
        .filter(|&c| !first.contains(c))
        .all(|c| text.contains(c));
    if !begins || !told || !promised(text, clauses) {
        return None;
    }
    let mut left: Vec<char> = sentence.chars().collect();
    let (mut stray, mut matched) = (0, 0);
    for letter in text.chars() {
        if let Some(place) = left.iter().position(|&c| c == letter) {
            left.swap_remove(place);
            matched += 1;
        } else {
            stray += if sentence.contains(letter) { 1 } else { 2 };
        }
    }
    let (length, whole) = (text.chars().count(), sentence.chars().count());
    let fits = stray * 2 <= length && matched * 100 >= whole * 62;
    (fits && length >= 5).then(|| matched * 2 + common_letters(text, sentence))
}

/// Whether the letters that carry each promise are there, and in the order of the clauses.
fn promised(text: &str, clauses: &[Clause]) -> bool {
    let place = |letters: &str| text.chars().position(|c| letters.contains(c));
    let now = place("即");
    let counted = text
        .chars()
        .position(|c| "个工作日自".contains(c))
        .filter(|_| text.contains('日'));
    let unit = |unit: Unit| match unit {
        Unit::WorkingDays => text.contains(['工', '作']),
        Unit::CalendarDays => text.contains(['自', '然']),
    };
    let units = clauses.iter().all(|clause| match clause.promise {
        Promise::Immediate => true,
        Promise::Within { unit: own, .. } => unit(own),
    });
    let order = match clauses {
        [first, _] if first.promise == Promise::Immediate => now < counted && now.is_some(),
        [_, second] if second.promise == Promise::Immediate => counted < now && counted.is_some(),
        _ => counted.is_some() && now.is_none(),
    };
    units && order
}
