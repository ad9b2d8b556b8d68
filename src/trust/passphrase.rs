//! The words that protect a key on disk. Wiped when dropped, shown nowhere.

use std::fmt;

use zeroize::Zeroizing;

/// A passphrase, one character or more.
#[derive(Clone)]
pub struct Passphrase(Zeroizing<String>);

impl Passphrase {
    /// Fewest characters of a passphrase for a new key. (NIST SP 800-63B-4, section 3.1.1.2, asks for
    /// 8 where another factor stands beside it; the file is the other factor here.)
    pub const SHORTEST: usize = 8;

    /// None for an empty text.
    pub fn new(text: String) -> Option<Self> {
        let text = Zeroizing::new(text);
        (!text.is_empty()).then_some(Self(text))
    }

    /// Whether it is long enough for a new key.
    pub fn is_long_enough(&self) -> bool {
        self.0.chars().count() >= Self::SHORTEST
    }

    /// Whether two are the same words.
    pub fn is(&self, other: &Self) -> bool {
        *self.0 == *other.0
    }

    pub(crate) fn expose(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase(…)")
    }
}
