//! `daino.lock.toml`: what is installed, which keys sign for which namespace, the newest release
//! seen of each plugin, and the commits that tags of repositories led to. It belongs to a shop or a
//! project and is kept under version control.
//!
//! The keys are trust on first use; the releases show a registry that goes back in time, the
//! commits a tag that was rewritten. What is installed is written by the shop itself, in the step
//! that installs: here it is only read, and never overwritten.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use semver::Version;
use serde::{Deserialize, Serialize};
use url::Url;

use super::SeenLog;
use crate::error::{Coded, ErrorCode};
pub(crate) use crate::model::lock::LOCK_FILE;
use crate::model::lock::LockedPlugin;
use crate::model::release::PluginName;
use crate::model::{ExitCode, PluginSlug};
use crate::sys::file::{read_limited, write_atomic};
use crate::trust::{KeyId, OwnerChain, Pins};

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = &[&FORM, &FILE];

static FORM: ErrorCode = ErrorCode {
    id: "lock.form",
    exit: ExitCode::Integrity,
    meaning: "`daino.lock.toml` is damaged, or was written by a newer daino-pdk.",
    remedy: "Restore the file from version control. Without it every publisher counts as new.",
};
static FILE: ErrorCode = ErrorCode {
    id: "lock.file",
    exit: ExitCode::Usage,
    meaning: "`daino.lock.toml` cannot be read or written.",
    remedy: "Check that the file and its directory are yours and that the disk has room.",
};

/// Most bytes of it.
const LIMIT: u64 = 4 * 1024 * 1024;
const FORMAT: u32 = 1;
const HEAD: &str = "# Written by daino-pdk: what is installed, the keys that sign for each namespace, and the newest\n# release seen. Keep this file under version control.\n";

/// Why the lock file cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LockError {
    /// Not the file we write.
    #[error("`{}` cannot be used: {reason}", path.display())]
    Form {
        /// Which file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// Not readable, not writable.
    #[error("cannot read or write `{}`", path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

impl Coded for LockError {
    fn code(&self) -> &'static ErrorCode {
        match self {
            Self::Form { .. } => &FORM,
            Self::File { .. } => &FILE,
        }
    }
    fn hints(&self) -> Vec<String> {
        vec![self.code().remedy.to_owned()]
    }
}

/// What is known before a registry is asked.
#[derive(Debug, Clone, Default)]
pub(crate) struct Known {
    /// Keys and owners of namespaces.
    pub pins: Pins,
    /// What was seen of the registry's log.
    pub log: Option<SeenLog>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Content {
    format: u32,
    #[serde(flatten)]
    pins: Pins,
    /// `namespace/slug` to version.
    #[serde(default)]
    seen: BTreeMap<String, Version>,
    /// Registry to what was seen of its log.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    logs: BTreeMap<String, SeenLog>,
    /// Repository to tag to commit.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    tags: BTreeMap<String, BTreeMap<String, String>>,
    /// What is installed.
    #[serde(default, rename = "plugin", skip_serializing_if = "Vec::is_empty")]
    plugins: Vec<LockedPlugin>,
}

/// The lock file in memory.
#[derive(Debug, Clone)]
pub(crate) struct LockFile {
    path: PathBuf,
    content: Content,
}

impl LockFile {
    /// Reads the file at `path`; one that does not exist is empty.
    pub(crate) fn read(path: &Path) -> Result<Self, LockError> {
        let form = |reason: String| LockError::Form { path: path.to_owned(), reason };
        let bytes = match read_limited(path, LIMIT) {
            Ok(bytes) => bytes,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Self::empty(path)),
            Err(source) => return Err(LockError::File { path: path.to_owned(), source }),
        };
        let text = std::str::from_utf8(&bytes).map_err(|_| form("it is not UTF-8".to_owned()))?;
        let content: Content = toml::from_str(text)
            .map_err(|e| form(e.message().lines().next().unwrap_or_default().to_owned()))?;
        if content.format != FORMAT {
            return Err(form(format!("its format is {}, known is {FORMAT}", content.format)));
        }
        Ok(Self { path: path.to_owned(), content })
    }

    fn empty(path: &Path) -> Self {
        let content = Content {
            format: FORMAT,
            pins: Pins::default(),
            seen: BTreeMap::new(),
            logs: BTreeMap::new(),
            tags: BTreeMap::new(),
            plugins: Vec::new(),
        };
        Self { path: path.to_owned(), content }
    }

    /// Writes the file, whole or not at all. What it says by now of installed plugins stays.
    pub(crate) fn write(&self) -> Result<(), LockError> {
        let failed = |source| LockError::File { path: self.path.clone(), source };
        let plugins = Self::read(&self.path)?.content.plugins;
        let content = Content { plugins, ..self.content.clone() };
        let text =
            toml::to_string(&content).map_err(|e| failed(io::Error::other(e.to_string())))?;
        write_atomic(&self.path, format!("{HEAD}{text}").as_bytes(), false).map_err(failed)
    }

    /// The pinned keys.
    pub(crate) fn pins(&self) -> &Pins {
        &self.content.pins
    }

    /// Remembers a key that a person or a flag accepted.
    pub(crate) fn pin(&mut self, namespace: &PluginSlug, key: KeyId) {
        self.content.pins.pin(namespace, key);
    }

    /// Remembers the owner of a namespace whose key was accepted.
    pub(crate) fn pin_owner(&mut self, chain: &OwnerChain) {
        self.content.pins.pin_owner(chain.namespace(), chain.pin());
    }

    /// What is known of a registry and its publishers.
    pub(crate) fn known(&self, registry: &Url) -> Known {
        Known { pins: self.pins().clone(), log: self.log(registry).cloned() }
    }

    /// The newest release seen of a plugin, signed by a pinned key.
    pub(crate) fn seen(&self, name: &PluginName) -> Option<&Version> {
        self.content.seen.get(&name.to_string())
    }

    /// Remembers the newest release seen; an older one changes nothing.
    pub(crate) fn saw(&mut self, name: &PluginName, version: &Version) {
        let seen = self.content.seen.entry(name.to_string()).or_insert_with(|| version.clone());
        if version > seen {
            *seen = version.clone();
        }
    }

    /// What was seen of a registry's log.
    pub(crate) fn log(&self, registry: &Url) -> Option<&SeenLog> {
        self.content.logs.get(registry.as_str())
    }

    /// Remembers what was seen of a registry's log; less than is known changes nothing.
    pub(crate) fn saw_log(&mut self, registry: &Url, log: SeenLog) {
        let seen = self.content.logs.entry(registry.to_string()).or_insert_with(|| log.clone());
        if log.size > seen.size {
            *seen = log;
        }
    }

    /// The commits that tags of a repository led to.
    pub(crate) fn tags(&self, repository: &str) -> BTreeMap<String, String> {
        self.content.tags.get(repository).cloned().unwrap_or_default()
    }

    /// Remembers the commit that a tag leads to.
    pub(crate) fn saw_tag(&mut self, repository: &str, tag: &str, commit: &str) {
        let tags = self.content.tags.entry(repository.to_owned()).or_default();
        tags.insert(tag.to_owned(), commit.to_owned());
    }

    /// What is installed, or is to be.
    pub(crate) fn plugins(&self) -> &[LockedPlugin] {
        &self.content.plugins
    }

    /// The same keys and versions in a file at `path`.
    pub(crate) fn moved_to(self, path: &Path) -> Self {
        Self { path: path.to_owned(), ..self }
    }

    /// The plugins seen before that have this slug: who asks for `sms` again means the same one.
    pub(crate) fn named(&self, slug: &PluginSlug) -> Vec<PluginName> {
        let names = self.content.seen.keys().filter_map(|text| {
            let (namespace, of) = text.split_once('/')?;
            let namespace = PluginSlug::new(namespace).ok()?;
            (of == slug.as_str()).then(|| PluginName { namespace, slug: slug.clone() })
        });
        names.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> PluginName {
        let (namespace, slug) = text.split_once('/').unwrap();
        let slug_of = |t| PluginSlug::new(t).unwrap();
        PluginName { namespace: slug_of(namespace), slug: slug_of(slug) }
    }

    #[test]
    fn round_trips_and_keeps_the_newest() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(LOCK_FILE);
        let mut lock = LockFile::read(&path).unwrap();
        let key: KeyId = format!("ed25519:{}", "a".repeat(64)).parse().unwrap();
        lock.pin(&name("acme/sms").namespace, key.clone());
        lock.saw(&name("acme/sms"), &Version::new(1, 2, 0));
        lock.saw(&name("acme/sms"), &Version::new(1, 1, 0));
        lock.write().unwrap();
        let again = LockFile::read(&path).unwrap();
        assert_eq!(again.content, lock.content);
        assert_eq!(again.pins().of(&name("acme/sms").namespace), [key]);
        assert_eq!(again.seen(&name("acme/sms")), Some(&Version::new(1, 2, 0)));
        assert_eq!(again.named(&name("acme/sms").slug), [name("acme/sms")]);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("# Written by daino-pdk"), "{text}");
    }

    #[test]
    fn damage_is_an_error_and_never_an_empty_list_of_keys() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(LOCK_FILE);
        for text in ["", "format = 2", "format = 1\n[keys]\nacme = [\"rsa:1\"]", "\u{0}", "format"]
        {
            std::fs::write(&path, text).unwrap();
            assert!(matches!(LockFile::read(&path), Err(LockError::Form { .. })), "{text:?}");
        }
        std::fs::write(&path, [0xff, 0xfe]).unwrap();
        assert!(LockFile::read(&path).is_err());
    }
}
