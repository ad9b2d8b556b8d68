//! A module as a function, for tests that put other modules in place of some: what it imports is
//! asked for while it runs, so that it can be another thing in each test.
//!
//! The function is a generator of four arguments: `ahead(specifier)` gives the exports of a module of
//! the test API, `later(specifier)` a promise of exports, `give(getters)` takes what the module
//! exports, `meta` is its `import.meta`. It first runs what is hoisted, and then gives the specifiers
//! of its imports one by one and takes the exports of each.
//!
//! As Vitest and babel-jest do it, `vi.mock`, `vi.unmock`, `vi.hoisted` and their likes of `jest` run
//! before imports. Each becomes a function declaration where it stands, which the language itself
//! hoists, and is called at the top: so no line moves, and places stay the author's.

use std::collections::BTreeMap;
use std::fmt::Write;

use oxc::allocator::Allocator;
use oxc::ast::ast::{
    AssignmentTargetPropertyIdentifier, AwaitExpression, CallExpression, Declaration,
    ExportDefaultDeclarationKind, Expression, ForOfStatement, Function, IdentifierReference,
    ImportDeclarationSpecifier, ImportExpression, ImportMeta, ModuleExportName, ObjectProperty,
    Program, Statement, TaggedTemplateExpression, VariableDeclaration,
};
use oxc::ast_visit::{Visit, walk};
use oxc::parser::Parser;
use oxc::semantic::{Scoping, SemanticBuilder, SymbolId};
use oxc::span::{GetSpan, SourceType, Span};
use oxc::syntax::scope::ScopeFlags;

use super::edits::Edits;
use super::mocks::{hoisted_call, mocked_import};
use super::{Module, ModuleGraph, ModuleKind, ScriptError, nesting};

/// Names that hoisted calls are made through; they come before them.
const TEST_API: [&str; 4] = ["daino:test", "vitest", "@jest/globals", "node:test"];

/// Makes functions of all ES modules of a graph, and hoists mocks in all others.
pub(crate) fn link_late(graph: &mut ModuleGraph) -> Result<(), ScriptError> {
    let done = nesting::on_deep_stack(|| {
        for module in graph.modules.values_mut() {
            match module.kind {
                ModuleKind::Esm => {
                    module.code = function(module);
                    module.kind = ModuleKind::Late;
                }
                ModuleKind::CommonJs => module.code = hoisted(module),
                ModuleKind::Json | ModuleKind::Late | ModuleKind::Missing => {}
            }
        }
    });
    let path = &graph.entry;
    let reason = || "made the parser give up; please report it".to_owned();
    done.ok_or_else(|| ScriptError::Limit { path: path.clone(), reason: reason() })
}

/// The function of an ES module.
fn function(module: &Module) -> String {
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, &module.code, SourceType::mjs()).parse();
    let scoping = SemanticBuilder::new().build(&parsed.program).semantic.into_scoping();
    let mut writer = Writer::new(&module.code, scoping);
    writer.is_test = module.path.starts_with("tests/");
    writer.module(&parsed.program);
    let word = if writer.awaits { "async function*" } else { "function*" };
    let code = writer.edits.apply(&module.code);
    let head = writer.head();
    format!("({word} ({ARGUMENTS}) {{ 'use strict'; {head}{code}\n}})")
}

const ARGUMENTS: &str = "__daino_ahead, __daino_later, __daino_give, __daino_meta";

/// A CommonJS file with its mocks hoisted.
fn hoisted(module: &Module) -> String {
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, &module.code, SourceType::cjs()).parse();
    let scoping = SemanticBuilder::new().build(&parsed.program).semantic.into_scoping();
    let mut writer = Writer::new(&module.code, scoping);
    for statement in &parsed.program.body {
        writer.hoist(statement);
    }
    // `const { jest } = require('@jest/globals')` comes too late for what is hoisted.
    let head = if writer.calls.is_empty() { String::new() } else { writer.hoists() };
    let code = writer.edits.apply(&module.code);
    format!("{head}{code}")
}

fn quote(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn key(name: &ModuleExportName<'_>) -> String {
    quote(&name.name())
}

struct Writer<'t> {
    text: &'t str,
    scoping: Scoping,
    edits: Edits,
    /// What stands for a name that is imported.
    names: BTreeMap<SymbolId, String>,
    /// `const name = …` of the test API, and of all others.
    ahead: Vec<String>,
    imports: Vec<String>,
    /// `"name": () => value`.
    exports: Vec<String>,
    stars: Vec<String>,
    /// What is hoisted: names to declare, and calls.
    declared: Vec<String>,
    calls: Vec<String>,
    awaits: bool,
    /// Whether `require` is there, as babel-jest has it.
    is_test: bool,
    depth: usize,
    /// Where expression statements in lists begin.
    starts: Vec<u32>,
}

impl<'t> Writer<'t> {
    fn new(text: &'t str, scoping: Scoping) -> Self {
        Self {
            text,
            scoping,
            edits: Edits::default(),
            names: BTreeMap::new(),
            ahead: Vec::new(),
            imports: Vec::new(),
            exports: Vec::new(),
            stars: Vec::new(),
            declared: Vec::new(),
            calls: Vec::new(),
            awaits: false,
            is_test: false,
            depth: 0,
            starts: Vec::new(),
        }
    }

    fn module(&mut self, program: &Program<'_>) {
        if let Some(hashbang) = &program.hashbang {
            self.edits.insert(hashbang.span.start, "//");
        }
        for statement in &program.body {
            self.statement(statement);
        }
        for statement in &program.body {
            if !self.hoist(statement) {
                self.visit_listed(statement);
            }
        }
    }

    /// All that comes before the module's own text, on its first line.
    fn head(&self) -> String {
        let mut head = self.ahead.concat();
        let _ = write!(head, "__daino_give({{ {} }});", self.exports.join(", "));
        head + &self.hoists() + &self.imports.concat() + &self.stars.concat()
    }

    fn hoists(&self) -> String {
        let mut text = String::new();
        if !self.declared.is_empty() {
            let _ = write!(text, "let {};", self.declared.join(", "));
        }
        text + &self.calls.concat()
    }

    /// The name of what a specifier gives.
    fn import(&mut self, specifier: &str) -> String {
        let number = self.ahead.len() + self.imports.len();
        let name = format!("__daino_i{number}");
        let is_api = TEST_API.contains(&specifier);
        let quoted = quote(specifier);
        if is_api {
            self.ahead.push(format!("const {name} = __daino_ahead({quoted});"));
        } else {
            self.imports.push(format!("const {name} = yield {quoted};"));
        }
        name
    }

    /// Takes imports and exports out of a statement at the top.
    fn statement(&mut self, statement: &Statement<'_>) {
        match statement {
            Statement::ImportDeclaration(import) => {
                let from = self.import(&import.source.value);
                for specifier in import.specifiers.iter().flatten() {
                    let (local, value) = match specifier {
                        ImportDeclarationSpecifier::ImportSpecifier(s) => {
                            (&s.local, format!("{from}[{}]", key(&s.imported)))
                        }
                        ImportDeclarationSpecifier::ImportDefaultSpecifier(s) => {
                            (&s.local, format!("{from}.default"))
                        }
                        ImportDeclarationSpecifier::ImportNamespaceSpecifier(s) => {
                            (&s.local, from.clone())
                        }
                    };
                    self.names.extend(local.symbol_id.get().map(|id| (id, value)));
                }
                self.edits.replace(self.text, import.span, String::new());
            }
            Statement::ExportDefaultDeclaration(export) => {
                self.default(export.span, &export.declaration)
            }
            Statement::ExportDeclaration(export) => {
                let inner = export.declaration.span();
                let word = Span::new(export.span.start, inner.start);
                self.edits.replace(self.text, word, String::new());
                let mut names = Vec::new();
                match &export.declaration {
                    Declaration::FunctionDeclaration(f) => {
                        names.extend(f.id.as_ref().map(|id| id.name.to_string()));
                    }
                    Declaration::ClassDeclaration(c) => {
                        names.extend(c.id.as_ref().map(|id| id.name.to_string()));
                    }
                    Declaration::VariableDeclaration(list) => names = declared(list),
                    _ => {}
                }
                self.exports
                    .extend(names.iter().map(|name| format!("{}: () => {name}", quote(name))));
            }
            Statement::ExportNamedDeclaration(export) => {
                for s in &export.specifiers {
                    let local = match &s.local {
                        ModuleExportName::IdentifierReference(id) => {
                            self.imported(id).unwrap_or_else(|| id.name.to_string())
                        }
                        other => other.name().to_string(),
                    };
                    self.exports.push(format!("{}: () => {local}", key(&s.exported)));
                }
                self.edits.replace(self.text, export.span, String::new());
            }
            Statement::ExportFromDeclaration(export) => {
                let from = self.import(&export.source.value);
                for s in &export.specifiers {
                    let value = format!("{}: () => {from}[{}]", key(&s.exported), key(&s.local));
                    self.exports.push(value);
                }
                self.edits.replace(self.text, export.span, String::new());
            }
            Statement::ExportAllDeclaration(export) => {
                let from = self.import(&export.source.value);
                match &export.exported {
                    Some(name) => self.exports.push(format!("{}: () => {from}", key(name))),
                    None => self.stars.push(format!("__daino_give.all({from});")),
                }
                self.edits.replace(self.text, export.span, String::new());
            }
            _ => {}
        }
    }

    fn default(&mut self, whole: Span, declaration: &ExportDefaultDeclarationKind<'_>) {
        let inner = declaration.span();
        let word = Span::new(whole.start, inner.start);
        let id = match declaration {
            ExportDefaultDeclarationKind::FunctionDeclaration(f) => {
                let id = f.id.as_ref();
                if id.is_none() {
                    // A name for it, so that it is hoisted as it would be.
                    self.edits.replace(self.text, word, String::new());
                    self.edits.insert(f.params.span.start, " __daino_default");
                    self.exports.push("\"default\": () => __daino_default".to_owned());
                    self.calls.push(
                        "Object.defineProperty(__daino_default, 'name', { value: 'default', configurable: true });".to_owned(),
                    );
                    return;
                }
                id
            }
            ExportDefaultDeclarationKind::ClassDeclaration(c) => c.id.as_ref(),
            _ => None,
        };
        if let Some(id) = id {
            self.edits.replace(self.text, word, String::new());
            self.exports.push(format!("\"default\": () => {}", id.name));
            return;
        }
        self.edits.replace(self.text, word, "const __daino_default = ({ default: ".to_owned());
        self.edits.insert(inner.end, "}).default;");
        self.exports.push("\"default\": () => __daino_default".to_owned());
    }

    /// Hoists a statement that is a mock; whether it is one.
    fn hoist(&mut self, statement: &Statement<'_>) -> bool {
        let number = self.calls.len();
        match statement {
            Statement::ExpressionStatement(s) => {
                let Some(call) = hoisted_call(&s.expression) else { return false };
                let word = self.open_hoist(number, &s.expression, s.span.start);
                self.calls.push(format!("{word}__daino_h{number}();"));
                self.visit_call_expression(call);
                self.edits.insert(s.span.end, " }");
                true
            }
            Statement::VariableDeclaration(list) => self.hoist_declared(list),
            Statement::ExportDeclaration(export) => match &export.declaration {
                Declaration::VariableDeclaration(list) => self.hoist_declared(list),
                _ => false,
            },
            _ => false,
        }
    }

    fn hoist_declared(&mut self, list: &VariableDeclaration<'_>) -> bool {
        let is_hoisted = |init: Option<&Expression<'_>>| init.and_then(hoisted_call).is_some();
        if list.declarations.is_empty()
            || !list.declarations.iter().all(|d| is_hoisted(d.init.as_ref()))
        {
            return false;
        }
        self.declared.extend(declared(list));
        let mut from = list.span.start;
        for declarator in &list.declarations {
            let Some(init) = &declarator.init else { continue };
            let number = self.calls.len();
            let word = self.open_hoist(number, init, from);
            let gap = Span::new(from, declarator.span.start);
            self.edits.replace(self.text, gap, "(".to_owned());
            self.calls.push(format!("{word}__daino_h{number}();"));
            self.visit_binding_pattern(&declarator.id);
            self.visit_expression(init);
            self.edits.insert(declarator.span.end, "); }");
            from = declarator.span.end;
        }
        true
    }

    /// Opens the function of what is hoisted; what its call begins with.
    fn open_hoist(&mut self, number: usize, call: &Expression<'_>, at: u32) -> &'static str {
        let waits = matches!(call, Expression::AwaitExpression(_));
        let word = if waits { "async " } else { "" };
        self.edits.insert(at, &format!("{word}function __daino_h{number}() {{ "));
        self.awaits |= waits;
        if waits { "await " } else { "" }
    }

    /// Visits a statement of a list.
    fn visit_listed(&mut self, statement: &Statement<'_>) {
        if let Statement::ExpressionStatement(s) = statement {
            self.starts.push(s.span.start);
        }
        self.visit_statement(statement);
    }

    /// What stands for a name, when it is imported.
    fn imported(&self, name: &IdentifierReference<'_>) -> Option<String> {
        let reference = self.scoping.get_reference(name.reference_id.get()?);
        self.names.get(&reference.symbol_id()?).cloned()
    }

    /// Whether nothing in the module declares a name.
    fn is_free(&self, name: &IdentifierReference<'_>) -> bool {
        let symbol = name.reference_id.get().map(|id| self.scoping.get_reference(id).symbol_id());
        symbol.flatten().is_none()
    }

    /// A called name must not become a method of the module it comes from.
    fn called(&mut self, callee: &Expression<'_>) -> bool {
        let Expression::Identifier(name) = callee else { return false };
        let Some(value) = self.imported(name) else { return false };
        // A bracket at the start of a statement would go on with the one before it.
        let before = if self.starts.contains(&name.span.start) { ";" } else { "" };
        self.edits.replace(self.text, name.span, format!("{before}(0, {value})"));
        true
    }
}

/// The names that a declaration declares.
fn declared(list: &VariableDeclaration<'_>) -> Vec<String> {
    let of = |d: &oxc::ast::ast::VariableDeclarator<'_>| -> Vec<String> {
        d.id.get_binding_identifiers().iter().map(|id| id.name.to_string()).collect()
    };
    list.declarations.iter().flat_map(of).collect()
}

impl<'a> Visit<'a> for Writer<'_> {
    fn visit_identifier_reference(&mut self, name: &IdentifierReference<'a>) {
        if let Some(value) = self.imported(name) {
            self.edits.replace(self.text, name.span, value);
        } else if self.is_test && name.name == "require" && self.is_free(name) {
            self.edits.insert(name.span.start, "__daino_later.");
        }
    }

    fn visit_object_property(&mut self, property: &ObjectProperty<'a>) {
        match &property.value {
            Expression::Identifier(name) if property.shorthand => {
                if let Some(value) = self.imported(name) {
                    self.edits.insert(name.span.end, &format!(": {value}"));
                }
            }
            _ => walk::walk_object_property(self, property),
        }
    }

    fn visit_assignment_target_property_identifier(
        &mut self,
        property: &AssignmentTargetPropertyIdentifier<'a>,
    ) {
        // An imported name cannot be assigned to; only a default value may hold one.
        if let Some(init) = &property.init {
            self.visit_expression(init);
        }
    }

    fn visit_statements(&mut self, list: &oxc::allocator::ArenaVec<'a, Statement<'a>>) {
        list.iter().for_each(|statement| self.visit_listed(statement));
    }

    fn visit_call_expression(&mut self, call: &CallExpression<'a>) {
        if let Some((whole, source)) = mocked_import(call) {
            self.edits.replace(self.text, whole, quote(source));
        }
        if self.called(&call.callee) {
            call.arguments.iter().for_each(|argument| self.visit_argument(argument));
        } else {
            walk::walk_call_expression(self, call);
        }
    }

    fn visit_tagged_template_expression(&mut self, tagged: &TaggedTemplateExpression<'a>) {
        if self.called(&tagged.tag) {
            self.visit_template_literal(&tagged.quasi);
        } else {
            walk::walk_tagged_template_expression(self, tagged);
        }
    }

    fn visit_import_expression(&mut self, import: &ImportExpression<'a>) {
        let word = Span::new(import.span.start, import.span.start + "import".len() as u32);
        self.edits.replace(self.text, word, "__daino_later".to_owned());
        walk::walk_import_expression(self, import);
    }

    fn visit_import_meta(&mut self, meta: &ImportMeta) {
        self.edits.replace(self.text, meta.span, "__daino_meta".to_owned());
    }

    fn visit_await_expression(&mut self, it: &AwaitExpression<'a>) {
        self.awaits |= self.depth == 0;
        walk::walk_await_expression(self, it);
    }

    fn visit_for_of_statement(&mut self, it: &ForOfStatement<'a>) {
        self.awaits |= self.depth == 0 && it.r#await;
        walk::walk_for_of_statement(self, it);
    }

    fn visit_function(&mut self, it: &Function<'a>, flags: ScopeFlags) {
        self.depth += 1;
        walk::walk_function(self, it, flags);
        self.depth -= 1;
    }

    fn visit_arrow_function_expression(&mut self, it: &oxc::ast::ast::ArrowFunctionExpression<'a>) {
        self.depth += 1;
        walk::walk_arrow_function_expression(self, it);
        self.depth -= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn late(code: &str) -> String {
        let module = Module {
            path: "a.js".to_owned(),
            kind: ModuleKind::Esm,
            code: code.to_owned(),
            source_map: None,
            imports: BTreeMap::new(),
        };
        let written = function(&module);
        let allocator = Allocator::default();
        let parsed = Parser::new(&allocator, &written, SourceType::mjs()).parse();
        assert!(parsed.diagnostics.is_empty(), "{written}\n{:?}", parsed.diagnostics);
        assert_eq!(written.lines().count(), code.lines().count() + 1, "{written}");
        written
    }

    #[test]
    fn imported_names_are_asked_for_where_they_are_used() {
        let written = late(
            "import a, { b as c } from './x.js';\nimport * as ns from './y.js'\nconst o = { c, d: c };\nlet z = 1\nc(a)\nif (z) c()\nconst f = (c) => c(o);\n`${ns.q}`; c`t`; export { c as default };",
        );
        for piece in [
            "const __daino_i0 = yield \"./x.js\";",
            "{ c: __daino_i0[\"b\"], d: __daino_i0[\"b\"] }",
            "\n;(0, __daino_i0[\"b\"])(__daino_i0.default)",
            "if (z) (0, __daino_i0[\"b\"])()",
            "(c) => c(o)",
            "${__daino_i1.q}",
            "\"default\": () => __daino_i0[\"b\"]",
        ] {
            assert!(written.contains(piece), "{piece}\n{written}");
        }
    }

    #[test]
    fn exports_are_getters() {
        let written = late(
            "export const { a, b: [c] } = x, d = 1;\nexport function f() {}\nexport default class {}\nexport * from './y.js'; export * as y from './y.js'; export { q as r } from './z.js';",
        );
        for piece in [
            "\"a\": () => a, \"c\": () => c, \"d\": () => d, \"f\": () => f",
            "const __daino_default = ({ default: class {}}).default;",
            "__daino_give.all(__daino_i0);",
            "\"y\": () => __daino_i1",
            "\"r\": () => __daino_i2[\"q\"]",
        ] {
            assert!(written.contains(piece), "{piece}\n{written}");
        }
        assert!(
            late("export default function () { return 1 }").contains("function  __daino_default()")
        );
        assert!(late("export default () => 1").contains("({ default: () => 1}).default;"));
    }

    #[test]
    fn mocks_come_first_and_no_line_moves() {
        let written = late(
            "import { vi } from 'vitest';\nimport x from './x.js';\nconst { m } = vi.hoisted(() => ({\n  m: vi.fn(),\n}));\nvi.mock(import('./x.js'), () => ({\n  default: m,\n}));\nx();",
        );
        let at = |piece: &str| written.find(piece).unwrap_or_else(|| panic!("{piece}\n{written}"));
        assert!(at("__daino_ahead(\"vitest\")") < at("let m;"));
        assert!(at("__daino_h0();__daino_h1();") < at("yield \"./x.js\""));
        at("function __daino_h0() { ({ m } = __daino_i0[\"vi\"].hoisted(");
        at("function __daino_h1() { __daino_i0[\"vi\"].mock(\"./x.js\", ");
    }

    #[test]
    fn what_waits_at_the_top_makes_the_function_wait() {
        assert!(late("await 1;").starts_with("(async function*"));
        assert!(late("for await (const a of b) {}").starts_with("(async function*"));
        assert!(late("const f = async () => { await 1; };").starts_with("(function*"));
        assert!(
            late("const p = import('./x.js'); import.meta.url;")
                .contains("__daino_later('./x.js'); __daino_meta.url")
        );
        assert!(
            late("const { m } = await vi.hoisted(async () => ({ m: 1 }));")
                .contains("await __daino_h0();")
        );
    }
}
