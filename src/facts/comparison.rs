//! What is known of an entry beside the other entries of its list and beside the national item it
//! stands for: typed columns for what a rule's SQL cannot compute. Owns the comparison of steps,
//! materials, names, codes and limits; refuses to call any difference a fault.

mod limits;
mod mains;
pub mod materials;
mod names;
mod ranks;
mod steps;

use std::sync::LazyLock;

use regex::Regex;

use crate::normalise::name::key;
use crate::normalise::text::pattern;
use crate::normalise::{Limit, Materials, parse_sub};
use crate::recover::{Catalog, Column};
use crate::standard::{Edition, Item, Known, Standard};

use super::identity::Identity;
use super::moment::Moment;
use super::record::ItemRecord;
use super::understand::Understood;

pub use names::NameGap;
pub use ranks::Rank;
pub use steps::StepsDifference;

/// What an entry is compared with.
#[derive(Debug)]
pub struct Beside<'a> {
    /// The list's content.
    pub catalog: &'a Catalog,
    /// What the list is.
    pub identity: &'a Identity,
    /// The edition it is judged by.
    pub edition: &'a Edition,
    /// All national data.
    pub standard: &'a Standard,
    /// The days of the run.
    pub moment: Moment,
}

/// How many materials an item may ask for, and why.
#[derive(Debug, Clone)]
pub struct Bound {
    /// The number.
    pub count: usize,
    /// The reason in Chinese.
    pub zh: &'static str,
    /// The reason in English.
    pub en: &'static str,
    /// How it is known.
    pub known: Known,
}

/// An entry beside the others and beside the national item.
#[derive(Debug, Clone, Default)]
pub struct Comparison {
    /// Whether it is the only leaf of its item.
    pub sole: bool,
    /// Year of another edition that has this item, where its own edition does not.
    pub other_edition: Option<u16>,
    /// Name of the national item its code belongs to, where that is another one.
    pub code_owner: Option<String>,
    /// Its code among the list's.
    pub code: Rank,
    /// Items of the list with the same foreign prefix, and its place among them.
    pub prefix: Rank,
    /// Items with a well-formed code.
    pub coded: usize,
    /// How its name differs from the national one.
    pub name: Option<NameGap>,
    /// How its steps differ from the national ones.
    pub steps: StepsDifference,
    /// The national steps.
    pub national_steps: String,
    /// Numbers of the items that differ in the same way, and its place among them.
    pub steps_alike: Rank,
    /// `listed`, `counted`, `none`, `missing` or `unreadable`.
    pub materials: &'static str,
    /// How many materials it may ask for, where it asks for more.
    pub bound: Option<Bound>,
    /// Materials that stand for no national one.
    pub beyond: Vec<String>,
    /// Forms near to a national one: printed and national.
    pub forms: Vec<(String, String)>,
    /// A longer time than the limit's in the remark: its sentence.
    pub remark: Option<String>,
    /// Empty cells among limit, steps and materials.
    pub empty_cells: usize,
    /// Whether the list has a column for limits.
    pub limit_column: bool,
    /// Whether the list has a column for steps.
    pub steps_column: bool,
    /// Whether the list has a column for materials.
    pub materials_column: bool,
}

/// Compares the entries of a list with one another and with the national items.
pub fn compare(known: &mut Understood, beside: &Beside<'_>) {
    let ranks = ranks::codes(&known.items);
    let prefixes = ranks::prefixes(&known.items, beside.identity.division());
    let coded = ranks::items(&known.items)
        .filter(|(_, item)| parse_sub(&item.context.code).is_ok())
        .count();
    let sole = ranks::soles(&known.items);
    for (index, record) in known.items.iter_mut().enumerate() {
        let national = record
            .national_code
            .as_deref()
            .and_then(|code| beside.edition.item_by_code(code));
        let mut compared = Comparison {
            sole: sole[index],
            code: ranks.get(&index).cloned().unwrap_or_default(),
            prefix: prefixes.get(&index).cloned().unwrap_or_default(),
            coded,
            limit_column: beside.catalog.has(Column::Limit),
            steps_column: beside.catalog.has(Column::Steps),
            materials_column: beside.catalog.has(Column::Materials),
            ..Comparison::default()
        };
        identify(&mut compared, record, national, beside);
        if record.leaf {
            steps_of(&mut compared, record, national);
            materials_of(&mut compared, record, national, beside);
            compared.remark = limits::remark(&record.remark, &record.limit_value);
            let missing = [
                matches!(record.limit_value, Limit::Missing),
                record.steps_value.to_string() == "missing",
                compared.materials == "missing",
            ];
            compared.empty_cells = missing.into_iter().filter(|empty| *empty).count();
        }
        record.compared = compared;
    }
    ranks::steps(&mut known.items);
    for limit in &mut known.limits {
        limits::measure(limit, beside);
    }
    mains::compare(&mut known.mains, &known.items, beside);
}

/// Whose item it is, by code and name.
fn identify(
    compared: &mut Comparison,
    record: &ItemRecord,
    national: Option<&Item>,
    beside: &Beside<'_>,
) {
    if record.context.level != "item" {
        return;
    }
    let code = record.context.code.as_str();
    if let Some(item) = national {
        let bare = record.name_printed.as_str();
        if !bare.is_empty() && !record.name_damaged {
            compared.name = names::gap(bare, &item.code, beside.edition);
        }
        return;
    }
    compared.code_owner = beside
        .edition
        .item_by_code(code)
        .map(|item| item.name.clone());
    let own = key(&record.context.name);
    let others = beside.standard.editions.iter();
    compared.other_edition = others
        .filter(|other| other.year != beside.edition.year)
        .find(|other| other.items.iter().any(|item| item.keys.contains(&own)))
        .map(|other| other.year);
}

fn steps_of(compared: &mut Comparison, record: &ItemRecord, national: Option<&Item>) {
    let Some(item) = national.filter(|item| !item.steps.is_empty()) else {
        return;
    };
    let printed = record.steps_value.listed();
    compared.national_steps = item.steps.join(">");
    if printed.is_empty() {
        return;
    }
    let difference = steps::difference(printed, &item.steps);
    // A business row is a finer service: fewer steps than its item's say nothing.
    if compared.sole || (difference.longer && !difference.added.is_empty()) {
        compared.steps = difference;
    }
}

fn materials_of(
    compared: &mut Comparison,
    record: &ItemRecord,
    national: Option<&Item>,
    beside: &Beside<'_>,
) {
    static FREE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            "(?:无需|不需要?|免于?|不再)(?:提供|提交|要求)?(?:任何|其他|纸质)?(?:办理|申请)?材料|免申即享|免材料",
        )
    });
    let printed: Vec<String> = match &record.materials_value {
        Materials::Listed(all) => all.iter().map(|one| one.name.clone()).collect(),
        _ => Vec::new(),
    };
    compared.materials = match &record.materials_value {
        Materials::Listed(_) => "listed",
        Materials::Counted(_) => "counted",
        Materials::Unreadable => "unreadable",
        // A dash or 无 says that nothing is asked for; an empty cell says nothing.
        Materials::Missing if !record.materials_printed.is_empty() => "none",
        Materials::Missing if FREE.is_match(&record.remark) => "none",
        Materials::Missing => "missing",
    };
    let (Some(item), true) = (national, compared.sole) else {
        return;
    };
    // 办理材料根据……协议执行 names no material.
    let agreed = item
        .materials
        .iter()
        .any(|entry| entry.contains("协议执行"));
    let count = record.materials_value.count().unwrap_or(0) as usize;
    let rule = &beside.edition.materials_rule;
    // A cell merged over several items lists what any of them asks for.
    if agreed || !record.materials_own {
        return;
    }
    let region = &beside.identity.region;
    compared.forms = materials::forms(&printed, &item.materials, beside.edition, region);
    if item.materials_public && count > rule.max {
        compared.bound = Some(Bound {
            count: rule.max,
            zh: "涉及群众的事项材料上限",
            en: "the most an item that concerns the public may ask for",
            known: rule.provenance.known,
        });
    } else if !item.materials.is_empty() && count > item.materials.len() {
        compared.bound = Some(Bound {
            count: item.materials.len(),
            zh: "国家清单该事项所列的",
            en: "what the national list asks for",
            known: item.provenance.materials.known,
        });
    }
    if compared.bound.is_some() {
        compared.beyond = materials::beyond(&printed, &item.materials);
    }
}
