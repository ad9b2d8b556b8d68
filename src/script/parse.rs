//! One file: TypeScript removed, imports listed.

use std::path::Path;

use oxc::allocator::Allocator;
use oxc::ast::ast::{
    Argument, CallExpression, Expression, IdentifierReference, ImportNamespaceSpecifier,
    StaticMemberExpression,
};
use oxc::ast_visit::{Visit, walk};
use oxc::codegen::{Codegen, CodegenOptions};
use oxc::parser::Parser;
use oxc::semantic::SemanticBuilder;
use oxc::span::SourceType;
use oxc::transformer::{TransformOptions, Transformer};

use super::{ModuleKind, ScriptError, mocks};

/// A file as the engine runs it.
pub(super) struct Parsed {
    /// How it is to be read.
    pub kind: ModuleKind,
    /// Plain JavaScript.
    pub code: String,
    /// Where the code came from, as a JSON source map, when types were removed.
    pub source_map: Option<String>,
    /// What it imports, as written.
    pub specifiers: Vec<String>,
    /// What its calls that replace modules name, as written; it need not be there.
    pub mocked: Vec<String>,
    /// Whether it needs modules that are looked up while they run.
    pub is_late: bool,
}

/// Reads one file; `path` decides the language.
pub(super) fn parse(path: &str, text: &str) -> Result<Parsed, ScriptError> {
    let (code, source_map) = if path.ends_with(".ts") || path.ends_with(".mts") {
        strip_types(path, text)?
    } else {
        (text.to_owned(), None)
    };
    let allocator = Allocator::default();
    // CommonJS first: only it may hold a `return` at the top, only ES modules hold imports.
    let forced = path.ends_with(".cjs");
    let source_type = if forced { SourceType::cjs() } else { SourceType::mjs() };
    let mut parsed = Parser::new(&allocator, &code, source_type).parse();
    let mut found = Found::default();
    found.visit_program(&parsed.program);
    let is_module = parsed.module_record.has_module_syntax;
    let is_common = forced || (!is_module && found.is_common && !path.ends_with(".mjs"));
    if is_common && !forced {
        parsed = Parser::new(&allocator, &code, SourceType::cjs()).parse();
    }
    if let Some(fault) = parsed.diagnostics.first() {
        return Err(syntax(path, &code, fault));
    }
    let record = &parsed.module_record;
    let mut specifiers: Vec<String> =
        record.requested_modules.keys().map(|name| name.to_string()).collect();
    for import in &record.dynamic_imports {
        let span = import.module_request;
        let written = code.get(span.start as usize..span.end as usize).unwrap_or_default();
        if let Some(name) = quoted(written) {
            specifiers.push(name);
        }
    }
    if is_common {
        specifiers.append(&mut found.required);
    }
    specifiers.sort();
    specifiers.dedup();
    let kind = if is_common { ModuleKind::CommonJs } else { ModuleKind::Esm };
    // As babel-jest has it, `require` works in a test that is an ES module.
    let requires = path.starts_with("tests/") && !is_common && !found.required.is_empty();
    let mut mocked = found.mocked;
    if requires {
        mocked.append(&mut found.required);
    }
    let is_late =
        requires || found.is_late || found.spied.iter().any(|name| found.namespaces.contains(name));
    Ok(Parsed { kind, code, source_map, specifiers, mocked, is_late })
}

fn quoted(written: &str) -> Option<String> {
    let mark = written.chars().next().filter(|c| matches!(c, '\'' | '"' | '`'))?;
    let inner = written.strip_prefix(mark)?.strip_suffix(mark)?;
    (!inner.contains(['\\', '$', mark])).then(|| inner.to_owned())
}

fn strip_types(path: &str, text: &str) -> Result<(String, Option<String>), ScriptError> {
    let allocator = Allocator::default();
    let mut parsed = Parser::new(&allocator, text, SourceType::ts()).parse();
    if let Some(fault) = parsed.diagnostics.first() {
        return Err(syntax(path, text, fault));
    }
    let semantic = SemanticBuilder::new().with_enum_eval(true).build(&parsed.program);
    let scoping = semantic.semantic.into_scoping();
    let options = TransformOptions::default();
    let done = Transformer::new(&allocator, Path::new(path), &options)
        .build_with_scoping(scoping, &mut parsed.program);
    if let Some(fault) = done.diagnostics.first() {
        return Err(syntax(path, text, fault));
    }
    let options = CodegenOptions {
        source_map_path: Some(Path::new(path).to_path_buf()),
        ..CodegenOptions::default()
    };
    let written =
        Codegen::new().with_options(options).with_source_text(text).build(&parsed.program);
    let map = written.map.map(|map| map.to_json_string());
    Ok((written.code, map))
}

fn syntax(path: &str, text: &str, fault: &oxc::diagnostics::OxcDiagnostic) -> ScriptError {
    let offset = fault.labels.first().map_or(0, |label| label.offset() as usize);
    let before = text.get(..offset).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    ScriptError::Syntax { path: path.to_owned(), line, column, message: fault.message.to_string() }
}

/// Signs of CommonJS.
#[derive(Default)]
struct Found {
    required: Vec<String>,
    is_common: bool,
    mocked: Vec<String>,
    is_late: bool,
    /// Names of whole modules, and of objects that are spied on.
    namespaces: Vec<String>,
    spied: Vec<String>,
}

impl<'a> Visit<'a> for Found {
    fn visit_call_expression(&mut self, call: &CallExpression<'a>) {
        if let Expression::Identifier(callee) = &call.callee
            && callee.name == "require"
            && let Some(Argument::StringLiteral(name)) = call.arguments.first()
        {
            self.required.push(name.value.to_string());
        }
        self.mocked.extend(mocks::named_module(call).map(str::to_owned));
        self.is_late |= mocks::needs_late_modules(call);
        self.spied.extend(mocks::spied_object(call).map(str::to_owned));
        walk::walk_call_expression(self, call);
    }

    fn visit_static_member_expression(&mut self, member: &StaticMemberExpression<'a>) {
        let is_meta = matches!(member.object, Expression::ImportMeta(_));
        self.is_late |= is_meta && member.property.name == "env";
        walk::walk_static_member_expression(self, member);
    }

    fn visit_import_namespace_specifier(&mut self, import: &ImportNamespaceSpecifier<'a>) {
        self.namespaces.push(import.local.name.to_string());
    }

    fn visit_identifier_reference(&mut self, name: &IdentifierReference<'a>) {
        self.is_common |= matches!(name.name.as_str(), "require" | "module" | "exports");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_the_kinds_apart_and_lists_imports() {
        let esm =
            parse("a.js", "import x from './b.js'; export * from 'c'; await import('./d.js');");
        let esm = esm.unwrap();
        assert_eq!(esm.kind, ModuleKind::Esm);
        assert_eq!(esm.specifiers, ["./b.js", "./d.js", "c"]);
        let common = parse("a.js", "const x = require('./b'); module.exports = { x };").unwrap();
        assert_eq!(
            (common.kind, common.specifiers),
            (ModuleKind::CommonJs, vec!["./b".to_owned()])
        );
        assert_eq!(parse("t.js", "it('x', () => {});").unwrap().kind, ModuleKind::Esm);
    }

    #[test]
    fn removes_types_and_names_the_place_of_a_mistake() {
        let text = "import type { A } from './a';\nexport const f = (x: number): A => x as A;\n";
        let stripped = parse("a.ts", text).unwrap();
        assert!(!stripped.code.contains("number"), "{}", stripped.code);
        assert!(stripped.specifiers.is_empty());
        let error = parse("b.js", "const a = 1;\nconst = 2;\n").err().unwrap().to_string();
        assert!(error.starts_with("`b.js:2:"), "{error}");
    }
}
