//! A template and how it is filled. Owns which parts of the document hold placeholders, the escaping
//! of values, and where an error stands; refuses to know the values.

use std::path::PathBuf;

use chrono::{DateTime, SecondsFormat, Utc};
use minijinja::value::Value;
use minijinja::{Environment, Error, Output, State, UndefinedBehavior};
use quick_xml::escape::escape;

use super::TemplateError;
use super::package::{pack, unpack};
use super::paragraph::{Fault, check, prepare, visible};
use crate::report::printable::printable;

/// The part that every Word document has.
const DOCUMENT: &str = "word/document.xml";
/// The part that says when a document was made.
const CORE: &str = "docProps/core.xml";
/// Characters of a paragraph that an error quotes.
const QUOTED: usize = 60;

/// A part of the document.
enum Part {
    /// As it is.
    Plain(Vec<u8>),
    /// With placeholders.
    Text(String),
}

/// A template, ready to be filled.
pub(super) struct Template {
    file: PathBuf,
    parts: Vec<(String, Part)>,
}

impl Template {
    /// Reads a template and looks at every placeholder of it, so that a broken one is told before
    /// the first letter.
    pub fn parse(file: PathBuf, bytes: &[u8]) -> Result<Self, TemplateError> {
        let not_word = |reason: String| TemplateError::NotWord {
            file: file.clone(),
            reason,
        };
        let unpacked = unpack(bytes).map_err(|error| not_word(error.to_string()))?;
        if !unpacked.iter().any(|(name, _)| name == DOCUMENT) {
            return Err(not_word(format!("没有 {DOCUMENT} (the part is not there)")));
        }
        let mut parts = Vec::with_capacity(unpacked.len());
        for (name, content) in unpacked {
            if !holds_placeholders(&name) {
                parts.push((name, Part::Plain(content)));
                continue;
            }
            let text = String::from_utf8(content)
                .map_err(|_| not_word(format!("{name} 不是 UTF-8 文本 (not UTF-8)")))?;
            let source = prepare(&text).map_err(|fault| at_fault(&file, &name, fault))?;
            environment()
                .template_from_str(&source)
                .map_err(|error| told(&file, &name, &source, &error))?;
            parts.push((name, Part::Text(source)));
        }
        Ok(Self { file, parts })
    }

    /// The document with the values put in, said to be made at the run's clock.
    pub fn fill(&self, values: &Value, now: &str) -> Result<Vec<u8>, TemplateError> {
        let environment = environment();
        let mut filled: Vec<(&str, Vec<u8>)> = Vec::with_capacity(self.parts.len());
        for (name, part) in &self.parts {
            let content = match part {
                Part::Plain(content) if name == CORE => dated(content, now),
                Part::Plain(content) => content.clone(),
                Part::Text(source) => {
                    let text = environment
                        .template_from_str(source)
                        .and_then(|template| template.render(values))
                        .map_err(|error| told(&self.file, name, source, &error))?;
                    check(&text).map_err(|fault| at_fault(&self.file, name, fault))?;
                    text.into_bytes()
                }
            };
            filled.push((name, content));
        }
        pack(
            filled
                .iter()
                .map(|(name, content)| (*name, content.as_slice())),
        )
        .map_err(|error| TemplateError::NotWord {
            file: self.file.clone(),
            reason: error.to_string(),
        })
    }
}

/// Body, headers, footers and notes; styles, settings and pictures hold none.
fn holds_placeholders(name: &str) -> bool {
    let Some(part) = name
        .strip_prefix("word/")
        .and_then(|part| part.strip_suffix(".xml"))
    else {
        return false;
    };
    let kind = part.trim_end_matches(|c: char| c.is_ascii_digit());
    matches!(
        kind,
        "document" | "header" | "footer" | "footnotes" | "endnotes"
    )
}

/// An engine that puts in nothing unescaped and lets no misspelt placeholder pass as empty.
fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_debug(true);
    environment.set_formatter(escaped);
    environment
}

/// A value as text of a `w:t`: escaped whatever it is, line breaks as Word's.
fn escaped(out: &mut Output, _state: &mut State, value: &Value) -> Result<(), Error> {
    if value.is_none() || value.is_undefined() {
        return Ok(());
    }
    let text = value.to_string();
    let text = printable(&text);
    for (index, line) in text.lines().enumerate() {
        if index > 0 {
            out.write_str("</w:t><w:br/><w:t xml:space=\"preserve\">")?;
        }
        out.write_str(&escape(line))?;
    }
    Ok(())
}

/// `dcterms:created` and `dcterms:modified` at the run's clock, so that equal runs yield equal
/// bytes and the document says when the letter was made, not when the template was.
fn dated(core: &[u8], now: &str) -> Vec<u8> {
    let (Ok(text), Ok(now)) = (std::str::from_utf8(core), DateTime::parse_from_rfc3339(now)) else {
        return core.to_vec();
    };
    let now = now
        .with_timezone(&Utc)
        .to_rfc3339_opts(SecondsFormat::Secs, true);
    let mut text = text.to_owned();
    for element in ["dcterms:created", "dcterms:modified"] {
        let open = text.find(&format!("<{element}"));
        let start = open.and_then(|open| text[open..].find('>').map(|at| open + at + 1));
        let end = text.find(&format!("</{element}>"));
        if let (Some(start), Some(end)) = (start, end)
            && start <= end
        {
            text.replace_range(start..end, &now);
        }
    }
    text.into_bytes()
}

fn at_fault(file: &std::path::Path, part: &str, fault: Fault) -> TemplateError {
    TemplateError::Part {
        file: file.to_path_buf(),
        part: part.to_owned(),
        place: quoted(&fault.text),
        reason: fault.reason,
    }
}

/// What the engine says, at the paragraph and the placeholder a person finds in Word.
fn told(file: &std::path::Path, part: &str, source: &str, error: &Error) -> TemplateError {
    let offset = error.range().map(|range| range.start.min(source.len()));
    let offset = offset.filter(|offset| source.is_char_boundary(*offset));
    let place = offset
        .map(|offset| place(source, offset))
        .unwrap_or_default();
    let detail = error
        .detail()
        .map(|detail| format!(": {detail}"))
        .unwrap_or_default();
    TemplateError::Part {
        file: file.to_path_buf(),
        part: part.to_owned(),
        place,
        reason: format!("{}{detail}", error.kind()),
    }
}

/// The paragraph at an offset, counted from 1, its text, and the placeholder there.
fn place(source: &str, offset: usize) -> String {
    let before = &source[..offset];
    let begins = ["<w:p>", "<w:p "]
        .iter()
        .filter_map(|tag| before.rfind(tag))
        .max();
    let number = before.matches("<w:p>").count() + before.matches("<w:p ").count();
    let open = ["{{", "{%"]
        .iter()
        .filter_map(|tag| before.rfind(tag))
        .max();
    let tag = open.and_then(|open| {
        let end = source[offset..].find('}')? + offset;
        let end = if source[end..].starts_with("}}") {
            end + 2
        } else {
            end + 1
        };
        Some(&source[open..end])
    });
    // A tag that stands for a paragraph is in none.
    let within = begins.filter(|begins| !source[*begins..offset].contains("</w:p>"));
    let text = within.map(|begins| {
        let end = source[offset..]
            .find("</w:p>")
            .map_or(source.len(), |end| offset + end);
        visible(&source[begins..end])
    });
    let mut words = format!("第{number}段附近");
    if let Some(text) = text {
        words = format!("第{number}段{}", quoted(&text));
    }
    match tag {
        Some(tag) => format!("{words}，{tag}"),
        None => words,
    }
}

fn quoted(text: &str) -> String {
    match text.char_indices().nth(QUOTED) {
        _ if text.is_empty() => String::new(),
        Some((end, _)) => format!("“{}……”", &text[..end]),
        None => format!("“{text}”"),
    }
}
