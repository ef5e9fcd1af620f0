//! The ceiling of a time limit (办理时限): the longest a region may take. Owns its two layers - the
//! national list's own and the statute's beside it - and its normal form; refuses to compare
//! 自然日 with 工作日, which no number can settle.

use std::collections::BTreeMap;
use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::known::{Confidence, Known, Provenance, RawProvenance};

/// What a limit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Unit {
    /// 工作日
    #[serde(rename = "wd")]
    WorkingDay,
    /// 自然日, calendar days
    #[serde(rename = "cd")]
    CalendarDay,
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::WorkingDay => "wd",
            Self::CalendarDay => "cd",
        })
    }
}

/// The clause a ceiling rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CeilingStatute {
    /// Id in `statutes.toml`.
    pub id: String,
    /// Title, as in `statutes.toml`.
    pub title: String,
    /// Number of the article (第N条); `None` where the article was not seen.
    pub article: Option<u32>,
}

/// The longest time an item may take under one condition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ceiling {
    /// Whom or what it holds for (`在职职工`, `线上`); empty where it holds for everything.
    pub condition: String,
    /// Number of days; `None` is 即时办结.
    pub days: Option<u32>,
    /// What `days` counts; without meaning where `days` is `None`.
    pub unit: Unit,
    /// How it is known.
    pub provenance: Provenance,
    /// The clause it rests on; present exactly where it is known from a statute.
    pub statute: Option<CeilingStatute>,
    /// First day on which the clause binds; `None` where the ceiling is the list's own.
    pub effective_from: Option<NaiveDate>,
    /// Whether the national list itself states it. `false`: a clause that binds beside the list,
    /// whatever the list says (生育津贴 in 2020: the list 20, 经办条例第二十条 10 since 2023-12-01).
    pub in_list: bool,
    /// A remark in words, such as that the clause says 原则上.
    pub note: Option<String>,
}

impl Ceiling {
    /// Number of days in its own unit, 0 for 即时办结.
    pub fn days_or_zero(&self) -> u32 {
        self.days.unwrap_or(0)
    }

    /// Whether it binds on that day.
    pub fn in_force_on(&self, day: NaiveDate) -> bool {
        self.effective_from.is_none_or(|from| from <= day)
    }

    /// How it is known.
    pub fn known(&self) -> Known {
        self.provenance.known
    }
}

/// The normal form of one clause: `immediate`, `<=5 wd`, `<=90 cd`.
impl fmt::Display for Ceiling {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.days {
            None => f.write_str("immediate"),
            Some(days) => write!(f, "<={days} {}", self.unit),
        }
    }
}

/// A ceiling as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCeiling {
    #[serde(default)]
    condition: String,
    days: Option<u32>,
    unit: Option<Unit>,
    #[serde(default)]
    immediate: bool,
    known: Known,
    confidence: Option<Confidence>,
    source: Vec<String>,
    statute: Option<CeilingStatute>,
    effective_from: Option<NaiveDate>,
    #[serde(default = "yes")]
    in_list: bool,
    note: Option<String>,
}

fn yes() -> bool {
    true
}

impl RawCeiling {
    /// Checks that it is one limit and that a statute is named where one is claimed; `Err` says
    /// what to mend.
    pub(super) fn resolve(self, sources: &BTreeMap<String, String>) -> Result<Ceiling, String> {
        let (days, unit) = match (self.immediate, self.days, self.unit) {
            (true, None, None) => (None, Unit::WorkingDay),
            (false, Some(0), _) => return Err("write `immediate = true` instead of 0 days".into()),
            (false, Some(days), Some(unit)) => (Some(days), unit),
            (false, Some(_), None) => return Err("`days` needs `unit` (\"wd\" or \"cd\")".into()),
            _ => return Err("a ceiling is either `immediate = true` or `days` and `unit`".into()),
        };
        if self.statute.is_some() != (self.known == Known::Statute) {
            return Err("`statute` and `known = \"statute\"` go together".into());
        }
        if !self.in_list && self.statute.is_none() {
            return Err("`in_list = false` needs the `statute` that binds beside the list".into());
        }
        let provenance = RawProvenance {
            known: self.known,
            confidence: self.confidence,
            source: self.source,
        };
        Ok(Ceiling {
            condition: self.condition,
            days,
            unit,
            provenance: provenance.resolve(sources)?,
            statute: self.statute,
            effective_from: self.effective_from,
            in_list: self.in_list,
            note: self.note,
        })
    }
}
