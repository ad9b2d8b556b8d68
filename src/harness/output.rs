//! What a test file prints: kept up to a bound.

use std::sync::Mutex;

use crate::sandbox::{LogLevel, LogSink};

/// Most bytes kept of one file's output.
const MOST: usize = 64 * 1024;

/// Keeps log lines.
#[derive(Debug, Default)]
pub(super) struct Output(Mutex<String>);

impl Output {
    /// What was printed so far.
    pub(super) fn text(&self) -> String {
        self.0.lock().map(|text| text.clone()).unwrap_or_default()
    }
}

impl LogSink for Output {
    fn log(&self, level: LogLevel, message: &str) {
        let Ok(mut text) = self.0.lock() else { return };
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
