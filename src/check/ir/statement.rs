//! Statements.

use oxc::ast::ast::{
    BindingPattern, Declaration as AstDeclaration, ExportDefaultDeclarationKind, ForStatementInit,
    ForStatementLeft, ImportDeclarationSpecifier, ModuleDeclaration, ModuleExportName, Statement,
    VariableDeclaration,
};
use oxc::span::GetSpan;

use super::build::{Lower, place};
use super::{Export, Expr, ExprKind, Import, Name, Pattern, PatternKind, Place, Stmt, StmtKind};

impl Lower<'_> {
    pub(super) fn statements(&mut self, list: &[Statement<'_>]) -> Vec<Stmt> {
        let mut out = Vec::with_capacity(list.len());
        // Function declarations are there before the first statement runs.
        for statement in list {
            if is_function(statement) {
                self.statement(statement, &mut out);
            }
        }
        for statement in list {
            if !is_function(statement) {
                self.statement(statement, &mut out);
            }
        }
        out
    }

    fn one(&mut self, statement: &Statement<'_>) -> Stmt {
        let mut out = Vec::new();
        self.statement(statement, &mut out);
        match out.len() {
            1 => out.remove(0),
            _ => Stmt { place: place(statement.span()), kind: StmtKind::Block(out) },
        }
    }

    fn statement(&mut self, statement: &Statement<'_>, out: &mut Vec<Stmt>) {
        let at = place(statement.span());
        let kind = match statement {
            Statement::BlockStatement(block) => StmtKind::Block(self.statements(&block.body)),
            Statement::BreakStatement(s) => {
                StmtKind::Break(s.label.as_ref().map(|l| self.name(l.name.as_str())))
            }
            Statement::ContinueStatement(s) => {
                StmtKind::Continue(s.label.as_ref().map(|l| self.name(l.name.as_str())))
            }
            Statement::DebuggerStatement(_) => StmtKind::Debugger,
            Statement::EmptyStatement(_) => return,
            Statement::ExpressionStatement(s) => StmtKind::Expr(self.expression(&s.expression)),
            Statement::DoWhileStatement(s) => StmtKind::Loop {
                body: Box::new(self.one(&s.body)),
                test: Some(self.expression(&s.test)),
                update: None,
                body_first: true,
            },
            Statement::WhileStatement(s) => StmtKind::Loop {
                test: Some(self.expression(&s.test)),
                update: None,
                body: Box::new(self.one(&s.body)),
                body_first: false,
            },
            Statement::ForStatement(s) => {
                match &s.init {
                    Some(ForStatementInit::VariableDeclaration(v)) => self.variables(v, out),
                    Some(other) => {
                        if let Some(expr) = other.as_expression() {
                            let expr = self.expression(expr);
                            out.push(Stmt { place: expr.place, kind: StmtKind::Expr(expr) });
                        }
                    }
                    None => {}
                }
                StmtKind::Loop {
                    test: s.test.as_ref().map(|e| self.expression(e)),
                    update: s.update.as_ref().map(|e| self.expression(e)),
                    body: Box::new(self.one(&s.body)),
                    body_first: false,
                }
            }
            Statement::ForInStatement(s) => self.for_each(&s.left, &s.right, &s.body, true),
            Statement::ForOfStatement(s) => self.for_each(&s.left, &s.right, &s.body, false),
            Statement::IfStatement(s) => {
                let test = self.expression(&s.test);
                let then = Box::new(self.one(&s.consequent));
                let other = s.alternate.as_ref().map(|a| Box::new(self.one(a)));
                StmtKind::If(test, then, other)
            }
            Statement::LabeledStatement(s) => {
                let label = self.name(s.label.name.as_str());
                StmtKind::Labeled(label, Box::new(self.one(&s.body)))
            }
            Statement::ReturnStatement(s) => {
                StmtKind::Return(s.argument.as_ref().map(|e| self.expression(e)))
            }
            Statement::SwitchStatement(s) => {
                let subject = self.expression(&s.discriminant);
                let mut cases = Vec::with_capacity(s.cases.len());
                for case in &s.cases {
                    let test = case.test.as_ref().map(|e| self.expression(e));
                    cases.push((test, self.statements(&case.consequent)));
                }
                StmtKind::Switch(subject, cases)
            }
            Statement::ThrowStatement(s) => StmtKind::Throw(self.expression(&s.argument)),
            Statement::TryStatement(s) => {
                let block = self.statements(&s.block.body);
                let handler = s.handler.as_ref().map(|h| {
                    let pattern = h.param.as_ref().map(|p| self.binding(&p.pattern));
                    (pattern, self.statements(&h.body.body))
                });
                let finalizer = s.finalizer.as_ref().map(|f| self.statements(&f.body));
                StmtKind::Try { block, handler, finalizer }
            }
            Statement::WithStatement(s) => {
                let subject = self.expression(&s.object);
                out.push(Stmt { place: subject.place, kind: StmtKind::Expr(subject) });
                self.one(&s.body).kind
            }
            other => {
                if let Some(declaration) = other.as_declaration() {
                    self.declaration(declaration, out);
                } else if let Some(module) = other.as_module_declaration() {
                    self.module_declaration(module, at, out);
                }
                return;
            }
        };
        out.push(Stmt { place: at, kind });
    }

    fn for_each(
        &mut self,
        left: &ForStatementLeft<'_>,
        right: &oxc::ast::ast::Expression<'_>,
        body: &Statement<'_>,
        keys: bool,
    ) -> StmtKind {
        let pattern = match left {
            ForStatementLeft::VariableDeclaration(v) => match v.declarations.first() {
                Some(declarator) => self.binding(&declarator.id),
                None => nothing(place(left.span())),
            },
            other => match other.as_assignment_target() {
                Some(target) => self.target(target),
                None => nothing(place(left.span())),
            },
        };
        let subject = self.expression(right);
        let body = Box::new(self.one(body));
        StmtKind::ForEach { pattern, subject, body, keys }
    }

    fn variables(&mut self, variables: &VariableDeclaration<'_>, out: &mut Vec<Stmt>) {
        if variables.declare {
            return;
        }
        for declarator in &variables.declarations {
            let pattern = self.binding(&declarator.id);
            let name = match &declarator.id {
                BindingPattern::BindingIdentifier(id) => Some(self.name(id.name.as_str())),
                _ => None,
            };
            let value = declarator.init.as_ref().map(|e| self.named(e, name));
            let kind = StmtKind::Declare(pattern, value);
            out.push(Stmt { place: place(declarator.span), kind });
        }
    }

    fn declaration(&mut self, declaration: &AstDeclaration<'_>, out: &mut Vec<Stmt>) {
        let at = place(declaration.span());
        match declaration {
            AstDeclaration::VariableDeclaration(v) => self.variables(v, out),
            AstDeclaration::FunctionDeclaration(f) if f.body.is_some() => {
                if let Some(id) = f.id.as_ref().and_then(|id| id.symbol_id.get()) {
                    let symbol = self.symbol(id);
                    let function = self.function(f, None);
                    out.push(Stmt { place: at, kind: StmtKind::Function(symbol, function) });
                }
            }
            AstDeclaration::ClassDeclaration(class) if !class.declare => {
                let Some(id) = class.id.as_ref().and_then(|id| id.symbol_id.get()) else { return };
                let symbol = self.symbol(id);
                let class = self.class(class);
                let value = Expr { place: at, kind: ExprKind::Class(class) };
                let pattern =
                    Pattern { place: at, kind: PatternKind::Symbol(symbol), default: None };
                let kind = StmtKind::Declare(pattern, Some(value));
                out.push(Stmt { place: at, kind });
            }
            AstDeclaration::TSImportEqualsDeclaration(import) => {
                use oxc::ast::ast::TSModuleReference;
                if let TSModuleReference::ExternalModuleReference(external) =
                    &import.module_reference
                    && let Some(id) = import.id.symbol_id.get()
                {
                    let symbol = Some(self.symbol(id));
                    let source = self.name(external.expression.value.as_str());
                    let name = self.name("*");
                    self.imports.push(Import { source, name, symbol, place: at });
                }
            }
            _ => {}
        }
    }

    fn module_declaration(
        &mut self,
        module: &ModuleDeclaration<'_>,
        at: Place,
        out: &mut Vec<Stmt>,
    ) {
        match module {
            ModuleDeclaration::ImportDeclaration(import) => {
                if import.import_kind.is_type() {
                    return;
                }
                let source = self.name(import.source.value.as_str());
                let Some(specifiers) = &import.specifiers else {
                    let name = self.name("*");
                    self.imports.push(Import { source, name, symbol: None, place: at });
                    return;
                };
                for specifier in specifiers {
                    let (name, local) = match specifier {
                        ImportDeclarationSpecifier::ImportSpecifier(s) => {
                            if s.import_kind.is_type() {
                                continue;
                            }
                            (self.export_name(&s.imported), &s.local)
                        }
                        ImportDeclarationSpecifier::ImportDefaultSpecifier(s) => {
                            (self.name("default"), &s.local)
                        }
                        ImportDeclarationSpecifier::ImportNamespaceSpecifier(s) => {
                            (self.name("*"), &s.local)
                        }
                    };
                    let symbol = local.symbol_id.get().map(|id| self.symbol(id));
                    self.imports.push(Import { source: source.clone(), name, symbol, place: at });
                }
            }
            ModuleDeclaration::ExportAllDeclaration(all) => {
                if all.export_kind.is_type() {
                    return;
                }
                let exported = match &all.exported {
                    Some(name) => self.export_name(name),
                    None => self.name("*"),
                };
                let (name, source) = (self.name("*"), self.name(all.source.value.as_str()));
                self.exports.push(Export::From { exported, name, source });
            }
            ModuleDeclaration::ExportFromDeclaration(from) => {
                let source = self.name(from.source.value.as_str());
                for specifier in &from.specifiers {
                    let exported = self.export_name(&specifier.exported);
                    let name = self.export_name(&specifier.local);
                    self.exports.push(Export::From { exported, name, source: source.clone() });
                }
            }
            ModuleDeclaration::ExportNamedDeclaration(named) => {
                if named.export_kind.is_type() {
                    return;
                }
                for specifier in &named.specifiers {
                    let exported = self.export_name(&specifier.exported);
                    if let ModuleExportName::IdentifierReference(local) = &specifier.local
                        && let ExprKind::Symbol(symbol) = self.reference(local).kind
                    {
                        self.exports.push(Export::Symbol(exported, symbol));
                    }
                }
            }
            ModuleDeclaration::ExportDeclaration(export) => {
                let first = out.len();
                self.declaration(&export.declaration, out);
                let mut names = Vec::new();
                for stmt in &out[first..] {
                    match &stmt.kind {
                        StmtKind::Declare(pattern, ..) => bound(pattern, &mut names),
                        StmtKind::Function(symbol, _) => names.push(*symbol),
                        _ => {}
                    }
                }
                for symbol in names {
                    let name = self.symbols[symbol as usize].name.clone();
                    self.symbols[symbol as usize].reads += 1;
                    self.exports.push(Export::Symbol(name, symbol));
                }
            }
            ModuleDeclaration::ExportDefaultDeclaration(default) => {
                let value = self.default_value(&default.declaration, at, out);
                if let Some(value) = value {
                    self.exports.push(Export::Default);
                    out.push(Stmt { place: at, kind: StmtKind::ExportDefault(value) });
                }
            }
            ModuleDeclaration::TSExportAssignment(assignment) => {
                let value = self.expression(&assignment.expression);
                self.exports.push(Export::Default);
                out.push(Stmt { place: at, kind: StmtKind::ExportDefault(value) });
            }
            ModuleDeclaration::TSNamespaceExportDeclaration(_) => {}
        }
    }

    fn default_value(
        &mut self,
        default: &ExportDefaultDeclarationKind<'_>,
        at: Place,
        out: &mut Vec<Stmt>,
    ) -> Option<Expr> {
        match default {
            ExportDefaultDeclarationKind::FunctionDeclaration(f) => {
                let symbol = f.id.as_ref().and_then(|id| id.symbol_id.get());
                let symbol = symbol.map(|id| self.symbol(id));
                let function = self.function(f, None);
                if let Some(symbol) = symbol {
                    self.symbols[symbol as usize].reads += 1;
                    out.push(Stmt {
                        place: at,
                        kind: StmtKind::Function(symbol, function.clone()),
                    });
                }
                Some(Expr { place: place(f.span), kind: ExprKind::Function(function) })
            }
            ExportDefaultDeclarationKind::ClassDeclaration(class) => {
                let symbol = class.id.as_ref().and_then(|id| id.symbol_id.get());
                let symbol = symbol.map(|id| self.symbol(id));
                let made = self.class(class);
                let value = Expr { place: place(class.span), kind: ExprKind::Class(made) };
                let Some(symbol) = symbol else { return Some(value) };
                let pattern =
                    Pattern { place: at, kind: PatternKind::Symbol(symbol), default: None };
                let kind = StmtKind::Declare(pattern, Some(value));
                out.push(Stmt { place: at, kind });
                self.used(symbol);
                Some(Expr { place: place(class.span), kind: ExprKind::Symbol(symbol) })
            }
            ExportDefaultDeclarationKind::TSInterfaceDeclaration(_) => None,
            other => other.as_expression().map(|e| self.expression(e)),
        }
    }

    fn export_name(&mut self, name: &ModuleExportName<'_>) -> Name {
        match name {
            ModuleExportName::IdentifierName(name) => self.name(name.name.as_str()),
            ModuleExportName::IdentifierReference(name) => self.name(name.name.as_str()),
            ModuleExportName::StringLiteral(text) => self.name(text.value.as_str()),
        }
    }
}

fn is_function(statement: &Statement<'_>) -> bool {
    match statement {
        Statement::FunctionDeclaration(_) => true,
        Statement::ExportDeclaration(export) => {
            matches!(export.declaration, AstDeclaration::FunctionDeclaration(_))
        }
        _ => false,
    }
}

fn nothing(place: Place) -> Pattern {
    Pattern { place, kind: PatternKind::Object(Vec::new(), None), default: None }
}

/// Every symbol that a pattern binds.
pub(crate) fn bound(pattern: &Pattern, names: &mut Vec<super::SymbolIndex>) {
    match &pattern.kind {
        PatternKind::Symbol(symbol) => names.push(*symbol),
        PatternKind::Target(_) => {}
        PatternKind::Object(parts, rest) => {
            parts.iter().for_each(|(_, p)| bound(p, names));
            rest.iter().for_each(|p| bound(p, names));
        }
        PatternKind::Array(parts, rest) => {
            parts.iter().flatten().for_each(|p| bound(p, names));
            rest.iter().for_each(|p| bound(p, names));
        }
    }
}
