//! Calls: of functions of the plugin, which run, and of everything else, which is modelled.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::rc::Rc;

use super::event::{CallSite, Hits};
use super::frame::Frame;
use super::interp::Interp;
use super::model;
use super::value::{Closure, Value};
use crate::check::ir::{Call, Expr, ExprKind, FileId, Function, Name, Pattern, PatternKind, Place};

/// Deepest nesting of calls that is followed.
const MAX_DEPTH: usize = 40;
/// Kinds of arguments a function is run with in one round.
const MAX_CONTEXTS: u32 = 8;

/// Everything a model needs to know about a call.
pub(super) struct Called<'m, 'a> {
    pub call: &'m Call,
    pub expr: &'m Expr,
    /// The last name of what is called.
    pub name: Name,
    pub callee: &'a Value,
    pub receiver: Option<&'a Value>,
    pub args: &'a [Value],
    pub paths: &'a [Name],
}

impl<'m> Interp<'m> {
    /// A call expression.
    pub(super) fn call(&mut self, call: &'m Call, expr: &'m Expr, frame: &mut Frame<'m>) -> Value {
        let file = frame.function.file;
        if matches!(call.callee.kind, ExprKind::Super) {
            let args = self.arguments_of(call, frame);
            self.super_call(&args, frame);
            return Value::unknown();
        }
        let (receiver, callee) = match &call.callee.kind {
            ExprKind::Member(object, name) => {
                let receiver = self.eval(object, frame);
                let value = self.read(&receiver, name, file, call.callee.place);
                (Some(receiver), value)
            }
            ExprKind::Index(object, key) => {
                let receiver = self.eval(object, frame);
                let key_value = self.eval(key, frame);
                let value = self.read_key(&receiver, &key_value, object, &call.callee, frame);
                (Some(receiver), value)
            }
            _ => (None, self.eval(&call.callee, frame)),
        };
        let args = self.arguments_of(call, frame);
        let name = self.name_of(&call.callee, frame);
        let is_known = !callee.functions.is_empty()
            || callee.objects.iter().any(|o| self.heap.objects[*o as usize].class.is_some());
        let paths: Vec<Name> = callee.apis.iter().map(|a| self.heap.path(*a)).collect();
        // `promisify(exec)(x)` and `const run = exec; run(x)` call what they are made of.
        let name = match paths.first() {
            Some(path) if !path.starts_with('?') && !path.ends_with(')') && receiver.is_none() => {
                last_segment(path)
            }
            _ => name,
        };
        if self.is_last {
            let places: Vec<Place> = call.args.iter().map(|a| a.place).collect();
            let words = match &call.callee.kind {
                ExprKind::Member(object, _) | ExprKind::Index(object, _) => object.place,
                _ => Place::default(),
            };
            // In a chain of calls each one has a place of its own.
            let shown = match &call.callee.kind {
                ExprKind::Member(object, _)
                    if matches!(object.kind, ExprKind::Call(_) | ExprKind::Await(_)) =>
                {
                    let start =
                        call.callee.place.end - (name.len() as u32).min(call.callee.place.end);
                    Place { start: start.max(object.place.end), end: expr.place.end }
                }
                _ => expr.place,
            };
            self.show(
                &paths,
                &name,
                receiver.as_ref(),
                words,
                &args,
                &places,
                shown,
                call.is_new,
                is_known,
                file,
            );
        }
        let called = Called {
            call,
            expr,
            name,
            callee: &callee,
            receiver: receiver.as_ref(),
            args: &args,
            paths: &paths,
        };
        if call.is_new {
            if let Some(made) = self.construct(&callee, &args, expr.place, frame) {
                return made;
            }
        } else if let Some(value) = model::through_function(self, &called, frame) {
            return value;
        } else if !callee.functions.is_empty() {
            let this = receiver.clone().unwrap_or_else(Value::unknown);
            let mut result = self.call_value(&callee, &this, &args, expr.place, frame);
            // A value that is both ours and from outside.
            if !callee.apis.is_empty() && !callee.is_tainted() {
                result = result.join(&model::outside(self, &called, frame));
            }
            return result;
        }
        // A function from outside may name its argument in what it throws.
        if !self.thrown.is_empty() && receiver.is_none() && args.iter().any(Value::is_tainted) {
            for arg in &args {
                self.throws(&arg.taints_only());
            }
        }
        model::outside(self, &called, frame)
    }

    fn arguments_of(&mut self, call: &'m Call, frame: &mut Frame<'m>) -> Vec<Value> {
        let mut args = Vec::with_capacity(call.args.len());
        for arg in &call.args {
            let value = self.eval(arg, frame);
            if matches!(arg.kind, ExprKind::Spread(_)) {
                let mut index = 0;
                let mut exact = false;
                // A list of known length fills its places.
                while index < 16 {
                    let name: Name = index.to_string().as_str().into();
                    let found = self.heap.property(&value, &name);
                    let Some(found) = found else { break };
                    args.push(found);
                    exact = true;
                    index += 1;
                }
                let rest = self.elements_of(&value);
                if !exact || rest.is_tainted() {
                    args.push(rest.clone());
                    args.push(rest);
                }
            } else {
                args.push(value);
            }
        }
        args
    }

    #[allow(clippy::too_many_arguments, reason = "a call has this many parts")]
    pub(super) fn show_call(
        &mut self,
        paths: &[Name],
        name: &str,
        receiver: Option<&Value>,
        args: &[Value],
        places: &[Place],
        place: Place,
        is_new: bool,
        is_known: bool,
        file: FileId,
    ) {
        if self.is_last {
            let words = Place::default();
            self.show(paths, name, receiver, words, args, places, place, is_new, is_known, file);
        }
    }

    #[allow(clippy::too_many_arguments, reason = "a call has this many parts")]
    fn show(
        &mut self,
        paths: &[Name],
        name: &str,
        receiver: Option<&Value>,
        words: Place,
        args: &[Value],
        places: &[Place],
        place: Place,
        is_new: bool,
        is_known: bool,
        file: FileId,
    ) {
        let source = &self.sources[file as usize];
        let receiver_words = source.slice(words);
        let site = CallSite {
            heap: &self.heap,
            file,
            place,
            paths,
            name,
            receiver,
            receiver_words,
            args,
            arg_places: places,
            is_new,
            is_known,
        };
        self.facts.call(&site);
        let mut fresh = Vec::new();
        for (rule, hooks) in self.hooks.iter().enumerate().filter(|_| self.is_last) {
            if let Some(hook) = hooks.call {
                hook(&site, &mut Hits { rule, list: &mut fresh });
            }
        }
        self.keep(fresh);
    }

    /// Calls all functions that a value may be.
    pub(super) fn call_value(
        &mut self,
        callee: &Value,
        this: &Value,
        args: &[Value],
        place: Place,
        _frame: &Frame<'m>,
    ) -> Value {
        self.call_plain(callee, this, args, place)
    }

    /// The same without a caller.
    pub(super) fn call_plain(
        &mut self,
        callee: &Value,
        this: &Value,
        args: &[Value],
        place: Place,
    ) -> Value {
        let mut result = Value::bottom();
        for closure in callee.functions.clone() {
            result = result.join(&self.call_closure(&closure, this, args, place));
        }
        if result.is_bottom { Value::unknown() } else { result }
    }

    /// Calls one function: runs it, or remembers what it gave for such arguments.
    pub(super) fn call_closure(
        &mut self,
        closure: &Closure,
        this: &Value,
        args: &[Value],
        _place: Place,
    ) -> Value {
        let Some(f) = self.functions[closure.function as usize] else { return Value::unknown() };
        let this = closure.this.clone().unwrap_or_else(|| this.clone());
        let all: Vec<Value>;
        let args = if closure.bound.is_empty() {
            args
        } else {
            all = closure.bound.iter().chain(args).cloned().collect();
            &all
        };
        let mut hasher = DefaultHasher::new();
        for arg in args {
            arg.fingerprint(&mut hasher);
        }
        this.fingerprint(&mut hasher);
        for known in closure.known.iter() {
            (&known.path, known.mask).hash(&mut hasher);
        }
        let key = (closure.function, hasher.finish());
        if let Some(value) = self.memo.get(&key) {
            return value.clone();
        }
        let is_running = self.active.iter().filter(|(id, _)| *id == key.0).count();
        if self.active.contains(&key) || is_running > 4 || self.active.len() > MAX_DEPTH {
            return self.contexts.get(&key.0).map_or_else(Value::unknown, |c| c.1.clone());
        }
        let entry = self.contexts.entry(key.0).or_insert((0, Value::bottom()));
        entry.0 += 1;
        if entry.0 > MAX_CONTEXTS {
            let value = entry.1.clone();
            return if value.is_bottom { Value::unknown() } else { value };
        }
        self.active.push(key);
        self.entered.insert(key.0);
        let value = self.run(f, this, args, closure.known.clone());
        self.active.pop();
        if let Some(entry) = self.contexts.get_mut(&key.0) {
            entry.1 = entry.1.join(&value);
        }
        self.memo.insert(key, value.clone());
        value
    }

    fn run(
        &mut self,
        f: &'m Function,
        this: Value,
        args: &[Value],
        known: Rc<[super::path::Known]>,
    ) -> Value {
        let mut frame = self.frame(f, this, args.to_vec(), known);
        if let Some(own) = f.own {
            let value = self.closure(f, &frame);
            self.set_variable(own, &value, &mut frame);
        }
        self.bind_params(f, args, &mut frame);
        self.block(&f.body, &mut frame);
        if frame.returned.is_bottom { Value::unknown() } else { frame.returned }
    }

    /// Gives parameters their values.
    pub(super) fn bind_params(&mut self, f: &'m Function, args: &[Value], frame: &mut Frame<'m>) {
        for (index, param) in f.params.iter().enumerate() {
            if param.rest {
                let object = self.heap.object((f.file, param.pattern.place, 6));
                self.heap.objects[object as usize].is_array = true;
                for (i, arg) in args.iter().skip(index).enumerate() {
                    self.heap.put(object, &i.to_string().as_str().into(), arg);
                }
                self.bind(&param.pattern, &Value::object(object), frame);
                continue;
            }
            let value = args.get(index).cloned().unwrap_or_else(Value::bottom);
            let value = self.entering(&value, f.file, param.pattern.place);
            self.bind(&param.pattern, &value, frame);
        }
    }

    /// Marks on the way of a value that it entered a function.
    fn entering(&mut self, value: &Value, file: FileId, place: Place) -> Value {
        if !value.is_tainted() {
            return value.clone();
        }
        value.edit(|data| {
            for taint in &mut data.taints {
                taint.step = self.heap.step(taint.step, file, place, "passed to this parameter");
            }
        })
    }

    fn bind(&mut self, pattern: &'m Pattern, value: &Value, frame: &mut Frame<'m>) {
        // What a pattern reads is spelled by itself.
        if let PatternKind::Symbol(symbol) = &pattern.kind {
            let mut value = value.clone();
            if let Some(default) = &pattern.default {
                let fallback = self.eval(default, frame);
                value = if value.is_bottom { fallback } else { value.join(&fallback) };
            }
            self.set_variable(*symbol, &value, frame);
            return;
        }
        self.assign(pattern, value, None, frame);
    }
}

/// The last name of a path: `fs.readFile` gives `readFile`.
fn last_segment(path: &str) -> Name {
    let head = path.trim_end_matches("()");
    // `?x` is a name; the dots of `socket.io` and `@scope/x.y` belong to it.
    match head.rsplit_once('.') {
        Some((_, last)) if !last.contains('/') => last.into(),
        _ => head.trim_start_matches('?').into(),
    }
}
