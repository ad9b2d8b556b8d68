//! `budgets` names handlers that the manifest has.

use jsonc_parser::ast::Object;

use super::{Check, get, list, text_of};
use crate::project::nearest::nearest;
use crate::project::shape::{name, short};
use crate::project::spans::child;

impl Check<'_> {
    pub(super) fn budgets(&mut self, root: &Object<'_>) {
        let Some(budgets) = get(root, "budgets").and_then(|b| b.as_object()) else { return };
        let known = handlers(root);
        for property in &budgets.properties {
            let (key, at) = name(&property.name);
            // Any method can be measured; which there are, only the code knows.
            if key == "*" || known.iter().any(|k| k == key) || is_method(key) {
                continue;
            }
            let known = known.iter().map(String::as_str).chain(["*"]);
            let meant = nearest(key, known).map(|near| format!("; did you mean `{near}`?"));
            let message = format!(
                "`{}` is no handler of this manifest: write `*`, `method NAME`, `hook NAME`, `route METHOD PATH` or `cron NAME`{}",
                short(key),
                meant.unwrap_or_default()
            );
            self.bad(at, child("/budgets", key), message);
        }
    }
}

fn is_method(key: &str) -> bool {
    let word = key.strip_prefix("method ").unwrap_or_default();
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'$'))
}

/// Names of the handlers, as the performance suite shows them.
fn handlers(root: &Object<'_>) -> Vec<String> {
    let hooks = get(root, "hooks").and_then(|h| h.as_object());
    let hooks = hooks.iter().flat_map(|h| &h.properties);
    let mut found: Vec<String> = hooks.map(|p| format!("hook {}", name(&p.name).0)).collect();
    let objects = |key| list(root, key).into_iter().flat_map(|l| &l.elements);
    let routes = objects("routes").filter_map(|r| {
        let route = r.as_object()?;
        Some(format!("route {} {}", text_of(route, "method")?.0, text_of(route, "path")?.0))
    });
    let jobs = objects("cron")
        .filter_map(|j| Some(format!("cron {}", text_of(j.as_object()?, "name")?.0)));
    found.extend(routes.chain(jobs));
    found
}
