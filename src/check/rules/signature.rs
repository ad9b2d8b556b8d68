//! What code computes a signature with, and where it compares one.

use std::collections::BTreeSet;

use crate::check::flow::last_word;
use crate::check::ir::{
    Binary, Call, Expr, ExprKind, PatternKind, Place, Stmt, StmtKind, Visitor, visit_module,
};
use crate::check::plugin::Source;
use crate::check::rules::constant_time::Comparison;
use crate::check::syntax::folded;

/// What a file does with signatures.
#[derive(Debug, Default)]
pub(super) struct Signatures {
    /// It computes one.
    pub computes: bool,
    /// It calls a function that verifies one in constant time.
    pub verifies: bool,
    /// Comparisons of one with `===` and the like.
    pub compared: Vec<Comparison>,
}

/// Looks at a file.
pub(super) fn of(source: &Source) -> Signatures {
    let Some(module) = &source.module else { return Signatures::default() };
    let mut made = Made { source, symbols: BTreeSet::new(), found: Signatures::default() };
    made.found.verifies = module.imports.iter().any(|i| is_verifier(&i.name));
    visit_module(module, &mut made);
    let mut compared = Compared { made: &made, list: Vec::new() };
    visit_module(module, &mut compared);
    let compared = compared.list;
    Signatures { compared, ..made.found }
}

/// Functions that compute a keyed hash.
fn is_maker(name: &str) -> bool {
    matches!(name, "createHmac" | "hmac" | "Hmac")
        || name.starts_with("HmacSHA")
        || name.starts_with("hmacSha")
}

/// Functions that compare in constant time, or verify a whole signature.
fn is_verifier(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    matches!(name, "timingSafeEqual" | "verify" | "constructEvent" | "constructEventAsync")
        || lower.starts_with("verify") && (lower.contains("sign") || lower.contains("webhook"))
        || matches!(lower.as_str(), "safecompare" | "tsscmp" | "constanttimecompare")
        || lower == "issignaturevalid"
        || lower == "isvalidsignature"
        || lower == "validatesignature"
}

/// Names of what must not be learned, without `_` and in lower case.
fn is_secret_name(name: &str) -> bool {
    matches!(
        name,
        "password"
            | "passwd"
            | "passphrase"
            | "secret"
            | "clientsecret"
            | "webhooksecret"
            | "apikey"
            | "apitoken"
            | "accesstoken"
            | "authtoken"
            | "csrftoken"
            | "xsrftoken"
            | "sessiontoken"
            | "resettoken"
            | "verificationtoken"
    )
}

/// Words that say that a value was sent by somebody.
fn is_sent(words: &str) -> bool {
    [
        "req.",
        "request.",
        "headers",
        "input",
        "body.",
        "query.",
        "provided",
        "given",
        "received",
        "submitted",
        "candidate",
        "attempt",
    ]
    .iter()
    .any(|w| words.contains(w))
}

fn callee(call: &Call) -> &str {
    match &call.callee.kind {
        ExprKind::Member(_, name) | ExprKind::Global(name) => name,
        _ => "",
    }
}

struct Made<'s> {
    source: &'s Source,
    /// Variables that hold a signature that was computed.
    symbols: BTreeSet<u32>,
    found: Signatures,
}

impl Made<'_> {
    /// The name of what a call calls, also when it is a variable.
    fn name<'c>(&'c self, call: &'c Call) -> &'c str {
        match &call.callee.kind {
            ExprKind::Symbol(symbol) => {
                let module = self.source.module.as_ref();
                module.and_then(|m| m.symbols.get(*symbol as usize)).map_or("", |s| &s.name)
            }
            _ => callee(call),
        }
    }

    /// Whether a value is a signature: computed there, or held by a variable.
    fn is_signature(&self, value: &Expr) -> bool {
        match &value.kind {
            ExprKind::Symbol(symbol) => self.symbols.contains(symbol),
            ExprKind::Await(inner) => self.is_signature(inner),
            ExprKind::Binary(Binary::Add, a, b) => self.is_signature(a) || self.is_signature(b),
            ExprKind::Template(parts) => parts.iter().any(|p| self.is_signature(p)),
            ExprKind::Conditional(_, a, b) => self.is_signature(a) || self.is_signature(b),
            ExprKind::Call(call) => {
                let name = self.name(call);
                let lower = name.to_ascii_lowercase();
                is_maker(name)
                    || ["sign", "compute", "calculate", "create", "generate", "make", "build"]
                        .iter()
                        .any(|verb| lower.starts_with(verb))
                        && ["signature", "hmac", "mac"].iter().any(|noun| lower.ends_with(noun))
                    || match &call.callee.kind {
                        // `createHmac(…).update(…).digest('hex')` is one all along.
                        ExprKind::Member(object, method) => {
                            matches!(
                                &**method,
                                "update" | "digest" | "toString" | "toLowerCase" | "finalize"
                            ) && self.is_signature(object)
                        }
                        _ => false,
                    }
            }
            _ => false,
        }
    }
}

impl Visitor for Made<'_> {
    fn statement(&mut self, stmt: &Stmt) {
        if let StmtKind::Declare(pattern, Some(value)) = &stmt.kind
            && let PatternKind::Symbol(symbol) = &pattern.kind
            && self.is_signature(value)
        {
            self.symbols.insert(*symbol);
        }
    }

    fn expression(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Call(call) => {
                let (computes, verifies) = {
                    let name = self.name(call);
                    // `crypto.subtle.sign`
                    let is_subtle = name == "sign"
                        && self.source.slice(call.callee.place).ends_with("subtle.sign");
                    (is_maker(name) || is_subtle, is_verifier(name))
                };
                self.found.computes |= computes;
                self.found.verifies |= verifies;
            }
            ExprKind::Assign(_, pattern, value) => {
                if let PatternKind::Symbol(symbol) = &pattern.kind
                    && self.is_signature(value)
                {
                    self.symbols.insert(*symbol);
                }
            }
            _ => {}
        }
    }
}

struct Compared<'m> {
    made: &'m Made<'m>,
    list: Vec<Comparison>,
}

impl Compared<'_> {
    fn last(&self, place: Place) -> String {
        last_word(self.made.source.slice(place)).to_ascii_lowercase()
    }

    fn names_one(&self, value: &Expr) -> bool {
        let word = self.last(value.place);
        ["signature", "hmac", "digest"].iter().any(|w| word.ends_with(w))
    }

    /// A comparison of a secret with what somebody sent, or with the secret as it is written there.
    fn is_secret(&self, a: &Expr, b: &Expr) -> bool {
        let words = |e: &Expr| self.made.source.slice(e.place).to_ascii_lowercase();
        // A form that asks twice compares what one person typed.
        let (left, right) = (words(a), words(b));
        let asks_twice = ["confirm", "repeat", "again", "retype", "new", "old", "previous"]
            .iter()
            .any(|w| left.contains(w) || right.contains(w));
        [(a, b), (b, a)].iter().any(|(secret, other)| {
            let names_secret = is_secret_name(&folded(&self.last(secret.place)));
            let is_other = match &other.kind {
                // What is fixed and short is a state, not a secret.
                ExprKind::Text(text) => {
                    text.len() >= 12 && text.bytes().any(|b| b.is_ascii_digit())
                }
                ExprKind::Member(..) | ExprKind::Index(..) | ExprKind::Symbol(_) => {
                    is_sent(&words(other))
                }
                _ => false,
            };
            names_secret && is_other && !asks_twice
        })
    }
}

impl Visitor for Compared<'_> {
    fn expression(&mut self, expr: &Expr) {
        let ExprKind::Binary(Binary::Equal | Binary::Unequal, a, b) = &expr.kind else { return };
        // A fixed value, or a length, tells nothing.
        let is_open = |e: &Expr| {
            matches!(
                e.kind,
                ExprKind::Symbol(_)
                    | ExprKind::Member(..)
                    | ExprKind::Call(_)
                    | ExprKind::Index(..)
                    | ExprKind::Template(_)
                    | ExprKind::Await(_)
                    | ExprKind::Binary(Binary::Add, ..)
            ) && self.last(e.place) != "length"
        };
        let is_one = |e: &Expr| self.names_one(e) || self.made.is_signature(e);
        if is_open(a) && is_open(b) && (is_one(a) || is_one(b)) || self.is_secret(a, b) {
            self.list.push(Comparison {
                place: expr.place,
                sides: [a.place, b.place],
                is_equal: matches!(expr.kind, ExprKind::Binary(Binary::Equal, ..)),
            });
        }
    }
}
