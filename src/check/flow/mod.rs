//! Follows values through the code of a plugin: across branches, functions, closures, fields,
//! containers and files.
//!
//! The code is run over sets of possible values. A function runs once for each kind of argument it
//! is called with, an object stands for all that one place makes, a loop runs twice. What is known
//! of a variable after a test (`if (!allowed.has(x)) return`) holds on the branch where it is true.
//! Work is bounded by steps, never by the clock, so the same code gives the same findings.

mod assign;
mod call;
mod class;
mod eval;
mod event;
mod evidence;
mod exec;
mod facts;
mod frame;
mod guard;
mod heap;
mod interp;
mod literal;
mod member;
mod model;
mod path;
mod predicate;
mod roots;
mod value;
mod words;

pub(crate) use event::{
    AttributeSite, CallSite, Hit, Hits, Hooks, LiteralSite, ObjectSite, RegexSite, TextSite,
    VariableSite, WriteSite, last_word,
};
pub(crate) use facts::{Exported, Facts, Usage};
pub(crate) use heap::{Heap, Origin, OriginKind};
pub(crate) use interp::{HandlerKind, Purpose, follow};
pub(crate) use value::{HOLE, Taint, Value, fixes_host, sink};
