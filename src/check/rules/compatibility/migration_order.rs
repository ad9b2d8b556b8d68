//! Migrations without a clear order.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::check::schema::migrations;
use crate::model::Severity;
use crate::model::Span;
use crate::model::TreePath;
use crate::model::finding::Category;
use std::collections::BTreeMap;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "migration-order",
    category: Category::Compatibility,
    severity: Severity::Error,
    class: "compatibility",
    summary: "The name of a migration does not begin with a number of its own.",
    explanation: "Migrations run in the order of their numbers. Two files with one number, or a name without, run in an order that nobody chose.",
    help: "Name it `0002_what_it_does.sql`, with a number that no other file has.",
    bad: &[
        (
            "migrations/0001_a.sql",
            "CREATE TABLE IF NOT EXISTS acme_plugin_a (id INT PRIMARY KEY, name TEXT);\n",
        ),
        ("migrations/0001_a.down.sql", "DROP TABLE IF EXISTS acme_plugin_a;\n"),
        (
            "migrations/0001_b.sql",
            "CREATE TABLE IF NOT EXISTS acme_plugin_b (id INT PRIMARY KEY);\n",
        ),
        ("migrations/0001_b.down.sql", "DROP TABLE IF EXISTS acme_plugin_b;\n"),
    ],
    good: &[
        (
            "migrations/0001_a.sql",
            "CREATE TABLE IF NOT EXISTS acme_plugin_a (id INT PRIMARY KEY, name TEXT);\n",
        ),
        ("migrations/0001_a.down.sql", "DROP TABLE IF EXISTS acme_plugin_a;\n"),
        (
            "migrations/0002_b.sql",
            "CREATE TABLE IF NOT EXISTS acme_plugin_b (id INT PRIMARY KEY);\n",
        ),
        ("migrations/0002_b.down.sql", "DROP TABLE IF EXISTS acme_plugin_b;\n"),
    ],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    let mut seen: BTreeMap<u64, &TreePath> = BTreeMap::new();
    for (path, _) in migrations(plugin.files) {
        let digits: String = path.file_name().chars().take_while(char::is_ascii_digit).collect();
        let Ok(number) = digits.parse::<u64>() else {
            findings.at(path, Span::START, "The name does not begin with a number");
            continue;
        };
        if let Some(other) = seen.insert(number, path) {
            findings.at(path, Span::START, format!("`{other}` has the number {number}, too"));
        }
    }
}
