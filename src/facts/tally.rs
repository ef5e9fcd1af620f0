//! What is counted over a whole list, so that one cause makes one finding. Owns the sums and the
//! enumerations shown to a reader; refuses to look at a single entry's fault.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;

use crate::normalise::text::{half_width, pattern};
use crate::normalise::{Variant, parse_implementation, parse_sub};
use crate::recover::{Catalog, Column};
use crate::standard::{By, Edition};

use super::claims::Claims;
use super::comparison::Beside;
use super::identity::Identity;
use super::record::{ItemRecord, LimitRecord, MainRecord};

/// Entries that an enumeration names before it only counts.
const NAMED: usize = 15;
/// Certainty from which a limit is counted.
const SURE: f64 = 0.8;

/// What is counted over a list.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// Year of the edition it is judged by.
    pub edition: u16,
    /// Name of its region.
    pub region: String,
    /// Number of its main items.
    pub mains: usize,
    /// Main items with a code.
    pub main_codes: usize,
    /// Whether it has a column for codes of main items.
    pub main_code_column: bool,
    /// Columns of the national list that it lacks.
    pub columns_missing: String,
    /// Item codes in a form of the region's own: how many, and the first.
    pub variants: (usize, String),
    /// Credit codes with a wrong check character, and what they should end with.
    pub credit: (String, String),
    /// National items whose limits are all within and one below the ceiling: how many, and which.
    pub stricter: (usize, String),
    /// Items with a limit where the national text has none.
    pub unmeasured: (usize, String),
    /// Forms near to a national one.
    pub forms: (usize, String),
    /// Where the numbers of main items do not go on by one.
    pub main_breaks: String,
    /// Codes that are not the national ones.
    pub unlike: (usize, String),
    /// Whether the title names a region.
    pub title_region: bool,
    /// Whether the title names a year.
    pub title_year: bool,
    /// Whether the list shows its edition.
    pub edition_shown: bool,
    /// Total of its items by its own words.
    pub items_claimed: Option<usize>,
    /// Total of its main items by its own words.
    pub mains_claimed: Option<usize>,
    /// Whether it says that its codes are the national ones.
    pub claims_national: bool,
    /// Coding standard it cites.
    pub coding: String,
    /// The same without its year.
    pub coding_family: String,
}

impl Tally {
    /// Of a list that cannot be judged nothing is said.
    #[must_use]
    pub fn untold(identity: &Identity) -> Self {
        Self {
            edition: identity.edition,
            region: identity.region.clone(),
            title_region: true,
            title_year: true,
            edition_shown: true,
            ..Self::default()
        }
    }
}

/// Counts over a list.
#[must_use]
pub fn tally(
    beside: &Beside<'_>,
    claims: &Claims,
    (mains, items, limits): (&[MainRecord], &[ItemRecord], &[LimitRecord]),
) -> Tally {
    let Beside {
        catalog,
        identity,
        edition,
        standard,
        ..
    } = *beside;
    static YEAR: LazyLock<Regex> = LazyLock::new(|| pattern(r"20\d{2}"));
    let needed = [
        Column::Materials,
        Column::Limit,
        Column::Steps,
        Column::Basis,
    ];
    let missing: Vec<&str> = needed
        .iter()
        .filter(|column| !catalog.has(**column))
        .map(|column| column.title())
        .collect();
    let title = &identity.title;
    let named = standard.regions.find_in(title).is_some()
        || (!identity.region.is_empty() && title.contains(&identity.region));
    Tally {
        edition: identity.edition,
        region: identity.region.clone(),
        mains: mains.len(),
        main_codes: mains.iter().filter(|m| !m.code_printed.is_empty()).count(),
        main_code_column: catalog.has(Column::MainCode),
        columns_missing: missing.join("、"),
        variants: variants(items),
        credit: credit(items),
        stricter: stricter(items, limits, edition),
        unmeasured: unmeasured(limits, edition),
        forms: forms(items),
        main_breaks: main_breaks(catalog),
        unlike: unlike(items),
        title_region: named,
        title_year: YEAR.is_match(title),
        edition_shown: identity.edition_shown,
        items_claimed: claims.items.as_ref().map(|claim| claim.value),
        mains_claimed: claims.mains.as_ref().map(|claim| claim.value),
        claims_national: claims.national_codes.is_some(),
        coding: claims
            .coding
            .as_ref()
            .map(|claim| claim.value.0.clone())
            .unwrap_or_default(),
        coding_family: claims
            .coding
            .as_ref()
            .map(|claim| claim.value.1.clone())
            .unwrap_or_default(),
    }
}

/// How many, and the first few by name.
fn enumerated(all: Vec<String>) -> (usize, String) {
    let count = all.len();
    let mut text = all.into_iter().take(NAMED).collect::<Vec<_>>().join("、");
    if count > NAMED {
        text.push_str(&format!("等{count}项"));
    }
    (count, text)
}

/// An item by its number, and by its name where that can be told.
fn numbered(item: &ItemRecord) -> String {
    let name = if item.name_readable && !item.name_damaged {
        format!("“{}”", item.context.name)
    } else {
        String::new()
    };
    match item.context.seq {
        Some(seq) => format!("子项{seq}{name}"),
        None => name,
    }
}

fn own(items: &[ItemRecord]) -> impl Iterator<Item = &ItemRecord> {
    items.iter().filter(|item| item.context.level == "item")
}

fn variants(items: &[ItemRecord]) -> (usize, String) {
    let of = |item: &ItemRecord| match parse_sub(&item.context.code).ok()?.variant? {
        Variant::Extended(_) | Variant::LetterInSub => Some(item.context.code.clone()),
    };
    let all: Vec<String> = own(items).filter_map(of).collect();
    (all.len(), all.first().cloned().unwrap_or_default())
}

fn credit(items: &[ItemRecord]) -> (String, String) {
    let mut wrong = BTreeMap::new();
    for item in own(items) {
        if let Ok(code) = parse_implementation(&item.code_printed)
            && !code.is_checked()
            && let Some(check) = code.check()
        {
            let meant = format!("{}{check}", &code.credit[..17]);
            wrong.insert(code.credit, meant);
        }
    }
    let join = |texts: Vec<&String>| {
        let texts: Vec<&str> = texts.into_iter().map(String::as_str).collect();
        texts.join("、")
    };
    (join(wrong.keys().collect()), join(wrong.values().collect()))
}

/// The national name of an item: a region's own may be damaged, or that of a business row.
fn national(code: &str, edition: &Edition) -> String {
    let item = edition.item_by_code(code);
    item.map_or_else(|| code.to_owned(), |item| format!("“{}”", item.name))
}

/// National items whose every clause is within its ceiling, and one below it.
fn stricter(items: &[ItemRecord], limits: &[LimitRecord], edition: &Edition) -> (usize, String) {
    /// What all clauses of an item come to.
    struct Promised {
        within: bool,
        below: bool,
        /// The longest of their ceilings, in days.
        most: u32,
    }
    let mut judged: BTreeMap<&str, Promised> = BTreeMap::new();
    for limit in limits {
        let Some(code) = limit.national.as_deref() else {
            continue;
        };
        let promised = judged.entry(code).or_insert(Promised {
            within: true,
            below: false,
            most: 0,
        });
        let (Some(ceiling), Some(span)) = (&limit.ceiling, limit.span) else {
            promised.within = false;
            continue;
        };
        let most = ceiling.days_or_zero();
        promised.within &= span.most <= most && limit.certainty >= SURE;
        promised.below |= span.most < most;
        promised.most = promised.most.max(most);
    }
    for item in items {
        // A promise that the remark takes back is none (Jiangsu: 20个工作日, with 不超过90个自然日
        // beside it).
        let code = item.national_code.as_deref();
        if let Some(promised) = code.and_then(|code| judged.get_mut(code)) {
            promised.within &= longest_named(&item.remark) < promised.most.max(1);
        }
    }
    let names = judged
        .iter()
        .filter(|(_, promised)| promised.within && promised.below);
    enumerated(names.map(|(code, _)| national(code, edition)).collect())
}

/// The longest time a remark allows, in days of whatever kind; duties of those who apply
/// (20个工作日内告知) are none.
fn longest_named(remark: &str) -> u32 {
    static DAYS: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?:不超过(\d{1,3})个?(?:工作日|日|天)|(\d{1,3})个?自然日)"));
    let plain: String = remark.chars().map(half_width).collect();
    DAYS.captures_iter(&plain)
        .filter_map(|found| found.get(1).or(found.get(2))?.as_str().parse().ok())
        .max()
        .unwrap_or(0)
}

/// Items with a limit where the national text is known to have none, or is not known.
fn unmeasured(limits: &[LimitRecord], edition: &Edition) -> (usize, String) {
    let open = limits.iter().filter(|limit| limit.ceiling.is_none());
    let codes: BTreeSet<&str> = open.filter_map(|limit| limit.national.as_deref()).collect();
    let names = codes.into_iter().map(|code| national(code, edition));
    enumerated(names.collect())
}

fn forms(items: &[ItemRecord]) -> (usize, String) {
    let told = items.iter().flat_map(|item| {
        item.compared.forms.iter().map(|(printed, national)| {
            let number = item.context.seq.map(|seq| format!("子项{seq}"));
            format!(
                "{}《{printed}》（国家《{national}》）",
                number.unwrap_or_default()
            )
        })
    });
    enumerated(told.collect())
}

/// Where the printed numbers of main items do not go on by one.
fn main_breaks(catalog: &Catalog) -> String {
    let breaks = catalog.mains.windows(2).filter_map(|pair| {
        let (before, here) = (pair[0].number?, pair[1].number?);
        (here != before + 1).then(|| format!("{before}→{here}"))
    });
    breaks.collect::<Vec<_>>().join("、")
}

/// Items whose code is not the national one: another for a national item, or one of the national
/// series for an item that is none.
fn unlike(items: &[ItemRecord]) -> (usize, String) {
    let differs = |item: &&ItemRecord| {
        let code = &item.context.code;
        !code.is_empty()
            && match (&item.national_code, item.matched) {
                (Some(national), _) => national != code,
                (None, By::None) => code.starts_with("00") && item.compared.other_edition.is_none(),
                (None, _) => false,
            }
    };
    let told = own(items)
        .filter(differs)
        .map(|item| format!("{}（{}）", numbered(item), item.context.code));
    enumerated(told.collect())
}
