//! Everything that happens in the local shop, in order: kept for the page up to a bound, sent to
//! whoever listens, and to a file with `--record`.

use std::collections::VecDeque;
use std::io::Write;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use serde::Serialize;
use serde_json::{Value, json};
use tokio::sync::broadcast;

use super::call::{Answer, Trigger};
use super::problem::Problem;
use crate::sandbox::LogLevel;
use crate::watch::Change;

/// Most entries kept.
const MOST_ENTRIES: usize = 3_000;
/// Most bytes of kept entries, as JSON.
const MOST_BYTES: usize = 6 * 1024 * 1024;
/// Largest value that is shown whole, bytes of JSON.
const LARGEST_SHOWN: usize = 32 * 1024;
/// Entries a slow listener may lag behind before it loses some.
const LAG: usize = 1_024;

/// One thing that happened.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Entry {
    /// Number, ascending.
    pub seq: u64,
    /// When, RFC 3339.
    pub at: jiff::Timestamp,
    /// The plugin it is about.
    pub plugin: String,
    /// The call during which it happened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub call: Option<u64>,
    /// What.
    #[serde(flatten)]
    pub what: What,
}

/// What happened.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub(crate) enum What {
    /// A call began.
    Called {
        /// What was called, and with what.
        trigger: Trigger,
        /// The version that answers.
        generation: u64,
    },
    /// A call ended.
    Answered {
        /// What was called, in a few words.
        title: String,
        /// How.
        answer: Box<Answer>,
    },
    /// The plugin logged.
    Logged {
        /// How loud.
        level: LogLevel,
        /// What.
        text: String,
    },
    /// The plugin asked the shop for something: a query, a request, a key.
    Asked {
        /// Such as `db.query`.
        op: String,
        /// What it asked for.
        arguments: Value,
        /// What it got; absent when it failed.
        #[serde(skip_serializing_if = "Option::is_none")]
        result: Option<Value>,
        /// Why it got nothing.
        #[serde(skip_serializing_if = "Option::is_none")]
        failure: Option<Value>,
        /// How long it took.
        millis: f64,
    },
    /// The plugin emitted an event.
    Emitted {
        /// Its name.
        name: String,
        /// Its payload.
        payload: Value,
    },
    /// The shop refused something that the manifest does not grant.
    Denied {
        /// Such as `fetch`.
        op: String,
        /// What it was about.
        subject: String,
        /// Why not.
        why: String,
    },
    /// A new version is served.
    Served {
        /// Its number.
        generation: u64,
        /// What changed.
        changes: Vec<Change>,
        /// From the first sign of the change to now.
        millis: f64,
    },
    /// The new version is not served; the last good one is.
    Failed {
        /// Why.
        problem: Box<Problem>,
        /// The version that is still served.
        generation: Option<u64>,
    },
    /// Files changed that the running plugin does not depend on.
    Noted {
        /// Which.
        changes: Vec<Change>,
    },
    /// Something worth knowing: migrations, the folder, the watcher.
    Told {
        /// The text.
        text: String,
    },
}

/// Keeps and spreads entries.
pub(crate) struct Journal {
    next: AtomicU64,
    kept: Mutex<Kept>,
    listeners: broadcast::Sender<std::sync::Arc<Spread>>,
    record: Option<Mutex<std::fs::File>>,
}

/// An entry and its JSON text, made once for all listeners.
#[derive(Debug)]
pub(crate) struct Spread {
    /// The entry.
    pub entry: Entry,
    /// The same as JSON.
    pub json: String,
}

#[derive(Default)]
struct Kept {
    entries: VecDeque<std::sync::Arc<Spread>>,
    bytes: usize,
}

impl Journal {
    /// A journal; calls and their answers are also written to `record`.
    pub(crate) fn new(record: Option<std::fs::File>) -> Self {
        let (listeners, _) = broadcast::channel(LAG);
        let record = record.map(Mutex::new);
        Self { next: AtomicU64::new(1), kept: Mutex::default(), listeners, record }
    }

    /// Adds what happened.
    pub(crate) fn add(&self, plugin: &str, call: Option<u64>, what: What) {
        // One lock for number and place, so that the order is the order of the numbers.
        let Ok(mut kept) = self.kept.lock() else { return };
        let seq = self.next.fetch_add(1, Ordering::Relaxed);
        let plugin = plugin.to_owned();
        let entry = Entry { seq, at: jiff::Timestamp::now(), plugin, call, what };
        let json = serde_json::to_string(&entry).unwrap_or_default();
        let spread = std::sync::Arc::new(Spread { entry, json });
        kept.bytes += spread.json.len();
        kept.entries.push_back(std::sync::Arc::clone(&spread));
        while kept.entries.len() > MOST_ENTRIES || kept.bytes > MOST_BYTES {
            let Some(oldest) = kept.entries.pop_front() else { break };
            kept.bytes -= oldest.json.len();
        }
        // Nobody may be listening.
        let _ = self.listeners.send(spread);
    }

    /// What is kept after `seq`, and everything from then on.
    pub(crate) fn listen(
        &self,
        seq: u64,
    ) -> (Vec<std::sync::Arc<Spread>>, broadcast::Receiver<std::sync::Arc<Spread>>) {
        let kept = self.kept.lock();
        let receiver = self.listeners.subscribe();
        let before = match &kept {
            Ok(kept) => kept.entries.iter().filter(|e| e.entry.seq > seq).cloned().collect(),
            Err(_) => Vec::new(),
        };
        (before, receiver)
    }

    /// Writes a finished call to the recording, if there is one.
    pub(crate) fn record(&self, plugin: &str, trigger: &Trigger, answer: &Answer) {
        let Some(file) = &self.record else { return };
        let line = json!({ "plugin": plugin, "trigger": trigger, "answer": answer.essence() });
        if let Ok(mut file) = file.lock()
            && let Err(error) = writeln!(file, "{line}")
        {
            let text = format!("the recording cannot be written: {error}");
            self.add(plugin, None, What::Told { text });
        }
    }
}

/// A value as it is shown: one that is too large is cut, and says so.
pub(crate) fn shown(value: &Value) -> Value {
    shown_text(&value.to_string()).unwrap_or_else(|| value.clone())
}

/// The cut form of a JSON text that is too large; `None` for one that is not.
pub(crate) fn shown_text(text: &str) -> Option<Value> {
    if text.len() <= LARGEST_SHOWN {
        return None;
    }
    let start = &text[..text.floor_char_boundary(2_000)];
    Some(json!({ "(cut)": format!("{} bytes of JSON", text.len()), "start": start }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> What {
        What::Told { text: text.to_owned() }
    }

    #[test]
    fn a_late_listener_gets_what_was_before_and_nothing_twice() {
        let journal = Journal::new(None);
        journal.add("a", None, told("one"));
        journal.add("a", None, told("two"));
        let (before, mut after) = journal.listen(1);
        journal.add("a", None, told("three"));
        assert_eq!(before.iter().map(|e| e.entry.seq).collect::<Vec<_>>(), [2]);
        assert_eq!(after.try_recv().unwrap().entry.seq, 3);
        assert!(after.try_recv().is_err());
    }

    #[test]
    fn what_is_kept_is_bounded() {
        let journal = Journal::new(None);
        for _ in 0..200 {
            journal.add("a", None, told(&"x".repeat(100_000)));
        }
        let kept = journal.kept.lock().unwrap();
        assert!(kept.bytes <= MOST_BYTES, "{}", kept.bytes);
        assert!(kept.entries.len() > 10);
        assert_eq!(kept.bytes, kept.entries.iter().map(|e| e.json.len()).sum::<usize>());
    }

    #[test]
    fn large_values_are_cut_and_say_so() {
        let large = json!({ "text": "é".repeat(50_000) });
        assert!(shown(&large)["(cut)"].as_str().unwrap().contains("100011 bytes"));
        assert_eq!(shown(&json!({"a": 1})), json!({"a": 1}));
    }
}
