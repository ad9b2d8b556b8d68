//! What a match, or its absence, says about a text.

use super::charset::CharSet;
use super::tree::{Flags, Node, parse};
use crate::check::flow::{fixes_host, sink};

/// Sinks that a text cannot harm when the expression matched it (`outcome`), or did not.
pub(crate) fn matches_mean(pattern: &str, flags: &str, outcome: bool) -> u32 {
    let Some(node) = parse(pattern, flags) else { return 0 };
    let flags = Flags::of(flags);
    if outcome {
        let choices = match &node {
            Node::Choice(list) => list.iter().collect(),
            other => vec![other],
        };
        return choices.iter().fold(!0, |mask, choice| mask & whole(choice, flags));
    }
    absence(&node)
}

fn whole(node: &Node, flags: Flags) -> u32 {
    let list: Vec<&Node> = match node {
        Node::Sequence(list) => list.iter().collect(),
        other => vec![other],
    };
    let starts = matches!(list.first(), Some(Node::Start));
    let ends = matches!(list.last(), Some(Node::End));
    if starts && ends && !flags.multiline {
        let mut set = CharSet::EMPTY;
        if list.iter().all(|n| collect(n, &mut set)) {
            let mut mask = set.harmless_to();
            // Only fixed words: nothing can be chosen.
            if list.iter().all(|n| is_fixed(n)) {
                mask |= sink::ALL;
            }
            return mask | prefix_mask(&list);
        }
    }
    if starts { prefix_mask(&list) } else { 0 }
}

/// What a fixed start says: the host is fixed.
fn prefix_mask(list: &[&Node]) -> u32 {
    let mut prefix = String::new();
    for node in list.iter().skip(1) {
        match node {
            Node::Set(set) => {
                let mut only = (0..=255u8).filter(|c| set.has(*c));
                match (only.next(), only.next()) {
                    (Some(c), None) => prefix.push(char::from(c)),
                    _ => break,
                }
            }
            // https?
            Node::Repeat(_, 0, Some(1)) => {}
            _ => break,
        }
    }
    if fixes_host(&prefix) { sink::URL | sink::REDIRECT } else { 0 }
}

/// Whether only a fixed number of texts match.
fn is_fixed(node: &Node) -> bool {
    match node {
        Node::Set(set) => (0..=255u8).filter(|c| set.has(*c)).count() <= 2 && !set.has_others(),
        Node::Sequence(list) | Node::Choice(list) => list.iter().all(is_fixed),
        Node::Repeat(inner, _, max) => max.is_some_and(|m| m <= 1) && is_fixed(inner),
        Node::Start | Node::End | Node::Boundary => true,
        _ => false,
    }
}

/// Adds every character that can be matched. False when that is not known.
fn collect(node: &Node, set: &mut CharSet) -> bool {
    match node {
        Node::Set(own) => {
            *set = set.union(own);
            true
        }
        Node::Sequence(list) | Node::Choice(list) => list.iter().all(|n| collect(n, set)),
        Node::Repeat(inner, ..) => collect(inner, set),
        Node::Start | Node::End | Node::Boundary | Node::Look(..) | Node::LookBehind => true,
        Node::Reference => true,
    }
}

/// The one set of characters that an expression looks for anywhere.
fn single(node: &Node) -> Option<CharSet> {
    match node {
        Node::Set(set) => Some(*set),
        Node::Repeat(inner, min, _) if *min <= 1 => single(inner),
        Node::Choice(list) => {
            let mut all = CharSet::EMPTY;
            for item in list {
                all = all.union(&single(item)?);
            }
            Some(all)
        }
        _ => None,
    }
}

/// The text an expression spells, when it spells just one.
fn spelled(node: &Node) -> Option<String> {
    let list: Vec<&Node> = match node {
        Node::Sequence(list) => list.iter().collect(),
        other => vec![other],
    };
    let mut text = String::new();
    for node in list {
        match node {
            Node::Set(set) => {
                let mut only = (0..=255u8).filter(|c| set.has(*c));
                match (only.next(), only.next()) {
                    (Some(c), None) => text.push(char::from(c)),
                    // `[/\\]`, either slash
                    (Some(b'/'), Some(b'\\')) => text.push('/'),
                    _ => return None,
                }
            }
            Node::Repeat(inner, 1, _) => text.push_str(&spelled(inner)?),
            Node::Repeat(_, 0, _) => {}
            Node::Start => text.push('^'),
            _ => return None,
        }
    }
    Some(text)
}

/// What it says that an expression matches nowhere.
fn absence(node: &Node) -> u32 {
    if let Some(set) = single(node) {
        return set.not().harmless_to();
    }
    let of = |text: &str| match text {
        ".." | "../" | "." | "^.." | "^../" => sink::DOTS,
        "^/" => sink::RELATIVE,
        "__proto__" => sink::KEY_PROTO,
        "constructor" | "prototype" => sink::KEY_CONSTRUCTOR,
        _ => 0,
    };
    match node {
        Node::Choice(list) => list
            .iter()
            .map(|n| spelled(n).map_or_else(|| absence(n), |t| of(&t)))
            .fold(0, |a, b| a | b),
        other => spelled(other).map_or(0, |t| of(&t)),
    }
}

/// Sinks that a text cannot harm after `replace(/pattern/flags, fixed text)`.
pub(crate) fn replacing_means(pattern: &str, flags: &str, all: bool) -> u32 {
    let parsed = Flags::of(flags);
    if !parsed.global && !all {
        return 0;
    }
    match parse(pattern, flags) {
        Some(node) => {
            let mask = absence(&node);
            // Without dots there is no way up.
            if mask & sink::DOTS != 0 { mask | sink::PATH } else { mask }
        }
        None => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchored_matches_bound_the_characters() {
        let safe = |p: &str, f: &str| matches_mean(p, f, true);
        assert!(safe("^[a-z0-9-]+$", "i") & sink::SQL != 0);
        assert!(safe("^[a-z0-9-]+$", "") & sink::COMMAND != 0);
        assert!(safe("^\\d+$", "") & (sink::PATH | sink::URL) == sink::PATH | sink::URL);
        assert_eq!(safe("[a-z]+", "") & sink::SQL, 0);
        assert_eq!(safe("^[a-z]+$", "m") & sink::SQL, 0);
        assert_eq!(safe("^[a-z]+$|x", "") & sink::SQL, 0);
        assert_eq!(safe("^.*$", "") & sink::SQL, 0);
        assert!(safe("^https:\\/\\/example\\.com\\/", "") & sink::URL != 0);
        assert_eq!(safe("^https:\\/\\/example\\.com", "") & sink::URL, 0);
        assert_eq!(safe("(", "") & sink::SQL, 0);
    }

    #[test]
    fn absence_of_characters_is_what_is_left() {
        let safe = |p: &str| matches_mean(p, "", false);
        assert!(safe("[^a-z]") & sink::SQL != 0);
        assert!(safe("\\.\\.") & sink::DOTS != 0);
        assert!(safe("[<>\"']") & sink::HTML != 0);
        assert_eq!(safe("x") & sink::SQL, 0);
        assert!(replacing_means("[^\\w]", "g", false) & sink::COMMAND != 0);
        assert_eq!(replacing_means("[^\\w]", "", false), 0);
    }
}
