//! Text as a browser sets it: white space drawn together, lines where blocks begin and end.

use super::super::flow::Piece;
use super::super::numeral::numeral;

/// The text of a document or a cell that is being read.
#[derive(Debug, Default)]
pub struct Story {
    /// What stands in it so far.
    pub pieces: Vec<Piece>,
    /// Lists that are open.
    pub lists: Vec<List>,
    text: String,
    /// White space that waits for a letter after it, and whether a line of the source ended in it.
    space: Option<bool>,
}

/// A list that numbers its items.
#[derive(Debug, Clone, Copy)]
pub struct List {
    /// Number of the next item; `None` where items have no number.
    pub next: Option<i64>,
    /// How numbers are printed: the `type` of the list.
    pub style: char,
}

impl Story {
    /// Takes up text; `exact` where white space in it counts.
    pub fn text(&mut self, text: &str, exact: bool) {
        for letter in text.chars() {
            match letter {
                _ if exact => self.text.push(letter),
                ' ' | '\t' | '\n' | '\r' | '\u{c}' => {
                    let ended = self.space.unwrap_or(false) || letter == '\n';
                    self.space = Some(ended);
                }
                // Invisible: a place where a line may break, a mark.
                '\u{200b}' | '\u{feff}' | '\u{ad}' => {}
                '\u{a0}' => self.letter(' '),
                letter => self.letter(letter),
            }
        }
    }

    fn letter(&mut self, letter: char) {
        if let Some(ended) = self.space.take()
            && let Some(before) = self.text.chars().next_back()
        {
            // Chinese needs no space where the source breaks its line, as Word's pages do within
            // words.
            let joined = ended && is_wide(before) && is_wide(letter);
            if !joined && before != '\n' {
                self.text.push(' ');
            }
        }
        self.text.push(letter);
    }

    /// Breaks the line.
    pub fn line_break(&mut self) {
        self.space = None;
        self.text.push('\n');
    }

    /// Ends the block.
    pub fn end_block(&mut self) {
        self.space = None;
        let text = std::mem::take(&mut self.text);
        if !text.trim().is_empty() {
            self.pieces.push(Piece::Text(text));
        }
    }

    /// Begins an item of a list, with the number that a browser prints before it; `value` is the one
    /// that the item states itself.
    pub fn item(&mut self, value: Option<i64>) {
        self.end_block();
        let Some(list) = self.lists.last_mut() else {
            return;
        };
        let Some(number) = list.next.map(|next| value.unwrap_or(next)) else {
            return;
        };
        list.next = Some(number.saturating_add(1));
        let format = match list.style {
            'a' => "lowerLetter",
            'A' => "upperLetter",
            'i' => "lowerRoman",
            'I' => "upperRoman",
            _ => "decimal",
        };
        let printed = match u32::try_from(number) {
            Ok(number) => numeral(number, format),
            Err(_) => number.to_string(),
        };
        self.text.push_str(&printed);
        self.text.push_str(". ");
    }

    /// Puts a table after the text so far.
    pub fn table(&mut self, table: usize) {
        self.end_block();
        self.pieces.push(Piece::Table(table));
    }
}

/// Whether a letter is one of those that are set without spaces.
fn is_wide(letter: char) -> bool {
    matches!(u32::from(letter),
        0x2018..=0x201d | 0x2e80..=0xa4cf | 0xf900..=0xfaff | 0xfe30..=0xfe4f | 0xff00..=0xff60
        | 0xffe0..=0xffe6 | 0x2_0000..=0x3_ffff)
}
