//! What tests speak of: variables and their members.

use std::rc::Rc;

use super::value::Mask;
use crate::check::ir::{Expr, ExprKind, FileId, Name, SymbolIndex};

/// A variable, or a member of one: `x`, `this.a`, `req.query.id`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Path {
    file: FileId,
    root: Root,
    pub(super) props: Rc<[Name]>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Root {
    This,
    Symbol(SymbolIndex),
}

/// Something known about a path: sinks that its value cannot harm.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    /// Of what.
    pub path: Path,
    /// Safe for what.
    pub mask: Mask,
}

impl Known {
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.path == other.path
    }
}

impl Path {
    /// Whether a write to `symbol` makes what is known of the path worthless.
    pub(super) fn starts_at(&self, symbol: SymbolIndex) -> bool {
        self.root == Root::Symbol(symbol)
    }
    /// Whether the path names an element by this variable: `a[i]`.
    pub(super) fn has_key(&self, symbol: SymbolIndex) -> bool {
        let key = format!("[{symbol}]");
        self.props.iter().any(|p| **p == *key)
    }
    pub(super) fn is_below_this(&self, name: &str) -> bool {
        self.root == Root::This && self.props.first().is_some_and(|p| &**p == name)
    }
    pub(super) fn symbol(&self) -> Option<SymbolIndex> {
        match self.root {
            Root::Symbol(s) => Some(s),
            Root::This => None,
        }
    }
    /// `path.name`.
    pub(super) fn member(&self, name: &str) -> Self {
        let props = self.props.iter().cloned().chain(std::iter::once(name.into())).collect();
        Self { file: self.file, root: self.root, props }
    }
    /// Whether this is `path.name`.
    pub(super) fn is_member(&self, path: &Self, name: &str) -> bool {
        self.file == path.file
            && self.root == path.root
            && self.props.len() == path.props.len() + 1
            && self.props.starts_with(&path.props)
            && self.props.last().is_some_and(|p| &**p == name)
    }
    pub(super) fn number(&self) -> u64 {
        use std::hash::{DefaultHasher, Hash, Hasher};
        let mut hasher = DefaultHasher::new();
        self.hash(&mut hasher);
        hasher.finish() | 1
    }
}

/// The path an expression spells, if it is one.
pub(super) fn path_of(expr: &Expr, file: FileId) -> Option<Path> {
    let mut props: Vec<Name> = Vec::new();
    let mut at = expr;
    loop {
        match &at.kind {
            ExprKind::Member(object, name) => {
                props.push(name.clone());
                at = object;
            }
            // `a[i]` names the same value as long as `i` does.
            ExprKind::Index(object, key) => {
                let ExprKind::Symbol(s) = &key.kind else { return None };
                props.push(format!("[{s}]").into());
                at = object;
            }
            ExprKind::Symbol(symbol) => {
                props.reverse();
                return Some(Path { file, root: Root::Symbol(*symbol), props: props.into() });
            }
            ExprKind::This => {
                props.reverse();
                return Some(Path { file, root: Root::This, props: props.into() });
            }
            ExprKind::Await(inner) => at = inner,
            _ => return None,
        }
        if props.len() > 6 {
            return None;
        }
    }
}
