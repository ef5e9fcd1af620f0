//! Names of items and business rows, as the document means them.
//!
//! Owns the decision whether a printed name stands, is a damaged form of one that is known, or
//! can't be told. Refuses to put in what no printed letter speaks for: a name that several known
//! ones explain alike, or that none explains, is unreadable.

use crate::normalise::name::{PREFIXES, key, well_ended};
use crate::normalise::narrow::{Fit, fit, unfold};
use crate::normalise::text::{is_all_words, is_jumbled, without_loops};
use crate::normalise::{garble, squeeze};
use crate::recover::{Catalog, Column, Entry};
use crate::standard::{By, Item, Match, scrambled};

use super::values::{EMPTY, EMPTY_IN_DAMAGE, GARBLED};

/// Certainty of a name in plain letters.
const PLAIN: f64 = 0.98;
/// Certainty of a plain name in a damaged list that is the national one, or one of the row's own.
const KNOWN: f64 = 0.95;
/// Certainty of a name whose printed letters determine it.
const MENDED: f64 = 0.85;
/// Certainty of a well-formed name in a damaged list that nothing confirms.
const UNCONFIRMED: f64 = 0.75;
/// Certainty of a name that is told by its code, its letters being damaged.
const BY_CODE: f64 = 0.7;
/// Certainty where no name can be told.
const UNTOLD: f64 = 0.4;
/// How much better than the next one a known name must explain the print.
const MARGIN: f64 = 0.15;
/// Letters that a region's own wording may have more than the national name.
const LONGER: usize = 2;
/// Letters of a last word.
const LAST_WORD: usize = 2;
/// Fewest letters of a name.
const SHORTEST: usize = 5;

/// A name with what is known of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Name {
    /// The name; where it can't be told, what is printed.
    pub text: String,
    /// How sure it is, 0 to 1.
    pub certainty: f64,
    /// Whether its letters are damaged, so that it says nothing of the document's own wording.
    pub damaged: bool,
    /// Whether it can be told at all.
    pub readable: bool,
}

impl Name {
    fn plain(text: String, certainty: f64) -> Self {
        Self {
            text,
            certainty,
            damaged: false,
            readable: true,
        }
    }

    fn mended(text: String, certainty: f64) -> Self {
        Self {
            text,
            certainty,
            damaged: true,
            readable: true,
        }
    }

    /// A name that nothing known explains: read by its columns where these make words.
    fn unexplained(text: &str) -> Self {
        match unfold(text) {
            Some(name) => Self::mended(name, UNCONFIRMED),
            None => Self::untold(squeeze(text)),
        }
    }

    fn untold(text: String) -> Self {
        Self {
            text,
            certainty: UNTOLD,
            damaged: true,
            readable: false,
        }
    }
}

/// The name of an item (子项).
#[must_use]
pub fn item(entry: &Entry, national: Option<&Item>, found: &Match, damaged: bool) -> Name {
    let printed = squeeze(entry.text(Column::Name));
    if printed.is_empty() {
        let certainty = if damaged { EMPTY_IN_DAMAGE } else { EMPTY };
        return Name::plain(printed, certainty);
    }
    let text = entry.text(Column::Name);
    let mixed = is_jumbled(text) || national.is_some_and(|item| scrambled(&printed, &item.name));
    let garbled = garble(text);
    if !(damaged || mixed || garbled > GARBLED) {
        return Name::plain(printed, PLAIN);
    }
    let Some(national) = national else {
        return if well_formed(&printed, garbled) {
            Name::mended(printed, UNCONFIRMED)
        } else {
            Name::unexplained(text)
        };
    };
    let forms = forms(national);
    let print = without_loops(&printed);
    if print != printed {
        let whole = print
            .trim_end_matches(|letter: char| !letter.is_alphanumeric() && !")）".contains(letter));
        if forms.iter().any(|form| form == whole) {
            return Name::mended(whole.to_owned(), MENDED);
        }
    } else if found.likeness >= 0.999 {
        return Name::plain(printed, PLAIN);
    }
    if garbled == 0.0 && forms.iter().any(|form| is_worded_longer(&printed, form)) {
        return Name::mended(printed, UNCONFIRMED);
    }
    let Some((form, fit)) = nearest(&print, &forms) else {
        return Name::untold(printed);
    };
    // In a sound list a letter that the national name does not have is the document's own.
    if fit.explains() || damaged && fit.mostly_explains() {
        Name::mended(form, MENDED)
    } else if matches!(found.by, By::Code | By::Both) {
        Name::mended(form, BY_CODE)
    } else {
        Name::untold(printed)
    }
}

/// What the names of a list's business rows are told by.
#[derive(Debug, Default)]
pub struct Siblings {
    names: Vec<String>,
}

impl Siblings {
    /// The well-formed names of a list's business rows.
    #[must_use]
    pub fn of(catalog: &Catalog) -> Self {
        let rows = catalog.items.iter().flat_map(|item| &item.businesses);
        let mut names: Vec<String> = rows
            .map(|entry| entry.text(Column::BusinessName))
            .filter(|text| well_formed(&squeeze(text), garble(text)))
            .map(squeeze)
            .collect();
        names.sort();
        names.dedup();
        Self { names }
    }

    /// The name of a business row (业务办理项) of an item of the name given.
    #[must_use]
    pub fn business(
        &self,
        entry: &Entry,
        item: &Name,
        national: Option<&Item>,
        damaged: bool,
    ) -> Name {
        let text = entry.text(Column::BusinessName);
        let printed = squeeze(text);
        if printed.is_empty() {
            let certainty = if damaged { EMPTY_IN_DAMAGE } else { EMPTY };
            return Name::plain(printed, certainty);
        }
        let garbled = garble(text);
        if !damaged && garbled <= GARBLED && !is_jumbled(text) {
            return Name::plain(printed, KNOWN);
        }
        let mut known = national.map(forms).unwrap_or_default();
        if item.readable {
            known.extend(prefixed(&item.text));
        }
        if known.iter().any(|name| key(name) == key(&printed)) {
            return Name::plain(printed, KNOWN);
        }
        // A cut name goes on as a whole one of another row does.
        let cut = |name: &&String| {
            **name != printed && (name.starts_with(&printed) || name.ends_with(&printed))
        };
        known.extend(self.names.iter().filter(cut).cloned());
        known.sort();
        known.dedup();
        let sound = well_formed(&printed, garbled);
        let mut explained: Vec<(f64, &String)> = known
            .iter()
            .map(|name| (fit(&printed, name), name))
            .filter(|(fit, _)| fit.explains())
            .map(|(fit, name)| (fit.cost, name))
            .collect();
        explained.sort_by(|one, two| one.0.total_cmp(&two.0));
        match explained.as_slice() {
            [] if sound => Name::mended(printed, UNCONFIRMED),
            [] => Name::unexplained(text),
            // As likely a shorter name of the region's own as one that lost a line.
            [first, ..] if sound && is_all_words(&printed) && !lacks_its_end(&printed, first.1) => {
                Name::mended(printed, UNCONFIRMED)
            }
            [first, second, ..] if second.0 - first.0 < MARGIN => Name::untold(printed),
            [first, ..] => Name::mended(first.1.clone(), MENDED),
        }
    }
}

/// The national name in every form a region may print: its own, shorter ones, and behind the words
/// that regions put before it.
fn forms(national: &Item) -> Vec<String> {
    let mut forms = prefixed(&national.name);
    forms.extend(national.aliases.iter().flat_map(|alias| prefixed(alias)));
    forms.dedup();
    forms
}

fn prefixed(name: &str) -> Vec<String> {
    let bare = PREFIXES
        .iter()
        .find_map(|prefix| name.strip_prefix(prefix))
        .unwrap_or(name);
    let mut all = vec![name.to_owned(), bare.to_owned()];
    let maternal = ["生育", "产前", "产假"]
        .iter()
        .any(|word| bare.contains(word));
    let maternal = maternal.then_some("生育保险");
    let words = ["基本医疗保险", "医疗保险"].into_iter().chain(maternal);
    all.extend(words.map(|word| format!("{word}{bare}")));
    let mut seen = Vec::new();
    all.retain(|form| {
        let fresh = !seen.contains(form);
        seen.push(form.clone());
        fresh
    });
    all
}

fn nearest(printed: &str, forms: &[String]) -> Option<(String, Fit)> {
    forms
        .iter()
        .map(|form| (form.clone(), fit(printed, form)))
        .reduce(|best, next| {
            if next.1.cost < best.1.cost - 1e-9 {
                next
            } else {
                best
            }
        })
}

/// Whether a print holds the whole of a name, in order, and few letters more: the region's own
/// wording (门诊病费用报销), not damage.
fn is_worded_longer(printed: &str, name: &str) -> bool {
    let (long, short) = (printed.chars().count(), name.chars().count());
    let mut letters = printed.chars();
    long > short
        && long - short <= LONGER
        && name
            .chars()
            .all(|letter| letters.any(|printed| printed == letter))
        // A letter of the name itself is the ghost of a neighbouring line.
        && printed.chars().filter(|letter| !name.contains(*letter)).count() == long - short
}

/// Whether a print is a name but for its last word.
fn lacks_its_end(printed: &str, name: &str) -> bool {
    name.strip_prefix(printed)
        .is_some_and(|end| end.chars().count() <= LAST_WORD)
}

/// Whether a name reads like one: long enough, its brackets paired, with a head and an end such as
/// names have.
fn well_formed(printed: &str, garbled: f64) -> bool {
    let count = |marks: [char; 2]| printed.chars().filter(|c| marks.contains(c)).count();
    let headed = PREFIXES.iter().any(|prefix| printed.starts_with(prefix))
        || HEADS.iter().any(|head| printed.starts_with(head));
    garbled <= 0.2
        && printed.chars().count() >= SHORTEST
        && count(['(', '\u{ff08}']) == count([')', '\u{ff09}'])
        && headed
        && well_ended(printed)
}

/// Words that names of items begin with, beside the insurances.
const HEADS: &[&str] = &[
    "参保",
    "单位",
    "职工",
    "居民",
    "城乡",
    "个人",
    "家庭",
    "异地",
    "跨省",
    "常驻",
    "其他",
    "转移",
    "门诊",
    "住院",
    "产前",
    "生育",
    "计划生育",
    "医疗",
    "医药",
    "零售",
    "定点",
    "新增",
    "新生儿",
    "灵活就业",
    "出具",
    "一次性",
    "特殊",
    "困难",
    "大病",
    "长期",
    "手工",
    "意外",
    "符合",
    "救助",
    "在职",
    "退休",
    "关系",
    "基金",
    "双通道",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recover::{Place, Value};
    use crate::standard::Standard;

    fn called(printed: &str, item: &str, code: &str) -> Name {
        let standard = Standard::load().expect("national data");
        let edition = standard.newest().expect("an edition");
        let national = edition.items.iter().find(|item| item.code == code);
        let mut entry = Entry::default();
        let value = Value::printed(printed.to_owned(), Place::default());
        entry.cells.insert(Column::BusinessName, value);
        let item = Name::plain(item.to_owned(), 1.0);
        let siblings = Siblings {
            names: vec!["医疗保险参保信息查询".to_owned()],
        };
        siblings.business(&entry, &item, national, true)
    }

    #[test]
    fn a_row_is_named_by_its_letters() {
        let table = [
            (
                "医疗保险期 居住人案 备案",
                "医疗保险异地长期居住人员备案",
                "002036004002",
            ),
            (
                "医疗保险 职工参保",
                "基本医疗保险职工参保登记",
                "002036001002",
            ),
        ];
        for (printed, item, code) in table {
            let name = called(printed, item, code);
            assert_eq!(name.certainty, MENDED, "{name:?}");
        }
    }

    #[test]
    fn a_cut_row_is_named_as_another_whole_one() {
        let name = called(
            "医疗保险 参保信息",
            "基本医疗保险参保单位参保信息查询",
            "002036002001",
        );
        assert_eq!(name.text, "医疗保险参保信息查询");
    }

    #[test]
    fn what_two_names_explain_alike_is_untold() {
        let name = called("医疗保险门 报销", "医疗保险门诊病费用报销", "002036006001");
        assert!(!name.readable, "{name:?}");
        assert!(!called("医城终停 登记", "城乡居民参保登记", "002036001003").readable);
    }
}
