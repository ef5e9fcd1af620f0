//! What the reader of a document noticed beside its text, one record for each list and kind: a
//! thousand codes that a spreadsheet stores as numbers have one cause.

use std::collections::BTreeMap;

use crate::lang::Lang;
use crate::read::{Oddity, Remark};
use crate::recover::{Catalog, Place, place_words};

use super::identity::Identity;
use super::record::{Context, Evidence};

/// Places, and texts, that a finding names; how many there are it says besides.
const NAMED: usize = 8;

/// Everything of one kind that was noticed in a list.
#[derive(Debug, Clone)]
pub struct RemarkRecord {
    /// Which list.
    pub context: Context,
    /// What was noticed.
    pub oddity: Oddity,
    /// How often.
    pub count: usize,
    /// What it concerns: texts of cells, names of sheets.
    pub subject: String,
    /// Where, in Chinese and English.
    pub places: (String, String),
}

impl RemarkRecord {
    /// The word by which rules ask for it.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self.oddity {
            Oddity::CodeAsNumber => "code-as-number",
            Oddity::HiddenRow => "hidden-row",
            Oddity::HiddenColumn => "hidden-column",
            Oddity::HiddenSheet => "hidden-sheet",
            Oddity::OnlyHiddenSheets => "only-hidden-sheets",
            Oddity::Macros => "macros",
            Oddity::PictureOnly => "picture-only",
            Oddity::TrackedChanges => "tracked-changes",
            Oddity::OverlappingMerges => "overlapping-merges",
            Oddity::NoFormulaResult => "no-formula-result",
        }
    }
}

/// The remarks on a list.
#[must_use]
pub fn remarks(list: usize, catalog: &Catalog, identity: &Identity) -> Vec<RemarkRecord> {
    let mut kinds: BTreeMap<Oddity, Vec<&Remark>> = BTreeMap::new();
    for remark in &catalog.remarks {
        kinds.entry(remark.oddity).or_default().push(remark);
    }
    let records = kinds.into_iter().map(|(oddity, remarks)| {
        let words = |lang| {
            let places = remarks.iter().map(|remark| at(remark));
            let places = places.map(|place| place_words(&catalog.medium, place, true, lang));
            some(places.filter(|words| !words.is_empty()).collect(), lang)
        };
        let subjects = remarks.iter().map(|remark| remark.text.clone());
        let subjects: Vec<String> = subjects.filter(|text| !text.is_empty()).collect();
        let place = remarks.first().map(|remark| at(remark)).unwrap_or_default();
        let evidence = Evidence {
            place,
            quote: subjects.first().cloned().unwrap_or_default(),
            ..Evidence::default()
        };
        let mut record = RemarkRecord {
            context: Context {
                list,
                level: "list",
                name: identity.title.clone(),
                told: true,
                evidence: BTreeMap::from([("text", evidence)]),
                place,
                ..Context::default()
            },
            oddity,
            count: remarks.len(),
            subject: some(subjects, Lang::Zh),
            places: (words(Lang::Zh), words(Lang::En)),
        };
        record.context.identity = format!("remark {}", record.word());
        record
    });
    records.collect()
}

fn at(remark: &Remark) -> Place {
    Place {
        page: remark.page,
        part: remark.part,
        line: remark.line,
        row: remark.row,
        column: remark.column,
    }
}

/// The first of some words, each once.
fn some(words: Vec<String>, lang: Lang) -> String {
    let mut distinct: Vec<String> = Vec::new();
    for word in words {
        if !distinct.contains(&word) {
            distinct.push(word);
        }
    }
    let more = distinct.len() > NAMED;
    distinct.truncate(NAMED);
    let mut text = distinct.join(lang.pick("、", ", "));
    if more {
        text.push_str(lang.pick("等", " and more"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Medium;

    #[test]
    fn one_record_a_kind_names_the_first_places() {
        let remark = |row: u32| Remark {
            oddity: Oddity::HiddenRow,
            line: row.into(),
            row,
            column: 0,
            page: None,
            part: Some(1),
            text: String::new(),
        };
        let catalog = Catalog {
            medium: Medium::Sheets(vec!["清单".to_owned()]),
            remarks: (1..=9).map(remark).collect(),
            ..Catalog::default()
        };
        let records = remarks(0, &catalog, &Identity::default());
        assert_eq!((records.len(), records[0].count), (1, 9));
        let (zh, en) = &records[0].places;
        assert!(
            zh.starts_with("清单 第1行、清单 第2行") && zh.ends_with('等'),
            "{zh}"
        );
        assert!(en.ends_with("and more"), "{en}");
    }
}
