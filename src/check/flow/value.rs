//! What is known about a value: where it came from, what text it is, what it refers to.
//!
//! A value is a set of possibilities; joining two is a union. Sets are small and capped, so that
//! every analysis ends.

use std::hash::{Hash, Hasher};
use std::rc::Rc;

use crate::check::ir::Name;

/// Maps and sets that are walked in the same order in each run: the same code gives the same report.
pub(crate) type Map<K, V> = rustc_hash::FxHashMap<K, V>;
/// The same for sets.
pub(crate) type Set<K> = rustc_hash::FxHashSet<K>;

/// Kinds of sinks that a taint has been made safe for, one bit each.
pub(crate) type Mask = u32;

/// Kinds of sinks.
pub(crate) mod sink {
    use super::Mask;
    pub(crate) const SQL: Mask = 1;
    /// Query objects of document databases: harmed by objects, not by text.
    pub(crate) const NOSQL: Mask = 1 << 1;
    pub(crate) const HTML: Mask = 1 << 2;
    /// The host of a request.
    pub(crate) const URL: Mask = 1 << 3;
    pub(crate) const PATH: Mask = 1 << 4;
    pub(crate) const CODE: Mask = 1 << 5;
    pub(crate) const COMMAND: Mask = 1 << 6;
    pub(crate) const REGEX: Mask = 1 << 7;
    pub(crate) const LOG: Mask = 1 << 8;
    pub(crate) const REDIRECT: Mask = 1 << 9;
    /// A key that cannot be `__proto__`.
    pub(crate) const KEY_PROTO: Mask = 1 << 10;
    /// A key that cannot be `constructor` or `prototype`.
    pub(crate) const KEY_CONSTRUCTOR: Mask = 1 << 11;
    /// A key that cannot reach a prototype.
    pub(crate) const KEY: Mask = KEY_PROTO | KEY_CONSTRUCTOR;
    pub(crate) const XML: Mask = 1 << 12;
    /// Text that cannot be long.
    pub(crate) const LENGTH: Mask = 1 << 13;
    pub(crate) const HEADER: Mask = 1 << 14;
    /// Text that cannot be an option of a program: it does not begin with `-`.
    pub(crate) const OPTION: Mask = 1 << 15;
    /// `..` cannot occur in the text.
    pub(crate) const DOTS: Mask = 1 << 20;
    /// The path is normalized: `..` can only stand at its start.
    pub(crate) const NORMAL: Mask = 1 << 21;
    /// The path is not absolute.
    pub(crate) const RELATIVE: Mask = 1 << 22;
    /// Everything that is a sink.
    pub(crate) const ALL: Mask = (1 << 20) - 1;
}

/// A value that came, in part, from an origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Taint {
    /// Which origin.
    pub origin: u32,
    /// Sinks it can no longer harm.
    pub safe: Mask,
    /// The last step of its way.
    pub step: u32,
}

/// A function together with what it remembers.
#[derive(Debug, Clone)]
pub(crate) struct Closure {
    /// Which function.
    pub function: u32,
    /// Its `this`, when it is fixed.
    pub this: Option<Value>,
    /// What was known of the variables around it when it was made.
    pub known: Rc<[super::path::Known]>,
    /// Arguments that `bind` fixed.
    pub bound: Rc<[Value]>,
}

/// A constant that is not text.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) enum Constant {
    /// Nothing is known.
    #[default]
    Unknown,
    /// true or false.
    Bool(bool),
    /// A number.
    Number(f64),
    /// null or undefined.
    Nothing,
}

/// What is known about a value.
#[derive(Debug, Clone, Default)]
pub(crate) struct Data {
    /// Origins, at most `MAX_TAINTS`.
    pub taints: Vec<Taint>,
    /// Its text; `HOLE` stands for each part that is not known. None: all unknown.
    pub text: Option<Name>,
    /// Other constants.
    pub constant: Constant,
    /// Objects it may be.
    pub objects: Vec<u32>,
    /// Functions it may be.
    pub functions: Vec<Closure>,
    /// Things from outside that it may be, by path.
    pub apis: Vec<u32>,
    /// Whether it cannot be text or an object: a number or a truth value.
    pub is_plain: bool,
    /// Whether it is text for certain.
    pub is_text: bool,
    /// The variable whose own keys this is one of; 0 for none.
    pub key_of: u64,
    /// The regular expression it is: pattern and flags.
    pub regex: Option<Rc<(Name, Name)>>,
    /// Whether nothing flowed here yet.
    pub is_bottom: bool,
}

/// A shared value.
#[derive(Debug, Clone)]
pub(crate) struct Value(Rc<Data>);

/// Stands for an unknown part of a text.
pub(crate) const HOLE: char = '\u{0}';
const MAX_TAINTS: usize = 6;
const MAX_OBJECTS: usize = 6;
const MAX_FUNCTIONS: usize = 6;
const MAX_APIS: usize = 3;
const MAX_TEXT: usize = 4096;

thread_local! {
    static UNKNOWN: Value = Value(Rc::new(Data::default()));
    static BOTTOM: Value = Value(Rc::new(Data { is_bottom: true, ..Data::default() }));
    static PLAIN: Value = Value(Rc::new(Data { is_plain: true, ..Data::default() }));
}

impl std::ops::Deref for Value {
    type Target = Data;
    fn deref(&self) -> &Data {
        &self.0
    }
}

impl Value {
    pub(crate) fn new(data: Data) -> Self {
        Self(Rc::new(data))
    }
    /// Nothing is known.
    pub(crate) fn unknown() -> Self {
        UNKNOWN.with(Clone::clone)
    }
    /// Nothing flowed here.
    pub(crate) fn bottom() -> Self {
        BOTTOM.with(Clone::clone)
    }
    /// A number or truth value.
    pub(crate) fn plain() -> Self {
        PLAIN.with(Clone::clone)
    }
    pub(crate) fn constant(constant: Constant) -> Self {
        Self::new(Data { constant, is_plain: true, ..Data::default() })
    }
    pub(crate) fn text(text: Name) -> Self {
        Self::new(Data { text: Some(text), is_text: true, ..Data::default() })
    }
    pub(crate) fn object(object: u32) -> Self {
        Self::new(Data { objects: vec![object], ..Data::default() })
    }
    pub(crate) fn function(closure: Closure) -> Self {
        Self::new(Data { functions: vec![closure], ..Data::default() })
    }
    pub(crate) fn api(api: u32) -> Self {
        Self::new(Data { apis: vec![api], ..Data::default() })
    }
    pub(crate) fn taint(taint: Taint) -> Self {
        Self::new(Data { taints: vec![taint], ..Data::default() })
    }

    /// The whole text, when all of it is known.
    pub(crate) fn exact(&self) -> Option<&str> {
        self.text.as_deref().filter(|t| !t.contains(HOLE))
    }
    /// The known start of the text.
    pub(crate) fn prefix(&self) -> &str {
        let text = self.text.as_deref().unwrap_or_default();
        text.split(HOLE).next().unwrap_or_default()
    }
    pub(crate) fn bool(&self) -> Option<bool> {
        match self.constant {
            Constant::Bool(b) => Some(b),
            _ => None,
        }
    }
    pub(crate) fn number(&self) -> Option<f64> {
        match self.constant {
            Constant::Number(n) => Some(n),
            _ => None,
        }
    }
    pub(crate) fn is_constant(&self) -> bool {
        self.exact().is_some() || self.constant != Constant::Unknown
    }
    pub(crate) fn is_tainted(&self) -> bool {
        !self.taints.is_empty()
    }
    /// Whether nothing at all is known.
    pub(crate) fn is_unknown(&self) -> bool {
        self.taints.is_empty()
            && self.text.is_none()
            && self.constant == Constant::Unknown
            && self.objects.is_empty()
            && self.functions.is_empty()
            && self.apis.is_empty()
            && self.regex.is_none()
            && !self.is_plain
    }

    /// The union of two values.
    #[must_use]
    pub(crate) fn join(&self, other: &Self) -> Self {
        if Rc::ptr_eq(&self.0, &other.0) || other.is_bottom {
            return self.clone();
        }
        if self.is_bottom {
            return other.clone();
        }
        let mut data = (*self.0).clone();
        for taint in &other.taints {
            add_taint(&mut data.taints, *taint);
        }
        for object in &other.objects {
            if !data.objects.contains(object) && data.objects.len() < MAX_OBJECTS {
                data.objects.push(*object);
            }
        }
        for f in &other.functions {
            let known = data.functions.iter().any(|g| g.function == f.function);
            if !known && data.functions.len() < MAX_FUNCTIONS {
                data.functions.push(f.clone());
            }
        }
        for api in &other.apis {
            if !data.apis.contains(api) && data.apis.len() < MAX_APIS {
                data.apis.push(*api);
            }
        }
        if data.text != other.text {
            data.text = None;
        }
        if data.constant != other.constant {
            data.constant = Constant::Unknown;
        }
        data.is_plain &= other.is_plain;
        data.is_text &= other.is_text;
        if data.regex != other.regex {
            data.regex = None;
        }
        if data.key_of != other.key_of {
            data.key_of = 0;
        }
        Self::new(data)
    }

    /// The same value with some sinks made safe.
    #[must_use]
    pub(crate) fn with_safe(&self, mask: Mask) -> Self {
        if self.taints.is_empty() || mask == 0 || self.taints.iter().all(|t| t.safe & mask == mask)
        {
            return self.clone();
        }
        let mut data = (*self.0).clone();
        for taint in &mut data.taints {
            taint.safe |= mask;
        }
        Self::new(data)
    }

    /// The same value with some sinks no longer safe.
    #[must_use]
    pub(crate) fn without_safe(&self, mask: Mask) -> Self {
        if self.taints.iter().all(|t| t.safe & mask == 0) {
            return self.clone();
        }
        let mut data = (*self.0).clone();
        for taint in &mut data.taints {
            taint.safe &= !mask;
        }
        Self::new(data)
    }

    /// Only the taints of the value.
    #[must_use]
    pub(crate) fn taints_only(&self) -> Self {
        if self.taints.is_empty() {
            return Self::unknown();
        }
        Self::new(Data { taints: self.taints.clone(), ..Data::default() })
    }

    /// The same value with other data.
    #[must_use]
    pub(crate) fn edit(&self, change: impl FnOnce(&mut Data)) -> Self {
        let mut data = (*self.0).clone();
        change(&mut data);
        Self::new(data)
    }

    /// Text made of parts, in order.
    pub(crate) fn concat(parts: &[Self]) -> Self {
        let mut data = Data { is_text: true, ..Data::default() };
        let mut text = String::new();
        for part in parts {
            let own = |t: &Taint| Taint { safe: t.safe | after(&text), ..*t };
            for taint in part.taints.iter().map(own) {
                add_taint(&mut data.taints, taint);
            }
            match (&part.text, part.constant) {
                (Some(own), _) => text.push_str(own),
                (None, Constant::Number(n)) => text.push_str(&n.to_string()),
                (None, Constant::Bool(b)) => text.push_str(if b { "true" } else { "false" }),
                _ => text.push(HOLE),
            }
            if text.len() > MAX_TEXT {
                let mut at = MAX_TEXT;
                while !text.is_char_boundary(at) {
                    at -= 1;
                }
                text.truncate(at);
                text.push(HOLE);
            }
        }
        for taint in &mut data.taints {
            // Text is no object.
            taint.safe |= sink::NOSQL;
        }
        data.text = (text.len() > 1 || !text.contains(HOLE)).then(|| text.as_str().into());
        Self::new(data)
    }

    /// A number that is the same for values that no analysis could tell apart.
    pub(crate) fn fingerprint(&self, state: &mut impl Hasher) {
        let mut sum = 0u64;
        for taint in &self.taints {
            sum = sum.wrapping_add(mix(u64::from(taint.origin) << 32 | u64::from(taint.safe)));
        }
        sum.hash(state);
        self.text.hash(state);
        match self.constant {
            Constant::Unknown => 0u8.hash(state),
            Constant::Bool(b) => (1u8, b).hash(state),
            Constant::Number(n) => (2u8, n.to_bits()).hash(state),
            Constant::Nothing => 3u8.hash(state),
        }
        let mut sum = 0u64;
        for object in &self.objects {
            sum = sum.wrapping_add(mix(u64::from(*object) | 1 << 40));
        }
        for f in &self.functions {
            sum = sum.wrapping_add(mix(u64::from(f.function) | 1 << 41));
        }
        for api in &self.apis {
            sum = sum.wrapping_add(mix(u64::from(*api) | 1 << 42));
        }
        (sum, self.is_plain, self.key_of, &self.regex).hash(state);
    }
}

/// What text that stands before a value makes it safe for: its host is fixed, it is not absolute.
fn after(before: &str) -> Mask {
    let mut mask = 0;
    if !before.is_empty() {
        mask |= sink::RELATIVE;
    }
    if !before.is_empty() && !before.starts_with([HOLE, '-']) {
        mask |= sink::OPTION;
    }
    if fixes_host(before) {
        mask |= sink::REDIRECT;
    }
    if before.contains(['?', '#']) {
        mask |= sink::URL;
    }
    mask
}

/// Whether whatever follows `before` can no longer change the host of the URL.
pub(crate) fn fixes_host(before: &str) -> bool {
    if before.contains(['?', '#']) {
        return true;
    }
    let bytes = before.as_bytes();
    bytes.iter().enumerate().any(|(i, b)| {
        (*b == b'/' || *b == b'\\') && i > 0 && !matches!(bytes[i - 1], b'/' | b'\\' | b':')
    })
}

fn mix(x: u64) -> u64 {
    let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// Adds a taint to a set. Of two taints of one origin, what is unsafe in either stays unsafe.
pub(super) fn add_taint(set: &mut Vec<Taint>, taint: Taint) {
    if let Some(own) = set.iter_mut().find(|t| t.origin == taint.origin) {
        if own.safe & !taint.safe != 0 {
            own.step = taint.step;
        }
        own.safe &= taint.safe;
    } else if set.len() < MAX_TAINTS {
        set.push(taint);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_fixed_by_what_stands_before() {
        for fixed in ["https://api.example.com/", "/a/", "?x=", "\u{0}/v1", "x/", "https://h/p?"] {
            assert!(fixes_host(fixed), "{fixed}");
        }
        for open in ["", "/", "https://", "https://api.example.com", "//", "\u{0}"] {
            assert!(!fixes_host(open), "{open}");
        }
    }

    #[test]
    fn joins_keep_what_is_unsafe() {
        let taint = |safe| Value::taint(Taint { origin: 1, safe, step: 0 });
        let joined = taint(sink::SQL | sink::HTML).join(&taint(sink::HTML));
        assert_eq!(joined.taints[0].safe, sink::HTML);
        assert_eq!(Value::bottom().join(&taint(0)).taints.len(), 1);
        let text = Value::concat(&[Value::text("a/".into()), taint(0), Value::text("b".into())]);
        assert_eq!(text.text.as_deref(), Some("a/\u{0}b"));
        assert!(text.taints[0].safe & sink::REDIRECT != 0);
    }
}
