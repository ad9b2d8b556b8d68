//! References without an index.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::check::schema::Schema;
use crate::model::Severity;
use crate::model::Span;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "reference-without-index",
    category: Category::Performance,
    severity: Severity::Warning,
    class: "performance",
    summary: "A column that refers to another table has no index.",
    explanation: "Each delete in the other table then reads this one from end to end, and so does each join.",
    help: "Make an index that begins with the column.",
    bad: &[
        (
            "migrations/0001_a.sql",
            "CREATE TABLE IF NOT EXISTS acme_plugin_a (id INT PRIMARY KEY);\nCREATE TABLE IF NOT EXISTS acme_plugin_b (id INT PRIMARY KEY, a_id INT REFERENCES acme_plugin_a (id));\n",
        ),
        (
            "migrations/0001_a.down.sql",
            "DROP TABLE IF EXISTS acme_plugin_b;\nDROP TABLE IF EXISTS acme_plugin_a;\n",
        ),
    ],
    good: &[
        (
            "migrations/0001_a.sql",
            "CREATE TABLE IF NOT EXISTS acme_plugin_a (id INT PRIMARY KEY);\nCREATE TABLE IF NOT EXISTS acme_plugin_b (id INT PRIMARY KEY, a_id INT REFERENCES acme_plugin_a (id));\nCREATE INDEX IF NOT EXISTS acme_plugin_b_a ON acme_plugin_b (a_id);\n",
        ),
        (
            "migrations/0001_a.down.sql",
            "DROP TABLE IF EXISTS acme_plugin_b;\nDROP TABLE IF EXISTS acme_plugin_a;\n",
        ),
    ],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    for (table, made) in &Schema::of(plugin.files).tables {
        let Some(path) = &made.made_in else { continue };
        let Some(text) = plugin.files.text(path.as_str()) else { continue };
        for column in made.references.iter().filter(|c| !made.indexed.contains(*c)) {
            let span = Span::locate(text, made.start, made.end);
            findings.at(path, span, format!("No index of `{table}` begins with `{column}`"));
        }
    }
}
