//! The run itself: files in order of their imports, then everything that others can call.

use super::value::{Map, Set};
use std::rc::Rc;

use super::event::{Hit, Hits, Hooks};
use super::facts::Facts;
use super::frame::{Env, Frame};
use super::heap::{Heap, OriginKind};
use super::value::{Data, Taint, Value};
use crate::check::ir::{Export, FileId, Function, Module, Name, Place, SymbolIndex};
use crate::check::plugin::Source;

/// What the code is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Any JavaScript; what it exports is called by strangers.
    Audit,
    /// A plugin: its entry, and files whose default export is a handler with the given kind.
    Plugin {
        /// The entry module.
        entry: String,
        /// Files with handlers of their own.
        handlers: Vec<(String, HandlerKind)>,
        /// Methods of the entry that take `(req, res, ctx)`.
        routes: Vec<String>,
    },
}

/// How a handler is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HandlerKind {
    /// `(input, ctx)`.
    Event,
    /// `(req, res, ctx)`.
    Route,
}

/// What was seen.
pub(crate) struct Outcome<'m> {
    pub hits: Vec<Hit>,
    pub heap: Heap<'m>,
    pub facts: Facts,
    /// Whether the limit of work ended the run early.
    pub is_partial: bool,
}

/// Steps for one entry point, and for all of them.
const ROOT_STEPS: u64 = 1_500_000;
const BASE_STEPS: u64 = 12_000_000;
/// How often the whole is run, so that what one part stores reaches the others.
const ROUNDS: u32 = 2;

pub(super) struct Interp<'m> {
    pub(super) heap: Heap<'m>,
    pub(super) sources: &'m [Source],
    pub(super) functions: Vec<Option<&'m Function>>,
    bases: Vec<u32>,
    pub(super) cells: Vec<Vec<Value>>,
    pub(super) globals: Map<(FileId, Name), Value>,
    state: Vec<State>,
    pub(super) hooks: &'m [Hooks],
    pub(super) hits: Vec<Hit>,
    seen: Set<(usize, FileId, Place)>,
    pub(super) expressions: Set<(FileId, Place)>,
    pub(super) facts: Facts,
    pub(super) memo: Map<(u32, u64), Value>,
    pub(super) active: Vec<(u32, u64)>,
    pub(super) contexts: Map<u32, (u32, Value)>,
    pub(super) entered: Set<u32>,
    /// Function -> the class or object whose method it is.
    pub(super) homes: Map<u32, u32>,
    pub(super) purpose: &'m Purpose,
    pub(super) left: u64,
    total: u64,
    pub(super) is_last: bool,
    pub(super) is_partial: bool,
    /// What may be thrown inside each `try` around the current statement.
    pub(super) thrown: Vec<Value>,
    /// Functions that jQuery calls for pages.
    pub(super) page_plugins: Set<u32>,
    /// How deep expressions and statements are nested right now, through calls.
    pub(super) nesting: u32,
    /// How many answers of functions are being looked at.
    pub(super) asking: u32,
    /// What answers of functions said, by function, arguments and answer.
    pub(super) answers: Map<(u32, u64, bool), Rc<[super::predicate::Said]>>,
    by_path: Map<&'m str, FileId>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Waiting,
    Running,
    Done,
}

/// Follows values through all files.
pub(crate) fn follow<'m>(
    sources: &'m [Source],
    purpose: &'m Purpose,
    hooks: &'m [Hooks],
) -> Outcome<'m> {
    let mut bases = Vec::with_capacity(sources.len());
    let mut count = 0;
    for source in sources {
        bases.push(count);
        count += source.module.as_ref().map_or(0, |m| m.functions);
    }
    let cells = sources
        .iter()
        .map(|s| vec![Value::bottom(); s.module.as_ref().map_or(0, |m| m.symbols.len())])
        .collect();
    let total = BASE_STEPS + sources.len() as u64 * 10_000;
    let mut interp = Interp {
        heap: Heap::default(),
        sources,
        functions: vec![None; count as usize],
        bases,
        cells,
        globals: Map::default(),
        state: vec![State::Waiting; sources.len()],
        hooks,
        hits: Vec::new(),
        seen: Set::default(),
        expressions: Set::default(),
        facts: Facts::default(),
        memo: Map::default(),
        active: Vec::new(),
        contexts: Map::default(),
        entered: Set::default(),
        homes: Map::default(),
        purpose,
        left: ROOT_STEPS,
        total,
        is_last: false,
        is_partial: false,
        thrown: Vec::new(),
        page_plugins: Set::default(),
        nesting: 0,
        asking: 0,
        answers: Map::default(),
        by_path: sources.iter().enumerate().map(|(i, s)| (s.path.as_str(), i as u32)).collect(),
    };
    // Object 0 takes what does not fit any more.
    interp.heap.object((u32::MAX, Place::default(), 0));
    interp.heap.step(0, 0, Place::default(), "");
    for round in 0..ROUNDS {
        interp.is_last = round + 1 == ROUNDS;
        interp.memo.clear();
        interp.contexts.clear();
        interp.entered.clear();
        interp.answers.clear();
        interp.state.fill(State::Waiting);
        for file in 0..sources.len() as FileId {
            // A plugin's tests call it with made-up values.
            if !(interp.is_plugin() && sources[file as usize].is_test) {
                interp.module(file);
            }
        }
        interp.roots();
    }
    interp.export_facts();
    Outcome {
        hits: interp.hits,
        heap: interp.heap,
        facts: interp.facts,
        is_partial: interp.is_partial,
    }
}

impl<'m> Interp<'m> {
    /// Takes one step of work; false when there is none left.
    pub(super) fn step(&mut self) -> bool {
        if self.left == 0 {
            self.is_partial = true;
            return false;
        }
        self.left -= 1;
        true
    }

    /// Gives the next entry point its share of the work.
    pub(super) fn refill(&mut self) {
        let used = ROOT_STEPS.saturating_sub(self.left);
        self.total = self.total.saturating_sub(used);
        self.left = ROOT_STEPS.min(self.total);
    }

    pub(super) fn tree(&self, file: FileId) -> Option<&'m Module> {
        self.sources.get(file as usize)?.module.as_ref()
    }

    /// The functions of a file, those that ran or were made.
    pub(super) fn functions_of(&self, file: FileId) -> &[Option<&'m Function>] {
        let from = self.bases[file as usize] as usize;
        let to = self.bases.get(file as usize + 1).map_or(self.functions.len(), |b| *b as usize);
        &self.functions[from..to]
    }

    /// The number of a function among those of all files.
    pub(super) fn id_of(&mut self, f: &'m Function) -> u32 {
        let id = self.bases[f.file as usize] + f.index;
        self.functions[id as usize] = Some(f);
        id
    }

    pub(super) fn cell(&self, file: FileId, symbol: SymbolIndex) -> Value {
        self.cells[file as usize][symbol as usize].clone()
    }

    pub(super) fn put_cell(&mut self, file: FileId, symbol: SymbolIndex, value: &Value) {
        let cell = &mut self.cells[file as usize][symbol as usize];
        *cell = cell.join(value);
    }

    /// The object behind `exports` of a file.
    pub(super) fn exports_object(&mut self, file: FileId) -> u32 {
        self.heap.object((file, Place::default(), 20))
    }

    /// The object behind `module` of a file.
    pub(super) fn module_object(&mut self, file: FileId) -> u32 {
        let exports = self.exports_object(file);
        let id = self.heap.object((file, Place::default(), 21));
        if !self.heap.objects[id as usize].props.contains_key("exports") {
            self.heap.put(id, &"exports".into(), &Value::object(exports));
        }
        id
    }

    /// What a file exports as a whole.
    pub(super) fn exports(&mut self, file: FileId) -> Value {
        let id = self.module_object(file);
        self.heap.objects[id as usize].props.get("exports").cloned().unwrap_or_else(Value::unknown)
    }

    /// Runs a file once in each round, its imports first.
    pub(super) fn module(&mut self, file: FileId) {
        if self.state[file as usize] != State::Waiting {
            return;
        }
        self.state[file as usize] = State::Running;
        let Some(tree) = self.tree(file) else {
            self.state[file as usize] = State::Done;
            return;
        };
        for import in &tree.imports {
            let value = self.imported(file, &import.source, &import.name);
            if let Some(symbol) = import.symbol {
                self.put_cell(file, symbol, &value);
            }
        }
        self.refill();
        let f: &'m Function = &tree.body;
        let exports = self.exports_object(file);
        let mut frame = self.frame(f, Value::object(exports), Vec::new(), Rc::from([]));
        for import in &tree.imports {
            if let Some(symbol) = import.symbol {
                let slot = tree.symbols[symbol as usize].slot as usize;
                if let Some(place) = frame.env.slots.get_mut(slot) {
                    *place = self.cells[file as usize][symbol as usize].clone();
                }
            }
        }
        self.block(&f.body, &mut frame);
        // Every variable of the file is seen from outside once it has run.
        for (index, symbol) in tree.symbols.iter().enumerate() {
            if let Some(value) = frame.env.slots.get(symbol.slot as usize)
                && symbol.captured
            {
                let value = value.clone();
                self.put_cell(file, index as u32, &value);
            }
        }
        self.link_exports(file, tree, &frame);
        self.state[file as usize] = State::Done;
    }

    fn link_exports(&mut self, file: FileId, tree: &'m Module, frame: &Frame<'m>) {
        let exports = self.exports_object(file);
        for export in &tree.exports {
            match export {
                Export::Symbol(name, symbol) => {
                    let slot = tree.symbols[*symbol as usize].slot as usize;
                    let own = frame.env.slots.get(slot).cloned().unwrap_or_else(Value::bottom);
                    let value = own.join(&self.cell(file, *symbol));
                    self.heap.put(exports, name, &value);
                }
                Export::Default => {}
                Export::From { exported, name, source } => {
                    let value = self.imported(file, source, name);
                    if &**exported == "*" {
                        for id in value.objects.clone() {
                            let props: Vec<_> = self.heap.objects[id as usize]
                                .props
                                .iter()
                                .map(|(k, v)| (k.clone(), v.clone()))
                                .collect();
                            for (key, value) in props {
                                self.heap.put(exports, &key, &value);
                            }
                        }
                    } else {
                        self.heap.put(exports, exported, &value);
                    }
                }
            }
        }
    }

    /// What `import { name } from source` gives.
    pub(super) fn imported(&mut self, file: FileId, source: &str, name: &str) -> Value {
        let Some(target) = self.resolve(file, source) else {
            let module = source.strip_prefix("node:").unwrap_or(source);
            if source.starts_with('.') || source.is_empty() {
                return Value::unknown();
            }
            let api = self.heap.api(module);
            return match name {
                "*" | "default" => Value::api(api),
                name => self.read(&Value::api(api), &name.into(), file, Place::default()),
            };
        };
        self.module(target);
        let whole = self.exports(target);
        match name {
            "*" => whole,
            "default" => {
                let own = self.heap.property(&whole, "default");
                let is_module = self.tree(target).is_some_and(|m| m.is_module);
                match own {
                    Some(value) => value,
                    None if is_module => Value::unknown(),
                    None => whole,
                }
            }
            name => self.read(&whole, &name.into(), file, Place::default()),
        }
    }

    /// The file that an import leads to.
    pub(super) fn resolve(&self, file: FileId, source: &str) -> Option<FileId> {
        const ENDINGS: [&str; 11] = [
            "",
            ".js",
            ".ts",
            ".mjs",
            ".cjs",
            ".jsx",
            ".tsx",
            "/index.js",
            "/index.ts",
            "/index.mjs",
            "/index.cjs",
        ];
        if !source.starts_with('.') {
            return None;
        }
        let from = self.sources[file as usize].path.as_str();
        let mut parts: Vec<&str> = from.split('/').collect();
        parts.pop();
        for part in source.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                name => parts.push(name),
            }
        }
        let path = parts.join("/");
        let direct = ENDINGS.iter().find_map(|end| {
            let full = if path.is_empty() {
                end.trim_start_matches('/').to_owned()
            } else {
                format!("{path}{end}")
            };
            self.by_path.get(full.as_str()).copied()
        });
        direct.or_else(|| {
            let stem = path.strip_suffix(".js")?;
            self.by_path.get(format!("{stem}.ts").as_str()).copied()
        })
    }

    /// A fresh frame.
    pub(super) fn frame(
        &self,
        f: &'m Function,
        this: Value,
        args: Vec<Value>,
        known: Rc<[super::path::Known]>,
    ) -> Frame<'m> {
        Frame {
            function: f,
            env: Env {
                slots: vec![Value::bottom(); f.slots as usize],
                known: known.to_vec(),
                is_live: true,
            },
            this,
            args,
            returned: Value::bottom(),
            exits: Vec::new(),
            tests: Map::default(),
            label: None,
        }
    }

    /// A value that begins at a place.
    pub(super) fn source(
        &mut self,
        kind: OriginKind,
        file: FileId,
        place: Place,
        safe: u32,
        what: impl FnOnce() -> String,
    ) -> Value {
        let origin = self.heap.origin(kind, file, place, what);
        Value::new(Data { taints: vec![Taint { origin, safe, step: 0 }], ..Data::default() })
    }

    /// Lets rules look, in the last round only.
    pub(super) fn look(&mut self, each: impl Fn(&Hooks, &Heap<'m>, &mut Hits<'_>)) {
        if !self.is_last {
            return;
        }
        let mut fresh = Vec::new();
        for (rule, hooks) in self.hooks.iter().enumerate() {
            each(hooks, &self.heap, &mut Hits { rule, list: &mut fresh });
        }
        self.keep(fresh);
    }

    /// Keeps what rules found, once for each place.
    pub(super) fn keep(&mut self, fresh: Vec<Hit>) {
        for hit in fresh {
            if self.is_believed(&hit) && self.seen.insert((hit.rule, hit.file, hit.place)) {
                self.hits.push(hit);
            }
        }
    }
}
