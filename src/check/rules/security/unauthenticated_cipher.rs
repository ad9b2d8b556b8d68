//! Ciphers that prove nothing about what they decrypt.

use crate::check::ir::{Expr, ExprKind, PatternKind, Place, Stmt, StmtKind, Visitor, visit_module};
use crate::check::plugin::{Findings, Source};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "unauthenticated-cipher",
    category: Category::Security,
    severity: Severity::Warning,
    class: "weak-crypto",
    summary: "What is decrypted is used without the proof that nobody changed it.",
    explanation: "GCM, CCM, OCB and ChaCha20-Poly1305 say only in `final()` whether the text is the one that was encrypted: a program that takes what `update()` gives and never calls `final()` believes any text. GCM also takes a tag of four bytes, which is guessed soon, unless `authTagLength` says how long it has to be.",
    help: "Call `final()` before anything of the text is used, and give `authTagLength: 16`.",
    bad: &[(
        "index.js",
        "import { createDecipheriv } from 'crypto';\nexport default class Plugin {\n  async track(input, ctx) {\n    const decipher = createDecipheriv('aes-256-gcm', input.key, input.iv, { authTagLength: 16 });\n    decipher.setAuthTag(input.tag);\n    return decipher.update(input.text, 'hex', 'utf8');\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "import { createDecipheriv } from 'crypto';\nexport default class Plugin {\n  async track(input, ctx) {\n    const decipher = createDecipheriv('aes-256-gcm', input.key, input.iv, { authTagLength: 16 });\n    decipher.setAuthTag(input.tag);\n    return decipher.update(input.text, 'hex', 'utf8') + decipher.final('utf8');\n  }\n}\n",
    )],
    check: Check::File(look),
};

fn look(source: &Source, findings: &mut Findings<'_>) {
    let Some(module) = source.module.as_ref().filter(|_| !source.is_test) else { return };
    let mut ciphers = Ciphers { source, made: Vec::new(), ended: Vec::new(), handed: Vec::new() };
    visit_module(module, &mut ciphers);
    for (symbol, place, algorithm, has_length) in &ciphers.made {
        let is_ended = ciphers.ended.contains(symbol) || ciphers.handed.contains(symbol);
        if !is_ended {
            findings.code(source, *place, "`final()` is never called, so nothing is proved");
        } else if algorithm.ends_with("-gcm") && !has_length {
            findings.code(
                source,
                *place,
                "A tag of four bytes is taken, too; give `authTagLength`",
            );
        }
    }
}

struct Ciphers<'s> {
    source: &'s Source,
    /// Variable, place, algorithm, and whether the length of the tag is given.
    made: Vec<(u32, Place, String, bool)>,
    /// Variables whose `final` is called.
    ended: Vec<u32>,
    /// Variables that go somewhere else: streams end by themselves.
    handed: Vec<u32>,
}

fn proves(algorithm: &str) -> bool {
    ["-gcm", "-ccm", "-ocb", "poly1305"].iter().any(|end| algorithm.ends_with(end))
}

impl Visitor for Ciphers<'_> {
    fn statement(&mut self, stmt: &Stmt) {
        match &stmt.kind {
            StmtKind::Declare(pattern, Some(value)) => {
                let (PatternKind::Symbol(symbol), ExprKind::Call(call)) =
                    (&pattern.kind, &value.kind)
                else {
                    return;
                };
                let name = self.source.slice(call.callee.place);
                if name != "createDecipheriv" && !name.ends_with(".createDecipheriv") {
                    return;
                }
                let Some(ExprKind::Text(algorithm)) = call.args.first().map(|a| &a.kind) else {
                    return;
                };
                let algorithm = algorithm.to_ascii_lowercase();
                if proves(&algorithm) {
                    let has_length = call.args.len() > 3;
                    self.made.push((*symbol, value.place, algorithm, has_length));
                }
            }
            StmtKind::Return(Some(Expr { kind: ExprKind::Symbol(symbol), .. })) => {
                self.handed.push(*symbol);
            }
            _ => {}
        }
    }

    fn expression(&mut self, expr: &Expr) {
        let ExprKind::Call(call) = &expr.kind else { return };
        if let ExprKind::Member(object, name) = &call.callee.kind
            && let ExprKind::Symbol(symbol) = object.kind
            && matches!(&**name, "final" | "end" | "pipe" | "on" | "once")
        {
            self.ended.push(symbol);
        }
        self.handed.extend(call.args.iter().filter_map(|a| match a.kind {
            ExprKind::Symbol(symbol) => Some(symbol),
            _ => None,
        }));
    }
}
