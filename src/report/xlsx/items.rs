//! The sheet of items: every item and business row that was read, as understood and as printed.

use super::Book;
use super::sheet::{Cell, Column, Table};
use super::style::Tint;
use crate::lang::Lang;
use crate::report::items::ItemRow;

/// The table.
pub(super) const TABLE: Table<ItemRow> = Table {
    title: ("事项", "items"),
    printed: 13,
    columns: &COLUMNS,
};

/// The columns.
const COLUMNS: [Column<ItemRow>; 27] = [
    Column::new("地区", "region", 16.0, |i, _| Cell::text(&i.region)),
    Column::new("层级", "level", 10.0, |i, book| {
        Cell::text(book.words.level(i.level))
    }),
    Column::new("序号", "no.", 6.0, |i, _| {
        i.seq.map_or(Cell::Empty, |seq| Cell::Number(seq.into()))
    }),
    Column::new("主项", "main item", 24.0, |i, _| Cell::text(&i.main_name)),
    Column::new("子项编码", "code", 16.0, |i, _| Cell::text(&i.code)),
    Column::new("名称", "name", 30.0, |i, book| value(&i.name, book)),
    Column::new("对应国家事项", "national item", 16.0, |i, _| {
        Cell::text(&i.national_code)
    }),
    Column::new("对应方式", "matched by", 14.0, |i, book| {
        matched(i.matched, book.lang)
    }),
    Column::new(
        "办理时限（规范写法）",
        "time limit (normal form)",
        26.0,
        |i, book| value(&i.time_limit, book),
    ),
    Column::new("办理环节", "steps", 30.0, |i, book| {
        value(&i.steps, book)
    }),
    Column::new("材料数", "materials", 8.0, |i, _| {
        i.materials_count
            .map_or(Cell::Empty, |count| Cell::Number(count.into()))
    }),
    Column::new("设定依据一栏", "legal basis", 14.0, |i, book| {
        basis(i.basis, book)
    }),
    Column::new("引用文件", "citations", 48.0, |i, _| {
        Cell::text(&i.citations)
    }),
    Column::new("可信度", "certainty", 8.0, |i, _| {
        Cell::number(&i.certainty)
    }),
    Column::new("主项编码", "main code", 16.0, |i, _| {
        Cell::text(&i.main_code)
    }),
    Column::new(
        "主项编码（原文）",
        "main code as printed",
        16.0,
        |i, _| Cell::text(&i.main_code_printed),
    ),
    Column::new(
        "子项编码（原文）",
        "code as printed",
        16.0,
        |i, _| Cell::text(&i.code_printed),
    ),
    Column::new("名称（原文）", "name as printed", 30.0, |i, _| {
        Cell::text(&i.name_printed)
    }),
    Column::new(
        "办理时限（原文）",
        "time limit as printed",
        26.0,
        |i, _| Cell::text(&i.time_limit_printed),
    ),
    Column::new(
        "办理环节（原文）",
        "steps as printed",
        26.0,
        |i, _| Cell::text(&i.steps_printed),
    ),
    Column::new("文件", "file", 28.0, |i, _| Cell::text(&i.file)),
    Column::new("页", "page", 6.0, |i, _| {
        i.page.map_or(Cell::Empty, |page| Cell::Number(page.into()))
    }),
    Column::new("行", "line", 7.0, |i, _| {
        i.line
            .map_or(Cell::Empty, |line| Cell::number(&line.to_string()))
    }),
    Column::new("地区编码", "region code", 10.0, |i, _| {
        Cell::text(&i.region_code)
    }),
    Column::new("清单", "list", 30.0, |i, _| Cell::text(&i.list)),
    Column::new("版次", "edition", 7.0, |i, _| {
        Cell::Number(i.edition.into())
    }),
    Column::new("位置", "place", 20.0, |i, _| Cell::text(&i.place)),
];

/// A value, or in words and grey that it is missing or could not be read.
fn value(text: &str, book: &Book) -> Cell {
    match text {
        "missing" => Cell::Tinted(
            Tint::Warning,
            book.lang.pick("（空缺）", "(empty)").to_owned(),
        ),
        "unreadable" => Cell::Tinted(Tint::Reading, unreadable(book.lang)),
        _ => Cell::text(text),
    }
}

fn unreadable(lang: Lang) -> String {
    lang.pick("（未能读出）", "(not legible)").to_owned()
}

fn matched(word: &str, lang: Lang) -> Cell {
    Cell::text(match word {
        "code" => lang.pick("编码", "code"),
        "name" => lang.pick("名称", "name"),
        "both" => lang.pick("编码与名称", "code and name"),
        "none" => lang.pick("（未对应）", "(none)"),
        other => other,
    })
}

fn basis(word: &str, book: &Book) -> Cell {
    match word {
        "own" => Cell::text(book.lang.pick("本栏", "own cell")),
        "inherited" => Cell::text(book.lang.pick("合并单元格", "merged cell")),
        other => value(other, book),
    }
}
