//! What the runs counted, one after the other: a chart and the table that says the same to those who
//! do not see it. Owns the three lines; refuses to draw where there are fewer than two runs, and to
//! join what lies on both sides of a run that did not read the list.

use chrono::DateTime;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::entry::Tally;
use super::strip::{Area, Chart, Drawn, GRID, LABEL, PAPER, WIDTH, inline, said};
use super::summary::clock;
use crate::report::view::{Report, TrendView};
use crate::report::words::Words;

const HEIGHT: u32 = 150;
/// Room for the numbers of the scale, and for half a mark.
const LEFT: u32 = 34;
const MARGIN: u32 = 10;
/// Room for the days beneath.
const BELOW: u32 = 22;
/// Runs beyond which the marks would run into one another.
const MARKED: usize = 40;

const ERROR: RGBColor = RGBColor(0xA8, 0x20, 0x1A);
const WARNING: RGBColor = RGBColor(0x7D, 0x4E, 0x00);
const READING: RGBColor = RGBColor(0x5B, 0x55, 0x66);

/// The runs of a page.
pub(super) struct Trend<'a> {
    pub chart: String,
    /// The newest first, as a reader asks for them.
    pub lines: Vec<Line>,
    pub last: Tally,
    pub first_day: &'a str,
    pub last_day: &'a str,
    /// Runs that read no list of the page, after the first that did.
    pub gaps: usize,
    /// Whether the runs read different numbers of lists.
    pub uneven: bool,
}

/// What one run counted.
pub(super) struct Line {
    pub when: String,
    pub lists: usize,
    pub tally: Tally,
}

/// A run on the chart; no tally where it read nothing of the page.
struct Run {
    /// Days since 1970, with their part.
    at: f64,
    tally: Option<Tally>,
}

impl<'a> Trend<'a> {
    /// The trend of the regions whose codes `own` keeps; `None` with fewer than two runs that read
    /// one of them.
    ///
    /// # Errors
    /// What the drawing says.
    pub fn new(report: &'a Report, own: impl Fn(&str) -> bool, w: &Words) -> Drawn<Option<Self>> {
        let counted: Vec<(&TrendView, usize, Tally)> = report
            .trend
            .iter()
            .map(|run| {
                let regions = run.regions.iter().filter(|region| own(&region.code));
                let tallies = regions.map(|region| Tally {
                    document: region.document,
                    reading: region.reading,
                    waived: region.waived,
                });
                tallies.fold((run, 0, Tally::default()), |(run, lists, sum), tally| {
                    (run, lists + 1, sum.plus(tally))
                })
            })
            .skip_while(|(_, lists, _)| *lists == 0)
            .collect();
        let read = || counted.iter().filter(|(_, lists, _)| *lists > 0);
        let (Some(first), Some(last)) = (read().next(), read().next_back()) else {
            return Ok(None);
        };
        if read().count() < 2 {
            return Ok(None);
        }
        let runs: Vec<Run> = counted
            .iter()
            .filter_map(|(run, lists, tally)| {
                Some(Run {
                    at: days(&run.now)?,
                    tally: (*lists > 0).then_some(*tally),
                })
            })
            .collect();
        Ok(Some(Trend {
            chart: draw(&runs, [day(&first.0.now), day(&last.0.now)])?,
            lines: read()
                .rev()
                .map(|(run, lists, tally)| Line {
                    when: clock(&run.now, w),
                    lists: *lists,
                    tally: *tally,
                })
                .collect(),
            last: last.2,
            first_day: day(&first.0.now),
            last_day: day(&last.0.now),
            gaps: counted.len() - read().count(),
            uneven: read().any(|(_, lists, _)| *lists != first.1),
        }))
    }
}

/// The day of a clock.
fn day(now: &str) -> &str {
    now.get(..10).unwrap_or(now)
}

fn days(now: &str) -> Option<f64> {
    let moment = DateTime::parse_from_rfc3339(now).ok()?;
    // Exact for any year that a clock holds.
    Some(moment.timestamp() as f64 / 86_400.0)
}

fn draw(runs: &[Run], days: [&str; 2]) -> Drawn<String> {
    let tallies = || runs.iter().filter_map(|run| run.tally);
    let most = tallies()
        .map(|tally| {
            tally
                .document
                .error
                .max(tally.document.warning)
                .max(tally.reading)
        })
        .max()
        .unwrap_or(0);
    let (top, step) = scale(most);
    let first = runs.first().map_or(0.0, |run| run.at);
    let last = runs.last().map_or(1.0, |run| run.at).max(first + 0.5);
    inline("strip trend", HEIGHT, |area| {
        let mut chart = ChartBuilder::on(area)
            .margin_left(LEFT)
            .margin_right(MARGIN)
            .margin_top(MARGIN)
            .margin_bottom(BELOW)
            .build_cartesian_2d(first..last, 0.0..top)
            .map_err(said)?;
        let grid = levels(top, step).map(|level| {
            PathElement::new(vec![(first, level), (last, level)], GRID.stroke_width(1))
        });
        chart.draw_series(grid).map_err(said)?;
        for line in [
            (READING, reading as fn(&Tally) -> usize),
            (WARNING, warning),
            (ERROR, error),
        ] {
            for stretch in stretches(runs, line.1) {
                let path = PathElement::new(stretch.clone(), line.0.stroke_width(2));
                chart.draw_series([path]).map_err(said)?;
                // A run between two that read nothing has no line to stand on.
                if runs.len() <= MARKED || stretch.len() == 1 {
                    for at in stretch {
                        mark(&mut chart, at, line.0)?;
                    }
                }
            }
        }
        labels(area, top, step, days)
    })
}

fn error(tally: &Tally) -> usize {
    tally.document.error
}

fn warning(tally: &Tally) -> usize {
    tally.document.warning
}

fn reading(tally: &Tally) -> usize {
    tally.reading
}

/// The points of a line, parted where a run read nothing.
fn stretches(runs: &[Run], count: fn(&Tally) -> usize) -> Vec<Vec<(f64, f64)>> {
    let read = runs.split(|run| run.tally.is_none());
    let points = read.map(|stretch| {
        let points = stretch.iter();
        points
            .filter_map(|run| Some((run.at, count(run.tally.as_ref()?) as f64)))
            .collect::<Vec<_>>()
    });
    points.filter(|stretch| !stretch.is_empty()).collect()
}

/// A mark: the three lines differ by its form and not by their ink alone.
fn mark(chart: &mut Chart<'_, '_>, at: (f64, f64), ink: RGBColor) -> Drawn<()> {
    if ink == WARNING {
        let square = EmptyElement::at(at) + Rectangle::new([(-4, -4), (4, 4)], ink.filled());
        chart.draw_series([square]).map_err(said)?;
        return Ok(());
    }
    let hollow = ink == READING;
    let inside = if hollow { PAPER } else { ink };
    let disc = Circle::new(at, 4, inside.filled());
    chart.draw_series([disc]).map_err(said)?;
    if hollow {
        let ring = Circle::new(at, 4, ink.stroke_width(2));
        chart.draw_series([ring]).map_err(said)?;
    }
    Ok(())
}

/// The numbers of the scale, and the first and the last day beneath.
fn labels(area: &Area<'_>, top: f64, step: f64, days: [&str; 2]) -> Drawn<()> {
    let height = f64::from(HEIGHT - MARGIN - BELOW);
    let style = ("sans-serif", 12).into_font().color(&LABEL);
    for level in levels(top, step) {
        let down = f64::from(MARGIN) + height * (1.0 - level / top);
        let at = (LEFT as i32 - 7, down.round() as i32);
        let style = style.pos(Pos::new(HPos::Right, VPos::Center));
        area.draw(&Text::new(level.to_string(), at, style))
            .map_err(said)?;
    }
    let ends = [(LEFT, HPos::Left), (WIDTH - MARGIN, HPos::Right)];
    for (day, (across, side)) in days.into_iter().zip(ends) {
        let at = (across as i32, (HEIGHT - BELOW / 2 + 2) as i32);
        let style = style.pos(Pos::new(side, VPos::Center));
        area.draw(&Text::new(day.to_owned(), at, style))
            .map_err(said)?;
    }
    Ok(())
}

/// A scale that holds `most` in at most four steps.
fn scale(most: usize) -> (f64, f64) {
    let most = most.max(1) as f64;
    let mut ten = 1.0;
    loop {
        for step in [1.0, 2.0, 5.0] {
            let step = step * ten;
            if most / step <= 4.0 {
                return ((most / step).ceil() * step, step);
            }
        }
        ten *= 10.0;
    }
}

fn levels(top: f64, step: f64) -> impl Iterator<Item = f64> {
    let count = (top / step).round() as u32;
    (0..=count).map(move |index| f64::from(index) * step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_holds_its_greatest_number_in_few_steps() {
        for (most, top, step) in [
            (0, 1.0, 1.0),
            (3, 3.0, 1.0),
            (9, 10.0, 5.0),
            (870, 1000.0, 500.0),
        ] {
            assert_eq!(scale(most), (top, step), "{most}");
        }
    }

    #[test]
    fn a_line_is_parted_where_nothing_was_read() {
        let run = |at, error: Option<usize>| Run {
            at,
            tally: error.map(|error| {
                let mut tally = Tally::default();
                tally.document.error = error;
                tally
            }),
        };
        let runs = [
            run(1.0, Some(3)),
            run(2.0, None),
            run(3.0, Some(1)),
            run(4.0, Some(0)),
        ];
        let stretches = stretches(&runs, error);
        assert_eq!(stretches, [vec![(1.0, 3.0)], vec![(3.0, 1.0), (4.0, 0.0)]]);
    }
}
