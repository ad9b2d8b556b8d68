//! Recordings: calls with their answers, one JSON object a line, made again to see what differs.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Dev;
use super::call::Trigger;
use super::difference::{Line, difference};
use crate::error::Failure;

/// First line of a recording.
const HEAD: &str = r#"{"recording":"daino-pdk dev","schema_version":1}"#;
/// Most calls of a recording that are read.
const MOST_CALLS: usize = 100_000;
/// Longest line, bytes.
const LONGEST: u64 = 16 * 1024 * 1024;

/// A recorded call.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(super) struct Recorded {
    plugin: String,
    trigger: Trigger,
    answer: Value,
}

/// A recorded call that was made again.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Replayed {
    /// The plugin.
    pub plugin: String,
    /// What was called, in a few words.
    pub title: String,
    /// Whether the answer is the same.
    pub same: bool,
    /// The lines of both answers, when they differ.
    pub difference: Vec<Line>,
}

/// Makes a new recording.
pub(super) fn create(path: &Path) -> Result<File, Failure> {
    if path.is_dir() {
        let text = format!("`{}` is a directory, not a file to record to", path.display());
        let hint =
            format!("to write tests from calls: `daino-pdk dev {} --record`", path.display());
        return Err(Failure::new(&super::RECORDING, text).hint(hint));
    }
    let created = File::create(path).and_then(|mut file| writeln!(file, "{HEAD}").map(|()| file));
    created.map_err(|cause| {
        Failure::new(&super::RECORDING, format!("cannot write `{}`", path.display()))
            .caused_by(&cause)
    })
}

/// Reads a recording.
pub(super) fn read(path: &Path) -> Result<Vec<Recorded>, Failure> {
    use std::io::Read;
    let wrong = |why: String| {
        Failure::new(&super::RECORDING, format!("`{}` cannot be used: {why}", path.display()))
            .hint("make one: `daino-pdk dev --record FILE`")
    };
    let file = File::open(path).map_err(|cause| wrong(cause.to_string()))?;
    let mut reader = BufReader::new(file);
    let mut calls = Vec::new();
    let mut line = String::new();
    for number in 1.. {
        line.clear();
        let count = reader.by_ref().take(LONGEST).read_line(&mut line);
        let count = count.map_err(|cause| wrong(cause.to_string()))?;
        if count == 0 {
            break;
        }
        let text = line.trim();
        if number == 1 {
            if text != HEAD {
                return Err(wrong("it is not a recording".to_owned()));
            }
            continue;
        }
        if text.is_empty() {
            continue;
        }
        if calls.len() == MOST_CALLS {
            return Err(wrong(format!("it holds more than {MOST_CALLS} calls")));
        }
        let call =
            serde_json::from_str(text).map_err(|error| wrong(format!("line {number}: {error}")))?;
        calls.push(call);
    }
    Ok(calls)
}

/// Makes a recorded call again.
pub(super) async fn again(dev: &Dev, recorded: Recorded) -> Replayed {
    let title = recorded.trigger.title();
    let after = match dev.plugin(&recorded.plugin) {
        Some(plugin) => plugin.call(recorded.trigger).await.essence(),
        None => serde_json::json!({ "ok": false, "error": "there is no such plugin here" }),
    };
    Replayed {
        plugin: recorded.plugin,
        title,
        same: recorded.answer == after,
        difference: difference(&recorded.answer, &after),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recording_is_read_as_it_was_written_and_nothing_else_is() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("calls.jsonl");
        let mut file = create(&path).unwrap();
        let trigger =
            Trigger::Hook { name: "order.complete".into(), arguments: vec![serde_json::json!({})] };
        let line =
            serde_json::json!({"plugin": "acme", "trigger": trigger, "answer": {"ok": true}});
        writeln!(file, "{line}").unwrap();
        let calls = read(&path).unwrap();
        assert_eq!((calls.len(), &calls[0].trigger), (1, &trigger));
        for text in ["", "{}\n", "no\n", &format!("{HEAD}\n{{\"plugin\":1}}\n")] {
            std::fs::write(&path, text).unwrap();
            let result = read(&path);
            assert!(result.is_err() || text.is_empty(), "{text}");
        }
        assert!(read(&dir.path().join("none")).is_err());
    }
}
