//! Migrations that write a table anew.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::check::schema::{migrations, name, steps};
use crate::model::Severity;
use crate::model::Span;
use crate::model::finding::Category;
use sqlparser::ast::{AlterColumnOperation, AlterTableOperation, Statement};

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "migration-rewrite",
    category: Category::Compatibility,
    severity: Severity::Warning,
    class: "compatibility",
    summary: "A migration changes the type of a column of a table that is in use.",
    explanation: "PostgreSQL then writes the whole table and all its indexes again, and nobody may read or write it meanwhile.",
    help: "Add a column of the new type, fill it in steps, and change the code.",
    bad: &[
        (
            "migrations/0001_a.sql",
            "CREATE TABLE IF NOT EXISTS acme_plugin_a (id INT PRIMARY KEY, name TEXT);\n",
        ),
        ("migrations/0001_a.down.sql", "DROP TABLE IF EXISTS acme_plugin_a;\n"),
        ("migrations/0002_b.sql", "ALTER TABLE acme_plugin_a ALTER COLUMN id TYPE BIGINT;\n"),
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
            "ALTER TABLE acme_plugin_a ADD COLUMN IF NOT EXISTS big_id BIGINT;\n",
        ),
        ("migrations/0002_b.down.sql", "ALTER TABLE acme_plugin_a DROP COLUMN IF EXISTS big_id;\n"),
    ],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    for (path, text) in migrations(plugin.files) {
        for step in steps(text).0 {
            let Statement::AlterTable(alter) = &step.statement else { continue };
            let rewrites = alter.operations.iter().any(|o| {
                matches!(
                    o,
                    AlterTableOperation::AlterColumn {
                        op: AlterColumnOperation::SetDataType { .. },
                        ..
                    }
                )
            });
            let table = name(&alter.name);
            if rewrites && super::is_older(plugin, path, &table) {
                let span = Span::locate(text, step.start, step.end);
                findings.at(path, span, format!("All of `{table}` is written anew"));
            }
        }
    }
}
