//! What the author's own linter found, as findings of ours.
//!
//! Reads the JSON of ESLint and of oxlint. Rules are `eslint/no-undef`, `oxlint/no-undef`,
//! `oxlint/typescript/no-explicit-any`. Findings in files that are not checked are counted, not kept.

use std::path::Path;

use serde::Deserialize;

use super::lines::Lines;
use crate::model::finding::Category;
use crate::model::{FileSet, Finding, Severity, Span, TreePath};

/// A linter that authors use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Linter {
    /// ESLint.
    Eslint,
    /// oxlint.
    Oxlint,
}

/// What a linter found.
#[derive(Debug, Clone, Default)]
pub(crate) struct Foreign {
    /// In files that are checked.
    pub findings: Vec<Finding>,
    /// How many more there are in other files, or over the limit.
    pub left_out: usize,
}

/// Most findings kept of one linter.
const MAX_FINDINGS: usize = 2_000;
/// Most characters kept of a message.
const MAX_MESSAGE: usize = 500;

impl Linter {
    /// The name of its program, and of its part in rule ids.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Eslint => "eslint",
            Self::Oxlint => "oxlint",
        }
    }

    /// Whether a rule's name is that of a linter's rule: `eslint/no-undef`.
    pub(crate) fn has_rule(name: &str) -> bool {
        [Self::Eslint, Self::Oxlint].iter().any(|linter| {
            name.strip_prefix(linter.name()).is_some_and(|rest| rest.starts_with('/'))
        })
    }

    /// Reads what the linter said about the tree at `root`.
    pub(crate) fn read(
        self,
        json: &[u8],
        root: &Path,
        files: &FileSet,
    ) -> Result<Foreign, serde_json::Error> {
        let mut reader =
            Reader { linter: self, root, files, open: None, found: Foreign::default() };
        match self {
            Self::Eslint => reader.eslint(&serde_json::from_slice::<Vec<EslintFile>>(json)?),
            Self::Oxlint => reader.oxlint(&serde_json::from_slice::<Oxlint>(json)?),
        }
        Ok(reader.found)
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct EslintFile {
    file_path: String,
    messages: Vec<EslintMessage>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct EslintMessage {
    rule_id: Option<String>,
    severity: u8,
    message: String,
    line: Option<u32>,
    column: Option<u32>,
    end_line: Option<u32>,
    end_column: Option<u32>,
}

#[derive(Debug, Deserialize)]
struct Oxlint {
    diagnostics: Vec<OxlintDiagnostic>,
}

#[derive(Debug, Deserialize)]
struct OxlintDiagnostic {
    message: String,
    #[serde(default)]
    code: Option<String>,
    severity: String,
    #[serde(default)]
    help: Option<String>,
    filename: String,
    #[serde(default)]
    labels: Vec<OxlintLabel>,
}

#[derive(Debug, Deserialize)]
struct OxlintLabel {
    span: OxlintSpan,
}

#[derive(Debug, Deserialize)]
struct OxlintSpan {
    offset: usize,
    length: usize,
}

/// One of the files that are checked, open for its lines.
struct Open<'a> {
    path: &'a TreePath,
    text: &'a str,
    lines: Lines,
}

struct Reader<'a> {
    linter: Linter,
    root: &'a Path,
    files: &'a FileSet,
    open: Option<Open<'a>>,
    found: Foreign,
}

impl<'a> Reader<'a> {
    fn eslint(&mut self, files: &[EslintFile]) {
        for file in files {
            for message in &file.messages {
                let Some(open) = self.open(&file.file_path) else { continue };
                let point = |line: Option<u32>, column: Option<u32>| {
                    let line = line.unwrap_or(1).max(1);
                    (line, open.column(line, column.unwrap_or(1)))
                };
                let (line, column) = point(message.line, message.column);
                let (end_line, end_column) = match message.end_line {
                    Some(end) => point(Some(end), message.end_column),
                    None => (line, column),
                };
                let span = Span { line, column, end_line, end_column };
                let weight = if message.severity > 1 { Severity::Error } else { Severity::Warning };
                // What does not parse has no rule.
                let rule = message.rule_id.as_deref().unwrap_or("syntax");
                self.add(rule, weight, span, &message.message, None);
            }
        }
    }

    fn oxlint(&mut self, all: &Oxlint) {
        for one in &all.diagnostics {
            let Some(open) = self.open(&one.filename) else { continue };
            let span = one.labels.first().map_or(Span::START, |label| {
                let (start, length) = (label.span.offset, label.span.length);
                Span::locate(open.text, start, start.saturating_add(length))
            });
            let weight = match one.severity.as_str() {
                "error" => Severity::Error,
                "warning" => Severity::Warning,
                _ => Severity::Info,
            };
            // `eslint(no-debugger)`, `typescript-eslint(no-explicit-any)`.
            let code = one.code.as_deref().unwrap_or("syntax").trim_end_matches(')');
            let rule = match code.split_once('(') {
                Some(("eslint", rule)) => rule.to_owned(),
                Some((plugin, rule)) => {
                    format!("{}/{rule}", plugin.trim_end_matches("-eslint"))
                }
                None => code.to_owned(),
            };
            self.add(&rule, weight, span, &one.message, one.help.as_deref());
        }
    }

    /// Opens the file of a finding, when it is checked; else the finding is counted.
    fn open(&mut self, name: &str) -> Option<&Open<'a>> {
        let path = Path::new(name);
        let inside = path.strip_prefix(self.root).unwrap_or(path);
        let parts: Option<Vec<&str>> =
            inside.components().map(|c| c.as_os_str().to_str()).collect();
        let path = parts.map(|parts| parts.join("/")).unwrap_or_default();
        let is_full = self.found.findings.len() >= MAX_FINDINGS;
        let known = self.files.paths().find(|p| p.as_str() == path).filter(|_| !is_full);
        let Some(known) = known else {
            self.found.left_out += 1;
            return None;
        };
        if self.open.as_ref().is_none_or(|open| open.path != known) {
            let bytes = self.files.get(known.as_str()).unwrap_or_default();
            let text = std::str::from_utf8(bytes).unwrap_or_default();
            self.open = Some(Open { path: known, text, lines: Lines::of(text) });
        }
        self.open.as_ref()
    }

    fn add(
        &mut self,
        rule: &str,
        severity: Severity,
        span: Span,
        message: &str,
        help: Option<&str>,
    ) {
        let Some(open) = &self.open else { return };
        let rule: String = rule.chars().take(100).collect();
        self.found.findings.push(Finding {
            rule: format!("{}/{rule}", self.linter.name()),
            severity,
            class: Category::Quality.word().to_owned(),
            category: Category::Quality,
            file: open.path.clone(),
            span,
            message: message.chars().take(MAX_MESSAGE).collect(),
            help: help.map(|text| text.chars().take(MAX_MESSAGE).collect()),
            steps: Vec::new(),
            fingerprint: String::new(),
            fix: None,
        });
    }
}

impl Open<'_> {
    /// A column in characters from one in units of UTF-16; both count from 1.
    fn column(&self, line: u32, column: u32) -> u32 {
        let place = self.lines.extent(line, self.text);
        let text = self.text.get(place.start as usize..place.end as usize).unwrap_or_default();
        let mut left = column.saturating_sub(1) as usize;
        let before = text.chars().take_while(|c| {
            let is_before = left > 0;
            left = left.saturating_sub(c.len_utf16());
            is_before
        });
        before.count() as u32 + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files() -> FileSet {
        let mut files = FileSet::new();
        files.insert(
            TreePath::new("src/a.js").unwrap(),
            "const é = '😀';\nvar b;\n".as_bytes().to_vec(),
        );
        files
    }

    fn lines(found: &Foreign) -> Vec<String> {
        let line = |f: &Finding| {
            let Span { line, column, end_line, end_column } = f.span;
            let weight = f.severity.word();
            format!(
                "{} {weight} {} {line}:{column}-{end_line}:{end_column} {}",
                f.file, f.rule, f.message
            )
        };
        found.findings.iter().map(line).collect()
    }

    #[test]
    fn eslint_counts_in_units_of_utf_16() {
        let json = r#"[ { "filePath": "/w/src/a.js", "extra": 1, "messages": [
            { "ruleId": "no-unused-vars", "severity": 2, "message": "unused", "line": 1, "column": 14, "endLine": 1, "endColumn": 15 },
            { "ruleId": "ts/x", "severity": 1, "message": "m", "line": 2, "column": 1 },
            { "ruleId": null, "fatal": true, "severity": 2, "message": "parse", "line": 900, "column": 70000 } ] },
            { "filePath": "/elsewhere/b.js", "messages": [ { "ruleId": "x", "severity": 2, "message": "m" } ] } ]"#;
        let found = Linter::Eslint.read(json.as_bytes(), Path::new("/w"), &files()).unwrap();
        assert_eq!(
            lines(&found),
            [
                "src/a.js error eslint/no-unused-vars 1:13-1:14 unused",
                "src/a.js warning eslint/ts/x 2:1-2:1 m",
                "src/a.js error eslint/syntax 900:1-900:1 parse",
            ]
        );
        assert_eq!(found.left_out, 1);
    }

    #[test]
    fn oxlint_counts_in_bytes() {
        let json = r#"{ "diagnostics": [
            { "message": "m", "code": "eslint(no-var)", "severity": "warning", "filename": "src/a.js", "labels": [ { "span": { "offset": 19, "length": 3, "line": 2, "column": 1 } } ] },
            { "message": "t", "code": "typescript-eslint(x)", "severity": "error", "filename": "src/a.js", "help": "h", "labels": [] },
            { "message": "a", "severity": "advice", "filename": "src/a.js", "labels": [ { "span": { "offset": 18446744073709551615, "length": 9 } } ] } ] }"#;
        let found = Linter::Oxlint.read(json.as_bytes(), Path::new("/w"), &files()).unwrap();
        assert_eq!(
            lines(&found),
            [
                "src/a.js warning oxlint/no-var 2:1-2:4 m",
                "src/a.js error oxlint/typescript/x 1:1-1:1 t",
                "src/a.js info oxlint/syntax 3:1-3:1 a",
            ]
        );
        assert_eq!(found.findings[1].help.as_deref(), Some("h"));
    }

    #[test]
    fn what_is_no_report_is_an_error_and_much_is_counted() {
        for text in ["", "Oops", "{}", "[1]", "{\"diagnostics\": 1}"] {
            for linter in [Linter::Eslint, Linter::Oxlint] {
                let read = linter.read(text.as_bytes(), Path::new("/w"), &files());
                assert!(read.is_err(), "{text}");
            }
        }
        let one = r#"{ "ruleId": "x", "severity": 2, "message": "m", "line": 1, "column": 1 }"#;
        let many = vec![one; MAX_FINDINGS + 7].join(",");
        let json = format!(r#"[ {{ "filePath": "src/a.js", "messages": [{many}] }} ]"#);
        let found = Linter::Eslint.read(json.as_bytes(), Path::new("/w"), &files()).unwrap();
        assert_eq!((found.findings.len(), found.left_out), (MAX_FINDINGS, 7));
        assert!(
            Linter::has_rule("eslint/x")
                && !Linter::has_rule("eslintx")
                && !Linter::has_rule("x/y")
        );
    }
}
