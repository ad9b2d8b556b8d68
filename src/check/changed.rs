//! The lines that a change touches, and which findings are about them.

use std::collections::BTreeMap;

use crate::model::{Finding, TreePath};

/// Lines by file; what is not in it did not change.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Changed {
    /// What it is a change from, as a person named it.
    pub since: String,
    /// First and last line of each changed part, from 1.
    pub lines: BTreeMap<TreePath, Vec<(u32, u32)>>,
}

impl Changed {
    /// Whether a finding is about a changed line: its own place, or a step of the value's way. A
    /// finding about a file as a whole counts when anything in the file changed.
    pub(crate) fn touches(&self, finding: &Finding) -> bool {
        let meets = |file: &TreePath, from: u32, to: u32| {
            self.lines
                .get(file)
                .is_some_and(|parts| parts.iter().any(|(a, b)| *a <= to && from <= *b))
        };
        let span = finding.span;
        let is_whole = (span.line, span.column, span.end_line, span.end_column) == (1, 1, 1, 1);
        is_whole && self.lines.contains_key(&finding.file)
            || meets(&finding.file, span.line, span.end_line)
            || finding.steps.iter().any(|s| meets(&s.file, s.span.line, s.span.end_line))
    }
}
