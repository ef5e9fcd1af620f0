//! Ruled lines: from strokes, thin filled rectangles and thin pictures of one page to straight
//! lines, pieces of one line joined. Refuses to know what they enclose.

use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect};

/// How far a line may lean, in its length, and still be level or upright.
const LEANING: f64 = 0.01;

/// A straight line, level or upright.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rule {
    /// Whether it is level.
    pub level: bool,
    /// Its y where it is level, its x where it is upright.
    pub at: f64,
    /// Where it begins.
    pub from: f64,
    /// Where it ends, never before it begins.
    pub to: f64,
    /// How thick it is.
    pub weight: f64,
}

impl Rule {
    /// The line that a box looks like, along its longer side.
    pub fn of(area: Rect) -> Self {
        let level = area.width() >= area.height();
        let (at, from, to, weight) = if level {
            (area.center().y, area.x0, area.x1, area.height())
        } else {
            (area.center().x, area.y0, area.y1, area.width())
        };
        Self {
            level,
            at,
            from,
            to,
            weight,
        }
    }

    /// The box it covers.
    pub fn area(&self) -> Rect {
        let half = self.weight / 2.0;
        if self.level {
            Rect::new(self.from, self.at - half, self.to, self.at + half)
        } else {
            Rect::new(self.at - half, self.from, self.at + half, self.to)
        }
    }
}

/// The straight lines of a stroked path; curves and oblique lines are none.
pub fn stroked(path: &BezPath, by: Affine, width: f64) -> Vec<Rule> {
    let mut rules = Vec::new();
    let mut start = Point::ZERO;
    let mut pen = Point::ZERO;
    let mut line = |from: Point, to: Point| {
        let (from, to) = (by * from, by * to);
        let run = to - from;
        let leans = run.x.abs().min(run.y.abs());
        let length = run.x.abs().max(run.y.abs());
        if length > 0.0 && leans <= (length * LEANING).max(0.05) {
            let mut rule = Rule::of(Rect::from_points(from, to));
            rule.weight = width;
            rules.push(rule);
        }
    };
    for element in path.elements() {
        match *element {
            PathEl::MoveTo(to) => (start, pen) = (to, to),
            PathEl::LineTo(to) => {
                line(pen, to);
                pen = to;
            }
            PathEl::QuadTo(_, to) | PathEl::CurveTo(_, _, to) => pen = to,
            PathEl::ClosePath => {
                line(pen, start);
                pen = start;
            }
        }
    }
    rules
}

/// What a filled path is made of.
#[derive(Debug, Default, PartialEq)]
pub struct Filled {
    /// Upright rectangles.
    pub boxes: Vec<Rect>,
    /// Other shapes, such as letters drawn as curves.
    pub shapes: usize,
}

/// The rectangles and other shapes of a filled path.
pub fn filled(path: &BezPath, by: Affine) -> Filled {
    let mut filled = Filled::default();
    let mut corners: Vec<Point> = Vec::new();
    let mut curved = false;
    let mut take = |corners: &mut Vec<Point>, curved: &mut bool| {
        if corners.len() > 1 {
            match rectangle(corners).filter(|_| !*curved) {
                Some(area) => filled.boxes.push(area),
                None => filled.shapes += 1,
            }
        }
        corners.clear();
        *curved = false;
    };
    for element in path.elements() {
        match *element {
            PathEl::MoveTo(to) => {
                take(&mut corners, &mut curved);
                corners.push(by * to);
            }
            PathEl::LineTo(to) => corners.push(by * to),
            PathEl::QuadTo(_, to) | PathEl::CurveTo(_, _, to) => {
                curved = true;
                corners.push(by * to);
            }
            PathEl::ClosePath => {}
        }
    }
    take(&mut corners, &mut curved);
    filled
}

/// The upright rectangle whose corners these are, in any order of going round.
fn rectangle(corners: &[Point]) -> Option<Rect> {
    let first = *corners.first()?;
    let area = corners
        .iter()
        .fold(Rect::from_points(first, first), |area, corner| {
            area.union_pt(*corner)
        });
    let slack = (area.width().max(area.height()) * LEANING).max(0.05);
    let near = |a: f64, b: f64| (a - b).abs() <= slack;
    let on_corner = |point: &Point| {
        (near(point.x, area.x0) || near(point.x, area.x1))
            && (near(point.y, area.y0) || near(point.y, area.y1))
    };
    (corners.len() <= 6 && corners.iter().all(on_corner)).then_some(area)
}

/// Joins the pieces of lines: those nearer than `slack` are one line (the two of a double border
/// are), and gaps up to `slack` in one are closed.
pub fn joined(rules: &[Rule], slack: f64) -> Vec<Rule> {
    let mut lines = Vec::new();
    for level in [true, false] {
        let mut pieces: Vec<&Rule> = rules.iter().filter(|rule| rule.level == level).collect();
        pieces.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from)));
        let positions: Vec<f64> = pieces.iter().map(|rule| rule.at).collect();
        let mut rest = pieces.as_slice();
        for size in runs(&positions, slack) {
            let (near, after) = rest.split_at(size);
            rest = after;
            let at = near.iter().map(|rule| rule.at).sum::<f64>() / near.len() as f64;
            lines.extend(closed(near, at, slack));
        }
    }
    lines
}

/// Pieces at one place, with their gaps closed.
fn closed(pieces: &[&Rule], at: f64, slack: f64) -> Vec<Rule> {
    let mut pieces = pieces.to_vec();
    pieces.sort_by(|a, b| a.from.total_cmp(&b.from));
    let mut lines: Vec<Rule> = Vec::new();
    for piece in pieces {
        match lines.last_mut() {
            Some(line) if piece.from <= line.to + slack => line.to = line.to.max(piece.to),
            _ => lines.push(Rule { at, ..*piece }),
        }
    }
    lines
}

/// Sizes of the runs of sorted positions that lie within `slack` of their first, or of their last
/// and not further than twice `slack` from their first.
fn runs(positions: &[f64], slack: f64) -> Vec<usize> {
    let mut sizes: Vec<usize> = Vec::new();
    let (mut first, mut last) = (f64::NEG_INFINITY, f64::NEG_INFINITY);
    for &position in positions {
        match sizes.last_mut() {
            Some(size) if position - last <= slack && position - first <= slack * 2.0 => *size += 1,
            _ => {
                sizes.push(1);
                first = position;
            }
        }
        last = position;
    }
    sizes
}

/// The middles of the runs of positions that lie within `slack` of one another, sorted.
pub fn gathered(mut positions: Vec<f64>, slack: f64) -> Vec<f64> {
    positions.sort_by(f64::total_cmp);
    let mut rest = positions.as_slice();
    runs(&positions, slack)
        .into_iter()
        .map(|size| {
            let (near, after) = rest.split_at(size);
            rest = after;
            near.iter().sum::<f64>() / size as f64
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use hayro_interpret::kurbo::Shape;

    #[test]
    fn a_stroked_rectangle_is_four_lines_and_a_curve_none() {
        let path = Rect::new(0.0, 0.0, 100.0, 20.0).to_path(0.1);
        assert_eq!(stroked(&path, Affine::IDENTITY, 1.0).len(), 4);
        let mut curve = BezPath::new();
        curve.move_to((0.0, 0.0));
        curve.curve_to((5.0, 0.0), (10.0, 5.0), (10.0, 10.0));
        curve.line_to((30.0, 40.0));
        assert!(stroked(&curve, Affine::IDENTITY, 1.0).is_empty());
    }

    #[test]
    fn a_thin_box_looks_like_the_line_it_draws() {
        let path = Rect::new(10.0, 5.0, 10.5, 90.0).to_path(0.1);
        let filled = filled(&path, Affine::IDENTITY);
        let rule = Rule::of(filled.boxes[0]);
        assert!(!rule.level);
        assert_eq!(
            (rule.at, rule.from, rule.to, rule.weight),
            (10.25, 5.0, 90.0, 0.5)
        );
    }

    #[test]
    fn double_borders_and_pieces_are_one_line() {
        let piece = |at, from, to| Rule {
            level: true,
            at,
            from,
            to,
            weight: 0.5,
        };
        let lines = joined(
            &[
                piece(10.0, 0.0, 50.0),
                piece(12.0, 49.0, 100.0),
                piece(30.0, 0.0, 20.0),
                piece(30.0, 60.0, 90.0),
            ],
            3.0,
        );
        assert_eq!(lines.len(), 3);
        assert_eq!(
            (lines[0].at, lines[0].from, lines[0].to),
            (11.0, 0.0, 100.0)
        );
    }
}
