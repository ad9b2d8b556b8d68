//! Conflicts that nothing can find.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::check::rules::builder;
use crate::check::rules::tables::statements;
use crate::check::schema::{Schema, name};
use crate::model::Severity;
use crate::model::finding::Category;
use sqlparser::ast::{ConflictTarget, OnInsert, Statement, TableObject};
use std::collections::BTreeSet;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "conflict-without-index",
    category: Category::Compatibility,
    severity: Severity::Error,
    class: "compatibility",
    summary: "`ON CONFLICT` names columns that no unique index has.",
    explanation: "PostgreSQL refuses the statement: it finds conflicts by a unique index on exactly these columns. `plugin_data` has none.",
    help: "Add a unique constraint on the columns, or look first and then insert or update.",
    bad: &[
        (
            "index.js",
            "export default class Plugin {\n  async track(input, ctx) {\n    return await ctx.db.query('INSERT INTO acme_plugin_a (id, name) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING', [1, input.name]);\n  }\n}\n",
        ),
        (
            "migrations/0001_a.sql",
            "CREATE TABLE IF NOT EXISTS acme_plugin_a (id INT PRIMARY KEY, name TEXT);\n",
        ),
        ("migrations/0001_a.down.sql", "DROP TABLE IF EXISTS acme_plugin_a;\n"),
    ],
    good: &[
        (
            "index.js",
            "export default class Plugin {\n  async track(input, ctx) {\n    return await ctx.db.query('INSERT INTO acme_plugin_a (id, name) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING', [1, input.name]);\n  }\n}\n",
        ),
        (
            "migrations/0001_a.sql",
            "CREATE TABLE IF NOT EXISTS acme_plugin_a (id INT PRIMARY KEY, name TEXT);\n",
        ),
        ("migrations/0001_a.down.sql", "DROP TABLE IF EXISTS acme_plugin_a;\n"),
    ],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    let schema = Schema::of(plugin.files);
    for (source, usage, statement) in statements(plugin) {
        let Statement::Insert(insert) = &statement else { continue };
        let TableObject::TableName(target) = &insert.table else { continue };
        let Some(OnInsert::OnConflict(conflict)) = &insert.on else { continue };
        let Some(ConflictTarget::Columns { columns, predicate: None }) = &conflict.conflict_target
        else {
            continue;
        };
        let wanted: BTreeSet<String> = columns.iter().map(|c| c.value.to_lowercase()).collect();
        let Some(table) = schema.tables.get(&name(target)) else { continue };
        if !table.uniques.contains(&wanted) {
            let list: Vec<String> = wanted.into_iter().collect();
            let message =
                format!("No unique index of `{}` has exactly ({})", name(target), list.join(", "));
            findings.code(source, usage.place, message);
        }
    }
    for source in plugin.sources.iter().filter(|s| !s.is_test && !s.is_dense) {
        let Some(module) = &source.module else { continue };
        builder::chains(module, |_, links| {
            for link in links.iter().filter(|l| l.name == "upsert") {
                let target = builder::option(link.args.get(1), "onConflict");
                let Some(columns) = builder::text(target) else { continue };
                let wanted: BTreeSet<String> =
                    columns.split(',').map(|c| c.trim().to_lowercase()).collect();
                let Some(table) = schema.tables.get(link.table) else { continue };
                let is_key = wanted.len() == 1 && wanted.contains("id") && table.has_key;
                if !table.uniques.contains(&wanted) && !is_key {
                    let list: Vec<String> = wanted.into_iter().collect();
                    let list = list.join(", ");
                    let message =
                        format!("No unique index of `{}` has exactly ({list})", link.table);
                    findings.code(source, link.place, message);
                }
            }
        });
    }
}
