//! What became of each national item in every list. Owns the state of a cell and the standing of a
//! limit; refuses a verdict of its own: a fault is one that a rule found, and what may only not have
//! been read is never called missing.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use crate::check::Finding;
use crate::facts::{Facts, ItemRecord, LimitRecord, List};
use crate::rules::{Origin, Severity};
use crate::standard::{Ceiling, Edition, Item, Standard, Unit};

use super::view::{CeilingView, CellView, ClauseView, NationalItemView, Standing, State};

/// Certainty below which a list with gaps can't be said to lack an item.
const WHOLE: f64 = 0.8;

/// The national items of all editions that a list is judged by, in the order of their codes; their
/// cells in the order of `lists`, which are indices into the facts.
pub(super) fn national_items(
    facts: &Facts,
    standard: &Standard,
    findings: &[Finding],
    lists: &[usize],
    today: Option<NaiveDate>,
) -> Vec<NationalItemView> {
    let columns: Vec<Column<'_>> = lists
        .iter()
        .filter_map(|&index| Column::new(index, facts, standard, findings))
        .collect();
    let mut items: BTreeMap<&str, Vec<(&Edition, &Item)>> = BTreeMap::new();
    for edition in &standard.editions {
        if columns.iter().any(|c| c.edition.year == edition.year) {
            for item in &edition.items {
                items.entry(&item.code).or_default().push((edition, item));
            }
        }
    }
    items
        .into_values()
        .filter_map(|mut editions| {
            editions.sort_by_key(|(edition, _)| edition.year);
            let (newest, item) = editions.last().copied()?;
            Some(NationalItemView {
                code: item.code.clone(),
                name: item.name.clone(),
                main_code: item.main.clone(),
                main: newest
                    .main_of(item)
                    .map_or_else(String::new, |main| main.name.clone()),
                ceilings: ceilings(&editions, today),
                cells: columns.iter().map(|column| column.cell(item)).collect(),
            })
        })
        .collect()
}

/// What the editions and the statutes in force allow.
fn ceilings(editions: &[(&Edition, &Item)], today: Option<NaiveDate>) -> Vec<CeilingView> {
    let mut views = Vec::new();
    for (edition, item) in editions {
        let in_force = |ceiling: &&Ceiling| {
            ceiling.in_list || today.is_none_or(|today| ceiling.in_force_on(today))
        };
        for ceiling in item.ceilings.iter().filter(in_force) {
            views.push(CeilingView {
                edition: edition.year.to_string(),
                condition: ceiling.condition.clone(),
                days: ceiling.days_or_zero(),
                unit: ceiling
                    .days
                    .map_or_else(String::new, |_| ceiling.unit.to_string()),
                known: ceiling.known().to_string(),
                source: ceiling
                    .statute
                    .as_ref()
                    .map_or_else(String::new, |statute| match statute.article {
                        Some(article) => format!("《{}》第{article}条", statute.title),
                        None => format!("《{}》", statute.title),
                    }),
                in_list: ceiling.in_list,
            });
        }
    }
    views
}

/// One list, with what is known of its items by national code.
struct Column<'a> {
    list: &'a List,
    edition: &'a Edition,
    entries: HashMap<&'a str, Vec<&'a ItemRecord>>,
    limits: HashMap<&'a str, Vec<&'a LimitRecord>>,
    findings: HashMap<&'a str, Vec<&'a Finding>>,
}

impl<'a> Column<'a> {
    fn new(
        index: usize,
        facts: &'a Facts,
        standard: &'a Standard,
        findings: &'a [Finding],
    ) -> Option<Self> {
        let list = facts.lists.get(index)?;
        let edition = standard
            .edition(list.identity.edition)
            .or(standard.newest())?;
        let mut entries: HashMap<&str, Vec<&ItemRecord>> = HashMap::new();
        // A finding carries what its entry was understood as; that tells its national item.
        let mut known = HashMap::new();
        for record in &list.items {
            let Some(code) = record.national_code.as_deref() else {
                continue;
            };
            let context = &record.context;
            let name = (&*context.code, &*context.name);
            known.insert((context.level, context.seq, name), code);
            entries.entry(code).or_default().push(record);
        }
        let mut limits: HashMap<&str, Vec<&LimitRecord>> = HashMap::new();
        for limit in facts.limits.iter().filter(|l| l.context.list == index) {
            if let Some(code) = limit.national.as_deref() {
                limits.entry(code).or_default().push(limit);
            }
        }
        let mut by_item: HashMap<&str, Vec<&Finding>> = HashMap::new();
        for finding in findings.iter().filter(|finding| finding.list == index) {
            let name = (&*finding.code, &*finding.name);
            let code = known
                .get(&(finding.level, finding.seq, name))
                .copied()
                .or_else(|| expected(finding, edition));
            if let Some(code) = code {
                by_item.entry(code).or_default().push(finding);
            }
        }
        for findings in by_item.values_mut() {
            findings.sort_by_key(|f| (f.origin, std::cmp::Reverse(f.severity)));
        }
        Some(Column {
            list,
            edition,
            entries,
            limits,
            findings: by_item,
        })
    }

    fn cell(&self, item: &Item) -> CellView {
        let code = item.code.as_str();
        let entries = self.entries.get(code).map_or(&[][..], Vec::as_slice);
        let findings = self.findings.get(code).map_or(&[][..], Vec::as_slice);
        let limits = self.limits.get(code).map_or(&[][..], Vec::as_slice);
        let items: Vec<&str> = entries
            .iter()
            .filter(|record| record.context.level == "item")
            .map(|record| record.limit.as_str())
            .collect();
        let clauses: Vec<ClauseView> = limits.iter().map(|limit| clause(limit)).collect();
        let limit = items.join("; ");
        CellView {
            state: self.state(code, entries, findings),
            standing: standing(&limit, &clauses),
            limit,
            clauses,
            findings: findings.iter().map(|finding| finding.id.clone()).collect(),
        }
    }

    fn state(&self, code: &str, entries: &[&ItemRecord], findings: &[&Finding]) -> State {
        let fault = findings
            .iter()
            .any(|f| f.origin == Origin::Document && f.severity >= Severity::Warning);
        let doubtful = findings.iter().any(|f| f.origin == Origin::Reading);
        if entries.is_empty() && self.edition.item_by_code(code).is_none() {
            State::NotInEdition
        } else if !self.list.is_judged() {
            State::Unreadable
        } else if entries.is_empty() {
            let surely = self.list.record.complete >= WHOLE && !doubtful;
            if fault || surely {
                State::Missing
            } else {
                State::Unreadable
            }
        } else if fault {
            State::Fault
        } else if doubtful {
            State::Unreadable
        } else {
            State::Fine
        }
    }
}

/// The national item that a finding misses in a list.
fn expected<'a>(finding: &Finding, edition: &'a Edition) -> Option<&'a str> {
    if finding.level != "item" || finding.seq.is_some() {
        return None;
    }
    let item = edition.item_by_code(&finding.code)?;
    (item.name == finding.name).then_some(&item.code)
}

fn clause(limit: &LimitRecord) -> ClauseView {
    ClauseView {
        label: limit.label.clone(),
        days: limit.days,
        unit: match limit.days {
            Some(0) => String::new(),
            _ => limit.unit.to_owned(),
        },
        standing: clause_standing(limit),
    }
}

fn clause_standing(limit: &LimitRecord) -> Standing {
    let Some(days) = limit.days else {
        return Standing::Unreadable;
    };
    let Some(ceiling) = &limit.ceiling else {
        return Standing::NoCeiling;
    };
    let most = ceiling.days_or_zero();
    let least = limit.span.map_or(days, |span| span.least);
    let same = match ceiling.unit {
        Unit::WorkingDay => limit.unit == "wd",
        Unit::CalendarDay => limit.unit == "cd",
    };
    if least > most {
        Standing::Over
    } else if days == most && (same || days == 0) {
        Standing::At
    } else if same || days == 0 {
        Standing::Under
    } else {
        Standing::OtherUnit
    }
}

/// Where a limit as a whole stands: where its gravest clause does.
fn standing(limit: &str, clauses: &[ClauseView]) -> Standing {
    let gravest = clauses.iter().map(|clause| clause.standing).min();
    let whole = match limit {
        "" => return Standing::None,
        _ if limit.contains("unreadable") => Some(Standing::Unreadable),
        _ if limit.contains("missing") => Some(Standing::Missing),
        _ => None,
    };
    let gravest = [gravest, whole].into_iter().flatten().min();
    gravest.unwrap_or(Standing::Unreadable)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clause(standing: Standing) -> ClauseView {
        ClauseView {
            label: String::new(),
            days: Some(1),
            unit: "wd".to_owned(),
            standing,
        }
    }

    #[test]
    fn the_gravest_clause_tells_where_a_limit_stands() {
        let at = [clause(Standing::Under), clause(Standing::At)];
        assert_eq!(standing("<=1 wd; <=2 wd", &at), Standing::At);
        let over = [clause(Standing::Unreadable), clause(Standing::Over)];
        assert_eq!(standing("<=? wd; <=2 wd", &over), Standing::Over);
        let one = [clause(Standing::Under)];
        assert_eq!(
            standing("业务35: missing; 业务36: <=1 wd", &one),
            Standing::Missing
        );
        assert_eq!(standing("missing", &[]), Standing::Missing);
        assert_eq!(standing("", &[]), Standing::None);
    }
}
