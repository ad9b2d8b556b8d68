//! Objects, things from outside, origins and the ways values went.

use super::value::Map;

use super::value::Value;
use crate::check::ir::{Class, FileId, Name, Place};

/// An object, array, class or instance, one for each place that makes it.
#[derive(Debug)]
pub(crate) struct Object<'m> {
    /// Known properties.
    pub props: Map<Name, Value>,
    /// Elements and properties under unknown keys.
    pub elements: Value,
    /// What it inherits from.
    pub protos: Vec<u32>,
    /// The class it is.
    pub class: Option<&'m Class>,
    /// Methods that run when a property is read or written.
    pub getters: Map<Name, Value>,
    pub setters: Map<Name, Value>,
    /// Where it is made.
    pub site: Site,
    /// Order in which keys were set, for literals.
    pub is_array: bool,
}

/// A place in a file, and what is made there.
pub(crate) type Site = (FileId, Place, u8);

/// Where a value came from.
#[derive(Debug, Clone)]
pub(crate) struct Origin {
    /// What kind of place.
    pub kind: OriginKind,
    /// Its file.
    pub file: FileId,
    /// Its place.
    pub place: Place,
    /// In words: `the request body`.
    pub what: String,
}

/// Kinds of origins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum OriginKind {
    /// A request from the network: body, query, headers, messages.
    Remote,
    /// What the shop hands to a handler of the plugin.
    Payload,
    /// A parameter of a function that a library exports.
    Library,
    /// A parameter of a function that nothing in sight calls.
    Parameter,
    /// The address of the page.
    Client,
    /// What the person typed, or what the page holds.
    Dom,
    /// A message of another window.
    Message,
    /// Settings of the plugin.
    Config,
    /// Rows of a database.
    Stored,
    /// Names and contents of files.
    File,
    /// Arguments and environment of the process.
    CommandLine,
    /// `Math.random`.
    Random,
    /// A name of a property of an object that nothing is known of.
    Key,
    /// An object read with a key from outside: it may be a prototype.
    Prototype,
}

/// One step of a way.
#[derive(Debug, Clone)]
pub(crate) struct WayStep {
    pub before: u32,
    pub file: FileId,
    pub place: Place,
    pub what: &'static str,
}

/// Everything that outlives one function.
#[derive(Debug, Default)]
pub(crate) struct Heap<'m> {
    pub objects: Vec<Object<'m>>,
    sites: Map<Site, u32>,
    apis: Vec<Name>,
    api_ids: Map<Name, u32>,
    members: Map<(u32, Name), Option<u32>>,
    pub origins: Vec<Origin>,
    origin_ids: Map<(OriginKind, FileId, Place), u32>,
    pub steps: Vec<WayStep>,
    step_ids: Map<(u32, FileId, Place), u32>,
}

/// Longest path of a thing from outside that is followed.
const MAX_API: usize = 96;
const MAX_OBJECTS: usize = 400_000;
const MAX_PROPS: usize = 400;
const MAX_STEPS: usize = 400_000;

impl<'m> Heap<'m> {
    /// The object that a place makes; made on first sight.
    pub(crate) fn object(&mut self, site: Site) -> u32 {
        if let Some(id) = self.sites.get(&site) {
            return *id;
        }
        if self.objects.len() >= MAX_OBJECTS {
            return 0;
        }
        let id = self.objects.len() as u32;
        self.objects.push(Object {
            props: Map::default(),
            elements: Value::bottom(),
            protos: Vec::new(),
            class: None,
            getters: Map::default(),
            setters: Map::default(),
            site,
            is_array: false,
        });
        self.sites.insert(site, id);
        id
    }

    /// Adds to a property.
    pub(crate) fn put(&mut self, object: u32, name: &Name, value: &Value) {
        let Some(o) = self.objects.get_mut(object as usize) else { return };
        if let Some(old) = o.props.get_mut(name) {
            *old = old.join(value);
        } else if o.props.len() < MAX_PROPS {
            o.props.insert(name.clone(), value.clone());
        } else {
            o.elements = o.elements.join(value);
        }
    }

    /// Adds to what unknown keys hold.
    pub(crate) fn put_element(&mut self, object: u32, value: &Value) {
        if let Some(o) = self.objects.get_mut(object as usize) {
            o.elements = o.elements.join(value);
        }
    }

    /// Interns the path of a thing from outside.
    pub(crate) fn api(&mut self, path: &str) -> u32 {
        if let Some(id) = self.api_ids.get(path) {
            return *id;
        }
        let id = self.apis.len() as u32;
        let name: Name = path.into();
        self.apis.push(name.clone());
        self.api_ids.insert(name, id);
        id
    }

    /// The path of a thing from outside.
    pub(crate) fn path(&self, api: u32) -> Name {
        self.apis[api as usize].clone()
    }

    /// `api.name`, unless the path gets too long.
    pub(crate) fn member(&mut self, api: u32, name: &Name) -> Option<u32> {
        if let Some(known) = self.members.get(&(api, name.clone())) {
            return *known;
        }
        let path = normal(&self.apis[api as usize], name);
        let id = (path.len() <= MAX_API).then(|| self.api(&path));
        self.members.insert((api, name.clone()), id);
        id
    }

    /// `api()`.
    pub(crate) fn result(&mut self, api: u32) -> Option<u32> {
        let path = &self.apis[api as usize];
        if path.len() > MAX_API || path.ends_with("()()") {
            return None;
        }
        let path = format!("{path}()");
        Some(self.api(&path))
    }

    /// The origin at a place; the first words stay.
    pub(crate) fn origin(
        &mut self,
        kind: OriginKind,
        file: FileId,
        place: Place,
        what: impl FnOnce() -> String,
    ) -> u32 {
        let key = (kind, file, place);
        if let Some(id) = self.origin_ids.get(&key) {
            return *id;
        }
        let id = self.origins.len() as u32;
        self.origins.push(Origin { kind, file, place, what: what() });
        self.origin_ids.insert(key, id);
        id
    }

    /// A step after `before`; 0 begins a way.
    pub(crate) fn step(
        &mut self,
        before: u32,
        file: FileId,
        place: Place,
        what: &'static str,
    ) -> u32 {
        if self.steps.is_empty() {
            self.steps.push(WayStep { before: 0, file: 0, place: Place::default(), what: "" });
        }
        let key = (before, file, place);
        if let Some(id) = self.step_ids.get(&key) {
            return *id;
        }
        if self.steps.len() >= MAX_STEPS {
            return before;
        }
        let id = self.steps.len() as u32;
        self.steps.push(WayStep { before, file, place, what });
        self.step_ids.insert(key, id);
        id
    }

    /// The steps up to `step`, first one first.
    pub(crate) fn way(&self, step: u32) -> Vec<&WayStep> {
        let mut way = Vec::new();
        let mut at = step;
        while at != 0 && way.len() < 16 {
            let Some(step) = self.steps.get(at as usize) else { break };
            way.push(step);
            at = step.before;
        }
        way.reverse();
        way
    }
}

/// One spelling for what has many: `window.location` is `location`.
fn normal(path: &str, name: &str) -> String {
    match (path, name) {
        ("window" | "globalThis" | "self" | "global" | "top" | "parent", name) => name.to_owned(),
        ("document", "location") => "location".to_owned(),
        ("document", "defaultView") => "window".to_owned(),
        _ => format!("{path}.{name}"),
    }
}
