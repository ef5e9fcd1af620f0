//! Where one list stands: item by item, and among all lists of the run. Owns the measures; refuses
//! names: of the other lists nothing but numbers reaches a region's page.

use std::collections::BTreeMap;

use super::entry::{Entry, Places};
use super::limits::{Ceilings, ceilings, form, longest, scale, ticks};
use super::map::Cell;
use super::strip::{Drawn, Look, Mark, Scale};
use crate::report::view::{CellView, NationalItemView, Report, Standing, State};
use crate::report::words::{Words, fill};

/// 工作日.
const WORKING: &str = "wd";
/// 自然日.
const CALENDAR: &str = "cd";

/// One list of a region's page.
pub(super) struct Stand<'a> {
    pub entry: &'a Entry<'a>,
    /// Its place among all lists; none where there is no other.
    pub ranks: Vec<Rank>,
    /// Numbers of the scale of working days.
    pub axis: String,
    pub items: Vec<ItemLine<'a>>,
}

/// One measure.
pub(super) struct Rank {
    pub title: &'static str,
    pub value: usize,
    /// The place, in words.
    pub place: String,
    pub strip: String,
    pub axis: String,
}

/// One national item of the list.
pub(super) struct ItemLine<'a> {
    pub item: &'a NationalItemView,
    pub cell: Cell<'a>,
    pub limit: String,
    pub standing: &'static str,
    /// Class of the standing.
    pub look: &'static str,
    pub ceiling: Ceilings,
    pub strip: String,
    /// Said where the strip is not on the scale of the others.
    pub scale: String,
}

impl<'a> Stand<'a> {
    /// `all` are the lists of the run, the page's own among them.
    pub fn new(
        report: &'a Report,
        entry: &'a Entry<'a>,
        all: &[Entry<'_>],
        places: &Places<'a>,
        w: &'static Words,
    ) -> Drawn<Self> {
        let national: Vec<&NationalItemView> = report.national_items.iter().collect();
        let scales = [WORKING, CALENDAR].map(|unit| scale(&national, unit));
        let items = report
            .national_items
            .iter()
            .filter_map(|item| line(item, entry, scales, places, w).transpose())
            .collect::<Drawn<_>>()?;
        let ranks = if all.len() > 1 {
            ranks(report, entry, all, w)?
        } else {
            Vec::new()
        };
        Ok(Stand {
            entry,
            axis: scales[0].axis(w.at_once_short)?,
            ranks,
            items,
        })
    }
}

fn ranks(
    report: &Report,
    entry: &Entry<'_>,
    all: &[Entry<'_>],
    w: &'static Words,
) -> Drawn<Vec<Rank>> {
    let cells = |column: usize| {
        let items = report.national_items.iter();
        items.filter_map(move |item| item.cells.get(column))
    };
    let fine = |other: &Entry<'_>| {
        cells(other.column)
            .filter(|cell| cell.state == State::Fine)
            .count()
    };
    let shorter = |other: &Entry<'_>| {
        cells(other.column)
            .filter(|cell| cell.standing == Standing::Under)
            .count()
    };
    let faults = |other: &Entry<'_>| other.tally.faults();
    Ok(vec![
        rank(w.rank_faults, entry, all, faults, false, w)?,
        rank(w.rank_fine, entry, all, fine, true, w)?,
        rank(w.rank_shorter, entry, all, shorter, true, w)?,
    ])
}

fn rank(
    title: &'static str,
    entry: &Entry<'_>,
    all: &[Entry<'_>],
    measure: impl Fn(&Entry<'_>) -> usize,
    more_is_better: bool,
    w: &Words,
) -> Drawn<Rank> {
    let value = measure(entry);
    let others: Vec<usize> = all
        .iter()
        .filter(|other| other.column != entry.column)
        .map(&measure)
        .collect();
    let better = others.iter().filter(|other| match more_is_better {
        true => **other > value,
        false => **other < value,
    });
    let place = better.count() + 1;
    let shared = others.iter().filter(|other| **other == value).count();
    let pattern = if shared > 0 {
        w.rank_shared
    } else {
        w.rank_place
    };
    let most = others.iter().copied().max().unwrap_or(0).max(value);
    let scale = Scale::holding(most as f64);
    let points = others.into_iter().map(|other| other as f64);
    Ok(Rank {
        title,
        value,
        place: fill(pattern, place).replace("{m}", &all.len().to_string()),
        strip: scale.strip(&[], &marks(points, Some(value as f64)))?,
        axis: scale.axis("0")?,
    })
}

/// Other lists hollow, the own one on top of those that say the same.
fn marks(others: impl Iterator<Item = f64>, own: Option<f64>) -> Vec<Mark> {
    let mut counts: BTreeMap<u64, usize> = BTreeMap::new();
    for other in others {
        *counts.entry(other as u64).or_default() += 1;
    }
    let here = own.map(|own| (own, counts.remove(&(own as u64)).unwrap_or(0)));
    let mut marks: Vec<Mark> = counts
        .into_iter()
        .map(|(at, count)| Mark {
            at: at as f64,
            count,
            look: Look::Other,
        })
        .collect();
    marks.extend(here.map(|(at, others)| Mark {
        at,
        count: others + 1,
        look: Look::Own,
    }));
    marks
}

fn line<'a>(
    item: &'a NationalItemView,
    entry: &Entry<'a>,
    [working, calendar]: [Scale; 2],
    places: &Places<'a>,
    w: &'static Words,
) -> Drawn<Option<ItemLine<'a>>> {
    let Some(own) = item.cells.get(entry.column) else {
        return Ok(None);
    };
    let own_findings = entry.findings.iter().copied();
    let findings: Vec<_> = own_findings
        .filter(|finding| places.of(finding) == item.code)
        .collect();
    if own.state == State::NotInEdition && findings.is_empty() {
        return Ok(None);
    }
    let unit = match longest(item, own, CALENDAR) {
        Some(_) => CALENDAR,
        None => WORKING,
    };
    let (scale, note) = match unit {
        WORKING => (working, String::new()),
        _ => (calendar, fill(w.calendar_scale, calendar.max)),
    };
    // A limit of which a part was lost is nowhere on the scale.
    let told = |cell: &CellView| {
        let days = longest(item, cell, unit)?;
        (cell.standing != Standing::Unreadable).then_some(f64::from(days))
    };
    let others = item.cells.iter().enumerate();
    let others = others.filter(|(column, _)| *column != entry.column);
    let others = others.filter_map(|(_, cell)| told(cell));
    let marks = marks(others, told(own));
    let strip = if marks.is_empty() {
        String::new()
    } else {
        scale.strip(&ticks(item, unit), &marks)?
    };
    let (standing, look) = standing(own.standing, w);
    Ok(Some(ItemLine {
        item,
        cell: Cell::new(&item.code, Some(own.state), findings, w),
        limit: limit(own, w),
        standing,
        look,
        ceiling: ceilings(item, w),
        scale: if strip.is_empty() {
            String::new()
        } else {
            note
        },
        strip,
    }))
}

fn standing(standing: Standing, w: &Words) -> (&'static str, &'static str) {
    match standing {
        Standing::Over => (w.limit_over, "over"),
        Standing::At => (w.limit_at, "at"),
        Standing::Under => (w.limit_under, "under"),
        Standing::OtherUnit => (w.limit_other_unit, "apart"),
        Standing::NoCeiling => (w.limit_no_ceiling, "apart"),
        Standing::Unreadable | Standing::Missing | Standing::None => ("", "apart"),
    }
}

/// The limit of a list in words.
fn limit(cell: &CellView, w: &Words) -> String {
    if cell.clauses.is_empty() {
        return match cell.standing {
            Standing::None => String::new(),
            Standing::Missing => w.limit_missing.to_owned(),
            _ => w.limit_unreadable.to_owned(),
        };
    }
    let mut clauses: Vec<String> = Vec::new();
    for clause in &cell.clauses {
        let days = match clause.days {
            Some(days) => form(days, &clause.unit, w),
            None => w.days_lost.to_owned(),
        };
        let text = match clause.label.as_str() {
            "" => days,
            label => format!("{label}{}{days}", w.colon),
        };
        if !clauses.contains(&text) {
            clauses.push(text);
        }
    }
    if cell.limit.contains("unreadable") {
        clauses.push(w.limit_unreadable.to_owned());
    }
    if cell.limit.contains("missing") {
        clauses.push(w.limit_missing.to_owned());
    }
    clauses.join(w.semicolon)
}
