//! What tags state of the paragraph, run, row or cell they stand in, and which tracked changes
//! leave out.

use super::super::super::Oddity;
use super::super::super::flow::Mark;
use super::super::grid::Merge;
use super::super::xml::Tag;
use super::{Body, Open};

impl Body<'_> {
    /// A tracked change: what it inserts stays, what it deletes is left out.
    pub(super) fn change(&mut self, within: Open, name: &str) -> Option<Open> {
        let deletes = matches!(name, "del" | "moveFrom" | "cellDel");
        let open = match within {
            // Here it speaks of a number or of a formula's mark.
            Open::NumberProperties | Open::RunProperties => return Some(Open::Other),
            Open::MarkProperties => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.joined |= deletes;
                }
                Some(Open::Other)
            }
            Open::RowProperties => {
                if let Some(grid) = self.tables.last_mut() {
                    grid.gone |= deletes;
                }
                Some(Open::Other)
            }
            Open::CellProperties => {
                if let Some(grid) = self.tables.last_mut().filter(|_| deletes) {
                    grid.drop_cell();
                }
                Some(Open::Other)
            }
            _ if deletes => None,
            _ => Some(Open::Other),
        };
        if !self.tracked {
            self.tracked = true;
            self.mark(Oddity::TrackedChanges);
        }
        open
    }

    pub(super) fn mark(&mut self, oddity: Oddity) {
        let at = self.tables.last().and_then(|grid| {
            let (row, column) = grid.place()?;
            Some((grid.table, row, column))
        });
        self.flow.marks.push(Mark { oddity, at });
    }

    /// A tag that states something of what it stands in.
    pub(super) fn property(&mut self, within: Open, name: &str, tag: &Tag<'_>) {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            match (within, name) {
                (Open::ParagraphProperties, "pStyle") => paragraph.style = tag.val(),
                (Open::NumberProperties, "numId") => paragraph.numbering = tag.val(),
                (Open::NumberProperties, "ilvl") => paragraph.level = tag.number(),
                (Open::MarkProperties, "vanish") => paragraph.hidden = tag.on(),
                (Open::RunProperties, "vanish") => paragraph.run.hidden = Some(tag.on()),
                (Open::RunProperties, "rStyle") => paragraph.run.style = tag.val(),
                _ => {}
            }
        }
        let Some(grid) = self.tables.last_mut() else {
            return;
        };
        match (within, name) {
            (Open::Columns, "gridCol") => {
                let width = tag.attribute("w").map_or(0, |width| twips(&width));
                grid.column(width);
            }
            (Open::RowProperties, "gridBefore") => grid.indent(tag.number().unwrap_or(0)),
            (Open::RowProperties, "hidden") if tag.on() => self.mark(Oddity::HiddenRow),
            (Open::CellProperties, _) => {
                let Some(cell) = &mut grid.cell else { return };
                let restart = tag.val().as_deref() == Some("restart");
                match name {
                    "gridSpan" => cell.span(tag.number()),
                    "vMerge" if restart => cell.merge = Merge::Restart,
                    "vMerge" => cell.merge = Merge::Continue,
                    "hMerge" => cell.beside = !restart,
                    _ => {}
                }
            }
            _ => {}
        }
    }
}

/// A width in twips: a bare number, or one with its unit as in the strict form.
fn twips(width: &str) -> u32 {
    let units = [
        ("pt", 20.0),
        ("cm", 567.0),
        ("mm", 56.7),
        ("in", 1440.0),
        ("pc", 240.0),
        ("pi", 240.0),
    ];
    let (number, factor) = units
        .iter()
        .find_map(|(unit, factor)| Some((width.strip_suffix(unit)?, *factor)))
        .unwrap_or((width, 1.0));
    let width = number.trim().parse::<f64>().unwrap_or(0.0) * factor;
    if width.is_finite() && width > 0.0 {
        width as u32
    } else {
        0
    }
}
