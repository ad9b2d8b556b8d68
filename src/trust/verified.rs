//! Values that only a successful check can make.

use super::statement::Statement;
use super::{KeyId, PublicKey, TrustError};
use crate::model::Digest;
use crate::model::release::{PluginName, ReleasePredicate};
use crate::package::{MANIFEST, Package};

/// A value that a key vouches for. Made by this module's checks alone.
#[derive(Debug, Clone)]
pub struct Verified<T> {
    value: T,
    signer: PublicKey,
}

impl<T> Verified<T> {
    pub(super) fn new(value: T, signer: PublicKey) -> Self {
        Self { value, signer }
    }

    /// The key whose signature was checked.
    pub fn signer(&self) -> PublicKey {
        self.signer
    }

    /// Its id.
    pub fn key_id(&self) -> KeyId {
        self.signer.id()
    }

    /// The value, giving up the proof.
    pub fn into_inner(self) -> T {
        self.value
    }
}

impl<T> std::ops::Deref for Verified<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

impl Verified<Statement> {
    /// The statement as one about a release.
    pub fn release(self) -> Result<Verified<ReleasePredicate>, TrustError> {
        match self.value {
            Statement::Release(release) => Ok(Verified::new(release, self.signer)),
            other => {
                let kind = other.kind();
                Err(TrustError::Statement(format!("it is not about a release, but `{kind}`")))
            }
        }
    }
}

impl Verified<ReleasePredicate> {
    /// Checks that the statement is about the release that was asked for, so that no other release
    /// of the same publisher can be given in its place.
    pub fn expect(&self, name: &PluginName, version: &semver::Version) -> Result<(), TrustError> {
        same("name", name, &self.name)?;
        same("version", version, &self.version)
    }
}

/// Checks that `package` is the one the publisher signed.
pub fn verify_package(
    package: &Package,
    release: &Verified<ReleasePredicate>,
) -> Result<Verified<Package>, TrustError> {
    let manifest = package.files.get(MANIFEST).map(Digest::of);
    let manifest = manifest.map_or_else(|| "none".to_owned(), |digest| digest.to_string());
    same("archive", &package.archive, &release.archive)?;
    same("size", &package.size, &release.size)?;
    same("content", &package.content, &release.content)?;
    same("manifest", &manifest, &release.manifest.to_string())?;
    same("name", &package.listing.slug, &release.name.slug)?;
    same("version", &package.listing.version, &release.version)?;
    Ok(Verified::new(package.clone(), release.signer()))
}

fn same<T: PartialEq + std::fmt::Display>(
    part: &'static str,
    actual: &T,
    signed: &T,
) -> Result<(), TrustError> {
    if actual == signed {
        return Ok(());
    }
    Err(TrustError::Mismatch { part, actual: actual.to_string(), signed: signed.to_string() })
}
