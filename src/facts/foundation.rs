//! Each item's legal basis beside the one of its national item. What one merged cell lacks is said
//! once, at the first item it covers that needs it; a cell that could not be read whole lacks
//! nothing that we know of.

use std::collections::BTreeSet;

use crate::standard::{BasisRef, Confidence, Edition, Known, Rank, Standard, Statute, fold_title};

use super::instrument::{CitationRecord, Listed, named};
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
    /// Whether every instrument of its cells could be read.
    pub whole: bool,
    /// What it cites, in normal form.
    pub cited: String,
    /// How many instruments the national item rests on.
    pub required: usize,
    /// Those that are not cited, and were not found lacking for the same cell before.
    pub missing: Vec<String>,
    /// The highest rank among them.
    pub missing_rank: Option<Rank>,
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
    standard: &Standard,
) -> Vec<BasisRecord> {
    let everywhere: BTreeSet<&str> = citations
        .iter()
        .filter_map(|record| record.meant().map(|statute| statute.id.as_str()))
        .collect();
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
        let leaves: Vec<&ItemRecord> = if item.leaf {
            vec![item]
        } else {
            let businesses = items[at + 1..].iter();
            businesses
                .take_while(|leaf| leaf.context.level == "business")
                .collect()
        };
        let cited = cited(&leaves, citations, standard);
        let required: Vec<&Statute> = national
            .basis
            .iter()
            .filter(|basis| basis.required)
            .filter_map(|basis| due(basis, list, edition, &everywhere, standard))
            .collect();
        let cell = cell(&leaves);
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
            whole: is_whole(&leaves),
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
            known: provenance.known,
            confidence: provenance.confidence,
            source: provenance.source.clone(),
            certainty: certainty(item, &leaves, list.damaged),
        });
    }
    records
}

/// The national instruments that the cells of an item cite, by title or by number: one that is
/// cited with a fault is cited.
fn cited(
    leaves: &[&ItemRecord],
    citations: &[CitationRecord],
    standard: &Standard,
) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let all = leaves.iter().flat_map(|leaf| &leaf.citations.told);
    for citation in all {
        let same = citations.iter().find(|record| {
            record.citation.title == citation.title && record.citation.number == citation.number
        });
        if let Some(statute) = same.and_then(|record| record.meant()) {
            found.insert(statute.id.clone());
        }
        // Whatever else the letters may mean, the item is not said to lack it.
        if let Some(number) = &citation.number {
            found.extend(standard.statute_by_number(number).map(|s| s.id.clone()));
        }
        found.extend(
            standard
                .statutes
                .iter()
                .filter(|statute| fold_title(&citation.title).contains(&fold_title(&statute.title)))
                .map(|statute| statute.id.clone()),
        );
        found.extend(
            standard
                .statute_by_title(&citation.title)
                .map(|s| s.id.clone()),
        );
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

/// Where the first cell is printed, which tells merged cells apart.
fn cell(leaves: &[&ItemRecord]) -> (u64, u32, u32) {
    let evidence = leaves
        .iter()
        .find_map(|leaf| leaf.context.evidence.get("basis"));
    evidence.map_or((0, 0, 0), |evidence| {
        (
            evidence.place.line,
            evidence.place.row,
            evidence.place.column,
        )
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
