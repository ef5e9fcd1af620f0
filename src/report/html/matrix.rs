//! Rules against lists: how many findings of each rule each list has, and where the first one is.
//! Owns the order of the rows; refuses any judgement beyond counting.

use std::collections::BTreeMap;

use super::card::Card;
use super::section::{Section, rank};
use crate::report::view::RuleView;

/// The table, and the rules that did not make it into a row.
pub(super) struct Matrix<'a> {
    /// Rules with findings, the gravest first, otherwise in the order of the rule set.
    pub rows: Vec<Row<'a>>,
    /// Rules without any finding.
    pub quiet: Vec<&'a RuleView>,
}

/// One rule.
pub(super) struct Row<'a> {
    pub id: &'a str,
    pub title: &'a str,
    pub severity: &'a str,
    /// One cell for each section, in the order of the sections.
    pub cells: Vec<Cell<'a>>,
    /// All findings of the rule.
    pub total: usize,
}

/// One rule in one list. What we could not read is counted apart, so that the colour of a cell never
/// accuses a region of our own fault.
#[derive(Default)]
pub(super) struct Cell<'a> {
    pub document: Option<Tally<'a>>,
    pub reading: Option<Tally<'a>>,
}

/// A number of findings.
pub(super) struct Tally<'a> {
    pub count: usize,
    /// The gravest severity among them: a rule's severity may differ from list to list.
    pub severity: &'a str,
    /// Id of the first of them in the order of the page, which is the gravest.
    pub first: &'a str,
}

impl<'a> Matrix<'a> {
    pub fn new(rules: &'a [RuleView], sections: &[Section<'a>]) -> Self {
        let mut rows: BTreeMap<&'a str, Row<'a>> = BTreeMap::new();
        for (column, section) in sections.iter().enumerate() {
            for card in section.cards() {
                let finding = card.finding;
                let row = rows.entry(&finding.rule).or_insert_with(|| Row {
                    id: &finding.rule,
                    title: card.title,
                    severity: &finding.severity,
                    cells: sections.iter().map(|_| Cell::default()).collect(),
                    total: 0,
                });
                row.total += 1;
                if rank(&finding.severity) < rank(row.severity) {
                    row.severity = &finding.severity;
                }
                row.cells[column].count(card);
            }
        }
        let mut ordered: Vec<Row<'a>> = rules
            .iter()
            .filter_map(|rule| rows.remove(rule.id.as_str()))
            .collect();
        ordered.extend(rows.into_values());
        ordered.sort_by_key(|row| rank(row.severity));
        let quiet = rules
            .iter()
            .filter(|rule| !ordered.iter().any(|row| row.id == rule.id))
            .collect();
        Matrix {
            rows: ordered,
            quiet,
        }
    }

    /// Whether any cell counts a finding about our reading.
    pub fn has_reading(&self) -> bool {
        self.rows
            .iter()
            .flat_map(|row| &row.cells)
            .any(|cell| cell.reading.is_some())
    }
}

impl<'a> Cell<'a> {
    fn count(&mut self, card: &Card<'a>) {
        let finding = card.finding;
        let tally = if card.is_reading() {
            &mut self.reading
        } else {
            &mut self.document
        };
        tally
            .get_or_insert(Tally {
                count: 0,
                severity: &finding.severity,
                first: &finding.id,
            })
            .count += 1;
    }
}
