//! Runs an installed plugin: its own code, role, settings and secrets, in the sandbox.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::{Value, json};
use tokio_postgres::Client;

use super::error::Stack;
use super::{CodeFolder, LifecycleError, records};
use crate::model::installed::{CodeCheck, InstalledPlugin};
use crate::model::{FileSet, Manifest, PluginSlug, TreePath};
use crate::sandbox::{
    AuditSink, CallOutcome, FilesRoot, Host, Instance, InstanceSpec, LogSink, SandboxError, Target,
};
use crate::store::error::StoreError;
use crate::store::{PluginAccess, PluginParts, Shop};

/// Starts the plugin. Nothing of it has run yet.
pub(super) async fn start(
    shop: &Shop,
    sql: &Client,
    plugin: &InstalledPlugin,
    log: Arc<dyn LogSink>,
) -> Result<Instance, LifecycleError> {
    start_audited(shop, sql, plugin, log, None).await
}

/// The same, with somebody who is told what the plugin uses and is refused.
pub(crate) async fn start_audited(
    shop: &Shop,
    sql: &Client,
    plugin: &InstalledPlugin,
    log: Arc<dyn LogSink>,
    audit: Option<Arc<dyn AuditSink>>,
) -> Result<Instance, LifecycleError> {
    let files = load(shop, plugin)?;
    let parts = shop.plugin_parts(&access(plugin)).await?;
    let secrets = records::secrets(sql, &plugin.slug).await?;
    start_with(shop, plugin, files, parts, secrets, log, audit).await
}

/// Who the plugin is to the database.
pub(super) fn access(plugin: &InstalledPlugin) -> PluginAccess {
    PluginAccess {
        slug: plugin.slug.clone(),
        permissions: plugin.manifest.permissions.clone(),
        limits: plugin.manifest.resource_limits.clone(),
    }
}

/// Starts the plugin from these files, with these parts of the shop.
pub(super) async fn start_with(
    shop: &Shop,
    plugin: &InstalledPlugin,
    files: FileSet,
    parts: PluginParts,
    mut secrets: BTreeMap<String, String>,
    log: Arc<dyn LogSink>,
    audit: Option<Arc<dyn AuditSink>>,
) -> Result<Instance, LifecycleError> {
    let manifest = &plugin.manifest;
    secrets.retain(|name, _| manifest.secrets.contains(name));
    let root = shop.dir().join("files");
    let files_root = match manifest.permissions.filesystem.is_empty() {
        true => None,
        false => Some(FilesRoot::open(&root).map_err(StoreError::file("open", &root))?),
    };
    let host = Host {
        database: Some(parts.database),
        storage: Some(parts.storage),
        files: files_root,
        config: plugin.config.clone(),
        secrets,
        store: json!(shop.info()),
        audit,
        ..Host::bare(log)
    };
    Ok(Instance::start(spec(manifest, files, host)).await?)
}

fn spec(manifest: &Manifest, files: FileSet, host: Host) -> InstanceSpec {
    InstanceSpec {
        slug: manifest.slug.clone(),
        entry: manifest.entry(&files),
        also: handler_files(manifest, &files),
        files,
        permissions: manifest.permissions.clone(),
        apis: manifest.apis.clone(),
        limits: manifest.resource_limits.clone(),
        host,
    }
}

/// The plugin's methods, from its code started without anything it could reach.
pub(super) async fn methods(
    manifest: &Manifest,
    files: &FileSet,
    config: &Value,
    log: Arc<dyn LogSink>,
) -> Result<BTreeSet<String>, SandboxError> {
    let manifest = &Manifest { permissions: Default::default(), ..manifest.clone() };
    let host = Host { config: config.clone(), ..Host::bare(log) };
    let instance = Instance::start(spec(manifest, files.clone(), host)).await?;
    let names = names(&instance).await;
    instance.stop().await;
    names
}

/// The methods of a plugin that was started.
pub(super) async fn names(instance: &Instance) -> Result<BTreeSet<String>, SandboxError> {
    let named = instance.call(Target::Names, Vec::new()).await?;
    Ok(serde_json::from_value(named.value).unwrap_or_default())
}

/// A handler that the manifest names and that is neither a method nor a file of the plugin.
pub(super) fn missing_handler(
    manifest: &Manifest,
    files: &FileSet,
    methods: &BTreeSet<String>,
) -> Option<String> {
    let hooks = manifest.hooks.values();
    let routes = manifest.routes.iter().map(|route| &route.handler);
    let cron = manifest.cron.iter().map(|job| &job.handler);
    let is_there = |handler: &str| {
        methods.contains(handler) || files.contains(handler.strip_prefix("./").unwrap_or(handler))
    };
    let required = manifest.kind.required_methods().iter().copied();
    let mut named = hooks.chain(routes).chain(cron).map(String::as_str).chain(required);
    named.find(|handler| !is_there(handler)).map(str::to_owned)
}

/// The plugin's code, when it is what was installed.
pub(super) fn load(shop: &Shop, plugin: &InstalledPlugin) -> Result<FileSet, LifecycleError> {
    CodeFolder::of(shop.dir(), &plugin.slug).load(&plugin.code).map_err(|check| {
        let why = match check {
            CodeCheck::Changed { why } => why,
            _ => "it was removed".to_owned(),
        };
        LifecycleError::CodeChanged { slug: plugin.slug.clone(), why }
    })
}

/// Files that the manifest names as handlers.
pub(super) fn handler_files(manifest: &Manifest, files: &FileSet) -> Vec<TreePath> {
    let hooks = manifest.hooks.values();
    let routes = manifest.routes.iter().map(|route| &route.handler);
    let cron = manifest.cron.iter().map(|job| &job.handler);
    let named: BTreeSet<&String> = hooks.chain(routes).chain(cron).collect();
    named
        .into_iter()
        .filter(|handler| files.contains(handler.strip_prefix("./").unwrap_or(handler)))
        .filter_map(|handler| TreePath::new(handler).ok())
        .collect()
}

/// Calls a lifecycle method that need not be there.
pub(super) async fn lifecycle(
    instance: &Instance,
    method: &str,
    arguments: Vec<Value>,
) -> Result<CallOutcome, SandboxError> {
    instance.call(Target::Lifecycle(method.to_owned()), arguments).await
}

/// Starts a plugin, lets `onEnable` and `healthCheck` run, and stops it.
pub(super) async fn prove(
    slug: &PluginSlug,
    start: impl Future<Output = Result<Instance, LifecycleError>>,
) -> Result<(), LifecycleError> {
    let instance = start.await.map_err(|error| or_unhealthy(slug, error))?;
    let started = enable_and_check(&instance, slug).await;
    instance.stop().await;
    started
}

/// `onEnable`, then `healthCheck`.
pub(super) async fn enable_and_check(
    instance: &Instance,
    slug: &PluginSlug,
) -> Result<(), LifecycleError> {
    let enabled = lifecycle(instance, "onEnable", Vec::new()).await;
    enabled.map_err(|e| or_unhealthy(slug, e.into()))?;
    check_health(instance, slug).await
}

/// `healthCheck`, when the plugin has one.
pub(super) async fn check_health(
    instance: &Instance,
    slug: &PluginSlug,
) -> Result<(), LifecycleError> {
    let health = lifecycle(instance, "healthCheck", Vec::new()).await;
    let health = health.map_err(|e| or_unhealthy(slug, e.into()))?;
    match is_healthy(&health.value) {
        true => Ok(()),
        false => Err(unhealthy(slug, format!("`healthCheck` says {}", health.value))),
    }
}

/// A plugin that does not do what it must.
pub(super) fn unhealthy(slug: &PluginSlug, why: String) -> LifecycleError {
    LifecycleError::Unhealthy { slug: slug.clone(), why, source: None }
}

/// What the plugin's code is to blame for says that it does not start.
pub(super) fn or_unhealthy(slug: &PluginSlug, error: LifecycleError) -> LifecycleError {
    match error {
        LifecycleError::Sandbox(error) if !is_ours(&error) => {
            let stack = stack_of(&error);
            let why = if stack.is_some() { error.to_string() } else { with_causes(&error) };
            let source = stack.map(|stack| Box::new(Stack(stack)));
            LifecycleError::Unhealthy { slug: slug.clone(), why, source }
        }
        other => other,
    }
}

/// The failure and where it comes from, such as the place of a mistake in the code.
fn with_causes(error: &SandboxError) -> String {
    let mut words = error.to_string();
    let mut next = std::error::Error::source(error);
    while let Some(cause) = next {
        words.push_str(&format!(": {cause}"));
        next = cause.source();
    }
    words
}

/// Whether the machine is at fault and not the plugin.
fn is_ours(error: &SandboxError) -> bool {
    matches!(error, SandboxError::LayerMissing { .. } | SandboxError::Start(_))
}

/// Where the plugin's code threw, in the author's lines.
pub(crate) fn stack_of(error: &SandboxError) -> Option<String> {
    let thrown = match error {
        SandboxError::Thrown { thrown, .. } | SandboxError::Load(thrown) => thrown,
        _ => return None,
    };
    let stack = thrown.stack.trim_end();
    (!stack.is_empty()).then(|| stack.to_owned())
}

/// A check without an answer is passed; a clear "no" in any usual form is not.
fn is_healthy(answer: &Value) -> bool {
    match answer {
        Value::Bool(healthy) => *healthy,
        Value::Object(answer) => {
            let says_no = |key: &str| answer.get(key) == Some(&Value::Bool(false));
            let status = answer.get("status").and_then(Value::as_str).unwrap_or_default();
            !["healthy", "ok", "success"].into_iter().any(says_no)
                && !["unhealthy", "error", "fail", "failed", "down"].contains(&status)
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clear_no_is_no() {
        for no in [
            json!(false),
            json!({ "healthy": false }),
            json!({ "ok": false }),
            json!({ "status": "unhealthy" }),
        ] {
            assert!(!is_healthy(&no), "{no}");
        }
        for yes in [json!(null), json!(true), json!({ "status": "healthy" }), json!("fine")] {
            assert!(is_healthy(&yes), "{yes}");
        }
    }
}
