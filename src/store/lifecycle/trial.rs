//! New code tried inside the transaction that decides: it migrates its settings and shows that it is
//! healthy, over tables that nobody else sees yet.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::LifecycleError;
use super::install::Installation;
use super::running::{self, or_unhealthy, unhealthy};
use crate::model::config_schema;
use crate::model::installed::InstalledPlugin;
use crate::sandbox::{Instance, LogSink};
use crate::store::{PluginParts, Shop};

/// What a trial works with.
pub(super) struct Trial<'a> {
    /// The shop.
    pub shop: &'a Shop,
    /// The plugin's new record; its settings are still the old ones.
    pub plugin: &'a InstalledPlugin,
    /// The record before.
    pub previous: &'a InstalledPlugin,
    /// The release, and what the operator gives with it.
    pub wanted: &'a Installation,
    /// The plugin's secrets.
    pub secrets: BTreeMap<String, String>,
    /// Takes what it logs.
    pub log: Arc<dyn LogSink>,
}

impl Trial<'_> {
    /// Calls `onUpdate(from, to)`, then starts the plugin with its new settings: every handler that
    /// the manifest names must be there, and `healthCheck` must not say no. The new settings.
    pub(super) async fn run(self, parts: PluginParts) -> Result<Value, LifecycleError> {
        let slug = &self.plugin.slug;
        let instance = self.start(self.plugin, parts.clone()).await?;
        let migrated = self.on_update(&instance).await;
        instance.stop().await;
        let (methods, config) = migrated?;
        if let Some(handler) =
            running::missing_handler(&self.plugin.manifest, &self.wanted.package.files, &methods)
        {
            return Err(unhealthy(slug, format!("it has no `{handler}`, which it must have")));
        }
        let plugin = InstalledPlugin { config: config.clone(), ..self.plugin.clone() };
        let instance = self.start(&plugin, parts).await?;
        let healthy = running::check_health(&instance, slug).await;
        instance.stop().await;
        healthy.map(|()| config)
    }

    async fn start(
        &self,
        plugin: &InstalledPlugin,
        parts: PluginParts,
    ) -> Result<Instance, LifecycleError> {
        let (files, secrets) = (self.wanted.package.files.clone(), self.secrets.clone());
        running::start_with(self.shop, plugin, files, parts, secrets, self.log.clone(), None)
            .await
            .map_err(|error| or_unhealthy(&plugin.slug, error))
    }

    /// Its methods, and the settings to be: what `onUpdate` gives, else the old ones as far as the
    /// new release knows them; the operator's come last.
    async fn on_update(
        &self,
        instance: &Instance,
    ) -> Result<(BTreeSet<String>, Value), LifecycleError> {
        let slug = &self.plugin.slug;
        let methods =
            running::names(instance).await.map_err(|error| or_unhealthy(slug, error.into()))?;
        let mut given = Value::Null;
        if methods.contains("onUpdate") {
            let versions = vec![
                json!(self.previous.version.to_string()),
                json!(self.plugin.version.to_string()),
            ];
            let called = running::lifecycle(instance, "onUpdate", versions).await;
            given = called.map_err(|error| or_unhealthy(slug, error.into()))?.value;
        }
        let mut settings = match given {
            Value::Object(settings) => settings,
            Value::Null => self.carried(),
            other => {
                let why = format!("`onUpdate` gives {other}, and settings are an object");
                return Err(unhealthy(slug, why));
            }
        };
        let schema = self.plugin.manifest.config_schema.as_ref();
        settings.extend(self.wanted.config.clone());
        for (key, text) in &self.wanted.set {
            settings.insert(key.clone(), config_schema::read_value(schema, key, text));
        }
        let settings = config_schema::check(schema, settings).map_err(LifecycleError::Config)?;
        Ok((methods, Value::Object(settings)))
    }

    /// The old settings without those that only the old release knew.
    fn carried(&self) -> Map<String, Value> {
        let known = |manifest: &crate::model::Manifest, key: &str| {
            let properties = manifest.config_schema.as_ref().and_then(|s| s.get("properties"));
            properties.is_some_and(|properties| properties.get(key).is_some())
        };
        let settings = self.previous.config.as_object().cloned().unwrap_or_default();
        let has_schema = self.plugin.manifest.config_schema.is_some();
        let keeps = |key: &str| {
            has_schema
                && (known(&self.plugin.manifest, key) || !known(&self.previous.manifest, key))
        };
        settings.into_iter().filter(|(key, _)| keeps(key)).collect()
    }
}
