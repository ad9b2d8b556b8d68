//! What values are bound to: declarations, parameters, assignments.

use oxc::ast::ast::{
    AssignmentTarget, AssignmentTargetMaybeDefault, AssignmentTargetProperty, BindingPattern,
    PropertyKey, SimpleAssignmentTarget,
};
use oxc::span::GetSpan;

use super::build::{Lower, place};
use super::{Expr, ExprKind, Key, Pattern, PatternKind, Place};

impl Lower<'_> {
    pub(super) fn binding(&mut self, pattern: &BindingPattern<'_>) -> Pattern {
        let at = place(pattern.span());
        match pattern {
            BindingPattern::BindingIdentifier(name) => match name.symbol_id.get() {
                Some(id) => bare(at, PatternKind::Symbol(self.symbol(id))),
                None => bare(at, PatternKind::Object(Vec::new(), None)),
            },
            BindingPattern::ObjectPattern(object) => {
                let mut parts = Vec::with_capacity(object.properties.len());
                for property in &object.properties {
                    let key = self.key(&property.key, property.computed);
                    parts.push((key, self.binding(&property.value)));
                }
                let rest = object.rest.as_ref().map(|r| Box::new(self.binding(&r.argument)));
                bare(at, PatternKind::Object(parts, rest))
            }
            BindingPattern::ArrayPattern(array) => {
                let parts =
                    array.elements.iter().map(|e| e.as_ref().map(|p| self.binding(p))).collect();
                let rest = array.rest.as_ref().map(|r| Box::new(self.binding(&r.argument)));
                bare(at, PatternKind::Array(parts, rest))
            }
            BindingPattern::AssignmentPattern(with_default) => {
                let mut inner = self.binding(&with_default.left);
                inner.default = Some(Box::new(self.expression(&with_default.right)));
                inner
            }
        }
    }

    pub(super) fn target(&mut self, target: &AssignmentTarget<'_>) -> Pattern {
        let at = place(target.span());
        match target {
            AssignmentTarget::ArrayAssignmentTarget(array) => {
                let parts = array
                    .elements
                    .iter()
                    .map(|e| e.as_ref().map(|p| self.maybe_default(p)))
                    .collect();
                let rest = array.rest.as_ref().map(|r| Box::new(self.target(&r.target)));
                bare(at, PatternKind::Array(parts, rest))
            }
            AssignmentTarget::ObjectAssignmentTarget(object) => {
                let mut parts = Vec::with_capacity(object.properties.len());
                for property in &object.properties {
                    parts.push(self.target_property(property));
                }
                let rest = object.rest.as_ref().map(|r| Box::new(self.target(&r.target)));
                bare(at, PatternKind::Object(parts, rest))
            }
            other => match other.as_simple_assignment_target() {
                Some(simple) => self.simple_target(simple),
                None => bare(at, PatternKind::Object(Vec::new(), None)),
            },
        }
    }

    fn target_property(&mut self, property: &AssignmentTargetProperty<'_>) -> (Key, Pattern) {
        match property {
            AssignmentTargetProperty::AssignmentTargetPropertyIdentifier(named) => {
                let key = Key::Name(self.name(named.binding.name.as_str()));
                let at = place(named.binding.span);
                let mut pattern = self.reference_target(&named.binding, at);
                pattern.default = named.init.as_ref().map(|e| Box::new(self.expression(e)));
                (key, pattern)
            }
            AssignmentTargetProperty::AssignmentTargetPropertyProperty(pair) => {
                let key = self.key(&pair.name, pair.computed);
                (key, self.maybe_default(&pair.binding))
            }
        }
    }

    fn maybe_default(&mut self, target: &AssignmentTargetMaybeDefault<'_>) -> Pattern {
        match target {
            AssignmentTargetMaybeDefault::AssignmentTargetWithDefault(with) => {
                let mut inner = self.target(&with.binding);
                inner.default = Some(Box::new(self.expression(&with.init)));
                inner
            }
            other => match other.as_assignment_target() {
                Some(target) => self.target(target),
                None => bare(place(other.span()), PatternKind::Object(Vec::new(), None)),
            },
        }
    }

    pub(super) fn simple_target(&mut self, target: &SimpleAssignmentTarget<'_>) -> Pattern {
        let at = place(target.span());
        let inner = match target {
            SimpleAssignmentTarget::AssignmentTargetIdentifier(name) => {
                return self.reference_target(name, at);
            }
            SimpleAssignmentTarget::TSAsExpression(x) => self.expression(&x.expression),
            SimpleAssignmentTarget::TSSatisfiesExpression(x) => self.expression(&x.expression),
            SimpleAssignmentTarget::TSNonNullExpression(x) => self.expression(&x.expression),
            SimpleAssignmentTarget::TSTypeAssertion(x) => self.expression(&x.expression),
            other => match other.as_member_expression() {
                Some(member) => self.member(member),
                None => Expr { place: at, kind: ExprKind::Undefined },
            },
        };
        match inner.kind {
            ExprKind::Symbol(index) => bare(at, PatternKind::Symbol(index)),
            _ => bare(at, PatternKind::Target(Box::new(inner))),
        }
    }

    fn reference_target(
        &mut self,
        name: &oxc::ast::ast::IdentifierReference<'_>,
        at: Place,
    ) -> Pattern {
        let expr = self.reference(name);
        match expr.kind {
            ExprKind::Symbol(index) => {
                // A write is not a read.
                let symbol = &mut self.symbols[index as usize];
                symbol.reads = symbol.reads.saturating_sub(1);
                bare(at, PatternKind::Symbol(index))
            }
            _ => bare(at, PatternKind::Target(Box::new(expr))),
        }
    }

    pub(super) fn key(&mut self, key: &PropertyKey<'_>, computed: bool) -> Key {
        match key {
            PropertyKey::StaticIdentifier(name) => Key::Name(self.name(name.name.as_str())),
            PropertyKey::PrivateIdentifier(name) => {
                let name = format!("#{}", name.name);
                Key::Name(self.name(&name))
            }
            PropertyKey::StringLiteral(text) => Key::Name(self.name(text.value.as_str())),
            PropertyKey::NumericLiteral(number) => {
                let name = number.value.to_string();
                Key::Name(self.name(&name))
            }
            other => match other.as_expression() {
                Some(expr) => {
                    let expr = self.expression(expr);
                    match (&expr.kind, computed) {
                        (ExprKind::Text(name), _) => Key::Name(name.clone()),
                        _ => Key::Computed(Box::new(expr)),
                    }
                }
                None => Key::Name(self.name("")),
            },
        }
    }
}

pub(super) fn bare(place: Place, kind: PatternKind) -> Pattern {
    Pattern { place, kind, default: None }
}
