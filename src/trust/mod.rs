//! Trust: who signed a release, and whether that is who signed it before.
//!
//! Publishers sign statements that the registry cannot make (DSSE envelopes around in-toto
//! statements, Ed25519). What was checked is a [`Verified`] value, which only this module can make.

#![forbid(unsafe_code)]

mod base64;
mod envelope;
mod error;
mod history;
mod key;
mod keyring;
#[cfg(feature = "registry-server")]
mod ledger;
pub(crate) mod map;
mod owner;
mod passphrase;
mod pins;
mod pkcs8;
mod statement;
pub(crate) mod tlog;
mod verified;

pub(crate) use envelope::{
    claimed, embedded_keys, payload_digest, sign_release, sign_statement, verify_statement,
};
pub(crate) use error::{CODES, TrustError};
pub(crate) use history::History;
pub(crate) use key::{KeyId, PublicKey, SigningKey};
pub(crate) use keyring::{
    CODES as KEYRING_CODES, Keyring, KeyringError, Loaded, LockedKey, StoredKey,
};
#[cfg(feature = "registry-server")]
pub(crate) use ledger::{Ledger, LedgerFault, Replayed};
pub(crate) use owner::{OwnerChain, OwnerPin};
pub(crate) use passphrase::Passphrase;
pub(crate) use pins::{Continuity, Decision, Pins};
pub(crate) use statement::{
    AdvisoryPredicate, OwnerPredicate, RevokeKeyPredicate, Severity, Statement, YankPredicate,
};
pub(crate) use verified::{Verified, verify_package};
