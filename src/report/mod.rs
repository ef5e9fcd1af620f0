//! The report: what was found, as data and as files. Sees no query plan and reads no document.

mod assemble;
mod change;
pub mod csv;
mod fail_on;
mod folder;
mod format;
pub mod github;
mod gitlab;
pub mod html;
mod items;
mod json;
mod junit;
pub mod letters;
pub mod mail;
pub mod markdown;
mod national;
mod parquet;
mod printable;
mod sarif;
mod spot;
pub mod standard;
pub mod terminal;
pub mod view;
pub mod words;
mod xlsx;

pub use assemble::{LookedAt, Made, assemble};
pub use fail_on::FailOn;
pub use folder::{Content, Files, WriteError, render, write};
pub use format::Format;
pub use items::{ItemRow, item_rows};
