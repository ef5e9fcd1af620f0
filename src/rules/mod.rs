//! The rules: data files, and what makes them a set. Refuses to know any rule by name.

mod handbook;
mod rule;
mod set;

pub use handbook::{explain, handbook, skeleton};
pub use rule::{Basis, Example, Lower, Origin, Rule, Severity, Words, placeholders};
pub use set::{RuleError, RuleSet, hex, parse};
