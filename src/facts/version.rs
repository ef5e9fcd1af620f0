//! Versions of one region's list: the newest is checked, the older ones are named. What tells which is
//! newer is what a clerk would look at: `source.toml`, the title, the name of the file. Refuses to
//! guess: where these say nothing or contradict one another, all are checked.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use crate::lang::Lang;
use crate::normalise::name::key;
use crate::normalise::text::pattern;
use crate::recover::{Catalog, Column};
use crate::source::Profile;
use crate::standard::Standard;

use super::Recovered;
use super::identity::{Identity, identify};

/// Share of its items, in tenths, that a list has in common with another version of it.
const ALIKE: usize = 5;

/// Versions of one list among the documents of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Versions {
    /// GB/T 2260 code of the region.
    pub region_code: String,
    /// Name of the region.
    pub region: String,
    /// Documents that are checked.
    pub checked: Vec<String>,
    /// Older documents, each with what tells that another is newer.
    pub older: Vec<(String, Sign)>,
}

impl Versions {
    /// What tells which is newer, or why that can't be told.
    #[must_use]
    pub fn reason(&self, lang: Lang) -> String {
        let mut reasons: Vec<String> = self
            .older
            .iter()
            .map(|(name, sign)| sign.words(name, lang))
            .collect();
        if self.checked.len() > 1 {
            let words = lang.pick(
                "标题、文件名和 source.toml 都分不出先后，全部核验；请在 source.toml 的 [files.\"文件名\"] 写明 year 或 received",
                "neither title nor file name nor source.toml tells which is newer, so all are checked; state year or received under [files.\"name\"] in source.toml",
            );
            reasons.push(words.to_owned());
        }
        reasons.join(lang.pick("；", "; "))
    }
}

/// What tells that a document is older than another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sign {
    /// The newer document.
    pub newer: String,
    /// What was looked at, in Chinese and English.
    what: (&'static str, &'static str),
    /// The dates of the older and of the newer one.
    dates: (Date, Date),
}

impl Sign {
    fn words(&self, older: &str, lang: Lang) -> String {
        let (was, is) = (&self.dates.0, &self.dates.1);
        match lang {
            Lang::Zh => format!(
                "“{older}”（{}：{was}）早于“{}”（{is}）",
                self.what.0, self.newer
            ),
            Lang::En => format!(
                "“{older}” ({}: {was}) is older than “{}” ({is})",
                self.what.1, self.newer
            ),
        }
    }
}

/// A day, a month or a year; what is not known is 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.year)?;
        for part in [self.month, self.day].into_iter().take_while(|p| *p > 0) {
            write!(f, "-{part:02}")?;
        }
        Ok(())
    }
}

impl Date {
    /// The order of two dates as far as both are known; `None` where that tells nothing.
    fn order(self, other: Self) -> Option<Ordering> {
        let parts = [
            (self.year, other.year),
            (self.month.into(), other.month.into()),
            (self.day.into(), other.day.into()),
        ];
        let known = parts.iter().take_while(|(one, two)| *one > 0 && *two > 0);
        known.map(|(one, two)| one.cmp(two)).find(|o| o.is_ne())
    }
}

/// The dates of a document, by what they are told from.
type Dates = [((&'static str, &'static str), Option<Date>); 4];

fn dates(name: &str, title: &str, profile: &Profile) -> Dates {
    let received = profile.received.as_ref().and_then(|moment| moment.date);
    let received = received.map(|date| Date {
        year: date.year,
        month: date.month,
        day: date.day,
    });
    let year = profile.year.map(|year| Date {
        year,
        month: 0,
        day: 0,
    });
    let file = name.rsplit('/').next().unwrap_or(name);
    [
        (("source.toml 的 year", "year in source.toml"), year),
        (
            ("source.toml 的 received", "received in source.toml"),
            received,
        ),
        (("标题", "title"), date_in(title)),
        (("文件名", "file name"), date_in(file)),
    ]
}

/// The last date in a text: 2024年版, 2024年3月15日, 2024-03-15, 20240315.
fn date_in(text: &str) -> Option<Date> {
    static DATE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?:^|\D)(20[0-4]\d)(?:\s*[年.\-_/]\s*(1[0-2]|0?[1-9])(?:\s*[月.\-_/]\s*(3[01]|[12]\d|0?[1-9]))?|(1[0-2]|0[1-9])(3[01]|[12]\d|0[1-9])?)?(?:\D|$)",
        )
    });
    let found = DATE.captures_iter(text).last()?;
    let part = |one, two| {
        let part = found.get(one).or(found.get(two))?;
        part.as_str().parse().ok()
    };
    Some(Date {
        year: found[1].parse().ok()?,
        month: part(2, 4).unwrap_or(0),
        day: part(3, 5).unwrap_or(0),
    })
}

/// A list with what tells it from others.
struct Candidate {
    list: Recovered,
    identity: Identity,
    items: BTreeSet<String>,
    dates: Dates,
    group: usize,
}

/// Takes older versions out of the lists of a run. Those that stay carry the number of their group:
/// versions of one list have one.
#[must_use]
pub fn newest(lists: Vec<Recovered>, standard: &Standard) -> (Vec<Recovered>, Vec<Versions>) {
    let mut candidates: Vec<Candidate> = Vec::with_capacity(lists.len());
    let mut groups = 0;
    for list in lists {
        let identity = identify(&list.catalog, &list.profile, standard, None, &list.name);
        let mut candidate = Candidate {
            dates: dates(&list.name, &identity.title, &list.profile),
            items: items(&list.catalog),
            group: groups,
            identity,
            list,
        };
        match candidates
            .iter()
            .find(|known| known.is_version_of(&candidate))
        {
            Some(known) => candidate.group = known.group,
            None => groups += 1,
        }
        candidates.push(candidate);
    }
    let signs: Vec<Option<Sign>> = candidates
        .iter()
        .map(|older| {
            let others = candidates.iter().filter(|one| one.group == older.group);
            others.filter_map(|newer| older.is_older_than(newer)).next()
        })
        .collect();
    let versions = (0..groups)
        .filter_map(|group| of_group(group, &candidates, &signs))
        .collect();
    let kept = candidates
        .into_iter()
        .zip(signs)
        .filter(|(_, sign)| sign.is_none())
        .map(|(candidate, _)| Recovered {
            group: candidate.group,
            ..candidate.list
        })
        .collect();
    (kept, versions)
}

fn of_group(group: usize, all: &[Candidate], signs: &[Option<Sign>]) -> Option<Versions> {
    let members = || all.iter().zip(signs).filter(|(one, _)| one.group == group);
    if members().count() < 2 {
        return None;
    }
    let identity = &members().next()?.0.identity;
    let checked = members().filter(|(_, sign)| sign.is_none());
    let older = members().filter_map(|(one, sign)| Some((one.list.name.clone(), sign.clone()?)));
    Some(Versions {
        region_code: identity.region_code.clone(),
        region: identity.region.clone(),
        checked: checked.map(|(one, _)| one.list.name.clone()).collect(),
        older: older.collect(),
    })
}

impl Candidate {
    /// Whether both are lists of one known region with most items in common.
    fn is_version_of(&self, other: &Self) -> bool {
        let code = &self.identity.region_code;
        let common = self.items.intersection(&other.items).count();
        let least = self.items.len().min(other.items.len());
        !code.is_empty()
            && *code == other.identity.region_code
            && least > 0
            && common * 10 >= least * ALIKE
    }

    /// The sign that this list is older than another; none where a sign says the contrary.
    fn is_older_than(&self, other: &Self) -> Option<Sign> {
        let mut sign = None;
        for ((what, one), (_, two)) in self.dates.iter().zip(&other.dates) {
            let (Some(one), Some(two)) = (one, two) else {
                continue;
            };
            match one.order(*two) {
                Some(Ordering::Greater) => return None,
                Some(Ordering::Less) if sign.is_none() => {
                    sign = Some(Sign {
                        newer: other.list.name.clone(),
                        what: *what,
                        dates: (*one, *two),
                    });
                }
                _ => {}
            }
        }
        sign
    }
}

/// What the items of a list are called, in forms that can be compared.
fn items(catalog: &Catalog) -> BTreeSet<String> {
    let names = catalog.items.iter();
    let names = names.map(|item| key(item.entry.text(Column::Name)));
    names.filter(|name| !name.is_empty()).collect()
}

#[cfg(test)]
mod tests;
