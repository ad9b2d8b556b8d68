//! A bare slug may be in a registry and in the user's sources. Who asks for it must not get another
//! one than meant: what was installed from the registry before stays the registry's, and a slug that is
//! in two places is not decided here.

use super::source::{GitSource, RegistrySource};
use crate::client::{ClientError, LockFile, Registry};
use crate::config::ConfigError;
use crate::error::{ErrorCode, Failure};
use crate::model::{ExitCode, VersionWanted};
use crate::ops::fetch_release::client_options;
use crate::source::{Catalog, GitAddress};

pub(super) static TWO_PLACES: ErrorCode = ErrorCode {
    id: "install.two-places",
    exit: ExitCode::Usage,
    meaning: "Plugins of this slug are in several places, and they may be different ones.",
    remedy: "Name the one that is meant: `NAMESPACE/SLUG` of the registry, or the repository.",
};

/// The repository that a bare slug means; `None` when it is the registry's.
pub(super) async fn elsewhere(
    wanted: &RegistrySource,
    lock: &LockFile,
) -> Result<Option<GitSource>, Failure> {
    let spec = &wanted.spec;
    // A namespace, or a registry that was named, says where; so does an earlier installation.
    if spec.namespace.is_some() || wanted.registry.is_some() || !lock.named(&spec.slug).is_empty() {
        return Ok(None);
    }
    let catalog = Catalog::read(&wanted.settings.dirs().config)?;
    let hits = catalog.named(&spec.slug);
    if hits.is_empty() {
        return Ok(None);
    }
    let mut places: Vec<String> = hits.iter().map(|hit| hit.found.source.clone()).collect();
    match wanted.settings.registry(None) {
        Err(ConfigError::NoRegistry) => {}
        Err(error) => return Err(error.into()),
        Ok(choice) => {
            let options = client_options(&wanted.settings, wanted.offline)?;
            let found = Registry::open(&choice, options)?.find(spec, lock).await;
            match found {
                Ok(name) => places.insert(0, name.to_string()),
                Err(ClientError::NotFound { .. }) => {}
                // A registry that does not answer might have it.
                Err(error) => return Err(error.into()),
            }
        }
    }
    let [only] = places.as_slice() else {
        let message =
            format!("`{}` is in {} places: {}", spec.slug, places.len(), places.join(", "));
        let failure = Failure::new(&TWO_PLACES, message);
        return Err(places
            .iter()
            .fold(failure, |failure, place| failure.hint(format!("`daino-pdk install {place}`"))));
    };
    let address: GitAddress = match &spec.version {
        VersionWanted::Latest => only.parse()?,
        version => format!("{only}@{version}").parse()?,
    };
    let (offline, settings) = (wanted.offline, wanted.settings.clone());
    Ok(Some(GitSource { address, offline, settings }))
}
