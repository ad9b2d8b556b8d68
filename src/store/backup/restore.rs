//! Puts what a backup holds back into the shop, in the caller's transaction.

use std::path::Path;

use crate::store::sql::Client;

use super::schema::set_sequences;
use super::{BackupError, rows};
use crate::model::backup::BackupManifest;

/// Loads the rows of every table; the tables exist in `schema`.
pub(crate) async fn restore_tables(
    sql: &Client,
    dir: &Path,
    manifest: &BackupManifest,
    schema: &str,
) -> Result<(), BackupError> {
    for table in &manifest.tables {
        let place = format!("{}.{}", super::quote(schema), super::quote(&table.name));
        rows::load(sql, dir, &table.part, &place, &table.columns).await?;
    }
    set_sequences(sql, schema, &manifest.sequences).await
}

/// Puts the rows of the plugin's own store back. There must be none.
pub(crate) async fn restore_data(
    sql: &Client,
    dir: &Path,
    manifest: &BackupManifest,
) -> Result<(), BackupError> {
    let table = load_data(sql, dir, manifest).await?;
    let columns: Vec<String> =
        manifest.data.columns.iter().map(|column| super::quote(column)).collect();
    let columns = columns.join(", ");
    sql.execute(
        &format!(
            "INSERT INTO public.plugin_data (plugin_id, {columns})
             SELECT $1, {columns} FROM pg_temp.{table}"
        ),
        &[&manifest.slug.as_str()],
    )
    .await?;
    sql.batch_execute(&format!("DROP TABLE pg_temp.{table}")).await?;
    Ok(())
}

/// Loads those rows into a temporary table; its name.
pub(super) async fn load_data(
    sql: &Client,
    dir: &Path,
    manifest: &BackupManifest,
) -> Result<String, BackupError> {
    let table = format!("daino_data_{}", uuid::Uuid::new_v4().simple());
    let columns: Vec<String> =
        manifest.data.columns.iter().map(|column| super::quote(column)).collect();
    sql.batch_execute(&format!(
        "CREATE TEMPORARY TABLE {table} ON COMMIT DROP AS
         SELECT {} FROM public.plugin_data WITH NO DATA",
        columns.join(", ")
    ))
    .await?;
    let place = format!("pg_temp.{table}");
    rows::load(sql, dir, &manifest.data.part, &place, &manifest.data.columns).await?;
    Ok(table)
}
