//! Expressions.

use std::rc::Rc;

use super::event::{LiteralSite, RegexSite, TextSite};
use super::frame::Frame;
use super::heap::OriginKind;
use super::interp::Interp;
use super::path::path_of;
use super::value::{Closure, Constant, Data, Value, sink};
use crate::check::ir::{
    Assign, Binary, Expr, ExprKind, FileId, Function, Logical, Name, Pattern, PatternKind, Place,
    SymbolIndex, Unary,
};

/// Deepest nesting of expressions that is followed, through all calls.
const MAX_NESTING: u32 = 2_500;

impl<'m> Interp<'m> {
    /// The value of an expression.
    pub(super) fn eval(&mut self, expr: &'m Expr, frame: &mut Frame<'m>) -> Value {
        if !self.step() || self.nesting > MAX_NESTING {
            return Value::unknown();
        }
        self.nesting += 1;
        let value = self.value_of(expr, frame);
        self.nesting -= 1;
        value
    }

    fn value_of(&mut self, expr: &'m Expr, frame: &mut Frame<'m>) -> Value {
        let file = frame.function.file;
        match &expr.kind {
            ExprKind::Text(text) => {
                if self.is_last && text.len() > 12 {
                    self.show_literal(text, expr.place, file);
                }
                Value::text(text.clone())
            }
            ExprKind::Number(n) => Value::constant(Constant::Number(*n)),
            ExprKind::Bool(b) => Value::constant(Constant::Bool(*b)),
            ExprKind::Null | ExprKind::Undefined => {
                Value::new(Data { constant: Constant::Nothing, ..Data::default() })
            }
            ExprKind::Regex(pattern, flags) => {
                self.show_regex(pattern, flags, expr.place, file);
                let regex = Some(Rc::new((pattern.clone(), flags.clone())));
                Value::new(Data { regex, ..Data::default() })
            }
            ExprKind::Symbol(symbol) => {
                let value = self.variable(*symbol, frame);
                self.refined(expr, value, frame)
            }
            ExprKind::Global(name) => self.global(name, expr, frame),
            ExprKind::This => {
                let this = frame.this.clone();
                self.refined(expr, this, frame)
            }
            ExprKind::Super => self.parent_of(frame),
            ExprKind::Member(object, name) => {
                let object = self.eval(object, frame);
                let value = self.read(&object, name, file, expr.place);
                self.refined(expr, value, frame)
            }
            ExprKind::Index(object, key) => {
                let subject = self.eval(object, frame);
                let key_value = self.eval(key, frame);
                let value = self.read_key(&subject, &key_value, object, expr, frame);
                self.refined(expr, value, frame)
            }
            ExprKind::Call(call) => self.call(call, expr, frame),
            ExprKind::Template(parts) => {
                let parts: Vec<Value> = parts.iter().map(|p| self.eval(p, frame)).collect();
                self.joined(&parts, expr, frame)
            }
            ExprKind::Tagged(tag, texts, values) => self.tagged(tag, texts, values, expr, frame),
            ExprKind::Binary(operator, a, b) => {
                let left = self.eval(a, frame);
                let right = self.eval(b, frame);
                match operator {
                    Binary::Add if left.is_plain && right.is_plain => {
                        match (left.number(), right.number()) {
                            (Some(x), Some(y)) => Value::constant(Constant::Number(x + y)),
                            _ => Value::plain(),
                        }
                    }
                    Binary::Add => self.joined(&[left, right], expr, frame),
                    Binary::Arithmetic => {
                        let random = self.random_of(&[&left, &right]);
                        random.unwrap_or_else(Value::plain)
                    }
                    _ => Value::plain(),
                }
            }
            ExprKind::Logical(operator, a, b) => self.logical(*operator, a, b, frame),
            ExprKind::Unary(operator, inner) => {
                let value = self.eval(inner, frame);
                match operator {
                    Unary::Number => match value.number() {
                        Some(n) => Value::constant(Constant::Number(-n)),
                        None => Value::plain(),
                    },
                    Unary::Not => match value.number().map(|n| n != 0.0).or(value.bool()) {
                        Some(b) => Value::constant(Constant::Bool(!b)),
                        None => Value::plain(),
                    },
                    Unary::Void => {
                        Value::new(Data { constant: Constant::Nothing, ..Data::default() })
                    }
                    Unary::TypeOf | Unary::Delete => Value::plain(),
                }
            }
            ExprKind::Update(pattern) => {
                self.assign(pattern, &Value::plain(), Some(expr), frame);
                Value::plain()
            }
            ExprKind::Conditional(test, a, b) => {
                self.eval(test, frame);
                let before = frame.env.known.clone();
                let known = self.known_after(test, true, frame, 0);
                self.learn(known, frame);
                let left = self.eval(a, frame);
                frame.env.known.clone_from(&before);
                let known = self.known_after(test, false, frame, 0);
                self.learn(known, frame);
                let right = self.eval(b, frame);
                frame.env.known = before;
                left.join(&right)
            }
            ExprKind::Assign(how, pattern, value) => self.assignment(*how, pattern, value, frame),
            ExprKind::Object(properties) => self.literal(properties, expr, frame),
            ExprKind::Array(items) => self.array(items, expr, frame),
            ExprKind::Spread(inner) | ExprKind::Await(inner) => self.eval(inner, frame),
            ExprKind::Function(f) => self.closure(f, frame),
            ExprKind::Class(class) => self.class(class, expr.place, frame),
            ExprKind::Yield(inner) => match inner {
                Some(inner) => self.eval(inner, frame),
                None => Value::unknown(),
            },
            ExprKind::Sequence(list) => {
                let mut last = Value::unknown();
                for item in list {
                    last = self.eval(item, frame);
                }
                last
            }
            ExprKind::Import(source) => self.dynamic_import(source, expr, frame),
            ExprKind::Jsx(name, attributes, children) => {
                self.jsx(name, attributes, children, frame)
            }
        }
    }

    fn show_literal(&mut self, text: &str, place: Place, file: FileId) {
        if self.expressions.insert((file, place)) {
            self.look(|hooks, _, hits| {
                if let Some(hook) = hooks.literal {
                    hook(&LiteralSite { file, place, text }, hits);
                }
            });
        }
    }

    /// Lets rules look at a regular expression, once.
    pub(super) fn show_regex(&mut self, pattern: &str, flags: &str, place: Place, file: FileId) {
        if self.is_last && self.expressions.insert((file, place)) {
            self.look(|hooks, _, hits| {
                if let Some(hook) = hooks.regex {
                    hook(&RegexSite { file, place, pattern, flags }, hits);
                }
            });
        }
    }

    /// A function value that remembers what is known around it.
    pub(super) fn closure(&mut self, f: &'m Function, frame: &Frame<'m>) -> Value {
        let function = self.id_of(f);
        let this = f.is_arrow.then(|| frame.this.clone());
        // What is known of variables that may change later says nothing inside.
        let tree = self.tree(f.file);
        let known = frame
            .env
            .known
            .iter()
            .filter(|k| match (k.path.symbol(), tree) {
                (Some(s), Some(tree)) => !tree.symbols[s as usize].reassigned,
                _ => f.is_arrow,
            })
            .cloned()
            .collect();
        Value::function(Closure { function, this, known, bound: Rc::from([]) })
    }

    /// A variable's value.
    pub(super) fn variable(&mut self, symbol: SymbolIndex, frame: &Frame<'m>) -> Value {
        let file = frame.function.file;
        let Some(tree) = self.tree(file) else { return Value::unknown() };
        let info = &tree.symbols[symbol as usize];
        let own = self.owns_symbol(frame.function, symbol);
        let value = match (own, info.captured) {
            (true, false) => frame.env.slots[info.slot as usize].clone(),
            (true, true) if !info.reassigned => {
                let slot = &frame.env.slots[info.slot as usize];
                if slot.is_bottom { self.cell(file, symbol) } else { slot.clone() }
            }
            (true, true) => frame.env.slots[info.slot as usize].join(&self.cell(file, symbol)),
            (false, _) => self.cell(file, symbol),
        };
        if value.is_bottom { Value::unknown() } else { value }
    }

    /// Whether a function declares a symbol itself.
    pub(super) fn owns_symbol(&self, f: &Function, symbol: SymbolIndex) -> bool {
        self.tree(f.file).is_some_and(|tree| tree.symbols[symbol as usize].owner == f.index)
    }

    /// A value with what tests said about the expression that reads it.
    pub(super) fn refined(&self, expr: &Expr, value: Value, frame: &Frame<'m>) -> Value {
        if frame.env.known.is_empty() || !value.is_tainted() {
            return value;
        }
        let Some(path) = path_of(expr, frame.function.file) else { return value };
        let mask = frame.env.known.iter().filter(|k| k.path == path).fold(0, |m, k| m | k.mask);
        if mask & sink::ALL == sink::ALL {
            return value.edit(|d| d.taints.clear());
        }
        value.with_safe(self.completed(&value, mask))
    }

    /// Some facts about a path only make it safe together.
    pub(super) fn completed(&self, value: &Value, mask: u32) -> u32 {
        let have = value.taints.iter().fold(!0, |m, t| m & t.safe) | mask;
        let is_inside = have & sink::RELATIVE != 0 && have & sink::DOTS != 0;
        if is_inside { mask | sink::PATH } else { mask }
    }

    /// Remembers what a test said.
    pub(super) fn learn(&mut self, known: Vec<super::path::Known>, frame: &mut Frame<'m>) {
        for item in known {
            let is_full = frame.env.known.len() >= 64;
            match frame.env.known.iter_mut().find(|k| k.is_same(&item)) {
                Some(own) => own.mask |= item.mask,
                None if !is_full => frame.env.known.push(item),
                None => {}
            }
        }
    }

    /// Parts joined to text, shown to the rules.
    pub(super) fn joined(&mut self, parts: &[Value], expr: &Expr, frame: &Frame<'m>) -> Value {
        let mut value = Value::concat(parts);
        // Joining a list into text joins what it holds.
        for part in parts.iter().filter(|p| !p.is_tainted() && !p.objects.is_empty()) {
            let inner = self.everything_in(part, 2);
            if inner.is_tainted() {
                value = value.edit(|d| d.taints.extend(inner.taints.iter().copied()));
            }
        }
        let file = frame.function.file;
        self.look(|hooks, heap, hits| {
            if let Some(hook) = hooks.text {
                let site = TextSite { heap, file, place: expr.place, parts };
                hook(&site, hits);
            }
        });
        value
    }

    /// What an object and what is in it carries.
    pub(super) fn everything_in(&self, value: &Value, depth: u32) -> Value {
        let mut all = value.taints_only();
        if depth == 0 {
            return all;
        }
        for id in &value.objects {
            let object = &self.heap.objects[*id as usize];
            let inner = object.props.values().chain(std::iter::once(&object.elements));
            for value in inner.filter(|v| v.functions.is_empty()) {
                if value.is_tainted() || !value.objects.is_empty() {
                    all = all.join(&self.everything_in(value, depth - 1));
                }
            }
        }
        all
    }

    /// Arithmetic with randomness gives randomness.
    pub(super) fn random_of(&self, values: &[&Value]) -> Option<Value> {
        let is_random = |origin: u32| self.heap.origins[origin as usize].kind == OriginKind::Random;
        let found = values.iter().flat_map(|v| &v.taints).find(|t| is_random(t.origin))?;
        Some(Value::taint(*found))
    }

    fn logical(
        &mut self,
        operator: Logical,
        a: &'m Expr,
        b: &'m Expr,
        frame: &mut Frame<'m>,
    ) -> Value {
        let left = self.eval(a, frame);
        let before = frame.env.known.clone();
        let known = self.known_after(a, operator == Logical::And, frame, 0);
        if operator != Logical::Coalesce {
            self.learn(known, frame);
        }
        let right = self.eval(b, frame);
        frame.env.known = before;
        match operator {
            Logical::And if left.is_plain => right.join(&Value::plain()),
            Logical::And => right,
            Logical::Or | Logical::Coalesce => {
                if left.constant == Constant::Nothing && left.taints.is_empty() {
                    right
                } else {
                    left.join(&right)
                }
            }
        }
    }

    fn assignment(
        &mut self,
        how: Assign,
        pattern: &'m Pattern,
        value: &'m Expr,
        frame: &mut Frame<'m>,
    ) -> Value {
        if how == Assign::Plain {
            let result = self.eval(value, frame);
            self.note_test(pattern, value, frame);
            self.assign(pattern, &result, Some(value), frame);
            return result;
        }
        let old = self.target_value(pattern, frame);
        let new = match how {
            // `x &&= y` leaves x only when it is false.
            Assign::Logical(Logical::And) => self.eval(value, frame),
            Assign::Logical(_) => {
                let right = self.eval(value, frame);
                old.join(&right)
            }
            Assign::Add => {
                let right = self.eval(value, frame);
                if old.is_plain && right.is_plain {
                    Value::plain()
                } else {
                    self.joined(&[old, right], value, frame)
                }
            }
            _ => {
                self.eval(value, frame);
                Value::plain()
            }
        };
        self.assign(pattern, &new, Some(value), frame);
        new
    }

    fn target_value(&mut self, pattern: &'m Pattern, frame: &mut Frame<'m>) -> Value {
        match &pattern.kind {
            PatternKind::Symbol(symbol) => self.variable(*symbol, frame),
            PatternKind::Target(expr) => self.eval(expr, frame),
            _ => Value::unknown(),
        }
    }

    /// Keeps the expression of a variable that holds the outcome of a test.
    pub(super) fn note_test(&mut self, pattern: &Pattern, value: &'m Expr, frame: &mut Frame<'m>) {
        if let PatternKind::Symbol(symbol) = &pattern.kind {
            let is_test = matches!(
                value.kind,
                ExprKind::Binary(..)
                    | ExprKind::Call(_)
                    | ExprKind::Unary(Unary::Not, _)
                    | ExprKind::Logical(..)
            );
            if is_test {
                frame.tests.insert(*symbol, value);
            } else {
                frame.tests.remove(symbol);
            }
        }
    }

    fn tagged(
        &mut self,
        tag: &'m Expr,
        texts: &'m [Name],
        values: &'m [Expr],
        expr: &'m Expr,
        frame: &mut Frame<'m>,
    ) -> Value {
        let callee = self.eval(tag, frame);
        let mut args = Vec::with_capacity(values.len() + 1);
        let strings = self.heap.object((frame.function.file, expr.place, 4));
        self.heap.objects[strings as usize].is_array = true;
        for (index, text) in texts.iter().enumerate() {
            let name = index.to_string();
            self.heap.put(strings, &name.as_str().into(), &Value::text(text.clone()));
        }
        args.push(Value::object(strings));
        for value in values {
            let value = self.eval(value, frame);
            args.push(value);
        }
        if !callee.functions.is_empty() {
            return self.call_value(&callee, &Value::unknown(), &args, expr.place, frame);
        }
        let name = self.name_of(tag, frame);
        let is_text =
            matches!(tag.kind, ExprKind::Template(_) | ExprKind::Text(_) | ExprKind::Tagged(..));
        if is_text {
            let mut parts = Vec::new();
            for (index, text) in texts.iter().enumerate() {
                parts.push(Value::text(text.clone()));
                parts.extend(args.get(index + 1).cloned());
            }
            return self.joined(&parts, expr, frame);
        }
        if &*name == "raw" {
            return self.joined(&args[1..], expr, frame);
        }
        // A tag such as `sql` gets the values apart from the text: that is what it is for.
        Value::unknown()
    }

    fn dynamic_import(&mut self, source: &'m Expr, expr: &'m Expr, frame: &mut Frame<'m>) -> Value {
        let value = self.eval(source, frame);
        let file = frame.function.file;
        let args = [value.clone()];
        let places = [source.place];
        let path: Name = "import".into();
        self.show_call(
            std::slice::from_ref(&path),
            "import",
            None,
            &args,
            &places,
            expr.place,
            false,
            false,
            file,
        );
        match value.exact().map(str::to_owned) {
            Some(text) => self.imported(file, &text, "*"),
            None => Value::unknown(),
        }
    }
}
