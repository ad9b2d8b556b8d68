//! How often somebody may ask: token buckets, in bounded memory.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// Most callers remembered; when there are more, the ones that asked least are forgotten.
const MAX_CALLERS: usize = 10_000;

/// How often something may be done.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    /// Times at once.
    pub burst: u32,
    /// Times a second, for ever.
    pub per_second: f64,
}

/// What is left for one caller.
#[derive(Debug, Clone, Copy)]
struct Bucket {
    left: f64,
    at: Instant,
}

/// The buckets of many callers.
#[derive(Debug)]
pub(super) struct Rates<K> {
    rate: Rate,
    buckets: Mutex<HashMap<K, Bucket>>,
}

impl<K: Eq + Hash + Clone> Rates<K> {
    /// Nobody has asked yet.
    pub(super) fn new(rate: Rate) -> Self {
        Self { rate, buckets: Mutex::default() }
    }

    /// Takes one from the caller's bucket; `Err` has the seconds until there is one.
    pub(super) fn take(&self, caller: K, now: Instant) -> Result<(), u64> {
        let full = f64::from(self.rate.burst);
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MAX_CALLERS && !buckets.contains_key(&caller) {
            self.forget(&mut buckets, now);
        }
        let bucket = buckets.entry(caller).or_insert(Bucket { left: full, at: now });
        bucket.left = self.refilled(bucket, now);
        bucket.at = now;
        if bucket.left >= 1.0 {
            bucket.left -= 1.0;
            return Ok(());
        }
        Err(((1.0 - bucket.left) / self.rate.per_second).ceil().clamp(1.0, 3600.0) as u64)
    }

    fn refilled(&self, bucket: &Bucket, now: Instant) -> f64 {
        let seconds = now.saturating_duration_since(bucket.at).as_secs_f64();
        (bucket.left + seconds * self.rate.per_second).min(f64::from(self.rate.burst))
    }

    /// Forgets the fuller half: who asked much stays known.
    fn forget(&self, buckets: &mut HashMap<K, Bucket>, now: Instant) {
        let mut left: Vec<f64> = buckets.values().map(|b| self.refilled(b, now)).collect();
        let middle = left.len() / 2;
        let (_, median, _) = left.select_nth_unstable_by(middle, f64::total_cmp);
        let median = *median;
        // Of the many that are as full as the median, some stay; of the emptier ones, all.
        let mut keep = buckets.len() / 2;
        keep -= buckets.values().filter(|b| self.refilled(b, now) < median).count().min(keep);
        buckets.retain(|_, bucket| {
            let left = self.refilled(bucket, now);
            let kept = left < median || (left == median && keep > 0);
            keep -= usize::from(kept && left == median);
            kept
        });
    }
}

/// Whom an address counts for: itself, or its /64 network, which one customer has whole.
pub(super) fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_burst_then_the_rate() {
        let rates = Rates::new(Rate { burst: 3, per_second: 0.5 });
        let start = Instant::now();
        for _ in 0..3 {
            assert_eq!(rates.take("a", start), Ok(()));
        }
        assert_eq!(rates.take("a", start), Err(2));
        assert_eq!(rates.take("b", start), Ok(()), "others are not held up");
        let later = start + Duration::from_secs(2);
        assert_eq!(rates.take("a", later), Ok(()));
        assert_eq!(rates.take("a", later), Err(2));
        let much_later = start + Duration::from_secs(1_000_000);
        assert_eq!((0..9).filter(|_| rates.take("a", much_later).is_ok()).count(), 3);
    }

    #[test]
    fn memory_is_bounded_and_who_asked_much_stays_known() {
        let rates = Rates::new(Rate { burst: 5, per_second: 0.001 });
        let now = Instant::now();
        while rates.take(u32::MAX, now).is_ok() {}
        for caller in 0..50_000 {
            let _ = rates.take(caller, now);
        }
        assert!(rates.buckets.lock().unwrap().len() <= MAX_CALLERS);
        assert!(rates.take(u32::MAX, now).is_err());
    }

    #[test]
    fn addresses_count_for_their_network() {
        let network = |text: &str| network(text.parse().unwrap());
        assert_eq!(network("2001:db8:1:2:3:4:5:6"), network("2001:db8:1:2::9"));
        assert_ne!(network("2001:db8:1:2::"), network("2001:db8:1:3::"));
        assert_eq!(network("::ffff:192.0.2.1"), network("192.0.2.1"));
        assert_ne!(network("192.0.2.1"), network("192.0.2.2"));
    }
}
