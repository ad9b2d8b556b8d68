//! Values are bound: to variables, and to patterns that take them apart.

use super::event::VariableSite;
use super::frame::Frame;
use super::interp::Interp;
use super::path::path_of;
use super::value::Value;
use crate::check::ir::{Expr, FileId, Key, Name, Pattern, PatternKind, Place, SymbolIndex};

impl<'m> Interp<'m> {
    /// Binds a value to a pattern.
    pub(super) fn assign(
        &mut self,
        pattern: &'m Pattern,
        value: &Value,
        from: Option<&'m Expr>,
        frame: &mut Frame<'m>,
    ) {
        let mut value = value.clone();
        if let Some(default) = &pattern.default {
            let fallback = self.eval(default, frame);
            value = value.join(&fallback);
        }
        let file = frame.function.file;
        match &pattern.kind {
            PatternKind::Symbol(symbol) => {
                self.show_variable(*symbol, &value, pattern.place, from, file);
                self.set_variable(*symbol, &value, frame);
            }
            PatternKind::Target(target) => self.write(target, &value, from, frame),
            PatternKind::Object(parts, rest) => {
                for (key, inner) in parts {
                    let part = match key {
                        Key::Name(name) => {
                            let part = self.read(&value, name, file, inner.place);
                            self.destructured(from, name, part, frame)
                        }
                        Key::Computed(key) => {
                            let key_value = self.eval(key, frame);
                            self.read_key(&value, &key_value, key, key, frame)
                        }
                    };
                    self.assign(inner, &part, from, frame);
                }
                if let Some(rest) = rest {
                    self.assign(rest, &value, from, frame);
                }
            }
            PatternKind::Array(parts, rest) => {
                for (index, inner) in parts.iter().enumerate() {
                    if let Some(inner) = inner {
                        let name: Name = index.to_string().as_str().into();
                        let mut part = self.read(&value, &name, file, inner.place);
                        if part.is_unknown() || part.apis.len() == 1 && !part.is_tainted() {
                            part = part.join(&self.elements_of(&value));
                        }
                        self.assign(inner, &part, from, frame);
                    }
                }
                if let Some(rest) = rest {
                    self.assign(rest, &value, from, frame);
                }
            }
        }
    }

    fn show_variable(
        &mut self,
        symbol: SymbolIndex,
        value: &Value,
        place: Place,
        from: Option<&Expr>,
        file: FileId,
    ) {
        if !self.is_last || (value.exact().is_none() && !value.is_tainted()) {
            return;
        }
        let Some(tree) = self.tree(file) else { return };
        let name = tree.symbols[symbol as usize].name.clone();
        let end = from.map_or(place.end, |e| e.place.end.max(place.end));
        let place = Place { start: place.start, end };
        self.look(|hooks, heap, hits| {
            if let Some(hook) = hooks.variable {
                hook(&VariableSite { heap, file, place, name: &name, value }, hits);
            }
        });
    }

    /// `const { a } = x` after a test of `x.a`.
    fn destructured(
        &self,
        from: Option<&Expr>,
        name: &Name,
        part: Value,
        frame: &Frame<'m>,
    ) -> Value {
        if !part.is_tainted() || frame.env.known.is_empty() {
            return part;
        }
        let Some(path) = from.and_then(|e| path_of(e, frame.function.file)) else { return part };
        let known = frame.env.known.iter().filter(|k| k.path.is_member(&path, name));
        let mask = known.fold(0, |m, k| m | k.mask);
        part.with_safe(mask)
    }

    /// Writes a variable.
    pub(super) fn set_variable(
        &mut self,
        symbol: SymbolIndex,
        value: &Value,
        frame: &mut Frame<'m>,
    ) {
        let file = frame.function.file;
        let Some(tree) = self.tree(file) else { return };
        let info = &tree.symbols[symbol as usize];
        frame.env.known.retain(|k| !k.path.starts_at(symbol) && !k.path.has_key(symbol));
        let value = if value.is_bottom { Value::unknown() } else { value.clone() };
        if self.owns_symbol(frame.function, symbol) {
            frame.env.slots[info.slot as usize] = value.clone();
        }
        if info.captured {
            self.put_cell(file, symbol, &value);
        }
    }
}
