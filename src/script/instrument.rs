//! Counts which code runs: counters written into the author's own text.
//!
//! Counters are put in before types are stripped, and never add a line, so that lines stay the
//! author's. They live in a global array made before the code loads: code that runs while modules
//! still wait for each other finds them, too.

use oxc::allocator::Allocator;
use oxc::ast::ast::{
    ArrowFunctionBody, ArrowFunctionExpression, AssignmentPattern, ConditionalExpression,
    Declaration, Expression, FormalParameter, Function, FunctionBody, IfStatement,
    LogicalExpression, LogicalOperator, MethodDefinition, ObjectProperty, Program, Statement,
    SwitchCase, SwitchStatement, VariableDeclarator,
};
use oxc::ast_visit::{Visit, walk};
use oxc::parser::Parser;
use oxc::span::{GetSpan, SourceType, Span};
use oxc::syntax::scope::ScopeFlags;

use super::nesting;

/// A stretch of the file, in byte offsets.
pub(crate) type Stretch = (u32, u32);

/// A branch: its kind, where it stands, and its ways, each with its counter.
type Branch = (&'static str, Stretch, Vec<(usize, Stretch)>);

/// Where the counters of a file stand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Counters {
    /// How many there are.
    pub count: usize,
    /// Statements: counter and place.
    pub statements: Vec<(usize, Stretch)>,
    /// Functions: counter, name, place of the declaration, place of the body.
    pub functions: Vec<(usize, String, Stretch, Stretch)>,
    /// Branches: kind, whole place, and each way's counter and place.
    pub branches: Vec<Branch>,
}

/// The text with counters in it, and what they count. `name` is the global array they are in.
/// `None` when the file does not parse: whoever loads it says so.
pub(crate) fn instrument(path: &str, text: &str, name: &str) -> Option<(String, Counters)> {
    nesting::check(path, text).ok()?;
    nesting::on_deep_stack(|| write(path, text, name)).flatten()
}

fn write(path: &str, text: &str, name: &str) -> Option<(String, Counters)> {
    let allocator = Allocator::default();
    let source_type = match path.rsplit('.').next() {
        Some("ts" | "mts") => SourceType::ts(),
        Some("cjs") => SourceType::cjs(),
        _ => SourceType::mjs(),
    };
    let mut parsed = Parser::new(&allocator, text, source_type).parse();
    if !parsed.diagnostics.is_empty() {
        parsed = Parser::new(&allocator, text, SourceType::cjs()).parse();
    }
    if !parsed.diagnostics.is_empty() {
        return None;
    }
    let mut writer = Writer { array: name, ..Writer::default() };
    writer.visit_program(&parsed.program);
    Some((writer.apply(text), writer.counters))
}

#[derive(Default)]
struct Writer<'n> {
    array: &'n str,
    counters: Counters,
    /// What goes before the text at an offset; outer first.
    opens: Vec<(u32, String)>,
    /// What goes after the text that ends at an offset; inner first.
    closes: Vec<(u32, String)>,
    /// Name that the next function gets when it has none.
    given_name: Option<String>,
}

fn stretch(span: Span) -> Stretch {
    (span.start, span.end)
}

impl Writer<'_> {
    fn counter(&mut self) -> usize {
        self.counters.count += 1;
        self.counters.count - 1
    }

    fn open(&mut self, at: u32, text: String) {
        self.opens.push((at, text));
    }

    fn close(&mut self, at: u32, text: &str) {
        self.closes.push((at, text.to_owned()));
    }

    fn bump(&self, counter: usize) -> String {
        format!("{}[{counter}]++", self.array)
    }

    /// Counts an expression each time it is evaluated.
    fn wrap(&mut self, span: Span, counter: usize) {
        let text = format!("({}, ", self.bump(counter));
        self.open(span.start, text);
    }

    fn apply(&self, text: &str) -> String {
        let (mut opens, mut closes) = (self.opens.clone(), self.closes.clone());
        opens.sort_by_key(|(at, _)| *at);
        closes.sort_by_key(|(at, _)| *at);
        let (mut opens, mut closes) = (opens.into_iter().peekable(), closes.into_iter().peekable());
        let mut out = String::with_capacity(text.len() * 2);
        let mut from = 0usize;
        loop {
            let next = match (opens.peek(), closes.peek()) {
                (Some((open, _)), Some((close, _))) => *open.min(close),
                (Some((at, _)), None) | (None, Some((at, _))) => *at,
                (None, None) => break,
            };
            out.push_str(&text[from..next as usize]);
            from = next as usize;
            while let Some((_, more)) = closes.next_if(|(at, _)| *at == next) {
                out.push_str(&more);
            }
            while let Some((_, more)) = opens.next_if(|(at, _)| *at == next) {
                out.push_str(&more);
            }
        }
        out.push_str(&text[from..]);
        out
    }

    /// Counts a statement that stands in a list.
    fn statement(&mut self, statement: &Statement<'_>) {
        if !is_counted(statement) {
            return;
        }
        let counter = self.counter();
        self.counters.statements.push((counter, stretch(statement.span())));
        let text = format!("{};", self.bump(counter));
        self.open(statement.span().start, text);
    }

    /// Counts the body of an `if` or a loop, which may lack braces. `branch` is counted with it.
    fn body<'a>(&mut self, statement: &Statement<'a>, branch: Option<usize>) {
        let more = branch.map_or(String::new(), |counter| format!("{};", self.bump(counter)));
        if let Statement::BlockStatement(block) = statement {
            self.open(block.span.start + 1, more);
            walk::walk_statement(self, statement);
            return;
        }
        let span = statement.span();
        self.open(span.start, format!("{{{more}"));
        self.statement(statement);
        walk::walk_statement(self, statement);
        self.close(span.end, "}");
    }

    fn function(&mut self, name: String, declared: Span, body: &FunctionBody<'_>) {
        let counter = self.counter();
        self.counters.functions.push((counter, name, stretch(declared), stretch(body.span)));
        let after = body.directives.last().map_or(body.span.start + 1, |d| d.span.end);
        let text = format!(";{};", self.bump(counter));
        self.open(after, text);
    }

    /// Counts how often a default value is taken; whether something was opened.
    fn default_value(&mut self, whole: Span, value: &Expression<'_>) -> bool {
        if is_named_by_place(value) {
            return false;
        }
        let counter = self.counter();
        let ways = vec![(counter, stretch(value.span()))];
        self.counters.branches.push(("default-arg", stretch(whole), ways));
        self.wrap(value.span(), counter);
        true
    }

    fn take_name(&mut self, own: Option<&str>) -> String {
        let given = self.given_name.take();
        own.map(str::to_owned).or(given).unwrap_or_else(|| "(anonymous)".to_owned())
    }

    /// The operands of a chain of one logical operator.
    fn operands<'a, 'b>(
        expression: &'b Expression<'a>,
        operator: LogicalOperator,
        found: &mut Vec<&'b Expression<'a>>,
    ) {
        match expression {
            Expression::LogicalExpression(inner) if inner.operator == operator => {
                Self::operands(&inner.left, operator, found);
                Self::operands(&inner.right, operator, found);
            }
            other => found.push(other),
        }
    }
}

fn is_counted(statement: &Statement<'_>) -> bool {
    match statement {
        Statement::FunctionDeclaration(_)
        | Statement::BlockStatement(_)
        | Statement::EmptyStatement(_)
        | Statement::ImportDeclaration(_)
        | Statement::ExportAllDeclaration(_)
        | Statement::TSTypeAliasDeclaration(_)
        | Statement::TSInterfaceDeclaration(_)
        | Statement::ExportNamedDeclaration(_)
        | Statement::ExportFromDeclaration(_)
        | Statement::TSExternalModuleDeclaration(_)
        | Statement::TSNamespaceDeclaration(_)
        | Statement::TSGlobalDeclaration(_)
        | Statement::TSImportEqualsDeclaration(_)
        | Statement::TSExportAssignment(_)
        | Statement::TSNamespaceExportDeclaration(_) => false,
        Statement::ExportDeclaration(export) => matches!(
            &export.declaration,
            Declaration::VariableDeclaration(declaration) if !declaration.declare
        ),
        Statement::ExportDefaultDeclaration(export) => export.declaration.is_expression(),
        Statement::VariableDeclaration(declaration) => !declaration.declare,
        Statement::ClassDeclaration(class) => !class.declare,
        Statement::TSEnumDeclaration(declaration) => !declaration.declare,
        _ => true,
    }
}

/// Whether putting an expression in parentheses takes a name away from it.
fn is_named_by_place(expression: &Expression<'_>) -> bool {
    matches!(
        expression,
        Expression::ArrowFunctionExpression(_)
            | Expression::FunctionExpression(_)
            | Expression::ClassExpression(_)
    )
}

impl<'a> Visit<'a> for Writer<'_> {
    fn visit_program(&mut self, program: &Program<'a>) {
        program.body.iter().for_each(|statement| self.statement(statement));
        walk::walk_program(self, program);
    }

    fn visit_block_statement(&mut self, block: &oxc::ast::ast::BlockStatement<'a>) {
        block.body.iter().for_each(|statement| self.statement(statement));
        walk::walk_block_statement(self, block);
    }

    fn visit_function_body(&mut self, body: &FunctionBody<'a>) {
        body.statements.iter().for_each(|statement| self.statement(statement));
        walk::walk_function_body(self, body);
    }

    fn visit_function(&mut self, function: &Function<'a>, flags: ScopeFlags) {
        let name = self.take_name(function.id.as_ref().map(|id| id.name.as_str()));
        if let Some(body) = &function.body {
            let declared = Span::new(function.span.start, body.span.start);
            self.function(name, declared, body);
        }
        walk::walk_function(self, function, flags);
    }

    fn visit_arrow_function_expression(&mut self, arrow: &ArrowFunctionExpression<'a>) {
        let name = self.take_name(None);
        let span = arrow.body.span();
        let declared = Span::new(arrow.span.start, span.start);
        if let ArrowFunctionBody::FunctionBody(body) = &arrow.body {
            self.function(name, declared, body);
            return walk::walk_arrow_function_expression(self, arrow);
        }
        let (called, statement) = (self.counter(), self.counter());
        self.counters.functions.push((called, name, stretch(declared), stretch(span)));
        self.counters.statements.push((statement, stretch(span)));
        let text = format!("({}, {}, ", self.bump(called), self.bump(statement));
        self.open(span.start, text);
        walk::walk_arrow_function_expression(self, arrow);
        self.close(span.end, ")");
    }

    fn visit_method_definition(&mut self, method: &MethodDefinition<'a>) {
        self.given_name = method.key.name().map(|name| name.to_string());
        walk::walk_method_definition(self, method);
    }

    fn visit_object_property(&mut self, property: &ObjectProperty<'a>) {
        self.given_name = property.key.static_name().map(|name| name.to_string());
        walk::walk_object_property(self, property);
        self.given_name = None;
    }

    fn visit_variable_declarator(&mut self, declarator: &VariableDeclarator<'a>) {
        if declarator.init.as_ref().is_some_and(is_named_by_place) {
            self.given_name = declarator.id.get_identifier_name().map(|name| name.to_string());
        }
        walk::walk_variable_declarator(self, declarator);
        self.given_name = None;
    }

    fn visit_if_statement(&mut self, choice: &IfStatement<'a>) {
        let (yes, no) = (self.counter(), self.counter());
        let otherwise = choice.alternate.as_ref().map_or(choice.span, GetSpan::span);
        let ways = vec![(yes, stretch(choice.consequent.span())), (no, stretch(otherwise))];
        self.counters.branches.push(("if", stretch(choice.span), ways));
        self.visit_expression(&choice.test);
        self.body(&choice.consequent, Some(yes));
        match &choice.alternate {
            Some(alternate) => self.body(alternate, Some(no)),
            None => {
                let text = format!(" else {{{}}}", self.bump(no));
                self.close(choice.consequent.span().end, &text);
            }
        }
    }

    fn visit_conditional_expression(&mut self, choice: &ConditionalExpression<'a>) {
        self.visit_expression(&choice.test);
        let mut ways = Vec::new();
        for way in [&choice.consequent, &choice.alternate] {
            let counter = self.counter();
            ways.push((counter, stretch(way.span())));
            self.wrap(way.span(), counter);
            self.visit_expression(way);
            self.close(way.span().end, ")");
        }
        self.counters.branches.push(("cond-expr", stretch(choice.span), ways));
    }

    fn visit_logical_expression(&mut self, choice: &LogicalExpression<'a>) {
        let mut operands = Vec::new();
        Self::operands(&choice.left, choice.operator, &mut operands);
        Self::operands(&choice.right, choice.operator, &mut operands);
        let mut ways = Vec::new();
        for operand in operands {
            let counter = self.counter();
            ways.push((counter, stretch(operand.span())));
            self.wrap(operand.span(), counter);
            self.visit_expression(operand);
            self.close(operand.span().end, ")");
        }
        self.counters.branches.push(("binary-expr", stretch(choice.span), ways));
    }

    fn visit_assignment_pattern(&mut self, pattern: &AssignmentPattern<'a>) {
        let opened = self.default_value(pattern.span, &pattern.right);
        walk::walk_assignment_pattern(self, pattern);
        if opened {
            self.close(pattern.right.span().end, ")");
        }
    }

    fn visit_formal_parameter(&mut self, parameter: &FormalParameter<'a>) {
        let value = parameter.initializer.as_deref();
        let opened = value.is_some_and(|value| self.default_value(parameter.span, value));
        walk::walk_formal_parameter(self, parameter);
        if let Some(value) = value.filter(|_| opened) {
            self.close(value.span().end, ")");
        }
    }

    fn visit_switch_statement(&mut self, switch: &SwitchStatement<'a>) {
        let mut ways = Vec::new();
        self.visit_expression(&switch.discriminant);
        for case in &switch.cases {
            let counter = self.counter();
            ways.push((counter, stretch(case.span)));
            let at = case.consequent.first().map_or(case.span.end, |s| s.span().start);
            let text = format!("{};", self.bump(counter));
            self.open(at, text);
            self.visit_switch_case(case);
        }
        self.counters.branches.push(("switch", stretch(switch.span), ways));
    }

    fn visit_switch_case(&mut self, case: &SwitchCase<'a>) {
        case.consequent.iter().for_each(|statement| self.statement(statement));
        walk::walk_switch_case(self, case);
    }

    fn visit_for_statement(&mut self, statement: &oxc::ast::ast::ForStatement<'a>) {
        if let Some(init) = &statement.init {
            self.visit_for_statement_init(init);
        }
        for part in [&statement.test, &statement.update].into_iter().flatten() {
            self.visit_expression(part);
        }
        self.body(&statement.body, None);
    }

    fn visit_for_in_statement(&mut self, statement: &oxc::ast::ast::ForInStatement<'a>) {
        self.visit_expression(&statement.right);
        self.body(&statement.body, None);
    }

    fn visit_for_of_statement(&mut self, statement: &oxc::ast::ast::ForOfStatement<'a>) {
        self.visit_expression(&statement.right);
        self.body(&statement.body, None);
    }

    fn visit_while_statement(&mut self, statement: &oxc::ast::ast::WhileStatement<'a>) {
        self.visit_expression(&statement.test);
        self.body(&statement.body, None);
    }

    fn visit_do_while_statement(&mut self, statement: &oxc::ast::ast::DoWhileStatement<'a>) {
        self.body(&statement.body, None);
        self.visit_expression(&statement.test);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(path: &str, text: &str) -> (String, Counters) {
        instrument(path, text, "c").unwrap()
    }

    #[test]
    fn lines_stay_and_the_code_still_parses() {
        let text = "import x from './x.js';
'use strict'
const f = (a, b = 1) => a && b || c ?? 2
label: for (const i of [1, 2]) if (i) continue label; else f(i)
function g({ a = 1 } = {}) {
  'use strict';
  if (a) return 1
  switch (a) { case 1: case 2: f(); break; default: }
  do f(); while (g)
  for (;;) ;
  while (a) { a ? f() : g() }
}
class A { constructor() { super_(); } m() { return this } static s = () => ({ a: 1 }) }
export default class B extends A { constructor() { super(); } }
export const h = async () => { await f?.(); }
if (a) if (b) f(); else g()
";
        let text = text.replace("|| c ?? 2", "|| c");
        let (out, counters) = written("a.js", &text);
        assert_eq!(out.lines().count(), text.lines().count(), "{out}");
        assert!(counters.statements.len() > 15 && counters.branches.len() >= 8, "{counters:?}");
        let allocator = Allocator::default();
        let again = Parser::new(&allocator, &out, SourceType::mjs()).parse();
        assert!(again.diagnostics.is_empty(), "{:?}\n{out}", again.diagnostics);
        let names: Vec<&str> =
            counters.functions.iter().map(|(_, name, ..)| name.as_str()).collect();
        assert!(["f", "g", "m", "constructor", "h"].iter().all(|n| names.contains(n)), "{names:?}");
    }

    #[test]
    fn types_are_no_statements() {
        let text = "type A = { a: number };\ninterface B {}\ndeclare const x: number;\nexport type { A };\nenum E { a = 1 }\nfunction f(x: number): asserts x {}\n";
        let (out, counters) = written("a.ts", text);
        assert_eq!(counters.statements.len(), 1, "{out}");
        assert!(instrument("a.js", "((", "c").is_none());
    }
}
