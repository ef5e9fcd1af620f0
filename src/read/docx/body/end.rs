//! What the end of a tag ends: paragraphs with their numbers, cells, rows, tables, text boxes.

use super::super::super::flow::Piece;
use super::{Body, Open};

impl Body<'_> {
    pub(super) fn end(&mut self, open: Open) {
        match open {
            Open::Text(exact) => {
                let text = std::mem::take(&mut self.text);
                let blank = |letter: char| matches!(letter, ' ' | '\t' | '\n' | '\r');
                self.put(if exact {
                    &text
                } else {
                    text.trim_matches(blank)
                });
            }
            Open::ParagraphProperties => self.count(),
            Open::Paragraph => self.end_paragraph(),
            Open::CellProperties => self.end_cell_properties(),
            Open::Cell => {
                self.settle();
                let story = self.stories.pop().unwrap_or_default();
                if let Some(grid) = self.tables.last_mut() {
                    grid.close_cell(story.pieces);
                }
            }
            Open::Row => {
                if let Some(grid) = self.tables.last_mut() {
                    grid.close_row();
                }
            }
            Open::Table => self.end_table(),
            Open::TextBox => {
                self.settle();
                self.boxes -= 1;
                let story = self.stories.pop().unwrap_or_default();
                self.floating.extend(story.pieces);
            }
            _ => {}
        }
        if self.stories.len() == 1 && matches!(open, Open::Paragraph | Open::Table) {
            let floating = std::mem::take(&mut self.floating);
            self.piece(|pieces| pieces.extend(floating));
        }
    }

    fn end_cell_properties(&mut self) {
        if let (Some(grid), Some(story)) = (self.tables.last(), self.stories.last_mut()) {
            story.covered = grid.is_covered();
        }
    }

    fn end_table(&mut self) {
        let Some(grid) = self.tables.pop() else {
            return;
        };
        let index = grid.table;
        let (table, renumber) = grid.finish();
        self.flow.tables[index] = table;
        for mark in &mut self.flow.marks {
            if let Some((of, _, Some(column))) = &mut mark.at
                && *of == index
            {
                *column = renumber(*column);
            }
        }
        self.piece(|pieces| pieces.push(Piece::Table(index)));
    }

    /// Looks for the paragraph's automatic number, and counts it where it has one.
    fn count(&mut self) {
        let covered = self.stories.last().is_some_and(|story| story.covered);
        let Some(paragraph) = self.paragraphs.last_mut() else {
            return;
        };
        paragraph.counted = true;
        if covered || paragraph.joined || paragraph.hidden {
            return;
        }
        let by_style = self.styles.number(paragraph.style.as_deref());
        let (id, level) = match (&paragraph.numbering, by_style) {
            (Some(own), style) => {
                let level = paragraph.level.or_else(|| style?.level);
                (own.clone(), level)
            }
            (None, Some(style)) => {
                let claimed = self.numbering.level_of(&style.numbering, &style.style);
                (style.numbering, paragraph.level.or(claimed).or(style.level))
            }
            (None, None) => return,
        };
        paragraph.label = self.numbering.count(&id, level.unwrap_or(0));
    }

    fn end_paragraph(&mut self) {
        if self
            .paragraphs
            .last()
            .is_some_and(|paragraph| !paragraph.counted)
        {
            self.count();
        }
        let (Some(paragraph), Some(story)) = (self.paragraphs.pop(), self.stories.last_mut())
        else {
            return;
        };
        story.carried.push_str(&paragraph.text);
        if paragraph.joined {
            return;
        }
        let text = std::mem::take(&mut story.carried);
        let text = paragraph.label.unwrap_or_default() + &text;
        story.pieces.push(Piece::Text(text));
    }

    /// Ends a story whose last paragraph would go on in the next one.
    pub(super) fn settle(&mut self) {
        self.piece(|_| ());
        let floating = match self.stories.len() {
            1 => std::mem::take(&mut self.floating),
            _ => Vec::new(),
        };
        self.piece(|pieces| pieces.extend(floating));
    }

    /// Puts something into the story after the text that waits to go on.
    fn piece(&mut self, put: impl FnOnce(&mut Vec<Piece>)) {
        if let Some(story) = self.stories.last_mut() {
            let carried = std::mem::take(&mut story.carried);
            if !carried.is_empty() {
                story.pieces.push(Piece::Text(carried));
            }
            put(&mut story.pieces);
        }
    }
}
