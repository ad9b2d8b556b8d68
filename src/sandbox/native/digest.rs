//! Hashes and message authentication codes, and comparison in constant time.

use hmac::{Hmac, KeyInit, Mac};
use rquickjs::{Ctx, Exception, Function, Object};
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};
use subtle::ConstantTimeEq;

use super::bytes::{self, Bytes};

/// The hash functions plugins may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Algorithm {
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

impl Algorithm {
    /// Reads `sha256`, `SHA-256` and their like.
    fn named(name: &str) -> Option<Self> {
        Some(match name.to_ascii_lowercase().replace('-', "").as_str() {
            "sha1" => Self::Sha1,
            "sha256" => Self::Sha256,
            "sha384" => Self::Sha384,
            "sha512" => Self::Sha512,
            _ => return None,
        })
    }

    fn hash(self, data: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha1 => Sha1::digest(data).to_vec(),
            Self::Sha256 => Sha256::digest(data).to_vec(),
            Self::Sha384 => Sha384::digest(data).to_vec(),
            Self::Sha512 => Sha512::digest(data).to_vec(),
        }
    }

    fn hmac(self, key: &[u8], data: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha1 => code(Hmac::<Sha1>::new_from_slice(key), data),
            Self::Sha256 => code(Hmac::<Sha256>::new_from_slice(key), data),
            Self::Sha384 => code(Hmac::<Sha384>::new_from_slice(key), data),
            Self::Sha512 => code(Hmac::<Sha512>::new_from_slice(key), data),
        }
    }
}

fn code<M: Mac, E: std::fmt::Debug>(mac: Result<M, E>, data: &[u8]) -> Vec<u8> {
    let mut mac = mac.expect("HMAC takes a key of any length");
    mac.update(data);
    mac.finalize().into_bytes().to_vec()
}

pub(super) fn install<'js>(ctx: &Ctx<'js>, target: &Object<'js>) -> rquickjs::Result<()> {
    let hash = |ctx: Ctx<'js>, name: String, data: Bytes<'js>| {
        let algorithm = algorithm(&ctx, &name)?;
        bytes::made(&ctx, algorithm.hash(&bytes::copied(&ctx, &data)?))
    };
    let hmac = |ctx: Ctx<'js>, name: String, key: Bytes<'js>, data: Bytes<'js>| {
        let algorithm = algorithm(&ctx, &name)?;
        let (key, data) = (bytes::copied(&ctx, &key)?, bytes::copied(&ctx, &data)?);
        bytes::made(&ctx, algorithm.hmac(&key, &data))
    };
    let equal = |ctx: Ctx<'js>, a: Bytes<'js>, b: Bytes<'js>| {
        let (a, b) = (bytes::copied(&ctx, &a)?, bytes::copied(&ctx, &b)?);
        Ok::<bool, rquickjs::Error>(bool::from(a.as_slice().ct_eq(b.as_slice())))
    };
    target.set("hash", Function::new(ctx.clone(), hash)?)?;
    target.set("hmac", Function::new(ctx.clone(), hmac)?)?;
    target.set("constantTimeEqual", Function::new(ctx.clone(), equal)?)
}

fn algorithm(ctx: &Ctx<'_>, name: &str) -> rquickjs::Result<Algorithm> {
    Algorithm::named(name).ok_or_else(|| {
        let message = format!("hash `{name}` is not available; use sha256, sha384, sha512 or sha1");
        Exception::throw_type(ctx, &message)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|b| format!("{b:02x}")).collect()
    }

    #[test]
    fn hashes_known_answers() {
        let sha1 = Algorithm::named("SHA-1").unwrap().hash(b"abc");
        assert_eq!(hex(&sha1), "a9993e364706816aba3e25717850c26c9cd0d89d");
        let sha256 = Algorithm::named("sha256").unwrap().hash(b"abc");
        assert_eq!(
            hex(&sha256),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        assert_eq!(Algorithm::named("md5"), None);
    }

    /// RFC 4231, test case 2.
    #[test]
    fn authenticates_known_answers() {
        let code = Algorithm::Sha256.hmac(b"Jefe", b"what do ya want for nothing?");
        assert_eq!(hex(&code), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }
}
