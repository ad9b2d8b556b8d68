//! Trust: who signed a release, and whether that is who signed it before.
//!
//! Publishers sign statements that the registry cannot make (DSSE envelopes around in-toto
//! statements, Ed25519). What was checked is a [`Verified`] value, which only this module can make.

mod base64;
mod envelope;
mod error;
mod key;
mod keyring;
mod passphrase;
mod pins;
mod pkcs8;
mod statement;
pub(crate) mod tlog;
mod verified;

pub(crate) use envelope::{embedded_keys, sign_release, verify_release};
pub(crate) use error::{CODES, TrustError};
pub(crate) use key::{KeyId, PublicKey, SigningKey};
pub(crate) use keyring::{
    CODES as KEYRING_CODES, Keyring, KeyringError, Loaded, LockedKey, StoredKey,
};
pub(crate) use passphrase::Passphrase;
pub(crate) use pins::{Decision, Pins};
pub(crate) use verified::{Verified, verify_package};
