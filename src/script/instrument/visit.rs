//! Finds what is counted, as Istanbul's visitor does.

use oxc::ast::ast::{
    ArrowFunctionBody, ArrowFunctionExpression, AssignmentPattern,
    AssignmentTargetPropertyIdentifier, AssignmentTargetWithDefault, BlockStatement, Class,
    ConditionalExpression, Declaration, DoWhileStatement, Expression, ForInStatement,
    ForOfStatement, ForStatement, FormalParameter, Function, FunctionBody, IfStatement,
    LogicalExpression, MethodDefinition, ObjectProperty, Program, PropertyDefinition, PropertyKey,
    Statement, StaticBlock, SwitchCase, SwitchStatement, TSEnumDeclaration,
    TSExternalModuleDeclaration, TSGlobalDeclaration, TSModuleBlock, TSNamespaceDeclaration,
    VariableDeclaration, VariableDeclarator, WhileStatement, WithStatement,
};
use oxc::ast_visit::{Visit, walk};
use oxc::span::{GetSpan, Span};
use oxc::syntax::scope::ScopeFlags;

use super::{Writer, stretch};

/// The expression in parentheses: those are no part of a place.
fn bare<'a, 'b>(expression: &'b Expression<'a>) -> &'b Expression<'a> {
    match expression {
        Expression::ParenthesizedExpression(inner) => bare(&inner.expression),
        other => other,
    }
}

/// Whether a counter in front of an expression takes a name away from it.
fn is_named_by_place(expression: &Expression<'_>) -> bool {
    matches!(
        bare(expression),
        Expression::ArrowFunctionExpression(_)
            | Expression::FunctionExpression(_)
            | Expression::ClassExpression(_)
    )
}

fn is_counted(statement: &Statement<'_>) -> bool {
    matches!(
        statement,
        Statement::ExpressionStatement(_)
            | Statement::BreakStatement(_)
            | Statement::ContinueStatement(_)
            | Statement::DebuggerStatement(_)
            | Statement::ReturnStatement(_)
            | Statement::ThrowStatement(_)
            | Statement::TryStatement(_)
            | Statement::IfStatement(_)
            | Statement::ForStatement(_)
            | Statement::ForInStatement(_)
            | Statement::ForOfStatement(_)
            | Statement::WhileStatement(_)
            | Statement::DoWhileStatement(_)
            | Statement::SwitchStatement(_)
            | Statement::WithStatement(_)
            | Statement::LabeledStatement(_)
    )
}

/// The operands of a chain of logical operators.
fn operands<'a, 'b>(expression: &'b Expression<'a>, found: &mut Vec<&'b Expression<'a>>) {
    match bare(expression) {
        Expression::LogicalExpression(inner) => {
            operands(&inner.left, found);
            operands(&inner.right, found);
        }
        _ => found.push(expression),
    }
}

impl Writer<'_> {
    fn statements(&mut self, list: &[Statement<'_>]) {
        list.iter().for_each(|statement| self.statement(statement));
    }

    /// Counts a statement that stands in a list. What is labelled is counted before the label.
    fn statement(&mut self, statement: &Statement<'_>) {
        let at = statement.span().start;
        let mut inner = statement;
        loop {
            if is_counted(inner) {
                self.statement_at(at, inner.span());
            }
            match inner {
                Statement::LabeledStatement(labelled) => inner = &labelled.body,
                Statement::VariableDeclaration(declared) => return self.hoist(at, declared),
                Statement::ExportDeclaration(export) => {
                    if let Declaration::VariableDeclaration(declared) = &export.declaration {
                        self.hoist(at, declared);
                    }
                    return;
                }
                _ => return,
            }
        }
    }

    fn statement_at(&mut self, at: u32, place: Span) {
        let counter = self.counter();
        self.counters.statements.push((counter, stretch(place)));
        let text = format!("{};", self.bump(counter));
        self.open(at, text);
    }

    /// Counts values that take their name from the declaration before it.
    fn hoist(&mut self, at: u32, declared: &VariableDeclaration<'_>) {
        if declared.declare {
            return;
        }
        let values = declared.declarations.iter().filter_map(|one| one.init.as_ref());
        for value in values.filter(|value| is_named_by_place(value)) {
            self.statement_at(at, bare(value).span());
            self.hoisted.insert(value.span().start);
        }
    }

    /// Counts a value as a statement; the caller walks it and closes.
    fn value(&mut self, value: &Expression<'_>) {
        let counter = self.counter();
        self.counters.statements.push((counter, stretch(bare(value).span())));
        self.wrap(value.span(), counter);
    }

    /// Counts the body of an `if` or a loop, which may lack braces. `branch` is counted with it.
    fn body<'a>(&mut self, statement: &Statement<'a>, branch: Option<usize>)
    where
        Self: Visit<'a>,
    {
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
        if std::mem::take(&mut self.is_private) {
            return;
        }
        let counter = self.counter();
        self.counters.functions.push((counter, name, stretch(declared), stretch(body.span)));
        let after = body.directives.last().map_or(body.span.start + 1, |d| d.span.end);
        let text = format!(";{};", self.bump(counter));
        self.open(after, text);
    }

    /// Counts how often a default value is taken; the caller walks it and closes.
    fn default_value(&mut self, whole: Span, value: &Expression<'_>) {
        let counter = self.counter();
        let ways = vec![(counter, Some(stretch(bare(value).span())))];
        self.counters.branches.push(("default-arg", stretch(whole), ways));
        self.wrap(value.span(), counter);
    }

    fn take_name(&mut self, own: Option<&str>) -> String {
        let given = self.given_name.take();
        own.map(str::to_owned).or(given).unwrap_or_else(|| "(anonymous)".to_owned())
    }
}

/// Where a function without a name is declared: its first letter.
fn first_letter(span: Span) -> Span {
    Span::new(span.start, span.start + 1)
}

impl<'a> Visit<'a> for Writer<'_> {
    fn visit_program(&mut self, program: &Program<'a>) {
        self.statements(&program.body);
        walk::walk_program(self, program);
    }

    fn visit_block_statement(&mut self, block: &BlockStatement<'a>) {
        self.statements(&block.body);
        walk::walk_block_statement(self, block);
    }

    fn visit_function_body(&mut self, body: &FunctionBody<'a>) {
        self.statements(&body.statements);
        walk::walk_function_body(self, body);
    }

    fn visit_static_block(&mut self, block: &StaticBlock<'a>) {
        self.statements(&block.body);
        walk::walk_static_block(self, block);
    }

    fn visit_ts_module_block(&mut self, block: &TSModuleBlock<'a>) {
        self.statements(&block.body);
        walk::walk_ts_module_block(self, block);
    }

    // Nothing of these runs as it is written: an enum's values are computed when types are stripped.
    fn visit_ts_enum_declaration(&mut self, _: &TSEnumDeclaration<'a>) {}
    fn visit_ts_external_module_declaration(&mut self, _: &TSExternalModuleDeclaration<'a>) {}
    fn visit_ts_global_declaration(&mut self, _: &TSGlobalDeclaration<'a>) {}

    fn visit_ts_namespace_declaration(&mut self, namespace: &TSNamespaceDeclaration<'a>) {
        if !namespace.declare {
            walk::walk_ts_namespace_declaration(self, namespace);
        }
    }

    fn visit_class(&mut self, class: &Class<'a>) {
        if !class.declare {
            walk::walk_class(self, class);
        }
    }

    fn visit_function(&mut self, function: &Function<'a>, flags: ScopeFlags) {
        let name = self.take_name(function.id.as_ref().map(|id| id.name.as_str()));
        if let Some(body) = &function.body {
            let declared = function.id.as_ref().map(|id| id.span);
            self.function(name, declared.unwrap_or_else(|| first_letter(function.span)), body);
        }
        walk::walk_function(self, function, flags);
    }

    fn visit_arrow_function_expression(&mut self, arrow: &ArrowFunctionExpression<'a>) {
        let name = self.take_name(None);
        let declared = first_letter(arrow.span);
        let body = match &arrow.body {
            ArrowFunctionBody::FunctionBody(body) => {
                self.function(name, declared, body);
                return walk::walk_arrow_function_expression(self, arrow);
            }
            other => other.span(),
        };
        let place = arrow.body.as_expression().map_or(body, |value| bare(value).span());
        let (called, statement) = (self.counter(), self.counter());
        self.counters.functions.push((called, name, stretch(declared), stretch(place)));
        self.counters.statements.push((statement, stretch(place)));
        let text = format!("({}, {}, ", self.bump(called), self.bump(statement));
        self.open(body.start, text);
        walk::walk_arrow_function_expression(self, arrow);
        self.close(body.end, ")");
    }

    fn visit_method_definition(&mut self, method: &MethodDefinition<'a>) {
        self.given_name = method.key.name().map(|name| name.to_string());
        self.is_private = matches!(method.key, PropertyKey::PrivateIdentifier(_));
        walk::walk_method_definition(self, method);
        self.is_private = false;
    }

    fn visit_property_definition(&mut self, property: &PropertyDefinition<'a>) {
        let Some(value) = &property.value else {
            return walk::walk_property_definition(self, property);
        };
        self.visit_property_key(&property.key);
        self.given_name = property.key.name().map(|name| name.to_string());
        self.value(value);
        self.visit_expression(value);
        self.close(value.span().end, ")");
        self.given_name = None;
    }

    fn visit_object_property(&mut self, property: &ObjectProperty<'a>) {
        self.given_name = property.key.static_name().map(|name| name.to_string());
        walk::walk_object_property(self, property);
        self.given_name = None;
    }

    fn visit_variable_declaration(&mut self, declaration: &VariableDeclaration<'a>) {
        if !declaration.declare {
            walk::walk_variable_declaration(self, declaration);
        }
    }

    fn visit_variable_declarator(&mut self, declarator: &VariableDeclarator<'a>) {
        self.visit_binding_pattern(&declarator.id);
        let Some(value) = &declarator.init else { return };
        let is_hoisted = self.hoisted.contains(&value.span().start);
        if !is_hoisted {
            self.value(value);
        }
        if is_named_by_place(value) {
            self.given_name = declarator.id.get_identifier_name().map(|name| name.to_string());
        }
        self.visit_expression(value);
        self.given_name = None;
        if !is_hoisted {
            self.close(value.span().end, ")");
        }
    }

    fn visit_if_statement(&mut self, choice: &IfStatement<'a>) {
        let (yes, no) = (self.counter(), self.counter());
        let otherwise = choice.alternate.as_ref().map(|alternate| stretch(alternate.span()));
        let ways = vec![(yes, Some(stretch(choice.span))), (no, otherwise)];
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
            ways.push((counter, Some(stretch(bare(way).span()))));
            self.wrap(way.span(), counter);
            self.visit_expression(way);
            self.close(way.span().end, ")");
        }
        self.counters.branches.push(("cond-expr", stretch(choice.span), ways));
    }

    fn visit_logical_expression(&mut self, choice: &LogicalExpression<'a>) {
        let mut found = Vec::new();
        operands(&choice.left, &mut found);
        operands(&choice.right, &mut found);
        let mut ways = Vec::new();
        for operand in found {
            let counter = self.counter();
            ways.push((counter, Some(stretch(bare(operand).span()))));
            self.wrap(operand.span(), counter);
            self.visit_expression(operand);
            self.close(operand.span().end, ")");
        }
        self.counters.branches.push(("binary-expr", stretch(choice.span), ways));
    }

    fn visit_assignment_pattern(&mut self, pattern: &AssignmentPattern<'a>) {
        self.default_value(pattern.span, &pattern.right);
        walk::walk_assignment_pattern(self, pattern);
        self.close(pattern.right.span().end, ")");
    }

    fn visit_assignment_target_with_default(&mut self, target: &AssignmentTargetWithDefault<'a>) {
        self.default_value(target.span, &target.init);
        walk::walk_assignment_target_with_default(self, target);
        self.close(target.init.span().end, ")");
    }

    fn visit_assignment_target_property_identifier(
        &mut self,
        target: &AssignmentTargetPropertyIdentifier<'a>,
    ) {
        let Some(value) = &target.init else { return };
        self.default_value(target.span, value);
        self.visit_expression(value);
        self.close(value.span().end, ")");
    }

    fn visit_formal_parameter(&mut self, parameter: &FormalParameter<'a>) {
        let value = parameter.initializer.as_deref();
        if let Some(value) = value {
            self.default_value(parameter.span, value);
        }
        walk::walk_formal_parameter(self, parameter);
        if let Some(value) = value {
            self.close(value.span().end, ")");
        }
    }

    fn visit_switch_statement(&mut self, switch: &SwitchStatement<'a>) {
        let mut ways = Vec::new();
        self.visit_expression(&switch.discriminant);
        for case in &switch.cases {
            let counter = self.counter();
            ways.push((counter, Some(stretch(case.span))));
            let at = case.consequent.first().map_or(case.span.end, |s| s.span().start);
            let text = format!("{};", self.bump(counter));
            self.open(at, text);
            self.visit_switch_case(case);
        }
        self.counters.branches.push(("switch", stretch(switch.span), ways));
    }

    fn visit_switch_case(&mut self, case: &SwitchCase<'a>) {
        self.statements(&case.consequent);
        walk::walk_switch_case(self, case);
    }

    fn visit_for_statement(&mut self, statement: &ForStatement<'a>) {
        if let Some(init) = &statement.init {
            self.visit_for_statement_init(init);
        }
        for part in [&statement.test, &statement.update].into_iter().flatten() {
            self.visit_expression(part);
        }
        self.body(&statement.body, None);
    }

    fn visit_for_in_statement(&mut self, statement: &ForInStatement<'a>) {
        self.visit_for_statement_left(&statement.left);
        self.visit_expression(&statement.right);
        self.body(&statement.body, None);
    }

    fn visit_for_of_statement(&mut self, statement: &ForOfStatement<'a>) {
        self.visit_for_statement_left(&statement.left);
        self.visit_expression(&statement.right);
        self.body(&statement.body, None);
    }

    fn visit_while_statement(&mut self, statement: &WhileStatement<'a>) {
        self.visit_expression(&statement.test);
        self.body(&statement.body, None);
    }

    fn visit_do_while_statement(&mut self, statement: &DoWhileStatement<'a>) {
        self.body(&statement.body, None);
        self.visit_expression(&statement.test);
    }

    fn visit_with_statement(&mut self, statement: &WithStatement<'a>) {
        self.visit_expression(&statement.object);
        self.body(&statement.body, None);
    }
}
