//! By when a region is asked to have answered: so many working days (工作日) after it was told. Owns
//! which findings have such a day; the calendar belongs to the national data.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::report::view::Report;
use crate::standard::{Deadline, Holidays};

/// What stands for a day in a year whose public holidays are not known: no day is guessed.
pub const UNKNOWN: &str = "unknown";

/// Says of every finding that its region was told of by when it is to be answered, and whether that
/// day is past. `told` has the day on which a region was first told of a finding, by its id; a
/// finding that came back is one the region is told of anew.
pub fn set_deadlines(
    report: &mut Report,
    told: &BTreeMap<String, NaiveDate>,
    (holidays, days): (&Holidays, u32),
    today: NaiveDate,
) {
    for finding in &mut report.findings {
        let since: Option<NaiveDate> = finding.since.parse().ok();
        let day = told.get(&finding.id).copied();
        let Some(day) = day.filter(|day| since.is_none_or(|since| since <= *day)) else {
            continue;
        };
        if finding.origin != "document" || finding.status == "waived" {
            continue;
        }
        match holidays.after_working_days(day, days) {
            Deadline::On(last) => {
                finding.due = last.to_string();
                finding.overdue = today > last;
            }
            Deadline::Unknown { .. } => UNKNOWN.clone_into(&mut finding.due),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::view::FindingView;

    fn due(since: &str, told: &str, today: &str, origin: &str) -> (String, bool) {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
        let mut report = Report {
            findings: vec![FindingView {
                id: "a".to_owned(),
                since: since.to_owned(),
                origin: origin.to_owned(),
                ..FindingView::default()
            }],
            ..Report::default()
        };
        let told = BTreeMap::from([("a".to_owned(), day(told))]);
        let holidays = Holidays::load().expect("the calendar");
        set_deadlines(&mut report, &told, (&holidays, 5), day(today));
        let finding = report.findings.remove(0);
        (finding.due, finding.overdue)
    }

    #[test]
    fn days_are_counted_around_long_holidays() {
        // Told on Monday 2024-09-30; 1 to 7 October are off, Saturday the 12th is worked.
        let last = "2024-10-12".to_owned();
        let of = |today| due("2024-09-30", "2024-09-30", today, "document");
        assert_eq!(of("2024-10-12"), (last.clone(), false));
        assert_eq!(of("2024-10-13"), (last, true));
    }

    #[test]
    fn no_day_is_guessed() {
        let of = due("2026-12-30", "2026-12-30", "2027-03-01", "document");
        assert_eq!(of, (UNKNOWN.to_owned(), false));
    }

    #[test]
    fn nobody_is_asked_by_a_day_about_our_reading_or_before_being_told() {
        let nothing = (String::new(), false);
        assert_eq!(
            due("2024-09-30", "2024-09-30", "2025-01-01", "reading"),
            nothing
        );
        // It was told of, mended, and came back: the region is to be told anew.
        assert_eq!(
            due("2024-12-01", "2024-09-30", "2025-01-01", "document"),
            nothing
        );
    }
}
