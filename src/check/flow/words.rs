//! What names and fixed words say: of keys, of parts of text, of functions that check.

use super::frame::Frame;
use super::interp::Interp;
use super::path::{Known, path_of};
use super::value::{Mask, sink};
use crate::check::ir::{Call, Expr, ExprKind, Name, Unary};

/// What a key that is not `text` is safe for.
pub(super) fn key_mask(text: &str) -> Mask {
    match text {
        "__proto__" => sink::KEY_PROTO,
        "constructor" => sink::KEY_CONSTRUCTOR,
        "prototype" => sink::KEY_CONSTRUCTOR,
        _ => 0,
    }
}

/// What text without `part` is safe for.
pub(super) fn absent(part: &str) -> Mask {
    match part {
        ".." | "../" | "..\\" | "." => sink::DOTS,
        "/" => sink::DOTS | sink::RELATIVE,
        "__proto__" | "proto" => sink::KEY_PROTO,
        "constructor" | "prototype" => sink::KEY_CONSTRUCTOR,
        "<" | ">" => sink::HTML,
        "'" => sink::SQL,
        "\n" => sink::LOG,
        "://" | "//" | ":" => sink::REDIRECT,
        _ => 0,
    }
}

pub(super) fn is_list_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["allow", "whitelist", "permitted", "valid", "known", "safe"].iter().any(|w| name.contains(w))
}

pub(super) fn is_own_test(callee: &Expr) -> bool {
    match &callee.kind {
        ExprKind::Member(object, name) => match &**name {
            "hasOwnProperty" | "hasOwn" => true,
            "call" => is_own_test(object),
            _ => false,
        },
        ExprKind::Symbol(_) | ExprKind::Global(_) => false,
        _ => false,
    }
}

/// Names of a borrowed `hasOwnProperty`.
pub(super) fn is_own_word(name: &str) -> bool {
    let name = name.trim_start_matches('_').to_ascii_lowercase();
    matches!(name.as_str(), "hasownproperty" | "hasown" | "hasownprop" | "hop" | "has" | "owns")
}

/// Names that say that they look whether a value is good.
pub(super) fn is_check_name(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    [
        "valid",
        "safe",
        "allow",
        "whitelist",
        "permitted",
        "alphanumeric",
        "isuuid",
        "iselement",
        "isjquery",
        "isdom",
        "isnode",
        "isint",
        "isnumeric",
        "isalpha",
        "isemail",
        "ishex",
        "ismongoid",
        "blacklist",
        "unsafe",
        "malicious",
    ]
    .iter()
    .any(|word| lower.contains(word))
        && !lower.contains("async")
}

/// Whether the name says good things of what it is true for.
pub(super) fn says_good(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    !["invalid", "unsafe", "blacklist", "malicious", "disallow"].iter().any(|w| lower.contains(w))
}

/// A number that is written out.
pub(super) fn constant_number(expr: &Expr) -> Option<f64> {
    match &expr.kind {
        ExprKind::Number(n) => Some(*n),
        ExprKind::Unary(Unary::Number, inner) => match inner.kind {
            ExprKind::Number(n) => Some(-n),
            _ => None,
        },
        _ => None,
    }
}

/// Properties that elements have and text has not.
pub(super) fn is_element_name(name: &str) -> bool {
    matches!(name, "jquery" | "nodeType" | "nodeName" | "ownerDocument" | "tagName")
}

/// Whether all that is known says only what a key is not.
pub(super) fn speaks_of_keys(known: &[Known]) -> bool {
    known.iter().all(|k| k.mask & !sink::KEY == 0)
}

/// Names of parameters that are functions, or what functions are given.
pub(super) fn is_callback(name: &str) -> bool {
    matches!(
        name,
        "cb" | "callback"
            | "done"
            | "next"
            | "fn"
            | "func"
            | "resolve"
            | "reject"
            | "err"
            | "error"
            | "iteratee"
            | "iterator"
    )
}

/// Whether `other` is spelled like an argument of the call.
pub(super) fn other_is_argument(call: &Call, other: &Expr) -> bool {
    let spelled = path_of(other, 0);
    spelled.is_some() && call.args.iter().any(|a| path_of(a, 0) == spelled)
}

impl<'m> Interp<'m> {
    /// `canDefine` in `key == '__proto__' && canDefine`: a plain name that holds nothing from
    /// outside, so that what stands beside it decides.
    pub(super) fn asks_the_engine(&mut self, expr: &'m Expr, frame: &mut Frame<'m>) -> bool {
        matches!(&expr.kind, ExprKind::Symbol(_) | ExprKind::Global(_))
            && !self.eval(expr, frame).is_tainted()
    }

    /// The last name in an expression: `a.b.c` is `c`.
    pub(super) fn name_of(&self, expr: &Expr, frame: &Frame<'m>) -> Name {
        match &expr.kind {
            ExprKind::Symbol(s) => match self.tree(frame.function.file) {
                Some(tree) => tree.symbols[*s as usize].name.clone(),
                None => "".into(),
            },
            ExprKind::Await(inner) => self.name_of(inner, frame),
            other => match other {
                ExprKind::Member(_, name) | ExprKind::Global(name) => name.clone(),
                _ => "".into(),
            },
        }
    }
}
