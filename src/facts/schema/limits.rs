//! Columns of the clauses of time limits.

use crate::standard::{Ceiling, Known};

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
        "ceiling_standing",
        Text,
        "国家上限如何得知，写给读者 (how the ceiling is known, for readers)",
        |r| text(match r.ceiling.as_ref().map(|ceiling| ceiling.known()) {
            Some(Known::Official) => "国家清单载明",
            Some(Known::Statute) => "有条文可据",
            Some(Known::Derived) => "系推断",
            None => "未载上限",
        })
    ),
    column!(
        "ceiling_source",
        Text,
        "国家上限的出处 (where the ceiling comes from)",
        |r| r.ceiling.as_ref().map(source)
    ),
    column!(
        "days_least",
        Whole,
        "以上限的单位计,任何日历下至少几日 (what it takes at the least in any calendar, in the ceiling's unit)",
        |r| r.span.map(|span| i64::from(span.least))
    ),
    column!(
        "days_most",
        Whole,
        "以上限的单位计,平常周内至多几日 (what it may take at the most in plain weeks, in the ceiling's unit)",
        |r| r.span.map(|span| i64::from(span.most))
    ),
    column!(
        "ceiling_hedged",
        Flag,
        "国家上限是否只是“原则上” (whether the ceiling holds only in principle)",
        |r| {
            let note = r.ceiling.as_ref()?.note.as_deref().unwrap_or_default();
            Some(note.contains("原则上"))
        }
    ),
    column!(
        "later",
        Text,
        "清单之后施行、所载时限已超过的法定时限 (a clause that came into force after the list and is exceeded)",
        |r| r.later.as_ref().map(ToString::to_string)
    ),
    column!(
        "later_source",
        Text,
        "该法定时限的出处 (where that clause stands)",
        |r| r.later.as_ref().map(source)
    ),
    column!(
        "later_from",
        Text,
        "该法定时限的施行日期 (when it came into force)",
        |r| r.later.as_ref()?.effective_from.map(|day| day.to_string())
    ),
    column!("later_known", Text, "official · statute · derived", |r| r
        .later
        .as_ref()
        .map(|ceiling| ceiling.known().to_string())),
    column!(
        "certainty_limit",
        Share,
        "时限的把握 (certainty of the limit)",
        |r| Some(r.certainty)
    ),
];

/// Where a ceiling comes from, in words.
fn source(ceiling: &Ceiling) -> String {
    match (&ceiling.statute, ceiling.known()) {
        (Some(statute), _) => match statute.article {
            Some(article) => format!("《{}》第{article}条", statute.title),
            None => format!("《{}》", statute.title),
        },
        (None, Known::Derived) => format!("推定:{}", ceiling.provenance.source),
        (None, _) => ceiling.provenance.source.clone(),
    }
}
