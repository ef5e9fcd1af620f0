//! The official calendar of working days (工作日): which days the State Council's notices give off
//! and on which weekends they have people work. Owns the question whether a day is worked and when
//! so many working days are over; refuses to answer for a year whose notice it does not know,
//! because plain weeks are wrong by up to a fortnight around 春节 and 国庆节.

mod deadline;
mod file;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use chrono::{Datelike, NaiveDate, Weekday};

use super::StandardError;
use super::known::Known;

pub use deadline::Deadline;

/// Path and text of the built-in calendar.
const BUILT_IN: (&str, &str) = (
    "rules/national/holidays.toml",
    include_str!("../../../rules/national/holidays.toml"),
);

/// First day of December that a notice about the next year has ever spoken of (2007, 2018).
const REACHES_BACK_TO: u32 = 29;

/// The notices that are known.
#[derive(Debug, Clone)]
pub struct Holidays {
    years: BTreeMap<i32, Arrangement>,
}

/// What the notices arrange for one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrangement {
    /// The year they are about.
    pub year: i32,
    /// The notices, oldest first; where they differ, the days are the last one's.
    pub notices: Vec<Notice>,
    /// How the days are known.
    pub known: Known,
    /// Where the notices were seen.
    pub source: String,
    /// Days off, in their order.
    pub holidays: Vec<Holiday>,
    /// Saturdays and Sundays that are worked (调休上班), in their order.
    pub working: Vec<NaiveDate>,
}

/// A notice of the General Office of the State Council.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Its document number (发文字号).
    pub number: String,
    /// Day of issue (成文日期), where it is known.
    pub issued: Option<NaiveDate>,
}

/// Days off on end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holiday {
    /// What is celebrated, as the notice names it.
    pub name: String,
    /// First day off; may lie at the end of the year before.
    pub from: NaiveDate,
    /// Last day off, inclusive.
    pub to: NaiveDate,
}

impl Holidays {
    /// The calendar that is part of the program.
    ///
    /// # Errors
    /// What is wrong with it, with file and line.
    pub fn load() -> Result<Self, StandardError> {
        let (file, text) = BUILT_IN;
        let years = file::read(file, text)?;
        Ok(Self { years })
    }

    /// The built-in calendar, and an office's own file in its format where one is named: each of
    /// its years takes the place of the built-in one, so that a new notice can be used on the day
    /// of its publication.
    ///
    /// # Errors
    /// A file that cannot be read or is no calendar, with its line.
    pub fn load_with(own: Option<&Path>) -> Result<Self, StandardError> {
        let mut holidays = Self::load()?;
        if let Some(path) = own {
            let file = path.display().to_string();
            let text = fs::read_to_string(path).map_err(|error| StandardError::Unreadable {
                file: file.clone(),
                reason: error.to_string(),
            })?;
            holidays.years.extend(file::read(&file, &text)?);
        }
        Ok(holidays)
    }

    /// What is known, in the order of the years.
    pub fn arrangements(&self) -> impl Iterator<Item = &Arrangement> {
        self.years.values()
    }

    /// Whether a day is a working day (工作日); `None` where that depends on a notice that is not
    /// known.
    #[must_use]
    pub fn is_working_day(&self, day: NaiveDate) -> Option<bool> {
        match self.missing(day) {
            Some(_) => None,
            None => Some(self.is_worked(day)),
        }
    }

    /// The last of so many working days (工作日), of which the first is the first working day after
    /// `from`: the day of receipt does not count. No days at all are over on that day itself.
    #[must_use]
    pub fn after_working_days(&self, from: NaiveDate, days: u32) -> Deadline {
        let mut day = from;
        let mut left = days;
        while left > 0 {
            let Some(next) = day.succ_opt() else {
                return Deadline::Unknown { year: day.year() };
            };
            day = next;
            if let Some(year) = self.missing(day) {
                return Deadline::Unknown { year };
            }
            left -= u32::from(self.is_worked(day));
        }
        Deadline::On(day)
    }

    /// The year whose notice would have to be known to tell whether a day is worked.
    fn missing(&self, day: NaiveDate) -> Option<i32> {
        let own = day.year();
        let mut asked = vec![own];
        if is_reached_back_to(day) {
            asked.push(own + 1);
        }
        asked
            .into_iter()
            .find(|year| !self.years.contains_key(year))
    }

    /// Whether a day that the known notices suffice for is worked. The notice about the next year
    /// is the later one, and goes first.
    fn is_worked(&self, day: NaiveDate) -> bool {
        let spoken = [day.year() + 1, day.year()]
            .iter()
            .filter_map(|year| self.years.get(year))
            .find_map(|arrangement| arrangement.says(day));
        spoken.unwrap_or(!is_weekend(day))
    }
}

impl Arrangement {
    /// Whether the notice has a day worked; `None` where it does not speak of it.
    fn says(&self, day: NaiveDate) -> Option<bool> {
        if self.working.contains(&day) {
            return Some(true);
        }
        let mut holidays = self.holidays.iter();
        holidays
            .any(|holiday| (holiday.from..=holiday.to).contains(&day))
            .then_some(false)
    }
}

fn is_weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// Whether the notice about the next year may arrange this day: the last days of December, where
/// New Year's Day stands beside a weekend that lies before it. All that notices since 2007 took
/// from December were such days: 2018-12-29 was worked for 2018-12-31, 2011-12-31 for 2012-01-03,
/// 2006-12-30 for 2007-01-02.
fn is_reached_back_to(day: NaiveDate) -> bool {
    let Some(new_year) = NaiveDate::from_ymd_opt(day.year() + 1, 1, 1) else {
        return false;
    };
    let beside = matches!(
        new_year.weekday(),
        Weekday::Sun | Weekday::Mon | Weekday::Tue
    );
    beside && day.month() == 12 && day.day() >= REACHES_BACK_TO
}
