//! Switches plugins on and off. What the plugin does about it happens in the transaction that decides.

use std::sync::Arc;

use super::change::Change;
use super::{LifecycleError, history, records, recovery, replace, running, uninstall, update};
use crate::model::PluginSlug;
use crate::model::event::Tell;
use crate::model::installed::{InstalledPlugin, PluginState};
use crate::model::operation::{Operation, OperationKind, Phase};
use crate::sandbox::LogSink;
use crate::store::journal::Journal;
use crate::store::{lend, set_login};
use crate::sys::kill_point::kill_point;

/// Enables a plugin: it may log in, `onEnable` runs, and `healthCheck` must not say no. Whether
/// anything was to do.
pub(crate) async fn enable(
    change: &mut Change<'_>,
    slug: &PluginSlug,
    log: Arc<dyn LogSink>,
) -> Result<(InstalledPlugin, bool), LifecycleError> {
    let plugin = update::installed(change, slug).await?;
    if plugin.state == PluginState::Enabled {
        return Ok((plugin, false));
    }
    super::requirements::check_dependencies(change.client(), &plugin.manifest, &Default::default())
        .await?;
    let operation = Journal::operation(slug, OperationKind::Enable);
    change.journal.begin(&change.sql, &operation).await?;
    let plugin = InstalledPlugin { state: PluginState::Enabled, ..plugin };
    if let Err(error) = switch_on(change, &plugin, &operation, log).await {
        let closed = change.journal.close(&change.sql, &operation).await;
        recovery::tell_if_not_undone(change.observer, closed);
        replace::note_undone(change, &operation, None, &error).await;
        return Err(error);
    }
    kill_point("state.committed");
    change.journal.close(&change.sql, &operation).await?;
    Ok((plugin, true))
}

async fn switch_on(
    change: &mut Change<'_>,
    plugin: &InstalledPlugin,
    operation: &Operation,
    log: Arc<dyn LogSink>,
) -> Result<(), LifecycleError> {
    let (slug, shop, budget) = (&plugin.slug, change.shop, change.sql.budget());
    let files = running::load(shop, plugin)?;
    let tx = change.sql.transaction().await?;
    records::set_state(tx.client(), slug, PluginState::Enabled).await?;
    set_login(&tx, slug, true).await?;
    let secrets = records::secrets(tx.client(), slug).await?;
    lend(&tx, budget, &running::access(plugin), async |parts| {
        let instance = running::start_with(shop, plugin, files, parts, secrets, log, None)
            .await
            .map_err(|error| running::or_unhealthy(slug, error))?;
        let enabled = running::enable_and_check(&instance, slug).await;
        instance.stop().await;
        enabled
    })
    .await??;
    kill_point("state.told");
    history::add(tx.client(), &history::entry(slug, "enable", None, Some(&plugin.version))).await?;
    Journal::advance(tx.client(), operation, Phase::Finished).await?;
    tx.commit().await?;
    Ok(())
}

/// Disables a plugin: `onDisable` runs, then it cannot log in. Everything it has stays. Whether
/// anything was to do.
pub(crate) async fn disable(
    change: &mut Change<'_>,
    slug: &PluginSlug,
    force: bool,
    log: Arc<dyn LogSink>,
) -> Result<(InstalledPlugin, bool), LifecycleError> {
    let plugin = update::installed(change, slug).await?;
    if plugin.state == PluginState::Disabled {
        return Ok((plugin, false));
    }
    let dependents = uninstall::dependents(change.client(), slug).await?;
    if !force && !dependents.is_empty() {
        return Err(LifecycleError::Dependents { slug: slug.clone(), dependents });
    }
    let operation = Journal::operation(slug, OperationKind::Disable);
    change.journal.begin(&change.sql, &operation).await?;
    if let Err(error) = switch_off(change, &plugin, &operation, log).await {
        let closed = change.journal.close(&change.sql, &operation).await;
        recovery::tell_if_not_undone(change.observer, closed);
        replace::note_undone(change, &operation, None, &error).await;
        return Err(error);
    }
    kill_point("state.committed");
    change.journal.close(&change.sql, &operation).await?;
    Ok((InstalledPlugin { state: PluginState::Disabled, ..plugin }, true))
}

async fn switch_off(
    change: &mut Change<'_>,
    plugin: &InstalledPlugin,
    operation: &Operation,
    log: Arc<dyn LogSink>,
) -> Result<(), LifecycleError> {
    let (slug, shop, budget) = (&plugin.slug, change.shop, change.sql.budget());
    let tx = change.sql.transaction().await?;
    let secrets = records::secrets(tx.client(), slug).await?;
    let told = lend(&tx, budget, &running::access(plugin), async |parts| {
        let files = running::load(shop, plugin)?;
        let instance = running::start_with(shop, plugin, files, parts, secrets, log, None).await?;
        let told = running::lifecycle(&instance, "onDisable", Vec::new()).await;
        instance.stop().await;
        told.map(drop).map_err(LifecycleError::from)
    })
    .await?;
    if let Err(error) = told {
        change.observer.warn(format!("`onDisable` of `{slug}` failed: {error}"));
    }
    kill_point("state.told");
    records::set_state(tx.client(), slug, PluginState::Disabled).await?;
    set_login(&tx, slug, false).await?;
    history::add(tx.client(), &history::entry(slug, "disable", Some(&plugin.version), None))
        .await?;
    Journal::advance(tx.client(), operation, Phase::Finished).await?;
    tx.commit().await?;
    Ok(())
}
