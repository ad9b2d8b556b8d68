//! One unit of a package's code: what form it has, and a component's JSX compiled away.

use oxc::allocator::Allocator;
use oxc::ast::ast::{
    BindingPattern, Declaration, ExportDefaultDeclarationKind, Expression, FormalParameters,
    ImportDeclarationSpecifier, Program, PropertyKey, Statement, VariableDeclarator,
};
use oxc::codegen::Codegen;
use oxc::parser::Parser;
use oxc::semantic::SemanticBuilder;
use oxc::span::{GetSpan, SourceType};
use oxc::transformer::{JsxOptions, JsxRuntime, TransformOptions, Transformer};

use crate::script::{ScriptError, nesting};

/// What a unit of code is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Unit {
    /// One function expression, as the host takes it.
    Function(String),
    /// Several statements; the named function is the handler. The host cannot run it.
    Statements {
        /// The code.
        code: String,
        /// The function that is the handler.
        handler: String,
    },
    /// It does not parse, or holds no function.
    Broken(String),
}

/// A component as the host takes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Component {
    /// Plain JavaScript without imports and exports.
    pub code: String,
    /// Names that were imported and are not of this file.
    pub imported: Vec<String>,
    /// What the host will not see as a component, or not run.
    pub faults: Vec<String>,
}

/// Runs `work` on a thread with a large stack: the text is hostile.
fn deep<T: Send>(
    path: &str,
    text: &str,
    work: impl FnOnce() -> T + Send,
) -> Result<T, ScriptError> {
    nesting::check(path, text)?;
    nesting::on_deep_stack(work).ok_or_else(|| ScriptError::Limit {
        path: path.to_owned(),
        reason: "made the parser give up; please report it".to_owned(),
    })
}

/// Reads a handler. What the host would refuse and what is plain to mend is mended.
pub(super) fn unit(path: &str, text: &str) -> Result<Unit, ScriptError> {
    deep(path, text, || {
        let text = text.trim();
        if is_function(text) {
            return Unit::Function(text.to_owned());
        }
        let bare = text.strip_prefix("export default").map_or(text, str::trim_start);
        let bare = bare.trim_end_matches([';', ' ', '\n', '\r', '\t']);
        if is_function(bare) {
            return Unit::Function(bare.to_owned());
        }
        match handler_of(text) {
            Ok(Some(handler)) => Unit::Statements { code: text.to_owned(), handler },
            Ok(None) => Unit::Broken("it holds no function".to_owned()),
            Err(reason) => Unit::Broken(reason),
        }
    })
}

/// Whether the text is one function expression and nothing else.
fn is_function(text: &str) -> bool {
    if text.ends_with(';') {
        return false;
    }
    let allocator = Allocator::default();
    let code = format!("({text}\n)");
    let parsed = Parser::new(&allocator, &code, SourceType::mjs()).parse();
    if !parsed.diagnostics.is_empty() {
        return false;
    }
    match parsed.program.body.as_slice() {
        [Statement::ExpressionStatement(statement)] => {
            matches!(
                statement.expression.get_inner_expression(),
                Expression::FunctionExpression(_) | Expression::ArrowFunctionExpression(_)
            )
        }
        _ => false,
    }
}

/// The first function that the statements declare.
fn handler_of(text: &str) -> Result<Option<String>, String> {
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, text, SourceType::mjs()).parse();
    if let Some(fault) = parsed.diagnostics.first() {
        return Err(fault.message.to_string());
    }
    let name = parsed.program.body.iter().find_map(|statement| match statement {
        Statement::FunctionDeclaration(function) => {
            function.id.as_ref().map(|id| id.name.to_string())
        }
        _ => None,
    });
    Ok(name)
}

/// The text of the one function that a module exports as its default, when it has nothing else.
pub(super) fn only_function(path: &str, text: &str) -> Result<Option<String>, ScriptError> {
    deep(path, text, || {
        let allocator = Allocator::default();
        let parsed = Parser::new(&allocator, text, SourceType::mjs()).parse();
        let mut said =
            parsed.program.body.iter().filter(|s| !matches!(s, Statement::EmptyStatement(_)));
        let (Some(Statement::ExportDefaultDeclaration(export)), None) = (said.next(), said.next())
        else {
            return None;
        };
        if !parsed.diagnostics.is_empty() {
            return None;
        }
        let span = match &export.declaration {
            ExportDefaultDeclarationKind::FunctionDeclaration(function) => function.span,
            declaration => match declaration.as_expression()?.get_inner_expression() {
                Expression::FunctionExpression(function) => function.span,
                Expression::ArrowFunctionExpression(function) => function.span,
                _ => return None,
            },
        };
        let code = text.get(span.start as usize..span.end as usize)?;
        is_function(code).then(|| code.to_owned())
    })
}

/// The names that the handler takes out of its third argument.
pub(super) fn context_names(path: &str, function: &str) -> Result<Vec<String>, ScriptError> {
    deep(path, function, || {
        let allocator = Allocator::default();
        let code = format!("({function}\n)");
        let parsed = Parser::new(&allocator, &code, SourceType::mjs()).parse();
        let Some(Statement::ExpressionStatement(statement)) = parsed.program.body.first() else {
            return Vec::new();
        };
        match statement.expression.get_inner_expression() {
            Expression::FunctionExpression(function) => third(&function.params),
            Expression::ArrowFunctionExpression(function) => third(&function.params),
            _ => Vec::new(),
        }
    })
}

fn third(parameters: &FormalParameters<'_>) -> Vec<String> {
    let Some(third) = parameters.items.get(2) else { return Vec::new() };
    let BindingPattern::ObjectPattern(pattern) = &third.pattern else { return Vec::new() };
    let names = pattern.properties.iter().filter_map(|property| match &property.key {
        PropertyKey::StaticIdentifier(name) => Some(name.name.to_string()),
        _ => None,
    });
    names.collect()
}

/// Compiles a component: types and JSX go, imports and the export are cut.
pub(crate) fn component(path: &str, text: &str) -> Result<Component, ScriptError> {
    deep(path, text, || compile(path, text))?
}

fn source_type(path: &str) -> SourceType {
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("ts") => SourceType::ts(),
        Some("tsx") => SourceType::tsx(),
        _ => SourceType::jsx(),
    }
}

fn compile(path: &str, text: &str) -> Result<Component, ScriptError> {
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, text, source_type(path)).parse();
    if let Some(fault) = parsed.diagnostics.first() {
        return Err(ScriptError::Syntax {
            path: path.to_owned(),
            line: line_of(text, fault),
            column: 1,
            message: fault.message.to_string(),
        });
    }
    let mut cut = Cut::default();
    cut.read(&parsed.program);
    let plain = cut.apply(text);
    let mut faults = cut.faults;
    let is_plain = cut.spans.is_empty() && !path.ends_with(".ts") && !path.ends_with(".tsx");
    let allocator = Allocator::default();
    let mut parsed = Parser::new(&allocator, &plain, source_type(path)).parse();
    if let Some(fault) = shown_first(&parsed.program) {
        faults.push(fault);
    }
    let before = Codegen::new().build(&parsed.program).code;
    let semantic = SemanticBuilder::new().with_enum_eval(true).build(&parsed.program);
    let scoping = semantic.semantic.into_scoping();
    let mut jsx = JsxOptions::enable();
    jsx.runtime = JsxRuntime::Classic;
    jsx.pure = false;
    let options = TransformOptions { jsx, ..TransformOptions::default() };
    let done = Transformer::new(&allocator, std::path::Path::new(path), &options)
        .build_with_scoping(scoping, &mut parsed.program);
    if let Some(fault) = done.diagnostics.first() {
        return Err(ScriptError::Syntax {
            path: path.to_owned(),
            line: 1,
            column: 1,
            message: fault.message.to_string(),
        });
    }
    let code = Codegen::new().build(&parsed.program).code;
    // What needs no compiling stays as its author wrote it.
    let code = if is_plain && code == before { plain } else { code.trim_end().to_owned() };
    Ok(Component { code, imported: cut.imported, faults })
}

fn line_of(text: &str, fault: &oxc::diagnostics::OxcDiagnostic) -> usize {
    let offset = fault.labels.first().map_or(0, |label| label.offset() as usize);
    text.get(..offset).unwrap_or_default().matches('\n').count() + 1
}

/// The host takes the first `function X(` or `const X = (` for the component.
fn shown_first(program: &Program<'_>) -> Option<String> {
    let is_name = |name: &str| name.starts_with(|c: char| c.is_ascii_uppercase());
    let found = program.body.iter().find_map(|statement| match statement {
        Statement::FunctionDeclaration(function) => {
            Some((function.id.as_ref()?.name.to_string(), true))
        }
        Statement::VariableDeclaration(list) => list.declarations.iter().find_map(function_name),
        _ => None,
    });
    match found {
        None => Some("it declares no component".to_owned()),
        Some((name, _)) if !is_name(&name) => {
            Some(format!("`{name}` comes before the component, and the host takes it for one"))
        }
        Some((name, false)) => Some(format!(
            "the host does not see `const {name} = props =>`; write `const {name} = (props) =>`"
        )),
        Some(_) => None,
    }
}

fn function_name(declarator: &VariableDeclarator<'_>) -> Option<(String, bool)> {
    let BindingPattern::BindingIdentifier(name) = &declarator.id else { return None };
    let seen = match declarator.init.as_ref()?.get_inner_expression() {
        Expression::FunctionExpression(_) => true,
        Expression::ArrowFunctionExpression(arrow) => {
            // `(` right after the equals sign, `async` is not seen either.
            !arrow.r#async && arrow.params.span.size() > 0 && starts_with_bracket(arrow)
        }
        _ => return None,
    };
    Some((name.name.to_string(), seen))
}

fn starts_with_bracket(arrow: &oxc::ast::ast::ArrowFunctionExpression<'_>) -> bool {
    // A single bare parameter has the same extent as the list of them.
    match arrow.params.items.as_slice() {
        [only] => only.span != arrow.params.span,
        _ => true,
    }
}

/// What is taken out of a component's text.
#[derive(Default)]
struct Cut {
    spans: Vec<(usize, usize)>,
    imported: Vec<String>,
    faults: Vec<String>,
}

impl Cut {
    fn read(&mut self, program: &Program<'_>) {
        for statement in &program.body {
            let span = statement.span();
            let whole = (span.start as usize, span.end as usize);
            match statement {
                Statement::ImportDeclaration(import) => {
                    self.spans.push(whole);
                    let source = import.source.value.as_str();
                    if source.starts_with('.') {
                        self.faults
                            .push(format!("it imports `{source}`, and the host has no files"));
                    }
                    for specifier in import.specifiers.iter().flatten() {
                        self.imported.push(match specifier {
                            ImportDeclarationSpecifier::ImportSpecifier(s) => {
                                s.local.name.to_string()
                            }
                            ImportDeclarationSpecifier::ImportDefaultSpecifier(s) => {
                                s.local.name.to_string()
                            }
                            ImportDeclarationSpecifier::ImportNamespaceSpecifier(s) => {
                                s.local.name.to_string()
                            }
                        });
                    }
                }
                Statement::ExportDefaultDeclaration(export) => match &export.declaration {
                    ExportDefaultDeclarationKind::FunctionDeclaration(function) => {
                        self.spans.push((whole.0, function.span.start as usize));
                    }
                    ExportDefaultDeclarationKind::Identifier(_) => self.spans.push(whole),
                    _ => self.faults.push("its default export has no name".to_owned()),
                },
                Statement::ExportDeclaration(export) => {
                    let start = match &export.declaration {
                        Declaration::FunctionDeclaration(function) => function.span.start,
                        declaration => declaration.span().start,
                    };
                    self.spans.push((whole.0, start as usize));
                }
                Statement::ExportNamedDeclaration(_) => self.spans.push(whole),
                _ => {}
            }
        }
    }

    fn apply(&self, text: &str) -> String {
        let mut plain = String::with_capacity(text.len());
        let mut at = 0;
        for (start, end) in &self.spans {
            plain.push_str(&text[at..*start]);
            at = *end;
        }
        plain.push_str(&text[at..]);
        plain.trim().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_read_as_the_host_would_and_mended_where_that_is_plain() {
        let function = |text: &str| match unit("x.js", text).unwrap() {
            Unit::Function(code) => code,
            other => panic!("{text}: {other:?}"),
        };
        for text in [
            "async function f(req, res, { supabase }) { res.json({}); }",
            "(req, res) => res.json({})",
            "async (data) => { await x; }",
        ] {
            assert_eq!(function(text), text);
            assert_eq!(function(&format!("export default {text};\n")), text);
        }
        let two = "async function main(a) { return helper(a); }\nfunction helper(a) { return a; }";
        let expected = Unit::Statements { code: two.into(), handler: "main".into() };
        assert_eq!(unit("x.js", two).unwrap(), expected);
        for bad in ["function f( {", "const x = 1;", "", "1 + 1"] {
            assert!(matches!(unit("x.js", bad).unwrap(), Unit::Broken(_)), "{bad}");
        }
        let names = context_names("x", "async (req, res, { sequelize, db: d }) => {}").unwrap();
        assert_eq!(names, ["sequelize", "db"]);
    }

    #[test]
    fn a_component_loses_jsx_types_imports_and_export() {
        let text = "import React, {\n  useState,\n} from 'react';\nimport './x.css';\n\
            export default function Badge({ config }: { config: any }) {\n  return <b className=\"x\">{config.text}</b>;\n}\n";
        let done = component("widgets/a.tsx", text).unwrap();
        assert!(done.code.starts_with("function Badge({ config })"), "{}", done.code);
        assert!(done.code.contains("React.createElement(\"b\""), "{}", done.code);
        assert_eq!(done.imported, ["React", "useState"]);
        assert!(done.faults[0].contains("./x.css"), "{:?}", done.faults);
        let plain = "function Badge() {\n    return React.createElement('b'); // as it is\n}";
        assert_eq!(component("a.js", plain).unwrap().code, plain);
        assert_eq!(component("a.js", plain).unwrap().faults, Vec::<String>::new());
        for (text, fault) in [
            ("const helper = (a) => a; function Badge() {}", "comes before"),
            ("const Badge = props => null;", "does not see"),
            ("let x = 1;", "no component"),
        ] {
            let faults = component("a.js", text).unwrap().faults;
            assert!(faults[0].contains(fault), "{text}: {faults:?}");
        }
        assert!(component("a.jsx", "function A() { return <b>; }").is_err());
    }
}
