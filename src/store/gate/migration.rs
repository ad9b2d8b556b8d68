//! What a migration may do: make, change and drop the plugin's own tables, indexes, sequences,
//! types and views, and fill them.
//!
//! No functions and triggers: their text runs later, in whoever's session, and cannot be read here.

use sqlparser::ast::{
    AlterTableOperation, ColumnOption, CommentObject, CreateTable, CreateTableOptions,
    ForeignKeyConstraint, ObjectName, ObjectType, RenameTableNameKind, Statement, TableConstraint,
};

use super::{Refusal, is_shop_name, reader, text};
use crate::store::error::StoreError;

/// One statement of a migration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::store) struct MigrationStatement {
    /// Line where it begins, from 1.
    pub line: u64,
    /// The statement, without its semicolon.
    pub sql: String,
}

/// Reads a migration, up or down; refuses all of it if one statement is refused.
pub(in crate::store) fn read_migration(sql: &str) -> Result<Vec<MigrationStatement>, StoreError> {
    let refused = |line: u64, refusal: Box<Refusal>| {
        let hint = refusal.hint.map(|hint| format!("; {hint}")).unwrap_or_default();
        StoreError::MigrationRefused { line, reason: format!("{}{hint}", refusal.message) }
    };
    let pieces = text::split(sql).map_err(|refusal| refused(1, refusal))?;
    for piece in &pieces {
        let statement = text::parse(&piece.sql).map_err(|unread| {
            let line = piece.line + unread.line.saturating_sub(1);
            refused(line, Refusal::new(format!("it cannot be read: {}", unread.reason)))
        })?;
        check(&statement).map_err(|refusal| refused(piece.line, refusal))?;
    }
    Ok(pieces.into_iter().map(|p| MigrationStatement { line: p.line, sql: p.sql }).collect())
}

fn check(statement: &Statement) -> Result<(), Box<Refusal>> {
    match statement {
        Statement::Query(_)
        | Statement::Insert(_)
        | Statement::Update(_)
        | Statement::Delete(_) => return reader::check(statement, None),
        Statement::CreateTable(table) => create_table(table)?,
        Statement::CreateIndex(index) => {
            if index.concurrently {
                return Err(Refusal::new("`CONCURRENTLY` does not work in a transaction")
                    .hint("leave it out; a migration runs in one"));
            }
            index.name.iter().try_for_each(own)?;
            own(&index.table_name)?;
        }
        Statement::CreateView(view) => {
            if view.materialized || view.temporary {
                return Err(Refusal::new("a view is neither temporary nor materialized"));
            }
            own(&view.name)?;
        }
        Statement::CreateSequence { name, temporary: false, .. } => own(name)?,
        Statement::CreateType { name, .. } => own(name)?,
        Statement::CreateDomain(domain) => own(&domain.name)?,
        Statement::AlterTable(alter) => {
            own(&alter.name)?;
            alter.operations.iter().try_for_each(alter_table)?;
        }
        Statement::AlterIndex { name, .. } => own(name)?,
        Statement::AlterType(alter) => own(&alter.name)?,
        Statement::Drop { object_type, names, .. } => {
            let is_own = matches!(
                object_type,
                ObjectType::Table
                    | ObjectType::View
                    | ObjectType::Index
                    | ObjectType::Sequence
                    | ObjectType::Type
            );
            if !is_own {
                return Err(not_permitted(statement));
            }
            names.iter().try_for_each(own)?;
        }
        Statement::DropDomain(drop) => own(&drop.name)?,
        Statement::Comment { object_type, object_name, .. } => match object_type {
            CommentObject::Column => comment_on_column(object_name)?,
            CommentObject::Table | CommentObject::Index | CommentObject::View => own(object_name)?,
            _ => return Err(not_permitted(statement)),
        },
        other => return Err(not_permitted(other)),
    }
    reader::check_parts(statement)
}

/// A name that the plugin may give to something of its own.
fn own(name: &ObjectName) -> Result<(), Box<Refusal>> {
    let table = reader::table_of(name)?;
    if is_shop_name(&table) {
        return Err(Refusal::new(format!("`{table}` is a name of the shop's own")));
    }
    Ok(())
}

/// `table.column`.
fn comment_on_column(name: &ObjectName) -> Result<(), Box<Refusal>> {
    let mut table = name.clone();
    table.0.pop();
    own(&table)
}

fn create_table(table: &CreateTable) -> Result<(), Box<Refusal>> {
    own(&table.name)?;
    let odd = table.temporary
        || table.or_replace
        || table.external
        || table.like.is_some()
        || table.clone.is_some()
        || table.inherits.is_some()
        || table.partition_of.is_some()
        || table.on_commit.is_some()
        || !matches!(table.table_options, CreateTableOptions::None);
    if odd {
        return Err(Refusal::new("a table is made with columns and constraints, and nothing else"));
    }
    for column in &table.columns {
        for option in &column.options {
            column_option(&option.option)?;
        }
    }
    table.constraints.iter().try_for_each(constraint)
}

fn column_option(option: &ColumnOption) -> Result<(), Box<Refusal>> {
    match option {
        ColumnOption::ForeignKey(key) => foreign_key(key),
        ColumnOption::Null
        | ColumnOption::NotNull
        | ColumnOption::Default(_)
        | ColumnOption::PrimaryKey(_)
        | ColumnOption::Unique(_)
        | ColumnOption::Check(_)
        | ColumnOption::Collation(_)
        | ColumnOption::Generated { .. } => Ok(()),
        _ => Err(Refusal::new("a column has an option that PostgreSQL does not know")),
    }
}

fn constraint(constraint: &TableConstraint) -> Result<(), Box<Refusal>> {
    match constraint {
        TableConstraint::ForeignKey(key) => foreign_key(key),
        _ => Ok(()),
    }
}

/// A key into a table of the shop would keep the shop from deleting its own rows.
fn foreign_key(key: &ForeignKeyConstraint) -> Result<(), Box<Refusal>> {
    let table = reader::table_of(&key.foreign_table)?;
    if is_shop_name(&table) {
        return Err(Refusal::new(format!("a foreign key into `{table}` is not permitted"))
            .hint("keep the id in a plain column"));
    }
    Ok(())
}

fn alter_table(operation: &AlterTableOperation) -> Result<(), Box<Refusal>> {
    match operation {
        AlterTableOperation::AddConstraint { constraint: added, .. } => constraint(added),
        AlterTableOperation::AddColumn { column_def, .. } => {
            column_def.options.iter().try_for_each(|option| column_option(&option.option))
        }
        AlterTableOperation::RenameTable { table_name } => match table_name {
            RenameTableNameKind::As(name) | RenameTableNameKind::To(name) => own(name),
        },
        AlterTableOperation::DropConstraint { .. }
        | AlterTableOperation::DropColumn { .. }
        | AlterTableOperation::RenameColumn { .. }
        | AlterTableOperation::RenameConstraint { .. }
        | AlterTableOperation::ValidateConstraint { .. }
        | AlterTableOperation::AlterColumn { .. } => Ok(()),
        other => {
            Err(Refusal::new(format!("`ALTER TABLE … {other}` is not permitted in a migration")))
        }
    }
}

fn not_permitted(statement: &Statement) -> Box<Refusal> {
    let words = reader::first_words(statement);
    let refusal = Refusal::new(format!("`{words}` is not permitted in a migration"));
    let hint = match statement {
        Statement::CreateFunction(_)
        | Statement::CreateProcedure { .. }
        | Statement::CreateTrigger(_) => "keep logic in the plugin's code",
        Statement::StartTransaction { .. }
        | Statement::Commit { .. }
        | Statement::Rollback { .. } => "a migration runs in one transaction already",
        Statement::CreateExtension(_) => {
            "`gen_random_uuid()` and text search are there without one"
        }
        Statement::Grant(_) | Statement::Revoke(_) => {
            "rights come from `permissions` in manifest.json"
        }
        Statement::Truncate(_) => "write `DELETE FROM …`",
        _ => "permitted are tables, indexes, sequences, types, views and rows of the plugin's own",
    };
    refusal.hint(hint)
}
