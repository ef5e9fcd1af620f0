//! Columns of the printed codes.

use super::super::frame::{Column, Get};
use super::super::record::CodeRecord;
use super::{column, seq, text, whole};

/// Columns of the codes.
pub static CODES: &[Column<CodeRecord>] = &[
    column!("list", Whole, "清单的序号 (index of the list)", |r| {
        whole(r.context.list)
    }),
    column!("level", Text, "main 主项 · item 子项", |r| text(
        r.context.level
    )),
    column!("level_zh", Text, "主项 · 子项", |r| {
        text(if r.context.level == "main" {
            "主项"
        } else {
            "子项"
        })
    }),
    column!("level_en", Text, "main item · item", |r| {
        text(if r.context.level == "main" {
            "main item"
        } else {
            "item"
        })
    }),
    column!("field", Text, "main_code · code", |r| text(r.field)),
    column!("seq", Whole, "序号 (its number)", |r| seq(&r.context)),
    column!("name", Text, "名称 (name)", |r| text(&r.context.name)),
    column!("code", Text, "所载编码 (code as printed)", |r| text(
        &r.context.code
    )),
    column!(
        "fault",
        Text,
        "编码的格式错误 (what is wrong with its form, in Chinese)",
        |r| { r.fault.as_ref().map(|fault| fault.describe("zh")) }
    ),
    column!("fault_en", Text, "the same in English", |r| {
        r.fault.as_ref().map(|fault| fault.describe("en"))
    }),
    column!(
        "case_only",
        Flag,
        "仅大小写有误 (whether only the case of its letter is wrong)",
        |r| Some(r.case)
    ),
    column!(
        "as_number",
        Flag,
        "表格以数字存储该编码，前导零已失 (whether a spreadsheet stores it as a number, so that leading zeros are lost)",
        |r| Some(r.as_number)
    ),
    column!(
        "expected",
        Text,
        "相邻编码所确定的正确编码 (what it should be, where its neighbours determine it)",
        |r| { r.expected.clone() }
    ),
    column!(
        "correction",
        Text,
        "如何更正，写成一句 (how to mend it, as a sentence)",
        |r| Some(match &r.expected {
            Some(expected) => format!("请将编码更正为“{expected}”。"),
            None => "请更正编码。".to_owned(),
        })
    ),
    column!("correction_en", Text, "the same in English", |r| Some(
        match &r.expected {
            Some(expected) => format!("Correct the code to “{expected}”. "),
            None => "Correct the code. ".to_owned(),
        }
    )),
    column!(
        "certainty_code",
        Share,
        "编码的把握 (certainty of the code)",
        |r| Some(r.certainty)
    ),
];
