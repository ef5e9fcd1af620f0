//! Columns of the items and business rows.

use crate::normalise::{Limit, Promise, parse_main, parse_sub};
use crate::standard::Known;

use super::super::comparison::materials::is_conditional;
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
        "sole",
        Flag,
        "是否所属子项唯一的办理要素 (whether it alone holds its item's values)",
        |r| Some(r.leaf && r.compared.sole)
    ),
    column!(
        "code_rank",
        Whole,
        "同码子项中的次序,应有者为 1 (place among the items with its code, the rightful one first)",
        |r| { (r.compared.code.copies > 0).then(|| whole(r.compared.code.rank))? }
    ),
    column!(
        "code_first",
        Text,
        "同码子项中的应有者 (the rightful item with its code)",
        |r| text(&r.compared.code.first)
    ),
    column!(
        "code_owner",
        Text,
        "编码在国家清单中所属的另一事项 (the other national item its code belongs to)",
        |r| r.compared.code_owner.clone()
    ),
    column!(
        "prefix_copies",
        Whole,
        "前缀同为该外地代码的子项数 (items with the same foreign prefix)",
        |r| { (r.compared.prefix.copies > 0).then(|| whole(r.compared.prefix.copies))? }
    ),
    column!(
        "prefix_said",
        Flag,
        "外地前缀遍及半数以上编码且已由前项报告 (whether an item before it stands for a foreign prefix in most codes)",
        |r| {
            let prefix = &r.compared.prefix;
            Some(prefix.copies * 2 > r.compared.coded && prefix.rank > 1)
        }
    ),
    column!(
        "other_edition",
        Whole,
        "列有该事项的另一版国家清单 (another edition that has the item)",
        |r| r.compared.other_edition.map(i64::from)
    ),
    column!(
        "name_gap",
        Whole,
        "名称与国家名称相差的字数 (letters by which the name differs)",
        |r| { r.compared.name.as_ref().and_then(|gap| whole(gap.letters)) }
    ),
    column!(
        "name_change",
        Text,
        "名称差在何处 (where the name differs)",
        |r| { r.compared.name.as_ref().and_then(|gap| text(&gap.zh)) }
    ),
    column!("name_change_en", Text, "the same in English", |r| {
        r.compared.name.as_ref().and_then(|gap| text(&gap.en))
    }),
    column!(
        "name_rival",
        Text,
        "名称更为相近的另一国家事项 (another national item whose name is nearer)",
        |r| { r.compared.name.as_ref().and_then(|gap| gap.rival.clone()) }
    ),
    column!(
        "limit_column",
        Flag,
        "清单有无办理时限一栏 (whether the list has a column for limits)",
        |r| Some(r.compared.limit_column)
    ),
    column!(
        "steps_column",
        Flag,
        "清单有无办理环节一栏 (whether the list has a column for steps)",
        |r| Some(r.compared.steps_column)
    ),
    column!(
        "materials_column",
        Flag,
        "清单有无办理材料一栏 (whether the list has a column for materials)",
        |r| Some(r.compared.materials_column)
    ),
    column!(
        "empty_cells",
        Whole,
        "时限、环节、材料中空缺的栏数 (empty cells among limit, steps and materials)",
        |r| whole(r.compared.empty_cells)
    ),
    column!(
        "limit_remark",
        Text,
        "备注中长于本栏时限的语句 (the remark's sentence with a longer time than the limit)",
        |r| r.compared.remark.clone()
    ),
    column!(
        "national_steps",
        Text,
        "国家清单的办理环节 (the national steps)",
        |r| text(&r.compared.national_steps)
    ),
    column!(
        "steps_left",
        Text,
        "比国家清单少的环节 (national steps that are left out)",
        |r| text(&r.compared.steps.left.join("、"))
    ),
    column!(
        "steps_added",
        Text,
        "比国家清单多的环节 (steps the national text does not have)",
        |r| text(&r.compared.steps.added.join("、"))
    ),
    column!(
        "steps_swapped",
        Flag,
        "环节次序是否不同 (whether the steps come in another order)",
        |r| Some(r.compared.steps.swapped)
    ),
    column!(
        "steps_longer",
        Flag,
        "环节是否多于国家清单 (whether there are more steps)",
        |r| Some(r.compared.steps.longer)
    ),
    column!(
        "steps_rank",
        Whole,
        "同样差异的事项中的次序 (place among the entries that differ in the same way)",
        |r| { (r.compared.steps_alike.copies > 0).then(|| whole(r.compared.steps_alike.rank))? }
    ),
    column!(
        "steps_change",
        Text,
        "环节差在何处 (how the steps differ)",
        |r| steps_change(r, &["少", "多", "次序不同", "、", "；同样情形见序号"])
    ),
    column!("steps_change_en", Text, "the same in English", |r| {
        let words = [
            "left out: ",
            "added: ",
            "another order",
            ", ",
            "; the same in numbers ",
        ];
        steps_change(r, &words)
    }),
    column!(
        "materials",
        Text,
        "listed · counted · none 写明无需 · missing 空缺 · unreadable",
        |r| text(r.compared.materials)
    ),
    column!(
        "materials_bound",
        Whole,
        "所超过的材料数 (the number of materials that is exceeded)",
        |r| {
            r.compared
                .bound
                .as_ref()
                .and_then(|bound| whole(bound.count))
        }
    ),
    column!(
        "materials_bound_zh",
        Text,
        "该数从何而来 (where that number comes from)",
        |r| { r.compared.bound.as_ref().and_then(|bound| text(bound.zh)) }
    ),
    column!("materials_bound_en", Text, "the same in English", |r| {
        r.compared.bound.as_ref().and_then(|bound| text(bound.en))
    }),
    column!(
        "materials_standing",
        Text,
        "该数系推断的，注明 (a note where that number is derived)",
        |r| {
            let known = r.compared.bound.as_ref()?.known;
            (known == Known::Derived).then(|| "（推断）".to_owned())
        }
    ),
    column!(
        "materials_clause",
        Text,
        "该数的出处，成句 (the source of that number, as a sentence)",
        |r| text(match r.compared.bound.as_ref()?.known {
            Known::Derived => "各事项的材料系据各地公布的清单推断。",
            _ => "国务院政策例行吹风会（2021年7月26日）：涉及群众的事项材料不超过4份，并逐一列明。",
        })
    ),
    column!("materials_clause_en", Text, "the same in English", |r| {
        text(match r.compared.bound.as_ref()?.known {
            Known::Derived => {
                "the materials of each item are derived from published regional lists."
            }
            _ => {
                "State Council briefing of 26 July 2021: at most four materials for items that concern the public, each named."
            }
        })
    }),
    column!(
        "materials_bound_known",
        Text,
        "official · statute · derived",
        |r| {
            r.compared
                .bound
                .as_ref()
                .map(|bound| bound.known.to_string())
        }
    ),
    column!(
        "materials_beyond",
        Text,
        "国家清单未见的材料 (materials that stand for no national one)",
        |r| beyond(r, "；可能多出：")
    ),
    column!(
        "materials_conditional",
        Flag,
        "其中多出的是否均为特定情形才提供 (whether all of those are asked for in special cases only)",
        |r| {
            let beyond = &r.compared.beyond;
            (!beyond.is_empty()).then(|| beyond.iter().all(|name| is_conditional(name)))
        }
    ),
    column!("materials_beyond_en", Text, "the same in English", |r| {
        beyond(r, "; perhaps added: ")
    }),
    column!(
        "certainty_materials",
        Share,
        "材料的把握 (certainty of the materials)",
        |r| Some(r.certainty.materials)
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

/// Materials that stand for no national one, behind words that lead to them.
fn beyond(record: &ItemRecord, lead: &str) -> Option<String> {
    let beyond = &record.compared.beyond;
    (!beyond.is_empty()).then(|| format!("{lead}{}", beyond.join("；")))
}

/// How the steps differ, in words for: left out, added, another order, what stands between, and
/// where the same is found.
fn steps_change(record: &ItemRecord, words: &[&str; 5]) -> Option<String> {
    let [left, added, swapped, comma, also] = words;
    let (steps, alike) = (&record.compared.steps, &record.compared.steps_alike);
    let named = |lead: &str, steps: &[String]| {
        (!steps.is_empty()).then(|| format!("{lead}{}", steps.join(comma)))
    };
    let parts = [
        named(left, &steps.left),
        named(added, &steps.added),
        steps.swapped.then(|| (*swapped).to_owned()),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let mut told = parts.join(comma);
    if alike.copies > 1 {
        told.push_str(&format!("{also}{}", alike.first));
    }
    text(&told)
}
