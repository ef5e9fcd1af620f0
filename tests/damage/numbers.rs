//! Numbers and words in what is printed and in what was read: which numbers a text shows, which a
//! value states, and whether two texts differ by lost letters alone.

use std::collections::BTreeSet;

use heyan::normalise::{fold, squeeze};

use crate::truth::Citation;

/// Every number a text shows: runs of digits, full width included, with and without the spaces
/// within them, and runs of Chinese numerals.
pub fn printed(text: &str) -> BTreeSet<u32> {
    let plain: String = text
        .chars()
        .map(heyan::normalise::text::half_width)
        .collect();
    let whole = plain.replace(" | ", "");
    let mut all = BTreeSet::new();
    for form in [plain.clone(), squeeze(&plain), squeeze(&whole)] {
        let digits = form.split(|letter: char| !letter.is_ascii_digit());
        all.extend(digits.filter_map(|run| run.parse::<u32>().ok()));
        let letters = form.split(|letter: char| !is_numeral(letter));
        all.extend(letters.filter_map(numeral));
    }
    all
}

fn is_numeral(letter: char) -> bool {
    "〇零一二三四五六七八九十百".contains(letter)
}

/// A number in Chinese letters, leniently: whatever a reader may take it for.
fn numeral(text: &str) -> Option<u32> {
    heyan::normalise::numeral::number(text).filter(|_| !text.is_empty())
}

/// The days a limit states.
pub fn days(limit: &str) -> Vec<u32> {
    let after = limit.split("<=").skip(1);
    after
        .filter_map(|rest| {
            let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
            digits.parse().ok()
        })
        .collect()
}

/// The articles and document numbers that citations state.
pub fn cited(citations: &str) -> Vec<u32> {
    let mut all = Vec::new();
    let mut in_title = false;
    let mut digits = String::new();
    for letter in citations.chars() {
        match letter {
            '《' => in_title = true,
            '》' => in_title = false,
            _ => {}
        }
        if letter.is_ascii_digit() && !in_title {
            digits.push(letter);
        } else if !digits.is_empty() {
            all.extend(digits.parse::<u32>());
            digits.clear();
        }
    }
    all
}

/// A limit with some of its numbers lost: for each number that may be lost, and for all of them.
pub fn without_days(limit: &str) -> Vec<String> {
    let pieces: Vec<&str> = limit.split("<=").collect();
    let count = pieces.len() - 1;
    let mut forms = Vec::new();
    for lost in 1..(1usize << count.min(6)) {
        let mut form = pieces[0].to_owned();
        for (at, piece) in pieces[1..].iter().enumerate() {
            let rest = piece.trim_start_matches(|letter: char| letter.is_ascii_digit());
            match lost >> at & 1 {
                1 => form.push_str(&format!("<=?{rest}")),
                _ => form.push_str(&format!("<={piece}")),
            }
        }
        forms.push(form);
    }
    forms
}

/// Whether a text is another that lost some of its letters, but not most.
pub fn thinned(truth: &str, got: &str) -> bool {
    let (truth, got) = (fold(truth), fold(got));
    within(&truth, &got) && got.chars().count() * 3 >= truth.chars().count() * 2
}

/// Whether citations are the true ones but for letters lost from titles and issuers.
pub fn cited_alike(truth: &[Citation], got: &str) -> bool {
    let all: Vec<&str> = got.split(";《").collect();
    all.len() == truth.len()
        && truth.iter().zip(all).all(|(citation, got)| {
            let form = citation.form();
            cited(&form) == cited(&format!("《{}", got.trim_start_matches('《')))
                && thinned(&form, got.trim_start_matches('《'))
        })
}

/// Whether a limit is the true one but for letters lost from its conditions.
pub fn limits_alike(truth: &str, got: &str) -> bool {
    let clauses = |limit: &str| -> Vec<(String, String)> {
        limit
            .split("; ")
            .map(|clause| clause.rsplit_once(": ").unwrap_or(("", clause)))
            .map(|(label, promise)| (label.to_owned(), promise.to_owned()))
            .collect()
    };
    let (truth, got) = (clauses(truth), clauses(got));
    truth.len() == got.len()
        && truth.iter().zip(&got).all(|(one, two)| {
            let label = one.0.is_empty() == two.0.is_empty() && within(&one.0, &two.0);
            one.1 == two.1 && label
        })
}

/// Whether the letters of a text stand in another, in their order.
fn within(whole: &str, part: &str) -> bool {
    let mut rest = whole.chars();
    part.chars().all(|letter| rest.any(|known| known == letter))
}
