//! Functions of the plugin that answer whether a value is good: what their answer says about the
//! arguments.

use super::frame::Frame;
use super::interp::Interp;
use super::path::{Known, path_of};
use super::value::{Value, sink};
use crate::check::ir::{
    Binary, Call, Expr, ExprKind, Function, Name, PatternKind, Stmt, StmtKind, SymbolIndex,
};

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
        let Some(f) = self.functions[closure.function as usize] else { return Vec::new() };
        if depth > 4 || self.asking > 3 {
            return Vec::new();
        }
        self.asking += 1;
        let args: Vec<Value> = call.args.iter().map(|a| self.eval(a, frame)).collect();
        let this = closure.this.clone().unwrap_or_else(Value::unknown);
        let mut inner = self.frame(f, this, args.clone(), closure.known.clone());
        self.bind_params(f, &args, &mut inner);
        let known = self.outcome_known(&f.body, outcome, &mut inner, depth + 1);
        self.asking -= 1;
        let mut out = Vec::new();
        for item in known {
            let Some(symbol) = item.path.symbol() else { continue };
            let position = f
                .params
                .iter()
                .position(|p| matches!(p.pattern.kind, PatternKind::Symbol(s) if s == symbol));
            if let Some(arg) = position.and_then(|i| call.args.get(i))
                && let Some(mut path) = path_of(arg, frame.function.file)
            {
                let props: Vec<Name> =
                    path.props.iter().chain(item.path.props.iter()).cloned().collect();
                path.props = props.into();
                out.push(Known { path, mask: item.mask });
            }
        }
        out
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
