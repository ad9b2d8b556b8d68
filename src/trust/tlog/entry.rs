//! Entries of the log: what a publisher signed, whole, and the root of the index.
//!
//! An entry has one spelling. So a client that has an envelope makes the entry itself and needs no
//! more than its place, and whoever has the log has every statement.

use serde::{Deserialize, Serialize};

use crate::model::Digest;
use crate::model::release::Envelope;

/// Most bytes of an entry: its length has two in a bundle.
const MAX_ENTRY: usize = u16::MAX as usize;

/// What an entry says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Entry {
    /// A publisher's statement.
    Statement {
        /// When the registry took it, RFC 3339; the registry's word.
        published_at: String,
        /// What was signed.
        envelope: Envelope,
    },
    /// The root of the index over all statements before it. The last entry of every checkpoint is
    /// one.
    Index {
        /// The root.
        root: Digest,
    },
}

impl Entry {
    /// Its bytes.
    pub fn write(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("an entry has only strings")
    }

    /// Reads an entry; `None` when it is not written in the one way.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        if bytes.len() > MAX_ENTRY {
            return None;
        }
        let entry: Self = serde_json::from_slice(bytes).ok()?;
        (entry.write() == bytes).then_some(entry)
    }
}

/// How the entry of a statement begins.
const STATEMENT: &[u8] = b"{\"kind\":\"statement\",";

/// The line in an index of a statement's entry: the entry with its place instead of its kind. `None`:
/// it is not the entry of a statement.
pub fn index_line(logged: u64, entry: &[u8]) -> Option<Vec<u8>> {
    let rest = entry.strip_prefix(STATEMENT)?;
    Some([format!("{{\"logged\":{logged},").as_bytes(), rest, b"\n"].concat())
}

#[cfg(test)]
mod tests {
    use super::super::super::{SigningKey, envelope};
    use super::*;
    use crate::model::release::IndexEntry;

    #[test]
    fn an_entry_has_one_spelling() {
        let envelope =
            envelope::sign_release(&envelope::tests::predicate(), &SigningKey::from_seed(&[1; 32]));
        let statement =
            Entry::Statement { published_at: "2026-01-02T03:04:05Z".to_owned(), envelope };
        let index = Entry::Index { root: Digest::of(b"root") };
        let text = format!("{{\"kind\":\"index\",\"root\":\"{}\"}}", Digest::of(b"root"));
        assert_eq!(String::from_utf8(index.write()).unwrap(), text);
        let line = index_line(7, &statement.write()).unwrap();
        let read: IndexEntry = serde_json::from_slice(&line).unwrap();
        assert_eq!(read.logged, Some(7));
        let again = [serde_json::to_vec(&read).unwrap(), b"\n".to_vec()].concat();
        assert_eq!(again, line, "a line has one spelling, too");
        assert_eq!(index_line(7, &index.write()), None);
        for entry in [statement, index] {
            let bytes = entry.write();
            assert!(bytes.len() < MAX_ENTRY);
            assert_eq!(Entry::read(&bytes), Some(entry));
            assert_eq!(Entry::read(&[&bytes[..], b" "].concat()), None);
            let text = String::from_utf8(bytes).unwrap();
            assert_eq!(Entry::read(text.replacen(',', ",\"x\":1,", 1).as_bytes()), None);
            assert_eq!(Entry::read(text.replacen(':', ": ", 1).as_bytes()), None);
        }
        assert_eq!(Entry::read(b"{\"kind\":\"other\"}"), None);
        assert_eq!(Entry::read(b""), None);
    }
}
