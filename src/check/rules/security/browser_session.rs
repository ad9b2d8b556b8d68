//! Browser code that reads the session of whoever looks at the page.

use crate::check::ir::Place;
use crate::check::ir::{Expr, ExprKind, Visitor, visit_module};
use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "browser-session",
    category: Category::Security,
    severity: Severity::Error,
    class: "browser-session",
    summary: "A widget or an admin page reads the session of the page.",
    explanation: "DainoStore runs widgets and admin pages inside its own page, where the tokens of a shop's owner are in `localStorage` and cookies. Code that reads them, or all of the storage, can act as the owner. A widget needs neither: what it shows comes from routes of its own plugin.",
    help: "Call a route of the plugin (`/api/plugins/SLUG/exec/PATH`), in an admin page by `apiClient`, which adds what is needed itself.",
    bad: &[
        (
            "widgets/notice.js",
            "function Notice({ config }) {\n  const token = localStorage.getItem('store_owner_auth_token');\n  fetch(config.url, { headers: { authorization: token } });\n  return null;\n}\n",
        ),
        (
            "index.js",
            "export default class Plugin {\n  async track(input) {\n    return input;\n  }\n}\n",
        ),
        (
            "manifest.json",
            "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"custom\",\n \"description\": \"An example.\",\n \"license\": \"MIT\",\n \"widgets\": [\n  {\n   \"id\": \"notice\",\n   \"name\": \"Notice\",\n   \"file\": \"widgets/notice.js\"\n  }\n ]\n}",
        ),
    ],
    good: &[
        (
            "widgets/notice.js",
            "function Notice({ config }) {\n  const seen = localStorage.getItem('acme-plugin-seen');\n  return seen ? null : React.createElement('p', null, config.text);\n}\n",
        ),
        (
            "index.js",
            "export default class Plugin {\n  async track(input) {\n    return input;\n  }\n}\n",
        ),
        (
            "manifest.json",
            "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"custom\",\n \"description\": \"An example.\",\n \"license\": \"MIT\",\n \"widgets\": [\n  {\n   \"id\": \"notice\",\n   \"name\": \"Notice\",\n   \"file\": \"widgets/notice.js\"\n  }\n ]\n}",
        ),
    ],
    check: Check::Plugin(look),
};

/// Parts of the names under which pages keep sessions.
const SESSION: &[&str] = &["token", "auth", "jwt", "session", "credential", "password", "secret"];
/// What hands out a whole object.
const WHOLE: &[&str] = &["keys", "values", "entries", "assign", "stringify", "getOwnPropertyNames"];

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    let Some(manifest) = plugin.manifest else { return };
    let widgets = manifest.widgets.iter().map(|widget| &widget.file);
    let pages = manifest.admin_pages.iter().map(|page| &page.file);
    let mut files: Vec<_> = widgets.chain(pages).collect();
    files.sort();
    files.dedup();
    for file in files {
        let Some(source) = plugin.source(file.as_str()) else { continue };
        let Some(module) = &source.module else { continue };
        let mut reads = Reads::default();
        visit_module(module, &mut reads);
        for (place, what) in reads.0 {
            findings.code(
                source,
                place,
                format!("{what} is read by code that runs in the shop's page"),
            );
        }
    }
}

#[derive(Default)]
struct Reads(Vec<(Place, &'static str)>);

impl Visitor for Reads {
    fn expression(&mut self, expr: &Expr) {
        let what = match &expr.kind {
            ExprKind::Member(object, name) if is(object, &["document"]) && &**name == "cookie" => {
                Some("`document.cookie`")
            }
            ExprKind::Member(object, name) if is_storage(object) && is_session(name) => {
                Some("a token in the page's storage")
            }
            ExprKind::Index(object, key) if is(object, &["document"]) => {
                matches!(&key.kind, ExprKind::Text(name) if &**name == "cookie")
                    .then_some("`document.cookie`")
            }
            ExprKind::Index(object, key) if is_storage(object) => of_key(key),
            ExprKind::Call(call) => match &call.callee.kind {
                ExprKind::Member(object, name) if is_storage(object) => match &**name {
                    "getItem" => call.args.first().and_then(of_key),
                    "key" => Some("all of the page's storage"),
                    _ => None,
                },
                ExprKind::Member(_, name) if WHOLE.contains(&&**name) => {
                    call.args.iter().any(is_storage).then_some("all of the page's storage")
                }
                _ => None,
            },
            ExprKind::Spread(inner) if is_storage(inner) => Some("all of the page's storage"),
            _ => None,
        };
        self.0.extend(what.map(|what| (expr.place, what)));
    }
}

/// What a read of the storage by this key is about, when it is about a session. A key that is made
/// while the code runs could be any.
fn of_key(key: &Expr) -> Option<&'static str> {
    match &key.kind {
        ExprKind::Text(name) => is_session(name).then_some("a token in the page's storage"),
        // A name of the plugin's own with something behind it.
        ExprKind::Template(parts) => match parts.first().map(|part| &part.kind) {
            Some(ExprKind::Text(start)) if !start.is_empty() => {
                is_session(start).then_some("a token in the page's storage")
            }
            _ => Some("a key of the page's storage that is not written out"),
        },
        _ => None,
    }
}

fn is_session(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    SESSION.iter().any(|word| name.contains(word))
}

fn is_storage(expr: &Expr) -> bool {
    is(expr, &["localStorage", "sessionStorage"])
}

/// Whether it is one of these globals, by itself or through `window`.
fn is(expr: &Expr, names: &[&str]) -> bool {
    match &expr.kind {
        ExprKind::Global(name) => names.contains(&&**name),
        ExprKind::Member(object, name) => {
            names.contains(&&**name)
                && is(object, &["window", "globalThis", "self", "top", "parent"])
        }
        _ => false,
    }
}
