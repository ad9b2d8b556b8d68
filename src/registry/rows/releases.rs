//! Plugins and their releases.

use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;

use super::super::RegistryError;
use super::search;
use crate::model::release::{Envelope, PluginName};
use crate::model::{Digest, PluginSlug, PluginType};

/// A release as the interface answers with it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::registry) struct ReleaseEntry {
    /// The published name.
    pub name: PluginName,
    /// Version.
    pub version: semver::Version,
    /// Digest of the packed file, its address under `/blobs`.
    pub archive: Digest,
    /// Bytes of the packed file.
    pub size: u64,
    /// What the plugin is for, for search results.
    pub description: Option<String>,
    /// Host range.
    pub engine: Option<String>,
    /// Whether its publisher withdrew it from new installs.
    pub yanked: bool,
    /// When the registry took it, RFC 3339.
    pub published_at: String,
    /// Place of its entry in the log, from 0.
    pub logged: Option<u64>,
    /// The signed statement.
    pub envelope: Envelope,
}

/// A release as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::registry) struct Release {
    /// What the interface says about it.
    pub entry: ReleaseEntry,
    /// The name people read.
    pub title: String,
    /// What the plugin is for.
    pub kind: PluginType,
    /// Words for search.
    pub keywords: Vec<String>,
    /// When it was published, RFC 3339.
    pub published_at: String,
}

const COLUMNS: &str = "r.version, r.archive, r.size, r.title, r.description, r.kind, r.keywords, \
                       r.engine, r.envelope, r.published_at, r.yanked, p.namespace, p.slug, r.logged";

/// A row as text, before it is believed.
struct Raw {
    version: String,
    archive: String,
    size: i64,
    title: String,
    description: Option<String>,
    kind: String,
    keywords: String,
    engine: Option<String>,
    envelope: String,
    published_at: String,
    yanked: bool,
    namespace: String,
    slug: String,
    logged: Option<i64>,
}

fn raw(row: &Row<'_>) -> rusqlite::Result<Raw> {
    Ok(Raw {
        version: row.get(0)?,
        archive: row.get(1)?,
        size: row.get(2)?,
        title: row.get(3)?,
        description: row.get(4)?,
        kind: row.get(5)?,
        keywords: row.get(6)?,
        engine: row.get(7)?,
        envelope: row.get(8)?,
        published_at: row.get(9)?,
        yanked: row.get(10)?,
        namespace: row.get(11)?,
        slug: row.get(12)?,
        logged: row.get(13)?,
    })
}

impl TryFrom<Raw> for Release {
    type Error = RegistryError;
    fn try_from(raw: Raw) -> Result<Self, RegistryError> {
        let wrong = RegistryError::Row;
        Ok(Self {
            entry: ReleaseEntry {
                name: name(&raw.namespace, &raw.slug)?,
                version: raw.version.parse().map_err(|_| wrong("version"))?,
                archive: raw.archive.parse().map_err(|_| wrong("digest"))?,
                size: u64::try_from(raw.size).map_err(|_| wrong("size"))?,
                description: raw.description,
                engine: raw.engine,
                yanked: raw.yanked,
                published_at: raw.published_at.clone(),
                logged: raw.logged.and_then(|at| u64::try_from(at).ok()),
                envelope: serde_json::from_str(&raw.envelope).map_err(|_| wrong("envelope"))?,
            },
            title: raw.title,
            kind: kind(&raw.kind)?,
            keywords: keywords(&raw.keywords)?,
            published_at: raw.published_at,
        })
    }
}

pub(super) fn name(namespace: &str, slug: &str) -> Result<PluginName, RegistryError> {
    let part = |text| PluginSlug::new(text).map_err(|_| RegistryError::Row("name"));
    Ok(PluginName { namespace: part(namespace)?, slug: part(slug)? })
}

pub(super) fn kind(text: &str) -> Result<PluginType, RegistryError> {
    PluginType::ALL
        .into_iter()
        .find(|kind| kind.as_str() == text)
        .ok_or(RegistryError::Row("plugin type"))
}

pub(super) fn keywords(text: &str) -> Result<Vec<String>, RegistryError> {
    serde_json::from_str(text).map_err(|_| RegistryError::Row("keyword list"))
}

/// The version without its build part, which does not count when versions are compared: two
/// releases that differ in it alone would be the same release to everyone who resolves.
fn precedence(version: &semver::Version) -> String {
    semver::Version { build: semver::BuildMetadata::EMPTY, ..version.clone() }.to_string()
}

/// The release of this version, whatever its build part.
pub(in crate::registry) fn find(
    connection: &Connection,
    name: &PluginName,
    version: &semver::Version,
) -> Result<Option<Release>, RegistryError> {
    let mut select = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM releases r JOIN plugins p ON p.id = r.plugin
         WHERE p.namespace = ?1 AND p.slug = ?2 AND r.precedence = ?3"
    ))?;
    let parameters = params![name.namespace.as_str(), name.slug.as_str(), precedence(version)];
    select.query_row(parameters, raw).optional()?.map(Release::try_from).transpose()
}

/// Every release of a plugin, oldest first.
pub(in crate::registry) fn all(
    connection: &Connection,
    name: &PluginName,
) -> Result<Vec<Release>, RegistryError> {
    let mut select = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM releases r JOIN plugins p ON p.id = r.plugin
         WHERE p.namespace = ?1 AND p.slug = ?2 ORDER BY r.id"
    ))?;
    let rows = select.query_map(params![name.namespace.as_str(), name.slug.as_str()], raw)?;
    rows.map(|row| Release::try_from(row?)).collect()
}

/// How many releases a plugin has, and how many bytes their envelopes.
pub(in crate::registry) fn count(
    connection: &Connection,
    name: &PluginName,
) -> Result<(u32, u32), RegistryError> {
    let mut select = connection.prepare_cached(
        "SELECT count(*), coalesce(sum(length(r.envelope)), 0) FROM releases r JOIN plugins p ON p.id = r.plugin
         WHERE p.namespace = ?1 AND p.slug = ?2",
    )?;
    Ok(select.query_row(params![name.namespace.as_str(), name.slug.as_str()], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })?)
}

/// Every plugin.
pub(in crate::registry) fn names(
    connection: &Connection,
) -> Result<Vec<PluginName>, RegistryError> {
    let mut select = connection.prepare_cached("SELECT namespace, slug FROM plugins")?;
    let rows = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.map(|row| {
        row.map_err(RegistryError::from).and_then(|(n, s): (String, String)| name(&n, &s))
    })
    .collect()
}

/// Digest and size of every archive.
pub(in crate::registry) fn archives(
    connection: &Connection,
) -> Result<Vec<(Digest, u64)>, RegistryError> {
    let mut select = connection.prepare_cached("SELECT DISTINCT archive, size FROM releases")?;
    let rows = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.map(|row| {
        let (digest, size): (String, i64) = row?;
        let digest = digest.parse().map_err(|_| RegistryError::Row("digest"))?;
        Ok((digest, u64::try_from(size).map_err(|_| RegistryError::Row("size"))?))
    })
    .collect()
}

/// Adds a release of a namespace that has its owner. The version must not be there.
pub(in crate::registry) fn add(
    connection: &Connection,
    release: &Release,
    key_id: &str,
) -> Result<(), RegistryError> {
    let entry = &release.entry;
    let (namespace, slug) = (entry.name.namespace.as_str(), entry.name.slug.as_str());
    connection
        .prepare_cached(
            "INSERT INTO plugins (namespace, slug) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
        )?
        .execute([namespace, slug])?;
    let json =
        |value: Result<String, serde_json::Error>| value.map_err(|_| RegistryError::Row("value"));
    connection
        .prepare_cached(
            "INSERT INTO releases (plugin, version, precedence, archive, size, title, description,
                 kind, keywords, engine, envelope, key_id, published_at, logged)
             VALUES ((SELECT id FROM plugins WHERE namespace = ?1 AND slug = ?2),
                 ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
        )?
        .execute(params![
            namespace,
            slug,
            entry.version.to_string(),
            precedence(&entry.version),
            entry.archive.to_string(),
            i64::try_from(entry.size).map_err(|_| RegistryError::Row("size"))?,
            release.title,
            entry.description,
            release.kind.as_str(),
            json(serde_json::to_string(&release.keywords))?,
            entry.engine,
            json(serde_json::to_string(&entry.envelope))?,
            key_id,
            release.published_at,
            entry.logged.and_then(|at| i64::try_from(at).ok()),
        ])?;
    renew(connection, &entry.name)
}

/// The oldest release that is not in the log, with its row.
pub(in crate::registry) fn first_unlogged(
    connection: &Connection,
) -> Result<Option<(i64, ReleaseEntry)>, RegistryError> {
    let mut select = connection.prepare_cached(&format!(
        "SELECT {COLUMNS}, r.id FROM releases r JOIN plugins p ON p.id = r.plugin
         WHERE r.logged IS NULL ORDER BY r.id LIMIT 1"
    ))?;
    let found = select.query_row([], |row| Ok((row.get(14)?, raw(row)?))).optional()?;
    found.map(|(id, raw)| Ok((id, Release::try_from(raw)?.entry))).transpose()
}

/// Notes where in the log a release is.
pub(in crate::registry) fn set_logged(
    connection: &Connection,
    id: i64,
    position: u64,
) -> Result<(), RegistryError> {
    let position = i64::try_from(position).map_err(|_| RegistryError::Row("log size"))?;
    connection
        .prepare_cached("UPDATE releases SET logged = ?2 WHERE id = ?1")?
        .execute([id, position])?;
    Ok(())
}

/// Withdraws a release from new installs, or takes that back. `false`: it was so already.
pub(in crate::registry) fn set_yanked(
    connection: &Connection,
    name: &PluginName,
    version: &semver::Version,
    yanked: bool,
) -> Result<bool, RegistryError> {
    let changed = connection
        .prepare_cached(
            "UPDATE releases SET yanked = ?4 WHERE yanked <> ?4 AND precedence = ?3 AND plugin =
                 (SELECT id FROM plugins WHERE namespace = ?1 AND slug = ?2)",
        )?
        .execute(params![
            name.namespace.as_str(),
            name.slug.as_str(),
            precedence(version),
            yanked
        ])?;
    renew(connection, name)?;
    Ok(changed > 0)
}

/// Chooses the newest release anew, and what search knows about the plugin.
fn renew(connection: &Connection, name: &PluginName) -> Result<(), RegistryError> {
    let (namespace, slug) = (name.namespace.as_str(), name.slug.as_str());
    let mut select = connection.prepare_cached(
        "SELECT r.id, r.version, p.id FROM releases r JOIN plugins p ON p.id = r.plugin
         WHERE p.namespace = ?1 AND p.slug = ?2 AND r.yanked = 0",
    )?;
    let rows = select.query_map([namespace, slug], |row| {
        Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?))
    })?;
    let mut best: Option<((bool, semver::Version), i64)> = None;
    for row in rows {
        let (id, version) = row?;
        let version: semver::Version =
            version.parse().map_err(|_| RegistryError::Row("version"))?;
        let rank = (version.pre.is_empty(), version);
        if best.as_ref().is_none_or(|(known, _)| rank > *known) {
            best = Some((rank, id));
        }
    }
    let newest = best.map(|(_, id)| id);
    connection
        .prepare_cached("UPDATE plugins SET newest = ?3 WHERE namespace = ?1 AND slug = ?2")?
        .execute(params![namespace, slug, newest])?;
    search::renew(connection, name)
}
