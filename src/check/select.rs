//! Which rules run: by id, by the name of a check, or by a pattern with `*` and `?`.

use super::foreign::Linter;
use super::rule::Rule;
use super::rules::RULES;
use crate::model::finding::Category;

/// Whether a selector names a rule.
pub(crate) fn selects(selector: &str, rule: &Rule) -> bool {
    selects_id(selector, rule.category, rule.id)
}

/// Whether a selector names the rule with this id, which may be one of the author's own linter.
pub(super) fn selects_id(selector: &str, category: Category, id: &str) -> bool {
    selector == category.word() || matches_pattern(selector, id)
}

/// Whether a selector names any rule at all.
pub(crate) fn selects_any(selector: &str) -> bool {
    Linter::has_rule(selector) || RULES.iter().any(|rule| selects(selector, rule))
}

/// `*` stands for any text, `?` for one character. Takes time in proportion to both lengths.
fn matches_pattern(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let (mut at, mut seen) = (0, 0);
    // Where the last `*` stands, and what it has taken so far.
    let mut star: Option<(usize, usize)> = None;
    while seen < text.len() {
        match pattern.get(at) {
            Some(b'*') => {
                star = Some((at, seen));
                at += 1;
            }
            Some(byte) if *byte == b'?' || *byte == text[seen] => {
                at += 1;
                seen += 1;
            }
            _ => match &mut star {
                Some((back, taken)) => {
                    *taken += 1;
                    seen = *taken;
                    at = *back + 1;
                }
                None => return false,
            },
        }
    }
    pattern[at..].iter().all(|byte| *byte == b'*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_whole_ids() {
        for (pattern, text, fits) in [
            ("sql-injection", "sql-injection", true),
            ("*-injection", "sql-injection", true),
            ("sql*", "sql-injection", true),
            ("s?l-*n", "sql-injection", true),
            ("*", "", true),
            ("", "", true),
            ("sql", "sql-injection", false),
            ("injection", "sql-injection", false),
            ("*-injections", "sql-injection", false),
            ("?", "", false),
        ] {
            assert_eq!(matches_pattern(pattern, text), fits, "{pattern} {text}");
        }
        assert!(!matches_pattern(&"*a".repeat(40), &"a".repeat(39).as_str()[..39]));
    }

    #[test]
    fn checks_can_be_named() {
        assert!(selects_any("security") && selects_any("manifest-*") && !selects_any("nothing"));
    }
}
