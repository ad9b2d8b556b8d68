//! What is under the pointer: the page of a rule, or the meaning of a manifest's key.

use serde_json::{Value, json};

use super::documents::Plugin;
use super::json::spot;
use super::{complete, position};
use crate::check::RULES;
use crate::model::{Finding, TreePath};
use crate::project::MANIFEST;

/// Pages of rules at the byte `at`, then the key there.
pub(super) fn hover(plugin: &Plugin, file: &TreePath, text: &str, at: usize) -> Option<Value> {
    let mut parts = Vec::new();
    let mut range = None;
    for finding in plugin.findings.iter().filter(|f| f.file == *file) {
        let place = position::range(text, &finding.span);
        let start = position::offset(text, &place["start"])?;
        let end = position::offset(text, &place["end"])?;
        if (start..=end).contains(&at) {
            parts.push(page(finding));
            range.get_or_insert(place);
        }
    }
    if file.as_str() == MANIFEST {
        let key = spot(text, at).map(|mut spot| {
            if spot.is_key {
                // The pointer is on the key itself.
                spot.key = spot
                    .quoted
                    .and_then(|from| Some(text.get(from..)?.split('"').next()?.to_owned()));
            }
            spot
        });
        parts.extend(key.and_then(|spot| complete::meaning(&spot)));
    }
    if parts.is_empty() {
        return None;
    }
    let mut answer =
        json!({ "contents": { "kind": "markdown", "value": parts.join("\n\n---\n\n") } });
    if let Some(range) = range {
        answer["range"] = range;
    }
    Some(answer)
}

/// What the rule says of itself.
fn page(finding: &Finding) -> String {
    let Some(rule) = RULES.iter().find(|rule| rule.id == finding.rule) else {
        return finding.rule.clone();
    };
    let mut text = format!(
        "**{}** ({}, {})\n\n{}\n\n{}\n\n{}",
        rule.id,
        rule.severity.word(),
        rule.category.word(),
        rule.summary,
        rule.explanation,
        rule.help
    );
    for (head, files) in [("Reported", rule.bad), ("Not reported", rule.good)] {
        for (path, body) in files.iter().filter(|(_, body)| !body.is_empty()) {
            let kind = path.rsplit('.').next().unwrap_or_default();
            let body: String = body.chars().take(1_500).collect();
            text.push_str(&format!(
                "\n\n{head}, `{path}`:\n\n````{kind}\n{}\n````",
                body.trim_end()
            ));
        }
    }
    text
}
