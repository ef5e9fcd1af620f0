//! A printed list as a table in which every cell knows what it tells of, so that after any damage
//! it is still known what was printed of each value, and whether a careful reader can tell it.

use std::collections::BTreeMap;

/// What a cell tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    MainName,
    MainCode,
    Seq,
    Name,
    Code,
    BusinessSeq,
    BusinessName,
    Materials,
    Limit,
    Steps,
    Remark,
    Basis,
    /// A column of the region's own.
    Own,
}

impl Field {
    /// Cells of running words.
    pub const PROSE: [Self; 3] = [Self::Materials, Self::Remark, Self::Basis];
    /// Narrow cells, whose words are cut into short lines.
    pub const NARROW: [Self; 5] = [
        Self::MainName,
        Self::Name,
        Self::BusinessName,
        Self::Limit,
        Self::Steps,
    ];
}

/// A field and the index of what it belongs to: a main item, an item, a leaf or a block of basis.
pub type Tag = (Field, usize);

/// How much of a value a careful reader can still tell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sight {
    /// Nothing happened to its cell.
    #[default]
    Whole,
    /// The letters that are left determine it, with what stands around them.
    Told,
    /// Nobody can tell it; that something is lost can be seen.
    Gone,
    /// What is left reads like another value, so that nobody can know it was damaged: a code with
    /// eleven digits, a limit of 5 days that had been 15. The document may as well have been printed so.
    Misprint,
}

/// What happened to a value.
#[derive(Debug, Clone, Copy, Default)]
pub struct Mark {
    /// How much of it can be told.
    pub sight: Sight,
    /// Letters were lost from its words: a name or title may come back as it is printed.
    pub thin: bool,
}

/// A cell.
#[derive(Debug, Clone, Default)]
pub struct Cell {
    /// Its text.
    pub text: String,
    /// What it tells of; several where cells were run together.
    pub tags: Vec<Tag>,
}

/// A row.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// Its cells.
    pub cells: Vec<Cell>,
    /// Its leaf; several where rows were run together, none where it is no item's row.
    pub leaves: Vec<usize>,
    /// Whether its cells were moved: one such mishap a row is what happens, two are a puzzle.
    pub moved: bool,
}

/// A line of the document.
#[derive(Debug, Clone)]
pub enum Line {
    /// A row of the table.
    Row(Row),
    /// Text, or an empty line.
    Text(String),
}

/// How a table is written as text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Form {
    /// A row a line, cells parted by tabs.
    #[default]
    Tabbed,
    /// As a spreadsheet exports it: a cell with line breaks stands in quotes.
    Quoted,
    /// As a word processor writes it: a cell a line, an empty line between rows.
    Dumped,
}

/// A printed list.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// How it is written.
    pub form: Form,
    /// Lines before the header.
    pub title: Vec<String>,
    /// The header's cells.
    pub header: Vec<String>,
    /// Everything below the first header.
    pub lines: Vec<Line>,
    /// What happened to values.
    pub marks: BTreeMap<Tag, Mark>,
    /// Values that are printed in another's cell since their cells were merged.
    pub merged: BTreeMap<Tag, Tag>,
}

impl Cell {
    /// A cell.
    pub fn new(text: impl Into<String>, tag: Tag) -> Self {
        Self {
            text: text.into(),
            tags: vec![tag],
        }
    }

    /// Whether nothing is printed in it.
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }
}

impl Table {
    /// The rows in order.
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.lines.iter().filter_map(|line| match line {
            Line::Row(row) => Some(row),
            Line::Text(_) => None,
        })
    }

    /// The rows in order.
    pub fn rows_mut(&mut self) -> impl Iterator<Item = &mut Row> {
        self.lines.iter_mut().filter_map(|line| match line {
            Line::Row(row) => Some(row),
            Line::Text(_) => None,
        })
    }

    /// Changes cells of some fields; what the change returns is marked.
    pub fn change(&mut self, fields: &[Field], mut change: impl FnMut(&mut Cell) -> Option<Mark>) {
        let mut marks = Vec::new();
        for cell in self.rows_mut().flat_map(|row| &mut row.cells) {
            if cell.is_empty() || !cell.tags.iter().any(|tag| fields.contains(&tag.0)) {
                continue;
            }
            if let Some(mark) = change(cell) {
                marks.extend(cell.tags.iter().map(|tag| (*tag, mark)));
            }
        }
        for (tag, mark) in marks {
            self.mark(tag, mark);
        }
    }

    /// Notes what happened to a value; the worst that happened counts.
    pub fn mark(&mut self, tag: Tag, mark: Mark) {
        let known = self.marks.entry(tag).or_default();
        known.sight = known.sight.max(mark.sight);
        known.thin |= mark.thin;
    }

    /// Notes that all values of a row can still be told.
    pub fn told(&mut self, cells: &[Cell]) {
        let tags: Vec<Tag> = cells.iter().flat_map(|cell| cell.tags.clone()).collect();
        for tag in tags {
            self.mark(tag, Mark::told());
        }
    }

    /// What happened to a value.
    pub fn seen(&self, tag: Tag) -> Mark {
        let own = self.marks.get(&tag).copied().unwrap_or_default();
        match self.merged.get(&tag).filter(|to| **to != tag) {
            None => own,
            Some(to) => {
                let other = self.seen(*to);
                Mark {
                    sight: own.sight.max(other.sight),
                    thin: own.thin || other.thin,
                }
            }
        }
    }

    /// What is printed of a value, its slices in the order of the rows.
    pub fn printed(&self, tag: Tag) -> Vec<&str> {
        let tag = self.merged.get(&tag).unwrap_or(&tag);
        self.rows()
            .flat_map(|row| &row.cells)
            .filter(|cell| cell.tags.contains(tag))
            .map(|cell| cell.text.as_str())
            .collect()
    }

    /// The lines of the document on which something of a leaf is printed, 1-based; empty where
    /// rows are not lines.
    pub fn lines_of(&self, leaf: usize) -> Vec<u64> {
        if self.form != Form::Tabbed {
            return Vec::new();
        }
        let first = self.title.len() as u64 + 2;
        let lines = (first..).zip(&self.lines);
        let of = |line: &Line| matches!(line, Line::Row(row) if row.leaves.contains(&leaf));
        lines
            .filter(|(_, line)| of(line))
            .map(|(at, _)| at)
            .collect()
    }

    /// The document.
    pub fn text(&self) -> String {
        let mut lines = self.title.clone();
        let header: Vec<&str> = self.header.iter().map(String::as_str).collect();
        lines.push(self.row(&header));
        lines.extend(self.lines.iter().map(|line| match line {
            Line::Text(text) => text.clone(),
            Line::Row(row) => {
                let cells: Vec<&str> = row.cells.iter().map(|cell| cell.text.as_str()).collect();
                self.row(&cells)
            }
        }));
        lines.join("\n") + "\n"
    }

    fn row(&self, cells: &[&str]) -> String {
        match self.form {
            Form::Tabbed => cells.join("\t"),
            Form::Dumped => format!("\t{}\n", cells.join("\n\t")),
            Form::Quoted => {
                let quoted = |cell: &&str| match cell.contains(' ') {
                    true => format!("\"{}\"", cell.replace('"', "\"\"").replace(' ', "\n")),
                    false => (*cell).to_owned(),
                };
                cells.iter().map(quoted).collect::<Vec<_>>().join("\t")
            }
        }
    }
}

impl Mark {
    /// Damaged, and still to be told.
    pub fn told() -> Self {
        Self::of(Sight::Told)
    }

    /// So much can be told.
    pub fn of(sight: Sight) -> Self {
        Self { sight, thin: false }
    }

    /// Letters were lost from its words.
    pub fn thin() -> Self {
        Self {
            sight: Sight::Told,
            thin: true,
        }
    }
}
