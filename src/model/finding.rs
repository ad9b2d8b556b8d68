//! What a check found, and the report that holds it.

use serde::{Deserialize, Serialize};

use super::TreePath;

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; never fails a run.
    Info,
    /// Should be mended.
    Warning,
    /// Must be mended before publishing.
    Error,
    /// A hole: caps the score at 49.
    Critical,
}

impl Severity {
    /// Every weight, the heaviest first.
    pub const ALL: [Self; 4] = [Self::Critical, Self::Error, Self::Warning, Self::Info];

    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
            Self::Critical => "critical",
        }
    }
}

/// Which of the checks a rule belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Category {
    /// Injection, secrets, dangerous calls.
    Security,
    /// Blocking calls, leaks, unbounded work.
    Performance,
    /// Host API, required methods, hooks.
    Compatibility,
    /// Correctness and good practice.
    Quality,
    /// `manifest.json`.
    Manifest,
    /// Files, README, tests, licence.
    Packaging,
}

impl Category {
    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Security => "security",
            Self::Performance => "performance",
            Self::Compatibility => "compatibility",
            Self::Quality => "quality",
            Self::Manifest => "manifest",
            Self::Packaging => "packaging",
        }
    }
}

/// A place in a file: lines and columns count from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First line.
    pub line: u32,
    /// First column.
    pub column: u32,
    /// Last line.
    pub end_line: u32,
    /// Column after the last character.
    pub end_column: u32,
}

impl Span {
    /// The place of the byte range `start..end` in `text`. Offsets past the end are clamped.
    pub fn locate(text: &str, start: usize, end: usize) -> Self {
        let (line, column) = position(text, start);
        let (end_line, end_column) = position(text, end.max(start));
        Self { line, column, end_line, end_column }
    }

    /// The first character of a file.
    pub const START: Self = Self { line: 1, column: 1, end_line: 1, end_column: 1 };
}

fn position(text: &str, offset: usize) -> (u32, u32) {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let before = &text[..at];
    let line = before.bytes().filter(|b| *b == b'\n').count() as u32 + 1;
    let start_of_line = before.rfind('\n').map_or(0, |i| i + 1);
    (line, before[start_of_line..].chars().count() as u32 + 1)
}

/// One step on the way of a value from its source to its sink.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// File of the step.
    pub file: TreePath,
    /// Place of the step.
    #[serde(flatten)]
    pub span: Span,
    /// What happens there, in words.
    pub message: String,
}

/// Text that takes the place of other text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Edit {
    /// File that is edited.
    pub file: TreePath,
    /// First byte that goes.
    pub start: u32,
    /// Byte after the last one that goes.
    pub end: u32,
    /// What comes in its place.
    pub text: String,
}

/// Edits that mend a finding, all of them or none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    /// What they do, in words.
    pub title: String,
    /// In any order; they do not overlap.
    pub edits: Vec<Edit>,
}

/// One thing a rule found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Stable rule id, kebab-case.
    pub rule: String,
    /// Weight.
    pub severity: Severity,
    /// Vulnerability class for security findings (`sql-injection`, …), else the category's name.
    pub class: String,
    /// Which check found it.
    pub category: Category,
    /// File, relative to the plugin's root.
    pub file: TreePath,
    /// Place in the file.
    #[serde(flatten)]
    pub span: Span,
    /// What is wrong here, one sentence.
    pub message: String,
    /// How to mend it, one sentence.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub help: Option<String>,
    /// The way from source to sink, when the rule follows values.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub steps: Vec<Step>,
    /// What stays the same when lines move; for baselines and code scanning services.
    #[serde(default)]
    pub fingerprint: String,
    /// How a program can mend it, when that is safe.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub fix: Option<Fix>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locates_in_characters_and_clamps() {
        let text = "é = 1;\nlet x;";
        let span = Span::locate(text, 3, 99);
        assert_eq!((span.line, span.column), (1, 3));
        assert_eq!((span.end_line, span.end_column), (2, 7));
        assert_eq!(Span::locate(text, 1, 1).column, 1);
    }
}
