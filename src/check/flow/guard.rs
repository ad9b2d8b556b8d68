//! What a test says about the values it looks at, on the branch where it is true and on the one
//! where it is false.

use super::frame::Frame;
use super::interp::Interp;
use super::path::{Known, path_of};
use super::value::{Constant, Mask, Value, sink};
use super::words::{
    absent, constant_number, is_check_name, is_element_name, is_list_name, is_own_test,
    is_own_word, key_mask, other_is_argument, says_good, speaks_of_keys,
};
use crate::check::ir::{Binary, Call, Expr, ExprKind, Logical, Name, Unary};

/// Methods that answer whether something is in a list, and where the looked-for value stands.
const MEMBERSHIP: [&str; 4] = ["includes", "has", "contains", "indexOf"];

impl<'m> Interp<'m> {
    /// What is known when `test` came out as `outcome`.
    pub(super) fn known_after(
        &mut self,
        test: &'m Expr,
        outcome: bool,
        frame: &mut Frame<'m>,
        depth: u32,
    ) -> Vec<Known> {
        if depth > 12 {
            return Vec::new();
        }
        match &test.kind {
            ExprKind::Unary(Unary::Not, inner) => {
                self.known_after(inner, !outcome, frame, depth + 1)
            }
            ExprKind::Logical(Logical::And, a, b) | ExprKind::Logical(Logical::Or, a, b) => {
                let is_and = matches!(&test.kind, ExprKind::Logical(Logical::And, ..));
                let mut left = self.known_after(a, outcome, frame, depth + 1);
                let right = self.known_after(b, outcome, frame, depth + 1);
                if is_and == outcome {
                    // Both sides came out like this.
                    left.extend(right);
                    return left;
                }
                if is_and && self.asks_the_engine(b, frame) && speaks_of_keys(&left) {
                    return left;
                }
                // One of them did: what both say.
                left.retain_mut(|k| match right.iter().find(|r| r.is_same(k)) {
                    Some(r) => {
                        k.mask &= r.mask;
                        k.mask != 0
                    }
                    None => false,
                });
                left
            }
            ExprKind::Symbol(symbol) => match frame.tests.get(symbol).copied() {
                Some(inner) => self.known_after(inner, outcome, frame, depth + 1),
                // A value that is false has no text.
                None if !outcome => self.says(test, sink::ALL & !sink::KEY, frame),
                None => Vec::new(),
            },
            // `if (allowed[x])`: only what the table has counts as true.
            ExprKind::Index(table, key) if outcome && self.is_list(table, frame) => {
                self.says(key, sink::ALL & !sink::KEY, frame)
            }
            ExprKind::Member(..) if !outcome => self.says(test, sink::ALL & !sink::KEY, frame),
            // Only an element has these: it is no text.
            ExprKind::Member(object, name) if is_element_name(name) => {
                self.says(object, sink::HTML, frame)
            }
            ExprKind::Binary(operator, a, b) => self.compared(*operator, a, b, outcome, frame),
            ExprKind::Call(call) => self.called(call, test, outcome, frame, depth),
            ExprKind::Assign(_, pattern, value) => {
                let mut known = self.known_after(value, outcome, frame, depth + 1);
                if let crate::check::ir::PatternKind::Symbol(s) = &pattern.kind {
                    known.retain(|k| !k.path.starts_at(*s));
                }
                known
            }
            ExprKind::Await(inner) => self.known_after(inner, outcome, frame, depth + 1),
            _ => Vec::new(),
        }
    }

    fn says(&self, expr: &Expr, mask: Mask, frame: &Frame<'m>) -> Vec<Known> {
        match path_of(expr, frame.function.file) {
            Some(path) if mask != 0 => vec![Known { path, mask }],
            _ => Vec::new(),
        }
    }

    pub(super) fn compared(
        &mut self,
        operator: Binary,
        a: &'m Expr,
        b: &'m Expr,
        outcome: bool,
        frame: &mut Frame<'m>,
    ) -> Vec<Known> {
        let is_equal = match operator {
            Binary::Equal => outcome,
            Binary::Unequal => !outcome,
            Binary::In => {
                // `key in allowed`: an object written out is a list of names.
                if outcome && self.is_list(b, frame) {
                    return self.says(a, sink::ALL & !sink::KEY, frame);
                }
                return Vec::new();
            }
            // What a class made is no prototype of all objects.
            Binary::InstanceOf if outcome => return self.says(a, sink::KEY, frame),
            Binary::Compare => return self.ordered(a, b, outcome, frame),
            _ => return Vec::new(),
        };
        for (tested, other) in [(a, b), (b, a)] {
            if let ExprKind::Member(object, name) = &tested.kind {
                let is_nothing = matches!(other.kind, ExprKind::Undefined | ExprKind::Null);
                if is_nothing && !is_equal && is_element_name(name) {
                    return self.says(object, sink::HTML, frame);
                }
                // A message whose sender is known.
                if &**name == "origin" && is_equal && matches!(other.kind, ExprKind::Text(_)) {
                    let path = path_of(object, frame.function.file);
                    return path
                        .map(|p| Known { path: p.member("data"), mask: sink::ALL })
                        .into_iter()
                        .collect();
                }
            }
            // typeof x === 'number'
            if let (ExprKind::Unary(Unary::TypeOf, inner), ExprKind::Text(kind)) =
                (&tested.kind, &other.kind)
            {
                let mask = match (&**kind, is_equal) {
                    ("number" | "boolean" | "undefined" | "bigint" | "function", true) => sink::ALL,
                    ("string", true) => sink::NOSQL,
                    ("object", false) => sink::NOSQL,
                    ("string", false) => sink::ALL & !(sink::NOSQL | sink::KEY),
                    _ => 0,
                };
                return self.says(inner, mask, frame);
            }
            // x.indexOf(y) === -1, x.length === 3, path.basename(x) === x
            if let ExprKind::Call(call) = &tested.kind {
                let number = constant_number(other);
                if number == Some(-1.0) || number == Some(0.0) {
                    let positive = match number {
                        Some(n) if n < 0.0 => !is_equal,
                        // indexOf(..) === 0: at the start.
                        _ => is_equal,
                    };
                    let at_start = number == Some(0.0);
                    let known = self.found(call, positive, at_start, frame);
                    if !known.is_empty() {
                        return known;
                    }
                }
                if is_equal && other_is_argument(call, other) {
                    let mask = self.same_after(call, frame);
                    if mask != 0 {
                        return self.says(other, mask, frame);
                    }
                }
            }
        }
        if !is_equal {
            return self.differs(a, b, frame);
        }
        let mut known = Vec::new();
        for (tested, other) in [(a, b), (b, a)] {
            if path_of(tested, frame.function.file).is_some() {
                let value = self.eval(other, frame);
                let is_fixed =
                    value.is_constant() && !matches!(value.constant, Constant::Bool(true));
                if is_fixed
                    || (!value.is_tainted() && !value.is_unknown() && value.objects.is_empty())
                {
                    known.extend(self.says(tested, sink::ALL, frame));
                }
            }
        }
        known
    }

    /// `x !== '__proto__'`.
    fn differs(&mut self, a: &'m Expr, b: &'m Expr, frame: &mut Frame<'m>) -> Vec<Known> {
        for (tested, other) in [(a, b), (b, a)] {
            let value = self.eval(other, frame);
            let Some(text) = value.exact() else { continue };
            let mask = key_mask(text);
            if mask != 0 {
                return self.says(tested, mask, frame);
            }
        }
        Vec::new()
    }

    /// `x > 3`: text that compares as a number is one; a bounded length is short.
    fn ordered(
        &mut self,
        a: &'m Expr,
        b: &'m Expr,
        outcome: bool,
        frame: &mut Frame<'m>,
    ) -> Vec<Known> {
        for (tested, other) in [(a, b), (b, a)] {
            if let ExprKind::Member(object, name) = &tested.kind
                && &**name == "length"
                && constant_number(other).is_some()
            {
                return self.says(object, sink::LENGTH, frame);
            }
            // path.indexOf('..') >= 0, > -1, < 0
            if let ExprKind::Call(call) = &tested.kind
                && constant_number(other).is_some()
            {
                let source = self.sources[frame.function.file as usize]
                    .slice(crate::check::ir::Place { start: a.place.end, end: b.place.start });
                let is_greater = source.contains('>') == std::ptr::eq(tested, a);
                return self.found(call, outcome == is_greater, false, frame);
            }
        }
        Vec::new()
    }

    /// `list.indexOf(x)`, `x.indexOf('..')` found something, or not.
    fn found(
        &mut self,
        call: &'m Call,
        is_found: bool,
        at_start: bool,
        frame: &mut Frame<'m>,
    ) -> Vec<Known> {
        let ExprKind::Member(object, name) = &call.callee.kind else { return Vec::new() };
        if !matches!(&**name, "indexOf" | "lastIndexOf" | "search" | "findIndex" | "localeCompare")
        {
            return Vec::new();
        }
        let Some(arg) = call.args.first() else { return Vec::new() };
        if at_start && is_found {
            return self.starts_with(object, arg, true, frame);
        }
        self.member_test(object, arg, is_found, frame)
    }

    /// `object` holds `arg`: a list with a value, or a text with a part.
    fn member_test(
        &mut self,
        object: &'m Expr,
        arg: &'m Expr,
        is_found: bool,
        frame: &mut Frame<'m>,
    ) -> Vec<Known> {
        let subject = self.eval(object, frame);
        let wanted = self.eval(arg, frame);
        // text.includes('..')
        if let Some(text) = wanted.exact()
            && (subject.is_tainted() || !subject.is_constant())
            && subject.objects.is_empty()
        {
            return if is_found { Vec::new() } else { self.says(object, absent(text), frame) };
        }
        let texts = self.texts_of(&subject);
        if is_found {
            let is_list = !subject.is_tainted() && !texts.is_empty()
                || self.is_list(object, frame)
                || is_list_name(&self.name_of(object, frame));
            return if is_list { self.says(arg, sink::ALL, frame) } else { Vec::new() };
        }
        let mask = texts.iter().fold(0, |mask, text| mask | key_mask(text));
        self.says(arg, mask, frame)
    }

    /// Constant texts in a list or among the keys of an object.
    fn texts_of(&self, value: &Value) -> Vec<Name> {
        let mut texts = Vec::new();
        for id in &value.objects {
            let object = &self.heap.objects[*id as usize];
            for (key, inner) in &object.props {
                match inner.text.clone().filter(|_| inner.exact().is_some()) {
                    Some(text) => texts.push(text),
                    None => texts.push(key.clone()),
                }
            }
            if let Some(text) = object.elements.text.clone() {
                texts.push(text);
            }
        }
        if let Some(text) = value.exact() {
            texts.push(text.into());
        }
        texts
    }

    /// Whether an expression is a list of constants: an array or object written out, a set of one.
    fn is_list(&mut self, expr: &'m Expr, frame: &mut Frame<'m>) -> bool {
        let value = self.eval(expr, frame);
        if value.is_tainted() || value.objects.is_empty() {
            return false;
        }
        value.objects.iter().all(|id| {
            let object = &self.heap.objects[*id as usize];
            let fine = |v: &Value| !v.is_tainted();
            (!object.props.is_empty() || object.elements.is_constant())
                && object.props.values().all(fine)
                && fine(&object.elements)
        })
    }

    fn starts_with(
        &mut self,
        object: &'m Expr,
        arg: &'m Expr,
        outcome: bool,
        frame: &mut Frame<'m>,
    ) -> Vec<Known> {
        let prefix = self.eval(arg, frame);
        if let Some(text) = prefix.exact() {
            if !outcome {
                let mask = match text {
                    ".." | "../" | "..\\" | "." => sink::DOTS,
                    "/" => sink::RELATIVE,
                    "-" | "--" => sink::OPTION,
                    _ => 0,
                };
                return self.says(object, mask, frame);
            }
            let mut mask = 0;
            if !text.is_empty() && !text.starts_with('-') {
                mask |= sink::OPTION;
            }
            if super::value::fixes_host(text) && !text.ends_with("//") {
                mask |= sink::URL | sink::REDIRECT;
            }
            if !text.is_empty() && !matches!(text, "/" | "." | "..") {
                mask |= self.inside_root(object, frame);
            }
            return self.says(object, mask, frame);
        }
        if outcome && !prefix.is_tainted() {
            let mask = self.inside_root(object, frame) | sink::URL | sink::REDIRECT;
            return self.says(object, mask, frame);
        }
        Vec::new()
    }

    /// A path below a root is safe when nothing in it can climb out again.
    fn inside_root(&mut self, object: &'m Expr, frame: &mut Frame<'m>) -> Mask {
        let value = self.eval(object, frame);
        let is_fixed = value.taints.iter().all(|t| t.safe & (sink::NORMAL | sink::DOTS) != 0);
        if is_fixed { sink::PATH } else { 0 }
    }

    fn called(
        &mut self,
        call: &'m Call,
        test: &'m Expr,
        outcome: bool,
        frame: &mut Frame<'m>,
        depth: u32,
    ) -> Vec<Known> {
        if let ExprKind::Member(object, name) = &call.callee.kind {
            let first = call.args.first();
            match (&**name, first) {
                ("startsWith", Some(arg)) => return self.starts_with(object, arg, outcome, frame),
                ("endsWith", Some(_)) => return Vec::new(),
                ("test" | "exec", Some(arg)) => {
                    let regex = self.eval(object, frame);
                    return self.matched(&regex, object, arg, outcome, frame);
                }
                ("match" | "search", Some(arg)) => {
                    let regex = self.eval(arg, frame);
                    return self.matched(&regex, arg, object, outcome, frame);
                }
                ("hasOwnProperty" | "hasOwn", Some(_)) | ("call", Some(_))
                    if is_own_test(&call.callee)
                        || &**name == "call" && is_own_word(&self.name_of(object, frame)) =>
                {
                    let key = call.args.last();
                    let target = match (&**name, call.args.len()) {
                        ("hasOwnProperty", 1) => Some(&**object),
                        _ => call.args.first(),
                    };
                    if let (Some(key), Some(target)) = (key, target) {
                        return self.owns(target, key, outcome, frame);
                    }
                }
                (name, Some(arg)) if MEMBERSHIP.contains(&name) => {
                    return self.member_test(object, arg, outcome, frame);
                }
                ("isInteger" | "isSafeInteger" | "isFinite", Some(arg)) if outcome => {
                    return self.says(arg, sink::ALL, frame);
                }
                ("isNaN", Some(arg)) if !outcome => return self.says(arg, sink::ALL, frame),
                ("isAbsolute", Some(arg)) if !outcome => {
                    return self.says(arg, sink::RELATIVE, frame);
                }
                ("some" | "find" | "filter", Some(_)) if outcome => {
                    return self.some(object, call, frame);
                }
                ("every", Some(_)) => return Vec::new(),
                _ => {}
            }
        }
        if let ExprKind::Global(name) = &call.callee.kind
            && let Some(arg) = call.args.first()
        {
            match &**name {
                "isNaN" if !outcome => return self.says(arg, sink::ALL, frame),
                "isFinite" if outcome => return self.says(arg, sink::ALL, frame),
                _ => {}
            }
        }
        let callee = self.eval(&call.callee, frame);
        let own = self.predicate(&callee, call, outcome, frame, depth);
        if !own.is_empty() {
            return own;
        }
        let has_body = !callee.functions.is_empty();
        let name = self.name_of(&call.callee, frame);
        let name = &*name;
        if !has_body && outcome == says_good(name) && (is_check_name(name)) {
            let mut known = Vec::new();
            for arg in &call.args {
                known.extend(self.says(arg, sink::ALL, frame));
            }
            if call.args.is_empty()
                && let ExprKind::Member(object, _) = &call.callee.kind
            {
                known.extend(self.says(object, sink::ALL, frame));
            }
            return known;
        }
        let _ = test;
        Vec::new()
    }

    /// `dst.hasOwnProperty(key)`: then the key is not that of a prototype.
    fn owns(
        &mut self,
        target: &'m Expr,
        key: &'m Expr,
        outcome: bool,
        frame: &mut Frame<'m>,
    ) -> Vec<Known> {
        if !outcome {
            return Vec::new();
        }
        let target_value = self.eval(target, frame);
        let key_value = self.eval(key, frame);
        // The object that the keys were taken from always has them.
        let is_source = path_of(target, frame.function.file)
            .is_some_and(|p| key_value.key_of != 0 && p.number() == key_value.key_of);
        if is_source {
            return Vec::new();
        }
        let is_fixed = !target_value.is_tainted() && !target_value.objects.is_empty();
        let mask = if is_fixed { sink::ALL } else { sink::KEY };
        let mut known = self.says(key, mask, frame);
        // What is found there is the target's own.
        if let ExprKind::Symbol(symbol) = &key.kind
            && let Some(path) = path_of(target, frame.function.file)
        {
            known.push(Known { path: path.member(&format!("[{symbol}]")), mask: sink::KEY });
        }
        known
    }

    /// A regular expression matched `tested`, or not.
    fn matched(
        &mut self,
        regex: &Value,
        regex_expr: &'m Expr,
        tested: &'m Expr,
        outcome: bool,
        frame: &mut Frame<'m>,
    ) -> Vec<Known> {
        let Some((pattern, flags)) = super::model::regex_of(regex) else {
            let _ = regex_expr;
            return Vec::new();
        };
        let mask = crate::check::regex::matches_mean(&pattern, &flags, outcome);
        self.says(tested, mask, frame)
    }

    /// What it means that `f(x) === x`.
    fn same_after(&mut self, call: &'m Call, frame: &mut Frame<'m>) -> Mask {
        match &*self.name_of(&call.callee, frame) {
            "basename" => sink::PATH,
            "normalize" => sink::NORMAL,
            "resolve" => sink::NORMAL,
            "encodeURIComponent" => sink::PATH | sink::URL | sink::HTML,
            _ => 0,
        }
    }
}
