//! The log of changes: who published or withdrew what, when, from where.

use rusqlite::{Connection, params};

use super::super::RegistryError;

/// One change.
#[derive(Debug, Clone)]
pub(in crate::registry) struct Change<'a> {
    /// When, RFC 3339.
    pub at: &'a str,
    /// `publish`, or the kind of the statement.
    pub action: &'static str,
    /// `namespace/slug@version`.
    pub subject: &'a str,
    /// Id of the token.
    pub token: &'a str,
    /// Address of the client.
    pub address: &'a str,
    /// Id of the request.
    pub request: &'a str,
}

/// Adds a change.
pub(in crate::registry) fn add(
    connection: &Connection,
    change: &Change<'_>,
) -> Result<(), RegistryError> {
    let mut insert = connection.prepare_cached(
        "INSERT INTO changes (at, action, subject, token, address, request)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    let Change { at, action, subject, token, address, request } = change;
    insert.execute(params![at, action, subject, token, address, request])?;
    Ok(())
}

#[cfg(test)]
pub(in crate::registry) fn count(connection: &Connection) -> Result<u32, RegistryError> {
    Ok(connection.query_row("SELECT count(*) FROM changes", [], |row| row.get(0))?)
}

#[cfg(test)]
impl Change<'static> {
    pub(in crate::registry) fn example() -> Self {
        let (at, subject) = ("2026-01-02T03:04:05Z", "acme/sms@1.0.0");
        Self { at, action: "publish", subject, token: "t", address: "127.0.0.1", request: "r" }
    }
}
