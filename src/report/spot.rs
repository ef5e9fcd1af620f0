//! Where a thing stands as programs print it, so that others find it again: `file:line:column` in a
//! text file, the file and the words of its place elsewhere.

use super::view::{FindingView, NotRead};

/// Where a finding stands as programs print it: `file:line:column` in a text file, file and place
/// elsewhere. `base` goes before the file.
#[must_use]
pub fn spot(finding: &FindingView, base: &str) -> String {
    let file = format!("{base}{}", finding.file);
    if finding.line.is_empty() {
        return match finding.place.as_str() {
            "" => file,
            place => format!("{file} {place}"),
        };
    }
    let parts = [file.as_str(), &finding.line, &finding.column];
    let known: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    known.join(":")
}

impl NotRead {
    /// Path and place of a document that was not read, as programs print them.
    #[must_use]
    pub fn spot(&self) -> String {
        match (self.line, self.place.as_str()) {
            (Some(line), _) => format!("{}:{line}", self.path),
            (None, "") => self.path.clone(),
            (None, place) => format!("{} {place}", self.path),
        }
    }
}
