//! What a page would cost to parse, told from its tags before it is parsed: the parser looks
//! through all open tags at each new one, and repeats letters' tags that are left open in each new
//! paragraph, so that a small page can be made to cost everything.

use std::collections::HashMap;

use super::super::{Limits, ReadError};

/// Open tags within one another; browsers themselves stop at 512.
const DEEPEST: u64 = 2_000;

/// Tags that are repeated, beyond a few for each tag of the page.
const REPEATED: u64 = 5_000_000;

/// Tags of letters, which the parser opens again in the next paragraph.
const LETTERS: [&str; 14] = [
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];

/// Tags that have no end, or that end where the next one begins.
const SHORT: [&str; 35] = [
    "area", "base", "basefont", "bgsound", "body", "br", "col", "colgroup", "dd", "dt", "embed",
    "frame", "head", "hr", "html", "img", "input", "keygen", "li", "link", "meta", "optgroup",
    "option", "p", "param", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr",
    "rt",
];

/// Refuses a page that would cost too much.
///
/// # Errors
/// [`ReadError::TooDeep`], with the limit of the document although a page may nest other tags
/// deeper than tables.
pub fn weigh(text: &str, limits: &Limits) -> Result<(), ReadError> {
    let mut open: HashMap<String, u64> = HashMap::new();
    let (mut depth, mut tags, mut repeated) = (0u64, 0u64, 0u64);
    let mut letters = 0u64;
    // Letters' tags before each open table, and how deep it lies.
    let mut outer: Vec<(u64, u64)> = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let ends = rest.starts_with('/');
        let name: String = rest[usize::from(ends)..]
            .chars()
            .take_while(|letter| letter.is_ascii_alphanumeric() || *letter == ':')
            .take(16)
            .map(|letter| letter.to_ascii_lowercase())
            .collect();
        if name.is_empty() {
            continue;
        }
        tags += 1;
        if tags.is_multiple_of(4096) {
            limits.in_time()?;
        }
        let name = name.as_str();
        // What is left open ends with its cell.
        match (name, ends) {
            ("script" | "style", false) => {
                let end = if name == "script" {
                    "</script"
                } else {
                    "</style"
                };
                rest = rest.find(end).map_or("", |end| &rest[end..]);
                continue;
            }
            ("table", false) => outer.push((letters, depth)),
            ("table", true) => (letters, depth) = outer.pop().unwrap_or((0, depth)),
            ("td" | "th" | "caption", _) => {
                letters = 0;
                depth = outer.last().map_or(depth, |(_, depth)| depth + 1);
            }
            (name, false) if LETTERS.contains(&name) => letters += 1,
            (name, true) if LETTERS.contains(&name) => letters = letters.saturating_sub(1),
            _ => {}
        }
        repeated += letters;
        if !SHORT.contains(&name) {
            let count = open.entry(name.to_owned()).or_default();
            if !ends {
                *count += 1;
                depth += 1;
            } else if *count > 0 {
                *count -= 1;
                depth = depth.saturating_sub(1);
            }
        }
        if depth > DEEPEST || repeated > REPEATED + 4 * tags {
            return Err(ReadError::TooDeep {
                limit: limits.depth,
            });
        }
    }
    Ok(())
}
