//! From glyphs to lines of text: what stands on one base line, with the spaces that are printed.
//! Refuses to know where a paragraph ends.

use hayro_interpret::kurbo::Rect;

use super::glyph::{Glyph, Turn};

/// Glyphs whose base lines lie nearer than this, in their size, stand in one line.
const ONE_LINE: f64 = 0.5;
/// Width of a gap that is a space, in the size of the glyphs: between Latin letters, where one side
/// is Latin (word processors set those apart), and between Chinese ones, which justification spreads.
const LATIN_SPACE: f64 = 0.22;
const MIXED_SPACE: f64 = 0.6;
const WIDE_SPACE: f64 = 1.2;

/// A piece of text on one base line.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The text, without white space around it.
    pub text: String,
    /// What it covers, from under its base line to above it.
    pub area: Rect,
    /// Size of its largest glyph.
    pub size: f64,
    /// Whether a space is printed at its end.
    pub spaced: bool,
    /// Width of its glyphs from the first on, as far as a line may not break.
    pub head: f64,
}

/// The lines of glyphs from top to bottom; those of another direction than the page's come last,
/// each direction for itself.
pub fn lines(glyphs: &[&Glyph]) -> Vec<Line> {
    let mut lines = Vec::new();
    for turn in Turn::ALL {
        let upright = turn.upright();
        let turned: Vec<Glyph> = glyphs
            .iter()
            .filter(|glyph| glyph.turn() == Some(turn))
            .map(|glyph| glyph.moved(upright))
            .collect();
        lines.extend(level(&turned));
    }
    lines
}

/// The glyphs of each line, in order, from top to bottom.
pub fn rows<'g>(glyphs: impl Iterator<Item = &'g Glyph>) -> Vec<Vec<&'g Glyph>> {
    let mut sorted: Vec<&Glyph> = glyphs.filter(|glyph| !glyph.text.is_empty()).collect();
    sorted.sort_by(|a, b| a.origin.y.total_cmp(&b.origin.y));
    let mut rows: Vec<(f64, f64, Vec<&Glyph>)> = Vec::new();
    for glyph in sorted {
        match rows.last_mut() {
            Some((y, size, row))
                if glyph.origin.y - *y < size.max(glyph.size) * ONE_LINE
                    // Blanks are often of another size and height than the text.
                    || glyph.is_blank() && glyph.origin.y - *y < *size * ONE_LINE =>
            {
                *size = size.max(glyph.size);
                row.push(glyph);
            }
            _ => rows.push((glyph.origin.y, glyph.size, vec![glyph])),
        }
    }
    rows.into_iter()
        .map(|(_, _, mut row)| {
            row.sort_by(|a, b| a.origin.x.total_cmp(&b.origin.x));
            row
        })
        .collect()
}

fn level(glyphs: &[Glyph]) -> Vec<Line> {
    rows(glyphs.iter())
        .iter()
        .filter_map(|row| of(row))
        .collect()
}

/// The line of glyphs that stand side by side; `None` where they print nothing.
pub fn of(row: &[&Glyph]) -> Option<Line> {
    let printed = |glyph: &&&Glyph| !glyph.is_blank();
    let first = row.iter().find(printed)?;
    let last = row.iter().rfind(printed)?;
    let size = row
        .iter()
        .filter(printed)
        .fold(0.0, |size: f64, glyph| size.max(glyph.size));
    let mut text = String::new();
    let mut before: Option<&Glyph> = None;
    let mut spaced = false;
    for glyph in row {
        if glyph.is_blank() {
            spaced = true;
            continue;
        }
        if let Some(before) = before
            && (spaced || is_apart(before, glyph))
        {
            text.push(' ');
        }
        text.push_str(glyph.text.trim());
        before = Some(glyph);
        spaced = false;
    }
    let base = first.origin.y;
    Some(Line {
        text,
        area: Rect::new(
            first.origin.x,
            base - size * 0.85,
            last.origin.x + last.along.x,
            base + size * 0.15,
        ),
        size,
        spaced,
        head: head(row),
    })
}

/// Whether a gap between two glyphs of a line is a space.
fn is_apart(before: &Glyph, after: &Glyph) -> bool {
    let gap = after.origin.x - before.origin.x - before.along.x;
    let latin = |letter: Option<char>| letter.is_some_and(|c| c.is_ascii());
    let sides = (
        latin(before.text.chars().last()),
        latin(after.text.chars().next()),
    );
    let space = match sides {
        (true, true) => LATIN_SPACE,
        (false, false) => WIDE_SPACE,
        _ => MIXED_SPACE,
    };
    gap > space * before.size.min(after.size)
}

/// How wide the glyphs are that cannot stand on different lines: a word or number, a letter with
/// the marks that may not begin a line, an opening mark with what it opens.
fn head(row: &[&Glyph]) -> f64 {
    let mut width = 0.0;
    let mut before: Option<char> = None;
    for glyph in row.iter().skip_while(|glyph| glyph.is_blank()) {
        let Some(letter) = glyph.text.chars().next() else {
            continue;
        };
        let bound = before.is_none_or(|before| {
            let word = |c: char| c.is_ascii_alphanumeric();
            // Office programs do not part a closing mark and the word or number after it.
            (word(before) || is_closing(before)) && word(letter)
                || is_opening(before)
                || is_closing(letter)
        });
        if !bound {
            break;
        }
        width += glyph.along.x;
        before = Some(letter);
    }
    width
}

/// Marks that may not end a line.
pub fn is_opening(letter: char) -> bool {
    "《〈（([【〔“‘「『".contains(letter)
}

/// Marks that may not begin a line.
pub fn is_closing(letter: char) -> bool {
    "，。、；：？！》〉）)]】〕”’」』,.;:?!％%-–—~/…".contains(letter)
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use hayro_interpret::kurbo::{Point, Vec2};

    /// Glyphs of ten points from a place on, Latin ones half as wide.
    pub fn printed(text: &str, x: f64, y: f64) -> Vec<Glyph> {
        let mut at = x;
        text.chars()
            .map(|letter| {
                let width = if letter.is_ascii() { 5.0 } else { 10.0 };
                let glyph = Glyph {
                    text: letter.to_string(),
                    origin: Point::new(at, y),
                    along: Vec2::new(width, 0.0),
                    size: 10.0,
                    stretch: None,
                };
                at += width;
                glyph
            })
            .collect()
    }

    fn texts(glyphs: &[Glyph]) -> Vec<String> {
        let glyphs: Vec<&Glyph> = glyphs.iter().collect();
        lines(&glyphs).into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn lines_are_told_by_height_whatever_the_order_of_drawing() {
        let mut glyphs = printed("乙丙", 20.0, 30.0);
        glyphs.extend(printed("甲", 20.0, 15.0));
        glyphs.extend(printed("1.", 10.0, 15.4));
        assert_eq!(texts(&glyphs), ["1.甲", "乙丙"]);
    }

    #[test]
    fn spaces_are_those_printed_and_wide_gaps() {
        let mut glyphs = printed("申请 受理", 0.0, 10.0);
        glyphs.extend(printed("审核", 50.0, 10.0));
        glyphs.extend(printed("办结", 85.0, 10.0));
        assert_eq!(texts(&glyphs), ["申请 受理审核 办结"]);
    }

    #[test]
    fn text_on_its_side_is_read_along_its_lines() {
        let upright = printed("基本医疗", 0.0, 10.0);
        let turned: Vec<Glyph> = upright
            .iter()
            .map(|glyph| glyph.moved(Turn::Down.upright()))
            .collect();
        assert_eq!(texts(&turned), ["基本医疗"]);
    }

    #[test]
    fn what_cannot_be_parted_is_measured_whole() {
        let head = |text: &str| {
            let glyphs = printed(text, 0.0, 10.0);
            of(&glyphs.iter().collect::<Vec<_>>()).expect("a line").head
        };
        assert_eq!(head("表；甲"), 20.0);
        assert_eq!(head("《法》"), 30.0);
        assert_eq!(head("2020年"), 20.0);
        assert_eq!(head("络、APP等"), 35.0);
    }
}
