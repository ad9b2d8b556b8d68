//! From places in the code the engine runs back to places in the author's files.

use std::collections::BTreeMap;

use oxc_sourcemap::SourceMap;

use super::ModuleGraph;

/// The source maps of a graph: only files that were changed have one.
#[derive(Debug, Clone, Default)]
pub(crate) struct Places(BTreeMap<String, String>);

impl Places {
    /// The maps of a graph.
    pub(crate) fn of(graph: &ModuleGraph) -> Self {
        let maps = graph.modules.values().filter_map(|module| {
            module.source_map.as_ref().map(|map| (module.path.clone(), map.clone()))
        });
        Self(maps.collect())
    }

    /// A stack with the author's lines, each frame `… (path:line:column)`.
    pub(crate) fn original_stack(&self, stack: &str) -> String {
        stack.lines().map(|line| self.original_frame(line)).collect::<Vec<_>>().join("\n")
    }

    fn original_frame(&self, frame: &str) -> String {
        let moved = || {
            let (head, place) = frame.rsplit_once('(')?;
            let (path, position) = place.trim_end().strip_suffix(')')?.split_once(':')?;
            let (line, column) = position.split_once(':')?;
            let (line, column) = self.original(path, line.parse().ok()?, column.parse().ok()?)?;
            Some(format!("{head}({path}:{line}:{column})"))
        };
        moved().unwrap_or_else(|| frame.to_owned())
    }

    /// Line and column, from 1, in the author's file; `None` for a file that was not changed.
    pub(crate) fn original(&self, path: &str, line: u32, column: u32) -> Option<(u32, u32)> {
        let map = SourceMap::from_json_string(self.0.get(path)?).ok()?;
        let table = map.generate_lookup_table();
        let (line, column) = (line.checked_sub(1)?, column.saturating_sub(1));
        let token = map.lookup_token(&table, line, column)?;
        Some((token.get_src_line() + 1, token.get_src_col() + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{FileSet, TreePath};
    use crate::script::load_graph;

    #[test]
    fn typescript_frames_name_the_authors_lines() {
        let text = "interface A {\n  a: number;\n}\n\nexport function f(x: A) {\n  throw new Error(`${x.a}`);\n}\n";
        let mut files = FileSet::new();
        files.insert(TreePath::new("src/f.ts").unwrap(), text.as_bytes().to_vec());
        let graph = load_graph(&files, &TreePath::new("src/f.ts").unwrap()).unwrap();
        let code = &graph.modules["src/f.ts"].code;
        let line = code.lines().position(|l| l.contains("throw")).unwrap() + 1;
        assert_ne!(line, 6, "{code}");
        let stack = format!("    at f (src/f.ts:{line}:9)\n    at <anonymous> (other.js:1:1)");
        let original = Places::of(&graph).original_stack(&stack);
        assert!(original.starts_with("    at f (src/f.ts:6:"), "{original}");
        assert!(original.ends_with("(other.js:1:1)"), "{original}");
    }
}
