//! Listeners of a package that never run.

use crate::check::hooks::{self, HookKind};
use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "package-event",
    category: Category::Compatibility,
    severity: Severity::Error,
    class: "compatibility",
    summary: "A listener or filter of a DainoStore package waits for a name that the host does not have.",
    explanation: "`product.viewed`, `order.completed` and `customer.registered` are names of older texts; nothing fires them.",
    help: "Use the name of the catalogue that the message gives.",
    bad: &[(
        "package/acme.json",
        "{\n \"packageVersion\": \"1.0.0\",\n \"plugin\": {\n  \"name\": \"Acme\",\n  \"slug\": \"acme-plugin\",\n  \"version\": \"1.0.0\",\n  \"manifest\": {\n   \"version\": \"1.0.0\"\n  }\n },\n \"events\": [\n  {\n   \"eventName\": \"order.completed\",\n   \"listenerCode\": \"(data) => { console.log(data); }\"\n  }\n ]\n}\n",
    )],
    good: &[(
        "package/acme.json",
        "{\n \"packageVersion\": \"1.0.0\",\n \"plugin\": {\n  \"name\": \"Acme\",\n  \"slug\": \"acme-plugin\",\n  \"version\": \"1.0.0\",\n  \"manifest\": {\n   \"version\": \"1.0.0\"\n  }\n },\n \"events\": [\n  {\n   \"eventName\": \"cart.viewed\",\n   \"listenerCode\": \"(data) => { console.log(data); }\"\n  }\n ]\n}\n",
    )],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    for package in plugin.packages {
        for (list, key) in [("events", "eventName"), ("hooks", "hookName")] {
            for (pointer, row) in package.rows(list) {
                let name = row.get(key).and_then(|v| v.as_str()).unwrap_or_default();
                let message = match hooks::hook(name) {
                    HookKind::Fires => continue,
                    HookKind::Silent => format!("The shop knows `{name}` and never fires it"),
                    HookKind::Alias(other) => {
                        format!("There is no `{name}`; it is called `{other}`")
                    }
                    HookKind::Unknown => format!("There is no `{name}`"),
                };
                findings.at(package.path, package.span(&format!("{pointer}/{key}")), message);
            }
        }
    }
}
