//! Main items beside one another, beside their items and beside the national ones. Owns which of two
//! equal names is looked at; refuses a name that had to be mended.

use std::collections::BTreeMap;

use crate::facts::record::{ItemRecord, MainRecord};
use crate::normalise::name::key;
use crate::recover::Column;

use super::Beside;
use super::names::same_main;
use super::ranks::items;

/// Marks of a list of materials or of another cell, which no name has.
const MARKS: [char; 7] = ['；', ';', '》', '《', '+', '√', '：'];

/// Sets main items beside one another and beside the national ones.
pub fn compare(records: &mut [MainRecord], entries: &[ItemRecord], beside: &Beside<'_>) {
    let column = beside.catalog.has(Column::MainCode);
    let printed = records
        .iter()
        .filter(|main| !main.code_printed.is_empty())
        .count();
    let codes: Vec<String> = records
        .iter()
        .map(|main| main.context.code.clone())
        .collect();
    // A main item that is not split carries the name of its item.
    let names: BTreeMap<usize, String> = items(entries)
        .filter(|(_, item)| records[item.main].items == 1)
        .map(|(_, item)| (item.main, key(&item.name_printed)))
        .collect();
    for (index, record) in records.iter_mut().enumerate() {
        record.code_column = column;
        record.coded = printed;
        record.code_rank = codes[..index]
            .iter()
            .filter(|code| !code.is_empty() && **code == codes[index])
            .count();
        record.name_same = record
            .national
            .as_ref()
            .and_then(|(code, _)| beside.edition.main_by_code(code))
            // A name that was mended is known from the national one.
            .filter(|_| record.context.name == record.name_printed)
            // Words of a neighbouring cell beside the whole name, or the marks of a list, are no name.
            .filter(|main| {
                let printed = &record.name_printed;
                let beside_it = key(printed).contains(&key(&main.name));
                same_main(printed, main) || !beside_it && !printed.contains(MARKS)
            })
            .map(|main| same_main(&record.name_printed, main));
        let own = key(&record.name_printed);
        record.name_as_item = names.get(&index).is_some_and(|name| *name == own);
    }
}
