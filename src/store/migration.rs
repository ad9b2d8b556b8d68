//! A plugin's migrations: found in its files, checked by the gate, run as the plugin's own role.
//!
//! A migration runs inside the owner's transaction with `SET LOCAL ROLE`, one statement at a time,
//! each sent alone so that it cannot hold a second one. After each the role is looked at again: a
//! statement that got out of it undoes everything.

use crate::store::sql::Transaction;
use serde::{Deserialize, Serialize};

use super::error::StoreError;
use super::{gate, role};
use crate::model::{FileSet, PluginSlug, TreePath};

/// One migration of a plugin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Migration {
    /// Its name: the file's, without folder and ending.
    pub name: String,
    /// The file.
    pub path: TreePath,
    /// What to run.
    pub up: String,
    /// What takes it back, if there is a `.down.sql`.
    pub down: Option<String>,
}

/// Something a migration made.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Object {
    /// `table`, `index`, `sequence`, `view`, `type`.
    pub kind: String,
    /// Its schema.
    pub schema: String,
    /// Its name, without quotes.
    pub name: String,
}

/// The migrations among a plugin's files, in the order they run: by file name.
pub(crate) fn migrations(files: &FileSet) -> Vec<Migration> {
    files
        .paths()
        .filter_map(|path| {
            let name = path.as_str().strip_prefix("migrations/")?.strip_suffix(".sql")?;
            if name.contains('/') || name.ends_with(".down") {
                return None;
            }
            let down = files.text(&format!("migrations/{name}.down.sql")).map(str::to_owned);
            let up = files.text(path.as_str()).unwrap_or("\u{fffd}").to_owned();
            Some(Migration { name: name.to_owned(), path: path.clone(), up, down })
        })
        .collect()
}

/// Runs a migration, up or down, and returns what it made. What it dropped is simply gone.
pub(crate) async fn run_migration(
    tx: &Transaction<'_>,
    slug: &PluginSlug,
    sql: &str,
) -> Result<Vec<Object>, StoreError> {
    let name = role::require(tx, slug).await?;
    let before = objects_of(tx, slug).await?;
    tx.batch_execute(&format!("GRANT CREATE ON SCHEMA public TO {name}")).await?;
    run_statements(tx, &name, sql).await?;
    tx.batch_execute(&format!("REVOKE CREATE ON SCHEMA public FROM {name}")).await?;
    let after = objects_of(tx, slug).await?;
    Ok(after.into_iter().filter(|object| !before.contains(object)).collect())
}

/// Runs the statements of a migration as `role`, wherever the search path leads.
pub(super) async fn run_statements(
    tx: &Transaction<'_>,
    role: &str,
    sql: &str,
) -> Result<(), StoreError> {
    let statements = gate::read_migration(sql)?;
    tx.batch_execute(&format!("SET LOCAL ROLE {role}")).await?;
    for statement in statements {
        let failed = |source| StoreError::MigrationFailed { line: statement.line, source };
        // Prepared, so that the server takes one statement and no more.
        let prepared = tx.prepare_of_plugin(&statement.sql).await.map_err(failed)?;
        tx.execute(&prepared, &[]).await.map_err(failed)?;
        let row = tx.query_one("SELECT current_user::text", &[]).await?;
        if row.get::<_, String>(0) != role {
            let reason = "it left the plugin's own role".to_owned();
            return Err(StoreError::MigrationRefused { line: statement.line, reason });
        }
    }
    tx.batch_execute("RESET ROLE").await?;
    Ok(())
}

/// Everything the plugin's role owns, sorted.
pub(crate) async fn objects_of(
    tx: &Transaction<'_>,
    slug: &PluginSlug,
) -> Result<Vec<Object>, StoreError> {
    let name = role::require(tx, slug).await?;
    let rows = tx
        .query(
            "SELECT CASE c.relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'table' WHEN 'v' THEN 'view'
                      WHEN 'S' THEN 'sequence' ELSE 'index' END,
                    n.nspname::text, c.relname::text
             FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE c.relowner = $1::text::regrole AND c.relkind IN ('r', 'p', 'v', 'S', 'i', 'I')
               AND n.nspname NOT LIKE 'pg\\_%'
             UNION ALL
             SELECT 'type', n.nspname::text, t.typname::text
             FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
             WHERE t.typowner = $1::text::regrole AND t.typtype IN ('e', 'd')
             ORDER BY 1, 2, 3",
            &[&name],
        )
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Object { kind: row.get(0), schema: row.get(1), name: row.get(2) })
        .collect())
}

/// Makes the plugin's role the owner of tables that were kept when it was uninstalled. Only what
/// the shop's owner owns and is not a table of the shop can be taken over.
pub(crate) async fn take_over(
    tx: &Transaction<'_>,
    slug: &PluginSlug,
    objects: &[Object],
) -> Result<(), StoreError> {
    let name = role::require(tx, slug).await?;
    tx.batch_execute(&format!("GRANT CREATE ON SCHEMA public TO {name}")).await?;
    for object in objects {
        let word = match object.kind.as_str() {
            "table" => "TABLE",
            "view" => "VIEW",
            "type" => "TYPE",
            "sequence" => "SEQUENCE",
            // An index goes with its table.
            _ => continue,
        };
        if gate::is_shop_name(&object.name) {
            let reason = format!("`{}` is a name of the shop's own", object.name);
            return Err(StoreError::MigrationRefused { line: 1, reason });
        }
        if object.kind == "sequence" && is_owned_by_a_column(tx, object).await? {
            continue;
        }
        let (schema, table) =
            (super::schemas::quote(&object.schema), super::schemas::quote(&object.name));
        tx.batch_execute(&format!("ALTER {word} {schema}.{table} OWNER TO {name}")).await?;
    }
    tx.batch_execute(&format!("REVOKE CREATE ON SCHEMA public FROM {name}")).await?;
    Ok(())
}

/// A sequence of a `serial` column follows its table.
async fn is_owned_by_a_column(tx: &Transaction<'_>, object: &Object) -> Result<bool, StoreError> {
    let row = tx
        .query_one(
            "SELECT EXISTS (SELECT FROM pg_depend d JOIN pg_class c ON c.oid = d.objid
               JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
               AND d.refobjsubid > 0 AND n.nspname = $1 AND c.relname = $2)",
            &[&object.schema, &object.name],
        )
        .await?;
    Ok(row.get(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn migrations_run_in_the_order_of_their_names() {
        let files: FileSet = [
            ("migrations/0002_b.sql", "B"),
            ("migrations/0001_a.sql", "A"),
            ("migrations/0001_a.down.sql", "-A"),
            ("migrations/notes.txt", "no"),
            ("migrations/old/0000.sql", "no"),
            ("other.sql", "no"),
        ]
        .into_iter()
        .map(|(path, text)| (TreePath::new(path).unwrap(), text.as_bytes().to_vec()))
        .collect();
        let found = migrations(&files);
        let names: Vec<&str> = found.iter().map(|m| m.name.as_str()).collect();
        assert_eq!(names, ["0001_a", "0002_b"]);
        assert_eq!((found[0].down.as_deref(), found[1].down.as_deref()), (Some("-A"), None));
    }
}
