//! Letters of symbol fonts. Word stores them by their place in the font; what they look like has a
//! letter of its own.

/// The letter for a place in a symbol font; nothing where the font or the place is not known.
#[must_use]
pub fn letter(font: &str, place: u32) -> Option<char> {
    // Symbol fonts lie in the private area from U+F000 on.
    let place = if place >= 0xf000 {
        place - 0xf000
    } else {
        place
    };
    let known = match font {
        "Symbol" => match place {
            0xb7 => '·',
            0xb0 => '°',
            0xb1 => '±',
            0xb3 => '≥',
            0xa3 => '≤',
            0xb4 => '×',
            0xae => '→',
            _ => return None,
        },
        "Wingdings" => match place {
            0x6c => '●',
            0x6d | 0xa1 => '○',
            0x6e => '■',
            0x6f | 0x70 | 0x71 | 0x72 | 0xa8 => '□',
            0x75 => '◆',
            0x76 => '❖',
            0x77 => '⬥',
            0x9f => '•',
            0xa7 => '▪',
            0xd8 => '➢',
            0xe0 => '→',
            0xfb => '✗',
            0xfc => '✓',
            0xfd => '☒',
            0xfe => '☑',
            _ => return None,
        },
        "Wingdings 2" => match place {
            0x50 => '✓',
            0x4f => '✗',
            0x51 | 0x53 => '☒',
            0x52 | 0x54 => '☑',
            0xa2 => '■',
            0x2a | 0xa3 => '□',
            0x98 => '●',
            0x81 => '○',
            _ => return None,
        },
        _ => return None,
    };
    Some(known)
}

/// A bullet as it looks; one of an unknown font is a plain one.
#[must_use]
pub fn bullet(stored: char, font: &str) -> String {
    let place = u32::from(stored);
    let private = (0xe000..=0xf8ff).contains(&place);
    let known = letter(font, place);
    let shown = match known {
        Some(known) => known,
        None if private => '•',
        None => stored,
    };
    shown.to_string()
}
