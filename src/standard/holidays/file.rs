//! A calendar as its file states it. Owns the keys and what contradicts itself; refuses days that
//! no notice can mean, because one wrong digit moves every deadline behind it.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde::Deserialize;
use toml::Spanned;

use super::{Arrangement, Holiday, Notice, REACHES_BACK_TO, is_weekend};
use crate::config::line_of;
use crate::standard::known::Known;
use crate::standard::{StandardError, parse};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    year: Vec<RawYear>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawYear {
    year: Spanned<i32>,
    notices: Vec<RawNotice>,
    known: Known,
    source: Spanned<String>,
    holidays: Spanned<Vec<RawHoliday>>,
    working: Vec<Spanned<NaiveDate>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawNotice {
    number: Spanned<String>,
    issued: Option<NaiveDate>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawHoliday {
    name: String,
    from: Spanned<NaiveDate>,
    to: Spanned<NaiveDate>,
}

/// Reads a calendar; `file` is the name that errors carry.
///
/// # Errors
/// What is wrong with it, with file and line.
pub(super) fn read(file: &str, text: &str) -> Result<BTreeMap<i32, Arrangement>, StandardError> {
    let raw: RawFile = parse(file, text)?;
    let place = Place { file, text };
    let mut years = BTreeMap::new();
    for raw in raw.year {
        let year = *raw.year.get_ref();
        if years.contains_key(&year) {
            let message = format!("{year} 年写了两次，请合为一处 (the year is there twice)");
            return Err(place.fault(&raw.year, message));
        }
        years.insert(year, place.arrangement(raw)?);
    }
    Ok(years)
}

struct Place<'a> {
    file: &'a str,
    text: &'a str,
}

impl Place<'_> {
    fn arrangement(&self, raw: RawYear) -> Result<Arrangement, StandardError> {
        let year = *raw.year.get_ref();
        if raw.source.get_ref().trim().is_empty() {
            let message = "请写明 source：通知见于何处 (state where the notice was seen)";
            return Err(self.fault(&raw.source, message.to_owned()));
        }
        if raw.holidays.get_ref().is_empty() {
            let message = format!("{year} 年没有放假的日子，请照通知写全 (no days off)");
            return Err(self.fault(&raw.holidays, message));
        }
        let mut arrangement = Arrangement {
            year,
            notices: self.notices(raw.notices, &raw.year)?,
            known: raw.known,
            source: raw.source.into_inner(),
            holidays: Vec::new(),
            working: Vec::new(),
        };
        for holiday in raw.holidays.into_inner() {
            let holiday = self.holiday(holiday, &arrangement)?;
            arrangement.holidays.push(holiday);
        }
        for day in raw.working {
            let worked = self.worked(&day, &arrangement)?;
            arrangement.working.push(worked);
        }
        arrangement.holidays.sort_by_key(|holiday| holiday.from);
        arrangement.working.sort();
        Ok(arrangement)
    }

    fn notices(
        &self,
        raw: Vec<RawNotice>,
        year: &Spanned<i32>,
    ) -> Result<Vec<Notice>, StandardError> {
        if raw.is_empty() {
            let message = "请在 notices 中写明通知的文号 (state the notice's number)";
            return Err(self.fault(year, message.to_owned()));
        }
        let one = |notice: RawNotice| {
            if notice.number.get_ref().trim().is_empty() {
                let message = "通知的文号是空的 (the notice has no number)";
                return Err(self.fault(&notice.number, message.to_owned()));
            }
            Ok(Notice {
                number: notice.number.into_inner(),
                issued: notice.issued,
            })
        };
        raw.into_iter().map(one).collect()
    }

    fn holiday(&self, raw: RawHoliday, so_far: &Arrangement) -> Result<Holiday, StandardError> {
        let holiday = Holiday {
            name: raw.name,
            from: *raw.from.get_ref(),
            to: *raw.to.get_ref(),
        };
        for day in [&raw.from, &raw.to] {
            self.lies_in(day, so_far.year)?;
        }
        if holiday.to < holiday.from {
            let message = format!(
                "{}的 to（{}）在 from（{}）之前 (it ends before it begins)",
                holiday.name, holiday.to, holiday.from
            );
            return Err(self.fault(&raw.to, message));
        }
        let overlaps = |other: &&Holiday| other.from <= holiday.to && holiday.from <= other.to;
        if let Some(other) = so_far.holidays.iter().find(overlaps) {
            let message = format!(
                "{}与{}有相同的日子 (two holidays share days)",
                holiday.name, other.name
            );
            return Err(self.fault(&raw.from, message));
        }
        Ok(holiday)
    }

    /// A day that is worked: a weekend's, not given off, named once.
    fn worked(
        &self,
        raw: &Spanned<NaiveDate>,
        so_far: &Arrangement,
    ) -> Result<NaiveDate, StandardError> {
        let day = *raw.get_ref();
        self.lies_in(raw, so_far.year)?;
        let wrong = match so_far.says(day) {
            Some(true) => "写了两次 (is there twice)",
            Some(false) => "同时列在放假的日子里 (is given off as well)",
            None if !is_weekend(day) => {
                "不是周六或周日，本来就上班，请核对日期 (is no Saturday or Sunday)"
            }
            None => return Ok(day),
        };
        Err(self.fault(raw, format!("调休上班的 {day} {wrong}")))
    }

    /// Refuses a day that a notice about that year does not speak of.
    fn lies_in(&self, raw: &Spanned<NaiveDate>, year: i32) -> Result<(), StandardError> {
        let day = *raw.get_ref();
        let before = day.year() == year - 1 && day.month() == 12 && day.day() >= REACHES_BACK_TO;
        if day.year() == year || before {
            return Ok(());
        }
        let message = format!("{day} 不在 {year} 年内，请核对年份 (not a day of that year)");
        Err(self.fault(raw, message))
    }

    fn fault<T>(&self, at: &Spanned<T>, message: String) -> StandardError {
        StandardError::Value {
            file: self.file.to_owned(),
            line: line_of(self.text, Some(at.span())),
            message,
        }
    }
}
