//! The positions of a regular expression, and which can follow which.
//!
//! A Glushkov automaton: one state for each set of characters in the expression. Where two ways lead
//! from one position to the next (`(a*)*`), the edge says so, because a backtracking engine tries
//! both.

use super::charset::CharSet;
use super::tree::Node;

/// A state: a position in the expression.
pub(super) type Position = u16;

/// The automaton of an expression.
#[derive(Debug, Default)]
pub(super) struct Automaton {
    /// What each position reads.
    pub sets: Vec<CharSet>,
    /// What follows each position; true when there are two ways to it.
    pub next: Vec<Vec<(Position, bool)>>,
    /// Where it can begin.
    pub first: Vec<(Position, bool)>,
    /// Where it can end, with nothing left to fulfil.
    pub last: Vec<Position>,
    /// Where it can end when the text ends there, too.
    pub last_at_end: Vec<Position>,
    /// Whether it only begins at the start of the text.
    pub is_anchored: bool,
}

/// Most positions that are looked at.
const MAX_POSITIONS: usize = 400;

/// First, last and emptiness of a part.
#[derive(Debug, Clone, Default)]
struct Part {
    first: Vec<(Position, bool)>,
    last: Vec<Position>,
    last_at_end: Vec<Position>,
    /// Whether it can match nothing.
    empty: bool,
    /// Whether something that is not text must hold at its end.
    demands: bool,
}

/// The automaton of an expression; nothing when it is too large.
pub(super) fn build(node: &Node) -> Option<Automaton> {
    let mut automaton = Automaton::default();
    let part = automaton.part(node, 0)?;
    automaton.first = part.first;
    automaton.last = part.last;
    automaton.last_at_end = part.last_at_end;
    automaton.is_anchored = starts_anchored(node);
    Some(automaton)
}

fn starts_anchored(node: &Node) -> bool {
    match node {
        Node::Start => true,
        Node::Sequence(list) => list.first().is_some_and(starts_anchored),
        Node::Choice(list) => !list.is_empty() && list.iter().all(starts_anchored),
        _ => false,
    }
}

fn add(list: &mut Vec<(Position, bool)>, item: (Position, bool)) {
    match list.iter_mut().find(|(p, _)| *p == item.0) {
        Some(own) => own.1 = true,
        None => list.push(item),
    }
}

impl Automaton {
    fn part(&mut self, node: &Node, depth: u32) -> Option<Part> {
        if depth > 200 {
            return None;
        }
        Some(match node {
            Node::Set(set) => {
                if self.sets.len() >= MAX_POSITIONS {
                    return None;
                }
                let position = self.sets.len() as Position;
                self.sets.push(*set);
                self.next.push(Vec::new());
                Part {
                    first: vec![(position, false)],
                    last: vec![position],
                    last_at_end: vec![position],
                    ..Part::default()
                }
            }
            Node::Sequence(list) => {
                let mut whole = Part { empty: true, ..Part::default() };
                for item in list {
                    let part = self.part(item, depth + 1)?;
                    whole = self.concat(whole, part);
                }
                whole
            }
            Node::Choice(list) => {
                let mut whole = Part::default();
                for item in list {
                    let part = self.part(item, depth + 1)?;
                    part.first.into_iter().for_each(|f| add(&mut whole.first, f));
                    whole.last.extend(part.last);
                    whole.last_at_end.extend(part.last_at_end);
                    whole.empty |= part.empty;
                    whole.demands |= part.demands;
                }
                whole
            }
            Node::Repeat(inner, min, max) => self.repeat(inner, *min, *max, depth)?,
            Node::Start => Part { empty: true, ..Part::default() },
            Node::End | Node::Boundary | Node::Look(..) | Node::LookBehind | Node::Reference => {
                Part { empty: true, demands: true, ..Part::default() }
            }
        })
    }

    fn concat(&mut self, a: Part, b: Part) -> Part {
        for last in &a.last_at_end {
            for first in &b.first {
                add(&mut self.next[*last as usize], *first);
            }
        }
        let mut first = a.first;
        if a.empty {
            b.first.iter().for_each(|f| add(&mut first, *f));
        }
        // What must hold after b keeps a from being the end.
        let mut last = b.last;
        let mut last_at_end = b.last_at_end;
        if b.empty {
            last_at_end.extend(&a.last_at_end);
            if !b.demands {
                last.extend(&a.last);
            }
        }
        Part {
            first,
            last,
            last_at_end,
            empty: a.empty && b.empty,
            demands: a.demands && b.empty || b.demands,
        }
    }

    fn star(&mut self, part: &Part) {
        for last in &part.last_at_end {
            for first in &part.first {
                add(&mut self.next[*last as usize], *first);
            }
        }
    }

    fn repeat(&mut self, inner: &Node, min: u32, max: Option<u32>, depth: u32) -> Option<Part> {
        match (min, max) {
            (_, Some(0)) => return Some(Part { empty: true, ..Part::default() }),
            (0, Some(1)) => {
                let mut part = self.part(inner, depth + 1)?;
                part.empty = true;
                return Some(part);
            }
            (1, Some(1)) => return self.part(inner, depth + 1),
            _ => {}
        }
        // A few copies show what many would: what is needed, and what may follow.
        let needed = min.min(24);
        let mut whole = Part { empty: true, ..Part::default() };
        match max {
            None => {
                for _ in 1..needed {
                    let part = self.part(inner, depth + 1)?;
                    whole = self.concat(whole, part);
                }
                let mut part = self.part(inner, depth + 1)?;
                self.star(&part);
                part.empty |= min == 0;
                Some(self.concat(whole, part))
            }
            Some(max) => {
                for _ in 0..needed {
                    let part = self.part(inner, depth + 1)?;
                    whole = self.concat(whole, part);
                }
                // Each further copy only follows the one before it: `x{0,2}` reads a text one way.
                let more = max.saturating_sub(min).min(3);
                let mut chain = Part { empty: true, ..Part::default() };
                let mut ends: Vec<Position> = Vec::new();
                for copy in 0..more {
                    let part = self.part(inner, depth + 1)?;
                    if copy == 0 {
                        chain.first.clone_from(&part.first);
                    }
                    for end in &ends {
                        for first in &part.first {
                            add(&mut self.next[*end as usize], *first);
                        }
                    }
                    ends.clone_from(&part.last_at_end);
                    chain.last.extend(part.last);
                    chain.last_at_end.extend(part.last_at_end);
                    chain.demands |= part.demands;
                }
                whole = self.concat(whole, chain);
                Some(whole)
            }
        }
    }
}
