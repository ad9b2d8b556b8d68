//! New settings and secrets for a plugin that is installed.

use std::sync::Arc;

use tokio_postgres::Transaction;

use super::change::Change;
use super::install::{Installation, Planned};
use super::{LifecycleError, records, running};
use crate::model::event::Tell;
use crate::model::installed::{InstalledPlugin, PluginState};
use crate::model::operation::{Operation, OperationKind, Phase};
use crate::sandbox::LogSink;
use crate::store::journal::Journal;
use crate::sys::kill_point::kill_point;

/// Settings that are ready to be announced.
pub(super) struct Ready {
    wanted: Installation,
    previous: InstalledPlugin,
    /// The record to be.
    pub(super) plugin: InstalledPlugin,
    /// The journal's entry.
    pub(super) operation: Operation,
}

impl Ready {
    /// From a plan; nothing is changed yet.
    pub(super) fn new(wanted: Installation, planned: Planned) -> Result<Self, LifecycleError> {
        let (previous, config) = planned.into_settings();
        let slug = wanted.slug().clone();
        let previous = previous.ok_or_else(|| LifecycleError::NotInstalled(slug.to_string()))?;
        let plugin = InstalledPlugin { config, ..previous.clone() };
        let operation = Journal::operation(&slug, OperationKind::Settings);
        Ok(Self { wanted, previous, plugin, operation })
    }

    /// Writes them, in the transaction that decides.
    pub(super) async fn decide(&self, tx: &Transaction<'_>) -> Result<(), LifecycleError> {
        records::save(tx.client(), &self.plugin).await?;
        records::set_secrets(tx.client(), &self.plugin.slug, &self.wanted.secrets).await?;
        Journal::advance(tx.client(), &self.operation, Phase::Finished).await?;
        kill_point("settings.decided");
        Ok(())
    }

    /// Tells the plugin (`onConfigUpdate`). The settings are valid and stand; a plugin that stumbles over
    /// them is a warning.
    pub(super) async fn tell(&self, change: &Change<'_>, log: Arc<dyn LogSink>) {
        let (plugin, previous) = (&self.plugin, &self.previous);
        if plugin.state != PluginState::Enabled || plugin.config == previous.config {
            return;
        }
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
}
