//! Folders that the code uses without a grant.

use crate::check::flow::HOLE;
use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::TreePath;
use crate::model::finding::Category;
use crate::project::ManifestChange;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "undeclared-folder",
    category: Category::Manifest,
    severity: Severity::Error,
    class: "manifest",
    summary: "The code uses a folder that the manifest does not ask for.",
    explanation: "The broker refuses the file. Folders are read from the text of paths, as far as it is constant.",
    help: "Add the folder to `permissions.filesystem`.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    await ctx.files.write('reports/daily.csv', input.text);\n    return 1;\n  }\n}\n",
    )],
    good: &[
        (
            "index.js",
            "export default class Plugin {\n  async track(input, ctx) {\n    await ctx.files.write('reports/daily.csv', input.text);\n    return 1;\n  }\n}\n",
        ),
        (
            "manifest.json",
            "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"custom\",\n \"description\": \"An example.\",\n \"license\": \"MIT\",\n \"permissions\": {\n  \"filesystem\": [\n   \"reports\"\n  ]\n }\n}",
        ),
    ],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    let Some(manifest) = plugin.manifest else { return };
    for usage in &plugin.facts.files {
        let source = &plugin.sources[usage.file as usize];
        let known = usage.text.split(HOLE).next().unwrap_or_default().trim_start_matches("./");
        let is_granted = manifest.permissions.filesystem.iter().any(|folder| {
            let rest = known.strip_prefix(folder.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        });
        // A path that is open from its start may be anywhere; the root has no name to grant.
        let folder = known.rsplit_once('/').and_then(|(folder, _)| TreePath::new(folder).ok());
        let Some(folder) = folder.filter(|_| !is_granted && !source.is_test) else { continue };
        let message = format!("The folder `{folder}` is used here without a permission");
        let change = ManifestChange::Add(&["permissions", "filesystem"], folder.as_str());
        let fix = plugin.manifest_fix(format!("grant `{folder}`"), change);
        if let Some(finding) = findings.code(source, usage.place, message) {
            finding.fix = fix;
        }
    }
}
