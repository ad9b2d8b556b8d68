//! Calls that can be looked at whole and made again: the last ones, up to a bound.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use super::call::{Answer, Trigger};

/// Most calls kept.
const MOST_CALLS: usize = 500;
/// Most bytes of kept calls, as JSON.
const MOST_BYTES: usize = 8 * 1024 * 1024;

/// A call as it was.
#[derive(Debug, Clone, serde::Serialize)]
pub(crate) struct Made {
    /// Its number.
    pub call: u64,
    /// The plugin.
    pub plugin: String,
    /// What was called.
    pub trigger: Trigger,
    /// What came of it.
    pub answer: Answer,
}

/// The last calls.
#[derive(Default)]
pub(crate) struct Recent {
    last: AtomicU64,
    made: Mutex<(VecDeque<(Made, usize)>, usize)>,
}

impl Recent {
    /// A number for a new call, from 1.
    pub(crate) fn next(&self) -> u64 {
        self.last.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// Keeps a call that has ended.
    pub(crate) fn keep(&self, call: u64, plugin: &str, trigger: Trigger, answer: Answer) {
        let Ok(mut made) = self.made.lock() else { return };
        let kept = Made { call, plugin: plugin.to_owned(), trigger, answer };
        let size = serde_json::to_string(&kept).map_or(0, |text| text.len());
        made.1 += size;
        made.0.push_back((kept, size));
        while made.0.len() > MOST_CALLS || made.1 > MOST_BYTES {
            let Some((_, size)) = made.0.pop_front() else { break };
            made.1 -= size;
        }
    }

    /// A call by its number, while it is kept.
    pub(crate) fn find(&self, call: u64) -> Option<Made> {
        let made = self.made.lock().ok()?;
        made.0.iter().find(|(kept, _)| kept.call == call).map(|(kept, _)| kept.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn keeps_the_last_calls_and_no_more() {
        let recent = Recent::default();
        let answer = |call| Answer {
            call,
            generation: Some(1),
            ok: true,
            status: None,
            value: json!("x".repeat(100_000)),
            problem: None,
            millis: 1.0,
            cpu_millis: 1.0,
            host_calls: 0,
            peak_memory: 0,
        };
        for _ in 0..200 {
            let call = recent.next();
            recent.keep(call, "acme", Trigger::Cron { name: "c".into() }, answer(call));
        }
        assert!(recent.find(1).is_none());
        assert_eq!(recent.find(200).unwrap().call, 200);
        assert!(recent.made.lock().unwrap().1 <= MOST_BYTES);
    }
}
