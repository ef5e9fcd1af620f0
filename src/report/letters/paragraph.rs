//! Placeholders in the XML of a Word document. Word cuts a placeholder into several runs as soon as
//! somebody spell-checks or corrects it: here each comes together again in the run where it begins.
//! A paragraph or table row that holds only `{%p … %}` or `{%tr … %}` gives way to the tag, so that
//! whole paragraphs and rows are repeated. Everything else stays byte for byte. Refuses to fill.

use std::borrow::Cow;
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::escape::{escape, unescape};
use quick_xml::events::Event;

/// What is wrong with a part: which text, and why.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// The paragraph as a reader sees it; empty where it cannot be told.
    pub text: String,
    /// What is wrong.
    pub reason: String,
}

/// A `w:t`: its opening tag, its content, and the text in it.
struct Text {
    opening: Range<usize>,
    content: Range<usize>,
    text: String,
}

/// A paragraph that has not ended yet.
struct Paragraph {
    start: usize,
    texts: Vec<Text>,
}

/// A table row that has not ended yet.
struct Row {
    start: usize,
    text: String,
}

/// A stretch of the source and what takes its place.
type Edit = (Range<usize>, String);

/// The part with its placeholders whole, as a template.
pub(super) fn prepare(xml: &str) -> Result<String, Fault> {
    let mut reader = Reader::from_str(xml);
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let mut rows: Vec<Row> = Vec::new();
    let mut opening: Option<Range<usize>> = None;
    let mut edits: Vec<Edit> = Vec::new();
    loop {
        let start = place(&reader);
        let event = reader.read_event().map_err(|error| unsound(&error))?;
        let end = place(&reader);
        match event {
            Event::Start(tag) => match tag.name().0 {
                "w:p" => paragraphs.push(Paragraph {
                    start,
                    texts: Vec::new(),
                }),
                "w:tr" => rows.push(Row {
                    start,
                    text: String::new(),
                }),
                "w:t" => opening = Some(start..end),
                _ => {}
            },
            Event::End(tag) => match tag.name().0 {
                "w:t" => {
                    if let (Some(opening), Some(paragraph)) =
                        (opening.take(), paragraphs.last_mut())
                    {
                        let content = opening.end..start;
                        let text = unescape(&xml[content.clone()]).map_err(|e| unsound(&e))?;
                        let text = text.into_owned();
                        paragraph.texts.push(Text {
                            opening,
                            content,
                            text,
                        });
                    }
                }
                "w:p" => {
                    if let Some(paragraph) = paragraphs.pop() {
                        let text = joined(&paragraph);
                        edits.extend(mend(xml, &paragraph, &text, end)?);
                        if let Some(row) = rows.last_mut() {
                            row.text.push_str(&text);
                        }
                    }
                }
                "w:tr" => {
                    if let Some(row) = rows.pop() {
                        edits.extend(row_tag(&row, end)?);
                    }
                }
                _ => {}
            },
            Event::Eof => break,
            _ => {}
        }
    }
    Ok(apply(xml, edits))
}

fn place(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

fn unsound(error: &dyn std::fmt::Display) -> Fault {
    Fault {
        text: String::new(),
        reason: format!("XML 有误：{error} (not well-formed)"),
    }
}

fn joined(paragraph: &Paragraph) -> String {
    paragraph
        .texts
        .iter()
        .map(|text| text.text.as_str())
        .collect()
}

/// The placeholders of a text, each from `{` to `}`.
fn tags(text: &str) -> Result<Vec<Range<usize>>, Fault> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find('{').map(|at| from + at) {
        let closing = match text.as_bytes().get(at + 1) {
            Some(b'{') => "}}",
            Some(b'%') => "%}",
            Some(b'#') => "#}",
            _ => {
                from = at + 1;
                continue;
            }
        };
        let Some(length) = text[at + 2..].find(closing) else {
            return Err(Fault {
                text: text.to_owned(),
                reason: format!("占位符没有以 {closing} 结束 (the placeholder is not closed)"),
            });
        };
        let end = at + 2 + length + closing.len();
        found.push(at..end);
        from = end;
    }
    Ok(found)
}

/// What a tag says once Word's typographic quotes and hard spaces are undone.
fn plain(tag: &str) -> String {
    let undone = |c| match c {
        '“' | '”' => '"',
        '‘' | '’' => '\'',
        '\u{a0}' => ' ',
        other => other,
    };
    tag.chars().map(undone).collect()
}

/// The tag that stands for a whole paragraph (`p`) or row (`tr`), as the template engine reads it.
fn standing_for(tag: &str, what: &str) -> Option<String> {
    let rest = tag.strip_prefix("{%")?;
    let rest = rest.strip_prefix('-').unwrap_or(rest);
    let rest = rest.strip_prefix(what)?;
    rest.starts_with(char::is_whitespace)
        .then(|| plain(&format!("{{%{rest}")))
}

fn is_row_tag(tag: &str) -> bool {
    standing_for(tag, "tr").is_some()
}

/// The edits that make the placeholders of a paragraph whole.
fn mend(xml: &str, paragraph: &Paragraph, text: &str, end: usize) -> Result<Vec<Edit>, Fault> {
    let tags = tags(text)?;
    for tag in &tags {
        if let Some(standing) = standing_for(&text[tag.clone()], "p") {
            if text.trim() != &text[tag.clone()] {
                return Err(Fault {
                    text: text.to_owned(),
                    reason: "{%p … %} 须独占一段 (must be alone in its paragraph)".to_owned(),
                });
            }
            return Ok(vec![(paragraph.start..end, standing)]);
        }
    }
    if tags.is_empty() || tags.iter().any(|tag| is_row_tag(&text[tag.clone()])) {
        return Ok(Vec::new());
    }
    let mut edits = Vec::new();
    let mut begin = 0;
    for node in &paragraph.texts {
        let own = begin..begin + node.text.len();
        begin = own.end;
        let touched = tags
            .iter()
            .any(|tag| tag.start < own.end && own.start < tag.end);
        if !touched {
            continue;
        }
        edits.push((node.content.clone(), content(text, &own, &tags)));
        let opening = &xml[node.opening.clone()];
        if !opening.contains("xml:space") {
            let spaced = opening.replacen("<w:t", "<w:t xml:space=\"preserve\"", 1);
            edits.push((node.opening.clone(), spaced));
        }
    }
    Ok(edits)
}

/// The content of a text node: its own text, the tags that begin in it whole, and nothing of those
/// that began before it.
fn content(text: &str, own: &Range<usize>, tags: &[Range<usize>]) -> String {
    let mut out = String::new();
    let mut at = own.start;
    for tag in tags
        .iter()
        .filter(|tag| tag.start < own.end && own.start < tag.end)
    {
        if tag.start > at {
            out.push_str(&escape(&text[at..tag.start]));
        }
        if tag.start >= own.start {
            out.push_str(&plain(&text[tag.clone()]));
        }
        at = tag.end.min(own.end);
    }
    let rest: Cow<str> = escape(&text[at..own.end]);
    out.push_str(&rest);
    out
}

/// The edit by which a row gives way to its tag.
fn row_tag(row: &Row, end: usize) -> Result<Option<Edit>, Fault> {
    let text = &row.text;
    let Some(tag) = tags(text)?
        .into_iter()
        .find(|tag| is_row_tag(&text[tag.clone()]))
    else {
        return Ok(None);
    };
    match standing_for(&text[tag.clone()], "tr") {
        Some(standing) if text.trim() == &text[tag] => Ok(Some((row.start..end, standing))),
        _ => Err(Fault {
            text: text.clone(),
            reason: "{%tr … %} 须独占一行表格 (must be alone in its table row)".to_owned(),
        }),
    }
}

/// The source with its edits; one inside another gives way to the outer one.
fn apply(xml: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    let mut out = String::with_capacity(xml.len());
    let mut at = 0;
    for (range, text) in edits {
        if range.start < at {
            continue;
        }
        out.push_str(&xml[at..range.start]);
        out.push_str(&text);
        at = range.end;
    }
    out.push_str(&xml[at..]);
    out
}

/// What a part has become once it is filled: every element closed, no table cell without a
/// paragraph, which Word refuses.
pub(super) fn check(xml: &str) -> Result<(), Fault> {
    let mut reader = Reader::from_str(xml);
    let mut depth = 0_usize;
    let mut cells: Vec<bool> = Vec::new();
    loop {
        let event = reader.read_event().map_err(|error| unsound(&error))?;
        if let Event::Start(tag) | Event::Empty(tag) = &event
            && tag.name().0 == "w:p"
            && let Some(filled) = cells.last_mut()
        {
            *filled = true;
        }
        match event {
            Event::Start(tag) => {
                depth += 1;
                if tag.name().0 == "w:tc" {
                    cells.push(false);
                }
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                if tag.name().0 == "w:tc" && cells.pop() == Some(false) {
                    let reason = "有单元格填写后没有段落 (a table cell has no paragraph left)";
                    return Err(Fault {
                        text: String::new(),
                        reason: reason.to_owned(),
                    });
                }
            }
            Event::Eof if depth > 0 => return Err(unsound(&"有元素没有结束 (an element is open)")),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// The text of XML as a reader sees it.
pub(super) fn visible(xml: &str) -> String {
    let mut text = String::new();
    let mut rest = xml;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        rest = after.split_once('>').map_or("", |(_, tail)| tail);
    }
    text.push_str(rest);
    unescape(&text).map_or_else(|_| text.clone(), Cow::into_owned)
}
