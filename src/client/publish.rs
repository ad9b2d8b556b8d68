//! Sending a release, and withdrawing one.

use reqwest::header::CONTENT_TYPE;

use super::registry::{MAX_DOCUMENT, problem};
use super::{ClientError, Registry};
use crate::model::release::{Envelope, PluginName};
use crate::net::Send;

/// Type of what is sent: length of the envelope, envelope, archive.
const RELEASE: &str = "application/vnd.daino.release";

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

    /// Withdraws a release from new installs, or takes that back.
    pub(crate) async fn yank(
        &self,
        name: &PluginName,
        version: &semver::Version,
        yanked: bool,
    ) -> Result<(), ClientError> {
        let mut url = self.release_address(name, version);
        url.set_path(&format!("{}/yank", url.path()));
        let send = if yanked {
            Send::put(url, Vec::new(), MAX_DOCUMENT)
        } else {
            Send::delete(url, MAX_DOCUMENT)
        };
        let reply = self.send(send.bearer(self.token()?)?, &|_| {}).await?;
        match reply.status {
            200..=204 => Ok(()),
            404 => Err(ClientError::NotFound {
                name: format!("{name}@{version}"),
                registry: self.url().to_string(),
            }),
            _ => Err(problem("the registry does not change the release", &reply)),
        }
    }
}
