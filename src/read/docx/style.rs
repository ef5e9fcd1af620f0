//! The styles of a document, as far as they say something that no paragraph says: an automatic
//! number, hidden text.

use std::collections::HashMap;

use super::super::ReadError;
use super::xml::{Next, Xml};

/// Styles that a style may rest on; more are a circle.
const DEEPEST: usize = 32;

/// What a style says of its own.
#[derive(Debug, Clone, Default)]
struct Style {
    based_on: Option<String>,
    numbering: Option<String>,
    level: Option<usize>,
    hidden: Option<bool>,
}

/// The styles of a document by their ids.
#[derive(Debug, Clone, Default)]
pub struct Styles {
    styles: HashMap<String, Style>,
    paragraph: Option<String>,
}

/// The automatic numbering that a style gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StyleNumber {
    /// Id of the numbering.
    pub numbering: String,
    /// Level, where the style names one.
    pub level: Option<usize>,
    /// Id of the style that gives it, by which a level may claim it.
    pub style: String,
}

impl Styles {
    /// Reads the part that holds the styles.
    ///
    /// # Errors
    /// XML that is not well-formed.
    pub fn read(part: &str, text: &str) -> Result<Self, ReadError> {
        let mut xml = Xml::new(part, text);
        let mut styles = Self::default();
        let mut path: Vec<String> = Vec::new();
        let mut id = String::new();
        let mut style = Style::default();
        loop {
            match xml.next()? {
                Next::End => return Ok(styles),
                Next::Text(_) => {}
                Next::Close => {
                    if path.pop().as_deref() == Some("style") {
                        styles
                            .styles
                            .insert(std::mem::take(&mut id), std::mem::take(&mut style));
                    }
                }
                Next::Open(tag) => {
                    let within = path.last().map_or("", String::as_str);
                    match (within, tag.word()) {
                        (_, "style") => {
                            id = tag.attribute("styleId").unwrap_or_default();
                            let default = tag.attribute("default");
                            if tag.attribute("type").as_deref() == Some("paragraph")
                                && matches!(default.as_deref(), Some("1" | "true" | "on"))
                            {
                                styles.paragraph = Some(id.clone());
                            }
                        }
                        ("style", "basedOn") => style.based_on = tag.val(),
                        ("numPr", "numId") => style.numbering = tag.val(),
                        ("numPr", "ilvl") => style.level = tag.number(),
                        // A table style speaks of some of its rows in elements of their own.
                        ("rPr", "vanish" | "specVanish") if path.len() == 3 => {
                            style.hidden = Some(tag.on());
                        }
                        _ => {}
                    }
                    path.push(tag.word().to_owned());
                }
            }
        }
    }

    /// The style and those it rests on, from itself on.
    fn chain<'a>(&'a self, id: Option<&'a str>) -> impl Iterator<Item = (&'a str, &'a Style)> {
        let id = id.filter(|id| self.styles.contains_key(*id));
        let first = id.or(self.paragraph.as_deref());
        let entry = |id: &'a str| self.styles.get(id).map(|style| (id, style));
        std::iter::successors(first.and_then(entry), move |(_, style)| {
            style.based_on.as_deref().and_then(entry)
        })
        .take(DEEPEST)
    }

    /// The numbering that a paragraph of a style has; without a style it has the default one.
    #[must_use]
    pub fn number(&self, id: Option<&str>) -> Option<StyleNumber> {
        let level = self.chain(id).find_map(|(_, style)| style.level);
        let (style, numbering) = self
            .chain(id)
            .find_map(|(id, style)| Some((id, style.numbering.clone()?)))?;
        Some(StyleNumber {
            numbering,
            level,
            style: style.to_owned(),
        })
    }

    /// Whether text of a style is hidden, where the style says so.
    #[must_use]
    pub fn hidden(&self, id: Option<&str>) -> Option<bool> {
        self.chain(id).find_map(|(_, style)| style.hidden)
    }
}
