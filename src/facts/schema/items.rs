//! Columns of the items and business rows.

use crate::normalise::{Limit, Promise, parse_main, parse_sub};

use super::super::frame::{Column, Declared, Get, Kind};
use super::super::record::ItemRecord;
use super::{column, declared, seq, text, whole};

/// Columns that joins bring to the items.
pub const ITEM_JOINS: &[Declared] = &[
    declared(
        "edition",
        Kind::Whole,
        "清单所依全国版次的年份 (year of the national edition)",
    ),
    declared(
        "division",
        Kind::Text,
        "地区代码的前两位 (the region's own two digits)",
    ),
    declared("region", Kind::Text, "地区名称 (name of the region)"),
    declared(
        "list_damaged",
        Kind::Flag,
        "全文是否残损 (whether the text is damaged all over)",
    ),
    declared(
        "national_name",
        Kind::Text,
        "对应国家事项的名称 (name of the national item)",
    ),
    declared(
        "national_main_code",
        Kind::Text,
        "对应国家事项的主项编码 (code of its main item)",
    ),
    declared(
        "code_copies",
        Kind::Whole,
        "同一清单中编码相同的子项数 (items of the list with this code)",
    ),
];

/// Columns of the items.
pub static ITEMS: &[Column<ItemRecord>] = &[
    column!("list", Whole, "清单的序号 (index of the list)", |r| {
        whole(r.context.list)
    }),
    column!(
        "level",
        Text,
        "item 子项 · business 业务办理项",
        |r| text(r.context.level)
    ),
    column!(
        "leaf",
        Flag,
        "是否自有办理要素 (an item without business rows, or a business row)",
        |r| Some(r.leaf)
    ),
    column!("seq", Whole, "序号 (its number)", |r| seq(&r.context)),
    column!("code", Text, "编码 (code as understood)", |r| text(
        &r.context.code
    )),
    column!(
        "code_fault",
        Text,
        "编码的格式错误 (what is wrong with the code's form)",
        |r| {
            if r.context.code.is_empty() {
                return None;
            }
            parse_sub(&r.context.code)
                .err()
                .map(|fault| fault.describe("zh"))
        }
    ),
    column!(
        "code_division",
        Text,
        "编码前两位 (first two characters of a well-formed code)",
        |r| { parse_sub(&r.context.code).ok().map(|code| code.division) }
    ),
    column!(
        "code_stem",
        Text,
        "编码前九位 (first nine characters of a well-formed code)",
        |r| { parse_sub(&r.context.code).ok().map(|code| code.main_part()) }
    ),
    column!(
        "code_sub",
        Text,
        "编码的子项段 (last three characters of a well-formed code)",
        |r| { parse_sub(&r.context.code).ok().map(|code| code.sub) }
    ),
    column!(
        "main_code",
        Text,
        "主项编码 (code of its main item)",
        |r| text(&r.main_code)
    ),
    column!(
        "main_stem",
        Text,
        "主项编码前九位 (first nine characters of a well-formed main code)",
        |r| { parse_main(&r.main_code).ok().map(|code| code.main_part()) }
    ),
    column!(
        "group_stem",
        Text,
        "同一主项多数子项编码的前九位 (first nine characters most items of its main item share, where it has several)",
        |r| { r.group_stem.clone() }
    ),
    column!(
        "single_code",
        Text,
        "主项不分设子项时应同于主项的编码 (the code of a main item without sub-items)",
        |r| {
            let main = parse_main(&r.main_code).ok()?;
            (main.sub == "000").then(|| r.main_code.clone())
        }
    ),
    column!(
        "main_division",
        Text,
        "主项编码前两位 (first two characters of a well-formed main code)",
        |r| parse_main(&r.main_code).ok().map(|code| code.division)
    ),
    column!(
        "code_column",
        Flag,
        "清单有无子项编码一栏 (whether the list has a column for codes)",
        |r| Some(r.code_column)
    ),
    column!(
        "main_name",
        Text,
        "主项名称 (name of its main item)",
        |r| text(&r.main_name)
    ),
    column!("name", Text, "名称 (name as understood)", |r| text(
        &r.context.name
    )),
    column!(
        "name_printed",
        Text,
        "所载名称 (name as printed)",
        |r| text(&r.name_printed)
    ),
    column!(
        "name_damaged",
        Flag,
        "名称文字是否残损 (whether its letters are damaged)",
        |r| Some(r.name_damaged)
    ),
    column!(
        "national_code",
        Text,
        "对应国家事项的编码 (code of the national item)",
        |r| r.national_code.clone()
    ),
    column!(
        "match",
        Text,
        "对应依据 code · name · both · none",
        |r| text(r.matched.word())
    ),
    column!(
        "likeness",
        Share,
        "名称与国家事项的相似度 (likeness of the names)",
        |r| Some(r.likeness)
    ),
    column!(
        "shifted",
        Flag,
        "本行栏目是否错位 (whether its cells stand in wrong columns)",
        |r| Some(r.shifted)
    ),
    column!(
        "glued",
        Flag,
        "是否与上一行连在同一行 (whether it was printed in one with the row above)",
        |r| Some(r.glued)
    ),
    column!(
        "materials_count",
        Whole,
        "材料数 (number of materials)",
        |r| r.materials_count.map(i64::from)
    ),
    column!(
        "limit",
        Text,
        "办理时限的规范形式 (normal form of the limit)",
        |r| text(&r.limit)
    ),
    column!(
        "limit_printed",
        Text,
        "所载办理时限 (limit as printed)",
        |r| text(&r.limit_printed)
    ),
    column!(
        "limit_lost",
        Flag,
        "时限的数字是否残缺 (whether a number of the limit was lost)",
        |r| Some(
            r.limit_value
                .clauses()
                .iter()
                .any(|clause| matches!(clause.promise, Promise::Within { days: None, .. }))
        )
    ),
    column!(
        "limit_plain",
        Flag,
        "时限文字是否清楚 (whether the limit's letters are plain)",
        |r| { Some(!matches!(r.limit_value, Limit::Unreadable)) }
    ),
    column!(
        "steps",
        Text,
        "办理环节的规范形式 (normal form of the steps)",
        |r| text(&r.steps)
    ),
    column!(
        "steps_printed",
        Text,
        "所载办理环节 (steps as printed)",
        |r| text(&r.steps_printed)
    ),
    column!(
        "basis",
        Text,
        "own · inherited · missing · unreadable",
        |r| text(r.basis.word())
    ),
    column!(
        "certainty_code",
        Share,
        "编码的把握 (certainty of the code)",
        |r| Some(r.certainty.code)
    ),
    column!(
        "certainty_name",
        Share,
        "名称的把握 (certainty of the name)",
        |r| Some(r.certainty.name)
    ),
    column!(
        "certainty_limit",
        Share,
        "时限的把握 (certainty of the limit)",
        |r| Some(r.certainty.limit)
    ),
    column!(
        "certainty_steps",
        Share,
        "环节的把握 (certainty of the steps)",
        |r| Some(r.certainty.steps)
    ),
    column!(
        "certainty_basis",
        Share,
        "依据的把握 (certainty of the basis)",
        |r| Some(r.certainty.basis)
    ),
];
