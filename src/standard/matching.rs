//! Which national item a regional one stands for. Regions put their own prefix and serial into the
//! code, so that the name decides, and the code only where it is the national one.

use crate::normalise::name;

use super::{Edition, Item, Standard};

/// Likeness (0 to 1) from which a name is taken for a damaged or shortened national one.
const ALIKE: f64 = 0.7;
/// Likeness that is enough where the national code says the same.
const ALIKE_WITH_CODE: f64 = 0.3;
/// How much nearer the best name must be than the second best, unless it is the same.
const MARGIN: f64 = 0.08;

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

impl Standard {
    /// The newest edition.
    #[must_use]
    pub fn newest(&self) -> Option<&Edition> {
        self.editions.iter().max_by_key(|edition| edition.year)
    }
}
