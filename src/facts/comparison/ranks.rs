//! Entries of a list that share a value, in order, so that one cause is said once. Owns who comes
//! first: the one the national list gives the value to, then the one printed first.

use std::collections::BTreeMap;

use crate::facts::record::ItemRecord;
use crate::normalise::parse_sub;

/// An item's place among others of its list.
#[derive(Debug, Clone, Default)]
pub struct Rank {
    /// How many share the value.
    pub copies: usize,
    /// Place among them, the rightful holder first; 1-based.
    pub rank: usize,
    /// The rightful holder: its number and name in words.
    pub first: String,
}

/// The items, with their places among all entries.
pub fn items(records: &[ItemRecord]) -> impl Iterator<Item = (usize, &ItemRecord)> {
    records
        .iter()
        .enumerate()
        .filter(|(_, record)| record.context.level == "item")
}

/// An item in words: 子项3“城乡居民参保登记”.
fn called(record: &ItemRecord) -> String {
    match record.context.seq {
        Some(seq) => format!("{seq}“{}”", record.context.name),
        None => format!("“{}”", record.context.name),
    }
}

/// Whether each entry is the only leaf of its item.
pub fn soles(records: &[ItemRecord]) -> Vec<bool> {
    let mut all = vec![true; records.len()];
    let starts: Vec<usize> = items(records).map(|(index, _)| index).collect();
    for (place, start) in starts.iter().enumerate() {
        let end = starts.get(place + 1).copied().unwrap_or(records.len());
        if end - start > 2 {
            all[start + 1..end].fill(false);
        }
    }
    all
}

/// Groups items by a value; within a group the rightful holder comes first.
fn ranked(
    records: &[ItemRecord],
    value: impl Fn(&ItemRecord) -> Option<String>,
    rightful: impl Fn(&ItemRecord) -> bool,
) -> BTreeMap<usize, Rank> {
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, record) in items(records) {
        if let Some(value) = value(record) {
            groups.entry(value).or_default().push(index);
        }
    }
    let mut ranks = BTreeMap::new();
    for mut group in groups.into_values() {
        group.sort_by_key(|index| (!rightful(&records[*index]), *index));
        for (place, index) in group.iter().enumerate() {
            let rank = Rank {
                copies: group.len(),
                rank: place + 1,
                first: called(&records[group[0]]),
            };
            ranks.insert(*index, rank);
        }
    }
    ranks
}

/// The items by their codes.
pub fn codes(records: &[ItemRecord]) -> BTreeMap<usize, Rank> {
    ranked(
        records,
        |record| Some(record.context.code.clone()).filter(|code| !code.is_empty()),
        // Under 00 the national list says whose code it is.
        |record| record.national_code.as_deref() == Some(&record.context.code),
    )
}

/// The items whose code begins with the digits of another region, by these digits.
pub fn prefixes(records: &[ItemRecord], division: &str) -> BTreeMap<usize, Rank> {
    let foreign = |record: &ItemRecord| {
        let code = parse_sub(&record.context.code).ok()?;
        let own = division.is_empty() || code.division == division || code.division == "00";
        (!own).then_some(code.division)
    };
    ranked(records, foreign, |_| false)
}

/// Ranks the leaves that differ from the national steps in the same way.
pub fn steps(records: &mut [ItemRecord]) {
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, record) in records.iter().enumerate() {
        let steps = &record.compared.steps;
        if steps.is_any() {
            let way = format!("{:?}{:?}{}", steps.left, steps.added, steps.swapped);
            groups.entry(way).or_default().push(index);
        }
    }
    for group in groups.into_values() {
        let numbers: Vec<String> = group
            .iter()
            .filter_map(|index| records[*index].context.seq)
            .map(|seq| seq.to_string())
            .collect();
        for (place, index) in group.iter().enumerate() {
            records[*index].compared.steps_alike = Rank {
                copies: group.len(),
                rank: place + 1,
                first: numbers.join("、"),
            };
        }
    }
}
