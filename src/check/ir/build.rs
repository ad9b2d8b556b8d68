//! From text to tree: parse, resolve names, lower.

use std::collections::HashMap;

use oxc::allocator::Allocator;
use oxc::ast::ast::Program;
use oxc::parser::{ParseOptions, Parser};
use oxc::semantic::{Scoping, SemanticBuilder};
use oxc::span::SourceType;
use oxc::syntax::scope::ScopeId;
use oxc::syntax::symbol::SymbolId;

use crate::check::syntax::{self, Look};

use super::{Export, FileId, Function, Import, Module, Name, Place, Symbol, SymbolIndex};

/// Why a file has no tree.
#[derive(Debug, Clone)]
pub(crate) struct Unreadable {
    /// The parser's words.
    pub message: String,
    /// Where.
    pub place: Place,
}

/// Reads one file. A file that does not parse gives what the parser could save, too.
pub(crate) fn build(
    file: FileId,
    path: &str,
    text: &str,
    looks: &[(&'static str, Look)],
) -> (Option<Module>, Option<Unreadable>) {
    let allocator = Allocator::default();
    let options = ParseOptions { parse_regular_expression: false, ..ParseOptions::default() };
    let mut parsed = None;
    for source_type in source_types(path) {
        let options = ParseOptions { allow_return_outside_function: true, ..options };
        let next = Parser::new(&allocator, text, source_type).with_options(options).parse();
        let clean = !next.panicked && next.diagnostics.is_empty();
        if clean || parsed.is_none() {
            parsed = Some(next);
        }
        if clean {
            break;
        }
    }
    let Some(parsed) = parsed else { return (None, None) };
    let fault = parsed.diagnostics.first().map(|diagnostic| {
        let label = diagnostic.labels.first();
        let start = label.map_or(0, |l| l.offset());
        let end = label.map_or(start, |l| l.offset() + l.len());
        Unreadable { message: diagnostic.message.to_string(), place: Place { start, end } }
    });
    if parsed.panicked || parsed.program.body.is_empty() && fault.is_some() {
        return (None, fault);
    }
    (Some(lower(file, &parsed.program, looks)), fault)
}

/// Dialects in which a file may be written, the likeliest first.
fn source_types(path: &str) -> Vec<SourceType> {
    let extension = path.rsplit('.').next().unwrap_or_default();
    match extension {
        "ts" | "mts" | "cts" => vec![SourceType::ts(), SourceType::ts().with_script(true)],
        "tsx" => vec![SourceType::tsx()],
        "mjs" => vec![SourceType::mjs().with_jsx(true)],
        "cjs" => vec![SourceType::cjs().with_jsx(true)],
        _ => vec![
            SourceType::unambiguous().with_jsx(true),
            SourceType::cjs().with_jsx(true),
            SourceType::mjs().with_jsx(true),
            SourceType::tsx(),
        ],
    }
}

fn lower<'a>(file: FileId, program: &'a Program<'a>, looks: &[(&'static str, Look)]) -> Module {
    let semantic =
        SemanticBuilder::new().with_build_nodes(!looks.is_empty()).build(program).semantic;
    let notes = if looks.is_empty() { Vec::new() } else { syntax::look(&semantic, looks) };
    let scoping = semantic.into_scoping();
    let mut lower = Lower::new(file, &scoping);
    let body = lower.program(program);
    let comments =
        program.comments.iter().map(|c| Place { start: c.span.start, end: c.span.end }).collect();
    let is_module = !lower.imports.is_empty() || !lower.exports.is_empty();
    Module {
        body: std::rc::Rc::new(body),
        symbols: lower.symbols,
        imports: lower.imports,
        exports: lower.exports,
        comments,
        notes,
        is_module,
        functions: lower.next_function,
    }
}

/// State of one lowering.
pub(super) struct Lower<'s> {
    pub(super) file: FileId,
    pub(super) scoping: &'s Scoping,
    pub(super) symbols: Vec<Symbol>,
    pub(super) imports: Vec<Import>,
    pub(super) exports: Vec<Export>,
    owner: HashMap<ScopeId, u32>,
    indices: Vec<Option<SymbolIndex>>,
    /// Functions being lowered, innermost last: slots used so far.
    open: Vec<OpenFunction>,
    next_function: u32,
    names: HashMap<String, Name>,
}

struct OpenFunction {
    index: u32,
    slots: u32,
}

impl<'s> Lower<'s> {
    fn new(file: FileId, scoping: &'s Scoping) -> Self {
        Self {
            file,
            scoping,
            symbols: Vec::new(),
            imports: Vec::new(),
            exports: Vec::new(),
            owner: HashMap::new(),
            indices: vec![None; scoping.symbols_len()],
            open: Vec::new(),
            next_function: 0,
            names: HashMap::new(),
        }
    }

    /// Text, shared with equal text of the file.
    pub(super) fn name(&mut self, text: &str) -> Name {
        if let Some(name) = self.names.get(text) {
            return name.clone();
        }
        let name: Name = text.into();
        if text.len() <= 64 {
            self.names.insert(text.to_owned(), name.clone());
        }
        name
    }

    /// Opens a function; its scope owns what is declared in it and in its blocks.
    pub(super) fn enter(&mut self, scope: Option<ScopeId>) -> u32 {
        let index = self.next_function;
        self.next_function += 1;
        if let Some(scope) = scope {
            self.owner.insert(scope, index);
        }
        self.open.push(OpenFunction { index, slots: 0 });
        index
    }

    /// Closes the innermost function: how many slots it needs.
    pub(super) fn leave(&mut self) -> u32 {
        self.open.pop().map_or(0, |f| f.slots)
    }

    fn owner_of(&self, symbol: SymbolId) -> u32 {
        let scope = self.scoping.symbol_scope_id(symbol);
        let mut scopes = self.scoping.scope_ancestors(scope);
        scopes.find_map(|scope| self.owner.get(&scope).copied()).unwrap_or(0)
    }

    /// The index of a symbol, given on first sight.
    pub(super) fn symbol(&mut self, id: SymbolId) -> SymbolIndex {
        let at = id.index();
        if let Some(index) = self.indices.get(at).copied().flatten() {
            return index;
        }
        let owner = self.owner_of(id);
        let slot = match self.open.iter_mut().rev().find(|f| f.index == owner) {
            Some(open) => {
                open.slots += 1;
                open.slots - 1
            }
            // Declared in a function that is not open: cannot happen in resolved code.
            None => 0,
        };
        let span = self.scoping.symbol_span(id);
        let name = self.name(self.scoping.symbol_name(id));
        let index = self.symbols.len() as SymbolIndex;
        self.symbols.push(Symbol {
            name,
            place: Place { start: span.start, end: span.end },
            slot,
            owner,
            captured: false,
            reassigned: self.scoping.symbol_is_mutated(id),
            reads: 0,
        });
        self.indices[at] = Some(index);
        index
    }

    /// A use of a symbol in the innermost function.
    pub(super) fn used(&mut self, index: SymbolIndex) {
        let here = self.open.last().map_or(0, |f| f.index);
        if self.symbols[index as usize].owner != here {
            self.symbols[index as usize].captured = true;
        }
        self.symbols[index as usize].reads += 1;
    }

    fn program(&mut self, program: &Program<'_>) -> Function {
        let index = self.enter(program.scope_id.get());
        let body = self.statements(&program.body);
        let slots = self.leave();
        Function {
            index,
            file: self.file,
            name: None,
            place: Place { start: program.span.start, end: program.span.end },
            own: None,
            params: Vec::new(),
            body,
            slots,
            is_arrow: false,
        }
    }
}

pub(super) fn place(span: oxc::span::Span) -> Place {
    Place { start: span.start, end: span.end }
}
