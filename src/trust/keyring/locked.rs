//! A key that a passphrase opens.

use super::error::{KeyringError, unreadable};
use crate::trust::{Passphrase, PublicKey, SigningKey, pkcs8};

/// A key as it was found.
#[derive(Debug)]
pub enum Loaded {
    /// Ready to sign.
    Open(SigningKey),
    /// Protected by a passphrase.
    Locked(LockedKey),
}

/// An encrypted key.
#[derive(Debug)]
pub struct LockedKey {
    sealed: Vec<u8>,
    public: Option<PublicKey>,
    place: String,
}

impl LockedKey {
    pub(super) fn new(sealed: Vec<u8>, public: Option<PublicKey>, place: &str) -> Self {
        Self { sealed, public, place: place.to_owned() }
    }

    /// Opens the key. A secret that is not the one of the public key beside it is refused.
    pub fn open(&self, passphrase: &Passphrase) -> Result<SigningKey, KeyringError> {
        let key = pkcs8::decrypt(&self.sealed, passphrase).map_err(|error| match error {
            pkcs8::OpenError::Passphrase => KeyringError::Passphrase(self.place.clone()),
            pkcs8::OpenError::Form => unreadable(&self.place, "is encrypted in no known form"),
        })?;
        if self.public.is_some_and(|told| told != key.public()) {
            return Err(unreadable(&self.place, "has a public key that is not its secret's"));
        }
        Ok(key)
    }

    /// Where it came from, for messages.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// The public half, where it stands beside the secret.
    pub fn public(&self) -> Option<PublicKey> {
        self.public
    }
}
