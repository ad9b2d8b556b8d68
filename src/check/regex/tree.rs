//! A regular expression as a small tree of its own.

use oxc::allocator::Allocator;
use oxc::regular_expression::ast::{
    Alternative, BoundaryAssertionKind, CharacterClass, CharacterClassContents,
    CharacterClassContentsKind, CharacterClassEscapeKind, Disjunction, LookAroundAssertionKind,
    Term,
};
use oxc::regular_expression::{LiteralParser, Options};

use super::charset::CharSet;

/// A node of a regular expression.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node {
    /// One of these characters.
    Set(CharSet),
    /// One after the other.
    Sequence(Vec<Node>),
    /// One of these.
    Choice(Vec<Node>),
    /// Repeated at least so often, at most so often.
    Repeat(Box<Node>, u32, Option<u32>),
    /// `^`
    Start,
    /// `$`
    End,
    /// `\b`, `\B`
    Boundary,
    /// `(?=…)`, `(?!…)`: true for positive.
    Look(Box<Node>, bool),
    /// `(?<=…)`, `(?<!…)`
    LookBehind,
    /// `\1`
    Reference,
}

/// Flags that matter here.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Flags {
    pub ignore_case: bool,
    pub multiline: bool,
    pub dot_all: bool,
    pub global: bool,
}

impl Flags {
    pub(crate) fn of(text: &str) -> Self {
        Self {
            ignore_case: text.contains('i'),
            multiline: text.contains('m'),
            dot_all: text.contains('s'),
            global: text.contains('g'),
        }
    }
}

/// Parses a regular expression; nothing when it is not one, or too long to be worth it.
pub(crate) fn parse(pattern: &str, flags: &str) -> Option<Node> {
    if pattern.len() > 20_000 {
        return None;
    }
    let allocator = Allocator::default();
    let parsed = LiteralParser::new(&allocator, pattern, Some(flags), Options::default()).parse();
    let parsed = match parsed {
        Ok(parsed) => parsed,
        Err(_) => return None,
    };
    let reader = Reader { flags: Flags::of(flags), alphabet: Alphabet::of(pattern) };
    Some(reader.disjunction(&parsed.body))
}

/// Characters beyond the first 256 that the expression tells apart: the intervals between those it
/// names, at most 64.
struct Alphabet(Vec<u32>);

impl Alphabet {
    fn of(pattern: &str) -> Self {
        let mut starts = vec![256];
        for c in pattern.chars().map(u32::from).filter(|c| *c > 255) {
            starts.extend([c, c + 1]);
        }
        for (at, _) in pattern.match_indices("\\u") {
            let rest = pattern[at + 2..].trim_start_matches('{');
            let digits: String = rest.chars().take_while(char::is_ascii_hexdigit).take(6).collect();
            let fixed = if pattern[at + 2..].starts_with('{') {
                &digits[..]
            } else {
                digits.get(..4).unwrap_or(&digits)
            };
            if let Ok(c) = u32::from_str_radix(fixed, 16)
                && c > 255
            {
                starts.extend([c, c + 1]);
            }
        }
        starts.extend([0x2000, 0x200b]);
        starts.sort_unstable();
        starts.dedup();
        Self(starts)
    }

    fn bucket(&self, c: u32) -> u32 {
        (self.0.partition_point(|start| *start <= c) as u32).saturating_sub(1).min(63)
    }

    fn range(&self, from: u32, to: u32) -> CharSet {
        let mut set = CharSet::range(from, to.min(255));
        if to > 255 {
            for bucket in self.bucket(from.max(256))..=self.bucket(to) {
                set.insert_high(bucket);
            }
        }
        set
    }
}

/// Reads the parser's tree.
struct Reader {
    flags: Flags,
    alphabet: Alphabet,
}

const OTHERS: CharSet = CharSet::OTHERS;

impl Reader {
    fn spaces(&self) -> CharSet {
        CharSet::spaces().union(&self.alphabet.range(0x2000, 0x200a))
    }

    fn disjunction(&self, body: &Disjunction<'_>) -> Node {
        let mut choices: Vec<Node> = body.body.iter().map(|a| self.alternative(a)).collect();
        if choices.len() == 1 { choices.remove(0) } else { Node::Choice(choices) }
    }

    fn alternative(&self, body: &Alternative<'_>) -> Node {
        let mut terms: Vec<Node> = body.body.iter().map(|t| self.term(t)).collect();
        if terms.len() == 1 { terms.remove(0) } else { Node::Sequence(terms) }
    }

    fn term(&self, term_: &Term<'_>) -> Node {
        match term_ {
            Term::BoundaryAssertion(b) => match b.kind {
                BoundaryAssertionKind::Start => Node::Start,
                BoundaryAssertionKind::End => Node::End,
                _ => Node::Boundary,
            },
            Term::LookAroundAssertion(look) => match look.kind {
                LookAroundAssertionKind::Lookahead => {
                    Node::Look(Box::new(self.disjunction(&look.body)), true)
                }
                LookAroundAssertionKind::NegativeLookahead => {
                    Node::Look(Box::new(self.disjunction(&look.body)), false)
                }
                _ => Node::LookBehind,
            },
            Term::Quantifier(q) => {
                let max = q.max.map(|m| m.min(1 << 20) as u32);
                Node::Repeat(Box::new(self.term(&q.body)), q.min.min(1 << 20) as u32, max)
            }
            Term::Character(c) => Node::Set(self.cased(self.alphabet.range(c.value, c.value))),
            Term::Dot(_) => Node::Set(if self.flags.dot_all {
                CharSet::ALL
            } else {
                CharSet::line_ends().not()
            }),
            Term::CharacterClassEscape(e) => Node::Set(self.escape(e.kind)),
            Term::UnicodePropertyEscape(_) => Node::Set(CharSet::words().union(&OTHERS)),
            Term::CharacterClass(class) => Node::Set(self.cased(self.class(class))),
            Term::CapturingGroup(g) => self.disjunction(&g.body),
            Term::IgnoreGroup(g) => self.disjunction(&g.body),
            Term::IndexedReference(_) | Term::NamedReference(_) => Node::Reference,
        }
    }

    fn cased(&self, set: CharSet) -> CharSet {
        if self.flags.ignore_case { set.any_case() } else { set }
    }

    fn escape(&self, kind: CharacterClassEscapeKind) -> CharSet {
        match kind {
            CharacterClassEscapeKind::D => CharSet::digits(),
            CharacterClassEscapeKind::NegativeD => CharSet::digits().not(),
            CharacterClassEscapeKind::S => self.spaces(),
            CharacterClassEscapeKind::NegativeS => self.spaces().not(),
            CharacterClassEscapeKind::W => CharSet::words(),
            CharacterClassEscapeKind::NegativeW => CharSet::words().not(),
        }
    }

    fn class(&self, class_: &CharacterClass<'_>) -> CharSet {
        let mut set = CharSet::EMPTY;
        for item in &class_.body {
            let one = match item {
                CharacterClassContents::CharacterClassRange(r) => {
                    self.alphabet.range(r.min.value, r.max.value)
                }
                CharacterClassContents::CharacterClassEscape(e) => self.escape(e.kind),
                CharacterClassContents::UnicodePropertyEscape(_) => CharSet::words().union(&OTHERS),
                CharacterClassContents::Character(c) => self.alphabet.range(c.value, c.value),
                CharacterClassContents::NestedCharacterClass(inner) => self.class(inner),
                CharacterClassContents::ClassStringDisjunction(_) => OTHERS,
            };
            set = match class_.kind {
                CharacterClassContentsKind::Union => set.union(&one),
                CharacterClassContentsKind::Intersection if set.is_empty() => one,
                CharacterClassContentsKind::Intersection => set.and(&one),
                CharacterClassContentsKind::Subtraction if set.is_empty() => one,
                CharacterClassContentsKind::Subtraction => set.and(&one.not()),
            };
        }
        if class_.negative { set.not() } else { set }
    }
}
