//! Web pages, and what programs save as such: pages of a browser with their clutter, sheets of
//! Excel under the name of an .xls, documents of Word, pages with all that belongs to them (MHTML).
//! Their tables with spans, and the text around them; what a page does not show is left out. Runs
//! no script, knows no style sheet, fetches nothing.

mod archive;
mod charset;
mod grid;
mod line;
mod number;
mod shown;
mod walk;
mod weight;

#[cfg(test)]
mod tests;

use scraper::Html;

use super::flow::Flow;
use super::{Limits, RawTable, ReadError};

/// Reads the raw table of a web page. `encoding` is what the page is said to be in, and goes before
/// what it says itself.
///
/// # Errors
/// A page that cannot be decoded, one without a table or that only frames other files, or more of
/// anything than `limits` allow.
pub fn read(bytes: &[u8], limits: &Limits, encoding: Option<&str>) -> Result<RawTable, ReadError> {
    limits.within_bytes(bytes.len() as u64)?;
    let mut flow = Flow::default();
    let mut frames = Vec::new();
    if archive::is_archive(bytes) {
        for page in archive::pages(bytes, limits)? {
            // A head that states what nobody knows says nothing.
            let stated = page.charset.as_deref();
            let stated =
                stated.filter(|label| encoding_rs::Encoding::for_label(label.as_bytes()).is_some());
            let text = charset::decode(&page.bytes, encoding.or(stated))?;
            let (page, _) = parse(&text, limits)?;
            flow.append(page);
        }
    } else {
        let text = charset::decode(bytes, encoding)?;
        if text.trim().is_empty() {
            return Err(ReadError::Empty);
        }
        (flow, frames) = parse(&text, limits)?;
    }
    match flow.table(limits) {
        Err(ReadError::NoTable) if !frames.is_empty() => Err(ReadError::OnlyFrames {
            files: frames.join("、"),
        }),
        table => table,
    }
}

fn parse(text: &str, limits: &Limits) -> Result<(Flow, Vec<String>), ReadError> {
    weight::weigh(text, limits)?;
    let page = Html::parse_document(text);
    walk::walk(&page, limits)
}
