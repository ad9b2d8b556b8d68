//! Envelopes: a fixed vector, and every way of tampering we could think of.

use super::*;
use crate::model::{Digest, PluginSlug};

/// A statement about `acme/sms` 1.2.0.
pub(in crate::trust) fn predicate() -> ReleasePredicate {
    ReleasePredicate {
        name: name("sms"),
        version: "1.2.0".parse().unwrap(),
        archive: Digest::of(b"archive"),
        content: Digest::of(b"content"),
        size: 7,
        manifest: Digest::of(b"manifest"),
        engine: None,
        signed_at: "2026-01-02T03:04:05Z".to_owned(),
    }
}

fn name(slug: &str) -> crate::model::release::PluginName {
    crate::model::release::PluginName {
        namespace: PluginSlug::new("acme").unwrap(),
        slug: PluginSlug::new(slug).unwrap(),
    }
}

fn key(seed: u8) -> SigningKey {
    SigningKey::from_seed(&[seed; 32])
}

/// The encoding of the protocol's own example ("http://example.com/HelloWorld", "hello world").
#[test]
fn the_encoding_is_the_protocols() {
    assert_eq!(
        encode("http://example.com/HelloWorld", b"hello world"),
        b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
    );
    assert_eq!(encode("", b""), b"DSSEv1 0  0 ");
    assert_eq!(encode("é", b"x"), "DSSEv1 2 é 1 x".as_bytes());
}

/// Pins the bytes that are signed: a change here breaks every release ever signed.
#[test]
fn the_statement_is_written_in_this_way() {
    let text = String::from_utf8(Statement::Release(predicate()).write()).unwrap();
    let (archive, content, manifest) =
        (predicate().archive.hex(), predicate().content, predicate().manifest);
    assert_eq!(
        text,
        format!(
            "{{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":[{{\"name\":\"acme/sms@1.2.0\",\
             \"digest\":{{\"sha256\":\"{archive}\"}}}}],\
             \"predicateType\":\"https://daino.dev/attestation/release/v1\",\
             \"predicate\":{{\"name\":{{\"namespace\":\"acme\",\"slug\":\"sms\"}},\"version\":\"1.2.0\",\
             \"archive\":\"sha256:{archive}\",\"content\":\"{content}\",\"size\":7,\
             \"manifest\":\"{manifest}\",\"signedAt\":\"2026-01-02T03:04:05Z\"}}}}"
        )
    );
}

#[test]
fn what_is_signed_verifies_and_round_trips_through_json() {
    let envelope = sign_release(&predicate(), &key(1));
    let json = serde_json::to_string(&envelope).unwrap();
    let envelope: Envelope = serde_json::from_str(&json).unwrap();
    let verified = verify_release(&envelope, &[key(2).public(), key(1).public()]).unwrap();
    assert_eq!(*verified, predicate());
    assert_eq!(verified.key_id(), key(1).public().id());
    verified.expect(&name("sms"), &"1.2.0".parse().unwrap()).unwrap();
    for (name, version) in [(name("smx"), "1.2.0"), (name("sms"), "1.2.1")] {
        let swapped = verified.expect(&name, &version.parse().unwrap());
        assert!(matches!(swapped, Err(TrustError::Mismatch { .. })));
    }
}

#[test]
fn the_same_release_and_key_give_the_same_envelope() {
    assert_eq!(sign_release(&predicate(), &key(1)), sign_release(&predicate(), &key(1)));
}

#[test]
fn no_byte_of_the_payload_or_the_signature_can_be_changed() {
    let keys = [key(1).public()];
    let good = sign_release(&predicate(), &key(1));
    let payload = base64::decode(&good.payload).unwrap();
    for at in 0..payload.len() {
        let mut changed = payload.clone();
        changed[at] ^= 1;
        let bad = Envelope { payload: base64::encode(&changed), ..good.clone() };
        assert!(matches!(verify_release(&bad, &keys), Err(TrustError::Signature(_))), "{at}");
    }
    let signature = base64::decode(&good.signatures[0].sig).unwrap();
    for at in 0..signature.len() {
        for bit in 0..8 {
            let mut changed = signature.clone();
            changed[at] ^= 1 << bit;
            let mut bad = good.clone();
            bad.signatures[0].sig = base64::encode(&changed);
            assert!(matches!(verify_release(&bad, &keys), Err(TrustError::Signature(_))));
        }
    }
}

#[test]
fn another_key_is_unknown_and_cannot_borrow_an_id() {
    let keys = [key(1).public()];
    let mut other = sign_release(&predicate(), &key(2));
    assert_eq!(
        verify_release(&other, &keys).unwrap_err(),
        TrustError::UnknownKey { offered: vec![key(2).public().id()] }
    );
    other.signatures[0].keyid = key(1).public().id().to_string();
    assert!(matches!(verify_release(&other, &keys), Err(TrustError::Envelope(_))));
    other.signatures[0].public_key = None;
    assert!(matches!(verify_release(&other, &keys), Err(TrustError::Signature(_))));
    assert!(matches!(verify_release(&other, &[]), Err(TrustError::UnknownKey { .. })));
}

#[test]
fn a_statement_that_contradicts_itself_is_refused_though_signed() {
    let keys = [key(1).public()];
    let good = String::from_utf8(Statement::Release(predicate()).write()).unwrap();
    let other = Digest::of(b"other").hex();
    let archive = predicate().archive.hex();
    let twice = good.replacen("\"_type\"", "\"_type\":\"x\",\"_type\"", 1);
    for bad in [
        good.replacen(&archive, &other, 1),
        good.replace("release/v1", "release/v2"),
        good.replace("Statement/v1", "Statement/v0.1"),
        good.replace("acme/sms@1.2.0", "acme/sms@1.2.1"),
        good.replace("\"version\":\"1.2.0\"", "\"version\":\"9.9.9\""),
        good.replace(
            "\"subject\":[",
            "\"subject\":[{\"name\":\"a\",\"digest\":{\"sha256\":\"\"}},",
        ),
        good.replace("\"size\":7", "\"size\":-7"),
        twice,
        "{}".to_owned(),
        "[".repeat(20_000),
        String::new(),
    ] {
        assert_ne!(bad, good);
        let envelope = sign(bad.as_bytes(), &[&key(1)]);
        assert!(matches!(verify_release(&envelope, &keys), Err(TrustError::Statement(_))), "{bad}");
    }
}

#[test]
fn the_payload_type_is_bound_and_checked() {
    let keys = [key(1).public()];
    let mut bad = sign_release(&predicate(), &key(1));
    bad.payload_type = "application/json".to_owned();
    assert!(matches!(verify_release(&bad, &keys), Err(TrustError::Envelope(_))));
    let payload = Statement::Release(predicate()).write();
    let mut raw = sign_release(&predicate(), &key(1));
    raw.signatures[0].sig = base64::encode(&key(1).sign(&payload));
    assert!(matches!(verify_release(&raw, &keys), Err(TrustError::Signature(_))));
    raw.signatures[0].sig = base64::encode(&key(1).sign(&encode("application/json", &payload)));
    assert!(matches!(verify_release(&raw, &keys), Err(TrustError::Signature(_))));
}

#[test]
fn sizes_and_forms_are_bounded() {
    let keys = [key(1).public()];
    let good = sign_release(&predicate(), &key(1));
    let large = Envelope { payload: "A".repeat(MAX_PAYLOAD + 4), ..good.clone() };
    let many = Envelope { signatures: vec![good.signatures[0].clone(); 9], ..good.clone() };
    let none = Envelope { signatures: vec![], ..good.clone() };
    let url_safe = Envelope { payload: good.payload.replace('=', ""), ..good.clone() };
    let mut spaced = good.clone();
    spaced.payload.push('\n');
    for bad in [large, many, none, spaced] {
        assert!(matches!(verify_release(&bad, &keys), Err(TrustError::Envelope(_))));
    }
    assert!(url_safe == good || verify_release(&url_safe, &keys).is_err());
}

#[test]
fn a_second_signature_neither_harms_nor_helps() {
    let mut both = sign_release(&predicate(), &key(1));
    both.signatures.insert(0, sign_release(&predicate(), &key(2)).signatures[0].clone());
    assert!(verify_release(&both, &[key(1).public()]).is_ok());
    assert!(verify_release(&both, &[key(3).public()]).is_err());
}
