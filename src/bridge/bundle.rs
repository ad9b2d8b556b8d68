//! Puts a module with everything it imports into one function expression.
//!
//! Each module becomes a function of its own; imports become look-ups. The host evaluates it anew
//! for each call, so nothing is remembered between calls. Modules of the platform are not in the
//! host and are refused.

use oxc::allocator::Allocator;
use oxc::ast::ast::{
    BindingPattern, Declaration, ExportDefaultDeclarationKind, ImportDeclarationSpecifier,
    ModuleExportName, Statement,
};
use oxc::parser::Parser;
use oxc::span::{GetSpan, SourceType, Span};

use super::BridgeError;
use crate::model::{FileSet, TreePath};
use crate::script::{BUILTINS, Module, ModuleGraph, ModuleKind, load_graph, nesting};

/// What of the bundled module is called.
pub(super) enum Called<'c> {
    /// The default export.
    Default,
    /// A method of the plugin: a named export, or one of the default export, which may be a class.
    Method(&'c str),
}

/// One function expression with the parameters `arguments` (`req, res, ctx`).
pub(super) fn function(
    files: &FileSet,
    entry: &TreePath,
    called: &Called<'_>,
    arguments: &str,
    is_async: bool,
) -> Result<String, BridgeError> {
    let graph = load_graph(files, entry)?;
    let refuse = |why: String| BridgeError::Handler { handler: entry.to_string(), why };
    let mut modules = String::new();
    for module in graph.modules.values() {
        if let Some(builtin) = module.imports.values().find(|to| BUILTINS.contains(&to.as_str())) {
            let path = &module.path;
            return Err(refuse(format!("`{path}` imports `{builtin}`, which no host has")));
        }
        let body = body(module).map_err(refuse)?;
        let name = serde_json::json!(module.path);
        modules.push_str(&format!("{name}: function (exports, require, module) {{\n{body}\n}},\n"));
    }
    let name = serde_json::json!(graph.entry);
    let call = match called {
        Called::Default => format!("return entry.default({arguments});"),
        Called::Method(method) => {
            let method = serde_json::json!(method);
            format!(
                "const plugin = typeof entry.default === \"function\" && entry.default.prototype \
                 && entry.default.prototype[{method}] ? new entry.default({{}}) : entry.default;\n\
                 return entry[{method}] ? entry[{method}]({arguments}) : plugin[{method}]({arguments});"
            )
        }
    };
    let word = if is_async { "async " } else { "" };
    let all = format!(
        "{word}function handler({arguments}) {{\nconst modules = {{\n{modules}}};\n\
         const loaded = {{}};\n\
         const load = (path) => {{\nif (!loaded[path]) {{\n\
         loaded[path] = {{ exports: {{}} }};\n\
         modules[path](loaded[path].exports, load, loaded[path]);\n}}\nreturn loaded[path].exports;\n}};\n\
         const entry = load({name});\n{call}\n}}"
    );
    check(&all, &graph).map_err(refuse)?;
    Ok(all)
}

fn check(all: &str, graph: &ModuleGraph) -> Result<(), String> {
    let text = format!("({all}\n)");
    let fault = nesting::on_deep_stack(|| {
        let allocator = Allocator::default();
        let parsed = Parser::new(&allocator, &text, SourceType::mjs()).parse();
        parsed.diagnostics.first().map(|fault| fault.message.to_string())
    });
    match fault {
        Some(None) => Ok(()),
        Some(Some(fault)) => Err(format!("put together it does not parse: {fault}")),
        None => Err(format!("`{}` nests too deeply", graph.entry)),
    }
}

/// A module's code as the body of a function of `exports`, `require` and `module`.
fn body(module: &Module) -> Result<String, String> {
    match module.kind {
        ModuleKind::Json => Ok(format!("module.exports = {};", module.code)),
        ModuleKind::CommonJs => Ok(renamed(module)),
        ModuleKind::Esm => nesting::on_deep_stack(|| esm(module))
            .unwrap_or_else(|| Err(format!("`{}` nests too deeply", module.path))),
        ModuleKind::Late | ModuleKind::Missing => Err(format!("`{}` is of a test", module.path)),
    }
}

/// CommonJS asks for its modules as it wrote them.
fn renamed(module: &Module) -> String {
    let table = serde_json::json!(module.imports);
    format!(
        "const asked = {table};\n{{ const load = require; require = (name) => load(asked[name]); }}\n{}",
        module.code
    )
}

struct Edits {
    list: Vec<(Span, String)>,
    first: Vec<String>,
    last: Vec<String>,
}

fn esm(module: &Module) -> Result<String, String> {
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, &module.code, SourceType::mjs()).parse();
    if !parsed.module_record.dynamic_imports.is_empty() {
        return Err(format!("`{}` uses `import()`", module.path));
    }
    let mut edits = Edits { list: Vec::new(), first: Vec::new(), last: Vec::new() };
    for statement in &parsed.program.body {
        edit(module, statement, &mut edits)?;
    }
    let mut code = String::new();
    let mut at = 0;
    for (span, text) in &edits.list {
        code.push_str(&module.code[at..span.start as usize]);
        code.push_str(text);
        at = span.end as usize;
    }
    code.push_str(&module.code[at..]);
    Ok(format!("{}\n{code}\n{}", edits.first.join("\n"), edits.last.join("\n")))
}

fn required(module: &Module, source: &str) -> String {
    let target = module.imports.get(source).map_or(source, String::as_str);
    format!("require({})", serde_json::json!(target))
}

fn edit(module: &Module, statement: &Statement<'_>, edits: &mut Edits) -> Result<(), String> {
    let text = |span: Span| &module.code[span.start as usize..span.end as usize];
    match statement {
        Statement::ImportDeclaration(import) => {
            let from = required(module, &import.source.value);
            let mut lines = Vec::new();
            let mut named = Vec::new();
            for specifier in import.specifiers.iter().flatten() {
                match specifier {
                    ImportDeclarationSpecifier::ImportSpecifier(s) => {
                        named.push(format!("{}: {}", key(&s.imported), s.local.name));
                    }
                    ImportDeclarationSpecifier::ImportDefaultSpecifier(s) => {
                        let name = &s.local.name;
                        // A CommonJS module is its own default.
                        lines.push(format!(
                            "const {name} = ((m) => m && \"default\" in m ? m.default : m)({from});"
                        ));
                    }
                    ImportDeclarationSpecifier::ImportNamespaceSpecifier(s) => {
                        lines.push(format!("const {} = {from};", s.local.name));
                    }
                }
            }
            if !named.is_empty() {
                lines.push(format!("const {{ {} }} = {from};", named.join(", ")));
            }
            if lines.is_empty() {
                lines.push(format!("{from};"));
            }
            // Imports come first, wherever they stand.
            edits.first.extend(lines);
            edits.list.push((import.span, String::new()));
        }
        Statement::ExportDefaultDeclaration(export) => match &export.declaration {
            ExportDefaultDeclarationKind::FunctionDeclaration(function)
                if function.id.is_some() =>
            {
                let name = function.id.as_ref().map(|id| id.name.to_string()).unwrap_or_default();
                edits.list.push((Span::new(export.span.start, function.span.start), String::new()));
                edits.first.push(format!("exports.default = {name};"));
            }
            ExportDefaultDeclarationKind::ClassDeclaration(class) if class.id.is_some() => {
                let name = class.id.as_ref().map(|id| id.name.to_string()).unwrap_or_default();
                edits.list.push((Span::new(export.span.start, class.span.start), String::new()));
                edits.last.push(format!("exports.default = {name};"));
            }
            declaration => {
                let value = text(declaration.span());
                edits.list.push((export.span, format!("exports.default = ({value});")));
            }
        },
        Statement::ExportDeclaration(export) => {
            let inner = export.declaration.span();
            edits.list.push((Span::new(export.span.start, inner.start), String::new()));
            match &export.declaration {
                Declaration::FunctionDeclaration(function) => {
                    let name = function.id.as_ref().map(|id| id.name.to_string());
                    edits.first.extend(name.map(|name| format!("exports.{name} = {name};")));
                }
                Declaration::ClassDeclaration(class) => {
                    let name = class.id.as_ref().map(|id| id.name.to_string());
                    edits.last.extend(name.map(|name| format!("exports.{name} = {name};")));
                }
                Declaration::VariableDeclaration(list) => {
                    for declarator in &list.declarations {
                        let BindingPattern::BindingIdentifier(name) = &declarator.id else {
                            let path = &module.path;
                            return Err(format!("`{path}` exports a pattern; export names"));
                        };
                        edits.last.push(format!("exports.{0} = {0};", name.name));
                    }
                }
                _ => {}
            }
        }
        Statement::ExportNamedDeclaration(export) => {
            edits.list.push((export.span, String::new()));
            for s in &export.specifiers {
                edits.last.push(format!("exports[{}] = {};", key(&s.exported), word(&s.local)));
            }
        }
        Statement::ExportFromDeclaration(export) => {
            let from = required(module, &export.source.value);
            edits.list.push((export.span, String::new()));
            for s in &export.specifiers {
                edits.first.push(format!(
                    "exports[{}] = {from}[{}];",
                    key(&s.exported),
                    key(&s.local)
                ));
            }
        }
        Statement::ExportAllDeclaration(export) => {
            let from = required(module, &export.source.value);
            edits.list.push((export.span, String::new()));
            edits.first.push(match &export.exported {
                Some(name) => format!("exports[{}] = {from};", key(name)),
                None => format!(
                    "for (const [k, v] of Object.entries({from})) if (k !== \"default\") exports[k] = v;"
                ),
            });
        }
        _ => {}
    }
    Ok(())
}

/// A name as a key, quoted.
fn key(name: &ModuleExportName<'_>) -> String {
    serde_json::json!(word(name)).to_string()
}

fn word(name: &ModuleExportName<'_>) -> String {
    name.name().to_string()
}
