//! Time limits beside their ceilings, an item a line. Owns the panels, one for each unit: 工作日 and
//! 自然日 are never put on one scale. Refuses a comparison that the view did not make.

use std::collections::{BTreeMap, BTreeSet};

use super::entry::Entry;
use super::strip::{Drawn, Look, Mark, Scale, Tick};
use crate::report::view::{CeilingView, CellView, NationalItemView, Report, Standing};
use crate::report::words::{Words, fill};

/// The units, in the order of their panels.
const UNITS: [&str; 2] = ["wd", "cd"];

/// The chart.
pub(super) struct Limits<'a> {
    pub panels: Vec<Panel<'a>>,
    /// Items that the ceiling and every list settle at once: nothing to draw.
    pub even: Vec<&'a NationalItemView>,
}

/// The items of one unit.
pub(super) struct Panel<'a> {
    pub unit: &'static str,
    pub axis: String,
    pub rows: Vec<Row<'a>>,
}

/// One item.
pub(super) struct Row<'a> {
    pub item: &'a NationalItemView,
    pub ceiling: Ceilings,
    /// Whether the ceiling is counted in the other unit, so that it is not on this scale.
    pub elsewhere: bool,
    pub strip: String,
    /// Who is below, at and above the ceiling, and who is not compared.
    pub standings: Vec<Lot<'a>>,
}

/// The lists that stand alike.
pub(super) struct Lot<'a> {
    pub look: &'static str,
    pub label: &'static str,
    pub groups: Vec<Group<'a>>,
}

/// The ceilings of an item in words.
pub(super) struct Ceilings {
    /// What the newest edition says.
    pub main: Vec<CeilingText>,
    /// What other editions and statutes say beside it.
    pub further: Vec<CeilingText>,
}

/// A ceiling in words.
pub(super) struct CeilingText {
    pub text: String,
    /// Whether it is no official text.
    pub derived: bool,
    /// Where it is from, if not from the newest edition.
    pub whence: String,
}

/// Lists that say the same.
pub(super) struct Group<'a> {
    pub text: String,
    pub names: Vec<&'a str>,
}

impl<'a> Limits<'a> {
    pub fn new(report: &'a Report, entries: &'a [Entry<'a>], w: &'static Words) -> Drawn<Self> {
        let (even, uneven): (Vec<_>, Vec<_>) =
            report.national_items.iter().partition(|item| is_even(item));
        let mut panels = Vec::new();
        for unit in UNITS {
            let items: Vec<&NationalItemView> = uneven
                .iter()
                .copied()
                .filter(|item| in_panel(item, unit))
                .collect();
            if items.is_empty() {
                continue;
            }
            let scale = scale(&items, unit);
            let rows = items
                .into_iter()
                .map(|item| row(item, entries, unit, scale, w))
                .collect::<Drawn<_>>()?;
            panels.push(Panel {
                unit,
                axis: scale.axis(w.at_once_short)?,
                rows,
            });
        }
        Ok(Limits { panels, even })
    }
}

/// Whether every limit and every ceiling of the item is 即时办结.
fn is_even(item: &NationalItemView) -> bool {
    let listed = item.ceilings.iter().filter(|ceiling| ceiling.in_list);
    let mut days = listed.map(|ceiling| ceiling.days).peekable();
    let judged = |cell: &CellView| match cell.standing {
        Standing::None => true,
        Standing::At => cell.clauses.iter().all(|clause| clause.days == Some(0)),
        _ => false,
    };
    days.peek().is_some() && days.all(|days| days == 0) && item.cells.iter().all(judged)
}

/// Whether anything about the item is counted in that unit; what is counted in neither stands with
/// the working days.
fn in_panel(item: &NationalItemView, unit: &str) -> bool {
    let listed = item.ceilings.iter().filter(|ceiling| ceiling.in_list);
    let ceilings: Vec<&str> = listed.map(|ceiling| ceiling.unit.as_str()).collect();
    let clauses = item.cells.iter().flat_map(|cell| &cell.clauses);
    let counted = |wanted: &str| {
        ceilings.contains(&wanted)
            || clauses
                .clone()
                .any(|clause| clause.unit == wanted && clause.days.is_some())
    };
    counted(unit) || (unit == "wd" && !counted("cd"))
}

/// The scale that holds everything counted in a unit.
pub(super) fn scale(items: &[&NationalItemView], unit: &str) -> Scale {
    let ceilings = items.iter().flat_map(|item| &item.ceilings);
    let ceilings = ceilings.filter(|c| c.unit == unit).map(|c| c.days);
    let clauses = items.iter().flat_map(|item| &item.cells);
    let clauses = clauses.flat_map(|cell| &cell.clauses);
    let clauses = clauses.filter(|c| c.unit == unit).filter_map(|c| c.days);
    Scale::holding(f64::from(ceilings.chain(clauses).max().unwrap_or(0)))
}

/// The longest time a list takes in that unit. At once is in either unit, and stands where the
/// list's other clauses do, else in the unit of the ceiling.
pub(super) fn longest(item: &NationalItemView, cell: &CellView, unit: &str) -> Option<u32> {
    let units: BTreeSet<&str> = cell
        .clauses
        .iter()
        .filter(|clause| clause.days.is_some_and(|days| days > 0))
        .map(|clause| clause.unit.as_str())
        .collect();
    let here = match units.is_empty() {
        false => units.contains(unit),
        true => home(item) == unit,
    };
    let clauses = cell.clauses.iter();
    let days = clauses.filter(|clause| clause.unit == unit || clause.days == Some(0));
    days.filter_map(|clause| clause.days).max().filter(|_| here)
}

/// The unit of an item's ceiling.
fn home(item: &NationalItemView) -> &str {
    let mut units = item.ceilings.iter().filter(|c| c.in_list).rev();
    units
        .find(|ceiling| !ceiling.unit.is_empty())
        .map_or("wd", |ceiling| &ceiling.unit)
}

/// How a limit looks on the scale.
pub(super) fn look(standing: Standing) -> Look {
    match standing {
        Standing::Over => Look::Over,
        Standing::At => Look::At,
        Standing::Under => Look::Under,
        _ => Look::Apart,
    }
}

/// The ceilings to be drawn in a unit.
pub(super) fn ticks(item: &NationalItemView, unit: &str) -> Vec<Tick> {
    let newest = newest(item);
    let here = |ceiling: &&CeilingView| {
        ceiling.unit == unit || (ceiling.unit.is_empty() && home(item) == unit)
    };
    let main = item
        .ceilings
        .iter()
        .filter(here)
        .filter(|c| c.in_list && c.edition == newest)
        .map(|ceiling| ceiling.days)
        .max();
    let mut ticks: Vec<Tick> = Vec::new();
    for ceiling in item.ceilings.iter().filter(here) {
        let tick = Tick {
            at: f64::from(ceiling.days),
            derived: ceiling.known == "derived",
            main: Some(ceiling.days) == main,
        };
        match ticks.iter_mut().find(|known| known.at == tick.at) {
            Some(known) => known.derived &= tick.derived,
            None => ticks.push(tick),
        }
    }
    ticks
}

fn newest(item: &NationalItemView) -> &str {
    let editions = item.ceilings.iter().map(|ceiling| ceiling.edition.as_str());
    editions.max().unwrap_or_default()
}

fn row<'a>(
    item: &'a NationalItemView,
    entries: &'a [Entry<'a>],
    unit: &'static str,
    scale: Scale,
    w: &'static Words,
) -> Drawn<Row<'a>> {
    let mut marks: BTreeMap<(u32, Look), usize> = BTreeMap::new();
    let mut groups: BTreeMap<(Look, Option<u32>, String), Vec<&'a str>> = BTreeMap::new();
    for entry in entries {
        let Some(cell) = item.cells.get(entry.column) else {
            continue;
        };
        let name = entry.list.short_name.as_str();
        match longest(item, cell, unit) {
            Some(days) => {
                let look = look(cell.standing);
                *marks.entry((days, look)).or_default() += 1;
                let text = match cell.standing {
                    Standing::Unreadable => fill(w.partly, form(days, unit, w)),
                    _ => form(days, unit, w),
                };
                groups
                    .entry((look, Some(days), text))
                    .or_default()
                    .push(name);
            }
            None if unit == home(item) => {
                if let Some(text) = untold(cell, unit, w) {
                    groups
                        .entry((Look::Apart, None, text))
                        .or_default()
                        .push(name);
                }
            }
            None => {}
        }
    }
    let marks: Vec<Mark> = marks
        .into_iter()
        .map(|((days, look), count)| Mark {
            at: f64::from(days),
            count,
            look,
        })
        .collect();
    let standings = [
        (Look::Under, "under", w.limit_under),
        (Look::At, "at", w.limit_at),
        (Look::Over, "over", w.limit_over),
        (Look::Apart, "apart", w.limit_apart),
    ];
    let lot = |(wanted, look, label): (Look, &'static str, &'static str)| Lot {
        look,
        label,
        groups: groups
            .iter()
            .filter(|((look, ..), _)| *look == wanted)
            .map(|((_, _, text), names)| Group {
                text: text.clone(),
                names: names.clone(),
            })
            .collect(),
    };
    Ok(Row {
        strip: scale.strip(&ticks(item, unit), &marks)?,
        standings: standings.map(lot).into(),
        ceiling: ceilings(item, w),
        elsewhere: home(item) != unit,
        item,
    })
}

/// Why a list has no mark; nothing where the item is not there or its mark is in the other panel.
fn untold(cell: &CellView, unit: &str, w: &Words) -> Option<String> {
    let other = cell
        .clauses
        .iter()
        .find(|clause| clause.unit != unit && clause.days.is_some_and(|days| days > 0));
    match (cell.standing, other) {
        (Standing::None, _) => None,
        (Standing::Missing, None) => Some(w.limit_missing.to_owned()),
        (_, None) => Some(w.limit_unreadable.to_owned()),
        (_, Some(clause)) => Some(form(clause.days?, &clause.unit, w)),
    }
}

/// A number of days in words.
pub(super) fn form(days: u32, unit: &str, w: &Words) -> String {
    match (days, unit) {
        (0, _) => w.at_once.to_owned(),
        (days, "cd") => fill(w.calendar_days, days),
        (days, _) => fill(w.working_days, days),
    }
}

/// The ceilings of an item in words; one that says the same as another stands once.
pub(super) fn ceilings(item: &NationalItemView, w: &Words) -> Ceilings {
    let newest = newest(item);
    let is_main = |c: &CeilingView| c.in_list && c.edition == newest;
    let mut sorted: Vec<&CeilingView> = item.ceilings.iter().collect();
    sorted.sort_by_key(|c| (!is_main(c), !c.in_list));
    let mut seen: Vec<String> = Vec::new();
    let (mut main, mut further) = (Vec::new(), Vec::new());
    for ceiling in sorted {
        let form = form(ceiling.days, &ceiling.unit, w);
        let text = match ceiling.condition.as_str() {
            "" => form,
            condition => format!("{condition}{}{form}", w.colon),
        };
        if seen.contains(&text) {
            continue;
        }
        seen.push(text.clone());
        let whence = match (ceiling.source.as_str(), ceiling.edition.as_str()) {
            ("", edition) if edition == newest => String::new(),
            ("", edition) => fill(w.edition_year, edition),
            (source, _) => source.to_owned(),
        };
        let text = CeilingText {
            text,
            derived: ceiling.known == "derived",
            whence,
        };
        if is_main(ceiling) {
            main.push(text);
        } else {
            further.push(text);
        }
    }
    if main.is_empty() {
        std::mem::swap(&mut main, &mut further);
    }
    Ceilings { main, further }
}
