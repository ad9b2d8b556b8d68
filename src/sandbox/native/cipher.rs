//! AES-GCM, and verifying ECDSA signatures over the curves P-256 and P-384.

use ring::aead::{AES_128_GCM, AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::signature::{ECDSA_P256_SHA256_FIXED, ECDSA_P384_SHA384_FIXED, UnparsedPublicKey};
use rquickjs::{Ctx, Exception, Function, Object};

use super::bytes::{self, Bytes};

/// A key of 128 or 256 bits and a nonce of 96 bits; `None` for other sizes.
fn sealer(key: &[u8], nonce: &[u8]) -> Option<(LessSafeKey, Nonce)> {
    let algorithm = match key.len() {
        16 => &AES_128_GCM,
        32 => &AES_256_GCM,
        _ => return None,
    };
    let nonce: [u8; NONCE_LEN] = nonce.try_into().ok()?;
    let key = LessSafeKey::new(UnboundKey::new(algorithm, key).ok()?);
    Some((key, Nonce::assume_unique_for_key(nonce)))
}

/// Content and tag.
fn seal(key: &[u8], nonce: &[u8], extra: &[u8], mut data: Vec<u8>) -> Option<Vec<u8>> {
    let (key, nonce) = sealer(key, nonce)?;
    key.seal_in_place_append_tag(nonce, Aad::from(extra), &mut data).ok()?;
    Some(data)
}

/// Content; `None` when the tag does not fit.
fn open(key: &[u8], nonce: &[u8], extra: &[u8], mut data: Vec<u8>) -> Option<Vec<u8>> {
    let (key, nonce) = sealer(key, nonce)?;
    let length = key.open_in_place(nonce, Aad::from(extra), &mut data).ok()?.len();
    data.truncate(length);
    Some(data)
}

/// Whether `signature` (r and s, fixed length) is good. `point` is the uncompressed public key.
fn verify(curve: &str, point: &[u8], signature: &[u8], data: &[u8]) -> Option<bool> {
    let algorithm = match curve {
        "P-256" => &ECDSA_P256_SHA256_FIXED,
        "P-384" => &ECDSA_P384_SHA384_FIXED,
        _ => return None,
    };
    Some(UnparsedPublicKey::new(algorithm, point).verify(data, signature).is_ok())
}

pub(super) fn install<'js>(ctx: &Ctx<'js>, target: &Object<'js>) -> rquickjs::Result<()> {
    type Work = fn(&[u8], &[u8], &[u8], Vec<u8>) -> Option<Vec<u8>>;
    for (name, work) in [("aesGcmSeal", seal as Work), ("aesGcmOpen", open as Work)] {
        let call = move |ctx: Ctx<'js>,
                         key: Bytes<'js>,
                         nonce: Bytes<'js>,
                         extra: Bytes<'js>,
                         data: Bytes<'js>| {
            let copy = |bytes: &Bytes<'js>| bytes::copied(&ctx, bytes);
            let made = work(&copy(&key)?, &copy(&nonce)?, &copy(&extra)?, copy(&data)?);
            made.map(|made| bytes::made(&ctx, made)).transpose()
        };
        target.set(name, Function::new(ctx.clone(), call)?)?;
    }
    let check = move |ctx: Ctx<'js>,
                      curve: String,
                      point: Bytes<'js>,
                      signature: Bytes<'js>,
                      data: Bytes<'js>| {
        let copy = |bytes: &Bytes<'js>| bytes::copied(&ctx, bytes);
        let good = verify(&curve, &copy(&point)?, &copy(&signature)?, &copy(&data)?);
        good.ok_or_else(|| Exception::throw_type(&ctx, "the curves are P-256 and P-384"))
    };
    target.set("ecdsaVerify", Function::new(ctx.clone(), check)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(text: &str) -> Vec<u8> {
        (0..text.len())
            .step_by(2)
            .map(|i| u8::from_str_radix(&text[i..i + 2], 16).unwrap())
            .collect()
    }

    /// NIST SP 800-38D, test case 4 of the original GCM submission.
    #[test]
    fn seals_a_known_answer_and_opens_it() {
        let key = hex("feffe9928665731c6d6a8f9467308308");
        let nonce = hex("cafebabefacedbaddecaf888");
        let extra = hex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
        let data = hex(
            "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
        );
        let sealed = seal(&key, &nonce, &extra, data.clone()).unwrap();
        assert_eq!(
            sealed,
            hex(
                "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e0915bc94fbc3221a5db94fae95ae7121a47"
            )
        );
        assert_eq!(open(&key, &nonce, &extra, sealed.clone()).unwrap(), data);
        let mut broken = sealed;
        broken[0] ^= 1;
        assert_eq!(open(&key, &nonce, &extra, broken), None);
        assert_eq!(seal(&key[..15], &nonce, &extra, data.clone()), None);
        assert_eq!(seal(&key, &nonce[..11], &extra, data), None);
    }

    /// RFC 6979, A.2.5: P-256, SHA-256, message "sample".
    #[test]
    fn verifies_a_known_signature() {
        let point = hex(
            "0460fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb67903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299",
        );
        let mut signature = hex(
            "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8",
        );
        assert_eq!(verify("P-256", &point, &signature, b"sample"), Some(true));
        assert_eq!(verify("P-256", &point, &signature, b"samplf"), Some(false));
        signature[40] ^= 1;
        assert_eq!(verify("P-256", &point, &signature, b"sample"), Some(false));
        assert_eq!(verify("P-256", &point[1..], &signature, b"sample"), Some(false));
        assert_eq!(verify("P-521", &point, &signature, b"sample"), None);
    }
}
