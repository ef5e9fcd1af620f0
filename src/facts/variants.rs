//! How a list cites one thing all over: faults of form that recur, and instruments cited in several
//! forms. Each is left to the one citation where it is to be reported.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::normalise::name::likeness;
use crate::standard::{Rank, fold_title};

use super::form::FormFault;
use super::instrument::{CitationRecord, is_headless};

/// Likeness from which two titles under one number are meant to be one.
const MEANT: f64 = 0.75;

/// Leaves each fault of form to the first citation of the list that has it, with how many have it.
pub fn forms(records: &mut [CitationRecord]) {
    let mut prints: BTreeMap<FormFault, usize> = BTreeMap::new();
    for fault in records.iter().flat_map(|record| &record.form) {
        *prints.entry(*fault).or_default() += 1;
    }
    let mut seen = BTreeSet::new();
    for record in records {
        record.form.retain(|fault| seen.insert(*fault));
        let counts = record.form.iter().map(|fault| prints[fault]);
        record.form_prints = counts.max().unwrap_or(0);
    }
}

/// A citation as it is compared with others.
struct Shape {
    at: usize,
    /// Folded title.
    title: String,
    /// Number; the forms an order's number may rightly have are one.
    number: String,
    /// Id of the national instrument.
    statute: Option<String>,
}

/// Marks, for each instrument that a list cites in several forms, the first citation that is not in
/// the most common one.
pub fn inconsistent(records: &mut [CitationRecord]) {
    let mut groups: Vec<Vec<Shape>> = Vec::new();
    for (at, record) in records.iter().enumerate() {
        let faulty = record.number_wrong || record.title_wrong || record.citation.number_malformed;
        // A title alone at the end of a cell may have lost its number to the next row.
        let bare = record.citation.number.is_none() && record.citation.articles.is_empty();
        // A law is known by its title; its number may stand or not.
        let law = record.citation.number.is_none()
            && record
                .statute
                .as_ref()
                .is_some_and(|statute| statute.rank == Rank::Law);
        if faulty || bare || law || is_headless(&record.citation) {
            continue;
        }
        let shape = shape(at, record);
        let same = |group: &&mut Vec<Shape>| group.iter().any(|other| is_same(other, &shape));
        match groups.iter_mut().find(same) {
            Some(group) => group.push(shape),
            None => groups.push(vec![shape]),
        }
    }
    for group in groups {
        let mut counts: BTreeMap<(&str, &str), (usize, usize)> = BTreeMap::new();
        for shape in &group {
            let form = (shape.title.as_str(), shape.number.as_str());
            counts.entry(form).or_insert((0, shape.at)).0 += 1;
        }
        // The statute's own title is right however often it is printed; of two titles as common the
        // longer one has not lost letters.
        let most = counts
            .iter()
            .max_by_key(|((title, number), (count, first))| {
                let record = &records[*first];
                let own = record
                    .statute
                    .as_ref()
                    .is_some_and(|statute| statute.is_titled(title));
                (
                    own,
                    !number.is_empty(),
                    *count,
                    title.len(),
                    Reverse(*first),
                )
            });
        let Some((&(title, number), &(_, first))) = most else {
            continue;
        };
        let other = group
            .iter()
            .find(|shape| shape.title != title || shape.number != number);
        if let Some(other) = other {
            records[other.at].other_form = Some(records[first].printed());
        }
    }
}

fn shape(at: usize, record: &CitationRecord) -> Shape {
    let number = match (&record.statute, &record.citation.number) {
        (Some(statute), Some(_)) => statute.number.clone(),
        (_, number) => number.clone(),
    };
    Shape {
        at,
        title: fold_title(&record.citation.title),
        number: number.unwrap_or_default(),
        statute: record.statute.as_ref().map(|statute| statute.id.clone()),
    }
}

/// Whether two citations mean one instrument.
fn is_same(one: &Shape, other: &Shape) -> bool {
    if one.statute.is_some() || other.statute.is_some() {
        return one.statute == other.statute;
    }
    if one.number.is_empty() || other.number.is_empty() {
        return one.title == other.title;
    }
    if one.number == other.number {
        return likeness(&one.title, &other.title) >= MEANT
            || one.title.contains(&other.title)
            || other.title.contains(&one.title);
    }
    // Notices of one title come out year by year; only numbers that nearly agree are one number.
    one.title == other.title && year_and_serial(&one.number) == year_and_serial(&other.number)
}

fn year_and_serial(number: &str) -> Option<&str> {
    number.find('〔').map(|at| &number[at..])
}
