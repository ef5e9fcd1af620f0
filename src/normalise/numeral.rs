//! Chinese and Arabic numerals as the lists print them.
//!
//! Owns the strict reading of 三十五 and the digit-by-digit reading of 二五九. Refuses numerals
//! that are neither (七五十六, Inner Mongolia's 国务院令第七五十六号): a lenient parser would turn a
//! misprint into a number that nobody wrote.

use chinese_number::{ChineseCountMethod, ChineseToNumber};

/// Letters that may stand in a Chinese numeral, as a regex class without the brackets.
pub const LETTERS: &str = "〇零一二两三四五六七八九十百";

fn digit(letter: char) -> Option<u32> {
    "零一二三四五六七八九"
        .chars()
        .position(|d| d == letter)
        .and_then(|n| u32::try_from(n).ok())
        .or(match letter {
            '〇' | '○' => Some(0),
            '两' => Some(2),
            _ => None,
        })
}

/// The number a numeral states, or `None` where it is not well formed: Arabic digits, a Chinese
/// numeral with units (三十五, 一百零二), or Chinese digits by place (二五九, 一二〇).
pub fn number(text: &str) -> Option<u32> {
    if text.is_empty() || text.chars().count() > 8 {
        return None;
    }
    if text.chars().all(|c| c.is_ascii_digit()) {
        return text.parse().ok();
    }
    let digits: Option<Vec<u32>> = text.chars().map(digit).collect();
    if let Some(digits) = digits {
        return Some(digits.iter().fold(0, |sum, d| sum * 10 + d));
    }
    if !with_units(text) {
        return None;
    }
    let plain = text.replace('〇', "零").replace('两', "二");
    ChineseToNumber::<u32>::to_number(&plain, ChineseCountMethod::TenThousand).ok()
}

/// A number from 1 to 999 as articles are numbered: 一百零一, 十五, 五十七.
pub fn written(number: u32) -> Option<String> {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    if !(1..1000).contains(&number) {
        return None;
    }
    let digit = |place: u32| DIGITS[(number / place % 10) as usize];
    let (hundreds, tens, units) = (digit(100), digit(10), digit(1));
    let hundreds = if hundreds.is_empty() {
        String::new()
    } else {
        format!("{hundreds}百")
    };
    let tens = match (tens, number) {
        ("", _) if !hundreds.is_empty() && !units.is_empty() => "零".to_owned(),
        ("", _) => String::new(),
        ("一", 10..=19) => "十".to_owned(),
        (tens, _) => format!("{tens}十"),
    };
    Some(format!("{hundreds}{tens}{units}"))
}

/// The number of a numeral that lacks nothing but its 百: 七五十六, 七六十五 (Inner Mongolia's
/// 国务院令). `None` for every other numeral, well formed or not.
pub fn without_hundred(text: &str) -> Option<u32> {
    let letters: Vec<char> = text.chars().collect();
    let (hundreds, tens, units) = match letters[..] {
        [hundreds, tens, '十'] => (digit(hundreds)?, digit(tens)?, 0),
        [hundreds, tens, '十', units] => (digit(hundreds)?, digit(tens)?, digit(units)?),
        _ => return None,
    };
    let whole = hundreds > 0 && tens > 0 && (letters.len() == 3 || units > 0);
    whole.then_some(hundreds * 100 + tens * 10 + units)
}

/// Whether units fall (百 before 十) and every unit has one digit before it, but for a leading 十.
fn with_units(text: &str) -> bool {
    let mut last_unit = u32::MAX;
    let mut pending: Option<u32> = None;
    for (place, letter) in text.chars().enumerate() {
        if let Some(d) = digit(letter) {
            match (pending, d) {
                (None | Some(0), _) if pending != Some(0) || d != 0 => pending = Some(d),
                _ => return false,
            }
            continue;
        }
        let unit = match letter {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            _ => return false,
        };
        let counted = matches!(pending, Some(d) if d > 0) || (unit == 10 && place == 0);
        if unit >= last_unit || !counted {
            return false;
        }
        last_unit = unit;
        pending = None;
    }
    pending != Some(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_hundred_may_be_missing() {
        let table = [
            ("七五十六", Some(756)),
            ("七六十五", Some(765)),
            ("二五十", Some(250)),
            ("七百五十六", None),
            ("五十六", None),
            ("七〇十六", None),
            ("七五十零", None),
            ("七五六十", None),
            ("十五十六", None),
            ("七五十六八", None),
            ("756", None),
            ("", None),
        ];
        for (text, expected) in table {
            assert_eq!(without_hundred(text), expected, "{text}");
        }
    }

    #[test]
    fn well_formed_numerals_are_numbers_and_misprints_are_not() {
        let table = [
            ("35", Some(35)),
            ("三十五", Some(35)),
            ("十", Some(10)),
            ("十六", Some(16)),
            ("二十", Some(20)),
            ("一百零二", Some(102)),
            ("一百一十五", Some(115)),
            ("二五九", Some(259)),
            ("七六五", Some(765)),
            ("九", Some(9)),
            ("七五十六", None),
            ("七六十五", None),
            ("十十", None),
            ("", None),
            ("号", None),
        ];
        for (text, expected) in table {
            assert_eq!(number(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_written_reads_back() {
        for (number, text) in [
            (8, "八"),
            (10, "十"),
            (15, "十五"),
            (57, "五十七"),
            (101, "一百零一"),
            (110, "一百一十"),
            (765, "七百六十五"),
            (200, "二百"),
        ] {
            assert_eq!(written(number).as_deref(), Some(text));
        }
        for n in 1..1000 {
            assert_eq!(written(n).and_then(|text| number(&text)), Some(n));
        }
        assert_eq!((written(0), written(1000)), (None, None));
    }
}
