//! Work with a deadline. A document that takes too long is given up and named; its thread goes on
//! until it ends by itself, because no thread can be stopped from outside. Owns how many such threads
//! there may be at once.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::Builder;
use std::time::Duration;

/// Bytes of stack of a document's thread: markup nests, and a reader may follow it.
const STACK: usize = 64 << 20;
/// Threads given up that may still be at work before no further document is begun.
const MOST_GIVEN_UP: usize = 8;

/// Why work yielded nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// It was not done in time.
    Late,
    /// It panicked.
    Panicked,
    /// Too many threads that were given up are still at work, or the system has none left.
    Crowded,
}

/// Threads that were given up and are still at work.
#[derive(Debug, Clone, Default)]
pub struct GivenUp(Arc<AtomicUsize>);

enum State<T> {
    Working,
    Done(Option<T>),
    Abandoned,
}

impl GivenUp {
    /// Does work on a thread of its own, for so long at most.
    ///
    /// # Errors
    /// See [`Failure`].
    pub fn within<T: Send + 'static>(
        &self,
        time: Duration,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Failure> {
        if self.0.load(Ordering::SeqCst) >= MOST_GIVEN_UP {
            return Err(Failure::Crowded);
        }
        let shared = Arc::new((Mutex::new(State::Working), Condvar::new()));
        let (theirs, count) = (Arc::clone(&shared), Arc::clone(&self.0));
        let worker = move || {
            let result = catch_unwind(AssertUnwindSafe(work)).ok();
            let (state, done) = &*theirs;
            let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
            if let State::Abandoned = *state {
                count.fetch_sub(1, Ordering::SeqCst);
            } else {
                *state = State::Done(result);
                done.notify_one();
            }
        };
        let thread = Builder::new().name("document".to_owned()).stack_size(STACK);
        thread.spawn(worker).map_err(|_| Failure::Crowded)?;
        let (state, done) = &*shared;
        let state = state.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut state, _) = done
            .wait_timeout_while(state, time, |state| matches!(state, State::Working))
            .unwrap_or_else(PoisonError::into_inner);
        match std::mem::replace(&mut *state, State::Abandoned) {
            State::Done(result) => result.ok_or(Failure::Panicked),
            State::Working | State::Abandoned => {
                self.0.fetch_add(1, Ordering::SeqCst);
                Err(Failure::Late)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;
    use std::thread::{sleep, yield_now};

    use super::*;

    const SOON: Duration = Duration::from_millis(20);

    #[test]
    fn work_in_time_is_done_and_a_panic_costs_only_itself() {
        let given_up = GivenUp::default();
        assert_eq!(given_up.within(Duration::from_secs(60), || 7), Ok(7));
        let broken = given_up.within(Duration::from_secs(60), || -> u8 { panic!("on purpose") });
        assert_eq!(broken, Err(Failure::Panicked));
    }

    #[test]
    fn late_work_is_given_up_and_only_so_much_of_it() {
        let given_up = GivenUp::default();
        let mut ends = Vec::new();
        for _ in 0..MOST_GIVEN_UP {
            let (end, wait) = channel::<()>();
            ends.push(end);
            let late = given_up.within(SOON, move || {
                let _ = wait.recv();
            });
            assert_eq!(late, Err(Failure::Late));
        }
        assert_eq!(given_up.within(SOON, || ()), Err(Failure::Crowded));
        // Once the threads have ended, work is taken again.
        drop(ends);
        while given_up.0.load(Ordering::SeqCst) > 0 {
            sleep(Duration::from_millis(1));
            yield_now();
        }
        assert_eq!(given_up.within(Duration::from_secs(60), || 1), Ok(1));
    }
}
