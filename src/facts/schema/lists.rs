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
        "main_items",
        Kind::Whole,
        "所属国家主项的事项数 (items of its national main item)",
    ),
    declared(
        "main_found",
        Kind::Whole,
        "其中清单列有的 (those of them the list has)",
    ),
    declared(
        "list_damaged",
        Kind::Flag,
        "全文是否残损 (whether the text of the list is damaged all over)",
    ),
    declared(
        "completeness",
        Kind::Share,
        "清单读全的把握 (certainty that every item was read)",
    ),
];

/// Columns of the frame of expected main items: every national main item for every list.
pub const EXPECTED_MAINS: &[Declared] = &[
    declared("list", Kind::Whole, "清单的序号 (index of the list)"),
    declared(
        "edition",
        Kind::Whole,
        "清单所依全国版次的年份 (year of the national edition)",
    ),
    declared("national_code", Kind::Text, "国家主项编码 (national code)"),
    declared("national_name", Kind::Text, "国家主项名称 (national name)"),
    declared(
        "main_items",
        Kind::Whole,
        "国家主项的事项数 (items of the national main item)",
    ),
    declared(
        "main_found",
        Kind::Whole,
        "其中清单列有的 (those of them the list has)",
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
        "edition",
        Whole,
        "清单所依全国版次的年份 (year of the national edition)",
        |r| Some(i64::from(r.tally.edition))
    ),
    column!("region", Text, "地区名称 (name of the region)", |r| {
        text(&r.tally.region)
    }),
    column!("title", Text, "标题 (title)", |r| text(&r.context.name)),
    column!(
        "title_region",
        Flag,
        "标题是否写明地区 (whether the title names a region)",
        |r| Some(r.tally.title_region)
    ),
    column!(
        "title_lacks",
        Text,
        "标题所缺 (what the title lacks)",
        |r| {
            match (r.tally.title_region, r.tally.title_year) {
                (true, true) => None,
                (false, true) => text("地区"),
                (true, false) => text("年份"),
                (false, false) => text("地区和年份"),
            }
        }
    ),
    column!("title_lacks_en", Text, "the same in English", |r| {
        match (r.tally.title_region, r.tally.title_year) {
            (true, true) => None,
            (false, true) => text("the region"),
            (true, false) => text("the year"),
            (false, false) => text("the region or the year"),
        }
    }),
    column!(
        "title_year",
        Flag,
        "标题是否写明年份 (whether the title names a year)",
        |r| Some(r.tally.title_year)
    ),
    column!(
        "edition_shown",
        Flag,
        "清单是否显示所依版次 (whether the list shows its edition)",
        |r| Some(r.tally.edition_shown)
    ),
    column!(
        "mains",
        Whole,
        "读到的主项数 (main items read)",
        |r| { whole(r.tally.mains) }
    ),
    column!(
        "main_codes",
        Whole,
        "有编码的主项数 (main items with a code)",
        |r| whole(r.tally.main_codes)
    ),
    column!(
        "main_code_column",
        Flag,
        "有无主项编码一栏 (whether the list has a column for codes of main items)",
        |r| Some(r.tally.main_code_column)
    ),
    column!(
        "main_breaks",
        Text,
        "主项序号不连续之处 (where the numbers of main items do not go on by one)",
        |r| text(&r.tally.main_breaks)
    ),
    column!(
        "columns_missing",
        Text,
        "材料、时限、环节、依据中缺少的栏目 (columns it lacks)",
        |r| text(&r.tally.columns_missing)
    ),
    column!(
        "items_claimed",
        Whole,
        "清单自述的子项总数 (total of items by its own words)",
        |r| r.tally.items_claimed.and_then(whole)
    ),
    column!(
        "mains_claimed",
        Whole,
        "清单自述的主项总数 (total of main items by its own words)",
        |r| r.tally.mains_claimed.and_then(whole)
    ),
    column!(
        "count_expected",
        Whole,
        "子项数应为 (what the number of items should be by the list itself)",
        |r| r
            .tally
            .items_claimed
            .and_then(whole)
            .or(r.highest.map(i64::from))
    ),
    column!(
        "count_source",
        Text,
        "该数从何而来 (where that number comes from)",
        |r| text(if r.tally.items_claimed.is_some() {
            "清单自述的总数"
        } else {
            "子项序号的最大值"
        })
    ),
    column!("count_source_en", Text, "the same in English", |r| text(
        if r.tally.items_claimed.is_some() {
            "the total it states itself"
        } else {
            "the highest number of an item"
        }
    )),
    column!(
        "variants",
        Whole,
        "使用地方变体的编码数 (codes in a form of the region's own)",
        |r| whole(r.tally.variants.0)
    ),
    column!(
        "variant",
        Text,
        "其中第一个 (the first of them)",
        |r| text(&r.tally.variants.1)
    ),
    column!(
        "credit_wrong",
        Text,
        "校验码有误的统一社会信用代码 (credit codes with a wrong check character)",
        |r| text(&r.tally.credit.0)
    ),
    column!(
        "credit_expected",
        Text,
        "按校验规则应为 (what they should be by the check)",
        |r| text(&r.tally.credit.1)
    ),
    column!(
        "stricter",
        Whole,
        "时限短于国家上限的事项数 (national items with a limit below the ceiling)",
        |r| whole(r.tally.stricter.0)
    ),
    column!(
        "stricter_items",
        Text,
        "时限短于国家上限的事项 (which)",
        |r| text(&r.tally.stricter.1)
    ),
    column!(
        "unmeasured",
        Whole,
        "国家清单未定或未见时限、清单自定时限的事项数 (items with a limit where no national one is known)",
        |r| whole(r.tally.unmeasured.0)
    ),
    column!("unmeasured_items", Text, "此类事项 (which)", |r| text(
        &r.tally.unmeasured.1
    )),
    column!(
        "forms",
        Whole,
        "名称与国家清单相近而不同的表单数 (forms near to a national one by another name)",
        |r| whole(r.tally.forms.0)
    ),
    column!("forms_named", Text, "此类表单 (which)", |r| text(
        &r.tally.forms.1
    )),
    column!(
        "claims_national",
        Flag,
        "是否自称编码与国家一致 (whether it says that its codes are the national ones)",
        |r| Some(r.tally.claims_national)
    ),
    column!(
        "unlike",
        Whole,
        "与国家编码不一致的子项编码数 (item codes that are not the national ones)",
        |r| whole(r.tally.unlike.0)
    ),
    column!("unlike_items", Text, "此类子项 (which)", |r| text(
        &r.tally.unlike.1
    )),
    column!(
        "coding",
        Text,
        "所引编码标准 (coding standard it cites)",
        |r| text(&r.tally.coding)
    ),
    column!(
        "coding_family",
        Text,
        "所引编码标准,不含年份 (the same without its year)",
        |r| text(&r.tally.coding_family)
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
