//! What went wrong with a plugin, with the place in the author's file and the lines around it.

use std::path::Path;

use serde::Serialize;

use crate::error::{ErrorCode, Failure};
use crate::model::{FileSet, Frame};
use crate::sandbox::{SandboxError, Thrown};
use crate::script::{Places, ScriptError};

/// What went wrong.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Problem {
    /// Stable code; `daino-pdk explain CODE` knows it.
    pub code: String,
    /// What happened.
    pub message: String,
    /// Why, outermost first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub causes: Vec<String>,
    /// What to do.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub hints: Vec<String>,
    /// Where, when it is in a file of the plugin.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub frame: Option<Frame>,
    /// The author's lines that led there, one frame per line.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub stack: String,
    /// The message of what the plugin threw, when that is the problem.
    #[serde(skip)]
    pub thrown: Option<String>,
}

impl Problem {
    /// A problem without a place.
    pub(crate) fn new(code: &'static ErrorCode, message: impl Into<String>) -> Self {
        Self::of(&Failure::new(code, message), &FileSet::new())
    }

    /// A failure without a place of its own; one in the manifest carries it in its details.
    pub(crate) fn of(failure: &Failure, files: &FileSet) -> Self {
        let frame = failure.details().and_then(|details| {
            let issue = details.get("issues")?.get(0)?;
            let number = |key: &str| issue.get(key)?.as_u64().map(|n| n as usize);
            Frame::at(files, crate::project::MANIFEST, number("line")?, number("column")?)
        });
        Self {
            code: failure.code().id.to_owned(),
            message: failure.message().to_owned(),
            causes: failure.causes().to_vec(),
            hints: failure.hints().to_vec(),
            frame,
            stack: String::new(),
            thrown: None,
        }
    }

    /// Code that cannot be read.
    pub(crate) fn of_script(error: ScriptError, files: &FileSet) -> Self {
        let frame = match &error {
            ScriptError::Syntax { path, line, column, .. } => {
                Frame::at(files, path, *line, *column)
            }
            ScriptError::Import { path, specifier, .. } => place_of(files, path, specifier),
            ScriptError::File(_) | ScriptError::Limit { .. } => None,
        };
        Self { frame, ..Self::of(&Failure::from(error), files) }
    }

    /// A call that failed; its stack is led back to the author's lines.
    pub(crate) fn of_sandbox(error: SandboxError, files: &FileSet, places: &Places) -> Self {
        let thrown = match &error {
            SandboxError::Thrown { thrown, .. } | SandboxError::Load(thrown) => {
                Some(thrown.clone())
            }
            _ => None,
        };
        let is_thrown = matches!(error, SandboxError::Thrown { .. });
        let mut problem = Self::of(&Failure::from(error), files);
        if let Some(Thrown { stack, message, .. }) = thrown {
            problem.thrown = is_thrown.then_some(message);
            problem.stack = places.original_stack(&stack);
            problem.frame = problem.stack.lines().find_map(|line| frame_of(files, line));
        }
        problem
    }

    /// The problem as plain text for people, code frame included.
    pub(crate) fn text(&self) -> String {
        let mut text = self.message.clone();
        for cause in &self.causes {
            text.push_str(&format!("\n  caused by: {cause}"));
        }
        if let Some(frame) = &self.frame {
            text.push_str(&format!("\n  --> {}\n{}", frame.place(), frame.text()));
        }
        for hint in &self.hints {
            text.push_str(&format!("\n  hint: {hint}"));
        }
        text
    }
}

/// Where a file names `specifier`.
fn place_of(files: &FileSet, path: &str, specifier: &str) -> Option<Frame> {
    let text = files.text(path)?;
    let found = text.lines().enumerate().find_map(|(number, line)| {
        let quoted = ['\'', '"', '`']
            .iter()
            .find_map(|mark| line.find(&format!("{mark}{specifier}{mark}")))?;
        Some((number + 1, line.get(..quoted)?.chars().count() + 1))
    });
    let (line, column) = found?;
    Frame::at(files, path, line, column)
}

/// The place at the end of a stack frame such as `at f (src/a.js:3:7)`.
fn frame_of(files: &FileSet, line: &str) -> Option<Frame> {
    let place = line.rsplit(['(', ' ']).next()?.trim_end_matches(')');
    let (rest, column) = place.rsplit_once(':')?;
    let (path, line) = rest.rsplit_once(':')?;
    let path = path.strip_prefix("plugin:").unwrap_or(path);
    Frame::at(files, path, line.parse().ok()?, column.parse().ok()?)
}

/// A path for people, relative to where the command runs when it is below.
pub(crate) fn shown(path: &Path, from: &Path) -> String {
    match path.strip_prefix(from) {
        Ok(inside) if inside.as_os_str().is_empty() => ".".to_owned(),
        Ok(inside) => inside.display().to_string(),
        Err(_) => path.display().to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::TreePath;

    fn files(text: &str) -> FileSet {
        let mut files = FileSet::new();
        files.insert(TreePath::new("index.js").unwrap(), text.as_bytes().to_vec());
        files
    }

    #[test]
    fn a_syntax_error_shows_its_lines() {
        let files = files("const a = 1;\nconst b = ;\nconst c = 3;\n");
        let error = crate::script::load_graph(&files, &TreePath::new("index.js").unwrap());
        let problem = Problem::of_script(error.unwrap_err(), &files);
        let frame = problem.frame.clone().unwrap();
        assert_eq!((frame.line, frame.column, frame.first), (2, 11, 1));
        assert!(problem.text().contains("> 2 | const b = ;\n"), "{}", problem.text());
        let under = problem.text().lines().find(|l| l.ends_with('^')).unwrap().len();
        assert_eq!(under, "> 2 | ".len() + 11, "{}", problem.text());
    }

    #[test]
    fn an_import_that_leads_nowhere_shows_its_line() {
        let files = files("import a from './a.js';\nimport fs from 'node:fs';\n");
        let error = ScriptError::Import {
            path: "index.js".into(),
            specifier: "node:fs".into(),
            reason: "no".into(),
        };
        let frame = Problem::of_script(error, &files).frame.unwrap();
        assert_eq!((frame.line, frame.column), (2, 16));
    }

    #[test]
    fn a_thrown_error_shows_where_it_was_thrown() {
        let files = files("export function f() {\n  throw new Error('x');\n}\n");
        let thrown = Thrown {
            name: "Error".into(),
            message: "x".into(),
            stack: "    at native\n    at f (index.js:2:9)\n".into(),
            code: None,
        };
        let error = SandboxError::Thrown { method: "f".into(), thrown };
        let problem = Problem::of_sandbox(error, &files, &Places::default());
        assert_eq!(problem.frame.unwrap().line, 2);
        assert!(frame_of(&files, "at f (index.js:99:1)").is_none());
    }
}
