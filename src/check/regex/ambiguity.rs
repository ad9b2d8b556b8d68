//! Whether a backtracking engine may take exponential or polynomial time.
//!
//! Exponential: from some state, one text leads back to it in two ways. Found in the product of the
//! automaton with itself: a pair of different states on a cycle with the pair of the state with
//! itself. Polynomial: one text loops at a state, leads from it to a second one, and loops there.
//! Found in the triple product. Both only matter where what follows can fail. Weber and Seidl, "On
//! the degree of ambiguity of finite automata" (1991), has the criteria. Steps are bounded.

use std::collections::{HashMap, HashSet};

use super::automaton::{Automaton, Position, build};
use super::tree::parse;

/// How bad it can get.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Danger {
    /// Time doubles with each repetition.
    Exponential,
    /// Time grows with a power of the length.
    Polynomial,
}

/// Longest text, and most sets of states, that are tried to make a match fail.
const MAX_TAIL: u32 = 3;
const MAX_SEEN: usize = 24;

/// Most edges of the product that are walked.
const MAX_STEPS: usize = 400_000;

/// The danger of an expression, if it has any. Polynomial danger is only looked for when asked.
pub(crate) fn danger(pattern: &str, flags: &str, polynomial: bool) -> Option<Danger> {
    if !pattern.contains(['*', '+', '{']) {
        return None;
    }
    let node = parse(pattern, flags)?;
    let automaton = build(&node)?;
    let mut steps = MAX_STEPS;
    if is_exponential(&automaton, &mut steps) {
        return Some(Danger::Exponential);
    }
    let is_sticky = flags.contains('y');
    if polynomial && is_polynomial(&automaton, is_sticky, &mut steps) {
        return Some(Danger::Polynomial);
    }
    None
}

/// Components of states that can reach each other, by state; 0 for states on no cycle.
fn components(automaton: &Automaton) -> Vec<u32> {
    let n = automaton.sets.len();
    // Reachability by depth-first search from each state; there are at most a few hundred.
    let reach: Vec<HashSet<Position>> = (0..n)
        .map(|start| {
            let mut seen = HashSet::new();
            let mut stack: Vec<Position> = automaton.next[start].iter().map(|(p, _)| *p).collect();
            while let Some(p) = stack.pop() {
                if seen.insert(p) {
                    stack.extend(automaton.next[p as usize].iter().map(|(q, _)| *q));
                }
            }
            seen
        })
        .collect();
    let mut component = vec![0; n];
    let mut count = 0;
    for p in 0..n {
        if component[p] != 0 || !reach[p].contains(&(p as Position)) {
            continue;
        }
        count += 1;
        for (q, own) in component.iter_mut().enumerate() {
            let (a, b) = (p as Position, q as Position);
            if reach[p].contains(&b) && reach[q].contains(&a) {
                *own = count;
            }
        }
    }
    component
}

fn is_exponential(automaton: &Automaton, steps: &mut usize) -> bool {
    let component = components(automaton);
    let ends: HashSet<Position> = automaton.last.iter().copied().collect();
    let n = automaton.sets.len() as Position;
    for pivot in 0..n {
        let own = component[pivot as usize];
        // Where the match may end at once, nothing is tried again.
        if own == 0 || ends.contains(&pivot) {
            continue;
        }
        if returns_twice(automaton, &component, pivot, own, steps) {
            return true;
        }
    }
    false
}

/// Whether one text leads from `pivot` back to it in two ways.
fn returns_twice(
    automaton: &Automaton,
    component: &[u32],
    pivot: Position,
    own: u32,
    steps: &mut usize,
) -> bool {
    // Pairs reached, whether the two ways differ so far, and how they were reached.
    let mut came: HashMap<Pair, (Pair, u8)> = HashMap::new();
    let start = (pivot, pivot, false);
    let mut stack = vec![start];
    let mut tries = 0;
    while let Some(pair) = stack.pop() {
        let (a, b, differs) = pair;
        for (x, twice_x) in &automaton.next[a as usize] {
            if component[*x as usize] != own {
                continue;
            }
            for (y, _) in &automaton.next[b as usize] {
                if *steps == 0 {
                    return false;
                }
                *steps -= 1;
                if component[*y as usize] != own {
                    continue;
                }
                let common = automaton.sets[*x as usize].and(&automaton.sets[*y as usize]);
                if common.is_empty() {
                    continue;
                }
                let now = differs || x != y || a == b && *twice_x;
                let next = (*x, *y, now);
                let is_new = !came.contains_key(&next);
                if is_new {
                    came.insert(next, (pair, common.sample()));
                    stack.push(next);
                }
                if now && *x == pivot && *y == pivot {
                    let mut word = word_to(&came, pair, start);
                    word.push(common.sample());
                    if can_fail(automaton, pivot, &word) {
                        return true;
                    }
                    tries += 1;
                    if tries > 6 {
                        return false;
                    }
                }
            }
        }
    }
    false
}

type Pair = (Position, Position, bool);

/// The text that led from `start` to `pair`.
fn word_to(came: &HashMap<Pair, (Pair, u8)>, mut pair: Pair, start: Pair) -> Vec<u8> {
    let mut word = Vec::new();
    while pair != start && word.len() < 200 {
        let Some((before, c)) = came.get(&pair) else { break };
        word.push(*c);
        pair = *before;
    }
    word.reverse();
    word
}

/// Whether, after the word was repeated, the match can still fail: no way has reached the end, and
/// some next character, or none, lets none of them.
fn can_fail(automaton: &Automaton, pivot: Position, word: &[u8]) -> bool {
    let ends: HashSet<Position> = automaton.last.iter().copied().collect();
    let mut at: HashSet<Position> = HashSet::from([pivot]);
    for _ in 0..4 {
        for c in word {
            at = step(automaton, &at, *c);
            if at.iter().any(|p| ends.contains(p)) {
                return false;
            }
        }
    }
    let at_end: HashSet<Position> = automaton.last_at_end.iter().copied().collect();
    if !at.iter().any(|p| at_end.contains(p)) {
        return true;
    }
    // Some text after it may lead nowhere, or to where it must not end.
    let mut seen: HashSet<Vec<Position>> = HashSet::new();
    let mut waiting = vec![(at, 0)];
    while let Some((at, length)) = waiting.pop() {
        for c in 0..=255u8 {
            let after = step(automaton, &at, c);
            if after.iter().any(|p| ends.contains(p)) {
                continue;
            }
            if !after.iter().any(|p| at_end.contains(p)) {
                return true;
            }
            let mut key: Vec<Position> = after.iter().copied().collect();
            key.sort_unstable();
            if length < MAX_TAIL && seen.len() < MAX_SEEN && seen.insert(key) {
                waiting.push((after, length + 1));
            }
        }
    }
    false
}

fn step(automaton: &Automaton, at: &HashSet<Position>, c: u8) -> HashSet<Position> {
    let next = at.iter().flat_map(|p| &automaton.next[*p as usize]);
    next.filter(|(q, _)| automaton.sets[*q as usize].has(c)).map(|(q, _)| *q).collect()
}

fn is_polynomial(automaton: &Automaton, is_sticky: bool, steps: &mut usize) -> bool {
    let component = components(automaton);
    let ends: HashSet<Position> = automaton.last.iter().copied().collect();
    let n = automaton.sets.len() as Position;
    let loops: Vec<Position> = (0..n).filter(|p| component[*p as usize] != 0).collect();
    // Without anchor the engine starts again at each character: that is a loop of its own.
    if !automaton.is_anchored && !is_sticky {
        for q in &loops {
            if !ends.contains(q) && starts_anywhere(automaton, &component, *q, steps) {
                return true;
            }
        }
    }
    for p in &loops {
        for q in &loops {
            if p != q
                && component[*p as usize] != component[*q as usize]
                && !ends.contains(q)
                && leads_over(automaton, *p, *q, steps)
            {
                return true;
            }
        }
    }
    false
}

/// Whether a text that loops at `q` is also one that the expression can begin with and reach `q`.
fn starts_anywhere(
    automaton: &Automaton,
    component: &[u32],
    q: Position,
    steps: &mut usize,
) -> bool {
    // Pairs: the way from the start to q, and the way from q to q.
    let own = component[q as usize];
    let mut seen: HashSet<(Option<Position>, Position)> = HashSet::new();
    let mut stack: Vec<(Option<Position>, Position)> = vec![(None, q)];
    while let Some((a, b)) = stack.pop() {
        let from_start: Vec<Position> = match a {
            None => automaton.first.iter().map(|(p, _)| *p).collect(),
            Some(a) => automaton.next[a as usize].iter().map(|(p, _)| *p).collect(),
        };
        for x in from_start {
            for (y, _) in &automaton.next[b as usize] {
                if *steps == 0 {
                    return false;
                }
                *steps -= 1;
                if component[*y as usize] != own
                    || automaton.sets[x as usize].and(&automaton.sets[*y as usize]).is_empty()
                {
                    continue;
                }
                if x == q && *y == q {
                    return true;
                }
                if seen.insert((Some(x), *y)) {
                    stack.push((Some(x), *y));
                }
            }
        }
    }
    false
}

/// Whether one text leads from p to p, from p to q, and from q to q.
fn leads_over(automaton: &Automaton, p: Position, q: Position, steps: &mut usize) -> bool {
    let mut seen: HashMap<(Position, Position, Position), ()> = HashMap::new();
    let mut stack = vec![(p, p, q)];
    while let Some((a, b, c)) = stack.pop() {
        for (x, _) in &automaton.next[a as usize] {
            for (y, _) in &automaton.next[b as usize] {
                let both = automaton.sets[*x as usize].and(&automaton.sets[*y as usize]);
                if both.is_empty() {
                    continue;
                }
                for (z, _) in &automaton.next[c as usize] {
                    if *steps == 0 {
                        return false;
                    }
                    *steps -= 1;
                    if both.and(&automaton.sets[*z as usize]).is_empty() {
                        continue;
                    }
                    if *x == p && *y == q && *z == q {
                        return true;
                    }
                    if seen.insert((*x, *y, *z), ()).is_none() {
                        stack.push((*x, *y, *z));
                    }
                }
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exponential_expressions_are_found() {
        for bad in [
            "(a+)+$",
            "(a|a)*$",
            "(a|aa)+$",
            "^(\\w+\\s?)*$",
            "(x+x+)+y",
            "^([a-z]|[0-9]|\\w)+$",
            "(\"[^\"]*\"|[^ ])+=",
            "(a*)*b",
            "^(a{1,3})*$",
            "(.*)+x",
            "((a|b)*c?)*d",
            "^(\\/w|[^<>])+$",
            "([^X]+)*$",
            "^([\\s\\[]|#.*)*$",
        ] {
            assert_eq!(danger(bad, "", false), Some(Danger::Exponential), "{bad}");
        }
    }

    #[test]
    fn harmless_expressions_are_not() {
        for good in [
            "^[a-z]+$",
            "^(a|b)*$",
            "^(\\d+-)*\\d+$",
            "^\\w+(\\.\\w+)*@",
            "(a+)+",
            "^(ab|cd)+$",
            "^[^,]+(,[^,]+)*$",
            "^t=(\\d{1,12}),v1=([0-9a-f]{64})$",
            "(a|b)+?",
            "^(?:a,)*$",
            "(",
        ] {
            assert_ne!(danger(good, "", false), Some(Danger::Exponential), "{good}");
        }
    }

    #[test]
    fn polynomial_expressions_are_found_when_asked() {
        for bad in ["\\s+$", "^a*a*b$", "^\\s*(.*)\\s*;$", "x.*y.*z"] {
            assert_eq!(danger(bad, "", true), Some(Danger::Polynomial), "{bad}");
            assert_eq!(danger(bad, "", false), None, "{bad}");
        }
        for good in ["^\\s+", "^[a-z]+$", "^a*b*$", "\\d{1,3}x", "^\\d+\\.\\d+$"] {
            assert_eq!(danger(good, "", true), None, "{good}");
        }
    }

    #[test]
    fn hostile_expressions_end() {
        let long = format!("^({})*$", "(a|b|ab)?".repeat(300));
        let _ = danger(&long, "", true);
        let deep = format!("{}a{}", "(".repeat(5_000), ")*".repeat(5_000));
        let _ = danger(&deep[..deep.len().min(900)], "", true);
    }
}
