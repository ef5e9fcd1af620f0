//! A cron expression as plain lists of numbers, whatever it was written with: names, ranges, steps,
//! 7 for Sunday. Owns the reading of the parsed expression; refuses to write it in any target's way.

use croner::Cron;

/// Bits by which the parser marks a value, in the order of its documentation: the value itself, its
/// first to fifth weekday of the month, the last one, the working day nearest to it.
const PLAIN: u8 = 1;
const LAST: u8 = 1 << 6;
const NEAREST: u8 = 1 << 7;

/// When a job runs, as lists. Lists are sorted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fields {
    /// Seconds of the minute.
    pub seconds: Vec<u32>,
    /// Minutes of the hour.
    pub minutes: Vec<u32>,
    /// Hours of the day.
    pub hours: Vec<u32>,
    /// Months of the year.
    pub months: Vec<u32>,
    /// Days of the month, where they are asked for.
    pub month_days: Option<MonthDays>,
    /// Days of the week, where they are asked for.
    pub week_days: Option<WeekDays>,
    /// Whether a day must be both, where both are asked for; either is enough otherwise.
    pub both: bool,
    /// Whether the working day nearest to a day is asked for, which no target knows.
    pub nearest: bool,
}

/// Days of the month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MonthDays {
    /// By number.
    pub days: Vec<u32>,
    /// The last one, whatever its number.
    pub last: bool,
}

/// Days of the week, 0 for Sunday.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct WeekDays {
    /// In every week.
    pub every: Vec<u32>,
    /// The first to fifth in a month: day and which.
    pub nth: Vec<(u32, u32)>,
    /// The last one in a month.
    pub last: Vec<u32>,
}

impl Fields {
    pub(super) fn of(cron: &Cron) -> Self {
        let pattern = &cron.pattern;
        let bit = |component: &croner::CronComponent, value: u32, bit: u8| {
            let value = u16::try_from(value).unwrap_or(u16::MAX);
            component.is_bit_set(value, bit).unwrap_or(false)
        };
        let list = |component, from: u32, to: u32| -> Vec<u32> {
            (from..=to)
                .filter(|value| bit(component, *value, PLAIN))
                .collect()
        };
        let (days, week) = (&pattern.days, &pattern.days_of_week);
        let nearest =
            (1..=31).any(|day| bit(days, day, NEAREST)) || days.is_feature_enabled(NEAREST);
        let month_days = MonthDays {
            days: list(days, 1, 31),
            last: days.is_feature_enabled(LAST),
        };
        let nth = |which: u32| {
            (0..=6)
                .filter(move |day| bit(week, *day, 1 << which))
                .map(move |day| (day, which))
        };
        let week_days = WeekDays {
            every: list(week, 0, 6),
            nth: (1..=5).flat_map(nth).collect(),
            last: (0..=6).filter(|day| bit(week, *day, LAST)).collect(),
        };
        Self {
            seconds: list(&pattern.seconds, 0, 59),
            minutes: list(&pattern.minutes, 0, 59),
            hours: list(&pattern.hours, 0, 23),
            months: list(&pattern.months, 1, 12),
            month_days: (!pattern.is_dom_wildcard()).then_some(month_days),
            week_days: (!pattern.is_dow_wildcard()).then_some(week_days),
            both: pattern.matches_dom_and_dow(),
            nearest,
        }
    }

    /// Whether it runs in every month.
    pub(super) fn every_month(&self) -> bool {
        self.months.len() == 12
    }

    /// The five fields of a plain crontab. No star stands in a list of days, so that every cron
    /// reads two lists of days as one or the other.
    pub(super) fn plain(&self) -> Result<String, &'static str> {
        if self.seconds != [0] {
            return Err("它不能精确到秒 (it knows no seconds)");
        }
        let days = self.month_days.as_ref().map(|days| (days.last, &days.days));
        let week = self.week_days.as_ref();
        let special = |week: &WeekDays| !week.nth.is_empty() || !week.last.is_empty();
        if self.nearest || days.is_some_and(|(last, _)| last) || week.is_some_and(special) {
            return Err("它没有 L、W、# (it knows no L, W or #)");
        }
        if self.both && days.is_some() && week.is_some() {
            return Err("它不能要求日和星期同时符合 (it cannot ask for day and weekday at once)");
        }
        let star = "*".to_owned();
        Ok([
            or_star(&self.minutes, 60),
            or_star(&self.hours, 24),
            days.map_or(star.clone(), |(_, days)| spans(days, "-")),
            or_star(&self.months, 12),
            week.map_or(star, |week| spans(&week.every, "-")),
        ]
        .join(" "))
    }
}

fn or_star(list: &[u32], whole: usize) -> String {
    if list.len() == whole {
        "*".to_owned()
    } else {
        spans(list, "-")
    }
}

/// A list as short as it goes: one range with a step, or ranges and numbers with commas.
pub(super) fn spans(list: &[u32], to: &str) -> String {
    if let [first, second, .., last] = list
        && list.len() > 2
        && second - first > 1
        && list
            .windows(2)
            .all(|pair| pair[1] - pair[0] == second - first)
    {
        return format!("{first}{to}{last}/{}", second - first);
    }
    let mut parts: Vec<(u32, u32)> = Vec::new();
    for value in list {
        match parts.last_mut() {
            Some((_, end)) if *end + 1 == *value => *end = *value,
            _ => parts.push((*value, *value)),
        }
    }
    let words = parts.iter().map(|(from, until)| match until - from {
        0 => from.to_string(),
        1 => format!("{from},{until}"),
        _ => format!("{from}{to}{until}"),
    });
    words.collect::<Vec<_>>().join(",")
}
