//! Tables without a key.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::check::schema::Schema;
use crate::model::Severity;
use crate::model::Span;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "no-primary-key",
    category: Category::Compatibility,
    severity: Severity::Warning,
    class: "compatibility",
    summary: "A table has no primary key.",
    explanation: "Rows cannot be told apart, nor restored one by one from a backup.",
    help: "Add `id UUID PRIMARY KEY DEFAULT gen_random_uuid()`, or name the columns that identify a row.",
    bad: &[
        ("migrations/0001_a.sql", "CREATE TABLE IF NOT EXISTS acme_plugin_a (id INT);\n"),
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
    for (table, made) in &Schema::of(plugin.files).tables {
        let Some(path) = made.made_in.as_ref().filter(|_| !made.has_key) else { continue };
        let Some(text) = plugin.files.text(path.as_str()) else { continue };
        let span = Span::locate(text, made.start, made.end);
        findings.at(path, span, format!("`{table}` has no primary key"));
    }
}
