//! Columns of the materials that were read one by one.

use super::super::comparison::materials::Vague;
use super::super::frame::{Column, Get};
use super::super::record::MaterialRecord;
use super::{column, seq, text, whole};

/// Columns of the materials.
pub static MATERIALS: &[Column<MaterialRecord>] = &[
    column!("list", Whole, "清单的序号 (index of the list)", |r| {
        whole(r.context.list)
    }),
    column!(
        "level",
        Text,
        "item 子项 · business 业务办理项",
        |r| text(r.context.level)
    ),
    column!("seq", Whole, "序号 (number of the entry)", |r| seq(
        &r.context
    )),
    column!("name", Text, "名称 (name of the entry)", |r| text(
        &r.context.name
    )),
    column!(
        "number",
        Whole,
        "第几份材料 (its place among the materials)",
        |r| whole(r.number)
    ),
    column!("material", Text, "材料 (the material)", |r| text(&r.name)),
    column!(
        "vague",
        Text,
        "abolished 已取消的用语 · whole 全为模糊用语 · end 以模糊用语收尾 (how it leaves open what is asked for)",
        |r| r.vague.map(|vague| match vague {
            Vague::Abolished => "abolished".to_owned(),
            Vague::Whole => "whole".to_owned(),
            Vague::End => "end".to_owned(),
        })
    ),
    column!("rule_known", Text, "official · statute · derived", |r| {
        Some(r.rule.to_string())
    }),
    column!(
        "certainty_materials",
        Share,
        "材料的把握 (certainty of the materials)",
        |r| Some(r.certainty)
    ),
];
