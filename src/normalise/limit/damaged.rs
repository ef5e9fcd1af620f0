//! Limits in narrow cells that OCR read in disorder.
//!
//! Owns three readings, each of which must use every letter: letters lost from fixed words
//! (`10个作日`), columns read one after another (Jiangsu's `省不过工日省超15工日内超个作跨不过个作`), and
//! a cell read in broken rows (Ningxia's `线下办上 即结不个内 时 超工 作日`). Refuses a number whose
//! place isn't determined, and a text that two readings explain differently.

mod grammar;
mod rows;

use super::Clause;
use crate::normalise::text::{half_width, is_han, is_space};

/// A letter, or a run of digits, which no column cuts.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Token {
    Letter(char),
    /// The number, if it stands where it was read.
    Number(Option<u32>),
    Stop,
}

/// Reads a damaged limit: its clauses and a certainty below 0.9, or `None`.
pub(super) fn read(text: &str) -> Option<(Vec<Clause>, f64)> {
    let text = without_rereading(text);
    let tokens = tokens(&text);
    if tokens.is_empty() || tokens.len() > 60 {
        return None;
    }
    if let Some((clauses, loss)) = agreed(vec![tokens.clone()]) {
        return Some((clauses, if loss <= 2 { 0.85 } else { 0.7 }));
    }
    let columns = [columns_by_piece(&text), columns_by_length(&tokens)].concat();
    if let Some((clauses, _)) = agreed(columns) {
        return Some((clauses, 0.7));
    }
    rows::rearranged(&tokens).map(|clauses| (clauses, 0.55))
}

/// Jiangsu's `…超0工日 20工日`: the last piece is the cell's foot read a second time, whole.
fn without_rereading(text: &str) -> String {
    let trimmed: String = text.trim().chars().map(half_width).collect();
    let Some((front, last)) = trimmed.rsplit_once(is_space) else {
        return trimmed;
    };
    let letters: Vec<char> = last.chars().collect();
    for from in 1..letters.len().saturating_sub(2) {
        let tail: String = letters[from..].iter().collect();
        if let Some(kept) = front.trim_end().strip_suffix(&tail) {
            return format!("{kept}{last}");
        }
    }
    trimmed
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut digits = String::new();
    for letter in text.chars().map(half_width).chain(['\0']) {
        if letter.is_ascii_digit() {
            digits.push(letter);
            continue;
        }
        if !digits.is_empty() {
            let stated = digits.parse().ok().filter(|n| (1..=366).contains(n));
            tokens.push(Token::Number(stated.filter(|_| !digits.starts_with('0'))));
            digits.clear();
        }
        if is_han(letter) || letter.is_alphabetic() {
            tokens.push(Token::Letter(letter));
        } else if !is_space(letter) && letter != '\0' {
            tokens.push(Token::Stop);
        }
    }
    tokens
}

/// The pieces between spaces taken as columns.
fn columns_by_piece(text: &str) -> Vec<Vec<Token>> {
    let columns: Vec<Vec<Token>> = text.split_whitespace().map(tokens).collect();
    if (2..=4).contains(&columns.len()) && columns[0].len() > 1 {
        vec![zip(&columns)]
    } else {
        Vec::new()
    }
}

/// Every cut of the text into two or three columns of nearly one length.
fn columns_by_length(tokens: &[Token]) -> Vec<Vec<Token>> {
    let length = tokens.len();
    if length < 8 {
        return Vec::new();
    }
    let near = |whole: usize| whole.saturating_sub(2)..=(whole + 2).min(length - 1);
    let mut all = Vec::new();
    for first in near(length / 2) {
        let (left, right) = tokens.split_at(first);
        all.push(zip(&[left.to_vec(), right.to_vec()]));
    }
    for first in near(length / 3) {
        for second in near(length / 3) {
            let third = length.saturating_sub(first + second);
            if third.abs_diff(first) > 2 || third.abs_diff(second) > 2 {
                continue;
            }
            let (left, rest) = tokens.split_at(first);
            let (middle, right) = rest.split_at(second);
            all.push(zip(&[left.to_vec(), middle.to_vec(), right.to_vec()]));
        }
    }
    all
}

/// Reads columns row by row. A number at the seam of two columns may have lost its end or gained
/// a neighbour's (Jiangsu's `…殊不21次小…`), so it is not stated.
fn zip(columns: &[Vec<Token>]) -> Vec<Token> {
    let rows = columns.iter().map(Vec::len).max().unwrap_or(0);
    let mut read = Vec::new();
    for row in 0..rows {
        for (place, column) in columns.iter().enumerate() {
            match column.get(row) {
                Some(Token::Number(_)) if row + 1 == column.len() && place + 1 < columns.len() => {
                    read.push(Token::Number(None));
                }
                Some(token) => read.push(*token),
                None => {}
            }
        }
    }
    read
}

/// The one set of clauses that the best parses of all arrangements agree on, and its loss.
fn agreed(arrangements: Vec<Vec<Token>>) -> Option<(Vec<Clause>, usize)> {
    let mut parses: Vec<(Vec<Clause>, usize)> = Vec::new();
    for tokens in arrangements {
        for draft in grammar::parse(&tokens, 0) {
            if let Some(clauses) = grammar::settled(&draft)
                && draft.loss * 100 <= (tokens.len() + draft.loss) * 45
            {
                parses.push((clauses, draft.loss));
            }
        }
    }
    let least = parses.iter().map(|parse| parse.1).min()?;
    let mut best = parses.into_iter().filter(|parse| parse.1 == least);
    let first = best.next()?;
    best.all(|parse| parse.0 == first.0).then_some(first)
}

/// The letters alone.
fn letters(tokens: &[Token]) -> String {
    tokens
        .iter()
        .filter_map(|token| match token {
            Token::Letter(letter) => Some(*letter),
            _ => None,
        })
        .collect()
}
