//! Namespaces: that there is one, and since when. Who owns it is said by its statements.

use rusqlite::Connection;

use super::super::RegistryError;
use crate::model::PluginSlug;

/// Notes a namespace when it is new.
pub(in crate::registry) fn add(
    connection: &Connection,
    namespace: &PluginSlug,
    at: &str,
) -> Result<(), RegistryError> {
    let mut insert = connection.prepare_cached(
        "INSERT INTO namespaces (name, bound_at) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
    )?;
    insert.execute([namespace.as_str(), at])?;
    Ok(())
}
