//! Counts which code runs: counters written into the author's own text.
//!
//! What is counted is what Istanbul counts, so that a number means the same in every tool:
//! `tests/it/coverage` holds files with the counts that Istanbul gives for them. That includes what
//! one would do otherwise: a private method is no function there, an enum has no branches.
//!
//! Counters are put in before types are stripped, and never add a line, so that lines stay the
//! author's. They live in a global array made before the code loads: code that runs while modules
//! still wait for each other finds them, too.

mod ignore;
mod visit;

use oxc::allocator::Allocator;
use oxc::ast_visit::Visit;
use oxc::parser::Parser;
use oxc::span::{SourceType, Span};

use super::nesting;

/// A stretch of the file, in byte offsets.
pub(crate) type Stretch = (u32, u32);

/// A branch: its kind, where it stands, and its ways, each with its counter. The `else` that is
/// not written has no place.
type Branch = (&'static str, Stretch, Vec<(usize, Option<Stretch>)>);

/// Where the counters of a file stand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Counters {
    /// How many there are.
    pub count: usize,
    /// Statements: counter and place.
    pub statements: Vec<(usize, Stretch)>,
    /// Functions: counter, name, place of the name or the beginning, place of the body.
    pub functions: Vec<(usize, String, Stretch, Stretch)>,
    /// Branches: kind, whole place, and each way's counter and place.
    pub branches: Vec<Branch>,
}

impl Counters {
    /// Whether the author leaves the whole file out of the count.
    pub(crate) fn is_left_out(&self) -> bool {
        let Self { count, statements, functions, branches } = self;
        *count > 0 && statements.is_empty() && functions.is_empty() && branches.is_empty()
    }
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
    let written = writer.apply(text);
    let mut counters = writer.counters;
    ignore::leave_out(&parsed.program, text, &mut counters);
    Some((written, counters))
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
    /// Values whose counter stands before their declaration, by offset.
    hoisted: std::collections::BTreeSet<u32>,
    /// Whether the next function is a private method.
    is_private: bool,
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

    /// Counts an expression each time it is evaluated. Its end must be closed with `)`.
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
        assert_eq!((counters.statements.len(), counters.functions.len()), (0, 1), "{out}");
        assert!(instrument("a.js", "((", "c").is_none());
    }
}
