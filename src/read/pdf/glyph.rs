//! A glyph as it lies on the page: what it says and where. Owns directions; knows no lines.

use hayro_interpret::kurbo::{Affine, Point, Vec2};

/// Height of a glyph's middle over its base line, in its size: about half of a Chinese character.
const MIDDLE: f64 = 0.35;

/// Where the lines of a text run, on a page whose y axis points down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Turn {
    /// From left to right.
    Right,
    /// From top to bottom, the page turned clockwise.
    Down,
    /// From right to left, the page upside down.
    Left,
    /// From bottom to top, the page turned counter-clockwise.
    Up,
}

impl Turn {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Right, Self::Down, Self::Left, Self::Up];

    /// The direction of a vector; `None` where it is oblique, as in water marks.
    pub fn of(along: Vec2) -> Option<Self> {
        let (wide, high) = (along.x.abs(), along.y.abs());
        match (wide > high * 10.0, high > wide * 10.0) {
            (true, _) if along.x > 0.0 => Some(Self::Right),
            (true, _) => Some(Self::Left),
            (_, true) if along.y > 0.0 => Some(Self::Down),
            (_, true) => Some(Self::Up),
            _ => None,
        }
    }

    /// What makes lines of this direction run from left to right.
    pub fn upright(self) -> Affine {
        match self {
            Self::Right => Affine::IDENTITY,
            Self::Down => Affine::new([0.0, -1.0, 1.0, 0.0, 0.0, 0.0]),
            Self::Left => Affine::new([-1.0, 0.0, 0.0, -1.0, 0.0, 0.0]),
            Self::Up => Affine::new([0.0, 1.0, -1.0, 0.0, 0.0, 0.0]),
        }
    }
}

/// A glyph with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Glyph {
    /// What it says; [`char::REPLACEMENT_CHARACTER`] where the document does not tell.
    pub text: String,
    /// Where it begins on its base line.
    pub origin: Point,
    /// From its origin to where the next glyph of the line begins.
    pub along: Vec2,
    /// Height of its font, never 0.
    pub size: f64,
    /// The stretch of replaced text it belongs to.
    pub stretch: Option<usize>,
}

impl Glyph {
    /// Where its line runs.
    pub fn turn(&self) -> Option<Turn> {
        Turn::of(self.along)
    }

    /// The point that tells in which cell it stands.
    pub fn middle(&self) -> Point {
        let length = self.along.hypot();
        let up = if length > 0.0 {
            Vec2::new(self.along.y, -self.along.x) / length
        } else {
            Vec2::new(0.0, -1.0)
        };
        self.origin + self.along / 2.0 + up * self.size * MIDDLE
    }

    /// Whether it prints nothing.
    pub fn is_blank(&self) -> bool {
        self.text.chars().all(char::is_whitespace)
    }

    /// The glyph on a page that was turned or moved.
    pub fn moved(&self, by: Affine) -> Self {
        Self {
            origin: by * self.origin,
            along: by * self.along.to_point() - by * Point::ZERO,
            ..self.clone()
        }
    }
}

/// Size of the glyphs of a page: the middle one, 0 where there are none.
pub fn usual_size(glyphs: &[Glyph]) -> f64 {
    let mut sizes: Vec<f64> = glyphs
        .iter()
        .filter(|glyph| !glyph.is_blank())
        .map(|glyph| glyph.size)
        .collect();
    sizes.sort_by(f64::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turned_glyph_is_set_upright_by_its_direction() {
        for (along, turn) in [
            (Vec2::new(9.0, 0.0), Turn::Right),
            (Vec2::new(0.1, 9.0), Turn::Down),
            (Vec2::new(-9.0, 0.0), Turn::Left),
            (Vec2::new(0.0, -9.0), Turn::Up),
        ] {
            assert_eq!(Turn::of(along), Some(turn));
            let upright = turn.upright() * along.to_point();
            assert_eq!(Turn::of(upright.to_vec2()), Some(Turn::Right));
        }
        assert_eq!(Turn::of(Vec2::new(3.0, 3.0)), None);
    }

    #[test]
    fn the_middle_lies_above_the_base_line_whatever_the_direction() {
        let glyph = Glyph {
            text: "甲".to_owned(),
            origin: Point::new(0.0, 100.0),
            along: Vec2::new(10.0, 0.0),
            size: 10.0,
            stretch: None,
        };
        assert_eq!(glyph.middle(), Point::new(5.0, 96.5));
        let down = glyph.moved(Turn::Up.upright());
        assert_eq!(down.turn(), Some(Turn::Down));
        assert_eq!(down.middle(), Turn::Up.upright() * glyph.middle());
    }
}
