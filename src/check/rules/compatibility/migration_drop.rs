//! Migrations that throw data away.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::check::schema::{migrations, steps};
use crate::model::Severity;
use crate::model::Span;
use crate::model::finding::Category;
use sqlparser::ast::{AlterTableOperation, ObjectType, Statement};

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "migration-drops-data",
    category: Category::Compatibility,
    severity: Severity::Warning,
    class: "compatibility",
    summary: "An up migration drops a table or a column.",
    explanation: "What is dropped is gone: a rollback brings back the column, not what was in it.",
    help: "Stop using the column first; drop it in a later release, and say so in the changelog.",
    bad: &[
        (
            "migrations/0001_a.sql",
            "CREATE TABLE IF NOT EXISTS acme_plugin_a (id INT PRIMARY KEY, name TEXT);\n",
        ),
        ("migrations/0001_a.down.sql", "DROP TABLE IF EXISTS acme_plugin_a;\n"),
        ("migrations/0002_b.sql", "ALTER TABLE acme_plugin_a DROP COLUMN IF EXISTS name;\n"),
        ("migrations/0002_b.down.sql", "SELECT 1;\n"),
    ],
    good: &[
        (
            "migrations/0001_a.sql",
            "CREATE TABLE IF NOT EXISTS acme_plugin_a (id INT PRIMARY KEY, name TEXT);\n",
        ),
        ("migrations/0001_a.down.sql", "DROP TABLE IF EXISTS acme_plugin_a;\n"),
        (
            "migrations/0002_b.sql",
            "ALTER TABLE acme_plugin_a ADD COLUMN IF NOT EXISTS title TEXT;\n",
        ),
        ("migrations/0002_b.down.sql", "SELECT 1;\n"),
    ],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    for (path, text) in migrations(plugin.files) {
        for step in steps(text).0 {
            let drops = match &step.statement {
                Statement::Drop { object_type: ObjectType::Table, .. } => true,
                Statement::AlterTable(alter) => alter
                    .operations
                    .iter()
                    .any(|o| matches!(o, AlterTableOperation::DropColumn { .. })),
                _ => false,
            };
            if drops {
                let span = Span::locate(text, step.start, step.end);
                findings.at(path, span, "What is dropped here does not come back with a rollback");
            }
        }
    }
}
