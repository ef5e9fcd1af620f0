//! What a list does not have, so that rules can't be asked of it. Silence about such a list would
//! read as praise.

use crate::lang::Lang;
use crate::recover::Column;

use super::List;

/// Why rules about a field can't be asked of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// Too little of it can be read.
    Illegible,
    /// It has no such column.
    NoColumn(Column),
    /// It has no main items.
    NoMains,
}

impl Gap {
    /// The reason in words.
    #[must_use]
    pub fn words(self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Illegible, Lang::Zh) => "可辨认的文字过少，未作判断".to_owned(),
            (Self::Illegible, Lang::En) => "too little of the list can be read".to_owned(),
            (Self::NoColumn(column), Lang::Zh) => format!("清单没有“{}”一栏", column.title()),
            (Self::NoColumn(column), Lang::En) => {
                format!("the list has no column {}", column.title())
            }
            (Self::NoMains, Lang::Zh) => "清单没有可辨认的主项".to_owned(),
            (Self::NoMains, Lang::En) => "the list has no main items that can be told".to_owned(),
        }
    }
}

impl List {
    /// What keeps rules of a frame about a field from being asked of this list. What a list says of
    /// itself as a whole can always be asked: a column that is missing is itself such a fault.
    #[must_use]
    pub fn gap(&self, frame: &str, field: &str) -> Option<Gap> {
        if frame == "lists" {
            return None;
        }
        if !self.is_judged() {
            return Some(Gap::Illegible);
        }
        if matches!(frame, "mains" | "expected_mains") && self.mains.is_empty() {
            return Some(Gap::NoMains);
        }
        let column = match field {
            "code" => Column::Code,
            "main_code" => Column::MainCode,
            "name" if frame == "items" => Column::Name,
            "time_limit" => Column::Limit,
            "steps" => Column::Steps,
            "materials" => Column::Materials,
            "basis" => Column::Basis,
            _ => return None,
        };
        (!self.columns.contains(&column)).then_some(Gap::NoColumn(column))
    }
}
