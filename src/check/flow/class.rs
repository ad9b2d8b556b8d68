//! Classes, instances, inheritance.

use std::rc::Rc;

use super::frame::Frame;
use super::interp::Interp;
use super::value::{Closure, Value};
use crate::check::ir::{Class, Function, Key, MethodKind, Name, Place};

impl<'m> Interp<'m> {
    /// The value of a class: an object with a prototype.
    pub(super) fn class(&mut self, class: &'m Class, place: Place, frame: &mut Frame<'m>) -> Value {
        let file = frame.function.file;
        let object = self.heap.object((file, place, 2));
        let proto = self.heap.object((file, place, 3));
        self.heap.objects[object as usize].class = Some(class);
        self.heap.put(object, &"prototype".into(), &Value::object(proto));
        if let Some(heritage) = &class.heritage {
            let parent = self.eval(heritage, frame);
            self.inherit(object, proto, &parent);
        }
        if let Some(constructor) = &class.constructor {
            let id = self.id_of(constructor);
            self.homes.insert(id, object);
            let value = self.method(constructor);
            self.heap.put(object, &"@constructor".into(), &value);
        }
        for method in &class.methods {
            let owner = if method.is_static { object } else { proto };
            let id = self.id_of(&method.function);
            self.homes.insert(id, object);
            let value = self.method(&method.function);
            let Key::Name(name) = &method.key else {
                self.heap.put_element(owner, &value);
                continue;
            };
            match method.kind {
                MethodKind::Plain => self.heap.put(owner, name, &value),
                MethodKind::Getter => {
                    self.heap.objects[owner as usize].getters.insert(name.clone(), value);
                }
                MethodKind::Setter => {
                    self.heap.objects[owner as usize].setters.insert(name.clone(), value);
                }
            }
        }
        let this = Value::object(object);
        for field in class.fields.iter().filter(|f| f.is_static) {
            if let Some(value) = &field.value {
                let outer = std::mem::replace(&mut frame.this, this.clone());
                let value = self.eval(value, frame);
                frame.this = outer;
                if let Key::Name(name) = &field.key {
                    self.heap.put(object, name, &value);
                }
            }
        }
        this
    }

    fn method(&mut self, f: &'m Function) -> Value {
        let function = self.id_of(f);
        Value::function(Closure { function, this: None, known: Rc::from([]), bound: Rc::from([]) })
    }

    /// Lets a class inherit from a value.
    pub(super) fn inherit(&mut self, object: u32, proto: u32, parent: &Value) {
        for id in parent.objects.clone() {
            add(&mut self.heap.objects[object as usize].protos, id);
            let of_parent = self.heap.objects[id as usize].props.get("prototype").cloned();
            for p in of_parent.iter().flat_map(|v| v.objects.iter()) {
                add(&mut self.heap.objects[proto as usize].protos, *p);
            }
        }
        for closure in parent.functions.clone() {
            let p = self.prototype_of(closure.function);
            add(&mut self.heap.objects[proto as usize].protos, p);
            let own = self.method_of_closure(&closure);
            self.heap.put(object, &"@super".into(), &own);
        }
        for api in parent.apis.clone() {
            self.heap.put(object, &"@super".into(), &Value::api(api));
        }
    }

    fn method_of_closure(&self, closure: &Closure) -> Value {
        Value::function(closure.clone())
    }

    /// `new callee(args)` for what the plugin declares; nothing when it declares none of it.
    pub(super) fn construct(
        &mut self,
        callee: &Value,
        args: &[Value],
        place: Place,
        frame: &Frame<'m>,
    ) -> Option<Value> {
        let mut result = Value::bottom();
        for id in callee.objects.clone() {
            if self.heap.objects[id as usize].class.is_some() {
                let instance = self.instance(id, (frame.function.file, place, 5), args);
                result = result.join(&Value::object(instance));
            }
        }
        for closure in callee.functions.clone() {
            let instance = self.heap.object((frame.function.file, place, 5));
            let proto = self.prototype_of(closure.function);
            self.adopt(instance, proto);
            let this = Value::object(instance);
            let returned = self.call_closure(&closure, &this, args, place);
            result = result.join(&this);
            if !returned.objects.is_empty() || !returned.functions.is_empty() {
                result = result.join(&returned);
            }
        }
        (!result.is_bottom).then_some(result)
    }

    /// Lets an instance inherit from a prototype and what was assigned to it.
    pub(super) fn adopt(&mut self, instance: u32, proto: u32) {
        add(&mut self.heap.objects[instance as usize].protos, proto);
        let place = self.heap.objects[proto as usize].site.1;
        let holder = self.heap.object((u32::MAX - 1, place, 10));
        let assigned = self.heap.objects[holder as usize].props.get("prototype").cloned();
        for p in assigned.iter().flat_map(|v| v.objects.iter()) {
            add(&mut self.heap.objects[instance as usize].protos, *p);
        }
    }

    /// An instance of a class.
    pub(super) fn instance(
        &mut self,
        class_object: u32,
        site: super::heap::Site,
        args: &[Value],
    ) -> u32 {
        let instance = self.heap.object(site);
        self.fill_instance(class_object, instance, args, 0);
        instance
    }

    fn fill_instance(&mut self, class_object: u32, instance: u32, args: &[Value], depth: u32) {
        let Some(class) = self.heap.objects[class_object as usize].class else { return };
        let proto = self.heap.objects[class_object as usize].props.get("prototype").cloned();
        for p in proto.iter().flat_map(|v| v.objects.iter()) {
            add(&mut self.heap.objects[instance as usize].protos, *p);
        }
        if depth > 6 {
            return;
        }
        let this = Value::object(instance);
        let parents = self.heap.objects[class_object as usize].protos.clone();
        if class.constructor.is_none() {
            for parent in parents {
                self.fill_instance(parent, instance, args, depth + 1);
            }
        }
        self.set_fields(class, class_object, instance);
        if let Some(constructor) = &class.constructor {
            let value = self.method(constructor);
            self.call_plain(&value, &this, args, constructor.place);
            // `constructor(private db: Db)` stores its parameters.
            for (param, arg) in constructor.params.iter().zip(args) {
                if let crate::check::ir::PatternKind::Symbol(symbol) = &param.pattern.kind
                    && let Some(tree) = self.tree(constructor.file)
                {
                    let name: Name = tree.symbols[*symbol as usize].name.clone();
                    let is_field = class
                        .fields
                        .iter()
                        .any(|f| f.value.is_none() && matches!(&f.key, Key::Name(n) if *n == name));
                    if is_field {
                        self.heap.put(instance, &name, arg);
                    }
                }
            }
        }
    }

    /// Runs the initializers of a class's fields.
    fn set_fields(&mut self, class: &'m Class, class_object: u32, instance: u32) {
        let file = self.heap.objects[class_object as usize].site.0;
        let Some(tree) = self.tree(file) else { return };
        let body: &'m Function = &tree.body;
        let mut frame = self.frame(body, Value::object(instance), Vec::new(), Rc::from([]));
        for field in class.fields.iter().filter(|f| !f.is_static) {
            let Some(value) = &field.value else { continue };
            let value = self.eval(value, &mut frame);
            for f in &value.functions {
                self.homes.insert(f.function, class_object);
            }
            match &field.key {
                Key::Name(name) => self.heap.put(instance, name, &value),
                Key::Computed(_) => self.heap.put_element(instance, &value),
            }
        }
    }

    /// What `super` is in a method.
    pub(super) fn parent_of(&mut self, frame: &Frame<'m>) -> Value {
        let id = self.id_of(frame.function);
        let Some(home) = self.homes.get(&id).copied() else { return Value::unknown() };
        let mut result = Value::bottom();
        for parent in self.heap.objects[home as usize].protos.clone() {
            let proto = self.heap.objects[parent as usize].props.get("prototype").cloned();
            if let Some(proto) = proto {
                result = result.join(&proto);
            }
        }
        if let Some(parent) = self.heap.objects[home as usize].props.get("@super").cloned() {
            result = result.join(&parent);
        }
        if result.is_bottom { Value::unknown() } else { result }
    }

    /// `super(args)`.
    pub(super) fn super_call(&mut self, args: &[Value], frame: &Frame<'m>) {
        let id = self.id_of(frame.function);
        let Some(home) = self.homes.get(&id).copied() else { return };
        for instance in frame.this.objects.clone() {
            for parent in self.heap.objects[home as usize].protos.clone() {
                self.fill_instance(parent, instance, args, 1);
            }
        }
        if let Some(parent) = self.heap.objects[home as usize].props.get("@super").cloned() {
            self.call_plain(&parent, &frame.this, args, frame.function.place);
        }
    }
}

fn add(list: &mut Vec<u32>, id: u32) {
    if !list.contains(&id) && list.len() < 8 {
        list.push(id);
    }
}
