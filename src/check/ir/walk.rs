//! Walks a tree from the outside in.

use super::{
    Class, Expr, ExprKind, Function, Key, Module, Pattern, PatternKind, Property, Stmt, StmtKind,
};

/// Sees every node before its children. Each method may be left out.
pub(crate) trait Visitor {
    /// A statement.
    fn statement(&mut self, _: &Stmt) {}
    /// An expression.
    fn expression(&mut self, _: &Expr) {}
    /// A function, before its parameters.
    fn enter_function(&mut self, _: &Function) {}
    /// The same function, after its body.
    fn leave_function(&mut self, _: &Function) {}
    /// A class.
    fn class(&mut self, _: &Class, _: &Expr) {}
    /// A loop's round begins.
    fn enter_loop(&mut self, _: &Stmt) {}
    /// A loop's round ends.
    fn leave_loop(&mut self, _: &Stmt) {}
}

/// Walks a whole file.
pub(crate) fn visit_module(module: &Module, visitor: &mut dyn Visitor) {
    statements(&module.body.body, visitor);
}

/// Walks one function.
pub(crate) fn visit_function(f: &Function, visitor: &mut dyn Visitor) {
    visitor.enter_function(f);
    for param in &f.params {
        pattern(&param.pattern, visitor);
    }
    statements(&f.body, visitor);
    visitor.leave_function(f);
}

fn statements(list: &[Stmt], v: &mut dyn Visitor) {
    for stmt in list {
        statement(stmt, v);
    }
}

fn statement(stmt: &Stmt, v: &mut dyn Visitor) {
    v.statement(stmt);
    match &stmt.kind {
        StmtKind::Expr(e) | StmtKind::Throw(e) | StmtKind::ExportDefault(e) => expression(e, v),
        StmtKind::Declare(p, value) => {
            pattern(p, v);
            value.iter().for_each(|e| expression(e, v));
        }
        StmtKind::Function(_, f) => visit_function(f, v),
        StmtKind::If(test, then, other) => {
            expression(test, v);
            statement(then, v);
            other.iter().for_each(|s| statement(s, v));
        }
        StmtKind::Loop { test, update, body, .. } => {
            v.enter_loop(stmt);
            test.iter().for_each(|e| expression(e, v));
            statement(body, v);
            update.iter().for_each(|e| expression(e, v));
            v.leave_loop(stmt);
        }
        StmtKind::ForEach { pattern: p, subject, body, .. } => {
            expression(subject, v);
            v.enter_loop(stmt);
            pattern(p, v);
            statement(body, v);
            v.leave_loop(stmt);
        }
        StmtKind::Return(value) => value.iter().for_each(|e| expression(e, v)),
        StmtKind::Try { block, handler, finalizer } => {
            statements(block, v);
            if let Some((p, body)) = handler {
                p.iter().for_each(|p| pattern(p, v));
                statements(body, v);
            }
            finalizer.iter().for_each(|b| statements(b, v));
        }
        StmtKind::Switch(subject, cases) => {
            expression(subject, v);
            for (test, body) in cases {
                test.iter().for_each(|e| expression(e, v));
                statements(body, v);
            }
        }
        StmtKind::Block(body) => statements(body, v),
        StmtKind::Labeled(_, body) => statement(body, v),
        StmtKind::Break(_) | StmtKind::Continue(_) | StmtKind::Debugger => {}
    }
}

fn pattern(p: &Pattern, v: &mut dyn Visitor) {
    match &p.kind {
        PatternKind::Symbol(_) => {}
        PatternKind::Target(e) => expression(e, v),
        PatternKind::Object(parts, rest) => {
            for (k, p) in parts {
                key(k, v);
                pattern(p, v);
            }
            rest.iter().for_each(|p| pattern(p, v));
        }
        PatternKind::Array(parts, rest) => {
            parts.iter().flatten().for_each(|p| pattern(p, v));
            rest.iter().for_each(|p| pattern(p, v));
        }
    }
    p.default.iter().for_each(|e| expression(e, v));
}

fn key(k: &Key, v: &mut dyn Visitor) {
    if let Key::Computed(e) = k {
        expression(e, v);
    }
}

fn class(c: &Class, v: &mut dyn Visitor) {
    c.heritage.iter().for_each(|e| expression(e, v));
    c.constructor.iter().for_each(|f| visit_function(f, v));
    for field in &c.fields {
        key(&field.key, v);
        field.value.iter().for_each(|e| expression(e, v));
    }
    for method in &c.methods {
        key(&method.key, v);
        visit_function(&method.function, v);
    }
}

fn expression(expr: &Expr, v: &mut dyn Visitor) {
    v.expression(expr);
    match &expr.kind {
        ExprKind::Member(e, _)
        | ExprKind::Unary(_, e)
        | ExprKind::Spread(e)
        | ExprKind::Await(e)
        | ExprKind::Import(e) => expression(e, v),
        ExprKind::Index(a, b) | ExprKind::Binary(_, a, b) | ExprKind::Logical(_, a, b) => {
            expression(a, v);
            expression(b, v);
        }
        ExprKind::Call(call) => {
            expression(&call.callee, v);
            call.args.iter().for_each(|e| expression(e, v));
        }
        ExprKind::Template(list) | ExprKind::Sequence(list) | ExprKind::Array(list) => {
            list.iter().for_each(|e| expression(e, v));
        }
        ExprKind::Tagged(tag, _, values) => {
            expression(tag, v);
            values.iter().for_each(|e| expression(e, v));
        }
        ExprKind::Update(p) => pattern(p, v),
        ExprKind::Conditional(a, b, c) => {
            expression(a, v);
            expression(b, v);
            expression(c, v);
        }
        ExprKind::Assign(_, p, e) => {
            pattern(p, v);
            expression(e, v);
        }
        ExprKind::Object(properties) => {
            for property in properties {
                match property {
                    Property::Value(k, _, e) => {
                        key(k, v);
                        expression(e, v);
                    }
                    Property::Spread(e) => expression(e, v),
                }
            }
        }
        ExprKind::Function(f) => visit_function(f, v),
        ExprKind::Class(c) => {
            v.class(c, expr);
            class(c, v);
        }
        ExprKind::Yield(e) => e.iter().for_each(|e| expression(e, v)),
        ExprKind::Jsx(_, attributes, children) => {
            attributes.iter().for_each(|(_, e)| expression(e, v));
            children.iter().for_each(|e| expression(e, v));
        }
        ExprKind::Text(_)
        | ExprKind::Number(_)
        | ExprKind::Bool(_)
        | ExprKind::Null
        | ExprKind::Undefined
        | ExprKind::Regex(..)
        | ExprKind::Symbol(_)
        | ExprKind::Global(_)
        | ExprKind::This
        | ExprKind::Super => {}
    }
}
