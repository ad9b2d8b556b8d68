//! Makes a backup: written beside its place, read back, restored on trial, and only then moved
//! there.
//!
//! Everything is read in one transaction that sees one moment, or in one that has locked what is read. The
//! trial restore happens in the same transaction, in a schema of its own, and all of it is rolled back: the
//! shop is never different for it.

use std::path::{Path, PathBuf};

use tokio_postgres::{Client, IsolationLevel, Transaction};

use super::objects::{self, ObjectWriter};
use super::read::{self, MANIFEST, SEAL};
use super::rows::{self, Selection};
use super::{BackupError, SHOP_SCHEMA, parts, quote, schema};
use crate::model::backup::{BackupManifest, BackupObject, BackupTable, FORMAT, SequenceState};
use crate::model::installed::{AppliedMigration, InstalledPlugin, ObjectKind};
use crate::sys::clock::{Clock, SystemClock};
use crate::sys::file::sync_dir;
use crate::sys::kill_point::kill_point;
use crate::sys::private;

/// What backups are called while they are written.
pub(super) const UNFINISHED: &str = ".partial-";

/// What goes into a backup beside what is read from the database.
pub(crate) struct BackupSource {
    /// The plugin.
    pub plugin: InstalledPlugin,
    /// Its code as the tar of an archive, when it is there and intact.
    pub code: Option<Vec<u8>>,
    /// Migrations that had run.
    pub migrations: Vec<AppliedMigration>,
    /// Its objects: recorded, and still its own.
    pub objects: Vec<BackupObject>,
    /// Names of its secrets.
    pub secrets: Vec<String>,
}

/// Makes the backup `target`, a directory that must not exist; its parent must.
pub(crate) async fn write(
    sql: &mut Client,
    source: BackupSource,
    target: &Path,
) -> Result<BackupManifest, BackupError> {
    let one_moment = sql.build_transaction().isolation_level(IsolationLevel::RepeatableRead);
    write_in(one_moment.start().await?, source, target).await
}

/// The same in a transaction that nobody else changes the plugin's tables in; it is rolled back.
pub(crate) async fn write_in(
    transaction: Transaction<'_>,
    source: BackupSource,
    target: &Path,
) -> Result<BackupManifest, BackupError> {
    let partial = partial(target);
    if partial.exists() {
        std::fs::remove_dir_all(&partial).map_err(BackupError::file("remove", &partial))?;
    }
    private::create_dir(&partial).map_err(BackupError::file("make", &partial))?;
    let written = write_and_verify(transaction, source, &partial).await;
    let manifest = match written {
        Ok(manifest) => manifest,
        Err(error) => {
            // The failure that counts is the one being returned.
            let _ = std::fs::remove_dir_all(&partial);
            let _ = target.parent().map(objects::sweep);
            return Err(error);
        }
    };
    kill_point("backup.verified");
    std::fs::rename(&partial, target).map_err(BackupError::file("make", target))?;
    if let Some(parent) = target.parent() {
        sync_dir(parent).map_err(BackupError::file("write", parent))?;
    }
    kill_point("backup.placed");
    Ok(manifest)
}

/// Where a backup is while it is being written.
pub(crate) fn partial(target: &Path) -> PathBuf {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    target.with_file_name(format!("{UNFINISHED}{name}"))
}

async fn write_and_verify(
    transaction: Transaction<'_>,
    source: BackupSource,
    dir: &Path,
) -> Result<BackupManifest, BackupError> {
    let client = transaction.client();
    let search_path = format!("SET LOCAL search_path = {SHOP_SCHEMA}, pg_temp");
    client.batch_execute(&search_path).await?;
    let manifest = write_parts(client, source, dir).await?;
    kill_point("backup.written");
    // What is tried is what was read back from the disk, not what is in memory.
    if read::peek(dir)? != manifest {
        return Err(BackupError::damaged(dir, "the manifest reads back differently"));
    }
    read::code(dir, &manifest)?;
    try_restore(client, dir, &manifest).await?;
    transaction.rollback().await?;
    Ok(manifest)
}

async fn write_parts(
    sql: &Client,
    source: BackupSource,
    dir: &Path,
) -> Result<BackupManifest, BackupError> {
    let definitions = schema::write(sql, SHOP_SCHEMA, &source.objects).await?;
    let text = serde_json::to_vec_pretty(&definitions)
        .map_err(|e| BackupError::damaged(dir, e.to_string()))?;
    let mut objects = ObjectWriter::open(objects::of(dir))?;
    let schema = parts::write_whole(&mut objects, &text)?;
    let code = match &source.code {
        Some(tar) => Some(parts::write_whole(&mut objects, tar)?),
        None => None,
    };
    let mut tables = Vec::new();
    for table in tables_of(&source.objects) {
        let columns = rows::columns(sql, SHOP_SCHEMA, table).await?;
        let selection = Selection::table(SHOP_SCHEMA, table, &columns);
        tables.push(write_table(sql, &mut objects, table, columns, selection).await?);
        kill_point("backup.table-written");
    }
    let mut columns = rows::columns(sql, SHOP_SCHEMA, "plugin_data").await?;
    columns.retain(|column| column != "plugin_id");
    let slug = source.plugin.slug.clone();
    let selection = Selection::data(&slug, &columns);
    let data = write_table(sql, &mut objects, "plugin_data", columns, selection).await?;
    let sequences: Vec<SequenceState> =
        schema::sequences(sql, SHOP_SCHEMA, &source.objects).await?;
    let server: String = sql.query_one("SHOW server_version", &[]).await?.try_get(0)?;
    let position = "SELECT COALESCE(max(id), 0) FROM daino.history";
    let position: i64 = sql.query_one(position, &[]).await?.try_get(0)?;
    let manifest = BackupManifest {
        position,
        format: FORMAT,
        slug,
        version: source.plugin.version.clone(),
        created_at: SystemClock.now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        server,
        plugin: source.plugin,
        migrations: source.migrations,
        objects: source.objects,
        code,
        schema,
        tables,
        sequences,
        data,
        secrets_left_out: source.secrets,
    };
    let text = serde_json::to_vec_pretty(&manifest)
        .map_err(|e| BackupError::damaged(dir, e.to_string()))?;
    objects.flush()?;
    place_manifest(dir, &text)?;
    Ok(manifest)
}

/// Writes a manifest and its seal.
pub(super) fn place_manifest(dir: &Path, text: &[u8]) -> Result<(), BackupError> {
    for (name, content) in [(MANIFEST, text), (SEAL, read::seal_of(text).as_bytes())] {
        let path = dir.join(name);
        private::create_file(&path, content).map_err(BackupError::file("write", path))?;
    }
    Ok(())
}

fn tables_of(objects: &[BackupObject]) -> impl Iterator<Item = &str> {
    objects.iter().filter(|o| o.kind == ObjectKind::Table).map(|o| o.name.as_str())
}

async fn write_table(
    sql: &Client,
    objects: &mut ObjectWriter,
    name: &str,
    columns: Vec<String>,
    selection: Selection,
) -> Result<BackupTable, BackupError> {
    let tally = selection.tally(sql).await?;
    let key = rows::key(sql, SHOP_SCHEMA, name).await?;
    let part = selection.write(sql, objects, &key).await?;
    Ok(BackupTable {
        name: name.to_owned(),
        columns,
        rows: tally.rows,
        checksum: tally.checksum,
        part,
    })
}

/// Restores into a schema of its own and compares: definitions, rows, sequences.
async fn try_restore(
    sql: &Client,
    dir: &Path,
    manifest: &BackupManifest,
) -> Result<(), BackupError> {
    let scratch = format!("daino_trial_{}", uuid::Uuid::new_v4().simple());
    let name = quote(&scratch);
    sql.batch_execute(&format!(
        "CREATE SCHEMA {name}; SET LOCAL search_path = {name}, {SHOP_SCHEMA}, pg_temp"
    ))
    .await?;
    let unverified = |what: String| BackupError::Unverified(what);
    let definitions = read::definitions(dir, manifest)?;
    for statement in &definitions.before_rows {
        sql.batch_execute(statement).await?;
    }
    for table in &manifest.tables {
        let place = format!("{name}.{}", quote(&table.name));
        rows::load(sql, dir, &table.part, &place, &table.columns).await?;
    }
    for statement in &definitions.after_rows {
        sql.batch_execute(statement).await?;
    }
    schema::set_sequences(sql, &scratch, &manifest.sequences).await?;
    for table in &manifest.tables {
        let found = Selection::table(&scratch, &table.name, &table.columns).tally(sql).await?;
        if found.rows != table.rows || found.checksum != table.checksum {
            let (name, rows) = (&table.name, table.rows);
            let found = found.rows;
            return Err(unverified(format!("`{name}` has {rows} rows and gave back {found}")));
        }
    }
    if schema::write(sql, &scratch, &manifest.objects).await? != definitions {
        return Err(unverified("the definitions of its tables came out differently".to_owned()));
    }
    if schema::sequences(sql, &scratch, &manifest.objects).await? != manifest.sequences {
        return Err(unverified("its sequences came out differently".to_owned()));
    }
    try_data(sql, dir, manifest).await
}

/// Loads the rows of the plugin's store into a table of its own and compares.
async fn try_data(sql: &Client, dir: &Path, manifest: &BackupManifest) -> Result<(), BackupError> {
    let data = &manifest.data;
    let table = super::restore::load_data(sql, dir, manifest).await?;
    let found = Selection::loaded_data(&table, &data.columns).tally(sql).await?;
    if found.rows != data.rows || found.checksum != data.checksum {
        let (rows, found) = (data.rows, found.rows);
        return Err(BackupError::Unverified(format!(
            "its own store has {rows} rows and gave back {found}"
        )));
    }
    Ok(())
}
