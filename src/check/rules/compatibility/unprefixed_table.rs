//! Tables that could be anybody's.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::check::schema::Schema;
use crate::model::Severity;
use crate::model::Span;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "unprefixed-table",
    category: Category::Compatibility,
    severity: Severity::Warning,
    class: "compatibility",
    summary: "The name of a table does not begin with the name of the plugin.",
    explanation: "All plugins of a shop share one schema: two that both make `events` cannot be installed together.",
    help: "Begin the name with the slug, with `_` for `-`.",
    bad: &[
        (
            "migrations/0001_a.sql",
            "CREATE TABLE IF NOT EXISTS tracked_events (id INT PRIMARY KEY);\n",
        ),
        ("migrations/0001_a.down.sql", "DROP TABLE IF EXISTS tracked_events;\n"),
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
    let Some(manifest) = plugin.manifest else { return };
    let prefix = format!("{}_", manifest.slug.as_str().replace('-', "_"));
    for (table, made) in &Schema::of(plugin.files).tables {
        let Some(path) = &made.made_in else { continue };
        let Some(text) = plugin.files.text(path.as_str()) else { continue };
        if !table.starts_with(&prefix) {
            let span = Span::locate(text, made.start, made.end);
            findings.at(path, span, format!("`{table}` does not begin with `{prefix}`"));
        }
    }
}
