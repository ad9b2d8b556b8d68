//! Backups of one plugin: everything that an uninstall takes away, verified by restoring it.
//!
//! A backup is a directory with a `manifest.json` that names pieces by their digest: of the code, the
//! definitions, the rows of each table and of the plugin's own store. Backups of one shop share the
//! pieces they have in common. It appears under its name only after it was read back and restored on
//! trial. The format is in `docs/lifecycle.md`.

mod age;
mod carry;
mod cut;
mod error;
mod objects;
mod parts;
mod read;
mod restore;
mod retention;
mod rows;
mod schema;
mod write;

pub(crate) use age::{Decrypted, Encrypted, MAGIC as AGE_MAGIC};
pub(crate) use carry::{Imported, export, import};
pub(crate) use error::{BackupError, CODES};
pub(crate) use objects::{Swept, sweep};
pub(crate) use read::{code, definitions, list, open, peek};
pub(crate) use restore::{restore_data, restore_tables};
pub(crate) use retention::{Dated, superfluous};
pub(crate) use schema::{Definitions, write as definitions_of};
pub(crate) use write::{BackupSource, partial, write, write_in};

use tokio_postgres::Client;

use crate::model::PluginSlug;
use crate::model::backup::BackupManifest;

/// The schema of the shop's tables, and of its plugins'.
pub(crate) const SHOP_SCHEMA: &str = "public";

/// Removes a backup; its pieces go with the next [`sweep`]. It is gone at once or not at all.
pub(crate) fn remove(dir: &std::path::Path) -> Result<(), BackupError> {
    let aside = write::partial(dir);
    if aside.exists() {
        std::fs::remove_dir_all(&aside).map_err(BackupError::file("remove", &aside))?;
    }
    std::fs::rename(dir, &aside).map_err(BackupError::file("remove", dir))?;
    crate::sys::kill_point::kill_point("backup.moved-away");
    std::fs::remove_dir_all(&aside).map_err(BackupError::file("remove", &aside))
}

/// A name as SQL writes it.
pub(crate) fn quote(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// The first of the plugin's tables, in `schema`, whose rows are not those of the backup.
pub(crate) async fn changed_table(
    sql: &Client,
    manifest: &BackupManifest,
    schema: &str,
) -> Result<Option<String>, BackupError> {
    for table in &manifest.tables {
        let selection = rows::Selection::table(schema, &table.name, &table.columns);
        let now = selection.tally(sql).await?;
        if now.rows != table.rows || now.checksum != table.checksum {
            return Ok(Some(table.name.clone()));
        }
    }
    Ok(None)
}

/// Whether the plugin's own store holds other rows than the backup.
pub(crate) async fn changed_data(
    sql: &Client,
    slug: &PluginSlug,
    manifest: &BackupManifest,
) -> Result<bool, BackupError> {
    let now = rows::Selection::data(slug, &manifest.data.columns).tally(sql).await?;
    Ok(now.rows != manifest.data.rows || now.checksum != manifest.data.checksum)
}
