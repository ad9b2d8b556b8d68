//! Writes inline snapshots into a test file: only the template inside the call changes.

use oxc::allocator::Allocator;
use oxc::ast::ast::{Argument, CallExpression, Expression};
use oxc::ast_visit::{Visit, walk};
use oxc::parser::Parser;
use oxc::span::{GetSpan, SourceType, Span};

use super::nesting;

/// A text for the call at a place; line and column from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct InlineSnapshot {
    /// Line of the call.
    pub line: u32,
    /// Column of the call, or near it.
    pub column: u32,
    /// The value, as it is to stand there.
    pub text: String,
}

/// The file with the snapshots in it. `None` when it does not parse, or a place holds no such call:
/// then nothing is written.
pub(crate) fn write_inline_snapshots(
    path: &str,
    text: &str,
    snapshots: &[InlineSnapshot],
) -> Option<String> {
    nesting::check(path, text).ok()?;
    nesting::on_deep_stack(|| write(path, text, snapshots)).flatten()
}

fn write(path: &str, text: &str, snapshots: &[InlineSnapshot]) -> Option<String> {
    let allocator = Allocator::default();
    let is_typescript = path.ends_with(".ts") || path.ends_with(".mts");
    let source_type = if is_typescript { SourceType::ts() } else { SourceType::mjs() };
    let parsed = Parser::new(&allocator, text, source_type).parse();
    if !parsed.diagnostics.is_empty() {
        return None;
    }
    let mut calls = Calls::default();
    calls.visit_program(&parsed.program);
    let mut edits = Vec::new();
    for snapshot in snapshots {
        let line = |call: &&Call| line_of(text, call.name.start) == snapshot.line;
        let distance =
            |call: &&Call| column_of(text, call.name.start).abs_diff(snapshot.column as usize);
        let call = calls.0.iter().filter(line).min_by_key(distance)?;
        edits.push(call.edit(text, &snapshot.text));
    }
    edits.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
    if edits.windows(2).any(|pair| pair[0].0.start == pair[1].0.start) {
        return None;
    }
    let mut written = text.to_owned();
    for (span, replacement) in edits {
        written.replace_range(span.start as usize..span.end as usize, &replacement);
    }
    Some(written)
}

fn line_of(text: &str, offset: u32) -> u32 {
    let lines = text.bytes().take(offset as usize).filter(|b| *b == b'\n').count();
    u32::try_from(lines + 1).unwrap_or(u32::MAX)
}

fn column_of(text: &str, offset: u32) -> usize {
    let before = text.get(..offset as usize).unwrap_or_default();
    before.rsplit('\n').next().unwrap_or_default().chars().count() + 1
}

/// A call of an inline snapshot matcher.
struct Call {
    /// The matcher's name.
    name: Span,
    /// The whole call.
    whole: Span,
    /// The template that is there.
    template: Option<Span>,
    /// Whether there is any argument.
    has_arguments: bool,
}

impl Call {
    fn edit(&self, text: &str, value: &str) -> (Span, String) {
        let line_start = text[..self.name.start as usize].rfind('\n').map_or(0, |at| at + 1);
        let indent: String =
            text[line_start..].chars().take_while(|c| *c == ' ' || *c == '\t').collect();
        let quoted = value.replace('\\', "\\\\").replace('`', "\\`").replace("${", "\\${");
        let template = if quoted.contains('\n') {
            let lines: Vec<String> = quoted
                .lines()
                .map(|l| if l.is_empty() { String::new() } else { format!("{indent}  {l}") })
                .collect();
            format!("`\n{}\n{indent}`", lines.join("\n"))
        } else {
            format!("`{quoted}`")
        };
        match self.template {
            Some(span) => (span, template),
            None => {
                let end = self.whole.end - 1;
                let comma = if self.has_arguments { ", " } else { "" };
                (Span::new(end, end), format!("{comma}{template}"))
            }
        }
    }
}

#[derive(Default)]
struct Calls(Vec<Call>);

impl<'a> Visit<'a> for Calls {
    fn visit_call_expression(&mut self, call: &CallExpression<'a>) {
        if let Expression::StaticMemberExpression(member) = &call.callee
            && member.property.name.ends_with("InlineSnapshot")
        {
            let template = call.arguments.iter().find_map(|argument| match argument {
                Argument::TemplateLiteral(template) => Some(template.span()),
                Argument::StringLiteral(literal) => Some(literal.span()),
                _ => None,
            });
            self.0.push(Call {
                name: member.property.span,
                whole: call.span,
                template,
                has_arguments: !call.arguments.is_empty(),
            });
        }
        walk::walk_call_expression(self, call);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn snapshot(line: u32, column: u32, text: &str) -> InlineSnapshot {
        InlineSnapshot { line, column, text: text.to_owned() }
    }

    #[test]
    fn only_the_template_changes() {
        let text = "it('x', () => {\n  expect(a).toMatchInlineSnapshot();\n  expect(b).toMatchInlineSnapshot({ c: 1 }, `old`); // kept\n});\n";
        let written = write_inline_snapshots(
            "a.test.js",
            text,
            &[snapshot(2, 13, "{\n  \"a\": `1`,\n}"), snapshot(3, 13, "${x}")],
        );
        let expected = "it('x', () => {\n  expect(a).toMatchInlineSnapshot(`\n    {\n      \"a\": \\`1\\`,\n    }\n  `);\n  expect(b).toMatchInlineSnapshot({ c: 1 }, `\\${x}`); // kept\n});\n";
        assert_eq!(written.as_deref(), Some(expected));
    }

    #[test]
    fn what_is_not_there_is_not_written() {
        let text = "expect(a).toMatchInlineSnapshot();\n";
        assert_eq!(write_inline_snapshots("a.test.js", text, &[snapshot(2, 1, "x")]), None);
        assert_eq!(write_inline_snapshots("a.test.js", "((", &[snapshot(1, 1, "x")]), None);
        let twice = [snapshot(1, 11, "x"), snapshot(1, 11, "y")];
        assert_eq!(write_inline_snapshots("a.test.js", text, &twice), None);
    }
}
