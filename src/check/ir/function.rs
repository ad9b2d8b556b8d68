//! Functions and classes.

use std::rc::Rc;

use oxc::ast::ast::{
    ArrowFunctionBody, ArrowFunctionExpression, Class as AstClass, ClassElement, Decorator,
    Expression, FormalParameters, Function as AstFunction, FunctionType, MethodDefinitionKind,
    TSType, TSTypeAnnotation, TSTypeName,
};

use super::build::{Lower, place};
use super::{
    Class, Expr, ExprKind, Field, Function, Key, Method, MethodKind, Name, Param, Place, Stmt,
    StmtKind,
};

impl Lower<'_> {
    pub(super) fn function(&mut self, f: &AstFunction<'_>, name: Option<Name>) -> Rc<Function> {
        let name = match &f.id {
            Some(id) => Some(self.name(id.name.as_str())),
            None => name,
        };
        let index = self.enter(f.scope_id.get());
        let own = match &f.id {
            Some(id) if f.r#type == FunctionType::FunctionExpression => {
                id.symbol_id.get().map(|id| self.symbol(id))
            }
            _ => None,
        };
        let params = self.params(&f.params);
        let body = f.body.as_ref().map(|b| self.statements(&b.statements)).unwrap_or_default();
        let slots = self.leave();
        Rc::new(Function {
            index,
            file: self.file,
            name,
            place: place(f.span),
            own,
            params,
            body,
            slots,
            is_arrow: false,
        })
    }

    pub(super) fn arrow(
        &mut self,
        f: &ArrowFunctionExpression<'_>,
        name: Option<Name>,
    ) -> Rc<Function> {
        let index = self.enter(f.scope_id.get());
        let params = self.params(&f.params);
        let body = match &f.body {
            ArrowFunctionBody::FunctionBody(body) => self.statements(&body.statements),
            other => match other.as_expression() {
                Some(expr) => {
                    let expr = self.expression(expr);
                    vec![Stmt { place: expr.place, kind: StmtKind::Return(Some(expr)) }]
                }
                None => Vec::new(),
            },
        };
        let slots = self.leave();
        Rc::new(Function {
            index,
            file: self.file,
            name,
            place: place(f.span),
            own: None,
            params,
            body,
            slots,
            is_arrow: true,
        })
    }

    fn params(&mut self, params: &FormalParameters<'_>) -> Vec<Param> {
        let mut list = Vec::with_capacity(params.items.len());
        for item in &params.items {
            let mut pattern = self.binding(&item.pattern);
            if let Some(default) = &item.initializer {
                pattern.default = Some(Box::new(self.expression(default)));
            }
            let decorators = self.decorators(&item.decorators);
            let type_name = self.type_name(item.type_annotation.as_deref());
            list.push(Param { pattern, rest: false, decorators, type_name });
        }
        if let Some(rest) = &params.rest {
            let pattern = self.binding(&rest.rest.argument);
            list.push(Param { pattern, rest: true, decorators: Vec::new(), type_name: None });
        }
        list
    }

    fn type_name(&mut self, annotation: Option<&TSTypeAnnotation<'_>>) -> Option<Name> {
        match &annotation?.type_annotation {
            TSType::TSTypeReference(reference) => match &reference.type_name {
                TSTypeName::IdentifierReference(name) => Some(self.name(name.name.as_str())),
                TSTypeName::QualifiedName(name) => Some(self.name(name.right.name.as_str())),
                TSTypeName::ThisExpression(_) => None,
            },
            TSType::TSNumberKeyword(_) => Some(self.name("number")),
            TSType::TSBooleanKeyword(_) => Some(self.name("boolean")),
            TSType::TSStringKeyword(_) => Some(self.name("string")),
            _ => None,
        }
    }

    fn decorators(&mut self, decorators: &[Decorator<'_>]) -> Vec<Name> {
        let mut names = Vec::new();
        for decorator in decorators {
            let callee = match &decorator.expression {
                Expression::CallExpression(call) => &call.callee,
                other => other,
            };
            if let Expression::Identifier(name) = callee {
                names.push(self.name(name.name.as_str()));
            }
        }
        names
    }

    pub(super) fn class(&mut self, class: &AstClass<'_>) -> Rc<Class> {
        let heritage = class.heritage.as_ref().map(|h| self.expression(&h.expression));
        let mut made =
            Class { heritage, constructor: None, methods: Vec::new(), fields: Vec::new() };
        for element in &class.body.body {
            self.element(element, &mut made);
        }
        Rc::new(made)
    }

    fn element(&mut self, element: &ClassElement<'_>, class: &mut Class) {
        match element {
            ClassElement::MethodDefinition(method) if method.value.body.is_some() => {
                let key = self.key(&method.key, method.computed);
                let name = key_name(&key);
                let function = self.function(&method.value, name);
                let kind = match method.kind {
                    MethodDefinitionKind::Constructor => {
                        self.parameter_fields(method, class);
                        class.constructor = Some(function);
                        return;
                    }
                    MethodDefinitionKind::Method => MethodKind::Plain,
                    MethodDefinitionKind::Get => MethodKind::Getter,
                    MethodDefinitionKind::Set => MethodKind::Setter,
                };
                let is_static = method.r#static;
                class.methods.push(Method { key, function, kind, is_static });
            }
            ClassElement::PropertyDefinition(field) if !field.declare => {
                let key = self.key(&field.key, field.computed);
                let name = key_name(&key);
                let value = field.value.as_ref().map(|v| self.named(v, name));
                class.fields.push(Field { key, value, is_static: field.r#static });
            }
            ClassElement::AccessorProperty(field) => {
                let key = self.key(&field.key, field.computed);
                let value = field.value.as_ref().map(|v| self.expression(v));
                class.fields.push(Field { key, value, is_static: field.r#static });
            }
            ClassElement::StaticBlock(block) => {
                let index = self.enter(block.scope_id.get());
                let body = self.statements(&block.body);
                let slots = self.leave();
                let at = place(block.span);
                let function = Rc::new(Function {
                    index,
                    file: self.file,
                    name: None,
                    place: at,
                    own: None,
                    params: Vec::new(),
                    body,
                    slots,
                    is_arrow: true,
                });
                let callee = Expr { place: at, kind: ExprKind::Function(function) };
                let call = super::Call { callee, args: Vec::new(), is_new: false };
                let value = Some(Expr { place: at, kind: ExprKind::Call(Box::new(call)) });
                let key = Key::Name(self.name(""));
                class.fields.push(Field { key, value, is_static: true });
            }
            _ => {}
        }
    }

    /// `constructor(private x: X)` declares and sets the field `x`.
    fn parameter_fields(
        &mut self,
        method: &oxc::ast::ast::MethodDefinition<'_>,
        class: &mut Class,
    ) {
        for item in &method.value.params.items {
            if item.accessibility.is_none() && !item.readonly {
                continue;
            }
            if let oxc::ast::ast::BindingPattern::BindingIdentifier(name) = &item.pattern {
                let key = Key::Name(self.name(name.name.as_str()));
                class.fields.push(Field { key, value: None, is_static: false });
            }
        }
    }
}

pub(super) fn key_name(key: &Key) -> Option<Name> {
    match key {
        Key::Name(name) => Some(name.clone()),
        Key::Computed(_) => None,
    }
}

impl Function {
    /// Place of the head: from the start to the first statement.
    pub(crate) fn head(&self) -> Place {
        let end = self.body.first().map_or(self.place.end, |s| s.place.start);
        Place { start: self.place.start, end: end.min(self.place.start + 80).max(self.place.start) }
    }
}
