//! Replaces a signing key by a new one, here and in the owner chain of a namespace.
//!
//! The new key is on this disk before the registry hears of it, under the name of the old one and
//! `-next`; afterwards the two change places. Interrupted anywhere, the same command goes on.

use serde::Serialize;

use super::{DEFAULT_NAME, checked_name, keyring_in, passphrase, unlock};
use crate::config::Settings;
use crate::error::Failure;
use crate::model::{Ask, Observer, PluginSlug};
use crate::ops::owner::{self, OwnerChange, OwnerOutcome, OwnerRequest};
use crate::ops::statement::Speaker;
use crate::trust::{KeyId, Keyring, KeyringError, StoredKey};

/// Which key to replace.
#[derive(Debug, Clone)]
pub(crate) struct RotateRequest {
    /// The key; `default` when none is named.
    pub name: Option<String>,
    /// The namespace it signs for; default from the settings.
    pub namespace: Option<PluginSlug>,
    /// Name or URL of the registry; default from the settings.
    pub registry: Option<String>,
    /// The settings of this run.
    pub settings: Settings,
    /// Store the new secret without a passphrase.
    pub no_passphrase: bool,
    /// Change nothing.
    pub dry_run: bool,
    /// Whether the network is switched off.
    pub offline: bool,
}

/// What was replaced, or would be.
#[derive(Debug, Serialize)]
pub(crate) struct KeyRotateOutcome {
    /// The key from now on; none on a dry run.
    pub key: Option<StoredKey>,
    /// The key so far.
    pub old: KeyId,
    /// Under which name the key so far is kept.
    pub old_name: PluginSlug,
    /// Who owns the namespace now.
    pub owner: OwnerOutcome,
}

/// Replaces a key.
pub(crate) async fn rotate(
    request: &RotateRequest,
    ask: &dyn Ask,
    observer: &dyn Observer,
) -> Result<KeyRotateOutcome, Failure> {
    let ring = keyring_in(&request.settings.dirs().config);
    let name = checked_name(request.name.as_deref())?;
    let next_name = checked_name(Some(&format!("{name}-next")))?;
    let old = unlock::open(ring.load(&name)?, unlock::given(), ask)?.public();
    let digits = old.id().as_str().trim_start_matches("ed25519:")[..8].to_owned();
    let old_name = checked_name(Some(&format!("{name}-old-{digits}")))?;
    let mut speaker = Speaker {
        keys: vec![request.name.clone().unwrap_or_else(|| DEFAULT_NAME.to_owned())],
        registry: request.registry.clone(),
        settings: request.settings.clone(),
        dry_run: request.dry_run,
        offline: request.offline,
    };
    if request.dry_run {
        let owner = owner::list(request.namespace.clone(), &speaker, observer).await?;
        return Ok(KeyRotateOutcome { key: None, old: old.id(), old_name, owner });
    }
    let new = match ring.load(&next_name) {
        Ok(loaded) => unlock::open(loaded, unlock::given(), ask)?.public(),
        Err(KeyringError::Missing(_)) => {
            let passphrase = if request.no_passphrase { None } else { passphrase::offered(ask)? };
            ring.generate(&next_name, passphrase.as_ref())?.public
        }
        Err(error) => return Err(error.into()),
    };
    speaker.dry_run = true;
    let now = owner::list(request.namespace.clone(), &speaker, observer).await?;
    speaker.dry_run = false;
    let owner = if now.keys.iter().any(|key| key.public == new) {
        // The registry took it before, and this machine was interrupted then.
        now
    } else {
        let change = OwnerChange::Replace { old: old.id(), new };
        let request = OwnerRequest { namespace: request.namespace.clone(), change, speaker };
        owner::change(&request, true, ask, observer).await?
    };
    let key = exchange(&ring, &name, &next_name, &old_name)?;
    Ok(KeyRotateOutcome { key, old: old.id(), old_name, owner })
}

fn exchange(
    ring: &Keyring,
    name: &PluginSlug,
    next: &PluginSlug,
    old: &PluginSlug,
) -> Result<Option<StoredKey>, Failure> {
    ring.rename(name, old)?;
    ring.rename(next, name)?;
    Ok(ring.list()?.into_iter().find(|key| key.name == *name))
}
