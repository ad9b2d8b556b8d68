//! Calls of a test that put other modules in place of some, as they are written.

use oxc::ast::ast::{Argument, CallExpression, Expression};
use oxc::span::Span;

/// Objects that such calls are methods of.
const OBJECTS: [&str; 4] = ["vi", "vitest", "jest", "mock"];
/// Methods that run before imports.
const HOISTED: [&str; 5] = ["mock", "unmock", "deepUnmock", "hoisted", "enableAutomock"];
/// Methods whose first argument names a module.
const NAMING: [&str; 16] = [
    "mock",
    "unmock",
    "deepUnmock",
    "doMock",
    "doUnmock",
    "dontMock",
    "setMock",
    "importActual",
    "importMock",
    "requireActual",
    "requireMock",
    "createMockFromModule",
    "genMockFromModule",
    "unstable_mockModule",
    "unstable_unmockModule",
    "module",
];
/// Methods that need modules to be looked up while they run, besides.
const LATE: [&str; 5] =
    ["hoisted", "resetModules", "isolateModules", "isolateModulesAsync", "dynamicImportSettled"];

/// The object and the method of a call such as `vi.mock(…)` or `t.mock.module(…)`.
fn method<'b>(call: &'b CallExpression<'_>) -> Option<(&'b str, &'b str)> {
    let Expression::StaticMemberExpression(member) = &call.callee else { return None };
    let object = match &member.object {
        Expression::Identifier(name) => name.name.as_str(),
        Expression::StaticMemberExpression(inner) => inner.property.name.as_str(),
        // `jest.mock(…).mock(…)`
        Expression::CallExpression(inner) => method(inner)?.0,
        _ => return None,
    };
    OBJECTS.contains(&object).then_some((object, member.property.name.as_str()))
}

/// The call that an expression is, when it must run before imports.
pub(super) fn hoisted_call<'b, 'a>(
    expression: &'b Expression<'a>,
) -> Option<&'b CallExpression<'a>> {
    let call = match expression {
        Expression::CallExpression(call) => call,
        Expression::AwaitExpression(wait) => return hoisted_call(&wait.argument),
        _ => return None,
    };
    let (object, name) = method(call)?;
    (object != "mock" && HOISTED.contains(&name)).then_some(call)
}

/// Whether a call needs modules that are looked up while they run.
pub(super) fn needs_late_modules(call: &CallExpression<'_>) -> bool {
    let Some((object, name)) = method(call) else { return false };
    match (object, name) {
        ("mock", name) => name == "module",
        (_, "module") => false,
        (_, name) => NAMING.contains(&name) || LATE.contains(&name),
    }
}

/// The module that a call names as plain text.
pub(super) fn named_module<'b>(call: &'b CallExpression<'_>) -> Option<&'b str> {
    let (object, name) = method(call)?;
    if !NAMING.contains(&name) || (object == "mock") != (name == "module") {
        return None;
    }
    match call.arguments.first()? {
        Argument::StringLiteral(text) => Some(&text.value),
        Argument::TemplateLiteral(text) if text.expressions.is_empty() => {
            text.quasis.first().map(|quasi| quasi.value.raw.as_str())
        }
        _ => mocked_import(call).map(|(_, source)| source),
    }
}

/// `vi.mock(import('./x.js'))`: the place of the import, and what it names.
pub(super) fn mocked_import<'b>(call: &'b CallExpression<'_>) -> Option<(Span, &'b str)> {
    let (object, name) = method(call)?;
    let Argument::ImportExpression(import) = call.arguments.first()? else { return None };
    let Expression::StringLiteral(source) = &import.source else { return None };
    (object != "mock" && NAMING.contains(&name)).then_some((import.span, source.value.as_str()))
}

/// The name of the object of a call such as `vi.spyOn(object, …)`.
pub(super) fn spied_object<'b>(call: &'b CallExpression<'_>) -> Option<&'b str> {
    let Expression::StaticMemberExpression(member) = &call.callee else { return None };
    let Argument::Identifier(name) = call.arguments.first()? else { return None };
    matches!(member.property.name.as_str(), "spyOn" | "method").then_some(name.name.as_str())
}
