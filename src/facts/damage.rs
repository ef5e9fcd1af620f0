//! How far a list's text can be trusted as a whole. A scan that went through OCR damages cells all
//! over: then an empty cell may have been dropped, and a strange word misread.

use crate::normalise::text::is_jumbled;
use crate::normalise::{Limit, Materials, Steps, garble};
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
        Limit::Clauses(_) => limit.certainty < DISORDERED,
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
