//! The plugin that an engine runs: nothing until it arrives, and then the same for ever.

use std::cell::OnceCell;

use crate::script::ModuleGraph;

/// Its modules and its settings.
#[derive(Debug, Default)]
pub(super) struct Plugin(OnceCell<(ModuleGraph, String)>);

impl Plugin {
    /// Takes the plugin; whether it is the first.
    pub(super) fn arrive(&self, graph: ModuleGraph, settings: String) -> bool {
        self.0.set((graph, settings)).is_ok()
    }

    /// Its modules.
    pub(super) fn graph(&self) -> Option<&ModuleGraph> {
        self.0.get().map(|(graph, _)| graph)
    }

    /// Its settings, as JSON.
    pub(super) fn settings(&self) -> Option<&str> {
        self.0.get().map(|(_, settings)| settings.as_str())
    }
}
