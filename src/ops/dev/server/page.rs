//! The page: plain files inside the binary, nothing from the internet.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::super::Dev;

/// What the page may do: its own files, its own interface, nothing inline and nothing foreign.
pub(super) const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' data:; connect-src 'self'; frame-src 'self'; form-action 'none'; base-uri 'none'; \
    frame-ancestors 'none'";

const INDEX: &str = include_str!("../page/index.html");
/// Where the token stands in the page.
const TOKEN_PLACE: &str = "{{token}}";

/// Every file of the page, with its type.
const FILES: &[(&str, &str, &str)] = &[
    ("style.css", "text/css; charset=utf-8", include_str!("../page/style.css")),
    ("app.js", SCRIPT, include_str!("../page/app.js")),
    ("model.js", SCRIPT, include_str!("../page/model.js")),
    ("dom.js", SCRIPT, include_str!("../page/dom.js")),
    ("activity.js", SCRIPT, include_str!("../page/activity.js")),
    ("detail.js", SCRIPT, include_str!("../page/detail.js")),
    ("fire.js", SCRIPT, include_str!("../page/fire.js")),
    ("data.js", SCRIPT, include_str!("../page/data.js")),
    ("findings.js", SCRIPT, include_str!("../page/findings.js")),
    ("rights.js", SCRIPT, include_str!("../page/rights.js")),
    ("parts.js", SCRIPT, include_str!("../page/parts.js")),
    ("speed.js", SCRIPT, include_str!("../page/speed.js")),
    ("icon.svg", "image/svg+xml", include_str!("../page/icon.svg")),
];

const SCRIPT: &str = "text/javascript; charset=utf-8";

/// The page, with the token of this run.
pub(super) async fn index(State(dev): State<Arc<Dev>>) -> Response {
    let page = INDEX.replace(TOKEN_PLACE, &dev.token);
    let headers =
        [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
    (headers, page).into_response()
}

/// A file of the page.
pub(super) async fn file(Path(name): Path<String>) -> Response {
    match FILES.iter().find(|(known, ..)| *known == name) {
        Some((_, kind, text)) => {
            ([(header::CONTENT_TYPE, *kind), (header::CACHE_CONTROL, "no-cache")], *text)
                .into_response()
        }
        None => super::refuse(StatusCode::NOT_FOUND, "the page has no such file"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_names_only_files_that_are_there_and_nothing_foreign() {
        assert_eq!(INDEX.matches(TOKEN_PLACE).count(), 1);
        for text in FILES.iter().map(|(_, _, text)| *text).chain([INDEX]) {
            for (at, _) in text.match_indices("/-/page/") {
                let name: String = text[at + 8..]
                    .chars()
                    .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'))
                    .collect();
                assert!(FILES.iter().any(|(known, ..)| *known == name), "{name}");
            }
            // A name space, and a name that leads nowhere.
            let foreign = text.replace("http://www.w3.org/", "").replace("http://shop.invalid", "");
            assert!(!foreign.contains("http://") && !foreign.contains("https://"));
        }
    }

    #[test]
    fn nothing_from_a_plugin_becomes_markup() {
        for (name, _, text) in FILES.iter().filter(|(name, ..)| name.ends_with(".js")) {
            for hole in [
                "innerHTML",
                "outerHTML",
                "insertAdjacentHTML",
                "document.write",
                "eval(",
                "new Function",
                "srcdoc",
                ".style.cssText",
            ] {
                assert!(!text.contains(hole), "{name} uses {hole}");
            }
        }
        assert!(!INDEX.contains("<style") && !INDEX.contains(" on"), "nothing inline");
    }
}
