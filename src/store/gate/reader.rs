//! Walks a parsed statement: statement kinds, functions, tables.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use sqlparser::ast::{
    Delete, Expr, FromTable, Function, ObjectName, ObjectNamePart, Query, Select, SetExpr,
    Statement, TableFactor, TableObject, Visit, Visitor,
};

use super::{Refusal, functions};
use crate::model::permission::{Access, DatabaseGrant};
use crate::model::resource::{Resource, is_covered, is_never_grantable};

/// Checks one statement. With `grants`, tables of the shop that none of them reaches are refused
/// with the permission that is missing; the role would refuse them, too, without saying which.
pub(super) fn check(
    statement: &Statement,
    grants: Option<&[DatabaseGrant]>,
) -> Result<(), Box<Refusal>> {
    let mut reader = Reader { grants, ..Reader::default() };
    match statement.visit(&mut reader) {
        ControlFlow::Break(refusal) => Err(refusal),
        ControlFlow::Continue(()) => Ok(()),
    }
}

/// Checks expressions and tables below `node`, whatever statement it belongs to.
pub(super) fn check_parts(node: &impl Visit) -> Result<(), Box<Refusal>> {
    let mut reader = Reader { is_migration: true, ..Reader::default() };
    match node.visit(&mut reader) {
        ControlFlow::Break(refusal) => Err(refusal),
        ControlFlow::Continue(()) => Ok(()),
    }
}

/// Whether the query holds an INSERT, UPDATE or DELETE.
pub(super) fn writes(query: &Query) -> bool {
    fn body(set: &SetExpr) -> bool {
        match set {
            SetExpr::Insert(_) | SetExpr::Update(_) | SetExpr::Delete(_) | SetExpr::Merge(_) => {
                true
            }
            SetExpr::Query(query) => writes(query),
            SetExpr::SetOperation { left, right, .. } => body(left) || body(right),
            _ => false,
        }
    }
    let tables = query.with.iter().flat_map(|with| &with.cte_tables);
    body(&query.body) || tables.into_iter().any(|table| writes(&table.query))
}

#[derive(Default)]
struct Reader<'a> {
    grants: Option<&'a [DatabaseGrant]>,
    /// Names of `WITH` queries so far.
    named: BTreeSet<String>,
    /// A table's name in the statement that writes it, and what it needs.
    targets: Vec<(String, Access)>,
    /// The next relation is a function's name.
    is_function_next: bool,
    /// The statement around is one of a migration and was looked at already.
    is_migration: bool,
}

type Flow = ControlFlow<Box<Refusal>>;

fn stop(refusal: Box<Refusal>) -> Flow {
    ControlFlow::Break(refusal)
}

/// A name as the server takes it: in lower case unless it is quoted. `None` when a part is none.
pub(super) fn parts(name: &ObjectName) -> Option<Vec<String>> {
    name.0
        .iter()
        .map(|part| match part {
            ObjectNamePart::Identifier(ident) if ident.quote_style.is_some() => {
                Some(ident.value.clone())
            }
            ObjectNamePart::Identifier(ident) => Some(ident.value.to_ascii_lowercase()),
            ObjectNamePart::Function(_) => None,
        })
        .collect()
}

/// The table of a name in the schema `public`; other schemas are refused.
pub(super) fn table_of(name: &ObjectName) -> Result<String, Box<Refusal>> {
    let refused = || Refusal::new(format!("`{name}` is not in the schema `public`"));
    match parts(name).ok_or_else(refused)?.as_slice() {
        [table] => Ok(table.clone()),
        [schema, table] if schema == "public" => Ok(table.clone()),
        _ => Err(refused()),
    }
}

impl Reader<'_> {
    fn function(&self, name: &ObjectName) -> Flow {
        let allowed = match parts(name).unwrap_or_default().as_slice() {
            [function] => functions::is_allowed(function),
            [schema, function] => schema == "pg_catalog" && functions::is_allowed(function),
            _ => false,
        };
        if allowed {
            return ControlFlow::Continue(());
        }
        let refusal = Refusal::new(format!("the function `{name}` may not be called by a plugin"));
        stop(refusal.hint("compute it in the plugin's code"))
    }

    fn table(&self, name: &ObjectName) -> Flow {
        let table = match table_of(name) {
            Ok(table) => table,
            Err(refusal) => return stop(refusal),
        };
        if name.0.len() == 1 && self.named.contains(&table) {
            return ControlFlow::Continue(());
        }
        if is_never_grantable(&table) {
            let refusal = Refusal::new(format!("`{table}` is never given to a plugin"));
            return stop(match table.as_str() {
                "plugin_data" => refusal.hint("use `ctx.storage`"),
                _ => refusal,
            });
        }
        let Some(grants) = self.grants else { return ControlFlow::Continue(()) };
        let Some(resource) = Resource::of_table(&table) else {
            return ControlFlow::Continue(());
        };
        let needed = self.targets.iter().filter(|(target, _)| *target == table);
        let needed = needed.map(|(_, access)| *access).max().unwrap_or(Access::Read);
        if is_covered(&table, needed, grants) {
            return ControlFlow::Continue(());
        }
        let permission = match needed {
            Access::Read => resource.to_owned(),
            Access::Write => format!("{resource}:write"),
            Access::Delete => format!("{resource}:delete"),
        };
        let hint = format!("add \"{permission}\" to permissions.database in manifest.json");
        stop(Refusal::new(format!("`{table}` needs the permission `{permission}`")).hint(hint))
    }

    /// Notes what a statement writes.
    fn target(&mut self, name: &ObjectName, access: Access) {
        if let Ok(table) = table_of(name) {
            self.targets.push((table, access));
        }
    }

    fn statement(&mut self, statement: &Statement) -> Flow {
        match statement {
            Statement::Query(_) => {}
            Statement::Insert(insert) => match &insert.table {
                TableObject::TableName(name) => self.target(name, Access::Write),
                _ => return stop(Refusal::new("INSERT goes into a table")),
            },
            Statement::Update(update) => match &update.table.relation {
                TableFactor::Table { name, .. } => self.target(name, Access::Write),
                _ => return stop(Refusal::new("UPDATE changes a table")),
            },
            Statement::Delete(Delete { from, .. }) => {
                let (FromTable::WithFromKeyword(from) | FromTable::WithoutKeyword(from)) = from;
                for table in from {
                    if let TableFactor::Table { name, .. } = &table.relation {
                        self.target(name, Access::Delete);
                    }
                }
            }
            other => {
                let word = first_words(other);
                let refusal = Refusal::new(format!("`{word}` is not for plugins while they run"));
                return stop(refusal.hint(
                    "send SELECT, INSERT, UPDATE or DELETE; tables are made in migrations/, and several statements go together with `ctx.db.transaction`",
                ));
            }
        }
        ControlFlow::Continue(())
    }
}

/// The keywords a statement begins with.
pub(super) fn first_words(statement: &Statement) -> String {
    let text = statement.to_string();
    let words: Vec<&str> = text
        .split_whitespace()
        .take(2)
        .filter(|w| w.len() > 1 && w.chars().all(|c| c.is_ascii_uppercase()))
        .collect();
    if words.is_empty() { "this statement".to_owned() } else { words.join(" ") }
}

impl Visitor for Reader<'_> {
    type Break = Box<Refusal>;

    fn pre_visit_statement(&mut self, statement: &Statement) -> Flow {
        // The outermost statement of a migration has been looked at by its own rules.
        if std::mem::take(&mut self.is_migration) {
            return ControlFlow::Continue(());
        }
        self.statement(statement)
    }

    fn pre_visit_query(&mut self, query: &Query) -> Flow {
        for table in query.with.iter().flat_map(|with| &with.cte_tables) {
            let name = &table.alias.name;
            let value = &name.value;
            self.named.insert(match name.quote_style {
                Some(_) => value.clone(),
                None => value.to_ascii_lowercase(),
            });
        }
        if query.settings.is_some() || query.format_clause.is_some() || query.for_clause.is_some() {
            return stop(Refusal::new("the query has a clause that PostgreSQL does not know"));
        }
        match query.body.as_ref() {
            SetExpr::Merge(_) => stop(Refusal::new("`MERGE` is not for plugins")),
            SetExpr::Table(_) => stop(
                Refusal::new("`TABLE name` is not for plugins").hint("write `SELECT * FROM name`"),
            ),
            _ => ControlFlow::Continue(()),
        }
    }

    fn pre_visit_select(&mut self, select: &Select) -> Flow {
        if select.into.is_some() {
            return stop(Refusal::new("`SELECT INTO` makes a table; make it in a migration"));
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_table_factor(&mut self, factor: &TableFactor) -> Flow {
        match factor {
            TableFactor::Table { name, args: Some(_), .. } => {
                self.is_function_next = true;
                self.function(name)
            }
            TableFactor::Function { name, .. } => self.function(name),
            TableFactor::Table { .. }
            | TableFactor::Derived { .. }
            | TableFactor::UNNEST { .. }
            | TableFactor::NestedJoin { .. }
            | TableFactor::TableFunction { .. } => ControlFlow::Continue(()),
            _ => stop(Refusal::new(
                "the query reads from something that is neither a table nor a function",
            )),
        }
    }

    fn pre_visit_relation(&mut self, relation: &ObjectName) -> Flow {
        if std::mem::take(&mut self.is_function_next) {
            return ControlFlow::Continue(());
        }
        self.table(relation)
    }

    fn pre_visit_expr(&mut self, expr: &Expr) -> Flow {
        match expr {
            Expr::Function(Function { name, .. }) => self.function(name),
            _ => ControlFlow::Continue(()),
        }
    }
}
