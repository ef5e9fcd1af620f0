//! 设定依据: the instruments a list rests on.
//!
//! Owns titles, document numbers and articles as one citation each, in one normal form, and tells
//! where a part of a cell is an instrument that can't be told. Refuses to complete what a cut cell
//! has lost, which takes the national standard (`standard::mending`).

mod article;
mod cell;
mod number;
mod piece;
#[cfg(test)]
mod tests;
mod title;

use std::fmt;

pub use cell::citations;
pub use title::{ends_in_a_kind, is_sound, loops};

/// Certainty of a citation whose articles are cut or garbled, and of a cell that has lost one.
const CUT: f64 = 0.5;

/// What stands for an instrument of a cell that can't be told.
pub const UNREADABLE: &str = "unreadable";

/// One instrument and the articles cited from it.
#[derive(Debug, Clone, PartialEq)]
pub struct Citation {
    /// What stands inside the outer marks, without white space; marks within it are 〈〉. Begins with
    /// `…` where its head is lost.
    pub title: String,
    /// 国务院令第259号, 国发〔2016〕3号. `None` where none is printed or its numeral is malformed
    /// beyond a dropped 百.
    pub number: Option<String>,
    /// The number as printed, without white space; empty where none is printed.
    pub number_printed: String,
    /// A number is printed, but its numeral is none (第七五十六号).
    pub number_malformed: bool,
    /// Articles cited, in the order printed.
    pub articles: Vec<u32>,
    /// Articles are cut off or garbled, so that `articles` may lack some.
    pub articles_lost: bool,
    /// The whole citation as printed, without white space.
    pub raw: String,
    /// 0..=1: 1.0 plain, lower where it was repaired, cut or garbled.
    pub certainty: f64,
}

impl Default for Citation {
    fn default() -> Self {
        Self {
            title: String::new(),
            number: None,
            number_printed: String::new(),
            number_malformed: false,
            articles: Vec::new(),
            articles_lost: false,
            raw: String::new(),
            certainty: 1.0,
        }
    }
}

impl fmt::Display for Citation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "《{}》", self.title)?;
        if let Some(number) = &self.number {
            write!(f, "({number})")?;
        }
        for (place, article) in self.articles.iter().enumerate() {
            let comma = if place > 0 { "," } else { "" };
            write!(f, "{comma}第{article}条")?;
        }
        Ok(())
    }
}

/// What is left of an instrument that can't be told: no title, or one that is garbled.
#[derive(Debug, Clone, PartialEq)]
pub struct Untold {
    /// How many told instruments of the cell stand before it.
    pub place: usize,
    /// Its legible parts; the title may be empty or garbled.
    pub remains: Citation,
}

/// The instruments of a cell.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Citations {
    /// Those that can be told, in the order printed.
    pub told: Vec<Citation>,
    /// Those that can't, in the order printed.
    pub untold: Vec<Untold>,
}

impl Citations {
    /// Whether an instrument of the cell can be told neither by title nor by number, or its
    /// articles are garbled.
    pub fn lost(&self) -> bool {
        !self.untold.is_empty() || self.told.iter().any(|citation| citation.articles_lost)
    }

    /// How sure the cell is as a whole: 0.5 at most where something in it is lost.
    pub fn certainty(&self) -> f64 {
        let whole = if self.lost() { CUT } else { 1.0 };
        self.told
            .iter()
            .map(|citation| citation.certainty)
            .fold(whole, f64::min)
    }
}

impl fmt::Display for Citations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&join(&self.told, self.lost()))
    }
}

/// Citations as one text, separated by `;`, and `unreadable` behind them where one is lost.
pub fn join(citations: &[Citation], lost: bool) -> String {
    let mut all: Vec<String> = citations.iter().map(Citation::to_string).collect();
    if lost {
        all.push(UNREADABLE.to_owned());
    }
    all.join(";")
}
