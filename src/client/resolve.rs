//! Which plugin, and which of its releases, a person means.

use semver::Version;

use super::index::{Reason, Skipped};
use super::registry::plugin_name;
use super::{ClientError, Index, LockFile, Registry, Release, SearchQuery};
use crate::model::release::PluginName;
use crate::model::{PluginSpec, VersionWanted};

/// Most candidates that are listed.
const MOST: u32 = 100;
/// Most versions that a message lists.
const LISTED: usize = 8;

impl Registry {
    /// The full name of the plugin meant. Without a namespace: the one that was seen before, else
    /// the only one in the registry.
    pub(crate) async fn find(
        &self,
        spec: &PluginSpec,
        lock: &LockFile,
    ) -> Result<PluginName, ClientError> {
        if let Some(namespace) = &spec.namespace {
            return Ok(plugin_name(namespace, &spec.slug));
        }
        if let [known] = lock.named(&spec.slug).as_slice() {
            return Ok(known.clone());
        }
        if self.is_offline() {
            return Err(ClientError::NotCached(format!(
                "which publisher's `{}` is meant (write NAMESPACE/{})",
                spec.slug, spec.slug
            )));
        }
        let query = SearchQuery { text: spec.slug.to_string(), kind: None, limit: MOST, offset: 0 };
        let page = self.search(&query).await?;
        let mut names: Vec<PluginName> = page.results.into_iter().map(|hit| hit.name).collect();
        names.retain(|name| name.slug == spec.slug);
        names.sort();
        names.dedup();
        match names.len() {
            0 => Err(ClientError::NotFound {
                name: spec.slug.to_string(),
                registry: self.url().to_string(),
            }),
            1 => Ok(names.remove(0)),
            _ => Err(ClientError::Ambiguous { slug: spec.slug.clone(), names }),
        }
    }
}

/// Chooses the release that is wanted. `host` is the version of the host's plugin API.
pub(crate) fn choose<'i>(
    index: &'i Index,
    wanted: &VersionWanted,
    host: &Version,
) -> Result<&'i Release, ClientError> {
    let fits = |r: &&Release| r.engine.as_ref().is_none_or(|range| range.matches(host));
    let accepted = || index.releases.iter().filter(|r| wanted.accepts(&r.statement.version));
    let offered = || accepted().filter(|r| wanted.is_exact() || !r.yanked);
    let newest = |a: &&Release, b: &&Release| a.statement.version.cmp(&b.statement.version);
    if let Some(release) = offered().filter(fits).max_by(newest) {
        return Ok(release);
    }
    if let Some(error) = untrusted(index, wanted) {
        return Err(error);
    }
    if let Some(release) = offered().max_by(newest)
        && let Some(range) = &release.engine
    {
        return Err(ClientError::Engine {
            name: index.name.clone(),
            version: release.statement.version.clone(),
            range: range.to_string(),
            host: host.clone(),
        });
    }
    let reason = match accepted().max_by(newest) {
        Some(yanked) => format!("{} fits and was yanked", yanked.statement.version),
        None => format!("there are {}", versions(index)),
    };
    Err(ClientError::NoVersion { name: index.name.clone(), wanted: wanted.clone(), reason })
}

/// The versions that an installation may take on its own: not yanked, and for this host.
pub(crate) fn offered(index: &Index, host: &Version) -> Vec<Version> {
    let fits = |r: &&Release| r.engine.as_ref().is_none_or(|range| range.matches(host));
    let offered = index.releases.iter().filter(|release| !release.yanked).filter(fits);
    offered.map(|release| release.statement.version.clone()).collect()
}

/// The release of this version, yanked or not and for whichever host.
pub(crate) fn exact<'i>(index: &'i Index, version: &Version) -> Result<&'i Release, ClientError> {
    if let Some(release) = index.releases.iter().find(|r| r.statement.version == *version) {
        return Ok(release);
    }
    let wanted = VersionWanted::Exact(version.clone());
    Err(untrusted(index, &wanted).unwrap_or_else(|| {
        let reason = format!("there are {}", versions(index));
        ClientError::NoVersion { name: index.name.clone(), wanted, reason }
    }))
}

/// The reason why a line that would have been taken is not trusted.
fn untrusted(index: &Index, wanted: &VersionWanted) -> Option<ClientError> {
    let mut lines = index.skipped.iter().rev();
    lines.find_map(|Skipped { version, reason, .. }| {
        let version = version.as_ref().filter(|version| wanted.accepts(version))?;
        match reason {
            Reason::OtherKey { pinned, offered } => Some(ClientError::KeyChanged {
                name: index.name.clone(),
                version: version.clone(),
                pinned: pinned.clone(),
                offered: offered.clone(),
            }),
            Reason::Trust(error) => Some(ClientError::Refused {
                name: index.name.clone(),
                version: version.clone(),
                error: error.clone(),
            }),
            _ => None,
        }
    })
}

fn versions(index: &Index) -> String {
    let mut versions: Vec<&Version> = index.releases.iter().map(|r| &r.statement.version).collect();
    versions.sort();
    versions.reverse();
    let mut text: Vec<String> =
        versions.iter().take(LISTED).map(|version| version.to_string()).collect();
    if versions.len() > LISTED {
        text.push(format!("{} more", versions.len() - LISTED));
    }
    if text.is_empty() { "none".to_owned() } else { text.join(", ") }
}
