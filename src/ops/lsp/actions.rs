//! Quick fixes: the edits of findings, as the editor makes them.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};

use super::documents::{self, Plugin};
use super::{position, server};
use crate::check;
use crate::model::finding::Edit;
use crate::model::{Finding, TreePath};
use crate::project::difference;

/// The fixes of a file's findings that stand in the asked range, and one for all of the plugin.
pub(super) fn actions(plugin: &Plugin, root: &Path, file: &TreePath, params: &Value) -> Value {
    let wanted = |kind: &str| {
        let only = params["context"]["only"].as_array();
        only.is_none_or(|only| {
            let is_prefix = |k: &&str| kind == *k || kind.starts_with(&format!("{k}."));
            only.iter().filter_map(Value::as_str).any(|k| is_prefix(&k))
        })
    };
    let mut list = Vec::new();
    let text = plugin.text(file);
    let own = plugin.findings.iter().filter(|f| f.file == *file && f.fix.is_some());
    for finding in own.filter(|_| wanted("quickfix")) {
        let range = position::range(&text, &finding.span);
        if overlaps(&range, &params["range"]) {
            list.extend(quick_fix(finding, plugin, root));
        }
    }
    if wanted("source.fixAll") && params["context"]["only"].is_array() {
        list.extend(fix_all(plugin, root));
    }
    Value::Array(list)
}

fn overlaps(a: &Value, b: &Value) -> bool {
    let at = |range: &Value, end: &str| {
        (range[end]["line"].as_u64().unwrap_or(0), range[end]["character"].as_u64().unwrap_or(0))
    };
    at(a, "start") <= at(b, "end") && at(b, "start") <= at(a, "end")
}

fn quick_fix(finding: &Finding, plugin: &Plugin, root: &Path) -> Option<Value> {
    let fix = finding.fix.as_ref()?;
    let mut changes: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for Edit { file, start, end, text } in &fix.edits {
        let range = position::bytes(&plugin.text(file), *start as usize, *end as usize);
        let edit = json!({ "range": range, "newText": text });
        changes.entry(documents::uri(&file.under(root))?).or_default().push(edit);
    }
    let mut title = fix.title.clone();
    if let Some(first) = title.get(..1) {
        title = format!("{}{}", first.to_uppercase(), &title[1..]);
    }
    Some(json!({
        "title": title,
        "kind": "quickfix",
        "isPreferred": true,
        "diagnostics": [server::diagnostic(finding, plugin, root)],
        "edit": { "changes": changes },
    }))
}

/// Everything that can be mended in one go.
fn fix_all(plugin: &Plugin, root: &Path) -> Option<Value> {
    let fixed = check::apply(&plugin.files, &plugin.findings);
    let mut changes: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for (path, new) in fixed.files.iter() {
        let old = plugin.text(path);
        let new = String::from_utf8_lossy(new);
        if let Some((start, end, text)) = difference(&old, &new) {
            let edit = json!({ "range": position::bytes(&old, start, end), "newText": text });
            changes.entry(documents::uri(&path.under(root))?).or_default().push(edit);
        }
    }
    if changes.is_empty() {
        return None;
    }
    Some(json!({
        "title": "Fix all that daino-pdk can mend",
        "kind": "source.fixAll",
        "edit": { "changes": changes },
    }))
}
