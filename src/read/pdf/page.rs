//! One page: its drawing set upright, each glyph once, texts put where they replace what is drawn,
//! and whether there is anything to read.

use std::collections::{BTreeMap, HashMap};
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Array, Name, Stream};
use hayro_interpret::hayro_syntax::page::Page as Source;
use hayro_interpret::kurbo::{Affine, Point, Rect};
use hayro_interpret::{
    Context, InterpreterCache, InterpreterSettings, InterpreterWarning, RenderContent,
    interpret_page,
};

use super::canvas::{Canvas, Drawing};
use super::codes::Codes;
use super::glyph::{Glyph, Turn, usual_size};
use super::rule::Rule;
use crate::read::{Kind, Limits, ReadError};

/// Two equal glyphs nearer than this, in their size, are one printed twice to look bold.
const TWICE: f64 = 0.15;
/// Thickest line, in the size of the glyphs; what is thicker is a background.
const THICKEST: f64 = 0.45;
/// Most letters on a page that is a picture: its number, a scanner's name.
const FEWEST_LETTERS: usize = 30;
/// Share of a page that a picture covers where it is the page.
const COVERED: f64 = 0.4;
/// Fewest shapes on a page whose letters are drawn as curves.
const MANY_SHAPES: usize = 200;

/// A page to be read.
#[derive(Debug, Default)]
pub struct Page {
    /// Glyphs, most of them in lines from left to right.
    pub glyphs: Vec<Glyph>,
    /// Lines, their pieces not joined.
    pub rules: Vec<Rule>,
    /// Size of its glyphs, never 0.
    pub size: f64,
    /// Whether it is only a picture, or drawn in letters nobody can tell.
    pub picture: bool,
}

/// Reads a page.
///
/// # Errors
/// What [`Limits`] refuse, and a page at which the interpreter gives up.
pub fn read<'a>(
    pdf: &'a Pdf,
    page: &Source<'a>,
    cache: &InterpreterCache<'a>,
    codes: &mut Codes,
    limits: &Limits,
) -> Result<Page, ReadError> {
    let (width, height) = page.render_dimensions();
    let area = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    if has_picture_as_content(page) {
        return Err(ReadError::Damaged {
            kind: Kind::Pdf,
            reason: "a picture in place of a page".to_owned(),
        });
    }
    let unread = Arc::new(AtomicBool::new(false));
    let told = Arc::clone(&unread);
    let settings = InterpreterSettings {
        warning_sink: Arc::new(move |warning| {
            if let InterpreterWarning::UnsupportedFont = warning {
                told.store(true, Ordering::Relaxed);
            }
        }),
        render_content: RenderContent::PAGE | RenderContent::ANNOTATIONS,
        ..InterpreterSettings::default()
    };
    let drawing = panic::catch_unwind(AssertUnwindSafe(|| {
        let down = Affine::new(page.initial_transform(true).as_coeffs());
        let mut context = Context::new(down, area, cache, pdf.xref(), settings);
        codes.learn(page.resources(), 0);
        let mut canvas = Canvas::new(area, limits, codes);
        interpret_page(page, &mut context, &mut canvas);
        canvas.finish()
    }));
    match drawing {
        Ok(drawing) => Ok(settle(drawing, area, unread.load(Ordering::Relaxed))),
        Err(load) => Err(match load.downcast::<ReadError>() {
            Ok(error) => *error,
            Err(load) => ReadError::Damaged {
                kind: Kind::Pdf,
                reason: reason(load.as_ref()),
            },
        }),
    }
}

/// The words of a panic.
pub fn reason(load: &(dyn std::any::Any + Send)) -> String {
    load.downcast_ref::<String>()
        .cloned()
        .or_else(|| load.downcast_ref::<&str>().map(|text| (*text).to_owned()))
        .unwrap_or_default()
}

/// Whether a stream that passed as a picture, and was not weighed, is to be drawn.
fn has_picture_as_content(page: &Source<'_>) -> bool {
    let picture = |stream: &Stream<'_>| {
        let kind = stream.dict().get::<Name<'_>>("Subtype");
        kind.is_some_and(|kind| kind.as_str() == "Image")
    };
    let one = page.raw().get::<Stream<'_>>("Contents");
    let many = page.raw().get::<Array<'_>>("Contents");
    one.is_some_and(|stream| picture(&stream))
        || many.is_some_and(|streams| streams.iter::<Stream<'_>>().any(|stream| picture(&stream)))
}

/// Sets a drawing upright; `unread` where letters of it are in a font that could not be read.
fn settle(drawing: Drawing, area: Rect, unread: bool) -> Page {
    let picture = is_picture(&drawing, area, unread);
    let Drawing {
        glyphs,
        rules,
        stretches,
        ..
    } = drawing;
    let glyphs = once(replaced(glyphs, &stretches));
    let size = match usual_size(&glyphs) {
        size if size > 0.0 => size,
        _ => 10.0,
    };
    let upright = usual_turn(&glyphs).upright();
    Page {
        glyphs: glyphs
            .iter()
            .filter(|glyph| glyph.turn().is_some())
            .map(|glyph| glyph.moved(upright))
            .collect(),
        rules: rules
            .iter()
            .filter(|rule| rule.weight <= size * THICKEST)
            .map(|rule| turned(rule, upright))
            .collect(),
        size,
        picture,
    }
}

fn turned(rule: &Rule, by: Affine) -> Rule {
    Rule {
        weight: rule.weight,
        ..Rule::of(
            by.transform_rect_bbox(
                Rule {
                    weight: 0.0,
                    ..*rule
                }
                .area(),
            ),
        )
    }
}

/// The direction of most lines.
fn usual_turn(glyphs: &[Glyph]) -> Turn {
    let count = |turn| glyphs.iter().filter(|g| g.turn() == Some(turn)).count();
    Turn::ALL
        .into_iter()
        .rev()
        .max_by_key(|turn| count(*turn))
        .unwrap_or(Turn::Right)
}

/// Whether nothing of the page can be read: hardly a letter, or none that is known, and a picture
/// or letters drawn as curves in their place.
fn is_picture(drawing: &Drawing, area: Rect, unread: bool) -> bool {
    let printed = drawing.glyphs.iter().filter(|glyph| !glyph.is_blank());
    let known = printed
        .clone()
        .filter(|glyph| !glyph.text.contains(char::REPLACEMENT_CHARACTER))
        .count();
    let unknown = printed.count() - known;
    if unknown > known {
        return true;
    }
    let covered = drawing.pictures > area.area() * COVERED;
    known <= FEWEST_LETTERS && (covered || unread || drawing.shapes >= MANY_SHAPES)
}

/// Puts texts in place of what is drawn for them: on the first of their glyphs, which takes up the
/// room of all. Where the glyphs stand in several lines and say themselves what they are, they are
/// kept.
fn replaced(glyphs: Vec<Glyph>, stretches: &[String]) -> Vec<Glyph> {
    let mut drawn: BTreeMap<usize, Vec<&Glyph>> = BTreeMap::new();
    for glyph in &glyphs {
        if let Some(stretch) = glyph.stretch {
            drawn.entry(stretch).or_default().push(glyph);
        }
    }
    let mut texts: BTreeMap<usize, Option<Glyph>> = BTreeMap::new();
    for (stretch, pieces) in drawn {
        let (first, last) = (pieces[0], pieces[pieces.len() - 1]);
        let one_line = pieces.iter().all(|glyph| {
            let off = glyph.origin - first.origin;
            off.cross(first.along).abs() <= first.along.hypot() * first.size / 2.0
        });
        let told = pieces
            .iter()
            .all(|glyph| !glyph.text.contains(char::REPLACEMENT_CHARACTER));
        let text = stretches.get(stretch).cloned().unwrap_or_default();
        if one_line || !told {
            let end = last.origin + last.along;
            let along = if one_line {
                end - first.origin
            } else {
                first.along
            };
            texts.insert(
                stretch,
                Some(Glyph {
                    text,
                    along,
                    ..first.clone()
                }),
            );
        }
    }
    let mut kept = Vec::with_capacity(glyphs.len());
    for glyph in glyphs {
        match glyph.stretch.and_then(|stretch| texts.get_mut(&stretch)) {
            Some(text) => kept.extend(text.take()),
            None => kept.push(glyph),
        }
    }
    kept
}

/// Takes out glyphs that are printed twice at one place: synthetic bold, shadows.
fn once(glyphs: Vec<Glyph>) -> Vec<Glyph> {
    let mut seen: HashMap<(String, i64, i64), Vec<(Point, f64)>> = HashMap::new();
    let mut kept = Vec::with_capacity(glyphs.len());
    for glyph in glyphs {
        let raster = |value: f64| (value / (glyph.size * TWICE)).floor() as i64;
        let (x, y) = (raster(glyph.origin.x), raster(glyph.origin.y));
        let near = |at: &(Point, f64)| (at.0 - glyph.origin).hypot() < glyph.size * TWICE;
        let twice = (-1..=1).any(|dx| {
            (-1..=1).any(|dy| {
                let key = (glyph.text.clone(), x + dx, y + dy);
                seen.get(&key).is_some_and(|places| places.iter().any(near))
            })
        });
        if !twice {
            let key = (glyph.text.clone(), x, y);
            seen.entry(key)
                .or_default()
                .push((glyph.origin, glyph.size));
            kept.push(glyph);
        }
    }
    kept
}
