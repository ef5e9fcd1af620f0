//! The days by which it is told what was in force: a list is judged by the law of its own time.

use chrono::NaiveDate;

/// The days of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The day of the run.
    pub today: NaiveDate,
    /// The day to judge by instead of each list's own and of today.
    pub as_of: Option<NaiveDate>,
}

impl Moment {
    /// The day by which a list of that year is judged: the first of the year, since what had lapsed
    /// by then had lapsed when the list was issued. `None` for a list that shows no year.
    #[must_use]
    pub fn of_list(self, year: Option<u16>) -> Option<NaiveDate> {
        self.as_of
            .or_else(|| NaiveDate::from_ymd_opt(i32::from(year?), 1, 1))
    }

    /// The day up to which later law is looked at.
    #[must_use]
    pub fn latest(self) -> NaiveDate {
        self.as_of.unwrap_or(self.today)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_that_is_given_stands_for_both() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
        let mut moment = Moment {
            today: day("2026-11-22"),
            as_of: None,
        };
        assert_eq!(moment.of_list(Some(2021)), Some(day("2021-01-01")));
        assert_eq!(
            (moment.of_list(None), moment.latest()),
            (None, day("2026-11-22"))
        );
        moment.as_of = Some(day("2023-06-01"));
        assert_eq!(moment.of_list(Some(2021)), Some(day("2023-06-01")));
        assert_eq!(moment.of_list(None), Some(moment.latest()));
    }
}
