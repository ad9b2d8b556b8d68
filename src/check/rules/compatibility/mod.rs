//! Rules about the shop and the platform: what they call, what they offer.

pub(super) mod builder_method;
pub(super) mod call_address;
pub(super) mod conflict_target;
pub(super) mod dangling_call;
pub(super) mod entity_table;
pub(super) mod filter_return;
pub(super) mod float_money_column;
pub(super) mod handler_arity;
pub(super) mod host_version;
pub(super) mod insert_select;
pub(super) mod migration_down;
pub(super) mod migration_down_partial;
pub(super) mod migration_drop;
pub(super) mod migration_foreign_table;
pub(super) mod migration_lock;
pub(super) mod migration_not_null;
pub(super) mod migration_order;
pub(super) mod migration_privilege;
pub(super) mod migration_repeat;
pub(super) mod migration_rewrite;
pub(super) mod migration_syntax;
pub(super) mod migration_transaction;
pub(super) mod missing_entry;
pub(super) mod missing_handler;
pub(super) mod missing_method;
pub(super) mod missing_part;
pub(super) mod no_primary_key;
pub(super) mod package_call;
pub(super) mod package_component;
pub(super) mod package_context;
pub(super) mod package_cron;
pub(super) mod package_event;
pub(super) mod package_files;
pub(super) mod package_filter;
pub(super) mod package_form;
pub(super) mod package_ignored;
pub(super) mod package_lost_row;
pub(super) mod package_route;
pub(super) mod package_side;
pub(super) mod package_tables;
pub(super) mod package_version;
pub(super) mod plain_timestamp;
pub(super) mod remote_function;
pub(super) mod replacements;
pub(super) mod result_shape;
pub(super) mod server_in_browser;
pub(super) mod silent_hook;
pub(super) mod storage_event;
pub(super) mod undefined_name;
pub(super) mod unknown_column;
pub(super) mod unknown_hook;
pub(super) mod unknown_member;
pub(super) mod unknown_table;
pub(super) mod unprefixed_table;
pub(super) mod unresolved_import;
pub(super) mod widget_props;

use std::collections::BTreeSet;

use crate::check::flow::Exported;
use crate::check::ir::{Expr, ExprKind, Place, StmtKind, Visitor, visit_module};
use crate::check::plugin::{Plugin, Source};
use crate::model::TreePath;

/// What a file exports.
fn exported(plugin: &Plugin<'_>, path: &str) -> Option<Exported> {
    let at = plugin.sources.binary_search_by(|s| s.path.as_str().cmp(path)).ok()?;
    plugin.facts.exports.get(&(at as u32)).cloned()
}

/// Where a file's default export stands.
fn default_export(source: &Source) -> Place {
    let Some(module) = &source.module else { return Place::default() };
    for stmt in &module.body.body {
        let found = match &stmt.kind {
            StmtKind::ExportDefault(_) => true,
            StmtKind::Expr(expr) => source.slice(expr.place).starts_with("module.exports"),
            _ => false,
        };
        if found {
            let line_end = source.text[stmt.place.start as usize..].find('\n').unwrap_or(0) as u32;
            return Place { start: stmt.place.start, end: stmt.place.start + line_end };
        }
    }
    Place::default()
}

/// The migrations: SQL files below `migrations/`.
fn migrations<'a>(plugin: &Plugin<'a>) -> Vec<(&'a TreePath, &'a str)> {
    let mut found = Vec::new();
    for (path, bytes) in plugin.files.iter() {
        if path.is_below("migrations")
            && path.extension() == "sql"
            && let Ok(text) = std::str::from_utf8(bytes)
        {
            found.push((path, text));
        }
    }
    found
}

/// Whether a table was made by a migration before the one at `path`: it may have rows by now.
fn is_older(plugin: &Plugin<'_>, path: &TreePath, table: &str) -> bool {
    crate::check::schema::migrations(plugin.files).iter().take_while(|(p, _)| *p != path).any(
        |(_, text)| {
            crate::check::sql::statements(text)
                .unwrap_or_default()
                .iter()
                .any(|s| s.creates().as_deref() == Some(table))
        },
    )
}

/// Packages that package.json depends on.
fn package_names(plugin: &Plugin<'_>) -> BTreeSet<String> {
    let json = plugin
        .files
        .text("package.json")
        .and_then(|text| serde_json::from_str::<serde_json::Value>(text).ok())
        .unwrap_or_default();
    ["dependencies", "devDependencies", "peerDependencies"]
        .iter()
        .filter_map(|key| json.get(key)?.as_object())
        .flat_map(|list| list.keys().cloned())
        .collect()
}

/// Modules that a file imports, by name.
fn imports(source: &Source) -> Vec<(Place, String)> {
    struct Requires(Vec<(Place, String)>);
    impl Visitor for Requires {
        fn expression(&mut self, expr: &Expr) {
            let source = match &expr.kind {
                ExprKind::Import(source) => Some(&**source),
                ExprKind::Call(call) => match &call.callee.kind {
                    ExprKind::Global(name) if &**name == "require" => call.args.first(),
                    _ => None,
                },
                _ => None,
            };
            if let Some(Expr { kind: ExprKind::Text(name), place }) = source {
                self.0.push((*place, name.to_string()));
            }
        }
    }
    let Some(module) = &source.module else { return Vec::new() };
    let mut found = Requires(Vec::new());
    visit_module(module, &mut found);
    let mut list = found.0;
    list.extend(module.imports.iter().map(|i| (i.place, i.source.to_string())));
    list.sort();
    list.dedup();
    list
}
