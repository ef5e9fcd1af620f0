//! Columns of the clauses of time limits.

use crate::standard::Known;

use super::super::frame::{Column, Get};
use super::super::record::LimitRecord;
use super::{column, seq, text, whole};

/// Columns of the clauses of limits.
pub static LIMITS: &[Column<LimitRecord>] = &[
    column!("list", Whole, "清单的序号 (index of the list)", |r| {
        whole(r.context.list)
    }),
    column!(
        "level",
        Text,
        "item 子项 · business 业务办理项",
        |r| text(r.context.level)
    ),
    column!("seq", Whole, "序号 (its number)", |r| seq(&r.context)),
    column!("name", Text, "名称 (name)", |r| text(&r.context.name)),
    column!(
        "label",
        Text,
        "分句的条件 (words before the limit)",
        |r| text(&r.label)
    ),
    column!(
        "clause",
        Text,
        "分句的规范形式 (normal form of the clause)",
        |r| text(&r.clause)
    ),
    column!(
        "days",
        Whole,
        "天数,即时办结为 0 (days; 0 for immediate; null where the number is lost)",
        |r| { r.days.map(i64::from) }
    ),
    column!("unit", Text, "wd 工作日 · cd 自然日", |r| text(
        r.unit
    )),
    column!(
        "ceiling_days",
        Whole,
        "国家上限天数,即时办结为 0 (days of the ceiling)",
        |r| {
            r.ceiling
                .as_ref()
                .map(|ceiling| i64::from(ceiling.days_or_zero()))
        }
    ),
    column!(
        "ceiling_unit",
        Text,
        "国家上限的单位 wd · cd",
        |r| { r.ceiling.as_ref().map(|ceiling| ceiling.unit.to_string()) }
    ),
    column!(
        "ceiling",
        Text,
        "国家上限的规范形式 (normal form of the ceiling)",
        |r| { r.ceiling.as_ref().map(ToString::to_string) }
    ),
    column!(
        "ceiling_condition",
        Text,
        "国家上限的条件 (condition of the ceiling)",
        |r| {
            r.ceiling
                .as_ref()
                .and_then(|ceiling| text(&ceiling.condition))
        }
    ),
    column!(
        "ceiling_known",
        Text,
        "official · statute · derived",
        |r| {
            r.ceiling
                .as_ref()
                .map(|ceiling| ceiling.known().to_string())
        }
    ),
    column!(
        "ceiling_source",
        Text,
        "国家上限的出处 (where the ceiling comes from)",
        |r| {
            r.ceiling
                .as_ref()
                .map(|ceiling| match (&ceiling.statute, ceiling.known()) {
                    (Some(statute), _) => match statute.article {
                        Some(article) => format!("《{}》第{article}条", statute.title),
                        None => format!("《{}》", statute.title),
                    },
                    (None, Known::Derived) => format!("推定:{}", ceiling.provenance.source),
                    (None, _) => ceiling.provenance.source.clone(),
                })
        }
    ),
    column!(
        "certainty_limit",
        Share,
        "时限的把握 (certainty of the limit)",
        |r| Some(r.certainty)
    ),
];
