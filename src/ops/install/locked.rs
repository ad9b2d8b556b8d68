//! `install --locked`: exactly what the lock file says, and nothing else.
//!
//! Everything is fetched and compared first, so that a digest that differs changes nothing. Then all of the
//! plugins are installed, those that others need before the others, or none is. The lock file is what was
//! accepted: permissions, unsigned code and findings are not asked about again. Settings come from it, too,
//! and those that are given win over them; secrets never do.

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde::Serialize;
use serde_json::{Map, Value};

use super::source::{self, Fetched, GitSource};
use super::{Accepted, Given, InstallRequest, Present, RegistrySource, Source, install_fetched};
use crate::client::LockFile;
use crate::config::Settings;
use crate::error::{ErrorCode, Failure};
use crate::model::consent;
use crate::model::event::Tell;
use crate::model::install_plan::InstallChange;
use crate::model::installed::PluginSource;
use crate::model::lock::{LOCK_FILE, LockedPlugin};
use crate::model::{Ask, ExitCode, Observer, PluginSlug, PluginSpec, VersionWanted};
use crate::ops::agreed::Agreed;
use crate::ops::fetch_release::TrustKey;
use crate::ops::open_shop::{ShopPlace, in_shop};
use crate::ops::update::RegistryFlags;
use crate::source::GitAddress;

pub(super) static NOT_LOCKED: ErrorCode = ErrorCode {
    id: "install.no-lock",
    exit: ExitCode::Usage,
    meaning: "The lock file names no plugin.",
    remedy: "Copy `daino.lock.toml` of the other shop into this one's directory, or name it: `--locked=FILE`.",
};
pub(super) static DIFFERS: ErrorCode = ErrorCode {
    id: "install.locked-differs",
    exit: ExitCode::Integrity,
    meaning: "What the source gives today is not what the lock file says. Nothing was installed.",
    remedy: "Find out why it changed. To take what is there now, install that plugin by its name.",
};
pub(super) static UNKNOWN: ErrorCode = ErrorCode {
    id: "install.locked-source",
    exit: ExitCode::Usage,
    meaning: "The lock file names a source that nothing can be fetched from again, such as a backup.",
    remedy: "Install that plugin by hand first: `daino-pdk install SOURCE`, or restore its backup.",
};
pub(super) static CIRCLE: ErrorCode = ErrorCode {
    id: "install.locked-order",
    exit: ExitCode::Policy,
    meaning: "Plugins of the lock file need each other in a circle, or one that is not in it.",
    remedy: "Install the missing plugin and lock again.",
};
/// Which shop, and which lock file.
pub(crate) struct LockedRequest {
    /// The shop.
    pub place: ShopPlace,
    /// The lock file; without it the shop's own.
    pub lock: Option<PathBuf>,
    /// Settings and secrets; the file of settings has an object for each slug.
    pub given: Given,
    /// Use only what is in the cache.
    pub offline: bool,
    /// The settings of this run.
    pub settings: Settings,
    /// Check everything, and change nothing.
    pub dry_run: bool,
}

/// What was installed.
#[derive(Debug, Serialize)]
pub(crate) struct LockedOutcome {
    /// The plugins, in the order of installation.
    pub plugins: Vec<LockedDone>,
}

/// One plugin of the lock file.
#[derive(Debug, Serialize)]
pub(crate) struct LockedDone {
    /// The plugin.
    pub slug: PluginSlug,
    /// Its version.
    pub version: semver::Version,
    /// What changed; absent when nothing was to be done.
    pub change: Option<InstallChange>,
    /// Whether it was installed now.
    pub installed: bool,
}

/// Installs what the lock file says.
pub(crate) async fn install_locked(
    request: LockedRequest,
    present: Present<'_>,
    ask: &dyn Ask,
    observer: &dyn Observer,
) -> Result<LockedOutcome, Failure> {
    let place = request.place.clone();
    in_shop(&place, observer, async |shop| {
        let own = shop.dir().join(LOCK_FILE);
        let lock = LockFile::read(request.lock.as_ref().unwrap_or(&own))?;
        let settings = request.given.config()?;
        let mut ready = Vec::new();
        for plugin in order(lock.plugins())? {
            let source = source_of(plugin, &request)?;
            let within = |failure: Failure| failure.within(plugin.slug.as_str());
            let mut fetched = source::fetch(&source, &lock, observer).await.map_err(within)?;
            compare(plugin, &fetched)?;
            fetched.source = plugin.source.clone();
            ready.push((plugin, source, fetched));
        }
        observer.detail(format!("{} plugins are what the lock file says", ready.len()));
        let mut requests = Vec::new();
        let mut plugins: Vec<LockedDone> = Vec::new();
        for (plugin, source, fetched) in ready {
            let known = &fetched.package.manifest.secrets;
            let one = one(plugin, source, &request, &settings, known)?;
            plugins.push(LockedDone {
                slug: plugin.slug.clone(),
                version: plugin.version.clone(),
                change: None,
                installed: false,
            });
            requests.push((one, fetched));
        }
        if !request.dry_run {
            let lock = lock.clone().moved_to(&own);
            let outcome = install_fetched(shop, requests, lock, present, ask, observer).await?;
            for (done, one) in plugins.iter_mut().zip(outcome.plugins) {
                done.installed = one.installed && one.plan.change != InstallChange::Nothing;
                done.change = Some(one.plan.change);
            }
        }
        Ok(LockedOutcome { plugins })
    })
    .await
}

/// The request for one plugin: what the lock file has was accepted.
fn one(
    plugin: &LockedPlugin,
    source: Source,
    request: &LockedRequest,
    settings: &Map<String, Value>,
    known: &[String],
) -> Result<InstallRequest, Failure> {
    let secrets = request.given.secrets.iter().filter(|(name, _)| known.contains(name));
    let mut inline: Map<String, Value> = match plugin.settings.as_str() {
        "" => Map::new(),
        text => serde_json::from_str(text).map_err(|error| {
            let message = format!("the settings of `{}` are no JSON object", plugin.slug);
            Failure::new(&DIFFERS, message).caused_by(&error).hint(DIFFERS.remedy)
        })?,
    };
    let given = settings.get(plugin.slug.as_str()).and_then(Value::as_object);
    inline.extend(given.cloned().unwrap_or_default());
    Ok(InstallRequest {
        place: request.place.clone(),
        source,
        given: Given { inline, secrets: secrets.cloned().collect(), ..Given::default() },
        accepted: Accepted { permissions: Agreed::All, unsigned: true, findings: true },
        accept_defaults: true,
        dry_run: false,
        flags: RegistryFlags {
            registry: None,
            trust: None,
            offline: request.offline,
            settings: request.settings.clone(),
        },
    })
}

/// The plugins, those that others need first.
fn order(plugins: &[LockedPlugin]) -> Result<Vec<&LockedPlugin>, Failure> {
    if plugins.is_empty() {
        return Err(
            Failure::new(&NOT_LOCKED, "the lock file names no plugin").hint(NOT_LOCKED.remedy)
        );
    }
    let mut left: Vec<&LockedPlugin> = plugins.iter().collect();
    let mut placed: BTreeSet<&str> = BTreeSet::new();
    let mut ordered = Vec::new();
    while !left.is_empty() {
        let is_ready = |plugin: &LockedPlugin| {
            plugin.dependencies.keys().all(|needed| placed.contains(needed.as_str()))
        };
        let Some(next) = left.iter().position(|plugin| is_ready(plugin)) else {
            let names: Vec<&str> = left.iter().map(|plugin| plugin.slug.as_str()).collect();
            let message = format!("no order in which {} can be installed", names.join(", "));
            return Err(Failure::new(&CIRCLE, message).hint(CIRCLE.remedy));
        };
        let plugin = left.remove(next);
        placed.insert(plugin.slug.as_str());
        ordered.push(plugin);
    }
    Ok(ordered)
}

fn source_of(plugin: &LockedPlugin, request: &LockedRequest) -> Result<Source, Failure> {
    let (settings, offline) = (request.settings.clone(), request.offline);
    Ok(match &plugin.source {
        PluginSource::File { path } => Source::File(PathBuf::from(path)),
        PluginSource::Folder { path } => Source::Folder(PathBuf::from(path)),
        PluginSource::Registry { name, registry } => {
            let key = plugin.publisher.as_deref().and_then(|key| key.parse().ok());
            Source::Registry(Box::new(RegistrySource {
                spec: PluginSpec {
                    namespace: Some(name.namespace.clone()),
                    slug: name.slug.clone(),
                    version: VersionWanted::Exact(plugin.version.clone()),
                },
                registry: Some(registry.clone()),
                trust: key.map(TrustKey::Id),
                offline,
                settings,
            }))
        }
        PluginSource::Git { url, path, commit, .. } => {
            let address = GitAddress::locked(url, path.as_deref(), commit)?;
            Source::Git(Box::new(GitSource { address, offline, settings }))
        }
        PluginSource::Backup { name } => {
            let message = format!("`{}` came from the backup `{name}`", plugin.slug);
            return Err(Failure::new(&UNKNOWN, message).hint(UNKNOWN.remedy));
        }
    })
}

/// Refuses everything that differs.
fn compare(plugin: &LockedPlugin, fetched: &Fetched) -> Result<(), Failure> {
    let package = &fetched.package;
    let differs = |what: &str, locked: String, now: String| {
        let message = format!("{what} of `{}` is `{now}`; locked is `{locked}`", plugin.slug);
        Err(Failure::new(&DIFFERS, message).hint(DIFFERS.remedy))
    };
    if package.manifest.slug != plugin.slug {
        return differs("the slug", plugin.slug.to_string(), package.manifest.slug.to_string());
    }
    if package.manifest.version != plugin.version {
        let now = package.manifest.version.to_string();
        return differs("the version", plugin.version.to_string(), now);
    }
    if package.content != plugin.content {
        return differs("the content", plugin.content.to_string(), package.content.to_string());
    }
    // A tree is packed here, and a later compressor may pack it smaller.
    let came_packed =
        matches!(plugin.source, PluginSource::File { .. } | PluginSource::Registry { .. });
    if came_packed && package.archive != plugin.archive {
        return differs("the archive", plugin.archive.to_string(), package.archive.to_string());
    }
    if fetched.publisher != plugin.publisher {
        let text = |key: &Option<String>| key.clone().unwrap_or_else(|| "nobody".to_owned());
        return differs("the signer", text(&plugin.publisher), text(&fetched.publisher));
    }
    let asks: Vec<String> =
        consent::asks(&package.manifest).iter().map(consent::Ask::short).collect();
    if asks != plugin.permissions {
        return differs("what is asked for", plugin.permissions.join(", "), asks.join(", "));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plugin(slug: &str, needs: &[&str]) -> LockedPlugin {
        LockedPlugin {
            slug: PluginSlug::new(slug).unwrap(),
            version: semver::Version::new(1, 0, 0),
            content: crate::model::Digest::of(b"x"),
            archive: crate::model::Digest::of(b"x"),
            publisher: None,
            permissions: Vec::new(),
            source: PluginSource::Folder { path: "/x".to_owned() },
            settings: String::new(),
            dependencies: needs.iter().map(|n| ((*n).to_owned(), "*".parse().unwrap())).collect(),
        }
    }

    #[test]
    fn what_others_need_comes_first() {
        let plugins = [plugin("aa", &["cc"]), plugin("bb", &[]), plugin("cc", &["bb"])];
        let order = order(&plugins).unwrap();
        let names: Vec<&str> = order.iter().map(|plugin| plugin.slug.as_str()).collect();
        assert_eq!(names, ["bb", "cc", "aa"]);
        let circle = [plugin("aa", &["bb"]), plugin("bb", &["aa"])];
        assert_eq!(super::order(&circle).unwrap_err().code().id, "install.locked-order");
        assert_eq!(super::order(&[]).unwrap_err().code().id, "install.no-lock");
    }
}
