//! Numbers and dates as a sheet shows them: by their number format where it is one that can be
//! followed, as plain digits or an ISO date otherwise. A long number is never shown in exponents,
//! whatever the sheet shows, because a code may have been typed as one.

use super::date;

/// Digits from which a number may be a code that was typed as a number: the shortest code,
/// 002036001001 or 00203600101, has nine or ten left without its zeros.
const LONG: usize = 9;

/// Digits that a program keeps of a number.
const KEPT: i32 = 15;

/// A number as it is shown, and whether it is a long one whose zeros or last digits may be lost.
#[must_use]
pub fn number(value: f64, format: &str) -> (String, bool) {
    let digits = plain(value);
    let count = digits.bytes().filter(u8::is_ascii_digit).count();
    let whole = value.fract() == 0.0;
    if whole && count >= LONG {
        // A format of as many zeros as a code has digits shows the zeros that the number lost.
        let zeros = !format.is_empty() && format.bytes().all(|byte| byte == b'0');
        return match zeros && value >= 0.0 && count < format.len() {
            true => (format!("{digits:0>width$}", width = format.len()), false),
            false => (digits, true),
        };
    }
    (shown(value, format).unwrap_or(digits), false)
}

/// The number without exponent and with no more digits than a program keeps.
#[must_use]
pub fn plain(value: f64) -> String {
    if value.fract() == 0.0 {
        // The shortest digits that mean the number, filled up with zeros; no negative zero.
        return format!("{}", value + 0.0);
    }
    let decimals = usize::try_from(KEPT - 1).unwrap_or(0);
    let kept = format!("{value:.decimals$e}").parse().unwrap_or(value);
    format!("{kept}")
}

/// The number by its format; `None` where the format is one that is not followed.
fn shown(value: f64, format: &str) -> Option<String> {
    let sections = sections(format);
    let (section, signed) = match sections[..] {
        [_, negative, ..] if value < 0.0 => (negative, false),
        [_, _, zero, ..] if value == 0.0 => (zero, true),
        [first, ..] => (first, true),
        [] => return None,
    };
    let pattern = Pattern::of(section)?;
    let text = pattern.fill(value.abs());
    let sign = if signed && value < 0.0 { "-" } else { "" };
    Some(format!("{sign}{text}"))
}

/// The parts of a format for positive numbers, negative ones, zero and text.
fn sections(format: &str) -> Vec<&str> {
    let mut sections = Vec::new();
    let (mut quoted, mut escaped, mut begin) = (false, false, 0);
    for (at, letter) in format.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '"' => quoted = !quoted,
            _ if quoted => {}
            '\\' | '_' | '*' => escaped = true,
            ';' => {
                sections.push(&format[begin..at]);
                begin = at + 1;
            }
            _ => {}
        }
    }
    sections.push(&format[begin..]);
    sections
}

/// A format that was followed: text around a number.
#[derive(Debug, Default)]
struct Pattern {
    before: String,
    after: String,
    /// The number as it is, without digit places.
    general: bool,
    placed: bool,
    /// Fewest digits before the point.
    whole: usize,
    /// Fewest and most digits after it.
    decimals: (usize, usize),
    point: bool,
    grouped: bool,
    percent: bool,
}

impl Pattern {
    /// Reads a section of a format; `None` where it holds what is not followed: fractions,
    /// exponents, conditions, dates, text among the digits.
    fn of(section: &str) -> Option<Self> {
        let mut pattern = Self::default();
        let mut rest = section;
        while let Some(letter) = rest.chars().next() {
            let mut taken = letter.len_utf8();
            match letter {
                '"' => {
                    let end = rest[1..].find('"')? + 1;
                    pattern.text(&rest[1..end]);
                    taken = end + 1;
                }
                '\\' => {
                    let literal = rest[1..].chars().next()?;
                    pattern.text(literal.encode_utf8(&mut [0; 4]));
                    taken += literal.len_utf8();
                }
                '_' | '*' => taken += rest[1..].chars().next()?.len_utf8(),
                '[' => {
                    let end = rest.find(']')?;
                    pattern.bracket(&rest[1..end])?;
                    taken = end + 1;
                }
                '0' | '#' | '?' => pattern.digit(letter)?,
                '.' if !pattern.point => pattern.point = true,
                ',' if pattern.placed && !pattern.point => pattern.grouped = true,
                '%' => {
                    pattern.percent = true;
                    pattern.text("%");
                }
                _ if general(rest).is_some() => {
                    taken = general(rest)?;
                    pattern.general = true;
                    pattern.placed = true;
                }
                ' ' | '-' | '+' | '(' | ')' | ':' | '$' => {
                    pattern.text(letter.encode_utf8(&mut [0; 4]));
                }
                _ if !letter.is_ascii() => pattern.text(letter.encode_utf8(&mut [0; 4])),
                _ => return None,
            }
            rest = &rest[taken..];
        }
        // A comma behind the digits divides by a thousand.
        let scaled = section
            .trim_end_matches(|c: char| !"0#?,.".contains(c))
            .ends_with(',');
        // A part without digit places shows its text alone.
        let words = pattern.placed || !pattern.before.is_empty();
        (words && !scaled).then_some(pattern)
    }

    fn text(&mut self, text: &str) {
        match self.placed {
            true => self.after.push_str(text),
            false => self.before.push_str(text),
        }
    }

    fn digit(&mut self, place: char) -> Option<()> {
        if self.general || !self.after.is_empty() {
            return None;
        }
        self.placed = true;
        let must = usize::from(place == '0');
        match self.point {
            true => self.decimals = (self.decimals.0 + must, self.decimals.1 + 1),
            false => self.whole += must,
        }
        Some(())
    }

    /// A colour or a locale changes nothing that is read, a currency is text; a condition or
    /// Chinese numerals are not followed.
    fn bracket(&mut self, content: &str) -> Option<()> {
        if let Some(currency) = content.strip_prefix('$') {
            self.text(currency.split('-').next().unwrap_or_default());
            return Some(());
        }
        let colour = content
            .chars()
            .all(|c| c.is_ascii_alphanumeric() && c != '=');
        (colour && !content.starts_with("DBNum")).then_some(())
    }

    fn fill(&self, value: f64) -> String {
        let value = if self.percent { value * 100.0 } else { value };
        let number = match (self.placed, self.general) {
            (false, _) => String::new(),
            (true, true) => plain(value),
            (true, false) => self.digits(value),
        };
        format!("{}{number}{}", self.before, self.after)
    }

    fn digits(&self, value: f64) -> String {
        // Rounded as the digits that are kept say, not as the binary number behind them.
        let kept: f64 = plain(value).parse().unwrap_or(value);
        let tenth = 10f64.powi(i32::try_from(self.decimals.1).unwrap_or(0));
        let scaled = kept * tenth;
        let rounded = match scaled.is_finite() && scaled < 1e15 {
            true => plain(scaled).parse::<f64>().unwrap_or(scaled).round() / tenth,
            false => kept,
        };
        let text = format!("{rounded:.*}", self.decimals.1);
        let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
        let mut decimals = decimals.to_owned();
        while decimals.len() > self.decimals.0 && decimals.ends_with('0') {
            decimals.pop();
        }
        let mut whole = match self.whole {
            0 if whole == "0" && !decimals.is_empty() => String::new(),
            fewest => format!("{whole:0>fewest$}"),
        };
        if self.grouped {
            whole = grouped(&whole);
        }
        match decimals.is_empty() {
            true => whole,
            false => format!("{whole}.{decimals}"),
        }
    }
}

/// Bytes of the word that shows a number as it is, in either language of the program.
fn general(rest: &str) -> Option<usize> {
    let words = ["General", "GENERAL", "G/通用格式"];
    let word = words.iter().find(|word| rest.starts_with(**word))?;
    Some(word.len())
}

fn grouped(whole: &str) -> String {
    let mut text = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The code of a built-in format (MS-XLS 2.4.126); empty for the general one and for dates, which
/// [`format_of`] knows.
#[must_use]
pub fn built_in(id: u16) -> &'static str {
    match id {
        1 => "0",
        2 => "0.00",
        3 | 37 | 38 => "#,##0",
        4 | 39 | 40 => "#,##0.00",
        9 => "0%",
        10 => "0.00%",
        20 => "h:mm",
        21 => "h:mm:ss",
        45 => "mm:ss",
        46 => "[h]:mm:ss",
        _ => "",
    }
}

/// The format that a number of a built-in format means to a Chinese user; the format as given
/// where it is none of those that differ by country.
#[must_use]
pub fn format_of(id: Option<u32>, code: &str) -> &str {
    date::built_in(id).unwrap_or(code)
}

#[cfg(test)]
mod tests;
