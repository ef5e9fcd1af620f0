//! Where a finding stands, as SARIF says it: file, line and, where the text is known to stand there
//! exactly once, the columns, counted in code points.

use std::collections::BTreeMap;

use super::log::{ArtifactLocation, Location, LogicalLocation, Message, PhysicalLocation, Region};
use crate::report::folder::Content;
use crate::report::view::FindingView;

/// Name SARIF uses for the root of the repository; its address is left to the reader.
const ROOT: &str = "%SRCROOT%";

/// The documents of a run, to be pointed at.
pub(super) struct Places<'a> {
    base: &'a str,
    lines: BTreeMap<&'a str, Vec<&'a str>>,
    indices: BTreeMap<&'a str, usize>,
}

impl<'a> Places<'a> {
    pub fn new(of: &Content<'a>) -> Self {
        let inputs = of.report.inputs.iter().enumerate();
        let texts = of.texts.iter();
        Self {
            base: of.base,
            lines: texts
                .map(|(path, text)| (path.as_str(), text.lines().collect()))
                .collect(),
            indices: inputs
                .map(|(index, input)| (input.path.as_str(), index))
                .collect(),
        }
    }

    /// The document of a path.
    pub fn artifact(&self, path: &str) -> ArtifactLocation {
        ArtifactLocation {
            uri: uri(&format!("{}{path}", self.base)),
            uri_base_id: ROOT,
            index: self.indices.get(path).copied(),
        }
    }

    /// A line of a document, or the document alone.
    pub fn line(&self, path: &str, line: Option<u64>) -> Location<'a> {
        let region = line.map(|start_line| Region {
            start_line,
            start_column: None,
            end_column: None,
            snippet: None,
        });
        Location {
            physical_location: PhysicalLocation {
                artifact_location: self.artifact(path),
                region,
            },
            logical_locations: Vec::new(),
        }
    }

    /// Where a finding stands: the value if it is there once, else its quote, else its line.
    pub fn location(&self, finding: &'a FindingView) -> Location<'a> {
        let region = self
            .only(finding, &finding.found)
            .or_else(|| self.only(finding, &finding.quote))
            .or_else(|| self.whole_line(finding));
        let logical = (!finding.name.is_empty()).then(|| LogicalLocation {
            name: &finding.name,
            fully_qualified_name: format!("{}/{}/{}", finding.region, finding.list, finding.name),
            kind: "element",
        });
        Location {
            physical_location: PhysicalLocation {
                artifact_location: self.artifact(&finding.file),
                region,
            },
            logical_locations: self.cell(finding).into_iter().chain(logical).collect(),
        }
    }

    /// The cell, row or paragraph, in a document that has no lines.
    fn cell(&self, finding: &'a FindingView) -> Option<LogicalLocation<'a>> {
        let known = finding.line.is_empty() && !finding.place.is_empty();
        known.then(|| LogicalLocation {
            name: &finding.place,
            fully_qualified_name: format!("{}/{}", finding.file, finding.place),
            kind: "element",
        })
    }

    /// The region of a text that stands exactly once on the finding's line.
    pub fn only(&self, finding: &FindingView, text: &'a str) -> Option<Region<'a>> {
        let (number, line) = self.text_line(finding)?;
        let (before, after) = line.split_once(text).filter(|_| !text.is_empty())?;
        if after.contains(text) {
            return None;
        }
        let start = before.chars().count() + 1;
        Some(Region {
            start_line: number,
            start_column: Some(start),
            end_column: Some(start + text.chars().count()),
            snippet: Some(Message { text: text.into() }),
        })
    }

    fn whole_line(&self, finding: &'a FindingView) -> Option<Region<'a>> {
        let start_line = finding.line.parse().ok()?;
        let snippet = match self.text_line(finding) {
            Some((_, line)) => line,
            None => finding.quote.as_str(),
        };
        Some(Region {
            start_line,
            start_column: None,
            end_column: None,
            snippet: (!snippet.is_empty()).then(|| Message {
                text: snippet.into(),
            }),
        })
    }

    fn text_line(&self, finding: &FindingView) -> Option<(u64, &'a str)> {
        let number: u64 = finding.line.parse().ok()?;
        let index = usize::try_from(number).ok()?.checked_sub(1)?;
        let line = self.lines.get(finding.file.as_str())?.get(index)?;
        Some((number, line))
    }
}

/// A path as a relative reference: what RFC 3986 leaves unreserved, and `/`, as it is.
fn uri(path: &str) -> String {
    let mut uri = String::new();
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn a_path_is_a_valid_reference() {
        assert_eq!(uri("lists/a-1_2~.txt"), "lists/a-1_2~.txt");
        assert_eq!(
            uri("清单 a:b#c?.txt"),
            "%E6%B8%85%E5%8D%95%20a%3Ab%23c%3F.txt"
        );
    }
}
