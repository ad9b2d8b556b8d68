//! Times that depend on a setting.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::check::schema::{migrations, steps};
use crate::model::Severity;
use crate::model::Span;
use crate::model::finding::Category;
use sqlparser::ast::Statement;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "timestamp-without-zone",
    category: Category::Compatibility,
    severity: Severity::Info,
    class: "compatibility",
    summary: "A column holds a time without a time zone.",
    explanation: "What it means depends on the setting of whoever writes and reads it; around a change of the clock it means two moments.",
    help: "Use `TIMESTAMP WITH TIME ZONE`.",
    bad: &[
        (
            "migrations/0001_a.sql",
            "CREATE TABLE IF NOT EXISTS acme_plugin_a (id INT PRIMARY KEY, paid_at TIMESTAMP);\n",
        ),
        ("migrations/0001_a.down.sql", "DROP TABLE IF EXISTS acme_plugin_a;\n"),
    ],
    good: &[
        (
            "migrations/0001_a.sql",
            "CREATE TABLE IF NOT EXISTS acme_plugin_a (id INT PRIMARY KEY, paid_at TIMESTAMP WITH TIME ZONE);\n",
        ),
        ("migrations/0001_a.down.sql", "DROP TABLE IF EXISTS acme_plugin_a;\n"),
    ],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    for (path, text) in migrations(plugin.files) {
        for step in steps(text).0 {
            let Statement::CreateTable(table) = &step.statement else { continue };
            for column in &table.columns {
                let kind = column.data_type.to_string().to_lowercase();
                if kind.starts_with("timestamp")
                    && !kind.contains("with time zone")
                    && !kind.starts_with("timestamptz")
                {
                    let span = Span::locate(text, step.start, step.end);
                    findings.at(path, span, format!("`{}` has no time zone", column.name));
                }
            }
        }
    }
}
