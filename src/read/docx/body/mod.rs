//! The main part of a document, read tag by tag: paragraphs, tables and text boxes in order, as the
//! document prints with all tracked changes accepted. Keeps a stack of its own, so that no depth of
//! tags exhausts that of the program.

mod end;
mod letter;
mod property;

use super::super::flow::{Flow, Piece, Table};
use super::super::{Limits, ReadError};
use super::grid::Grid;
use super::numbering::Numbering;
use super::paragraph::{Paragraph, Run, Story};
use super::style::Styles;
use super::xml::{Next, Space, Tag, Xml};

/// Tags between two looks at the clock.
const TAGS_A_LOOK: u64 = 4096;

/// An open tag by what its end ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    Paragraph,
    ParagraphProperties,
    NumberProperties,
    MarkProperties,
    Run,
    RunProperties,
    /// Text, and whether white space at its ends counts.
    Text(bool),
    Table,
    Columns,
    Row,
    RowProperties,
    Cell,
    CellProperties,
    TextBox,
    /// The same thing for several programs, and whether one of them was taken.
    Alternate(bool),
    Other,
}

/// The reader of the main part.
pub struct Body<'a> {
    limits: &'a Limits,
    styles: &'a Styles,
    numbering: Numbering,
    flow: Flow,
    open: Vec<Open>,
    /// Tags within one that is left out, itself included.
    skipped: usize,
    paragraphs: Vec<Paragraph>,
    stories: Vec<Story>,
    tables: Vec<Grid>,
    boxes: u32,
    /// What text boxes hold, until the paragraph or table ends to which they are tied.
    floating: Vec<Piece>,
    text: String,
    tracked: bool,
    tags: u64,
    cells: u64,
}

impl<'a> Body<'a> {
    /// A reader that has read nothing.
    pub fn new(limits: &'a Limits, styles: &'a Styles, numbering: Numbering) -> Self {
        Self {
            limits,
            styles,
            numbering,
            flow: Flow::default(),
            open: Vec::new(),
            skipped: 0,
            paragraphs: Vec::new(),
            stories: vec![Story::default()],
            tables: Vec::new(),
            boxes: 0,
            floating: Vec::new(),
            text: String::new(),
            tracked: false,
            tags: 0,
            cells: 0,
        }
    }

    /// Reads the part.
    ///
    /// # Errors
    /// XML that is not well-formed, or more of anything than the limits allow.
    pub fn read(mut self, part: &str, text: &str) -> Result<Flow, ReadError> {
        let mut xml = Xml::new(part, text);
        loop {
            match xml.next()? {
                Next::End => break,
                Next::Text(text) => {
                    if self.skipped == 0 && matches!(self.open.last(), Some(Open::Text(_))) {
                        self.text.push_str(&text);
                    }
                }
                Next::Open(tag) => {
                    self.tags += 1;
                    if self.tags.is_multiple_of(TAGS_A_LOOK) {
                        self.limits.in_time()?;
                    }
                    if self.skipped > 0 {
                        self.skipped += 1;
                    } else if let Some(open) = self.begin(&tag)? {
                        self.open.push(open);
                    } else {
                        self.skipped = 1;
                    }
                }
                Next::Close if self.skipped > 0 => self.skipped -= 1,
                Next::Close => {
                    if let Some(open) = self.open.pop() {
                        self.end(open);
                    }
                }
            }
        }
        self.settle();
        let story = self.stories.pop().unwrap_or_default();
        self.flow.pieces = story.pieces;
        Ok(self.flow)
    }

    /// What an opened tag is; nothing where it is left out with all that is in it.
    fn begin(&mut self, tag: &Tag<'_>) -> Result<Option<Open>, ReadError> {
        let within = self.open.last().copied().unwrap_or(Open::Other);
        Ok(Some(match (tag.space, tag.name()) {
            (Space::Markup, "AlternateContent") => Open::Alternate(false),
            (Space::Markup, "Choice" | "Fallback") => {
                if within == Open::Alternate(true) {
                    return Ok(None);
                }
                if let Some(open @ Open::Alternate(_)) = self.open.last_mut() {
                    *open = Open::Alternate(true);
                }
                Open::Other
            }
            (Space::Math, "t") => Open::Text(true),
            (Space::Word, name) => return self.word(within, name, tag),
            _ => Open::Other,
        }))
    }

    fn word(&mut self, within: Open, name: &str, tag: &Tag<'_>) -> Result<Option<Open>, ReadError> {
        Ok(Some(match name {
            // How it was before a tracked change; what is no text that is shown.
            "pPrChange" | "rPrChange" | "tblPrChange" | "trPrChange" | "tcPrChange"
            | "tblGridChange" | "tblPrExChange" | "sectPrChange" | "numberingChange" | "sdtPr"
            | "sdtEndPr" | "sectPr" | "instrText" | "delInstrText" | "delText" | "ffData"
            | "fldData" | "rubyPr" | "rt" => return Ok(None),
            "ins" | "moveTo" | "del" | "moveFrom" | "cellIns" | "cellDel" | "cellMerge" => {
                return Ok(self.change(within, name));
            }
            "p" => {
                self.paragraphs.push(Paragraph::default());
                Open::Paragraph
            }
            "pPr" => Open::ParagraphProperties,
            "numPr" => Open::NumberProperties,
            "rPr" if within == Open::ParagraphProperties => Open::MarkProperties,
            "rPr" if within == Open::Run => Open::RunProperties,
            "r" => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.run = Run::default();
                }
                Open::Run
            }
            "t" => {
                self.text.clear();
                Open::Text(tag.attribute("space").as_deref() == Some("preserve"))
            }
            "tbl" => {
                self.limits.within_depth(self.tables.len() as u32 + 1)?;
                self.tables.push(Grid::new(self.flow.tables.len()));
                self.flow.tables.push(Table::default());
                Open::Table
            }
            "tblGrid" => Open::Columns,
            "tr" if self.tables.last_mut().is_some_and(Grid::open_row) => Open::Row,
            "trPr" => Open::RowProperties,
            "tc" => return self.cell(),
            "tcPr" => Open::CellProperties,
            "txbxContent" => {
                self.boxes += 1;
                self.limits.within_depth(self.boxes)?;
                self.stories.push(Story::default());
                Open::TextBox
            }
            name => {
                match within {
                    Open::Run => self.letter(name, tag),
                    _ => self.property(within, name, tag),
                }
                Open::Other
            }
        }))
    }

    fn cell(&mut self) -> Result<Option<Open>, ReadError> {
        let Some(grid) = self.tables.last_mut() else {
            return Ok(Some(Open::Other));
        };
        if grid.gone {
            return Ok(None);
        }
        if !grid.open_cell() {
            return Ok(Some(Open::Other));
        }
        self.cells += 1;
        self.limits.within_cells(self.cells)?;
        self.stories.push(Story::default());
        Ok(Some(Open::Cell))
    }
}
