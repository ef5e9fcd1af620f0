//! The frames rules can ask: what each is called, and its columns. Declared here and nowhere else.

use std::sync::LazyLock;

use crate::normalise::{Limit, parse_main, parse_sub};
use crate::standard::Known;

use super::frame::{Column, Declared, Get, Kind};
use super::record::{CodeRecord, Context, ItemRecord, LimitRecord, ListRecord, MainRecord};

/// A frame's name, meaning and columns.
#[derive(Debug)]
pub struct Frame {
    /// Name, as rules write it.
    pub name: &'static str,
    /// What one row is.
    pub about: &'static str,
    /// Its columns: those of the record, then those that joins bring.
    pub columns: Vec<Declared>,
}

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

const fn declared(name: &'static str, kind: Kind, about: &'static str) -> Declared {
    Declared { name, kind, about }
}

/// Every frame, in the order of its name.
pub static FRAMES: LazyLock<Vec<Frame>> = LazyLock::new(|| {
    let of = |own: Vec<Declared>, joined: &[Declared]| {
        let mut columns = own;
        columns.extend_from_slice(joined);
        columns
    };
    vec![
        Frame {
            name: "codes",
            about: "每个印出的编码 (each printed code, of main items and items)",
            columns: CODES.iter().map(Column::declared).collect(),
        },
        Frame {
            name: "expected",
            about: "每份清单 × 每个国家事项 (each list × each national item)",
            columns: EXPECTED.to_vec(),
        },
        Frame {
            name: "items",
            about: "子项与业务办理项 (items and business rows)",
            columns: of(ITEMS.iter().map(Column::declared).collect(), ITEM_JOINS),
        },
        Frame {
            name: "limits",
            about: "办理时限的每个分句 (each clause of a time limit)",
            columns: LIMITS.iter().map(Column::declared).collect(),
        },
        Frame {
            name: "lists",
            about: "每份清单 (each list)",
            columns: LISTS.iter().map(Column::declared).collect(),
        },
        Frame {
            name: "mains",
            about: "主项 (main items)",
            columns: of(MAINS.iter().map(Column::declared).collect(), MAIN_JOINS),
        },
    ]
});

/// The frame of a name.
#[must_use]
pub fn named(name: &str) -> Option<&'static Frame> {
    FRAMES.iter().find(|frame| frame.name == name)
}

fn text(value: &str) -> Option<String> {
    (!value.is_empty()).then(|| value.to_owned())
}

fn whole(value: usize) -> Option<i64> {
    i64::try_from(value).ok()
}

fn seq(context: &Context) -> Option<i64> {
    context.seq.map(i64::from)
}

macro_rules! column {
    ($name:literal, $kind:ident, $about:literal, $get:expr) => {
        Column {
            name: $name,
            about: $about,
            get: Get::$kind($get),
        }
    };
}

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
        "expected",
        Text,
        "相邻编码所确定的正确编码 (what it should be, where its neighbours determine it)",
        |r| { r.expected.clone() }
    ),
    column!(
        "certainty_code",
        Share,
        "编码的把握 (certainty of the code)",
        |r| Some(r.certainty)
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
        "certainty_code",
        Share,
        "编码的把握 (certainty of the code)",
        |r| Some(r.code_certainty)
    ),
];

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
        "ceiling_source",
        Text,
        "国家上限的出处 (where the ceiling comes from)",
        |r| {
            r.ceiling
                .as_ref()
                .map(|ceiling| match (&ceiling.statute, ceiling.known()) {
                    (Some(statute), _) => match statute.article {
                        Some(article) => format!("《{}》第{article}条", statute.title),
                        None => format!("《{}》", statute.title),
                    },
                    (None, Known::Derived) => format!("推定:{}", ceiling.provenance.source),
                    (None, _) => ceiling.provenance.source.clone(),
                })
        }
    ),
    column!(
        "certainty_limit",
        Share,
        "时限的把握 (certainty of the limit)",
        |r| Some(r.certainty)
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
        "completeness",
        Share,
        "清单读全的把握 (certainty that every item was read)",
        |r| Some(r.complete)
    ),
];
