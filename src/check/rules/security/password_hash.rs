//! Passwords behind hashes that are made to be fast.

use std::collections::BTreeSet;

use crate::check::flow::last_word;
use crate::check::ir::{Expr, ExprKind, PatternKind, Place, Stmt, StmtKind, Visitor, visit_module};
use crate::check::plugin::{Findings, Source};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "password-hash",
    category: Category::Security,
    severity: Severity::Warning,
    class: "weak-crypto",
    summary: "A password is hashed with a hash that is made to be fast.",
    explanation: "Whoever gets the table tries billions of passwords a second against MD5 or SHA-256, however long the hash is. A function for passwords takes as long as one wants it to, and has a salt.",
    help: "Use `crypto.scrypt`, `bcrypt` or `argon2`.",
    bad: &[(
        "index.js",
        "import { createHash } from 'crypto';\nexport default class Plugin {\n  async track(input, ctx) {\n    return createHash('sha256').update(input.password).digest('hex');\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "import { scryptSync } from 'crypto';\nexport default class Plugin {\n  async track(input, ctx) {\n    return scryptSync(input.password, input.salt, 32).toString('hex');\n  }\n}\n",
    )],
    check: Check::File(look),
};

fn look(source: &Source, findings: &mut Findings<'_>) {
    let Some(module) = source.module.as_ref().filter(|_| !source.is_test) else { return };
    let mut hashed = Hashed { source, hashes: BTreeSet::new(), found: Vec::new() };
    visit_module(module, &mut hashed);
    for place in hashed.found {
        findings.code(source, place, "A fast hash keeps no password secret");
    }
}

struct Hashed<'s> {
    source: &'s Source,
    /// Variables that hold an open hash.
    hashes: BTreeSet<u32>,
    found: Vec<Place>,
}

impl Hashed<'_> {
    /// `createHash('sha256')`, what follows from it, or a variable that holds it.
    fn is_hash(&self, value: &Expr) -> bool {
        match &value.kind {
            ExprKind::Symbol(symbol) => self.hashes.contains(symbol),
            ExprKind::Call(call) => match &call.callee.kind {
                ExprKind::Member(object, name) => {
                    &**name == "createHash"
                        || matches!(&**name, "update" | "setEncoding") && self.is_hash(object)
                }
                _ => self.source.slice(call.callee.place) == "createHash",
            },
            _ => false,
        }
    }

    fn is_password(&self, value: &Expr) -> bool {
        let is_named =
            matches!(value.kind, ExprKind::Symbol(_) | ExprKind::Member(..) | ExprKind::Index(..));
        let word = last_word(self.source.slice(value.place)).to_ascii_lowercase();
        is_named && ["password", "passwd", "passphrase"].iter().any(|w| word.ends_with(w))
    }
}

impl Visitor for Hashed<'_> {
    fn statement(&mut self, stmt: &Stmt) {
        if let StmtKind::Declare(pattern, Some(value)) = &stmt.kind
            && let PatternKind::Symbol(symbol) = pattern.kind
            && self.is_hash(value)
        {
            self.hashes.insert(symbol);
        }
    }

    fn expression(&mut self, expr: &Expr) {
        let ExprKind::Call(call) = &expr.kind else { return };
        let takes_password = call.args.first().is_some_and(|a| self.is_password(a));
        let is_hashing = match &call.callee.kind {
            ExprKind::Member(object, name) => {
                matches!(&**name, "update" | "write" | "end") && self.is_hash(object)
                    || matches!(&**name, "MD5" | "SHA1" | "SHA256" | "SHA512" | "SHA3")
                        && self.source.slice(object.place).ends_with("CryptoJS")
            }
            _ => {
                matches!(self.source.slice(call.callee.place), "md5" | "sha1" | "sha256" | "sha512")
            }
        };
        if takes_password && is_hashing {
            self.found.push(expr.place);
        }
    }
}
