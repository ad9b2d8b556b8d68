//! When a request is tried again, and how long to wait before: exponential with full jitter, so
//! that many clients do not come back in step.

use std::time::Duration;

/// Tries in all.
pub(super) const ATTEMPTS: u32 = 3;
/// Longest wait a server may ask for with `Retry-After`.
const LONGEST: Duration = Duration::from_secs(10);

/// Whether the status says "later".
pub(super) fn is_temporary(status: u16) -> bool {
    matches!(status, 429 | 502 | 503 | 504)
}

/// The wait before try `attempt` (1 for the second try). `asked` is the server's `Retry-After`.
pub(super) fn wait(attempt: u32, asked: Option<Duration>) -> Duration {
    if let Some(asked) = asked {
        return asked.min(LONGEST);
    }
    let most = 200u64 << attempt.min(6);
    let mut random = [0u8; 4];
    // Without randomness the wait is the longest one, which is correct as well.
    let share = match getrandom::fill(&mut random) {
        Ok(()) => u64::from(u32::from_le_bytes(random)),
        Err(_) => u64::from(u32::MAX),
    };
    Duration::from_millis(100 + most * share / u64::from(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_are_bounded() {
        for attempt in 0..100 {
            assert!(wait(attempt, None) <= Duration::from_millis(100 + (200 << 6)));
        }
        assert_eq!(wait(1, Some(Duration::from_secs(3600))), LONGEST);
        assert!(is_temporary(503) && !is_temporary(500) && !is_temporary(404));
    }
}
