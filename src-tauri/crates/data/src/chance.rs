//! Chance with a seed: the same set gives the same people and words.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};
use uuid::{Builder, Uuid};

pub struct Chance(ChaCha8Rng);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// Below `most`, which is not zero.
    pub fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.0.next_u64() % most as u64).unwrap_or_default()
    }

    /// From `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + i64::try_from(self.below(usize::try_from(high - low).unwrap_or_default() + 1)).unwrap_or_default()
    }

    /// So many times in a hundred.
    pub fn in_hundred(&mut self, times: usize) -> bool {
        self.below(100) < times
    }

    /// One of several.
    pub fn one<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.below(of.len())]
    }

    /// Between 0 and 1.
    pub fn part(&mut self) -> f64 {
        f64::from(self.0.next_u32()) / (f64::from(u32::MAX) + 1.0)
    }

    /// Around 1, as lengths of texts are: many somewhat below, few far above (log-normal, sigma 0.45).
    pub fn length(&mut self) -> f64 {
        const SIGMA: f64 = 0.45;
        let normal: f64 = (0..12).map(|_| self.part()).sum::<f64>() - 6.0;
        SIGMA.mul_add(normal, -SIGMA * SIGMA / 2.0).exp()
    }

    /// An id of that millisecond.
    pub fn id(&mut self, millis: u64) -> Uuid {
        let mut bytes = [0; 10];
        self.0.fill_bytes(&mut bytes);
        Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid()
    }
}
