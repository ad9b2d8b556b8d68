//! Migrations that stop the shop for a while.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::check::schema::{migrations, name, steps};
use crate::model::Severity;
use crate::model::Span;
use crate::model::finding::Category;
use sqlparser::ast::{AlterColumnOperation, AlterTableOperation, Statement};

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "migration-lock",
    category: Category::Compatibility,
    severity: Severity::Warning,
    class: "compatibility",
    summary: "A migration makes an index, or checks all rows, of a table that is in use.",
    explanation: "`CREATE INDEX`, `SET NOT NULL` and new constraints read the whole table while nobody may write to it. A migration runs in a transaction, so `CONCURRENTLY` is no way out; a table that an earlier release made may be large by now.",
    help: "Make indexes and constraints together with the table, or say in the changelog that the update takes time.",
    bad: &[
        (
            "migrations/0001_a.sql",
            "CREATE TABLE IF NOT EXISTS acme_plugin_a (id INT PRIMARY KEY, name TEXT);\n",
        ),
        ("migrations/0001_a.down.sql", "DROP TABLE IF EXISTS acme_plugin_a;\n"),
        (
            "migrations/0002_b.sql",
            "CREATE INDEX IF NOT EXISTS acme_plugin_a_name ON acme_plugin_a (name);\n",
        ),
        ("migrations/0002_b.down.sql", "DROP INDEX IF EXISTS acme_plugin_a_name;\n"),
    ],
    good: &[
        (
            "migrations/0001_a.sql",
            "CREATE TABLE IF NOT EXISTS acme_plugin_a (id INT PRIMARY KEY, name TEXT);\nCREATE INDEX IF NOT EXISTS acme_plugin_a_name ON acme_plugin_a (name);\n",
        ),
        ("migrations/0001_a.down.sql", "DROP TABLE IF EXISTS acme_plugin_a;\n"),
    ],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    for (path, text) in migrations(plugin.files) {
        for step in steps(text).0 {
            let (table, what) = match &step.statement {
                Statement::CreateIndex(index) => (name(&index.table_name), "This index is made"),
                Statement::AlterTable(alter) => {
                    let checks = alter.operations.iter().any(|o| match o {
                        AlterTableOperation::AddConstraint { not_valid, .. } => !not_valid,
                        AlterTableOperation::AlterColumn { op, .. } => {
                            matches!(op, AlterColumnOperation::SetNotNull)
                        }
                        _ => false,
                    });
                    if !checks {
                        continue;
                    }
                    (name(&alter.name), "All rows are checked")
                }
                _ => continue,
            };
            if super::is_older(plugin, path, &table) {
                let span = Span::locate(text, step.start, step.end);
                findings.at(path, span, format!("{what} while nobody may write to `{table}`"));
            }
        }
    }
}
