//! The records behind the frames: a list, a main item, an item or business row, a clause of a
//! limit. Each holds what was read, what it was understood as, how sure that is, and where it
//! stands.

use std::collections::BTreeMap;

use crate::normalise::{Citations, CodeFault, Limit, Materials, Steps, squeeze};
use crate::recover::Place;
use crate::standard::{By, Ceiling, Known};

use super::calendar::Span;
use super::comparison::Comparison;
use super::comparison::materials::Vague;
use super::legible::Legibility;
use super::tally::Tally;

/// Letters by which a part of a cell is found in its slices.
const HEAD: usize = 16;

/// Where a finding about a field points to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Evidence {
    /// The place.
    pub place: Place,
    /// The original text.
    pub quote: String,
    /// Further slices of the cell with their places, where it is cut over rows or pages.
    pub slices: Vec<(String, Place)>,
}

impl Evidence {
    /// Where a part of the text stands; where the text begins, if that can't be told.
    #[must_use]
    pub fn place_of(&self, part: &str) -> Place {
        let head: String = squeeze(part).chars().take(HEAD).collect();
        let holds = |slice: &&(String, Place)| squeeze(&slice.0).contains(&head);
        let slice = self.slices.iter().find(holds);
        slice.map_or(self.place, |(_, place)| *place)
    }
}

/// What every record carries: which list, which entry of it.
#[derive(Debug, Clone, Default)]
pub struct Context {
    /// Index of the list in the run.
    pub list: usize,
    /// `list`, `main`, `item` or `business`.
    pub level: &'static str,
    /// The number the entry carries.
    pub seq: Option<u32>,
    /// Code as understood.
    pub code: String,
    /// Name as understood.
    pub name: String,
    /// Whether the name can be told, so that a reader may be shown it.
    pub told: bool,
    /// Identity within its list for fingerprints: never a line number.
    pub identity: String,
    /// Evidence by field.
    pub evidence: BTreeMap<&'static str, Evidence>,
    /// Where the entry itself stands, for fields without evidence of their own.
    pub place: Place,
}

/// Whether and how an entry's basis is there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum BasisState {
    /// In its own cell.
    Own,
    /// A merged cell covers it.
    Inherited,
    /// Nothing is there.
    #[default]
    Missing,
    /// There is text, and it can't be trusted.
    Unreadable,
}

impl BasisState {
    /// The word used in `items.csv`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Inherited => "inherited",
            Self::Missing => "missing",
            Self::Unreadable => "unreadable",
        }
    }
}

/// Certainties of an entry's values, 0 to 1.
#[derive(Debug, Clone, Copy)]
pub struct Certainty {
    /// Of the code of its main item.
    pub main_code: f64,
    /// Of the code.
    pub code: f64,
    /// Of the name.
    pub name: f64,
    /// Of the time limit.
    pub limit: f64,
    /// Of the steps.
    pub steps: f64,
    /// Of the materials.
    pub materials: f64,
    /// Of whether and how the legal basis is there.
    pub basis: f64,
    /// Of what the legal basis cites.
    pub citations: f64,
}

impl Certainty {
    /// The least of them: the certainty of the entry as a whole.
    #[must_use]
    pub fn least(&self) -> f64 {
        [
            self.code,
            self.name,
            self.limit,
            self.steps,
            self.materials,
            self.basis,
            self.citations,
        ]
        .into_iter()
        .fold(1.0, f64::min)
    }
}

/// An item (子项) or business row (业务办理项).
#[derive(Debug, Clone)]
pub struct ItemRecord {
    /// Which list, which entry.
    pub context: Context,
    /// Index of its main item among the list's main items.
    pub main: usize,
    /// Whether the list has a column for codes.
    pub code_column: bool,
    /// First nine characters that most items of its main item share, where it has several.
    pub group_stem: Option<String>,
    /// Name of its main item as understood.
    pub main_name: String,
    /// Code of its main item as understood; empty where the list has none.
    pub main_code: String,
    /// Code of its main item as printed.
    pub main_code_printed: String,
    /// Code as printed.
    pub code_printed: String,
    /// Whether a spreadsheet stores the code as a number, which has no leading zeros.
    pub code_as_number: bool,
    /// Name as printed.
    pub name_printed: String,
    /// Code of the national item it stands for.
    pub national_code: Option<String>,
    /// What the match rests on.
    pub matched: By,
    /// Likeness of the names, 0 to 1.
    pub likeness: f64,
    /// Whether the name's letters are damaged, so that it is known from the match alone.
    pub name_damaged: bool,
    /// Whether the name can be told.
    pub name_readable: bool,
    /// Whether it has values of its own: an item without business rows, or a business row.
    pub leaf: bool,
    /// Whether its cells had to be moved to stand under their header.
    pub shifted: bool,
    /// Whether it was printed in one with the row above.
    pub glued: bool,
    /// Number of materials, where it can be told.
    pub materials_count: Option<u32>,
    /// The materials, where the entry is a leaf.
    pub materials_value: Materials,
    /// Materials as printed.
    pub materials_printed: String,
    /// Whether they stand in its own cell, and not in one that covers several rows.
    pub materials_own: bool,
    /// Remark (备注) as printed.
    pub remark: String,
    /// Normal form of the limit.
    pub limit: String,
    /// The limit, where the entry is a leaf.
    pub limit_value: Limit,
    /// Limit as printed.
    pub limit_printed: String,
    /// Normal form of the steps.
    pub steps: String,
    /// The steps, where the entry is a leaf.
    pub steps_value: Steps,
    /// Steps as printed.
    pub steps_printed: String,
    /// State of the legal basis.
    pub basis: BasisState,
    /// What it cites.
    pub citations: Citations,
    /// How sure the values are.
    pub certainty: Certainty,
    /// What it is beside the others of its list and beside the national item.
    pub compared: Comparison,
}

/// A main item (主项).
#[derive(Debug, Clone)]
pub struct MainRecord {
    /// Which list, which entry.
    pub context: Context,
    /// Name as printed.
    pub name_printed: String,
    /// Code as printed.
    pub code_printed: String,
    /// Whether a spreadsheet stores the code as a number, which has no leading zeros.
    pub code_as_number: bool,
    /// First nine characters that most of its items' codes share.
    pub stem: Option<String>,
    /// Number of its items.
    pub items: usize,
    /// National main item it stands for: code and name.
    pub national: Option<(String, String)>,
    /// How sure the code is.
    pub code_certainty: f64,
    /// Whether the list has a column for codes of main items.
    pub code_column: bool,
    /// Main items of the list with a code.
    pub coded: usize,
    /// Main items before it with the same code.
    pub code_rank: usize,
    /// Whether its name is the national one in any of its forms, where it has a counterpart and the
    /// name did not have to be mended.
    pub name_same: Option<bool>,
    /// Whether it is printed like the name of its only item.
    pub name_as_item: bool,
}

/// One clause of a time limit with the ceiling that applies to it.
#[derive(Debug, Clone)]
pub struct LimitRecord {
    /// Which list, which entry.
    pub context: Context,
    /// The words before the limit (线上, 在职职工).
    pub label: String,
    /// Days promised; 0 for 即时办结; `None` where the number was lost.
    pub days: Option<u32>,
    /// `wd` 工作日 or `cd` 自然日.
    pub unit: &'static str,
    /// Normal form of the clause.
    pub clause: String,
    /// The national ceiling.
    pub ceiling: Option<Ceiling>,
    /// Code of the national item it stands for.
    pub national: Option<String>,
    /// The promise in the ceiling's unit.
    pub span: Option<Span>,
    /// A clause that came into force after the list, and that the promise exceeds.
    pub later: Option<Ceiling>,
    /// How sure the clause is.
    pub certainty: f64,
}

/// A material an item asks for.
#[derive(Debug, Clone)]
pub struct MaterialRecord {
    /// Which list, which entry.
    pub context: Context,
    /// Its place among the item's materials, 1-based.
    pub number: usize,
    /// As printed, without its number.
    pub name: String,
    /// Whether and how it leaves open what is asked for.
    pub vague: Option<Vague>,
    /// How the rule against that is known.
    pub rule: Known,
    /// How sure the materials are.
    pub certainty: f64,
}

/// A printed code, of a main item or an item.
#[derive(Debug, Clone)]
pub struct CodeRecord {
    /// Which list, which entry.
    pub context: Context,
    /// `main_code` or `code`.
    pub field: &'static str,
    /// What is wrong with its form.
    pub fault: Option<CodeFault>,
    /// Whether only the case of its letter is wrong.
    pub case: bool,
    /// Whether a spreadsheet stores it as a number, so that its form is not the list's own.
    pub as_number: bool,
    /// What it should be, where its neighbours determine it.
    pub expected: Option<String>,
    /// How sure the print is.
    pub certainty: f64,
}

/// A list as a whole.
#[derive(Debug, Clone)]
pub struct ListRecord {
    /// Which list.
    pub context: Context,
    /// Items that were read.
    pub items: usize,
    /// Items of the national edition.
    pub national_items: usize,
    /// National items that were found.
    pub matched: usize,
    /// Items of the region's own.
    pub extra: usize,
    /// The highest number an item carries.
    pub highest: Option<u32>,
    /// Numbers that no item carries, between 1 and the highest: `20、21`.
    pub gaps: String,
    /// Where the numbers do not go on by one: `19→22、30→30`. Numbering anew under a main item is
    /// no break.
    pub breaks: String,
    /// Whether the list has a column for codes.
    pub code_column: bool,
    /// Whether the text is damaged all over, so that what is not found may only not be read.
    pub damaged: bool,
    /// What is counted over the list.
    pub tally: Tally,
    /// How much of it can be read.
    pub legibility: Legibility,
    /// Whether items can be missing for our reading's sake alone: a damaged text with gaps or
    /// doubles in its numbers.
    pub complete: f64,
}
