//! Encryption with a passphrase, in the format of age (`age-encryption.org/v1`, C2SP `age.md`): what
//! is written here opens with `age -d`, and what `age -p` wrote is read here.
//!
//! Only the scrypt recipient is known. Written and read in chunks of 64 KB, each authenticated before
//! a byte of it is given out; an end that is cut off is an error.

use std::io::{self, Read, Write};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey};
use ring::{hkdf, hmac};
use zeroize::Zeroizing;

const VERSION: &str = "age-encryption.org/v1";
/// Where a file in this format begins.
pub(crate) const MAGIC: &[u8] = VERSION.as_bytes();
/// Work factor that is written: 2^18, 256 MB, about a second, as age does.
const WORK: u8 = 18;
/// Highest work factor that is read: 1 GB.
const MOST_WORK: u8 = 20;
/// Bytes of a chunk, and of its tag.
const CHUNK: usize = 64 * 1024;
const TAG: usize = 16;
/// Longest header, bytes.
const LONGEST_HEADER: usize = 1024;

fn wrong(message: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, message.to_owned())
}

fn random<const N: usize>() -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|e| io::Error::other(e.to_string()))?;
    Ok(bytes)
}

/// The key that wraps the file's key.
fn wrap_key(passphrase: &[u8], salt: &[u8], work: u8) -> io::Result<LessSafeKey> {
    let params = scrypt::Params::new(work, 8, 1).map_err(|_| wrong("a work factor of no use"))?;
    let salt = [b"age-encryption.org/v1/scrypt", salt].concat();
    let mut key = Zeroizing::new([0; 32]);
    scrypt::scrypt(passphrase, &salt, &params, &mut *key).map_err(|_| wrong("a key of no use"))?;
    aead(&*key)
}

fn aead(key: &[u8]) -> io::Result<LessSafeKey> {
    let key = UnboundKey::new(&CHACHA20_POLY1305, key).map_err(|_| wrong("a key of no use"))?;
    Ok(LessSafeKey::new(key))
}

/// HKDF-SHA-256.
fn derive(secret: &[u8], salt: &[u8], info: &[u8]) -> io::Result<Zeroizing<[u8; 32]>> {
    let mut key = Zeroizing::new([0; 32]);
    hkdf::Salt::new(hkdf::HKDF_SHA256, salt)
        .extract(secret)
        .expand(&[info], hkdf::HKDF_SHA256)
        .and_then(|okm| okm.fill(&mut *key))
        .map_err(|_| wrong("a key of no use"))?;
    Ok(key)
}

/// The header's authentication code, over it up to its `---`.
fn header_key(file_key: &[u8]) -> io::Result<hmac::Key> {
    Ok(hmac::Key::new(hmac::HMAC_SHA256, &*derive(file_key, b"", b"header")?))
}

fn nonce(counter: u64, is_last: bool) -> Nonce {
    let mut bytes = [0; 12];
    bytes[3..11].copy_from_slice(&counter.to_be_bytes());
    bytes[11] = u8::from(is_last);
    Nonce::assume_unique_for_key(bytes)
}

/// Encrypts what is written to it. Without [`Encrypted::finish`] the end is missing.
pub(crate) struct Encrypted<W: Write> {
    out: W,
    key: LessSafeKey,
    counter: u64,
    open: Vec<u8>,
}

impl<W: Write> Encrypted<W> {
    /// Writes the header.
    pub(crate) fn new(out: W, passphrase: &[u8]) -> io::Result<Self> {
        Self::with_work(out, passphrase, WORK)
    }

    fn with_work(mut out: W, passphrase: &[u8], work: u8) -> io::Result<Self> {
        let file_key = Zeroizing::new(random::<16>()?);
        let salt = random::<16>()?;
        let mut wrapped = file_key.to_vec();
        wrap_key(passphrase, &salt, work)?
            .seal_in_place_append_tag(nonce(0, false), Aad::empty(), &mut wrapped)
            .map_err(|_| wrong("a key of no use"))?;
        let (salt, wrapped) = (STANDARD_NO_PAD.encode(salt), STANDARD_NO_PAD.encode(wrapped));
        let header = format!("{VERSION}\n-> scrypt {salt} {work}\n{wrapped}\n---");
        let code = hmac::sign(&header_key(&*file_key)?, header.as_bytes());
        let payload = random::<16>()?;
        writeln!(out, "{header} {}", STANDARD_NO_PAD.encode(code))?;
        out.write_all(&payload)?;
        let key = aead(&*derive(&*file_key, &payload, b"payload")?)?;
        Ok(Self { out, key, counter: 0, open: Vec::with_capacity(CHUNK + TAG) })
    }

    fn seal(&mut self, is_last: bool) -> io::Result<()> {
        self.key
            .seal_in_place_append_tag(nonce(self.counter, is_last), Aad::empty(), &mut self.open)
            .map_err(|_| wrong("a chunk that cannot be encrypted"))?;
        self.counter += 1;
        self.out.write_all(&self.open)?;
        self.open.clear();
        Ok(())
    }

    /// Writes the end; gives back what was written to.
    pub(crate) fn finish(mut self) -> io::Result<W> {
        self.seal(true)?;
        self.out.flush()?;
        Ok(self.out)
    }
}

impl<W: Write> Write for Encrypted<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // A full chunk is only the last one when nothing follows.
        if self.open.len() == CHUNK {
            self.seal(false)?;
        }
        let taken = bytes.len().min(CHUNK - self.open.len());
        self.open.extend_from_slice(&bytes[..taken]);
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Decrypts what is read from it.
pub(crate) struct Decrypted<R: Read> {
    input: R,
    key: LessSafeKey,
    counter: u64,
    open: Vec<u8>,
    given: usize,
    /// The first byte of the next chunk, which tells that there is one.
    ahead: Option<u8>,
    is_done: bool,
}

impl<R: Read> Decrypted<R> {
    /// Reads the header; a wrong passphrase is `PermissionDenied`.
    pub(crate) fn new(mut input: R, passphrase: &[u8]) -> io::Result<Self> {
        let mut read = 0;
        let mut line = || -> io::Result<String> {
            let mut line = Vec::new();
            loop {
                let mut byte = [0];
                input.read_exact(&mut byte)?;
                read += 1;
                match byte[0] {
                    b'\n' => return String::from_utf8(line).map_err(|_| wrong("an odd header")),
                    _ if read > LONGEST_HEADER => return Err(wrong("a header without an end")),
                    byte => line.push(byte),
                }
            }
        };
        let (version, stanza, body, end) = (line()?, line()?, line()?, line()?);
        let header = format!("{version}\n{stanza}\n{body}\n---");
        let parts: Vec<&str> = stanza.split(' ').collect();
        let (["->", "scrypt", salt, work], true) = (&parts[..], version == VERSION) else {
            return Err(wrong("it is not encrypted with a passphrase alone"));
        };
        let decode = |text: &str| STANDARD_NO_PAD.decode(text).map_err(|_| wrong("an odd header"));
        let (salt, mut wrapped) = (decode(salt)?, decode(body.as_str())?);
        let work: u8 = work.parse().map_err(|_| wrong("an odd work factor"))?;
        if !(1..=MOST_WORK).contains(&work) || salt.len() != 16 || wrapped.len() != 16 + TAG {
            return Err(wrong("a work factor that is too high, or an odd header"));
        }
        let denied = || io::Error::new(io::ErrorKind::PermissionDenied, "another passphrase");
        let file_key = wrap_key(passphrase, &salt, work)?
            .open_in_place(nonce(0, false), Aad::empty(), &mut wrapped)
            .map_err(|_| denied())?;
        let file_key = Zeroizing::new(file_key.to_vec());
        let code = end.strip_prefix("--- ").ok_or_else(|| wrong("an odd header"))?;
        hmac::verify(&header_key(&file_key)?, header.as_bytes(), &decode(code)?)
            .map_err(|_| wrong("the header was changed"))?;
        let mut payload = [0; 16];
        input.read_exact(&mut payload)?;
        let key = aead(&*derive(&file_key, &payload, b"payload")?)?;
        let (open, ahead) = (Vec::new(), None);
        Ok(Self { input, key, counter: 0, open, given: 0, ahead, is_done: false })
    }

    /// Reads and opens the next chunk.
    fn next(&mut self) -> io::Result<()> {
        let mut chunk: Vec<u8> = self.ahead.take().into_iter().collect();
        let want = (CHUNK + TAG + 1 - chunk.len()) as u64;
        self.input.by_ref().take(want).read_to_end(&mut chunk)?;
        if chunk.len() == CHUNK + TAG + 1 {
            self.ahead = chunk.pop();
        }
        let is_last = self.ahead.is_none();
        let plain = self
            .key
            .open_in_place(nonce(self.counter, is_last), Aad::empty(), &mut chunk)
            .map_err(|_| wrong("it was changed or cut off"))?
            .len();
        if plain == 0 && self.counter > 0 {
            return Err(wrong("it has an empty end"));
        }
        chunk.truncate(plain);
        (self.open, self.given, self.is_done) = (chunk, 0, is_last);
        self.counter += 1;
        Ok(())
    }
}

impl<R: Read> Read for Decrypted<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.given == self.open.len() {
            if self.is_done {
                return Ok(0);
            }
            self.next()?;
        }
        let got = out.len().min(self.open.len() - self.given);
        out[..got].copy_from_slice(&self.open[self.given..self.given + got]);
        self.given += got;
        Ok(got)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encrypt(bytes: &[u8]) -> Vec<u8> {
        let mut out = Encrypted::with_work(Vec::new(), b"four odd words", 2).unwrap();
        out.write_all(bytes).unwrap();
        out.finish().unwrap()
    }

    fn decrypt(bytes: &[u8], passphrase: &[u8]) -> io::Result<Vec<u8>> {
        let mut plain = Vec::new();
        Decrypted::new(bytes, passphrase)?.read_to_end(&mut plain)?;
        Ok(plain)
    }

    #[test]
    fn every_length_comes_back() {
        for length in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 17] {
            let plain: Vec<u8> = (0..length).map(|n| (n * 31 % 251) as u8).collect();
            let packed = encrypt(&plain);
            assert!(packed.starts_with(MAGIC));
            assert_eq!(decrypt(&packed, b"four odd words").unwrap(), plain, "{length}");
            let error = decrypt(&packed, b"other words").unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::PermissionDenied);
        }
    }

    #[test]
    fn every_changed_bit_and_every_cut_is_seen() {
        let packed = encrypt(&[7; 300]);
        for at in 0..packed.len() {
            let mut bad = packed.clone();
            bad[at] ^= 1;
            assert!(decrypt(&bad, b"four odd words").is_err(), "bit in byte {at}");
            assert!(decrypt(&packed[..at], b"four odd words").is_err(), "cut at {at}");
        }
        // Chunks that were left out or follow in another order.
        let long = encrypt(&[7; 3 * CHUNK]);
        let start = long.len() - 3 * (CHUNK + TAG);
        let chunk = |n: usize| &long[start + n * (CHUNK + TAG)..start + (n + 1) * (CHUNK + TAG)];
        for order in [vec![0, 1], vec![0, 2], vec![1, 0, 2], vec![0, 1, 2, 2]] {
            let mut bad = long[..start].to_vec();
            order.iter().for_each(|n| bad.extend_from_slice(chunk(*n)));
            assert!(decrypt(&bad, b"four odd words").is_err(), "{order:?}");
        }
    }

    #[test]
    fn hostile_headers_cost_nothing() {
        for header in [
            "age-encryption.org/v1\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA 30\nAA\n--- AA\n",
            "age-encryption.org/v1\n-> X25519 AA\nAA\n--- AA\n",
            "age-encryption.org/v2\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA 10\nAA\n--- AA\n",
            "",
        ] {
            assert!(decrypt(header.as_bytes(), b"x").is_err(), "{header}");
        }
        assert!(decrypt(&[b'a'; 1 << 20], b"x").is_err());
    }
}
