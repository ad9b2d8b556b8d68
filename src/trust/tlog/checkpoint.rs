//! Checkpoints: the size and the root of a log, signed by its key (c2sp.org/tlog-checkpoint,
//! c2sp.org/signed-note).

use std::fmt;
use std::str::FromStr;

use super::super::key::SIGNATURE_BYTES;
use super::super::{PublicKey, SigningKey, TrustError, base64};
use crate::model::Digest;

/// The algorithm's byte of Ed25519 in signed notes.
const ED25519: u8 = 1;
/// Most bytes and most signatures of a note.
const MAX_NOTE: usize = 16 * 1024;
const MAX_SIGNATURES: usize = 16;

const fn refuse(reason: &'static str) -> TrustError {
    TrustError::Log(reason)
}

/// The name and the public key of a log, written `NAME+ID+KEY` as signed notes do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogKey {
    name: String,
    key: PublicKey,
}

impl LogKey {
    /// The key of a registry's log. Its name comes from the key, so that two logs never share one.
    pub fn of(key: PublicKey) -> Self {
        let id = key.id().to_string();
        let digits = id.rsplit(':').next().unwrap_or_default();
        Self { name: format!("daino.dev/registry/{}", &digits[..16]), key }
    }

    /// The log's name, the first line of its checkpoints.
    pub fn name(&self) -> &str {
        &self.name
    }

    fn id(&self) -> [u8; 4] {
        let bytes = [self.name.as_bytes(), b"\n", &[ED25519], self.key.as_bytes()].concat();
        let [a, b, c, d, ..] = *Digest::of(&bytes).raw();
        [a, b, c, d]
    }
}

impl fmt::Display for LogKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = base64::encode(&[&[ED25519], self.key.as_bytes().as_slice()].concat());
        write!(f, "{}+{:08x}+{key}", self.name, u32::from_be_bytes(self.id()))
    }
}

impl FromStr for LogKey {
    type Err = TrustError;
    fn from_str(text: &str) -> Result<Self, TrustError> {
        const FORM: TrustError = refuse("its key is not `NAME+ID+KEY` with an Ed25519 key");
        let mut parts = text.splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(FORM);
        };
        let bytes = base64::decode_array::<33>(key).ok_or(FORM)?;
        let key: [u8; 32] = bytes[1..].try_into().map_err(|_| FORM)?;
        let key = PublicKey::from_bytes(&key).map_err(|_| FORM)?;
        let is_name =
            !name.is_empty() && name.len() <= 200 && name.chars().all(|c| c.is_ascii_graphic());
        let found = Self { name: name.to_owned(), key };
        let fits = is_name && bytes[0] == ED25519 && found.to_string() == text && id.len() == 8;
        if fits { Ok(found) } else { Err(FORM) }
    }
}

/// What a log says about itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Checkpoint {
    /// Entries.
    pub size: u64,
    /// Root of the tree over them.
    pub root: Digest,
}

impl Checkpoint {
    /// The signed note.
    pub fn sign(&self, key: &SigningKey) -> String {
        let log = LogKey::of(key.public());
        let text = format!("{}\n{}\n{}\n", log.name, self.size, base64::encode(self.root.raw()));
        let signature = key.sign(text.as_bytes());
        let line = base64::encode(&[log.id().as_slice(), &signature].concat());
        format!("{text}\n\u{2014} {} {line}\n", log.name)
    }

    /// Reads a note that the key of this log signed. Signatures of others are passed over.
    pub fn open(note: &[u8], log: &LogKey) -> Result<Self, TrustError> {
        if note.len() > MAX_NOTE {
            return Err(refuse("its checkpoint is larger than 16 KB"));
        }
        let note = std::str::from_utf8(note).map_err(|_| refuse("its checkpoint is not UTF-8"))?;
        let at = note.rfind("\n\n").ok_or(refuse("its checkpoint has no signatures"))?;
        let (text, signatures) = (&note[..=at], &note[at + 2..]);
        let is_signed = signatures.ends_with('\n')
            && signatures.lines().count() <= MAX_SIGNATURES
            && signatures.lines().any(|line| is_by(line, text, log));
        if !is_signed {
            return Err(refuse("its checkpoint is not signed by the log's key"));
        }
        let mut lines = text.lines();
        if lines.next() != Some(&log.name) {
            return Err(refuse("its checkpoint is that of another log"));
        }
        let size = lines.next().unwrap_or_default();
        let form = refuse("its checkpoint has no size and root");
        let count: u64 = size.parse().map_err(|_| form.clone())?;
        let root = lines.next().and_then(base64::decode_array::<32>).ok_or(form.clone())?;
        // One spelling only, and no more entries than any log can have.
        if count.to_string() != size || count > 1 << 48 {
            return Err(form);
        }
        Ok(Self { size: count, root: Digest::from_raw(root) })
    }
}

fn is_by(line: &str, text: &str, log: &LogKey) -> bool {
    let signature = line
        .strip_prefix("\u{2014} ")
        .and_then(|rest| rest.split_once(' '))
        .filter(|(name, _)| *name == log.name)
        .and_then(|(_, encoded)| base64::decode_array::<{ 4 + SIGNATURE_BYTES }>(encoded));
    signature.is_some_and(|bytes| {
        let (id, signature) = bytes.split_at(4);
        let signature: Result<[u8; SIGNATURE_BYTES], _> = signature.try_into();
        id == log.id() && signature.is_ok_and(|s| log.key.verifies(text.as_bytes(), &s))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of golang.org/x/mod/sumdb/note, whose format signed notes are.
    #[test]
    fn keys_are_those_of_signed_notes() {
        let text = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
        let key: LogKey = text.parse().unwrap();
        assert_eq!(key.to_string(), text);
        for bad in [
            "",
            "PeterNeumann",
            "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
            "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        ] {
            assert!(bad.parse::<LogKey>().is_err(), "{bad}");
        }
        let note = "If you think cryptography is the answer to your problem,\n\
                    then you don't know what your problem is.\n";
        let line = "\u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=";
        assert!(is_by(line, note, &key));
        assert!(!is_by(line, &note[1..], &key));
    }

    #[test]
    fn a_checkpoint_reads_as_it_was_signed_and_no_change_passes() {
        let key = SigningKey::from_seed(&[7; 32]);
        let log = LogKey::of(key.public());
        assert_eq!(log.to_string().parse::<LogKey>().unwrap(), log);
        let checkpoint = Checkpoint { size: 70_000, root: Digest::of(b"root") };
        let note = checkpoint.sign(&key);
        assert_eq!(Checkpoint::open(note.as_bytes(), &log).unwrap(), checkpoint);
        let other = "\u{2014} example.org/witness AAAA\n";
        let more = format!("{note}{other}");
        assert_eq!(Checkpoint::open(more.as_bytes(), &log).unwrap(), checkpoint);
        for at in 0..note.len() {
            let mut bytes = note.as_bytes().to_vec();
            bytes[at] ^= 1;
            assert!(Checkpoint::open(&bytes, &log).is_err(), "byte {at}");
            assert!(Checkpoint::open(&note.as_bytes()[..at], &log).is_err(), "cut at {at}");
        }
        let another = LogKey::of(SigningKey::from_seed(&[8; 32]).public());
        assert!(Checkpoint::open(note.as_bytes(), &another).is_err());
    }
}
