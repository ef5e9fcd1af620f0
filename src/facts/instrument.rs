//! Each instrument that a list cites, beside the national instrument of its title, the one of its
//! number, and the office its number belongs to. A cell is read once, where it is printed: what it
//! covers by merging has nothing of its own to judge.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use chrono::NaiveDate;

use crate::normalise::name::likeness;
use crate::normalise::{Citation, garble};
use crate::standard::{Issuer, Known, Rank, Standard, Statute, Tier, fold_title};

use super::form::{self, FormFault};
use super::moment::Moment;
use super::office::{self, Office};
use super::record::{BasisState, Context, ItemRecord};
use super::variants;

/// Certainty of letters and digits in a text that is damaged all over.
const DAMAGED: f64 = 0.7;
/// Likeness from which two titles are meant to be one.
const MEANT: f64 = 0.75;

/// What is known of a list, as far as its citations need it.
#[derive(Debug, Clone, Copy)]
pub struct Listed<'a> {
    /// First two digits of its region's code.
    pub division: &'a str,
    /// Year it is of.
    pub year: Option<u16>,
    /// The days of the run.
    pub moment: Moment,
    /// Whether its text is damaged all over.
    pub damaged: bool,
}

impl Listed<'_> {
    /// The day by which it is judged.
    pub fn day(&self) -> Option<NaiveDate> {
        self.moment.of_list(self.year)
    }
}

/// An instrument cited by an item or business row.
#[derive(Debug, Clone)]
pub struct CitationRecord {
    /// Which list, which entry; its identity is the entry's and the instrument's.
    pub context: Context,
    /// The citation as read.
    pub citation: Citation,
    /// How sure it is.
    pub certainty: f64,
    /// First two digits of the list's region.
    pub division: String,
    /// Whether the list's text is damaged all over.
    pub damaged: bool,
    /// The day by which the list is judged.
    pub day: Option<NaiveDate>,
    /// The national instrument of its title.
    pub statute: Option<Arc<Statute>>,
    /// The national instrument of its number.
    pub numbered: Option<Arc<Statute>>,
    /// What took the place of the instrument: title and number.
    pub successor: Option<String>,
    /// Whether the instrument had lapsed when the list was issued.
    pub lapsed: Option<bool>,
    /// Whether the number is another instrument's, or none.
    pub number_wrong: bool,
    /// Whether the title is not that of the number's instrument.
    pub title_wrong: bool,
    /// Articles behind the last one.
    pub beyond: Vec<u32>,
    /// Who issued the number.
    pub issuer: Option<Issuer>,
    /// The first office the title names.
    pub office: Office,
    /// Whether a title names the region of the number.
    pub names_region: bool,
    /// Faults of form that no citation before it in the list has.
    pub form: Vec<FormFault>,
    /// Citations of the list with these faults.
    pub form_prints: usize,
    /// How the list mostly cites the instrument, where this is the first to differ.
    pub other_form: Option<String>,
}

/// The national instruments, with what was found beside each citation: the country cites a few
/// thousand in a hundred thousand places.
#[derive(Debug)]
pub struct Instruments<'a> {
    standard: &'a Standard,
    known: Vec<Arc<Statute>>,
    beside: HashMap<Printed, Arc<Beside>>,
}

/// What a citation's match depends on: title, number, number as printed, region of the list.
type Printed = (String, Option<String>, String, String);

/// What stands beside a citation.
#[derive(Debug)]
struct Beside {
    matched: Matched,
    issuer: Option<Issuer>,
    office: Office,
    names_region: bool,
    meant: BTreeSet<String>,
}

impl<'a> Instruments<'a> {
    /// The instruments of a standard.
    pub fn new(standard: &'a Standard) -> Self {
        Self {
            standard,
            known: standard.statutes.iter().cloned().map(Arc::new).collect(),
            beside: HashMap::new(),
        }
    }

    /// The standard they are of.
    pub fn standard(&self) -> &'a Standard {
        self.standard
    }

    /// The citations of one list.
    pub fn citations(&mut self, items: &[ItemRecord], list: Listed<'_>) -> Vec<CitationRecord> {
        let mut records = Vec::new();
        let mut read = BTreeSet::new();
        let blocks = blocks(items);
        for (item, block) in items.iter().zip(&blocks) {
            if !item.leaf || item.basis != BasisState::Own || !read.insert(*block) {
                continue;
            }
            let cell = printed(item);
            for citation in &item.citations.told {
                records.push(self.record(item, citation, cell, list));
            }
        }
        variants::forms(&mut records);
        if !list.damaged {
            variants::inconsistent(&mut records);
        }
        records
    }

    fn record(
        &mut self,
        item: &ItemRecord,
        citation: &Citation,
        cell: &str,
        list: Listed<'_>,
    ) -> CitationRecord {
        let beside = self.beside(citation, list.division);
        let matched = &beside.matched;
        let damage = if list.damaged { DAMAGED } else { 1.0 };
        let headless = is_headless(citation);
        let head = if headless { DAMAGED } else { 1.0 };
        let statute = matched.statute.clone();
        let beyond = match &statute {
            // A wrong number may be that of the notice that was meant.
            Some(statute) if !matched.number_wrong || statute.rank < Rank::Normative => citation
                .articles
                .iter()
                .copied()
                .filter(|article| !statute.has_article(*article))
                .collect(),
            _ => Vec::new(),
        };
        let successor = statute
            .as_ref()
            .and_then(|statute| self.standard.statute(statute.superseded_by.as_deref()?))
            .map(named);
        let lapsed = statute.as_ref().and_then(|statute| {
            let day = list.day()?;
            Some(statute.in_force_to.is_some_and(|to| to < day))
        });
        let what = citation.number.as_deref().unwrap_or(&citation.title);
        let mut context = item.context.clone();
        context.identity = format!("{} cites {what}", context.identity);
        if let Some(evidence) = context.evidence.get_mut("basis") {
            evidence.place = evidence.place_of(&citation.raw);
            evidence.quote.clone_from(&citation.raw);
        }
        CitationRecord {
            context,
            certainty: citation
                .certainty
                .min(1.0 - garble(cell))
                .min(damage)
                .min(head),
            division: list.division.to_owned(),
            damaged: list.damaged,
            day: list.day(),
            statute,
            numbered: matched.numbered.clone(),
            successor,
            lapsed,
            number_wrong: matched.number_wrong,
            title_wrong: matched.title_wrong,
            beyond,
            issuer: beside.issuer.clone(),
            office: beside.office.clone(),
            names_region: beside.names_region,
            form: if headless {
                Vec::new()
            } else {
                form::faults(citation, cell)
            },
            form_prints: 0,
            other_form: None,
            citation: citation.clone(),
        }
    }

    fn beside(&mut self, citation: &Citation, division: &str) -> Arc<Beside> {
        let printed = (
            citation.title.clone(),
            citation.number.clone(),
            citation.number_printed.clone(),
            division.to_owned(),
        );
        if let Some(beside) = self.beside.get(&printed) {
            return Arc::clone(beside);
        }
        let regions = &self.standard.regions;
        let issuer = citation
            .number
            .as_deref()
            .and_then(|number| self.standard.issuers.of_number(number, regions))
            .filter(|issuer| !issuer.also.iter().any(|code| code == division));
        let offices = office::offices(&citation.title, self.standard);
        let names_region = issuer.as_ref().is_some_and(|issuer| {
            let mut codes = offices.iter().map(|office| office.code.get(..2));
            codes.any(|code| code == Some(issuer.division()))
                || regions
                    .name_of(issuer.division())
                    .is_some_and(|name| citation.title.contains(name))
        });
        let matched = matched(citation, issuer.as_ref(), &offices, &self.known);
        let beside = Arc::new(Beside {
            meant: self.meant_by(citation, &matched),
            matched,
            office: offices.into_iter().next().unwrap_or_default(),
            names_region,
            issuer,
        });
        self.beside.insert(printed, Arc::clone(&beside));
        beside
    }

    /// Ids of the national instruments a citation of a list may mean, by title or by number: an item
    /// is not said to lack these, whatever fault the citation has.
    pub fn meant(&mut self, citation: &Citation, division: &str) -> BTreeSet<String> {
        self.beside(citation, division).meant.clone()
    }

    fn meant_by(&self, citation: &Citation, matched: &Matched) -> BTreeSet<String> {
        let by_number = citation
            .number
            .as_deref()
            .and_then(|number| self.standard.statute_by_number(number));
        let title = fold_title(&citation.title);
        // 《中华人民共和国社会保险法》(2018修正) and the like.
        let within = self.standard.statutes.iter().filter(|statute| {
            statute.rank < Rank::Normative && title.contains(&fold_title(&statute.title))
        });
        let ids = within.chain(by_number).map(|statute| statute.id.clone());
        let both = [&matched.statute, &matched.numbered].into_iter().flatten();
        ids.chain(both.map(|statute| statute.id.clone())).collect()
    }
}

/// The text of the cell a row's legal basis is read from.
fn printed(item: &ItemRecord) -> &str {
    let evidence = item.context.evidence.get("basis");
    evidence.map_or("", |evidence| evidence.quote.as_str())
}

/// For each row the block it belongs to: rows one below the other whose cells read alike. A cell that
/// is merged over them may be printed in slices, which each of them then seems to hold (平顶山's items
/// 12 to 16, 内蒙古's 7 to 9).
pub fn blocks(items: &[ItemRecord]) -> Vec<usize> {
    let mut block = 0;
    let mut last: Option<&str> = None;
    items
        .iter()
        .map(|item| {
            if item.leaf {
                let text = printed(item);
                if text.is_empty() || last != Some(text) {
                    block += 1;
                }
                last = Some(text);
            }
            block
        })
        .collect()
}

/// Whether the title of a citation is not printed in it, but was told by its number: the head of the
/// cell stands in another one, or is lost.
pub fn is_headless(citation: &Citation) -> bool {
    let title = fold_title(&citation.title);
    title.starts_with('…') || !fold_title(&citation.raw).contains(&title)
}

/// Title and number of an instrument: 《…》(国发〔2016〕3号).
pub fn named(statute: &Statute) -> String {
    match &statute.number {
        Some(number) => format!("《{}》（{number}）", statute.title),
        None => format!("《{}》", statute.title),
    }
}

/// What a citation was matched to.
#[derive(Debug, Default)]
struct Matched {
    statute: Option<Arc<Statute>>,
    numbered: Option<Arc<Statute>>,
    number_wrong: bool,
    title_wrong: bool,
}

fn matched(
    citation: &Citation,
    issuer: Option<&Issuer>,
    offices: &[Office],
    known: &[Arc<Statute>],
) -> Matched {
    let regional = offices.iter().any(|office| !office.code.is_empty());
    let number = citation.number.as_deref();
    let carries = |statute: &Statute| {
        number.is_some_and(|n| statute.carries_number(n) || statute.carries_order(n))
    };
    let titled = || {
        known.iter().filter(|statute| {
            statute.is_titled(&citation.title)
                || (!regional && statute.has_subject_of(&citation.title))
        })
    };
    let numbered = number.and_then(|number| {
        let mut told = known.iter().filter(|statute| statute.is_told_by_number());
        told.find(|statute| statute.carries_number(number)).cloned()
    });
    let statute = titled()
        .find(|statute| carries(statute))
        .or_else(|| titled().next())
        .filter(|statute| carries(statute) || is_meant(statute, citation, issuer, offices))
        .cloned();
    if let Some(statute) = statute {
        let printed = !citation.number_printed.is_empty();
        return Matched {
            number_wrong: printed && statute.number.is_some() && !carries(&statute),
            title_wrong: false,
            numbered,
            statute: Some(statute),
        };
    }
    let title_wrong = numbered
        .as_ref()
        .is_some_and(|statute| !may_be_titled(statute, &citation.title));
    Matched {
        // The number of a notice is also that of what is annexed to it: only a title meant to be
        // the notice's own can be a wrong one.
        numbered: numbered.filter(|_| title_wrong),
        title_wrong,
        ..Matched::default()
    }
}

/// Whether a title that a national instrument has means that one though the number is another. A
/// region's notice may have the very title of the national one it carries out (兵医保发〔2022〕29号),
/// where the number is none of a national office.
fn is_meant(
    statute: &Statute,
    citation: &Citation,
    issuer: Option<&Issuer>,
    offices: &[Office],
) -> bool {
    if citation.number_printed.is_empty() || statute.rank < Rank::Normative {
        return true;
    }
    let national = offices.first().and_then(|office| office.tier) == Some(Tier::National);
    national || issuer.is_some_and(|issuer| issuer.tier == Tier::National)
}

/// Whether a title may go with an instrument's number though it is not its title: a part of it, what
/// is annexed to a notice, or a decision to amend it.
fn may_be_titled(statute: &Statute, title: &str) -> bool {
    let printed = fold_title(title).trim_start_matches('…').to_owned();
    let mut own = std::iter::once(&statute.title)
        .chain(&statute.short)
        .map(|title| fold_title(title));
    let amends = printed.contains("修改") || printed.contains("修订") || printed.contains("公布");
    if amends {
        return true;
    }
    if statute.rank == Rank::Normative {
        return own.all(|own| {
            likeness(&own, &printed) < MEANT || own.contains(&printed) || printed.contains(&own)
        });
    }
    own.any(|own| own.contains(&printed) || printed.contains(&own))
}

impl CitationRecord {
    /// The national instrument a wrong title or number is compared with.
    pub fn meant(&self) -> Option<&Statute> {
        self.statute.as_deref().or(self.numbered.as_deref())
    }

    /// Title and number as printed, without articles: 《…》（国发〔2016〕3号）.
    pub fn printed(&self) -> String {
        let citation = &self.citation;
        if citation.number_printed.is_empty() {
            return format!("《{}》", citation.title);
        }
        format!("《{}》（{}）", citation.title, citation.number_printed)
    }

    /// How the instrument's title and number are known.
    pub fn known(&self) -> Option<Known> {
        self.meant().map(|statute| statute.known)
    }

    /// The articles behind the last one: 第14条、第15条.
    pub fn beyond_words(&self) -> Option<String> {
        let words: Vec<String> = self.beyond.iter().map(|n| format!("第{n}条")).collect();
        (!words.is_empty()).then(|| words.join("、"))
    }
}
