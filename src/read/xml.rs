//! Elements and attributes of the XML parts of packed documents, by their local names: a document
//! may bind any prefix to a namespace.

use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::BytesStart;

use super::{Kind, ReadError};

/// A reader that tells an empty element as one that begins and ends.
pub fn reader<R: BufRead>(part: R) -> Reader<R> {
    let mut reader = Reader::from_reader(part);
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    config.check_end_names = false;
    config.trim_text(false);
    reader
}

/// The value of an attribute; `None` where the element has none of that name.
pub fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    element
        .attributes()
        .with_checks(false)
        .filter_map(Result::ok)
        .find(|attribute| attribute.key.local_name().as_ref() == name)
        .map(|attribute| match unescape(&attribute.value) {
            Ok(value) => value.into_owned(),
            Err(_) => attribute.value.clone().into_owned(),
        })
}

/// An attribute that is a number.
pub fn number(element: &BytesStart<'_>, name: &str) -> Option<u32> {
    attribute(element, name)?.trim().parse().ok()
}

/// Whether an attribute says yes.
pub fn yes(element: &BytesStart<'_>, name: &str) -> bool {
    attribute(element, name).is_some_and(|value| matches!(value.as_str(), "1" | "true" | "on"))
}

/// What the library says of a part, as our own.
pub fn fault(error: &impl std::fmt::Display, part: &str, kind: Kind) -> ReadError {
    ReadError::Damaged {
        kind,
        reason: format!("{part}: {error}"),
    }
}
