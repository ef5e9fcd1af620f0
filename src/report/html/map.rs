//! The matrix of regions and national items: one row a list, one column an item. Owns what a cell
//! shows; refuses to drop a finding: each stands in exactly one cell.

use std::collections::HashMap;

use super::entry::{Entry, LIST, LOCAL, MAIN, Places, Tally, by_gravity};
use crate::report::view::{FindingView, NationalItemView, Report, State};
use crate::report::words::{Words, fill};

/// The matrix.
pub(super) struct Map<'a> {
    pub heads: Vec<Head<'a>>,
    pub rows: Vec<Row<'a>>,
}

/// A column of a national item.
pub(super) struct Head<'a> {
    pub item: &'a NationalItemView,
    /// Whether its main item begins here.
    pub first: bool,
}

/// One list.
pub(super) struct Row<'a> {
    pub entry: &'a Entry<'a>,
    /// List as a whole, main items, national items, items of the region's own.
    pub cells: Vec<Cell<'a>>,
}

/// One item of one list.
pub(super) struct Cell<'a> {
    /// How it looks: `fine` `noted` `error` `warning` `unreadable` `missing` `outside` `waived`
    /// `empty`.
    pub look: &'static str,
    pub glyph: String,
    /// The same in words.
    pub label: String,
    /// The finding a click goes to.
    pub first: Option<&'a str>,
    /// The column's key.
    pub key: &'a str,
}

impl<'a> Map<'a> {
    pub fn new(
        report: &'a Report,
        entries: &'a [Entry<'a>],
        places: &Places<'a>,
        w: &Words,
    ) -> Self {
        let mut heads = Vec::new();
        let mut before = "";
        for item in &report.national_items {
            let first = item.main_code != before;
            before = &item.main_code;
            heads.push(Head { item, first });
        }
        let rows = entries
            .iter()
            .map(|entry| row(report, entry, places, w))
            .collect();
        Map { heads, rows }
    }

    /// Whether a cell shows what was agreed to be left, and so the key must explain it.
    pub fn has_waived(&self) -> bool {
        let mut cells = self.rows.iter().flat_map(|row| &row.cells);
        cells.any(|cell| cell.look == "waived")
    }

    /// Whether a main item begins in that column of a row; the items of the region's own, which come
    /// last, stand by themselves.
    pub fn begins(&self, column: &usize) -> bool {
        let national = column.checked_sub(2);
        national.is_some_and(|column| self.heads.get(column).is_none_or(|head| head.first))
    }
}

fn row<'a>(report: &'a Report, entry: &'a Entry<'a>, places: &Places<'a>, w: &Words) -> Row<'a> {
    let mut found: HashMap<&str, Vec<&'a FindingView>> = HashMap::new();
    for finding in &entry.findings {
        found.entry(places.of(finding)).or_default().push(finding);
    }
    let mut of = |key: &'a str, state: Option<State>| {
        Cell::new(key, state, found.remove(key).unwrap_or_default(), w)
    };
    let mut cells = vec![of(LIST, None), of(MAIN, None)];
    for item in &report.national_items {
        let state = item.cells.get(entry.column).map(|cell| cell.state);
        cells.push(of(&item.code, Some(state.unwrap_or(State::NotInEdition))));
    }
    cells.push(of(LOCAL, None));
    Row { entry, cells }
}

impl<'a> Cell<'a> {
    /// Whether its look has a frame or a ground.
    pub fn is_boxed(&self) -> bool {
        matches!(self.look, "missing" | "unreadable" | "waived")
    }

    /// A cell with its findings; `state` is there for national items alone.
    pub fn new(
        key: &'a str,
        state: Option<State>,
        findings: Vec<&'a FindingView>,
        w: &Words,
    ) -> Self {
        let tally = Tally::of(findings.iter().copied());
        let first = by_gravity(findings).first().map(|f| f.id.as_str());
        let grave = if tally.document.error > 0 {
            "error"
        } else {
            "warning"
        };
        let look = match state {
            Some(State::Missing) => "missing",
            Some(State::NotInEdition) if first.is_none() => "outside",
            _ if tally.faults() > 0 => grave,
            Some(State::Unreadable) => "unreadable",
            _ if tally.reading > 0 => "unreadable",
            _ if tally.document.info > 0 => "noted",
            _ if tally.waived > 0 => "waived",
            Some(_) => "fine",
            None => "empty",
        };
        let glyph = match look {
            "missing" => w.glyph_missing.to_owned(),
            "outside" => "–".to_owned(),
            "error" | "warning" => tally.faults().to_string(),
            "unreadable" => "?".to_owned(),
            "noted" if state.is_none() => tally.document.info.to_string(),
            "fine" | "noted" => "✓".to_owned(),
            "waived" => w.past.glyph_waived.to_owned(),
            _ => String::new(),
        };
        Cell {
            look,
            glyph,
            label: label(look, &tally, w),
            first,
            key,
        }
    }
}

fn label(look: &str, tally: &Tally, w: &Words) -> String {
    let mut parts = Vec::new();
    match look {
        "missing" => parts.push(w.state_missing.to_owned()),
        "outside" => parts.push(w.state_outside.to_owned()),
        "fine" | "noted" => parts.push(w.state_fine.to_owned()),
        "unreadable" if tally.reading == 0 => parts.push(w.state_unreadable.to_owned()),
        "empty" => parts.push(w.none.to_owned()),
        _ => {}
    }
    let document = tally.document;
    // The number in the cell has to be heard as well as seen.
    if document.error > 0 && document.warning > 0 {
        parts.push(fill(w.faults_count, tally.faults()));
    }
    for (count, word) in [
        (document.error, w.error),
        (document.warning, w.warning),
        (document.info, w.info),
        (tally.reading, w.state_unreadable),
        (tally.waived, w.past.waived),
    ] {
        if count > 0 {
            parts.push(format!("{word} {count}"));
        }
    }
    parts.join(w.comma)
}
