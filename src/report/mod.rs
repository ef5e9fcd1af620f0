//! The report: what was found, as data and as files. Sees no query plan and reads no document.

mod assemble;
pub mod csv;
mod folder;
pub mod html;
mod items;
mod national;
pub mod standard;
pub mod terminal;
pub mod view;
pub mod words;

pub use assemble::{Made, assemble};
pub use folder::{Format, WriteError, write};
pub use items::{ItemRow, item_rows};
