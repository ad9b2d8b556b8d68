//! Where a plugin comes from, and reading it: always through the limits of a release archive.

use std::path::{Path, PathBuf};

use super::{Given, by_name};
use crate::client::LockFile;
use crate::config::Settings;
use crate::error::{ErrorCode, Failure};
use crate::model::event::Tell;
use crate::model::installed::{InstalledCode, InstalledPlugin, PluginSource, PluginState};
use crate::model::{ExitCode, Observer, PluginSpec};
use crate::net::HttpOptions;
use crate::ops::fetch_release::{FetchRequest, FetchedRelease, TrustKey, fetch_release};
use crate::package::{self, MAX_PACKED, Package};
use crate::project;
use crate::source::{self, GitAddress, Limits, Wanted};
use crate::store::lifecycle::Installation;
use crate::sys::file::read_limited;

pub(super) static UNREADABLE: ErrorCode = ErrorCode {
    id: "install.unreadable",
    exit: ExitCode::Usage,
    meaning: "The file to install from cannot be read.",
    remedy: "Check the path, and that the file is a `.dpk` of at most 20 MB.",
};
pub(super) static NAME: ErrorCode = ErrorCode {
    id: "install.source",
    exit: ExitCode::Usage,
    meaning: "What was given is neither a file nor a directory, no repository, and no name of a plugin.",
    remedy: "Give a `.dpk` file, a plugin's directory, a repository (`github:OWNER/REPO@^1.2`), or a name: `sms`, `acme/sms@^1.2`.",
};

/// Where a plugin comes from.
#[derive(Debug, Clone)]
pub(crate) enum Source {
    /// A `.dpk` file.
    File(PathBuf),
    /// A plugin's directory; it is packed first, so that what is installed is what would be
    /// released.
    Folder(PathBuf),
    /// A registry.
    Registry(Box<RegistrySource>),
    /// A Git repository.
    Git(Box<GitSource>),
}

/// How the network is used.
#[derive(Debug)]
pub(crate) struct Access {
    /// Name or URL of the registry.
    pub registry: Option<String>,
    /// The publisher's key that is accepted beforehand.
    pub trust: Option<TrustKey>,
    /// Use only what is in the cache.
    pub offline: bool,
    /// The settings of this run.
    pub settings: Settings,
}

/// A plugin of a registry.
#[derive(Debug, Clone)]
pub(crate) struct RegistrySource {
    /// Which plugin and release.
    pub spec: PluginSpec,
    /// Name or URL of the registry.
    pub registry: Option<String>,
    /// The publisher's key that is accepted beforehand.
    pub trust: Option<TrustKey>,
    /// Use only what is in the cache.
    pub offline: bool,
    /// The settings of this run.
    pub settings: Settings,
}

/// A plugin of a Git repository.
#[derive(Debug, Clone)]
pub(crate) struct GitSource {
    /// The repository, and what of it.
    pub address: GitAddress,
    /// Use only what is in the cache.
    pub offline: bool,
    /// The settings of this run.
    pub settings: Settings,
}

/// A plugin that was read.
pub(crate) struct Fetched {
    /// The release.
    pub package: Package,
    /// Where it came from.
    pub source: PluginSource,
    /// Id of the key that signed it.
    pub publisher: Option<String>,
    /// How a registry has it.
    pub release: Option<FetchedRelease>,
}

impl Fetched {
    /// The plugin as it will be in a shop, for those that are planned after it.
    pub(crate) fn to_be(&self) -> InstalledPlugin {
        let package = &self.package;
        InstalledPlugin {
            slug: package.manifest.slug.clone(),
            version: package.manifest.version.clone(),
            state: PluginState::Enabled,
            manifest: package.manifest.clone(),
            source: self.source.clone(),
            publisher: self.publisher.clone(),
            code: InstalledCode {
                dir: None,
                archive: package.archive,
                content: package.content,
                files: Vec::new(),
            },
            config: serde_json::Value::Null,
            installed_at: String::new(),
        }
    }

    /// What to install with the settings that were given, and how a registry has it.
    pub(crate) fn with(
        self,
        given: &Given,
    ) -> Result<(Installation, Option<FetchedRelease>), Failure> {
        let wanted = Installation {
            set: given.set.clone(),
            config: given.config()?,
            secrets: given.secrets(&self.package.manifest.secrets)?,
            yanked: self.release.as_ref().is_some_and(|release| release.yanked),
            package: self.package,
            source: self.source,
            publisher: self.publisher,
        };
        Ok((wanted, self.release))
    }
}

impl Source {
    /// What `text` names: a repository's address, what exists on disk as a path, everything else in
    /// a registry.
    pub(crate) fn of(
        text: &str,
        base: &Path,
        access: impl FnOnce() -> Result<Access, Failure>,
    ) -> Result<Self, Failure> {
        if source::is_git(text) {
            let address = text.parse()?;
            let Access { offline, settings, .. } = access()?;
            return Ok(Self::Git(Box::new(GitSource { address, offline, settings })));
        }
        if let Some(path) = local(text, base) {
            return Ok(if path.is_dir() { Self::Folder(path) } else { Self::File(path) });
        }
        match text.parse() {
            Ok(spec) => {
                let Access { registry, trust, offline, settings } = access()?;
                let source = RegistrySource { spec, registry, trust, offline, settings };
                Ok(Self::Registry(Box::new(source)))
            }
            Err(error) => Err(Failure::new(
                &NAME,
                format!("there is nothing to install: `{text}`"),
            )
            .caused_by(&error)
            .hint("give a `.dpk` file, a plugin's directory, a repository such as `github:acme/sms`, or a name such as `acme/sms@^1.2`")),
        }
    }

    /// Whether it is somebody else's code, so that it is tried out before it touches the shop.
    pub(crate) fn is_from_outside(&self) -> bool {
        !matches!(self, Self::Folder(_))
    }
}

/// The path that `text` is: one that exists, or one that can be nothing else.
pub(super) fn local(text: &str, base: &Path) -> Option<PathBuf> {
    let path = base.join(text);
    let only_a_path = text.starts_with(['.', '/', '~'])
        || text.ends_with(".dpk")
        || text.contains('\\')
        || Path::new(text).is_absolute();
    (only_a_path || path.exists()).then_some(path)
}

/// Reads the plugin. Nothing but the cache is written.
pub(crate) async fn fetch(
    source: &Source,
    lock: &LockFile,
    observer: &dyn Observer,
) -> Result<Fetched, Failure> {
    let fetched = match source {
        Source::File(path) => {
            let bytes = read_limited(path, MAX_PACKED as u64).map_err(|error| {
                Failure::new(&UNREADABLE, format!("cannot read `{}`", path.display()))
                    .caused_by(&error)
            })?;
            let source = PluginSource::File { path: path.display().to_string() };
            Fetched { package: Package::read(&bytes)?, source, publisher: None, release: None }
        }
        Source::Folder(path) => {
            let project = project::read(path)?;
            let source = PluginSource::Folder { path: project.root.display().to_string() };
            Fetched { package: packed(&project)?, source, publisher: None, release: None }
        }
        Source::Registry(wanted) => match by_name::elsewhere(wanted, lock).await? {
            Some(elsewhere) => {
                observer.note(format!("`{}` is in {}", wanted.spec.slug, elsewhere.address));
                from_git(&elsewhere, lock, observer).await?
            }
            None => from_registry(wanted, lock, observer).await?,
        },
        Source::Git(wanted) => from_git(wanted, lock, observer).await?,
    };
    check_manifest(&fetched.package)?;
    Ok(fetched)
}

/// What would be released.
fn packed(project: &project::Project) -> Result<Package, Failure> {
    let packed = package::pack(&project.files, &project.manifest)?;
    Ok(Package::read(&packed.bytes)?)
}

async fn from_registry(
    wanted: &RegistrySource,
    lock: &LockFile,
    observer: &dyn Observer,
) -> Result<Fetched, Failure> {
    let registry = wanted.registry.as_deref();
    let mut request =
        FetchRequest::new(wanted.spec.clone(), &wanted.settings, registry, wanted.offline)?;
    request.trust = wanted.trust.clone();
    let release = fetch_release(&request, lock, observer).await?;
    Ok(Fetched {
        package: release.package.clone().into_inner(),
        source: PluginSource::Registry {
            name: release.name.clone(),
            registry: release.registry.to_string(),
        },
        publisher: Some(release.package.key_id().to_string()),
        release: Some(release),
    })
}

async fn from_git(
    wanted: &GitSource,
    lock: &LockFile,
    observer: &dyn Observer,
) -> Result<Fetched, Failure> {
    let (address, settings) = (wanted.address.clone(), &wanted.settings);
    let url = address.url.to_string();
    let http = HttpOptions {
        idle: settings.http_idle()?,
        offline: wanted.offline,
        ..HttpOptions::default()
    };
    let token = address.url.host_str().filter(|_| address.url.scheme() == "https");
    let brought = source::bring(
        Wanted {
            cache: settings.dirs().cache.clone(),
            limits: Limits { time: settings.git_time()?, ..Limits::DEFAULT },
            http,
            token: token.and_then(|host| settings.git_token(host)),
            known: lock.tags(&url),
            address,
        },
        observer,
    )
    .await?;
    Ok(Fetched {
        package: packed(&brought.project)?,
        source: PluginSource::Git {
            url,
            path: brought.path.map(|path| path.to_string()),
            tag: brought.tag,
            branch: brought.branch,
            commit: brought.commit,
        },
        publisher: None,
        release: None,
    })
}

/// An archive's manifest has the right form; whether it means something is checked here, as for a
/// directory.
fn check_manifest(package: &Package) -> Result<(), Failure> {
    let text = package.files.text(project::MANIFEST).unwrap_or_default();
    project::parse_manifest(text)?;
    let entry = package.manifest.entry(&package.files);
    if !package.files.contains(entry.as_str()) {
        return Err(project::ProjectError::NoEntry(entry).into());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(text: &str, base: &Path) -> Result<&'static str, Failure> {
        let source = Source::of(text, base, || {
            Ok(Access {
                registry: None,
                trust: None,
                offline: true,
                settings: Settings::in_home(base, base)?,
            })
        })?;
        Ok(match source {
            Source::File(_) => "file",
            Source::Folder(_) => "folder",
            Source::Registry(_) => "registry",
            Source::Git(_) => "git",
        })
    }

    #[test]
    fn what_is_on_disk_is_a_path_and_the_rest_a_name() {
        let temp = tempfile::tempdir().unwrap();
        std::fs::create_dir(temp.path().join("sms")).unwrap();
        std::fs::write(temp.path().join("pay.dpk"), "x").unwrap();
        for (text, expected) in [
            ("sms", "folder"),
            ("./sms", "folder"),
            (".", "folder"),
            ("pay.dpk", "file"),
            ("missing.dpk", "file"),
            ("./missing", "file"),
            ("pay", "registry"),
            ("acme/pay@^1.2", "registry"),
            ("github:acme/pay@^1.2", "git"),
            ("https://git.example/acme/pay.git", "git"),
        ] {
            assert_eq!(kind(text, temp.path()).unwrap(), expected, "{text}");
        }
        for bad in ["", "Not A Name", "a/b/c"] {
            assert_eq!(
                kind(bad, &temp.path().join("none")).unwrap_err().code().id,
                "install.source"
            );
        }
    }
}
