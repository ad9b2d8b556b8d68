//! A place in an author's file with the lines around it, for terminals and pages.

use serde::Serialize;

use super::FileSet;

/// Lines shown before and after the place.
const AROUND: usize = 2;
/// Longest line shown, characters.
const LONGEST_LINE: usize = 200;

/// A place in a file with the lines around it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Frame {
    /// The file, below the plugin.
    pub path: String,
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1.
    pub column: usize,
    /// Number of the first of `lines`.
    pub first: usize,
    /// The lines around the place.
    pub lines: Vec<String>,
}

impl Frame {
    /// The lines around a place; `None` when the file has no such line.
    pub(crate) fn at(files: &FileSet, path: &str, line: usize, column: usize) -> Option<Self> {
        let text = files.text(path)?;
        if line == 0 || text.lines().count() < line {
            return None;
        }
        let first = line.saturating_sub(AROUND).max(1);
        let shorten = |text: &str| text.chars().take(LONGEST_LINE).collect::<String>();
        let lines =
            text.lines().skip(first - 1).take(line - first + 1 + AROUND).map(shorten).collect();
        Some(Self { path: path.to_owned(), line, column: column.max(1), first, lines })
    }

    /// `path:line:column`.
    pub(crate) fn place(&self) -> String {
        format!("{}:{}:{}", self.path, self.line, self.column)
    }

    /// The lines with their numbers, the place marked below its line. Not escaped yet.
    pub(crate) fn text(&self) -> String {
        let width = (self.first + self.lines.len()).to_string().len();
        let mut text = Vec::new();
        for (number, line) in (self.first..).zip(&self.lines) {
            let mark = if number == self.line { '>' } else { ' ' };
            text.push(format!("{mark} {number:>width$} | {}", line.replace('\t', " ")));
            if number == self.line {
                let before = "> ".len() + width + " | ".len() + self.column - 1;
                text.push(format!("{}^", " ".repeat(before.min(2 * LONGEST_LINE))));
            }
        }
        text.join("\n")
    }
}
