//! The parser's own tree, for rules about how code is written.
//!
//! The small tree of `ir` forgets what does not change values: parentheses, kinds of operators and
//! declarations, directives. Rules about those look while the parser's tree is still there.

use oxc::ast::AstKind;
use oxc::ast::ast::{Argument, BindingPattern, Expression, ObjectPattern, Statement};
use oxc::ast_visit::{Visit, walk};
use oxc::semantic::{AstNode, Semantic};
use oxc::span::{GetSpan, Span};
use oxc::syntax::scope::ScopeFlags;

use super::ir::Place;

/// How a rule looks at one node.
pub(crate) type Look = for<'a> fn(&AstNode<'a>, &Semantic<'a>, &mut Notes<'_>);

/// What a rule saw.
#[derive(Debug, Clone)]
pub(crate) struct Note {
    /// Id of the rule.
    pub rule: &'static str,
    /// Where.
    pub place: Place,
    /// What, in words.
    pub message: String,
}

/// Takes what one rule sees.
#[derive(Debug)]
pub(crate) struct Notes<'l> {
    rule: &'static str,
    list: &'l mut Vec<Note>,
}

/// Most notes kept of one file.
const MAX_NOTES: usize = 5_000;

impl Notes<'_> {
    /// Reports a place.
    pub(crate) fn add(&mut self, span: Span, message: impl Into<String>) {
        if self.list.len() < MAX_NOTES {
            let place = Place { start: span.start, end: span.end };
            self.list.push(Note { rule: self.rule, place, message: message.into() });
        }
    }
}

/// Lets every rule look at every node of a file.
pub(super) fn look(semantic: &Semantic<'_>, looks: &[(&'static str, Look)]) -> Vec<Note> {
    let mut list = Vec::new();
    for node in semantic.nodes().iter() {
        for (rule, look) in looks {
            look(node, semantic, &mut Notes { rule, list: &mut list });
        }
    }
    list
}

/// The words of a place.
pub(crate) fn words<'a>(semantic: &Semantic<'a>, span: Span) -> &'a str {
    semantic.source_text().get(span.start as usize..span.end as usize).unwrap_or_default()
}

/// Whether an expression only names something: `a`, `this.a.b`.
pub(crate) fn is_name(expr: &Expression<'_>) -> bool {
    match expr {
        Expression::Identifier(_) | Expression::ThisExpression(_) => true,
        Expression::StaticMemberExpression(m) => !m.optional && is_name(&m.object),
        _ => false,
    }
}

/// Whether whatever follows a statement in its list is never reached.
pub(crate) fn ends(statement: &Statement<'_>) -> bool {
    match statement {
        Statement::ReturnStatement(_)
        | Statement::ThrowStatement(_)
        | Statement::BreakStatement(_)
        | Statement::ContinueStatement(_) => true,
        Statement::BlockStatement(b) => b.body.iter().any(ends),
        Statement::IfStatement(i) => {
            ends(&i.consequent) && i.alternate.as_ref().is_some_and(|a| ends(a))
        }
        Statement::TryStatement(t) => {
            let block = t.block.body.iter().any(ends);
            let handler = t.handler.as_ref().is_none_or(|h| h.body.body.iter().any(ends));
            block && handler || t.finalizer.as_ref().is_some_and(|f| f.body.iter().any(ends))
        }
        _ => false,
    }
}

/// What the own statements of a function do; functions inside it are not looked at.
#[derive(Debug, Default)]
pub(crate) struct Own {
    /// It returns a value somewhere.
    pub returns_value: bool,
    /// It throws somewhere.
    pub throws: bool,
    /// It yields somewhere.
    pub yields: bool,
    /// It awaits somewhere.
    pub awaits: bool,
    /// It calls `super`.
    pub calls_super: bool,
    /// It continues a loop.
    pub continues: bool,
}

impl<'a> Visit<'a> for Own {
    fn visit_function(&mut self, _: &oxc::ast::ast::Function<'a>, _: ScopeFlags) {}
    fn visit_arrow_function_expression(
        &mut self,
        arrow: &oxc::ast::ast::ArrowFunctionExpression<'a>,
    ) {
        // `super()` may stand in an arrow function; nothing else of it is ours.
        let mut inner = Own::default();
        walk::walk_arrow_function_expression(&mut inner, arrow);
        self.calls_super |= inner.calls_super;
    }
    fn visit_return_statement(&mut self, it: &oxc::ast::ast::ReturnStatement<'a>) {
        self.returns_value |= it.argument.is_some();
        walk::walk_return_statement(self, it);
    }
    fn visit_throw_statement(&mut self, it: &oxc::ast::ast::ThrowStatement<'a>) {
        self.throws = true;
        walk::walk_throw_statement(self, it);
    }
    fn visit_yield_expression(&mut self, it: &oxc::ast::ast::YieldExpression<'a>) {
        self.yields = true;
        walk::walk_yield_expression(self, it);
    }
    fn visit_await_expression(&mut self, it: &oxc::ast::ast::AwaitExpression<'a>) {
        self.awaits = true;
        walk::walk_await_expression(self, it);
    }
    fn visit_continue_statement(&mut self, _: &oxc::ast::ast::ContinueStatement<'a>) {
        self.continues = true;
    }
    fn visit_call_expression(&mut self, it: &oxc::ast::ast::CallExpression<'a>) {
        self.calls_super |= it.callee.is_super();
        walk::walk_call_expression(self, it);
    }
}

/// What statements do, without the functions in them.
pub(crate) fn own<'a>(statements: &[Statement<'a>]) -> Own {
    let mut own = Own::default();
    for statement in statements {
        own.visit_statement(statement);
    }
    own
}

/// Whether the function around a node is asynchronous; false outside of functions.
pub(crate) fn is_in_async(node: &AstNode<'_>, semantic: &Semantic<'_>) -> bool {
    semantic
        .nodes()
        .ancestors(node.id())
        .find_map(|n| match n.kind() {
            AstKind::Function(f) => Some(f.r#async),
            AstKind::ArrowFunctionExpression(f) => Some(f.r#async),
            _ => None,
        })
        .unwrap_or(false)
}

/// Whether the first argument is an `async` function that is written there.
pub(crate) fn is_given_async(arguments: &[Argument<'_>]) -> bool {
    match arguments.first() {
        Some(Argument::ArrowFunctionExpression(f)) => f.r#async,
        Some(Argument::FunctionExpression(f)) => f.r#async,
        _ => false,
    }
}

/// The statements of a function that is passed as an argument, when it has a block.
pub(crate) fn block_of<'x, 'a>(arg: &'x Argument<'a>) -> Option<&'x [Statement<'a>]> {
    match arg {
        Argument::FunctionExpression(f) => f.body.as_ref().map(|b| b.statements.as_slice()),
        Argument::ArrowFunctionExpression(f) => {
            f.body.as_function_body().map(|b| b.statements.as_slice())
        }
        _ => None,
    }
}

/// From the start of a node to the end of its first line.
pub(crate) fn head(semantic: &Semantic<'_>, span: Span) -> Span {
    let text = words(semantic, span);
    let end = text.find('\n').map_or(span.end, |at| span.start + at as u32);
    Span::new(span.start, end)
}

/// The place of a statement.
pub(crate) fn place(statement: &Statement<'_>) -> Span {
    statement.span()
}

/// A thing that code names: `customer.email`, `token`, `{ cvv }`.
#[derive(Debug)]
pub(crate) struct Mention {
    /// Where.
    pub span: Span,
    /// What it belongs to, as written; empty for a plain name.
    pub owner: String,
    /// Its own name.
    pub name: String,
}

/// Everything that expressions name, without text and without the functions in them.
pub(crate) fn mentions<'a>(arguments: &[Argument<'a>], semantic: &Semantic<'a>) -> Vec<Mention> {
    struct Names<'s, 'a>(Vec<Mention>, &'s Semantic<'a>);
    impl<'a> Visit<'a> for Names<'_, 'a> {
        fn visit_static_member_expression(
            &mut self,
            it: &oxc::ast::ast::StaticMemberExpression<'a>,
        ) {
            self.0.push(Mention {
                span: it.span,
                owner: words(self.1, it.object.span()).to_owned(),
                name: it.property.name.to_string(),
            });
            if !is_name(&it.object) {
                walk::walk_static_member_expression(self, it);
            }
        }
        fn visit_call_expression(&mut self, it: &oxc::ast::ast::CallExpression<'a>) {
            // What a function makes of a value is another value.
            let callee = words(self.1, it.callee.span());
            let passes =
                callee == "JSON.stringify" || callee == "String" || callee.ends_with(".join");
            if passes {
                it.arguments.iter().for_each(|a| self.visit_argument(a));
            }
        }
        fn visit_identifier_reference(&mut self, it: &oxc::ast::ast::IdentifierReference<'a>) {
            self.0.push(Mention { span: it.span, owner: String::new(), name: it.name.to_string() });
        }
        fn visit_function(&mut self, _: &oxc::ast::ast::Function<'a>, _: ScopeFlags) {}
        fn visit_arrow_function_expression(
            &mut self,
            _: &oxc::ast::ast::ArrowFunctionExpression<'a>,
        ) {
        }
    }
    let mut names = Names(Vec::new(), semantic);
    arguments.iter().for_each(|a| names.visit_argument(a));
    names.0
}

/// A name in lower case without `_`: `card_number` and `cardNumber` are one.
pub(crate) fn folded(name: &str) -> String {
    name.chars().filter(|c| *c != '_' && *c != '-').flat_map(char::to_lowercase).collect()
}

/// A query of the builder whose awaited result is taken apart where it is declared.
#[derive(Debug)]
pub(crate) struct TakenApart<'x, 'a> {
    /// The declaration.
    pub span: Span,
    /// The query, as written.
    pub query: &'a str,
    /// What is taken.
    pub pattern: &'x ObjectPattern<'a>,
}

impl TakenApart<'_, '_> {
    /// Whether a member is among what is taken.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.pattern.properties.iter().any(|p| p.key.is_specific_static_name(name))
    }
}

/// `const { data } = await ctx.supabase.from(…)…`.
pub(crate) fn taken_apart<'x, 'a>(
    node: &'x AstNode<'a>,
    semantic: &Semantic<'a>,
) -> Option<TakenApart<'x, 'a>> {
    let AstKind::VariableDeclarator(declared) = node.kind() else { return None };
    let BindingPattern::ObjectPattern(pattern) = &declared.id else { return None };
    let Some(Expression::AwaitExpression(awaited)) = &declared.init else { return None };
    let query = words(semantic, awaited.argument.span());
    let is_query = ["ctx.supabase.from(", "ctx.db.from(", "supabase.from(", "db.from("]
        .iter()
        .any(|start| query.starts_with(start));
    is_query.then_some(TakenApart { span: declared.span, query, pattern })
}
