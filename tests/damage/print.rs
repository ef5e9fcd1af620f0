//! Prints a list: main items, items and merged cells once, beside their first row.

use crate::list::Texts;
use crate::random::Random;
use crate::shape::Shape;
use crate::style::numeral;
use crate::table::{Cell, Field, Line, Row, Table};
use crate::truth::Truth;

/// Remarks as they stand in published lists.
const REMARKS: [&str; 8] = [
    "有条件的地区可通过查询市场监管部门“五证合一”数据获取信息并即时办结。",
    "委托办理的，应提供委托人及代理人身份证件原件及委托人授权委托书。",
    "变更姓名、性别、身份证号、出生日期等关键信息的，应提供必要的对应辅助材料。",
    "单位有效证明文件可包括统一社会信用代码证书或介绍信。",
    "因死亡支取的应提供继承人身份证、银行卡账户信息，通过数据共享无法查询死亡信息的应提供个人承诺书。",
    "意外伤害就医的应提供交警事故认定书、法院判决书、调解协议书等相关证明材料。",
    "审核环节包括评估、公示、协商谈判、协议签订等。",
    "鼓励将待遇认定下沉到符合要求的定点医疗机构。",
];

/// The table of a list.
pub fn print(truth: &Truth, texts: &Texts, shape: &Shape, random: &mut Random) -> Table {
    let region = shape.region;
    let mut table = Table {
        title: vec![
            "附件1".to_owned(),
            String::new(),
            format!("{region}医疗保障经办政务服务事项清单（2023年版）"),
            String::new(),
        ],
        header: shape
            .columns
            .iter()
            .map(|column| column.0.to_owned())
            .collect(),
        ..Table::default()
    };
    for index in 0..truth.leaves.len() {
        if shape.headings && opens_main(truth, index) {
            table.lines.push(heading(truth, index, shape.columns.len()));
        }
        let mut cells = cells(truth, texts, shape, index);
        for (cell, (title, field)) in cells.iter_mut().zip(&shape.columns) {
            let text: &str = match field {
                Field::Remark if random.percent(55) => random.pick::<&str>(&REMARKS),
                Field::Own if *title == "事项类型" => "公共服务",
                Field::Own => random.pick::<&str>(&["线上+线下", "线上+线下", "线下"]),
                _ => continue,
            };
            cell.text = text.to_owned();
        }
        table.lines.push(Line::Row(Row {
            cells,
            leaves: vec![index],
            moved: false,
        }));
    }
    table
}

fn opens_main(truth: &Truth, leaf: usize) -> bool {
    let item = truth.leaves[leaf].item;
    let first = item == 0 || truth.items[item - 1].main != truth.items[item].main;
    truth.items[item].leaves.start == leaf && first
}

/// 一、基本医疗保险参保和变更登记
fn main_name(truth: &Truth, main: usize) -> String {
    let number = u32::try_from(main + 1).expect("a small number");
    format!("{}、{}", numeral(number), truth.mains[main].name)
}

/// A main item on a row of its own, its code in brackets.
fn heading(truth: &Truth, leaf: usize, width: usize) -> Line {
    let main = truth.items[truth.leaves[leaf].item].main;
    let mut cells = vec![Cell::default(); width];
    cells[0] = Cell {
        text: format!("{}（{}）", main_name(truth, main), truth.mains[main].code),
        tags: vec![(Field::MainName, main), (Field::MainCode, main)],
    };
    Line::Row(Row {
        cells,
        ..Row::default()
    })
}

fn cells(truth: &Truth, texts: &Texts, shape: &Shape, index: usize) -> Vec<Cell> {
    let leaf = &truth.leaves[index];
    let item = &truth.items[leaf.item];
    let first = opens_main(truth, index);
    let opens = item.leaves.start == index;
    let own_basis = index == 0 || truth.leaves[index - 1].block != leaf.block;
    let business = leaf.business.clone().unwrap_or_default();
    let only = |shown: bool, text: String| if shown { text } else { String::new() };
    let cell = |field: &Field| {
        let (text, at) = match field {
            Field::MainName => (only(first, main_name(truth, item.main)), item.main),
            Field::MainCode => (only(first, truth.mains[item.main].code.clone()), item.main),
            Field::Seq => (only(opens, item.seq.to_string()), leaf.item),
            Field::Name => (only(opens, item.name.clone()), leaf.item),
            Field::Code => (only(opens, item.code.clone()), leaf.item),
            Field::BusinessSeq => (business.0.to_string(), index),
            Field::BusinessName => (business.1.clone(), index),
            Field::Materials => (texts.materials[index].clone(), index),
            Field::Limit => (texts.limits[index].clone(), index),
            Field::Steps => (texts.steps[index].clone(), index),
            Field::Basis => (
                only(own_basis, texts.blocks[leaf.block].clone()),
                leaf.block,
            ),
            Field::Remark | Field::Own => (String::new(), index),
        };
        Cell::new(text, (*field, at))
    };
    shape.columns.iter().map(|column| cell(&column.1)).collect()
}
