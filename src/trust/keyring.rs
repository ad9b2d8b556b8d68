//! Signing keys on disk: one private file each, in a directory that only its owner can enter.
//!
//! A file is `NAME.json`: version, algorithm, public key, and the secret with the name of its
//! encoding (`plain` today), so that encrypted secrets can be added without a new format. A file
//! that others may read is refused, because its secret has to be taken as known.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, Zeroizing};

use super::{KeyId, PublicKey, SigningKey};
use crate::error::{Coded, ErrorCode};
use crate::model::{ExitCode, PluginSlug};
use crate::sys::{file, private};

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = &[&EXISTS, &MISSING, &EXPOSED, &UNREADABLE, &WRITE];

static EXISTS: ErrorCode = ErrorCode {
    id: "key.exists",
    exit: ExitCode::Usage,
    meaning: "There is a signing key of this name. Keys are never overwritten: what they signed \
              could not be continued.",
    remedy: "Choose another name, or move the old key file away yourself.",
};
static MISSING: ErrorCode = ErrorCode {
    id: "key.missing",
    exit: ExitCode::Usage,
    meaning: "There is no signing key of this name.",
    remedy: "Make one with `daino-pdk key generate`, or see which there are with `daino-pdk key list`.",
};
static EXPOSED: ErrorCode = ErrorCode {
    id: "key.exposed",
    exit: ExitCode::Integrity,
    meaning: "Others than the owner can read the key file, so the key must be taken as known to them.",
    remedy: "If nobody else uses this machine, `chmod 600` the file; else make a new key.",
};
static UNREADABLE: ErrorCode = ErrorCode {
    id: "key.unreadable",
    exit: ExitCode::Integrity,
    meaning: "A signing key is damaged, or was written by a newer daino-pdk.",
    remedy: "Restore the key from your backup, or update daino-pdk.",
};
static WRITE: ErrorCode = ErrorCode {
    id: "key.write",
    exit: ExitCode::Usage,
    meaning: "The signing key could not be stored.",
    remedy: "Check that the directory is yours to write in and that the disk has room.",
};

/// Largest key file, in bytes.
const MAX_FILE: u64 = 16 * 1024;
const VERSION: u32 = 1;
const ALGORITHM: &str = "ed25519";
/// What stands before the base64 of a seed where a secret is given as one line.
const SEED_PREFIX: &str = "ed25519-seed:";

/// Why a key cannot be made or used. Never holds any part of a secret.
#[derive(Debug, thiserror::Error)]
pub enum KeyringError {
    /// The name is taken.
    #[error("there is already a signing key `{0}`")]
    Exists(PluginSlug),
    /// No such key.
    #[error("there is no signing key `{0}`")]
    Missing(PluginSlug),
    /// Others may read the file or the directory.
    #[error("`{}` can be read by others", .0.display())]
    Exposed(PathBuf),
    /// The text is not a key.
    #[error("the signing key in {place} {reason}")]
    Unreadable {
        /// Where it came from.
        place: String,
        /// What is wrong.
        reason: &'static str,
    },
    /// The file cannot be read.
    #[error("`{}` cannot be read", path.display())]
    Read {
        /// The file or directory.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The file cannot be written.
    #[error("`{}` cannot be written", path.display())]
    Write {
        /// The file or directory.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The system gave no random bytes.
    #[error("the system gave no random bytes for a key")]
    Random(#[source] getrandom::Error),
}

impl Coded for KeyringError {
    fn code(&self) -> &'static ErrorCode {
        match self {
            Self::Exists(_) => &EXISTS,
            Self::Missing(_) => &MISSING,
            Self::Exposed(_) => &EXPOSED,
            Self::Unreadable { .. } | Self::Read { .. } => &UNREADABLE,
            Self::Write { .. } | Self::Random(_) => &WRITE,
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::Missing(name) => vec![format!("daino-pdk key generate {name}")],
            Self::Exposed(path) if path.is_dir() => vec![format!("chmod 700 '{}'", path.display())],
            Self::Exposed(path) => vec![format!("chmod 600 '{}'", path.display())],
            _ => Vec::new(),
        }
    }
}

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
    /// `plain`: `value` is base64 of the 32-byte seed.
    encoding: String,
    value: String,
}

impl Drop for Secret {
    fn drop(&mut self) {
        self.value.zeroize();
    }
}

/// A key of the ring, without its secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StoredKey {
    /// Its name on this machine.
    pub name: PluginSlug,
    /// Its id.
    pub id: KeyId,
    /// The public half, base64.
    pub public: PublicKey,
    /// The private file.
    pub path: PathBuf,
}

/// The signing keys of one user.
#[derive(Debug, Clone)]
pub struct Keyring {
    dir: PathBuf,
}

impl Keyring {
    /// The ring in `dir`, which need not exist.
    pub fn at(dir: impl Into<PathBuf>) -> Self {
        Self { dir: dir.into() }
    }

    /// Makes a key and stores it. An existing one is never overwritten.
    pub fn generate(&self, name: &PluginSlug) -> Result<StoredKey, KeyringError> {
        let key = SigningKey::generate().map_err(KeyringError::Random)?;
        let write = |path: &Path| {
            let path = path.to_path_buf();
            move |source| KeyringError::Write { path, source }
        };
        private::create_dir(&self.dir).map_err(write(&self.dir))?;
        self.refuse_exposed(&self.dir)?;
        let path = self.path(name);
        let text = key_file_text(&key);
        match private::create_file(&path, text.as_bytes()) {
            Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => {
                return Err(KeyringError::Exists(name.clone()));
            }
            other => other.map_err(write(&path))?,
        }
        Ok(StoredKey { name: name.clone(), id: key.public().id(), public: key.public(), path })
    }

    /// Every key of the ring, sorted by name. Files that are not keys are left out.
    pub fn list(&self) -> Result<Vec<StoredKey>, KeyringError> {
        let read = |source| KeyringError::Read { path: self.dir.clone(), source };
        let entries = match std::fs::read_dir(&self.dir) {
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            other => other.map_err(read)?,
        };
        let mut keys = Vec::new();
        for entry in entries {
            let file_name = entry.map_err(read)?.file_name();
            let Some(name) = file_name.to_str().and_then(|n| n.strip_suffix(".json")) else {
                continue;
            };
            let Ok(name) = PluginSlug::new(name) else { continue };
            let public = self.signing_key(&name)?.public();
            let path = self.path(&name);
            keys.push(StoredKey { name, id: public.id(), public, path });
        }
        keys.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(keys)
    }

    /// The key of this name.
    pub fn signing_key(&self, name: &PluginSlug) -> Result<SigningKey, KeyringError> {
        let path = self.path(name);
        let text = match file::read_limited(&path, MAX_FILE) {
            Ok(text) => Zeroizing::new(text),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                return Err(KeyringError::Missing(name.clone()));
            }
            Err(source) => return Err(KeyringError::Read { path, source }),
        };
        self.refuse_exposed(&self.dir)?;
        self.refuse_exposed(&path)?;
        parse_key_file(&text, &format!("`{}`", path.display()))
    }

    /// The key in a text that a secret store gives, such as `DAINO_SIGNING_KEY`: the content of a
    /// key file, or `ed25519-seed:` and base64 of the 32-byte seed. `place` is for messages.
    pub fn from_text(text: &str, place: &str) -> Result<SigningKey, KeyringError> {
        match text.trim().strip_prefix(SEED_PREFIX) {
            Some(seed) => SigningKey::from_base64(seed)
                .ok_or_else(|| unreadable(place, "is not base64 of 32 bytes")),
            None => parse_key_file(text.as_bytes(), place),
        }
    }

    /// Fails when a key of this name exists.
    pub fn refuse_existing(&self, name: &PluginSlug) -> Result<(), KeyringError> {
        match std::fs::symlink_metadata(self.path(name)) {
            Ok(_) => Err(KeyringError::Exists(name.clone())),
            Err(_) => Ok(()),
        }
    }

    /// Where the key of this name is, or would be.
    pub fn path(&self, name: &PluginSlug) -> PathBuf {
        self.dir.join(format!("{name}.json"))
    }

    fn refuse_exposed(&self, path: &Path) -> Result<(), KeyringError> {
        let is_private = private::is_private(path)
            .map_err(|source| KeyringError::Read { path: path.to_path_buf(), source })?;
        if is_private { Ok(()) } else { Err(KeyringError::Exposed(path.to_path_buf())) }
    }
}

fn unreadable(place: &str, reason: &'static str) -> KeyringError {
    KeyringError::Unreadable { place: place.to_owned(), reason }
}

fn key_file_text(key: &SigningKey) -> Zeroizing<String> {
    let file = KeyFile {
        version: VERSION,
        algorithm: ALGORITHM.to_owned(),
        public: key.public(),
        secret: Secret { encoding: "plain".to_owned(), value: key.secret_base64().to_string() },
    };
    let mut text = serde_json::to_string_pretty(&file).expect("a key file has only strings");
    text.push('\n');
    Zeroizing::new(text)
}

/// Reads a key file. What serde says about a wrong one could quote the secret, so it is not shown.
fn parse_key_file(text: &[u8], place: &str) -> Result<SigningKey, KeyringError> {
    let file: KeyFile =
        serde_json::from_slice(text).map_err(|_| unreadable(place, "is not a key file"))?;
    if file.version != VERSION || file.algorithm != ALGORITHM || file.secret.encoding != "plain" {
        return Err(unreadable(place, "has a form that this version does not know"));
    }
    let key = SigningKey::from_base64(&file.secret.value)
        .ok_or_else(|| unreadable(place, "has a secret that is not base64 of 32 bytes"))?;
    if key.public() != file.public {
        return Err(unreadable(place, "has a public key that is not its secret's"));
    }
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> PluginSlug {
        PluginSlug::new(text).unwrap()
    }

    #[test]
    fn a_key_is_made_once_and_found_again() {
        let temp = tempfile::tempdir().unwrap();
        let ring = Keyring::at(temp.path().join("keys"));
        assert!(ring.list().unwrap().is_empty());
        let made = ring.generate(&name("release")).unwrap();
        let before = std::fs::read(&made.path).unwrap();
        assert!(matches!(ring.generate(&name("release")), Err(KeyringError::Exists(_))));
        assert_eq!(std::fs::read(&made.path).unwrap(), before);
        assert_eq!(ring.list().unwrap(), vec![made.clone()]);
        assert_eq!(ring.signing_key(&name("release")).unwrap().public(), made.public);
        assert!(matches!(ring.signing_key(&name("other")), Err(KeyringError::Missing(_))));
    }

    #[test]
    fn a_key_comes_from_text_in_both_forms() {
        let key = SigningKey::from_seed(&[9; 32]);
        let seed = format!("ed25519-seed:{}\n", key.secret_base64().as_str());
        for text in [seed.as_str(), key_file_text(&key).as_str()] {
            assert_eq!(Keyring::from_text(text, "here").unwrap().public(), key.public());
        }
        for bad in
            ["", "x", "ed25519-seed:AAAA", "{}", &key_file_text(&key).replace("plain", "new")]
        {
            let error = Keyring::from_text(bad, "here").unwrap_err();
            assert!(!error.to_string().contains(key.secret_base64().as_str()), "{error}");
        }
    }

    #[test]
    fn a_file_with_another_public_key_is_refused() {
        let (one, two) = (SigningKey::from_seed(&[1; 32]), SigningKey::from_seed(&[2; 32]));
        let text =
            key_file_text(&one).replace(&one.public().to_string(), &two.public().to_string());
        assert!(Keyring::from_text(&text, "here").is_err());
    }
}
