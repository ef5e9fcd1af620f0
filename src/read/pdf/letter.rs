//! Letters as documents store them: text strings of PDF, and code points that only look like the
//! letter that is meant. Changes no letter that is printed as itself.

use hayro_interpret::hayro_cmap::BfString;
use unicode_normalization::UnicodeNormalization;

/// The letters that a code point stands for: a radical of 康熙 or a compatibility ideograph, which
/// fonts' maps give in place of the character that looks the same, and Latin ligatures. All others
/// stand for themselves, full-width forms too.
pub fn settled(letter: char) -> String {
    match letter {
        '\u{2f00}'..='\u{2fdf}' | '\u{f900}'..='\u{faff}' | '\u{fb00}'..='\u{fb06}' => {
            letter.nfkc().collect()
        }
        '\u{2e80}'..='\u{2eff}' => radical(letter).unwrap_or(letter).to_string(),
        '\u{ad}' | '\u{0}' => String::new(),
        // Word processors write tabs and line breaks into maps.
        letter if letter.is_control() => " ".to_owned(),
        letter => letter.to_string(),
    }
}

/// The character that is written as a radical of the supplement is, by Unicode's
/// EquivalentUnifiedIdeograph; NFKC knows but two of them. Forms that only stand in other
/// characters are left as they are.
fn radical(letter: char) -> Option<char> {
    const WHOLE: [(char, char); 40] = [
        ('\u{2e81}', '厂'),
        ('\u{2e9d}', '月'),
        ('\u{2e9f}', '母'),
        ('\u{2ea0}', '民'),
        ('\u{2ea9}', '王'),
        ('\u{2eac}', '示'),
        ('\u{2ec1}', '虎'),
        ('\u{2ec4}', '西'),
        ('\u{2ec5}', '见'),
        ('\u{2ec6}', '角'),
        ('\u{2ec9}', '贝'),
        ('\u{2eca}', '足'),
        ('\u{2ecb}', '车'),
        ('\u{2ed1}', '長'),
        ('\u{2ed3}', '长'),
        ('\u{2ed4}', '门'),
        ('\u{2ed7}', '雨'),
        ('\u{2ed8}', '青'),
        ('\u{2ed9}', '韦'),
        ('\u{2eda}', '页'),
        ('\u{2edb}', '风'),
        ('\u{2edc}', '飞'),
        ('\u{2edd}', '食'),
        ('\u{2ee2}', '马'),
        ('\u{2ee3}', '骨'),
        ('\u{2ee4}', '鬼'),
        ('\u{2ee5}', '鱼'),
        ('\u{2ee6}', '鸟'),
        ('\u{2ee7}', '卤'),
        ('\u{2ee8}', '麦'),
        ('\u{2ee9}', '黄'),
        ('\u{2eea}', '黾'),
        ('\u{2eec}', '齐'),
        ('\u{2eee}', '齿'),
        ('\u{2eef}', '竜'),
        ('\u{2ef0}', '龙'),
        ('\u{2ef1}', '龜'),
        ('\u{2ef2}', '亀'),
        ('\u{2ef3}', '龟'),
        ('\u{2e93}', '幺'),
    ];
    WHOLE
        .iter()
        .find(|(form, _)| *form == letter)
        .map(|(_, whole)| *whole)
}

/// The text of a text string: UTF-16 or UTF-8 with their marks, else Latin.
pub fn text(bytes: &[u8]) -> String {
    let text = match bytes {
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        latin => latin.iter().map(|&byte| char::from(byte)).collect(),
    };
    text.chars().map(settled).collect()
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units: Vec<u16> = bytes
        .chunks_exact(2)
        .map(|pair| unit([pair[0], pair[1]]))
        .collect();
    String::from_utf16_lossy(&units)
}

/// The text that a map of a font gives.
pub fn mapped(text: BfString) -> String {
    match text {
        BfString::Char(letter) => settled(letter),
        BfString::String(text) => text.chars().map(settled).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radicals_and_ligatures_become_what_is_meant_and_nothing_else_changes() {
        let printed = "\u{2f00}\u{2ed3}\u{2ed4}ﬁ１（㐂①";
        let settled: String = printed.chars().map(settled).collect();
        assert_eq!(settled, "一长门fi１（㐂①");
    }

    #[test]
    fn text_strings_are_read_by_their_mark() {
        assert_eq!(
            text(&[0xfe, 0xff, 0x34, 0x02, 0xd8, 0x42, 0xdf, 0xb7]),
            "㐂𠮷"
        );
        assert_eq!(text(b"\xef\xbb\xbf\xe7\x94\xb2"), "甲");
        assert_eq!(text(b"fi"), "fi");
    }
}
