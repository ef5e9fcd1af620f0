//! Limits by their phrasing: a narrow cell that OCR read in disorder is read by a limit that lists
//! print whole, where that limit, laid in short lines, explains every letter.
//!
//! Owns the phrasings lists commonly use and those a list itself prints elsewhere. Refuses the
//! numbers of a phrasing: a number is stated only where it stands in the cell, in a place that the
//! letters around it determine; otherwise it is lost.

use super::{Clause, Limit, Promise, limit};
use crate::normalise::narrow::{Fit, fit};
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

/// Stand for the numbers of a text, the first to the third, while phrasings are compared.
const NUMBERS: [char; 3] = ['①', '②', '③'];
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
        self.letters.chars().filter(|c| NUMBERS.contains(c)).count()
    }

    /// Its clauses with the numbers given, in the order of its text.
    fn with(&self, numbers: &[Option<u32>]) -> Vec<Clause> {
        let mut numbers = numbers.iter();
        let clause = |clause: &Clause| Clause {
            label: clause.label.clone(),
            promise: match clause.promise {
                Promise::Immediate => Promise::Immediate,
                Promise::Within { unit, .. } => Promise::Within {
                    days: numbers.next().copied().flatten(),
                    unit,
                },
            },
        };
        self.clauses.iter().map(clause).collect()
    }

    /// How it explains a print: with which numbers in its places, and at what cost.
    fn explains(&self, print: &str, numbers: &[Option<u32>]) -> Option<(f64, Vec<Option<u32>>)> {
        let whole = self.letters.chars().count() as f64;
        let sound = |fit: &Fit| {
            (fit.explains() || fit.mostly_explains() && fit.strays * 4 <= fit.letters)
                && fit.letters as f64 >= PRINTED * whole
        };
        let lost = vec![None; self.numbers()];
        if numbers.len() != self.numbers() {
            // A number too few or too many has no certain place.
            let fit = fit(&bare(print), &self.letters);
            return sound(&fit).then_some((fit.cost, lost));
        }
        let mut ranked: Vec<(f64, Vec<usize>)> = orders(numbers.len())
            .into_iter()
            .map(|order| (fit(&reordered(print, &order), &self.letters), order))
            .filter(|(fit, _)| sound(fit))
            .map(|(fit, order)| (fit.cost, order))
            .collect();
        ranked.sort_by(|one, two| one.0.total_cmp(&two.0));
        let (cost, order) = ranked.first()?;
        let placed = ranked
            .get(1)
            .is_none_or(|(other, _)| other - cost >= MARGIN);
        let stated = |place: usize| {
            order
                .iter()
                .position(|to| *to == place)
                .map(|at| numbers[at])
        };
        let stated: Vec<Option<u32>> = (0..numbers.len())
            .map(|place| stated(place).flatten())
            .collect();
        Some((*cost, if placed { stated } else { lost }))
    }
}

/// Every order of the first few places.
fn orders(count: usize) -> Vec<Vec<usize>> {
    let mut all = vec![Vec::new()];
    for _ in 0..count {
        all = all
            .into_iter()
            .flat_map(|order: Vec<usize>| {
                (0..count)
                    .filter(|place| !order.contains(place))
                    .map(|place| {
                        let mut order = order.clone();
                        order.push(place);
                        order
                    })
                    .collect::<Vec<_>>()
            })
            .collect();
    }
    all
}

/// A print whose numbers stand for other places.
fn reordered(print: &str, order: &[usize]) -> String {
    let sign = |letter: char| {
        let at = NUMBERS.iter().position(|number| *number == letter);
        at.and_then(|at| order.get(at))
            .map_or(letter, |place| NUMBERS[*place])
    };
    print.chars().map(sign).collect()
}

fn bare(text: &str) -> String {
    text.chars()
        .filter(|letter| !NUMBERS.contains(letter))
        .collect()
}

/// Reads a damaged limit by the phrasing that alone explains it, at a certainty below 0.9.
#[must_use]
pub fn limit_like(text: &str, phrasings: &[Phrasing]) -> Option<Reading<Limit>> {
    let (print, numbers) = signs(text);
    let letters = print.chars().filter(|c| is_han(*c)).count();
    if letters < FEWEST {
        return None;
    }
    let mut ranked: Vec<(f64, Vec<Clause>, bool)> = phrasings
        .iter()
        .filter_map(|phrasing| {
            let (cost, stated) = phrasing.explains(&print, &numbers)?;
            let whole = stated.iter().all(Option::is_some);
            Some((cost, phrasing.with(&stated), whole))
        })
        .collect();
    ranked.sort_by(|one, two| one.0.total_cmp(&two.0));
    let (cost, clauses, whole) = ranked.first()?;
    let rival = ranked.iter().find(|(_, other, _)| other != clauses);
    if rival.is_some_and(|(other, ..)| other - cost < MARGIN) {
        return None;
    }
    let certainty = if *whole { PLACED } else { NUMBERLESS };
    Some(Reading::new(Limit::Clauses(clauses.clone()), certainty))
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
            let sign = NUMBERS.get(numbers.len() - 1).copied();
            print.extend(sign);
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
        assert_eq!(
            read("省超个日省过个日 内过工；不15工 不10作跨超作"),
            "省内: <=10 wd; 跨省: <=15 wd"
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
