//! Word-processor files of Office Open XML (docx, docm, what WPS saves as .wps in that form): their
//! tables with merges, and the text around them, as the document prints with all tracked changes
//! accepted. Headers, footers, notes and comments are no part of a table and are not read; macros
//! are not run.

mod body;
mod grid;
mod numbering;

mod package;
mod paragraph;
mod style;
mod symbol;
mod xml;

#[cfg(test)]
mod tests;

use super::flow::Mark;
use super::{Kind, Limits, Oddity, RawTable, ReadError};

use body::Body;
use numbering::Numbering;
use package::Package;
use style::Styles;

/// Reads the raw table of a word-processor file.
///
/// # Errors
/// A package that cannot be opened, is damaged or breaks off, a document without a table, or more
/// of anything than `limits` allow.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<RawTable, ReadError> {
    let mut package = Package::open(bytes, limits)?;
    let main = package.main()?;
    let relations = package.relations(&main)?;
    let mut part = |kind: &str| {
        let relation = relations.iter().find(|relation| relation.kind == kind);
        let text = relation.map(|relation| package.text(&relation.target));
        let text = text.transpose()?.flatten();
        Ok::<_, ReadError>(
            relation
                .zip(text)
                .map(|(of, text)| (of.target.as_str(), text)),
        )
    };
    let styles = match part("styles")? {
        Some((name, text)) => Styles::read(name, &text)?,
        None => Styles::default(),
    };
    let mut numbering = match part("numbering")? {
        Some((name, text)) => Numbering::read(name, &text)?,
        None => Numbering::default(),
    };
    numbering.link(|style| Some(styles.number(Some(style))?.numbering));
    let text = package.text(&main)?.ok_or_else(|| ReadError::Damaged {
        kind: Kind::Docx,
        reason: format!("{main}: missing"),
    })?;
    let mut flow = Body::new(limits, &styles, numbering).read(&main, &text)?;
    if package.has_macros() {
        let macros = Mark {
            oddity: Oddity::Macros,
            at: None,
        };
        flow.marks.insert(0, macros);
    }
    flow.table(limits)
}
