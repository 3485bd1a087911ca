//! When the records lock by themselves, and how long a wrong passphrase makes wait.
//!
//! Two clocks: the steady one stands still while some machines sleep, the one on the wall can be set. Whichever says first that it is
//! time, it is. Where the wall went on and the steady one did not, the machine slept.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant as Steady};

use chrono::{DateTime, Utc};
use practice::settings::Theme;
use practice::time::Instant;
use serde::Serialize;

use crate::door::Standing;

/// Wall and steady clock may part by so much before it is taken for sleep.
const SLEPT: Duration = Duration::from_secs(20);
/// Seconds to wait after each wrong passphrase; the last for every further one.
const WAITS: [u64; 8] = [0, 0, 2, 4, 8, 16, 30, 60];

/// A moment on both clocks.
#[derive(Clone, Copy, Debug)]
pub struct Tick {
    /// Never goes back.
    pub steady: Steady,
    /// Can be set.
    pub wall: DateTime<Utc>,
}

/// Why the records are locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Because {
    /// The user asked for it.
    Asked,
    /// Nobody touched key or mouse for so long.
    Quiet,
    /// The machine slept, or its lid was closed.
    Slept,
    /// The system's own lock, or another user came.
    System,
}

/// Whether the records are open and since when nobody was there.
pub struct Watch(Mutex<State>);

struct State {
    /// `None` while nothing is open, or nothing locks by itself.
    quiet: Option<Duration>,
    open: bool,
    touched: Tick,
    looked: Tick,
    locked: Option<(Instant, Because)>,
    /// How often they were locked since the program started, and why last.
    locks: (u64, Because),
    theme: Option<Theme>,
    wrong: usize,
    wait_until: Option<Steady>,
}

impl Watch {
    /// Nothing is open.
    #[must_use]
    pub fn new(now: Tick) -> Self {
        let state = State {
            quiet: None,
            open: false,
            touched: now,
            looked: now,
            locked: None,
            locks: (0, Because::Asked),
            theme: None,
            wrong: 0,
            wait_until: None,
        };
        Self(Mutex::new(state))
    }

    /// Records are open, and lock after so many quiet minutes; none for those that never lock by themselves.
    pub fn open(&self, now: Tick, minutes: Option<u32>) {
        let mut state = self.state();
        state.quiet = minutes.map(|minutes| Duration::from_secs(u64::from(minutes) * 60));
        (state.open, state.touched, state.looked) = (true, now, now);
        // What a wrong passphrase makes wait is not forgotten by opening other records or changing the minutes.
        state.locked = None;
    }

    /// They are locked.
    pub fn lock(&self, at: Instant, because: Because) {
        let mut state = self.state();
        (state.open, state.locked) = (false, Some((at, because)));
        state.locks = (state.locks.0 + 1, because);
    }

    /// They lock after so many quiet minutes from now on.
    pub fn set_minutes(&self, minutes: u32) {
        self.state().quiet = Some(Duration::from_secs(u64::from(minutes) * 60));
    }

    /// How often they were locked; for [`locked_since`](Self::locked_since).
    #[must_use]
    pub fn locks(&self) -> u64 {
        self.state().locks.0
    }

    /// Why they were locked since `locks` was asked, if they were.
    #[must_use]
    pub fn locked_since(&self, locks: u64) -> Option<Because> {
        let state = self.state();
        (state.locks.0 > locks).then_some(state.locks.1)
    }

    /// How the window looks, for the lock page.
    pub fn set_theme(&self, theme: Theme) {
        self.state().theme = Some(theme);
    }

    /// Whether they were open and are locked.
    #[must_use]
    pub fn is_locked(&self) -> bool {
        self.state().locked.is_some()
    }

    /// The user is at the window.
    pub fn active(&self, now: Tick) {
        self.state().touched = now;
    }

    /// Why the records are to be locked now, if they are.
    #[must_use]
    pub fn due(&self, now: Tick) -> Option<Because> {
        let mut state = self.state();
        let before = std::mem::replace(&mut state.looked, now);
        let quiet = state.quiet.filter(|_| state.open)?;
        let steady = |since: Tick| now.steady.saturating_duration_since(since.steady);
        // A wall clock that was set back tells nothing; the steady one goes on.
        let wall = |since: Tick| (now.wall - since.wall).to_std().unwrap_or_default();
        if wall(before) > steady(before) + SLEPT {
            Some(Because::Slept)
        } else if steady(state.touched) >= quiet || wall(state.touched) >= quiet {
            Some(Because::Quiet)
        } else {
            None
        }
    }

    /// Whether a passphrase may be tried now.
    #[must_use]
    pub fn may_try(&self, now: Tick) -> bool {
        self.wait(now) == 0
    }

    /// Seconds until one may, rounded up.
    #[must_use]
    pub fn wait(&self, now: Tick) -> u32 {
        let left = self.state().wait_until.map(|until| until.saturating_duration_since(now.steady)).unwrap_or_default();
        u32::try_from(left.as_millis().div_ceil(1000)).unwrap_or(u32::MAX)
    }

    /// A wrong one was tried.
    pub fn wrong(&self, now: Tick) {
        let mut state = self.state();
        let wait = WAITS[state.wrong.min(WAITS.len() - 1)];
        state.wrong += 1;
        state.wait_until = Some(now.steady + Duration::from_secs(wait));
    }

    /// The right one was tried.
    pub fn right(&self) {
        let mut state = self.state();
        (state.wrong, state.wait_until) = (0, None);
    }

    /// How locked records stand.
    #[must_use]
    pub fn standing(&self, now: Tick, asks_passphrase: bool, wrong: bool) -> Standing {
        let wait_seconds = self.wait(now);
        let state = self.state();
        let (locked, theme) = (state.locked, state.theme);
        let minutes = state.quiet.map(|quiet| u32::try_from(quiet.as_secs() / 60).unwrap_or(u32::MAX));
        let quiet_minutes = minutes.filter(|_| matches!(locked, Some((_, Because::Quiet))));
        Standing::Locked {
            since: locked.map(|(at, _)| at),
            because: locked.map(|(_, because)| because),
            quiet_minutes,
            theme,
            asks_passphrase,
            wrong,
            wait_seconds,
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;
