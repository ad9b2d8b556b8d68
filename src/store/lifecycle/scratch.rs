//! Rehearses a way back in a scratch copy: a schema of its own in a transaction that is rolled back.
//! The plugin's own tables are read and nothing more, so whoever uses the shop goes on meanwhile.

use std::path::Path;

use crate::store::sql::Transaction;

use super::rehearsal::definitions_in;
use super::replace_error::ReplaceError;
use super::rollback::down_name;
use super::{LifecycleError, migrations, objects};
use crate::model::backup::BackupManifest;
use crate::model::installed::InstalledPlugin;
use crate::store::backup::{self, BackupError, quote};
use crate::store::{create_role, grant, run_statements};

/// A copy without anything in it, and who may work in it.
struct Scratch {
    schema: String,
    role: String,
}

async fn scratch(
    tx: &Transaction<'_>,
    plugin: &InstalledPlugin,
) -> Result<Scratch, LifecycleError> {
    let role = create_role(tx, &plugin.slug, &plugin.manifest.resource_limits).await?;
    grant(tx, &plugin.slug, &plugin.manifest.permissions).await?;
    let schema = format!("daino_scratch_{}", uuid::Uuid::new_v4().simple());
    tx.batch_execute(&format!(
        "CREATE SCHEMA {schema}; GRANT USAGE, CREATE ON SCHEMA {schema} TO {role};
         SET LOCAL search_path = {schema}, public, pg_temp"
    ))
    .await?;
    Ok(Scratch { schema, role })
}

impl Scratch {
    /// Runs definitions as the plugin, through the gate of every migration.
    async fn define(
        &self,
        tx: &Transaction<'_>,
        statements: &[String],
    ) -> Result<(), LifecycleError> {
        let text: String = statements.iter().flat_map(|s| [s.as_str(), ";\n"]).collect();
        run_statements(tx, &self.role, &text)
            .await
            .map_err(|source| migrations::failed("the definitions", source))
    }
}

/// Whether scripts name the shop's schema: in a copy they would reach the real tables.
pub(super) fn names_schema(downs: &[(String, String)]) -> bool {
    downs.iter().any(|(_, sql)| {
        let sql = sql.to_ascii_lowercase();
        sql.contains("public.") || sql.contains("\"public\"")
    })
}

/// Runs the down scripts over a copy of the tables and their rows, and compares what they lead to
/// with the definitions of the backup.
pub(super) async fn try_downs(
    tx: &Transaction<'_>,
    plugin: &InstalledPlugin,
    downs: &[(String, String)],
    then: &backup::Definitions,
) -> Result<(), LifecycleError> {
    let own = objects::recorded(tx.client(), &plugin.slug).await?;
    tx.batch_execute("SET LOCAL search_path = public, pg_temp").await?;
    let now = backup::definitions_of(tx.client(), tx.schemas().shop(), &own.own).await?;
    let scratch = scratch(tx, plugin).await?;
    scratch.define(tx, &now.before_rows).await?;
    for table in own.tables() {
        copy_rows(tx, &scratch.schema, &table).await?;
    }
    scratch.define(tx, &now.after_rows).await?;
    for (name, down) in downs {
        run_statements(tx, &scratch.role, down)
            .await
            .map_err(|source| migrations::failed(&down_name(name), source))?;
    }
    match definitions_in(tx.client(), &scratch.schema).await?.first_difference(then) {
        None => Ok(()),
        Some(difference) => Err(ReplaceError::NotBack(difference).into()),
    }
}

/// Copies the rows of a table. A value of a type of the plugin's own goes by way of its text, because
/// the copy has a type of its own.
async fn copy_rows(tx: &Transaction<'_>, schema: &str, table: &str) -> Result<(), LifecycleError> {
    let rows = tx
        .query(
            "SELECT a.attname::text,
                    CASE WHEN t.typnamespace = 'pg_catalog'::regnamespace THEN NULL
                         ELSE format_type(a.atttypid, a.atttypmod) END
             FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
             JOIN pg_type t ON t.oid = a.atttypid
             WHERE c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = $1) AND c.relname = $2 AND a.attnum > 0
               AND NOT a.attisdropped AND a.attgenerated = ''
             ORDER BY a.attnum",
            &[&schema, &table],
        )
        .await?;
    let (mut columns, mut values) = (Vec::new(), Vec::new());
    for row in &rows {
        let column = quote(row.try_get(0)?);
        values.push(match row.try_get::<_, Option<&str>>(1)? {
            Some(kind) => format!("{column}::text::{kind}"),
            None => column.clone(),
        });
        columns.push(column);
    }
    if columns.is_empty() {
        return Ok(());
    }
    let (columns, values, table) = (columns.join(", "), values.join(", "), quote(table));
    tx.batch_execute(&format!(
        "INSERT INTO {schema}.{table} ({columns}) OVERRIDING SYSTEM VALUE
         SELECT {values} FROM public.{table}"
    ))
    .await?;
    Ok(())
}

/// Restores tables and rows of a backup into a copy, and compares them with it.
pub(super) async fn try_restore(
    tx: &Transaction<'_>,
    plugin: &InstalledPlugin,
    dir: &Path,
    manifest: &BackupManifest,
) -> Result<(), LifecycleError> {
    let definitions = backup::definitions(dir, manifest)?;
    let scratch = scratch(tx, plugin).await?;
    scratch.define(tx, &definitions.before_rows).await?;
    backup::restore_tables(tx.client(), dir, manifest, &scratch.schema).await?;
    scratch.define(tx, &definitions.after_rows).await?;
    match backup::changed_table(tx.client(), manifest, &scratch.schema).await? {
        None => Ok(()),
        Some(table) => {
            Err(BackupError::Unverified(format!("`{table}` came out differently")).into())
        }
    }
}
