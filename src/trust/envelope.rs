//! DSSE envelopes (github.com/secure-systems-lab/dsse, protocol v1): making and checking.
//!
//! What is signed is not the payload but its pre-authentication encoding, which binds the payload
//! type and has one reading only. The payload is parsed after its signature was verified, and the
//! verified bytes are the parsed ones.

use super::key::SIGNATURE_BYTES;
use super::{KeyId, PublicKey, SigningKey, TrustError, Verified, base64, statement};
use crate::model::release::{Envelope, EnvelopeSignature, ReleasePredicate};

/// Type of every payload here.
pub(super) const PAYLOAD_TYPE: &str = "application/vnd.in-toto+json";
/// Largest payload, in base64 characters.
const MAX_PAYLOAD: usize = 64 * 1024;
/// Most signatures of one envelope.
const MAX_SIGNATURES: usize = 8;

/// The pre-authentication encoding: `DSSEv1`, then type and payload, each after its length.
fn encode(payload_type: &str, payload: &[u8]) -> Vec<u8> {
    let mut bytes =
        format!("DSSEv1 {} {} {} ", payload_type.len(), payload_type, payload.len()).into_bytes();
    bytes.extend_from_slice(payload);
    bytes
}

/// Signs what a publisher says about a release.
pub fn sign_release(predicate: &ReleasePredicate, key: &SigningKey) -> Envelope {
    sign(&statement::write(predicate), key)
}

fn sign(payload: &[u8], key: &SigningKey) -> Envelope {
    let public = key.public();
    Envelope {
        payload: base64::encode(payload),
        payload_type: PAYLOAD_TYPE.to_owned(),
        signatures: vec![EnvelopeSignature {
            keyid: public.id().to_string(),
            sig: base64::encode(&key.sign(&encode(PAYLOAD_TYPE, payload))),
            public_key: Some(public.to_string()),
        }],
    }
}

/// Checks that one of `keys` signed the envelope and that it is a statement about a release.
/// Signatures of other keys are ignored; a wrong signature in the name of a known key is an error.
pub fn verify_release(
    envelope: &Envelope,
    keys: &[PublicKey],
) -> Result<Verified<ReleasePredicate>, TrustError> {
    check_bounds(envelope)?;
    let payload = base64::decode(&envelope.payload)
        .ok_or(TrustError::Envelope("the payload is not base64"))?;
    let message = encode(&envelope.payload_type, &payload);
    let mut signer = None;
    for signature in &envelope.signatures {
        let Some(key) = keys.iter().find(|key| key.id().as_str() == signature.keyid) else {
            continue;
        };
        let raw = base64::decode_array::<SIGNATURE_BYTES>(&signature.sig)
            .ok_or(TrustError::Envelope("a signature is not base64 of 64 bytes"))?;
        if !key.verifies(&message, &raw) {
            return Err(TrustError::Signature(key.id()));
        }
        signer = signer.or(Some(*key));
    }
    let signer = signer.ok_or_else(|| TrustError::UnknownKey { offered: key_ids(envelope) })?;
    Ok(Verified::new(statement::read(&payload)?, signer))
}

fn check_bounds(envelope: &Envelope) -> Result<(), TrustError> {
    if envelope.payload_type != PAYLOAD_TYPE {
        return Err(TrustError::Envelope("its payload type is not `application/vnd.in-toto+json`"));
    }
    if envelope.payload.len() > MAX_PAYLOAD {
        return Err(TrustError::Envelope("its payload is larger than 64 KB"));
    }
    if envelope.signatures.is_empty() || envelope.signatures.len() > MAX_SIGNATURES {
        return Err(TrustError::Envelope("it does not have 1 to 8 signatures"));
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
