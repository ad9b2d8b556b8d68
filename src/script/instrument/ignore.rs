//! Code that its author leaves out of the count: `/* istanbul ignore next */` and its kin.
//!
//! `next` leaves out the statement, function, member or operand behind it; `if` and `else` one way
//! of the `if` behind them; `file` everything.

use std::collections::BTreeMap;

use oxc::ast::AstKind;
use oxc::ast::ast::{IfStatement, Program};
use oxc::ast_visit::Visit;
use oxc::span::GetSpan;

use super::{Counters, Stretch, stretch};

/// Takes what is left out of the counters.
pub(super) fn leave_out(program: &Program<'_>, text: &str, counters: &mut Counters) {
    let mut finder = Finder::default();
    for comment in &program.comments {
        let span = comment.content_span();
        let Some(hint) = hint(&text[span.start as usize..span.end as usize]) else { continue };
        if hint == Hint::File {
            *counters = Counters { count: counters.count, ..Counters::default() };
            return;
        }
        finder.hints.insert(comment.attached_to, hint);
    }
    if finder.hints.is_empty() {
        return;
    }
    finder.visit_program(program);
    finder.take_from(counters);
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hint {
    Next,
    If,
    Else,
    File,
}

fn hint(comment: &str) -> Option<Hint> {
    let rest = comment.trim_start().strip_prefix("istanbul")?;
    let mut words = rest.split_ascii_whitespace();
    let is_apart = rest.starts_with(|c: char| c.is_ascii_whitespace());
    let found = (is_apart && words.next()? == "ignore").then(|| words.next())??;
    match found.split(|c: char| !c.is_alphanumeric() && c != '_').next()? {
        "next" => Some(Hint::Next),
        "if" => Some(Hint::If),
        "else" => Some(Hint::Else),
        "file" => Some(Hint::File),
        _ => None,
    }
}

#[derive(Default)]
struct Finder {
    /// By offset of the token behind the comment.
    hints: BTreeMap<u32, Hint>,
    /// What is left out as a whole.
    ranges: Vec<Stretch>,
    /// `if` statements of which a way is left out, with its number.
    ways: Vec<(Stretch, usize)>,
}

/// What a `next` can stand before.
fn can_be_left_out(kind: AstKind<'_>) -> bool {
    kind.is_statement()
        || kind.is_function_like()
        || matches!(
            kind,
            AstKind::Function(_)
                | AstKind::ArrowFunctionExpression(_)
                | AstKind::Class(_)
                | AstKind::MethodDefinition(_)
                | AstKind::PropertyDefinition(_)
                | AstKind::ExportDeclaration(_)
                | AstKind::ExportDefaultDeclaration(_)
                | AstKind::VariableDeclaration(_)
                | AstKind::VariableDeclarator(_)
                | AstKind::SwitchCase(_)
                | AstKind::AssignmentPattern(_)
                | AstKind::FormalParameter(_)
                | AstKind::ConditionalExpression(_)
                | AstKind::LogicalExpression(_)
        )
}

impl<'a> Visit<'a> for Finder {
    fn enter_node(&mut self, kind: AstKind<'a>) {
        let span = kind.span();
        if self.hints.get(&span.start) != Some(&Hint::Next) || !can_be_left_out(kind) {
            return;
        }
        // The outermost one is met first.
        if !self.ranges.iter().any(|(start, _)| *start == span.start) {
            self.ranges.push(stretch(span));
        }
    }

    fn visit_if_statement(&mut self, choice: &IfStatement<'a>) {
        match self.hints.get(&choice.span.start) {
            Some(Hint::If) => {
                self.ways.push((stretch(choice.span), 0));
                self.ranges.push(stretch(choice.consequent.span()));
            }
            Some(Hint::Else) => {
                self.ways.push((stretch(choice.span), 1));
                self.ranges.extend(choice.alternate.as_ref().map(|way| stretch(way.span())));
            }
            _ => {}
        }
        oxc::ast_visit::walk::walk_if_statement(self, choice);
    }
}

impl Finder {
    fn take_from(&self, counters: &mut Counters) {
        let is_out = |(start, end): Stretch| {
            self.ranges.iter().any(|(from, to)| *from <= start && end <= *to)
        };
        counters.statements.retain(|(_, at)| !is_out(*at));
        counters.functions.retain(|(_, _, _, body)| !is_out(*body));
        counters.branches.retain(|(_, at, _)| !is_out(*at));
        for (kind, at, ways) in &mut counters.branches {
            let mut number = 0;
            ways.retain(|(_, way)| {
                let is_hinted = matches!(*kind, "cond-expr" | "binary-expr")
                    && way.is_some_and(|(start, _)| self.hints.get(&start) == Some(&Hint::Next));
                let is_case_out = *kind == "switch" && way.is_some_and(&is_out);
                let is_left_out = is_case_out || is_hinted || self.ways.contains(&(*at, number));
                number += 1;
                !is_left_out
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hints_are_whole_words() {
        assert_eq!(hint(" istanbul ignore next "), Some(Hint::Next));
        assert_eq!(hint("istanbul  ignore else -- why"), Some(Hint::Else));
        assert_eq!(hint(" istanbul ignore if: why"), Some(Hint::If));
        assert_eq!(hint(" istanbul ignore file"), Some(Hint::File));
        for other in [
            "istanbulignore next",
            "istanbul ignored next",
            "istanbul ignore nextish",
            "istanbul",
            "next",
        ] {
            assert_eq!(hint(other), None, "{other}");
        }
    }
}
