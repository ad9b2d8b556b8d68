//! Signatures compared character by character.

use crate::check::plugin::{Findings, Source};
use crate::check::rule::{Check, Rule};
use crate::check::rules::{constant_time, signature};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "timing-attack",
    category: Category::Security,
    severity: Severity::Warning,
    class: "timing-attack",
    summary: "A signature is compared with `===`.",
    explanation: "The comparison ends at the first difference; from how long it takes, a sender learns the signature one character after the other.",
    help: "Compare with `crypto.timingSafeEqual`.",
    bad: &[
        (
            "index.js",
            "import { createHmac } from 'crypto';\nexport default class Plugin {\n  async track(input, ctx) {\n    const expected = createHmac('sha256', ctx.secrets.ACME_KEY).update(input.rawBody).digest('hex');\n    return input.signature === expected;\n  }\n}\n",
        ),
        (
            "manifest.json",
            "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"custom\",\n \"description\": \"An example.\",\n \"license\": \"MIT\",\n \"secrets\": [\n  \"ACME_KEY\"\n ]\n}",
        ),
    ],
    good: &[
        (
            "index.js",
            "import { createHmac, timingSafeEqual } from 'crypto';\nexport default class Plugin {\n  async track(input, ctx) {\n    const expected = createHmac('sha256', ctx.secrets.ACME_KEY).update(input.rawBody).digest();\n    return timingSafeEqual(Buffer.from(input.signature, 'hex'), expected);\n  }\n}\n",
        ),
        (
            "manifest.json",
            "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"custom\",\n \"description\": \"An example.\",\n \"license\": \"MIT\",\n \"secrets\": [\n  \"ACME_KEY\"\n ]\n}",
        ),
    ],
    check: Check::File(look),
};

fn look(source: &Source, findings: &mut Findings<'_>) {
    if source.is_test {
        return;
    }
    for comparison in signature::of(source).compared {
        let message = "How long this takes tells where the signature differs";
        if let Some(finding) = findings.code(source, comparison.place, message) {
            finding.fix = constant_time::fix(source, &comparison);
        }
    }
}
