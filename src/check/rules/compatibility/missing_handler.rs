//! Handlers that are not there.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;
use crate::project::nearest;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "missing-handler",
    category: Category::Compatibility,
    severity: Severity::Error,
    class: "compatibility",
    summary: "The manifest names a handler that does not exist.",
    explanation: "A handler is a method of the entry, or a file of the plugin. Hooks, routes and cron jobs without one fail when they are called.",
    help: "Correct the name, or add the method or file.",
    bad: &[
        (
            "manifest.json",
            "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"custom\",\n \"description\": \"An example.\",\n \"license\": \"MIT\",\n \"hooks\": {\n  \"order.payment\": \"onPay\"\n },\n \"permissions\": {\n  \"hooks\": [\n   \"order.payment\"\n  ]\n }\n}",
        ),
        ("index.js", "export default class Plugin {\n  async onPayment(payload, ctx) {}\n}\n"),
    ],
    good: &[
        (
            "manifest.json",
            "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"custom\",\n \"description\": \"An example.\",\n \"license\": \"MIT\",\n \"hooks\": {\n  \"order.payment\": \"onPayment\"\n },\n \"permissions\": {\n  \"hooks\": [\n   \"order.payment\"\n  ]\n }\n}",
        ),
        ("index.js", "export default class Plugin {\n  async onPayment(payload, ctx) {}\n}\n"),
    ],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    let Some(manifest) = plugin.manifest else { return };
    let entry = plugin.entry();
    let exported = super::exported(plugin, entry.as_str());
    let mut check = |pointer: String, handler: &str, what: String| {
        if plugin.files.contains(handler) {
            return;
        }
        let looks_like_file =
            handler.contains('/') || handler.ends_with(".js") || handler.ends_with(".ts");
        if looks_like_file {
            findings.manifest(
                plugin,
                &pointer,
                format!("{what} names the file `{handler}`, which does not exist"),
            );
            return;
        }
        let Some(exported) = &exported else { return };
        if exported.names.contains(handler) || exported.is_open || !exported.is_known {
            return;
        }
        let mut message =
            format!("{what} names the method `{handler}`, which the entry does not have");
        if let Some(meant) = nearest(handler, exported.names.iter().map(String::as_str)) {
            message.push_str(&format!("; did you mean `{meant}`?"));
        }
        findings.manifest(plugin, &pointer, message);
    };
    for (hook, handler) in &manifest.hooks {
        check(format!("/hooks/{hook}"), handler, format!("The hook `{hook}`"));
    }
    for (index, route) in manifest.routes.iter().enumerate() {
        let what = format!("The route `{} {}`", route.method, route.path);
        check(format!("/routes/{index}/handler"), &route.handler, what);
    }
    for (index, job) in manifest.cron.iter().enumerate() {
        check(
            format!("/cron/{index}/handler"),
            &job.handler,
            format!("The cron job `{}`", job.name),
        );
    }
}
