//! A trial run before an installation: the plugin starts in its sandbox against a copy of the shop's
//! schema with sample rows, with its own rights, tables, settings and secrets, and touches nothing
//! of the shop itself.
//!
//! It must load, and `onEnable` and `healthCheck` must not fail. The network is not there: a plugin
//! that may use it is only warned about when it fails. Migrations that fail are left to the
//! installation, which names file and line and undoes itself.

use std::sync::Arc;

use serde_json::{Value, json};

use super::install::Installation;
use super::{LifecycleError, running};
use crate::model::event::Tell;
use crate::model::permission::Permissions;
use crate::model::{Observer, Stage};
use crate::sandbox::{FilesRoot, Host, Instance, InstanceSpec, LogSink};
use crate::store::error::StoreError;
use crate::store::testing::TestDatabases;
use crate::store::{PluginAccess, Shop, migrations};

/// Runs the trial. `config` are the settings it would have.
pub(crate) async fn probe(
    shop: &Shop,
    wanted: &Installation,
    config: Value,
    offline: bool,
    log: Arc<dyn LogSink>,
    observer: &dyn Observer,
) -> Result<(), LifecycleError> {
    let manifest = &wanted.package.manifest;
    observer.start(Stage::Verify, format!("trial run of {}", manifest.slug));
    let access = PluginAccess {
        slug: manifest.slug.clone(),
        permissions: manifest.permissions.clone(),
        limits: manifest.resource_limits.clone(),
    };
    let databases = TestDatabases::new(access, migrations(&wanted.package.files), offline);
    let done = run(shop, wanted, config, &databases, log, observer).await;
    databases.close().await;
    if done.is_ok() {
        observer.finish(Stage::Verify, "it starts");
    }
    done
}

async fn run(
    shop: &Shop,
    wanted: &Installation,
    config: Value,
    databases: &TestDatabases,
    log: Arc<dyn LogSink>,
    observer: &dyn Observer,
) -> Result<(), LifecycleError> {
    let package = &wanted.package;
    let manifest = &package.manifest;
    databases.prepare(observer).await;
    let database = match databases.fresh().await {
        Ok(database) => database,
        Err(error) => {
            observer.detail(format!("no trial run: {}", error.message));
            return Ok(());
        }
    };
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
        database: Some(Arc::clone(&database.parts.database)),
        storage: Some(Arc::clone(&database.parts.storage)),
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
    let started = running::prove(&manifest.slug, async { Ok(Instance::start(spec).await?) }).await;
    databases.release(database).await;
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
