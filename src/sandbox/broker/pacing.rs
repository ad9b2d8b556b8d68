//! A worker's share of one processor, held by letting it pause.
//!
//! A budget of processor time fills with wall-clock time at the rate of the share, up to a burst
//! that lets ordinary calls pass untouched. A worker whose budget is used up is stopped until it
//! has some again. The broker measures by the kernel's clock of the process, so what the worker
//! says does not matter. A worker has one thread: it cannot use more than wall-clock time, so the
//! next look is due when the budget could first be gone, and a worker that waits costs nothing.

use std::time::Duration;

use tokio::time::Instant;

use crate::model::size::CpuShare;

/// Processor time a worker may use at once.
const BURST: Duration = Duration::from_millis(100);
/// What a stopped worker is given before it goes on.
const SLICE: Duration = Duration::from_millis(10);
/// Most often the broker looks.
const SHORTEST_LOOK: Duration = Duration::from_millis(2);

/// What to do with the worker now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pace {
    /// It may run; look again then.
    Run(Instant),
    /// It must pause until then.
    Pause(Instant),
}

/// The budget of one worker.
#[derive(Debug)]
pub(super) struct Budget {
    /// Processor time per wall-clock time, 0.01 to 1.
    share: f64,
    /// Seconds of processor time in hand; below zero when overdrawn.
    seconds: f64,
    /// When the budget was last filled.
    at: Instant,
    /// Processor time used until then.
    used: Duration,
}

impl Budget {
    /// A full budget; `None` for a whole processor, which a worker of one thread cannot exceed.
    pub(super) fn new(share: CpuShare, at: Instant, used: Duration) -> Option<Self> {
        let share = f64::from(share.as_percent()) / 100.0;
        (share < 1.0).then(|| Self { share, seconds: BURST.as_secs_f64(), at, used })
    }

    /// Takes what was used, fills up, decides.
    pub(super) fn step(&mut self, now: Instant, used: Duration) -> Pace {
        let elapsed = now.saturating_duration_since(self.at).as_secs_f64();
        let spent = used.saturating_sub(self.used).as_secs_f64();
        (self.at, self.used) = (now, used);
        self.seconds = (self.seconds + elapsed * self.share - spent).min(BURST.as_secs_f64());
        if self.seconds > 0.0 {
            let earliest = self.seconds / (1.0 - self.share);
            let look = Duration::try_from_secs_f64(earliest).unwrap_or(BURST);
            return Pace::Run(now + look.max(SHORTEST_LOOK));
        }
        let missing = (SLICE.as_secs_f64() - self.seconds) / self.share;
        Pace::Pause(now + Duration::try_from_secs_f64(missing).unwrap_or(BURST))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: Duration = Duration::from_millis(1);

    /// A worker that always runs when it may: what it gets of the processor.
    fn share_of_a_busy_worker(percent: u8) -> f64 {
        let start = Instant::now();
        let mut budget = Budget::new(CpuShare::percent(percent), start, Duration::ZERO).unwrap();
        let (mut now, mut used) = (start, Duration::ZERO);
        while now < start + 20_000 * MS {
            match budget.step(now, used) {
                Pace::Run(until) => {
                    used += until - now;
                    now = until;
                }
                Pace::Pause(until) => now = until,
            }
        }
        used.as_secs_f64() / (now - start).as_secs_f64()
    }

    #[tokio::test]
    async fn a_busy_worker_gets_its_share() {
        for percent in [1, 10, 50, 90] {
            let got = share_of_a_busy_worker(percent) * 100.0;
            let (least, most) = (f64::from(percent) * 0.9, f64::from(percent) * 1.1 + 0.6);
            assert!((least..most).contains(&got), "{percent}%: {got}");
        }
    }

    #[tokio::test]
    async fn a_short_call_passes_and_what_rests_fills_no_more_than_the_burst() {
        let start = Instant::now();
        let mut budget = Budget::new(CpuShare::percent(50), start, Duration::ZERO).unwrap();
        assert!(matches!(budget.step(start + 90 * MS, 90 * MS), Pace::Run(_)));
        assert!(matches!(budget.step(start + 60_000 * MS, 90 * MS), Pace::Run(_)));
        let later = start + 60_200 * MS;
        let Pace::Pause(until) = budget.step(later, 290 * MS) else { panic!() };
        assert!(until > later);
    }

    #[tokio::test]
    async fn a_whole_processor_is_not_paced() {
        assert!(Budget::new(CpuShare::percent(100), Instant::now(), Duration::ZERO).is_none());
    }

    /// What a worker burnt while nobody looked is owed.
    #[tokio::test]
    async fn an_overdraft_is_waited_for() {
        let start = Instant::now();
        let mut budget = Budget::new(CpuShare::percent(10), start, Duration::ZERO).unwrap();
        let now = start + 1_000 * MS;
        let Pace::Pause(until) = budget.step(now, 1_000 * MS) else { panic!() };
        assert!(until - now > 7_000 * MS, "{:?}", until - now);
    }
}
