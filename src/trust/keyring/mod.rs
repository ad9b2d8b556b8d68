//! Signing keys on disk: one private file each, in a directory that only its owner can enter.
//!
//! A file is `NAME.json`; a passphrase can protect its secret. A file that others may read is
//! refused, because its secret has to be taken as known.

mod error;
mod key_file;
mod locked;

use std::path::{Path, PathBuf};

use serde::Serialize;
use zeroize::Zeroizing;

pub(crate) use error::{CODES, KeyringError};
pub(crate) use locked::{Loaded, LockedKey};

use super::{KeyId, Passphrase, PublicKey, SigningKey};
use crate::model::PluginSlug;
use crate::sys::{file, private};

/// Largest key file, in bytes.
const MAX_FILE: u64 = 16 * 1024;

/// A key of the ring, without its secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StoredKey {
    /// Its name on this machine.
    pub name: PluginSlug,
    /// Its id.
    pub id: KeyId,
    /// The public half, base64.
    pub public: PublicKey,
    /// Whether a passphrase protects the secret.
    pub protected: bool,
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

    /// Makes a key and stores it, encrypted when there is a passphrase. An existing one is never
    /// overwritten.
    pub fn generate(
        &self,
        name: &PluginSlug,
        passphrase: Option<&Passphrase>,
    ) -> Result<StoredKey, KeyringError> {
        self.add(name, &SigningKey::generate().map_err(KeyringError::Random)?, passphrase)
    }

    /// Stores a key. An existing one is never overwritten.
    pub fn add(
        &self,
        name: &PluginSlug,
        key: &SigningKey,
        passphrase: Option<&Passphrase>,
    ) -> Result<StoredKey, KeyringError> {
        private::create_dir(&self.dir).map_err(write_error(&self.dir))?;
        self.refuse_exposed(&self.dir)?;
        let path = self.path(name);
        let text = key_file::write(key, passphrase)?;
        match private::create_file(&path, text.as_bytes()) {
            Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => {
                return Err(KeyringError::Exists(name.clone()));
            }
            other => other.map_err(write_error(&path))?,
        }
        Ok(stored(name, key.public(), passphrase.is_some(), path))
    }

    /// Protects a stored key with another passphrase, or with none. The file is replaced at once.
    pub fn protect(
        &self,
        name: &PluginSlug,
        key: &SigningKey,
        passphrase: Option<&Passphrase>,
    ) -> Result<StoredKey, KeyringError> {
        let path = self.path(name);
        let text = key_file::write(key, passphrase)?;
        file::write_atomic(&path, text.as_bytes(), true).map_err(write_error(&path))?;
        Ok(stored(name, key.public(), passphrase.is_some(), path))
    }

    /// Gives a stored key another name, never that of an existing one.
    pub fn rename(&self, from: &PluginSlug, to: &PluginSlug) -> Result<(), KeyringError> {
        self.refuse_existing(to)?;
        let (from, to) = (self.path(from), self.path(to));
        std::fs::rename(&from, &to).map_err(write_error(&to))?;
        file::sync_dir(&self.dir).map_err(write_error(&self.dir))
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
            let (public, protected) = match self.load(&name)? {
                Loaded::Open(key) => (key.public(), false),
                Loaded::Locked(key) => match key.public() {
                    Some(public) => (public, true),
                    None => continue,
                },
            };
            keys.push(stored(&name, public, protected, self.path(&name)));
        }
        keys.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(keys)
    }

    /// The key of this name.
    pub fn load(&self, name: &PluginSlug) -> Result<Loaded, KeyringError> {
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
        key_file::read(&text, &format!("`{}`", path.display()))
    }

    /// The key in a text, such as `DAINO_SIGNING_KEY` holds: the content of a key file, PKCS#8 in
    /// PEM, or `ed25519-seed:` and base64 of the 32-byte seed. `place` is for messages.
    pub fn from_text(text: &str, place: &str) -> Result<Loaded, KeyringError> {
        key_file::read_any(text, place)
    }

    /// A key as text for other tools: PKCS#8 in PEM, encrypted.
    pub fn export(
        key: &SigningKey,
        passphrase: &Passphrase,
    ) -> Result<Zeroizing<String>, KeyringError> {
        key_file::export(key, passphrase)
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

fn write_error(path: &Path) -> impl Fn(std::io::Error) -> KeyringError {
    let path = path.to_path_buf();
    move |source| KeyringError::Write { path: path.clone(), source }
}

fn stored(name: &PluginSlug, public: PublicKey, protected: bool, path: PathBuf) -> StoredKey {
    StoredKey { name: name.clone(), id: public.id(), public, protected, path }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(loaded: Loaded) -> SigningKey {
        match loaded {
            Loaded::Open(key) => key,
            Loaded::Locked(key) => panic!("{} is locked", key.place()),
        }
    }

    fn name(text: &str) -> PluginSlug {
        PluginSlug::new(text).unwrap()
    }

    #[test]
    fn a_key_is_made_once_and_found_again() {
        let temp = tempfile::tempdir().unwrap();
        let ring = Keyring::at(temp.path().join("keys"));
        assert!(ring.list().unwrap().is_empty());
        let made = ring.generate(&name("release"), None).unwrap();
        let before = std::fs::read(&made.path).unwrap();
        assert!(matches!(ring.generate(&name("release"), None), Err(KeyringError::Exists(_))));
        assert_eq!(std::fs::read(&made.path).unwrap(), before);
        assert_eq!(ring.list().unwrap(), vec![made.clone()]);
        assert_eq!(open(ring.load(&name("release")).unwrap()).public(), made.public);
        assert!(matches!(ring.load(&name("other")), Err(KeyringError::Missing(_))));
    }

    #[test]
    fn a_key_comes_from_text_in_both_forms() {
        let key = SigningKey::from_seed(&[9; 32]);
        let seed = format!("ed25519-seed:{}\n", key.secret_base64().as_str());
        for text in [seed.as_str(), key_file::write(&key, None).unwrap().as_str()] {
            assert_eq!(open(Keyring::from_text(text, "here").unwrap()).public(), key.public());
        }
        for bad in [
            "",
            "x",
            "ed25519-seed:AAAA",
            "{}",
            &key_file::write(&key, None).unwrap().replace("plain", "new"),
        ] {
            let error = Keyring::from_text(bad, "here").unwrap_err();
            assert!(!error.to_string().contains(key.secret_base64().as_str()), "{error}");
        }
    }

    #[test]
    fn a_file_with_another_public_key_is_refused() {
        let (one, two) = (SigningKey::from_seed(&[1; 32]), SigningKey::from_seed(&[2; 32]));
        let text = key_file::write(&one, None)
            .unwrap()
            .replace(&one.public().to_string(), &two.public().to_string());
        assert!(Keyring::from_text(&text, "here").is_err());
    }

    #[test]
    fn a_protected_key_opens_with_its_passphrase_alone_and_can_be_given_another() {
        let temp = tempfile::tempdir().unwrap();
        let ring = Keyring::at(temp.path().join("keys"));
        let words = |text: &str| Passphrase::new(text.to_owned()).unwrap();
        let made = ring.generate(&name("release"), Some(&words("first words"))).unwrap();
        assert!(made.protected);
        assert_eq!(ring.list().unwrap(), vec![made.clone()]);
        let Loaded::Locked(locked) = ring.load(&name("release")).unwrap() else { panic!("open") };
        assert!(matches!(locked.open(&words("other")), Err(KeyringError::Passphrase(_))));
        let key = locked.open(&words("first words")).unwrap();
        assert_eq!(key.public(), made.public);
        let text = std::fs::read_to_string(&made.path).unwrap();
        assert!(!text.contains(key.secret_base64().as_str()));
        ring.protect(&name("release"), &key, Some(&words("second words"))).unwrap();
        let Loaded::Locked(locked) = ring.load(&name("release")).unwrap() else { panic!("open") };
        assert!(locked.open(&words("first words")).is_err());
        assert_eq!(locked.open(&words("second words")).unwrap().public(), made.public);
        assert!(!ring.protect(&name("release"), &key, None).unwrap().protected);
        assert_eq!(open(ring.load(&name("release")).unwrap()).public(), made.public);
        assert!(crate::sys::private::is_private(&made.path).unwrap());
    }

    #[test]
    fn an_exported_key_comes_back() {
        let key = SigningKey::from_seed(&[9; 32]);
        let words = Passphrase::new("some words".to_owned()).unwrap();
        let text = Keyring::export(&key, &words).unwrap();
        assert!(text.contains("\n-----BEGIN ENCRYPTED PRIVATE KEY-----\n"), "{}", text.as_str());
        let Loaded::Locked(locked) = Keyring::from_text(&text, "here").unwrap() else {
            panic!("open")
        };
        assert_eq!(locked.open(&words).unwrap().public(), key.public());
    }

    /// PKCS#8 has no checksum: without the public key beside it, damage could open to another key.
    #[test]
    fn a_damaged_export_never_opens_to_another_key() {
        let key = SigningKey::from_seed(&[5; 32]);
        let words = Passphrase::new("correct horse".to_owned()).unwrap();
        let text = Keyring::export(&key, &words).unwrap();
        let mut refused = 0;
        for at in (0..text.len()).step_by(4) {
            let mut bytes = text.as_bytes().to_vec();
            bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
            let bad = String::from_utf8(bytes).unwrap();
            let opened = Keyring::from_text(&bad, "here").and_then(|loaded| match loaded {
                Loaded::Open(key) => Ok(key),
                Loaded::Locked(locked) => locked.open(&words),
            });
            match opened {
                Ok(opened) => assert_eq!(opened.public(), key.public(), "byte {at}"),
                Err(_) => refused += 1,
            }
        }
        assert!(refused > 50, "only {refused}");
    }
}
