//! Signed notes (c2sp.org/signed-note): a text, and signatures of keys that have a name and a
//! four-byte id.
//!
//! A note is taken apart strictly: one malformed line makes it no note. Signatures of keys that are
//! not known are passed over, as the format asks; a wrong one of a known key refuses the note.

use std::fmt;
use std::str::FromStr;

use super::super::key::SIGNATURE_BYTES;
use super::super::{PublicKey, SigningKey, TrustError, base64};
use crate::model::Digest;

/// Signature type of Ed25519 keys.
const ED25519: u8 = 1;
/// Most bytes and most signatures of a note.
const MAX_NOTE: usize = 128 * 1024;
const MAX_SIGNATURES: usize = 64;
/// Longest name of a key, in bytes.
const MAX_NAME: usize = 200;
/// What stands before every signature.
const DASH: &str = "\u{2014} ";

pub(super) const fn refuse(reason: &'static str) -> TrustError {
    TrustError::Log(reason)
}

/// The name and the public key of a log, written `NAME+ID+KEY`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogKey {
    name: String,
    key: PublicKey,
}

fn is_name(name: &str) -> bool {
    let fits = |c: char| !c.is_whitespace() && !c.is_control() && c != '+';
    !name.is_empty() && name.len() <= MAX_NAME && name.chars().all(fits)
}

impl LogKey {
    /// The key of a registry's log. Its name comes from the key, so that two logs never share one.
    pub fn of(key: PublicKey) -> Self {
        let id = key.id().to_string();
        let digits = id.rsplit(':').next().unwrap_or_default();
        Self { name: format!("daino.dev/registry/{}", &digits[..16]), key }
    }

    /// Its name, in front of its signatures.
    pub fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn id(&self) -> [u8; 4] {
        let bytes = [self.name.as_bytes(), b"\n", &[ED25519], self.key.as_bytes()].concat();
        let [a, b, c, d, ..] = *Digest::of(&bytes).raw();
        [a, b, c, d]
    }

    /// The line of a signature.
    pub(super) fn line(&self, signature: &[u8]) -> String {
        let line = base64::encode(&[self.id().as_slice(), signature].concat());
        format!("{DASH}{} {line}\n", self.name)
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
        let (Some(name), Some(_), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(FORM);
        };
        let bytes = base64::decode_array::<33>(key).ok_or(FORM)?;
        let key: [u8; 32] = bytes[1..].try_into().map_err(|_| FORM)?;
        let key = PublicKey::from_bytes(&key).map_err(|_| FORM)?;
        let found = Self { name: name.to_owned(), key };
        let is_kind = is_name(name) && bytes[0] == ED25519;
        // One spelling only, with the right id.
        if is_kind && found.to_string() == text { Ok(found) } else { Err(FORM) }
    }
}

/// A note that is well formed. Nothing of it is verified yet.
#[derive(Debug, Clone)]
pub struct Note {
    text: String,
    signatures: Vec<NoteSignature>,
}

#[derive(Debug, Clone)]
struct NoteSignature {
    name: String,
    id: [u8; 4],
    bytes: Vec<u8>,
}

impl Note {
    /// Takes a note apart.
    pub fn parse(note: &[u8]) -> Result<Self, TrustError> {
        if note.len() > MAX_NOTE {
            return Err(refuse("its checkpoint is larger than 128 KB"));
        }
        let note = std::str::from_utf8(note).map_err(|_| refuse("its checkpoint is not UTF-8"))?;
        if note.bytes().any(|byte| byte < b' ' && byte != b'\n') {
            return Err(refuse("its checkpoint has control characters"));
        }
        let at = note.rfind("\n\n").ok_or(refuse("its checkpoint has no signatures"))?;
        let (text, lines) = (&note[..=at], &note[at + 2..]);
        if !lines.ends_with('\n') || lines.lines().count() > MAX_SIGNATURES {
            return Err(refuse("its checkpoint does not end in 1 to 64 signatures"));
        }
        let signatures = lines.lines().map(signature).collect::<Option<_>>();
        let signatures = signatures.ok_or(refuse("a signature of its checkpoint is malformed"))?;
        Ok(Self { text: text.to_owned(), signatures })
    }

    /// What is signed, with its last line end.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Checks that the log's key signed it.
    pub(super) fn require_log(&self, log: &LogKey) -> Result<(), TrustError> {
        let mut is_signed = false;
        let is_own = |s: &&NoteSignature| s.name == log.name && s.id == log.id();
        for own in self.signatures.iter().filter(is_own) {
            let signature: Result<[u8; SIGNATURE_BYTES], _> = own.bytes.as_slice().try_into();
            if !signature.is_ok_and(|s| log.key.verifies(self.text.as_bytes(), &s)) {
                return Err(refuse("its checkpoint is not signed by the log's key"));
            }
            is_signed = true;
        }
        if is_signed {
            return Ok(());
        }
        Err(refuse("its checkpoint is not signed by the log's key"))
    }
}

fn signature(line: &str) -> Option<NoteSignature> {
    let (name, encoded) = line.strip_prefix(DASH)?.split_once(' ')?;
    let bytes = base64::decode(encoded).filter(|bytes| is_name(name) && bytes.len() > 4)?;
    let (id, bytes) = bytes.split_first_chunk::<4>()?;
    Some(NoteSignature { name: name.to_owned(), id: *id, bytes: bytes.to_vec() })
}

/// The note of a text with the log's signature.
pub(super) fn sign(text: &str, key: &SigningKey) -> String {
    let log = LogKey::of(key.public());
    format!("{text}\n{}", log.line(&key.sign(text.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FOO: &str = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

    /// The examples of c2sp.org/signed-note and of golang.org/x/mod/sumdb/note, and a witness of the
    /// public network.
    #[test]
    fn keys_are_those_of_signed_notes() {
        let peter = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
        for text in [FOO, peter] {
            assert_eq!(text.parse::<LogKey>().unwrap().to_string(), text);
        }
        let witness = "transparency.dev/DEV:witness-little-garden+d8042a87+BCtusOxINQNUTN5Oj8HObRkh2yHf/MwYaGX4CPdiVEPM";
        assert!(witness.parse::<LogKey>().is_err(), "a key of another kind");
        for bad in [
            "",
            "PeterNeumann",
            "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
            "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
            "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
            "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
            "Peter\u{a0}Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        ] {
            assert!(bad.parse::<LogKey>().is_err(), "{bad}");
        }
    }

    #[test]
    fn the_example_of_the_specification_verifies_and_no_change_of_it() {
        let note = "This is an example message.\n\n\u{2014} example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";
        let key: LogKey = FOO.parse().unwrap();
        let opens = |note: &[u8]| Note::parse(note).and_then(|note| note.require_log(&key)).is_ok();
        assert!(opens(note.as_bytes()));
        for at in 0..note.len() {
            let mut bytes = note.as_bytes().to_vec();
            bytes[at] ^= 1;
            assert!(!opens(&bytes), "byte {at}");
        }
    }

    #[test]
    fn what_is_malformed_is_no_note() {
        let line = "\u{2014} example.com/foo Uw2QOkn8srU=\n";
        let many = format!("text\n\n{}", line.repeat(MAX_SIGNATURES));
        assert!(Note::parse(many.as_bytes()).is_ok());
        assert!(Note::parse(format!("a\n\nb\n\n{line}").as_bytes()).is_ok());
        for bad in [
            String::new(),
            "text\n".to_owned(),
            "text\n\n".to_owned(),
            format!("text\n{line}"),
            format!("text\n\n{}", line.trim_end()),
            format!("te\u{0}xt\n\n{line}"),
            format!("te\rxt\n\n{line}"),
            format!("text\n\n{line}noise\n"),
            "text\n\n\u{2014} example.com/foo AAAA\n".to_owned(),
            "text\n\n\u{2014} a+b Uw2QOkn8srU=\n".to_owned(),
            "text\n\n- example.com/foo Uw2QOkn8srU=\n".to_owned(),
            format!("text\n\n{}", line.repeat(MAX_SIGNATURES + 1)),
            format!("{}\n\n{line}", "x".repeat(MAX_NOTE)),
        ] {
            assert!(Note::parse(bad.as_bytes()).is_err(), "{:?}", bad.get(..60));
        }
        assert!(Note::parse(&[b"te\xff\n\n", line.as_bytes()].concat()).is_err());
    }
}
