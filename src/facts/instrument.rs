//! Each instrument that a list cites, beside the national instrument of its title, the one of its
//! number, and the office its number belongs to. A cell is read once, where it is printed: what it
//! covers by merging has nothing of its own to judge.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;

use crate::normalise::name::likeness;
use crate::normalise::{Citation, garble, squeeze};
use crate::standard::{Issuer, Known, Rank, Standard, Statute, Tier, fold_title};

use super::form::{self, FormFault};
use super::record::{BasisState, Context, Evidence, ItemRecord};

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
    /// Whether its text is damaged all over.
    pub damaged: bool,
}

impl Listed<'_> {
    /// First day of the year the list is of: what had lapsed by then had lapsed when it was issued.
    pub fn day(&self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(i32::from(self.year?), 1, 1)
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
    /// Year the list is of.
    pub year: Option<u16>,
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

/// The office a title begins with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Office {
    /// Its words.
    pub words: String,
    /// Its level.
    pub tier: Option<Tier>,
    /// Code of its region.
    pub code: String,
}

/// The citations of one list.
pub fn citations(
    items: &[ItemRecord],
    list: Listed<'_>,
    standard: &Standard,
) -> Vec<CitationRecord> {
    let known: Vec<Arc<Statute>> = standard.statutes.iter().cloned().map(Arc::new).collect();
    let mut cells: BTreeSet<(u64, u32, u32, &str)> = BTreeSet::new();
    let mut records = Vec::new();
    for item in items
        .iter()
        .filter(|item| item.leaf && item.basis == BasisState::Own)
    {
        let evidence = item.context.evidence.get("basis");
        let cell = evidence.map_or("", |evidence| evidence.quote.as_str());
        if let Some(Evidence { place, .. }) = evidence
            && !cells.insert((place.line, place.row, place.column, cell))
        {
            continue;
        }
        for citation in &item.citations.told {
            records.push(record(item, citation, cell, list, &known, standard));
        }
    }
    forms(&mut records);
    if !list.damaged {
        inconsistent(&mut records);
    }
    records
}

fn record(
    item: &ItemRecord,
    citation: &Citation,
    cell: &str,
    list: Listed<'_>,
    known: &[Arc<Statute>],
    standard: &Standard,
) -> CitationRecord {
    let damage = if list.damaged { DAMAGED } else { 1.0 };
    let certainty = citation.certainty.min(1.0 - garble(cell)).min(damage);
    let issuer = citation
        .number
        .as_deref()
        .and_then(|number| standard.issuers.of_number(number, &standard.regions))
        .filter(|issuer| !issuer.also.iter().any(|code| code == list.division));
    let offices = offices(&citation.title, standard);
    let names_region = issuer.as_ref().is_some_and(|issuer| {
        let mut named = offices.iter().filter(|office| !office.code.is_empty());
        named.any(|office| office.code.get(..2) == Some(issuer.division()))
            || standard
                .regions
                .name_of(issuer.division())
                .is_some_and(|name| citation.title.contains(name))
    });
    let matched = matched(citation, issuer.as_ref(), &offices, known);
    let statute = matched.statute;
    let beyond = match &statute {
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
        .and_then(|statute| standard.statute(statute.superseded_by.as_deref()?))
        .map(named);
    let lapsed = statute.as_ref().and_then(|statute| {
        let day = list.day()?;
        Some(statute.in_force_to.is_some_and(|to| to < day))
    });
    let what = citation.number.as_deref().unwrap_or(&citation.title);
    let mut context = item.context.clone();
    context.identity = format!("{} cites {what}", context.identity);
    if let Some(evidence) = context.evidence.get_mut("basis") {
        evidence.quote.clone_from(&citation.raw);
    }
    CitationRecord {
        context,
        certainty,
        division: list.division.to_owned(),
        damaged: list.damaged,
        year: list.year,
        statute,
        numbered: matched.numbered,
        successor,
        lapsed,
        number_wrong: matched.number_wrong,
        title_wrong: matched.title_wrong,
        beyond,
        issuer,
        office: offices.into_iter().next().unwrap_or_default(),
        names_region,
        form: form::faults(citation, cell),
        form_prints: 0,
        other_form: None,
        citation: citation.clone(),
    }
}

/// Title and number of an instrument: 《…》(国发〔2016〕3号).
pub fn named(statute: &Statute) -> String {
    match &statute.number {
        Some(number) => format!("《{}》（{number}）", statute.title),
        None => format!("《{}》", statute.title),
    }
}

/// What a citation was matched to.
#[derive(Default)]
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

/// The offices a title begins with, in their order; empty where it begins with its subject.
fn offices(title: &str, standard: &Standard) -> Vec<Office> {
    let title = squeeze(title);
    let head = ["关于", "转发", "批转", "印发"]
        .iter()
        .filter_map(|word| title.find(word))
        .min();
    let Some(head) = head.map(|at| &title[..at]).filter(|head| !head.is_empty()) else {
        return Vec::new();
    };
    let mut offices: Vec<Office> = head
        .split_inclusive(['局', '厅', '部', '会', '府', '院', '室'])
        .map(|words| words.trim_matches(['、', ',', ' ']))
        .filter(|words| !words.is_empty())
        .map(|words| office(words, standard))
        .collect();
    // 国家税务总局江苏省税务局 is an office of the province.
    if offices.iter().any(|office| !office.code.is_empty()) {
        offices.retain(|office| office.tier != Some(Tier::National));
    }
    offices
}

fn office(words: &str, standard: &Standard) -> Office {
    let (code, tier) = if standard.issuers.is_national(words) {
        (String::new(), Some(Tier::National))
    } else {
        match standard.regions.find_in(words) {
            Some((code, _)) if code.len() > 2 => (code.to_owned(), Some(Tier::City)),
            Some((code, _)) => (code.to_owned(), Some(Tier::Province)),
            None => (String::new(), None),
        }
    };
    Office {
        words: words.to_owned(),
        tier,
        code,
    }
}

/// Leaves each fault of form to the first citation of the list that has it, with how many have it.
fn forms(records: &mut [CitationRecord]) {
    let mut prints: BTreeMap<FormFault, usize> = BTreeMap::new();
    for fault in records.iter().flat_map(|record| &record.form) {
        *prints.entry(*fault).or_default() += 1;
    }
    let mut seen = BTreeSet::new();
    for record in records {
        record.form.retain(|fault| seen.insert(*fault));
        record.form_prints = record
            .form
            .iter()
            .map(|fault| prints[fault])
            .max()
            .unwrap_or(0);
    }
}

/// Marks, for each instrument that a list cites in several forms, the first citation that is not in
/// the most common one.
fn inconsistent(records: &mut [CitationRecord]) {
    let sound: Vec<usize> = (0..records.len())
        .filter(|at| {
            let record = &records[*at];
            !record.number_wrong
                && !record.title_wrong
                && !record.citation.number_malformed
                && !record.citation.title.starts_with('…')
        })
        .collect();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for at in sound {
        let here = groups.iter_mut().find(|group| {
            group
                .iter()
                .any(|other| is_same(&records[*other], &records[at]))
        });
        match here {
            Some(group) => group.push(at),
            None => groups.push(vec![at]),
        }
    }
    for group in groups {
        let mut counts: BTreeMap<(String, String), (usize, usize)> = BTreeMap::new();
        for at in &group {
            let count = counts.entry(shape(&records[*at])).or_insert((0, *at));
            count.0 += 1;
        }
        if counts.len() < 2 {
            continue;
        }
        let most = counts
            .iter()
            .max_by_key(|(_, (count, first))| (*count, std::cmp::Reverse(*first)));
        let Some((most, (_, first))) = most else {
            continue;
        };
        let (most, cited) = (most.clone(), cite(&records[*first]));
        if let Some(at) = group.iter().find(|at| shape(&records[**at]) != most) {
            records[*at].other_form = Some(cited);
        }
    }
}

/// Title and number without articles.
fn cite(record: &CitationRecord) -> String {
    match &record.citation.number {
        Some(number) => format!("《{}》（{number}）", record.citation.title),
        None => format!("《{}》", record.citation.title),
    }
}

/// Title and number in which forms are compared; the forms an order's number may rightly have are
/// one.
fn shape(record: &CitationRecord) -> (String, String) {
    let number = match (&record.statute, &record.citation.number) {
        (Some(statute), Some(_)) => statute.number.clone(),
        (_, number) => number.clone(),
    };
    (
        fold_title(&record.citation.title),
        number.unwrap_or_default(),
    )
}

/// Whether two citations mean one instrument.
fn is_same(one: &CitationRecord, other: &CitationRecord) -> bool {
    if let (Some(one), Some(other)) = (&one.statute, &other.statute) {
        return one.id == other.id;
    }
    if one.statute.is_some() || other.statute.is_some() {
        return false;
    }
    let titles = (
        fold_title(&one.citation.title),
        fold_title(&other.citation.title),
    );
    match (&one.citation.number, &other.citation.number) {
        (Some(first), Some(second)) if first == second => {
            likeness(&titles.0, &titles.1) >= MEANT
                || titles.0.contains(&titles.1)
                || titles.1.contains(&titles.0)
        }
        // Notices of one title come out year by year; only numbers that nearly agree are one number.
        (Some(first), Some(second)) => {
            titles.0 == titles.1 && year_and_serial(first) == year_and_serial(second)
        }
        _ => titles.0 == titles.1,
    }
}

fn year_and_serial(number: &str) -> Option<&str> {
    number.find('〔').map(|at| &number[at..])
}

impl CitationRecord {
    /// The national instrument a wrong title or number is compared with.
    pub fn meant(&self) -> Option<&Statute> {
        self.statute.as_deref().or(self.numbered.as_deref())
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
