//! Snapshot files: `__snapshots__/<file>.snap` beside the test file, one entry per snapshot.
//!
//! The form is the one Jest and Vitest write, so that those read it, too. It is read by a scanner
//! and never run. Names and texts come from the worker; quoting them here keeps them text.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::model::{FileSet, TreePath};

/// Most bytes of one snapshot file.
pub(super) const MOST_BYTES: usize = 4 * 1024 * 1024;

const HEADER: &str = "// Snapshots of `daino-pdk test`. Renew them with `--update-snapshots`.\n";

/// Path of the snapshots of a test file.
pub(super) fn path_of(file: &TreePath) -> Option<TreePath> {
    let parent = file.parent();
    let name = file.file_name();
    let folder = if parent.is_empty() { String::new() } else { format!("{parent}/") };
    TreePath::new(&format!("{folder}__snapshots__/{name}.snap")).ok()
}

/// Snapshot files whose test file is gone.
pub(super) fn orphans(files: &FileSet) -> Vec<TreePath> {
    let is_orphan = |path: &&TreePath| {
        let text = path.as_str();
        let test = text.strip_suffix(".snap").map(|t| t.replacen("/__snapshots__/", "/", 1));
        text.contains("/__snapshots__/") && test.is_some_and(|test| !files.contains(&test))
    };
    files.paths().filter(|path| path.is_below("tests")).filter(is_orphan).cloned().collect()
}

/// Reads a snapshot file; what is not an entry is passed over.
pub(super) fn parse(text: &str) -> BTreeMap<String, String> {
    let mut entries = BTreeMap::new();
    let mut rest = text;
    while let Some(start) = rest.find("exports[`") {
        rest = &rest[start + "exports[`".len()..];
        let Some((name, after)) = quoted(rest) else { break };
        let Some(after) = after.strip_prefix("] = `") else { continue };
        let Some((content, after)) = quoted(after) else { break };
        // A text of several lines begins and ends with a line end of its own.
        let inner = content.strip_prefix('\n').and_then(|c| c.strip_suffix('\n'));
        entries.insert(name, inner.unwrap_or(&content).to_owned());
        rest = after;
    }
    entries
}

/// Why a snapshot file cannot be trusted: what is lost of it would be written anew, as if it were right.
pub(super) fn fault(text: &str) -> Option<String> {
    if text.len() > MOST_BYTES {
        let size = text.len() / 1024 / 1024;
        return Some(format!("has {size} MB; at most {} are read", MOST_BYTES / 1024 / 1024));
    }
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ';');
        if rest.is_empty() {
            return None;
        }
        if rest.starts_with("//") {
            rest = rest.split_once('\n').map_or("", |(_, rest)| rest);
            continue;
        }
        let entry = rest.strip_prefix("exports[`").and_then(|rest| {
            let (_, after) = quoted(rest)?;
            Some(quoted(after.strip_prefix("] = `")?)?.1)
        });
        let Some(after) = entry else {
            let line = text[..text.len() - rest.len()].matches('\n').count() + 1;
            return Some(format!("is broken at line {line}"));
        };
        rest = after;
    }
}

/// The text up to the next plain backtick, unquoted, and what follows that.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut out = String::new();
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '`' => return Some((out, &text[at + 1..])),
            '\\' => out.push(chars.next()?.1),
            other => out.push(other),
        }
    }
    None
}

/// A text inside backticks.
pub(super) fn quote(text: &str) -> String {
    text.replace('\\', "\\\\").replace('`', "\\`").replace("${", "\\${")
}

/// Writes a snapshot file.
pub(super) fn render(entries: &BTreeMap<String, String>) -> String {
    let mut text = HEADER.to_owned();
    for (name, content) in entries {
        let around = if content.contains('\n') { "\n" } else { "" };
        let _ =
            write!(text, "\nexports[`{}`] = `{around}{}{around}`;\n", quote(name), quote(content));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let mut entries = BTreeMap::new();
        entries.insert("a > `b` ${c} \\ 1".to_owned(), "{\n  \"x\": \"`${1}\\\",\n}".to_owned());
        entries.insert("b 1".to_owned(), "1".to_owned());
        entries.insert("empty 1".to_owned(), "\"\"".to_owned());
        assert_eq!(parse(&render(&entries)), entries);
    }

    #[test]
    fn jests_files_are_read_and_broken_ones_end() {
        let jest = "// Jest Snapshot v1, https://goo.gl/fbAQLP\n\nexports[`a b 1`] = `\n{\n  \"a\": 1,\n}\n`;\n";
        assert_eq!(parse(jest)["a b 1"], "{\n  \"a\": 1,\n}");
        assert!(parse("exports[`a").is_empty());
        assert!(parse("exports[`a`] = `x").is_empty());
        assert_eq!(parse("exports[`a`]; exports[`b`] = `1`;").len(), 1);
    }

    #[test]
    fn what_is_broken_is_told_with_its_line() {
        let good = render(&BTreeMap::from([
            ("a 1".to_owned(), "x`y\nz".to_owned()),
            ("b 1".to_owned(), "1".to_owned()),
        ]));
        assert_eq!(fault(&good), None);
        assert_eq!(fault("// Jest Snapshot v1\n\nexports[`a 1`] = `1`;\n"), None);
        let cut = &good[..good.len() - 4];
        assert_eq!(fault(cut).as_deref(), Some("is broken at line 8"), "{good}");
        let merged = format!("{good}<<<<<<< HEAD\n");
        assert!(fault(&merged).unwrap().starts_with("is broken at line"));
        assert!(fault(&"x".repeat(MOST_BYTES + 1)).unwrap().contains("at most 4"));
    }

    #[test]
    fn files_without_a_test_are_found() {
        let mut files = FileSet::new();
        for path in [
            "tests/unit/a.test.js",
            "tests/unit/__snapshots__/a.test.js.snap",
            "tests/unit/__snapshots__/b.test.js.snap",
        ] {
            files.insert(TreePath::new(path).unwrap(), Vec::new());
        }
        let found: Vec<String> = orphans(&files).iter().map(ToString::to_string).collect();
        assert_eq!(found, ["tests/unit/__snapshots__/b.test.js.snap"]);
        assert_eq!(
            path_of(&TreePath::new("tests/unit/a.test.js").unwrap()).unwrap().as_str(),
            "tests/unit/__snapshots__/a.test.js.snap"
        );
    }
}
