//! Tokens: the digest of each, never the token.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::super::RegistryError;
use super::super::tokens::Token;
use crate::model::{Digest, PluginSlug};

const COLUMNS: &str = "id, name, namespaces, created_at, expires_at, last_used_at, revoked_at";

struct Raw {
    id: String,
    name: String,
    namespaces: String,
    created_at: String,
    expires_at: Option<String>,
    last_used_at: Option<String>,
    revoked_at: Option<String>,
}

fn raw(row: &Row<'_>) -> rusqlite::Result<Raw> {
    Ok(Raw {
        id: row.get(0)?,
        name: row.get(1)?,
        namespaces: row.get(2)?,
        created_at: row.get(3)?,
        expires_at: row.get(4)?,
        last_used_at: row.get(5)?,
        revoked_at: row.get(6)?,
    })
}

impl TryFrom<Raw> for Token {
    type Error = RegistryError;
    fn try_from(raw: Raw) -> Result<Self, RegistryError> {
        let time = |text: String| text.parse().map_err(|_| RegistryError::Row("time"));
        let namespaces: Result<Vec<PluginSlug>, _> =
            raw.namespaces.split(' ').map(PluginSlug::new).collect();
        Ok(Self {
            id: raw.id,
            name: raw.name,
            namespaces: namespaces.map_err(|_| RegistryError::Row("namespace"))?,
            created_at: time(raw.created_at)?,
            expires_at: raw.expires_at.map(time).transpose()?,
            last_used_at: raw.last_used_at.map(time).transpose()?,
            revoked_at: raw.revoked_at.map(time).transpose()?,
        })
    }
}

/// Adds a token under the digest of its text.
pub(in crate::registry) fn add(
    connection: &Connection,
    token: &Token,
    digest: &Digest,
) -> Result<(), RegistryError> {
    let namespaces: Vec<&str> = token.namespaces.iter().map(PluginSlug::as_str).collect();
    connection
        .prepare_cached(
            "INSERT INTO tokens (id, name, hash, namespaces, created_at, expires_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            token.id,
            token.name,
            digest.raw(),
            namespaces.join(" "),
            token.created_at.to_string(),
            token.expires_at.map(|at| at.to_string()),
        ])?;
    Ok(())
}

/// The token whose text has this digest.
pub(in crate::registry) fn find(
    connection: &Connection,
    digest: &Digest,
) -> Result<Option<Token>, RegistryError> {
    let mut select =
        connection.prepare_cached(&format!("SELECT {COLUMNS} FROM tokens WHERE hash = ?1"))?;
    select.query_row(params![digest.raw()], raw).optional()?.map(Token::try_from).transpose()
}

/// Every token, oldest first.
pub(in crate::registry) fn all(connection: &Connection) -> Result<Vec<Token>, RegistryError> {
    let mut select = connection
        .prepare_cached(&format!("SELECT {COLUMNS} FROM tokens ORDER BY created_at, id"))?;
    let rows = select.query_map([], raw)?;
    rows.map(|row| Token::try_from(row?)).collect()
}

/// Notes that a token was used.
pub(in crate::registry) fn used(
    connection: &Connection,
    id: &str,
    at: &str,
) -> Result<(), RegistryError> {
    connection
        .prepare_cached("UPDATE tokens SET last_used_at = ?2 WHERE id = ?1")?
        .execute([id, at])?;
    Ok(())
}

/// Ends a token. `false`: it had ended already, or is not there.
pub(in crate::registry) fn revoke(
    connection: &Connection,
    id: &str,
    at: &str,
) -> Result<bool, RegistryError> {
    let changed = connection
        .prepare_cached("UPDATE tokens SET revoked_at = ?2 WHERE id = ?1 AND revoked_at IS NULL")?
        .execute([id, at])?;
    Ok(changed > 0)
}
