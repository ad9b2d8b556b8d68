//! Down scripts that forget something.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::check::schema::{migrations, name, steps};
use crate::model::Severity;
use crate::model::Span;
use crate::model::finding::Category;
use sqlparser::ast::{ObjectType, Statement};

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "migration-down-incomplete",
    category: Category::Compatibility,
    severity: Severity::Warning,
    class: "compatibility",
    summary: "A down script does not drop a table that its migration makes.",
    explanation: "After a rollback the table stays behind, and the next update meets it.",
    help: "Drop the table in the down script.",
    bad: &[
        (
            "migrations/0001_a.sql",
            "CREATE TABLE IF NOT EXISTS acme_plugin_a (id INT PRIMARY KEY);\nCREATE TABLE IF NOT EXISTS acme_plugin_b (id INT PRIMARY KEY);\n",
        ),
        ("migrations/0001_a.down.sql", "DROP TABLE IF EXISTS acme_plugin_a;\n"),
    ],
    good: &[
        (
            "migrations/0001_a.sql",
            "CREATE TABLE IF NOT EXISTS acme_plugin_a (id INT PRIMARY KEY, name TEXT);\n",
        ),
        ("migrations/0001_a.down.sql", "DROP TABLE IF EXISTS acme_plugin_a;\n"),
    ],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    for (path, text) in migrations(plugin.files) {
        let down = path.as_str().replace(".sql", ".down.sql");
        let Some(undo) = plugin.files.text(&down) else { continue };
        let dropped: Vec<String> = steps(undo)
            .0
            .iter()
            .flat_map(|s| match &s.statement {
                Statement::Drop { object_type: ObjectType::Table, names, .. } => {
                    names.iter().map(name).collect()
                }
                _ => Vec::new(),
            })
            .collect();
        for step in steps(text).0 {
            if let Statement::CreateTable(table) = &step.statement
                && !dropped.contains(&name(&table.name))
            {
                let span = Span::locate(text, step.start, step.end);
                findings.at(path, span, format!("`{down}` does not drop `{}`", name(&table.name)));
            }
        }
    }
}
