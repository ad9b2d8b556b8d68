//! What was done to plugins and by whom; pins; what tables were made like.

use crate::store::sql::Client;
use serde_json::Value;

use super::LifecycleError;
use crate::model::PluginSlug;
use crate::model::history::HistoryEntry;
use crate::sys::account;

/// Something that was done just now, by whoever runs this program.
pub(crate) fn entry(
    slug: &PluginSlug,
    action: &str,
    from: Option<&semver::Version>,
    to: Option<&semver::Version>,
) -> HistoryEntry {
    HistoryEntry {
        at: String::new(),
        who: account::operator(),
        slug: slug.clone(),
        action: action.to_owned(),
        from: from.map(ToString::to_string),
        to: to.map(ToString::to_string),
        verdict: "done".to_owned(),
        details: Value::Object(serde_json::Map::new()),
    }
}

/// Writes an entry, in the transaction of `sql`.
pub(crate) async fn add(sql: &Client, entry: &HistoryEntry) -> Result<(), LifecycleError> {
    sql.execute(
        "INSERT INTO daino.history (who, slug, action, from_version, to_version, verdict, details)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &[
            &entry.who,
            &entry.slug.as_str(),
            &entry.action,
            &entry.from,
            &entry.to,
            &entry.verdict,
            &entry.details,
        ],
    )
    .await?;
    Ok(())
}

/// The newest entries, oldest of them first.
pub(crate) async fn list(
    sql: &Client,
    slug: Option<&PluginSlug>,
    most: i64,
) -> Result<Vec<HistoryEntry>, LifecycleError> {
    let rows = sql
        .query(
            "SELECT to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'), who, slug, action,
                    from_version, to_version, verdict, details
             FROM (SELECT * FROM daino.history WHERE slug = $1 OR $1 IS NULL
                   ORDER BY id DESC LIMIT $2) h ORDER BY id",
            &[&slug.map(PluginSlug::as_str), &most],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let slug: String = row.try_get(2)?;
            let slug = PluginSlug::new(&slug).map_err(|e| LifecycleError::Record {
                what: slug.clone(),
                reason: e.to_string(),
            })?;
            Ok(HistoryEntry {
                at: row.try_get(0)?,
                who: row.try_get(1)?,
                slug,
                action: row.try_get(3)?,
                from: row.try_get(4)?,
                to: row.try_get(5)?,
                verdict: row.try_get(6)?,
                details: row.try_get(7)?,
            })
        })
        .collect()
}

/// The range a plugin is pinned to.
pub(crate) async fn pin(sql: &Client, slug: &PluginSlug) -> Result<Option<String>, LifecycleError> {
    let query = "SELECT range FROM daino.plugin_pins WHERE slug = $1";
    let row = sql.query_opt(query, &[&slug.as_str()]).await?;
    Ok(row.map(|row| row.try_get(0)).transpose()?)
}

/// Pins a plugin, or takes its pin away.
pub(crate) async fn set_pin(
    sql: &Client,
    slug: &PluginSlug,
    range: Option<&str>,
) -> Result<(), LifecycleError> {
    match range {
        Some(range) => {
            sql.execute(
                "INSERT INTO daino.plugin_pins (slug, range) VALUES ($1, $2)
                 ON CONFLICT (slug) DO UPDATE SET range = EXCLUDED.range",
                &[&slug.as_str(), &range],
            )
            .await?
        }
        None => {
            let delete = "DELETE FROM daino.plugin_pins WHERE slug = $1";
            sql.execute(delete, &[&slug.as_str()]).await?
        }
    };
    Ok(())
}

/// Writes down what the plugin's tables are made like.
pub(super) async fn set_schema(
    sql: &Client,
    slug: &PluginSlug,
    definitions: &[String],
) -> Result<(), LifecycleError> {
    let value = serde_json::json!(definitions);
    sql.execute(
        "INSERT INTO daino.plugin_schema (slug, definitions) VALUES ($1, $2)
         ON CONFLICT (slug) DO UPDATE SET definitions = EXCLUDED.definitions",
        &[&slug.as_str(), &value],
    )
    .await?;
    Ok(())
}

/// What the plugin's tables were made like; `None` when nobody wrote it down.
pub(super) async fn schema(
    sql: &Client,
    slug: &PluginSlug,
) -> Result<Option<Vec<String>>, LifecycleError> {
    let query = "SELECT definitions FROM daino.plugin_schema WHERE slug = $1";
    let Some(row) = sql.query_opt(query, &[&slug.as_str()]).await? else { return Ok(None) };
    let value: Value = row.try_get(0)?;
    let read = serde_json::from_value(value)
        .map_err(|e| LifecycleError::Record { what: slug.to_string(), reason: e.to_string() });
    read.map(Some)
}
