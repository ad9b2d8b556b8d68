//! What publishing a release, withdrawing one and changing an owner have in common: the registry, the
//! namespace, the keys, the time.

use crate::client::Registry;
use crate::config::{RegistryChoice, Settings};
use crate::error::Failure;
use crate::model::{Ask, PluginSlug};
use crate::ops::fetch_release::client_options;
use crate::ops::{key, publish};
use crate::sys::clock::{Clock, SystemClock};
use crate::trust::{SigningKey, Statement, sign_statement};

/// Who says something, and to which registry.
#[derive(Debug, Clone)]
pub(crate) struct Speaker {
    /// Names of the signing keys; none for the key of the settings.
    pub keys: Vec<String>,
    /// Name or URL of the registry; default from the settings.
    pub registry: Option<String>,
    /// The settings of this run.
    pub settings: Settings,
    /// Send nothing.
    pub dry_run: bool,
    /// Whether the network is switched off.
    pub offline: bool,
}

impl Speaker {
    /// The registry, and a client of it. Unless nothing is to be sent, it is asked what it is first.
    pub(crate) async fn registry(&self) -> Result<(RegistryChoice, Registry), Failure> {
        let choice = self.settings.registry(self.registry.as_deref())?;
        let registry = Registry::open(&choice, client_options(&self.settings, self.offline)?)?;
        if !self.dry_run {
            publish::require_registry(&registry, &choice).await?;
        }
        Ok((choice, registry))
    }

    /// The namespace: the one given, else that of the settings.
    pub(crate) fn namespace(&self, given: Option<PluginSlug>) -> Result<PluginSlug, Failure> {
        match given {
            Some(namespace) => Ok(namespace),
            None => Ok(self.settings.namespace(None)?.ok_or_else(publish::no_namespace)?.value),
        }
    }

    /// The keys to sign with, opened.
    pub(crate) fn signers(&self, ask: &dyn Ask) -> Result<Vec<SigningKey>, Failure> {
        if self.keys.is_empty() {
            let named = self.settings.key(None)?;
            let name = named.as_ref().map(|named| named.value.as_str());
            return Ok(vec![key::signing_key(&self.settings, name, ask)?]);
        }
        self.keys.iter().map(|name| key::signing_key(&self.settings, Some(name), ask)).collect()
    }

    /// Signs a statement with every key, and sends it.
    pub(crate) async fn say(
        &self,
        registry: &Registry,
        statement: &Statement,
        signers: &[&SigningKey],
    ) -> Result<(), Failure> {
        if !self.dry_run {
            registry.state(&sign_statement(statement, signers)).await?;
        }
        Ok(())
    }
}

/// The time as statements have it: RFC 3339 in UTC, whole seconds.
pub(crate) fn now() -> String {
    let now = SystemClock.now();
    jiff::Timestamp::from_second(now.as_second()).unwrap_or(now).to_string()
}
