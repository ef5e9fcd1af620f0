//! `report.json`: the report as it is; its shape is `schemas/report.schema.json`.

use super::folder::{Content, Files, WriteError};

const FILE: &str = "report.json";

/// The one file.
pub(super) fn files(of: &Content<'_>) -> Result<Files, WriteError> {
    Ok(vec![(FILE.to_owned(), pretty(FILE, of.report)?)])
}

/// A value as indented JSON with a last line break.
pub(super) fn pretty(file: &str, value: &impl serde::Serialize) -> Result<Vec<u8>, WriteError> {
    let mut text = serde_json::to_vec_pretty(value).map_err(WriteError::render(file))?;
    text.push(b'\n');
    Ok(text)
}
