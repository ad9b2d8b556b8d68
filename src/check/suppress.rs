//! `// daino-ignore RULE: reason` takes back findings of its own line and of the next one.

use super::plugin::Source;

/// One suppression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Suppression {
    /// The rule it names.
    pub rule: String,
    /// Why; empty when no reason was given.
    pub reason: String,
    /// Line of the comment, from 1.
    pub line: u32,
}

const MARK: &str = "daino-ignore";

/// The suppressions of a file of code.
pub(crate) fn suppressions(source: &Source) -> Vec<Suppression> {
    let Some(module) = &source.module else { return Vec::new() };
    let mut found = Vec::new();
    for place in &module.comments {
        let text = source.slice(*place);
        let Some(at) = text.find(MARK) else { continue };
        let rest = text[at + MARK.len()..].trim_end_matches("*/").trim();
        let (rules, reason) = rest.split_once(':').unwrap_or((rest, ""));
        let line = source.lines.line(place.end.saturating_sub(1));
        for rule in rules.split([',', ' ']).filter(|r| !r.is_empty()) {
            found.push(Suppression {
                rule: rule.to_owned(),
                reason: reason.trim().to_owned(),
                line,
            });
        }
    }
    found
}
