//! The grammar of limits over letters of which some are missing.
//!
//! Owns which letters may be missing from which fixed words. Refuses a letter that stands in none.

use super::{Token, letters};
use crate::normalise::limit::{Clause, Promise, Unit, is_debris};
use crate::normalise::text::worded;

/// Conditions known well enough to be recognised with letters missing.
const LABELS: &[&str] = &[
    "线上",
    "线下",
    "省内",
    "跨省",
    "市内",
    "跨市",
    "区内",
    "一般",
    "一般情况",
    "特殊",
    "特殊情况",
    "单次门诊小额费用",
    "小额费用",
    "一般变更",
    "在职职工",
    "灵活就业人员",
    "需要现场核实的",
    "门诊",
    "住院",
    "转入",
    "转出",
];

/// A clause whose unit may still be open: 个日 is 个工作日 or 个自然日.
#[derive(Debug, Clone)]
struct DraftClause {
    label: String,
    words: Words,
}

/// What the words of a promise say.
#[derive(Debug, Clone, Copy)]
enum Words {
    Now,
    Days {
        days: Option<u32>,
        unit: Option<Unit>,
    },
}

/// One way to read a text, and how many letters of its words are missing.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    clauses: Vec<DraftClause>,
    /// Letters missing.
    pub(super) loss: usize,
}

/// Gives an open unit the one that every other clause of the cell has.
pub(super) fn settled(draft: &Draft) -> Option<Vec<Clause>> {
    let mut known = draft
        .clauses
        .iter()
        .filter_map(|clause| match clause.words {
            Words::Days { unit, .. } => unit,
            Words::Now => None,
        });
    let unit = known.next();
    let common = unit.filter(|unit| known.all(|other| other == *unit));
    let settle = |clause: &DraftClause| {
        let promise = match clause.words {
            Words::Now => Promise::Immediate,
            Words::Days { days, unit } => Promise::Within {
                days,
                unit: unit.or(common)?,
            },
        };
        Some(Clause {
            label: clause.label.clone(),
            promise,
        })
    };
    draft.clauses.iter().map(settle).collect()
}

/// Every way to read the tokens from `at` to the end as clauses.
pub(super) fn parse(tokens: &[Token], at: usize) -> Vec<Draft> {
    let start = skip_stops(tokens, at);
    if start == tokens.len() {
        return vec![Draft {
            clauses: Vec::new(),
            loss: 0,
        }];
    }
    let mut drafts = Vec::new();
    for (label, after_label, label_loss) in labels(tokens, start) {
        for (words, after, loss) in promises(tokens, after_label) {
            for rest in parse(tokens, after) {
                let mut clauses = vec![DraftClause {
                    label: label.clone(),
                    words,
                }];
                clauses.extend(rest.clauses);
                drafts.push(Draft {
                    clauses,
                    loss: label_loss + loss + rest.loss,
                });
            }
        }
    }
    drafts.retain(|draft| !draft.clauses.is_empty());
    drafts.sort_by_key(|draft| draft.loss);
    drafts.truncate(8);
    drafts
}

fn skip_stops(tokens: &[Token], mut at: usize) -> usize {
    while tokens.get(at) == Some(&Token::Stop) {
        at += 1;
    }
    at
}

/// Ends of runs from `at` whose letters stand in `word` in order, with the number of letters.
fn within(tokens: &[Token], at: usize, word: &str) -> Vec<(usize, usize)> {
    let mut ends = vec![(at, 0)];
    let mut rest = word.chars();
    for (count, token) in tokens[at..].iter().enumerate() {
        let Token::Letter(letter) = *token else { break };
        if !rest.any(|c| c == letter) {
            break;
        }
        ends.push((at + count + 1, count + 1));
    }
    ends
}

/// Conditions that may stand at `at`: none, a known one with letters missing, or one in whole words.
fn labels(tokens: &[Token], at: usize) -> Vec<(String, usize, usize)> {
    let mut found = vec![(String::new(), at, 0)];
    for label in LABELS {
        let length = label.chars().count();
        for (end, count) in within(tokens, at, label) {
            let enough = count == length
                || (length > 2 && count >= 2 && count * 2 >= length)
                || (count == 1 && length == 2 && telling(tokens[at], label));
            if count > 0 && enough {
                found.push(((*label).to_owned(), end, length - count));
            }
        }
    }
    let mut spelled = String::new();
    for (count, token) in tokens[at..].iter().enumerate() {
        let Token::Letter(letter) = *token else { break };
        spelled.push(letter);
        let (han, covered) = worded(&spelled);
        if (3..=16).contains(&han) && han == covered && !is_debris(&spelled) {
            // A known condition is the better reading of the same letters.
            found.push((spelled.clone(), at + count + 1, 1));
        }
    }
    found
}

/// Whether this letter stands in no other condition and in no promise: 般 can only be 一般.
fn telling(token: Token, label: &str) -> bool {
    let Token::Letter(letter) = token else {
        return false;
    };
    !"不超过个工作自然日内即时办结".contains(letter)
        && LABELS
            .iter()
            .filter(|other| other.contains(letter))
            .all(|other| other.starts_with(label))
}

/// Promises that may stand at `at`, with letters of the fixed words missing: what they say, where
/// they end, how many letters are lost.
fn promises(tokens: &[Token], at: usize) -> Vec<(Words, usize, usize)> {
    let mut found = Vec::new();
    for (end, count) in within(tokens, at, "即时办结") {
        if count >= 2 && tokens[at] == Token::Letter('即') {
            found.push((Words::Now, end, 4 - count));
        }
    }
    for (after_cap, cap) in within(tokens, at, "不超过") {
        let number = match tokens.get(after_cap) {
            Some(Token::Number(days)) => Some(*days),
            _ => None,
        };
        let from = after_cap + usize::from(number.is_some());
        for (unit, word) in [
            (Some(Unit::WorkingDays), "个工作日内"),
            (Some(Unit::CalendarDays), "个自然日内"),
            (None, "个日内"),
        ] {
            for (end, count) in units(tokens, from, word) {
                let letters = letters(&tokens[from..end]);
                let telling = match unit {
                    Some(Unit::WorkingDays) => letters.contains(['工', '作']),
                    Some(Unit::CalendarDays) => letters.contains(['自', '然']),
                    None => letters.contains('日') && number.is_some(),
                };
                let enough = number.is_some() || cap + count >= 3;
                if count < 2 || !telling || !enough {
                    continue;
                }
                let lost_cap = if cap == 0 { 0 } else { 3 - cap };
                let lost = usize::from(number.is_none()) + lost_cap + 4usize.saturating_sub(count);
                let end = within(tokens, end, "办结")
                    .last()
                    .filter(|tail| tail.1 == 2)
                    .map_or(end, |tail| tail.0);
                let days = number.flatten();
                found.push((Words::Days { days, unit }, end, lost));
            }
        }
    }
    found
}

/// As [`within`], where 工 misread as 个 (个个作日) is taken for what it stands for.
fn units(tokens: &[Token], at: usize, word: &str) -> Vec<(usize, usize)> {
    let mut ends = within(tokens, at, word);
    let twice = [Token::Letter('个'), Token::Letter('个')];
    if tokens.get(at..at + 2) == Some(&twice) {
        ends.extend(within(tokens, at + 1, word));
    }
    ends
}
