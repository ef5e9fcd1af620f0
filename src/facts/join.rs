//! Joins: what is known of a list and of the national standard, put beside each of its entries, so
//! that a rule needs only one frame.

use std::collections::BTreeMap;

use polars::prelude::{
    Column as Series, DataFrame, IntoLazy, JoinArgs, JoinType, LazyFrame, PolarsResult,
    SortMultipleOptions, col, len, lit,
};

use crate::standard::Standard;

use super::foundation::BasisRecord;
use super::instrument::CitationRecord;
use super::record::{CodeRecord, LimitRecord, MaterialRecord};
use super::{List, frame, schema};

/// Column that holds a row's number while it is joined.
const ROW: &str = "row";

/// Builds every frame, joined to what is known of its list and of the national standard.
///
/// # Errors
/// What polars says when a frame cannot be built; the data cannot bring that about.
pub fn frames(
    lists: &[List],
    limits: &[LimitRecord],
    codes: &[CodeRecord],
    materials: &[MaterialRecord],
    standard: &Standard,
) -> PolarsResult<BTreeMap<&'static str, DataFrame>> {
    let identities = identities(lists)?.lazy();
    let national = national(standard)?.lazy();

    let items = numbered(frame::frame(
        schema::ITEMS,
        lists.iter().flat_map(List::judged_items),
    )?)?
    .lazy();
    let copies = items
        .clone()
        .filter(col("level").eq(lit("item")).and(col("code").is_not_null()))
        .group_by([col("list"), col("code")])
        .agg([len()
            .cast(polars::prelude::DataType::Int64)
            .alias("code_copies")]);
    let left = || JoinArgs::new(JoinType::Left);
    let items = in_order(
        keep(items, &identities)
            .join(
                national.clone().select([
                    col("edition"),
                    col("national_code"),
                    col("national_name"),
                    col("national_main_code"),
                ]),
                [col("edition"), col("national_code")],
                [col("edition"), col("national_code")],
                left(),
            )
            .join(
                copies,
                [col("list"), col("code")],
                [col("list"), col("code")],
                left(),
            ),
    )?;

    let found = items
        .clone()
        .lazy()
        .filter(
            col("level")
                .eq(lit("item"))
                .and(col("national_code").is_not_null()),
        )
        .group_by([col("list"), col("national_code")])
        .agg([len().cast(polars::prelude::DataType::Int64).alias("found")]);
    let lists_frame = frame::frame(schema::LISTS, lists.iter().map(|list| &list.record))?;
    let expected = identities
        .clone()
        .select([col("list"), col("edition")])
        .join(
            lists_frame.clone().lazy().filter(col("judgeable")).select([
                col("list"),
                col("completeness"),
                col("damaged").alias("list_damaged"),
            ]),
            [col("list")],
            [col("list")],
            JoinArgs::new(JoinType::Inner),
        )
        .join(
            national.select([
                col("edition"),
                col("national_code"),
                col("national_name"),
                col("national_main_code"),
                col("national_main_name"),
            ]),
            [col("edition")],
            [col("edition")],
            JoinArgs::new(JoinType::Inner),
        )
        .join(
            found,
            [col("list"), col("national_code")],
            [col("list"), col("national_code")],
            left(),
        )
        .with_column(col("found").fill_null(lit(0)));
    let whole = polars::prelude::DataType::Int64;
    let mains = expected
        .clone()
        .group_by([
            col("list"),
            col("edition"),
            col("national_main_code"),
            col("national_main_name"),
        ])
        .agg([
            len().cast(whole.clone()).alias("main_items"),
            col("found")
                .gt(lit(0))
                .sum()
                .cast(whole)
                .alias("main_found"),
            col("completeness").min(),
        ]);
    let expected = expected
        .join(
            mains.clone().select([
                col("list"),
                col("national_main_code"),
                col("main_items"),
                col("main_found"),
            ]),
            [col("list"), col("national_main_code")],
            [col("list"), col("national_main_code")],
            left(),
        )
        .sort(["list", "national_code"], SortMultipleOptions::default())
        .collect()?;
    let expected_mains = mains
        .rename(
            ["national_main_code", "national_main_name"],
            ["national_code", "national_name"],
            true,
        )
        .sort(["list", "national_code"], SortMultipleOptions::default())
        .collect()?;

    Ok(BTreeMap::from([
        ("items", items),
        (
            "mains",
            in_order(keep(
                numbered(frame::frame(
                    schema::MAINS,
                    lists.iter().flat_map(List::judged_mains),
                )?)?
                .lazy(),
                &identities,
            ))?,
        ),
        ("codes", frame::frame(schema::CODES, codes.iter())?),
        ("limits", frame::frame(schema::LIMITS, limits.iter())?),
        (
            "materials",
            frame::frame(schema::MATERIALS, materials.iter())?,
        ),
        ("lists", lists_frame),
        ("expected_mains", expected_mains),
        ("expected", expected),
    ]))
}

/// Builds the frames of the legal bases, whose records hold what they were matched to.
///
/// # Errors
/// What polars says when a frame cannot be built; the data cannot bring that about.
pub fn basis_frames(
    citations: &[CitationRecord],
    bases: &[BasisRecord],
) -> PolarsResult<BTreeMap<&'static str, DataFrame>> {
    Ok(BTreeMap::from([
        (
            "citations",
            frame::frame(schema::CITATIONS, citations.iter())?,
        ),
        ("bases", frame::frame(schema::BASES, bases.iter())?),
    ]))
}

/// Joins what is known of each list to its entries.
fn keep(entries: LazyFrame, identities: &LazyFrame) -> LazyFrame {
    let join = JoinArgs::new(JoinType::Left);
    entries.join(identities.clone(), [col("list")], [col("list")], join)
}

/// Numbers the rows, so that they can be put back in order: a join promises none.
fn numbered(mut frame: DataFrame) -> PolarsResult<DataFrame> {
    let rows: Vec<i64> = (0..).take(frame.height()).collect();
    frame.with_column(Series::new(ROW.into(), rows))?;
    Ok(frame)
}

/// The rows in the order of their records again.
fn in_order(frame: LazyFrame) -> PolarsResult<DataFrame> {
    frame
        .sort([ROW], SortMultipleOptions::default())
        .collect()?
        .drop(ROW)
}

fn identities(lists: &[List]) -> PolarsResult<DataFrame> {
    let of = |name: &str, get: fn(&List) -> String| {
        Series::new(name.into(), lists.iter().map(get).collect::<Vec<_>>())
    };
    let index: Vec<i64> = (0..).take(lists.len()).collect();
    let editions: Vec<i64> = lists
        .iter()
        .map(|l| i64::from(l.identity.edition))
        .collect();
    let damaged: Vec<bool> = lists.iter().map(|list| list.record.damaged).collect();
    DataFrame::new(
        lists.len(),
        vec![
            Series::new("list".into(), index),
            Series::new("edition".into(), editions),
            of("division", |list| list.identity.division().to_owned()),
            of("region", |list| list.identity.region.clone()),
            Series::new("list_damaged".into(), damaged),
        ],
    )
}

fn national(standard: &Standard) -> PolarsResult<DataFrame> {
    let rows: Vec<(i64, &str, &str, &str, &str)> = standard
        .editions
        .iter()
        .flat_map(|edition| {
            edition.items.iter().map(|item| {
                (
                    i64::from(edition.year),
                    item.code.as_str(),
                    item.name.as_str(),
                    item.main.as_str(),
                    edition.main_of(item).map_or("", |main| &main.name),
                )
            })
        })
        .collect();
    DataFrame::new(
        rows.len(),
        vec![
            Series::new(
                "edition".into(),
                rows.iter().map(|row| row.0).collect::<Vec<_>>(),
            ),
            Series::new(
                "national_code".into(),
                rows.iter().map(|row| row.1).collect::<Vec<_>>(),
            ),
            Series::new(
                "national_name".into(),
                rows.iter().map(|row| row.2).collect::<Vec<_>>(),
            ),
            Series::new(
                "national_main_code".into(),
                rows.iter().map(|row| row.3).collect::<Vec<_>>(),
            ),
            Series::new(
                "national_main_name".into(),
                rows.iter().map(|row| row.4).collect::<Vec<_>>(),
            ),
        ],
    )
}
