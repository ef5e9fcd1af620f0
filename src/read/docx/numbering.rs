//! Automatic numbers: what Word shows in front of a paragraph and no text holds. Counts the
//! paragraphs of a document in its order, each numbering and level for itself.

use std::collections::{HashMap, HashSet};

use super::super::ReadError;
use super::super::numeral::numeral;
use super::symbol;
use super::xml::{Next, Tag, Xml};

/// Levels of a numbering.
const LEVELS: usize = 9;

/// How a level prints its number.
#[derive(Debug, Clone, Default)]
struct Level {
    start: Option<u32>,
    format: Option<String>,
    text: Option<String>,
    suffix: Option<String>,
    decimal: bool,
    /// 1-based level after which it begins anew; 0 for never; each higher one where it is not said.
    restart: Option<usize>,
    style: Option<String>,
    font: String,
}

/// The levels that numberings share, and with them their counters.
#[derive(Debug, Clone, Default)]
struct Kind {
    levels: Vec<Level>,
    /// A style whose numbering stands for it.
    link: Option<String>,
}

/// A numbering.
#[derive(Debug, Clone, Default)]
struct Instance {
    kind: String,
    starts: HashMap<usize, u32>,
    levels: HashMap<usize, Level>,
}

/// The numberings of a document and how far each has counted.
#[derive(Debug, Clone, Default)]
pub struct Numbering {
    kinds: HashMap<String, Kind>,
    instances: HashMap<String, Instance>,
    counters: HashMap<String, [Option<u32>; LEVELS]>,
    begun: HashSet<(String, usize)>,
}

impl Numbering {
    /// Reads the part that holds the numberings.
    ///
    /// # Errors
    /// XML that is not well-formed.
    pub fn read(part: &str, text: &str) -> Result<Self, ReadError> {
        let mut xml = Xml::new(part, text);
        let mut numbering = Self::default();
        let mut path: Vec<String> = Vec::new();
        let mut reader = Part::default();
        loop {
            match xml.next()? {
                Next::End => return Ok(numbering),
                Next::Text(_) => {}
                Next::Open(tag) => {
                    reader.open(&tag, path.last().map_or("", String::as_str));
                    path.push(tag.word().to_owned());
                }
                Next::Close => match path.pop().as_deref() {
                    Some("lvl") => reader.close_level(),
                    Some("abstractNum") => {
                        let kind = std::mem::take(&mut reader.kind);
                        numbering.kinds.insert(reader.id.clone(), kind);
                    }
                    Some("num") => {
                        let instance = std::mem::take(&mut reader.instance);
                        numbering.instances.insert(reader.id.clone(), instance);
                    }
                    _ => {}
                },
            }
        }
    }

    /// Lets numberings that stand for a style's have the levels of that style's numbering;
    /// `numbering_of` knows it.
    pub fn link(&mut self, numbering_of: impl Fn(&str) -> Option<String>) {
        let kinds = self.kinds.clone();
        for kind in self.kinds.values_mut() {
            let linked = kind.link.as_deref().and_then(&numbering_of);
            let linked = linked.and_then(|id| kinds.get(&self.instances.get(&id)?.kind));
            if let Some(linked) = linked.filter(|_| kind.levels.is_empty()) {
                kind.levels.clone_from(&linked.levels);
            }
        }
    }

    /// The level of a numbering that a style claims for its paragraphs.
    #[must_use]
    pub fn level_of(&self, id: &str, style: &str) -> Option<usize> {
        let kind = self.kinds.get(&self.instances.get(id)?.kind)?;
        kind.levels
            .iter()
            .position(|level| level.style.as_deref() == Some(style))
    }

    /// Counts a paragraph and yields what is printed before it, white space after it included;
    /// nothing where there is no such numbering.
    pub fn count(&mut self, id: &str, level: usize) -> Option<String> {
        let level = level.min(LEVELS - 1);
        let instance = self.instances.get(id)?;
        let kind = self.kinds.get(&instance.kind)?;
        let levels: Vec<Level> = (0..LEVELS)
            .map(|index| {
                let own = instance.levels.get(&index);
                own.or_else(|| kind.levels.get(index))
                    .cloned()
                    .unwrap_or_default()
            })
            .collect();
        let begin = |index: usize| {
            let own = instance.starts.get(&index).copied();
            own.unwrap_or_else(|| levels[index].start.unwrap_or(0))
        };
        let counters = self.counters.entry(instance.kind.clone()).or_default();
        // A numbering with a start of its own begins there once.
        let anew =
            self.begun.insert((id.to_owned(), level)) && instance.starts.contains_key(&level);
        counters[level] = match counters[level] {
            Some(number) if !anew => Some(number.saturating_add(1)),
            _ => Some(begin(level)),
        };
        for below in level + 1..LEVELS {
            let restarts = levels[below].restart.is_none_or(|after| level < after);
            if restarts {
                counters[below] = None;
            }
        }
        let number = |index: usize| counters[index].unwrap_or_else(|| begin(index));
        Some(label(&levels, level, number))
    }
}

/// What is printed: the text of the level with the numbers of its levels put in.
fn label(levels: &[Level], level: usize, number: impl Fn(usize) -> u32) -> String {
    let own = &levels[level];
    let format = own.format.as_deref().unwrap_or("decimal");
    let text = own.text.as_deref().unwrap_or_default();
    let mut printed = String::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let place = letters.peek().and_then(|digit| digit.to_digit(10));
        match (letter, place) {
            ('%', Some(place @ 1..=9)) => {
                letters.next();
                let index = place as usize - 1;
                let format = match own.decimal {
                    true => "decimal",
                    false => levels[index].format.as_deref().unwrap_or("decimal"),
                };
                printed.push_str(&numeral(number(index), format));
            }
            _ if format == "bullet" => printed.push_str(&symbol::bullet(letter, &own.font)),
            _ => printed.push(letter),
        }
    }
    if !printed.is_empty() && own.suffix.as_deref() != Some("nothing") {
        printed.push(' ');
    }
    printed
}

/// What is being read of the part.
#[derive(Default)]
struct Part {
    id: String,
    kind: Kind,
    instance: Instance,
    level: Level,
    /// Which level is open.
    at: usize,
    /// Whether it belongs to a numbering and not to a kind.
    own: bool,
}

impl Part {
    fn open(&mut self, tag: &Tag<'_>, within: &str) {
        match (within, tag.word()) {
            (_, "abstractNum") => {
                self.id = tag.attribute("abstractNumId").unwrap_or_default();
                self.own = false;
            }
            ("abstractNum", "numStyleLink") => self.kind.link = tag.val(),
            (_, "num") => {
                self.id = tag.attribute("numId").unwrap_or_default();
                self.own = true;
            }
            ("num", "abstractNumId") => self.instance.kind = tag.val().unwrap_or_default(),
            (_, "lvlOverride" | "lvl") => {
                let at = tag.attribute("ilvl").and_then(|at| at.parse().ok());
                self.at = at.unwrap_or(0).min(LEVELS - 1);
            }
            ("lvlOverride", "startOverride") => {
                let start = tag.number().unwrap_or(0);
                self.instance.starts.insert(self.at, start);
            }
            ("lvl", "start") => self.level.start = tag.number(),
            ("lvl", "numFmt") => self.level.format = tag.val(),
            ("lvl", "lvlText") => self.level.text = tag.val(),
            ("lvl", "suff") => self.level.suffix = tag.val(),
            ("lvl", "isLgl") => self.level.decimal = tag.on(),
            ("lvl", "lvlRestart") => self.level.restart = tag.number(),
            ("lvl", "pStyle") => self.level.style = tag.val(),
            ("rPr", "rFonts") => self.level.font = tag.attribute("ascii").unwrap_or_default(),
            _ => {}
        }
    }

    fn close_level(&mut self) {
        let level = std::mem::take(&mut self.level);
        if self.own {
            self.instance.levels.insert(self.at, level);
            return;
        }
        if self.kind.levels.len() <= self.at {
            self.kind.levels.resize(self.at + 1, Level::default());
        }
        self.kind.levels[self.at] = level;
    }
}
