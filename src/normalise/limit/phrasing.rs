//! Limits by their phrasing: a narrow cell that OCR read in disorder is read by a limit that lists
//! print whole, where that limit, laid in short lines, explains every letter.
//!
//! Owns the phrasings lists commonly use and those a list itself prints elsewhere. Refuses the
//! numbers of a phrasing: a number is stated only where it stands in the cell, in the one place for
//! a number; otherwise it is lost.

use super::{Clause, Limit, Promise, limit};
use crate::normalise::narrow::fit;
use crate::normalise::reading::Reading;
use crate::normalise::text::{half_width, is_han, squeeze};

/// Limits of several clauses as lists commonly print them; the numbers stand for any number.
const COMMON: &[&str] = &[
    "线下即时办结；线上不超过2个工作日",
    "线下即时办结线上不超过2个工作日内",
    "线上即时办结；线下不超过2个工作日",
    "省内不超过5个工作日；跨省不超过15个工作日",
    "在职职工不超过5个工作日；灵活就业人员即时办结",
    "一般不超过10个工作日；特殊情况不超过20个工作日",
    "10个工作日，特殊情况不超过20个工作日",
    "不超过15个工作日",
    "即时办结",
];

/// Stands for a number while phrasings are compared.
const NUMBER: char = '数';
/// Fewest letters of a print that can be told by a phrasing.
const FEWEST: usize = 4;
/// How much better than the next one a phrasing must explain the print.
const MARGIN: f64 = 0.25;
/// Share of a phrasing's letters that must be printed.
const PRINTED: f64 = 0.35;
/// Certainty of a limit told by its phrasing, the number being in its place.
const PLACED: f64 = 0.8;
/// The same where the numbers are lost or their places uncertain.
const NUMBERLESS: f64 = 0.7;

/// A limit that is printed whole somewhere.
#[derive(Debug, Clone, PartialEq)]
pub struct Phrasing {
    /// Its letters, every number one sign.
    letters: String,
    /// What it says; its numbers are not used.
    clauses: Vec<Clause>,
}

impl Phrasing {
    /// The phrasing of a limit that reads whole; `None` of any other text.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let read = limit(text);
        let Limit::Clauses(clauses) = read.value else {
            return None;
        };
        (read.certainty >= 0.95).then(|| Self {
            letters: signs(text).0,
            clauses,
        })
    }

    /// The phrasings lists commonly use.
    #[must_use]
    pub fn common() -> Vec<Self> {
        COMMON.iter().filter_map(|text| Self::of(text)).collect()
    }

    fn numbers(&self) -> usize {
        self.letters.chars().filter(|c| *c == NUMBER).count()
    }

    /// Its clauses with the number that the print states, or none.
    fn with(&self, number: Option<u32>) -> Vec<Clause> {
        let clause = |clause: &Clause| Clause {
            label: clause.label.clone(),
            promise: match clause.promise {
                Promise::Immediate => Promise::Immediate,
                Promise::Within { unit, .. } => Promise::Within { days: number, unit },
            },
        };
        self.clauses.iter().map(clause).collect()
    }
}

/// Reads a damaged limit by the phrasing that alone explains it, at a certainty below 0.9.
#[must_use]
pub fn limit_like(text: &str, phrasings: &[Phrasing]) -> Option<Reading<Limit>> {
    let (print, numbers) = signs(text);
    let letters = print.chars().filter(|c| is_han(*c)).count();
    if letters < FEWEST {
        return None;
    }
    let mut ranked: Vec<(f64, &Phrasing)> = phrasings
        .iter()
        .map(|phrasing| (fit(&print, &phrasing.letters), phrasing))
        .filter(|(fit, phrasing)| {
            let whole = phrasing.letters.chars().count() as f64;
            (fit.explains() || fit.mostly_explains() && fit.strays * 4 <= fit.letters)
                && fit.letters as f64 >= PRINTED * whole
        })
        .map(|(fit, phrasing)| (fit.cost, phrasing))
        .collect();
    ranked.sort_by(|one, two| one.0.total_cmp(&two.0));
    let (cost, best) = ranked.first()?;
    let number = match numbers.as_slice() {
        [number] if best.numbers() == 1 => *number,
        _ => None,
    };
    let clauses = best.with(number);
    let rival = ranked
        .iter()
        .find(|(_, phrasing)| phrasing.with(number) != clauses);
    if rival.is_some_and(|(other, _)| other - cost < MARGIN) {
        return None;
    }
    let certainty = if number.is_some() { PLACED } else { NUMBERLESS };
    Some(Reading::new(Limit::Clauses(clauses), certainty))
}

/// A text with each number as one sign, and the numbers; a number with a letter in it is none.
fn signs(text: &str) -> (String, Vec<Option<u32>>) {
    let mut print = String::new();
    let mut numbers = Vec::new();
    let mut digits = String::new();
    for letter in squeeze(text).chars().map(half_width).chain(['\0']) {
        if letter.is_ascii_digit() {
            digits.push(letter);
            continue;
        }
        if !digits.is_empty() {
            let sound = !digits.starts_with('0');
            let stated = digits.parse().ok().filter(|n| (1..=366).contains(n));
            numbers.push(stated.filter(|_| sound));
            print.push(NUMBER);
            digits.clear();
        }
        if letter == '\0' {
            break;
        }
        // Stops stand in a cell of their own among the columns.
        print.push(if ",;，；、".contains(letter) {
            '止'
        } else {
            letter
        });
    }
    (print, numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        limit_like(text, &Phrasing::common()).map_or("-".to_owned(), |read| read.value.to_string())
    }

    #[test]
    fn columns_are_read_by_their_phrasing() {
        assert_eq!(
            read("在不个；业时 职超工灵人办 职过作活员结 工5日就即"),
            "在职职工: <=5 wd; 灵活就业人员: immediate"
        );
        assert_eq!(
            read("线结超作下；过日即线２时上个办不工"),
            "线下: immediate; 线上: <=2 wd"
        );
        assert_eq!(read("办结 线 上 不 超"), "线下: immediate; 线上: <=? wd");
    }

    #[test]
    fn a_number_is_never_taken_from_the_phrasing() {
        assert_eq!(
            read("线结超作 下；过日 即线 时上个 办不工"),
            "线下: immediate; 线上: <=? wd"
        );
    }

    #[test]
    fn other_words_have_no_phrasing() {
        assert_eq!(read("即如,补起20日本,为称完之日本,"), "-");
        assert_eq!(read("医院办结"), "-");
        assert_eq!(read("时"), "-");
    }
}
