//! The day by which something is due. Owns the difference between a day and one that cannot be
//! told; refuses to stand for a guessed day.

use chrono::NaiveDate;

use crate::lang::Lang;

/// The last day of a time limit in working days (工作日).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deadline {
    /// The day; what is done on it is in time.
    On(NaiveDate),
    /// It lies beyond what is arranged.
    Unknown {
        /// The year whose notice of days off is not known.
        year: i32,
    },
}

impl Deadline {
    /// The day, where it can be told.
    #[must_use]
    pub fn day(self) -> Option<NaiveDate> {
        match self {
            Self::On(day) => Some(day),
            Self::Unknown { .. } => None,
        }
    }

    /// Whether it has passed; `None` where the day cannot be told.
    #[must_use]
    pub fn is_past(self, today: NaiveDate) -> Option<bool> {
        self.day().map(|day| day < today)
    }

    /// What a reader is told: the day, or what is not known and what to do.
    #[must_use]
    pub fn words(self, lang: Lang) -> String {
        match (self, lang) {
            (Self::On(day), _) => day.to_string(),
            (Self::Unknown { year }, Lang::Zh) => {
                format!("不能确定（{year}年的放假安排尚不知道，公布后请写入 [calendar] file）")
            }
            (Self::Unknown { year }, Lang::En) => format!(
                "unknown (the holidays of {year} are not known yet; once published, state them in [calendar] file)"
            ),
        }
    }
}
