//! Columns of what the reader of a document noticed beside its text.

use super::super::frame::{Column, Get};
use super::super::remark::RemarkRecord;
use super::{column, text, whole};

/// Columns of the remarks.
pub static REMARKS: &[Column<RemarkRecord>] = &[
    column!("list", Whole, "清单的序号 (index of the list)", |r| {
        whole(r.context.list)
    }),
    column!(
        "oddity",
        Text,
        "code-as-number 编码存为数字 · hidden-row 隐藏行 · hidden-column 隐藏列 · hidden-sheet 隐藏工作表 · only-hidden-sheets 只有隐藏工作表 · macros 宏 · picture-only 只有图片的页 · tracked-changes 修订 · overlapping-merges 重叠的合并区域 · no-formula-result 没有结果的公式",
        |r| text(r.word())
    ),
    column!("count", Whole, "处数 (how often)", |r| whole(r.count)),
    column!(
        "subject",
        Text,
        "所涉内容：单元格文字、工作表名 (what it concerns: texts of cells, names of sheets)",
        |r| text(&r.subject)
    ),
    column!("places", Text, "所在位置 (where, in Chinese)", |r| text(
        &r.places.0
    )),
    column!("places_en", Text, "the same in English", |r| text(
        &r.places.1
    )),
];
