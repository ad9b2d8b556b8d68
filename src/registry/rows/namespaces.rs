//! Who owns a namespace: the key that signed its first release.

use rusqlite::{Connection, OptionalExtension, params};

use super::super::RegistryError;
use crate::model::PluginSlug;
use crate::trust::{KeyId, PublicKey};

/// The key that owns `namespace`; `None` when nothing was published in it yet.
pub(in crate::registry) fn owner(
    connection: &Connection,
    namespace: &PluginSlug,
) -> Result<Option<KeyId>, RegistryError> {
    let mut select = connection.prepare_cached("SELECT key_id FROM namespaces WHERE name = ?1")?;
    let id: Option<String> = select.query_row([namespace.as_str()], |row| row.get(0)).optional()?;
    id.map(|id| id.parse().map_err(|_| RegistryError::Row("key id"))).transpose()
}

/// Gives a namespace without owner to `key`.
pub(in crate::registry) fn bind(
    connection: &Connection,
    namespace: &PluginSlug,
    key: &PublicKey,
    at: &str,
) -> Result<(), RegistryError> {
    let mut insert = connection.prepare_cached(
        "INSERT INTO namespaces (name, key_id, public_key, bound_at) VALUES (?1, ?2, ?3, ?4)",
    )?;
    insert.execute(params![namespace.as_str(), key.id().as_str(), key.to_string(), at])?;
    Ok(())
}
