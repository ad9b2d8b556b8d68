//! Sets of characters: each of the first 256 alone, all others together.

use crate::check::flow::sink;

/// A set of characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, PartialOrd, Ord)]
pub(crate) struct CharSet {
    low: [u64; 4],
    /// Which of the characters from 256 on, in 64 groups that the reader of the expression makes.
    high: u64,
}

impl CharSet {
    pub(crate) const EMPTY: Self = Self { low: [0; 4], high: 0 };
    pub(crate) const OTHERS: Self = Self { low: [0; 4], high: !0 };
    pub(crate) const ALL: Self = Self { low: [!0; 4], high: !0 };

    pub(crate) fn of(c: u32) -> Self {
        let mut set = Self::EMPTY;
        set.insert(c);
        set
    }
    pub(crate) fn range(from: u32, to: u32) -> Self {
        let mut set = Self::EMPTY;
        for c in from..=to.min(255) {
            set.insert(c);
        }
        set
    }
    pub(crate) fn insert(&mut self, c: u32) {
        match c {
            0..=255 => self.low[(c / 64) as usize] |= 1 << (c % 64),
            _ => self.high |= 1 << 63,
        }
    }
    pub(crate) fn has(&self, c: u8) -> bool {
        self.low[usize::from(c / 64)] & (1 << (c % 64)) != 0
    }
    /// A character of the set; 0xff stands for one beyond the first 256.
    pub(crate) fn sample(&self) -> u8 {
        let common = b"a0 _-.,/".iter().copied().find(|c| self.has(*c));
        common.or_else(|| (32..=255u8).chain(0..32).find(|c| self.has(*c))).unwrap_or(0xff)
    }
    #[must_use]
    pub(crate) fn union(mut self, other: &Self) -> Self {
        for (a, b) in self.low.iter_mut().zip(&other.low) {
            *a |= b;
        }
        self.high |= other.high;
        self
    }
    #[must_use]
    pub(crate) fn and(mut self, other: &Self) -> Self {
        for (a, b) in self.low.iter_mut().zip(&other.low) {
            *a &= b;
        }
        self.high &= other.high;
        self
    }
    #[must_use]
    pub(crate) fn not(mut self) -> Self {
        for a in &mut self.low {
            *a = !*a;
        }
        self.high = !self.high;
        self
    }
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::EMPTY
    }
    /// Whether characters beyond the first 256 are in it.
    pub(crate) fn has_others(&self) -> bool {
        self.high != 0
    }
    /// Adds one of the 64 groups of characters beyond the first 256.
    pub(crate) fn insert_high(&mut self, group: u32) {
        self.high |= 1 << (group & 63);
    }
    /// Both cases of each letter.
    #[must_use]
    pub(crate) fn any_case(mut self) -> Self {
        for c in b'a'..=b'z' {
            let upper = c.to_ascii_uppercase();
            if self.has(c) || self.has(upper) {
                self.insert(u32::from(c));
                self.insert(u32::from(upper));
            }
        }
        self
    }
    pub(crate) fn digits() -> Self {
        Self::range(u32::from(b'0'), u32::from(b'9'))
    }
    pub(crate) fn words() -> Self {
        Self::digits()
            .union(&Self::range(u32::from(b'a'), u32::from(b'z')))
            .union(&Self::range(u32::from(b'A'), u32::from(b'Z')))
            .union(&Self::of(u32::from(b'_')))
    }
    pub(crate) fn spaces() -> Self {
        Self::range(9, 13).union(&Self::of(32)).union(&Self::of(160))
    }
    pub(crate) fn line_ends() -> Self {
        Self::of(10).union(&Self::of(13))
    }

    fn has_any(&self, chars: &[u8]) -> bool {
        chars.iter().any(|c| self.has(*c))
    }

    /// Sinks that text of these characters alone cannot harm.
    pub(crate) fn harmless_to(&self) -> u32 {
        let mut mask = 0;
        if !self.has_any(b"'\"\\`;()= ") {
            mask |= sink::SQL;
        }
        if !self.has_any(b"<\"'") {
            mask |= sink::HTML;
        }
        if !self.has(b'/') {
            mask |= sink::PATH;
        }
        if !self.has_any(b"/\\.:@?#%") {
            mask |= sink::URL | sink::REDIRECT;
        }
        if !self.has(b'.') {
            mask |= sink::DOTS;
        }
        if !self.has_any(b";&|`$()<> \n'\"\\*?{}") {
            mask |= sink::COMMAND;
        }
        if !self.has_any(b"()[]`;'\"=\\/") {
            mask |= sink::CODE;
        }
        if !self.has_any(b"()[]{}*+?|\\") {
            mask |= sink::REGEX;
        }
        if !self.has_any(b"\n\r") {
            mask |= sink::LOG | sink::HEADER;
        }
        if !self.has(b'_') {
            mask |= sink::KEY_PROTO;
        }
        if !self.has(b'c') && !self.has(b'p') {
            mask |= sink::KEY_CONSTRUCTOR;
        }
        if !self.has(b'-') {
            mask |= sink::OPTION;
        }
        if !self.has_any(b"<&") {
            mask |= sink::XML;
        }
        if mask & sink::SQL != 0 && mask & sink::COMMAND != 0 {
            mask |= sink::NOSQL;
        }
        mask
    }
}
