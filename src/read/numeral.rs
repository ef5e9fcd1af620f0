//! A number as an automatic numbering prints it.

/// Digits of a Chinese number, from nought on.
const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
/// The same as they stand on cheques.
const LEGAL: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];

/// The number in a format of `ST_NumberFormat`; a format that is unknown prints digits.
#[must_use]
pub fn numeral(number: u32, format: &str) -> String {
    match format {
        "none" | "bullet" => String::new(),
        "decimalZero" => format!("{number:02}"),
        "upperRoman" => roman(number),
        "lowerRoman" => roman(number).to_lowercase(),
        "upperLetter" => letter(number, 'A'),
        "lowerLetter" => letter(number, 'a'),
        "chineseCounting" | "taiwaneseCounting" if number > 99 => digits(number, '○'),
        "chineseCounting"
        | "taiwaneseCounting"
        | "chineseCountingThousand"
        | "taiwaneseCountingThousand"
        | "japaneseCounting"
        | "koreanCounting" => counted(number, &DIGITS, ['十', '百', '千', '万'], '零'),
        "chineseLegalSimplified" | "ideographLegalTraditional" | "japaneseLegal" => {
            counted(number, &LEGAL, ['拾', '佰', '仟', '万'], '零')
        }
        "ideographDigital" | "taiwaneseDigital" | "japaneseDigitalTenThousand" => {
            digits(number, '〇')
        }
        "ideographTraditional" => within("甲乙丙丁戊己庚辛壬癸", number),
        "ideographZodiac" => within("子丑寅卯辰巳午未申酉戌亥", number),
        "decimalFullWidth" | "decimalFullWidth2" => number
            .to_string()
            .chars()
            .map(|digit| shifted('０', u32::from(digit) - u32::from('0')))
            .collect(),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" if number <= 20 => {
            enclosed(number, '①')
        }
        "decimalEnclosedParen" if number <= 20 => enclosed(number, '⑴'),
        "decimalEnclosedFullstop" if number <= 20 => enclosed(number, '⒈'),
        "ideographEnclosedCircle" if number <= 10 => enclosed(number, '㊀'),
        _ => number.to_string(),
    }
}

fn shifted(first: char, by: u32) -> char {
    char::from_u32(u32::from(first) + by).unwrap_or(first)
}

fn enclosed(number: u32, one: char) -> String {
    match number {
        0 => number.to_string(),
        _ => shifted(one, number - 1).to_string(),
    }
}

/// The letter of that number in a row of them; digits beyond its end.
fn within(row: &str, number: u32) -> String {
    let place = (number as usize).checked_sub(1);
    let letter = place.and_then(|place| row.chars().nth(place));
    letter.map_or_else(|| number.to_string(), String::from)
}

fn digits(number: u32, nought: char) -> String {
    let digit = |digit: char| match digit.to_digit(10) {
        Some(0) | None => nought,
        Some(digit) => DIGITS[digit as usize],
    };
    number.to_string().chars().map(digit).collect()
}

/// A, B … Z, AA, BB: Word repeats the letter.
fn letter(number: u32, first: char) -> String {
    let Some(place) = number.checked_sub(1) else {
        return number.to_string();
    };
    // A list of a thousand letters prints no word of forty.
    let times = (place / 26 + 1).min(30) as usize;
    vec![shifted(first, place % 26); times]
        .into_iter()
        .collect()
}

fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..4000).contains(&number) {
        return number.to_string();
    }
    let mut rest = number;
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            text.push_str(sign);
            rest -= value;
        }
    }
    text
}

/// 十二, 一百零五: numbers up to 99,999 in words.
fn counted(number: u32, digits: &[char; 10], units: [char; 4], nought: char) -> String {
    if number == 0 {
        return digits[0].to_string();
    }
    if number > 99_999 {
        return number.to_string();
    }
    let mut text = String::new();
    let mut skipped = false;
    for power in (0..5u32).rev() {
        let digit = number / 10u32.pow(power) % 10;
        if digit == 0 {
            skipped = !text.is_empty();
            continue;
        }
        if skipped {
            text.push(nought);
            skipped = false;
        }
        // 十二, not 一十二; on cheques the one is written.
        if !(digit == 1 && power == 1 && text.is_empty() && units[0] == '十') {
            text.push(digits[digit as usize]);
        }
        if let Some(unit) = (power as usize).checked_sub(1) {
            text.push(units[unit]);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_printed_as_word_prints_them() {
        for (number, format, printed) in [
            (7, "decimal", "7"),
            (7, "decimalZero", "07"),
            (12, "decimalZero", "12"),
            (4, "lowerRoman", "iv"),
            (1994, "upperRoman", "MCMXCIV"),
            (28, "lowerLetter", "bb"),
            (3, "upperLetter", "C"),
            (10, "chineseCounting", "十"),
            (12, "chineseCounting", "十二"),
            (20, "japaneseCounting", "二十"),
            (105, "chineseCountingThousand", "一百零五"),
            (110, "chineseCountingThousand", "一百一十"),
            (10_001, "chineseCountingThousand", "一万零一"),
            (105, "chineseCounting", "一○五"),
            (11, "ideographDigital", "一一"),
            (10, "ideographDigital", "一〇"),
            (12, "chineseLegalSimplified", "壹拾贰"),
            (2, "ideographTraditional", "乙"),
            (11, "ideographTraditional", "11"),
            (3, "decimalEnclosedCircle", "③"),
            (21, "decimalEnclosedCircle", "21"),
            (2, "decimalEnclosedParen", "⑵"),
            (15, "decimalFullWidth", "１５"),
            (2, "ideographEnclosedCircle", "㊁"),
            (5, "bullet", ""),
            (5, "someday", "5"),
        ] {
            assert_eq!(numeral(number, format), printed, "{number} {format}");
        }
    }
}
