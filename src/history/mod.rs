//! What became of findings from run to run. Owns the record of runs and the comparison of two of
//! them; refuses to judge a list, and to call anything mended that it cannot see.
//!
//! A finding is new, open or reopened beside the runs before; one that is not there any more was
//! settled, was withdrawn because rules, settings, national data or the program changed while the
//! document stayed as it was, or cannot be told of, because its value was not read this time.

mod annals;
mod apply;
mod blind;
mod cause;
mod compare;
mod deadline;
mod missing;
mod past;
mod recall;
mod record;
mod snapshot;
mod store;
pub mod table;
#[cfg(test)]
mod tests;

pub use annals::Annal;
pub use apply::apply;
pub use compare::{Comparison, Gone, Known, compare};
pub use deadline::{UNKNOWN, set_deadlines};
pub use missing::missing;
pub use past::{Past, PastFinding, PastRegion};
pub use record::{Standing, record};
pub use snapshot::{ListRecord, Run, Seen, Snapshot, SnapshotError, Versions, region_key};
pub use store::{Store, StoreError, point};
