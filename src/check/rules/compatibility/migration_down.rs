//! Migrations that cannot be undone.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::Span;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "migration-no-down",
    category: Category::Compatibility,
    severity: Severity::Warning,
    class: "compatibility",
    summary: "A migration has no down script.",
    explanation: "Rollback and uninstall undo migrations with `NAME.down.sql`; without it they need a backup.",
    help: "Add the file with the statements that undo the migration.",
    bad: &[("migrations/0001_a.sql", "CREATE TABLE IF NOT EXISTS acme_plugin_a (id INT);\n")],
    good: &[
        ("migrations/0001_a.sql", "CREATE TABLE IF NOT EXISTS acme_plugin_a (id INT);\n"),
        ("migrations/0001_a.down.sql", "DROP TABLE IF EXISTS acme_plugin_a;\n"),
    ],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    for (path, _) in super::migrations(plugin) {
        let down = path.as_str().replace(".sql", ".down.sql");
        if !path.as_str().ends_with(".down.sql") && !plugin.files.contains(&down) {
            findings.at(path, Span::START, format!("There is no `{down}`"));
        }
    }
}
