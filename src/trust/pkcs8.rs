//! A secret key in the form other tools read: PKCS#8 (RFC 5958, RFC 8410), plain or encrypted with
//! a passphrase (PBES2 of RFC 8018: scrypt with N 16384, r 8, p 1, then AES-256-CBC), which is what
//! OpenSSL 3 writes and reads.

use ed25519_dalek::pkcs8::KeypairBytes;
use pkcs8::pkcs5::pbes2::Kdf;
use pkcs8::{DecodePrivateKey, EncodePrivateKey, EncryptedPrivateKeyInfoRef, LineEnding};
use zeroize::Zeroizing;

use super::{Passphrase, SigningKey};

/// First line of a plain key.
const PLAIN: &str = "-----BEGIN PRIVATE KEY-----";
/// First line of an encrypted key.
const ENCRYPTED: &str = "-----BEGIN ENCRYPTED PRIVATE KEY-----";
/// Most memory a key may ask for to be opened, in bytes. Ours ask for 16 MB.
const MAX_MEMORY: u64 = 256 * 1024 * 1024;
/// Most rounds of PBKDF2 a key may ask for.
const MAX_ROUNDS: u32 = 10_000_000;

/// What a text in PEM holds.
pub(super) enum Pem {
    /// A key.
    Key(SigningKey),
    /// An encrypted key, in DER.
    Encrypted(Vec<u8>),
}

/// Why an encrypted key does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OpenError {
    /// Not an encrypted Ed25519 key, or one that would need more work than is sensible.
    Form,
    /// The passphrase is another one, or the key is damaged: the two look the same.
    Passphrase,
}

/// Encrypts a key; the answer is DER.
pub(super) fn encrypt(key: &SigningKey, passphrase: &Passphrase) -> Option<Vec<u8>> {
    let sealed = pair(key).to_pkcs8_encrypted_der(passphrase.expose()).ok()?;
    Some(sealed.as_bytes().to_vec())
}

/// Opens what [`encrypt`] or another tool made.
pub(super) fn decrypt(der: &[u8], passphrase: &Passphrase) -> Result<SigningKey, OpenError> {
    let sealed = EncryptedPrivateKeyInfoRef::try_from(der).map_err(|_| OpenError::Form)?;
    if !sealed.encryption_algorithm.pbes2().is_some_and(|used| is_bounded(&used.kdf)) {
        return Err(OpenError::Form);
    }
    let plain = sealed.decrypt(passphrase.expose()).map_err(|_| OpenError::Passphrase)?;
    from_der(plain.as_bytes()).ok_or(OpenError::Form)
}

/// The key encrypted, as text.
pub(super) fn encrypted_pem(
    key: &SigningKey,
    passphrase: &Passphrase,
) -> Option<Zeroizing<String>> {
    pair(key).to_pkcs8_encrypted_pem(passphrase.expose(), LineEnding::LF).ok()
}

/// Reads a key in PEM; none when the text is not one.
pub(super) fn read_pem(text: &str) -> Option<Pem> {
    let text = text.trim();
    if text.starts_with(PLAIN) {
        let pair = KeypairBytes::from_pkcs8_pem(text).ok()?;
        return from_pair(&pair).map(Pem::Key);
    }
    let text = text.starts_with(ENCRYPTED).then_some(text)?;
    let (label, document) = pkcs8::SecretDocument::from_pem(text).ok()?;
    (label == "ENCRYPTED PRIVATE KEY").then(|| Pem::Encrypted(document.as_bytes().to_vec()))
}

/// Whether a text looks like a key in PEM.
pub(super) fn is_pem(text: &str) -> bool {
    let text = text.trim_start();
    text.starts_with(PLAIN) || text.starts_with(ENCRYPTED)
}

fn is_bounded(kdf: &Kdf) -> bool {
    match kdf {
        Kdf::Scrypt(scrypt) => {
            let blocks = u64::from(scrypt.block_size) * u64::from(scrypt.parallelization).max(1);
            scrypt.cost_parameter.saturating_mul(128).saturating_mul(blocks) <= MAX_MEMORY
        }
        Kdf::Pbkdf2(pbkdf2) => pbkdf2.iteration_count <= MAX_ROUNDS,
        _ => false,
    }
}

/// Without the public half: OpenSSL reads only the older form, which has none.
fn pair(key: &SigningKey) -> KeypairBytes {
    KeypairBytes { secret_key: *key.seed(), public_key: None }
}

fn from_der(der: &[u8]) -> Option<SigningKey> {
    from_pair(&KeypairBytes::from_pkcs8_der(der).ok()?)
}

fn from_pair(pair: &KeypairBytes) -> Option<SigningKey> {
    let key = SigningKey::from_seed(&pair.secret_key);
    let same = pair.public_key.is_none_or(|told| key.public().is_bytes(told.as_ref()));
    same.then_some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passphrase(text: &str) -> Passphrase {
        Passphrase::new(text.to_owned()).unwrap()
    }

    #[test]
    fn only_the_passphrase_opens_a_key() {
        let key = SigningKey::from_seed(&[5; 32]);
        let sealed = encrypt(&key, &passphrase("correct horse")).unwrap();
        assert!(!sealed.windows(32).any(|bytes| bytes == [5; 32]));
        let opened = decrypt(&sealed, &passphrase("correct horse")).unwrap();
        assert_eq!(opened.public(), key.public());
        assert_eq!(
            decrypt(&sealed, &passphrase("wrong horse")).unwrap_err(),
            OpenError::Passphrase
        );
        assert_ne!(sealed, encrypt(&key, &passphrase("correct horse")).unwrap(), "salted");
    }

    #[test]
    fn damage_anywhere_never_opens_to_another_key() {
        let key = SigningKey::from_seed(&[5; 32]);
        let right = passphrase("correct horse");
        let sealed = encrypt(&key, &right).unwrap();
        assert!(decrypt(&sealed[..sealed.len() - 1], &right).is_err());
        for at in 0..sealed.len() {
            let mut bad = sealed.clone();
            bad[at] ^= 1;
            if let Ok(opened) = decrypt(&bad, &right) {
                assert_eq!(opened.public(), key.public(), "byte {at}");
            }
        }
    }

    /// A file that asks for gigabytes is refused before any work is done.
    #[test]
    fn a_key_that_would_cost_too_much_is_refused() {
        let sealed =
            encrypt(&SigningKey::from_seed(&[5; 32]), &passphrase("correct horse")).unwrap();
        // INTEGER 16384, the cost of scrypt, becomes the largest of its length.
        let cost = [0x02, 0x02, 0x40, 0x00];
        let at = sealed.windows(4).position(|bytes| bytes == cost).unwrap();
        let mut costly = sealed.clone();
        costly[at..at + 4].copy_from_slice(&[0x02, 0x02, 0x7f, 0xff]);
        // r follows: INTEGER 8 becomes 127.
        assert_eq!(costly[at + 4..at + 7], [0x02, 0x01, 0x08]);
        costly[at + 6] = 0x7f;
        assert_eq!(decrypt(&costly, &passphrase("correct horse")).unwrap_err(), OpenError::Form);
    }
}
