//! Frames whose columns are declared once: name, kind, meaning, and how a record yields the value.
//! The same declaration builds the real frame, the frame of a rule's example, and the handbook.

use std::collections::BTreeMap;

use polars::prelude::{Column as Series, DataFrame, PolarsResult, polars_err};

/// Kind of a column's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// A whole number.
    Whole,
    /// A number between 0 and 1.
    Share,
    /// True or false.
    Flag,
}

/// How a record yields the value of a column; `None` is null.
#[derive(Debug)]
pub enum Get<R> {
    /// Text.
    Text(fn(&R) -> Option<String>),
    /// A whole number.
    Whole(fn(&R) -> Option<i64>),
    /// A number between 0 and 1.
    Share(fn(&R) -> Option<f64>),
    /// True or false.
    Flag(fn(&R) -> Option<bool>),
}

/// A declared column.
#[derive(Debug)]
pub struct Column<R> {
    /// Name, as rules write it.
    pub name: &'static str,
    /// What it holds, for the handbook.
    pub about: &'static str,
    /// Where its value comes from.
    pub get: Get<R>,
}

/// A column by name and kind, without the record it comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Declared {
    /// Name, as rules write it.
    pub name: &'static str,
    /// Kind of its values.
    pub kind: Kind,
    /// What it holds, for the handbook.
    pub about: &'static str,
}

impl<R> Column<R> {
    /// The column without its record.
    #[must_use]
    pub fn declared(&self) -> Declared {
        Declared {
            name: self.name,
            kind: match self.get {
                Get::Text(_) => Kind::Text,
                Get::Whole(_) => Kind::Whole,
                Get::Share(_) => Kind::Share,
                Get::Flag(_) => Kind::Flag,
            },
            about: self.about,
        }
    }

    fn series(&self, records: &[&R]) -> Series {
        let name = self.name.into();
        match self.get {
            Get::Text(get) => Series::new(name, all(records, get)),
            Get::Whole(get) => Series::new(name, all(records, get)),
            Get::Share(get) => Series::new(name, all(records, get)),
            Get::Flag(get) => Series::new(name, all(records, get)),
        }
    }
}

fn all<R, T>(records: &[&R], get: fn(&R) -> T) -> Vec<T> {
    records.iter().map(|record| get(record)).collect()
}

/// Builds a frame from records.
///
/// # Errors
/// What polars says; columns of one length under different names do not fail.
pub fn frame<'a, R: 'a>(
    columns: &[Column<R>],
    records: impl Iterator<Item = &'a R>,
) -> PolarsResult<DataFrame> {
    let records: Vec<&R> = records.collect();
    let series = columns
        .iter()
        .map(|column| column.series(&records))
        .collect();
    DataFrame::new(records.len(), series)
}

/// Builds a frame of given rows, every column that a row does not name being null.
///
/// # Errors
/// A row that names a column the frame does not have, or a value of the wrong kind.
pub fn example(
    columns: &[Declared],
    rows: &[&BTreeMap<String, toml::Value>],
) -> PolarsResult<DataFrame> {
    for row in rows {
        if let Some(name) = row
            .keys()
            .find(|name| !columns.iter().any(|c| c.name == **name))
        {
            return Err(polars_err!(ColumnNotFound: "示例用了不存在的列 {name} (unknown column)"));
        }
    }
    let mut series = Vec::with_capacity(columns.len());
    for column in columns {
        let values: Vec<Option<&toml::Value>> =
            rows.iter().map(|row| row.get(column.name)).collect();
        series.push(typed(column, &values)?);
    }
    DataFrame::new(rows.len(), series)
}

fn typed(column: &Declared, values: &[Option<&toml::Value>]) -> PolarsResult<Series> {
    fn all<T>(
        values: &[Option<&toml::Value>],
        name: &str,
        get: impl Fn(&toml::Value) -> Option<T>,
    ) -> PolarsResult<Vec<Option<T>>> {
        values
            .iter()
            .map(|value| match value {
                None => Ok(None),
                Some(value) => get(value).map(Some).ok_or_else(
                    || polars_err!(SchemaMismatch: "列 {name} 的值 {value} 类型不对 (wrong kind)"),
                ),
            })
            .collect()
    }
    let name = column.name;
    Ok(match column.kind {
        Kind::Text => Series::new(
            name.into(),
            all(values, name, |value| value.as_str().map(str::to_owned))?,
        ),
        Kind::Whole => Series::new(name.into(), all(values, name, toml::Value::as_integer)?),
        Kind::Share => Series::new(name.into(), all(values, name, toml::Value::as_float)?),
        Kind::Flag => Series::new(name.into(), all(values, name, toml::Value::as_bool)?),
    })
}
