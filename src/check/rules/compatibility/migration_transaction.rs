//! Migrations that want a transaction of their own.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::check::sql;
use crate::model::Severity;
use crate::model::Span;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "migration-transaction",
    category: Category::Compatibility,
    severity: Severity::Error,
    class: "compatibility",
    summary: "A migration begins or ends a transaction, or holds what cannot run in one.",
    explanation: "A migration runs in one transaction, all of it or nothing. `BEGIN`, `COMMIT`, `VACUUM` and `CONCURRENTLY` are refused.",
    help: "Leave the statement out.",
    bad: &[
        (
            "migrations/0001_a.sql",
            "CREATE TABLE IF NOT EXISTS acme_plugin_a (id INT PRIMARY KEY, name TEXT);\n",
        ),
        ("migrations/0001_a.down.sql", "DROP TABLE IF EXISTS acme_plugin_a;\n"),
        (
            "migrations/0002_b.sql",
            "BEGIN;\nALTER TABLE acme_plugin_a ADD COLUMN IF NOT EXISTS n INT;\nCOMMIT;\n",
        ),
        ("migrations/0002_b.down.sql", "SELECT 1;\n"),
    ],
    good: &[
        (
            "migrations/0001_a.sql",
            "CREATE TABLE IF NOT EXISTS acme_plugin_a (id INT PRIMARY KEY, name TEXT);\n",
        ),
        ("migrations/0001_a.down.sql", "DROP TABLE IF EXISTS acme_plugin_a;\n"),
        ("migrations/0002_b.sql", "ALTER TABLE acme_plugin_a ADD COLUMN IF NOT EXISTS n INT;\n"),
        ("migrations/0002_b.down.sql", "SELECT 1;\n"),
    ],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    for (path, text) in super::migrations(plugin) {
        for statement in sql::statements(text).unwrap_or_default() {
            let first = statement.words.first().map(String::as_str).unwrap_or_default();
            let is_own = matches!(
                first,
                "begin"
                    | "commit"
                    | "rollback"
                    | "start"
                    | "savepoint"
                    | "end"
                    | "vacuum"
                    | "release"
            );
            if is_own || statement.words.iter().any(|w| w == "concurrently") {
                let span = Span::locate(text, statement.start, statement.end);
                findings.at(path, span, "A migration runs in one transaction already");
            }
        }
    }
}
