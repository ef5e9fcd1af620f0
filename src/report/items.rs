//! `items.csv`: every item that was read, as printed and as understood.

use serde::Serialize;

use crate::facts::{Certainty, Facts};
use crate::lang::Lang;
use crate::read::Medium;
use crate::recover::place_words;

/// What stands for a value that can't be told.
const UNREADABLE: &str = "unreadable";

/// One row of `items.csv`; its fields are the columns in their order.
#[derive(Debug, Clone, Serialize)]
pub struct ItemRow {
    /// GB/T 2260 code of the region.
    pub region_code: String,
    /// Name of the region.
    pub region: String,
    /// Title of the list.
    pub list: String,
    /// Year of the national edition.
    pub edition: u16,
    /// `item` or `business`.
    pub level: &'static str,
    /// The number it carries.
    pub seq: Option<u32>,
    /// Name of its main item.
    pub main_name: String,
    /// Code of its main item.
    pub main_code: String,
    /// Code of its main item as printed.
    pub main_code_printed: String,
    /// Code.
    pub code: String,
    /// Code as printed.
    pub code_printed: String,
    /// Name; `unreadable` where it can't be told.
    pub name: String,
    /// Name as printed.
    pub name_printed: String,
    /// Code of the national item it stands for.
    pub national_code: String,
    /// `code`, `name`, `both` or `none`.
    #[serde(rename = "match")]
    pub matched: &'static str,
    /// Number of materials, where it can be told.
    pub materials_count: Option<u32>,
    /// Normal form of the limit.
    pub time_limit: String,
    /// Limit as printed.
    pub time_limit_printed: String,
    /// Normal form of the steps.
    pub steps: String,
    /// Steps as printed.
    pub steps_printed: String,
    /// `own`, `inherited`, `missing` or `unreadable`.
    pub basis: &'static str,
    /// What it cites, normalised.
    pub citations: String,
    /// The least certainty of its values, 0.00 to 1.00.
    pub certainty: String,
    /// How sure each of its values is.
    #[serde(skip)]
    pub certainties: Certainty,
    /// Path of the document, relative to the input root.
    pub file: String,
    /// Page, where the document marks its pages.
    pub page: Option<u32>,
    /// 1-based line of a text file on which its row begins.
    pub line: Option<u64>,
    /// Where its row stands, in the words of the format's user.
    pub place: String,
}

/// The rows of `items.csv` in the order of the documents.
#[must_use]
pub fn item_rows(facts: &Facts, lang: Lang) -> Vec<ItemRow> {
    let mut rows = Vec::new();
    for list in &facts.lists {
        for item in &list.items {
            rows.push(ItemRow {
                region_code: list.identity.region_code.clone(),
                region: list.identity.region.clone(),
                list: list.identity.title.clone(),
                edition: list.identity.edition,
                level: item.context.level,
                seq: item.context.seq,
                main_name: item.main_name.clone(),
                main_code: item.main_code.clone(),
                main_code_printed: item.main_code_printed.clone(),
                code: item.context.code.clone(),
                code_printed: item.code_printed.clone(),
                name: if item.name_readable {
                    item.context.name.clone()
                } else {
                    UNREADABLE.to_owned()
                },
                name_printed: item.name_printed.clone(),
                national_code: item.national_code.clone().unwrap_or_default(),
                matched: item.matched.word(),
                materials_count: item.materials_count,
                time_limit: item.limit.clone(),
                time_limit_printed: item.limit_printed.clone(),
                steps: item.steps.clone(),
                steps_printed: item.steps_printed.clone(),
                basis: item.basis.word(),
                citations: item.citations.to_string(),
                certainty: format!("{:.2}", item.certainty.least()),
                certainties: item.certainty,
                file: list.name.clone(),
                page: item.context.place.page,
                line: (list.medium == Medium::Lines).then_some(item.context.place.line),
                place: place_words(&list.medium, item.context.place, false, lang),
            });
        }
    }
    rows
}
