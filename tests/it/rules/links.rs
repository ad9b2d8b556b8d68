//! Every relative link in the README and in `docs/` leads to a file that is there.

use std::path::{Path, PathBuf};

/// Targets of `[text](target)` in a page, without anchors and without addresses of the web.
fn targets(page: &str) -> Vec<&str> {
    page.match_indices("](")
        .filter_map(|(at, _)| page[at + 2..].split(')').next())
        .map(|target| target.split('#').next().unwrap_or(""))
        .filter(|target| !target.is_empty() && !target.contains(':') && !target.contains(' '))
        .collect()
}

#[test]
fn links_between_pages_lead_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let docs = std::fs::read_dir(root.join("docs")).unwrap().flatten().map(|entry| entry.path());
    let pages: Vec<PathBuf> = docs
        .filter(|path| path.extension().is_some_and(|e| e == "md"))
        .chain([root.join("README.md"), root.join("CHANGELOG.md")])
        .collect();
    let mut seen = 0;
    for page in pages {
        let text = std::fs::read_to_string(&page).unwrap();
        for target in targets(&text) {
            seen += 1;
            let path = page.parent().unwrap().join(target);
            assert!(path.exists(), "{} links to `{target}`, which is not there", page.display());
        }
    }
    assert!(seen > 10, "only {seen} links were found");
}
