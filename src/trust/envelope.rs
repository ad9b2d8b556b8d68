//! DSSE envelopes (github.com/secure-systems-lab/dsse, protocol v1): making and checking.
//!
//! What is signed is not the payload but its pre-authentication encoding, which binds the payload
//! type and has one reading only. The payload is parsed after its signature was verified, and the
//! verified bytes are the parsed ones.

use super::key::SIGNATURE_BYTES;
use super::statement::Statement;
use super::{KeyId, PublicKey, SigningKey, TrustError, Verified, base64};
use crate::model::Digest;
use crate::model::release::{Envelope, EnvelopeSignature, ReleasePredicate};

/// Type of every payload here.
pub(super) const PAYLOAD_TYPE: &str = "application/vnd.in-toto+json";
/// Largest payload, in base64 characters.
const MAX_PAYLOAD: usize = 32 * 1024;
/// Most signatures of one envelope.
const MAX_SIGNATURES: usize = 8;
/// Most bytes of a signature, of a key's id and of a key: an envelope fits into an entry of the log.
const MAX_KEY: usize = 200;

/// The pre-authentication encoding: `DSSEv1`, then type and payload, each after its length.
fn encode(payload_type: &str, payload: &[u8]) -> Vec<u8> {
    let mut bytes =
        format!("DSSEv1 {} {} {} ", payload_type.len(), payload_type, payload.len()).into_bytes();
    bytes.extend_from_slice(payload);
    bytes
}

/// Signs what a publisher says about a release.
pub fn sign_release(predicate: &ReleasePredicate, key: &SigningKey) -> Envelope {
    sign_statement(&Statement::Release(predicate.clone()), &[key])
}

/// Signs a statement, with every key given.
pub fn sign_statement(statement: &Statement, keys: &[&SigningKey]) -> Envelope {
    sign(&statement.write(), keys)
}

fn sign(payload: &[u8], keys: &[&SigningKey]) -> Envelope {
    let signature = |key: &&SigningKey| {
        let public = key.public();
        EnvelopeSignature {
            keyid: public.id().to_string(),
            sig: base64::encode(&key.sign(&encode(PAYLOAD_TYPE, payload))),
            public_key: Some(public.to_string()),
        }
    };
    Envelope {
        payload: base64::encode(payload),
        payload_type: PAYLOAD_TYPE.to_owned(),
        signatures: keys.iter().map(signature).collect(),
    }
}

/// Which of `keys` signed the envelope, each once; at least one. Signatures of other keys are
/// ignored; a wrong signature in the name of a known key is an error.
pub(super) fn signers(
    envelope: &Envelope,
    keys: &[PublicKey],
) -> Result<Vec<PublicKey>, TrustError> {
    check_bounds(envelope)?;
    let message = encode(&envelope.payload_type, &payload(envelope)?);
    let mut signers: Vec<PublicKey> = Vec::new();
    for signature in &envelope.signatures {
        let Some(key) = keys.iter().find(|key| key.id().as_str() == signature.keyid) else {
            continue;
        };
        let raw = base64::decode_array::<SIGNATURE_BYTES>(&signature.sig)
            .ok_or(TrustError::Envelope("a signature is not base64 of 64 bytes"))?;
        if !key.verifies(&message, &raw) {
            return Err(TrustError::Signature(key.id()));
        }
        if !signers.contains(key) {
            signers.push(*key);
        }
    }
    if signers.is_empty() {
        return Err(TrustError::UnknownKey { offered: key_ids(envelope) });
    }
    Ok(signers)
}

/// Checks that one of `keys` signed the envelope, and reads its statement.
pub fn verify_statement(
    envelope: &Envelope,
    keys: &[PublicKey],
) -> Result<Verified<Statement>, TrustError> {
    let signers = signers(envelope, keys)?;
    Ok(Verified::new(read(envelope)?, signers[0]))
}

/// Checks that one of `keys` signed the envelope and that it is a statement about a release.
#[cfg(test)]
pub fn verify_release(
    envelope: &Envelope,
    keys: &[PublicKey],
) -> Result<Verified<ReleasePredicate>, TrustError> {
    verify_statement(envelope, keys)?.release()
}

fn payload(envelope: &Envelope) -> Result<Vec<u8>, TrustError> {
    base64::decode(&envelope.payload).ok_or(TrustError::Envelope("the payload is not base64"))
}

/// Reads the statement. Whoever calls this has checked a signature over it, or believes nothing of
/// what it says.
pub(super) fn read(envelope: &Envelope) -> Result<Statement, TrustError> {
    check_bounds(envelope)?;
    Statement::read(&payload(envelope)?)
}

/// What an envelope claims, without any check of who signed it: for choosing what to hold it against,
/// and for messages.
pub fn claimed(envelope: &Envelope) -> Option<Statement> {
    read(envelope).ok()
}

/// Digest of the statement's bytes, by which others refer to it.
pub fn payload_digest(envelope: &Envelope) -> Result<Digest, TrustError> {
    Ok(Digest::of(&payload(envelope)?))
}

fn check_bounds(envelope: &Envelope) -> Result<(), TrustError> {
    if envelope.payload_type != PAYLOAD_TYPE {
        return Err(TrustError::Envelope("its payload type is not `application/vnd.in-toto+json`"));
    }
    if envelope.payload.len() > MAX_PAYLOAD {
        return Err(TrustError::Envelope("its payload is larger than 32 KB"));
    }
    if envelope.signatures.is_empty() || envelope.signatures.len() > MAX_SIGNATURES {
        return Err(TrustError::Envelope("it does not have 1 to 8 signatures"));
    }
    let short = |s: &EnvelopeSignature| {
        let key = s.public_key.as_ref().map_or(0, String::len);
        s.keyid.len() <= MAX_KEY && s.sig.len() <= MAX_KEY && key <= MAX_KEY
    };
    if !envelope.signatures.iter().all(short) {
        return Err(TrustError::Envelope("one of its signatures is too long"));
    }
    embedded_keys(envelope).map(drop)
}

/// The ids in the envelope that have the form of an id; nothing is checked but that.
pub(super) fn key_ids(envelope: &Envelope) -> Vec<KeyId> {
    let ids = envelope.signatures.iter().take(MAX_SIGNATURES);
    ids.filter_map(|signature| signature.keyid.parse().ok()).collect()
}

/// The keys that the envelope carries, each matching its own id. They prove nothing: they only say
/// which key to hold the signature against, once its id is trusted.
pub fn embedded_keys(envelope: &Envelope) -> Result<Vec<PublicKey>, TrustError> {
    let mut keys = Vec::new();
    for signature in envelope.signatures.iter().take(MAX_SIGNATURES) {
        let Some(text) = &signature.public_key else { continue };
        let key: PublicKey = text
            .parse()
            .map_err(|_| TrustError::Envelope("it carries something that is no public key"))?;
        if key.id().as_str() != signature.keyid {
            return Err(TrustError::Envelope("it carries a key under the id of another"));
        }
        keys.push(key);
    }
    Ok(keys)
}

#[cfg(test)]
pub(super) mod tests;
