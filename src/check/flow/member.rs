//! Reading and writing: variables, properties, elements, patterns.

use super::event::WriteSite;
use super::frame::Frame;
use super::heap::OriginKind;
use super::interp::Interp;
use super::model::sources;
use super::path::path_of;
use super::value::{Data, Value, sink};
use crate::check::ir::{Expr, ExprKind, FileId, Name, Place};

impl<'m> Interp<'m> {
    /// A name that no file declares.
    pub(super) fn global(&mut self, name: &Name, expr: &Expr, frame: &mut Frame<'m>) -> Value {
        let file = frame.function.file;
        match &**name {
            "module" => return Value::object(self.module_object(file)),
            "exports" => {
                let object = self.exports_object(file);
                return Value::object(object);
            }
            "arguments" => return self.arguments(frame),
            _ => {}
        }
        if let Some(value) = self.globals.get(&(file, name.clone())) {
            return value.clone();
        }
        if let Some(source) = sources::global(name) {
            let value = self.source(source.kind, file, expr.place, source.safe, || source.what);
            let api = self.heap.api(name);
            return value.edit(|d| d.apis.push(api));
        }
        let path = match &**name {
            "req" | "request" => "@req",
            "res" | "response" => "@res",
            other => other,
        };
        let api = self.heap.api(path);
        Value::api(api)
    }

    fn arguments(&mut self, frame: &Frame<'m>) -> Value {
        let object = self.heap.object((frame.function.file, frame.function.place, 7));
        self.heap.objects[object as usize].is_array = true;
        for (index, arg) in frame.args.iter().enumerate() {
            self.heap.put(object, &index.to_string().as_str().into(), arg);
        }
        Value::object(object)
    }

    /// `value.name`.
    pub(super) fn read(&mut self, value: &Value, name: &Name, file: FileId, place: Place) -> Value {
        if &**name == "length" {
            return Value::plain();
        }
        let mut result = Value::bottom();
        for id in value.objects.iter().copied() {
            if let Some(found) = self.lookup(id, name, value, 0) {
                result = result.join(&found);
            }
        }
        for closure in value.functions.iter() {
            let id = self.function_object(closure.function);
            if let Some(found) = self.lookup(id, name, value, 0) {
                result = result.join(&found);
            }
        }
        for api in value.apis.iter().copied() {
            let path = self.heap.path(api);
            if let Some(source) = sources::member(&path, name) {
                let tainted = self.source(source.kind, file, place, source.safe, || source.what);
                result = result.join(&tainted);
            }
            if let Some(member) = self.heap.member(api, name) {
                result = result.join(&Value::api(member));
            }
        }
        if value.is_tainted() {
            // What a prototype holds under a fixed name is no prototype.
            let taints = self.without_prototype(&value.taints_only());
            if taints.is_tainted() {
                result = result.join(&taints);
            }
        }
        if result.is_bottom {
            // A name that says what it is, on something unknown.
            let words = match &**name {
                "req" => "@req".to_owned(),
                "res" => "@res".to_owned(),
                other => format!("?{other}"),
            };
            let api = self.heap.api(&words);
            return Value::api(api);
        }
        result
    }

    /// A value without the taint of being a prototype.
    pub(super) fn without_prototype(&self, value: &Value) -> Value {
        let is = |origin: u32| self.heap.origins[origin as usize].kind == OriginKind::Prototype;
        if !value.taints.iter().any(|t| is(t.origin)) {
            return value.clone();
        }
        value.edit(|d| d.taints.retain(|t| !is(t.origin)))
    }

    /// A property of an object or of what it inherits from.
    pub(super) fn lookup(
        &mut self,
        id: u32,
        name: &Name,
        this: &Value,
        depth: u32,
    ) -> Option<Value> {
        let object = &self.heap.objects[id as usize];
        if let Some(own) = object.props.get(name) {
            return Some(own.clone());
        }
        if let Some(getter) = object.getters.get(name).cloned() {
            return Some(self.call_plain(&getter, this, &[], Place::default()));
        }
        let is_index = name.bytes().all(|b| b.is_ascii_digit());
        let elements = object.elements.clone();
        let protos = object.protos.clone();
        if depth < 8 {
            for proto in protos {
                if let Some(found) = self.lookup(proto, name, this, depth + 1) {
                    return Some(found);
                }
            }
        }
        let is_array = self.heap.objects[id as usize].is_array;
        (!elements.is_bottom && (is_index || !is_array)).then_some(elements)
    }

    /// `subject[key]`.
    pub(super) fn read_key(
        &mut self,
        subject: &Value,
        key: &Value,
        subject_expr: &'m Expr,
        expr: &'m Expr,
        frame: &mut Frame<'m>,
    ) -> Value {
        let file = frame.function.file;
        if let Some(name) = key.exact() {
            return self.read(subject, &name.into(), file, expr.place);
        }
        if let Some(number) = key.number() {
            let name: Name = number.to_string().as_str().into();
            return self.read(subject, &name, file, expr.place);
        }
        let mut result = self.elements_of(subject);
        for id in subject.objects.iter() {
            let object = &self.heap.objects[*id as usize];
            if !object.is_array {
                for inner in object.props.values() {
                    result = result.join(inner);
                }
            }
        }
        for api in subject.apis.iter().copied() {
            let path = self.heap.path(api);
            if &*path == "process.argv" {
                let what = || "the command line".to_owned();
                let kind = OriginKind::CommandLine;
                result = result.join(&self.source(kind, file, expr.place, 0, what));
                continue;
            }
            if sources::is_whole(&path) || sources::member(&path, "*").is_some() {
                let tainted = self
                    .source(OriginKind::Remote, file, expr.place, 0, || "the request".to_owned());
                result = result.join(&tainted);
            }
        }
        if subject.is_tainted() {
            result = result.join(&subject.taints_only());
        }
        // A key from outside may be `__proto__`.
        let is_own = key.key_of != 0
            && path_of(subject_expr, file).is_some_and(|p| p.number() == key.key_of);
        if !key.is_plain && !is_own && !self.is_bare(subject) {
            for taint in key.taints.iter().filter(|t| t.safe & sink::KEY != sink::KEY) {
                let kind = self.heap.origins[taint.origin as usize].kind;
                if is_outside(kind) {
                    let origin = self.heap.origin(OriginKind::Prototype, file, expr.place, || {
                        "an object chosen by a key from outside".to_owned()
                    });
                    let proto = super::value::Taint { origin, safe: taint.safe, step: taint.step };
                    result = result.join(&Value::taint(proto));
                }
            }
        }
        if result.is_bottom { Value::unknown() } else { result }
    }

    /// Objects without prototype, and lists of what the code itself wrote.
    fn is_bare(&self, value: &Value) -> bool {
        !value.objects.is_empty()
            && !value.is_tainted()
            && value.objects.iter().all(|id| self.heap.objects[*id as usize].site.2 == 30)
    }

    /// What a list, map or object holds.
    pub(super) fn elements_of(&mut self, value: &Value) -> Value {
        let mut result = Value::bottom();
        for id in value.objects.iter() {
            let object = &self.heap.objects[*id as usize];
            result = result.join(&object.elements);
            if object.is_array {
                for inner in object.props.values() {
                    result = result.join(inner);
                }
            }
        }
        for api in value.apis.iter().copied() {
            if let Some(member) = self.heap.result(api) {
                result = result.join(&Value::api(member));
            }
        }
        if value.is_tainted() || value.key_of != 0 {
            let own = value.edit(|d: &mut Data| {
                d.objects.clear();
                d.functions.clear();
                d.apis.clear();
                d.text = None;
            });
            result = result.join(&own);
        }
        if result.is_bottom { Value::unknown() } else { result }
    }

    /// The object that holds the properties of a function.
    pub(super) fn function_object(&mut self, function: u32) -> u32 {
        let place = Place { start: function, end: function };
        self.heap.object((u32::MAX - 1, place, 10))
    }

    /// The prototype of what a function makes.
    pub(super) fn prototype_of(&mut self, function: u32) -> u32 {
        let object = self.function_object(function);
        let place = Place { start: function, end: function };
        let proto = self.heap.object((u32::MAX - 1, place, 11));
        if !self.heap.objects[object as usize].props.contains_key("prototype") {
            self.heap.put(object, &"prototype".into(), &Value::object(proto));
        }
        proto
    }

    /// Writes what an expression names.
    pub(super) fn write(
        &mut self,
        target: &'m Expr,
        value: &Value,
        from: Option<&'m Expr>,
        frame: &mut Frame<'m>,
    ) {
        let file = frame.function.file;
        match &target.kind {
            ExprKind::Global(name) => {
                let key = (file, name.clone());
                let joined =
                    self.globals.get(&key).map_or_else(|| value.clone(), |v| v.join(value));
                self.globals.insert(key, joined);
                let api = self.heap.api("window");
                self.show_write(&Value::api(api), Some(name), None, value, target, from, file);
            }
            ExprKind::Member(object, name) => {
                let mut owner = self.eval(object, frame);
                owner = self.materialized(object, owner, frame);
                if matches!(object.kind, ExprKind::This) {
                    frame.env.known.retain(|k| !k.path.is_below_this(name));
                }
                self.show_write(&owner, Some(name), None, value, target, from, file);
                self.extends_page(&owner, value);
                self.put(&owner, name, value);
            }
            ExprKind::Index(object, key) => {
                let mut owner = self.eval(object, frame);
                owner = self.materialized(object, owner, frame);
                let key_value = self.eval(key, frame);
                match key_value.exact().map(Name::from) {
                    Some(name) => {
                        self.show_write(&owner, Some(&name), None, value, target, from, file);
                        self.put(&owner, &name, value);
                    }
                    None => {
                        let key = Some(&key_value);
                        self.show_write(&owner, None, key, value, target, from, file);
                        for id in owner.objects.clone() {
                            self.heap.put_element(id, value);
                        }
                    }
                }
                // What was just put there is no prototype, whatever the key.
                if !value.is_tainted()
                    && let Some(path) = path_of(target, file)
                {
                    self.learn(vec![super::path::Known { path, mask: sink::KEY }], frame);
                }
            }
            _ => {}
        }
    }

    /// `$.fn.name = function (options) …`: a plugin of jQuery, called by pages.
    fn extends_page(&mut self, owner: &Value, value: &Value) {
        let is_plugin = owner.apis.iter().any(|a| {
            matches!(
                &*self.heap.path(*a),
                "$.fn" | "jQuery.fn" | "jquery.fn" | "?$.fn" | "?jQuery.fn"
            )
        });
        if is_plugin {
            for closure in value.functions.clone() {
                self.page_plugins.insert(closure.function);
            }
        }
    }

    /// Adds to a property of everything a value may be.
    pub(super) fn put(&mut self, owner: &Value, name: &Name, value: &Value) {
        for id in owner.objects.iter().copied() {
            if let Some(setter) = self.setter(id, name, 0) {
                self.call_plain(
                    &setter,
                    &Value::object(id),
                    std::slice::from_ref(value),
                    Place::default(),
                );
            }
            for f in &value.functions {
                self.homes.entry(f.function).or_insert(id);
            }
            self.heap.put(id, name, value);
        }
        for closure in owner.functions.clone() {
            let id = self.function_object(closure.function);
            self.heap.put(id, name, value);
        }
    }

    fn setter(&self, id: u32, name: &Name, depth: u32) -> Option<Value> {
        let object = &self.heap.objects[id as usize];
        if let Some(setter) = object.setters.get(name) {
            return Some(setter.clone());
        }
        if depth > 6 {
            return None;
        }
        object.protos.iter().find_map(|p| self.setter(*p, name, depth + 1))
    }

    /// Gives a variable that nothing is known of an object to hold what is written to it.
    fn materialized(&mut self, expr: &'m Expr, value: Value, frame: &mut Frame<'m>) -> Value {
        if !value.objects.is_empty() || !value.functions.is_empty() {
            return value;
        }
        let ExprKind::Symbol(symbol) = &expr.kind else { return value };
        let file = frame.function.file;
        let Some(tree) = self.tree(file) else { return value };
        let object = self.heap.object((file, tree.symbols[*symbol as usize].place, 9));
        let with = value.join(&Value::object(object));
        let known = frame.env.known.clone();
        self.set_variable(*symbol, &with, frame);
        frame.env.known = known;
        with
    }

    #[allow(clippy::too_many_arguments, reason = "a write has this many parts")]
    fn show_write(
        &mut self,
        object: &Value,
        name: Option<&Name>,
        key: Option<&Value>,
        value: &Value,
        target: &Expr,
        from: Option<&Expr>,
        file: FileId,
    ) {
        if !self.is_last {
            return;
        }
        let paths: Vec<Name> = object.apis.iter().map(|a| self.heap.path(*a)).collect();
        let value_place = from.map_or(target.place, |e| e.place);
        let place = Place { start: target.place.start, end: value_place.end.max(target.place.end) };
        self.look(|hooks, heap, hits| {
            if let Some(hook) = hooks.write {
                let site = WriteSite {
                    heap,
                    file,
                    place,
                    object,
                    paths: &paths,
                    name: name.map(|n| &**n),
                    key,
                    value,
                };
                hook(&site, hits);
            }
        });
    }

    pub(super) fn is_plugin(&self) -> bool {
        matches!(self.purpose, super::interp::Purpose::Plugin { .. })
    }
}

/// Whether a key of this origin can be chosen by somebody else.
fn is_outside(kind: OriginKind) -> bool {
    matches!(
        kind,
        OriginKind::Remote
            | OriginKind::Payload
            | OriginKind::Library
            | OriginKind::Key
            | OriginKind::Client
            | OriginKind::Message
    )
}
