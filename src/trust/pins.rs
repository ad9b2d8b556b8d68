//! Pins: which keys have signed for a namespace so far (trust on first use).
//!
//! A plain value that a lock file keeps. A namespace seen for the first time may be pinned; after
//! that only its pinned keys count, and another key is a mismatch that a person must look at.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::envelope::{embedded_keys, key_ids};
use super::{KeyId, OwnerChain, OwnerPin, PublicKey, TrustError};
use crate::model::PluginSlug;
use crate::model::release::Envelope;

/// Keys by namespace, in the order they were pinned, and the owner that was seen last.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pins {
    #[serde(default)]
    keys: BTreeMap<PluginSlug, Vec<KeyId>>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    owners: BTreeMap<PluginSlug, OwnerPin>,
}

/// What the pins say about an owner chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Continuity {
    /// The namespace has no pin.
    FirstSeen,
    /// It goes on from what is pinned.
    GoesOn,
    /// The namespace was given to somebody else since, whom nobody accepted here yet.
    Transferred,
    /// No pinned key is or was an owner's.
    OtherKeys,
    /// It is not the chain that was seen.
    Forked,
}

/// What the pins say about an envelope. Nothing is verified yet: give the keys to
/// `verify_release`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// The envelope carries these pinned keys.
    Trusted(Vec<PublicKey>),
    /// The namespace has no pin; the envelope carries these keys.
    FirstSeen(Vec<PublicKey>),
    /// The namespace has pins and none of them is in the envelope.
    Mismatch {
        /// What is pinned.
        pinned: Vec<KeyId>,
        /// What the envelope offers.
        offered: Vec<KeyId>,
    },
}

impl Pins {
    /// Decides which keys may have signed `envelope` for `namespace`.
    pub fn decide(
        &self,
        namespace: &PluginSlug,
        envelope: &Envelope,
    ) -> Result<Decision, TrustError> {
        let mut keys = embedded_keys(envelope)?;
        let Some(pinned) = self.keys.get(namespace).filter(|pinned| !pinned.is_empty()) else {
            return Ok(Decision::FirstSeen(keys));
        };
        keys.retain(|key| pinned.contains(&key.id()));
        if keys.is_empty() {
            return Ok(Decision::Mismatch { pinned: pinned.clone(), offered: key_ids(envelope) });
        }
        Ok(Decision::Trusted(keys))
    }

    /// Remembers a key that was verified, or that a person confirmed.
    pub fn pin(&mut self, namespace: &PluginSlug, key: KeyId) {
        let pinned = self.keys.entry(namespace.clone()).or_default();
        if !pinned.contains(&key) {
            pinned.push(key);
        }
    }

    /// Remembers the owner of a namespace; an earlier one than is known changes nothing.
    pub fn pin_owner(&mut self, namespace: &PluginSlug, owner: OwnerPin) {
        match self.owners.get(namespace) {
            Some(known) if known.epoch >= owner.epoch => {}
            _ => drop(self.owners.insert(namespace.clone(), owner)),
        }
    }

    /// The owner that was seen last.
    #[cfg(test)]
    pub fn owner(&self, namespace: &PluginSlug) -> Option<&OwnerPin> {
        self.owners.get(namespace)
    }

    /// Decides whether an owner chain, whose statements hold, is that of the publisher who is known.
    pub fn follow(&self, chain: &OwnerChain) -> Continuity {
        let keys = self.of(chain.namespace());
        let is_pinned = |key: &PublicKey| keys.contains(&key.id());
        let mut links = chain.links().iter();
        let base = match self.owners.get(chain.namespace()) {
            Some(pin) => match links.position(|link| link.epoch == pin.epoch) {
                Some(at) if chain.links()[at].statement == pin.statement => at,
                _ => return Continuity::Forked,
            },
            None if keys.is_empty() => return Continuity::FirstSeen,
            None => match links.position(|link| link.keys.iter().any(is_pinned)) {
                Some(at) => at,
                None => return Continuity::OtherKeys,
            },
        };
        let is_given_away = chain.links()[base + 1..].iter().any(|link| link.is_transfer);
        if is_given_away && !chain.current().keys.iter().any(is_pinned) {
            return Continuity::Transferred;
        }
        Continuity::GoesOn
    }

    /// Keys pinned for a namespace.
    pub fn of(&self, namespace: &PluginSlug) -> &[KeyId] {
        self.keys.get(namespace).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{SigningKey, envelope};
    use super::*;

    fn envelope_of(seed: u8) -> (SigningKey, Envelope) {
        let key = SigningKey::from_seed(&[seed; 32]);
        let envelope = envelope::sign_release(&envelope::tests::predicate(), &key);
        (key, envelope)
    }

    #[test]
    fn first_seen_then_trusted_then_mismatch() {
        let acme = PluginSlug::new("acme").unwrap();
        let mut pins = Pins::default();
        let (key, envelope) = envelope_of(1);
        assert_eq!(pins.decide(&acme, &envelope), Ok(Decision::FirstSeen(vec![key.public()])));
        pins.pin(&acme, key.public().id());
        pins.pin(&acme, key.public().id());
        assert_eq!(pins.of(&acme).len(), 1);
        assert_eq!(pins.decide(&acme, &envelope), Ok(Decision::Trusted(vec![key.public()])));
        let (other, envelope) = envelope_of(2);
        assert_eq!(
            pins.decide(&acme, &envelope),
            Ok(Decision::Mismatch {
                pinned: vec![key.public().id()],
                offered: vec![other.public().id()]
            })
        );
    }

    #[test]
    fn pins_round_trip_through_toml() {
        let mut pins = Pins::default();
        pins.pin(&PluginSlug::new("acme").unwrap(), envelope_of(1).0.public().id());
        let text = toml::to_string(&pins).unwrap();
        assert_eq!(toml::from_str::<Pins>(&text).unwrap(), pins, "{text}");
    }

    #[test]
    fn a_key_under_the_id_of_a_pinned_one_is_refused() {
        let acme = PluginSlug::new("acme").unwrap();
        let mut pins = Pins::default();
        let (pinned, _) = envelope_of(1);
        pins.pin(&acme, pinned.public().id());
        let (_, mut forged) = envelope_of(2);
        forged.signatures[0].keyid = pinned.public().id().to_string();
        assert!(matches!(pins.decide(&acme, &forged), Err(TrustError::Envelope(_))));
    }
}
