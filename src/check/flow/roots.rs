//! Where the code is entered from outside: exports, handlers, and functions nobody calls.

use super::value::Set;

use super::facts::Exported;
use super::heap::OriginKind;
use super::interp::{HandlerKind, Interp, Purpose};
use super::value::Value;
use super::words::is_callback;
use crate::check::ir::{Function, Name, Param, PatternKind};

/// What a stranger passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Caller {
    /// Of a library: every parameter.
    Library,
    /// The shop: the first parameter, then the context.
    Shop(HandlerKind),
    /// Somebody out of sight.
    Unseen,
    /// Something that calls back with what is not known.
    Nobody,
}

/// How deep exported values are explored.
const MAX_DEPTH: u32 = 4;

impl<'m> Interp<'m> {
    /// Runs everything that can be called from outside.
    pub(super) fn roots(&mut self) {
        let mut seen = Set::default();
        match self.purpose {
            Purpose::Audit => {
                for file in 0..self.sources.len() as u32 {
                    let source = &self.sources[file as usize];
                    if source.is_dense || source.is_test {
                        continue;
                    }
                    self.refill();
                    let exports = self.exports(file);
                    self.enter(&exports, Caller::Library, &mut seen, MAX_DEPTH);
                }
            }
            Purpose::Plugin { entry, handlers, routes } => {
                if let Some(file) = self.file_of(entry) {
                    self.refill();
                    let value = self.plugin_value(file);
                    for name in routes {
                        let method = self.method_of(&value, name);
                        let caller = Caller::Shop(HandlerKind::Route);
                        self.enter_methods(&value, &method, caller, &mut seen);
                    }
                    self.enter(&value, Caller::Shop(HandlerKind::Event), &mut seen, 2);
                }
                for (path, kind) in handlers {
                    let Some(file) = self.file_of(path) else { continue };
                    self.refill();
                    let value = self.plugin_value(file);
                    self.enter(&value, Caller::Shop(*kind), &mut seen, 2);
                }
            }
        }
        // What nobody called so far may still be called by name, by events, by frameworks.
        let mut id = 0;
        while id < self.functions.len() as u32 {
            if let Some(f) = self.functions[id as usize]
                && !self.entered.contains(&id)
                && !self.sources[f.file as usize].is_dense
            {
                self.refill();
                let this = self.this_of(id);
                let caller = if self.page_plugins.contains(&id) {
                    Caller::Library
                } else if self.is_plugin() {
                    Caller::Nobody
                } else {
                    Caller::Unseen
                };
                let args = self.parameters(f, caller);
                let closure = self.bare(id);
                self.call_closure(&closure, &this, &args, f.place);
            }
            id += 1;
        }
    }

    fn bare(&self, function: u32) -> super::value::Closure {
        super::value::Closure {
            function,
            this: None,
            known: std::rc::Rc::from([]),
            bound: std::rc::Rc::from([]),
        }
    }

    fn file_of(&self, path: &str) -> Option<u32> {
        let at = self.sources.binary_search_by(|s| s.path.as_str().cmp(path)).ok()?;
        Some(at as u32)
    }

    /// The plugin, or handler, that a file is: its default export, else all of its exports.
    pub(super) fn plugin_value(&mut self, file: u32) -> Value {
        let exports = self.exports(file);
        match self.heap.property(&exports, "default") {
            Some(value) => value,
            None => exports,
        }
    }

    fn method_of(&mut self, value: &Value, name: &str) -> Value {
        let mut found = Value::bottom();
        for id in value.objects.clone() {
            let target = match self.heap.objects[id as usize].class {
                Some(_) => self.heap.objects[id as usize].props.get("prototype").cloned(),
                None => Some(Value::object(id)),
            };
            for id in target.iter().flat_map(|v| v.objects.clone()) {
                if let Some(method) = self.lookup(id, &name.into(), value, 0) {
                    found = found.join(&method);
                }
            }
        }
        found
    }

    fn enter_methods(
        &mut self,
        owner: &Value,
        method: &Value,
        caller: Caller,
        seen: &mut Set<u32>,
    ) {
        let this = self.instance_of(owner, Caller::Nobody).unwrap_or_else(|| owner.clone());
        for closure in method.functions.clone() {
            seen.insert(closure.function);
            self.enter_function(&closure, &this, caller);
        }
    }

    /// Calls what a value offers: functions, methods, constructors, and what they return.
    fn enter(&mut self, value: &Value, caller: Caller, seen: &mut Set<u32>, depth: u32) {
        if depth == 0 {
            return;
        }
        for closure in value.functions.clone() {
            if !seen.insert(closure.function) {
                continue;
            }
            self.refill();
            let function = closure.function;
            let place = crate::check::ir::Place { start: function, end: function };
            let instance = self.heap.object((u32::MAX - 1, place, 12));
            let proto = self.prototype_of(function);
            self.adopt(instance, proto);
            let this = Value::object(instance);
            let returned = self.enter_function(&closure, &this, caller);
            let mut outward = returned;
            if caller == Caller::Library {
                self.enter(&outward, caller, seen, depth - 1);
            }
            // Methods of what the function makes, and functions that it carries.
            let own = self.function_object(function);
            outward = Value::object(own);
            self.enter_object(&outward, own, caller, seen, depth);
            for id in self.heap.objects[instance as usize].protos.clone() {
                self.enter_object(&this, id, caller, seen, depth);
            }
            self.enter_object(&this, instance, caller, seen, depth);
        }
        for id in value.objects.clone() {
            if self.heap.objects[id as usize].class.is_some() {
                self.enter_class(id, caller, seen, depth);
            } else {
                self.enter_object(&Value::object(id), id, caller, seen, depth);
            }
        }
    }

    fn enter_class(&mut self, class: u32, caller: Caller, seen: &mut Set<u32>, depth: u32) {
        let own = Value::object(class);
        let Some(this) = self.instance_of(&own, caller) else { return };
        let mut owners = vec![class];
        let mut waiting = this.objects.clone();
        while let Some(id) = waiting.pop() {
            if owners.len() < 16 && !owners.contains(&id) {
                owners.push(id);
                waiting.extend(self.heap.objects[id as usize].protos.iter().copied());
            }
        }
        for owner in owners {
            self.enter_object(&this, owner, caller, seen, depth);
        }
    }

    /// Calls the functions that an object holds.
    fn enter_object(
        &mut self,
        this: &Value,
        object: u32,
        caller: Caller,
        seen: &mut Set<u32>,
        depth: u32,
    ) {
        let o = &self.heap.objects[object as usize];
        let mut values: Vec<(Name, Value)> =
            o.props.iter().map(|(k, v)| (k.clone(), v.clone())).collect();
        values.extend(o.setters.iter().map(|(k, v)| (k.clone(), v.clone())));
        values.push(("".into(), o.elements.clone()));
        values.sort_by(|a, b| a.0.cmp(&b.0));
        for (name, value) in values {
            if matches!(&*name, "@constructor" | "@super" | "prototype" | "constructor") {
                continue;
            }
            for closure in value.functions.clone() {
                if seen.insert(closure.function) {
                    self.refill();
                    let returned = self.enter_function(&closure, this, caller);
                    if caller == Caller::Library {
                        self.enter(&returned, caller, seen, depth - 1);
                        let function_object = self.function_object(closure.function);
                        self.enter_object(this, function_object, caller, seen, 1);
                    }
                }
            }
            let is_class =
                value.objects.iter().any(|i| self.heap.objects[*i as usize].class.is_some());
            if depth > 1 && (is_class || !value.objects.is_empty()) {
                let inner = value.edit(|d| d.functions.clear());
                if seen.len() < 100_000 && inner.objects.iter().all(|i| *i != object) {
                    self.enter(&inner, caller, seen, depth - 1);
                }
            }
        }
    }

    fn enter_function(
        &mut self,
        closure: &super::value::Closure,
        this: &Value,
        caller: Caller,
    ) -> Value {
        let Some(f) = self.functions[closure.function as usize] else { return Value::unknown() };
        let args = self.parameters(f, caller);
        self.call_closure(closure, this, &args, f.place)
    }

    /// An instance of the class a value is.
    fn instance_of(&mut self, value: &Value, caller: Caller) -> Option<Value> {
        let class = value
            .objects
            .iter()
            .copied()
            .find(|id| self.heap.objects[*id as usize].class.is_some())?;
        let definition = self.heap.objects[class as usize].class?;
        let (file, place, _) = self.heap.objects[class as usize].site;
        let args = match &definition.constructor {
            // The shop passes its settings to the constructor.
            Some(f) => {
                self.parameters(f, if caller == Caller::Library { caller } else { Caller::Nobody })
            }
            None => Vec::new(),
        };
        Some(Value::object(self.instance(class, (file, place, 8), &args)))
    }

    fn this_of(&mut self, function: u32) -> Value {
        let Some(home) = self.homes.get(&function).copied() else { return Value::unknown() };
        let value = Value::object(home);
        self.instance_of(&value, Caller::Nobody).unwrap_or(value)
    }

    /// What a stranger passes for each parameter.
    fn parameters(&mut self, f: &'m Function, caller: Caller) -> Vec<Value> {
        let mut args = Vec::with_capacity(f.params.len());
        for (index, param) in f.params.iter().enumerate() {
            args.push(self.parameter(f, param, index, caller));
        }
        // A function without parameters may look at `arguments`.
        if f.params.is_empty() && !f.is_arrow && caller == Caller::Library {
            let place = f.head();
            let what = || "an argument of an exported function".to_owned();
            let value = self.source(OriginKind::Library, f.file, place, 0, what);
            args.extend([value.clone(), value.clone(), value]);
        } else if f.params.is_empty() && caller == Caller::Nobody {
            let api = self.heap.api("?argument");
            args.extend([Value::api(api), Value::api(api), Value::api(api)]);
        }
        args
    }

    fn parameter(
        &mut self,
        f: &'m Function,
        param: &'m Param,
        index: usize,
        caller: Caller,
    ) -> Value {
        let name = self.param_name(f, param);
        if let Caller::Shop(kind) = caller {
            let api = match (kind, index) {
                (HandlerKind::Event, 0) => {
                    let what = || "what the shop passes to this handler".to_owned();
                    return self.source(OriginKind::Payload, f.file, param.pattern.place, 0, what);
                }
                (HandlerKind::Event, 1) | (HandlerKind::Route, 2) => "@ctx",
                (HandlerKind::Route, 0) => "@req",
                (HandlerKind::Route, 1) => "@res",
                _ => "?",
            };
            let api = self.heap.api(api);
            return Value::api(api);
        }
        if let Some(value) = self.by_name(f, param, &name, index) {
            return value;
        }
        let is_typed_plain =
            param.type_name.as_deref().is_some_and(|t| matches!(t, "number" | "boolean"));
        if caller == Caller::Library && !is_callback(&name) && !is_typed_plain {
            let shown = name.clone();
            let what = move || format!("the parameter `{shown}` of an exported function");
            let tainted = self.source(OriginKind::Library, f.file, param.pattern.place, 0, what);
            let api = self.heap.api(&format!("?{name}"));
            return tainted.edit(|d| d.apis.push(api));
        }
        if is_typed_plain {
            return Value::plain();
        }
        let api = self.heap.api(&format!("?{name}"));
        if caller == Caller::Unseen && !name.is_empty() && !is_callback(&name) {
            let shown = name.clone();
            let what =
                move || format!("the parameter `{shown}` of a function that nothing here calls");
            let value = self.source(OriginKind::Parameter, f.file, param.pattern.place, 0, what);
            return value.edit(|d| d.apis.push(api));
        }
        Value::api(api)
    }

    pub(super) fn param_name(&self, f: &Function, param: &Param) -> Name {
        match (&param.pattern.kind, self.tree(f.file)) {
            (PatternKind::Symbol(symbol), Some(tree)) => {
                tree.symbols[*symbol as usize].name.clone()
            }
            _ => "".into(),
        }
    }

    /// Parameters that are called what they are.
    pub(super) fn by_name(
        &mut self,
        f: &'m Function,
        param: &'m Param,
        name: &str,
        index: usize,
    ) -> Option<Value> {
        let names: Vec<Name> = f.params.iter().map(|p| self.param_name(f, p)).collect();
        let next = names.get(index + 1).map(|n| &**n).unwrap_or_default();
        let path = match name {
            "req" | "_req" => "@req",
            "request" if names.len() > 1 || index == 0 => "@req",
            "res" | "_res" if index > 0 => "@res",
            "reply" if index > 0 => "@reply",
            "response" if index > 0 && matches!(&*names[index - 1], "req" | "request" | "_req") => {
                "@res"
            }
            "ctx" if next == "next" || param.type_name.as_deref() == Some("Context") => "@koa",
            // A resolver of GraphQL: parent, arguments, context.
            "args" | "_args"
                if index == 1
                    && matches!(
                        next,
                        "context" | "ctx" | "_context" | "contextValue" | "info" | "_ctx"
                    ) =>
            {
                let what = || "an argument of the query".to_owned();
                let place = param.pattern.place;
                return Some(self.source(OriginKind::Remote, f.file, place, 0, what));
            }
            // Functions that a framework calls with what it knows of the request.
            _ if index == 0
                && matches!(f.name.as_deref(), Some("getServerSideProps" | "getInitialProps")) =>
            {
                "@koa"
            }
            "event" if f.name.as_deref() == Some("handler") && index == 0 => {
                let what = || "the event of the function".to_owned();
                let place = param.pattern.place;
                return Some(self.source(OriginKind::Remote, f.file, place, 0, what));
            }
            _ => match param.type_name.as_deref() {
                Some(
                    "Request" | "NextRequest" | "NextApiRequest" | "IncomingMessage"
                    | "FastifyRequest",
                ) => "@req",
                Some("Response" | "NextApiResponse" | "ServerResponse" | "FastifyReply") => "@res",
                _ => {
                    let is_input = param.decorators.iter().any(|d| {
                        matches!(
                            &**d,
                            "Body"
                                | "RawBody"
                                | "UploadedFiles"
                                | "MessageBody"
                                | "Query"
                                | "Param"
                                | "Headers"
                                | "Args"
                                | "UploadedFile"
                                | "Cookies"
                        )
                    });
                    if is_input {
                        let what = || "a parameter of the request".to_owned();
                        let place = param.pattern.place;
                        return Some(self.source(OriginKind::Remote, f.file, place, 0, what));
                    }
                    return None;
                }
            },
        };
        let api = self.heap.api(path);
        Some(Value::api(api))
    }

    /// Arguments for a function that something from outside calls back.
    pub(super) fn callback_args(&mut self, f: &'m Function) -> Vec<Value> {
        self.parameters(f, Caller::Nobody)
    }

    /// Records what each file exports, for the rules.
    pub(super) fn export_facts(&mut self) {
        for file in 0..self.sources.len() as u32 {
            if self.tree(file).is_none() {
                continue;
            }
            let value = self.plugin_value(file);
            let exported = self.describe(&value);
            self.facts.exports.insert(file, exported);
        }
    }

    fn describe(&mut self, value: &Value) -> Exported {
        let mut out = Exported {
            is_function: !value.functions.is_empty(),
            is_known: !value.objects.is_empty() || !value.functions.is_empty(),
            ..Exported::default()
        };
        if !value.apis.is_empty() {
            out.is_open = true;
        }
        let mut waiting: Vec<(u32, u32)> = Vec::new();
        for id in value.objects.iter().copied() {
            let object = &self.heap.objects[id as usize];
            if object.class.is_some() {
                out.is_class = true;
                let proto = object.props.get("prototype").cloned();
                waiting.extend(proto.iter().flat_map(|p| p.objects.iter().map(|o| (*o, 0))));
                let fields = object.class.iter().flat_map(|c| &c.fields);
                for field in fields {
                    if let crate::check::ir::Key::Name(name) = &field.key {
                        out.names.insert(name.to_string());
                    }
                }
                if object.props.contains_key("@super") {
                    out.is_open = true;
                }
            } else {
                waiting.push((id, 0));
            }
        }
        for closure in value.functions.clone() {
            let proto = self.prototype_of(closure.function);
            waiting.push((proto, 0));
        }
        while let Some((id, depth)) = waiting.pop() {
            let object = &self.heap.objects[id as usize];
            for (name, value) in &object.props {
                if !value.is_constant() {
                    out.names.insert(name.to_string());
                }
            }
            out.names.extend(object.getters.keys().map(|n| n.to_string()));
            out.is_open |= !object.elements.is_bottom;
            if depth < 8 {
                waiting.extend(object.protos.iter().map(|p| (*p, depth + 1)));
            }
        }
        out
    }
}
