//! The XML of a part, tag by tag, with names of the transitional and the strict form told alike.
//! Expands no entity of a document's own, follows no reference out of it, keeps no tree.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};
use quick_xml::reader::NsReader;

use super::super::{Kind, ReadError};

/// Whose name a tag is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Space {
    /// Word processing.
    Word,
    /// Markup compatibility: the same thing said for newer and older programs.
    Markup,
    /// Mathematics.
    Math,
    /// Any other.
    Other,
}

/// An opened tag.
#[derive(Debug)]
pub struct Tag<'a> {
    /// Whose name it is.
    pub space: Space,
    start: BytesStart<'a>,
}

impl Tag<'_> {
    /// Its name without the prefix.
    pub fn name(&self) -> &str {
        self.start.local_name().into_inner()
    }

    /// The name of a word-processing tag; empty for others.
    pub fn word(&self) -> &str {
        match self.space {
            Space::Word => self.name(),
            _ => "",
        }
    }

    /// An attribute by its name without the prefix.
    pub fn attribute(&self, name: &str) -> Option<String> {
        self.start
            .attributes()
            .with_checks(false)
            .flatten()
            .find(|attribute| attribute.key.local_name().into_inner() == name)
            .and_then(|attribute| {
                let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?;
                Some(value.into_owned())
            })
    }

    /// The attribute `val`.
    pub fn val(&self) -> Option<String> {
        self.attribute("val")
    }

    /// The attribute `val` as a number.
    pub fn number<T: std::str::FromStr>(&self) -> Option<T> {
        self.val()?.trim().parse().ok()
    }

    /// Whether a property that is either on or off is on; without a value it is.
    pub fn on(&self) -> bool {
        !matches!(self.val().as_deref(), Some("0" | "false" | "off" | "none"))
    }
}

/// What comes next in a part.
#[derive(Debug)]
pub enum Next<'a> {
    /// A tag opens; an empty one closes at once.
    Open(Tag<'a>),
    /// The last open tag closes.
    Close,
    /// Text.
    Text(String),
    /// The part ends.
    End,
}

/// The reader of a part.
pub struct Xml<'a> {
    reader: NsReader<&'a [u8]>,
    part: &'a str,
    open: usize,
}

impl<'a> Xml<'a> {
    /// Begins to read the part of that name.
    pub fn new(part: &'a str, text: &'a str) -> Self {
        let mut reader = NsReader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self {
            reader,
            part,
            open: 0,
        }
    }

    /// Reads on.
    ///
    /// # Errors
    /// XML that is not well-formed, or that ends within a tag.
    pub fn next(&mut self) -> Result<Next<'a>, ReadError> {
        loop {
            let event = match self.reader.read_event() {
                Ok(event) => event,
                Err(error) => return Err(self.damaged(&error.to_string())),
            };
            return Ok(match event {
                Event::Start(start) => {
                    self.open += 1;
                    let (found, _) = self.reader.resolver().resolve_element(start.name());
                    let space = space(&found);
                    Next::Open(Tag { space, start })
                }
                Event::End(_) => {
                    self.open = self.open.saturating_sub(1);
                    Next::Close
                }
                Event::Text(text) => Next::Text(text.xml10_content().into_owned()),
                Event::CData(text) => Next::Text(text.xml10_content().into_owned()),
                Event::GeneralRef(reference) => match reference.resolve_char_ref() {
                    Ok(Some(letter)) => Next::Text(letter.to_string()),
                    // An entity that the document itself defines is never expanded.
                    Ok(None) => match quick_xml::escape::resolve_xml_entity(&reference) {
                        Some(text) => Next::Text(text.to_owned()),
                        None => continue,
                    },
                    Err(error) => return Err(self.damaged(&error.to_string())),
                },
                Event::Eof if self.open > 0 => return Err(self.damaged("tags left open")),
                Event::Eof => Next::End,
                _ => continue,
            });
        }
    }

    fn damaged(&self, reason: &str) -> ReadError {
        ReadError::Damaged {
            kind: Kind::Docx,
            reason: format!("{}: {reason}", self.part),
        }
    }
}

fn space(found: &ResolveResult<'_>) -> Space {
    let ResolveResult::Bound(Namespace(name)) = found else {
        return Space::Other;
    };
    match *name {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        | "http://purl.oclc.org/ooxml/wordprocessingml/main" => Space::Word,
        "http://schemas.openxmlformats.org/markup-compatibility/2006" => Space::Markup,
        "http://schemas.openxmlformats.org/officeDocument/2006/math"
        | "http://purl.oclc.org/ooxml/officeDocument/math" => Space::Math,
        _ => Space::Other,
    }
}
