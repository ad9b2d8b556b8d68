//! What a test file prints, kept up to a bound, and which of its tests have run so far.
//!
//! The test engine tells each test in lines that begin with a NUL, so that a file that a limit
//! ends still reports what had run.

use std::sync::Mutex;

use serde_json::Value;

use crate::sandbox::{LogLevel, LogSink};

/// Most bytes kept of one file's output.
const MOST: usize = 64 * 1024;

/// Most lines about tests that are kept.
const MOST_TOLD: usize = 20_000;

/// Keeps log lines.
#[derive(Debug, Default)]
pub(super) struct Output(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    text: String,
    told: Vec<Value>,
    running: Option<Running>,
}

/// The test that runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Running {
    /// Its full name.
    pub name: String,
    /// Where it is written, `path:line:column`.
    pub at: Option<String>,
}

impl Output {
    /// What was printed so far.
    pub(super) fn text(&self) -> String {
        self.0.lock().map(|kept| kept.text.clone()).unwrap_or_default()
    }

    /// Results of the tests that have ended so far, and the name of the one that runs.
    pub(super) fn so_far(&self) -> (Value, Option<Running>) {
        let Ok(kept) = self.0.lock() else { return (Value::Array(Vec::new()), None) };
        (Value::Array(kept.told.clone()), kept.running.clone())
    }
}

impl Kept {
    fn hear(&mut self, line: &str) {
        let Ok(value) = serde_json::from_str::<Value>(line) else { return };
        if value.get("status").is_some() {
            self.running = None;
            if self.told.len() < MOST_TOLD {
                self.told.push(value);
            }
        } else if let Some(path) = value.get("path").and_then(Value::as_array) {
            let names: Vec<&str> = path.iter().filter_map(Value::as_str).collect();
            let at = value.get("at").and_then(Value::as_str).map(str::to_owned);
            self.running = Some(Running { name: names.join(" > "), at });
        }
    }
}

impl LogSink for Output {
    fn log(&self, level: LogLevel, message: &str) {
        let Ok(mut kept) = self.0.lock() else { return };
        if let Some(lines) = message.strip_prefix('\0') {
            // JSON has no NUL of its own.
            return lines.split('\0').for_each(|line| kept.hear(line));
        }
        let text = &mut kept.text;
        if text.len() >= MOST {
            return;
        }
        let mark = match level {
            LogLevel::Debug => "debug: ",
            LogLevel::Info => "",
            LogLevel::Warn => "warn: ",
            LogLevel::Error => "error: ",
        };
        text.push_str(mark);
        text.push_str(message);
        text.push('\n');
        if text.len() > MOST {
            let end = (0..=MOST).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
            text.truncate(end);
            text.push_str("\n(more output was cut)\n");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_what_has_run() {
        let output = Output::default();
        output.log(LogLevel::Debug, "\0{\"path\":[\"a\",\"b\"]}");
        assert_eq!(output.so_far().1.unwrap().name, "a > b");
        output.log(LogLevel::Debug, "\0{\"path\":[\"a\",\"b\"],\"status\":\"passed\"}");
        output.log(LogLevel::Debug, "\0{\"path\":[\"c\"]}");
        let (told, running) = output.so_far();
        assert_eq!(told.as_array().map(Vec::len), Some(1));
        assert_eq!(running.unwrap().name, "c");
        assert_eq!(output.text(), "");
    }

    #[test]
    fn keeps_a_bounded_amount() {
        let output = Output::default();
        output.log(LogLevel::Warn, "careful");
        assert_eq!(output.text(), "warn: careful\n");
        for _ in 0..100 {
            output.log(LogLevel::Info, &"é".repeat(1000));
        }
        assert!(output.text().len() < MOST + 100);
        assert!(output.text().ends_with("(more output was cut)\n"));
    }
}
