//! Migrations that fail the second time.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::check::sql;
use crate::model::Severity;
use crate::model::Span;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "migration-not-repeatable",
    category: Category::Compatibility,
    severity: Severity::Warning,
    class: "compatibility",
    summary: "A migration fails when it runs a second time.",
    explanation: "After a crash, or in a shop that was restored from a backup, a migration can meet its own tables.",
    help: "Write `IF NOT EXISTS`, or `IF EXISTS` for drops.",
    bad: &[
        ("migrations/0001_a.sql", "CREATE TABLE acme_plugin_a (id INT);\n"),
        ("migrations/0001_a.down.sql", "DROP TABLE IF EXISTS acme_plugin_a;\n"),
    ],
    good: &[
        ("migrations/0001_a.sql", "CREATE TABLE IF NOT EXISTS acme_plugin_a (id INT);\n"),
        ("migrations/0001_a.down.sql", "DROP TABLE IF EXISTS acme_plugin_a;\n"),
    ],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    for (path, text) in super::migrations(plugin) {
        for statement in sql::statements(text).unwrap_or_default() {
            if statement.fails_twice() {
                let span = Span::locate(text, statement.start, statement.end);
                findings.at(path, span, "The statement fails when it runs a second time");
            }
        }
    }
}
