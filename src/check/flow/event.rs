//! What rules see of the code while values are followed.

use super::heap::{Heap, Origin, OriginKind};
use super::value::{Mask, Taint, Value};
use crate::check::ir::{FileId, Name, Place};

/// What a rule wants to see. Each part may be left out.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Hooks {
    /// Every call and `new`.
    pub call: Option<fn(&CallSite<'_, '_>, &mut Hits<'_>)>,
    /// Every write to a property.
    pub write: Option<fn(&WriteSite<'_, '_>, &mut Hits<'_>)>,
    /// Every text that is put together.
    pub text: Option<fn(&TextSite<'_, '_>, &mut Hits<'_>)>,
    /// Every attribute of a JSX element.
    pub attribute: Option<fn(&AttributeSite<'_, '_>, &mut Hits<'_>)>,
    /// Every object literal.
    pub object: Option<fn(&ObjectSite<'_, '_>, &mut Hits<'_>)>,
    /// Every regular expression.
    pub regex: Option<fn(&RegexSite<'_>, &mut Hits<'_>)>,
    /// Every variable that is given a value.
    pub variable: Option<fn(&VariableSite<'_, '_>, &mut Hits<'_>)>,
    /// Every text that is written out.
    pub literal: Option<fn(&LiteralSite<'_>, &mut Hits<'_>)>,
}

/// A call.
pub(crate) struct CallSite<'a, 'm> {
    pub heap: &'a Heap<'m>,
    pub file: FileId,
    /// The whole call.
    pub place: Place,
    /// What may be called, as paths: `child_process.exec`, `?db.query`.
    pub paths: &'a [Name],
    /// The last name of what is called: `exec`.
    pub name: &'a str,
    /// What the method is called on.
    pub receiver: Option<&'a Value>,
    /// The words of the receiver in the source, for names that say what it is.
    pub receiver_words: &'a str,
    pub args: &'a [Value],
    pub arg_places: &'a [Place],
    pub is_new: bool,
    /// Whether the function is in the plugin itself.
    pub is_known: bool,
}

/// A write to a property: `object.name = value`, `object[key] = value`.
pub(crate) struct WriteSite<'a, 'm> {
    pub heap: &'a Heap<'m>,
    pub file: FileId,
    pub place: Place,
    pub object: &'a Value,
    /// Paths of the object.
    pub paths: &'a [Name],
    /// The name, when it is known.
    pub name: Option<&'a str>,
    /// The key, when the name is not known.
    pub key: Option<&'a Value>,
    pub value: &'a Value,
}

/// Text that is put together from parts.
pub(crate) struct TextSite<'a, 'm> {
    pub heap: &'a Heap<'m>,
    pub file: FileId,
    pub place: Place,
    pub parts: &'a [Value],
}

/// An attribute of a JSX element.
pub(crate) struct AttributeSite<'a, 'm> {
    pub heap: &'a Heap<'m>,
    pub file: FileId,
    pub place: Place,
    pub element: &'a str,
    pub name: &'a str,
    pub value: &'a Value,
}

/// An object literal.
pub(crate) struct ObjectSite<'a, 'm> {
    pub heap: &'a Heap<'m>,
    pub file: FileId,
    pub object: u32,
    /// Keys and the places of their values.
    pub keys: &'a [(Name, Place)],
}

/// A regular expression: a literal, or what `RegExp` is given.
pub(crate) struct RegexSite<'a> {
    pub file: FileId,
    pub place: Place,
    pub pattern: &'a str,
    pub flags: &'a str,
}

/// A variable that is given a value.
pub(crate) struct VariableSite<'a, 'm> {
    pub heap: &'a Heap<'m>,
    pub file: FileId,
    pub place: Place,
    pub name: &'a str,
    pub value: &'a Value,
}

/// Text that is written out.
pub(crate) struct LiteralSite<'a> {
    pub file: FileId,
    pub place: Place,
    pub text: &'a str,
}

/// Takes what one rule sees.
pub(crate) struct Hits<'a> {
    pub(super) rule: usize,
    pub(super) list: &'a mut Vec<Hit>,
}

/// One thing that a rule saw.
#[derive(Debug, Clone)]
pub(crate) struct Hit {
    /// Index of the rule in the table of rules that follow values.
    pub rule: usize,
    pub file: FileId,
    pub place: Place,
    pub message: String,
    /// The taint that reached the place.
    pub taint: Option<Taint>,
}

impl Hits<'_> {
    /// Reports a place.
    pub(crate) fn add(&mut self, file: FileId, place: Place, message: impl Into<String>) {
        let message = message.into();
        self.list.push(Hit { rule: self.rule, file, place, message, taint: None });
    }

    /// Reports a value from outside that reaches a place.
    pub(crate) fn taint(
        &mut self,
        file: FileId,
        place: Place,
        taint: Taint,
        message: impl Into<String>,
    ) {
        let message = message.into();
        self.list.push(Hit { rule: self.rule, file, place, message, taint: Some(taint) });
    }
}

impl<'m> Heap<'m> {
    /// The first taint of `value`, or of what it holds, that can harm `sink`.
    pub(crate) fn harmful(
        &self,
        value: &Value,
        sink: Mask,
        kinds: &[OriginKind],
    ) -> Option<(Taint, &Origin)> {
        self.harmful_within(value, sink, kinds, 3)
    }

    fn harmful_within(
        &self,
        value: &Value,
        sink: Mask,
        kinds: &[OriginKind],
        depth: u32,
    ) -> Option<(Taint, &Origin)> {
        for taint in &value.taints {
            let origin = &self.origins[taint.origin as usize];
            if taint.safe & sink != sink && kinds.contains(&origin.kind) {
                return Some((*taint, origin));
            }
        }
        if depth == 0 {
            return None;
        }
        for id in &value.objects {
            let object = &self.objects[*id as usize];
            if let Some(hit) = self.harmful_within(&object.elements, sink, kinds, depth - 1) {
                return Some(hit);
            }
            for inner in object.props.values() {
                if inner.functions.is_empty()
                    && let Some(hit) = self.harmful_within(inner, sink, kinds, depth - 1)
                {
                    return Some(hit);
                }
            }
        }
        None
    }

    /// The taint of the value itself, not of what it holds.
    pub(crate) fn harmful_text(
        &self,
        value: &Value,
        sink: Mask,
        kinds: &[OriginKind],
    ) -> Option<(Taint, &Origin)> {
        self.harmful_within(value, sink, kinds, 0)
    }

    /// A property of an object value.
    pub(crate) fn property(&self, value: &Value, name: &str) -> Option<Value> {
        let mut found: Option<Value> = None;
        for id in &value.objects {
            if let Some(own) = self.objects[*id as usize].props.get(name) {
                found = Some(match found {
                    Some(f) => f.join(own),
                    None => own.clone(),
                });
            }
        }
        found
    }
}

impl CallSite<'_, '_> {
    /// An argument.
    pub(crate) fn arg(&self, index: usize) -> Option<&Value> {
        self.args.get(index)
    }

    /// From the start of the call to the end of an argument.
    pub(crate) fn at(&self, index: usize) -> Place {
        let end = self.arg_places.get(index).map_or(self.place.end, |p| p.end);
        let start = self.arg_places.get(index).map_or(self.place.start, |p| p.start);
        // Long chains begin far above; the argument is what matters.
        let start =
            if start.saturating_sub(self.place.start) < 200 { self.place.start } else { start };
        Place { start, end }
    }

    /// Whether exactly this path is called.
    pub(crate) fn is_path(&self, path: &str) -> bool {
        self.paths.iter().any(|p| &**p == path)
    }

    /// Whether something that a module made or is, is called.
    pub(crate) fn is_of(&self, module: &str) -> bool {
        self.paths.iter().any(|p| {
            p.strip_prefix(module)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '(', '/']))
        })
    }

    /// Whether any of the modules made what is called.
    pub(crate) fn is_of_any(&self, modules: &[&str]) -> bool {
        modules.iter().any(|m| self.is_of(m))
    }

    /// Whether the receiver is spelled like one of the names: `db`, `this.db`, `ctx.db`.
    pub(crate) fn receiver_is(&self, names: &[&str]) -> bool {
        let last = last_word(self.receiver_words);
        names.iter().any(|n| last.eq_ignore_ascii_case(n))
    }

    /// Whether the call is a bare function of this name that the file does not declare.
    pub(crate) fn is_global(&self, name: &str) -> bool {
        self.receiver.is_none() && self.name == name && self.is_path(name)
    }

    /// An option of an argument.
    pub(crate) fn option(&self, index: usize, name: &str) -> Option<Value> {
        self.heap.property(self.args.get(index)?, name)
    }
}

/// The last name in words such as `this.db` or `getPool()`.
pub(crate) fn last_word(words: &str) -> &str {
    let words = words.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '_' && c != '$');
    let at = words.rfind(|c: char| !c.is_alphanumeric() && c != '_' && c != '$');
    at.map_or(words, |i| &words[i + words[i..].chars().next().map_or(1, char::len_utf8)..])
}
