//! What calls did, kept whole until somebody takes it: for fixtures.

use std::collections::BTreeMap;
use std::sync::Mutex;

use serde_json::Value;

/// Most steps of one call.
const MOST_STEPS: usize = 500;
/// Most bytes of one call's steps, as JSON.
const MOST_BYTES: usize = 1024 * 1024;

/// One thing that a call did.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Step {
    /// It asked the shop for something.
    Asked {
        /// Such as `storage.get`.
        op: String,
        /// What for.
        arguments: Value,
        /// What it got, or why not.
        result: Result<Value, String>,
    },
    /// It emitted an event.
    Emitted {
        /// Its name.
        name: String,
        /// Its payload.
        payload: Value,
    },
}

#[derive(Debug, Default)]
struct Kept {
    steps: Vec<Step>,
    bytes: usize,
}

/// The steps of calls by their numbers.
#[derive(Debug, Default)]
pub(crate) struct Tape(Mutex<BTreeMap<u64, Kept>>);

impl Tape {
    /// Adds a step of a call; 0 is none.
    pub(crate) fn add(&self, call: u64, step: Step) {
        let Ok(mut calls) = self.0.lock() else { return };
        if call == 0 {
            return;
        }
        let kept = calls.entry(call).or_default();
        kept.bytes += match &step {
            Step::Asked { arguments, result, .. } => {
                arguments.to_string().len() + result.as_ref().map_or(0, |r| r.to_string().len())
            }
            Step::Emitted { payload, .. } => payload.to_string().len(),
        };
        if kept.bytes <= MOST_BYTES && kept.steps.len() <= MOST_STEPS {
            kept.steps.push(step);
        }
    }

    /// Takes the steps of a call; `None` when they were too many to be kept.
    pub(crate) fn take(&self, call: u64) -> Option<Vec<Step>> {
        let kept = self.0.lock().ok()?.remove(&call).unwrap_or_default();
        (kept.bytes <= MOST_BYTES && kept.steps.len() <= MOST_STEPS).then_some(kept.steps)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn keeps_the_steps_of_each_call_and_no_more_than_it_may() {
        let tape = Tape::default();
        let emitted = |text: &str| Step::Emitted { name: "a".to_owned(), payload: json!(text) };
        tape.add(0, emitted("of nobody"));
        tape.add(1, emitted("one"));
        tape.add(2, emitted("two"));
        assert_eq!(tape.take(1), Some(vec![emitted("one")]));
        assert_eq!((tape.take(1), tape.take(0)), (Some(Vec::new()), Some(Vec::new())));
        tape.add(2, emitted(&"x".repeat(MOST_BYTES)));
        assert_eq!(tape.take(2), None);
    }
}
