//! The record of every call into a plugin.

use crate::store::sql::Client;

use super::LifecycleError;
use crate::model::PluginSlug;

/// One call.
#[derive(Debug, Clone)]
pub(crate) struct CallRecord<'a> {
    /// The plugin.
    pub slug: &'a PluginSlug,
    /// Its version.
    pub version: &'a semver::Version,
    /// What was called, such as `method refund`.
    pub target: &'a str,
    /// `done`, or the code of the failure.
    pub outcome: &'a str,
    /// Wall clock.
    pub millis: f64,
    /// Requests of the plugin.
    pub host_calls: u64,
}

/// Writes the call down.
pub(crate) async fn record_call(sql: &Client, call: &CallRecord<'_>) -> Result<(), LifecycleError> {
    sql.execute(
        "INSERT INTO daino.calls (slug, version, target, outcome, millis, host_calls)
         VALUES ($1, $2, $3, $4, $5, $6)",
        &[
            &call.slug.as_str(),
            &call.version.to_string(),
            &call.target,
            &call.outcome,
            &call.millis,
            &i64::try_from(call.host_calls).unwrap_or(i64::MAX),
        ],
    )
    .await?;
    Ok(())
}
