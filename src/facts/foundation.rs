//! Each item's legal basis beside the one of its national item. What one merged cell lacks is said
//! once, at the first item it covers that needs it; a cell that could not be read whole lacks
//! nothing that we know of.

use std::collections::BTreeSet;

use crate::standard::{BasisRef, Confidence, Edition, Known, Rank, Standard, Statute};

use super::instrument::{CitationRecord, Instruments, Listed, blocks, is_headless, named};
use super::record::{BasisState, Context, ItemRecord};

/// Certainty of letters and digits in a text that is damaged all over.
const DAMAGED: f64 = 0.7;

/// The legal basis of an item.
#[derive(Debug, Clone)]
pub struct BasisRecord {
    /// Which list, which item.
    pub context: Context,
    /// Code of the national item.
    pub national_code: String,
    /// Name of the national item.
    pub national_name: String,
    /// Year of the national edition.
    pub edition: u16,
    /// Whether every instrument of its cells could be read, and none can be lost unseen.
    pub whole: bool,
    /// What it cites, in normal form.
    pub cited: String,
    /// How many instruments the national item rests on.
    pub required: usize,
    /// Those that are not cited, and were not found lacking for the same cell before.
    pub missing: Vec<String>,
    /// The highest rank among them.
    pub missing_rank: Option<Rank>,
    /// Whether the cell is one that covers the items above it as well.
    pub covered: bool,
    /// How the national basis is known.
    pub known: Known,
    /// How strong the evidence for it is.
    pub confidence: Option<Confidence>,
    /// What it was drawn from.
    pub source: String,
    /// How sure the reading is.
    pub certainty: f64,
}

/// The bases of one list's items that stand for a national one.
pub fn bases(
    items: &[ItemRecord],
    citations: &[CitationRecord],
    list: Listed<'_>,
    edition: &Edition,
    instruments: &mut Instruments<'_>,
) -> Vec<BasisRecord> {
    let standard = instruments.standard();
    let everywhere: BTreeSet<&str> = citations
        .iter()
        .filter_map(|record| Some(record.meant()?.id.as_str()))
        .collect();
    let (cut, blocks) = (cut(items), blocks(items));
    let mut begun = BTreeSet::new();
    let mut said = BTreeSet::new();
    let mut records = Vec::new();
    for (at, item) in items.iter().enumerate() {
        if item.context.level != "item" {
            continue;
        }
        let Some(national) = item
            .national_code
            .as_deref()
            .and_then(|code| edition.item_by_code(code))
        else {
            continue;
        };
        let rows = items[at + 1..].iter();
        let businesses = rows
            .take_while(|row| row.context.level == "business")
            .count();
        let own = at..at + 1 + businesses;
        let leaves: Vec<&ItemRecord> = items[own.clone()].iter().filter(|row| row.leaf).collect();
        let cited = cited(&leaves, list, instruments);
        let required: Vec<&Statute> = national
            .basis
            .iter()
            .filter(|basis| basis.required)
            .filter_map(|basis| due(basis, list, edition, &everywhere, standard))
            .collect();
        // An item of several cells is the first of its first.
        let cell = own
            .clone()
            .find(|row| items[*row].leaf)
            .map(|row| blocks[row]);
        let covered = !begun.insert(cell);
        let missing: Vec<&Statute> = required
            .iter()
            .copied()
            .filter(|statute| !cited.contains(&statute.id))
            .filter(|statute| said.insert((cell, statute.id.clone())))
            .collect();
        let provenance = &national.provenance.basis;
        records.push(BasisRecord {
            context: item.context.clone(),
            national_code: national.code.clone(),
            national_name: national.name.clone(),
            edition: edition.year,
            // A page that is cut takes the first line of a cell with it and leaves no trace (Jiangsu).
            whole: !list.damaged && is_whole(&leaves) && cut.range(own).next().is_none(),
            cited: leaves
                .iter()
                .map(|leaf| leaf.citations.to_string())
                .collect::<BTreeSet<_>>()
                .into_iter()
                .collect::<Vec<_>>()
                .join(";"),
            required: required.len(),
            missing: missing.iter().map(|statute| named(statute)).collect(),
            missing_rank: missing.iter().map(|statute| statute.rank).min(),
            covered,
            known: provenance.known,
            confidence: provenance.confidence,
            source: provenance.source.clone(),
            certainty: certainty(item, &leaves, list.damaged),
        });
    }
    records
}

/// The national instruments that the cells of an item cite: one that is cited with a fault is cited.
fn cited(
    leaves: &[&ItemRecord],
    list: Listed<'_>,
    instruments: &mut Instruments<'_>,
) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for citation in leaves.iter().flat_map(|leaf| &leaf.citations.told) {
        found.extend(instruments.meant(citation, list.division));
    }
    found
}

/// The instrument a list of that year has to name: one that was in force before its year began, or
/// that the list cites elsewhere and so was issued after.
fn due<'a>(
    basis: &BasisRef,
    list: Listed<'_>,
    edition: &Edition,
    everywhere: &BTreeSet<&str>,
    standard: &'a Standard,
) -> Option<&'a Statute> {
    let statute = standard.statute(basis.statute.as_deref()?)?;
    let year = Listed {
        year: list.year.or(Some(edition.year)),
        ..list
    };
    let in_force = year.day().is_some_and(|day| statute.in_force_on(day));
    (in_force || everywhere.contains(statute.id.as_str())).then_some(statute)
}

/// Rows whose cell is cut in two: one that begins in the midst of an instrument, the one above it
/// that holds its head, and what either covers by merging.
fn cut(items: &[ItemRecord]) -> BTreeSet<usize> {
    let mut cut = BTreeSet::new();
    let mut above: Vec<usize> = Vec::new();
    let mut torn = false;
    for (at, item) in items.iter().enumerate().filter(|(_, item)| item.leaf) {
        if item.basis != BasisState::Inherited {
            let told = item.citations.told.first();
            torn = told.is_some_and(is_headless)
                || item.citations.untold.iter().any(|untold| untold.place == 0);
            if torn {
                cut.extend(above.iter().copied());
            }
            above.clear();
        }
        above.push(at);
        if torn {
            cut.insert(at);
        }
    }
    cut
}

/// Whether every cell is there and was read whole.
fn is_whole(leaves: &[&ItemRecord]) -> bool {
    !leaves.is_empty()
        && leaves.iter().all(|leaf| {
            matches!(leaf.basis, BasisState::Own | BasisState::Inherited)
                && !leaf.citations.lost()
                && !leaf.citations.told.is_empty()
                && leaf
                    .citations
                    .told
                    .iter()
                    .all(|c| !c.title.starts_with('…'))
        })
}

fn certainty(item: &ItemRecord, leaves: &[&ItemRecord], damaged: bool) -> f64 {
    let damage = if damaged { DAMAGED } else { 1.0 };
    let read = |leaf: &&ItemRecord| leaf.certainty.citations.min(leaf.certainty.basis);
    leaves
        .iter()
        .map(read)
        .fold(damage.min(item.certainty.name), f64::min)
}
