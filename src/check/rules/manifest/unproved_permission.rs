//! Uses that nothing can be proved of.

use crate::check::flow::HOLE;
use crate::check::ir::Place;
use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::check::rules::hosts;
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "unproved-permission",
    category: Category::Manifest,
    severity: Severity::Warning,
    class: "manifest",
    summary: "Which table, host or folder the code uses is only known when it runs.",
    explanation: "Then nobody can say before whether the manifest asks for enough, or for too much: a shop has to trust its list. The broker decides at each call.",
    help: "Choose from names that stand in the code, or say in the README what decides.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    const answer = await ctx.fetch(input.url);\n    return answer.ok;\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    const answer = await ctx.fetch('https://api.example.com/items');\n    return answer.ok;\n  }\n}\n",
    )],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    let facts = plugin.facts;
    for usage in &facts.urls {
        let source = &plugin.sources[usage.file as usize];
        if !source.is_test && !hosts::is_relative(&usage.text) && hosts::of(&usage.text).is_none() {
            findings.code(source, usage.place, "Which host this calls is known when it runs");
        }
    }
    for usage in &facts.files {
        let source = &plugin.sources[usage.file as usize];
        if !source.is_test && usage.text.starts_with(HOLE) {
            findings.code(source, usage.place, "Which folder this uses is known when it runs");
        }
    }
    let entry = plugin.entry();
    let Some(source) = plugin.source(entry.as_str()) else { return };
    for (is_unknown, what) in [
        (facts.unknown_sql, "Some table is only known when the code runs"),
        (facts.unknown_urls, "Some host is only known when the code runs"),
        (facts.unknown_files, "Some folder is only known when the code runs"),
    ] {
        if is_unknown {
            findings.code(source, Place::default(), what);
        }
    }
}
