//! What a document may cost: bytes, cells, pages, seconds, depth and members. A document that
//! costs more is refused by name, so that it costs only itself. Knows no format.

use std::time::{Duration, Instant};

use super::ReadError;

/// Cells between two looks at the clock.
const CELLS_A_LOOK: u64 = 4096;

/// What one document may cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the document as it lies there.
    pub bytes: u64,
    /// Bytes that an archive or a packed document (xlsx, docx, ods) may come to when it is unpacked,
    /// all its members together.
    pub unpacked: u64,
    /// How many times its packed size a large member may come to when it is unpacked.
    pub ratio: u64,
    /// Cells of its tables, empty ones within the grid included.
    pub cells: u64,
    /// Pages.
    pub pages: u32,
    /// Wall-clock seconds from [`Limits::begun_at`] on.
    pub seconds: u64,
    /// Archives within archives, tables within tables, markup within markup of its kind.
    pub depth: u32,
    /// Members of an archive, those of archives within it included.
    pub members: u32,
    /// When the reading of the document has to end; `None` where nobody watches the clock.
    pub until: Option<Instant>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 100 << 20,
            unpacked: 512 << 20,
            ratio: 400,
            cells: 2_000_000,
            pages: 2_000,
            seconds: 120,
            depth: 8,
            members: 10_000,
            until: None,
        }
    }
}

impl Limits {
    /// The limits of a document whose reading begins at a moment.
    #[must_use]
    pub fn begun_at(&self, moment: Instant) -> Self {
        Self {
            until: moment.checked_add(Duration::from_secs(self.seconds)),
            ..self.clone()
        }
    }

    /// Whether there is time left. Cheap; a reader asks it at every page, sheet or member, and
    /// through [`Limits::within_cells`] at every cell.
    ///
    /// # Errors
    /// [`ReadError::TooSlow`] once the time is over.
    pub fn in_time(&self) -> Result<(), ReadError> {
        match self.until {
            Some(until) if Instant::now() >= until => Err(ReadError::TooSlow {
                seconds: self.seconds,
            }),
            _ => Ok(()),
        }
    }

    /// Whether a document may be of so many bytes.
    ///
    /// # Errors
    /// [`ReadError::TooLarge`] where it is larger.
    pub fn within_bytes(&self, bytes: u64) -> Result<(), ReadError> {
        match bytes > self.bytes {
            true => Err(ReadError::TooLarge { limit: self.bytes }),
            false => Ok(()),
        }
    }

    /// Whether a document may have so many cells; looks at the clock now and then.
    ///
    /// # Errors
    /// [`ReadError::TooManyCells`] where it has more, [`ReadError::TooSlow`] once the time is over.
    pub fn within_cells(&self, cells: u64) -> Result<(), ReadError> {
        if cells > self.cells {
            return Err(ReadError::TooManyCells { limit: self.cells });
        }
        if cells.is_multiple_of(CELLS_A_LOOK) {
            self.in_time()?;
        }
        Ok(())
    }

    /// Whether a document may have so many pages; looks at the clock.
    ///
    /// # Errors
    /// [`ReadError::TooManyPages`] where it has more, [`ReadError::TooSlow`] once the time is over.
    pub fn within_pages(&self, pages: u32) -> Result<(), ReadError> {
        match pages > self.pages {
            true => Err(ReadError::TooManyPages { limit: self.pages }),
            false => self.in_time(),
        }
    }

    /// Whether something may lie so deep in its like.
    ///
    /// # Errors
    /// [`ReadError::TooDeep`] where it lies deeper.
    pub fn within_depth(&self, depth: u32) -> Result<(), ReadError> {
        match depth > self.depth {
            true => Err(ReadError::TooDeep { limit: self.depth }),
            false => Ok(()),
        }
    }

    /// Whether an archive may have so many members; looks at the clock.
    ///
    /// # Errors
    /// [`ReadError::TooManyMembers`] where it has more, [`ReadError::TooSlow`] once the time is
    /// over.
    pub fn within_members(&self, members: u32) -> Result<(), ReadError> {
        match members > self.members {
            true => Err(ReadError::TooManyMembers {
                limit: self.members,
            }),
            false => self.in_time(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_costs_more_is_refused_with_the_limit() {
        let limits = Limits {
            bytes: 10,
            cells: 10,
            pages: 10,
            depth: 10,
            members: 10,
            ..Limits::default()
        };
        assert_eq!(limits.within_bytes(10), Ok(()));
        assert_eq!(
            limits.within_bytes(11),
            Err(ReadError::TooLarge { limit: 10 })
        );
        assert_eq!(limits.within_cells(10), Ok(()));
        assert_eq!(
            limits.within_cells(11),
            Err(ReadError::TooManyCells { limit: 10 })
        );
        assert_eq!(
            limits.within_pages(11),
            Err(ReadError::TooManyPages { limit: 10 })
        );
        assert_eq!(
            limits.within_depth(11),
            Err(ReadError::TooDeep { limit: 10 })
        );
        assert_eq!(
            limits.within_members(11),
            Err(ReadError::TooManyMembers { limit: 10 })
        );
    }

    #[test]
    fn time_runs_out_only_where_somebody_watches_the_clock() {
        let limits = Limits {
            seconds: 0,
            ..Limits::default()
        };
        assert_eq!(limits.in_time(), Ok(()));
        let over = limits.begun_at(Instant::now());
        assert_eq!(over.in_time(), Err(ReadError::TooSlow { seconds: 0 }));
        assert_eq!(over.within_pages(1), Err(ReadError::TooSlow { seconds: 0 }));
        assert_eq!(over.within_cells(0), Err(ReadError::TooSlow { seconds: 0 }));
    }
}
