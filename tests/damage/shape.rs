//! The shape of a region's list: its columns, its codes, its layout.

use crate::random::Random;
use crate::style::Style;
use crate::table::Field;

/// Regions: name, division, how its documents are numbered.
const REGIONS: [(&str, &str, &str); 8] = [
    ("四川省", "51", "川"),
    ("湖北省", "42", "鄂"),
    ("河南省", "41", "豫"),
    ("山东省", "37", "鲁"),
    ("广东省", "44", "粤"),
    ("陕西省", "61", "陕"),
    ("云南省", "53", "云"),
    ("福建省", "35", "闽"),
];

/// How cells of legal basis are merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Merging {
    /// Each row has its own.
    Never,
    /// Rows that rest on the same instruments share one.
    Alike,
    /// A main item has one.
    Whole,
}

/// The shape of a list.
#[derive(Debug, Clone)]
pub struct Shape {
    /// Name of the region.
    pub region: &'static str,
    /// The letter its documents are numbered with.
    pub sign: &'static str,
    /// How it prints values.
    pub style: Style,
    /// Whether it has business rows.
    pub third_level: bool,
    /// Whether main items stand on rows of their own.
    pub headings: bool,
    /// Titles of the columns and what stands in them.
    pub columns: Vec<(&'static str, Field)>,
    division: &'static str,
    /// The first serial number of its main items, where the codes are the region's own.
    serial: Option<u32>,
}

impl Shape {
    /// A shape by chance.
    pub fn any(random: &mut Random) -> Self {
        let third_level = random.percent(20);
        let headings = !third_level && random.percent(15);
        let mut columns = Vec::new();
        if !headings {
            columns.push(("主项", Field::MainName));
            if random.percent(80) {
                columns.push(("主项编码", Field::MainCode));
            }
        }
        columns.push((*random.pick(&["子项序号", "序号"]), Field::Seq));
        columns.push((*random.pick(&["子项", "子项", "事项名称"]), Field::Name));
        columns.push(("子项编码", Field::Code));
        if third_level {
            columns.push(("业务办理项序号", Field::BusinessSeq));
            columns.push(("业务办理项名称", Field::BusinessName));
        }
        columns.push((*random.pick(&["办理材料", "申请材料"]), Field::Materials));
        if random.percent(25) {
            columns.push(("事项类型", Field::Own));
        }
        columns.push(("办理时限", Field::Limit));
        columns.push((*random.pick(&["办理环节", "办理流程"]), Field::Steps));
        if random.percent(85) {
            columns.push(("备注", Field::Remark));
        }
        columns.push(("设定依据", Field::Basis));
        if random.percent(30) {
            columns.push(("办理方式", Field::Own));
        }
        let (region, division, sign) = *random.pick(&REGIONS);
        Self {
            region,
            sign,
            style: Style::any(random),
            third_level,
            headings,
            columns,
            division,
            serial: random.percent(60).then(|| *random.pick(&[1, 6, 60])),
        }
    }

    /// Whether main items print their codes.
    pub fn has_main_codes(&self) -> bool {
        self.headings
            || self
                .columns
                .iter()
                .any(|column| column.1 == Field::MainCode)
    }

    /// The region's code for a national one: its own division, its own serial numbers.
    pub fn code(&self, national: &str) -> String {
        let Some(first) = self.serial else {
            return national.to_owned();
        };
        let serial: u32 = national[6..9].parse().expect("a serial number");
        let (division, sub) = (self.division, &national[9..]);
        format!("{division}2036{:03}{sub}", serial + first - 1)
    }
}
