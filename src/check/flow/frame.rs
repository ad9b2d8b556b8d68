//! One running function: its variables, and how it may leave a block.

use super::value::Map;

use super::path::Known;
use super::value::Value;
use crate::check::ir::{Expr, Function, Name, SymbolIndex};

/// What is known at one point of a function.
#[derive(Debug, Clone)]
pub(super) struct Env {
    /// Values of the variables.
    pub slots: Vec<Value>,
    /// What tests said about variables and their members.
    pub known: Vec<Known>,
    /// Whether the point can be reached.
    pub is_live: bool,
}

impl Env {
    /// Joins what is known on another way to the same point.
    pub(super) fn join(&mut self, other: Self) {
        if !other.is_live {
            return;
        }
        if !self.is_live {
            *self = other;
            return;
        }
        for (own, other) in self.slots.iter_mut().zip(&other.slots) {
            *own = own.join(other);
        }
        let theirs = &other.known;
        self.known.retain_mut(|known| match theirs.iter().find(|k| k.is_same(known)) {
            Some(k) => {
                known.mask &= k.mask;
                known.mask != 0
            }
            None => false,
        });
    }
}

/// A function while it runs.
pub(super) struct Frame<'m> {
    /// Which.
    pub function: &'m Function,
    /// Its variables now.
    pub env: Env,
    /// Its `this`.
    pub this: Value,
    /// Its arguments.
    pub args: Vec<Value>,
    /// What it returned so far.
    pub returned: Value,
    /// Loops and switches around the current statement.
    pub exits: Vec<Exit>,
    /// Variables that hold the outcome of a test.
    pub tests: Map<SymbolIndex, &'m Expr>,
    /// The label of the statement about to run.
    pub label: Option<Name>,
}

/// A statement that `break` or `continue` can leave.
pub(super) struct Exit {
    pub label: Option<Name>,
    pub is_loop: bool,
    pub breaks: Vec<Env>,
    pub continues: Vec<Env>,
}
