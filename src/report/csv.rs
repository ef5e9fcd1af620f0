//! CSV for spreadsheets: a byte-order mark so that Chinese shows, and cells that a spreadsheet
//! would run as a formula made harmless.

use serde::Serialize;

use super::folder::{Content, Files, WriteError};
use super::items::ItemRow;
use super::view::FindingView;

/// Columns of `findings.csv` in their order; the header is there even where nothing was found.
pub const FINDING_COLUMNS: [&str; 33] = [
    "id",
    "rule",
    "severity",
    "status",
    "origin",
    "certainty",
    "region_code",
    "region",
    "list",
    "edition",
    "level",
    "seq",
    "code",
    "name",
    "field",
    "found",
    "expected",
    "message",
    "basis",
    "remedy",
    "file",
    "page",
    "line",
    "row",
    "column",
    "quote",
    "known",
    "since",
    "cause",
    "due",
    "overdue",
    "waiver",
    "place",
];

/// Columns of `items.csv` in their order.
pub const ITEM_COLUMNS: [&str; 27] = [
    "region_code",
    "region",
    "list",
    "edition",
    "level",
    "seq",
    "main_name",
    "main_code",
    "main_code_printed",
    "code",
    "code_printed",
    "name",
    "name_printed",
    "national_code",
    "match",
    "materials_count",
    "time_limit",
    "time_limit_printed",
    "steps",
    "steps_printed",
    "basis",
    "citations",
    "certainty",
    "file",
    "page",
    "line",
    "place",
];

/// The tables of the run, and the findings of each region.
pub(super) fn files(of: &Content<'_>) -> Result<Files, WriteError> {
    let all = of.report.findings.iter();
    let mut files = vec![
        output("findings.csv", findings(all))?,
        output("items.csv", items(of.items))?,
    ];
    for region in &of.report.regions {
        let own = of.report.findings.iter();
        let own = own.filter(|finding| finding.region_code == region.code);
        let name = format!("regions/{}.findings.csv", region.code);
        files.push(output(&name, findings(own))?);
    }
    Ok(files)
}

fn output(name: &str, table: csv::Result<Vec<u8>>) -> Result<(String, Vec<u8>), WriteError> {
    Ok((name.to_owned(), table.map_err(WriteError::render(name))?))
}

/// `findings.csv`.
///
/// # Errors
/// What the writer says; writing to memory does not fail.
pub fn findings<'a>(rows: impl Iterator<Item = &'a FindingView>) -> csv::Result<Vec<u8>> {
    table(&FINDING_COLUMNS, rows)
}

/// `items.csv`.
///
/// # Errors
/// What the writer says; writing to memory does not fail.
pub fn items(rows: &[ItemRow]) -> csv::Result<Vec<u8>> {
    table(&ITEM_COLUMNS, rows.iter())
}

fn table<'a, R: Serialize + 'a>(
    columns: &[&str],
    rows: impl Iterator<Item = &'a R>,
) -> csv::Result<Vec<u8>> {
    // Serialised once without quotes about it, so that each cell can be looked at by itself.
    let mut plain = csv::WriterBuilder::new()
        .has_headers(false)
        .from_writer(Vec::new());
    for row in rows {
        plain.serialize(row)?;
    }
    let plain = plain.into_inner().map_err(|error| error.into_error())?;
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(plain.as_slice());
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(columns)?;
    for record in reader.records() {
        writer.write_record(record?.iter().map(harmless))?;
    }
    Ok(writer.into_inner().map_err(|error| error.into_error())?)
}

/// A cell that no spreadsheet runs as a formula.
pub(super) fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_made_harmless() {
        assert_eq!(harmless("=cmd|' /C calc'!A0"), "'=cmd|' /C calc'!A0");
        assert_eq!(harmless("@SUM(1)"), "'@SUM(1)");
        assert_eq!(harmless("002036001001"), "002036001001");
        assert_eq!(harmless("<=5 wd"), "<=5 wd");
    }

    #[test]
    fn an_empty_table_still_has_its_header_and_mark() {
        let bytes = findings(std::iter::empty()).expect("written");
        assert!(bytes.starts_with(b"\xef\xbb\xbfid,rule,severity"));
    }
}
