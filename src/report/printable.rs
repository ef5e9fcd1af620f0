//! Text from documents as XML 1.0 can hold it: OCR programs and word processors leave control
//! characters behind that would make a whole workbook or letter unreadable. Refuses to drop them
//! silently: each becomes U+FFFD, so that a reader sees that something stood there.

use std::borrow::Cow;

/// The text with every character that XML 1.0 forbids replaced.
pub(super) fn printable(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_allowed) {
        return Cow::Borrowed(text);
    }
    let replaced = |c| if is_allowed(c) { c } else { '\u{fffd}' };
    Cow::Owned(text.chars().map(replaced).collect())
}

/// The production `Char` of XML 1.0, section 2.2; a Rust character is never a surrogate.
fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{fffd}' | '\u{10000}'..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_shown_as_replaced_and_all_else_stays() {
        assert_eq!(printable("办\u{b}结\u{ffff}"), "办\u{fffd}结\u{fffd}");
        assert!(matches!(printable("即时\t办结\n𠮷"), Cow::Borrowed(_)));
    }
}
