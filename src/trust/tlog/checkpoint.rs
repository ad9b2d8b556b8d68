//! Checkpoints: the size and the root of a log, signed by its key (c2sp.org/tlog-checkpoint), and
//! cosigned by witnesses with the time (c2sp.org/tlog-cosignature, Ed25519).

use super::super::key::SIGNATURE_BYTES;
use super::super::{SigningKey, TrustError, base64};
use super::note::{self, LogKey, Note, WitnessKey, refuse};
use crate::model::Digest;

/// Most entries that any log can have.
const MAX_SIZE: u64 = 1 << 48;

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
        let name = LogKey::of(key.public()).name().to_owned();
        let root = base64::encode(self.root.raw());
        note::sign(&format!("{name}\n{}\n{root}\n", self.size), key)
    }

    /// Reads a note that the key of this log signed. Signatures of others are passed over.
    pub fn open(note: &[u8], log: &LogKey) -> Result<Self, TrustError> {
        SignedCheckpoint::open(note, log).map(|signed| signed.checkpoint)
    }

    fn read(text: &str, log: &LogKey) -> Result<Self, TrustError> {
        let form = refuse("its checkpoint has no size and root");
        let mut lines = text.lines();
        if lines.next() != Some(log.name()) {
            return Err(refuse("its checkpoint is that of another log"));
        }
        let size = lines.next().unwrap_or_default();
        let count: u64 = size.parse().map_err(|_| form.clone())?;
        let root = lines.next().and_then(base64::decode_array::<32>).ok_or(form.clone())?;
        // One spelling only; what follows is for others, and has no empty line.
        if count.to_string() != size || count > MAX_SIZE || lines.any(str::is_empty) {
            return Err(form);
        }
        Ok(Self { size: count, root: Digest::from_raw(root) })
    }
}

/// A checkpoint whose log's signature was checked, with the note that says so.
#[derive(Debug, Clone)]
pub struct SignedCheckpoint {
    checkpoint: Checkpoint,
    note: Note,
}

impl SignedCheckpoint {
    /// Reads a note that the key of this log signed.
    pub fn open(note: &[u8], log: &LogKey) -> Result<Self, TrustError> {
        let note = Note::parse(note)?;
        note.require_log(log)?;
        Ok(Self { checkpoint: Checkpoint::read(note.text(), log)?, note })
    }

    /// Size and root.
    pub fn checkpoint(&self) -> Checkpoint {
        self.checkpoint
    }

    /// When this witness cosigned it, in seconds since 1970: its newest cosignature. A wrong one in
    /// its name is an error.
    pub fn cosigned_at(&self, witness: &WitnessKey) -> Result<Option<u64>, TrustError> {
        let mut newest = None;
        for bytes in self.note.by(witness) {
            let at = cosignature(bytes).and_then(|(at, signature)| {
                let message = cosigned_message(at, self.note.text());
                witness.public().verifies(message.as_bytes(), &signature).then_some(at)
            });
            let at = at.ok_or(refuse("a cosignature of its checkpoint is wrong"))?;
            newest = newest.max(Some(at));
        }
        Ok(newest)
    }

    /// The line with which a witness cosigns it. What the witness checked before is its affair.
    pub fn cosign(&self, witness: &WitnessKey, key: &SigningKey, at: u64) -> String {
        let signature = key.sign(cosigned_message(at, self.note.text()).as_bytes());
        witness.line(&[at.to_be_bytes().as_slice(), &signature].concat())
    }
}

/// Time and signature of a cosignature.
fn cosignature(bytes: &[u8]) -> Option<(u64, [u8; SIGNATURE_BYTES])> {
    let (at, signature) = bytes.split_first_chunk::<8>()?;
    let at = u64::from_be_bytes(*at);
    (at <= i64::MAX as u64).then_some((at, signature.try_into().ok()?))
}

fn cosigned_message(at: u64, text: &str) -> String {
    format!("cosignature/v1\ntime {at}\n{text}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(seed: u8) -> SigningKey {
        SigningKey::from_seed(&[seed; 32])
    }

    #[test]
    fn a_checkpoint_reads_as_it_was_signed_and_no_change_passes() {
        let log = LogKey::of(key(7).public());
        assert_eq!(log.to_string().parse::<LogKey>().unwrap(), log);
        let checkpoint = Checkpoint { size: 70_000, root: Digest::of(b"root") };
        let note = checkpoint.sign(&key(7));
        assert_eq!(Checkpoint::open(note.as_bytes(), &log).unwrap(), checkpoint);
        let other = "\u{2014} example.org/witness AAAAAAAA\n";
        let more = format!("{note}{other}");
        assert_eq!(Checkpoint::open(more.as_bytes(), &log).unwrap(), checkpoint);
        for at in 0..note.len() {
            let mut bytes = note.as_bytes().to_vec();
            bytes[at] ^= 1;
            assert!(Checkpoint::open(&bytes, &log).is_err(), "byte {at}");
            assert!(Checkpoint::open(&note.as_bytes()[..at], &log).is_err(), "cut at {at}");
        }
        let another = LogKey::of(key(8).public());
        assert!(Checkpoint::open(note.as_bytes(), &another).is_err());
        // A wrong signature in the log's own name refuses the note, though the right one is there.
        let forged = format!("{note}{}", log.line(&[0; 64]));
        assert!(Checkpoint::open(forged.as_bytes(), &log).is_err());
    }

    #[test]
    fn extension_lines_are_read_over_and_empty_lines_are_not() {
        let log = LogKey::of(key(7).public());
        let root = base64::encode(Digest::of(b"root").raw());
        let open = |text: String| Checkpoint::open(note::sign(&text, &key(7)).as_bytes(), &log);
        let name = log.name();
        assert_eq!(open(format!("{name}\n5\n{root}\nmore\n")).unwrap().size, 5);
        for bad in [
            format!("{name}\n5\n{root}\n\nmore\n"),
            format!("{name}\n05\n{root}\n"),
            format!("{name}\n-5\n{root}\n"),
            format!("{name}\n{}\n{root}\n", u64::MAX),
            format!("{name}\n5\n{}\n", &root[4..]),
            format!("{name}\n5\n"),
            format!("other\n5\n{root}\n"),
        ] {
            assert!(open(bad.clone()).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_cosignature_binds_witness_time_and_text() {
        let log = LogKey::of(key(7).public());
        let witness = WitnessKey::named("example.org/w1", key(9).public()).unwrap();
        let checkpoint = Checkpoint { size: 3, root: Digest::of(b"root") };
        let open = |note: &str| SignedCheckpoint::open(note.as_bytes(), &log).unwrap();
        let note = checkpoint.sign(&key(7));
        let line = |at| open(&note).cosign(&witness, &key(9), at);
        assert_eq!(open(&note).cosigned_at(&witness).unwrap(), None);
        let both = format!("{note}{}{}", line(1_679_315_147), line(1_679_315_100));
        assert_eq!(open(&both).cosigned_at(&witness).unwrap(), Some(1_679_315_147));
        // Of another checkpoint, another key under the name, and a time that was moved.
        let later = Checkpoint { size: 4, ..checkpoint }.sign(&key(7));
        assert!(open(&format!("{later}{}", line(5))).cosigned_at(&witness).is_err());
        let thief = open(&note).cosign(&witness, &key(10), 5);
        assert!(open(&format!("{note}{thief}")).cosigned_at(&witness).is_err());
        let bytes = base64::decode(line(5).trim_end().rsplit(' ').next().unwrap()).unwrap();
        let moved = [&6u64.to_be_bytes(), &bytes[12..]].concat();
        assert!(open(&format!("{note}{}", witness.line(&moved))).cosigned_at(&witness).is_err());
        let far = [&u64::MAX.to_be_bytes(), &bytes[12..]].concat();
        assert!(open(&format!("{note}{}", witness.line(&far))).cosigned_at(&witness).is_err());
        // Nothing of it counts as the log's signature, and a log's signature is no cosignature.
        let alone = note.split_inclusive('\n').take(4).collect::<String>() + &line(5);
        assert!(SignedCheckpoint::open(alone.as_bytes(), &log).is_err());
    }
}
