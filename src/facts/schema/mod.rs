//! The frames rules can ask: what each is called, and its columns. One file a frame; declared here
//! and nowhere else.

mod bases;
mod citations;
mod codes;
mod items;
mod limits;
mod lists;
mod mains;
mod materials;
mod remarks;
mod waivers;

use std::sync::LazyLock;

use super::frame::{Column, Declared, Kind};
use super::record::Context;

pub use bases::BASES;
pub use citations::CITATIONS;
pub use codes::CODES;
pub use items::{ITEM_JOINS, ITEMS};
pub use limits::LIMITS;
pub use lists::{EXPECTED, EXPECTED_MAINS, LISTS};
pub use mains::{MAIN_JOINS, MAINS};
pub use materials::MATERIALS;
pub use remarks::REMARKS;
pub use waivers::WAIVERS;

/// A frame's name, meaning and columns.
#[derive(Debug)]
pub struct Frame {
    /// Name, as rules write it.
    pub name: &'static str,
    /// What one row is.
    pub about: &'static str,
    /// Its columns: those of the record, then those that joins bring.
    pub columns: Vec<Declared>,
    /// Whether its rows are of the office's own register and of no list, so that its rules are asked
    /// once the lists have been judged.
    pub register: bool,
}

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
            name: "bases",
            about: "每个对应国家事项的子项的设定依据 (the legal basis of each item that stands for a national one)",
            columns: BASES.iter().map(Column::declared).collect(),
            register: false,
        },
        Frame {
            name: "citations",
            about: "每处引用的文件；合并单元格只在印出之处记一次 (each instrument cited; a merged cell counts once, where it is printed)",
            columns: CITATIONS.iter().map(Column::declared).collect(),
            register: false,
        },
        Frame {
            name: "codes",
            about: "每个印出的编码 (each printed code, of main items and items)",
            columns: CODES.iter().map(Column::declared).collect(),
            register: false,
        },
        Frame {
            name: "expected",
            about: "每份清单 × 每个国家事项 (each list × each national item)",
            columns: EXPECTED.to_vec(),
            register: false,
        },
        Frame {
            name: "expected_mains",
            about: "每份清单 × 每个国家主项 (each list × each national main item)",
            columns: EXPECTED_MAINS.to_vec(),
            register: false,
        },
        Frame {
            name: "items",
            about: "子项与业务办理项 (items and business rows)",
            columns: of(ITEMS.iter().map(Column::declared).collect(), ITEM_JOINS),
            register: false,
        },
        Frame {
            name: "limits",
            about: "办理时限的每个分句 (each clause of a time limit)",
            columns: LIMITS.iter().map(Column::declared).collect(),
            register: false,
        },
        Frame {
            name: "lists",
            about: "每份清单 (each list)",
            columns: LISTS.iter().map(Column::declared).collect(),
            register: false,
        },
        Frame {
            name: "mains",
            about: "主项 (main items)",
            columns: of(MAINS.iter().map(Column::declared).collect(), MAIN_JOINS),
            register: false,
        },
        Frame {
            name: "materials",
            about: "逐份读出的办理材料 (each material that was read)",
            columns: MATERIALS.iter().map(Column::declared).collect(),
            register: false,
        },
        Frame {
            name: "remarks",
            about: "读取文件时所见、正文之外的情况，每份清单每种一行 (what was noticed beside the text when a document was read; one row for each list and kind)",
            columns: REMARKS.iter().map(Column::declared).collect(),
            register: false,
        },
        Frame {
            name: "waivers",
            about: "每条豁免；在各清单核验之后才问 (each waiver; asked once the lists have been judged)",
            columns: WAIVERS.iter().map(Column::declared).collect(),
            register: true,
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

use column;
