//! Expressions.

use oxc::ast::ast::{
    Argument, ArrayExpressionElement, AssignmentOperator, BinaryOperator, ChainElement, Expression,
    IdentifierReference, JSXAttributeItem, JSXAttributeName, JSXAttributeValue, JSXChild,
    JSXElement, JSXElementName, JSXExpression, LogicalOperator, MemberExpression,
    ObjectPropertyKind, PropertyKind, TemplateLiteral, UnaryOperator,
};
use oxc::span::GetSpan;

use super::build::{Lower, place};
use super::function::key_name;
use super::{
    Assign, Binary, Call, Expr, ExprKind, Logical, MethodKind, Name, Place, Property, Unary,
};

impl Lower<'_> {
    /// An expression that a name is bound to, so that functions know theirs.
    pub(super) fn named(&mut self, expr: &Expression<'_>, name: Option<Name>) -> Expr {
        let at = place(expr.span());
        let kind = match expr {
            Expression::FunctionExpression(f) => ExprKind::Function(self.function(f, name)),
            Expression::ArrowFunctionExpression(f) => ExprKind::Function(self.arrow(f, name)),
            Expression::ClassExpression(class) => ExprKind::Class(self.class(class)),
            Expression::ParenthesizedExpression(x) => return self.named(&x.expression, name),
            other => return self.expression(other),
        };
        Expr { place: at, kind }
    }

    pub(super) fn expression(&mut self, expr: &Expression<'_>) -> Expr {
        let at = place(expr.span());
        let kind = match expr {
            Expression::BooleanLiteral(x) => ExprKind::Bool(x.value),
            Expression::NullLiteral(_) => ExprKind::Null,
            Expression::NumericLiteral(x) => ExprKind::Number(x.value),
            Expression::BigIntLiteral(_) => ExprKind::Number(f64::NAN),
            Expression::RegExpLiteral(x) => {
                let flags = x.regex.flags.to_string();
                ExprKind::Regex(self.name(x.regex.pattern.text.as_str()), self.name(&flags))
            }
            Expression::StringLiteral(x) => ExprKind::Text(self.name(x.value.as_str())),
            Expression::TemplateLiteral(x) => self.template(x),
            Expression::Identifier(x) => return self.reference(x),
            Expression::Super(_) => ExprKind::Super,
            Expression::ArrayExpression(x) => {
                let mut items = Vec::with_capacity(x.elements.len());
                for element in &x.elements {
                    items.push(match element {
                        ArrayExpressionElement::SpreadElement(s) => self.spread(&s.argument),
                        ArrayExpressionElement::Elision(_) => undefined(at),
                        other => {
                            other.as_expression().map_or(undefined(at), |e| self.expression(e))
                        }
                    });
                }
                ExprKind::Array(items)
            }
            Expression::ArrowFunctionExpression(x) => ExprKind::Function(self.arrow(x, None)),
            Expression::FunctionExpression(x) => ExprKind::Function(self.function(x, None)),
            Expression::ClassExpression(x) => ExprKind::Class(self.class(x)),
            Expression::AssignmentExpression(x) => {
                let target = self.target(&x.left);
                let name = match &target.kind {
                    super::PatternKind::Symbol(s) => Some(self.symbols[*s as usize].name.clone()),
                    super::PatternKind::Target(t) => match &t.kind {
                        ExprKind::Member(_, name) | ExprKind::Global(name) => Some(name.clone()),
                        _ => None,
                    },
                    _ => None,
                };
                let value = self.named(&x.right, name);
                let how = match x.operator {
                    AssignmentOperator::Assign => Assign::Plain,
                    AssignmentOperator::Addition => Assign::Add,
                    AssignmentOperator::LogicalOr => Assign::Logical(Logical::Or),
                    AssignmentOperator::LogicalAnd => Assign::Logical(Logical::And),
                    AssignmentOperator::LogicalNullish => Assign::Logical(Logical::Coalesce),
                    _ => Assign::Arithmetic,
                };
                ExprKind::Assign(how, Box::new(target), Box::new(value))
            }
            Expression::AwaitExpression(x) => {
                ExprKind::Await(Box::new(self.expression(&x.argument)))
            }
            Expression::BinaryExpression(x) => {
                let left = Box::new(self.expression(&x.left));
                let right = Box::new(self.expression(&x.right));
                ExprKind::Binary(binary(x.operator), left, right)
            }
            Expression::CallExpression(x) => self.call(&x.callee, &x.arguments, false),
            Expression::NewExpression(x) => self.call(&x.callee, &x.arguments, true),
            Expression::ChainExpression(x) => match &x.expression {
                ChainElement::CallExpression(c) => self.call(&c.callee, &c.arguments, false),
                ChainElement::TSNonNullExpression(n) => return self.expression(&n.expression),
                other => match other.as_member_expression() {
                    Some(member) => return self.member(member),
                    None => ExprKind::Undefined,
                },
            },
            Expression::ConditionalExpression(x) => ExprKind::Conditional(
                Box::new(self.expression(&x.test)),
                Box::new(self.expression(&x.consequent)),
                Box::new(self.expression(&x.alternate)),
            ),
            Expression::ImportExpression(x) => {
                ExprKind::Import(Box::new(self.expression(&x.source)))
            }
            Expression::LogicalExpression(x) => {
                let operator = match x.operator {
                    LogicalOperator::And => Logical::And,
                    LogicalOperator::Or => Logical::Or,
                    LogicalOperator::Coalesce => Logical::Coalesce,
                };
                let left = Box::new(self.expression(&x.left));
                ExprKind::Logical(operator, left, Box::new(self.expression(&x.right)))
            }
            Expression::ObjectExpression(x) => {
                let mut properties = Vec::with_capacity(x.properties.len());
                for property in &x.properties {
                    properties.push(match property {
                        ObjectPropertyKind::ObjectProperty(p) => {
                            let key = self.key(&p.key, p.computed);
                            let name = key_name(&key);
                            let kind = match p.kind {
                                PropertyKind::Init => MethodKind::Plain,
                                PropertyKind::Get => MethodKind::Getter,
                                PropertyKind::Set => MethodKind::Setter,
                            };
                            Property::Value(key, kind, self.named(&p.value, name))
                        }
                        ObjectPropertyKind::SpreadProperty(s) => {
                            Property::Spread(self.expression(&s.argument))
                        }
                    });
                }
                ExprKind::Object(properties)
            }
            Expression::ParenthesizedExpression(x) => return self.expression(&x.expression),
            Expression::SequenceExpression(x) => {
                ExprKind::Sequence(x.expressions.iter().map(|e| self.expression(e)).collect())
            }
            Expression::TaggedTemplateExpression(x) => {
                let tag = Box::new(self.expression(&x.tag));
                let mut texts = Vec::with_capacity(x.quasi.quasis.len());
                for quasi in &x.quasi.quasis {
                    texts.push(self.name(quasi.value.raw.as_str()));
                }
                let values = x.quasi.expressions.iter().map(|e| self.expression(e)).collect();
                ExprKind::Tagged(tag, texts, values)
            }
            Expression::ThisExpression(_) => ExprKind::This,
            Expression::UnaryExpression(x) => {
                let operator = match x.operator {
                    UnaryOperator::LogicalNot => Unary::Not,
                    UnaryOperator::Typeof => Unary::TypeOf,
                    UnaryOperator::Void => Unary::Void,
                    UnaryOperator::Delete => Unary::Delete,
                    _ => Unary::Number,
                };
                ExprKind::Unary(operator, Box::new(self.expression(&x.argument)))
            }
            Expression::UpdateExpression(x) => {
                ExprKind::Update(Box::new(self.simple_target(&x.argument)))
            }
            Expression::YieldExpression(x) => {
                ExprKind::Yield(x.argument.as_ref().map(|e| Box::new(self.expression(e))))
            }
            Expression::PrivateInExpression(x) => {
                let left = Box::new(undefined(at));
                ExprKind::Binary(Binary::In, left, Box::new(self.expression(&x.right)))
            }
            Expression::JSXElement(x) => return self.jsx(x),
            Expression::JSXFragment(x) => {
                let children = self.jsx_children(&x.children);
                ExprKind::Jsx(self.name(""), Vec::new(), children)
            }
            Expression::TSAsExpression(x) => return self.expression(&x.expression),
            Expression::TSSatisfiesExpression(x) => return self.expression(&x.expression),
            Expression::TSTypeAssertion(x) => return self.expression(&x.expression),
            Expression::TSNonNullExpression(x) => return self.expression(&x.expression),
            Expression::TSInstantiationExpression(x) => return self.expression(&x.expression),
            Expression::ImportMeta(_)
            | Expression::NewTarget(_)
            | Expression::V8IntrinsicExpression(_) => ExprKind::Undefined,
            other => match other.as_member_expression() {
                Some(member) => return self.member(member),
                None => ExprKind::Undefined,
            },
        };
        Expr { place: at, kind }
    }

    pub(super) fn reference(&mut self, name: &IdentifierReference<'_>) -> Expr {
        let at = place(name.span);
        let symbol =
            name.reference_id.get().and_then(|id| self.scoping.get_reference(id).symbol_id());
        let kind = match symbol {
            Some(id) => {
                let index = self.symbol(id);
                self.used(index);
                ExprKind::Symbol(index)
            }
            None if name.name == "undefined" => ExprKind::Undefined,
            None => ExprKind::Global(self.name(name.name.as_str())),
        };
        Expr { place: at, kind }
    }

    pub(super) fn member(&mut self, member: &MemberExpression<'_>) -> Expr {
        let at = place(member.span());
        let kind = match member {
            MemberExpression::StaticMemberExpression(x) => {
                let object = Box::new(self.expression(&x.object));
                ExprKind::Member(object, self.name(x.property.name.as_str()))
            }
            MemberExpression::PrivateFieldExpression(x) => {
                let object = Box::new(self.expression(&x.object));
                let name = format!("#{}", x.field.name);
                ExprKind::Member(object, self.name(&name))
            }
            MemberExpression::ComputedMemberExpression(x) => {
                let object = Box::new(self.expression(&x.object));
                let key = self.expression(&x.expression);
                match key.kind {
                    ExprKind::Text(name) => ExprKind::Member(object, name),
                    _ => ExprKind::Index(object, Box::new(key)),
                }
            }
        };
        Expr { place: at, kind }
    }

    fn call(
        &mut self,
        callee: &Expression<'_>,
        arguments: &[Argument<'_>],
        is_new: bool,
    ) -> ExprKind {
        let callee = self.expression(callee);
        let mut args = Vec::with_capacity(arguments.len());
        for argument in arguments {
            args.push(match argument {
                Argument::SpreadElement(s) => self.spread(&s.argument),
                other => match other.as_expression() {
                    Some(e) => self.expression(e),
                    None => undefined(place(other.span())),
                },
            });
        }
        ExprKind::Call(Box::new(Call { callee, args, is_new }))
    }

    fn spread(&mut self, argument: &Expression<'_>) -> Expr {
        let inner = self.expression(argument);
        Expr { place: inner.place, kind: ExprKind::Spread(Box::new(inner)) }
    }

    fn template(&mut self, template: &TemplateLiteral<'_>) -> ExprKind {
        let mut parts = Vec::with_capacity(template.quasis.len() * 2);
        let mut expressions = template.expressions.iter();
        for quasi in &template.quasis {
            let text = quasi.value.cooked.as_ref().unwrap_or(&quasi.value.raw);
            if !text.is_empty() {
                let kind = ExprKind::Text(self.name(text.as_str()));
                parts.push(Expr { place: place(quasi.span), kind });
            }
            if let Some(expr) = expressions.next() {
                parts.push(self.expression(expr));
            }
        }
        match parts.len() {
            0 => ExprKind::Text(self.name("")),
            1 if matches!(parts[0].kind, ExprKind::Text(_)) => parts.remove(0).kind,
            _ => ExprKind::Template(parts),
        }
    }

    fn jsx(&mut self, element: &JSXElement<'_>) -> Expr {
        let at = place(element.span);
        let opening = &element.opening_element;
        let name = match &opening.name {
            JSXElementName::Identifier(id) => self.name(id.name.as_str()),
            JSXElementName::IdentifierReference(id) => {
                self.reference(id);
                self.name(id.name.as_str())
            }
            JSXElementName::MemberExpression(member) => self.name(member.property.name.as_str()),
            _ => self.name("?"),
        };
        let mut attributes = Vec::new();
        for item in &opening.attributes {
            match item {
                JSXAttributeItem::Attribute(attribute) => {
                    let key = match &attribute.name {
                        JSXAttributeName::Identifier(id) => self.name(id.name.as_str()),
                        JSXAttributeName::NamespacedName(n) => self.name(n.name.name.as_str()),
                    };
                    let value = match &attribute.value {
                        Some(JSXAttributeValue::StringLiteral(s)) => Expr {
                            place: place(s.span),
                            kind: ExprKind::Text(self.name(s.value.as_str())),
                        },
                        Some(JSXAttributeValue::ExpressionContainer(c)) => {
                            self.jsx_expression(&c.expression, place(c.span))
                        }
                        Some(JSXAttributeValue::Element(e)) => self.jsx(e),
                        _ => Expr { place: place(attribute.span), kind: ExprKind::Bool(true) },
                    };
                    attributes.push((key, value));
                }
                JSXAttributeItem::SpreadAttribute(spread) => {
                    let value = self.expression(&spread.argument);
                    let key = self.name("...");
                    attributes.push((key, value));
                }
            }
        }
        let children = self.jsx_children(&element.children);
        Expr { place: at, kind: ExprKind::Jsx(name, attributes, children) }
    }

    fn jsx_expression(&mut self, expression: &JSXExpression<'_>, at: Place) -> Expr {
        match expression.as_expression() {
            Some(expr) => self.expression(expr),
            None => undefined(at),
        }
    }

    fn jsx_children(&mut self, children: &[JSXChild<'_>]) -> Vec<Expr> {
        let mut out = Vec::new();
        for child in children {
            match child {
                JSXChild::Element(e) => out.push(self.jsx(e)),
                JSXChild::Fragment(f) => out.extend(self.jsx_children(&f.children)),
                JSXChild::ExpressionContainer(c) => {
                    out.push(self.jsx_expression(&c.expression, place(c.span)));
                }
                JSXChild::Spread(s) => out.push(self.expression(&s.expression)),
                JSXChild::Text(_) => {}
            }
        }
        out
    }
}

fn undefined(place: Place) -> Expr {
    Expr { place, kind: ExprKind::Undefined }
}

fn binary(operator: BinaryOperator) -> Binary {
    match operator {
        BinaryOperator::Addition => Binary::Add,
        BinaryOperator::Equality | BinaryOperator::StrictEquality => Binary::Equal,
        BinaryOperator::Inequality | BinaryOperator::StrictInequality => Binary::Unequal,
        BinaryOperator::LessThan
        | BinaryOperator::LessEqualThan
        | BinaryOperator::GreaterThan
        | BinaryOperator::GreaterEqualThan => Binary::Compare,
        BinaryOperator::In => Binary::In,
        BinaryOperator::Instanceof => Binary::InstanceOf,
        _ => Binary::Arithmetic,
    }
}
