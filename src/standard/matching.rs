//! Which national item a regional one stands for. Regions put their own prefix and serial into the
//! code, so that the name decides, and the code only where it is the national one.

use std::collections::{HashMap, HashSet};

use crate::normalise::{name, tidy};
use crate::normalise::text::is_han;

use super::{Edition, Item, Main, Standard};

/// Likeness (0 to 1) from which a name is taken for a damaged or shortened national one.
const ALIKE: f64 = 0.7;
/// Likeness that is enough where the national code says the same.
const ALIKE_WITH_CODE: f64 = 0.3;
/// How much nearer the best name must be than the second best, unless it is the same.
const MARGIN: f64 = 0.08;

/// Share of a damaged name's letters that its national name must have.
const COVERAGE: f64 = 0.7;
/// The same for a main item, whose name is longer.
const MAIN_COVERAGE: f64 = 0.8;
/// Mean of likeness and coverage from which a damaged name is told by its letters.
const SCORE: f64 = 0.5;

/// What a match rests on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum By {
    /// The national code; the name says nothing to the contrary.
    Code,
    /// The name.
    Name,
    /// Both.
    Both,
    /// Nothing: an item of the region's own.
    #[default]
    None,
}

impl By {
    /// The word used in `items.csv`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Name => "name",
            Self::Both => "both",
            Self::None => "none",
        }
    }
}

/// The national item that was found for a regional one.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Match {
    /// Index in [`Edition::items`].
    pub item: Option<usize>,
    /// What the match rests on.
    pub by: By,
    /// Likeness of the names, 0 to 1.
    pub likeness: f64,
}

impl Edition {
    /// Finds the national item by code and printed name; either may be empty.
    #[must_use]
    pub fn find(&self, code: &str, printed: &str) -> Match {
        let forms = forms(printed);
        let mut ranked: Vec<(f64, usize)> = self
            .items
            .iter()
            .enumerate()
            .map(|(index, item)| (likeness(&forms, item), index))
            .collect();
        ranked.sort_by(|one, two| two.0.total_cmp(&one.0).then(one.1.cmp(&two.1)));
        let code = tidy(code);
        let by_code = self.items.iter().position(|item| item.code == code);
        let likeness_of = |index: usize| {
            ranked
                .iter()
                .find(|(_, known)| *known == index)
                .map_or(0.0, |(likeness, _)| *likeness)
        };
        let best = ranked.first().copied();
        let second = ranked.get(1).map_or(0.0, |(likeness, _)| *likeness);
        let by_name = best.filter(|(likeness, _)| {
            *likeness >= 0.999 || (*likeness >= ALIKE && *likeness - second >= MARGIN)
        });
        match (by_code, by_name) {
            (Some(code), Some((likeness, name))) if code == name => Match {
                item: Some(code),
                by: By::Both,
                likeness,
            },
            // Another item's full name outweighs a code: codes are mistyped more easily.
            (Some(_), Some((likeness, name))) if likeness >= 0.999 => Match {
                item: Some(name),
                by: By::Name,
                likeness,
            },
            (Some(code), _) => {
                let likeness = likeness_of(code);
                Match {
                    item: Some(code),
                    by: if likeness >= ALIKE_WITH_CODE { By::Both } else { By::Code },
                    likeness,
                }
            }
            (None, Some((likeness, name))) => Match {
                item: Some(name),
                by: By::Name,
                likeness,
            },
            (None, None) => Match {
                item: None,
                by: By::None,
                likeness: best.map_or(0.0, |(likeness, _)| likeness),
            },
        }
    }
}

/// The forms in which a printed name is compared: as it is, and without a region's prefix.
fn forms(printed: &str) -> Vec<String> {
    let mut forms = vec![name::key(printed)];
    forms.extend(name::variants(printed).iter().map(|form| name::key(form)));
    forms.retain(|form| !form.is_empty());
    forms.dedup();
    forms
}

/// Likeness of printed forms to a national name and its allowed other forms.
fn likeness(forms: &[String], item: &Item) -> f64 {
    std::iter::once(&item.name)
        .chain(&item.aliases)
        .map(|national| name::key(national))
        .flat_map(|national| {
            forms
                .iter()
                .map(move |form| name::similarity(form, &national))
        })
        .fold(0.0, f64::max)
}

/// An item of a list on its way to its national counterpart.
#[derive(Debug, Clone, Copy)]
pub struct Candidate<'a> {
    /// Its code as printed; may be empty.
    pub code: &'a str,
    /// Its name as printed; may be empty or damaged.
    pub name: &'a str,
    /// Index of its main item within the list.
    pub group: usize,
    /// Code of its main item; may be empty.
    pub main_code: &'a str,
    /// Name of its main item; may be damaged.
    pub main_name: &'a str,
}

impl Edition {
    /// Finds the national items of all items of a list together. What is certain by itself is
    /// settled first; what is damaged is then told by its letters among the items that are left in
    /// the same main item, since no two items of a list stand for the same national one.
    #[must_use]
    pub fn assign(&self, items: &[Candidate]) -> Vec<Match> {
        let mut matches: Vec<Match> = items
            .iter()
            .map(|item| self.find(item.code, item.name))
            .collect();
        let certain = |found: &Match| {
            found.likeness >= 0.999 || matches!(found.by, By::Both | By::Code)
        };
        let mut taken: HashSet<usize> = HashSet::new();
        for found in &mut matches {
            match found.item {
                Some(item) if certain(found) => {
                    taken.insert(item);
                }
                _ => *found = Match::default(),
            }
        }
        let mains = self.mains_of(items, &matches);
        while let Some((item, national, likeness)) = self.next(items, &matches, &mains, &taken) {
            taken.insert(national);
            matches[item] = Match {
                item: Some(national),
                by: By::Name,
                likeness,
            };
        }
        matches
    }

    /// The national main item of each group: by code, by name, by what is certain of its items,
    /// and last by its letters.
    fn mains_of(&self, items: &[Candidate], matches: &[Match]) -> HashMap<usize, &str> {
        let mut mains = HashMap::new();
        for item in items {
            if mains.contains_key(&item.group) {
                continue;
            }
            let voted = || {
                items
                    .iter()
                    .zip(matches)
                    .filter(|(other, _)| other.group == item.group)
                    .find_map(|(_, found)| found.item)
                    .map(|index| self.items[index].main.as_str())
            };
            let lettered = || {
                let best = self
                    .mains
                    .iter()
                    .map(|main| (coverage(item.main_name, &main.name), main.code.as_str()))
                    .max_by(|one, two| one.0.total_cmp(&two.0))?;
                (best.0 >= MAIN_COVERAGE).then_some(best.1)
            };
            let code = tidy(item.main_code).to_uppercase();
            let known = self.main_by_code(&code).map(|main| main.code.as_str());
            let named = || {
                let same = |main: &&Main| name::key(&main.name) == name::key(item.main_name);
                self.mains.iter().find(same).map(|main| main.code.as_str())
            };
            if let Some(main) = known.or_else(named).or_else(voted).or_else(lettered) {
                mains.insert(item.group, main);
            }
        }
        mains
    }

    /// The clearest match among those still open.
    fn next(
        &self,
        items: &[Candidate],
        matches: &[Match],
        mains: &HashMap<usize, &str>,
        taken: &HashSet<usize>,
    ) -> Option<(usize, usize, f64)> {
        let mut best: Option<(f64, usize, usize, f64)> = None;
        for (index, item) in items.iter().enumerate() {
            if matches[index].item.is_some() {
                continue;
            }
            let main = mains.get(&item.group);
            let printed = forms(item.name);
            let mut scores: Vec<(f64, usize, f64)> = self
                .items
                .iter()
                .enumerate()
                .filter(|(national, _)| !taken.contains(national))
                .filter(|(_, national)| main.is_none_or(|main| national.main == *main))
                .map(|(national, known)| {
                    let alike = likeness(&printed, known);
                    let covered = coverage(item.name, &known.name);
                    let enough = if main.is_some() {
                        covered >= COVERAGE
                    } else {
                        alike >= ALIKE
                    };
                    let score = if enough { (alike + covered) / 2.0 } else { 0.0 };
                    (score, national, alike)
                })
                .collect();
            scores.sort_by(|one, two| two.0.total_cmp(&one.0).then(one.1.cmp(&two.1)));
            let Some((score, national, alike)) = scores.first().copied() else {
                continue;
            };
            let second = scores.get(1).map_or(0.0, |(score, ..)| *score);
            let clear = score >= SCORE && score - second >= MARGIN;
            if clear && best.is_none_or(|(known, ..)| score > known) {
                best = Some((score, index, national, alike));
            }
        }
        best.map(|(_, item, national, likeness)| (item, national, likeness))
    }
}

/// Share of a printed name's letters that a national name has, whatever their order: a narrow cell
/// that OCR read column by column keeps its letters and loses their order.
#[must_use]
pub fn coverage(printed: &str, national: &str) -> f64 {
    let mut left: HashMap<char, usize> = HashMap::new();
    for letter in national.chars() {
        *left.entry(letter).or_default() += 1;
    }
    let letters: Vec<char> = printed.chars().filter(|letter| is_han(*letter)).collect();
    if letters.len() < 3 {
        return 0.0;
    }
    let kept = letters
        .iter()
        .filter(|letter| match left.get_mut(letter) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        })
        .count();
    kept as f64 / letters.len() as f64
}

impl Standard {
    /// The newest edition.
    #[must_use]
    pub fn newest(&self) -> Option<&Edition> {
        self.editions.iter().max_by_key(|edition| edition.year)
    }
}
