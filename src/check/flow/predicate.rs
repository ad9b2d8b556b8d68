//! Functions of the plugin that answer whether a value is good: what their answer says about the
//! arguments.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::rc::Rc;

use super::frame::Frame;
use super::interp::Interp;
use super::path::{Known, path_of};
use super::value::{Mask, Value, sink};
use crate::check::ir::{
    Binary, Call, Expr, ExprKind, Function, Name, PatternKind, Stmt, StmtKind, SymbolIndex,
};

/// What an answer says about an argument, or about a member of it.
#[derive(Debug, Clone)]
pub(super) struct Said {
    argument: usize,
    props: Rc<[Name]>,
    mask: Mask,
}

impl<'m> Interp<'m> {
    /// `list.some(item => item === x)`.
    pub(super) fn some(
        &mut self,
        object: &'m Expr,
        call: &'m Call,
        frame: &mut Frame<'m>,
    ) -> Vec<Known> {
        let list = self.eval(object, frame);
        if list.is_tainted() {
            return Vec::new();
        }
        let Some(Expr { kind: ExprKind::Function(f), .. }) = call.args.first() else {
            return Vec::new();
        };
        let Some(StmtKind::Return(Some(body))) = f.body.last().map(|s| &s.kind) else {
            return Vec::new();
        };
        if let ExprKind::Binary(Binary::Equal, a, b) = &body.kind {
            let mut known = Vec::new();
            for side in [a, b] {
                if let Some(path) = path_of(side, frame.function.file)
                    && path.symbol().is_some_and(|s| !is_param(f, s))
                {
                    known.push(Known { path, mask: sink::ALL });
                }
            }
            return known;
        }
        Vec::new()
    }

    /// A function of the plugin that returns a test of its parameters.
    pub(super) fn predicate(
        &mut self,
        callee: &Value,
        call: &'m Call,
        outcome: bool,
        frame: &mut Frame<'m>,
        depth: u32,
    ) -> Vec<Known> {
        let [closure] = callee.functions.as_slice() else { return Vec::new() };
        let closure = closure.clone();
        let Some(f) = self.functions[closure.function as usize] else { return Vec::new() };
        if depth > 4 || self.asking > 3 {
            return Vec::new();
        }
        let args: Vec<Value> = call.args.iter().map(|a| self.eval(a, frame)).collect();
        let mut hasher = DefaultHasher::new();
        args.iter().for_each(|a| a.fingerprint(&mut hasher));
        for known in closure.known.iter() {
            (&known.path, known.mask).hash(&mut hasher);
        }
        let key = (closure.function, hasher.finish(), outcome);
        let said = match self.answers.get(&key) {
            Some(said) => said.clone(),
            None => {
                self.asking += 1;
                let this = closure.this.clone().unwrap_or_else(Value::unknown);
                let mut inner = self.frame(f, this, args.clone(), closure.known.clone());
                self.bind_params(f, &args, &mut inner);
                let known = self.outcome_known(&f.body, outcome, &mut inner, depth + 1);
                self.asking -= 1;
                let said: Rc<[Said]> = said_of(f, known).into();
                self.answers.insert(key, said.clone());
                said
            }
        };
        told(&said, call, frame)
    }

    /// A function of the plugin that was called and did not throw: what its tests say about the
    /// arguments.
    pub(super) fn passed(&mut self, call: &'m Call, frame: &mut Frame<'m>) -> Vec<Known> {
        if self.asking > 1 || call.is_new || call.args.is_empty() {
            return Vec::new();
        }
        let callee = self.eval(&call.callee, frame);
        let [closure] = callee.functions.as_slice() else { return Vec::new() };
        let closure = closure.clone();
        let Some(f) = self.functions[closure.function as usize] else { return Vec::new() };
        if !f.body.iter().take(8).any(|s| throws_when(s).is_some()) {
            return Vec::new();
        }
        self.asking += 1;
        let args: Vec<Value> = call.args.iter().map(|a| self.eval(a, frame)).collect();
        let this = closure.this.clone().unwrap_or_else(Value::unknown);
        let mut inner = self.frame(f, this, args.clone(), closure.known.clone());
        self.bind_params(f, &args, &mut inner);
        let mut known = Vec::new();
        for stmt in f.body.iter().take(8) {
            match throws_when(stmt) {
                Some(test) => known.extend(self.known_after(test, false, &mut inner, 1)),
                None if matches!(stmt.kind, StmtKind::Declare(..) | StmtKind::Expr(_)) => {
                    self.exec(stmt, &mut inner);
                }
                None => break,
            }
        }
        self.asking -= 1;
        told(&said_of(f, known), call, frame)
    }

    /// What is known when statements return something that counts as `outcome`.
    fn outcome_known(
        &mut self,
        body: &'m [Stmt],
        outcome: bool,
        frame: &mut Frame<'m>,
        depth: u32,
    ) -> Vec<Known> {
        // `if (test) return false; … return test;`
        let mut so_far: Vec<Known> = Vec::new();
        for stmt in body {
            match &stmt.kind {
                StmtKind::Return(Some(value)) => {
                    let constant = match &value.kind {
                        ExprKind::Bool(b) => Some(*b),
                        ExprKind::Undefined | ExprKind::Null => Some(false),
                        _ => None,
                    };
                    if constant.is_some_and(|c| c == outcome) {
                        return so_far;
                    }
                    let mut known = self.known_after(value, outcome, frame, depth);
                    known.extend(so_far);
                    return known;
                }
                StmtKind::If(test, then, None) => {
                    let returned = returns(then);
                    match returned {
                        // The other outcome leaves here; this one goes on.
                        Some(Some(value)) if value != outcome => {
                            so_far.extend(self.known_after(test, false, frame, depth));
                        }
                        Some(Some(_)) => {
                            return self.known_after(test, true, frame, depth);
                        }
                        Some(None) => so_far.extend(self.known_after(test, false, frame, depth)),
                        None => return Vec::new(),
                    }
                }
                _ => self.exec(stmt, frame),
            }
        }
        Vec::new()
    }
}

/// A block that only returns or throws: the constant it returns, `None` when it throws.
fn returns(stmt: &Stmt) -> Option<Option<bool>> {
    match &stmt.kind {
        StmtKind::Return(Some(Expr { kind: ExprKind::Bool(b), .. })) => Some(Some(*b)),
        StmtKind::Return(None) => Some(Some(false)),
        StmtKind::Return(Some(Expr { kind: ExprKind::Undefined | ExprKind::Null, .. })) => {
            Some(Some(false))
        }
        StmtKind::Throw(_) => Some(None),
        StmtKind::Block(body) => returns(body.last()?),
        _ => None,
    }
}

fn is_param(f: &Function, symbol: SymbolIndex) -> bool {
    let mut names = Vec::new();
    f.params.iter().for_each(|p| crate::check::ir::bound(&p.pattern, &mut names));
    names.contains(&symbol)
}

/// What is known of parameters, by their position.
fn said_of(f: &Function, known: Vec<Known>) -> Vec<Said> {
    let mut said = Vec::new();
    for item in known {
        let Some(symbol) = item.path.symbol() else { continue };
        let position = f
            .params
            .iter()
            .position(|p| matches!(p.pattern.kind, PatternKind::Symbol(s) if s == symbol));
        if let Some(argument) = position {
            said.push(Said { argument, props: item.path.props.clone(), mask: item.mask });
        }
    }
    said
}

/// The same, of what the caller passes.
fn told(said: &[Said], call: &Call, frame: &Frame<'_>) -> Vec<Known> {
    let mut known = Vec::new();
    for item in said {
        if let Some(arg) = call.args.get(item.argument)
            && let Some(mut path) = path_of(arg, frame.function.file)
        {
            let props: Vec<Name> = path.props.iter().chain(item.props.iter()).cloned().collect();
            path.props = props.into();
            known.push(Known { path, mask: item.mask });
        }
    }
    known
}

/// The test of `if (test) throw …`.
fn throws_when(stmt: &Stmt) -> Option<&Expr> {
    fn throws(stmt: &Stmt) -> bool {
        match &stmt.kind {
            StmtKind::Throw(_) => true,
            StmtKind::Block(body) => body.last().is_some_and(throws),
            _ => false,
        }
    }
    match &stmt.kind {
        StmtKind::If(test, then, None) if throws(then) => Some(test),
        _ => None,
    }
}
