//! Failures: what went wrong, what it means for the caller, and the exact next step.
//!
//! Each module has its own error type and a table of its codes; `?` turns the error into a
//! [`Failure`]. A code cannot be used without being documented, because the failure is made from
//! the documentation entry itself.

use serde::Serialize;

use crate::model::ExitCode;

/// Documentation of one kind of failure; `daino-pdk explain <id>` prints it.
#[derive(Debug, PartialEq, Eq)]
pub struct ErrorCode {
    /// Stable id, `module.reason`.
    pub id: &'static str,
    /// What the process exits with.
    pub exit: ExitCode,
    /// What happened, in one or two sentences.
    pub meaning: &'static str,
    /// What to do about it.
    pub remedy: &'static str,
}

/// An error that knows its code.
pub trait Coded: std::error::Error {
    /// The documented code.
    fn code(&self) -> &'static ErrorCode;

    /// Exact next steps, most useful first.
    fn hints(&self) -> Vec<String> {
        Vec::new()
    }

    /// Machine-readable details for `--format json`, such as places in a file.
    fn details(&self) -> Option<serde_json::Value> {
        None
    }
}

/// A failure on its way to the person who called.
#[derive(Debug, Clone, Serialize)]
pub struct Failure {
    #[serde(rename = "code", serialize_with = "code_id")]
    code: &'static ErrorCode,
    message: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    causes: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hints: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    details: Option<serde_json::Value>,
}

fn code_id<S: serde::Serializer>(code: &&'static ErrorCode, s: S) -> Result<S::Ok, S::Error> {
    s.serialize_str(code.id)
}

impl Failure {
    /// A failure with a code and a message: a lower-case fragment naming the thing in backticks.
    pub fn new(code: &'static ErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), causes: Vec::new(), hints: Vec::new(), details: None }
    }

    /// Says in which step of a longer work it happened.
    #[must_use]
    pub fn within(mut self, step: &str) -> Self {
        self.message = format!("{step}: {}", self.message);
        self
    }

    /// Adds the exact next step.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Adds a machine-readable detail.
    #[must_use]
    pub fn detail(mut self, key: &str, value: serde_json::Value) -> Self {
        let details = self.details.get_or_insert_with(|| serde_json::json!({}));
        if let Some(details) = details.as_object_mut() {
            details.insert(key.to_owned(), value);
        }
        self
    }

    /// Adds the chain of causes of `error`, itself included.
    #[must_use]
    pub fn caused_by(mut self, error: &(dyn std::error::Error + 'static)) -> Self {
        let mut next = Some(error);
        while let Some(cause) = next {
            self.causes.push(cause.to_string());
            next = cause.source();
        }
        self
    }

    /// The documented code.
    pub fn code(&self) -> &'static ErrorCode {
        self.code
    }
    /// What the process exits with.
    pub fn exit(&self) -> ExitCode {
        self.code.exit
    }
    /// What went wrong.
    pub fn message(&self) -> &str {
        &self.message
    }
    /// Causes, outermost first.
    pub fn causes(&self) -> &[String] {
        &self.causes
    }
    /// Machine-readable details.
    pub fn details(&self) -> Option<&serde_json::Value> {
        self.details.as_ref()
    }
    /// Next steps.
    pub fn hints(&self) -> &[String] {
        &self.hints
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl<E: Coded + 'static> From<E> for Failure {
    fn from(error: E) -> Self {
        let mut failure = Self::new(error.code(), error.to_string());
        failure.hints = error.hints();
        failure.details = error.details();
        match error.source() {
            Some(source) => failure.caused_by(source),
            None => failure,
        }
    }
}
