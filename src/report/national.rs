//! The items of the national editions by name, for tables that show what a list lacks. Owns nothing
//! of their content; refuses to say that any of it is official, which `known` of a finding does.

use crate::standard::Standard;

/// One item of one national edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NationalItem {
    /// Year of the edition.
    pub edition: String,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Code of its main item.
    pub main: String,
}

/// Every item of every edition, newest edition first, each in the order of the list.
#[must_use]
pub fn national_items(standard: &Standard) -> Vec<NationalItem> {
    let editions = standard.editions.iter().rev();
    editions
        .flat_map(|edition| {
            edition.items.iter().map(|item| NationalItem {
                edition: edition.year.to_string(),
                code: item.code.clone(),
                name: item.name.clone(),
                main: item.main.clone(),
            })
        })
        .collect()
}
