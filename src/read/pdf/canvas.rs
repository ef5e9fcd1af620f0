//! What a page draws, as the interpreter of PDF tells it: glyphs, ruled lines, pictures. Draws
//! nothing, decodes no picture, and stops where a page costs more than a document may.

use std::panic;

use hayro_interpret::font::{Glyph as Drawn, GlyphRun};
use hayro_interpret::hayro_cmap::WritingMode;
use hayro_interpret::hayro_syntax::object::{Dict, String as Written};
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect, Shape};
use hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask,
};

use super::codes::Codes;
use super::glyph::Glyph;
use super::letter;
use super::rule::{Rule, filled, stroked};
use crate::read::{Limits, ReadError};

/// Units of a font in its size.
const UNITS: f64 = 1000.0;
/// Calls between two looks at the clock.
const CALLS_A_LOOK: u64 = 512;
/// Most lines and glyphs of one page; a page of a list has some thousands.
const MOST_MARKS: usize = 1_000_000;

/// What was drawn on a page, in points, the y axis pointing down.
#[derive(Debug, Default)]
pub struct Drawing {
    /// Glyphs in the order of drawing.
    pub glyphs: Vec<Glyph>,
    /// Lines, their pieces not joined.
    pub rules: Vec<Rule>,
    /// Area of the pictures.
    pub pictures: f64,
    /// How many filled shapes are no rectangles.
    pub shapes: usize,
    /// Texts that replace what is drawn, by [`Glyph::stretch`].
    pub stretches: Vec<String>,
}

/// Collects a page's drawing.
pub struct Canvas<'l> {
    drawing: Drawing,
    clips: Vec<Rect>,
    marked: Vec<Option<usize>>,
    limits: &'l Limits,
    codes: &'l Codes,
    calls: u64,
}

impl<'l> Canvas<'l> {
    /// A canvas that shows no more than the page's area.
    pub fn new(page: Rect, limits: &'l Limits, codes: &'l Codes) -> Self {
        Self {
            drawing: Drawing::default(),
            clips: vec![page],
            marked: Vec::new(),
            limits,
            codes,
            calls: 0,
        }
    }

    /// What was drawn.
    pub fn finish(self) -> Drawing {
        self.drawing
    }

    fn shown(&self) -> Rect {
        self.clips.last().copied().unwrap_or(Rect::ZERO)
    }

    /// Counts a call. The interpreter cannot be told to stop, so that a page that takes too long or
    /// draws too much is left by unwinding, with the error as its load: no panic, no message.
    fn count(&mut self) {
        self.calls += 1;
        let marks = self.drawing.glyphs.len() + self.drawing.rules.len();
        let cost = match marks > MOST_MARKS {
            true => Err(ReadError::TooManyCells {
                limit: self.limits.cells,
            }),
            false if self.calls.is_multiple_of(CALLS_A_LOOK) => self.limits.in_time(),
            false => Ok(()),
        };
        if let Err(error) = cost {
            panic::resume_unwind(Box::new(error));
        }
    }

    /// What a glyph says.
    fn text(&self, glyph: &Drawn<'_>) -> String {
        let by_code = || match glyph {
            Drawn::Outline(outline) => {
                let font = outline.font_data()?.postscript_name?;
                self.codes.text(&font, outline.char_code())
            }
            Drawn::Type3(_) => None,
        };
        glyph
            .as_unicode()
            .map(letter::mapped)
            .or_else(by_code)
            .unwrap_or_else(|| char::REPLACEMENT_CHARACTER.to_string())
    }

    fn push_clip(&mut self, area: Rect) {
        let area = self.shown().intersect(area);
        self.clips.push(area);
    }

    fn rule(&mut self, rule: Rule) {
        let area = rule.area();
        let shown = self.shown().inflate(rule.weight, rule.weight);
        if area.overlaps(shown) {
            let part = area.intersect(shown);
            let (from, to) = match rule.level {
                true => (part.x0, part.x1),
                false => (part.y0, part.y1),
            };
            self.drawing.rules.push(Rule { from, to, ..rule });
        }
    }
}

impl<'a> Device<'a> for Canvas<'_> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, draw_mode: &DrawMode) {
        self.count();
        let by = props.transform;
        if let DrawMode::Stroke(stroke) | DrawMode::FillAndStroke(_, stroke) = draw_mode {
            let width = f64::from(stroke.line_width) * by.determinant().abs().sqrt();
            for rule in stroked(path, by, width) {
                self.rule(rule);
            }
        }
        if let DrawMode::Fill(_) | DrawMode::FillAndStroke(..) = draw_mode {
            let filled = filled(path, by);
            self.drawing.shapes += filled.shapes;
            for area in filled.boxes {
                self.rule(Rule::of(area));
            }
        }
    }

    fn push_clip_path(&mut self, clip_path: &ClipPath) {
        self.count();
        self.push_clip(clip_path.path.bounding_box());
    }

    fn push_clip_rect(&mut self, rect: &Rect) {
        self.count();
        self.push_clip(*rect);
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.count();
    }

    /// Takes the text whatever its paint: invisible text under a picture is what a scanner read.
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        let stretch = self.marked.iter().find_map(|mark| *mark);
        let vertical = run.writing_mode() == WritingMode::Vertical;
        for placed in run.glyphs() {
            self.count();
            let advance = match &**placed {
                Drawn::Outline(glyph) => glyph.advance_width(),
                Drawn::Type3(glyph) => glyph.advance_width(),
            };
            let advance = match vertical {
                true => UNITS,
                false => advance.map_or(UNITS / 2.0, f64::from),
            };
            let by = props.transform * placed.transform();
            let origin = by * Point::ZERO;
            let size = (by * Point::new(0.0, UNITS) - origin).hypot();
            let glyph = Glyph {
                text: self.text(placed),
                origin,
                along: by * Point::new(advance, 0.0) - origin,
                size,
                stretch,
            };
            if size > 0.0 && self.shown().contains(glyph.middle()) {
                self.drawing.glyphs.push(glyph);
            }
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.count();
        let (width, height) = (f64::from(image.width()), f64::from(image.height()));
        let by: Affine = props.transform;
        let area = by.transform_rect_bbox(Rect::new(0.0, 0.0, width, height));
        // Some printer drivers draw lines as pictures one pixel wide; thick ones are no lines.
        self.rule(Rule::of(area));
        let part = area.intersect(self.shown());
        self.drawing.pictures += part.width().max(0.0) * part.height().max(0.0);
    }

    fn pop_clip(&mut self) {
        if self.clips.len() > 1 {
            self.clips.pop();
        }
    }

    fn pop_transparency_group(&mut self) {}

    fn begin_marked_content(&mut self, _: &[u8], properties: Option<&Dict<'_>>) {
        self.count();
        let replaced = properties.and_then(|known| known.get::<Written<'_>>("ActualText"));
        self.marked.push(replaced.map(|text| {
            self.drawing.stretches.push(letter::text(text.as_bytes()));
            self.drawing.stretches.len() - 1
        }));
    }

    fn end_marked_content(&mut self) {
        self.marked.pop();
    }
}
