//! Widgets and admin pages of a plugin as the page shows them: each alone in a frame that may do
//! nothing but draw.
//!
//! The frame has an origin of its own (`sandbox` in its policy, so it holds wherever it is opened),
//! loads nothing from anywhere and knows no token. What its component asks of the shop it asks the
//! page in a message, and the page passes on only requests for the routes of the same plugin.

use serde::Serialize;
use serde_json::{Value, json};

use super::problem::Problem;
use super::version::Version;
use crate::bridge::component;
use crate::model::TreePath;
use crate::model::host_names::{IN_PAGES, IN_WIDGETS};

const REACT: &str = include_str!("page/react/react.production.min.js");
const REACT_DOM: &str = include_str!("page/react/react-dom.production.min.js");
const FRAME: &str = include_str!("page/frame/frame.js");
const STYLE: &str = include_str!("page/frame/frame.css");

/// What a frame shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    /// A widget of the storefront.
    Widget,
    /// A page of the admin.
    Page,
}

impl Kind {
    /// By its word in an address.
    pub(crate) fn of(word: &str) -> Option<Self> {
        match word {
            "widget" => Some(Self::Widget),
            "page" => Some(Self::Page),
            _ => None,
        }
    }

    fn injected(self) -> &'static [&'static str] {
        match self {
            Self::Widget => IN_WIDGETS,
            Self::Page => IN_PAGES,
        }
    }
}

/// Every widget and page of a version, each with what is wrong with it.
pub(crate) fn parts(version: &Version) -> Vec<Value> {
    let manifest = &version.project.manifest;
    let widgets = manifest.widgets.iter().map(|widget| {
        let mut part = part(version, Kind::Widget, &widget.id, &widget.name, &widget.file);
        part["category"] = json!(widget.category);
        part["config"] = json!(widget.default_config.clone().unwrap_or_default());
        part
    });
    let pages = manifest.admin_pages.iter().map(|page| {
        let mut part = part(version, Kind::Page, &page.key, &page.name, &page.file);
        let usual = || format!("/admin/plugins/{}/{}", manifest.slug, page.key);
        part["route"] = json!(page.route.clone().unwrap_or_else(usual));
        part
    });
    widgets.chain(pages).collect()
}

fn part(version: &Version, kind: Kind, id: &str, name: &str, file: &TreePath) -> Value {
    let mut part = json!({ "kind": kind, "id": id, "name": name, "file": file });
    match compiled(version, file) {
        Ok((_, imported, mut faults)) => {
            let unknown = imported.iter().filter(|n| !kind.injected().contains(&n.as_str()));
            faults.extend(unknown.map(|name| format!("the host has no `{name}` here")));
            part["faults"] = json!(faults);
        }
        Err(problem) => part["problem"] = json!(problem),
    }
    part
}

/// Code, imported names and faults of a component.
fn compiled(
    version: &Version,
    file: &TreePath,
) -> Result<(String, Vec<String>, Vec<String>), Box<Problem>> {
    let files = &version.project.files;
    let text = files.text(file.as_str()).ok_or_else(|| {
        Box::new(Problem::new(&super::NO_TARGET, format!("there is no file `{file}`")))
    })?;
    let done = component(file.as_str(), text);
    let done = done.map_err(|error| Box::new(Problem::of_script(error, files)))?;
    Ok((done.code, done.imported, done.faults))
}

/// A frame: its document and its policy.
pub(crate) struct Frame {
    /// The document.
    pub html: String,
    /// Its `Content-Security-Policy`.
    pub policy: String,
}

/// The frame of a widget or page; `None` when there is no such one.
pub(crate) fn frame(
    version: &Version,
    kind: Kind,
    id: &str,
    store: &Value,
) -> Option<Result<Frame, Box<Problem>>> {
    let manifest = &version.project.manifest;
    let file = match kind {
        Kind::Widget => &manifest.widgets.iter().find(|widget| widget.id == id)?.file,
        Kind::Page => &manifest.admin_pages.iter().find(|page| page.key == id)?.file,
    };
    Some(compiled(version, file).map(|(code, _, _)| {
        let given = json!({
            "code": code, "file": file, "kind": kind, "injected": kind.injected(),
            "slug": manifest.slug, "storeId": store,
        });
        document(&given)
    }))
}

fn document(given: &Value) -> Frame {
    let nonce = uuid::Uuid::new_v4().simple().to_string();
    // Inside a script element only `<` could end it.
    let given = given.to_string().replace('<', "\\u003c");
    let script = |text: &str| format!("<script nonce=\"{nonce}\">{text}</script>\n");
    let html = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>Preview</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<div id=\"root\"></div>\n\
         <script type=\"application/json\" id=\"given\" nonce=\"{nonce}\">{given}</script>\n{}{}{}</body>\n</html>\n",
        script(REACT),
        script(REACT_DOM),
        script(FRAME),
    );
    // Styles may be inline, as components write them; nothing can be fetched by one.
    let policy = format!(
        "sandbox allow-scripts; default-src 'none'; script-src 'nonce-{nonce}'; \
         style-src 'unsafe-inline'; img-src data:; connect-src 'none'; form-action 'none'; \
         base-uri 'none'; frame-ancestors 'self'"
    );
    Frame { html, policy }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_code_of_a_plugin_leaves_its_script_element_and_nothing_may_be_fetched() {
        let hostile = "</script><script>alert(1)</script><!--<script>";
        let frame = document(&json!({ "code": hostile, "kind": Kind::Widget }));
        assert!(!frame.html.contains("<script>alert"), "{}", &frame.html[..2_000]);
        assert_eq!(frame.html.matches("</script>").count(), 4);
        for text in [REACT, REACT_DOM, FRAME] {
            assert!(!text.contains("</script") && !text.contains("<!--"));
        }
        for part in ["sandbox allow-scripts;", "default-src 'none'", "connect-src 'none'"] {
            assert!(frame.policy.contains(part), "{}", frame.policy);
        }
        for hole in
            ["allow-same-origin", "allow-top", "allow-popups", "allow-forms", "unsafe-eval", "http"]
        {
            assert!(!frame.policy.contains(hole), "{hole}: {}", frame.policy);
        }
        assert_ne!(frame.policy, document(&json!({})).policy, "a nonce is used once");
    }
}
