//! Shows what a registry has of one plugin, as far as its publisher signed it.

use std::path::PathBuf;

use serde::Serialize;
use url::Url;

use crate::client::{self, Index, LockFile, Registry, Release};
use crate::config::Settings;
use crate::error::Failure;
use crate::model::release::PluginName;
use crate::model::{Digest, Engines, Observer, PluginSpec};
use crate::ops::fetch_release::client_options;
use crate::trust::{AdvisoryPredicate, KeyId};

/// Which plugin, and where.
#[derive(Debug, Clone)]
pub(crate) struct InfoRequest {
    /// The plugin, and which release an install would be asked for.
    pub spec: PluginSpec,
    /// Name or URL of the registry; default from the settings.
    pub registry: Option<String>,
    /// The settings of this run.
    pub settings: Settings,
    /// The lock file whose keys count: that of a shop.
    pub lock: PathBuf,
    /// Whether the network is switched off.
    pub offline: bool,
}

/// One release.
#[derive(Debug, Serialize)]
pub(crate) struct ReleaseInfo {
    /// Its version.
    pub version: semver::Version,
    /// Whether its publisher withdrew it.
    pub yanked: bool,
    /// Host versions it is for.
    pub engine: Option<String>,
    /// SHA-256 of the archive.
    pub archive: Digest,
    /// Bytes of the archive.
    pub size: u64,
    /// The key that signed it.
    pub key: KeyId,
    /// When it was signed, as the publisher says.
    pub signed_at: String,
}

/// What the registry has of the plugin.
#[derive(Debug, Serialize)]
pub(crate) struct InfoOutcome {
    /// The plugin.
    pub name: PluginName,
    /// Where.
    pub registry: Url,
    /// Whether the shop's lock file has a key of the publisher.
    pub pinned: bool,
    /// The release an install would take; none when nothing fits.
    pub chosen: Option<semver::Version>,
    /// Why nothing fits.
    pub reason: Option<String>,
    /// Its releases, newest first.
    pub releases: Vec<ReleaseInfo>,
    /// Known faults of its releases, as the publisher tells them.
    pub advisories: Vec<AdvisoryPredicate>,
    /// How often the owner of the namespace changed, from 1; absent where the registry has no log.
    pub owner_epoch: Option<u64>,
    /// Entries of the registry's log that all of this was held against.
    pub log_size: Option<u64>,
}

/// Reads the plugin's index and holds each line against its signature. Fetches no archive.
pub(crate) async fn info(
    request: InfoRequest,
    observer: &dyn Observer,
) -> Result<InfoOutcome, Failure> {
    let settings = &request.settings;
    let choice = settings.registry(request.registry.as_deref())?;
    let registry = Registry::open(&choice, client_options(settings, request.offline)?)?;
    let lock = LockFile::read(&request.lock)?;
    let name = registry.find(&request.spec, &lock).await?;
    let index = registry.index(&name, &lock.known(registry.url()), observer).await?;
    index.tell(&lock, observer);
    let (chosen, reason) = match client::choose(&index, &request.spec.version, &Engines::HOST) {
        Ok(release) => (Some(release.statement.version.clone()), None),
        Err(error) => (None, Some(error.to_string())),
    };
    Ok(InfoOutcome {
        pinned: !lock.pins().of(&name.namespace).is_empty(),
        releases: newest_first(&index),
        advisories: index.history.advisories().cloned().collect(),
        owner_epoch: index.chain.as_ref().map(|chain| chain.current().epoch),
        log_size: index.log.as_ref().map(|log| log.size),
        registry: choice.url,
        name,
        chosen,
        reason,
    })
}

fn newest_first(index: &Index) -> Vec<ReleaseInfo> {
    let mut releases: Vec<ReleaseInfo> = index.releases.iter().map(release_info).collect();
    releases.sort_by(|a, b| b.version.cmp(&a.version));
    releases
}

fn release_info(release: &Release) -> ReleaseInfo {
    let signed = &release.statement;
    ReleaseInfo {
        version: signed.version.clone(),
        yanked: release.yanked,
        engine: release.engine.as_ref().map(ToString::to_string),
        archive: signed.archive,
        size: signed.size,
        key: signed.key_id(),
        signed_at: signed.signed_at.chars().take(40).collect(),
    }
}
