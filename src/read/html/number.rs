//! Numbers of a sheet that was saved as a page: where a code was typed as a number, its zeros are
//! gone, and what the page shows may be an exponent.

/// Digits from which a number may be a code: the shortest one has nine left without its zeros.
const LONG: usize = 9;

/// Whether a cell that a sheet held as a number holds a long one, and the digits to show instead of
/// what the page shows. `stored` is the number as the page keeps it beside the text; it is empty
/// where the text is the number.
#[must_use]
pub fn long(stored: Option<&str>, text: &str) -> (bool, Option<String>) {
    let unreadable = is_exponent(text) || (!text.is_empty() && text.chars().all(|c| c == '#'));
    let Some(stored) = stored else {
        return (is_exponent(text), None);
    };
    let number = if stored.trim().is_empty() {
        text
    } else {
        stored
    };
    let Ok(number) = number.trim().parse::<f64>() else {
        return (is_exponent(text), None);
    };
    if !number.is_finite() || number.fract() != 0.0 {
        return (false, None);
    }
    let digits = format!("{}", number + 0.0);
    let is_long = digits.bytes().filter(u8::is_ascii_digit).count() >= LONG;
    (
        is_long,
        (unreadable && !stored.trim().is_empty()).then_some(digits),
    )
}

/// 2.036E+09.
fn is_exponent(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let Some((number, power)) = text.split_once("E+") else {
        return false;
    };
    let (whole, rest) = number.split_once('.').unwrap_or((number, "0"));
    digits(whole) && digits(rest) && digits(power)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_number_is_told_and_shown() {
        assert_eq!(
            long(Some("2036001001"), "2.036E+09"),
            (true, Some("2036001001".to_owned()))
        );
        assert_eq!(long(Some(""), "2036001001"), (true, None));
        assert!(long(Some("2036001001."), "######").0);
        assert_eq!(long(None, "2.036E+09"), (true, None));
        assert_eq!(long(None, "002036001001"), (false, None));
        assert_eq!(long(Some("0.5"), "50%"), (false, None));
        assert_eq!(long(Some("3"), "3"), (false, None));
        assert_eq!(long(None, "甲E+1"), (false, None));
    }
}
