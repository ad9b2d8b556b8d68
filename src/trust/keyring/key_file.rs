//! The content of a key file: JSON with version, algorithm, public key, and the secret with the name
//! of its encoding: `plain`, or `pkcs8-encrypted` by a passphrase.

use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, Zeroizing};

use super::error::{KeyringError, unreadable};
use super::{Loaded, LockedKey};
use crate::trust::{Passphrase, PublicKey, SigningKey, base64, pkcs8};

const VERSION: u32 = 1;
const ALGORITHM: &str = "ed25519";
/// The secret is base64 of the 32-byte seed.
const PLAIN: &str = "plain";
/// The secret is base64 of an `EncryptedPrivateKeyInfo` of PKCS#8.
const SEALED: &str = "pkcs8-encrypted";
/// What stands before the base64 of a seed where a secret is given as one line.
const SEED_PREFIX: &str = "ed25519-seed:";

/// A key as it is stored. Wiped when dropped.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyFile {
    version: u32,
    algorithm: String,
    public: PublicKey,
    secret: Secret,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Secret {
    /// [`PLAIN`] or [`SEALED`].
    encoding: String,
    value: String,
}

impl Drop for Secret {
    fn drop(&mut self) {
        self.value.zeroize();
    }
}

/// The text of a key file.
pub(super) fn write(
    key: &SigningKey,
    passphrase: Option<&Passphrase>,
) -> Result<Zeroizing<String>, KeyringError> {
    let secret = match passphrase {
        None => Secret { encoding: PLAIN.to_owned(), value: key.secret_base64().to_string() },
        Some(passphrase) => {
            let sealed = pkcs8::encrypt(key, passphrase).ok_or(KeyringError::Seal)?;
            Secret { encoding: SEALED.to_owned(), value: base64::encode(&sealed) }
        }
    };
    let (version, algorithm) = (VERSION, ALGORITHM.to_owned());
    let file = KeyFile { version, algorithm, public: key.public(), secret };
    let mut text = serde_json::to_string_pretty(&file).expect("a key file has only strings");
    text.push('\n');
    Ok(Zeroizing::new(text))
}

/// Reads a key file. What serde says about a wrong one could quote the secret, so it is not shown.
pub(super) fn read(text: &[u8], place: &str) -> Result<Loaded, KeyringError> {
    let file: KeyFile =
        serde_json::from_slice(text).map_err(|_| unreadable(place, "is not a key file"))?;
    if file.version != VERSION || file.algorithm != ALGORITHM {
        return Err(unreadable(place, "has a form that this version does not know"));
    }
    match file.secret.encoding.as_str() {
        PLAIN => {
            let key = SigningKey::from_base64(&file.secret.value)
                .ok_or_else(|| unreadable(place, "has a secret that is not base64 of 32 bytes"))?;
            if key.public() != file.public {
                return Err(unreadable(place, "has a public key that is not its secret's"));
            }
            Ok(Loaded::Open(key))
        }
        SEALED => {
            let sealed = base64::decode(&file.secret.value)
                .ok_or_else(|| unreadable(place, "has a secret that is not base64"))?;
            Ok(Loaded::Locked(LockedKey::new(sealed, Some(file.public), place)))
        }
        _ => Err(unreadable(place, "has a form that this version does not know")),
    }
}

/// Reads a key in any form a person may have it: a key file, PKCS#8 in PEM, or `ed25519-seed:` and
/// base64 of the 32-byte seed.
pub(super) fn read_any(text: &str, place: &str) -> Result<Loaded, KeyringError> {
    if let Some(seed) = text.trim().strip_prefix(SEED_PREFIX) {
        return SigningKey::from_base64(seed)
            .map(Loaded::Open)
            .ok_or_else(|| unreadable(place, "is not base64 of 32 bytes"));
    }
    if pkcs8::is_pem(text) {
        return match pkcs8::read_pem(text) {
            Some(pkcs8::Pem::Key(key)) => Ok(Loaded::Open(key)),
            Some(pkcs8::Pem::Encrypted(der)) => {
                Ok(Loaded::Locked(LockedKey::new(der, None, place)))
            }
            None => Err(unreadable(place, "is PEM, but no Ed25519 key in PKCS#8")),
        };
    }
    read(text.as_bytes(), place)
}
