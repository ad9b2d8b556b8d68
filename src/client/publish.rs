//! Sending releases, and whatever else a publisher signs.

use reqwest::header::CONTENT_TYPE;

use super::registry::{MAX_DOCUMENT, problem};
use super::{ClientError, Registry};
use crate::model::release::{Envelope, PluginName};
use crate::net::Send;
use crate::trust::payload_digest;

/// Type of what is sent: length of the envelope, envelope, archive.
const RELEASE: &str = "application/vnd.daino.release";
/// Type of a signed statement alone.
const ENVELOPE: &str = "application/vnd.dsse.envelope.v1+json";

/// What the registry did with a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Published {
    /// It is new.
    New,
    /// The same release was there already.
    Same,
}

impl Registry {
    /// Sends a release. May be repeated: the same release is taken any number of times for one.
    pub(crate) async fn publish(
        &self,
        name: &PluginName,
        version: &semver::Version,
        envelope: &Envelope,
        archive: &[u8],
    ) -> Result<Published, ClientError> {
        let envelope = serde_json::to_vec(envelope).expect("an envelope has only strings");
        let length = u32::try_from(envelope.len()).expect("an envelope is far below 4 GB");
        let mut body = length.to_be_bytes().to_vec();
        body.extend_from_slice(&envelope);
        body.extend_from_slice(archive);
        let send = Send::put(self.release_address(name, version), body, MAX_DOCUMENT)
            .header(CONTENT_TYPE, RELEASE)?
            .bearer(self.token()?)?;
        let reply = self.send(send, &|_| {}).await?;
        match reply.status {
            201 => Ok(Published::New),
            200 => Ok(Published::Same),
            _ => Err(problem("the registry does not take the release", &reply)),
        }
    }

    /// Sends a statement that is no release. May be repeated: it is taken any number of times for one.
    pub(crate) async fn state(&self, envelope: &Envelope) -> Result<Published, ClientError> {
        let body = serde_json::to_vec(envelope).expect("an envelope has only strings");
        let send =
            Send::put(self.statement_address(&payload_digest(envelope)?), body, MAX_DOCUMENT)
                .header(CONTENT_TYPE, ENVELOPE)?
                .bearer(self.token()?)?;
        let reply = self.send(send, &|_| {}).await?;
        match reply.status {
            201 => Ok(Published::New),
            200 => Ok(Published::Same),
            _ => Err(problem("the registry does not take the statement", &reply)),
        }
    }
}
