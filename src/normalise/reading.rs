//! A value together with how sure we are that the document says it.

/// A value read from text.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading<T> {
    /// What was read.
    pub value: T,
    /// 0..=1: how sure we are that this is what the document says. 1.0 plain text, about 0.85
    /// where the letters left determine the words, below 0.5 it can't be trusted.
    pub certainty: f64,
}

impl<T> Reading<T> {
    /// A value with its certainty, brought into 0..=1.
    pub fn new(value: T, certainty: f64) -> Self {
        Self {
            value,
            certainty: certainty.clamp(0.0, 1.0),
        }
    }

    /// A value that stands in plain letters.
    pub fn plain(value: T) -> Self {
        Self::new(value, 1.0)
    }
}
