//! Dates as a sheet shows them: by their format where it is made of years, months, days, hours,
//! minutes, seconds and text, as ISO dates otherwise.

use calamine::ExcelDateTime;

/// A moment as its parts.
#[derive(Debug, Clone, Copy)]
struct Moment {
    year: u16,
    month: u8,
    day: u8,
    hour: u8,
    minute: u8,
    second: u8,
}

/// The date as it is shown.
#[must_use]
pub fn date(value: ExcelDateTime, format: &str) -> String {
    if value.is_duration() {
        return duration(value.as_f64());
    }
    let (year, month, day, hour, minute, second, milli) = value.to_ymd_hms_milli();
    let moment = Moment {
        year,
        month,
        day,
        hour,
        minute,
        second,
    };
    // A time of day has no date, and half a second is no moment of its own.
    let timeless = (hour, minute, second, milli) == (0, 0, 0, 0);
    by(moment, format).unwrap_or_else(|| {
        let time = format!("{hour:02}:{minute:02}:{second:02}");
        match (value.as_f64() < 1.0, timeless) {
            (true, _) => time,
            (false, true) => format!("{year:04}-{month:02}-{day:02}"),
            (false, false) => format!("{year:04}-{month:02}-{day:02} {time}"),
        }
    })
}

/// Days as hours, minutes and seconds.
fn duration(days: f64) -> String {
    let sign = if days < 0.0 { "-" } else { "" };
    let seconds = (days.abs() * 86_400.0).round();
    let (hours, rest) = ((seconds / 3600.0).floor(), seconds % 3600.0);
    format!(
        "{sign}{hours:.0}:{:02.0}:{:02.0}",
        (rest / 60.0).floor(),
        rest % 60.0
    )
}

/// The moment by a format; `None` where the format is one that is not followed.
fn by(moment: Moment, format: &str) -> Option<String> {
    let mut text = String::new();
    let mut rest = format;
    let mut after_hours = false;
    let mut any = false;
    while let Some(letter) = rest.chars().next() {
        let mut taken = letter.len_utf8();
        match letter {
            ';' => break,
            '"' => {
                let end = rest[1..].find('"')? + 1;
                text.push_str(&rest[1..end]);
                taken = end + 1;
            }
            '\\' => {
                let literal = rest[1..].chars().next()?;
                text.push(literal);
                taken += literal.len_utf8();
            }
            '_' | '*' => taken += rest[1..].chars().next()?.len_utf8(),
            '[' if rest.starts_with("[$-") => taken = rest.find(']')? + 1,
            _ if letter.is_ascii_alphabetic() => {
                let run = letter.to_ascii_lowercase();
                let same = |c: &char| c.to_ascii_lowercase() == run;
                taken = rest.chars().take_while(same).count();
                let minutes = after_hours || before_seconds(&rest[taken..]);
                text.push_str(&moment.part(run, taken, minutes)?);
                after_hours = run == 'h';
                any = true;
            }
            '0' | '#' | '?' | '@' | '[' => return None,
            _ => text.push(letter),
        }
        rest = &rest[taken..];
    }
    any.then_some(text)
}

/// Whether the next part of a format is that of the seconds.
fn before_seconds(rest: &str) -> bool {
    let mut quoted = false;
    let mut letters = rest.chars().filter(|letter| {
        quoted ^= *letter == '"';
        !quoted && letter.is_ascii_alphabetic()
    });
    letters
        .next()
        .is_some_and(|letter| letter.eq_ignore_ascii_case(&'s'))
}

impl Moment {
    /// A part of the moment in so many letters; `None` for names of months and days, which differ
    /// by language.
    fn part(self, letter: char, width: usize, minutes: bool) -> Option<String> {
        let number = match (letter, width) {
            ('y', 1 | 2) => self.year % 100,
            ('y', 3 | 4) => return Some(format!("{:04}", self.year)),
            ('m', 1 | 2) if minutes => self.minute.into(),
            ('m', 1 | 2) => self.month.into(),
            ('d', 1 | 2) => self.day.into(),
            ('h', 1 | 2) => self.hour.into(),
            ('s', 1 | 2) => self.second.into(),
            _ => return None,
        };
        let width = if letter == 'y' { 2 } else { width };
        Some(format!("{number:0width$}"))
    }
}

/// What a built-in format shows to a Chinese user, where that differs by country (ECMA-376 part 1,
/// 18.8.30, zh-cn).
pub fn built_in(id: Option<u32>) -> Option<&'static str> {
    Some(match id? {
        14 => "yyyy/m/d",
        22 => "yyyy/m/d h:mm",
        27 | 36 | 50 | 52 | 57 => "yyyy\"年\"m\"月\"",
        28 | 29 | 51 | 53 | 54 | 58 => "m\"月\"d\"日\"",
        30 => "m-d-yy",
        31 => "yyyy\"年\"m\"月\"d\"日\"",
        32 => "h\"时\"mm\"分\"",
        33 => "h\"时\"mm\"分\"ss\"秒\"",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use calamine::ExcelDateTimeType;

    use super::*;

    fn shown(value: f64, format: &str) -> String {
        let kind = ExcelDateTimeType::DateTime;
        date(ExcelDateTime::new(value, kind, false), format)
    }

    #[test]
    fn dates_are_shown_by_their_format() {
        assert_eq!(
            shown(45_292.0, "yyyy\"年\"m\"月\"d\"日\";@"),
            "2024年1月1日"
        );
        assert_eq!(shown(45_292.0, "yyyy/m/d"), "2024/1/1");
        assert_eq!(shown(45_292.0, "[$-804]yy\\-mm\\-dd"), "24-01-01");
        assert_eq!(shown(45_292.604_2, "yyyy-mm-dd hh:mm"), "2024-01-01 14:30");
        assert_eq!(shown(0.604_25, "h\"时\"mm\"分\"ss\"秒\""), "14时30分07秒");
        assert_eq!(shown(0.604_25, "mm:ss"), "30:07");
    }

    #[test]
    fn a_format_that_is_not_followed_gives_an_iso_date() {
        assert_eq!(shown(45_292.0, "d-mmm-yy"), "2024-01-01");
        assert_eq!(shown(45_292.5, "[DBNum1]yyyy"), "2024-01-01 12:00:00");
        assert_eq!(shown(0.5, "h:mm AM/PM"), "12:00:00");
        assert_eq!(shown(45_292.0, "General"), "2024-01-01");
    }

    #[test]
    fn a_duration_goes_beyond_a_day() {
        let kind = ExcelDateTimeType::TimeDelta;
        let value = ExcelDateTime::new(1.25, kind, false);
        assert_eq!(date(value, "[h]:mm:ss"), "30:00:00");
    }
}
