//! Rows about plugins in the shop's bookkeeping.

use std::collections::BTreeMap;

use crate::store::sql::Client;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio_postgres::Row;

use super::LifecycleError;
use crate::model::backup::BackupObject;
use crate::model::installed::{
    AppliedMigration, InstalledCode, InstalledPlugin, ObjectKind, PluginSource, PluginState,
};
use crate::model::uninstall_plan::UninstallReport;
use crate::model::{Manifest, PluginSlug};

/// What `details` holds.
#[derive(Serialize, Deserialize)]
struct Details {
    version: semver::Version,
    manifest: Manifest,
    source: PluginSource,
    publisher: Option<String>,
    code: InstalledCode,
}

const COLUMNS: &str = "slug, state, details, config, \
     to_char(installed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')";

fn unreadable(what: &str, error: impl std::fmt::Display) -> LifecycleError {
    LifecycleError::Record { what: what.to_owned(), reason: error.to_string() }
}

fn read(row: &Row) -> Result<InstalledPlugin, LifecycleError> {
    let slug: String = row.try_get(0)?;
    let state: String = row.try_get(1)?;
    let details: Details =
        serde_json::from_value(row.try_get(2)?).map_err(|e| unreadable(&slug, e))?;
    Ok(InstalledPlugin {
        state: PluginState::named(&state).ok_or_else(|| unreadable(&slug, "unknown state"))?,
        slug: PluginSlug::new(&slug).map_err(|e| unreadable(&slug, e))?,
        version: details.version,
        manifest: details.manifest,
        source: details.source,
        publisher: details.publisher,
        code: details.code,
        config: row.try_get(3)?,
        installed_at: row.try_get(4)?,
    })
}

/// The plugin's record, also when it was removed and something of it was kept.
pub(crate) async fn find(
    sql: &Client,
    slug: &PluginSlug,
) -> Result<Option<InstalledPlugin>, LifecycleError> {
    let query = format!("SELECT {COLUMNS} FROM daino.plugins WHERE slug = $1");
    let row = sql.query_opt(&query, &[&slug.as_str()]).await?;
    row.as_ref().map(read).transpose()
}

/// Every record, by slug.
pub(crate) async fn all(sql: &Client) -> Result<Vec<InstalledPlugin>, LifecycleError> {
    let query = format!("SELECT {COLUMNS} FROM daino.plugins ORDER BY slug");
    sql.query(&query, &[]).await?.iter().map(read).collect()
}

/// Writes a record, new or again.
pub(super) async fn save(sql: &Client, plugin: &InstalledPlugin) -> Result<(), LifecycleError> {
    let details = serde_json::to_value(Details {
        version: plugin.version.clone(),
        manifest: plugin.manifest.clone(),
        source: plugin.source.clone(),
        publisher: plugin.publisher.clone(),
        code: plugin.code.clone(),
    })
    .map_err(|e| unreadable(plugin.slug.as_str(), e))?;
    sql.execute(
        "INSERT INTO daino.plugins (slug, state, details, config, installed_at)
         VALUES ($1, $2, $3, $4, $5::text::timestamptz)
         ON CONFLICT (slug) DO UPDATE SET state = EXCLUDED.state, details = EXCLUDED.details,
           config = EXCLUDED.config, installed_at = EXCLUDED.installed_at",
        &[
            &plugin.slug.as_str(),
            &plugin.state.as_str(),
            &details,
            &plugin.config,
            &plugin.installed_at,
        ],
    )
    .await?;
    Ok(())
}

/// Changes the state alone.
pub(super) async fn set_state(
    sql: &Client,
    slug: &PluginSlug,
    state: PluginState,
) -> Result<(), LifecycleError> {
    let update = "UPDATE daino.plugins SET state = $2 WHERE slug = $1";
    sql.execute(update, &[&slug.as_str(), &state.as_str()]).await?;
    Ok(())
}

/// Forgets the plugin, with its migrations, objects and secrets.
pub(super) async fn forget(sql: &Client, slug: &PluginSlug) -> Result<(), LifecycleError> {
    sql.execute("DELETE FROM daino.plugins WHERE slug = $1", &[&slug.as_str()]).await?;
    Ok(())
}

/// Migrations that ran, in order.
pub(crate) async fn migrations(
    sql: &Client,
    slug: &PluginSlug,
) -> Result<Vec<AppliedMigration>, LifecycleError> {
    let query = "SELECT name, checksum, (applied_at AT TIME ZONE 'UTC')::text || '+00'
         FROM daino.plugin_migrations WHERE slug = $1 ORDER BY position";
    let rows = sql.query(query, &[&slug.as_str()]).await?;
    rows.iter()
        .map(|row| {
            let (name, checksum): (String, String) = (row.try_get(0)?, row.try_get(1)?);
            let checksum = checksum.parse().map_err(|e| unreadable(&name, e))?;
            Ok(AppliedMigration { name, checksum, applied_at: row.try_get(2)? })
        })
        .collect()
}

/// Records a migration after the others.
pub(super) async fn add_migration(
    sql: &Client,
    slug: &PluginSlug,
    migration: &AppliedMigration,
) -> Result<(), LifecycleError> {
    sql.execute(
        "INSERT INTO daino.plugin_migrations (slug, name, position, checksum, applied_at)
         SELECT $1, $2, COALESCE(max(position), 0) + 1, $3, COALESCE($4::text::timestamptz, now())
         FROM daino.plugin_migrations WHERE slug = $1",
        &[&slug.as_str(), &migration.name, &migration.checksum.to_string(), &migration.applied_at],
    )
    .await?;
    Ok(())
}

/// Objects that the plugin's migrations created, by kind and name.
pub(crate) async fn objects(
    sql: &Client,
    slug: &PluginSlug,
) -> Result<Vec<BackupObject>, LifecycleError> {
    let query = "SELECT kind, name FROM daino.plugin_objects WHERE slug = $1 ORDER BY kind, name";
    let rows = sql.query(query, &[&slug.as_str()]).await?;
    rows.iter()
        .map(|row| {
            let (kind, name): (String, String) = (row.try_get(0)?, row.try_get(1)?);
            let kind = serde_json::from_value::<ObjectKind>(Value::String(kind))
                .map_err(|e| unreadable(&name, e))?;
            Ok(BackupObject { kind, name })
        })
        .collect()
}

/// Records objects as created by the plugin.
pub(super) async fn add_objects(
    sql: &Client,
    slug: &PluginSlug,
    objects: &[BackupObject],
) -> Result<(), LifecycleError> {
    for object in objects {
        sql.execute(
            "INSERT INTO daino.plugin_objects (slug, kind, name) VALUES ($1, $2, $3)
             ON CONFLICT DO NOTHING",
            &[&slug.as_str(), &object.kind.as_str(), &object.name],
        )
        .await?;
    }
    Ok(())
}

/// Forgets every object and migration of the plugin.
pub(super) async fn forget_schema(sql: &Client, slug: &PluginSlug) -> Result<(), LifecycleError> {
    sql.execute("DELETE FROM daino.plugin_objects WHERE slug = $1", &[&slug.as_str()]).await?;
    sql.execute("DELETE FROM daino.plugin_migrations WHERE slug = $1", &[&slug.as_str()]).await?;
    sql.execute("DELETE FROM daino.plugin_schema WHERE slug = $1", &[&slug.as_str()]).await?;
    Ok(())
}

/// Forgets objects that are not there any more.
pub(super) async fn forget_objects(
    sql: &Client,
    slug: &PluginSlug,
    objects: &[BackupObject],
) -> Result<(), LifecycleError> {
    for object in objects {
        let forget = "DELETE FROM daino.plugin_objects WHERE slug = $1 AND kind = $2 AND name = $3";
        sql.execute(forget, &[&slug.as_str(), &object.kind.as_str(), &object.name]).await?;
    }
    Ok(())
}

/// Forgets a migration that was taken back.
pub(super) async fn forget_migration(
    sql: &Client,
    slug: &PluginSlug,
    name: &str,
) -> Result<(), LifecycleError> {
    let forget = "DELETE FROM daino.plugin_migrations WHERE slug = $1 AND name = $2";
    sql.execute(forget, &[&slug.as_str(), &name]).await?;
    Ok(())
}

/// The plugin's secrets.
pub(super) async fn secrets(
    sql: &Client,
    slug: &PluginSlug,
) -> Result<BTreeMap<String, String>, LifecycleError> {
    let query = "SELECT name, value FROM daino.plugin_secrets WHERE slug = $1";
    let rows = sql.query(query, &[&slug.as_str()]).await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
}

/// Names of the plugin's secrets, sorted.
pub(crate) async fn secret_names(
    sql: &Client,
    slug: &PluginSlug,
) -> Result<Vec<String>, LifecycleError> {
    let query = "SELECT name FROM daino.plugin_secrets WHERE slug = $1 ORDER BY name";
    let rows = sql.query(query, &[&slug.as_str()]).await?;
    rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
}

/// Sets secrets; others stay.
pub(super) async fn set_secrets(
    sql: &Client,
    slug: &PluginSlug,
    secrets: &BTreeMap<String, String>,
) -> Result<(), LifecycleError> {
    for (name, value) in secrets {
        sql.execute(
            "INSERT INTO daino.plugin_secrets (slug, name, value) VALUES ($1, $2, $3)
             ON CONFLICT (slug, name) DO UPDATE SET value = EXCLUDED.value",
            &[&slug.as_str(), name, value],
        )
        .await?;
    }
    Ok(())
}

/// Removes every secret of the plugin.
pub(super) async fn forget_secrets(sql: &Client, slug: &PluginSlug) -> Result<(), LifecycleError> {
    sql.execute("DELETE FROM daino.plugin_secrets WHERE slug = $1", &[&slug.as_str()]).await?;
    Ok(())
}

/// Rows of the plugin's own store.
pub(crate) async fn data_rows(sql: &Client, slug: &PluginSlug) -> Result<u64, LifecycleError> {
    let query = "SELECT count(*) FROM public.plugin_data WHERE plugin_id = $1";
    let rows: i64 = sql.query_one(query, &[&slug.as_str()]).await?.try_get(0)?;
    Ok(rows.unsigned_abs())
}

/// Removes every row of the plugin's own store.
pub(super) async fn forget_data(sql: &Client, slug: &PluginSlug) -> Result<(), LifecycleError> {
    sql.execute("DELETE FROM public.plugin_data WHERE plugin_id = $1", &[&slug.as_str()]).await?;
    recount_storage(sql, slug).await
}

/// Counts what the plugin's store holds against its quota.
pub(super) async fn recount_storage(sql: &Client, slug: &PluginSlug) -> Result<(), LifecycleError> {
    sql.execute(
        "UPDATE daino.plugin_role r SET storage_bytes = COALESCE((
           SELECT sum(octet_length(d.data_key) + octet_length(d.data_value::text))
           FROM public.plugin_data d WHERE d.plugin_id = r.slug), 0)
         WHERE r.slug = $1",
        &[&slug.as_str()],
    )
    .await?;
    Ok(())
}

/// The plugin's database role, when it has one.
pub(crate) async fn role(
    sql: &Client,
    slug: &PluginSlug,
) -> Result<Option<String>, LifecycleError> {
    let query = "SELECT role::text FROM daino.plugin_role WHERE slug = $1";
    let row = sql.query_opt(query, &[&slug.as_str()]).await?;
    Ok(row.map(|row| row.try_get(0)).transpose()?)
}

/// Writes down what an uninstallation did.
pub(super) async fn add_uninstall(
    sql: &Client,
    report: &UninstallReport,
) -> Result<(), LifecycleError> {
    let slug = report.slug.as_str();
    let value = serde_json::to_value(report).map_err(|e| unreadable(slug, e))?;
    sql.execute(
        "INSERT INTO daino.uninstalls (slug, version, report) VALUES ($1, $2, $3)",
        &[&slug, &report.version.to_string(), &value],
    )
    .await?;
    Ok(())
}
