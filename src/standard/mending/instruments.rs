//! The instruments that damaged citations are mended by: the statutes, and what the same list
//! cites whole elsewhere. Owns the forms of their titles and numbers; refuses to mend.

use std::collections::{BTreeMap, BTreeSet};

use crate::normalise::citation::{Citation, ends_in_a_kind, is_sound};
use crate::normalise::text::{half_width, squeeze, worded};
use crate::normalise::{Citations, Reading};

use super::super::statute::{Statute, same_number};

/// Certainty from which a citation is taken for what the document says.
const PLAIN: f64 = 0.95;

/// An instrument as it may be cited.
#[derive(Debug, Clone)]
pub(super) struct Instrument {
    /// Its titles, the full one first, in the form of [`Citation::title`].
    pub titles: Vec<String>,
    /// Its number.
    pub number: String,
    /// Other forms of the number that are not an error.
    pub forms: Vec<String>,
    /// How many texts of the list cite it by the first title.
    pub texts: usize,
}

impl Instrument {
    /// Whether a number is its own, in whatever form.
    pub fn carries(&self, number: &str) -> bool {
        std::iter::once(&self.number)
            .chain(&self.forms)
            .any(|own| same_number(own, number))
    }
}

/// A title of the statutes table in the form of [`Citation::title`].
pub(super) fn cited(title: &str) -> String {
    squeeze(title).chars().map(half_width).collect()
}

/// The statutes that have a number.
pub(super) fn national(statutes: &[Statute]) -> Vec<Instrument> {
    statutes
        .iter()
        .filter_map(|statute| {
            let titles = std::iter::once(&statute.title).chain(&statute.short);
            Some(Instrument {
                titles: titles.map(|title| cited(title)).collect(),
                number: statute.number.clone()?,
                forms: statute.number_forms.clone(),
                texts: 0,
            })
        })
        .collect()
}

/// What the list cites in plain letters, under each number the cleanest of its titles: the one most
/// texts print, then the one with most letters in known words.
pub(super) fn own(readings: &[Reading<Citations>]) -> Vec<Instrument> {
    let mut titles: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for reading in readings {
        let plain: BTreeSet<(&str, &str)> = reading
            .value
            .told
            .iter()
            .filter(|citation| is_plain(citation))
            .filter_map(|citation| Some((citation.number.as_deref()?, citation.title.as_str())))
            .collect();
        for (number, title) in plain {
            *titles.entry(number).or_default().entry(title).or_default() += 1;
        }
    }
    titles
        .into_iter()
        .filter_map(|(number, titles)| {
            let share = |title: &str| {
                let (han, words) = worded(title);
                words * 1000 / han.max(1)
            };
            let (title, texts) = titles.into_iter().max_by(|one, other| {
                (one.1, share(one.0), one.0.len(), one.0).cmp(&(
                    other.1,
                    share(other.0),
                    other.0.len(),
                    other.0,
                ))
            })?;
            Some(Instrument {
                titles: vec![title.to_owned()],
                number: number.to_owned(),
                forms: Vec::new(),
                texts,
            })
        })
        .collect()
}

/// The letters before the year in all numbers of a list, whether their titles are legible or not.
pub(super) fn prefixes(readings: &[Reading<Citations>]) -> BTreeSet<String> {
    let all = readings.iter().flat_map(|reading| {
        let untold = reading.value.untold.iter().map(|lost| &lost.remains);
        reading.value.told.iter().chain(untold)
    });
    all.filter_map(|citation| Some(parts(citation.number.as_deref()?)?.0.to_owned()))
        .collect()
}

fn is_plain(citation: &Citation) -> bool {
    citation.certainty >= PLAIN
        && !citation.title.starts_with('…')
        && is_sound(&citation.title)
        && ends_in_a_kind(&citation.title)
}

/// The issuer's letters, year and serial of a number such as 国发〔2016〕3号.
pub(super) fn parts(number: &str) -> Option<(&str, &str, &str)> {
    let (prefix, rest) = number.split_once('〔')?;
    let (year, rest) = rest.split_once('〕')?;
    Some((prefix, year, rest.strip_suffix('号')?))
}
