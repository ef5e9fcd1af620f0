//! What an official document says, value by value, and what of it can't be taken.

use crate::facts::{ItemRecord, List, MainRecord};
use crate::normalise::{Citation, Limit, Materials, Promise, Steps, Unit, parse_main, parse_sub};
use crate::standard::{Edition, Field};

use super::{Kept, Reason, RevisionError};

/// Certainty from which a value is taken: that of text that was read without mending.
const SURE: f64 = 0.9;

/// A clause of a time limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// Whom or what it holds for; empty where it holds for everything.
    pub condition: String,
    /// Days; `None` for 即时办结.
    pub days: Option<u32>,
    /// `wd` 工作日 or `cd` 自然日.
    pub unit: &'static str,
}

/// A main item as read.
#[derive(Debug, Clone)]
pub struct ReadMain {
    /// Its number.
    pub number: usize,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    line: u64,
}

/// An item as read; `None` is a value that can't be taken.
#[derive(Debug, Clone)]
pub struct ReadItem {
    /// Its number.
    pub seq: u32,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Code of its main item.
    pub main: String,
    /// Code of the item of the old edition that it is.
    pub before: Option<String>,
    /// Steps.
    pub steps: Option<Vec<String>>,
    /// Materials.
    pub materials: Option<Vec<String>>,
    /// Time limit.
    pub limit: Option<Vec<Clause>>,
    /// Instruments of its legal basis.
    pub basis: Option<Vec<Citation>>,
    line: u64,
}

impl ReadItem {
    /// Number of its values that are taken: code, name and main item always.
    pub fn taken(&self) -> usize {
        let others = [
            self.steps.is_some(),
            self.materials.is_some(),
            self.limit.is_some(),
            self.basis.is_some(),
        ];
        3 + others.into_iter().filter(|taken| *taken).count()
    }
}

/// Everything that was read.
#[derive(Debug, Default)]
pub struct Read {
    /// Main items in order.
    pub mains: Vec<ReadMain>,
    /// Items in order.
    pub items: Vec<ReadItem>,
    /// What can't be taken.
    pub kept: Vec<Kept>,
}

impl Read {
    /// Line of the entry of that code, or of that name; 0 where there is none.
    pub fn line_of(&self, code: &str, name: &str) -> u64 {
        let items = self
            .items
            .iter()
            .map(|item| (&item.code, &item.name, item.line));
        let mains = self
            .mains
            .iter()
            .map(|main| (&main.code, &main.name, main.line));
        let mut all = items.chain(mains);
        all.find(|(own, called, _)| *own == code || *called == name)
            .map_or(0, |(.., line)| line)
    }
}

/// Whether a document was read whole and sound.
///
/// # Errors
/// What is missing or contradicts itself.
pub fn whole(list: &List) -> Result<(), RevisionError> {
    let file = list.name.clone();
    let record = &list.record;
    if record.damaged || !list.is_judged() {
        return Err(RevisionError::Damaged { file });
    }
    let fails = |reason: String| {
        Err(RevisionError::NotWhole {
            file: file.clone(),
            reason,
        })
    };
    if !record.gaps.is_empty() || !record.breaks.is_empty() {
        let missing = format!("{} {}", record.gaps, record.breaks);
        return fails(format!(
            "子项序号不连续：{} (numbers of items are missing)",
            missing.trim()
        ));
    }
    let claims = [
        ("子项", record.tally.items_claimed, record.items),
        ("主项", record.tally.mains_claimed, list.mains.len()),
    ];
    for (what, claimed, found) in claims {
        if let Some(claimed) = claimed.filter(|claimed| *claimed != found) {
            return fails(format!(
                "文件自称有{claimed}个{what}，读到{found}个 (the document's own total differs)"
            ));
        }
    }
    for main in &list.mains {
        if parse_main(&main.code_printed).is_err() || main.name_printed.is_empty() {
            return fails(format!(
                "第{}行：主项“{}”的编码“{}”不合规则 (malformed main code)",
                main.context.place.line, main.name_printed, main.code_printed
            ));
        }
    }
    let mut codes = Vec::new();
    for item in items(list) {
        let code = &item.code_printed;
        let unsure =
            item.certainty.name < SURE || item.name_damaged || item.name_printed.is_empty();
        if parse_sub(code).is_err() || codes.contains(&code) || unsure {
            return fails(format!(
                "第{}行：子项“{}”的编码“{code}”不合规则、重复，或名称未能可靠识读 (code or name can't be taken)",
                item.context.place.line, item.name_printed
            ));
        }
        codes.push(code);
    }
    Ok(())
}

fn items(list: &List) -> impl Iterator<Item = &ItemRecord> {
    list.items
        .iter()
        .filter(|item| item.context.level == "item")
}

/// Reads every value beside the edition it revises.
pub fn read(list: &List, base: &Edition) -> Read {
    let mut read = Read {
        mains: list.mains.iter().enumerate().map(main).collect(),
        ..Read::default()
    };
    for (index, item) in items(list).enumerate() {
        let entry = format!("{} {}", item.code_printed, item.name_printed);
        let line = item.context.place.line;
        let kept = &mut read.kept;
        let mut take = |field, lost: Option<Reason>| {
            let reason = if item.leaf {
                lost
            } else {
                Some(Reason::Divided)
            };
            if let Some(reason) = reason {
                let entry = entry.clone();
                kept.push(Kept {
                    entry,
                    field,
                    reason,
                    line,
                });
            }
            reason.is_none()
        };
        let steps =
            take(Field::Steps, lost_steps(item)).then(|| item.steps_value.listed().to_vec());
        let materials = take(Field::Materials, lost_materials(item)).then(|| materials(item));
        let limit = take(Field::Limit, lost_limit(item)).then(|| limit(item));
        let basis = take(Field::Basis, lost_basis(item)).then(|| item.citations.told.clone());
        let before = base
            .item_by_code(&item.code_printed)
            .map(|before| before.code.clone());
        read.items.push(ReadItem {
            seq: u32::try_from(index + 1).unwrap_or(u32::MAX),
            code: item.code_printed.clone(),
            name: item.name_printed.clone(),
            main: list.mains[item.main].code_printed.clone(),
            before: before.or_else(|| item.national_code.clone()),
            steps,
            materials,
            limit,
            basis,
            line,
        });
    }
    read
}

fn main((index, main): (usize, &MainRecord)) -> ReadMain {
    ReadMain {
        number: index + 1,
        code: main.code_printed.clone(),
        name: main.name_printed.clone(),
        line: main.context.place.line,
    }
}

fn lost(empty: bool, unsure: bool) -> Option<Reason> {
    match (empty, unsure) {
        (true, _) => Some(Reason::Empty),
        (_, true) => Some(Reason::Unsure),
        _ => None,
    }
}

fn lost_steps(item: &ItemRecord) -> Option<Reason> {
    let unreadable = item.steps_value == Steps::Unreadable;
    lost(
        item.steps_value == Steps::Missing,
        unreadable || item.certainty.steps < SURE,
    )
}

fn lost_materials(item: &ItemRecord) -> Option<Reason> {
    let listed = matches!(item.materials_value, Materials::Listed(_));
    let empty = item.materials_value == Materials::Missing;
    lost(empty, !listed || item.certainty.materials < SURE)
}

fn materials(item: &ItemRecord) -> Vec<String> {
    match &item.materials_value {
        Materials::Listed(listed) => listed.iter().map(|one| one.name.clone()).collect(),
        _ => Vec::new(),
    }
}

fn lost_limit(item: &ItemRecord) -> Option<Reason> {
    let numberless = |promise: Promise| matches!(promise, Promise::Within { days: None, .. });
    let clauses = item.limit_value.clauses();
    let unsure = clauses.is_empty() || clauses.iter().any(|clause| numberless(clause.promise));
    lost(
        item.limit_value == Limit::Missing,
        unsure || item.certainty.limit < SURE,
    )
}

fn limit(item: &ItemRecord) -> Vec<Clause> {
    let clauses = item.limit_value.clauses().iter();
    clauses
        .map(|clause| {
            let (days, unit) = match clause.promise {
                Promise::Immediate => (None, "wd"),
                Promise::Within {
                    days,
                    unit: Unit::WorkingDays,
                } => (days, "wd"),
                Promise::Within {
                    days,
                    unit: Unit::CalendarDays,
                } => (days, "cd"),
            };
            Clause {
                condition: clause.label.clone(),
                days,
                unit,
            }
        })
        .collect()
}

fn lost_basis(item: &ItemRecord) -> Option<Reason> {
    let citations = &item.citations;
    let empty = citations.told.is_empty() && citations.untold.is_empty();
    let malformed = citations
        .told
        .iter()
        .any(|one| one.number_malformed || one.certainty < SURE);
    lost(
        empty,
        citations.lost() || malformed || item.certainty.citations < SURE,
    )
}
