//! What publishers signed, by its place in the log.

use rusqlite::{Connection, OptionalExtension, params};

use super::super::RegistryError;
use crate::model::release::{Envelope, PluginName};
use crate::model::{Digest, PluginSlug};
use crate::trust::tlog::Entry;
use crate::trust::{History, OwnerChain, Statement, claimed};

/// A statement with its entry in the log.
#[derive(Debug, Clone)]
pub(in crate::registry) struct Logged {
    /// Its place.
    pub position: u64,
    /// Its entry.
    pub entry: Vec<u8>,
}

impl Logged {
    /// What was signed, and when the registry took it.
    pub(in crate::registry) fn read(&self) -> Result<(String, Envelope), RegistryError> {
        match Entry::read(&self.entry) {
            Some(Entry::Statement { published_at, envelope }) => Ok((published_at, envelope)),
            _ => Err(RegistryError::Row("log entry")),
        }
    }
}

/// Notes a statement that is in the log. `is_link`: it is one of the namespace's owner chain.
pub(in crate::registry) fn add(
    connection: &Connection,
    position: u64,
    statement: &Statement,
    digest: &Digest,
    is_link: bool,
) -> Result<(), RegistryError> {
    let mut insert = connection.prepare_cached(
        "INSERT INTO statements (position, namespace, slug, link, kind, digest)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    insert.execute(params![
        i64::try_from(position).map_err(|_| RegistryError::Row("log size"))?,
        statement.namespace().as_str(),
        statement.plugin().map(|name| name.slug.as_str()),
        is_link,
        statement.kind(),
        digest.raw(),
    ])?;
    Ok(())
}

/// Where the statement of this digest is in the log.
pub(in crate::registry) fn place(
    connection: &Connection,
    digest: &Digest,
) -> Result<Option<u64>, RegistryError> {
    let mut select =
        connection.prepare_cached("SELECT position FROM statements WHERE digest = ?1")?;
    let place: Option<i64> = select.query_row([digest.raw()], |row| row.get(0)).optional()?;
    place.map(|at| u64::try_from(at).map_err(|_| RegistryError::Row("log size"))).transpose()
}

const ENTRIES: &str = "SELECT s.position, e.entry FROM statements s
                       JOIN log_entries e ON e.position = s.position WHERE ";

fn read(
    connection: &Connection,
    which: &str,
    parameters: &[&dyn rusqlite::ToSql],
) -> Result<Vec<Logged>, RegistryError> {
    let mut select = connection.prepare_cached(&format!("{ENTRIES}{which} ORDER BY s.position"))?;
    let rows = select.query_map(parameters, |row| Ok((row.get::<_, i64>(0)?, row.get(1)?)))?;
    let logged = rows.map(|row| {
        let (position, entry) = row?;
        let position = u64::try_from(position).map_err(|_| RegistryError::Row("log size"))?;
        Ok(Logged { position, entry })
    });
    logged.collect()
}

/// The statements about a plugin, in the order of the log.
pub(in crate::registry) fn of_plugin(
    connection: &Connection,
    name: &PluginName,
) -> Result<Vec<Logged>, RegistryError> {
    let which = "s.namespace = ?1 AND s.slug = ?2";
    read(connection, which, &[&name.namespace.as_str(), &name.slug.as_str()])
}

/// The statements that make the owner chain of a namespace.
pub(in crate::registry) fn of_owner(
    connection: &Connection,
    namespace: &PluginSlug,
) -> Result<Vec<Logged>, RegistryError> {
    read(connection, "s.namespace = ?1 AND s.link = 1", &[&namespace.as_str()])
}

/// How many statements about a plugin there are.
pub(in crate::registry) fn count(
    connection: &Connection,
    name: &PluginName,
) -> Result<u32, RegistryError> {
    let mut select = connection
        .prepare_cached("SELECT count(*) FROM statements WHERE namespace = ?1 AND slug = ?2")?;
    let names = [name.namespace.as_str(), name.slug.as_str()];
    Ok(select.query_row(names, |row| row.get(0))?)
}

/// The owner chain of a namespace; `None` when nothing was published in it yet.
pub(in crate::registry) fn chain(
    connection: &Connection,
    namespace: &PluginSlug,
) -> Result<Option<OwnerChain>, RegistryError> {
    let wrong = |_| RegistryError::Row("owner chain");
    let mut chain: Option<OwnerChain> = None;
    for logged in of_owner(connection, namespace)? {
        let (_, envelope) = logged.read()?;
        match &mut chain {
            None => {
                chain = Some(OwnerChain::found(logged.position, &envelope).map_err(wrong)?);
            }
            Some(chain) => drop(chain.apply(logged.position, &envelope).map_err(wrong)?),
        }
    }
    Ok(chain)
}

/// What the statements about a plugin add up to.
pub(in crate::registry) fn history(
    connection: &Connection,
    name: &PluginName,
) -> Result<History, RegistryError> {
    let mut history = History::default();
    for logged in of_plugin(connection, name)? {
        let (_, envelope) = logged.read()?;
        let statement = claimed(&envelope).ok_or(RegistryError::Row("envelope"))?;
        history.apply(&statement).map_err(|_| RegistryError::Row("statement"))?;
    }
    Ok(history)
}

/// Every namespace that has an owner.
pub(in crate::registry) fn namespaces(
    connection: &Connection,
) -> Result<Vec<PluginSlug>, RegistryError> {
    let mut select =
        connection.prepare_cached("SELECT DISTINCT namespace FROM statements WHERE link = 1")?;
    let rows = select.query_map([], |row| row.get::<_, String>(0))?;
    rows.map(|row| PluginSlug::new(&row?).map_err(|_| RegistryError::Row("name"))).collect()
}
