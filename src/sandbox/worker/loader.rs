//! Which module an import means, and its source.
//!
//! Plugin code sees the files of its own graph and the public built-in modules. Built-in modules
//! see each other, and reach plugin files by `plugin:<path>`. Who asks is known from the name of
//! the asking module, and no plugin file can have a built-in module's name: names with a colon are
//! refused before anything is loaded.

use std::rc::Rc;

use rquickjs::loader::{ImportAttributes, Loader, Resolver};
use rquickjs::module::Declared;
use rquickjs::{Ctx, Error, Module};

use super::plugin::Plugin;
use super::{commonjs, natives};
use crate::sandbox::js;
use crate::script::{Module as PluginModule, ModuleKind, advice};

const NATIVE: &str = "daino:native";
const PLUGIN: &str = "plugin:";

/// Resolves and loads over one plugin's graph.
#[derive(Clone)]
pub(super) struct Modules(pub Rc<Plugin>);

fn is_trusted(base: &str) -> bool {
    js::source(base).is_some() || base.starts_with(commonjs::PREFIX)
}

impl Modules {
    fn of_plugin(&self, name: &str) -> Option<&PluginModule> {
        self.0.graph()?.modules.get(name)
    }

    /// The engine's name of a plugin file or a public built-in module.
    fn name_of(&self, target: &str) -> Option<String> {
        match self.of_plugin(target).map(|module| module.kind) {
            Some(ModuleKind::Esm) => Some(target.to_owned()),
            // Only the test engine's own loader knows these.
            Some(ModuleKind::Late | ModuleKind::Missing) => None,
            Some(_) => Some(format!("{}{target}", commonjs::PREFIX)),
            None => js::canonical(target).filter(|name| js::is_public(name)).map(str::to_owned),
        }
    }

    fn find(&self, base: &str, name: &str) -> Option<String> {
        if is_trusted(base) {
            return match name.strip_prefix(PLUGIN) {
                // What a plugin's own file names is never more than public.
                Some(path) if base.starts_with(commonjs::PREFIX) => self.name_of(path),
                Some(path) => self.name_of(path).or_else(|| js::canonical(path).map(str::to_owned)),
                None if name == NATIVE => Some(name.to_owned()),
                None => js::canonical(name).map(str::to_owned),
            };
        }
        let imports = self.of_plugin(base).map(|module| &module.imports);
        match imports.and_then(|imports| imports.get(name)) {
            Some(target) => self.name_of(target),
            None => js::canonical(name).filter(|name| js::is_public(name)).map(str::to_owned),
        }
    }

    fn source(&self, name: &str) -> Option<String> {
        if name == NATIVE {
            return Some(natives::source());
        }
        if let Some(path) = name.strip_prefix(commonjs::PREFIX) {
            return commonjs::bridge(self.0.graph()?, path);
        }
        js::source(name)
            .map(str::to_owned)
            .or_else(|| self.of_plugin(name).map(|module| module.code.clone()))
    }
}

impl Resolver for Modules {
    fn resolve<'js>(
        &mut self,
        _: &Ctx<'js>,
        base: &str,
        name: &str,
        _: Option<ImportAttributes<'js>>,
    ) -> rquickjs::Result<String> {
        self.find(base, name).ok_or_else(|| {
            let is_file = name.starts_with('.') || self.of_plugin(name).is_some();
            let reason = if is_file {
                "no `import` names it as plain text, so it was not packed with the rest".to_owned()
            } else {
                advice(name)
            };
            Error::new_resolving_message(base, name, reason)
        })
    }
}

impl Loader for Modules {
    fn load<'js>(
        &mut self,
        ctx: &Ctx<'js>,
        name: &str,
        _: Option<ImportAttributes<'js>>,
    ) -> rquickjs::Result<Module<'js, Declared>> {
        let source = self.source(name).ok_or_else(|| Error::new_loading(name))?;
        Module::declare(ctx.clone(), name, source)
    }
}
