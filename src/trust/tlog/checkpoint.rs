//! Checkpoints: the size and the root of a log, signed by its key (c2sp.org/tlog-checkpoint).

use super::super::{SigningKey, TrustError, base64};
use super::note::{self, LogKey, Note, refuse};
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
        let note = Note::parse(note)?;
        note.require_log(log)?;
        Self::read(note.text(), log)
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
}
