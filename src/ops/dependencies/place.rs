//! Where the dependencies of a plugin are looked for.

use std::path::{Path, PathBuf};

use semver::Version;

use crate::client::{self, ClientError, LockFile, Registry};
use crate::error::Failure;
use crate::model::installed::PluginSource;
use crate::model::release::PluginName;
use crate::model::{Engines, Observer, PluginSlug, VersionWanted};
use crate::ops::fetch_release::{client_options, known};
use crate::ops::install::{self, Fetched, Source};
use crate::ops::update::RegistryFlags;
use crate::package::{MAX_PACKED, Package};
use crate::sys::file::read_limited;

/// Most archives of a directory that are looked at.
const MOST_ARCHIVES: usize = 32;

/// A place.
#[derive(Debug, Clone)]
pub(super) enum Place {
    /// What one namespace has in one registry.
    Namespace {
        /// Its address.
        registry: String,
        /// The publisher.
        namespace: PluginSlug,
    },
    /// The plugins of one commit.
    Commit {
        /// The repository.
        url: String,
        /// The commit.
        commit: String,
    },
    /// The directories in this one.
    Folders(PathBuf),
    /// The archives in this directory.
    Archives(PathBuf),
    /// Nowhere.
    Nowhere,
}

impl Place {
    /// Where the dependencies of a plugin from `source` are.
    pub(super) fn beside(source: &PluginSource) -> Self {
        let parent = |path: &str| Path::new(path).parent().map(Path::to_path_buf);
        match source {
            PluginSource::Registry { name, registry } => {
                Self::Namespace { registry: registry.clone(), namespace: name.namespace.clone() }
            }
            PluginSource::Git { url, commit, .. } => {
                Self::Commit { url: url.clone(), commit: commit.clone() }
            }
            PluginSource::Folder { path } => parent(path).map_or(Self::Nowhere, Self::Folders),
            PluginSource::File { path } => parent(path).map_or(Self::Nowhere, Self::Archives),
            PluginSource::Backup { .. } => Self::Nowhere,
        }
    }

    /// Where other releases of a plugin from `source` are.
    pub(super) fn of(source: &PluginSource) -> Self {
        match source {
            PluginSource::Registry { .. } | PluginSource::Folder { .. } => Self::beside(source),
            _ => Self::Nowhere,
        }
    }

    /// The place in words; two places are one when these are the same.
    pub(super) fn words(&self) -> String {
        match self {
            Self::Namespace { registry, namespace } => format!("`{namespace}` in {registry}"),
            Self::Commit { url, commit } => format!("commit {commit} of {url}"),
            Self::Folders(path) | Self::Archives(path) => format!("`{}`", path.display()),
            Self::Nowhere => "no place that is known".to_owned(),
        }
    }

    /// The releases of a plugin that an installation may take, newest first.
    pub(super) async fn releases(
        &self,
        slug: &PluginSlug,
        flags: &RegistryFlags,
        lock: &LockFile,
        observer: &dyn Observer,
    ) -> Result<Vec<Version>, Failure> {
        let mut versions = match self {
            Self::Namespace { registry, namespace } => {
                let choice = flags.settings.registry(Some(registry))?;
                let options = client_options(&flags.settings, flags.offline)?;
                let registry = Registry::open(&choice, options)?;
                let name = PluginName { namespace: namespace.clone(), slug: slug.clone() };
                let known = known(&registry, lock, &name, flags.trust.as_ref());
                match registry.index(&name, &known, observer).await {
                    Ok(index) => {
                        index.tell(lock, observer);
                        client::offered(&index, &Engines::HOST)
                    }
                    Err(ClientError::NotFound { .. }) => Vec::new(),
                    // A registry that does not answer might have it.
                    Err(error) => return Err(error.into()),
                }
            }
            Self::Commit { .. } | Self::Folders(_) => {
                let Some(source) = self.source(slug, None, flags)? else { return Ok(Vec::new()) };
                match install::fetch(&source, lock, observer).await {
                    Ok(fetched) if fetched.package.manifest.slug == *slug => {
                        vec![fetched.package.manifest.version]
                    }
                    Ok(_) => Vec::new(),
                    Err(failure) if is_missing(&failure) => Vec::new(),
                    Err(failure) => return Err(failure.within(slug.as_str())),
                }
            }
            Self::Archives(dir) => archives(dir, slug).into_iter().map(|(v, _)| v).collect(),
            Self::Nowhere => Vec::new(),
        };
        versions.sort();
        versions.reverse();
        Ok(versions)
    }

    /// Fetches one of its releases.
    pub(super) async fn fetch(
        &self,
        slug: &PluginSlug,
        version: &Version,
        flags: &RegistryFlags,
        lock: &LockFile,
        observer: &dyn Observer,
    ) -> Result<(Source, Fetched), Failure> {
        let source = self.source(slug, Some(version), flags)?;
        let missing = || ClientError::NotFound { name: slug.to_string(), registry: self.words() };
        let source = source.ok_or_else(missing)?;
        let fetched = install::fetch(&source, lock, observer).await?;
        let manifest = &fetched.package.manifest;
        if manifest.slug != *slug || manifest.version != *version {
            return Err(missing().into());
        }
        Ok((source, fetched))
    }

    fn source(
        &self,
        slug: &PluginSlug,
        version: Option<&Version>,
        flags: &RegistryFlags,
    ) -> Result<Option<Source>, Failure> {
        Ok(match self {
            Self::Namespace { registry, namespace } => version.map(|version| {
                let name = PluginName { namespace: namespace.clone(), slug: slug.clone() };
                // The registry of who needs it, whatever the flag says now.
                let flags = RegistryFlags { registry: None, ..flags.clone() };
                flags.source(&name, registry, VersionWanted::Exact(version.clone()))
            }),
            Self::Commit { url, commit } => Some(flags.commit(url, Some(slug.as_str()), commit)?),
            Self::Folders(dir) => Some(dir.join(slug.as_str()))
                .filter(|path| path.join(crate::project::MANIFEST).is_file())
                .map(Source::Folder),
            Self::Archives(dir) => {
                let found = archives(dir, slug).into_iter();
                let found = found.filter(|(found, _)| version.is_none_or(|v| v == found));
                found.map(|(_, path)| Source::File(path)).next()
            }
            Self::Nowhere => None,
        })
    }
}

/// Whether the failure says that there is no such plugin, and not that it could not be looked for.
fn is_missing(failure: &Failure) -> bool {
    failure.code().id == "source.no-plugin"
}

/// The archives of a plugin in a directory: `<slug>-<version>.dpk`, as `pack` names them.
fn archives(dir: &Path, slug: &PluginSlug) -> Vec<(Version, PathBuf)> {
    let mut names: Vec<String> = std::fs::read_dir(dir)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with(&format!("{slug}-")) && name.ends_with(".dpk"))
        .collect();
    names.sort();
    names.truncate(MOST_ARCHIVES);
    let mut found = Vec::new();
    for name in names {
        let path = dir.join(name);
        let Ok(bytes) = read_limited(&path, MAX_PACKED as u64) else { continue };
        let Ok(package) = Package::read(&bytes) else { continue };
        if package.manifest.slug == *slug {
            found.push((package.manifest.version.clone(), path));
        }
    }
    found
}
