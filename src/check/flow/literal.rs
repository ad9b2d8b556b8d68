//! Objects, arrays and elements that are written out.

use super::event::{AttributeSite, ObjectSite};
use super::frame::Frame;
use super::interp::Interp;
use super::value::Value;
use crate::check::ir::{Expr, ExprKind, Key, MethodKind, Name, Property};

impl<'m> Interp<'m> {
    pub(super) fn literal(
        &mut self,
        properties: &'m [Property],
        expr: &'m Expr,
        frame: &mut Frame<'m>,
    ) -> Value {
        let file = frame.function.file;
        let object = self.heap.object((file, expr.place, 1));
        let mut keys: Vec<(Name, crate::check::ir::Place)> = Vec::new();
        let mut result = Value::object(object);
        for property in properties {
            match property {
                Property::Value(key, kind, value) => {
                    let inner = self.eval(value, frame);
                    for f in &inner.functions {
                        self.homes.insert(f.function, object);
                    }
                    match (key, kind) {
                        (Key::Name(name), MethodKind::Plain) => {
                            self.heap.put(object, name, &inner);
                            keys.push((name.clone(), value.place));
                        }
                        (Key::Name(name), MethodKind::Getter) => {
                            self.heap.objects[object as usize].getters.insert(name.clone(), inner);
                        }
                        (Key::Name(name), MethodKind::Setter) => {
                            self.heap.objects[object as usize].setters.insert(name.clone(), inner);
                        }
                        (Key::Computed(key), _) => {
                            let key = self.eval(key, frame);
                            match key.exact() {
                                Some(name) => self.heap.put(object, &name.into(), &inner),
                                None => self.heap.put_element(object, &inner),
                            }
                        }
                    }
                }
                Property::Spread(value) => {
                    let inner = self.eval(value, frame);
                    self.copy_into(object, &inner);
                    // The copy is an object of its own, not the prototype it was made from.
                    let passed = self.without_prototype(&inner.taints_only());
                    result = result.join(&passed);
                }
            }
        }
        self.look(|hooks, heap, hits| {
            if let Some(hook) = hooks.object {
                hook(&ObjectSite { heap, file, object, keys: &keys }, hits);
            }
        });
        result
    }

    /// Copies the properties of a value into an object.
    pub(super) fn copy_into(&mut self, object: u32, value: &Value) {
        for id in value.objects.clone() {
            if id == object {
                continue;
            }
            let source = &self.heap.objects[id as usize];
            let props: Vec<_> = source.props.iter().map(|(k, v)| (k.clone(), v.clone())).collect();
            let elements = source.elements.clone();
            for (name, inner) in props {
                self.heap.put(object, &name, &inner);
            }
            self.heap.put_element(object, &elements);
        }
    }

    pub(super) fn array(
        &mut self,
        items: &'m [Expr],
        expr: &'m Expr,
        frame: &mut Frame<'m>,
    ) -> Value {
        let object = self.heap.object((frame.function.file, expr.place, 1));
        self.heap.objects[object as usize].is_array = true;
        let mut is_exact = true;
        for (index, item) in items.iter().enumerate() {
            let value = self.eval(item, frame);
            if matches!(item.kind, ExprKind::Spread(_)) {
                let inner = self.elements_of(&value);
                self.heap.put_element(object, &inner);
                is_exact = false;
            } else if is_exact && index < 64 {
                self.heap.put(object, &index.to_string().as_str().into(), &value);
            } else {
                self.heap.put_element(object, &value);
            }
        }
        Value::object(object)
    }

    pub(super) fn jsx(
        &mut self,
        element: &'m Name,
        attributes: &'m [(Name, Expr)],
        children: &'m [Expr],
        frame: &mut Frame<'m>,
    ) -> Value {
        let file = frame.function.file;
        for (name, value) in attributes {
            let inner = self.eval(value, frame);
            self.look(|hooks, heap, hits| {
                if let Some(hook) = hooks.attribute {
                    let place = value.place;
                    let site = AttributeSite { heap, file, place, element, name, value: &inner };
                    hook(&site, hits);
                }
            });
        }
        for child in children {
            self.eval(child, frame);
        }
        let api = self.heap.api("@element");
        Value::api(api)
    }
}
