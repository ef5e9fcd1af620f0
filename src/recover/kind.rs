//! What a row is: an item, a business row, a main item's heading, a slice that goes on from the row
//! above, or the tail of a page. Judged by what the row identifies itself by and by its content.

use std::sync::LazyLock;

use regex::Regex;

use crate::normalise::text::pattern;
use crate::normalise::{
    Limit, Steps, code_like, limit, looks_like_steps, parse_main, squeeze, steps, tidy,
};

use super::catalog::{Cells, Entry};
use super::column::Column;
use super::glue::is_main_numbering;
use super::header::Layout;
use super::rows::{number, whole_number};

/// Kind of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An item, with or without its first business row.
    Item,
    /// A business row that names no item.
    Business,
    /// A main item on a row of its own.
    Heading,
    /// The rest of the row above.
    Slice,
    /// The tail of a page, or a note.
    Tail,
}

/// What the other rows of the list say of a row.
#[derive(Debug, Clone, Copy, Default)]
pub struct Habits {
    /// Nearly every row with a name carries a number or a code.
    pub identified: bool,
    /// Nearly every business row carries a number.
    pub numbered_businesses: bool,
}

/// Certainty from which a limit is printed whole.
const WHOLE_LIMIT: f64 = 0.95;
/// Certainty from which steps are printed whole.
const WHOLE_STEPS: f64 = 0.8;
/// Share of named rows with a number or a code, in tenths, from which a list identifies its items.
const IDENTIFIED: usize = 9;

impl Habits {
    /// The habits of a list's rows.
    #[must_use]
    pub fn of<'a>(rows: impl Iterator<Item = &'a Cells>) -> Self {
        let (mut named, mut identified) = (0, 0);
        let (mut businesses, mut numbered) = (0, 0);
        for cells in rows {
            let text = |column| cells.get(&column).map_or("", |value| value.text.as_str());
            if !text(Column::BusinessName).is_empty() {
                businesses += 1;
                numbered += usize::from(!text(Column::BusinessSeq).is_empty());
            }
            if text(Column::Name).is_empty() {
                continue;
            }
            named += 1;
            let coded = code_like(&tidy(text(Column::Code)));
            identified += usize::from(coded || whole_number(text(Column::Seq)).is_some());
        }
        Self {
            identified: named >= 5 && identified * 10 >= named * IDENTIFIED,
            numbered_businesses: businesses >= 5 && numbered * 10 >= businesses * IDENTIFIED,
        }
    }
}

/// The kind of a row.
#[must_use]
pub fn kind(entry: &Entry, layout: &Layout, habits: Habits) -> Kind {
    let full = |column| !entry.text(column).is_empty();
    let valued = [
        Column::Materials,
        Column::Limit,
        Column::Steps,
        Column::Basis,
    ];
    let valued = valued.iter().any(|column| full(*column));
    // A main item on a row of its own, its name and code in the columns of the items.
    let heads = match parse_main(&tidy(entry.text(Column::Code))) {
        Ok(code) if code.sub == "00Y" => !(full(Column::Name) && number(entry).is_some()),
        Ok(_) => !layout.has(Column::MainName) && number(entry).is_none(),
        Err(_) => false,
    };
    if heads && !valued {
        return Kind::Heading;
    }
    let code = entry.text(Column::Code);
    let named = full(Column::Name);
    let first = entry.cells.values().next().map_or("", |value| &value.text);
    if is_note(first) && entry.cells.len() <= 2 || is_page_mark(entry) {
        return Kind::Tail;
    }
    if habits.identified && is_footnote(entry) {
        return Kind::Tail;
    }
    let numbered = number(entry).is_some();
    if code_like(&tidy(code)) || (named && numbered) {
        return Kind::Item;
    }
    // A row with a number and content of its own is an item, whatever it lost.
    if numbered && valued {
        return Kind::Item;
    }
    if !code.is_empty() {
        // Words under the codes, in a row without an identity: a note printed across the columns.
        return Kind::Tail;
    }
    if layout.has(Column::BusinessSeq) || layout.has(Column::BusinessName) {
        let numbered = whole_number(entry.text(Column::BusinessSeq)).is_some();
        let named = full(Column::BusinessName)
            && (full(Column::BusinessSeq) || !habits.numbered_businesses);
        if numbered || named {
            return Kind::Business;
        }
    }
    let alone = entry.cells.len() == 1;
    if entry.cells.len() <= 2 && is_main_numbering(first.trim()) {
        return Kind::Heading;
    }
    // Text alone under the materials goes on from the row above.
    let ahead = entry
        .cells
        .first_key_value()
        .is_some_and(|(column, value)| {
            value.place.column == 1 || matches!(column, Column::Name | Column::Code)
        });
    if alone && ahead && !layout.has(Column::MainName) && (4..=40).contains(&first.chars().count())
    {
        return Kind::Heading;
    }
    // Steps that do not begin at the beginning go on from the row above.
    let steps = squeeze(entry.text(Column::Steps));
    let begins = looks_like_steps(&steps) && steps.starts_with('申');
    let own_limit = matches!(limit(entry.text(Column::Limit)).value, Limit::Clauses(_));
    if named && !habits.identified && (begins || own_limit && steps.is_empty()) {
        return Kind::Item;
    }
    Kind::Slice
}

/// Whether a limit or steps read as complete.
#[must_use]
pub fn whole(column: Column, text: &str) -> bool {
    match column {
        Column::Limit => {
            let read = limit(text);
            matches!(read.value, Limit::Clauses(_)) && read.certainty >= WHOLE_LIMIT
        }
        Column::Steps => {
            let read = steps(text);
            matches!(read.value, Steps::Listed(_)) && read.certainty >= WHOLE_STEPS
        }
        _ => false,
    }
}

/// What a heading row says of its main item, wherever its cells stand.
#[must_use]
pub fn heading_cells(cells: &Cells) -> Cells {
    let mut heading = Cells::new();
    for value in cells.values() {
        let column = if code_like(&tidy(&value.text)) {
            Column::MainCode
        } else {
            Column::MainName
        };
        let known = heading.entry(column).or_insert_with(|| value.clone());
        // Of a number and a name in two cells the name says what it is.
        if value.text.chars().count() > known.text.chars().count() {
            *known = value.clone();
        }
    }
    heading
}

/// Whether a row is the number of its page alone, in whatever cell: 「第 5 页，共 6 页」, 「- 5 -」, 5.
fn is_page_mark(entry: &Entry) -> bool {
    static MARK: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"^(?:第?\d{1,3}页?(?:[,，/]?共?\d{1,3}页?)?|[-—–―·~]+\d{1,3}[-—–―·~]+)$")
    });
    let mut cells = entry.cells.values();
    match (cells.next(), cells.next()) {
        (Some(only), None) => MARK.is_match(&squeeze(&only.text)),
        _ => false,
    }
}

/// Whether a row without number and code begins with the mark of a footnote: ①, *, or a bare number
/// where the names of main items stand.
fn is_footnote(entry: &Entry) -> bool {
    let own = [Column::Seq, Column::Code, Column::BusinessSeq];
    if own.iter().any(|column| entry.cells.contains_key(column)) {
        return false;
    }
    let Some((column, first)) = entry.cells.first_key_value() else {
        return false;
    };
    let mark = squeeze(&first.text);
    let letters = mark.chars().count();
    let signed = letters <= 2 && mark.starts_with(|c: char| "①②③④⑤⑥⑦⑧⑨⑩*※".contains(c));
    let numbered = *column == Column::MainName && letters <= 2 && whole_number(&mark).is_some();
    signed || numbered
}

/// Whether a text announces notes.
pub fn is_note(text: &str) -> bool {
    let plain = squeeze(text).replace('\u{ff1a}', ":");
    ["说明:", "注:", "备注:", "附注", "填表说明"]
        .iter()
        .any(|word| plain.starts_with(word))
}
