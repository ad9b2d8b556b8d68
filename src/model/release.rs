//! Releases: the listing inside an archive, the statement a publisher signs, and the index line a
//! registry serves. Readers keep unknown keys quiet, so that an older program reads a newer file.

use serde::{Deserialize, Serialize};

use super::{Digest, PluginSlug, TreePath};

/// Namespace and slug of a published plugin, written `namespace/slug`. The namespace follows the
/// slug's rule.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PluginName {
    /// The publisher's namespace.
    pub namespace: PluginSlug,
    /// The plugin's slug.
    pub slug: PluginSlug,
}

impl std::fmt::Display for PluginName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.namespace, self.slug)
    }
}

/// One file of a release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedFile {
    /// Path in the tree.
    pub path: TreePath,
    /// Bytes.
    pub size: u64,
    /// SHA-256 of the content.
    pub digest: Digest,
}

/// `release.json`, the first entry of every archive: what the archive holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// Format of this file; 1.
    pub format: u32,
    /// The plugin.
    pub slug: PluginSlug,
    /// Its version.
    pub version: semver::Version,
    /// Every other entry, sorted by path.
    pub files: Vec<ListedFile>,
}

/// What a publisher signs about a release: the predicate of an in-toto Statement v1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReleasePredicate {
    /// The published name.
    pub name: PluginName,
    /// Version.
    pub version: semver::Version,
    /// Digest of the packed file (`.dpk`).
    pub archive: Digest,
    /// Digest of the uncompressed tar, which does not change with the compressor.
    pub content: Digest,
    /// Bytes of the packed file.
    pub size: u64,
    /// Digest of `manifest.json`.
    pub manifest: Digest,
    /// Host versions it is for, for choosing a release; the manifest has the last word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub engine: Option<String>,
    /// When it was signed, RFC 3339 in UTC; a claim of the publisher.
    pub signed_at: String,
}

/// One line of an index: what a publisher signed, in the order of the log. Nothing here is believed
/// without the envelope's signature.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct IndexEntry {
    /// Place of its entry in the registry's log, from 0; absent where there is no log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logged: Option<u64>,
    /// When the registry took it, RFC 3339; the registry's word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_at: Option<String>,
    /// The signed statement: a DSSE envelope.
    pub envelope: Envelope,
}

/// A DSSE envelope (github.com/secure-systems-lab/dsse, v1): payload and signatures in base64.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Envelope {
    /// Base64 of the statement's bytes.
    pub payload: String,
    /// `application/vnd.in-toto+json`.
    pub payload_type: String,
    /// Signatures over the pre-authentication encoding.
    pub signatures: Vec<EnvelopeSignature>,
}

/// One signature of an envelope.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnvelopeSignature {
    /// Id of the key: `ed25519:` and 64 hexadecimal digits of the public key's SHA-256.
    pub keyid: String,
    /// Base64 of the 64-byte signature.
    pub sig: String,
    /// Base64 of the 32-byte public key, so that a pin can be made at first sight.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public_key: Option<String>,
}
