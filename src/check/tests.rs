//! Every rule against its own examples.

use std::sync::Arc;

use super::rule::Example;
use super::{Advisories, Options, Profile, RULES, Report, Subject, check};
use crate::model::{FileSet, TreePath};

/// A faultless plugin.
const BASE: &[(&str, &str)] = &[
    (
        "manifest.json",
        r#"{ "name": "Acme", "slug": "acme-plugin", "version": "1.0.0", "type": "custom", "description": "An example.", "license": "MIT" }"#,
    ),
    ("index.js", "export default class Plugin {}\n"),
    ("README.md", "# Acme\n"),
    ("LICENSE", "MIT\n"),
    ("CHANGELOG.md", "# 1.0.0\n"),
    ("tests/unit/plugin.test.js", "import { it } from 'node:test';\nit('works', () => {});\n"),
];

fn files(example: Example) -> FileSet {
    let mut files = FileSet::new();
    for (path, text) in BASE {
        let text = example.iter().find(|(p, _)| p == path).map_or(*text, |(_, text)| text);
        if !text.is_empty() {
            files.insert(TreePath::new(path).unwrap(), text.as_bytes().to_vec());
        }
    }
    for (path, text) in example {
        if !text.is_empty() {
            files.insert(TreePath::new(path).unwrap(), text.as_bytes().to_vec());
        }
    }
    files
}

fn report(example: Example) -> Report {
    // Advisories of an example stand below `osv/`, as with `--osv osv`.
    let mut advisories = Advisories::default();
    for (path, text) in example.iter().filter(|(path, _)| path.starts_with("osv/")) {
        advisories.add(path, text.as_bytes());
    }
    let advisories = Some(Arc::new(advisories));
    let options = Options { profile: Profile::Strict, advisories, ..Options::default() };
    check(&Subject { files: &files(example) }, &options)
}

#[test]
fn every_rule_reports_its_bad_example_and_not_its_good_one() {
    let mut wrong = Vec::new();
    for rule in RULES {
        let bad = report(rule.bad);
        if !bad.issues.iter().any(|f| f.rule == rule.id) {
            wrong.push(format!("{}: silent about its bad example: {:?}", rule.id, bad.issues));
        }
        let good = report(rule.good);
        if let Some(finding) = good.issues.iter().find(|f| f.rule == rule.id) {
            wrong.push(format!("{}: reports its good example: {finding:?}", rule.id));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_faultless_plugin_has_a_hundred() {
    let report = report(&[]);
    assert_eq!((report.score, report.issues.len()), (100, 0), "{:?}", report.issues);
    assert!(report.passed);
}

#[test]
fn ids_are_unique_and_say_what_they_do() {
    let mut seen = std::collections::BTreeSet::new();
    for rule in RULES {
        assert!(seen.insert(rule.id), "{} stands twice", rule.id);
        assert!(rule.id.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{}", rule.id);
        assert!(rule.summary.ends_with('.') && rule.explanation.ends_with('.'), "{}", rule.id);
        assert!(rule.help.ends_with('.'), "{}", rule.id);
        assert_ne!(rule.bad, rule.good, "{}", rule.id);
    }
}
