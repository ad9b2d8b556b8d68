//! What must hold before a release comes into a shop: its rights, its host, the plugins it needs.

use std::collections::BTreeMap;

use super::install::Installation;
use super::{LifecycleError, records};
use crate::model::consent;
use crate::model::installed::{InstalledPlugin, PluginState};
use crate::model::{Engines, Manifest, PluginSlug};

/// Plugins that will be there, in these versions, before the one that is planned.
pub(crate) type Coming = BTreeMap<PluginSlug, semver::Version>;

/// Refuses what no shop gives, and what is made for another host.
pub(super) fn check_manifest(manifest: &Manifest) -> Result<(), LifecycleError> {
    let refused = consent::refused(manifest);
    if !refused.is_empty() {
        return Err(LifecycleError::NeverGranted(refused));
    }
    match &manifest.engines {
        Some(engines) if !engines.daino.matches(&Engines::HOST) => {
            Err(LifecycleError::Engine { range: engines.daino.to_string() })
        }
        _ => Ok(()),
    }
}

/// Refuses another release than the one that is installed.
pub(super) fn refuse_other_version(
    wanted: &Installation,
    previous: Option<&InstalledPlugin>,
) -> Result<(), LifecycleError> {
    let package = &wanted.package;
    let Some(previous) = previous.filter(|previous| {
        previous.state.is_installed() && previous.code.content != package.content
    }) else {
        return Ok(());
    };
    let of = |version: &semver::Version, same: bool, digest: String| {
        if same { format!("{version} ({})", &digest[..19]) } else { version.to_string() }
    };
    let same = previous.version == package.manifest.version;
    Err(LifecycleError::OtherVersion {
        slug: previous.slug.clone(),
        installed: of(&previous.version, same, previous.code.content.to_string()),
        wanted: of(&package.manifest.version, same, package.content.to_string()),
    })
}

/// Refuses a release whose plugins are not there, or not in a version that fits.
pub(super) async fn check_dependencies(
    sql: &crate::store::sql::Client,
    manifest: &Manifest,
    coming: &Coming,
) -> Result<(), LifecycleError> {
    for (slug, range) in &manifest.dependencies {
        let missing = |found: String| LifecycleError::Dependency {
            slug: slug.to_string(),
            range: range.to_string(),
            found,
        };
        let found = match PluginSlug::new(slug) {
            Ok(slug) => match coming.get(&slug) {
                Some(version) if range.matches(version) => continue,
                Some(version) => return Err(missing(format!("{version} would be there"))),
                None => records::find(sql, &slug).await?,
            },
            Err(_) => None,
        };
        match found {
            Some(there) if there.state == PluginState::Enabled => {
                if !range.matches(&there.version) {
                    return Err(missing(format!("{} is installed", there.version)));
                }
            }
            Some(there) => return Err(missing(format!("it is {}", there.state.as_str()))),
            None => return Err(missing("it is not installed".to_owned())),
        }
    }
    Ok(())
}
