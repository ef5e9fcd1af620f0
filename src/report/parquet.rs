//! `findings.parquet` and `items.parquet`: the columns of the CSV files with their types, for those
//! who analyse. An empty cell of the CSV is a null. Codes and numbers of entries are text, because
//! `002036001001` is no number and a list may number its rows as it likes.

use polars::prelude::{Column, DataFrame, PlSmallStr, PolarsResult};
use polars_io::parquet::write::{ParquetCompression, ParquetWriter};

use super::folder::{Content, Files, WriteError};
use super::items::ItemRow;
use super::view::FindingView;

/// Rows of a row group: enough to compress well, few enough for readers that skip by statistics.
const GROUP: usize = 131_072;

/// Both files.
pub(super) fn files(of: &Content<'_>) -> Result<Files, WriteError> {
    let mut files = Files::new();
    for (name, frame) in [
        ("findings.parquet", findings(&of.report.findings)),
        ("items.parquet", items(of.items)),
    ] {
        let bytes = frame.and_then(written).map_err(WriteError::render(name))?;
        files.push((name.to_owned(), bytes));
    }
    Ok(files)
}

fn written(mut frame: DataFrame) -> PolarsResult<Vec<u8>> {
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes)
        .with_compression(ParquetCompression::Zstd(None))
        .with_row_group_size(Some(GROUP))
        .finish(&mut frame)?;
    Ok(bytes)
}

/// The columns of a table, filled row by row from records.
struct Table<'a, R> {
    rows: &'a [R],
    columns: Vec<Column>,
}

impl<'a, R> Table<'a, R> {
    fn new(rows: &'a [R]) -> Self {
        Self {
            rows,
            columns: Vec::new(),
        }
    }

    fn text(mut self, name: &str, value: impl Fn(&'a R) -> &'a str) -> Self {
        let cells: Vec<Option<&str>> = self
            .rows
            .iter()
            .map(|row| Some(value(row)).filter(|text| !text.is_empty()))
            .collect();
        self.columns
            .push(Column::new(PlSmallStr::from_str(name), cells));
        self
    }

    fn owned(mut self, name: &str, value: impl Fn(&R) -> Option<String>) -> Self {
        let cells: Vec<Option<String>> = self.rows.iter().map(value).collect();
        self.columns
            .push(Column::new(PlSmallStr::from_str(name), cells));
        self
    }

    fn whole(mut self, name: &str, value: impl Fn(&R) -> Option<i64>) -> Self {
        let cells: Vec<Option<i64>> = self.rows.iter().map(value).collect();
        self.columns
            .push(Column::new(PlSmallStr::from_str(name), cells));
        self
    }

    fn share(mut self, name: &str, value: impl Fn(&R) -> &str) -> Self {
        let cells: Vec<Option<f64>> = self.rows.iter().map(|r| value(r).parse().ok()).collect();
        self.columns
            .push(Column::new(PlSmallStr::from_str(name), cells));
        self
    }

    fn frame(self) -> PolarsResult<DataFrame> {
        DataFrame::new(self.rows.len(), self.columns)
    }
}

/// A number that the view keeps as text; empty where there is none.
fn number(text: &str) -> Option<i64> {
    text.parse().ok()
}

fn findings(rows: &[FindingView]) -> PolarsResult<DataFrame> {
    Table::new(rows)
        .text("id", |f| &f.id)
        .text("rule", |f| &f.rule)
        .text("severity", |f| &f.severity)
        .text("status", |f| &f.status)
        .text("origin", |f| &f.origin)
        .share("certainty", |f| &f.certainty)
        .text("region_code", |f| &f.region_code)
        .text("region", |f| &f.region)
        .text("list", |f| &f.list)
        .whole("edition", |f| number(&f.edition))
        .text("level", |f| &f.level)
        .text("seq", |f| &f.seq)
        .text("code", |f| &f.code)
        .text("name", |f| &f.name)
        .text("field", |f| &f.field)
        .text("found", |f| &f.found)
        .text("expected", |f| &f.expected)
        .text("message", |f| &f.message)
        .text("basis", |f| &f.basis)
        .text("remedy", |f| &f.remedy)
        .text("file", |f| &f.file)
        .whole("page", |f| number(&f.page))
        .whole("line", |f| number(&f.line))
        .whole("row", |f| number(&f.row))
        .whole("column", |f| number(&f.column))
        .text("quote", |f| &f.quote)
        .text("known", |f| &f.known)
        .text("since", |f| &f.since)
        .text("cause", |f| &f.cause)
        .text("due", |f| &f.due)
        .text("overdue", |f| if f.overdue { "true" } else { "false" })
        .text("waiver", |f| &f.waiver)
        .text("place", |f| &f.place)
        .frame()
}

fn items(rows: &[ItemRow]) -> PolarsResult<DataFrame> {
    Table::new(rows)
        .text("region_code", |i| &i.region_code)
        .text("region", |i| &i.region)
        .text("list", |i| &i.list)
        .whole("edition", |i| Some(i.edition.into()))
        .text("level", |i| i.level)
        .owned("seq", |i| i.seq.map(|seq| seq.to_string()))
        .text("main_name", |i| &i.main_name)
        .text("main_code", |i| &i.main_code)
        .text("main_code_printed", |i| &i.main_code_printed)
        .text("code", |i| &i.code)
        .text("code_printed", |i| &i.code_printed)
        .text("name", |i| &i.name)
        .text("name_printed", |i| &i.name_printed)
        .text("national_code", |i| &i.national_code)
        .text("match", |i| i.matched)
        .whole("materials_count", |i| i.materials_count.map(i64::from))
        .text("time_limit", |i| &i.time_limit)
        .text("time_limit_printed", |i| &i.time_limit_printed)
        .text("steps", |i| &i.steps)
        .text("steps_printed", |i| &i.steps_printed)
        .text("basis", |i| i.basis)
        .text("citations", |i| &i.citations)
        .share("certainty", |i| &i.certainty)
        .text("file", |i| &i.file)
        .whole("page", |i| i.page.map(i64::from))
        .whole("line", |i| i.line.and_then(|line| i64::try_from(line).ok()))
        .text("place", |i| &i.place)
        .frame()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::csv::{FINDING_COLUMNS, ITEM_COLUMNS};

    #[test]
    fn the_columns_are_those_of_the_csv() {
        let names = |frame: DataFrame| -> Vec<String> {
            frame
                .get_column_names()
                .iter()
                .map(ToString::to_string)
                .collect()
        };
        assert_eq!(names(findings(&[]).expect("a frame")), FINDING_COLUMNS);
        assert_eq!(names(items(&[]).expect("a frame")), ITEM_COLUMNS);
    }

    #[test]
    fn a_table_without_rows_is_a_file_all_the_same() {
        let bytes = written(findings(&[]).expect("a frame")).expect("written");
        assert!(bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1"));
    }
}
