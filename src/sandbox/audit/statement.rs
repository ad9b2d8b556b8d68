//! Tables that a statement touches, and how, for audit events. Decides nothing: the gate before
//! the database does.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use sqlparser::ast::{
    FromTable, ObjectName, Query, Statement, TableFactor, TableObject, TableWithJoins, Visit,
    Visitor,
};
use sqlparser::dialect::PostgreSqlDialect;
use sqlparser::parser::Parser;

use crate::model::permission::Access;

/// Longest statement that is looked into, bytes.
const LONGEST: usize = 64 * 1024;

/// Each table of the statement and the widest access to it; nothing when it does not parse.
pub(crate) fn touched(sql: &str) -> BTreeMap<String, Access> {
    if sql.len() > LONGEST {
        return BTreeMap::new();
    }
    let Ok(statements) = Parser::parse_sql(&PostgreSqlDialect {}, sql) else {
        return BTreeMap::new();
    };
    let mut tables = Tables::default();
    for statement in &statements {
        let _ = statement.visit(&mut tables);
    }
    let named = tables.named;
    tables.touched.into_iter().filter(|(table, _)| !named.contains(table)).collect()
}

#[derive(Default)]
struct Tables {
    touched: BTreeMap<String, Access>,
    /// Names of common table expressions.
    named: BTreeSet<String>,
}

impl Tables {
    fn add(&mut self, name: &ObjectName, access: Access) {
        let parts: Vec<_> = name.0.iter().filter_map(|part| part.as_ident()).collect();
        let table = match parts.as_slice() {
            [only] => only,
            [schema, table] if schema.value.eq_ignore_ascii_case("public") => table,
            _ => return,
        };
        let table = match table.quote_style {
            Some(_) => table.value.clone(),
            None => table.value.to_lowercase(),
        };
        let widest = self.touched.entry(table).or_insert(access);
        *widest = access.max(*widest);
    }

    fn target(&mut self, target: &TableWithJoins, access: Access) {
        if let TableFactor::Table { name, .. } = &target.relation {
            self.add(name, access);
        }
    }
}

impl Visitor for Tables {
    type Break = ();

    fn pre_visit_query(&mut self, query: &Query) -> ControlFlow<()> {
        let with = query.with.iter().flat_map(|with| &with.cte_tables);
        self.named.extend(with.map(|cte| cte.alias.name.value.to_lowercase()));
        ControlFlow::Continue(())
    }

    fn pre_visit_relation(&mut self, name: &ObjectName) -> ControlFlow<()> {
        self.add(name, Access::Read);
        ControlFlow::Continue(())
    }

    fn pre_visit_statement(&mut self, statement: &Statement) -> ControlFlow<()> {
        match statement {
            Statement::Insert(insert) => {
                if let TableObject::TableName(name) = &insert.table {
                    self.add(name, Access::Write);
                }
            }
            Statement::Update(update) => self.target(&update.table, Access::Write),
            Statement::Delete(delete) => {
                let (FromTable::WithFromKeyword(from) | FromTable::WithoutKeyword(from)) =
                    &delete.from;
                from.iter().for_each(|target| self.target(target, Access::Delete));
            }
            _ => {}
        }
        ControlFlow::Continue(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(sql: &str) -> Vec<String> {
        touched(sql).into_iter().map(|(table, access)| format!("{table} {access:?}")).collect()
    }

    #[test]
    fn tables_and_the_widest_access() {
        let cases: &[(&str, &[&str])] = &[
            (
                "SELECT * FROM sales_orders o JOIN public.customers c ON true WHERE EXISTS (SELECT 1 FROM carts)",
                &["carts Read", "customers Read", "sales_orders Read"],
            ),
            (
                "INSERT INTO acme_log (a) SELECT id FROM Products ON CONFLICT DO NOTHING",
                &["acme_log Write", "products Read"],
            ),
            ("UPDATE sales_orders SET status = $1 WHERE id = $2", &["sales_orders Write"]),
            ("DELETE FROM carts USING stores WHERE true", &["carts Delete", "stores Read"]),
            (
                "WITH gone AS (DELETE FROM carts RETURNING id) SELECT * FROM gone, stores",
                &["carts Delete", "stores Read"],
            ),
            ("SELECT 1", &[]),
            ("not sql", &[]),
        ];
        for (sql, expected) in cases {
            assert_eq!(of(sql), *expected, "{sql}");
        }
    }

    #[test]
    fn mutated_statements_never_panic() {
        const WORDS: &[&str] =
            &["(", ")", "'", "\"", "--", "/*", "WITH", "SELECT", ";", "$$", "AS", ",", "\0"];
        crate::sys::mutate::repeat(|mutator| {
            let seed = mutator.pick(&[
                "WITH gone AS (DELETE FROM carts RETURNING id) SELECT * FROM gone, stores",
                "INSERT INTO acme_log (a) SELECT id FROM products ON CONFLICT DO NOTHING",
                "SELECT * FROM sales_orders o JOIN public.customers c ON true WHERE a = $1",
            ]);
            touched(&mutator.vary_text(seed, WORDS));
        });
    }

    #[test]
    fn deep_and_long_statements_cost_nothing() {
        assert!(
            touched(&format!("SELECT {}1{}", "(".repeat(30_000), ")".repeat(30_000))).is_empty()
        );
        assert!(touched(&"x".repeat(LONGEST + 1)).is_empty());
    }
}
