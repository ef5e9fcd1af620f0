//! How well a cell's text suits a column, told by its form alone: codes, numbers, limits, steps and
//! citations have one; the region's own columns are known by the words other rows have there.

use std::collections::{HashMap, HashSet};

use crate::normalise::text::{half_width, without_loops};
use crate::normalise::{Limit, code_like, limit, looks_like_steps, squeeze};
use crate::read::RawRow;

use super::column::Column;
use super::glue::is_main_numbering;
use super::header::Layout;

/// The words that stand in the region's own columns: column to its frequent values.
pub type Vocabulary = HashMap<Column, HashSet<String>>;

/// Collects the words of the region's own columns from the rows that fit their header.
pub fn vocabulary<'a>(rows: impl Iterator<Item = (&'a RawRow, &'a Layout)>) -> Vocabulary {
    let mut counts: HashMap<(Column, String), usize> = HashMap::new();
    for (row, layout) in rows.filter(|(row, layout)| row.cells.len() == layout.columns.len()) {
        for (cell, column) in row.cells.iter().zip(&layout.columns) {
            if matches!(column, Column::Other(_)) && !cell.text.is_empty() {
                *counts.entry((*column, squeeze(&cell.text))).or_default() += 1;
            }
        }
    }
    let mut vocabulary = Vocabulary::new();
    for ((column, word), count) in counts {
        if count > 1 {
            vocabulary.entry(column).or_default().insert(word);
        }
    }
    vocabulary
}

/// How well a text suits a column: positive for its form, negative against it, 0 for nothing.
pub fn affinity(column: Column, cell: &Seen, vocabulary: &Vocabulary) -> f64 {
    let Seen {
        plain,
        length,
        form,
    } = cell;
    let (length, form) = (*length, *form);
    if plain.is_empty() {
        return 0.0;
    }
    match column {
        Column::Code => match form {
            Form::Code => 3.0,
            Form::MainCode => 1.0,
            _ => -3.0,
        },
        Column::MainCode if form == Form::MainCode => 3.0,
        // Where a main item is not divided its code is the item's own.
        Column::MainCode if form == Form::Code && plain.ends_with("000") => 3.0,
        Column::MainCode if form == Form::Code && length == 12 => -1.0,
        Column::MainCode if form == Form::Code => 2.0,
        Column::MainCode if form == Form::Number => -1.0,
        // A main item's code is cut into slices and mixed with its name more often than not.
        Column::MainCode => {
            if length <= 24 {
                0.0
            } else {
                -3.0
            }
        }
        Column::Seq | Column::BusinessSeq => {
            if form == Form::Number {
                2.0
            } else {
                -3.0
            }
        }
        Column::Limit => match form {
            Form::Limit => 3.0,
            Form::Steps | Form::Code | Form::MainCode | Form::Basis => -3.0,
            _ if length > 30 => -3.0,
            _ => 0.0,
        },
        Column::Steps => match form {
            Form::Steps => 3.0,
            Form::Limit | Form::Code | Form::MainCode | Form::Basis => -3.0,
            _ if length > 30 => -3.0,
            _ => 0.0,
        },
        Column::Basis => match form {
            Form::Basis => 2.0,
            // A word of the region's own columns is never a basis.
            Form::Text if vocabulary.values().any(|words| words.contains(plain)) => -3.0,
            Form::Text => -1.0,
            _ => -3.0,
        },
        Column::Remark => match form {
            Form::Text => 0.5,
            Form::Basis => -1.5,
            _ => -3.0,
        },
        Column::Materials => match form {
            Form::Text => 0.5,
            Form::Basis => -0.5,
            _ => -3.0,
        },
        Column::Name | Column::BusinessName => match form {
            Form::Text if length <= 60 && !is_main_numbering(plain) => 0.6,
            Form::Text if length <= 60 => 0.3,
            // 支付 alone is the end of a name that a page cut.
            Form::Steps if length <= 4 => 0.3,
            Form::Text => -2.0,
            _ => -3.0,
        },
        Column::MainName => match form {
            Form::Text if length <= 60 => 0.5,
            _ => -2.0,
        },
        Column::Other(_) => match vocabulary.get(&column) {
            Some(words) if words.contains(plain) => 1.0,
            Some(_) if form == Form::Text && length < 60 => -0.5,
            Some(_) => -2.0,
            None => 0.0,
        },
    }
}

/// A cell's text, looked at once.
pub struct Seen {
    /// Without white space.
    pub plain: String,
    length: usize,
    /// What it is by its form.
    pub form: Form,
}

impl Seen {
    /// Looks at a text.
    pub fn of(text: &str) -> Self {
        let plain: String = squeeze(text).chars().map(half_width).collect();
        // A loop behind steps leaves them steps.
        let kept = without_loops(&plain);
        let length = kept.chars().count();
        let form = Form::of(&kept, length);
        Self {
            plain,
            length,
            form,
        }
    }
}

/// What a text is by its form alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Code of an item, or of a main item that is not divided.
    Code,
    /// Code of a main item: …00Y.
    MainCode,
    Number,
    Limit,
    Steps,
    Basis,
    Text,
}

impl Form {
    fn of(plain: &str, length: usize) -> Self {
        if code_like(plain) && plain.ends_with(['Y', 'y']) {
            Self::MainCode
        } else if code_like(plain) {
            Self::Code
        } else if length <= 3 && plain.chars().all(|letter| letter.is_ascii_digit()) {
            Self::Number
        } else if looks_like_steps(plain) {
            Self::Steps
        } else if length <= 60 && matches!(limit(plain).value, Limit::Clauses(_)) {
            Self::Limit
        } else if is_basis(plain) {
            Self::Basis
        } else {
            Self::Text
        }
    }
}

/// A citation: a title in its marks with a document number or an article behind it.
fn is_basis(plain: &str) -> bool {
    // The rest of one that a page cut: 席令第35号)第五十四条.
    if ["号)第", "号\u{ff09}第"]
        .iter()
        .any(|rest| plain.contains(rest))
    {
        return true;
    }
    let Some(open) = plain.find('《') else {
        return false;
    };
    let early = plain[..open].chars().count() <= 6;
    let cites = plain.contains("号)") || plain.contains("号\u{ff09}") || plain.contains("条");
    early && cites
}
