//! An answers file: TOML with flat keys and text values, every mistake with its line.

use std::collections::BTreeMap;
use std::path::Path;

use toml::de::{DeTable, DeValue};

use crate::error::{ErrorCode, Failure};
use crate::model::{ExitCode, Span};
use crate::sys::file::read_limited;

pub(super) static ANSWERS: ErrorCode = ErrorCode {
    id: "create.answers",
    exit: ExitCode::Usage,
    meaning: "The answers file cannot be read, or is not TOML with text values.",
    remedy: "Mend the line the message names; keys are those of `--set`, and slug, template, lang.",
};

/// Most bytes of an answers file.
const MAX_BYTES: u64 = 64 * 1024;

/// One answer and the line it stands on.
#[derive(Debug, Clone)]
pub(super) struct FileAnswer {
    /// The value.
    pub value: String,
    /// Line, from 1.
    pub line: u32,
}

/// Reads an answers file.
pub(super) fn read(path: &Path) -> Result<BTreeMap<String, FileAnswer>, Failure> {
    let shown = path.display();
    let bytes = read_limited(path, MAX_BYTES).map_err(|e| {
        Failure::new(&ANSWERS, format!("cannot read the answers file `{shown}`")).caused_by(&e)
    })?;
    let text = String::from_utf8(bytes).map_err(|_| {
        Failure::new(&ANSWERS, format!("the answers file `{shown}` is not UTF-8 text"))
    })?;
    let wrong = |line: u32, message: &str| {
        Failure::new(&ANSWERS, format!("`{shown}` line {line}: {message}"))
    };
    let table = DeTable::parse(&text).map_err(|error| {
        let at = error.span().map_or(0, |s| s.start);
        let words = error.message().lines().next().unwrap_or("not TOML").to_owned();
        wrong(Span::locate(&text, at, at).line, &words)
    })?;
    let mut answers = BTreeMap::new();
    for (key, value) in table.get_ref().iter() {
        let line = Span::locate(&text, key.span().start, key.span().end).line;
        let DeValue::String(value) = value.get_ref() else {
            return Err(wrong(
                line,
                &format!("the value of `{}` must be text in quotes", key.get_ref()),
            ));
        };
        answers.insert(key.get_ref().to_string(), FileAnswer { value: value.to_string(), line });
    }
    Ok(answers)
}
