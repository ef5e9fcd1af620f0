//! How 工作日 and 自然日 compare. Owns the arithmetic of weeks and days of rest; refuses a date:
//! a promise is compared with a ceiling for every day on which it may begin.
//!
//! Two bounds are kept apart. What holds in every calendar, long holidays and make-up days
//! included, may be charged; what holds in plain weeks of five working days may only be asked about.

use crate::standard::Unit;

/// Days among which there is a day of rest whatever the make-up days: the longest run of working
/// days that State Council calendars bring about is seven or eight.
const RUN: u32 = 10;
/// Weekdays that a long holiday and a short one beside it can take from thirty days.
const HOLIDAYS: u32 = 9;
/// Weekdays that every further thirty days can lose.
const FURTHER: u32 = 2;

/// A promise counted in the ceiling's unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// What it takes at the least, in any calendar.
    pub least: u32,
    /// What it may take at the most, in plain weeks.
    pub most: u32,
}

/// A promise of so many days in the unit of a ceiling.
#[must_use]
pub fn span(days: u32, unit: Unit, ceiling: Unit) -> Span {
    match (unit, ceiling) {
        (Unit::WorkingDay, Unit::CalendarDay) => Span {
            least: shortest(days),
            most: days + 2 * days.div_ceil(5),
        },
        (Unit::CalendarDay, Unit::WorkingDay) => Span {
            least: fewest(days),
            most: 5 * (days / 7) + (days % 7).min(5),
        },
        _ => Span {
            least: days,
            most: days,
        },
    }
}

/// The fewest calendar days in which so many working days can pass.
fn shortest(days: u32) -> u32 {
    (days..)
        .find(|calendar| calendar - calendar / RUN >= days)
        .unwrap_or(days)
}

/// The fewest working days among so many calendar days.
fn fewest(days: u32) -> u32 {
    let plain = 5 * (days / 7) + (days % 7).saturating_sub(2);
    let lost = HOLIDAYS + FURTHER * (days.saturating_sub(1) / 30);
    plain.saturating_sub(lost)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_compared_by_what_any_calendar_allows() {
        let working = |days| span(days, Unit::WorkingDay, Unit::CalendarDay);
        // 90 working days outlast 90 calendar days; 30 are over within 42.
        assert!(working(90).least > 90);
        assert_eq!(working(30).most, 42);
        assert!(working(10).least > 10);
        assert_eq!(working(5), Span { least: 5, most: 7 });
        let calendar = |days| span(days, Unit::CalendarDay, Unit::WorkingDay);
        // Thirty calendar days hold 20 to 22 working days, fewer with holidays, never under ten.
        assert_eq!(
            calendar(30),
            Span {
                least: 11,
                most: 22
            }
        );
        assert_eq!(calendar(25).most, 19);
        assert_eq!(calendar(15).most, 11);
        assert_eq!(calendar(1), Span { least: 0, most: 1 });
        assert_eq!(calendar(90).least, 51);
    }

    #[test]
    fn one_unit_is_compared_by_number() {
        let same = span(20, Unit::WorkingDay, Unit::WorkingDay);
        assert_eq!(
            same,
            Span {
                least: 20,
                most: 20
            }
        );
    }
}
