//!
//! Owns small pure functions from one cell's text to one value with a certainty. Refuses to know
//! rows, files, regions or the national list; a text that does not determine its value becomes
//! `Unreadable` (or `None`), never a guess.

pub mod citation;
pub mod code;
pub mod limit;
pub mod materials;
pub mod name;
pub mod narrow;
pub mod numeral;
pub mod reading;
pub mod steps;
pub mod text;

pub use citation::{Citation, Citations, Untold, citations, join};
pub use code::{
    Code, CodeFault, Implementation, Variant, basic, code_like, parse_implementation, parse_main,
    parse_sub, tidy,
};
pub use limit::{Clause, Limit, Promise, Unit, limit};
pub use materials::{Material, Materials, materials};
pub use reading::Reading;
pub use steps::{Steps, looks_like_steps, steps, steps_like};
pub use text::{fold, garble, squeeze};
