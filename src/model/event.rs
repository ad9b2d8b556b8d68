//! Progress: engines say what happens, observers decide how it is shown.
//!
//! Bars, plain lines, JSON lines and test vectors are four observers of the same events.

use serde::Serialize;

/// A step of work that a person waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Writing files of a new plugin.
    Create,
    /// Static checks.
    Validate,
    /// Running tests.
    Test,
    /// Building the archive.
    Pack,
    /// Signing.
    Sign,
    /// Sending a release.
    Upload,
    /// Fetching a release.
    Download,
    /// Checking digests and signatures.
    Verify,
    /// Fetching or unpacking PostgreSQL.
    FetchDatabase,
    /// Starting PostgreSQL.
    StartDatabase,
    /// Changing a shop.
    Install,
    /// Saving a plugin's data.
    Backup,
    /// Removing from a shop.
    Uninstall,
    /// Running plugin code.
    Invoke,
}

/// Something that happened.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event {
    /// A stage starts; `total` in `unit` ("bytes", "files", "tests", …) when it is known.
    Started {
        /// Which.
        stage: Stage,
        /// On what.
        subject: String,
        /// How much there is to do.
        total: Option<u64>,
        /// What `total` and `done` count.
        unit: &'static str,
    },
    /// A stage moved on; `done` is absolute.
    Progress {
        /// Which.
        stage: Stage,
        /// How much is done.
        done: u64,
    },
    /// A stage ended well; the note says with what.
    Finished {
        /// Which.
        stage: Stage,
        /// Result in a few words.
        note: String,
    },
    /// A line worth showing to everyone.
    Note {
        /// The text; may hold text from outside, which the observer escapes.
        text: String,
    },
    /// Something is off but work goes on.
    Warning {
        /// The text; escaped by the observer.
        text: String,
    },
    /// A detail for `-v`.
    Detail {
        /// The text; escaped by the observer.
        text: String,
    },
}

/// Sees events. Never fails and never blocks for long.
pub trait Observer: Send + Sync {
    /// Takes one event.
    fn observe(&self, event: Event);
}

/// Short forms for the usual events.
pub trait Tell: Observer {
    /// A stage starts without a known size.
    fn start(&self, stage: Stage, subject: impl Into<String>) {
        self.observe(Event::Started { stage, subject: subject.into(), total: None, unit: "" });
    }
    /// A stage starts with a known size.
    fn start_sized(
        &self,
        stage: Stage,
        subject: impl Into<String>,
        total: u64,
        unit: &'static str,
    ) {
        self.observe(Event::Started { stage, subject: subject.into(), total: Some(total), unit });
    }
    /// A stage moved on.
    fn progress(&self, stage: Stage, done: u64) {
        self.observe(Event::Progress { stage, done });
    }
    /// A stage ended.
    fn finish(&self, stage: Stage, note: impl Into<String>) {
        self.observe(Event::Finished { stage, note: note.into() });
    }
    /// A line for everyone.
    fn note(&self, text: impl Into<String>) {
        self.observe(Event::Note { text: text.into() });
    }
    /// A warning.
    fn warn(&self, text: impl Into<String>) {
        self.observe(Event::Warning { text: text.into() });
    }
    /// A detail.
    fn detail(&self, text: impl Into<String>) {
        self.observe(Event::Detail { text: text.into() });
    }
}

impl<T: Observer + ?Sized> Tell for T {}

/// Sees nothing: for internal runs and tests.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Observer for Silent {
    fn observe(&self, _: Event) {}
}
