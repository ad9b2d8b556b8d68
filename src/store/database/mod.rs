//! `ctx.db`: a plugin's statements, checked by the gate and run as the plugin's own login role.
//!
//! A few connections per plugin, opened when needed. A connection on which anything went wrong
//! beyond a plain SQL error is closed, so nothing of one statement is met by the next.

mod cell;
mod failure;
mod lent;
mod numeric;
mod parameter;
mod plugin;
mod timestamp;

use std::sync::Arc;

use super::connect::Login;
use super::server::Server;
use super::storage::PluginStorage;
use crate::model::PluginSlug;
use crate::model::manifest::ResourceLimits;
use crate::model::permission::Permissions;
use crate::sandbox::{Database, Storage};

pub(super) use failure::of as storage_failure;
pub(in crate::store) use lent::lend;
pub(super) use plugin::Sessions;

/// Settings of the owner's sessions.
pub(super) const ADMIN_SETUP: &str =
    "-c timezone=UTC -c client_min_messages=warning -c lock_timeout=30s";

/// Who a plugin is and what it may do.
#[derive(Debug, Clone)]
pub(crate) struct PluginAccess {
    /// Its slug.
    pub slug: PluginSlug,
    /// What its manifest asks for; the role has it already.
    pub permissions: Permissions,
    /// What it may use up.
    pub limits: ResourceLimits,
}

/// The parts of a shop that keep a plugin's data.
#[derive(Clone)]
pub(crate) struct PluginParts {
    /// `ctx.db`.
    pub database: Arc<dyn Database>,
    /// `ctx.storage`.
    pub storage: Arc<dyn Storage>,
}

/// The parts of a plugin that logs in as `login`.
pub(super) fn parts(server: Arc<Server>, login: Login, access: &PluginAccess) -> PluginParts {
    let sessions = Arc::new(Sessions::new(server, login, access.limits.timeout.duration()));
    PluginParts {
        database: Arc::new(plugin::PluginDatabase::new(
            Arc::clone(&sessions),
            access.permissions.database.clone(),
        )),
        storage: Arc::new(PluginStorage::new(sessions)),
    }
}
