//! A trial run before an installation or an update: the plugin starts in its sandbox against a copy of the shop's
//! schema with sample rows, in a server of its own, with its own rights, tables, settings and secrets, and
//! touches nothing of the shop itself.
//!
//! It must load, and `onEnable` and `healthCheck` must not fail. The network is not there: a plugin
//! that may use it is only warned about when it fails. Migrations that fail are left to the
//! installation, which names file and line and undoes itself.
//!
//! Of an update, code that does not load or lacks a handler is refused here. What `onUpdate` and
//! `healthCheck` say without the shop's rows is only told: the update asks them again over its own
//! tables, before it is decided.

use std::sync::Arc;

use serde_json::{Value, json};

use super::install::Installation;
use super::{LifecycleError, running};
use crate::model::event::Tell;
use crate::model::installed::InstalledPlugin;
use crate::model::permission::Permissions;
use crate::model::{Observer, Stage};
use crate::sandbox::{FilesRoot, Host, Instance, InstanceSpec, LogSink};
use crate::store::error::StoreError;
use crate::store::{PluginAccess, PluginParts, ProvingGround, Shop, migrations};

/// What is tried.
#[derive(Clone, Copy)]
pub(crate) struct Tried<'a> {
    /// The release.
    pub wanted: &'a Installation,
    /// What it takes the place of.
    pub previous: Option<&'a InstalledPlugin>,
}

/// Runs the trial. `config` are the settings it would have.
pub(crate) async fn probe(
    shop: &Shop,
    tried: Tried<'_>,
    config: Value,
    ground: &ProvingGround,
    log: Arc<dyn LogSink>,
    observer: &dyn Observer,
) -> Result<(), LifecycleError> {
    let package = &tried.wanted.package;
    let manifest = &package.manifest;
    observer.start(Stage::Verify, format!("trial run of {}", manifest.slug));
    let access = PluginAccess {
        slug: manifest.slug.clone(),
        permissions: manifest.permissions.clone(),
        limits: manifest.resource_limits.clone(),
    };
    let migrations = migrations(&package.files);
    let tried = ground.with(&access, &migrations, observer, async |parts| {
        run(shop, tried, config, parts, log, observer).await
    });
    match tried.await {
        Ok(done) => done?,
        Err(why) => observer.detail(format!("no trial run: {why}")),
    }
    observer.finish(Stage::Verify, "it starts");
    Ok(())
}

async fn run(
    shop: &Shop,
    tried: Tried<'_>,
    config: Value,
    parts: PluginParts,
    log: Arc<dyn LogSink>,
    observer: &dyn Observer,
) -> Result<(), LifecycleError> {
    let Tried { wanted, previous } = tried;
    let package = &wanted.package;
    let manifest = &package.manifest;
    let place = tempfile::tempdir().map_err(StoreError::file("make", std::env::temp_dir()))?;
    let files = match manifest.permissions.filesystem.is_empty() {
        true => None,
        false => {
            Some(FilesRoot::open(place.path()).map_err(StoreError::file("open", place.path()))?)
        }
    };
    let mut secrets = wanted.secrets.clone();
    secrets.retain(|name, _| manifest.secrets.contains(name));
    let host = Host {
        database: Some(parts.database),
        storage: Some(parts.storage),
        files,
        config,
        secrets,
        store: json!(shop.info()),
        ..Host::bare(log)
    };
    let spec = InstanceSpec {
        slug: manifest.slug.clone(),
        entry: manifest.entry(&package.files),
        also: running::handler_files(manifest, &package.files),
        files: package.files.clone(),
        permissions: Permissions { api: Vec::new(), ..manifest.permissions.clone() },
        apis: std::collections::BTreeMap::new(),
        limits: manifest.resource_limits.clone(),
        host,
    };
    let start = async { Ok(Instance::start(spec).await?) };
    let started = match previous {
        None => running::prove(&manifest.slug, start).await,
        Some(previous) => replaced(wanted, previous, start, observer).await,
    };
    match started {
        Err(LifecycleError::Unhealthy { why, .. }) if !manifest.permissions.api.is_empty() => {
            observer.warn(format!(
                "in its trial run, which has no network, `{}` failed: {why}",
                manifest.slug
            ));
            Ok(())
        }
        done => done,
    }
}

/// Starts a release that takes the place of another one.
async fn replaced(
    wanted: &Installation,
    previous: &InstalledPlugin,
    start: impl Future<Output = Result<Instance, LifecycleError>>,
    observer: &dyn Observer,
) -> Result<(), LifecycleError> {
    let (manifest, files) = (&wanted.package.manifest, &wanted.package.files);
    let slug = &manifest.slug;
    let instance = start.await.map_err(|error| running::or_unhealthy(slug, error))?;
    let methods = running::names(&instance).await;
    let missing = match &methods {
        Ok(methods) => running::missing_handler(manifest, files, methods),
        Err(_) => None,
    };
    let versions = vec![json!(previous.version.to_string()), json!(manifest.version.to_string())];
    let updated = running::lifecycle(&instance, "onUpdate", versions).await;
    let said = match updated {
        Ok(_) => running::check_health(&instance, slug).await,
        Err(error) => Err(running::or_unhealthy(slug, error.into())),
    };
    instance.stop().await;
    methods.map_err(|error| running::or_unhealthy(slug, error.into()))?;
    if let Some(handler) = missing {
        let why = format!("it has no `{handler}`, which it must have");
        return Err(running::unhealthy(slug, why));
    }
    match said {
        Err(LifecycleError::Unhealthy { why, .. }) => {
            observer.warn(format!(
                "in its trial run, which has neither rows nor network, `{slug}` failed: {why}"
            ));
            Ok(())
        }
        other => other,
    }
}
