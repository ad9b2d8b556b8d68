//! The owner chain of a namespace: whose keys sign for it, from which place of the log on.
//!
//! The first valid statement of a namespace founds the chain: an `owner` statement, or a release,
//! whose signer then owns the namespace alone. Each `owner` or `transfer` statement names the
//! statement before it and is signed by as many keys of the link before as that asks for, or by its
//! recovery key. A key that a later link leaves out, or that is revoked, covers what stands before
//! that in the log, and nothing after.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::envelope::{self, embedded_keys, signers};
use super::statement::{OwnerPredicate, RevokeKeyPredicate, Statement};
use super::{KeyId, PublicKey, TrustError, Verified};
use crate::model::release::Envelope;
use crate::model::{Digest, PluginSlug};

/// Most links and revocations of a chain: more than any owner needs, and little to check.
const MAX_CHANGES: usize = 1_000;

/// One link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Which one, from 1.
    pub epoch: u64,
    /// Digest of its statement; for a release that founds the chain, SHA-256 of that digest and the 32
    /// bytes of the key that signed it.
    pub statement: Digest,
    /// The keys.
    pub keys: Vec<PublicKey>,
    /// How many of them change the chain.
    pub threshold: u32,
    /// The key that changes it alone.
    pub recovery: Option<PublicKey>,
    /// Whether it gave the namespace to somebody else.
    pub is_transfer: bool,
    /// The first place of the log that it covers.
    from: u64,
}

/// A link as a lock file remembers it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnerPin {
    /// Its epoch.
    pub epoch: u64,
    /// Digest of its statement.
    pub statement: Digest,
}

/// The owners of a namespace, first to last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnerChain {
    namespace: PluginSlug,
    links: Vec<Link>,
    /// Revoked keys, each with the place from which on it covers nothing.
    revoked: BTreeMap<KeyId, u64>,
    /// Where the last change stands.
    last: u64,
}

fn broken(reason: &str) -> TrustError {
    TrustError::Owner(reason.to_owned())
}

impl OwnerChain {
    /// The chain that this statement founds, at its place in the log.
    pub fn found(at: u64, envelope: &Envelope) -> Result<Self, TrustError> {
        let own = embedded_keys(envelope)?;
        let signed = signers(envelope, &own)?;
        let digest = envelope::payload_digest(envelope)?;
        let (namespace, link) = match envelope::read(envelope)? {
            Statement::Release(release) => {
                let keys = signed.first().map(|key| vec![*key]).unwrap_or_default();
                // A release does not say who signs it; the link has to.
                let signer = signed.first().map(PublicKey::as_bytes);
                let bound = [digest.raw().as_slice(), signer.map_or(&[], |key| &key[..])].concat();
                let link = Link {
                    epoch: 1,
                    statement: Digest::of(&bound),
                    keys,
                    threshold: 1,
                    recovery: None,
                    is_transfer: false,
                    from: at,
                };
                (release.name.namespace, link)
            }
            Statement::Owner(owner) if owner.epoch == 1 => {
                let link = link(&owner, digest, at, false);
                let own = signed.iter().filter(|key| owner.keys.contains(key)).count();
                if own < owner.threshold as usize {
                    return Err(broken("too few of its own keys signed the first owner"));
                }
                (owner.namespace, link)
            }
            Statement::Owner(_) | Statement::Transfer(_) => {
                return Err(broken("it does not begin with the first owner"));
            }
            other => {
                let kind = other.kind();
                return Err(broken(&format!("it begins with a statement of kind `{kind}`")));
            }
        };
        Ok(Self { namespace, links: vec![link], revoked: BTreeMap::new(), last: at })
    }

    /// Adds what the owner says about the namespace, at its place in the log. An error changes
    /// nothing.
    pub fn apply(&mut self, at: u64, envelope: &Envelope) -> Result<Statement, TrustError> {
        if at <= self.last {
            return Err(broken("its statements are not in the order of the log"));
        }
        if self.links.len() + self.revoked.len() >= MAX_CHANGES {
            return Err(broken("it has more than 1,000 changes"));
        }
        let current = self.current();
        let mut own: Vec<PublicKey> = current.keys.clone();
        own.retain(|key| !self.revoked.contains_key(&key.id()));
        let recovery = current.recovery;
        let all: Vec<PublicKey> = own.iter().copied().chain(recovery).collect();
        let signed = signers(envelope, &all)?;
        let count = signed.iter().filter(|key| own.contains(key)).count();
        let is_recovery = signed.iter().any(|key| Some(*key) == recovery);
        let statement = envelope::read(envelope)?;
        if *statement.namespace() != self.namespace {
            return Err(broken("it is about another namespace"));
        }
        if count < current.threshold as usize && !is_recovery {
            return Err(broken(&format!(
                "{count} of the {} keys that have to sign have signed",
                current.threshold
            )));
        }
        match &statement {
            Statement::Owner(owner) => self.extend(owner, envelope, at, false)?,
            Statement::Transfer(owner) => self.extend(owner, envelope, at, true)?,
            Statement::RevokeKey(revoked) => self.revoke(revoked, at)?,
            other => {
                let kind = other.kind();
                return Err(broken(&format!("a statement of kind `{kind}` does not belong here")));
            }
        }
        self.last = at;
        Ok(statement)
    }

    fn extend(
        &mut self,
        owner: &OwnerPredicate,
        envelope: &Envelope,
        at: u64,
        is_transfer: bool,
    ) -> Result<(), TrustError> {
        let current = self.current();
        if owner.epoch == 1 {
            return Err(TrustError::SecondOwner(self.namespace.clone()));
        }
        if owner.epoch != current.epoch + 1 || owner.previous != Some(current.statement) {
            return Err(broken("it does not go on from the owner before"));
        }
        if owner.keys.iter().any(|key| self.revoked.contains_key(&key.id())) {
            return Err(broken("it brings back a key that was revoked"));
        }
        let digest = envelope::payload_digest(envelope)?;
        self.links.push(link(owner, digest, at, is_transfer));
        Ok(())
    }

    fn revoke(&mut self, revoked: &RevokeKeyPredicate, at: u64) -> Result<(), TrustError> {
        let current = self.current();
        if revoked.epoch != current.epoch {
            return Err(broken("it revokes a key of another epoch"));
        }
        let left =
            |key: &&PublicKey| key.id() != revoked.key && !self.revoked.contains_key(&key.id());
        let is_own = current.keys.iter().any(|key| key.id() == revoked.key);
        if !is_own || self.revoked.contains_key(&revoked.key) {
            return Err(broken("it revokes a key that does not sign for the namespace"));
        }
        if current.recovery.is_none() && current.keys.iter().find(left).is_none() {
            return Err(broken("it revokes the last key, and there is no recovery key"));
        }
        self.revoked.insert(revoked.key.clone(), at);
        Ok(())
    }

    /// Checks a statement about a plugin, at its place in the log: signed by a key that covers it.
    pub fn verify(&self, at: u64, envelope: &Envelope) -> Result<Verified<Statement>, TrustError> {
        let verified = envelope::verify_statement(envelope, &self.keys_at(at))?;
        if *verified.namespace() != self.namespace {
            return Err(broken("it is about another namespace"));
        }
        Ok(verified)
    }

    /// The keys that cover what stands at this place of the log.
    pub fn keys_at(&self, at: u64) -> Vec<PublicKey> {
        let link = self.links.iter().rfind(|link| link.from <= at);
        let covers = |key: &&PublicKey| self.revoked.get(&key.id()).is_none_or(|end| at < *end);
        link.map(|link| link.keys.iter().filter(covers).copied().collect()).unwrap_or_default()
    }

    /// The keys that sign now.
    pub fn keys(&self) -> Vec<PublicKey> {
        self.keys_at(u64::MAX)
    }

    /// Whose it is.
    pub fn namespace(&self) -> &PluginSlug {
        &self.namespace
    }

    /// The owner now.
    pub fn current(&self) -> &Link {
        self.links.last().expect("a chain is founded with a link")
    }

    /// Every link, first to last.
    pub fn links(&self) -> &[Link] {
        &self.links
    }

    /// Keys that were revoked.
    pub fn revoked(&self) -> impl Iterator<Item = &KeyId> {
        self.revoked.keys()
    }

    /// The owner now, to be remembered.
    pub fn pin(&self) -> OwnerPin {
        let current = self.current();
        OwnerPin { epoch: current.epoch, statement: current.statement }
    }

    /// What is signed to change the keys: the next link with everything as it is now.
    pub fn next(&self, signed_at: String) -> OwnerPredicate {
        let current = self.current();
        OwnerPredicate {
            namespace: self.namespace.clone(),
            epoch: current.epoch + 1,
            previous: Some(current.statement),
            keys: self.keys(),
            threshold: current.threshold,
            recovery: current.recovery,
            signed_at,
        }
    }
}

fn link(owner: &OwnerPredicate, statement: Digest, at: u64, is_transfer: bool) -> Link {
    Link {
        epoch: owner.epoch,
        statement,
        keys: owner.keys.clone(),
        threshold: owner.threshold,
        recovery: owner.recovery,
        is_transfer,
        from: at.saturating_add(1),
    }
}

#[cfg(test)]
mod tests;
