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
    pub sticky: bool,
}

impl Flags {
    pub(crate) fn of(text: &str) -> Self {
        Self {
            ignore_case: text.contains('i'),
            multiline: text.contains('m'),
            dot_all: text.contains('s'),
            global: text.contains('g'),
            sticky: text.contains('y'),
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
    let flags = Flags::of(flags);
    Some(disjunction(&parsed.body, flags))
}

fn disjunction(body: &Disjunction<'_>, flags: Flags) -> Node {
    let mut choices: Vec<Node> = body.body.iter().map(|a| alternative(a, flags)).collect();
    if choices.len() == 1 { choices.remove(0) } else { Node::Choice(choices) }
}

fn alternative(body: &Alternative<'_>, flags: Flags) -> Node {
    let mut terms: Vec<Node> = body.body.iter().map(|t| term(t, flags)).collect();
    if terms.len() == 1 { terms.remove(0) } else { Node::Sequence(terms) }
}

fn term(term_: &Term<'_>, flags: Flags) -> Node {
    match term_ {
        Term::BoundaryAssertion(b) => match b.kind {
            BoundaryAssertionKind::Start => Node::Start,
            BoundaryAssertionKind::End => Node::End,
            _ => Node::Boundary,
        },
        Term::LookAroundAssertion(look) => match look.kind {
            LookAroundAssertionKind::Lookahead => {
                Node::Look(Box::new(disjunction(&look.body, flags)), true)
            }
            LookAroundAssertionKind::NegativeLookahead => {
                Node::Look(Box::new(disjunction(&look.body, flags)), false)
            }
            _ => Node::LookBehind,
        },
        Term::Quantifier(q) => {
            let max = q.max.map(|m| m.min(1 << 20) as u32);
            Node::Repeat(Box::new(term(&q.body, flags)), q.min.min(1 << 20) as u32, max)
        }
        Term::Character(c) => Node::Set(cased(CharSet::of(c.value), flags)),
        Term::Dot(_) => {
            Node::Set(if flags.dot_all { CharSet::ALL } else { CharSet::line_ends().not() })
        }
        Term::CharacterClassEscape(e) => Node::Set(escape(e.kind)),
        Term::UnicodePropertyEscape(_) => Node::Set(CharSet::words().union(&OTHERS)),
        Term::CharacterClass(class) => Node::Set(cased(self::class(class), flags)),
        Term::CapturingGroup(g) => disjunction(&g.body, flags),
        Term::IgnoreGroup(g) => disjunction(&g.body, flags),
        Term::IndexedReference(_) | Term::NamedReference(_) => Node::Reference,
    }
}

const OTHERS: CharSet = CharSet::OTHERS;

fn cased(set: CharSet, flags: Flags) -> CharSet {
    if flags.ignore_case { set.any_case() } else { set }
}

fn escape(kind: CharacterClassEscapeKind) -> CharSet {
    match kind {
        CharacterClassEscapeKind::D => CharSet::digits(),
        CharacterClassEscapeKind::NegativeD => CharSet::digits().not(),
        CharacterClassEscapeKind::S => CharSet::spaces(),
        CharacterClassEscapeKind::NegativeS => CharSet::spaces().not().with_others(),
        CharacterClassEscapeKind::W => CharSet::words(),
        CharacterClassEscapeKind::NegativeW => CharSet::words().not(),
    }
}

fn class(class_: &CharacterClass<'_>) -> CharSet {
    let mut set = CharSet::EMPTY;
    for item in &class_.body {
        let one = match item {
            CharacterClassContents::CharacterClassRange(r) => {
                CharSet::range(r.min.value, r.max.value)
            }
            CharacterClassContents::CharacterClassEscape(e) => escape(e.kind),
            CharacterClassContents::UnicodePropertyEscape(_) => CharSet::words().union(&OTHERS),
            CharacterClassContents::Character(c) => CharSet::of(c.value),
            CharacterClassContents::NestedCharacterClass(inner) => class(inner),
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
