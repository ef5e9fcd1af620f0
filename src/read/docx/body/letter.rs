//! The letters of a run: those that tags stand for, and which of them are shown.

use super::super::paragraph::Story;
use super::super::symbol;
use super::super::xml::Tag;
use super::Body;

impl Body<'_> {
    /// A tag of a run that stands for a letter.
    pub(super) fn letter(&mut self, name: &str, tag: &Tag<'_>) {
        match name {
            "tab" | "ptab" => self.put(" "),
            "br" | "cr" => self.put("\n"),
            "noBreakHyphen" => self.put("-"),
            "sym" => {
                let font = tag.attribute("font").unwrap_or_default();
                let place = tag.attribute("char").unwrap_or_default();
                if let Ok(place) = u32::from_str_radix(&place, 16) {
                    let letter = symbol::letter(&font, place).or_else(|| char::from_u32(place));
                    self.put(&letter.map(String::from).unwrap_or_default());
                }
            }
            "fldChar" => {
                let Some(story) = self.stories.last_mut() else {
                    return;
                };
                match tag.attribute("fldCharType").as_deref() {
                    Some("begin") => story.fields.push(true),
                    Some("separate") => {
                        if let Some(code) = story.fields.last_mut() {
                            *code = false;
                        }
                    }
                    Some("end") => {
                        story.fields.pop();
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }

    /// Takes up text that is shown.
    pub(super) fn put(&mut self, text: &str) {
        if self.stories.last().is_some_and(Story::in_code) {
            return;
        }
        let Some(paragraph) = self.paragraphs.last_mut() else {
            return;
        };
        let run = &paragraph.run;
        let by_style = || {
            let own = run.style.as_deref();
            let own = own.and_then(|style| self.styles.hidden(Some(style)));
            own.or_else(|| self.styles.hidden(paragraph.style.as_deref()))
        };
        if !run.hidden.or_else(by_style).unwrap_or(false) {
            paragraph.text.push_str(text);
        }
    }
}
