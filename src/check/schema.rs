//! The tables that a plugin's statements meet: those of the shop, and those its migrations make.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::sync::OnceLock;

use sqlparser::ast::{
    AlterTableOperation, ColumnDef, ColumnOption, Expr, Function, FunctionArg, FunctionArguments,
    Ident, IndexColumn, ObjectName, ObjectType, Query, RenameTableNameKind, Select, SelectItem,
    SetExpr, Statement, TableConstraint, TableFactor, Visit, Visitor,
};
use sqlparser::dialect::PostgreSqlDialect;
use sqlparser::parser::Parser;

use super::flow::HOLE;
use super::sql;
use crate::model::{FileSet, TreePath};

/// The shop's own tables, as a new shop gets them.
const COMMERCE: &str = include_str!("../store/schema/commerce.sql");

/// The table that a host keeps rows of plugins in; it has no unique index but its key.
const PLUGIN_DATA: &str = "CREATE TABLE plugin_data (id UUID PRIMARY KEY, plugin_id VARCHAR(255), data_key VARCHAR(255), data_value JSONB, created_at TIMESTAMP WITH TIME ZONE, updated_at TIMESTAMP WITH TIME ZONE);";

/// One table.
#[derive(Debug, Clone, Default)]
pub(crate) struct Table {
    /// Names of its columns.
    pub columns: BTreeSet<String>,
    /// Columns that an index begins with.
    pub indexed: BTreeSet<String>,
    /// Sets of columns that are unique.
    pub uniques: Vec<BTreeSet<String>>,
    /// Columns that refer to another table.
    pub references: Vec<String>,
    /// Whether it has a primary key.
    pub has_key: bool,
    /// The migration that makes it; none for a table of the shop.
    pub made_in: Option<TreePath>,
    /// Where in that file.
    pub start: usize,
    /// The byte after its statement.
    pub end: usize,
}

/// Tables by name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Schema {
    /// Tables by name.
    pub tables: BTreeMap<String, Table>,
    /// Whether some statement could not be read: absences then say nothing.
    pub is_open: bool,
}

/// A statement of a migration.
#[derive(Debug)]
pub(crate) struct Step {
    /// What it does.
    pub statement: Statement,
    /// First byte in its file.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
}

/// The last part of a name, in lower case unless it is quoted.
pub(crate) fn name(name: &ObjectName) -> String {
    name.0.last().and_then(|p| p.as_ident()).map(plain).unwrap_or_default()
}

fn plain(ident: &Ident) -> String {
    match ident.quote_style {
        Some(_) => ident.value.clone(),
        None => ident.value.to_lowercase(),
    }
}

/// Statements of text, with nothing for unknown parts.
pub(crate) fn parse(text: &str) -> Option<Vec<Statement>> {
    let text = text.replace(HOLE, " NULL ");
    Parser::parse_sql(&PostgreSqlDialect {}, &text).ok()
}

/// The statements of a migration; those that do not parse are left out and counted.
pub(crate) fn steps(text: &str) -> (Vec<Step>, Vec<(usize, usize, String)>) {
    let (mut good, mut bad) = (Vec::new(), Vec::new());
    for piece in sql::statements(text).unwrap_or_default() {
        let own = text.get(piece.start..piece.end).unwrap_or_default();
        match Parser::parse_sql(&PostgreSqlDialect {}, own) {
            Ok(list) => good.extend(list.into_iter().map(|statement| Step {
                statement,
                start: piece.start,
                end: piece.end,
            })),
            Err(error) => bad.push((piece.start, piece.end, error.to_string())),
        }
    }
    (good, bad)
}

/// Up migrations in the order in which they run.
pub(crate) fn migrations(files: &FileSet) -> Vec<(&TreePath, &str)> {
    let mut list: Vec<(&TreePath, &str)> = files
        .iter()
        .filter(|(path, _)| {
            path.is_below("migrations")
                && path.extension() == "sql"
                && !path.as_str().ends_with(".down.sql")
        })
        .filter_map(|(path, bytes)| Some((path, std::str::from_utf8(bytes).ok()?)))
        .collect();
    list.sort();
    list
}

impl Schema {
    /// The tables of the shop.
    fn of_shop() -> &'static Self {
        static SHOP: OnceLock<Schema> = OnceLock::new();
        SHOP.get_or_init(|| {
            let mut schema = Self::default();
            schema.run(None, COMMERCE);
            schema.run(None, PLUGIN_DATA);
            schema
        })
    }

    /// The tables of the shop and of the plugin.
    pub(crate) fn of(files: &FileSet) -> Self {
        let mut schema = Self::of_shop().clone();
        schema.is_open = false;
        for (path, text) in migrations(files) {
            schema.run(Some(path), text);
        }
        schema
    }

    fn run(&mut self, path: Option<&TreePath>, text: &str) {
        let (steps, unread) = steps(text);
        self.is_open |= !unread.is_empty();
        for step in steps {
            self.apply(path, &step);
        }
    }

    fn apply(&mut self, path: Option<&TreePath>, step: &Step) {
        match &step.statement {
            Statement::CreateTable(made) => {
                let own = name(&made.name);
                let table = self.tables.entry(own).or_insert_with(|| Table {
                    made_in: path.cloned(),
                    start: step.start,
                    end: step.end,
                    ..Table::default()
                });
                made.columns.iter().for_each(|c| table.column(c));
                made.constraints.iter().for_each(|c| table.constraint(c));
            }
            Statement::CreateIndex(index) => {
                let Some(table) = self.tables.get_mut(&name(&index.table_name)) else { return };
                let columns = columns(&index.columns);
                table.indexed.extend(columns.first().cloned());
                if index.unique && index.predicate.is_none() {
                    table.uniques.push(columns.into_iter().collect());
                }
            }
            Statement::AlterTable(alter) => {
                let own = name(&alter.name);
                for operation in &alter.operations {
                    self.alter(&own, operation);
                }
            }
            Statement::Drop { object_type: ObjectType::Table, names, .. } => {
                for dropped in names {
                    self.tables.remove(&name(dropped));
                }
            }
            Statement::CreateView(view) => {
                // What a view gives is not followed.
                self.tables.remove(&name(&view.name));
                self.is_open = true;
            }
            _ => {}
        }
    }

    fn alter(&mut self, own: &str, operation: &AlterTableOperation) {
        if let AlterTableOperation::RenameTable { table_name } = operation {
            let (RenameTableNameKind::As(to) | RenameTableNameKind::To(to)) = table_name;
            if let Some(table) = self.tables.remove(own) {
                self.tables.insert(name(to), table);
            }
            return;
        }
        let Some(table) = self.tables.get_mut(own) else { return };
        match operation {
            AlterTableOperation::AddColumn { column_def, .. } => table.column(column_def),
            AlterTableOperation::AddConstraint { constraint, .. } => table.constraint(constraint),
            AlterTableOperation::DropColumn { column_names, .. } => {
                for column in column_names {
                    table.columns.remove(&plain(column));
                }
            }
            AlterTableOperation::RenameColumn { old_column_name, new_column_name } => {
                table.columns.remove(&plain(old_column_name));
                table.columns.insert(plain(new_column_name));
            }
            _ => {}
        }
    }
}

impl Table {
    fn column(&mut self, column: &ColumnDef) {
        let own = plain(&column.name);
        for option in &column.options {
            match &option.option {
                ColumnOption::PrimaryKey(_) => self.key(std::slice::from_ref(&own), true),
                ColumnOption::Unique(_) => self.key(std::slice::from_ref(&own), false),
                ColumnOption::ForeignKey(_) => self.references.push(own.clone()),
                _ => {}
            }
        }
        self.columns.insert(own);
    }

    fn key(&mut self, columns: &[String], is_primary: bool) {
        self.has_key |= is_primary;
        self.indexed.extend(columns.first().cloned());
        self.uniques.push(columns.iter().cloned().collect());
    }

    fn constraint(&mut self, constraint: &TableConstraint) {
        match constraint {
            TableConstraint::PrimaryKey(key) => self.key(&columns(&key.columns), true),
            TableConstraint::Unique(key) => self.key(&columns(&key.columns), false),
            TableConstraint::ForeignKey(key) => {
                self.references.extend(key.columns.iter().map(plain))
            }
            _ => {}
        }
    }
}

fn columns(list: &[IndexColumn]) -> Vec<String> {
    list.iter()
        .map(|c| match &c.column.expr {
            Expr::Identifier(ident) => plain(ident),
            other => other.to_string(),
        })
        .collect()
}

/// What one statement names; nothing for statements with more than one level.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    /// Tables by the name they go by in the statement.
    pub tables: BTreeMap<String, String>,
    /// Columns: the table's name in the statement, when it is written, and the column.
    pub columns: Vec<(Option<String>, String)>,
    /// Names that the statement makes itself.
    pub aliases: BTreeSet<String>,
}

/// Reads a statement of one level.
pub(crate) fn read(statement: &Statement) -> Option<Reading> {
    let mut reading = Reading::default();
    let mut levels = Levels::default();
    let _ = Visit::visit(statement, &mut levels);
    if levels.queries > 1 || levels.is_odd {
        return None;
    }
    reading.tables = levels.tables;
    reading.aliases = levels.aliases;
    reading.columns = levels.columns;
    match statement {
        Statement::Insert(insert) => {
            let sqlparser::ast::TableObject::TableName(table) = &insert.table else { return None };
            let own = name(table);
            if levels.queries == 1
                && !insert.source.as_ref().is_some_and(|q| matches!(*q.body, SetExpr::Values(_)))
            {
                return None;
            }
            if let Some(alias) = &insert.table_alias {
                reading.tables.insert(plain(&alias.alias), own.clone());
            }
            reading.tables.insert("excluded".to_owned(), own.clone());
            reading.columns.extend(insert.columns.iter().map(|c| (Some(own.clone()), name(c))));
            reading.tables.insert(own.clone(), own);
        }
        Statement::Update(_) | Statement::Delete(_) | Statement::Query(_) => {}
        _ => return None,
    }
    Some(reading)
}

#[derive(Default)]
struct Levels {
    queries: usize,
    is_odd: bool,
    tables: BTreeMap<String, String>,
    aliases: BTreeSet<String>,
    columns: Vec<(Option<String>, String)>,
}

impl Visitor for Levels {
    type Break = ();
    fn pre_visit_query(&mut self, query: &Query) -> ControlFlow<()> {
        self.queries += 1;
        self.is_odd |= query.with.is_some();
        if let SetExpr::Select(select) = &*query.body {
            self.is_odd |= select.from.is_empty();
            self.aliases.extend(select_aliases(select));
        } else if !matches!(&*query.body, SetExpr::Values(_)) {
            self.is_odd = true;
        }
        ControlFlow::Continue(())
    }
    fn pre_visit_table_factor(&mut self, factor: &TableFactor) -> ControlFlow<()> {
        match factor {
            TableFactor::Table { name: table, alias, args: None, .. } => {
                let own = name(table);
                let shown = alias.as_ref().map_or_else(|| own.clone(), |a| plain(&a.name));
                self.tables.insert(shown, own);
            }
            _ => self.is_odd = true,
        }
        ControlFlow::Continue(())
    }
    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
        match expr {
            Expr::Identifier(ident) => self.columns.push((None, plain(ident))),
            Expr::CompoundIdentifier(parts) => {
                if let [table, column] = parts.as_slice() {
                    self.columns.push((Some(plain(table)), plain(column)));
                }
            }
            // `make_interval(days => $1)`: the name is the function's.
            Expr::Function(Function { args: FunctionArguments::List(list), .. }) => {
                for arg in &list.args {
                    if let FunctionArg::ExprNamed { name: Expr::Identifier(name), .. } = arg {
                        self.aliases.insert(plain(name));
                    }
                    if let FunctionArg::Named { name, .. } = arg {
                        self.aliases.insert(plain(name));
                    }
                }
            }
            _ => {}
        }
        ControlFlow::Continue(())
    }
}

fn select_aliases(select: &Select) -> Vec<String> {
    select
        .projection
        .iter()
        .filter_map(|item| match item {
            SelectItem::ExprWithAlias { alias, .. } => Some(plain(alias)),
            _ => None,
        })
        .collect()
}

/// The select of a statement that is one.
pub(crate) fn select(statement: &Statement) -> Option<(&Query, &Select)> {
    let Statement::Query(query) = statement else { return None };
    match &*query.body {
        SetExpr::Select(select) => Some((query, select)),
        _ => None,
    }
}

/// Columns that a condition compares with one value: `a = $1 AND b IN (…)`.
pub(crate) fn equal_columns(condition: &Expr) -> Vec<String> {
    use sqlparser::ast::BinaryOperator;
    let column = |e: &Expr| match e {
        Expr::Identifier(ident) => Some(plain(ident)),
        Expr::CompoundIdentifier(parts) => parts.last().map(plain),
        _ => None,
    };
    match condition {
        Expr::BinaryOp { left, op: BinaryOperator::And, right } => {
            let mut list = equal_columns(left);
            list.extend(equal_columns(right));
            list
        }
        Expr::BinaryOp { left, op: BinaryOperator::Eq, right } => {
            column(left).or_else(|| column(right)).into_iter().collect()
        }
        Expr::AnyOp { left, .. } => column(left).into_iter().collect(),
        Expr::In { expr, negated: false, .. } => column(expr).into_iter().collect(),
        Expr::Nested(inner) => equal_columns(inner),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shop_and_the_migrations_make_one_schema() {
        let mut files = FileSet::new();
        let up = "CREATE TABLE acme_a (id UUID PRIMARY KEY, shop TEXT REFERENCES acme_b (id), UNIQUE (shop, id));\nALTER TABLE acme_a ADD COLUMN n INT;\nCREATE INDEX ON acme_a (n);\n";
        files.insert(TreePath::new("migrations/0001_a.sql").unwrap(), up.as_bytes().to_vec());
        let schema = Schema::of(&files);
        assert!(schema.tables["customers"].columns.contains("email"));
        let own = &schema.tables["acme_a"];
        assert!(own.has_key && own.columns.contains("n") && own.indexed.contains("n"));
        assert_eq!(own.references, ["shop"]);
        assert_eq!(own.uniques.len(), 2);
        assert!(!schema.is_open);
    }

    #[test]
    fn statements_of_one_level_are_read() {
        let one = |text: &str| read(&parse(text).unwrap()[0]);
        let reading =
            one("SELECT c.email AS mail, total FROM customers c WHERE c.id = \u{0}").unwrap();
        assert_eq!(reading.tables["c"], "customers");
        assert!(reading.columns.contains(&(Some("c".to_owned()), "email".to_owned())));
        assert!(reading.aliases.contains("mail"));
        assert!(one("SELECT 1 FROM a WHERE id IN (SELECT id FROM b)").is_none());
        let insert = one("INSERT INTO acme_a (id, n) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET n = EXCLUDED.n").unwrap();
        assert_eq!(insert.tables["excluded"], "acme_a");
        assert!(insert.columns.contains(&(Some("acme_a".to_owned()), "n".to_owned())));
    }
}
