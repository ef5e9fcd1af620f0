//! The wish to stop: a flag that a signal sets and a run looks at between two documents. Owns the
//! signals; refuses to end anything itself, except at the second signal.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

/// Exit code of a program that the second signal ended, as shells count Ctrl+C.
const ENDED: i32 = 130;

/// Whether to stop. Copies share one flag.
#[derive(Debug, Clone, Default)]
pub struct Stop {
    flag: Arc<AtomicBool>,
}

impl Stop {
    /// One that only [`Stop::ask`] sets.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// One that SIGTERM and SIGINT (Ctrl+C) set; the second of them ends the program at once.
    ///
    /// # Errors
    /// Whatever the system says when it will not have the signals watched.
    pub fn on_signals() -> io::Result<Self> {
        let stop = Self::new();
        for signal in [SIGTERM, SIGINT] {
            // In this order: the first signal finds the flag down and passes on to raise it.
            flag::register_conditional_shutdown(signal, ENDED, stop.flag.clone())?;
            flag::register(signal, stop.flag.clone())?;
        }
        Ok(stop)
    }

    /// Whether to stop after the current document.
    #[must_use]
    pub fn asked(&self) -> bool {
        self.flag.load(Ordering::SeqCst)
    }

    /// Asks to stop.
    pub fn ask(&self) {
        self.flag.store(true, Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_share_one_wish() {
        let stop = Stop::new();
        let copy = stop.clone();
        assert!(!copy.asked());
        stop.ask();
        assert!(copy.asked());
    }

    #[test]
    fn a_signal_is_noticed_and_ends_nothing() {
        let stop = Stop::on_signals().expect("watched");
        assert!(!stop.asked());
        signal_hook::low_level::raise(SIGTERM).expect("raised");
        assert!(stop.asked());
    }
}
