//! Jobs that never rest.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "cron-too-often",
    category: Category::Performance,
    severity: Severity::Warning,
    class: "performance",
    summary: "A cron job runs every minute.",
    explanation: "A shop with twenty such plugins starts twenty sandboxes a minute, day and night.",
    help: "Run it every five minutes or less often, or listen to a hook.",
    bad: &[
        (
            "manifest.json",
            "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"custom\",\n \"description\": \"An example.\",\n \"license\": \"MIT\",\n \"cron\": [\n  {\n   \"name\": \"sync\",\n   \"schedule\": \"* * * * *\",\n   \"handler\": \"sync\"\n  }\n ]\n}",
        ),
        ("index.js", "export default class Plugin {\n  async sync() {}\n}\n"),
    ],
    good: &[
        (
            "manifest.json",
            "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"custom\",\n \"description\": \"An example.\",\n \"license\": \"MIT\",\n \"cron\": [\n  {\n   \"name\": \"sync\",\n   \"schedule\": \"*/15 * * * *\",\n   \"handler\": \"sync\"\n  }\n ]\n}",
        ),
        ("index.js", "export default class Plugin {\n  async sync() {}\n}\n"),
    ],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    let Some(manifest) = plugin.manifest else { return };
    for (index, job) in manifest.cron.iter().enumerate() {
        let minutes = job.schedule.split_whitespace().next().unwrap_or_default();
        if matches!(minutes, "*" | "*/1") {
            let pointer = format!("/cron/{index}/schedule");
            findings.manifest(plugin, &pointer, format!("`{}` runs every minute", job.name));
        }
    }
}
