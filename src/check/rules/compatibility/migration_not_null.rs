//! Columns that old rows cannot have.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::check::schema::{migrations, steps};
use crate::model::Severity;
use crate::model::Span;
use crate::model::finding::Category;
use sqlparser::ast::{AlterTableOperation, ColumnOption, Statement};

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "migration-not-null",
    category: Category::Compatibility,
    severity: Severity::Error,
    class: "compatibility",
    summary: "A migration adds a column that must have a value and gives none.",
    explanation: "It fails in every shop whose table has rows, and works on the empty table of a test.",
    help: "Give the column a `DEFAULT`, or allow null.",
    bad: &[
        (
            "migrations/0001_a.sql",
            "CREATE TABLE IF NOT EXISTS acme_plugin_a (id INT PRIMARY KEY, name TEXT);\n",
        ),
        ("migrations/0001_a.down.sql", "DROP TABLE IF EXISTS acme_plugin_a;\n"),
        (
            "migrations/0002_b.sql",
            "ALTER TABLE acme_plugin_a ADD COLUMN IF NOT EXISTS points INT NOT NULL;\n",
        ),
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
            "ALTER TABLE acme_plugin_a ADD COLUMN IF NOT EXISTS points INT NOT NULL DEFAULT 0;\n",
        ),
        ("migrations/0002_b.down.sql", "SELECT 1;\n"),
    ],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    for (path, text) in migrations(plugin.files) {
        for step in steps(text).0 {
            let Statement::AlterTable(alter) = &step.statement else { continue };
            for operation in &alter.operations {
                let AlterTableOperation::AddColumn { column_def, .. } = operation else { continue };
                let has = |wanted: fn(&ColumnOption) -> bool| {
                    column_def.options.iter().any(|o| wanted(&o.option))
                };
                let must =
                    has(|o| matches!(o, ColumnOption::NotNull | ColumnOption::PrimaryKey(_)));
                let is_given =
                    has(|o| matches!(o, ColumnOption::Default(_) | ColumnOption::Generated { .. }))
                        || column_def.data_type.to_string().to_lowercase().contains("serial");
                if must && !is_given {
                    let span = Span::locate(text, step.start, step.end);
                    let message = format!("Old rows have no value for `{}`", column_def.name);
                    findings.at(path, span, message);
                }
            }
        }
    }
}
