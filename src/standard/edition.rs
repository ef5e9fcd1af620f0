//! One edition of the national list: its main items, its items in order and what it asks of each.
//! Owns the questions one may ask of it; refuses to hold a value without its provenance.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::ceiling::Ceiling;
use super::known::Provenance;
use super::{StandardError, edition_file};

/// One edition of 《全国医疗保障经办政务服务事项清单》.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Edition {
    /// Year of the edition, 2020 or 2023.
    pub year: u16,
    /// Its title.
    pub title: String,
    /// Who issued it, where the notice is known.
    pub issued_by: Option<String>,
    /// Document number of the notice (医保发〔2020〕18号), where known.
    pub number: Option<String>,
    /// How far the text behind this data is known: a sentence to show wherever the edition is named.
    pub status: String,
    /// How the edition as a whole is known.
    pub provenance: Provenance,
    /// How many main items and items it has by its own count.
    pub counts: Counts,
    /// What it says of materials in general.
    pub materials_rule: MaterialsRule,
    /// Main items (主项) in the order of their number.
    pub mains: Vec<Main>,
    /// Items (子项) in the order of the list.
    pub items: Vec<Item>,
}

/// The published numbers of main items and items.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Main items (大类).
    pub mains: usize,
    /// Items (事项).
    pub items: usize,
    /// How the numbers are known.
    pub provenance: Provenance,
}

/// The general rule on materials.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MaterialsRule {
    /// The most materials an item that concerns the public may ask for.
    pub max: usize,
    /// Wordings that were abolished, such as 其他材料.
    pub vague: Vec<String>,
    /// How the rule is known.
    pub provenance: Provenance,
}

/// A main item (主项).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Main {
    /// Its number, 1 to 10.
    pub number: u8,
    /// Its code: ends in `00Y` where it is split into items, in `000` where it is itself the item.
    pub code: String,
    /// Its name, without the number 一、.
    pub name: String,
    /// Other forms of the name that are not a difference.
    pub aliases: Vec<String>,
    /// How code and name are known.
    pub provenance: Provenance,
}

/// An item (子项).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Item {
    /// Its number in the national list, from 1.
    pub seq: u16,
    /// Its code, 12 characters.
    pub code: String,
    /// Its name, in full.
    pub name: String,
    /// Other forms of the name that are not a difference, prefixed forms included
    /// (基本医疗保险单位参保登记, as Ningxia prints it).
    pub aliases: Vec<String>,
    /// Comparison forms of the name and its other forms.
    #[serde(skip)]
    pub keys: Vec<String>,
    /// Code of its main item.
    pub main: String,
    /// Why something about it is left open, in words; no ceiling is given then.
    pub open: Option<String>,
    /// Steps (办理环节) in order.
    pub steps: Vec<String>,
    /// Materials (办理材料); empty means not known, never that none are needed.
    pub materials: Vec<String>,
    /// Whether the item concerns the public, so that [`MaterialsRule::max`] applies.
    pub materials_public: bool,
    /// National instruments its legal basis (设定依据) rests on.
    pub basis: Vec<BasisRef>,
    /// Ceilings of its time limit, the list's own first.
    pub ceilings: Vec<Ceiling>,
    /// How its values are known; each ceiling carries its own.
    pub provenance: ItemProvenance,
}

/// How the values of an item are known, group by group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ItemProvenance {
    /// Code, name and main item.
    pub identity: Provenance,
    /// Steps.
    pub steps: Provenance,
    /// Materials.
    pub materials: Provenance,
    /// Legal basis.
    pub basis: Provenance,
}

/// A national instrument an item rests on: a known statute, or a title with its number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BasisRef {
    /// Id in `statutes.toml`.
    pub statute: Option<String>,
    /// Title, where the instrument is not in `statutes.toml`.
    pub title: Option<String>,
    /// Document number, where the instrument is not in `statutes.toml`.
    pub number: Option<String>,
    /// Articles (第N条); empty where the instrument is cited as a whole.
    #[serde(default)]
    pub articles: Vec<u32>,
    /// Whether a region is expected to name it.
    pub required: bool,
}

impl Item {
    /// What the national list itself allows.
    pub fn list_ceilings(&self) -> impl Iterator<Item = &Ceiling> {
        self.ceilings.iter().filter(|ceiling| ceiling.in_list)
    }

    /// What a clause in force on that day allows, whether or not the list repeats it.
    pub fn statutory_ceilings(&self, day: NaiveDate) -> impl Iterator<Item = &Ceiling> {
        self.ceilings
            .iter()
            .filter(move |ceiling| ceiling.statute.is_some() && ceiling.in_force_on(day))
    }

    /// The list's ceiling for a clause with that label (empty where it has none): the one whose
    /// condition the label contains, else the unconditioned one, else the longest, since a stricter
    /// one cannot be held against a clause it is not shown to cover.
    pub fn ceiling_for(&self, label: &str) -> Option<&Ceiling> {
        self.list_ceilings()
            .filter(|c| !c.condition.is_empty() && label.contains(&c.condition))
            .max_by_key(|c| c.condition.len())
            .or_else(|| self.list_ceilings().find(|c| c.condition.is_empty()))
            .or_else(|| self.list_ceilings().max_by_key(|c| c.days_or_zero()))
    }
}

impl Edition {
    /// Reads an edition; `file` is the name errors carry.
    ///
    /// # Errors
    /// Where the text is not such a file, a source key is not explained in `[sources]`, or an item
    /// names a main item that is not there.
    pub fn from_toml(file: &str, text: &str) -> Result<Self, StandardError> {
        edition_file::read(file, text)
    }

    /// The item of that code.
    pub fn item_by_code(&self, code: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.code == code)
    }

    /// The main item of that code.
    pub fn main_by_code(&self, code: &str) -> Option<&Main> {
        self.mains.iter().find(|main| main.code == code)
    }

    /// The main item an item belongs to; `None` for an item of another edition.
    pub fn main_of(&self, item: &Item) -> Option<&Main> {
        self.main_by_code(&item.main)
    }
}
