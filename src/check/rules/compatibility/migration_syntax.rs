//! Migrations that are not SQL.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::check::sql;
use crate::model::Severity;
use crate::model::Span;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "migration-syntax",
    category: Category::Compatibility,
    severity: Severity::Error,
    class: "compatibility",
    summary: "A migration is not valid PostgreSQL.",
    explanation: "It fails when the plugin is installed.",
    help: "Correct the statement.",
    bad: &[
        ("migrations/0001_a.sql", "CREATE TABEL acme_plugin_a (id INT);\n"),
        ("migrations/0001_a.down.sql", "DROP TABLE IF EXISTS acme_plugin_a;\n"),
    ],
    good: &[
        ("migrations/0001_a.sql", "CREATE TABLE IF NOT EXISTS acme_plugin_a (id INT);\n"),
        ("migrations/0001_a.down.sql", "DROP TABLE IF EXISTS acme_plugin_a;\n"),
    ],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    for (path, text) in super::migrations(plugin) {
        let Some(statements) = sql::statements(text) else {
            findings.at(path, Span::START, "The file is not SQL: a quote or comment is not closed");
            continue;
        };
        for statement in statements {
            let first = statement.words.first().map(String::as_str).unwrap_or_default();
            let second = statement.words.get(1).map(String::as_str).unwrap_or_default();
            if !is_start(first, second) {
                let span = Span::locate(text, statement.start, statement.end);
                findings.at(path, span, format!("No statement begins with `{first} {second}`"));
            }
        }
    }
}

fn is_start(first: &str, second: &str) -> bool {
    const OBJECTS: &[&str] = &[
        "table",
        "index",
        "unique",
        "view",
        "materialized",
        "sequence",
        "type",
        "domain",
        "function",
        "procedure",
        "trigger",
        "schema",
        "extension",
        "or",
        "temporary",
        "temp",
        "unlogged",
        "role",
        "user",
        "rule",
        "policy",
        "aggregate",
        "operator",
        "collation",
        "statistics",
        "database",
        "publication",
        "subscription",
        "server",
        "foreign",
        "cast",
        "constraint",
        "event",
        "group",
        "system",
        "default",
        "tablespace",
        "language",
        "access",
        "recursive",
    ];
    match first {
        "create" | "alter" | "drop" => OBJECTS.contains(&second),
        "insert" => second == "into",
        "delete" => second == "from",
        "select" | "update" | "with" | "truncate" | "comment" | "grant" | "revoke" | "do"
        | "set" | "reset" | "begin" | "commit" | "rollback" | "start" | "analyze" | "vacuum"
        | "values" | "copy" | "lock" | "merge" | "refresh" | "reindex" | "savepoint" | "call"
        | "table" | "end" | "cluster" | "notify" | "listen" | "explain" | "show" | "(" => true,
        _ => false,
    }
}
