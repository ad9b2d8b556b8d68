//! Statements.

use super::frame::{Env, Exit, Frame};
use super::heap::OriginKind;
use super::interp::Interp;
use super::path::{Known, path_of};
use super::value::{Data, Value, sink};
use crate::check::ir::{
    Expr, ExprKind, FileId, Name, Pattern, PatternKind, Place, Stmt, StmtKind, Unary,
};

impl<'m> Interp<'m> {
    /// Statements in order, until none can be reached.
    pub(super) fn block(&mut self, body: &'m [Stmt], frame: &mut Frame<'m>) {
        for stmt in body {
            if !frame.env.is_live {
                // Functions below a `return` are declared all the same.
                if !matches!(stmt.kind, StmtKind::Function(..)) {
                    continue;
                }
            }
            self.exec(stmt, frame);
        }
    }

    /// One statement.
    pub(super) fn exec(&mut self, stmt: &'m Stmt, frame: &mut Frame<'m>) {
        if !self.step() {
            return;
        }
        let label = frame.label.take();
        match &stmt.kind {
            StmtKind::Expr(expr) => {
                self.eval(expr, frame);
                self.asserted(expr, frame);
                if is_exit_call(expr) {
                    frame.env.is_live = false;
                }
            }
            StmtKind::Declare(pattern, value) => {
                if let Some(expr) = value {
                    let value = self.eval(expr, frame);
                    self.note_test(pattern, expr, frame);
                    self.assign(pattern, &value, Some(expr), frame);
                }
            }
            StmtKind::Function(symbol, f) => {
                let value = self.closure(f, frame);
                self.set_variable(*symbol, &value, frame);
            }
            StmtKind::If(test, then, other) => self.branch(test, then, other.as_deref(), frame),
            StmtKind::Loop { test, update, body, body_first } => {
                self.repeat(test.as_ref(), update.as_ref(), body, *body_first, label, frame);
            }
            StmtKind::ForEach { pattern, subject, body, keys, .. } => {
                self.for_each(pattern, subject, body, *keys, label, frame);
            }
            StmtKind::Return(value) => {
                let value = match value {
                    Some(expr) => self.eval(expr, frame),
                    None => Value::new(Data {
                        constant: super::value::Constant::Nothing,
                        ..Data::default()
                    }),
                };
                frame.returned = frame.returned.join(&value);
                frame.env.is_live = false;
            }
            StmtKind::Throw(value) => {
                let value = self.eval(value, frame);
                self.throws(&value);
                frame.env.is_live = false;
            }
            StmtKind::Break(label) => {
                let env = frame.env.clone();
                let exit = frame.exits.iter_mut().rev().find(|e| matches_label(e, label.as_ref()));
                if let Some(exit) = exit {
                    exit.breaks.push(env);
                }
                frame.env.is_live = false;
            }
            StmtKind::Continue(label) => {
                let env = frame.env.clone();
                let exit = frame
                    .exits
                    .iter_mut()
                    .rev()
                    .find(|e| e.is_loop && matches_label(e, label.as_ref()));
                if let Some(exit) = exit {
                    exit.continues.push(env);
                }
                frame.env.is_live = false;
            }
            StmtKind::Try { block, handler, finalizer } => {
                self.attempt(block, handler.as_ref(), finalizer.as_deref(), frame);
            }
            StmtKind::Switch(subject, cases) => self.switch(subject, cases, label, frame),
            StmtKind::Block(body) => self.block(body, frame),
            StmtKind::Labeled(name, body) => {
                if matches!(body.kind, StmtKind::Loop { .. } | StmtKind::ForEach { .. }) {
                    frame.label = Some(name.clone());
                    self.exec(body, frame);
                } else {
                    frame.exits.push(exit(Some(name.clone()), false));
                    self.exec(body, frame);
                    self.leave(frame);
                }
            }
            StmtKind::ExportDefault(expr) => {
                let value = self.eval(expr, frame);
                let exports = self.exports_object(frame.function.file);
                self.heap.put(exports, &"default".into(), &value);
            }
            StmtKind::Debugger => {}
        }
    }

    /// A call such as `assert(allowed.has(x))` at the end of which its argument is true.
    fn asserted(&mut self, expr: &'m Expr, frame: &mut Frame<'m>) {
        let inner = match &expr.kind {
            ExprKind::Await(inner) => inner,
            _ => expr,
        };
        let ExprKind::Call(call) = &inner.kind else { return };
        let name = self.name_of(&call.callee, frame);
        let known = match (&*name, call.args.as_slice()) {
            ("assert" | "ok" | "invariant", [test, ..]) => self.known_after(test, true, frame, 0),
            ("equal" | "strictEqual", [a, b, ..]) => {
                self.compared(crate::check::ir::Binary::Equal, a, b, true, frame)
            }
            // `Object.defineProperty(object, key, …)` gives it one of its own.
            ("defineProperty", [target, key, ..]) => {
                match (&key.kind, path_of(target, frame.function.file)) {
                    (ExprKind::Symbol(symbol), Some(path)) => {
                        vec![Known { path: path.member(&format!("[{symbol}]")), mask: sink::KEY }]
                    }
                    _ => Vec::new(),
                }
            }
            _ => self.passed(call, frame),
        };
        self.learn(known, frame);
    }

    fn branch(
        &mut self,
        test: &'m Expr,
        then: &'m Stmt,
        other: Option<&'m Stmt>,
        frame: &mut Frame<'m>,
    ) {
        self.eval(test, frame);
        let on_true = self.known_after(test, true, frame, 0);
        let on_false = self.known_after(test, false, frame, 0);
        let before = frame.env.clone();
        self.learn(on_true, frame);
        self.exec(then, frame);
        let after_then = std::mem::replace(&mut frame.env, before);
        self.learn(on_false, frame);
        if let Some(other) = other {
            self.exec(other, frame);
        }
        frame.env.join(after_then);
    }

    fn leave(&mut self, frame: &mut Frame<'m>) {
        if let Some(exit) = frame.exits.pop() {
            for env in exit.breaks {
                frame.env.join(env);
            }
        }
    }

    fn repeat(
        &mut self,
        test: Option<&'m Expr>,
        update: Option<&'m Expr>,
        body: &'m Stmt,
        body_first: bool,
        label: Option<Name>,
        frame: &mut Frame<'m>,
    ) {
        frame.exits.push(exit(label, true));
        for round in 0..2 {
            let before = frame.env.clone();
            if !(body_first && round == 0)
                && let Some(test) = test
            {
                self.eval(test, frame);
                let known = self.known_after(test, true, frame, 0);
                self.learn(known, frame);
            }
            self.exec(body, frame);
            self.rejoin_continues(frame);
            if let Some(update) = update {
                self.eval(update, frame);
            }
            frame.env.join(before);
        }
        if let Some(test) = test {
            self.eval(test, frame);
            let known = self.known_after(test, false, frame, 0);
            self.learn(known, frame);
        }
        self.leave(frame);
    }

    fn rejoin_continues(&mut self, frame: &mut Frame<'m>) {
        let continues =
            frame.exits.last_mut().map(|e| std::mem::take(&mut e.continues)).unwrap_or_default();
        for env in continues {
            frame.env.join(env);
        }
    }

    fn for_each(
        &mut self,
        pattern: &'m Pattern,
        subject: &'m Expr,
        body: &'m Stmt,
        keys: bool,
        label: Option<Name>,
        frame: &mut Frame<'m>,
    ) {
        let value = self.eval(subject, frame);
        let item = if keys {
            let path = path_of(subject, frame.function.file).map_or(0, |p| p.number());
            self.keys_of(&value, path, frame.function.file, subject.place)
        } else {
            self.elements_of(&value)
        };
        frame.exits.push(exit(label, true));
        for _ in 0..2 {
            let before: Env = frame.env.clone();
            self.assign(pattern, &item, None, frame);
            self.exec(body, frame);
            self.rejoin_continues(frame);
            frame.env.join(before);
        }
        self.leave(frame);
    }

    /// The names of a value's properties; `path` is the variable they are taken from.
    pub(super) fn keys_of(
        &mut self,
        value: &Value,
        path: u64,
        file: FileId,
        place: Place,
    ) -> Value {
        let mut data = Data { is_text: true, key_of: path, ..Data::default() };
        if self.is_open(value) {
            let what = || "a key of an object that may come from anywhere".to_owned();
            let origin = self.heap.origin(OriginKind::Key, file, place, what);
            data.taints.push(super::value::Taint { origin, safe: sink::NOSQL, step: 0 });
        }
        for taint in &value.taints {
            data.taints.push(super::value::Taint { safe: taint.safe | sink::NOSQL, ..*taint });
        }
        Value::new(data)
    }

    /// A value may arrive in the `catch` around here.
    pub(super) fn throws(&mut self, value: &Value) {
        if let Some(last) = self.thrown.last_mut() {
            *last = last.join(value);
        }
    }

    /// Whether a value may be any object: nothing is known of it, or only the name it came under.
    pub(super) fn is_open(&self, value: &Value) -> bool {
        let is_parameter = |t: &super::value::Taint| {
            self.heap.origins[t.origin as usize].kind == OriginKind::Parameter
        };
        value.taints.iter().all(is_parameter)
            && (value.is_unknown()
                || value.apis.iter().any(|a| {
                    let path = self.heap.path(*a);
                    path.starts_with('?') || path.ends_with("()")
                }))
    }

    fn attempt(
        &mut self,
        block: &'m [Stmt],
        handler: Option<&'m (Option<Pattern>, Vec<Stmt>)>,
        finalizer: Option<&'m [Stmt]>,
        frame: &mut Frame<'m>,
    ) {
        let before = frame.env.clone();
        self.thrown.push(Value::bottom());
        self.block(block, frame);
        let thrown = self.thrown.pop().unwrap_or_else(Value::bottom);
        if let Some((pattern, body)) = handler {
            let after = frame.env.clone();
            let mut start = before.clone();
            start.join(after.clone());
            // The block may have stopped anywhere: what its tests said does not hold.
            start.known.clone_from(&before.known);
            frame.env = start;
            if let Some(pattern) = pattern {
                let api = self.heap.api("@error");
                if let PatternKind::Symbol(symbol) = &pattern.kind {
                    let value = Value::api(api).join(&thrown);
                    self.set_variable(*symbol, &value, frame);
                }
            }
            self.block(body, frame);
            frame.env.join(after);
        }
        if let Some(body) = finalizer {
            let was_live = frame.env.is_live;
            frame.env.is_live = true;
            self.block(body, frame);
            frame.env.is_live &= was_live;
        }
    }

    fn switch(
        &mut self,
        subject: &'m Expr,
        cases: &'m [(Option<Expr>, Vec<Stmt>)],
        label: Option<Name>,
        frame: &mut Frame<'m>,
    ) {
        self.eval(subject, frame);
        let entry = frame.env.clone();
        frame.exits.push(exit(label, false));
        frame.env.is_live = false;
        let mut has_default = false;
        // switch (true) { case test: … }
        let is_true = matches!(subject.kind, ExprKind::Bool(true));
        let is_type = match &subject.kind {
            ExprKind::Unary(Unary::TypeOf, inner) => Some(&**inner),
            _ => None,
        };
        for (test, body) in cases {
            let mut enter = entry.clone();
            match test {
                Some(test) => {
                    let saved = std::mem::replace(&mut frame.env, enter);
                    let value = self.eval(test, frame);
                    let known: Vec<Known> = if is_true {
                        self.known_after(test, true, frame, 0)
                    } else if let Some(inner) = is_type {
                        match value.exact() {
                            Some("string") => self.known_path(inner, sink::NOSQL, frame),
                            Some("object") | None => Vec::new(),
                            Some(_) => self.known_path(inner, sink::ALL, frame),
                        }
                    } else if !value.is_tainted() && !value.is_unknown() {
                        self.known_path(subject, sink::ALL, frame)
                    } else {
                        Vec::new()
                    };
                    self.learn(known, frame);
                    enter = std::mem::replace(&mut frame.env, saved);
                }
                None => has_default = true,
            }
            frame.env.join(enter);
            self.block(body, frame);
        }
        if !has_default {
            frame.env.join(entry);
        }
        self.leave(frame);
    }

    fn known_path(&self, expr: &Expr, mask: u32, frame: &Frame<'m>) -> Vec<Known> {
        match path_of(expr, frame.function.file) {
            Some(path) => vec![Known { path, mask }],
            None => Vec::new(),
        }
    }
}

fn exit(label: Option<Name>, is_loop: bool) -> Exit {
    Exit { label, is_loop, breaks: Vec::new(), continues: Vec::new() }
}

fn matches_label(exit: &Exit, label: Option<&Name>) -> bool {
    match label {
        Some(_) => exit.label.as_ref() == label,
        None => true,
    }
}

/// `process.exit()` does not return.
fn is_exit_call(expr: &Expr) -> bool {
    let ExprKind::Call(call) = &expr.kind else { return false };
    let ExprKind::Member(object, name) = &call.callee.kind else { return false };
    &**name == "exit" && matches!(&object.kind, ExprKind::Global(g) if &**g == "process")
}
