//! How far a list's text can be trusted as a whole. A scan that went through OCR damages cells all
//! over: then an empty cell may have been dropped, and a strange word misread.

use std::sync::LazyLock;

use regex::Regex;

use crate::normalise::numeral::LETTERS;
use crate::normalise::text::{half_width, is_jumbled, pattern};
use crate::normalise::{Limit, Materials, Steps, garble, squeeze};
use crate::recover::{Catalog, Column, Entry};

use super::values::{GARBLED, Reader, leaves};

/// Share of rows with a damaged cell from which the whole text counts as damaged.
const DAMAGED: f64 = 0.15;
/// Certainty below which a limit was put together from a cell in disorder.
const DISORDERED: f64 = 0.85;

/// Whether a list's text is damaged all over, as OCR of a scan leaves it.
#[must_use]
pub fn is_damaged(catalog: &Catalog, reader: &mut Reader) -> bool {
    let (mut rows, mut damaged) = (0usize, 0usize);
    let items = catalog
        .items
        .iter()
        .filter(|item| !item.businesses.is_empty());
    let named: usize = items
        .filter(|item| is_misread(item.entry.text(Column::Name)))
        .count();
    for entry in leaves(catalog) {
        rows += 1;
        damaged += usize::from(is_hurt(entry, reader));
    }
    rows > 0 && (damaged + named) as f64 > DAMAGED * rows as f64
}

/// Whether a cell of the row shows damage.
fn is_hurt(entry: &Entry, reader: &mut Reader) -> bool {
    let limit = reader.limit(entry.text(Column::Limit));
    let steps = reader.steps(entry.text(Column::Steps));
    let materials = reader.materials(entry.text(Column::Materials));
    let garbled = |column| garble(entry.text(column)) > GARBLED;
    let limit = match limit.value {
        Limit::Clauses(_) => {
            limit.certainty < DISORDERED && !is_odd_unit(entry.text(Column::Limit))
        }
        Limit::Unreadable => true,
        Limit::Missing | Limit::NoClause => false,
    };
    let steps = match steps.value {
        Steps::Missing => false,
        Steps::Listed(steps) => !in_order(entry.text(Column::Steps), &steps),
        Steps::Unreadable => true,
    };
    limit
        || steps
        || matches!(materials.value, Materials::Unreadable)
        || garbled(Column::Materials)
        || garbled(Column::Basis)
        || [Column::Name, Column::BusinessName]
            .iter()
            .any(|column| is_misread(entry.text(*column)))
}

/// Whether a limit is less sure for its unit alone (30日内, 三个月): plain words, not damage.
fn is_odd_unit(limit: &str) -> bool {
    static UNIT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(
            r"^(?:不超过)?(?:\d{{1,3}}|[{LETTERS}]{{1,4}})个?(?:日|天|周|星期|月|小时)(?:[之以]?内)?(?:办结)?$"
        ))
    });
    let plain: String = squeeze(limit).chars().map(half_width).collect();
    UNIT.is_match(&plain)
}

/// Whether a cell prints the letters of its steps in their order, whatever stands between them.
fn in_order(printed: &str, steps: &[String]) -> bool {
    let mut letters = printed.chars();
    steps
        .iter()
        .flat_map(|step| step.chars())
        .all(|letter| letters.any(|printed| printed == letter))
}

/// Whether a name is garbled, or its letters out of order.
fn is_misread(name: &str) -> bool {
    garble(name) > GARBLED || is_jumbled(name)
}
