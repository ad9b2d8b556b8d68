//! What a finding is recognised by when the lines around it move.
//!
//! Rule, file, the text of the line without its white space, and a number that tells equal ones
//! apart. Neither line numbers nor the words of the message count, so code may move and rules may be
//! reworded.

use std::collections::BTreeMap;

use super::ir::Place;
use super::lines::Lines;
use crate::model::{Digest, FileSet, Finding, Span};

/// Bytes of a line that count at most; a minified line is megabytes long.
const MAX_LINE: usize = 400;

/// Gives each finding its fingerprint; they are sorted by file and place.
pub(super) fn mark(findings: &mut [Finding], files: &FileSet) {
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    let mut open: Option<(String, String, Lines)> = None;
    for finding in findings {
        let path = finding.file.as_str();
        if open.as_ref().is_none_or(|(name, _, _)| name != path) {
            let bytes = files.get(path).unwrap_or_default();
            let text = String::from_utf8_lossy(bytes).into_owned();
            let lines = Lines::of(&text);
            open = Some((path.to_owned(), text, lines));
        }
        let line = open.as_ref().map_or("", |(_, text, lines)| line(text, lines, finding.span));
        let words: Vec<&str> = line.split_whitespace().collect();
        let key = format!("{}\n{path}\n{}", finding.rule, words.join(" "));
        let count = counts.entry(key.clone()).or_default();
        *count += 1;
        let digest = Digest::of(format!("{key}\n{count}").as_bytes()).hex();
        finding.fingerprint = digest[..32].to_owned();
    }
}

/// The text around a place in its line.
fn line<'t>(text: &'t str, lines: &Lines, span: Span) -> &'t str {
    let Place { start, end } = lines.extent(span.line, text);
    let line = text.get(start as usize..end as usize).unwrap_or_default();
    if line.len() <= MAX_LINE {
        return line;
    }
    let from = line.floor_char_boundary(span.column as usize - 1);
    let to = line.floor_char_boundary(from + MAX_LINE);
    &line[from..to]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{Options, Subject, check};
    use crate::model::TreePath;

    fn marks(code: &str) -> Vec<String> {
        let mut files = FileSet::new();
        files.insert(TreePath::new("a.js").unwrap(), code.as_bytes().to_vec());
        let options = Options { profile: crate::check::Profile::Audit, ..Options::default() };
        let report = check(&Subject { files: &files }, &options);
        report.issues.into_iter().map(|f| f.fingerprint).collect()
    }

    #[test]
    fn they_survive_moved_lines_and_tell_equal_lines_apart() {
        let first = marks("debugger;\ndebugger;\nf(); debugger;\n");
        assert_eq!(first.len(), 3);
        assert!(first[0] != first[1] && first[1] != first[2] && first[0].len() == 32);
        assert_eq!(first, marks("// moved\n\n  debugger;\n\tdebugger;\n\n f();   debugger;\n"));
        assert_ne!(first[2], marks("g(); debugger;\n")[0]);
    }
}
