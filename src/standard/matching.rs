//! Which national item a regional one stands for. Regions put their own prefix and serial into the
//! code, so that the name decides, and the code only where it is the national one.

use std::collections::{HashMap, HashSet};

use crate::normalise::text::{is_han, without_loops};
use crate::normalise::{name, tidy};

use super::{Edition, Item, Main, Standard};

/// Likeness (0 to 1) from which a name is taken for a damaged or shortened national one.
const ALIKE: f64 = 0.7;
/// Likeness that is enough where the national code says the same.
const ALIKE_WITH_CODE: f64 = 0.3;
/// How much nearer the best name must be than the second best, unless it is the same.
const MARGIN: f64 = 0.08;

/// Share of a damaged name's letters that its national name must have.
const COVERAGE: f64 = 0.7;
/// The same where neither list nor main item has another item left.
const LAST_COVERAGE: f64 = 0.5;
/// Share of a damaged main name's letters that the national name must have.
const MAIN_LETTERS: f64 = 0.85;
/// Share of a scrambled name's letters that the national name has.
const SCRAMBLED: f64 = 0.8;
/// Mean of likeness and coverage from which a damaged name is told by its letters.
const SCORE: f64 = 0.5;

/// Fewest items certain by name that show how a list numbers its items.
const FEWEST_ALIKE: usize = 3;
/// Share of them that must be numbered as the national list numbers them.
const NUMBERED_ALIKE: f64 = 0.8;

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
        let code = crate::normalise::basic(code);
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
                    by: if likeness >= ALIKE_WITH_CODE {
                        By::Both
                    } else {
                        By::Code
                    },
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
    let mut forms = vec![name::key(printed), name::key(&without_loops(printed))];
    forms.extend(name::variants(printed).iter().map(|form| name::key(form)));
    forms.extend(name::without_damaged_prefix(printed));
    forms.retain(|form| !form.is_empty());
    forms.dedup();
    forms
}

/// Likeness of printed forms to a national name and its allowed other forms.
fn likeness(forms: &[String], item: &Item) -> f64 {
    item.keys
        .iter()
        .flat_map(|national| forms.iter().map(move |form| name::likeness(form, national)))
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

/// The national counterparts of a whole list.
#[derive(Debug, Clone, Default)]
pub struct Assignment {
    /// One match for each item.
    pub matches: Vec<Match>,
    /// Group of the list to index in [`Edition::mains`].
    pub mains: HashMap<usize, usize>,
}

impl Edition {
    /// Finds the national items of all items of a list together. What is certain by itself is
    /// settled first; what is damaged is then told by its letters among the items that are left in
    /// the same main item, since no two items of a list stand for the same national one.
    #[must_use]
    pub fn assign(&self, items: &[Candidate]) -> Assignment {
        let mut matches: Vec<Match> = items
            .iter()
            .map(|item| self.find(item.code, item.name))
            .collect();
        let certain =
            |found: &Match| found.likeness >= 0.999 || matches!(found.by, By::Both | By::Code);
        let mut taken: HashSet<usize> = HashSet::new();
        for found in &mut matches {
            match found.item {
                Some(item) if certain(found) => {
                    taken.insert(item);
                }
                _ => *found = Match::default(),
            }
        }
        if self.numbered_alike(items, &matches) {
            self.match_by_serial(items, &mut matches, &mut taken);
        }
        let mains = self.mains_of(items, &matches);
        let mut open: Vec<Open> = (0..items.len())
            .filter(|index| matches[*index].item.is_none())
            .map(|index| self.open(index, &items[index], mains.get(&items[index].group)))
            .collect();
        while let Some((item, national, likeness)) = next(&open, &taken) {
            taken.insert(national);
            open.retain(|entry| entry.item != item);
            matches[item] = Match {
                item: Some(national),
                by: By::Name,
                likeness,
            };
        }
        Assignment { matches, mains }
    }

    /// Whether a list numbers its items as the national list does behind a prefix of its own: the
    /// items that are certain by name say so.
    fn numbered_alike(&self, items: &[Candidate], matches: &[Match]) -> bool {
        let (mut known, mut alike) = (0usize, 0usize);
        for (item, found) in items.iter().zip(matches) {
            let (Some(national), Some(serial)) = (found.item, serial(item.code)) else {
                continue;
            };
            known += 1;
            alike += usize::from(self.items[national].code.ends_with(&serial));
        }
        known >= FEWEST_ALIKE && alike as f64 >= NUMBERED_ALIKE * known as f64
    }

    /// Tells damaged items by the serial of their code, where letters that are left say the same.
    fn match_by_serial(
        &self,
        items: &[Candidate],
        matches: &mut [Match],
        taken: &mut HashSet<usize>,
    ) {
        for (item, found) in items.iter().zip(matches) {
            if found.item.is_some() {
                continue;
            }
            let Some(serial) = serial(item.code) else {
                continue;
            };
            let position = self.items.iter().position(|i| i.code.ends_with(&serial));
            let Some(national) = position.filter(|national| !taken.contains(national)) else {
                continue;
            };
            let known = &self.items[national];
            if coverage(&without_loops(item.name), &known.name) < COVERAGE {
                continue;
            }
            taken.insert(national);
            *found = Match {
                item: Some(national),
                by: By::Name,
                likeness: likeness(&forms(item.name), known),
            };
        }
    }

    /// The national main item of each group: by code, by name, by what is certain of its items,
    /// and last by its letters.
    fn mains_of(&self, items: &[Candidate], matches: &[Match]) -> HashMap<usize, usize> {
        let mut mains = HashMap::new();
        for item in items {
            if mains.contains_key(&item.group) {
                continue;
            }
            let code = tidy(item.main_code).to_uppercase();
            let coded = || self.mains.iter().position(|main| main.code == code);
            let printed = name::key(item.main_name);
            let named = || {
                let same = |main: &Main| name::key(&main.name) == printed;
                self.mains.iter().position(same)
            };
            let voted = || {
                let mut group = items
                    .iter()
                    .zip(matches)
                    .filter(|(i, _)| i.group == item.group);
                let national = &self.items[group.find_map(|(_, found)| found.item)?];
                self.mains
                    .iter()
                    .position(|main| main.code == national.main)
            };
            let lettered = || {
                let shares = |main: &Main| known_letters(item.main_name, &main.name);
                let mut ranked: Vec<(f64, usize)> =
                    self.mains.iter().map(shares).zip(0..).collect();
                ranked.sort_by(|one, two| two.0.total_cmp(&one.0));
                let (best, second) = (ranked.first()?, ranked.get(1)?);
                (best.0 >= MAIN_LETTERS && best.0 - second.0 >= MARGIN).then_some(best.1)
            };
            if let Some(main) = coded().or_else(named).or_else(voted).or_else(lettered) {
                mains.insert(item.group, main);
            }
        }
        mains
    }

    fn open(&self, index: usize, item: &Candidate, main: Option<&usize>) -> Open {
        let printed = forms(item.name);
        let bare = without_loops(item.name);
        let main = main.map(|main| self.mains[*main].code.as_str());
        let scores = self
            .items
            .iter()
            .enumerate()
            .filter(|(_, national)| main.is_none_or(|main| national.main == main))
            .map(|(national, known)| Score {
                national,
                likeness: likeness(&printed, known),
                coverage: printed
                    .iter()
                    .chain([&bare])
                    .map(|form| coverage(form, &known.name))
                    .fold(0.0, f64::max),
            })
            .collect();
        Open {
            item: index,
            group: item.group,
            in_main: main.is_some(),
            scores,
        }
    }
}

/// The serial of an item's code: number of its main item and its own, behind a region's prefix.
fn serial(code: &str) -> Option<String> {
    let code = tidy(code);
    (code.len() == 12 && code.is_ascii()).then(|| code[6..].to_owned())
}

/// How well a national item suits an open one.
struct Score {
    national: usize,
    likeness: f64,
    coverage: f64,
}

/// An item whose national counterpart is not settled.
struct Open {
    item: usize,
    group: usize,
    in_main: bool,
    scores: Vec<Score>,
}

/// The clearest match among those still open.
fn next(open: &[Open], taken: &HashSet<usize>) -> Option<(usize, usize, f64)> {
    let mut best: Option<(f64, usize, usize, f64)> = None;
    for entry in open {
        let mut left: Vec<&Score> = entry
            .scores
            .iter()
            .filter(|score| !taken.contains(&score.national))
            .collect();
        let alone = open
            .iter()
            .filter(|other| other.group == entry.group)
            .count()
            == 1;
        let only = entry.in_main && alone && left.len() == 1;
        let mean = |score: &Score| {
            let enough = match (entry.in_main, only) {
                // The last open item of a main item and its last open national one.
                (true, true) => score.coverage >= LAST_COVERAGE,
                (true, false) => score.coverage >= COVERAGE,
                (false, _) => score.likeness >= ALIKE,
            };
            if enough {
                (score.likeness + score.coverage) / 2.0
            } else {
                0.0
            }
        };
        left.sort_by(|one, two| mean(two).total_cmp(&mean(one)));
        let Some(first) = left.first() else { continue };
        let score = mean(first);
        let second = left.get(1).map_or(0.0, |second| mean(second));
        let clear = score >= SCORE && score - second >= MARGIN;
        if clear && best.is_none_or(|(known, ..)| score > known) {
            best = Some((score, entry.item, first.national, first.likeness));
        }
    }
    best.map(|(_, item, national, likeness)| (item, national, likeness))
}

/// Share of a text's letters that a name has at all: the slices of a merged cell repeat letters.
fn known_letters(text: &str, name: &str) -> f64 {
    let letters: Vec<char> = text.chars().filter(|letter| is_han(*letter)).collect();
    if letters.len() < 4 {
        return 0.0;
    }
    let known = letters
        .iter()
        .filter(|letter| name.contains(**letter))
        .count();
    known as f64 / letters.len() as f64
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

/// Whether a print has the letters of a name in another order: a narrow cell read column by
/// column, as in 产检前支付 for 产前检查费支付. An abbreviation keeps the order.
#[must_use]
pub fn scrambled(printed: &str, national: &str) -> bool {
    let covered = coverage(printed, national);
    let letters: String = printed.chars().filter(|letter| is_han(*letter)).collect();
    let length = letters.chars().count();
    let in_order = name::common_letters(&letters, national) as f64 / length.max(1) as f64;
    covered >= SCRAMBLED && in_order < covered - 0.1
}

impl Standard {
    /// The newest edition.
    #[must_use]
    pub fn newest(&self) -> Option<&Edition> {
        self.editions.iter().max_by_key(|edition| edition.year)
    }
}
