//! Which release takes the place of the installed one: where the plugin came from, what there is, and
//! what the operator lets in.

use std::path::PathBuf;

use semver::Version;

use super::gate::{Gate, age_of};
use crate::client::{Index, LockFile, Registry, Release};
use crate::config::Settings;
use crate::error::{ErrorCode, Failure};
use crate::model::installed::{InstalledPlugin, PluginSource};
use crate::model::release::PluginName;
use crate::model::{Engines, ExitCode, Observer, PluginSpec, VersionWanted};
use crate::ops::fetch_release::{TrustKey, client_options, known};
use crate::ops::install::{self, GitSource, RegistrySource, Source};
use crate::project;
use crate::source::GitAddress;

pub(super) static NO_SOURCE: ErrorCode = ErrorCode {
    id: "update.no-source",
    exit: ExitCode::Usage,
    meaning: "The plugin came from a file, a backup or a commit without a version's tag, so there is no place to look for a newer release.",
    remedy: "Say where the release is: `daino-pdk update SLUG --from FILE.dpk`.",
};
pub(super) static NOT_LET_IN: ErrorCode = ErrorCode {
    id: "update.held-back",
    exit: ExitCode::Policy,
    meaning: "The release that was asked for is kept out: by a pin, by `--min-age`, by `--minor` or `--patch`.",
    remedy: "`daino-pdk unpin SLUG`, or leave the flag out.",
};

/// How to reach registries.
#[derive(Debug, Clone)]
pub(crate) struct RegistryFlags {
    /// Name or URL; that of the installation when absent.
    pub registry: Option<String>,
    /// A publisher's key that is accepted beforehand.
    pub trust: Option<TrustKey>,
    /// Use only what is in the cache.
    pub offline: bool,
    /// The settings of this run.
    pub settings: Settings,
}

impl RegistryFlags {
    /// One release of a plugin, as a source to install from.
    pub(crate) fn source(&self, name: &PluginName, url: &str, version: VersionWanted) -> Source {
        let spec = PluginSpec {
            namespace: Some(name.namespace.clone()),
            slug: name.slug.clone(),
            version,
        };
        Source::Registry(Box::new(RegistrySource {
            spec,
            registry: Some(self.registry.clone().unwrap_or_else(|| url.to_owned())),
            trust: self.trust.clone(),
            offline: self.offline,
            settings: self.settings.clone(),
        }))
    }
}

impl RegistryFlags {
    /// One commit of a repository, as a source to install from.
    pub(crate) fn commit(
        &self,
        url: &str,
        path: Option<&str>,
        commit: &str,
    ) -> Result<Source, Failure> {
        let address = GitAddress::locked(url, path, commit)?;
        let (offline, settings) = (self.offline, self.settings.clone());
        Ok(Source::Git(Box::new(GitSource { address, offline, settings })))
    }
}

/// What there is for one plugin.
pub(super) struct Target {
    /// The newest release there is.
    pub newest: Option<Version>,
    /// The release that is let in, newer than the installed one.
    pub wanted: Option<Version>,
    /// Why the newest one is not it.
    pub held_back: Option<String>,
    /// When that release came out: as the registry says, else its publisher.
    pub published_at: Option<String>,
    /// Where to get it.
    pub source: Option<Source>,
}

/// Looks for a newer release of the plugin.
pub(super) async fn look(
    plugin: &InstalledPlugin,
    from: Option<&Source>,
    gate: &Gate,
    flags: &RegistryFlags,
    lock: &LockFile,
    observer: &dyn Observer,
) -> Result<Target, Failure> {
    match (from, &plugin.source) {
        (Some(Source::Registry(given)), _) => {
            let choice = given.settings.registry(given.registry.as_deref())?;
            let registry =
                Registry::open(&choice, client_options(&given.settings, given.offline)?)?;
            let name = registry.find(&given.spec, lock).await?;
            let url = registry.url().to_string();
            in_registry(plugin, &name, &url, gate, flags, lock, observer).await
        }
        (Some(source), _) => Ok(given(source.clone())),
        (None, PluginSource::Registry { name, registry }) => {
            in_registry(plugin, name, registry, gate, flags, lock, observer).await
        }
        (None, PluginSource::Folder { path }) => in_folder(plugin, path.into(), gate),
        (None, PluginSource::Git { url, path, tag: Some(_), .. }) => {
            in_repository(plugin, url, path.as_deref(), gate, flags, lock, observer).await
        }
        (None, _) => {
            let slug = &plugin.slug;
            Err(Failure::new(
                &NO_SOURCE,
                format!("nobody says where newer releases of `{slug}` are"),
            )
            .hint(format!("say where it is: `daino-pdk update {slug} --from FILE.dpk`")))
        }
    }
}

/// What the operator gives is what is wanted; whether it fits is said by the plan.
fn given(source: Source) -> Target {
    Target { newest: None, wanted: None, held_back: None, published_at: None, source: Some(source) }
}

fn in_folder(plugin: &InstalledPlugin, path: PathBuf, gate: &Gate) -> Result<Target, Failure> {
    let version = project::read(&path)?.manifest.version;
    let held_back = gate.keeps_out(&plugin.version, &version, None);
    let is_newer = version > plugin.version;
    let wanted = Some(version.clone()).filter(|_| is_newer && held_back.is_none());
    Ok(Target {
        held_back: held_back.filter(|_| is_newer),
        source: wanted.as_ref().map(|_| Source::Folder(path)),
        newest: Some(version),
        wanted,
        published_at: None,
    })
}

/// A plugin that came from a version's tag: the newest version that is tagged by now.
async fn in_repository(
    plugin: &InstalledPlugin,
    url: &str,
    path: Option<&str>,
    gate: &Gate,
    flags: &RegistryFlags,
    lock: &LockFile,
    observer: &dyn Observer,
) -> Result<Target, Failure> {
    let wanted = gate.to.clone().unwrap_or(VersionWanted::Latest);
    let source = Source::Git(Box::new(GitSource {
        address: GitAddress::released(url, path, wanted)?,
        offline: flags.offline,
        settings: flags.settings.clone(),
    }));
    let fetched = install::fetch(&source, lock, observer).await?;
    let version = fetched.package.manifest.version;
    let is_tagged = matches!(&fetched.source, PluginSource::Git { tag: Some(_), .. });
    let is_newer = version > plugin.version && is_tagged;
    let held_back = gate.keeps_out(&plugin.version, &version, None);
    let held_back = held_back.map(|why| format!("{version}: {why}")).filter(|_| is_newer);
    let wanted = Some(version.clone()).filter(|_| is_newer && held_back.is_none());
    let source = wanted.is_some().then_some(source);
    Ok(Target { newest: Some(version), wanted, held_back, published_at: None, source })
}

async fn in_registry(
    plugin: &InstalledPlugin,
    name: &PluginName,
    url: &str,
    gate: &Gate,
    flags: &RegistryFlags,
    lock: &LockFile,
    observer: &dyn Observer,
) -> Result<Target, Failure> {
    let choice = flags.settings.registry(Some(flags.registry.as_deref().unwrap_or(url)))?;
    let registry = Registry::open(&choice, client_options(&flags.settings, flags.offline)?)?;
    let known = known(&registry, lock, name, flags.trust.as_ref());
    let index = registry.index(name, &known, observer).await?;
    index.tell(lock, observer);
    let mut target = choose(&index, &plugin.version, gate);
    if let Some(VersionWanted::Exact(version)) = &gate.to
        && target.wanted.as_ref() != Some(version)
    {
        // By its number, also when it is yanked or older; what is wrong with it is said by its plan.
        match target.held_back.take() {
            Some(why) => {
                let message = format!("`{}` {version} is kept out: {why}", plugin.slug);
                return Err(Failure::new(&NOT_LET_IN, message));
            }
            None => target.wanted = Some(version.clone()),
        }
    }
    let exact = target.wanted.clone().map(VersionWanted::Exact);
    target.source = exact.map(|version| flags.source(name, url, version));
    Ok(target)
}

/// The newest release that is let in, and why a newer one is not.
fn choose(index: &Index, installed: &Version, gate: &Gate) -> Target {
    let mut releases: Vec<&Release> = index.releases.iter().collect();
    releases.sort_by(|a, b| b.statement.version.cmp(&a.statement.version));
    let mut target = Target {
        newest: releases.first().map(|release| release.statement.version.clone()),
        wanted: None,
        held_back: None,
        published_at: None,
        source: None,
    };
    for release in releases {
        let version = &release.statement.version;
        if version <= installed {
            break;
        }
        let is_exact = gate.to.as_ref().is_some_and(VersionWanted::is_exact);
        let age = age_of(release);
        let why = if release.yanked && !is_exact {
            Some("its publisher withdrew it".to_owned())
        } else if release.engine.as_ref().is_some_and(|range| !range.matches(&Engines::HOST)) {
            Some(format!("it does not run on DainoStore {}", Engines::HOST))
        } else {
            match &gate.to {
                // What was not asked for is not held back.
                Some(to) if !to.accepts(version) => continue,
                _ => gate.keeps_out(installed, version, age),
            }
        };
        match why {
            Some(why) => {
                target.held_back.get_or_insert(format!("{version}: {why}"));
            }
            None => {
                target.wanted = Some(version.clone());
                let at = release.published_at.as_ref().unwrap_or(&release.statement.signed_at);
                target.published_at = Some(at.chars().take(40).collect());
                break;
            }
        }
    }
    target
}
