//! Random choices that a seed repeats.

use std::time::{SystemTime, UNIX_EPOCH};

/// A small generator that a seed repeats.
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, n: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }

    /// One of these.
    pub fn of<'t, T>(&mut self, list: &'t [T]) -> &'t T {
        &list[self.below(list.len() as u64) as usize]
    }
}

/// The seed that `DAINO_TEST_SEED` gives, else the time.
pub fn seed() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    std::env::var("DAINO_TEST_SEED").map_or(since.as_nanos() as u64, |s| s.parse().unwrap())
}
