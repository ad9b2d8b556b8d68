//! Takes the body of a publish request: the length of the envelope as four bytes, big-endian, the
//! envelope, the archive. Everything is bounded: bytes as they come in, time without a byte, time
//! in all.

use axum::body::{Body, BodyDataStream};
use axum::http::{HeaderMap, header};
use bytes::Bytes;
use futures_util::StreamExt;
use tokio::time::{Instant, timeout_at};

use super::Limits;
use super::problem::{self, Problem};
use crate::model::release::Envelope;
use crate::package::MAX_PACKED;

/// Type of the body.
pub(super) const CONTENT_TYPE: &str = "application/vnd.daino.release";
/// Type of an envelope alone.
pub(super) const ENVELOPE_TYPE: &str = "application/vnd.dsse.envelope.v1+json";
/// Bytes of an envelope: a payload of 32 KB and eight signatures stay below it, and it fits into an
/// entry of the log.
pub(super) const MAX_ENVELOPE: usize = 64 * 1024 - 1024;
/// Bytes of the length before the envelope.
const PREFIX: usize = 4;
/// Bytes of a body.
const MAX_BODY: usize = PREFIX + MAX_ENVELOPE + MAX_PACKED;

/// A release as it was sent; nothing of it is believed yet.
#[derive(Debug)]
pub(super) struct Upload {
    /// The signed statement.
    pub envelope: Envelope,
    /// The archive.
    pub archive: Bytes,
}

/// Refuses what the head of the request shows to be wrong, before the body is read.
pub(super) fn check_head(headers: &HeaderMap) -> Result<(), Problem> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let essence = kind.and_then(|kind| kind.split(';').next()).unwrap_or_default();
    if !essence.trim().eq_ignore_ascii_case(CONTENT_TYPE) {
        let detail = format!("send the release as `{CONTENT_TYPE}`");
        return Err(Problem::new(&problem::CONTENT_TYPE, detail));
    }
    if headers.contains_key(header::CONTENT_ENCODING) {
        return Err(Problem::new(&problem::CONTENT_TYPE, "send the release without an encoding"));
    }
    let length = headers.get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()?.parse().ok());
    match length {
        Some(length) if length > MAX_BODY as u64 => Err(too_large("release", length, MAX_BODY)),
        _ => Ok(()),
    }
}

fn too_large(what: &str, actual: u64, limit: usize) -> Problem {
    let detail = format!("the {what} has {actual} bytes or more; it may have {limit}");
    Problem::new(&problem::TOO_LARGE, detail)
}

/// Reads the whole body.
pub(super) async fn read(body: Body, limits: &Limits) -> Result<Upload, Problem> {
    let mut stream = body.into_data_stream();
    let result = read_stream(&mut stream, limits).await;
    if result.is_err() {
        discard(stream, limits);
    }
    result
}

/// Reads on for a moment without keeping anything: a client that is still sending would otherwise
/// find its connection closed before it has seen why.
pub(super) fn discard(mut stream: BodyDataStream, limits: &Limits) {
    let end = Instant::now() + limits.idle_upload;
    tokio::spawn(async move {
        let mut left = MAX_BODY;
        while let Ok(Some(Ok(chunk))) = timeout_at(end, stream.next()).await {
            match left.checked_sub(chunk.len()) {
                Some(rest) => left = rest,
                None => break,
            }
        }
    });
}

/// Reads a body that is an envelope and nothing else.
pub(super) async fn read_envelope(
    body: Body,
    headers: &HeaderMap,
    limits: &Limits,
) -> Result<Envelope, Problem> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let mut stream = body.into_data_stream();
    let result = if kind != Some(ENVELOPE_TYPE) || headers.contains_key(header::CONTENT_ENCODING) {
        let detail = format!("send the statement as `{ENVELOPE_TYPE}`, without an encoding");
        Err(Problem::new(&problem::CONTENT_TYPE, detail))
    } else {
        let check = |bytes: &[u8]| match bytes.len() {
            0..=MAX_ENVELOPE => Ok(()),
            more => Err(too_large("envelope", more as u64, MAX_ENVELOPE)),
        };
        read_bytes(&mut stream, limits, check).await.and_then(|bytes| envelope(&bytes))
    };
    if result.is_err() {
        discard(stream, limits);
    }
    result
}

async fn read_stream(stream: &mut BodyDataStream, limits: &Limits) -> Result<Upload, Problem> {
    split(read_bytes(stream, limits, check_size).await?)
}

async fn read_bytes(
    stream: &mut BodyDataStream,
    limits: &Limits,
    check: impl Fn(&[u8]) -> Result<(), Problem>,
) -> Result<Bytes, Problem> {
    let end = Instant::now() + limits.whole_upload;
    let mut bytes = Vec::new();
    loop {
        let next_byte = end.min(Instant::now() + limits.idle_upload);
        match timeout_at(next_byte, stream.next()).await {
            Err(_) => {
                let detail = "nothing came for a while, or the whole took too long";
                return Err(Problem::new(&problem::TOO_SLOW, detail));
            }
            Ok(None) => return Ok(bytes.into()),
            Ok(Some(Err(_))) => {
                let detail = "the connection or the body ended before its length";
                return Err(Problem::new(&problem::CUT_OFF, detail));
            }
            Ok(Some(Ok(chunk))) => {
                bytes.extend_from_slice(&chunk);
                check(&bytes)?;
            }
        }
    }
}

/// Refuses what is too large already.
fn check_size(bytes: &[u8]) -> Result<(), Problem> {
    let Some(envelope) = envelope_length(bytes) else { return Ok(()) };
    if envelope > MAX_ENVELOPE {
        return Err(too_large("envelope", envelope as u64, MAX_ENVELOPE));
    }
    let archive = bytes.len().saturating_sub(PREFIX + envelope);
    if archive > MAX_PACKED {
        return Err(too_large("archive", archive as u64, MAX_PACKED));
    }
    Ok(())
}

fn envelope_length(bytes: &[u8]) -> Option<usize> {
    let prefix = bytes.first_chunk::<PREFIX>()?;
    usize::try_from(u32::from_be_bytes(*prefix)).ok()
}

fn split(bytes: Bytes) -> Result<Upload, Problem> {
    let refuse = |detail: &str| Problem::new(&problem::FORM, detail);
    let length = envelope_length(&bytes)
        .ok_or_else(|| refuse("the body ends within the length of the envelope"))?;
    let envelope = bytes
        .get(PREFIX..PREFIX + length)
        .ok_or_else(|| refuse("the body ends within the envelope"))?;
    Ok(Upload { envelope: self::envelope(envelope)?, archive: bytes.slice(PREFIX + length..) })
}

fn envelope(bytes: &[u8]) -> Result<Envelope, Problem> {
    let refuse =
        |error| Problem::new(&problem::FORM, format!("the envelope cannot be read: {error}"));
    serde_json::from_slice(bytes).map_err(refuse)
}
