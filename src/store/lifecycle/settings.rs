//! New settings and secrets for a plugin that is installed.

use std::sync::Arc;

use super::change::Change;
use super::install::{Installation, Planned};
use super::{LifecycleError, lock, records, running};
use crate::model::event::Tell;
use crate::model::installed::{InstalledPlugin, PluginState};
use crate::sandbox::LogSink;

/// Writes them in one transaction, then tells the plugin (`onConfigUpdate`).
pub(super) async fn apply(
    change: &mut Change<'_>,
    wanted: &Installation,
    planned: Planned,
    log: Arc<dyn LogSink>,
) -> Result<InstalledPlugin, LifecycleError> {
    let (previous, config) = planned.into_settings();
    let Some(previous) = previous else {
        return Err(LifecycleError::NotInstalled(wanted.package.manifest.slug.to_string()));
    };
    let plugin = InstalledPlugin { config, ..previous.clone() };
    let tx = change.sql.transaction().await?;
    records::save(tx.client(), &plugin).await?;
    records::set_secrets(tx.client(), &plugin.slug, &wanted.secrets).await?;
    tx.commit().await?;
    lock::note(change.shop.dir(), &plugin)?;
    if plugin.state == PluginState::Enabled && plugin.config != previous.config {
        tell(change, &plugin, &previous, log).await;
    }
    Ok(plugin)
}

/// The settings are valid and stand; a plugin that stumbles over them is a warning.
async fn tell(
    change: &Change<'_>,
    plugin: &InstalledPlugin,
    previous: &InstalledPlugin,
    log: Arc<dyn LogSink>,
) {
    let told = async {
        let instance = running::start(change.shop, &change.sql, plugin, log).await?;
        let arguments = vec![plugin.config.clone(), previous.config.clone()];
        let told = running::lifecycle(&instance, "onConfigUpdate", arguments).await;
        instance.stop().await;
        told.map_err(LifecycleError::from)
    };
    if let Err(error) = told.await {
        change
            .observer
            .warn(format!("the settings are saved, but `onConfigUpdate` failed: {error}"));
    }
}
