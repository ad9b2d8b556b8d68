//! The one place that writes to the terminal and asks a person.
//!
//! stdout carries the result, and with `--format json` exactly one document; everything else goes
//! to stderr. Text that came from a plugin or a registry is escaped before it is shown.

mod bars;
mod escape;
mod prompt;
mod settings;

use std::io::Write;
use std::sync::Mutex;

use serde::Serialize;

use crate::error::Failure;
use crate::model::{Answer, Ask, AskError, Event, Observer, Question};

#[cfg(feature = "dev")]
pub(crate) use crate::sys::keys::Keys;
pub(crate) use escape::{html, plain};
pub(crate) use settings::{ColorChoice, Format, UiSettings};

/// Version of every JSON document the program prints.
pub(crate) const SCHEMA_VERSION: u32 = 1;

/// The terminal, as one run of the program sees it.
pub struct Ui {
    settings: UiSettings,
    bars: Mutex<bars::Bars>,
}

impl Ui {
    /// A terminal with these settings.
    pub fn new(settings: UiSettings) -> Self {
        console::set_colors_enabled(settings.color_stdout);
        console::set_colors_enabled_stderr(settings.color_stderr);
        Self { bars: Mutex::new(bars::Bars::new(settings.draws_bars())), settings }
    }

    /// Whether results are JSON.
    pub fn is_json(&self) -> bool {
        self.settings.format == Format::Json
    }

    /// Whether results are coloured.
    pub fn has_color(&self) -> bool {
        self.settings.color_stdout
    }

    /// Prints the result of a command: as one JSON document with `schema_version`, or as the text
    /// that `human` makes of it.
    pub fn result<T: Serialize>(&self, value: &T, human: impl FnOnce(&T) -> String) {
        if self.is_json() {
            self.raw(&document(value));
        } else {
            self.raw(human(value).trim_end_matches('\n'));
        }
    }

    /// Prints text to stdout as it is, with one line end: for formats that are whole documents of
    /// their own, such as SARIF, and for completions.
    pub fn raw(&self, text: &str) {
        if text.is_empty() {
            return;
        }
        self.suspended(|| {
            let mut out = std::io::stdout().lock();
            // A reader that went away (`| head`) is not our failure.
            let _ = writeln!(out, "{text}").and_then(|()| out.flush());
        });
    }

    /// Prints a line to stderr, unless `-q`.
    pub fn say(&self, text: &str) {
        if !self.settings.quiet {
            self.stderr(text);
        }
    }

    /// Prints a failure: on stderr for people, and as the one JSON document with `--format json`.
    pub fn failure(&self, failure: &Failure) {
        if self.is_json() {
            self.raw(&document(&serde_json::json!({ "error": failure })));
        }
        let mut text = format!(
            "{} {} [{}]",
            console::style("error:").red().bold().for_stderr(),
            plain(failure.message()),
            failure.code().id
        );
        for cause in failure.causes() {
            text.push_str(&format!("\n  caused by: {}", plain(cause)));
        }
        for hint in failure.hints() {
            let label = console::style("hint:").cyan().bold().for_stderr();
            text.push_str(&format!("\n  {label} {}", plain(hint)));
        }
        self.stderr(&text);
    }

    /// Prints a line to stderr even with `-q`: for what went wrong while work goes on.
    pub fn complain(&self, text: &str) {
        self.stderr(text);
    }

    /// Empties the screen, when stdout is one.
    #[cfg(feature = "dev")]
    pub(crate) fn clear(&self) {
        let screen = console::Term::stdout();
        if screen.is_term() {
            // What cannot be emptied is written below.
            self.suspended(|| drop(screen.clear_screen()));
        }
    }

    /// Puts text in place of the last line on stderr, and stays there: what a person types.
    #[cfg(feature = "dev")]
    pub(crate) fn rewrite(&self, text: &str) {
        self.suspended(|| {
            let mut stderr = std::io::stderr().lock();
            let _ = write!(stderr, "\r\x1b[2K{text}").and_then(|()| stderr.flush());
        });
    }

    /// Whether a person can press single keys.
    #[cfg(feature = "dev")]
    pub(crate) fn has_keys(&self) -> bool {
        self.settings.interactive && !self.is_json()
    }

    /// Single keys, when a person can press them.
    #[cfg(feature = "dev")]
    pub(crate) fn keys(&self) -> Option<Keys> {
        if self.has_keys() { crate::sys::keys::keys().ok() } else { None }
    }

    fn stderr(&self, text: &str) {
        self.suspended(|| {
            let _ = writeln!(std::io::stderr().lock(), "{text}");
        });
    }

    fn suspended(&self, write: impl FnOnce()) {
        match self.bars.lock() {
            Ok(bars) => bars.suspend(write),
            Err(_) => write(),
        }
    }
}

/// A result as its JSON document, with `schema_version`.
pub(crate) fn document<T: Serialize>(value: &T) -> String {
    let mut document = serde_json::Map::new();
    document.insert("schema_version".into(), SCHEMA_VERSION.into());
    match serde_json::to_value(value) {
        Ok(serde_json::Value::Object(fields)) => document.extend(fields),
        Ok(other) => {
            document.insert("result".into(), other);
        }
        Err(error) => {
            document.insert("error".into(), error.to_string().into());
        }
    }
    serde_json::to_string_pretty(&document).unwrap_or_default()
}

impl Observer for Ui {
    fn observe(&self, event: Event) {
        if self.is_json() && self.settings.verbose > 0 {
            // One line per event for programs that follow the work; the result stays on stdout.
            self.stderr(&serde_json::to_string(&event).unwrap_or_default());
            return;
        }
        match &event {
            Event::Note { text } => self.say(&plain(text)),
            Event::Warning { text } => {
                let label = console::style("warning:").yellow().bold().for_stderr();
                self.stderr(&format!("{label} {}", plain(text)));
            }
            Event::Detail { text } if self.settings.verbose > 0 => self.stderr(&plain(text)),
            Event::Detail { .. } => {}
            Event::Started { .. } | Event::Progress { .. } | Event::Finished { .. } => {
                let line = match self.bars.lock() {
                    Ok(mut bars) => bars.observe(&event),
                    Err(_) => None,
                };
                if let Some(line) = line
                    && (self.settings.verbose > 0 || self.settings.tells_steps)
                {
                    self.say(&line);
                }
            }
        }
    }
}

impl Ask for Ui {
    fn ask(&self, question: &Question) -> Result<Answer, AskError> {
        if !self.is_interactive() {
            return Err(AskError::NoTerminal);
        }
        let mut answer = Err(AskError::Closed);
        self.suspended(|| answer = prompt::ask(question));
        answer
    }

    fn is_interactive(&self) -> bool {
        self.settings.interactive
    }
}
