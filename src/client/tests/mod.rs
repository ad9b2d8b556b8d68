//! What tests of the client need: signed releases, and peers that misbehave.

pub(crate) mod book;
pub(crate) mod peer;

use std::time::Duration;

use crate::client::ClientOptions;
use crate::config::RegistryChoice;
use crate::model::release::{IndexEntry, PluginName, ReleasePredicate};
use crate::model::{Digest, FileSet, Manifest, PluginSlug, TreePath};
use crate::package;
use crate::trust::{SigningKey, Statement, YankPredicate, sign_release, sign_statement};

/// A release, packed and signed.
#[derive(Debug, Clone)]
pub(crate) struct Made {
    /// Its line of the index.
    pub entry: IndexEntry,
    /// What was signed.
    pub signed: ReleasePredicate,
    /// Its archive.
    pub bytes: Vec<u8>,
}

impl Made {
    /// Its line of the index, as text.
    pub(crate) fn line(&self) -> String {
        line(&self.entry)
    }

    /// Where its archive is.
    pub(crate) fn blob(&self) -> String {
        let hex = self.signed.archive.hex();
        format!("/blobs/sha256/{}/{hex}", &hex[..2])
    }
}

/// An entry as a line of the index.
pub(crate) fn line(entry: &IndexEntry) -> String {
    format!("{}\n", serde_json::to_string(entry).unwrap())
}

/// `namespace/slug`.
pub(crate) fn name(text: &str) -> PluginName {
    let (namespace, slug) = text.split_once('/').unwrap();
    let part = |text| PluginSlug::new(text).unwrap();
    PluginName { namespace: part(namespace), slug: part(slug) }
}

/// A release of a small plugin, with a host range.
pub(crate) fn release_for(key: &SigningKey, of: &str, version: &str, host: Option<&str>) -> Made {
    let name = name(of);
    let mut manifest = serde_json::json!({
        "name": "A plugin", "slug": name.slug, "version": version, "type": "custom"
    });
    if let Some(host) = host {
        manifest["engines"] = serde_json::json!({ "daino": host });
    }
    let text = serde_json::to_vec_pretty(&manifest).unwrap();
    let mut files = FileSet::new();
    files.insert(TreePath::new("manifest.json").unwrap(), text.clone());
    files.insert(TreePath::new("index.js").unwrap(), &b"export default {};\n"[..]);
    let manifest: Manifest = serde_json::from_slice(&text).unwrap();
    let packed = package::pack(&files, &manifest).unwrap();
    let predicate = ReleasePredicate {
        name: name.clone(),
        version: manifest.version.clone(),
        archive: packed.archive,
        content: packed.content,
        size: packed.bytes.len() as u64,
        manifest: Digest::of(&text),
        engine: host.map(str::to_owned),
        signed_at: "2025-01-01T00:00:00Z".to_owned(),
    };
    let entry =
        IndexEntry { logged: None, published_at: None, envelope: sign_release(&predicate, key) };
    Made { entry, signed: predicate, bytes: packed.bytes }
}

/// The withdrawal of a release, as a line of the index without a log.
pub(crate) fn yank(key: &SigningKey, of: &Made, sequence: u64, is_yanked: bool) -> IndexEntry {
    let yank = YankPredicate {
        name: of.signed.name.clone(),
        version: of.signed.version.clone(),
        archive: of.signed.archive,
        sequence,
        reason: None,
        signed_at: of.signed.signed_at.clone(),
    };
    let statement = if is_yanked { Statement::Yank(yank) } else { Statement::Unyank(yank) };
    let envelope = sign_statement(&statement, &[key]);
    IndexEntry { logged: None, published_at: None, envelope }
}

/// A release of a small plugin.
pub(crate) fn release(key: &SigningKey, of: &str, version: &str) -> Made {
    release_for(key, of, version, None)
}

/// A new key.
pub(crate) fn key() -> SigningKey {
    SigningKey::generate().unwrap()
}

/// A registry at this address.
pub(crate) fn registry(url: &str) -> RegistryChoice {
    RegistryChoice { url: format!("{url}/").parse().unwrap(), name: None, token: None }
}

/// A client with a cache of its own that waits at most a moment.
pub(crate) fn options(cache: &std::path::Path) -> ClientOptions {
    ClientOptions { cache: cache.to_owned(), idle: Duration::from_millis(600), offline: false }
}
