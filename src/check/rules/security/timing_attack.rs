//! Signatures compared character by character.

use crate::check::flow::last_word;
use crate::check::ir::{Binary, Expr, ExprKind, Visitor, visit_module};
use crate::check::plugin::{Findings, Source};
use crate::check::rule::{Check, Rule};
use crate::check::rules::constant_time::{self, Comparison};
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
    struct Found<'s>(&'s Source, Vec<Comparison>);
    impl Visitor for Found<'_> {
        fn expression(&mut self, expr: &Expr) {
            let ExprKind::Binary(Binary::Equal | Binary::Unequal, a, b) = &expr.kind else {
                return;
            };
            let is_fixed = |e: &Expr| {
                !matches!(
                    e.kind,
                    ExprKind::Symbol(_)
                        | ExprKind::Member(..)
                        | ExprKind::Call(_)
                        | ExprKind::Index(..)
                        | ExprKind::Template(_)
                )
            };
            let names = |e: &Expr| {
                let word = last_word(self.0.slice(e.place)).to_ascii_lowercase();
                ["signature", "hmac", "digest"].iter().any(|w| word.ends_with(w))
            };
            if !is_fixed(a) && !is_fixed(b) && (names(a) || names(b)) {
                self.1.push(Comparison {
                    place: expr.place,
                    sides: [a.place, b.place],
                    is_equal: matches!(expr.kind, ExprKind::Binary(Binary::Equal, ..)),
                });
            }
        }
    }
    let Some(module) = source.module.as_ref().filter(|_| !source.is_test) else { return };
    let mut found = Found(source, Vec::new());
    visit_module(module, &mut found);
    for comparison in found.1 {
        let message = "How long this takes tells where the signature differs";
        if let Some(finding) = findings.code(source, comparison.place, message) {
            finding.fix = constant_time::fix(source, &comparison);
        }
    }
}
