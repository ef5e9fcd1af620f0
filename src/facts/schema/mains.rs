//! Columns of the main items.

use crate::normalise::parse_main;

use super::super::frame::{Column, Declared, Get, Kind};
use super::super::record::MainRecord;
use super::{column, declared, seq, text, whole};

/// Columns that joins bring to the main items.
pub const MAIN_JOINS: &[Declared] = &[
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
];

/// Columns of the main items.
pub static MAINS: &[Column<MainRecord>] = &[
    column!("list", Whole, "清单的序号 (index of the list)", |r| {
        whole(r.context.list)
    }),
    column!("number", Whole, "主项序号 (its number)", |r| seq(
        &r.context
    )),
    column!("name", Text, "主项名称 (name as understood)", |r| text(
        &r.context.name
    )),
    column!(
        "name_printed",
        Text,
        "所载主项名称 (name as printed)",
        |r| text(&r.name_printed)
    ),
    column!("code", Text, "主项编码 (code)", |r| text(
        &r.context.code
    )),
    column!(
        "code_division",
        Text,
        "编码前两位 (first two characters of a well-formed code)",
        |r| { parse_main(&r.context.code).ok().map(|code| code.division) }
    ),
    column!(
        "code_stem",
        Text,
        "编码前九位 (first nine characters of a well-formed code)",
        |r| {
            parse_main(&r.context.code)
                .ok()
                .map(|code| code.main_part())
        }
    ),
    column!(
        "code_sub",
        Text,
        "编码末三位 (last three characters of a well-formed code)",
        |r| { parse_main(&r.context.code).ok().map(|code| code.sub) }
    ),
    column!(
        "stem",
        Text,
        "所属多数子项编码的前九位 (what most of its items' codes share)",
        |r| r.stem.clone()
    ),
    column!(
        "items",
        Whole,
        "所属子项数 (number of its items)",
        |r| whole(r.items)
    ),
    column!(
        "national_code",
        Text,
        "对应国家主项的编码 (code of the national main item)",
        |r| { r.national.as_ref().map(|(code, _)| code.clone()) }
    ),
    column!(
        "national_name",
        Text,
        "对应国家主项的名称 (name of the national main item)",
        |r| { r.national.as_ref().map(|(_, name)| name.clone()) }
    ),
    column!(
        "code_column",
        Flag,
        "清单有无主项编码一栏 (whether the list has a column for codes of main items)",
        |r| Some(r.code_column)
    ),
    column!(
        "coded",
        Whole,
        "清单中有编码的主项数 (main items of the list with a code)",
        |r| whole(r.coded)
    ),
    column!(
        "code_before",
        Whole,
        "编码相同的在前主项数 (main items before it with the same code)",
        |r| whole(r.code_rank)
    ),
    column!(
        "name_same",
        Flag,
        "名称与国家主项是否相同 (whether its name is the national one)",
        |r| r.name_same
    ),
    column!(
        "name_as_item",
        Flag,
        "名称是否同于其唯一子项 (whether it is printed like the name of its only item)",
        |r| Some(r.name_as_item)
    ),
    column!(
        "certainty_code",
        Share,
        "编码的把握 (certainty of the code)",
        |r| Some(r.code_certainty)
    ),
];
