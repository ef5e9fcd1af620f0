//! One line of a chart: marks on a scale of days or counts, drawn by plotters as inline SVG. Owns the
//! inks; refuses meaning: what a strip shows is said in words beside it, so it is hidden from screen
//! readers.
//!
//! plotters writes colours as attributes. The style sheet overrides them by `[fill="#…"]`, so that
//! the same drawing is right on light and dark paper and in print.

use plotters::coord::Shift;
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

/// Width of a strip in its own units.
pub(super) const WIDTH: u32 = 420;
/// Height of a strip.
const HEIGHT: u32 = 32;
/// Room for half a mark at both ends.
const MARGIN: u32 = 14;
/// Radius of a mark that stands for one list.
const RADIUS: f64 = 5.0;
/// Radius of a mark with a number in it.
const NUMBERED: f64 = 7.5;
/// Largest radius, however many lists a mark stands for.
const LARGEST: f64 = 12.5;

pub(super) const GRID: RGBColor = RGBColor(0xE4, 0xE2, 0xDB);
const BEYOND: RGBColor = RGBColor(0xFB, 0xE9, 0xE7);
const CEILING: RGBColor = RGBColor(0x1D, 0x23, 0x2B);
const UNDER: RGBColor = RGBColor(0x1B, 0x6B, 0x43);
const AT: RGBColor = RGBColor(0x5A, 0x62, 0x6D);
const OVER: RGBColor = RGBColor(0xA8, 0x20, 0x1A);
const OTHER: RGBColor = RGBColor(0x8A, 0x8D, 0x92);
const OWN: RGBColor = RGBColor(0x1B, 0x4D, 0x89);
pub(super) const PAPER: RGBColor = RGBColor(0xFF, 0xFF, 0xFF);
pub(super) const LABEL: RGBColor = RGBColor(0x59, 0x61, 0x6C);

/// What a mark says by its form and ink.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Look {
    /// Another list, nameless.
    Other,
    /// Shorter than the ceiling.
    Under,
    /// As long as the ceiling.
    At,
    /// In this unit, but not to be compared with the ceiling.
    Apart,
    /// Longer than the ceiling.
    Over,
    /// The list the page is for.
    Own,
}

impl Look {
    fn ink(self) -> RGBColor {
        match self {
            Self::Other | Self::Apart => OTHER,
            Self::Under => UNDER,
            Self::At => AT,
            Self::Over => OVER,
            Self::Own => OWN,
        }
    }

    fn hollow(self) -> bool {
        matches!(self, Self::Other | Self::Apart)
    }
}

/// Lists at one point of the scale.
#[derive(Debug)]
pub(super) struct Mark {
    pub at: f64,
    pub count: usize,
    pub look: Look,
}

/// A ceiling on the scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Tick {
    pub at: f64,
    /// Whether it is only derived: drawn broken.
    pub derived: bool,
    /// Whether it is the one of the newest edition: drawn strong, with what lies beyond it tinted.
    pub main: bool,
}

/// A scale from 0 to `max`, with a line at every `step`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scale {
    pub max: f64,
    pub step: f64,
}

pub(super) type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;
pub(super) type Chart<'a, 'b> =
    ChartContext<'a, SVGBackend<'b>, Cartesian2d<RangedCoordf64, RangedCoordf64>>;
/// A drawing that failed, in words.
pub(super) type Drawn<T> = Result<T, String>;

/// What plotters says, as a sentence.
pub(super) fn said(error: impl std::fmt::Display) -> String {
    error.to_string()
}

impl Scale {
    /// A scale that holds `most`, with at most eight lines.
    pub fn holding(most: f64) -> Self {
        let step = [1.0, 2.0, 5.0, 10.0, 15.0, 20.0, 50.0, 100.0, 200.0, 500.0]
            .into_iter()
            .find(|step| most / step <= 8.0)
            .unwrap_or(1000.0);
        Scale {
            max: ((most / step).ceil() * step).max(step),
            step,
        }
    }

    fn lines(self) -> impl Iterator<Item = f64> {
        let count = (self.max / self.step).round() as u32;
        (0..=count).map(move |index| f64::from(index) * self.step)
    }

    fn chart<'a, 'b>(self, area: &'a Area<'b>) -> Drawn<Chart<'a, 'b>> {
        ChartBuilder::on(area)
            .margin_left(MARGIN)
            .margin_right(MARGIN)
            .build_cartesian_2d(0.0..self.max, 0.0..1.0)
            .map_err(said)
    }

    /// The numbers of the scale, `zero` in place of the 0.
    pub fn axis(self, zero: &str) -> Drawn<String> {
        let height = 18;
        inline("strip axis", height, |area| {
            let mut chart = self.chart(area)?;
            let style = ("sans-serif", 17).into_font().color(&LABEL);
            let labels = self.lines().map(|at| {
                let text = if at == 0.0 {
                    zero.to_owned()
                } else {
                    at.to_string()
                };
                let style = style.pos(Pos::new(HPos::Center, VPos::Center));
                Text::new(text, (at, 0.5), style)
            });
            chart.draw_series(labels).map_err(said)?;
            Ok(())
        })
    }

    /// A strip with its ceilings and marks.
    pub fn strip(self, ticks: &[Tick], marks: &[Mark]) -> Drawn<String> {
        inline("strip", HEIGHT, |area| {
            let mut chart = self.chart(area)?;
            if let Some(tick) = ticks.iter().find(|tick| tick.main && tick.at < self.max) {
                let beyond = [(tick.at, 0.0), (self.max, 1.0)];
                let shade = Rectangle::new(beyond, BEYOND.filled());
                chart.draw_series([shade]).map_err(said)?;
            }
            let grid = self.lines().map(|at| upright(at, 0.0, 1.0, GRID, 1));
            chart.draw_series(grid).map_err(said)?;
            let ceilings = ticks.iter().flat_map(ceiling);
            chart.draw_series(ceilings).map_err(said)?;
            self.marks(&mut chart, marks)
        })
    }

    fn marks(self, chart: &mut Chart<'_, '_>, marks: &[Mark]) -> Drawn<()> {
        for (index, mark) in marks.iter().enumerate() {
            // Marks at one point stand one above the other.
            let same = |other: &&Mark| other.at == mark.at;
            let shared = marks.iter().filter(same).count();
            let above = marks[..index].iter().filter(same).count();
            let at = (mark.at, 1.0 - (above as f64 + 0.5) / shared as f64);
            let room = f64::from(HEIGHT) / (2.0 * shared as f64) - 1.0;
            let size = if mark.count > 1 { NUMBERED } else { RADIUS };
            let grown = size * (mark.count as f64).sqrt().max(1.0) / 1.2;
            let radius = grown.max(size).min(LARGEST).min(room).round() as i32;
            let ink = mark.look.ink();
            // Paper beneath a hollow mark keeps the ceiling from showing through.
            let under = Circle::new(at, radius + 1, PAPER.filled());
            chart.draw_series([under]).map_err(said)?;
            let style = if mark.look.hollow() {
                ink.stroke_width(2)
            } else {
                ink.filled()
            };
            chart
                .draw_series([Circle::new(at, radius, style)])
                .map_err(said)?;
            if mark.count > 1 {
                let ink = if mark.look.hollow() { LABEL } else { PAPER };
                let style = ("sans-serif", 15)
                    .into_font()
                    .color(&ink)
                    .pos(Pos::new(HPos::Center, VPos::Center));
                let count = Text::new(mark.count.to_string(), at, style);
                chart.draw_series([count]).map_err(said)?;
            }
        }
        Ok(())
    }
}

fn upright(at: f64, from: f64, to: f64, ink: RGBColor, width: u32) -> PathElement<(f64, f64)> {
    PathElement::new(vec![(at, from), (at, to)], ink.stroke_width(width))
}

/// A ceiling: unbroken where a text states it, broken where it is derived.
fn ceiling(tick: &Tick) -> Vec<PathElement<(f64, f64)>> {
    let width = if tick.main { 3 } else { 1 };
    let parts: &[(f64, f64)] = if tick.derived {
        &[(0.0, 0.22), (0.39, 0.61), (0.78, 1.0)]
    } else {
        &[(0.0, 1.0)]
    };
    parts
        .iter()
        .map(|(from, to)| upright(tick.at, *from, *to, CEILING, width))
        .collect()
}

/// Draws, and opens the result with a tag that suits a place inside a page.
pub(super) fn inline(
    class: &str,
    height: u32,
    draw: impl Fn(&Area<'_>) -> Drawn<()>,
) -> Drawn<String> {
    let mut svg = String::new();
    {
        let area = SVGBackend::with_string(&mut svg, (WIDTH, height)).into_drawing_area();
        draw(&area)?;
        area.present().map_err(said)?;
    }
    let body = svg.split_once('>').map_or("", |(_, body)| body);
    let body = body.replace("/>\n", "/>").replace(" opacity=\"1\"", "");
    Ok(format!(
        "<svg class=\"{class}\" viewBox=\"0 0 {WIDTH} {height}\" aria-hidden=\"true\" focusable=\"false\">{}",
        body.trim()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_holds_what_it_must_in_few_lines() {
        for (most, max, step) in [
            (0.0, 1.0, 1.0),
            (30.0, 30.0, 5.0),
            (90.0, 90.0, 15.0),
            (7.0, 7.0, 1.0),
        ] {
            let scale = Scale::holding(most);
            assert_eq!((scale.max, scale.step), (max, step), "{most}");
        }
    }

    #[test]
    fn a_strip_is_inline_and_silent() {
        let mark = |count, look| Mark {
            at: 5.0,
            count,
            look,
        };
        let svg = Scale::holding(30.0)
            .strip(
                &[Tick {
                    at: 20.0,
                    derived: true,
                    main: true,
                }],
                &[mark(3, Look::Under), mark(1, Look::Other)],
            )
            .expect("drawn");
        assert!(svg.starts_with("<svg class=\"strip\"") && svg.ends_with("</svg>"));
        assert!(svg.contains("aria-hidden=\"true\"") && !svg.contains("xmlns"));
        assert!(svg.contains("#1B6B43") && svg.contains(">\n3\n<"), "{svg}");
    }
}
