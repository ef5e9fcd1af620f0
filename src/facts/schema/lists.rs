//! Columns of the lists, and of what is expected of each.

use super::super::frame::{Column, Declared, Get, Kind};
use super::super::record::ListRecord;
use super::{column, declared, text, whole};

/// Columns of the frame of expected items: every national item for every list.
pub const EXPECTED: &[Declared] = &[
    declared("list", Kind::Whole, "清单的序号 (index of the list)"),
    declared(
        "edition",
        Kind::Whole,
        "清单所依全国版次的年份 (year of the national edition)",
    ),
    declared("national_code", Kind::Text, "国家事项编码 (national code)"),
    declared("national_name", Kind::Text, "国家事项名称 (national name)"),
    declared(
        "found",
        Kind::Whole,
        "清单中对应的子项数 (items of the list that stand for it)",
    ),
    declared(
        "completeness",
        Kind::Share,
        "清单读全的把握 (certainty that every item was read)",
    ),
];

/// Columns of the lists.
pub static LISTS: &[Column<ListRecord>] = &[
    column!("list", Whole, "清单的序号 (index of the list)", |r| {
        whole(r.context.list)
    }),
    column!("items", Whole, "读到的子项数 (items read)", |r| whole(
        r.items
    )),
    column!(
        "national_items",
        Whole,
        "国家事项数 (items of the national edition)",
        |r| whole(r.national_items)
    ),
    column!(
        "matched",
        Whole,
        "对应到的国家事项数 (national items found)",
        |r| whole(r.matched)
    ),
    column!(
        "extra",
        Whole,
        "地方增设的子项数 (items of the region's own)",
        |r| whole(r.extra)
    ),
    column!("highest", Whole, "最大序号 (the highest number)", |r| r
        .highest
        .map(i64::from)),
    column!(
        "breaks",
        Text,
        "序号不连续之处 (where the numbers do not go on by one)",
        |r| text(&r.breaks)
    ),
    column!(
        "code_column",
        Flag,
        "有无子项编码一栏 (whether the list has a column for codes)",
        |r| Some(r.code_column)
    ),
    column!(
        "gaps",
        Text,
        "缺少的序号 (numbers no item carries)",
        |r| text(&r.gaps)
    ),
    column!(
        "damaged",
        Flag,
        "全文是否残损 (whether the text is damaged all over)",
        |r| Some(r.damaged)
    ),
    column!(
        "cells",
        Whole,
        "编码、名称、时限、环节的格数 (cells with codes, names, limits and steps)",
        |r| whole(r.legibility.cells)
    ),
    column!(
        "cells_lost",
        Whole,
        "其中空缺或无法辨认的格数 (of these, empty or unreadable)",
        |r| whole(r.legibility.lost)
    ),
    column!(
        "judgeable",
        Flag,
        "可辨认的文本是否足以逐项审核；否则其他事实表不含该清单 (whether enough can be read to judge it; if not, no other frame holds the list)",
        |r| Some(r.legibility.judgeable())
    ),
    column!(
        "completeness",
        Share,
        "清单读全的把握 (certainty that every item was read)",
        |r| Some(r.complete)
    ),
];
