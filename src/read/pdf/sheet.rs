//! What is to be read on a page: its tables with the text of their cells, and the text around
//! them, running heads and page numbers too.

use hayro_interpret::kurbo::Rect;

use super::glyph::Glyph;
use super::lattice::{Lattice, lattices};
use super::page::Page;
use super::{gutter, line, paragraph};
use crate::read::{Limits, ReadError};

/// A table, or what of it stands on a page.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Fragment {
    /// Its grid.
    pub lattice: Lattice,
    /// Texts of its cells, in the order of the lattice's.
    pub texts: Vec<String>,
}

/// The text of a page.
#[derive(Debug, Default, PartialEq)]
pub struct Sheet {
    /// Tables from top to bottom.
    pub tables: Vec<Fragment>,
    /// Lines outside of tables from top to bottom, with their height on the page.
    pub prose: Vec<(f64, String)>,
    /// Whether the page is only a picture.
    pub picture: bool,
}

/// Reads the texts of a page.
///
/// # Errors
/// More cells than a document may have.
pub fn sheet(page: &Page, limits: &Limits) -> Result<Sheet, ReadError> {
    let ruled = lattices(&page.rules, page.size, limits)?;
    let (mut tables, mut rest) = filled(ruled, page);
    if tables.is_empty()
        && let Some((table, around)) = gutter::table(&page.glyphs, page.size)
    {
        tables.push(table);
        rest = around;
    }
    let lines = line::lines(&rest);
    Ok(Sheet {
        tables,
        prose: lines
            .into_iter()
            .map(|line| (line.area.y1, line.text))
            .collect(),
        picture: page.picture,
    })
}

/// The tables that hold text, and the glyphs that stand in none.
fn filled(lattices: Vec<Lattice>, page: &Page) -> (Vec<Fragment>, Vec<&Glyph>) {
    let mut rest: Vec<&Glyph> = page.glyphs.iter().collect();
    let mut tables = Vec::new();
    for lattice in lattices {
        let columns = lattice.xs.len() - 1;
        let owners = lattice.owners();
        let mut cells: Vec<Vec<&Glyph>> = vec![Vec::new(); lattice.fields.len()];
        let mut outside = Vec::with_capacity(rest.len());
        for glyph in rest {
            match lattice.place_at(glyph.middle()) {
                Some((row, column)) => cells[owners[row * columns + column]].push(glyph),
                None => outside.push(glyph),
            }
        }
        rest = outside;
        let areas: Vec<Rect> = lattice.fields.iter().map(|f| lattice.area(f)).collect();
        let padding = padding(&cells, &areas, page.size);
        let texts: Vec<String> = cells
            .iter()
            .zip(areas)
            .map(|(glyphs, area)| paragraph::text(glyphs, area, padding))
            .collect();
        if texts.iter().any(|text| !text.is_empty()) {
            tables.push(Fragment { lattice, texts });
        }
    }
    (tables, rest)
}

/// How far text keeps from the left border of its cell: what nearly all cells keep at least.
fn padding(cells: &[Vec<&Glyph>], areas: &[Rect], size: f64) -> f64 {
    let gap = |(glyphs, area): (&Vec<&Glyph>, &Rect)| {
        let printed = glyphs.iter().filter(|glyph| !glyph.is_blank());
        printed
            .map(|glyph| glyph.origin.x - area.x0)
            .min_by(f64::total_cmp)
    };
    let mut gaps: Vec<f64> = cells.iter().zip(areas).filter_map(gap).collect();
    gaps.sort_by(f64::total_cmp);
    gaps.get(gaps.len() / 10)
        .map_or(0.0, |gap| gap.clamp(0.0, size))
}
