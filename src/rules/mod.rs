//! The rules: data files, and what makes them a set. Refuses to know any rule by name.

mod change;
mod handbook;
mod rule;
mod set;

pub use change::{Change, Effect, bound};
pub use handbook::{explain, handbook, skeleton};
pub use rule::{Basis, Example, Lower, Origin, Rule, Severity, Together, Words, placeholders};
pub use set::{RuleError, RuleSet, hex, parse};
