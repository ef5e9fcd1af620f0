//! Columns of the items' legal bases.

use super::super::foundation::BasisRecord;
use super::super::frame::{Column, Get};
use super::{column, seq, text, whole};

/// Columns of the bases.
pub static BASES: &[Column<BasisRecord>] = &[
    column!("list", Whole, "清单的序号 (index of the list)", |r| {
        whole(r.context.list)
    }),
    column!("seq", Whole, "序号 (its number)", |r| seq(&r.context)),
    column!("name", Text, "事项名称 (name of the item)", |r| text(
        &r.context.name
    )),
    column!(
        "edition",
        Whole,
        "清单所依全国版次的年份 (year of the national edition)",
        |r| Some(i64::from(r.edition))
    ),
    column!(
        "national_code",
        Text,
        "对应国家事项的编码 (code of the national item)",
        |r| text(&r.national_code)
    ),
    column!(
        "national_name",
        Text,
        "对应国家事项的名称 (name of the national item)",
        |r| text(&r.national_name)
    ),
    column!(
        "whole",
        Flag,
        "设定依据是否全部可读 (whether every instrument of its cells could be read)",
        |r| Some(r.whole)
    ),
    column!("cited", Text, "所引依据 (what it cites)", |r| text(
        &r.cited
    )),
    column!(
        "required_count",
        Whole,
        "国家事项所列依据数 (instruments the national item rests on)",
        |r| whole(r.required)
    ),
    column!(
        "missing",
        Text,
        "未引的国家依据，同一合并单元格已列出的除外 (national instruments not cited, but for those said of the same merged cell)",
        |r| text(&r.missing.join("、"))
    ),
    column!(
        "missing_count",
        Whole,
        "未引的国家依据数 (how many)",
        |r| whole(r.missing.len())
    ),
    column!(
        "missing_rank",
        Text,
        "其中位阶最高者 law · regulation · rule · normative (the highest rank among them)",
        |r| r.missing_rank.map(|rank| rank.word().to_owned())
    ),
    column!(
        "covered",
        Flag,
        "是否由上方事项的合并单元格覆盖 (whether the cell covers the items above as well)",
        |r| Some(r.covered)
    ),
    column!(
        "national_known",
        Text,
        "国家依据如何得知 official · statute · derived",
        |r| Some(r.known.to_string())
    ),
    column!(
        "national_confidence",
        Text,
        "推断的把握 low · medium · medium-high · high",
        |r| r.confidence.map(|confidence| confidence.to_string())
    ),
    column!(
        "national_source",
        Text,
        "国家依据的出处 (where it was drawn from)",
        |r| text(&r.source)
    ),
    column!(
        "certainty_basis",
        Share,
        "依据的把握 (certainty of the basis)",
        |r| Some(r.certainty)
    ),
];
