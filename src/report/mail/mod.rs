//! Mails as drafts: subject, text, HTML and attachments. Owns what a mail says; refuses addresses,
//! transport and the question whether one is due.
//!
//! A region's mail is built from that region's findings alone: no other region's name, file or number
//! reaches its template. What is held against a region, and what is only asked of it, is decided
//! where the letters decide it.

mod enclosure;
mod entry;
mod matter;
mod office;
mod region;
mod row;
mod story;
mod words;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::folder::{Content, Files, WriteError, render};
use super::format::Format;
use crate::config::mail::MailConfig;

pub use matter::{Matter, of_office, of_region};
pub use office::{Trouble, office};
pub use region::region;

/// A mail without addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// One line.
    pub subject: String,
    /// The plain text.
    pub text: String,
    /// The same as HTML: tables and inline styles, nothing from elsewhere.
    pub html: String,
    /// The files that go with it.
    pub attachments: Vec<Attachment>,
}

/// A file that goes with a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its name as a reader sees it.
    pub name: String,
    /// A name of ASCII letters, for clients that know no other.
    pub plain_name: String,
    /// Its media type, with its charset where it is a text.
    pub media_type: String,
    /// Its bytes: those of the report's file.
    pub bytes: Vec<u8>,
}

/// Why a mail is sent, as the mail tells it. `last` is the day of the last mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Occasion {
    /// It is the first.
    First,
    /// Something is new or was settled.
    Changed {
        /// Ids that the last mail did not name.
        new: BTreeSet<String>,
        /// How many that it named are no more.
        settled: usize,
        /// Its day.
        last: Option<NaiveDate>,
    },
    /// Nothing changed.
    Reminder {
        /// Days (自然日) since the last mail.
        days: i64,
        /// Its day.
        last: Option<NaiveDate>,
    },
    /// Everything was settled.
    Settled {
        /// How many the last mail named.
        settled: usize,
        /// Its day.
        last: Option<NaiveDate>,
    },
}

/// What a draft is made from beside the report.
#[derive(Debug, Clone, Copy)]
pub struct Mailing<'a> {
    /// The settings of `[mail]`.
    pub settings: &'a MailConfig,
    /// The files of the report, from which attachments are taken; see [`enclosures`].
    pub files: &'a Files,
    /// Where the report folder is, in words for the office.
    pub folder: &'a str,
}

/// The formats whose files mails may carry.
const ENCLOSED: [Format; 3] = [Format::Html, Format::Csv, Format::Letters];

/// The files that mails may carry, but for those of the formats that were made already.
///
/// # Errors
/// A page, a table or a letter that could not be rendered.
pub fn enclosures(of: &Content<'_>, made: &[Format]) -> Result<Files, WriteError> {
    let missing = ENCLOSED.into_iter().filter(|format| !made.contains(format));
    render(of, &missing.collect::<Vec<_>>())
}
