//! Webhooks that anybody can send.

use crate::check::ir::Place;
use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::check::rules::signature;
use crate::model::PluginType;
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "unverified-webhook",
    category: Category::Security,
    severity: Severity::Error,
    class: "unverified-webhook",
    summary: "A payment plugin takes webhooks and verifies no signature.",
    explanation: "Whoever knows the address can then say that an order was paid. Somewhere in the code, other than in tests, a signature has to be computed and compared: `createHmac` with `timingSafeEqual`, or `crypto.subtle.verify`.",
    help: "Verify the signature of the raw body before anything of it is believed.",
    bad: &[
        (
            "index.js",
            "export default class Plugin {\n  async processPayment() {}\n  async refund() {}\n  async webhook(input, ctx) {\n    return { status: 200, result: input.type };\n  }\n}\n",
        ),
        (
            "manifest.json",
            "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"payment-gateway\",\n \"description\": \"An example.\",\n \"license\": \"MIT\"\n}",
        ),
    ],
    good: &[
        (
            "index.js",
            "import { createHmac, timingSafeEqual } from 'crypto';\nexport default class Plugin {\n  async processPayment() {}\n  async refund() {}\n  async webhook(input, ctx) {\n    const expected = createHmac('sha256', ctx.secrets.ACME_KEY).update(input.rawBody).digest();\n    const isSigned = timingSafeEqual(expected, Buffer.from(input.signature, 'hex'));\n    return { status: isSigned ? 200 : 401 };\n  }\n}\n",
        ),
        (
            "manifest.json",
            "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"payment-gateway\",\n \"description\": \"An example.\",\n \"license\": \"MIT\",\n \"secrets\": [\n  \"ACME_KEY\"\n ]\n}",
        ),
    ],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    if plugin.manifest.is_none_or(|m| m.kind != PluginType::PaymentGateway) {
        return;
    }
    let own: Vec<_> = plugin.sources.iter().filter(|s| !s.is_test).collect();
    if own.iter().any(|s| s.module.is_none()) {
        return;
    }
    let found: Vec<_> = own.iter().map(|s| signature::of(s)).collect();
    // Compared with `===` it is verified, if badly: `timing-attack` says so.
    let verifies = found.iter().any(|f| f.verifies)
        || found.iter().any(|f| f.computes) && found.iter().any(|f| !f.compared.is_empty());
    let entry = plugin.entry();
    if !verifies && let Some(source) = plugin.source(entry.as_str()) {
        let start = source.text.find("webhook").unwrap_or(0) as u32;
        let place = Place { start, end: start + 7 };
        findings.code(source, place, "Nothing verifies the signature of a webhook");
    }
}
