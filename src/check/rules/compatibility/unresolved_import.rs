//! Imports that lead nowhere.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;
use crate::script;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "unresolved-import",
    category: Category::Compatibility,
    severity: Severity::Error,
    class: "compatibility",
    summary: "An import leads neither to a file of the plugin nor to a module of the platform.",
    explanation: "Modules of Node that open files, sockets or processes do not exist in the sandbox; packages are bundled when a plugin is packed, from `node_modules`.",
    help: "Correct the path, or use what the message names.",
    bad: &[(
        "index.js",
        "import fs from 'fs';\nexport default class Plugin {\n  read() { return fs.readFileSync('x'); }\n}\n",
    )],
    good: &[(
        "index.js",
        "import { createHash } from 'crypto';\nexport default class Plugin {\n  hash(x) { return createHash('sha256').update(x).digest('hex'); }\n}\n",
    )],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    let packages = super::package_names(plugin);
    for source in plugin.sources {
        for (place, name) in super::imports(source) {
            if let Err(reason) = script::resolve_import(plugin.files, source.path.as_str(), &name) {
                let package = name
                    .split('/')
                    .take(if name.starts_with('@') { 2 } else { 1 })
                    .collect::<Vec<_>>()
                    .join("/");
                // Declared packages are bundled when the plugin is packed.
                if packages.contains(&package) {
                    continue;
                }
                findings.code(source, place, format!("`{name}` cannot be imported: {reason}"));
            }
        }
    }
}
