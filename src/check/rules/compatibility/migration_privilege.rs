//! Migrations that change rights.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::check::sql;
use crate::model::Severity;
use crate::model::Span;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "migration-privilege",
    category: Category::Compatibility,
    severity: Severity::Error,
    class: "compatibility",
    summary: "A migration changes rights, roles or the database itself.",
    explanation: "Migrations run as the owner of the plugin's tables and may only define those. The shop refuses such a statement.",
    help: "Remove the statement; the shop gives the plugin the rights of its manifest.",
    bad: &[
        ("migrations/0001_a.sql", "GRANT ALL ON ALL TABLES IN SCHEMA public TO public;\n"),
        ("migrations/0001_a.down.sql", "SELECT 1;\n"),
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
            if let Some(what) = statement.privilege() {
                let span = Span::locate(text, statement.start, statement.end);
                findings.at(path, span, format!("The statement {what}"));
            }
        }
    }
}
