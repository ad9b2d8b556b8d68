//! Columns that there are not.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::ir::{
    Expr, ExprKind, Key, Module, PatternKind, Place, Stmt, StmtKind, Visitor, visit_module,
};
use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::check::rules::builder::{self, Link};
use crate::check::schema::{Schema, parse, read};
use crate::model::Severity;
use crate::model::finding::Category;
use crate::project::nearest;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "unknown-column",
    category: Category::Compatibility,
    severity: Severity::Error,
    class: "compatibility",
    summary: "A statement names a column that its table does not have.",
    explanation: "It fails when it runs. Names of products and categories stand in `product_translations` and `category_translations`; customers have `first_name` and `last_name`.",
    help: "Correct the name, join the table that has the column, or add a migration.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return await ctx.db.query('SELECT c.name FROM customers c WHERE c.id = $1', [input.id]);\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return await ctx.db.query('SELECT c.first_name FROM customers c WHERE c.id = $1', [input.id]);\n  }\n}\n",
    )],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    let schema = Schema::of(plugin.files);
    for usage in &plugin.facts.sql {
        let source = &plugin.sources[usage.file as usize];
        if source.is_test {
            continue;
        }

        for statement in parse(&usage.text).unwrap_or_default() {
            let Some(reading) = read(&statement) else { continue };
            let known: Vec<_> =
                reading.tables.values().filter_map(|t| schema.tables.get(t)).collect();
            let all_known = known.len() == reading.tables.len();
            for (table, column) in &reading.columns {
                let missing = match table {
                    Some(shown) => reading.tables.get(shown).and_then(|t| {
                        let own = schema.tables.get(t)?;
                        (!own.columns.contains(column)).then(|| t.clone())
                    }),
                    None => {
                        let has = known.iter().any(|t| t.columns.contains(column))
                            || reading.aliases.contains(column)
                            || reading.tables.contains_key(column);
                        (all_known && !has && known.len() == 1)
                            .then(|| reading.tables.values().next().cloned().unwrap_or_default())
                    }
                };
                let Some(table) = missing.filter(|_| column != "*") else { continue };
                findings.code(source, usage.place, missing_words(&schema, &table, column));
            }
        }
    }
    for source in plugin.sources.iter().filter(|s| !s.is_test && !s.is_dense) {
        let Some(module) = &source.module else { continue };
        for (place, table, column) in builder_columns(module, &schema) {
            findings.code(source, place, missing_words(&schema, &table, &column));
        }
    }
}

fn missing_words(schema: &Schema, table: &str, column: &str) -> String {
    let mut message = format!("`{table}` has no column `{column}`");
    let columns = schema.tables.get(table).map(|t| &t.columns);
    if let Some(meant) = columns.and_then(|c| nearest(column, c.iter().map(String::as_str))) {
        message.push_str(&format!("; did you mean `{meant}`?"));
    }
    message
}

/// Columns that the query builder is asked for, and that code reads of its rows, which the table
/// does not have.
fn builder_columns(module: &Module, schema: &Schema) -> Vec<(Place, String, String)> {
    let lacks = |table: &str, column: &str| {
        schema
            .tables
            .get(table)
            .is_some_and(|t| !(t.columns.contains(column) || t.made_in.is_some() && schema.is_open))
    };
    let mut found = Vec::new();
    builder::chains(module, |_, links| {
        for link in links {
            for (place, column) in named(link) {
                if lacks(link.table, &column) {
                    found.push((place, link.table.to_owned(), column));
                }
            }
        }
    });
    let mut rows = Rows::default();
    visit_module(module, &mut rows);
    let mut read = Read { rows: &rows.rows, found: Vec::new(), written: BTreeSet::new() };
    visit_module(module, &mut read);
    for (place, table, column) in read.found {
        if lacks(&table, &column) && !read.written.contains(&column) {
            found.push((place, table, column));
        }
    }
    found
}

/// A column as the builder takes it, without a cast and a path in it.
fn bare(written: &str) -> Option<String> {
    let name = written.split("::").next()?.split("->").next()?;
    let name = name.rsplit(':').next()?.trim();
    let is_plain = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    is_plain.then(|| name.to_ascii_lowercase())
}

/// Columns that one call of a chain names.
fn named(link: &Link<'_>) -> Vec<(Place, String)> {
    match link.name {
        "select" => {
            let Some(text) = builder::text(link.args.first()) else { return Vec::new() };
            // Joins bring columns of other tables.
            if text.contains(['(', '*', '!']) {
                return Vec::new();
            }
            let place = link.args[0].place;
            text.split(',').filter_map(bare).map(|column| (place, column)).collect()
        }
        "eq" | "neq" | "gt" | "gte" | "lt" | "lte" | "like" | "ilike" | "in" | "is" | "not"
        | "order" | "contains" | "containedBy" => builder::text(link.args.first())
            .filter(|text| !text.contains('.'))
            .and_then(bare)
            .map(|column| (link.args[0].place, column))
            .into_iter()
            .collect(),
        "insert" | "update" | "upsert" => {
            let Some(first) = link.args.first() else { return Vec::new() };
            let keys = builder::keys(first).into_iter();
            keys.map(|(place, key, _)| (place, key.to_owned())).collect()
        }
        _ => Vec::new(),
    }
}

/// Variables that hold a row of a table.
#[derive(Default)]
struct Rows {
    rows: BTreeMap<u32, String>,
    lists: BTreeMap<u32, String>,
}

impl Visitor for Rows {
    fn statement(&mut self, stmt: &Stmt) {
        match &stmt.kind {
            StmtKind::Declare(pattern, Some(value)) => {
                let ExprKind::Await(query) = &value.kind else { return };
                let links = builder::links(query);
                let PatternKind::Object(parts, _) = &pattern.kind else { return };
                let data = parts.iter().find_map(|(key, inner)| match (key, &inner.kind) {
                    (Key::Name(name), PatternKind::Symbol(symbol)) if &**name == "data" => {
                        Some(*symbol)
                    }
                    _ => None,
                });
                let (Some(symbol), Some(first)) = (data, links.first()) else { return };
                // What is renamed or joined has names of its own.
                let is_plain = links.iter().filter(|l| l.name == "select").all(|l| {
                    builder::text(l.args.first()).is_none_or(|text| !text.contains([':', '(', '>']))
                });
                if !is_plain {
                    return;
                }
                let is_one = links.iter().any(|l| matches!(l.name, "single" | "maybeSingle"));
                let list = if is_one { &mut self.rows } else { &mut self.lists };
                list.insert(symbol, first.table.to_owned());
            }
            StmtKind::ForEach { pattern, subject, keys: false, .. } => {
                if let (PatternKind::Symbol(row), Some(table)) = (&pattern.kind, self.list(subject))
                {
                    self.rows.insert(*row, table);
                }
            }
            _ => {}
        }
    }

    fn expression(&mut self, expr: &Expr) {
        let ExprKind::Call(call) = &expr.kind else { return };
        let ExprKind::Member(object, name) = &call.callee.kind else { return };
        let walks = ["map", "forEach", "filter", "find", "some", "every", "flatMap", "findIndex"];
        if !walks.contains(&&**name) {
            return;
        }
        let Some(table) = self.list(object) else { return };
        if let Some(Expr { kind: ExprKind::Function(f), .. }) = call.args.first()
            && let Some(PatternKind::Symbol(row)) = f.params.first().map(|p| &p.pattern.kind)
        {
            self.rows.insert(*row, table);
        }
    }
}

impl Rows {
    /// The table whose rows a value is: the variable, or `rows || []`.
    fn list(&self, value: &Expr) -> Option<String> {
        match &value.kind {
            ExprKind::Symbol(symbol) => self.lists.get(symbol).cloned(),
            ExprKind::Logical(_, a, _) => self.list(a),
            _ => None,
        }
    }
}

struct Read<'r> {
    rows: &'r BTreeMap<u32, String>,
    found: Vec<(Place, String, String)>,
    /// Names that the code gives to rows itself.
    written: BTreeSet<String>,
}

impl Visitor for Read<'_> {
    fn expression(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Member(object, name) => {
                if let ExprKind::Symbol(symbol) = object.kind
                    && let Some(table) = self.rows.get(&symbol)
                    && !matches!(&**name, "toString" | "hasOwnProperty" | "length" | "constructor")
                {
                    self.found.push((expr.place, table.clone(), name.to_string()));
                }
            }
            ExprKind::Assign(_, pattern, _) => {
                if let PatternKind::Target(target) = &pattern.kind
                    && let ExprKind::Member(_, name) = &target.kind
                {
                    self.written.insert(name.to_string());
                }
            }
            _ => {}
        }
    }
}
