//! From the lines of a cell to its text: lines that only the width of the cell broke are joined,
//! line breaks that were written are kept, columns beside one another are read one after the other.

use std::sync::LazyLock;

use hayro_interpret::kurbo::Rect;
use regex::Regex;

use super::glyph::Glyph;
use super::line::{self, Line};
use crate::normalise::text::pattern;

/// Slack in the room at the end of a line, in the size of its glyphs.
const SLACK: f64 = 0.35;
/// Width of a gap between columns of text within a cell, and of the least such column.
const GUTTER: f64 = 1.5;
const NARROWEST: f64 = 3.0;
/// How many gaps are tried, the widest first.
const MOST_GAPS: usize = 8;

/// The text of the glyphs in a cell.
///
/// `padding` is how far text keeps from the cell's borders.
pub fn text(glyphs: &[&Glyph], cell: Rect, padding: f64) -> String {
    let columns = columns(glyphs);
    // Where a column within a cell ends is not drawn, so that its line breaks are kept.
    let alone = columns.len() == 1;
    let end = if alone { cell.x1 } else { f64::INFINITY };
    let texts: Vec<String> = columns
        .into_iter()
        .map(|column| joined(&line::lines(&column), Rect { x1: end, ..cell }, padding))
        .filter(|text| !text.is_empty())
        .collect();
    texts.join("\n")
}

/// Joins the lines of a cell.
fn joined(lines: &[Line], cell: Rect, padding: f64) -> String {
    let centred = is_centred(lines, cell);
    let mut text = String::new();
    for (index, line) in lines.iter().enumerate() {
        if let Some(before) = index.checked_sub(1).map(|index| &lines[index]) {
            let left = before.area.x0 - cell.x0 - padding;
            let right = cell.x1 - padding - before.area.x1;
            let room = if centred {
                left.min(right) * 2.0
            } else {
                right
            };
            let full = line.head > room - SLACK * before.size;
            if !full || begins_anew(&line.text) || is_far(before, line) {
                text.push('\n');
            } else if before.spaced || are_words(&before.text, &line.text) {
                text.push(' ');
            }
        }
        text.push_str(&line.text);
    }
    text
}

/// Whether lines stand in the middle of their cell.
fn is_centred(lines: &[Line], cell: Rect) -> bool {
    let ragged = lines
        .windows(2)
        .any(|pair| (pair[0].area.x0 - pair[1].area.x0).abs() > pair[0].size * 0.3);
    let middle = |line: &Line| (line.area.center().x - cell.center().x).abs() < line.size * 0.6;
    (ragged || lines.len() < 3) && lines.iter().all(middle)
}

/// Whether a line begins with a number of a list.
fn begins_anew(text: &str) -> bool {
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?:\d{1,2}[.、．](?:\D|$)|[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）]|[一二三四五六七八九十]{1,3}、|[①-⑳㈠-㈩⑴-⒇])",
        )
    });
    NUMBER.is_match(text)
}

/// Whether two lines have an empty one between them.
fn is_far(before: &Line, after: &Line) -> bool {
    after.area.y1 - before.area.y1 > 2.6 * before.size.max(after.size)
}

/// Whether a Latin word ends and another begins.
fn are_words(before: &str, after: &str) -> bool {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    letter(before.chars().last()) && letter(after.chars().next())
}

/// Parts the glyphs of a cell at a gap that goes through all its lines, where both sides hold
/// lines of their own.
fn columns<'g>(glyphs: &[&'g Glyph]) -> Vec<Vec<&'g Glyph>> {
    let printed: Vec<&Glyph> = glyphs.iter().copied().filter(|g| !g.is_blank()).collect();
    let size = printed.iter().map(|g| g.size).fold(0.0, f64::max);
    let mut spans: Vec<(f64, f64)> = printed
        .iter()
        .map(|glyph| (glyph.origin.x, glyph.origin.x + glyph.along.x))
        .collect();
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut gaps: Vec<(f64, f64)> = Vec::new();
    let mut end = spans.first().map_or(0.0, |span| span.1);
    for (from, to) in spans {
        if from - end > GUTTER * size {
            gaps.push((from - end, f64::midpoint(from, end)));
        }
        end = end.max(to);
    }
    gaps.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (_, middle) in gaps.into_iter().take(MOST_GAPS) {
        let (left, right): (Vec<&Glyph>, Vec<&Glyph>) =
            glyphs.iter().partition(|glyph| glyph.origin.x < middle);
        if are_columns(&left, &right, size) {
            let mut parts = columns(&left);
            parts.extend(columns(&right));
            return parts;
        }
    }
    vec![glyphs.to_vec()]
}

/// Whether two sides of a gap are columns: both of two lines and more, of some width, most lines
/// of one beside lines of the other.
fn are_columns(left: &[&Glyph], right: &[&Glyph], size: f64) -> bool {
    let (left, right) = (line::lines(left), line::lines(right));
    let wide = |lines: &[Line]| {
        lines.len() > 1
            && lines
                .iter()
                .any(|line| line.area.width() >= NARROWEST * size)
    };
    let beside = right
        .iter()
        .filter(|line| {
            left.iter()
                .any(|l| (l.area.y1 - line.area.y1).abs() < size * 0.5)
        })
        .count();
    wide(&left) && wide(&right) && beside * 2 >= left.len().min(right.len()) && beside > 1
}

#[cfg(test)]
mod tests {
    use super::super::line::tests::printed;
    use super::*;

    fn text_of(lines: &[(&str, f64, f64)], width: f64) -> String {
        let glyphs: Vec<Glyph> = lines
            .iter()
            .flat_map(|(text, x, y)| printed(text, *x, *y))
            .collect();
        let glyphs: Vec<&Glyph> = glyphs.iter().collect();
        text(&glyphs, Rect::new(0.0, 0.0, width, 100.0), 5.0)
    }

    #[test]
    fn a_line_that_was_full_goes_on_and_another_ends() {
        let wrapped = [
            ("有效身份", 5.0, 10.0),
            ("证件", 5.0, 22.0),
            ("登记表", 5.0, 34.0),
        ];
        assert_eq!(text_of(&wrapped, 50.0), "有效身份证件\n登记表");
    }

    #[test]
    fn a_list_number_begins_a_line_even_after_a_full_one() {
        let list = [("1.身份证", 5.0, 10.0), ("2.登记表", 5.0, 22.0)];
        assert_eq!(text_of(&list, 51.0), "1.身份证\n2.登记表");
        let year = [("自二〇年", 5.0, 10.0), ("2.5倍", 5.0, 22.0)];
        assert_eq!(text_of(&year, 50.0), "自二〇年2.5倍");
    }

    #[test]
    fn a_centred_title_was_broken_where_the_next_letter_found_no_room() {
        let title = [("办理", 20.0, 10.0), ("时限", 20.0, 22.0)];
        assert_eq!(text_of(&title, 60.0), "办理\n时限");
        let full = [("子项编", 5.0, 10.0), ("码", 15.0, 22.0)];
        assert_eq!(text_of(&full, 40.0), "子项编码");
    }

    #[test]
    fn columns_within_a_cell_are_read_one_after_the_other() {
        let beside = [
            ("单位参保", 5.0, 10.0),
            ("个人参保", 65.0, 10.0),
            ("登记表", 5.0, 22.0),
            ("登记表", 65.0, 22.0),
        ];
        assert_eq!(
            text_of(&beside, 120.0),
            "单位参保\n登记表\n个人参保\n登记表"
        );
    }
}
