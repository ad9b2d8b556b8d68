//! Entries of the log. An entry is made from what a publisher signed, so a client that has the
//! release makes the entry itself and needs no more than its place.

use serde::Serialize;

use super::super::{TrustError, Verified, base64};
use crate::model::Digest;
use crate::model::release::{Envelope, PluginName, ReleasePredicate};

#[derive(Serialize)]
struct Entry<'a> {
    kind: &'a str,
    name: String,
    version: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    statement: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<String>,
}

/// The entry of a release: its name and version, the digest of the signed statement, and the key
/// that signed it.
pub fn release_entry(
    envelope: &Envelope,
    release: &Verified<ReleasePredicate>,
) -> Result<Vec<u8>, TrustError> {
    let payload = base64::decode(&envelope.payload)
        .ok_or(TrustError::Envelope("the payload is not base64"))?;
    Ok(write(&Entry {
        kind: "release",
        name: release.name.to_string(),
        version: release.version.to_string(),
        statement: Some(Digest::of(&payload).to_string()),
        key: Some(release.key_id().to_string()),
    }))
}

/// The entry of a withdrawal, or of its end.
pub fn yank_entry(name: &PluginName, version: &semver::Version, yanked: bool) -> Vec<u8> {
    let kind = if yanked { "yank" } else { "unyank" };
    let (name, version) = (name.to_string(), version.to_string());
    write(&Entry { kind, name, version, statement: None, key: None })
}

fn write(entry: &Entry<'_>) -> Vec<u8> {
    serde_json::to_vec(entry).expect("an entry has only strings")
}
